"""Which service a caller may mean who used none of its names: by sound, or by a word of the trade.

What is found here is a guess, to be asked back: "Is that physiotherapy?"
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from voice.understanding.everyday import NOT_NAMES
from voice.understanding.matching import EVERYDAY, stem
from voice.understanding.reading import Context, Named
from voice.understanding.sounding import sounds_same
from voice.understanding.words import fold, words_of

_SHORTEST_BY_SOUND = 5


def likely_service(text: str, context: Context) -> str | None:
    """The one service that these words may mean; None when there is none, or several."""
    heard = {word.folded for word in words_of(text)}
    for fits in (_sounds, _of_the_trade):
        found = {service.id for service in context.services if fits(heard, service)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


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
    text = files("voice.understanding").joinpath("phrases/trades.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(frozenset(stem(word.replace("-", "")) for word in line.split()) for line in lines)
