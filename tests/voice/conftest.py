"""A journal and a conversation over the test's own store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx2
import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.scripted_openai import Script, scripted_openai
from tests.voice.caller import Caller
from tests.voice.hosted_line import QUICK, Clock, Line, Lines
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.models.hosted_model import HostedModel
from voice.models.hosted_side import Patience
from voice.models.models import Mode, Models


@pytest.fixture
def journal(store: Store) -> Journal:
    """The journal of the test's store."""
    return Journal(store)


@pytest.fixture
async def conversation(desk: Desk, journal: Journal) -> AsyncIterator[Conversation]:
    """The agent with the local model."""
    conversation = Conversation(desk=desk, journal=journal, models=Models())
    yield conversation
    await conversation.aclose()


@pytest.fixture
def caller(conversation: Conversation, clinic: Organisation) -> Caller:
    """Somebody who calls the clinic."""
    return Caller(conversation, clinic)


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of this test's loop."""
    clock = Clock(asyncio.get_running_loop())
    # Deadlines are the loop's: to wait for them would bind the test to the machine's speed.
    monkeypatch.setattr(clock.loop, "time", clock.time)
    return clock


@pytest.fixture
async def line(desk: Desk, journal: Journal, clinic: Organisation) -> AsyncIterator[Lines]:
    """Opens a call with these scripts on the hosted side."""
    async with AsyncExitStack() as stack:

        async def opened(
            *scripts: Script, mode: Mode = "hosted", patience: Patience = QUICK
        ) -> Line:
            server = await stack.enter_async_context(scripted_openai(*scripts))
            client = await stack.enter_async_context(
                httpx2.AsyncClient(trust_env=False, timeout=None)
            )
            hosted = HostedModel(client, base_url=server.base_url, model="m")
            models = Models(mode=mode, hosted=hosted, patience=patience)
            conversation = Conversation(desk=desk, journal=journal, models=models)
            stack.push_async_callback(conversation.aclose)
            return Line(Caller(conversation, clinic), server, models)

        yield opened
