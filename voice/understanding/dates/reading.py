"""Reads every date and time in what a caller said: `read_times`."""

from __future__ import annotations

from dataclasses import dataclass

from voice.understanding.dates.discourse import wishes
from voice.understanding.dates.phrases import phrases
from voice.understanding.dates.resolving import resolve
from voice.understanding.dates.words import Utterance
from voice.understanding.reading import Context, When


@dataclass(frozen=True, slots=True)
class Times:
    """The times a caller wants, in the order heard, and those ruled out."""

    found: tuple[When, ...] = ()
    exclude: tuple[When, ...] = ()
    ambiguous: bool = False
    disagreement: str | None = None
    """A weekday and a date that do not fit: the phrase, to be asked back."""


def read_times(text: str, context: Context) -> Times:
    """Every time said, read as the future of `context.now`."""
    said = Utterance(text, context)
    heard = wishes(said, phrases(said))
    resolved = [resolve(said, phrase) for phrase in heard.wanted]
    refused = [resolve(said, phrase) for phrase in heard.refused]
    return Times(
        tuple(one.when for one in resolved),
        tuple(one.when for one in refused),
        any(one.ambiguous for one in resolved),
        next((one.disagreement for one in resolved if one.disagreement), None),
    )
