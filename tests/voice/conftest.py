"""A journal and a conversation over the test's own store."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.voice.caller import Caller
from voice.conversation import Conversation
from voice.journal import Journal
from voice.models import Models


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
