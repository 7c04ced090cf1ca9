"""Openings that speak of an appointment which the caller has, in a story or in other words."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.dialogue.labelled import LabelledCaller
from tests.voice.dialogue.test_own_bookings import BOOKED, entered

MARIA = "[give:name Maria Lopez]"
EITHER = "Shall I cancel it, or find you another time?"


@pytest.fixture
async def in_the_book(desk: Desk, clinic: Organisation) -> str:
    """A check-up with Ana on Wednesday at ten."""
    return await entered(desk, clinic, 10)


@pytest.mark.usefixtures("in_the_book")
@pytest.mark.parametrize(
    "told",
    [
        "[story he was to come in] [give:when Wednesday at ten] [give:service for a check-up]",
        "[want:book to have a look] [give:when on Wednesday] [story and it is sold]",
        "[give:when December the first], no, [give:when* Wednesday the twenty-fifth]",
        "[give:when on October the first], no, [give:when* in November], "
        "[give:when November the twenty-fifth]",
        "[give:provider with Ana] [story I'm down with you]",
    ],
)
async def test_who_tells_of_a_visit_that_is_theirs_is_not_asked_what_to_book(
    labelled: LabelledCaller, told: str
) -> None:
    heard = await labelled.say(f"{MARIA} {told}")
    assert "down for a check-up with Ana Ruiz on Wednesday, November 25th at 10 AM" in heard
    assert heard.endswith(EITHER)


@pytest.mark.usefixtures("in_the_book")
async def test_another_name_hears_of_no_booking(labelled: LabelledCaller) -> None:
    told = "[story he was to come in] [give:when Wednesday at ten]"
    heard = await labelled.say(f"[give:name Peter Frost] {told}")
    assert "check-up with" not in heard
    assert "down for" not in heard


@pytest.mark.usefixtures("in_the_book")
async def test_names_tried_at_the_opening_count_as_tries(labelled: LabelledCaller) -> None:
    told = "[story we were to come in on a day]"
    for name in ("Ann", "Beth", "Carl", "Dora", "Eve"):
        await labelled.say(f"[give:name {name}] {told}")
    heard = await labelled.say(f"{MARIA} {told}")
    assert "down for" not in heard


@pytest.mark.usefixtures("in_the_book")
async def test_who_has_a_visit_may_book_another(labelled: LabelledCaller) -> None:
    heard = await labelled.say(f"{MARIA} [want:book I'd like] [give:service a cleaning]")
    assert heard == "What day and time would suit you?"


@pytest.mark.usefixtures("in_the_book")
async def test_what_is_free_is_told_to_who_has_a_visit(labelled: LabelledCaller) -> None:
    heard = await labelled.say(f"{MARIA} [ask:times have you anything] [give:when Friday]")
    assert "down for" not in heard


@pytest.mark.usefixtures("in_the_book")
async def test_a_wish_that_was_none_is_taken_back(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[give:service a check-up]")
    assert heard == "What day and time would suit you?"
    heard = await labelled.say("[deny no] [story she's already on the books] [give:when Wednesday]")
    assert heard == "What name is the appointment under?"
    assert (await labelled.say(MARIA)).endswith(EITHER)


@pytest.mark.usefixtures("in_the_book")
async def test_who_cannot_come_is_offered_another_time(labelled: LabelledCaller) -> None:
    heard = await labelled.say(f"{MARIA} [want:cancel I can't make it] [give:when Wednesday]")
    assert heard.endswith(EITHER)
    heard = await labelled.say("[want:book could I come in] [give:when Friday], [give:when ten]")
    assert "to Friday, November 27th at 10 AM" in heard


@pytest.mark.usefixtures("in_the_book")
async def test_cancel_in_answer_to_both_needs_no_second_yes(labelled: LabelledCaller) -> None:
    heard = await labelled.says(f"{MARIA} [want:cancel I can't make it]", "[affirm yes cancel it]")
    assert "is cancelled" in heard


@pytest.mark.usefixtures("in_the_book")
async def test_who_chooses_neither_is_asked_whether_to_cancel(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        f"{MARIA} [want:cancel I can't make it]", "[deny no] [story there is no point]"
    )
    assert heard.endswith("Shall I cancel it?")
    assert "is cancelled" in await labelled.say("[affirm yes]")


@pytest.mark.usefixtures("in_the_book")
@pytest.mark.parametrize(
    ("said", "to"),
    [
        ("[deny no don't cancel] [give:when Friday that week], [give:when same time]", "Friday, N"),
        (
            "[deny no] [want:book could I come in] [give:when the Monday after]",
            "Monday, November 30",
        ),
        ("[deny no] [want:move push it] [give:when to the week after]", "November 30th|December"),
        (
            "[more another time], [give:when same time a week later]",
            "Wednesday, December 2nd at 10",
        ),
        ("[deny no] [give:when the next day, same time]", "Thursday, November 26th at 10"),
    ],
)
async def test_no_to_cancelling_with_a_day_behind_it_moves(
    labelled: LabelledCaller, said: str, to: str
) -> None:
    await labelled.say(f"{MARIA} [want:cancel cancel my appointment]")
    heard = await labelled.say(said)
    assert any(one in heard for one in to.split("|")), heard
    assert "cancel" not in heard


async def test_cannot_come_to_what_was_just_booked_offers_both(labelled: LabelledCaller) -> None:
    assert (await labelled.says(*BOOKED, "[want:cancel I can't make it]")).endswith(EITHER)


@pytest.mark.usefixtures("in_the_book")
async def test_a_death_is_met_with_sympathy_and_no_other_time(labelled: LabelledCaller) -> None:
    heard = await labelled.say(f"{MARIA} [give:when on Wednesday at ten] [story he died on Sunday]")
    assert heard.startswith("I'm so sorry for your loss.")
    assert heard.endswith("Shall I cancel it?")
    heard = await labelled.say("[deny no dear] [story he's died]")
    assert "loss" not in heard
    assert heard.startswith("Shall I cancel")
    heard = await labelled.says("[affirm yes]", "[deny no that's all] [social:bye bye]")
    assert heard == "Take care. Goodbye."
    assert await labelled.book() == ["Maria Lopez checkup Wed 10:00 cancelled"]


async def test_an_angry_caller_is_offered_a_person_once(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[social:upset this is ridiculous]")
    assert "put you through" in heard
    heard = await labelled.say(
        "[social:upset honestly] [want:book I want] [give:service a check-up]"
    )
    assert "put you through" not in heard
    heard = await labelled.say("[social:upset useless] [social:bye bye]")
    assert "Thank you" not in heard


async def test_services_are_read_out_only_to_who_does_not_say_which(
    labelled: LabelledCaller,
) -> None:
    assert await labelled.say("[want:book I'd like to come in]") == "What would you like to book?"
    heard = await labelled.say("[deny I don't really know]")
    assert heard.startswith("We offer a check-up")
    assert "We offer" not in await labelled.say("[deny I don't know]")


async def test_a_reference_is_collected_piece_by_piece(
    labelled: LabelledCaller, in_the_book: str
) -> None:
    labelled.phone = None
    first, rest = " ".join(in_the_book[:3]), " ".join(in_the_book[3:])
    await labelled.say(f"{MARIA} [want:lookup when am I in]")
    heard = await labelled.say(f"[give:other {first}]")
    assert heard.startswith(f"I have {', '.join(in_the_book[:3])} so far.")
    assert "Wednesday, November 25th at 10 AM" in await labelled.say(f"[give:party {rest}]")


async def test_who_has_no_reference_is_not_asked_again(labelled: LabelledCaller) -> None:
    labelled.phone = None
    await labelled.say("[want:lookup when am I in]")
    heard = await labelled.say(f"[deny I don't have one], it's under {MARIA}")
    assert heard.startswith("Without the reference")
    assert "put you through" in heard
