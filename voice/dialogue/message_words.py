"""What a message is about where the wish alone does not say it, in the caller's own words."""

from __future__ import annotations

from support.faq import content
from voice.dialogue.agenda import LONGEST_QUERY
from voice.dialogue.matters.message import Message
from voice.dialogue.matters.own_order import OwnOrder
from voice.dialogue.turn_heard import TurnHeard
from voice.understanding.acts import Act
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
OF_A_NOTE = ("give:other", "want:account", "story")
"""Labels of what a note is told in."""
SURE_OF_A_NOTE = 0.6
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
    return (before,) if not beside or before in beside or given is not None else (before, beside)


def _told_beside(hearing: TurnHeard, act: Act) -> str:
    text = hearing.reading.text.strip()
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
        return text[:LONGEST_QUERY]
    return act.text if len(set(content(act.text)) - OF_A_MESSAGE) >= LEAST_OF_A_MATTER else ""


def _pointed_back_to(hearing: TurnHeard, act: Act, new: Message) -> str:
    if hearing.reading.first("give:message") is not None:
        return ""
    points = _points(act) or not PRONOUNS.isdisjoint(plain(hearing.reading.text).split())
    asked = new.ring_back and hearing.agenda.unanswered
    return hearing.agenda.left_open if points or asked else ""


def _points(act: Act) -> bool:
    return not (PRONOUNS | {"know"}).isdisjoint(plain(act.text).split())


def note_for_staff(hearing: TurnHeard, act: Act) -> Message | None:
    """What staff should know of the visit that is spoken of, for whom it is with: where to be
    fetched, that he is deaf. None: of no visit that is known, or already part of a message."""
    view, agenda = hearing.view, hearing.agenda
    offer = view.offer(getattr(hearing.matter, "chosen", None))
    visit = offer or view.last_booked or (view.found[0] if len(view.found) == 1 else None)
    written = any(isinstance(each, Message) for each in agenda.matters)
    if visit is None or written or act.value or act.confidence < SURE_OF_A_NOTE:
        return None
    if len(act.text.split()) < LEAST_TOLD:
        return None
    told = [each for each in hearing.reading.acts if each.label in OF_A_NOTE]
    words = hearing.reading.text[told[0].start : max(each.end for each in told)]
    return Message(wanted=True, agreed=True, said=(words,), whom=visit.provider_id, call_back="")
