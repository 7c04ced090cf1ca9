"""Questions that callers put beside their matter, after another question, or two at a time."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from tests.voice.talking import talk


async def test_two_questions_in_one_breath_have_two_answers(caller: Caller) -> None:
    reply = await talk(caller, "where do I park and do you take Medicare")
    assert "free parking" in reply.text
    assert "insurance" in reply.text


async def test_a_price_asked_at_the_end_of_a_wish_is_told(caller: Caller) -> None:
    said = "hiya, looking to get a cleaning for my teeth, how much is that roughly"
    reply = await talk(caller, said)
    assert reply.text.startswith("A dental cleaning costs 95 dollars.")
    assert reply.text.endswith("What day and time would suit you?")


async def test_after_an_answer_the_wish_beside_it_goes_on(caller: Caller) -> None:
    reply = await talk(caller, "Can I come in for a flu shot and does my insurance cover it")
    assert "insurance" in reply.text
    assert reply.text.endswith("What day and time would suit you?")


async def test_the_prices_of_two_services_are_told(caller: Caller) -> None:
    reply = await talk(caller, "how much is a check-up and a cleaning")
    assert reply.text.startswith("A check-up costs 120 dollars and a dental cleaning costs 95")


@pytest.mark.parametrize("said", ["and tomorrow at ten for a check-up?", "ok book me a check-up"])
async def test_a_wish_after_an_answer_is_no_question(caller: Caller, said: str) -> None:
    reply = await talk(caller, "how much is a check-up", said)
    assert "costs" not in reply.text


async def test_what_is_written_down_is_answered_though_a_day_is_named(caller: Caller) -> None:
    reply = await talk(caller, "Hi it's Henry Ford. what do I need to bring tomorrow?")
    assert reply.text.startswith("Please bring a photo ID")


async def test_a_service_that_is_turned_down_is_not_the_one_booked(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, "hello", "no not a check-up, a cleaning", "tomorrow at ten")
    reply = await talk(caller, "Tim Burr")
    assert "dental cleaning" in reply.text
    assert await booked(desk, clinic) == []


@pytest.mark.parametrize("said", ["Hola, ¿habla español?", "bonjour, je voudrais un rendez-vous"])
async def test_another_language_hears_that_we_speak_english(caller: Caller, said: str) -> None:
    assert (await talk(caller, said)).text.startswith("I'm sorry, I only speak English.")


async def test_a_date_that_does_not_exist_is_not_chosen_between(caller: Caller) -> None:
    reply = await talk(caller, "a check-up on february 30th")
    assert reply.text.startswith("I can't find that date in the calendar.")


async def test_whenever_is_the_soonest(caller: Caller) -> None:
    reply = await talk(caller, "a check-up please", "dunno, whenever")
    assert reply.text.startswith("For the check-up I have today")


async def test_who_has_no_reference_after_a_wrong_name_is_offered_a_person(caller: Caller) -> None:
    reply = await talk(caller, "I want to cancel", "Ruth", "no reference")
    assert reply.text.endswith("Shall I put you through to somebody here?")


async def test_the_service_said_again_brings_no_other_times(caller: Caller) -> None:
    reply = await talk(caller, "I need to see a doctor tomorrow", "for a check-up")
    assert "11:15" in reply.text or "For the check-up" not in reply.text


async def test_of_two_appointments_the_service_named_is_meant(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await talk(caller, "a check-up tomorrow at ten with Ana", "Maria Lopez", "yes")
    await talk(caller, "and a cleaning on friday at nine", "yes")
    later = Caller(caller.conversation, caller.organisation, call_id="call-2")
    reply = await talk(later, "I need to cancel", "Maria Lopez", "the cleaning one")
    assert "dental cleaning" in reply.text
    await talk(later, "yes")
    assert [row.split()[-1] for row in await booked(desk, clinic)] == ["booked", "cancelled"]


async def test_a_time_after_no_is_heard_where_the_name_was_asked(caller: Caller) -> None:
    reply = await talk(caller, "a check-up tomorrow at 10 with Ana", "no wait 11")
    assert "11 AM" in reply.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("hello, is that the clinic on Main Street?", "This is Willow"),
        ("am I through to the right place?", "This is Willow"),
        ("sorry, are you still there?", "I'm here."),
    ],
)
async def test_a_question_about_the_call_is_no_question_to_the_business(
    caller: Caller, said: str, told: str
) -> None:
    reply = await talk(caller, said)
    assert reply.text.startswith(told)
    assert "I don't have" not in reply.text


async def test_what_the_caller_told_us_is_looked_up_nowhere(caller: Caller) -> None:
    reply = await talk(caller, "a check-up tomorrow at 2 pm", "did I give you too many numbers?")
    assert "What I have" not in reply.text
    assert "I don't have" not in reply.text


async def test_an_hour_asked_after_is_looked_up(caller: Caller) -> None:
    reply = await talk(caller, "a check-up tomorrow afternoon", "what's wrong with four o'clock?")
    assert "4" in reply.text
    assert "judge" not in reply.text
