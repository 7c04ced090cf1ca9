"""A service that the caller calls by no name of ours is guessed at, and asked back."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from tests.clinic import SALON_TOML, salon
from tests.voice.caller import Caller
from tests.voice.talking import replies
from voice.conversation import Conversation


@pytest.fixture
async def client(conversation: Conversation, desk: Desk) -> Caller:
    """Somebody who calls the salon."""
    [change] = await desk.apply([(salon(), SALON_TOML)])
    return Caller(conversation, change.organisation)


async def test_a_back_that_is_no_part_of_a_body_is_no_pain(caller: Caller) -> None:
    (reply,) = await replies(caller, "I'd like to come back tomorrow")
    assert "What would you like to book?" in reply.text
