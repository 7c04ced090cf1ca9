"""The breaker: callers are kept from a dead server, and one of them tries it now and then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.scripted_openai import fails, says, scripted_openai
from tests.voice.caller import Caller
from tests.voice.hosted_line import QUICK
from voice.breaker import Breaker
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.models.hosted_model import HostedModel
from voice.models.models import Models


async def test_the_breaker_keeps_callers_from_a_dead_server_and_probes_it(
    desk: Desk, journal: Journal, clinic: Organisation
) -> None:
    seconds = [0.0]
    breaker = Breaker(failures=2, rest_seconds=10, clock=lambda: seconds[0])
    async with scripted_openai() as server, httpx2.AsyncClient(trust_env=False) as client:
        server.otherwise = fails(401)
        hosted = HostedModel(client, base_url=server.base_url, model="m")
        models = Models(mode="hosted", hosted=hosted, patience=QUICK, breaker=breaker)
        async with conversation_with(models, desk, journal) as conversation:
            caller = Caller(conversation, clinic)
            for _ in range(5):
                assert await caller.says("what are your hours?")
            assert len(server.requests) == 2
            seconds[0] = 11.0
            server.otherwise = says("We're here to help.")
            await caller.says("hello")
            await caller.says("hello again")
            assert len(server.requests) == 4
            assert models.answers[("local", "breaker")] == 3


@asynccontextmanager
async def conversation_with(
    models: Models, desk: Desk, journal: Journal
) -> AsyncIterator[Conversation]:
    conversation = Conversation(desk=desk, journal=journal, models=models)
    try:
        yield conversation
    finally:
        await conversation.aclose()
