"""What is done is done: what is said after it begins nothing more, unless it is wished for."""

from __future__ import annotations

from tests.voice.dialogue.labelled import LabelledCaller

BOOKED = (
    "[want:book I want to book] [give:service a check-up] [give:when tomorrow at ten], "
    "[give:name Maria Lopez]",
    "[affirm yes]",
)


async def test_a_service_named_once_more_begins_no_other_visit(labelled: LabelledCaller) -> None:
    await labelled.says(*BOOKED)
    await labelled.say("[give:service the check-up], [social:chat lovely]")
    assert not labelled.facts.agenda.matters


async def test_one_more_of_the_same_is_booked_where_it_is_wished_for(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(*BOOKED)
    await labelled.say("[want:book and I want another] [give:service check-up]")
    assert [each.kind for each in labelled.facts.agenda.matters] == ["book"]


async def test_another_time_before_anything_is_booked_is_no_move(labelled: LabelledCaller) -> None:
    await labelled.say("[want:book I want to book] [give:service a check-up] [give:when tomorrow]")
    await labelled.say("[give:when Thursday then], [want:move~ what about] [give:when Friday]")
    assert [each.kind for each in labelled.facts.agenda.matters] == ["book"]


async def test_a_call_does_not_end_with_a_question_behind_the_goodbye(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(*BOOKED)
    heard = await labelled.say("[social:bye that's done]. [ask:price how much is a cleaning]")
    assert "Goodbye" not in heard


async def test_what_is_told_after_anything_else_is_left_to_stand(labelled: LabelledCaller) -> None:
    heard = await labelled.says(*BOOKED)
    assert heard.endswith("?")
    heard = await labelled.say("[ask:price how much is a cleaning]")
    assert heard.endswith(".")
    heard = await labelled.say("[deny no], [social:thanks thanks]")
    assert "Goodbye" in heard
