"""Offers: what is said of them, and a caller who does not choose."""

from __future__ import annotations

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk

ASKED = "a check-up with Ana tomorrow"


async def test_another_time_is_heard_after_the_name_was_asked(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, ASKED, "9 is fine", "no wait 11", "Ann Cho", "yes")
    assert await booked(desk, clinic) == ["Ann Cho Tue 11:00 booked"]


async def test_no_preference_for_a_person_keeps_the_time_chosen(caller: Caller) -> None:
    reply = await talk(caller, ASKED, "9 is fine", "with whoever")
    assert "name" in reply.text
    assert "suit" not in reply.text


async def test_closed_is_said_only_of_a_day_when_nobody_is_here(caller: Caller) -> None:
    reply = await talk(caller, "physiotherapy on saturday")
    assert "closed" not in reply.text.lower()
    nobody = "There is nobody here for physiotherapy this Saturday, November 28th."
    assert reply.text.startswith(nobody)
    reply = await talk(caller, "sunday")
    assert "We are closed this Sunday, November 29th." in reply.text


async def test_who_does_not_do_it_is_said_at_once(caller: Caller) -> None:
    reply = await talk(caller, "I'd like physio with Ben")
    assert reply.text.startswith("Ben Carter doesn't do that; for physiotherapy you can see Mei")
    assert "day" in reply.text


async def test_a_move_to_somebody_else_says_so(caller: Caller) -> None:
    await talk(caller, "a check-up tomorrow at ten with Ana", "Maria Lopez", "yes")
    reply = await talk(caller, "can you move it to thursday at six pm with Ben")
    assert "That would move your check-up with Ana from" in reply.text
    assert "6 PM with Ben Carter" in reply.text
