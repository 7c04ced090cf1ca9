"""Services and providers by what callers call them: stems, small misspellings, longest match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import jellyfish

from voice.understanding.everyday import NEVER_NAMES
from voice.understanding.reading import Named
from voice.understanding.words import Word, fold, plain, words_of

Span = tuple[int, int]

EVERYDAY = frozenset(
    """a an the and or of for with to my our your in on at by new regular standard full basic
    appointment visit session service treatment time minute minutes hour hours first follow up
    patient general quick short long one two three check checks change changes book call look see
    exam deep hot dry wet big small hand home face body head back oil day night
    have has having put get got do need want take make before after
    right left side down off out over""".split()
)
ARTICLES = frozenset("a an the my our your his her its just for".split())
TITLES = frozenset(
    {"doctor", "dr", "mr", "mrs", "ms", "miss", "mister", "prof", "professor", "nurse", "the"}
)
BEFORE_PERSON = frozenset("with see doctor dr for by mr mrs ms miss is nurse want prefer".split())


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a name: its words run together, stemmed."""

    id: str
    joined: str
    words: int


_LEAST_BEGUN = 4
"""Letters of a shortened word."""
_REPAIR = re.compile(
    r"\b(?:no,? sorry|sorry,? no|no,? wait|wait,? no|actually,? no|scratch that|make that|"
    r"(?:no,? |sorry,? )?i mean(?:t)?)\b",
    re.IGNORECASE,
)


_SIDE_BY_SIDE = re.compile(r" and |,| or ")
_AILS = re.compile(
    r"\b(?:(?:play|act)(?:s|ed|ing)? up|(?:give|gives|giving|gave) me (?:\w+ )?"
    r"(?:trouble|grief|bother|gyp|pain|problems)|killing me|hurt(?:s|ing)?|ach(?:e|es|ing|y)|"
    r"sore|stiff|painful|pains|spasms?|spasming|injured|pulled|strained|sprained|twisted|"
    r"bad|gone|done in|(?:threw|thrown|put) out)\b"
)
"""Ways to say that something gives pain."""


def services_named(
    text: str, services: Sequence[Named], *, loosely: bool = True
) -> tuple[str, ...]:
    """Those that a stretch names: the one with the longest name heard, more where several fit
    equally well. What comes after a word that takes something back counts before the rest.
    `loosely`: a slip or a part of a name will do."""
    for part in reversed(_REPAIR.split(text)):
        forms, hints = _service_forms(tuple(services))
        heard = words_of(part)
        windows = {joined for joined, _ in _windows(heard)}
        exact = [form for form in forms if form.joined in windows]
        if exact:
            return _leading(exact)
        if (ailing := _ailing(part, services)) is not None:
            return (ailing,)
        if not loosely:
            continue
        if shortened := _shortened(heard, services):
            return shortened
        near = [form for form in forms if any(is_near(form.joined, window) for window in windows)]
        if near:
            return _leading(near)
        stems = [stem(word.folded) for word in heard]
        if hinted := dict.fromkeys(hints[each] for each in stems if each in hints):
            return tuple(hinted)
    return ()


def _shortened(heard: Sequence[Word], services: Sequence[Named]) -> tuple[str, ...]:
    """ "Gel mani": those of whose longest name each word is said, or how it begins. What is a word
    of a name itself is no beginning: who says "my teeth" has no toothache."""
    said = {stem(word.folded) for word in heard}
    whole = {stem(word) for each in services for name in each.names for word in plain(name).split()}
    telling = said - EVERYDAY - NEVER_NAMES
    told = telling - whole if telling else said - NEVER_NAMES  # "just a check"
    begun = {word for word in told if len(word) >= _LEAST_BEGUN}
    counts: dict[str, int] = {}
    for service in services:
        for name in service.names:
            parts = [stem(word.folded) for word in words_of(name)]
            if all(part in said or any(map(part.startswith, begun)) for part in parts):
                counts[service.id] = max(counts.get(service.id, 0), len(parts))
    return tuple(id_ for id_, count in counts.items() if count == max(counts.values()))


def named_in_pieces(text: str, services: Sequence[Named], known: str = "") -> str | None:
    """The one service of which a name is told in several places, all its words among others: "it's
    the exhaust, I want it looked at". `known`: words that were told before, no name by themselves.
    """
    said, before = ({stem(word.folded) for word in words_of(each)} for each in (text, known))
    counts: dict[str, int] = {}
    for service in services:
        for name in service.names:
            parts = {stem(word.folded) for word in words_of(name)}
            telling = parts - EVERYDAY - NEVER_NAMES
            if len(parts) > 1 and telling and parts <= said | before and not parts <= before:
                counts[service.id] = max(counts.get(service.id, 0), len(parts))
    best = [id_ for id_, count in counts.items() if count == max(counts.values())]
    return best[0] if len(best) == 1 else None


def told_apart(text: str, services: Sequence[Named]) -> str | None:
    """The one of these that the words tell from the others, by what only its own names hold: "he's
    a dog", of two vaccinations."""
    own = telling_words({each.id: each.names for each in services})
    heard = plain(text).split()
    said = {stem(word) for at, word in enumerate(heard) if "not" not in heard[max(0, at - 2) : at]}
    told = [service for service, words in own.items() if said & words]
    return told[0] if len(told) == 1 else None


def telling_words(names: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Of each by its id, the words of its names that no other's hold, told by their stems."""
    words = {
        each: {stem(word) for name in own for word in plain(name).split()}
        for each, own in names.items()
    }
    return {
        each: own.difference(*(others for other, others in words.items() if other != each))
        for each, own in words.items()
    }


def is_part_of(words: str, name: str) -> bool:
    """Whether words only say a part of that name: the "oil change" of a full synthetic one."""
    said = {stem(word) for word in plain(words).split() if word not in ARTICLES}
    return said <= {stem(word) for word in plain(name).split()}


def all_named(text: str, services: Sequence[Named], *, loosely: bool = True) -> tuple[str, ...]:
    """Each of the services that a question names side by side: "a cut and a colour". `loosely`: a
    slip or a part of a name will do."""
    parts = _SIDE_BY_SIDE.split(text)
    found = [services_named(part, services, loosely=loosely) for part in parts]
    sure = [named[0] for named in found if len(named) == 1]
    whole = services_named(text, services, loosely=loosely)
    return tuple(dict.fromkeys((*(whole if len(whole) == 1 and not sure else ()), *sure)))


def where_named(text: str, services: Sequence[Named]) -> Span | None:
    """Where the longest name of a service stands in the words, with an article before it."""
    forms, _ = _service_forms(tuple(services))
    names = {form.joined for form in forms}
    heard = words_of(text)
    found: list[tuple[int, int, int]] = []
    for at in range(len(heard)):
        joined = ""
        for word in range(at, min(at + 5, len(heard))):
            joined += stem(heard[word].folded)
            if joined in names:
                found.append((len(joined), at, word))
    if not found:
        return None
    _, first, last = max(found)
    if first and heard[first - 1].folded in ("a", "an", "the", "my", "his", "her"):
        first -= 1
    return heard[first].start, heard[last].end


def _leading(forms: Sequence[_Form]) -> tuple[str, ...]:
    best = max(len(form.joined) for form in forms)
    return tuple(dict.fromkeys(form.id for form in forms if len(form.joined) == best))


def _ailing(text: str, services: Sequence[Named]) -> str | None:
    """ "I've hurt my back", "my back's playing up": what the business calls back pain."""
    heard = [stem(word) for word in _AILS.sub(" pain ", plain(text)).split()]
    hurts = [at for at, word in enumerate(heard) if word == "pain"]
    if not hurts:
        return None
    found: set[str] = set()
    for service in services:
        for name in service.names:
            where = {stem(word) for word in plain(name).split()}
            rest = where - {"pain"}
            if rest != where and rest and any(rest <= _beside(heard, at) for at in hurts):
                found.add(service.id)
    return found.pop() if len(found) == 1 else None


def _beside(heard: Sequence[str], at: int) -> set[str]:
    """The words within three of this one."""
    return set(heard[max(0, at - 3) : at + 4])


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A crude stem: plural and -ing, -ed, -er endings off words long enough to keep four signs."""
    if word in {"teeth", "tooth"}:
        return "tooth"
    if word.endswith(("therapist", "therapists")):
        word = f"{word[: word.rindex('apist')]}apy"
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    for ending in ("ation", "at"):  # vaccination, vaccinating, vaccinate
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2:-1] else word


@lru_cache(maxsize=128)
def _service_forms(services: tuple[Named, ...]) -> tuple[tuple[_Form, ...], dict[str, str]]:
    """All ways to name the services, and the words that only one of them has."""
    forms: list[_Form] = []
    owners: dict[str, set[str]] = {}
    for service in services:
        for name in service.names:
            parts = [stem(fold(word.text)) for word in words_of(name)]
            if parts:
                forms.append(_Form(service.id, "".join(parts), len(parts)))
            for part in parts:
                owners.setdefault(part, set()).add(service.id)
    generic = {stem(word) for word in EVERYDAY} | EVERYDAY | NEVER_NAMES
    hints = {
        part: next(iter(ids))
        for part, ids in owners.items()
        if len(ids) == 1 and part not in generic and len(part) > 2
    }
    return tuple(forms), hints


def _windows(heard: Sequence[Word]) -> Iterator[tuple[str, int]]:
    """One to five words run together, so that "hair cut" is "haircut"."""
    stems = [stem(word.folded) for word in heard]
    for at in range(len(stems)):
        joined = ""
        for size, part in enumerate(stems[at : at + 5], start=1):
            joined += part
            yield joined, size


def is_near(name: str, window: str) -> bool:
    """One slip in a word of five signs or more, two in one of nine or more; same first sign."""
    if len(name) < 5 or name[0] != window[:1] or abs(len(name) - len(window)) > 2:
        return False
    allowed = 2 if len(name) >= 9 else 1
    return jellyfish.damerau_levenshtein_distance(name, window) <= allowed
