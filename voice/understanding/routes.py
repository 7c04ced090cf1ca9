"""What a caller is after: one or several of nineteen routes, and how sure we are."""

from __future__ import annotations

from voice.understanding.answers import leaning
from voice.understanding.reading import Context, Route
from voice.understanding.route_cues import CUES
from voice.understanding.words import LONGEST_TEXT, plain


def read_routes(text: str, context: Context) -> tuple[tuple[Route, ...], float]:
    """Routes heard, the main one first, and the confidence in that one."""
    said = plain(text[:LONGEST_TEXT])
    if not said:
        return (), 0.0
    heard: tuple[Route, ...] = tuple(route for route, cue in CUES if cue.search(said))
    yes, no = leaning(said)
    if not heard and yes != no:
        heard = ("affirm",) if yes else ("deny",)
    return heard, 0.8 if heard else 0.0
