"""What a clause of ours says has been done: booked, moved, cancelled, in whatever words.

Nobody can list all words for it. So it is read the other way round: a fact told of the
appointment, of ourselves or of the caller claims a booking unless it is known to be harmless.
"""

from __future__ import annotations

import re
from dataclasses import replace

from voice.claims.act_words import (
    ANY_ACT,
    ARRIVING,
    BOOKS,
    CANCELLED,
    COMING,
    DAYS,
    DETAILS,
    DETERMINERS,
    HARMLESS,
    IRREGULAR,
    MATTERS,
    MEETING,
    MONEY,
    MOVED,
    OBJECTS,
    OWN_MATTERS,
    PAID,
    PARTICLES,
    PLACES,
    SEEKING,
    STATES,
)
from voice.claims.bare_hours import HOUR_WORDS
from voice.claims.telling import Telling, tellings

_NO_LONGER = re.compile(
    r"(?:\b(?:nobody|no one)\b.*\bany ?(?:more|longer)\b|"
    r"\bno longer\b(?! (?:available|free|open))|(?:n't|\bnot) .*\bany ?(?:more|longer)\b)",
    re.IGNORECASE,
)
_OF_BOOKINGS = re.compile(
    r"\b(?:appointment|booking|visit|reservation|books?|schedule|calendar|booked|scheduled|expect\w*)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\bthat (?=(?:you|your|it|we|i|everything|all)\b)", re.IGNORECASE)
"""What follows is told as a fact, also within a question: "could you say that you are booked?"."""
_TAG = re.compile(
    r"(?:,| and)\s+(?=(?:is|are|was|do|does|did|can|could|shall|should|would|will|what|which|"
    r"when|where|who|how|may|anything|any|something)\b(?! (?:that|it|this) (?:right|correct|so)))",
    re.IGNORECASE,
)
"""Where a question hangs on to a statement: "you're all set, is there anything else?"."""
_ASKED = re.compile(
    r"^(?:\W*(?:and|so|but|okay|ok|well|great|then|or)\W+)*(?:is|are|am|was|do|does|did|can|could|"
    r"shall|should|would|will|what|which|when|where|who|how|may|have|has|if)\b",
    re.IGNORECASE,
)


def act_told(text: str, *, asks: bool) -> str | None:
    """booked, moved, cancelled; `exists` for a booking that only is; `done` where it is not said
    what was done; `paid`. None: no such thing is told."""
    if asks:
        *told, rest = _TOLD.split(text)
        head = _TAG.split(text, maxsplit=1)
        if told:
            text = rest
        elif len(head) > 1 and not _ASKED.match(head[0]):
            text = head[0]
        else:
            return None
    if _NO_LONGER.search(text) and _OF_BOOKINGS.search(text):
        return "cancelled"
    return next((act for told in tellings(text) if (act := _act(told)) is not None), None)


def _act(told: Telling) -> str | None:
    match told.who:
        case "nobody":
            return _of_nobody(told)
        case "we":
            return _of_us(told)
        case "you":
            return _of_the_caller(told)
        case "noun" if told.subject[-1] in MONEY:
            return _of_money(told)
        case "noun" if told.subject[-1] in MATTERS or "new" in told.subject:
            return _of_the_matter(told)
    act = _of_somebody(told) or (_state(told) if told.helpers else None)
    return act or ("exists" if _has_a_time(told) else None)


def _of_money(told: Telling) -> str | None:
    """ "Your refund is on its way", "the fee has been waived"."""
    if told.planned or not told.helpers:
        return None
    settled = told.word in PAID | {"processed", "removed", "covered", "issued"}
    return "paid" if told.subject[-1] == "refund" or settled else None


def _of_nobody(told: Telling) -> str | None:
    """ "All done!", "booking complete", "please arrive at nine"."""
    words = (told.word, *told.rest)
    if told.word in ANY_ACT | {
        "booked",
        "confirmed",
        "sorted",
        "arranged",
        "reserved",
        "settled",
        "scheduled",
        "locked",
        "secured",
        "set",
    }:
        ends = not told.rest or told.rest[0] in PLACES | DAYS | HOUR_WORDS | {"in", "then", "you"}
        return _which(told) if ends and not told.follows("by", "within") else None
    if words[:2] == ("consider", "it") or words[:2] == ("consider", "yourself"):
        return "done"
    if "successfully" in words:
        return "done"
    if words[:3] == ("look", "forward", "to") or words[:2] == ("see", "you"):
        return "booked" if _meets(words) else None
    if told.word in ARRIVING and {"at", "by", "for"} & {*words} and _hour_in(words):
        return "booked"
    if told.word in MATTERS and told.follows(*STATES):
        return _of_the_matter(Telling("noun", (told.word,), (), told.rest[0], told.rest[1:]))
    return None


def _of_us(told: Telling) -> str | None:
    """ "I've put you down", "we have you at nine", "I made it for noon"."""
    words = (told.word, *told.rest)
    if _has_them(told) or _meets(words):
        return "booked"
    if told.planned:
        return None
    if told.helpers[-1:] and told.helpers[-1] in ("am", "are", "is"):
        return "booked" if told.word == "on" and told.follows("for") else None
    if told.helpers[-1:] == ("got",) and told.word == "you":
        return "booked" if told.rest[:1] and told.rest[0] in DETERMINERS | HOUR_WORDS else None
    return _deed(told) if _is_past(told.word) else None


def _of_the_caller(told: Telling) -> str | None:
    """ "You're down for nine", "you've been added", "you now have an appointment"."""
    words = (told.word, *told.rest)
    if told.planned:
        met = told.word in {"see", "meet", "have", *COMING} or "be" in told.helpers
        return "booked" if met and _hour_in(words) and {"at", "for"} & {*words} else None
    if "been" in told.helpers and _is_past(told.word):
        return _deed(told, to_them=True)
    if {"are", "were", "is"} & {*told.helpers}:
        if told.word == "off":
            return "cancelled" if not BOOKS.isdisjoint(words) else None
        if told.word in COMING and (_hour_in(words) or DAYS & {*words}):
            return "booked"
        if told.word in ("at", "with", "for", "on", "down", "in"):
            placed = told.word in ("down", "on") or _hour_in(words) or "appointment" in words
            on_hold = told.word == "on" and "line" in words
            return "booked" if placed and not on_hold else None
        return _state(told)
    if {"have", "got", "had"} & {*told.helpers} and "or" not in words:
        owned = words[:1] and words[0] in DETERMINERS and OWN_MATTERS & {*words[1:5]}
        timed = words[0] in DETERMINERS and "at" in words and _hour_in(words)
        return "exists" if owned or timed or words[0] in HOUR_WORDS else None
    return None


def _of_the_matter(told: Telling) -> str | None:
    """ "Your appointment begins at nine", "the cancellation went through"."""
    noun = told.subject[-1]
    if told.planned and "be" not in told.helpers:
        return None
    if noun.startswith("cancel"):
        return "cancelled" if told.word in STATES else None
    if noun in ("change", "move", "rescheduling"):
        return "moved" if told.word in STATES else None
    if "new" in told.subject and told.helpers:
        return "moved"
    if told.word == "gone" or "gone" in told.helpers and told.word in ("", "now"):
        return "cancelled"
    state = _state(told)
    if state is not None or told.subject[0] != "your" or noun not in OWN_MATTERS:
        return state
    return "exists" if told.helpers else None


def _of_somebody(told: Telling) -> str | None:
    """ "Ben will see you at nine", "the system has you down"."""
    if _has_them(told):
        return "booked"
    offers = {"can", "could", "would", "may", "might"} & {*told.helpers}
    return "booked" if not offers and _meets((told.word, *told.rest)) and told.helpers else None


def _state(told: Telling) -> str | None:
    """What has become of it; None where no act on an appointment is told."""
    if told.planned or told.follows("by", "within"):
        return None
    if told.word == "you" and told.who != "we" and told.rest:  # "that's you sorted"
        told = replace(told, who="you", word=told.rest[0], rest=told.rest[1:])
    word, words = told.word, (told.word, *told.rest)
    if word in ("in", "on") and not BOOKS.isdisjoint(words[1:4]):
        return "booked"
    if word == "in" and ("gone" in told.helpers or told.who == "you"):
        return "booked" if not told.rest or told.rest[0] in ("for", "on", "at") else None
    if word in ("good", "ready") and told.follows("for") and _hour_in(words):
        return "booked"
    if "good" in told.helpers and word in PLACES and _hour_in(words):
        return "booked"
    if word == "place" or words[:2] in (("a", "deal"), ("a", "done"), ("a", "go"), ("a", "date")):
        return "booked"
    if word == "taken" and not told.follows("care"):
        return None
    in_place = words[:2] == ("in", "place")
    if word in STATES | CANCELLED | MOVED or word == "taken" or in_place:
        return _which(told)
    return None


def _which(told: Telling) -> str:
    if told.word in CANCELLED:
        return "cancelled"
    if told.word in MOVED:
        return "moved"
    vague = told.word in ANY_ACT or told.word == "taken"
    named = told.who == "noun" and told.subject[-1] in OWN_MATTERS
    return "done" if vague and not named else "booked"


def _deed(told: Telling, *, to_them: bool = False) -> str | None:
    """What we did to the appointment; None for deeds that change nothing."""
    if told.word in HARMLESS and not (told.word == "called" and "off" in told.rest[:4]):
        return "booked" if told.word == "noted" and _hour_in(told.rest) else None
    rest = told.rest[1:] if told.rest[:1] and told.rest[0] in PARTICLES else told.rest
    if not DETAILS.isdisjoint(rest[:4]) and not _hour_in(rest):
        return None
    aimed = to_them or not rest or rest[0] in OBJECTS | DETERMINERS or rest[0] in HOUR_WORDS
    if not (aimed or (rest[0].endswith("ing") and rest[0] not in SEEKING)):
        return None
    off = told.word in ("took", "taken", "called") and {"off", "out"} & {*told.rest}
    if told.word in PAID:
        return "paid"
    return "cancelled" if off else _which(told)


def _is_past(word: str) -> bool:
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 3)


def _has_a_time(told: Telling) -> bool:
    """ "Your cleaning is at noon"."""
    verbs = {"is", "was", "starts", "begins"} & {*told.helpers}
    if told.subject[:1] != ("your",) or told.planned or not verbs or told.subject[-1] in DETAILS:
        return False
    at_hour = told.word == "at" and _hour_in(told.rest)
    return at_hour or told.word in DAYS or (told.word in HOUR_WORDS and told.follows("o'clock"))


def _has_them(told: Telling) -> bool:
    """ "We have you down", "Ben has you at nine"."""
    has = {"have", "has", "had", "got", "shows", "show", "lists"} & {*told.helpers}
    words = (told.word, *told.rest)
    if not has or told.planned or not told.rest:
        return False
    if told.word == "your":
        down = {"down", "in", "set", "booked", "on", "at"} & {*words[2:5]}
        return bool(down) and _hour_in(words) and "or" not in words
    told_of = PLACES | DAYS | HOUR_WORDS | STATES | {"all"}
    return told.word == "you" and told.rest[0] in told_of


def _meets(words: tuple[str, ...]) -> bool:
    """ "Will see you at nine", "look forward to your visit"."""
    if "forward" in words[:3] and {"you", "visit"} & {*words}:
        return True
    at = next((at for at, word in enumerate(words[:2]) if word in MEETING), None)
    return at is not None and "you" in words[at + 1 : at + 3]


def _hour_in(words: tuple[str, ...]) -> bool:
    return any(word in HOUR_WORDS or re.match(r"\d\d?:\d\d$", word) for word in words)
