"""What a stretch of words tells of the business: what it has, does, takes, asks of its customers.

Lies of that kind have endless words, so it is asked the other way round: what is told of the
business has to be in its own words, a tool's, or ours of before. Only statements of the business
are asked: of feelings, the weather or the caller anything may be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from support.faq import content, stem
from voice.claims.acts import ACT_WORDS
from voice.claims.figures import NUMBER_WORD
from voice.claims.names import is_named
from voice.claims.words import Clause, Stretch, Wording

_SAYS = Wording("statements")
_FEELS = _SAYS.pattern("feels")
"""What opens so tells of feelings, or asks for something."""
_CONDITIONS = ("if ", "once ", "unless ", "when ", "until ", "whenever ", "before ", "as soon ")
_PLACES = _SAYS.text("places")
_OF_US = _SAYS.pattern("of_us")
_RULES = _SAYS.pattern("rules")
"""What the caller must or may do, and what holds for them."""
_YOURS = _SAYS.pattern("yours")
_FOR_NOTHING = _SAYS.pattern("for_nothing")
_ALWAYS = _SAYS.pattern("always")
"""What nobody here knows of the caller."""
_HELPERS = _SAYS.words("helpers")
_DENIED = _SAYS.words("denied")
_UNABLE = _SAYS.words("unable")
_IN_NO_LIST = _SAYS.words("in_no_list")
"""What we do not do is what the business does not list; of other denials it says nothing."""
_OURS = frozenset(
    stem(word) for word in (*_SAYS.words("ours"), *ACT_WORDS, *NUMBER_WORD.split("|"))
)
"""What is said of any business in every call: that it opens, sees people, has times, can look."""
_MESSAGES = _SAYS.words("messages")
"""Nothing here sends any."""
_MESSAGE_TO_US = _SAYS.pattern("message_to_us")


@dataclass(frozen=True, slots=True)
class Known:
    """What may be told of the business."""

    words: frozenset[str]
    """Stems from its file, from the tools of this turn and from what we have said."""
    caller: frozenset[str]
    topics: frozenset[str]
    """Stems of what it has answers on: that may not be denied without them."""
    people: tuple[str, ...]
    """First and last names, in lower case: what is told of them is told of the business."""
    things: tuple[str, ...]
    """What services and products are called, in lower case."""
    services: tuple[tuple[str, ...], ...]
    """The same of each service."""

    def is_all(self, text: str) -> bool:
        """Whether every service is named, so that "only" is so."""
        return all(any(is_named(name, text) for name in names) for names in self.services)


def known_of(
    own: Sequence[str],
    caller: Sequence[str],
    *,
    answers: Sequence[str],
    people: tuple[str, ...],
    products: Iterable[str],
    services: tuple[tuple[str, ...], ...],
) -> Known:
    """The same, made of whole texts."""
    things = (*products, *(name for each in services for name in each))
    return Known(
        words=stems_of(tuple(own)),
        caller=stems_of(tuple(caller)),
        topics=frozenset(one for one in stems_of(tuple(answers)) if one not in _OURS),
        people=people,
        things=tuple(dict.fromkeys(name.lower() for name in things)),
        services=services,
    )


def unproven(clause: Clause, known: Known, dated: Set[str]) -> str | None:
    """message, fact: what it tells without proof; `dated` are words of times."""
    if clause.asks:
        return None
    if known.is_all(clause.text):
        known = replace(known, topics=frozenset())
    dated |= {name for name in _names_in(clause.text) if known.caller.issuperset(content(name))}
    for told in clause.stretches:
        if _promises_message(told, clause):
            return "message"
        if _FEELS.match(told.text) or told.text.startswith(_CONDITIONS):
            continue
        if _FOR_NOTHING.search(told.text):
            return "price"
        if _ALWAYS.search(told.text) and not told.denied(len(told.words)):
            return "fact"
        of_us = _is_of_us(told, known)
        yours = any((_YOURS.search(told.text), _RULES.search(told.plain.text)))
        yours = yours or _begins_with(told.text, known.things)
        if (of_us or yours) and _has_unknown(told, known, dated, of_us=of_us):
            return "fact"
    return None


def tells_unknown(told: Stretch, known: Known, dated: Set[str]) -> bool:
    """Whether a word of it is neither ours nor the caller's."""
    return _has_unknown(told, known, dated, of_us=False)


def _is_of_us(told: Stretch, known: Known) -> bool:
    """Whether it tells of the business, of one of its people or services, or of a thing that
    there would be there."""
    words, text = told.words, told.text
    of_a_thing = words[:1] == ("the",) and not _HELPERS.isdisjoint(words[2:5])
    of_a_thing = of_a_thing or re.match(rf"the (?:{_PLACES})\b", text) is not None
    return of_a_thing or _begins_with(text, known.people) or _OF_US.search(text) is not None


def _names_in(text: str) -> list[str]:
    """Words with a capital, but the first, in lower case."""
    return [word.lower() for word in re.findall(r"(?<=\w )[A-ZÀ-Þ]\w+", text)]


def _begins_with(text: str, names: Iterable[str]) -> bool:
    return any(re.match(rf"(?:\w+ )?{re.escape(name)}s? \w+ \w", text) for name in names)


def _has_unknown(told: Stretch, known: Known, dated: Set[str], *, of_us: bool) -> bool:
    """Whether a word of it is nobody's."""
    may = known.words | (frozenset() if of_us else known.caller)
    alone = not {"only", "just", "solely"}.isdisjoint(told.words)
    for at, word in enumerate(told.words[: _hangs_from(told)]):
        if word in dated or not word[0].isalpha():
            continue
        stems, denied = frozenset(content(word)), told.denied(at)
        topical = not stems.isdisjoint(known.topics) and stem(word) not in _OURS
        if topical and (alone or (denied and of_us)):
            return True
        if not (stem(word) in _OURS or _is_known(word, may)):
            if not (denied and not of_us) and not _is_in_no_list(told):
                return True
    return False


def _is_known(word: str, may: frozenset[str]) -> bool:
    return all(
        may.issuperset(content(part))
        or {*content(part.removesuffix("s"))} <= may
        or stem(part) in _OURS
        for part in word.split("-")
    )


def _hangs_from(told: Stretch) -> int:
    """Where a condition begins at the end: "we can do noon if that's easier"."""
    ends = (at for at, word in enumerate(told.words) if at and word in ("if", "unless", "whenever"))
    return next(ends, len(told.words))


def _is_in_no_list(told: Stretch) -> bool:
    """ "Massage isn't something we offer", "we can't do that": nobody says that we could."""
    words = told.words
    if _DENIED.isdisjoint(words):
        return False
    deeds = [word for word, after in zip(words, (*words[1:], ""), strict=True) if after != "not"]
    return not (_IN_NO_LIST.isdisjoint(deeds) and _UNABLE.isdisjoint(words))


def _promises_message(told: Stretch, clause: Clause) -> bool:
    at = next((at for at, word in enumerate(told.words) if word in _MESSAGES), None)
    if at is None or told.denied(at) or clause.repeats:
        return False
    return not (
        told.conditional or told.text.startswith(_CONDITIONS) or _MESSAGE_TO_US.search(told.text)
    )


@lru_cache(maxsize=256)
def stems_of(texts: tuple[str, ...]) -> frozenset[str]:
    """Of all their words that carry anything."""
    return frozenset(stem for text in texts for stem in content(text))
