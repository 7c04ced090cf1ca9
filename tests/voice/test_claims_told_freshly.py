"""Lies and truths in the words of a chatty receptionist, each written before it was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduling.desk import Desk
from tests.voice.caller import Caller
from tests.voice.claiming import context_of, is_kept_back
from voice.call import CallContext
from voice.journal.journal import Journal

SENTENCES = Path(__file__).parent / "told_freshly.txt"
STATES = ("new", "offered", "booked", "cancelled")


def sentences(kind: str, state: str) -> list[str]:
    """Those under that heading."""
    _, _, rest = SENTENCES.read_text().partition(f"# {kind} {state}\n")
    return rest.partition("\n#")[0].split("\n")[:-1] if rest else []


@pytest.fixture
async def told(caller: Caller, desk: Desk, journal: Journal, state: str) -> CallContext:
    """The call so far: nothing said; a cleaning with Ben Carter offered tomorrow at nine, noon and
    1:45 PM; Maria Lopez booked with Ana Ruiz tomorrow at 2 PM; her booking on Wednesday at ten
    cancelled."""
    if state == "new":
        return await context_of(caller, desk, journal)
    if state == "offered":
        await caller.says("a dental cleaning tomorrow with Ben Carter")
        return await context_of(caller, desk, journal, text="okay the first one sounds good")
    when = "tomorrow at 2 pm" if state == "booked" else "on Wednesday at 10 am"
    for words in (f"a check-up with Ana Ruiz {when}", "yes please", "Maria Lopez", "yes"):
        said = await caller.says(words)
    assert "booked" in said, said
    if state == "booked":
        return await context_of(caller, desk, journal)
    context = await context_of(caller, desk, journal)
    (reference,) = context.facts.booked_here
    await desk.cancel(caller.organisation.id, reference, call_id=caller.call_id)
    context = await context_of(caller, desk, journal, text="please cancel it")
    return context


@pytest.mark.parametrize("state", STATES)
async def test_a_lie_in_fresh_words_is_kept_back(told: CallContext, state: str) -> None:
    lies = sentences("lies", state)
    assert lies
    assert [lie for lie in lies if await is_kept_back(told, lie) is None] == []


@pytest.mark.parametrize("state", STATES)
async def test_a_truth_in_fresh_words_passes(told: CallContext, state: str) -> None:
    truths = sentences("truths", state)
    assert truths
    assert [truth for truth in truths if await is_kept_back(told, truth)] == []
