"""A caller who lets a matter go, or wants back what was given up."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk

BOOKED = ("a check-up tomorrow at ten with Ana", "Maria Lopez", "yes")
READ_BACK = BOOKED[:2]


@pytest.mark.parametrize("said", ["ok what now", "ok so what happens then", "right, why?"])
async def test_a_question_after_ok_agrees_to_no_cancelling(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, *BOOKED, "cancel it", said)
    assert reply.text.endswith("?")
    assert await booked(desk, clinic) == ["Maria Lopez Tue 10:00 booked"]


@pytest.mark.parametrize(
    "said",
    ["actually cancel that", "no I don't want anything", "scrap that", "oh cancel it please",
     "forget the whole thing", "no, cancel that", "I don't want to book anything"],
)  # fmt: skip
async def test_what_is_not_booked_yet_is_let_go_at_once(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, *READ_BACK, said)
    assert reply.text.startswith("All right, nothing is booked.")
    assert await booked(desk, clinic) == []


@pytest.mark.parametrize("said", ["can my husband drop it off?", "could I leave it with you?"])
async def test_to_drop_something_off_lets_nothing_go(caller: Caller, said: str) -> None:
    reply = await talk(caller, *READ_BACK, said)
    assert "nothing is booked" not in reply.text
    assert "check-up" in reply.text


@pytest.mark.parametrize(
    "said", ["actually no can you put it back", "wait, I changed my mind, keep it", "undo that"]
)
async def test_a_cancelled_appointment_is_booked_again_for_the_asking(
    caller: Caller, desk: Desk, clinic: Organisation, said: str
) -> None:
    reply = await talk(caller, *BOOKED, "cancel it", "yes", said)
    assert not reply.hung_up
    assert "check-up with Ana Ruiz on Tuesday, November 24th at 10 AM" in reply.text
    await talk(caller, "yes")
    assert await booked(desk, clinic) == [
        "Maria Lopez Tue 10:00 cancelled",
        "Maria Lopez Tue 10:00 booked",
    ]


@pytest.mark.parametrize("said", ["no, that's my old number", "actually that's my old number"])
async def test_an_old_number_is_asked_for_anew(caller: Caller, said: str) -> None:
    caller.known_phone = None
    reply = await talk(caller, *READ_BACK, "518 555 0142", said)
    assert "number" in reply.text
    assert "read" not in reply.text
    assert "5 1 8" not in reply.text
