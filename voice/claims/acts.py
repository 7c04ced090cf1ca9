"""What a clause of ours says has been done to the book: booked, moved, cancelled, in any words.

Three kinds of words settle something. Words of acts ("booked", "moved") do it wherever they are not
planned, denied or asked. Small words do it together ("you're in", "noon is yours"). And what one of
us has done or is doing settles something by itself, unless it is to look, hear or note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from voice.claims.times import HOUR_WORDS
from voice.claims.words import Clause, Stretch, Wording

_SAYS = Wording("acts")
PERSONS = _SAYS.text("persons")
Act = Literal["booked", "moved", "cancelled", "exists", "done", "paid"]
"""`exists`: of a booking that only is; `done`: it is not said what was done."""
Holds = Literal["told", "willed", "always"]
"""Unless it is planned; also when it "will" be; even then when it only "can" be."""

_BOOKED = _SAYS.words("booked")
_DONE = _SAYS.words("done")
_CANCELLED = _SAYS.words("cancelled")
_MOVED = _SAYS.words("moved")
ACT_WORDS = _BOOKED | _DONE | _CANCELLED | _MOVED
_PAID = _SAYS.words("paid")
_DETAILS = _SAYS.words("details")
_NO_LONGER = _SAYS.pattern("no_longer")
_OF_BOOKINGS = _SAYS.pattern("of_bookings")
_DOING = _SAYS.pattern("doing")
_CALLERS_ARE = _SAYS.words("callers_are")
"""Where these settle something after all, it is in the table below."""
_WE_HAVE = _SAYS.words("we_have")
"""What we may have done without any change to the book."""
_TREATS = _SAYS.text("treats")
_IRREGULAR = _SAYS.words("irregular")
"""Deeds whose form does not show that they are done."""
_SEEKING = _SAYS.words("seeking")
"""What we may be doing without any change to the book."""
_FRAMES: tuple[tuple[Act, Holds], ...] = (
    ("cancelled", "told"), ("cancelled", "always"), ("moved", "willed"), ("done", "always"),
    ("booked", "always"), ("booked", "told"), ("booked", "willed"), ("done", "willed"),
    ("done", "told"), ("exists", "willed"), ("exists", "told"),
)  # fmt: skip
_TABLE = tuple((act, holds, _SAYS.pattern(f"{act} {holds}")) for act, holds in _FRAMES)
_ANY = re.compile("|".join(f"(?:{pattern.pattern})" for _, _, pattern in _TABLE))
"""One look for all of them: most sentences have none."""


def acts_told(clause: Clause, people: Sequence[str] = ()) -> list[Act]:
    """One for each stretch that tells of any; none of a question."""
    if clause.asks:
        return []
    acts = (_act(told, people) for told in clause.stretches)
    return [act for act in acts if act is not None]


def _act(told: Stretch, people: Sequence[str]) -> Act | None:
    by_frame = None if told.conditional else _framed(told.plain)
    if by_frame == "cancelled":
        return by_frame
    return _act_word(told) or by_frame or _of_persons(told.plain, people)


def _framed(told: Stretch) -> Act | None:
    text = told.text
    if _NO_LONGER.search(text) and _OF_BOOKINGS.search(text):
        return "cancelled"
    for act, holds, at in _frames_in(text):
        hangs = told.planned if holds == "told" else told.perhaps
        if not told.denied(at) and (holds == "always" or not hangs(at)):
            return act
    return None


def _frames_in(text: str) -> Iterator[tuple[Act, Holds, int]]:
    """Each with the number of the word at which it begins."""
    if _ANY.search(text) is None:
        return
    for act, holds, pattern in _TABLE:
        for found in pattern.finditer(text):
            yield act, holds, text[: found.start()].count(" ")


def _of_persons(told: Stretch, people: Sequence[str]) -> Act | None:
    if told.conditional:
        return None
    text, persons = told.text, "|".join((PERSONS, *people))
    found = re.search(
        rf"\b(?:{persons}) (?:is|are|will|was) (?!not\b|an?\b)[\w ]*\b(?:you|your)\b", text
    )
    found = found or re.search(rf"\b(?:{persons}) {_TREATS}\b", text)
    if found is not None and not told.planned(text[: found.start()].count(" ")):
        return "booked"  # whoever of us does anything with the caller has a booking
    if (what := _becomes_them(told)) is not None:
        return "booked" if what in ("with", "the") else "done"
    return "done" if _is_our_deed(told, people) else _in_the_making(text, told)


def _becomes_them(told: Stretch) -> str | None:
    """ "You're X": a caller whom we have not booked is few things."""
    words = told.words
    for at in range(len(words) - 2):
        if words[at : at + 2] == ("you", "are") and words[at + 2] not in _CALLERS_ARE:
            inverted = at and words[at - 1] in ("what", "where", "who", "how", "that", "when")
            if not inverted and not told.planned(at) and not told.denied(at):
                return words[at + 2]
    return None


def _is_our_deed(told: Stretch, people: Sequence[str]) -> bool:
    """ "I've gone with nine", "Ana has kept your slot", "that's been dealt with"."""
    words = told.words
    for at in range(len(words) - 2):
        deed, of_us = words[at + 2], words[at] in ("i", "we") and words[at + 1] == "have"
        of_it = words[at + 1] in ("has", "is") and deed == "been"
        if of_it and words[at] in ("it", "that", "this", "everything"):
            deed = words[at + 3] if len(words) > at + 3 else ""
        elif not of_us and not (words[at] in people and words[at + 1] == "has"):
            continue
        done = deed.endswith(("ed", "en", "wn")) or deed in _IRREGULAR
        done = done and deed not in HOUR_WORDS and "-" not in deed
        if done and deed not in _WE_HAVE and not told.planned(at):
            return words[at - 1 : at] not in (("what",), ("which",))
    return False


def _in_the_making(text: str, told: Stretch) -> Act | None:
    """ "I'm booking that now": it is done by a tool, before it is told."""
    found = _DOING.search(text)
    at = text[: found.start()].count(" ") if found else 0
    if found is None or told.denied(at) or told.planned(at):
        return None
    verb = found[1] or found[2]
    if verb in _SEEKING or (verb == "putting" and " through" in text):
        return None
    if verb.startswith("cancel"):
        return "cancelled"
    return "moved" if verb in ("moving", "rescheduling", "changing", "switching") else "booked"


def _act_word(told: Stretch) -> Act | None:
    for at, word in enumerate(told.words):
        act = _act_of(word)
        if act is None or told.denied(at) or told.planned(at) or _is_no_act(told, at):
            continue
        if re.search(r"\bcancell?ations?\b", told.text):
            return "cancelled"
        moves = re.search(r"\b(?:the|your) (?:change|move|rescheduling)\b", told.text)
        return "moved" if moves and act != "cancelled" else act
    return None


def _act_of(word: str) -> Act | None:
    if word in _CANCELLED:
        return "cancelled"
    if word in _MOVED:
        return "moved"
    if word in _PAID:
        return "paid"
    if word in _DONE:
        return "done"
    return "booked" if word in _BOOKED or word.endswith("-booked") else None


def _is_no_act(told: Stretch, at: int) -> bool:
    """ "Ten is taken", "Monday through Friday", "done by Ben", "I've saved your number"."""
    word, before, after = told.words[at], told.words[:at], told.words[at + 1 :]
    if word == "took":
        return after[:1] in (("a",), ("some",), ("me",), ("longer",), ("so",))
    if word == "kept" and after[:2] == ("you", "waiting"):
        return True
    if word == "taken":
        return not {"i", "we"} & {*before}
    if word == "through":
        goes = {"went", "gone", "go", "is", "are", "goes"} & {*before[-2:]}
        return not goes or after[:1] == ("to",)
    if after[:1] in (("by",), ("within",)) or (word == "set" and before[-1:] == ("a",)):
        return True
    if word in ("set", "booked", "made") and before[-1:] == ("get",):
        return True
    of_details = _DETAILS & ({*after[:2]} | {*before[-2:]})
    return bool(of_details) and after[:1] != ("under",) and HOUR_WORDS.isdisjoint(after)
