"""Whether words tell of a visit that is wanted now, of one that there is, or of one of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says
from voice.understanding.relabelling.told import is_past, tells_of_a_visit
from voice.understanding.services.matching import where_named
from voice.understanding.words import plain

OPENING = frozenset(
    """could can would might may i we id wed get have do come in and then also maybe please just
    like to so possibly she he they you ye yous there is has does be any anything something a slot
    space an opening got free fit me us see take""".split()
)
"""Words that open a wish and say nothing of a visit that there is."""
ASKING = frozenset("can could may might shall would".split())
DOING = frozenset("do make have get come say take go".split())


def new_or_past(text: str, tag: Tagged, tags: Sequence[Tagged], hearing: Hearing) -> Tagged:
    """What only opens a wish is none to move or look up: "could I get" before a day, "I got two
    things" before what they are. A service had before is talk beside the one wanted now."""
    words = text[tag.start : tag.end]
    if tag.label in ("ask:policy", "ask:other") and _proposes_a_time(words, hearing):
        return replace(tag, label="give:when")
    wish = any(each.label == "want:book" and each.start > tag.start for each in tags)
    if tag.label == "want:lookup" and wish and not hearing.has_bookings:
        told = tells_of_a_visit(text) or any(each.label.startswith("ask") for each in tags)
        things = {"thing", "things", "bits", "jobs", "few", "couple"} & {*plain(words).split()}
        return tag if told or not things else replace(tag, label="story")
    more = says("own_visits", "books", words) and says("beside", "another", text)
    if tag.label == "want:move" and more:
        return replace(tag, label="want:book")
    if tag.label == "want:move" and not (hearing.has_bookings or tells_of_a_visit(text)):
        return replace(tag, label="want:book") if OPENING.issuperset(plain(words).split()) else tag
    if tag.label not in ("give:service", "give:problem") or not is_past(words):
        return tag
    others = [each for each in tags if each.label == "give:service" and each != tag]
    named = where_named(words, hearing.services)
    return replace(tag, label="story") if named and others else tag


def _proposes_a_time(words: str, hearing: Hearing) -> bool:
    """ "Can we do the same time on the ninth" asks for that time, and for nothing that is written
    down."""
    said = plain(words).split()
    asks = len(said) > 2 and said[0] in ASKING and said[1] in ("i", "we", "you")
    timed = "same time" in plain(words) or bool(read_times(words, hearing.asking("date")).found)
    return asks and said[2] in DOING and timed
