"""Services and providers by what callers call them: stems, small misspellings, longest match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import jellyfish

from voice.understanding.everyday import NEVER_NAMES
from voice.understanding.phrasebook import phrases
from voice.understanding.reading import Context, Named
from voice.understanding.sounding import likeness, sounds_same
from voice.understanding.words import Word, fold, plain, words_of

Span = tuple[int, int]

EVERYDAY = frozenset(
    """a an the and or of for with to my our your in on at by new regular standard full basic
    appointment visit session service treatment time minute minutes hour hours first follow up
    patient general quick short long one two three check checks change changes book call look see
    exam deep hot dry wet big small hand home face body head back oil day night""".split()
)
_TITLES = frozenset(
    {"doctor", "dr", "mr", "mrs", "ms", "miss", "mister", "prof", "professor", "nurse", "the"}
)
_MONTHS = frozenset({"may", "april", "june", "august", "will", "mark", "grace"})
"""Names that are everyday words too: persons only after "with", "see" and the like."""
_BEFORE_PERSON = frozenset("with see doctor dr for by mr mrs ms miss is nurse want prefer".split())


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say a name: its words run together, stemmed."""

    id: str
    joined: str
    words: int


_REPAIR = re.compile(
    r"\b(?:no,? sorry|sorry,? no|no,? wait|wait,? no|actually,? no|scratch that|make that|"
    r"(?:no,? |sorry,? )?i mean(?:t)?)\b",
    re.IGNORECASE,
)


_AILS = re.compile(
    r"\b(?:(?:play|act)(?:s|ed|ing)? up|(?:give|gives|giving|gave) me (?:\w+ )?"
    r"(?:trouble|grief|bother|gyp|pain|problems)|killing me|hurt(?:s|ing)?|ach(?:e|es|ing|y)|"
    r"sore|stiff|painful|pains|spasms?|spasming|injured|pulled|strained|sprained|twisted|"
    r"bad|gone|done in|(?:threw|thrown|put) out)\b"
)
"""Ways to say that something gives pain."""


def read_service(text: str, context: Context, taken: Sequence[Span] = ()) -> str | None:
    """The service with the longest name heard; None when two fit equally well. What comes after
    "no sorry" or "I mean" counts before what came in front of it."""
    if not context.services:
        return None
    for part in reversed(_REPAIR.split(text)):
        if (found := _service_in(part, context)) is not None:
            return found
    return None


def _service_in(text: str, context: Context) -> str | None:
    forms, hints = _service_forms(tuple(context.services))
    heard = words_of(text)
    windows = {joined for joined, _ in _windows(heard)}
    exact = [form for form in forms if form.joined in windows]
    found = _longest(exact)
    if found or exact:
        return found
    ailing = _ailing(text, context.services)
    if ailing is not None:
        return ailing
    near = [form for form in forms if any(_near(form.joined, window) for window in windows)]
    found = _longest(near)
    if found or near:
        return found
    hinted = {hints[stem(word.folded)] for word in heard if stem(word.folded) in hints}
    return hinted.pop() if len(hinted) == 1 else None


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


def read_provider(text: str, context: Context, taken: Sequence[Span] = ()) -> str | None:
    """The person asked for, "any" when the caller does not mind, None when unclear."""
    said = plain(text)
    people = tuple(context.providers)
    scores = _people_heard(text, people, taken) if people else {}
    if scores:
        best = max(scores.values())
        leaders = [who for who, score in scores.items() if score == best]
        if len(leaders) > 1:
            return None
        if _says("all but", said) or _ruled_out(said, leaders[0], people):
            others = [person.id for person in people if person.id != leaders[0]]
            return others[0] if len(others) == 1 else None
        return leaders[0]
    return "any" if _says("anyone", said) and not _says("aside", said) else None


def _says(section: str, said: str) -> bool:
    return phrases("people")[section].search(f"{said} ") is not None


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


def _longest(forms: Sequence[_Form]) -> str | None:
    if not forms:
        return None
    best = max(len(form.joined) for form in forms)
    ids = {form.id for form in forms if len(form.joined) == best}
    return ids.pop() if len(ids) == 1 else None


def _near(name: str, window: str) -> bool:
    """One slip in a word of five signs or more, two in one of nine or more; same first sign."""
    if len(name) < 5 or name[0] != window[:1] or abs(len(name) - len(window)) > 2:
        return False
    allowed = 2 if len(name) >= 9 else 1
    return jellyfish.damerau_levenshtein_distance(name, window) <= allowed


def _people_heard(text: str, people: Sequence[Named], taken: Sequence[Span]) -> dict[str, int]:
    """How well each person's name was heard: 3 full name, 2 part of it, 1 sounds like a part."""
    heard = [word for word in words_of(text) if word.folded not in _TITLES]
    spoken = words_of(text)
    scores: dict[str, int] = {}
    for person in people:
        for name in person.names:
            parts = [fold(word.text) for word in words_of(name)]
            parts = [part for part in parts if part not in _TITLES]
            score = _heard_score(parts, heard, spoken, taken)
            if score:
                scores[person.id] = max(score, scores.get(person.id, 0))
    return scores


def _heard_score(
    parts: list[str], heard: Sequence[Word], spoken: Sequence[Word], taken: Sequence[Span]
) -> int:
    sayings = {word.folded for word in heard if not _covered(word, taken)}
    introduced = {
        word.folded
        for before, word in zip(spoken, spoken[1:], strict=False)
        if before.folded in _BEFORE_PERSON
    }
    exact = [
        part
        for part in parts
        if part in sayings and len(part) > 1 and (part not in _MONTHS or part in introduced)
    ]
    if parts and len(exact) == len(parts):
        return 3
    if exact:
        return 2
    for before, word in zip(spoken, spoken[1:], strict=False):
        if len(word.folded) < 3 or before.folded not in _BEFORE_PERSON or _covered(word, taken):
            continue
        if any(
            sounds_same(word.folded, part) or likeness(word.folded, part) >= 0.92 for part in parts
        ):
            return 1
    return 0


def _covered(word: Word, taken: Sequence[Span]) -> bool:
    return any(start <= word.start < end for start, end in taken)


def _ruled_out(said: str, who: str, people: Sequence[Named]) -> bool:
    """Whether that person was named only to be turned down: "not with Ana"."""
    names = next(person.names for person in people if person.id == who)
    parts = {part for name in names for part in plain(name).split()} - _TITLES
    named = "|".join(map(re.escape, parts))
    turned_down = (
        rf"\b(?:not|except|other than|dont want)(?: with| to see)?(?: dr| doctor)? (?:{named})"
    )
    return re.search(rf"{turned_down}\b", said) is not None
