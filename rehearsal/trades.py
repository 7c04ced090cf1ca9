"""What kind of business an example was said to, and which of its words fit no other kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from rehearsal.human_turns import Turn, kept_turns, words_of
from rehearsal.saying import MONTHS, WEEKDAYS
from scheduling.business import Business

_TRADES: dict[str, tuple[str, ...]] = {
    "care": (
        "clinic", "doctor", "gp", "surgery", "dent", "optic", "physi", "dermat", "pediatric",
        "medic", "chiro", "podiat", "eye", "hospital", "health", "therap",
    ),
    "hair": ("hair", "salon", "barber", "nail", "beauty", "spa"),
    "car": ("garage", "auto", "tyre", "tire", "car ", "motor", "mot"),
}  # fmt: skip
_THINGS = frozenset(
    ("give:service", "give:problem", "give:party", "give:product", "give:other", "outside")
)
_ANYWHERE = frozenset(("affirm", "deny", "choose", "social:thanks", "social:bye", "give:when"))
_OF_ANOTHER = frozenset(
    "he him his himself she her hers herself vet vets dog cat wife husband daughter son mother mam "
    "mum mom dad da kids company".split()
)
"""Who is spoken of so is a patient that our callers do not bring."""


ENOUGH_TRADES = 2
_NO_NAMES = frozenset(each.lower() for each in (*WEEKDAYS, *MONTHS)) | {
    "i",
    "i'm",
    "i'll",
    "i'd",
    "i've",
}


@cache
def trade_of(domain: str) -> str:
    """`care`, `hair`, `car`; anything else is a kind of its own."""
    known = (
        trade for trade, parts in _TRADES.items() if any(part in f"{domain} " for part in parts)
    )
    return next(known, domain)


def trade_of_business(business: Business) -> str:
    """Whose callers use the words of its services most."""
    names = [name for each in business.services for name in (each.name, *each.also)]
    return _trade_with(tuple(word for name in names for word in words_of(name)))


@cache
def _trade_with(names: tuple[str, ...]) -> str:
    counted = _words_by_trade()
    return max(_TRADES, key=lambda trade: sum(counted[trade][word] for word in names))


@cache
def bound_to_trade(text: str) -> bool:
    """Whether the words speak of things that only some businesses deal with."""
    words = {word.split("'")[0] for word in words_of(text)}
    return bool(words & (_things() | _OF_ANOTHER))


@cache
def fits_anywhere(text: str) -> bool:
    """Whether every word was said to businesses of several kinds."""
    return all(len(_domains()[word]) >= ENOUGH_TRADES for word in words_of(text))


@cache
def own_names(turn: Turn) -> frozenset[str]:
    """People and places of the example's own world, in lower case."""
    names: set[str] = set()
    for line in (turn.agent, *turn.offers):
        words = line.split()
        names |= {
            part
            for before, word in zip(["."] + words, words, strict=False)
            if word[:1].isupper() and not before.endswith((".", "?", "!", ":"))
            for part in words_of(word)
        }
    for piece in turn.pieces:
        names |= {
            part for word in piece.text.split()[1:] if word[:1].isupper() for part in words_of(word)
        }
        if piece.label in ("give:name", "give:name!", "give:provider", "give:provider!"):
            names |= set(words_of(piece.text)) - _common()
    return frozenset(names - _NO_NAMES)


@cache
def _domains() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for turn in kept_turns():
        for piece in turn.pieces:
            for word in words_of(piece.text):
                found[word].add(trade_of(turn.domain))
    return found


@cache
def _words_by_trade() -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {trade: Counter() for trade in _TRADES}
    for turn in kept_turns():
        if (trade := trade_of(turn.domain)) in counted:
            for piece in turn.pieces:
                if piece.label == "give:service":
                    counted[trade].update(words_of(piece.text))
    return counted


@cache
def _common() -> frozenset[str]:
    """Words that people say to any business."""
    counted = Counter(
        word
        for turn in kept_turns()
        for piece in turn.pieces
        if piece.label in _ANYWHERE or not piece.label
        for word in words_of(piece.text)
    )
    return frozenset(word for word, times in counted.items() if times >= 3)


@cache
def _things() -> frozenset[str]:
    counted = Counter(
        word
        for turn in kept_turns()
        for piece in turn.pieces
        if piece.label.rstrip("!") in _THINGS
        for word in words_of(piece.text)
    )
    general = Counter(
        word
        for turn in kept_turns()
        for piece in turn.pieces
        if piece.label.rstrip("!") not in _THINGS
        for word in words_of(piece.text)
    )
    return (
        frozenset(
            word for word, times in counted.items() if times * 2 > general[word] and len(word) > 2
        )
        - _common()
    )
