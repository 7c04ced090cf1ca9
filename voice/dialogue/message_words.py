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
LEAST_TOLD = 3
"""Words of it."""


def what_it_is_about(hearing: TurnHeard, act: Act, new: Message) -> str:
    """What is told in the same breath, else the question that the wish points back to; empty: it
    is still to be asked."""
    text, open_question = hearing.reading.text.strip(), hearing.agenda.left_open
    if hearing.reading.first("give:message") is not None:
        return ""
    behind = plain(hearing.reading.text[act.end :]).split()
    if behind[:1] == ["about"] and PRONOUNS.isdisjoint(behind[1:2]):
        return hearing.reading.text[act.start :].strip()[:LONGEST_QUERY]
    points = not (PRONOUNS | {"know"}).isdisjoint(plain(act.text).split())
    if open_question and points and not isinstance(hearing.matter, OwnOrder):
        return open_question
    beside = [each for each in hearing.reading.acts if each.label in TOLD_WITH_A_MESSAGE]
    if sum(len(each.text.split()) for each in beside) >= LEAST_TOLD:
        return text[:LONGEST_QUERY]
    if len(set(content(act.text)) - OF_A_MESSAGE) >= LEAST_OF_A_MATTER:
        return act.text
    points = points or not PRONOUNS.isdisjoint(plain(text).split())
    return open_question if points or new.ring_back and hearing.agenda.unanswered else ""
