"""The side of a caller that wants something of support: what he answers, and when he has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import get_args

from rehearsal.answering import Answers
from rehearsal.course import Course
from rehearsal.hearing import Heard, SupportQuestion
from rehearsal.support_goals import Goods, SupportWish, expected, worth
from rehearsal.support_grading import was_told
from rehearsal.support_hearing import Deed, deeds_in, money_in, support_question
from rehearsal.support_words import SupportWords
from rehearsal.voicing import Voice

MOST_REOPENED = 2
MOST_WRONG_READ_BACKS = 2
IN_OWN_WORDS = ("problem", "message", "call back", "helped")
"""Questions whose answer is kept as it is said: nobody says anything else first."""
_DEEDS: dict[str, Deed] = {
    "refund": "refunded", "refund part": "refunded", "refund late": "written down",
    "dispute": "written down", "problem": "written down", "message": "written down",
    "person": "written down", "buy": "ordered", "change cart": "ordered", "new number": "changed",
}  # fmt: skip
_QUESTIONS = frozenset(get_args(SupportQuestion))
_DIGITS_COMPARED = 7


@dataclass
class SupportSide:
    """Of one caller."""

    voice: Voice
    answers: Answers
    course: Course
    wish: SupportWish
    words: SupportWords = field(init=False)
    over: bool = False
    """Whether the caller has what he came for, or lets it go."""
    replies: list[str] = field(default_factory=list)
    """All that we said."""
    stage: int = 0
    """How far the cart has come."""
    reopened: int = 0
    wrong: int = 0
    """Read-backs that were not what was wanted."""
    last: Heard | None = None
    """Our last question: it still stands when a reply puts none."""
    put_through: bool = False
    why_over: str = ""
    """Why the caller let it go; empty: he did not."""

    def __post_init__(self) -> None:
        self.words = SupportWords(self.voice, self.wish)

    def opening(self) -> str:
        """What is wanted, at first or once more."""
        self.course.said("support")
        return self.words.opening()

    def understood(self, heard: Heard) -> Heard:
        """The reply, with what it asks of support; notes whether all is done with it."""
        self.replies.append(heard.text)
        question = support_question(heard.text)
        if question is not None and not (question == "which product" and heard.times):
            heard = replace(heard, question=question)
        if heard.question is not None:
            self.last = heard
        self.put_through = self.put_through or heard.over
        if not self.over and self._is_done(heard):
            self._finish()
        return heard

    def takes(self, heard: Heard) -> bool:
        """Whether the reply is for this side to answer."""
        return not self.over or heard.question in _QUESTIONS

    def answer(self, heard: Heard) -> str | None:
        """The next words; None: there is nothing left to say."""
        if heard.question is None and self.last is not None:
            heard, self.last = self.last, None
        question = heard.question
        match question:
            case "name":
                self.course.said("name")
                return self.answers.name(self.words.content())
            case "phone":
                self.course.said("phone", needed=not self.voice.goal.person.shows_number)
                return self.answers.phone(self.words.content())
            case "refund it" | "order it":
                return self._read_back(heard)
            case "order number" | "reference":
                self.course.said("order number")
                return self.words.order_number()
            case "product" | "which product" | "take it":
                return self._product(heard)
            case "person":
                return self._person()
            case "help" | "anything else" | "instead" | None:
                return self._once_more()
        self.course.said(question)
        return self._detail(heard)

    def _detail(self, heard: Heard) -> str:
        wish, words = self.wish, self.words
        match heard.question:
            case "which order":
                return words.which_order()
            case "used":
                return words.answer("used", "deny", plain="no it's not been used")
            case "ticket":
                return self._team()
            case "helped":
                helps = wish.kind == "fix" and was_told(wish, self.voice.business, self.replies)
                if helps:
                    self._finish()
                    return words.answer("helped", "affirm", plain="yes it works now")
                return words.answer("helped", "deny", plain="no it's still the same")
            case "problem" | "message":
                return words.own_words(heard.question)
            case "call back" if self.voice.random.random() < 0.5:
                return words.answer("call back", "deny", plain="no need to call me back")
            case "call back":
                return words.own_words("call back")
            case "new number":
                content = replace(words.content(), phone=wish.new_phone, shows_number=False)
                return self.answers.phone(content)
            case "pass on" if not self._wants_writing:
                return self.answers.no_person(words.content())
        return self._checked(heard)

    def _checked(self, heard: Heard) -> str:
        """A yes, unless another number was read back than the new one."""
        new = re.sub(r"\D", "", self.wish.new_phone)[-_DIGITS_COMPARED:]
        told = re.sub(r"\D", "", heard.text)
        if heard.question == "change it" and not told.endswith(new):
            content = replace(self.words.content(), phone=self.wish.new_phone, shows_number=False)
            return f"no {self.answers.phone(content)}"
        question = heard.question
        if question in ("pass on", "change it"):
            return self.words.answer(question, "affirm", plain="yes please")
        return self.voice.bare("yes that's right" if self._wants_writing else "no it isn't")

    def _team(self) -> str:
        if self._wants_writing:
            return self.words.answer("ticket", "affirm", plain="yes please")
        self._finish()
        return self.words.answer("ticket", "deny", plain="no leave it")

    @property
    def _wants_writing(self) -> bool:
        wanted = expected(self.wish, self.voice.business).ticket is not None
        by_ear = self.wish.kind in ("person", "fix")
        return not self.over and (wanted or by_ear)

    def _read_back(self, heard: Heard) -> str | None:
        """A yes to the right sum only; then on to what shall be in the cart next."""
        if heard.question == "refund it":
            refunds = expected(self.wish, self.voice.business).refunds
            if any(amount in money_in(heard.text) for _, amount in refunds):
                self.course.said("refund it")
                return self.words.answer("refund it", "affirm", plain="yes go ahead")
            return self._not_so()
        stages = self._stages()
        if not stages or self.over:
            return self._not_so()
        if worth(stages[self.stage], self.voice.business) not in money_in(heard.text):
            return self._not_so()
        if self.wish.kind == "abandon":
            self.course.said("given up")
            self._finish()
            return self.words.answer("order it", "drop", plain="never mind i'll leave it")
        if self.stage + 1 < len(stages):
            self.stage += 1
            self.course.said(own=True)
            return self.words.changed(stages[self.stage - 1], stages[self.stage])
        self.course.said("order it")
        return self.words.answer("order it", "affirm", plain="yes order it")

    def _stages(self) -> list[tuple[Goods, ...]]:
        """What is in the cart one after the other: people add things one at a time."""
        wish = self.wish
        return [goods for goods, _ in groupby((wish.goods[:1], wish.goods, wish.cart)) if goods]

    def _not_so(self) -> str | None:
        """What was read back is not what was wanted."""
        self.wrong += 1
        self.course.said(own=True)
        if self.wrong > MOST_WRONG_READ_BACKS:
            return self._let_go("what was read back stayed wrong")
        if self.over or not (self.wish.goods or self.wish.orders):
            return self.voice.bare("no thanks")
        goods = self._stages()[self.stage][-1] if self.wish.cart else None
        if self.wish.kind == "refund part":
            goods = self.wish.goods[0]
        if goods is None:
            return self.voice.bare("no i want all of it back")
        many = 0 if self.wish.cart else dict(self.wish.orders[0].lines)[goods[0]]
        content = self.words.content(goods, many)
        return self.words.answer("refund it", "deny", "give:product!", plain="no", content=content)

    def _product(self, heard: Heard) -> str | None:
        """What is to be bought, or yes to it."""
        if not self.wish.goods or not self.wish.cart or self.over:
            return self._once_more()
        self.course.said(heard.question or "")
        goods = self._stages()[self.stage][-1]
        product = next(each for each in self.voice.business.products if each.id == goods[0])
        if heard.question == "take it" and product.name.lower() in heard.text.lower():
            return self.words.answer("take it", "affirm", plain="yes please")
        content = self.words.content(goods)
        return self.words.answer("product", "give:product", plain=product.name, content=content)

    def _person(self) -> str | None:
        self.course.said("person")
        if self.wish.kind == "person":
            return self.voice.bare("yes please")
        return self.answers.no_person(self.words.content())

    def _once_more(self) -> str | None:
        """Nothing of it is done, and nothing is asked about it."""
        self.reopened += 1
        if self.reopened > MOST_REOPENED:
            return self._let_go("asked for again and again")
        return self.opening()

    def _let_go(self, why: str) -> str | None:
        self.why_over = why
        self._finish()
        return None

    def _is_done(self, heard: Heard) -> bool:
        wish = self.wish
        if wish.kind in ("fix", "abandon"):
            return False
        if wish.kind in _DEEDS:
            return _DEEDS[wish.kind] in deeds_in(heard.text)
        return was_told(wish, self.voice.business, self.replies)

    def _finish(self) -> None:
        self.over = True
        self.course.matter += 1
