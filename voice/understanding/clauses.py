"""What a caller is after, clause by clause: "book me in for Friday, and where do I park?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from voice.understanding.reading import Context, Route
from voice.understanding.routes import read_routes, without_refused
from voice.understanding.words import plain

Intent = Literal["book", "reschedule", "cancel", "lookup"]

INTENTS: dict[Route, Intent] = {
    "book": "book", "reschedule": "reschedule", "cancel": "cancel", "lookup": "lookup",
}  # fmt: skip
HAS_ONE = re.compile(
    r"(?i)\bi(?:['’]?ve| (?:already )?have)(?: got)? an? (?:\w+ ){0,2}(?:appointment|booking)\b"
)
"""Said before what is wanted of it; no wish for another."""
_ACTS: dict[Intent, re.Pattern[str]] = {
    "cancel": re.compile(r"\b(?:cancel|call (?:it|that) off|get rid of (?:it|that))\b"),
    "reschedule": re.compile(
        r"\b(?:move|reschedule|rebook|postpone|change the (?:time|day|date))\b"
    ),
}
_HARDLY = 0.4
"""A clause whose likeliest route is less likely than this is after nothing."""
ASIDES: frozenset[Route] = frozenset({"faq_hours", "faq_location", "faq_price", "faq_other"})
_BETWEEN = re.compile(
    r"(?<=[.?!;])\s+|,?\s+(?:and|but|then|plus)\s+(?:also\s+|then\s+)?|,\s+(?:also\s+)?"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the caller's words with what it is mainly after."""

    text: str
    route: Route


def clauses_of(text: str, routes: Sequence[Route], context: Context) -> tuple[Clause, ...]:
    """One for each thing the caller is after; words that cannot be parted have one main route."""
    matters = [route for route in routes if route in INTENTS or route in ASIDES]
    if not matters:
        return ()
    whole = Clause(_question(text) if matters[0] in ASIDES else text, matters[0])
    if len(matters) == 1:
        return (whole,)
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    found = [clause for part in parts if (clause := _clause(part, context)) is not None]
    return tuple(found) if len(found) > 1 else (whole,)


def rather(text: str, than: Intent) -> list[Intent]:
    """What a no to one act asks for in its place: "no, I'd rather move it"."""
    said = plain(without_refused(text))
    return [act for act, named in _ACTS.items() if act != than and named.search(said)]


def _clause(part: str, context: Context) -> Clause | None:
    routes, sure = read_routes(part, context)
    if sure < _HARDLY:
        return None
    if routes[:1] == ("book",) and HAS_ONE.search(part):
        return None
    main = next((route for route in routes if route in INTENTS or route in ASIDES), None)
    return Clause(part, main) if main is not None else None


def _question(text: str) -> str:
    """The sentence that asks, where one does."""
    asked = [part for part in re.split(r"(?<=[.?!])\s+", text) if part.endswith("?")]
    return asked[0] if len(asked) == 1 else text
