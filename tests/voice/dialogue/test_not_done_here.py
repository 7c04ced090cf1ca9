"""What the business does not do: an honest no, each time in other words, and no visit begins."""

from __future__ import annotations

from tests.voice.dialogue.labelled import LabelledCaller


async def test_what_is_not_done_is_denied_and_no_day_is_asked_for(
    labelled: LabelledCaller,
) -> None:
    first = await labelled.say("[ask:service do you do wheel balancing]")
    second = await labelled.say("[ask:service could you paint a fence then]")
    assert first.startswith("I'm sorry, not as far as I know. We offer a check-up")
    assert first.endswith("Is there anything else?")
    assert second.startswith("No, I'm afraid we don't do that.")
    assert "We offer" not in second
    assert second.endswith("do that.")


async def test_a_visit_in_hand_goes_on_after_a_no(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[want:book I'd like to book] [give:service a check-up]",
        "[ask:service do you do wheel balancing]",
    )
    assert heard.startswith("I'm sorry, not as far as I know.")
    assert heard.endswith("When would you like to come?")


async def test_who_only_asks_a_price_is_not_asked_for_a_day(labelled: LabelledCaller) -> None:
    first = await labelled.say("[ask:price what's the price of] [give:service a vaccination]")
    second = await labelled.say("[ask:policy and how long does it take]")
    assert first.endswith("Is there anything else?")
    assert second.startswith("A vaccination takes")
    assert "when" not in second.lower()
    await labelled.say("[want:book grand, put me in] [give:when tomorrow at ten]")
    read_back = await labelled.say("[give:name Sam Lee]")
    assert read_back.startswith("That's your vaccination")


async def test_a_guess_is_put_once_and_then_what_it_is_is_asked(labelled: LabelledCaller) -> None:
    guessed = await labelled.say(
        "[want:book I need somebody] [give:problem my jaw clicks when I chew]"
    )
    assert "Would that be" in guessed
    heard = await labelled.say("[deny no]")
    assert heard.endswith("What would you like to book?")
    again = await labelled.say("[give:problem it's my jaw that clicks]")
    assert "Would that be" not in again
    assert "Do you mean" not in again


async def test_who_heard_a_no_hears_no_guess_in_its_place(labelled: LabelledCaller) -> None:
    await labelled.say("[want:book I'd like] [give:service a fence painted]")
    heard = await labelled.say("[give:problem my jaw clicks when I chew]")
    assert "Would that be" not in heard
    assert heard.endswith("What would you like to have done?")


async def test_the_look_up_answers_with_whom_it_is(labelled: LabelledCaller) -> None:
    heard = await labelled.says("[want:lookup when's my visit], [ask:person and who am I seeing]")
    assert "don't know" not in heard
    assert "can't" not in heard


async def test_whether_somebody_is_free_is_looked_up(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[want:book I'd like] [give:service a check-up] [give:when tomorrow morning]",
        "[give:when Wednesday from nine], [ask:person is Ben free then or isn't he]",
    )
    assert "don't know" not in heard
    assert "with Ben" in heard


async def test_when_the_next_visit_is_has_an_answer(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[want:book I'd like] [give:service a check-up] [give:when tomorrow at ten] and also "
        "[give:service a vaccination]",
        "[give:name Sam Lee]",
        "[ask:booking and when is the vaccination]",
    )
    assert "I still need a time for your vaccination" in heard
