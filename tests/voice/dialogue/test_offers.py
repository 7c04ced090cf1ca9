"""Times that are offered: how they are chosen, bounded, declined and said again."""

from __future__ import annotations

from tests.voice.dialogue.labelled import LabelledCaller

WANTED = "[want:book I'd like] [give:service a check-up] [give:when on thursday]"


async def test_when_a_visit_must_be_over_bounds_what_is_offered(labelled: LabelledCaller) -> None:
    heard = await labelled.say(
        "[want:book I'd like] [give:service a check-up] [give:when thursday, gone by ten]"
    )
    starts = [view.start for view in labelled.facts.offers]
    assert starts
    ends = [view.end.astimezone(view.end.tzinfo) for view in labelled.facts.offers]
    assert all((end.hour, end.minute) <= (15, 0) for end in ends), heard  # 10 AM in New York


async def test_what_was_chosen_stays_where_the_limit_leaves_it(labelled: LabelledCaller) -> None:
    heard = await labelled.says(WANTED, "[choose nine] [give:when i gotta be gone by ten]")
    assert "name" in heard


async def test_a_choice_that_runs_over_the_limit_is_looked_for_anew(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(WANTED, "[choose eleven] [give:when out by ten]")
    assert heard.endswith("Which one would you like?")
    assert all(offer.start.hour < 15 for offer in labelled.facts.offers)


async def test_what_is_called_too_early_narrows_the_wish(labelled: LabelledCaller) -> None:
    await labelled.says(WANTED, "[deny nine is too early for me]")
    assert labelled.facts.offers
    assert all(offer.start.hour > 14 or offer.start.minute for offer in labelled.facts.offers)


async def test_what_was_declined_does_not_come_again(labelled: LabelledCaller) -> None:
    await labelled.say(WANTED)
    first = {offer.start for offer in labelled.facts.offers}
    heard = await labelled.say("[deny no, none of those]")
    assert heard == "When would suit you instead?"
    await labelled.say("[more have you anything else]")
    second = {offer.start for offer in labelled.facts.offers}
    assert second
    assert first.isdisjoint(second)
    await labelled.says("[deny no]", "[more what else]")
    assert (first | second).isdisjoint({offer.start for offer in labelled.facts.offers})


async def test_a_declined_time_that_is_asked_for_is_offered_again(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(WANTED, "[deny none of those]", "[give:when thursday at nine then]")
    assert "9 AM" in heard
    assert "name" in heard


async def test_the_same_times_are_not_read_twice_in_the_same_words(
    labelled: LabelledCaller,
) -> None:
    lines = [
        await labelled.say(line)
        for line in (WANTED, "[give:provider* with ana]", "[give:provider* with ana i said]")
    ]
    assert len({line.split("?")[0].split(".")[0] for line in lines}) == 3, lines


async def test_people_and_near_days_are_named_in_full_once(labelled: LabelledCaller) -> None:
    heard = await labelled.say(
        "[want:book I'd like] [give:service a check-up] [give:provider with ana] "
        "[give:when on thursday]"
    )
    assert "this Thursday, November 26th" in heard
    assert "Ana Ruiz" in heard
    heard = await labelled.say("[more have you anything else]")
    assert "this Thursday at" in heard
    assert "with Ana." in heard
    await labelled.say("[choose the first]")
    heard = await labelled.say("[give:name Maria Lopez]")
    assert "with Ana on Thursday, November 26th at" in heard


async def test_a_visit_for_somebody_else_is_not_called_the_callers(
    labelled: LabelledCaller,
) -> None:
    heard = await labelled.says(
        "[want:book I'd like] [give:service a check-up] [give:party for my mother] "
        "[give:when tomorrow at ten]",
        "[give:name Maria Lopez]",
    )
    assert "That's the check-up" in heard
