"""What we have no answer to, and whom we cannot reach: a message, if the caller wants one."""

from __future__ import annotations

from datetime import timedelta

from tests.clinic import NOW
from tests.voice.dialogue.labelled import LabelledCaller


async def test_a_question_without_an_answer_is_passed_on_if_wanted(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.say("[ask:policy do you rent out crutches]")
    assert reply.endswith("Shall I pass that on to somebody here?")
    reply = await labelled.says(
        "[affirm yes please]", "[give:name Maria Lopez]", "[give:other any time after five]"
    )
    assert "passed it on" in reply
    assert await labelled.tickets() == ["message normal open: do you rent out crutches"]


async def test_who_wants_nothing_passed_on_leaves_nothing(labelled: LabelledCaller) -> None:
    reply = await labelled.says("[ask:policy do you rent out crutches]", "[deny no it's fine]")
    assert reply == "All right. Is there anything else?"
    assert await labelled.tickets() == []


async def test_at_night_a_message_is_taken_with_the_time_to_call_back(
    labelled: LabelledCaller,
) -> None:
    labelled.now = NOW + timedelta(hours=13)
    reply = await labelled.say("[person can I talk to somebody]")
    assert "Nobody is here right now" in reply
    assert reply.endswith("Shall I take a message?")
    assert not labelled.transferred
    reply = await labelled.says(
        "[affirm go on]",
        "[give:other the form for my sister will be late]",
        "[give:name Maria Lopez]",
        "[give:when tomorrow morning]",
    )
    assert "passed it on" in reply
    assert await labelled.tickets() == ["message normal open: the form for my sister will be late"]


async def test_a_line_that_cannot_put_through_says_the_number_and_takes_a_message(
    labelled: LabelledCaller,
) -> None:
    labelled.can_transfer = False
    reply = await labelled.say("[person a human please]")
    assert "2 1 2, 5 5 5, 0 1 0 0" in reply
    assert reply.endswith("Shall I take a message?")


async def test_who_gives_no_name_may_leave_a_message_all_the_same(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.says(
        "[want:message can I leave a message]",
        "[give:other the heating in the waiting room is off]",
        "[deny I'd rather not]",
        "[deny no need]",
    )
    assert "passed it on" in reply
    assert len(await labelled.tickets()) == 1


async def test_without_a_number_one_is_asked_for(labelled: LabelledCaller) -> None:
    labelled.phone = None
    reply = await labelled.says(
        "[want:message can I leave a message]",
        "[give:other please ring me about the bill]",
        "[give:name Maria Lopez]",
    )
    assert "number" in reply
    reply = await labelled.says("[give:phone 518 555 0199]", "[give:other whenever]")
    assert "passed it on" in reply


async def test_an_open_booking_comes_before_the_offer_to_pass_something_on(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.say(
        "[want:book I'd like to book] [give:service a check-up] and"
        " [ask:policy do you rent out crutches]"
    )
    assert "Shall I pass" not in reply
    assert labelled.facts.agenda.in_hand is not None
    assert labelled.facts.agenda.in_hand.kind == "book"


async def test_a_message_may_be_about_a_bill_but_a_wish_for_a_visit_is_seen_to(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[want:message can I leave a message]",
        "[want:billing about the bill from last month]",
        "[give:name Maria Lopez]",
    )
    assert "passed it on" in await labelled.say("[deny no need to ring]")
    assert await labelled.tickets() == ["message normal open: about the bill from last month"]
    reply = await labelled.says(
        "[want:message can I leave another message]", "[want:book no wait, book me a check-up]"
    )
    assert labelled.facts.agenda.in_hand is not None
    assert labelled.facts.agenda.in_hand.kind == "book", reply


async def test_a_message_for_somebody_is_taken_in_the_middle_of_a_booking(
    labelled: LabelledCaller,
) -> None:
    """With its words, told back once; then the booking goes on."""
    reply = await labelled.says(
        "[want:book I'd like a] [give:service checkup] [give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
        "[affirm yes] [want:move but would you give mei a message] [social:thanks thanks for the"
        " card] [story and I'll bring the photos]",
    )
    assert "written that down for Mei" in reply
    assert "you'll bring the photos" in reply
    assert await labelled.tickets() == [
        "message normal open: For Mei Tanaka: thanks for the card and I'll bring the photos"
    ]
    reply = await labelled.say("[ask:booking did you write that down for mei]")
    assert reply.startswith("Yes, that's written down for Mei.")


async def test_a_time_said_with_the_wish_to_be_rung_is_not_asked_for_and_is_no_message(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.says(
        "[give:name Maria Lopez]",
        "[affirm Yes, take a message.] [give:other The form for my sister will be late.]"
        " Call me back [give:when tomorrow before noon].",
    )
    if "name" in reply:
        await labelled.say("[give:name Maria Lopez]")
    assert await labelled.tickets() == ["message normal open: The form for my sister will be late"]
    assert labelled.facts.tickets[-1].call_back == "tomorrow before noon"
    reply = await labelled.say("[ask:call_me who's going to call me tomorrow]")
    assert "call you back tomorrow before noon" in reply
    assert "Nobody" not in reply
    await labelled.say("[person just have somebody call me]")
    assert len(await labelled.tickets()) == 1


async def test_an_offer_to_pass_on_that_was_not_taken_up_is_not_made_again(
    labelled: LabelledCaller,
) -> None:
    reply = await labelled.says(
        "[ask:policy do you rent out crutches]",
        "[affirm~ pass what on no] [ask:hours when do you open]",
    )
    assert "pass" not in reply
    assert "call you back" not in reply
    assert await labelled.tickets() == []
