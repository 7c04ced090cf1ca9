"""A visit is booked, whatever comes between."""

from __future__ import annotations

import pytest

from tests.voice.dialogue.labelled import LabelledCaller

ASKED = "[want:book I'd like to book] [give:service a check-up] [give:when tomorrow at ten]"
READ_BACK = (ASKED, "[give:name Maria Lopez]")
BOOKED = (*READ_BACK, "[affirm yes]")


async def test_what_is_missing_is_asked_for_in_turn(labelled: LabelledCaller) -> None:
    assert "book" in await labelled.say("[social:greet hello] [want:book I need an appointment]")
    assert "day" in await labelled.say("[give:service a check-up]")
    assert "Which suits you?" in await labelled.say("[give:when tomorrow morning]")
    assert "name" in await labelled.say("[choose the first one]")
    heard = await labelled.say("[give:name Maria Lopez]")
    assert heard.endswith("for Maria Lopez. Shall I book it?")
    assert "You're booked: check-up" in await labelled.say("[affirm yes please]")
    assert await labelled.book() == ["Maria Lopez checkup Tue 09:00 booked"]


async def test_a_yes_with_a_question_behind_it_books_and_answers(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*READ_BACK, "[affirm yes] [ask:price how much is that]")
    assert "You're booked" in heard
    assert "120 dollars" in heard
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


async def test_a_yes_on_a_condition_waits_for_the_answer(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        *READ_BACK, "[ask:location are you on the high street] [affirm if so yes]"
    )
    assert await labelled.book() == []
    assert heard.endswith("?")
    assert "You're booked" in await labelled.say("[affirm yes]")


async def test_goodbye_after_a_yes_books_first(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        *READ_BACK, "[affirm great] [social:thanks thanks] [social:bye bye]"
    )
    assert "You're booked" in heard
    assert labelled.hung_up
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]


async def test_who_says_goodbye_at_a_read_back_hears_that_it_is_not_booked(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(*READ_BACK, "[social:bye ok bye]")
    assert "hall I book" in heard
    assert not labelled.hung_up
    assert "nothing is booked" in await labelled.say("[social:bye bye now]")
    assert labelled.hung_up


async def test_a_no_that_gives_another_time_is_a_correction(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*READ_BACK, "[deny no] [give:when* make it eleven]")
    assert "11 AM" in heard
    assert "for Maria Lopez" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Maria Lopez checkup Tue 11:00 booked"]


async def test_a_name_put_right_is_read_back_again(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*READ_BACK, "[deny no no] [give:name* Kavanagh, Kathryn Kavanagh]")
    assert "for Kathryn Kavanagh" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Kathryn Kavanagh checkup Tue 10:00 booked"]


async def test_a_plain_no_asks_what_to_change(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*READ_BACK, "[deny no]")
    assert heard.endswith("change?")
    assert "nothing is booked" in await labelled.say("[drop forget it]")
    assert await labelled.book() == []


async def test_a_service_put_right_keeps_the_time_where_it_can(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*READ_BACK, "[give:service* actually make it a vaccination]")
    assert "vaccination with Ana on" in heard
    assert "10 AM" in heard


async def test_a_question_about_another_service_exchanges_nothing(labelled: LabelledCaller) -> None:
    heard = await labelled.says(ASKED, "[ask:price how much is a cleaning]")
    assert "95 dollars" in heard
    assert heard.endswith("?")
    heard = await labelled.say("[give:name Maria Lopez]")
    assert "check-up" in heard


async def test_two_services_at_one_time_are_two_visits(labelled: LabelledCaller) -> None:
    await labelled.says(
        "[want:book I'd like] [give:service a check-up] and [give:service a vaccination] "
        "[give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
    )
    heard = await labelled.say("[affirm yes]")
    assert "You're booked: check-up" in heard
    assert "vaccination" in heard
    await labelled.says("[choose the first]")
    await labelled.say("[affirm yes]")
    book = await labelled.book()
    assert book[0] == "Maria Lopez checkup Tue 10:00 booked"
    assert "vaccination Tue" in book[1]


async def test_each_visit_keeps_its_own_time(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow at ten] and then "
        "[give:when the same time next week] for [give:service the vaccination]",
        "[give:name Maria Lopez]",
        "[affirm yes]",
    )
    assert "You're booked: check-up" in heard
    assert "December 1st at 10 AM" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == [
        "Maria Lopez checkup Tue 10:00 booked",
        "Maria Lopez vaccination Tue 10:00 booked",
    ]


async def test_a_yes_with_one_more_visit_books_the_first(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        *READ_BACK,
        "[affirm yes book that] and [give:service a vaccination] [give:when at twenty past one]",
    )
    assert "You're booked: check-up" in heard
    assert await labelled.book() == ["Maria Lopez checkup Tue 10:00 booked"]
    assert "vaccination" in heard or "1:" in heard


async def test_thanks_after_booking_begin_nothing_new(labelled: LabelledCaller) -> None:
    await labelled.says(*BOOKED)
    heard = await labelled.say("[social:thanks great thanks]")
    assert "Goodbye" in heard
    assert labelled.hung_up


@pytest.mark.parametrize(
    "asked",
    ["[ask:booking did that go through]", "[ask:reference what was my reference]",
     "[ask:booking am I all set]"],
)  # fmt: skip
async def test_after_booking_it_is_told_from_what_was_booked(
    labelled: LabelledCaller, asked: str
) -> None:
    heard = await labelled.says(*BOOKED, asked)
    assert "you're booked for your check-up" in heard.lower()
    assert "reference" in heard


async def test_hold_on_is_waited_for(labelled: LabelledCaller) -> None:
    heard = await labelled.says(ASKED, "[hold hang on a second]")
    assert heard == "Of course, take your time."
    assert "for Maria Lopez" in await labelled.say("[give:name Maria Lopez]")


async def test_what_was_not_heard_three_times_ends_in_the_offer_of_a_person(
    labelled: LabelledCaller,
) -> None:
    first = await labelled.says(ASKED, "[noise:unclear mumble]")
    assert first.startswith("Sorry, I didn't catch that.")
    second = await labelled.say("[noise:unclear mumble]")
    assert second != first
    assert "put you through" in await labelled.say("[noise:unclear mumble]")
    await labelled.say("[affirm yes please]")
    assert labelled.transferred


async def test_a_booking_for_somebody_else_bears_their_name(labelled: LabelledCaller) -> None:
    await labelled.says(
        "[give:name this is Rita Moss] [want:book I'd like] [give:service a check-up] "
        "[give:party for my father Peter Moss] [give:when tomorrow at ten]",
    )
    heard = labelled.facts.last_reply
    assert "for Peter Moss" in heard
    await labelled.say("[affirm yes]")
    assert await labelled.book() == ["Peter Moss checkup Tue 10:00 booked"]


async def test_none_of_those_asks_for_another_day(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a check-up] [give:when tomorrow morning]", "[deny none of those]"
    )
    assert heard.endswith("?")
    assert "name" not in heard
    heard = await labelled.say("[give:when Thursday afternoon]")
    assert "Thursday" in heard


async def test_others_than_those_offered_are_looked_for(labelled: LabelledCaller) -> None:
    first = await labelled.says("[give:service a check-up] [give:when tomorrow]")
    later = await labelled.say("[more have you anything] [give:when later]")
    assert later != first
    assert "Which suits you?" in later or "?" in later


async def test_an_emergency_is_answered_before_anything_else(labelled: LabelledCaller) -> None:
    heard = await labelled.says(ASKED, "[emergency he has stopped breathing]")
    assert "nine one one" in heard
    assert "name" not in heard
