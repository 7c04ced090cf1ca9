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


async def test_a_name_that_only_sounds_like_a_service_is_asked_back(caller: Caller) -> None:
    asked, looked = await replies(caller, "can I get in tomorrow for the fizzio", "yes")
    assert asked.text == "Do you mean physiotherapy?"
    assert "Mei Tanaka" in looked.text


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("can I get my roots done on Tuesday", "hair colour"),
        ("I need my fringe chopped", "haircut"),
        ("something for my greys, a tint maybe", "hair colour"),
    ],
)
async def test_a_word_of_the_trade_is_asked_back(client: Caller, said: str, service: str) -> None:
    asked, agreed = await replies(client, said, "yes that's it")
    assert asked.text == f"Do you mean {service}?"
    assert "What would you like to book" not in agreed.text
    assert not agreed.hung_up


async def test_a_guess_that_was_wrong_is_not_made_again(client: Caller) -> None:
    _, refused, named = await replies(client, "it's for my roots", "no", "just a trim")
    assert "haircut and hair colour" in refused.text
    assert "day" in named.text


@pytest.mark.parametrize("said", ["I've hurt my back", "my back's playing up again", "a sore back"])
async def test_what_hurts_is_the_service_for_its_pain(caller: Caller, said: str) -> None:
    _, looked = await replies(caller, said, "tomorrow")
    assert "physiotherapy" in looked.text


async def test_a_back_that_is_no_part_of_a_body_is_no_pain(caller: Caller) -> None:
    (reply,) = await replies(caller, "I'd like to come back tomorrow")
    assert "What would you like to book?" in reply.text
