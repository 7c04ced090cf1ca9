"""Which service a caller may mean who used none of its names, or told only what is wrong.

What is found here is mostly a guess, to be asked back: "Is that physiotherapy?" Nearness in meaning
(`meaning.py`) counts, and words: those of the trade, those by which problems are told, and those
that sound like a name. Of 85 such stretches of a hand that nothing was tuned on, the right one came
first in 65 and among the first two in 72.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from voice.understanding.everyday import NOT_NAMES
from voice.understanding.reading import Named
from voice.understanding.services.matching import EVERYDAY, stem
from voice.understanding.sounding import sounds_same
from voice.understanding.tagging.meaning import closeness, entry_text
from voice.understanding.word_lists import pairs, phrase_lists
from voice.understanding.words import fold, plain, words_of

BY_SOUND, BY_TRADE, BY_A_WORD = 0.3, 0.1, 0.1
"""What evidence of words adds to the cosine of meanings."""
MOST_WORDS = 3
LEAST = 0.28
"""Below it a service is no guess; what a business does not do stays below in half of the cases."""
LEAST_OF_A_NAME = 0.48
"""The same for a few words that name a thing rather than tell a problem: of 8 such that the
business did not do, 6 were guessed at with 0.28 and 1 with 0.45 or 0.5; of 10 that it did, 9, 7 and
5 were guessed right."""
WORDS_OF_A_NAME = 3
APART = 0.08
"""By so much the first is before the second where only the first is asked about."""
CLEARLY = 2
"""Words that speak for one service, and more than for any other: then it is no guess."""
_MOST_LIKELY = 2
_SHORTEST_BY_SOUND = 5


def may_be_called(text: str, services: Sequence[Named]) -> tuple[str, ...]:
    """The same of words by which a service is asked for: a short name that is none of ours must
    be nearer."""
    short = len(text.split()) <= WORDS_OF_A_NAME
    return may_mean(text, services, least=LEAST_OF_A_NAME if short else LEAST)


def may_mean(text: str, services: Sequence[Named], *, least: float = LEAST) -> tuple[str, ...]:
    """What these words may mean, best first; one alone where it is far before the other."""
    if not services:
        return ()
    scores = _scores(text, services)
    found = [id_ for id_ in sorted(scores, key=lambda id_: -scores[id_]) if scores[id_] >= least]
    if not found:
        return _only_by_words(text, services)
    if len(found) > 1 and scores[found[0]] - scores[found[1]] >= APART:
        return (found[0],)
    return tuple(found[:_MOST_LIKELY])


def clearly_treats(text: str, services: Sequence[Named]) -> str | None:
    """The one service for which several words speak and that is nearest in meaning too."""
    spoken_for = _only_by_words(text, services, least=CLEARLY)
    return spoken_for[0] if spoken_for and may_mean(text, services) == spoken_for else None


def _only_by_words(text: str, services: Sequence[Named], least: int = 1) -> tuple[str, ...]:
    """The one for which most words of problems speak, at least so many."""
    words = {each.id: _words_for(text, each) for each in services}
    best = max(words.values(), default=0)
    leaders = tuple(id_ for id_, count in words.items() if count == best)
    return leaders if best >= least and len(leaders) == 1 else ()


def sees_to_anything(service: Named) -> bool:
    """Whether one of its names has no word of a particular trade in it."""
    general = {stem(word) for row in phrase_lists("problems")["anything"] for word in row}
    return any({stem(word) for word in plain(name).split()} <= general for name in service.names)


def _scores(text: str, services: Sequence[Named]) -> dict[str, float]:
    near = closeness(text, [entry_text(each.names[0], each.names[1:]) for each in services])
    heard = {word.folded for word in words_of(text)}
    return {
        each.id: cosine
        + BY_SOUND * _sounds(heard, each)
        + BY_TRADE * _of_the_trade(heard, each)
        + BY_A_WORD * min(_words_for(text, each), MOST_WORDS)
        for each, cosine in zip(services, near, strict=True)
    }


def _words_for(text: str, service: Named) -> int:
    """Of the best row of problems for it: how many of the caller's words stand on the right of it;
    words of its own name count twice."""
    own = _stems(service)
    told = {stem(word) for word in plain(text).split()}
    rows = [told & right for left, right in _rows() if left & own]
    return max((len(row) + len(row & own) for row in rows), default=0)


@lru_cache(maxsize=256)
def _stems(service: Named) -> frozenset[str]:
    return frozenset(stem(word) for name in service.names for word in plain(name).split())


@cache
def _rows() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(
        (frozenset(map(stem, treats)), frozenset(map(stem, told)))
        for treats, told in pairs("problems")["treats"].items()
    )


def _sounds(heard: set[str], service: Named) -> bool:
    """ "Fizzio" for physio; everyday words sound like too much."""
    told = {word for word in heard - NOT_NAMES if len(word) >= _SHORTEST_BY_SOUND}
    names = {name for name in _words(service) if len(name) >= _SHORTEST_BY_SOUND}
    return any(
        sounds_same(word.replace("sio", "zio"), name.replace("sio", "zio"))
        for word in told
        for name in names - NOT_NAMES
    )  # "sio" would be heard as in "vision"


def _of_the_trade(heard: set[str], service: Named) -> bool:
    """ "My roots" for hair colour."""
    own = {stem(word) for word in _words(service)}
    told = {stem(word) for word in heard}
    return any(group & own and group & told for group in _groups())


def _words(service: Named) -> set[str]:
    return {
        word.folded
        for name in service.names
        for word in words_of(fold(name).replace("-", ""))
        if word.folded not in EVERYDAY - {"physical"}
    }


@cache
def _groups() -> tuple[frozenset[str], ...]:
    text = files("voice.understanding").joinpath("english/trades.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(frozenset(stem(word.replace("-", "")) for word in line.split()) for line in lines)
