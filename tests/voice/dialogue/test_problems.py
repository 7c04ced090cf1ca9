"""Something does not work: the business's own remedy, else a ticket, and the same one again."""

from __future__ import annotations

from pathlib import Path

from scheduling.business_file import parse_business
from scheduling.desk import Desk
from tests.voice.dialogue.labelled import LabelledCaller
from voice.journal.journal import Journal

SALON = Path(__file__).parents[3] / "benchmarks" / "businesses" / "salon.toml"


async def test_a_problem_becomes_a_ticket_under_a_reference(labelled: LabelledCaller) -> None:
    reply = await labelled.say("[want:tech your online booking page keeps crashing on me]")
    assert "name" in reply
    reply = await labelled.say("[give:name Maria Lopez]")
    assert "ticket number is" in reply
    assert await labelled.tickets() == [
        "problem normal open: your online booking page keeps crashing on me"
    ]
    assert not labelled.facts.agenda.matters


async def test_two_questions_at_most_gather_what_is_wrong(labelled: LabelledCaller) -> None:
    assert "exactly" in await labelled.say("[want:tech the app]")
    assert "name" not in await labelled.say("[give:problem it hangs]")
    assert "name" in await labelled.say("[give:other since monday]")
    reply = await labelled.say("[give:name Maria Lopez]")
    assert "ticket number is" in reply
    assert await labelled.tickets() == ["problem normal open: the app; it hangs; since monday"]


async def test_a_remedy_is_told_before_more_is_asked(desk: Desk, journal: Journal) -> None:
    text = SALON.read_text()
    [change] = await desk.apply([(parse_business(text, SALON.name), text)])
    caller = LabelledCaller(desk, journal, change.organisation)
    reply = await caller.say("[want:tech your page won't load]")
    assert "private window" in reply
    assert "Does that help?" in reply
    await caller.say("[deny no it is still white]")
    assert "private window" not in await caller.say("[give:name Maria Lopez]")


async def test_a_second_call_adds_to_the_ticket_that_is_open(labelled: LabelledCaller) -> None:
    await labelled.says(
        "[want:tech your online booking page keeps crashing on me]", "[give:name Maria Lopez]"
    )
    again = LabelledCaller(labelled.desk, labelled.journal, labelled.organisation)
    reply = await again.say("[want:tech the booking page still crashes on my phone]")
    assert "is it about that?" in reply
    assert "crash" not in reply
    reply = await again.say("[affirm yes it is]")
    assert "added that to your ticket" in reply
    (ticket,) = await again.tickets()
    assert ticket.startswith("problem high open")
    assert not again.facts.agenda.matters


async def test_another_problem_is_another_ticket(labelled: LabelledCaller) -> None:
    await labelled.says(
        "[want:tech your online booking page keeps crashing on me]", "[give:name Maria Lopez]"
    )
    again = LabelledCaller(labelled.desk, labelled.journal, labelled.organisation)
    await again.say("[want:tech the video link in your email is always empty]")
    await again.says("[deny no something else]", "[give:name Maria Lopez]")
    assert len(await again.tickets()) == 2


async def test_who_is_upset_and_says_it_is_urgent_is_seen_to_first(
    labelled: LabelledCaller,
) -> None:
    await labelled.says(
        "[want:tech the pump you fitted is leaking water everywhere] [social:upset I've had it]",
        "[give:name Maria Lopez]",
    )
    (ticket,) = await labelled.tickets()
    assert ticket.startswith("problem urgent")


async def test_a_wish_waits_for_the_problem_named_before_it(labelled: LabelledCaller) -> None:
    await labelled.say(
        "[want:tech your online booking page keeps crashing on me] so can you [want:book book me]"
        " [give:service a check-up] [give:when tomorrow at ten]"
    )
    reply = await labelled.say("[give:name Maria Lopez]")
    assert "ticket number" in reply
    assert "10 AM" in reply
