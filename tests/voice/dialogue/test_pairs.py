"""Two visits at the same time are one matter; one that is for two is one visit."""

from __future__ import annotations

import pytest

from tests.clinic import NEW_YORK
from tests.voice.dialogue.labelled import LabelledCaller

AT_ONCE = (
    "[want:book I'd like] [give:service a check-up] and [give:party my husband Dave] needs "
    "[give:service a cleaning] [give:when at the same time], [give:when tomorrow at ten]"
)


async def test_two_people_at_the_same_time_are_offered_read_back_and_booked_as_a_pair(
    labelled: LabelledCaller,
) -> None:
    await labelled.say(AT_ONCE)
    read_back = await labelled.say("[give:name Maria Lopez]")
    assert "the check-up with" in read_back
    assert "the dental cleaning with" in read_back
    assert "both on Tuesday, November 24th at 10 AM" in read_back
    assert "both?" in read_back
    heard = await labelled.say("[affirm yes]")
    assert heard.startswith("You're both booked")
    book = await labelled.book()
    assert [line.split(" ", 2)[2] for line in book if "cleaning" not in line] == [
        "checkup Tue 10:00 booked"
    ]
    assert len(book) == 2
    assert all("Tue 10:00 booked" in line for line in book)


async def test_a_limit_said_of_a_pair_holds_for_both(labelled: LabelledCaller) -> None:
    await labelled.say(AT_ONCE.replace("tomorrow at ten", "tomorrow, out by ten"))
    for offer in labelled.facts.offers:
        assert offer.paired is not None
        ends = [each.end.astimezone(NEW_YORK) for each in (offer, offer.paired)]
        assert all((end.hour, end.minute) <= (10, 0) for end in ends)
    assert labelled.facts.offers


async def test_another_day_is_another_day_for_both(labelled: LabelledCaller) -> None:
    await labelled.says(AT_ONCE, "[give:name Maria Lopez]")
    heard = await labelled.say("[deny no], [give:when Thursday at the same time]")
    assert "both on Thursday, November 26th at 10 AM" in heard


async def test_what_cannot_be_had_at_once_is_offered_one_after_the_other_and_said_so(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say(
        "[give:service a cleaning] for me and [give:service physical therapy] "
        "[give:party for my wife Ann] [give:when at the same time tomorrow], "
        "[give:provider both with Mei]"
    )
    assert "can't do both at the same time. One after the other I have" in heard


@pytest.mark.parametrize("said", ["There is no other one, just one", "No, just the one"])
async def test_just_one_undoes_a_pair_at_once(labelled: LabelledCaller, said: str) -> None:
    heard = await labelled.says(AT_ONCE, "[give:name Maria Lopez]", f"[deny {said}].")
    assert "cleaning" not in heard
    heard = await labelled.say("[affirm yes]")
    assert len(await labelled.book()) == 1


async def test_two_visits_of_one_person_are_never_at_the_same_time(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say(
        "[give:service a check-up and a vaccination] [give:when at the same time], "
        "[give:when tomorrow at ten]"
    )
    assert "first, then the" in heard


@pytest.mark.parametrize(
    "said",
    ["[deny no], [rule_out:when not at the same time], two separate days",
     "[give:service the check-up] [give:when tomorrow at ten] and [give:service the cleaning] "
     "[give:when Thursday at ten]",
     "[give:service just the check-up]"],
)  # fmt: skip
async def test_a_pair_that_is_not_wanted_falls_apart(labelled: LabelledCaller, said: str) -> None:
    heard = await labelled.says(AT_ONCE, said)
    assert "same time" not in heard
    assert "both" not in heard


async def test_who_asks_what_two_come_to_together_wants_them_at_no_same_time(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.say(
        "[give:service a check-up] and [give:party my husband Dave] [give:service a cleaning] "
        "[give:when tomorrow at ten], [ask:price what's it] [give:party for the two of them] "
        "[give:when together]"
    )
    assert "same time" not in heard
