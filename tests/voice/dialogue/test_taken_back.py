"""One wrong turn of ours, and the caller's plain words that lead the call back."""

from __future__ import annotations

import pytest

from tests.voice.dialogue.labelled import LabelledCaller
from voice.dialogue.matters.timed import TimedMatter

DANGER = "dial nine one one"
ROUGH = "[emergency~ he's looking really rough]"


def services_wanted(labelled: LabelledCaller) -> list[str | None]:
    matters = labelled.facts.agenda.matters
    return [each.service_id for each in matters if isinstance(each, TimedMatter)]


async def test_what_may_be_an_emergency_is_asked_once(labelled: LabelledCaller) -> None:
    assert (await labelled.say(ROUGH)).endswith("Is this an emergency?")
    heard = await labelled.says("[deny no] [story he's only scruffy]", ROUGH)
    assert "emergency" not in heard


@pytest.mark.parametrize("answer", ["[affirm yes it is]", "[emergency~ he can hardly stand]"])
async def test_an_emergency_that_was_asked_for_is_one(
    labelled: LabelledCaller, answer: str
) -> None:
    assert DANGER in await labelled.says(ROUGH, answer)


async def test_an_alarm_is_taken_back_at_once(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[emergency he's looking rough]")
    assert DANGER in heard
    heard = await labelled.say("[deny no, it's not urgent], [ask:price how much is a cleaning]")
    assert heard.startswith("Sorry, my mistake.")
    assert "95" in heard or "costs" in heard
    assert not labelled.transferred
    heard = await labelled.say("[ask:price and how much is a checkup]")
    assert DANGER not in heard


async def test_words_of_calm_raise_no_alarm(labelled: LabelledCaller) -> None:
    heard = await labelled.say("[story it's not an emergency] [emergency he's just off his food]")
    assert DANGER not in heard


STORY = "[story she's already down with you]"
KEVIN = "[give:name Kevin Shaw]"
NEW_ONES = [
    "[deny no, I haven't one yet], [want:book I'm ringing to make one]",
    "[story I've nothing booked], [story it's a new one]",
    "[deny no], [want:book a new appointment]",
    "[deny there's no appointment at all]",
    "[story maybe I never made it], [give:service a new one then]",
]


@pytest.mark.parametrize("said", NEW_ONES)
async def test_who_has_nothing_booked_books(labelled: LabelledCaller, said: str) -> None:
    heard = await labelled.say(f"{STORY} [give:service a cleaning] [give:when on Friday at ten]")
    assert heard == "What name is the appointment under?"
    heard = await labelled.say(said)
    assert "Friday" in heard
    assert services_wanted(labelled) == ["cleaning"]
    assert "appointment under" not in heard


@pytest.mark.parametrize("said", NEW_ONES)
async def test_a_name_that_fits_nothing_is_kept(labelled: LabelledCaller, said: str) -> None:
    heard = await labelled.says(STORY, KEVIN)
    assert heard == "I can't find one under that name. Would you like to book a new one?"
    await labelled.say(said)
    heard = await labelled.say("[give:service a cleaning] [give:when Friday at ten]")
    assert "Shall I book it?" in heard
    assert "for Kevin Shaw" in heard


async def test_a_yes_to_a_new_one_books(labelled: LabelledCaller) -> None:
    heard = await labelled.says(STORY, KEVIN, "[affirm yes please]")
    assert heard == "What would you like to book?"


async def test_a_wish_to_move_is_offered_a_new_one_only_after_two_names(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says("[want:move I want to move my appointment]", KEVIN)
    assert heard.endswith("Which name could it be under instead?")
    heard = await labelled.say("[give:name* Kevin Shore]")
    assert heard.endswith("Would you like to book a new one?")
    heard = await labelled.says("[deny no]", "[give:name* Caoimhe Shore]")
    assert "new one" not in heard


async def test_no_reference_is_no_new_visit(labelled: LabelledCaller) -> None:
    labelled.phone = None
    heard = await labelled.say("[want:move I want to move my appointment]")
    assert "reference" in heard
    assert "book" not in await labelled.say("[deny I haven't one]")


@pytest.mark.parametrize(
    "story",
    ["[story a mate of mine was in with ye]", "[story I was in with you last year with it]"],
)
async def test_a_visit_of_the_past_is_not_looked_for(labelled: LabelledCaller, story: str) -> None:
    heard = await labelled.say(f"{story} [give:service a cleaning] [give:when on Friday]")
    assert "appointment under" not in heard


async def test_a_visit_being_booked_is_not_looked_for(labelled: LabelledCaller) -> None:
    heard = await labelled.says(
        "[give:service a cleaning]",
        "[story I think I'll go ahead and get him booked in then] [give:when Friday at ten]",
    )
    assert "What name should I put it under?" in heard


OFFERED = "[give:service a cleaning] [give:when on Friday]"


@pytest.mark.parametrize(
    "said",
    [
        "[story the cleaning was a joke, it's a checkup I'm after]",
        "[give:service Cleaning]? [deny No], [give:service a checkup]",
        "[deny no], [rule_out:service not the cleaning], [give:service a checkup]",
        "[give:service only the checkup]",
        "no wait, I said [give:service a checkup], not [give:service a cleaning]",
        "[deny no] [give:service a checkup]",
        "[story I never said a cleaning], [give:service a checkup]",
        "[give:service it's a checkup]",
    ],
)
async def test_another_service_said_at_offers_replaces_the_first(
    labelled: LabelledCaller, said: str
) -> None:
    heard = await labelled.says(OFFERED, said)
    assert "cleaning" not in heard
    assert services_wanted(labelled) == ["checkup"]
    assert "checkup" in heard.replace("check-up", "checkup").lower()


async def test_a_joke_among_two_is_taken_off(labelled: LabelledCaller) -> None:
    await labelled.say("[give:service a cleaning] and [give:service a checkup] [give:when Friday]")
    heard = await labelled.say("[story there's no cleaning], [give:service only the checkup]")
    assert "cleaning" not in heard
    assert services_wanted(labelled) == ["checkup"]


async def test_only_joining_words_add_a_service(labelled: LabelledCaller) -> None:
    await labelled.says(OFFERED, "[choose the first], [give:service and a checkup as well]")
    assert services_wanted(labelled) == ["cleaning", "checkup"]


TO_CONFIRM = ("[give:service a cleaning] [give:when Friday at ten]", "[give:name Kevin Shaw]")


@pytest.mark.parametrize(
    "yes",
    [
        "[ask:other what other one]? [story it's only that], [give:when Friday at ten], "
        "[affirm yes]",
        "[want:book book] [give:service the cleaning], [give:when Friday], [give:when ten]",
        "[affirm~ book the cleaning, Friday, ten]",
        "[give:when Friday at ten], yes",
        "[more what other one]? [affirm yes, book the cleaning]",
        "[want:book book] [give:service the cleaning], [social:upset that's me done]",
    ],
)
async def test_a_clear_yes_is_never_asked_for_again(labelled: LabelledCaller, yes: str) -> None:
    assert (await labelled.says(*TO_CONFIRM)).endswith("Shall I book it?")
    heard = await labelled.say(yes)
    assert "You're booked" in heard
    assert labelled.hung_up == ("done" in yes)


async def test_what_is_booked_is_not_booked_once_more(labelled: LabelledCaller) -> None:
    await labelled.says(*TO_CONFIRM, "[affirm yes]")
    again = "[want:book book] [give:service the cleaning], [give:when Friday], [give:when ten]"
    heard = await labelled.say(again)
    assert "Shall I" not in heard
    assert len(await labelled.book()) == 1


async def test_two_that_are_both_wanted_already_make_no_third(labelled: LabelledCaller) -> None:
    await labelled.say("[give:service a cleaning] and [give:service a checkup] [give:when Friday]")
    await labelled.say("[give:name Kevin Shaw], [give:party the two of them]")
    assert len(labelled.facts.agenda.matters) == 2


async def test_the_day_of_what_is_booked_changes_nothing_of_the_next(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(*TO_CONFIRM, "[affirm yes]")
    await labelled.say("[want:book I'd like] [give:service a checkup] [give:when Monday at ten]")
    heard = await labelled.say(
        "[more what other one]? [give:service the cleaning's done], [give:when Friday], "
        "it's [give:when Monday at ten], [affirm~ yes]"
    )
    assert "You're booked: check-up" in heard
