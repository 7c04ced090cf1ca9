"""What a hosted model's reply asked for, and of which offer it spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice.call import CallContext, listening
from voice.claims.times import said_times
from voice.dialogue.statements import Asked
from voice.understanding.dates.reading import read_times
from voice.understanding.our_questions import asked_for


@dataclass(frozen=True, slots=True)
class Put:
    """The question at the end of a reply."""

    asked: Asked | None = None
    offer_id: str | None = None
    """The one offer that the reply spoke of."""


def put_in(context: CallContext, said: Sequence[str]) -> Put:
    """The question of these sentences; one about times, where nothing is offered, asks for a
    day."""
    asked: Asked | None = asked_for(said[-1]) if said else None
    if asked is None:
        return Put()
    if asked == "choose" and not context.facts.offers:
        asked = "date"
    return Put(asked, _meant(context, said))


def _meant(context: CallContext, said: Sequence[str]) -> str | None:
    times = read_times(" ".join(said), listening(context).asking(None))
    zone = context.business.zone
    meant = {
        offer.offer_id
        for offer in context.facts.offers
        for one in said_times(times.found)
        if one.fits(offer.start.astimezone(zone).replace(tzinfo=None))
    }
    return meant.pop() if len(meant) == 1 else None
