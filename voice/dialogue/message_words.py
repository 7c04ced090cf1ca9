"""What a message is about where the wish alone does not say it, in the caller's own words."""

from __future__ import annotations

from dataclasses import replace

from support.faq import content
from voice.dialogue.agenda import LONGEST_QUERY, Agenda
from voice.dialogue.matters.message import ADDED_TO, Message, not_passed_on
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.turn_heard import TurnHeard
from voice.dialogue.view import View
from voice.understanding.acts import Act, Reading
from voice.understanding.messages_said import asks_what_comes, says_no_call
from voice.understanding.words import plain

PRONOUNS = frozenset(("it", "that", "this", "them", "those", "these"))
TOLD_WITH_A_MESSAGE = (
    "story",
    "give:problem",
    "give:other",
    "give:product",
    "ask:policy",
    "ask:other",
)
"""Labels of what a message is about, where it is told before or behind the wish."""
OF_A_MESSAGE = frozenset(
    content(
        """somebody someone anybody ring call phone text message note word leave pass take send give
    get put write wrote tell know let back ask me them him her please then one"""
    )
)
"""Words of the wish itself."""
LEAST_OF_A_MATTER = 2
"""Words that say what it is about."""
LEAST_TOLD = 3
"""Words of it."""


def what_it_is_about(hearing: TurnHeard, act: Act, new: Message) -> tuple[str, ...]:
    """The complaint told before, then what is told in the same breath, else the question that the
    wish points back to; empty: it is still to be asked."""
    before, beside = hearing.agenda.complaint, _told_beside(hearing, act)
    if not before:
        about = beside or _pointed_back_to(hearing, act, new)
        return (about,) if about else ()
    given = hearing.reading.first("give:message")
    if given is not None and before == hearing.reading.text:
        return ()  # all of it is the message
    return (before,) if not beside or before in beside or given is not None else (before, beside)


def says_more(act: Act) -> bool:
    """Whether a wish for a message says anything but that."""
    return bool(set(content(act.text)) - OF_A_MESSAGE)


def with_its_matter(hearing: TurnHeard, act: Act, message: Message) -> Message:
    """With what it is about, where it was wished for and that is not said yet."""
    if not message.tells_nothing:
        return message
    told = hearing.reading.first("give:message") is not None
    about = (hearing.agenda.complaint,) if told else what_it_is_about(hearing, act, message)
    return message.but(said=(*filter(None, about), *message.said))


def _told_beside(hearing: TurnHeard, act: Act) -> str:
    if hearing.reading.first("give:message") is not None:
        return ""
    end = max(each.end for each in (act, *hearing.reading.all("give:call_back")))
    behind = plain(hearing.reading.text[end:]).split()
    about = behind[behind.index("about") + 1 :][:1] if "about" in behind else []
    if about and PRONOUNS.isdisjoint(about):
        return hearing.reading.text[act.start :].strip()[:LONGEST_QUERY]
    if hearing.agenda.left_open and _points(act) and not isinstance(hearing.matter, OwnOrder):
        return ""
    beside = [each for each in hearing.reading.acts if each.label in TOLD_WITH_A_MESSAGE]
    if sum(len(each.text.split()) for each in beside) >= LEAST_TOLD:
        return _without_the_wish(hearing, act)[:LONGEST_QUERY]
    return act.text if len(set(content(act.text)) - OF_A_MESSAGE) >= LEAST_OF_A_MATTER else ""


def _without_the_wish(hearing: TurnHeard, act: Act) -> str:
    """All that is said, but for a wish to be rung, and when, that it begins or ends with."""
    text = hearing.reading.text
    wish = sorted((act, *hearing.reading.all("give:call_back")), key=lambda each: each.start)
    before, behind = text[: wish[0].start], text[wish[-1].end :]
    rest, other = (behind, before) if len(before) < len(behind) else (before, behind)
    alone = len(other.split()) < LEAST_TOLD <= len(rest.split())
    return (rest if alone else text).strip(" ,.;")


def _pointed_back_to(hearing: TurnHeard, act: Act, new: Message) -> str:
    if hearing.reading.first("give:message") is not None:
        return ""
    points = _points(act) or not PRONOUNS.isdisjoint(plain(hearing.reading.text).split())
    return hearing.agenda.left_open if points or new.ring_back else ""


def _points(act: Act) -> bool:
    return not (PRONOUNS | {"know"}).isdisjoint(plain(act.text).split())


def noted_beside(hearing: TurnHeard, new: Message) -> Message:
    """A note that is left beside a visit is for whom that is with, and nobody need ring for it."""
    view, matter = hearing.view, hearing.matter
    if new.ring_back or not isinstance(matter, TimedMatter) and view.last_booked is None:
        return new
    offer = view.offer(getattr(matter, "chosen", None)) or view.last_booked
    whom = new.whom or (offer and offer.provider_id) or getattr(matter, "provider_id", None)
    return new.but(whom=whom, call_back="")


def without_promises(agenda: Agenda, reading: Reading, view: View) -> tuple[Agenda, Reading]:
    """Who asks what will come of what is passed on hears that nobody here can promise it: that asks
    for no rule, and wishes for nothing new, unless a visit is in hand."""
    kinds = {one.kind for one in agenda.matters} | {
        "message" for each in view.tickets if each.issue
    }
    passed = agenda.complaint or reading.first("want:message") or "message" in kinds
    ordered = view.orders or not {"order", "refund", "billing"}.isdisjoint(kinds)
    elsewhere = ordered or isinstance(agenda.in_hand, TimedMatter)
    if elsewhere or not passed or not asks_what_comes(reading.text):
        return agenda, reading
    told = Statement(words=phrase("no_promise"), rank=Rank.ANSWERED)
    acts = (a for a in reading.acts if a.name not in ("ask", "want") or not asks_what_comes(a.text))
    return agenda.owing(told), replace(reading, acts=tuple(acts))


def taken_back(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """Without the message that is not wanted: not written down, or taken back."""
    wants_no_call = says_no_call(reading.text)
    rings = [each for each in agenda.matters if isinstance(each, Message) and each.ring_back]
    if wants_no_call and any(each.whom is None for each in rings):
        kept = tuple(each for each in agenda.matters if not isinstance(each, Message))
        return agenda.but(matters=kept, asked=None)
    if not reading.takes_back:
        return agenda
    kept = tuple(each for each in agenda.matters if not isinstance(each, Message))
    if len(kept) < len(agenda.matters):
        told = Statement(words=phrase(not_passed_on(view)), rank=Rank.DONE)
        return agenda.asking("pass_on").but(matters=kept, asked=None).owing(told)
    noted = [each.reference for each in view.tickets if each.issue and each.kind in ADDED_TO]
    if not noted:
        return agenda
    return agenda.but(matters=(Message(withdraws=noted[-1]), *agenda.matters), asked=None)
