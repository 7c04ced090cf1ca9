"""How a support caller puts things: turns of people who were asked the same, made his own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from rehearsal.filling import Content, goods_like
from rehearsal.hearing import SupportQuestion
from rehearsal.human_turns import Turn, kept_turns, turns_after
from rehearsal.support_goals import Goods, SupportKind, SupportWish
from rehearsal.support_hearing import support_question
from rehearsal.voicing import GREETING, POLITE, Voice

_GOODS = "give:product"
_OPENINGS: dict[SupportKind, tuple[tuple[tuple[str, ...], ...], str]] = {
    "refund": ((("want:refund",),), r"\border\b|refund$"),
    "refund late": ((("want:refund",),), r"\border\b|refund$"),
    "refund part": ((("want:refund", _GOODS), (_GOODS, "want:refund")), ""),
    "status": ((("want:order",), ("want:order", "want:order")), r"\border\b"),
    "owed": ((("want:billing",),), r"\bowe\b|left to pay|outstanding|owing|still have to pay"),
    "receipt": ((("want:billing",),), r"receipt|i paid|payment|did i pay"),
    "dispute": ((("want:billing",),), r"twice|wrong|double|mistake|not right|overcharged|times"),
    "problem": ((("want:tech", "give:problem"),), ""),
    "my orders": ((("want:account",),), r"on file|have down|under my name|of mine|on my account"),
    "new number": ((("want:account",), ("want:account", "want:account")), r"\bnumber\b"),
    "person": ((("person",),), r"\b(?:real|human|person|staff|someone|somebody there)\b"),
    "message": ((("person",),), r"\bmessage\b|pass something on"),
}  # fmt: skip
"""What such a turn does, and words of which it has one: the wishes of one label differ."""
_BUYING = (("want:buy", _GOODS), ("want:buy", _GOODS, "want:buy"))
_PLAIN: dict[SupportKind, str] = {
    "refund": "i want a refund for my order",
    "refund late": "i want a refund for my order",
    "status": "where is my order",
    "owed": "what do i still owe on my order",
    "receipt": "what did i pay for my order",
    "dispute": "i was charged twice for my order",
    "problem": "your website keeps crashing on me since yesterday",
    "my orders": "what do you have on file for me",
    "new number": "i need to change my phone number",
    "person": "can i speak to a person",
    "message": "can i leave a message",
}
_ANSWERS: dict[SupportQuestion, str] = {
    "problem": "it happens every time i try since yesterday",
    "message": "please tell them that i'll drop the papers off tomorrow",
    "call back": "any time after five",
}


@dataclass(frozen=True, slots=True)
class SupportWords:
    """One caller's."""

    voice: Voice
    wish: SupportWish

    def content(self, goods: Goods | None = None, of_many: int = 0) -> Content:
        """What there is to say."""
        order = self.wish.orders[0].reference if self.wish.orders else ""
        meant = (*goods, of_many) if goods is not None else None
        return replace(self.voice.content(), of_support=True, goods=meant, order=order)

    def opening(self) -> str:
        """What is wanted."""
        wish = self.wish
        if wish.kind == "fix":
            return self._fails()
        if wish.kind in ("buy", "change cart", "abandon"):
            return self._buys(wish.goods[0])
        goods, of_many = None, 0
        if wish.kind == "refund part":
            goods, of_many = wish.goods[0], dict(wish.orders[0].lines)[wish.goods[0][0]]
        content = self.content(goods, of_many)
        ways, only = _OPENINGS[wish.kind]
        words = self._said(turns_after("open"), ways, content, only=only)
        if words is not None:
            return words
        if goods is not None:
            thing = goods_like("the", content.goods or (*goods, of_many), content)
            return self.voice.bare(f"i want my money back for {thing}")
        return self.voice.bare(_PLAIN[wish.kind])

    def _buys(self, goods: Goods) -> str:
        content = self.content(goods)
        words = self._said(turns_after("open"), _BUYING, content)
        thing = goods_like("a", (*goods, 0), content)
        return words or self.voice.bare(f"i'd like to buy {thing}")

    def _fails(self) -> str:
        """A problem of which the business wrote how it is mended."""
        wanted = {word for word in re.findall(r"\w+", self.wish.problem.lower()) if len(word) > 2}
        wanted -= {"what", "can", "when", "the", "does", "not", "cannot"}

        def is_about_it(words: str) -> bool:
            return len(wanted & set(re.findall(r"\w+", words.lower()))) >= min(2, len(wanted))

        words = self.voice.among(
            turns_after("open"), ("want:tech",), self.content(), fits=is_about_it
        )
        return words or self.voice.bare(self.wish.problem)

    def answer(self, question: SupportQuestion, *acts: str, plain: str = "",
               content: Content | None = None, only: str = "") -> str:  # fmt: skip
        """To one of our questions, in a turn that does this."""
        turns = _turns_to(question)
        words = self._said(turns, (acts,), content or self.content(), only=only)
        return words or self.voice.bare(plain or _ANSWERS.get(question, "yes please"))

    def own_words(self, question: SupportQuestion) -> str:
        """What is to be kept as it was said."""
        label = {"problem": "give:problem"}.get(question, "give:other")
        ways = ((label,), (label, label))
        words = self._said(_turns_to(question), ways, self.content())
        return words or self.voice.bare(_ANSWERS[question])

    def order_number(self) -> str:
        """Sign by sign; or that it is not at hand."""
        content, turns = self.content(), turns_after("reference")
        at_hand = self.wish.knows_number or not self.voice.goal.person.shows_number
        if content.order and at_hand:
            words = self._said(turns, (("give:order",),), content)
            return words or self.voice.bare(self.voice.reference(content.order))
        return self._said(turns, (("deny",),), content) or self.voice.bare("i don't have it")

    def which_order(self) -> str:
        """By its number or by what was in it."""
        product_id, count = self.wish.orders[0].lines[0]
        content = self.content((product_id, count))
        ways = (("give:order",), (_GOODS,), ("choose", _GOODS))
        thing = goods_like("the", (product_id, count, 0), content)
        words = self._said(_turns_to("which order"), ways, content)
        return words or self.voice.bare(f"the one with {thing}")

    def changed(self, before: tuple[Goods, ...], after: tuple[Goods, ...]) -> str:
        """What the cart shall have that it has not, or the other way round."""
        had, shall = dict(before), dict(after)
        for product_id, count in after:
            if product_id not in had:
                content = self.content((product_id, count))
                ways = ((_GOODS,), ("want:buy", _GOODS))
                thing = goods_like("a", (product_id, count, 0), content)
                words = self._said(
                    _turns_to("order it"), ways, content, only=r"\b(?:and|add|also)\b"
                )
                return words or self.voice.bare(f"and {thing} as well")
            if had[product_id] != count:
                return self.answer("order it", "give:other!", plain="make it two", only="two")
        gone = next(product_id for product_id in had if product_id not in shall)
        content = self.content((gone, 1))
        thing = goods_like("the", (gone, 1, 0), content)
        return self.answer(
            "order it", "want:buy", _GOODS, plain=f"take {thing} out again", content=content,
            only=r"\b(?:out|don't want)\b",
        )  # fmt: skip

    def _said(
        self,
        turns: Sequence[Turn],
        ways: Sequence[tuple[str, ...]],
        content: Content,
        *,
        only: str = "",
    ) -> str | None:
        """The first of the ways, in an order drawn, in which somebody said it."""

        def fits(words: str) -> bool:
            return re.search(only, words.lower()) is not None

        greets = not self.voice.used and not self.voice.manner.terse
        may = GREETING if greets else POLITE
        for acts in self.voice.random.sample(list(ways), k=len(ways)):
            if words := self.voice.among(turns, acts, content, may=may, fits=fits):
                return words
        return None


@cache
def _turns_to(question: SupportQuestion) -> tuple[Turn, ...]:
    """What people said to just this question."""
    return tuple(
        turn
        for turn in kept_turns()
        if turn.asked == "support" and support_question(turn.agent) == question
    )
