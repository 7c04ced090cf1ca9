"""The reply of a turn: at most two statements and one question; what does not fit is owed."""

from __future__ import annotations

from dataclasses import replace

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.booking import Booking
from voice.dialogue.only_asking import is_pressing
from voice.dialogue.speaking import (
    can_put_through,
    matter_words,
    offers_again,
    phrase,
    question,
    reach_a_person,
)
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Reply
from voice.dialogue.turn_heard import READ_BACKS
from voice.dialogue.view import View
from voice.spoken import MOST_STATEMENTS

MOST_ROUNDS = 3
LEAST_SPELLED = 4
"""Signs that stand one by one, where something is spelled."""
UNCLEAR = ("noise:unclear", "noise:silence")
AT_A_LOSS = ("give:service", "outside", "social:chat", "story", "noise")
"""Labels of what brings the call no further, where nothing came of it."""

WISHING = ("want", "give:when", "ask:times", "more")
"""Labels of what somebody says who wants a visit, and not only to know of one."""


def reply(agenda: Agenda, need: Need | None, view: View) -> tuple[Agenda, Reply]:
    """The agenda with the question put and the rest owed, and the words."""
    ask = _open_question(agenda, need, view)
    if ask is None and agenda.leaving:
        return _parting(agenda, view)
    if ask is not None and is_pressing(agenda, ask):
        ask = _only_answering(agenda, view)
    if ask is not None and _only_wants_to_know(agenda, ask):
        agenda, ask = _without_unknown(agenda), _anything_else(agenda)
    agenda, ask = _not_going_round(agenda, ask, view)
    if agenda.leaving and ask is not None:
        agenda, ask = _before_you_go(agenda, ask)
        if ask is None:
            return _parting(agenda, view)
    before = ask.before if ask is not None else ()
    statements = (*_untold_by(before, _still_free(agenda.owed, view)), *before)
    told, owed = _in_order(statements, needed=_needed_by(ask, statements))
    if ask is not None and ask.asked in READ_BACKS and not set(before) <= set(told):
        ask = replace(ask, kind=f"{ask.asked}_again")  # what found no room stands in the question
    silent = ask is None or ask.unsaid
    words = "" if ask is None or silent else question(agenda, ask.asked, ask.kind, **ask.values)
    asked = [each.words for each in told if each.words.endswith("?")]
    if asked:  # a tool's own question takes the place of ours
        told, words = tuple(each for each in told if each.words not in asked), asked[0]
    if ask is not None and not silent:
        agenda = agenda.asking(ask.asked)
    elif ask is None and not agenda.waits:
        agenda = agenda.asking(None)
    listed = agenda.listed or any(each.lists for each in told)
    spelled = next((each.words for each in told[::-1] if _is_spelled(each.words)), agenda.spelled)
    return agenda.but(owed=owed, listed=listed, spelled=spelled), Reply(told, words)


def _is_spelled(words: str) -> bool:
    """Whether a number or a reference is told in it, sign by sign."""
    signs = [each for each in words.split() if len(each.strip(",.;")) == 1 and each != "a"]
    return len(signs) >= LEAST_SPELLED


def _only_wants_to_know(agenda: Agenda, ask: Ask) -> bool:
    """Whether the caller has asked something and wished for nothing: what is not done here leads
    to no visit, nor does what a service costs."""
    if ask.asked not in ("service", "guess", "date"):
        return False
    if not any(each.rank is Rank.ANSWERED for each in agenda.owed):
        return False
    labels = [each.label for each in agenda.outcomes]
    idle = agenda.asked in (None, "help", "anything_else")
    wished = any(each.startswith(WISHING) for each in labels)
    if any(each.not_done for each in agenda.owed) and ask.asked != "date":
        if agenda.asked in ("service", "guess"):
            return False  # a visit is wanted: for something else, then
        return "ask:service" in labels or agenda.asked == "anything_else" and not wished
    return idle and not wished and any(each.startswith("ask:") for each in labels)


def _without_unknown(agenda: Agenda) -> Agenda:
    """Without a visit of which nothing is known: it was never wished for."""
    matter = agenda.in_hand
    unknown = isinstance(matter, Booking) and matter.service_id is None
    if unknown and isinstance(matter, Booking) and not matter.wanted.spans:
        return agenda.without_in_hand()
    return agenda


def _still_free(owed: tuple[Statement, ...], view: View) -> tuple[Statement, ...]:
    """What is owed, without what was told of a time before another was looked for in this turn."""
    live = {one for each in view.offers for one in each.offer_ids}
    return tuple(each for each in owed if live.issuperset(each.offers))


def _untold_by(before: tuple[Statement, ...], owed: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What is owed, without a time's being free that is read back anyway."""
    read_back = {offer for each in before for offer in each.offers}
    return tuple(each for each in owed if not each.offers or not read_back.issuperset(each.offers))


def _needed_by(ask: Ask | None, statements: tuple[Statement, ...]) -> Statement | None:
    """What a question cannot be put without: the times or the goods to choose from, what is read
    back."""
    if ask is None or ask.asked not in ("choose", "take_it", "which_product", *READ_BACKS):
        return None
    if ask.asked in READ_BACKS:
        return next(iter(ask.before), None)
    return next((each for each in statements if each.offers or each.shows), None)


def _in_order(
    statements: tuple[Statement, ...], *, needed: Statement | None = None
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """What is said now, most urgent first, and what is owed; that there is no answer is said beside
    the question or not at all: later it would deny something else."""
    answered = any(each.rank is Rank.ANSWERED and not each.weak for each in statements)
    unique = {each.words: each for each in statements if not (each.weak and answered)}
    ordered = sorted(unique.values(), key=lambda each: (each.rank, each.no_answer))
    asides = [each for each in ordered if each.rank is Rank.ASIDE]
    ordered = [each for each in ordered if each not in asides[1:]]
    urgent = sum(each.rank is Rank.URGENT for each in ordered)
    most = min(urgent or MOST_STATEMENTS, MOST_STATEMENTS)
    if not urgent and needed in ordered[most:]:
        ordered.remove(needed)
        ordered.insert(most - 1, needed)
    told, rest = ordered[:most], ordered[most:]
    aside = [each for each in told if each.rank is Rank.ASIDE]
    told = [*aside, *(each for each in told if each.rank is not Rank.ASIDE)]
    kept = (Rank.DONE, Rank.ANSWERED)
    owed = (each for each in rest if each.rank in kept and not each.no_answer)
    return tuple(told), tuple(owed)


def _open_question(agenda: Agenda, need: Need | None, view: View) -> Ask | None:
    """What is asked at the end; None when nothing is."""
    if agenda.put_through or agenda.waits:
        return None
    if agenda.maybe_alarmed:
        return Ask("emergency")
    if agenda.unsure is not None:
        return _which_reading(agenda, view)
    if agenda.offers_person and not isinstance(need, Ask):
        return _offer_person(agenda, view)
    if isinstance(need, Ask):
        if agenda.asked == "change" and not agenda.news:
            return Ask("change", (Statement(words=phrase("all_right")),))
        return _put_again(agenda, need, view)
    if agenda.leaving:
        return None
    told = any(each.rank in (Rank.DONE, Rank.ANSWERED) for each in agenda.owed)
    told = told or bool(view.booked_here) and agenda.asked is None
    if agenda.asked == "anything_else" or told and agenda.asked != "help":
        return _anything_else(agenda)
    return Ask("help")


def _anything_else(agenda: Agenda) -> Ask:
    """Asked once something was done or told; what is told after that is left to stand, and the
    caller goes on or says goodbye."""
    said = agenda.asked == "anything_else"
    answered = any(each.rank is Rank.ANSWERED for each in agenda.owed)
    done = any(each.rank is Rank.DONE for each in agenda.owed)
    return Ask("anything_else", unsaid=said and answered and not done)


def _only_answering(agenda: Agenda, view: View) -> Ask:
    """In the place of what would lead on; the times found are told again to who asks for them."""
    asked = any(each.label.startswith("ask") for each in agenda.outcomes)
    again = (Statement(words=offers_again(view)),) if asked and view.offers else ()
    return replace(_anything_else(agenda), before=() if agenda.owed else again)


def _which_reading(agenda: Agenda, view: View) -> Ask:
    first, second = agenda.unsure or ("", "")
    if first == "yes":
        matter = agenda.in_hand
        need = matter.need(agenda, view) if matter is not None else None
        if isinstance(need, Ask):
            return replace(need, kind=f"{need.asked}_again", before=())
    return Ask("reading", values={"first": matter_words(first), "second": matter_words(second)})


def _offer_person(agenda: Agenda, view: View) -> Ask:
    if can_put_through(agenda, view):
        return Ask("person")
    reach = reach_a_person(view)
    return Ask("anything_else", (Statement(words=reach),) if reach else ())


def _put_again(agenda: Agenda, need: Ask, view: View) -> Ask:
    """A read-back that was heard in full is not gone through again after an aside; who says the
    name once more hears it all."""
    amended = any(each.label == "give:name" for each in agenda.outcomes)
    if need.asked == agenda.asked in READ_BACKS and not (agenda.news or amended):
        return replace(need, kind=f"{need.asked}_again", before=())
    return _naming_the_visit(agenda, need, view)


def _naming_the_visit(agenda: Agenda, need: Ask, view: View) -> Ask:
    """Which further visit a question is about that would not tell by itself."""
    matter = agenda.in_hand
    further = isinstance(matter, Booking) and matter.beside and agenda.asked is None
    if not further or need.asked != "date" or not isinstance(matter, Booking):
        return need
    now = Statement(words=f"Now for {matter.whose(view)}.")
    return replace(need, before=(now, *need.before))


def _not_going_round(agenda: Agenda, ask: Ask | None, view: View) -> tuple[Agenda, Ask | None]:
    """What was not understood is said to be so; what was asked three times in vain ends in the
    offer of a person."""
    heard = agenda.outcomes
    unclear = bool(heard) and all(each.label in UNCLEAR for each in heard)
    lost = all(
        each.label in UNCLEAR
        or each.kind in ("declined", "nothing to do")
        and each.label.startswith(AT_A_LOSS)
        for each in agenda.outcomes
    )
    if lost and agenda.unsure is None and ask is not None:
        agenda = agenda.but(misses=agenda.misses + 1)
    if unclear and not agenda.owed and agenda.unsure is None and ask is not None:
        words = phrase("not_heard", agenda.misses - 1)
        ask = replace(ask, before=(Statement(words=words), *ask.before))
    answered = any(
        each.kind == "answered" and each.label.startswith("ask") for each in agenda.outcomes
    )
    same = ask is not None and ask.asked == agenda.asked
    rounds = agenda.rounds + 1 if same and not agenda.news and not answered else 0
    if ask is None or max(rounds, agenda.misses) < MOST_ROUNDS:
        return agenda.but(rounds=rounds), ask
    agenda = agenda.but(rounds=0, misses=0)
    sorry = Statement(words=phrase("going_round"))
    if can_put_through(agenda, view):
        return agenda, Ask("person", (sorry,))
    reach = Statement(words=reach_a_person(view))
    return agenda, replace(ask, before=(sorry, reach) if reach.words else (sorry,))


def _before_you_go(agenda: Agenda, ask: Ask) -> tuple[Agenda, Ask | None]:
    """Who leaves in the middle of a matter hears once that it is not done, unless they said so."""
    knows = any(each.label in ("deny", "drop", "story") for each in agenda.outcomes)
    if ask.asked not in READ_BACKS or agenda.parted or knows:
        return agenda, None
    wait = Statement(words=phrase("before_you_go"), rank=Rank.DONE)
    again = replace(ask, kind=f"{ask.asked}_again", before=())
    return agenda.but(parted=1).owing(wait), again


def _farewell(agenda: Agenda) -> str:
    """The name of the phrase; nobody in grief or anger is thanked for calling."""
    thanked = any(each.label == "social:thanks" for each in agenda.outcomes)
    if agenda.alarmed or agenda.mood in ("grief", "hurt"):
        return "farewell_kindly"
    if agenda.mood in ("anger", "wronged") and not thanked:
        return "farewell_sorry"
    return "farewell_thanked" if thanked else "farewell"


def _parting(agenda: Agenda, view: View) -> tuple[Agenda, Reply]:
    """The end of the call; of what is left undone it is said that it is."""
    if agenda.in_hand is not None:
        left = agenda.in_hand.left(view)
        words = phrase(left) if left else ""
        agenda = agenda.but(matters=()).owing(Statement(words=words, rank=Rank.DONE))
    told, owed = _in_order(agenda.owed)
    if owed:
        agenda = agenda.but(owed=owed, leaving=False)
        words = question(agenda, "anything_else")
        return agenda.asking("anything_else"), Reply(told, words)
    bye = Statement(words=phrase(_farewell(agenda)))
    return agenda.but(owed=(), asked=None), Reply((*told, bye), hang_up=True)
