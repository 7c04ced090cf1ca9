"""Lies and truths of a chatty receptionist at a vet's, each written before it was measured."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from scheduling.business_file import parse_business
from scheduling.desk import Desk
from scheduling.values import CustomerDetails, Order, Window, Wish
from tests.clinic import NOW
from tests.voice.claiming import is_kept_back
from voice.call import CallContext
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.tools.offering import remember_booking, remember_offers
from voice.turn import CallFacts, Line

VETS = (Path(__file__).parent / "vets.toml").read_text()
SENTENCES = Path(__file__).parent / "told_at_the_vets.txt"
STATES = ("new", "offered", "booked")


def sentences(kind: str, state: str) -> list[str]:
    """Those under that heading."""
    _, _, rest = SENTENCES.read_text().partition(f"# {kind} {state}\n")
    return [line for line in rest.partition("\n#")[0].split("\n") if line]


@pytest.fixture
async def told(desk: Desk, journal: Journal, state: str) -> CallContext:
    """Monday, two in the afternoon. New: the dog Bella needs her booster. Offered: a booster with
    Tess Green tomorrow at 10:50, 2:20 and 4 PM; other times are free. Booked: Bella's booster with
    Tess Green today at 5:10 PM, for Sean Byrne; Nora Byrne is a vet there."""
    [change] = await desk.apply([(parse_business(VETS, "vets.toml"), VETS)])
    call = CallFacts(
        "call-1", change.organisation.id, door="vapi", credential="vapi", can_transfer=True
    )
    context = CallContext(
        call=call,
        organisation=change.organisation,
        business=await desk.business(change.organisation.id),
        facts=Facts(),
        now=NOW,
        text="okay",
        desk=desk,
        journal=journal,
        history=(Line("caller", "hi it's Sean my dog Bella needs her booster"),),
    )
    if state == "offered":
        starts = [NOW + timedelta(days=1, minutes=minutes) for minutes in (-190, 20, 120)]
        windows = tuple(Window(start, start + timedelta(minutes=5)) for start in starts)
        wish = Wish("booster", windows, provider_id="tess")
        offered = await desk.offer(change.organisation.id, wish, call_id=call.call_id)
        assert [offer.start for offer in offered.offers] == starts
        remember_offers(context, offered.offers)
    if state == "booked":
        at = NOW + timedelta(hours=3, minutes=10)
        order = Order(
            CustomerDetails("Sean Byrne"), service_id="booster", start=at, provider_id="tess"
        )
        booking = await desk.book(change.organisation.id, order, call_id=call.call_id)
        context.facts.agenda = context.facts.agenda.but(name="Sean Byrne")
        context.facts.booked_here = [booking.reference]
        remember_booking(context, booking)
    return context


@pytest.mark.parametrize("state", STATES)
async def test_a_lie_is_kept_back(told: CallContext, state: str) -> None:
    lies = sentences("lies", state)
    assert lies
    assert [lie for lie in lies if await is_kept_back(told, lie) is None] == []


@pytest.mark.parametrize("state", STATES)
async def test_a_truth_passes(told: CallContext, state: str) -> None:
    truths = sentences("truths", state)
    assert truths
    assert [truth for truth in truths if await is_kept_back(told, truth)] == []
