"""Questions heard right: what the call knows is answered from its values, what it does not know
is said honestly, once and kindly."""

from __future__ import annotations

import pytest

from tests.voice.dialogue.labelled import LabelledCaller

CHOSEN = (
    "[want:book I'd like] [give:service a check-up] [give:when tomorrow at ten]",
    "[give:name it's Sam Lee]",
)
BOOKED = (*CHOSEN, "[affirm yes]")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("[ask:person who have I got for that]", "That's with Ana."),
        ("[ask:person is it with Ben]", "No, it's with Ana."),
        ("[ask:policy how long does it take]", "It takes 30 minutes, so you'd be done by 10:30"),
        ("[deny that's tomorrow isn't it]", "Yes, it's tomorrow at 10 AM."),
        ("[ask:booking is that today]", "No, it's tomorrow at 10 AM."),
        ("[ask:other so would I be out by eleven]", "Yes, you'd be done by 10:30 AM."),
        ("[ask:price what would that cost me]", "A check-up costs 120 dollars."),
        ("[ask:price what's that for the two of us]", "so two come to 240 dollars"),
        ("[ask:booking did you get that]", "it isn't booked yet"),
        ("[ask:booking is that both]", "No, only your check-up tomorrow at 10 AM is what I have"),
    ],
)
async def test_of_the_visit_in_hand_we_know(
    labelled: LabelledCaller, asked: str, told: str
) -> None:
    heard = await labelled.says(*CHOSEN, asked)
    assert told in heard
    assert heard.endswith("?")


async def test_a_question_beside_the_yes_is_not_denied_by_it(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*CHOSEN, "[affirm yes please], [ask:booking did that go through]")
    assert heard.startswith("You're booked")
    assert "isn't booked" not in heard


async def test_after_booking_it_is_told_as_booked(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*BOOKED, "[give:when I'll be done by eleven then]")
    assert heard.startswith("Yes, you'll be done by 10:30 AM.")


async def test_the_honest_no_is_said_once_for_one_question(labelled: LabelledCaller) -> None:
    first = await labelled.says(*CHOSEN, "[ask:policy do you sell umbrellas]")
    second = await labelled.say("[ask:policy but do you sell umbrellas]")
    third = await labelled.say("[ask:policy may my parrot fly about]")
    assert first.startswith("I'm afraid I don't have that here")
    assert second.startswith("That one I can't answer, sorry. You can reach a person at")
    assert third.startswith("That one I can't answer")


async def test_what_has_to_be_seen_is_kindly_not_judged(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*CHOSEN, "[ask:other is it dangerous do you think]")
    assert heard.startswith("I can't judge that over the phone, I'm sorry")


async def test_what_is_said_to_oneself_gets_no_answer(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*CHOSEN, "[ask:location where's me glasses]")
    assert "Willow" not in heard
    assert "don't know" not in heard


async def test_how_far_it_is_to_walk_is_not_the_address(labelled: LabelledCaller) -> None:
    assert "12 Willow Street" in await labelled.says(*CHOSEN, "[ask:location where are you]")
    heard = await labelled.say("[ask:location is it far to walk from the bus]")
    assert "12 Willow Street" not in heard


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("[ask:person does Ana do check-ups]", "Yes, Ana Ruiz does that."),
        ("[ask:person does Mei do check-ups]", "No, Mei Tanaka doesn't; for check-up you can see"),
        ("[ask:hours are you open tomorrow]", "Yes, we're open tomorrow"),
        ("[ask:price what do you charge]", "It depends on what it's for, from"),
    ],
)
async def test_a_yes_or_no_is_said_and_lists_are_short(
    labelled: LabelledCaller, asked: str, told: str
) -> None:
    assert told in await labelled.say(asked)


async def test_what_is_read_back_is_never_left_out(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        CHOSEN[0],
        "[give:name Sam Lee], [ask:policy where can I park my car], [ask:location where are you]",
    )
    assert "That's your check-up" in heard
    assert heard.endswith("Shall I book it?")
    later = await labelled.say("[affirm yes]")
    assert "12 Willow Street" in later or "parking" in later
