"""What a clause of ours says has been done: booked, moved, cancelled, in whatever words.

Two kinds of words settle something. Words of acts ("booked", "moved") do it wherever they are not
planned, denied or asked. Small words do it only together ("you're in", "noon is yours"); they are
a closed class, so their turns of phrase can be listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.claims.act_words import (
    BOOKED,
    BOOKS,
    CANCELLED,
    DETAILS,
    DONE,
    MATTERS,
    MOVED,
    PAID,
)
from voice.claims.bare_hours import HOUR_WORDS
from voice.claims.promises import PERSONS
from voice.claims.telling import ADVERBS, Told, tellings
from voice.claims.turns_of_phrase import turns_in

_NO_LONGER = re.compile(
    r"\b(?:nobody|no one)\b.*\bany ?(?:more|longer)\b|\bno longer\b(?! (?:available|free|open))|"
    r"\bnot .*\bany ?(?:more|longer)\b"
)
_OF_BOOKINGS = re.compile(
    rf"\b(?:{MATTERS}|{BOOKS}|booked|scheduled|expect\w*|come|on|valid)\b", re.IGNORECASE
)
_TAKEN = re.compile(
    r"\b(?:fully|completely|solidly|already) (?:booked|reserved|taken)(?: up| solid| out)?\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(?:i|we) (?:am|are|was|were) (\w+ing)\b|"
    r"^(?:so |then |and )?(\w+ing) (?:it|that|you|this|the)\b"
)
_CALLERS_ARE = frozenset(
    """welcome right correct sure looking thinking asking calling speaking talking interested
    through new not happy able free kind very so too in on at for a an after hoping trying
    feeling saying wondering worried nervous unsure ready most more here there back from
    through having seeing coming going waiting using being getting sorry doing really
    quite quick early late fine okay a bit missing up down due off""".split()
)
"""Where these settle something after all, their turns of phrase are listed."""
_WE_HAVE = frozenset(
    """needed wanted used tried looked checked searched offered listed noted asked mentioned
    answered opened closed seen been taken eaten missed forgotten spoken""".split()
)
"""What we may have done without any change to the book."""
_IRREGULAR = frozenset(
    """gone done put set let hit made kept held cut brought stuck run begun slid thrown shut sent
    won bought built dealt drawn laid led lent met paid sold spent stood swung written""".split()
)
"""Deeds whose form does not show that they are done."""
_SEEKING = frozenset(
    """looking checking searching reading going trying talking speaking hearing seeing having
    wondering hoping thinking asking offering using finding waiting listening pulling
    bringing calling wanting needing getting doing being feeling starting saying meaning
    assuming considering learning showing opening transferring connecting passing
    patching""".split()
)
"""What we may be doing without any change to the book."""


def acts_told(text: str, people: Sequence[str] = ()) -> list[str]:
    """booked, moved, cancelled; `exists` for a booking that only is; `done` where it is not said
    what was done; `paid`. One for each stretch that tells of any."""
    acts = (_act(told, people) for told in tellings(_TAKEN.sub(" ", text)))
    return [act for act in acts if act is not None]


def _act(told: Told, people: Sequence[str]) -> str | None:
    by_phrase = _small_words(told)
    if by_phrase == "cancelled":
        return by_phrase
    return _act_word(told) or by_phrase or _of_persons(told, people)


def _plainly(told: Told) -> tuple[Told, str]:
    """Without adverbs, and as one line."""
    words = tuple(word for word in told.words[:-1] if word not in ADVERBS) + told.words[-1:]
    return replace(told, words=words), " ".join(words)


def _small_words(told: Told) -> str | None:
    plain, text = _plainly(told)
    if told.conditional:
        return None
    if _NO_LONGER.search(text) and _OF_BOOKINGS.search(text):
        return "cancelled"
    for turn, at in turns_in(text):
        hangs = plain.planned if turn.holds == "told" else plain.perhaps
        if not plain.denied(at) and (turn.holds == "always" or not hangs(at)):
            return turn.act
    return None


def _of_persons(told: Told, people: Sequence[str]) -> str | None:
    plain, text = _plainly(told)
    if told.conditional:
        return None
    if _turns_to_them(text, plain, people):
        return "booked"
    if (what := _becomes_them(plain)) or _is_our_deed(plain):
        return "booked" if what in ("with", "the") else "done"
    return _in_the_making(text, plain)


def _turns_to_them(text: str, told: Told, people: Sequence[str]) -> bool:
    """ "Ben will be ready for you": whoever of us does anything with the caller has a booking."""
    persons = "|".join((*PERSONS, *people))
    found = re.search(rf"\b(?:{persons}) (?:is|are|will|was) (?!not\b)[\w ]*\b(?:you|your)\b", text)
    return found is not None and not told.planned(_at(text, found))


def _becomes_them(told: Told) -> str | None:
    """ "You're X": a caller whom we have not booked is few things."""
    words = told.words
    for at in range(len(words) - 2):
        if words[at : at + 2] == ("you", "are") and words[at + 2] not in _CALLERS_ARE:
            inverted = at and words[at - 1] in ("what", "where", "who", "how", "that", "when")
            if not inverted and not told.planned(at) and not told.denied(at):
                return words[at + 2]
    return None


def _at(text: str, found: re.Match[str]) -> int:
    return text[: found.start()].count(" ")


def _is_our_deed(told: Told) -> bool:
    """ "I've gone with nine": what we have done, unless it is to have looked or noted."""
    words = told.words
    for at in range(len(words) - 2):
        deed = words[at + 2]
        if words[at] not in ("i", "we") or words[at + 1] != "have" or deed in _WE_HAVE:
            continue
        if deed.endswith(("ed", "en", "wn")) or deed in _IRREGULAR:
            if not told.planned(at) and words[at - 1 : at] not in (("what",), ("which",)):
                return True
    return False


def _in_the_making(text: str, told: Told) -> str | None:
    """ "I'm booking that now": it is done by a tool, before it is told."""
    found = _DOING.search(text)
    if found is None or told.denied(_at(text, found)) or told.planned(_at(text, found)):
        return None
    verb = found[1] or found[2]
    if verb in _SEEKING or (verb == "putting" and " through" in text):
        return None
    if verb.startswith("cancel"):
        return "cancelled"
    return "moved" if verb in ("moving", "rescheduling", "changing", "switching") else "booked"


def _act_word(told: Told) -> str | None:
    for at, word in enumerate(told.words):
        act = _act_of(word)
        if act is None or told.denied(at) or told.planned(at) or _is_no_act(told, at):
            continue
        said = " ".join(told.words)
        if re.search(r"\bcancell?ations?\b", said):
            return "cancelled"
        if act != "cancelled" and re.search(r"\b(?:the|your) (?:change|move|rescheduling)\b", said):
            return "moved"
        return act
    return None


def _act_of(word: str) -> str | None:
    if word in CANCELLED:
        return "cancelled"
    if word in MOVED:
        return "moved"
    if word in PAID:
        return "paid"
    if word in DONE:
        return "done"
    return "booked" if word in BOOKED or word.endswith("-booked") else None


def _is_no_act(told: Told, at: int) -> bool:
    """ "Ten is taken", "Monday through Friday", "done by Ben", "I've saved your number"."""
    word, before, after = told.words[at], told.words[:at], told.words[at + 1 :]
    if word == "took":
        return after[:1] in (("a",), ("some",), ("me",), ("longer",), ("so",))
    if word == "taken":
        return not {"i", "we"} & {*before}
    if word == "through":
        goes = {"went", "gone", "go", "is", "are", "goes"} & {*before[-2:]}
        return not goes or after[:1] == ("to",)
    if after[:1] in (("by",), ("within",)):
        return True
    if word in ("set", "booked", "made") and before[-1:] == ("get",):
        return True
    of_details = DETAILS & ({*after[:2]} | {*before[-2:]})
    return bool(of_details) and after[:1] != ("under",) and HOUR_WORDS.isdisjoint(after)
