"""Which times a caller rules out: "not on Monday", "any day but Friday", "Sunday's out"."""

from __future__ import annotations

from voice.understanding.dates.lexicon import (
    COMING,
    NEXT,
    PARTS,
    THIS,
    TODAY,
    TOMORROW,
    UNITS,
    WEEKDAYS,
)
from voice.understanding.dates.meaning import Phrase
from voice.understanding.dates.open_ends import UNTIL, is_denied
from voice.understanding.dates.words import Utterance

REFUSED_BEFORE = (
    "not", "instead of", "rather than", "avoid", "can't do", "can't make", "can't come", "can't go",
    "cannot do", "cannot make", "cannot come", "can not do", "can not make", "couldn't do",
    "couldn't make", "don't want", "don't like", "not free", "not available", "busy", "without",
    "unavailable", "away", "nor", "never", "isn't", "don't think", "can't be",
    "can't make it", "won't be free", "won't be available", "no good", "wedding", "interview",
    "funeral", "conflict", "already booked", "out of town", "working", "at work",
    "i work", "nothing", "plans", "hot date", "flight",
)  # fmt: skip
WILL_NOT_DO = (
    "bad", "out", "hard", "tough", "tricky", "awkward", "difficult", "impossible", "no good",
    "no use", "not good", "not great", "not ideal", "not possible", "not easy", "not an option",
    "not going to work", "a no", "a no go", "a problem", "a nightmare", "a struggle", "too late",
    "too early", "out of the question", "a bank holiday", "a holiday", "hectic", "packed",
)  # fmt: skip
REFUSED_AFTER = (
    *(f"{being} {quality}" for being in ("is", "are") for quality in WILL_NOT_DO),
    "doesn't work", "does not work", "don't work", "do not work", "won't work", "will not work",
    "doesn't suit", "don't suit", "isn't good", "isn't possible", "isn't going to work",
    "isn't gonna work", "isn't an option", "aren't good", "aren't great", "isn't ideal",
    "would not work", "wouldn't work", "can't work", "i can't", "i cannot", "i'm busy", "i am busy",
    "isn't great", "not good", "excluded", "not possible", "i'm away", "i'm working", "i work",
    "won't do",
)  # fmt: skip
BEING_REFUSED = (*WILL_NOT_DO, "not gonna work", "not on")
"""After "Sunday's", which stands for "Sunday is"."""
EXCEPTIONS = (
    "except", "except for", "excepting", "excluding", "other than", "apart from", "aside from",
    "besides", "but not", "save for", "barring", "with the exception of",
)  # fmt: skip
BUT = frozenset({"but", "bar"})
""" "Any day but Monday" leaves Monday out; "Friday but early" does not."""
ANY = frozenset(
    """any anything anytime anyday every everything everyday all whenever whichever whatever each
    anywhere""".split()
)
OF_ANY = frozenset(
    (*PARTS, *UNITS, *WEEKDAYS, *NEXT, *COMING, *THIS, *TODAY, *TOMORROW)
    + ("other", "else", "of", "in", "the", "on", "at", "or", "weekend", "time", "times")
)
NAMES_NOTHING = frozenset({"not", "nothing", "never", "i work", "i can't", "i cannot", "plans"})
"""What is no quality of a day: "the problem is not, is Thursday free"."""
BEFORE_TIME = frozenset("on the at in for any this with it a , that".split())
BEING = frozenset({"am", "are", "is", "i'm"})
CANNOT = frozenset({"can't", "cannot"})
AFTER_CANNOT = frozenset(
    ["", *". , ! ; because do make come either sorry though so but and".split()]
)
""" "At one I can't" refuses; "at one, I can't remember your address" does not."""


def is_refused(said: Utterance, phrase: Phrase, until: int) -> bool:
    """Whether a refusal stands right before the phrase, or right after it."""
    if said.at(phrase.start) in UNTIL and is_denied(said, phrase.start):
        return False
    return refused_before(said, phrase.start) or refused_after(said, phrase, until)


def refused_before(said: Utterance, start: int) -> bool:
    """Whether what begins here has just been ruled out."""
    if said.at(start - 1) == "no" and said.at(start).endswith("s") or is_listed_no(said, start):
        return True
    while said.at(start - 1) in BEFORE_TIME:
        if said.at(start - 1) == ",":
            return False
        start -= 1
    if is_excepted(said, start):
        return True
    if said.at(start - 1) in ("is", "are", "would"):  # "the only day I can't do is Thursday"
        named = start - 1
        return any(
            ends(said, named, words)
            for words in (*REFUSED_BEFORE, *REFUSED_AFTER)
            if words not in NAMES_NOTHING
        )
    for refusal in REFUSED_BEFORE:
        size = len(refusal.split())
        if said.follows(start - size, refusal) == start:
            asked = said.at(start - size - 1)
            return asked not in ("why", "if", "you") and (refusal != "not" or asked not in BEING)
    return False


def is_listed_no(said: Utterance, start: int) -> bool:
    """ "No Thursday and no Wednesday", "in the week, but no the Tuesday": no correction."""
    day = start + (said.at(start) == "the")
    place = start - 1 - (said.at(start - 1) == "the")
    if said.at(place) != "no" or said.at(day) not in WEEKDAYS:
        return False
    behind = said.skip(day + 1, (",",))
    listed = said.at(behind) in ("and", "or", "nor") and said.at(behind + 1) == "no"
    return listed or said.at(place - 1) in ("and", "but", "or", "nor")


def ends(said: Utterance, place: int, words: str) -> bool:
    """Whether the words have just been said here."""
    return said.follows(place - len(words.split()), words) == place


def is_excepted(said: Utterance, start: int) -> bool:
    """ "Any morning but Monday", "anything apart from Tuesday": all but what begins here."""
    if said.at(start) == "not":  # "any time but not before ten" wants what begins here
        return False
    while said.at(start - 1) in ("on", "the", "in"):
        start -= 1
    if any(ends(said, start, told) for told in EXCEPTIONS):
        return True
    if said.at(start - 1) not in BUT:
        return False
    place = start - 2
    while said.at(place) in OF_ANY or said.follows(place - 1, "at all"):
        place -= 1
    return said.at(place) in ANY


def refused_after(said: Utterance, phrase: Phrase, until: int) -> bool:
    place = said.skip(phrase.end, ("really", "just", "also", ",", "at", "all"))
    end = said.first_of(place, REFUSED_AFTER)
    if end is None and said.is_short_for_is(phrase.end - 1):
        end = said.first_of(place, BEING_REFUSED)
    if end is None or end > until or said.at(end) == "?":
        return False
    return said.at(end - 1) not in CANNOT or said.at(end) in AFTER_CANNOT
