"""A card's number that a caller says is kept nowhere, and the caller hears why."""

from __future__ import annotations

from scheduling.values import Organisation
from tests.voice.caller import Caller, spoken
from voice.cards import NO_CARDS
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.turn import Line

SAID = "You can take my card, it's 4111 1111 1111 1111."


async def kept(journal: Journal, call_id: str) -> str:
    return repr(await journal.call(None, call_id))


async def test_the_caller_hears_why_and_the_journal_has_no_digit_of_it(
    caller: Caller, journal: Journal
) -> None:
    assert NO_CARDS in await caller.says(SAID)
    record = await kept(journal, caller.call_id)
    assert "You can take my card" in record
    assert "1111" not in record


async def test_who_says_no_card_hears_nothing_of_cards(caller: Caller) -> None:
    assert NO_CARDS not in await caller.says("What are your hours?")


async def test_the_same_words_again_are_the_same_turn(caller: Caller, journal: Journal) -> None:
    first = await caller.says(SAID)
    again = spoken(await caller.hears(caller.turn(SAID, number=1)))
    assert again == first
    record = await journal.call(None, caller.call_id)
    assert record is not None
    assert len(record.turns) == 1


async def test_a_history_that_comes_back_with_the_number_goes_on_with_the_call(
    caller: Caller, journal: Journal, clinic: Organisation
) -> None:
    answered = spoken(await caller.hears(caller.turn(SAID, number=1, history=())))
    lines = (Line("caller", SAID), Line("us", answered))
    found = await journal.find_continued(
        clinic.id, "vapi", history=lines, text="What are your hours?"
    )
    named = (await kept(journal, caller.call_id), found)
    assert "1111" not in repr(named)
    turn = caller.turn("What are your hours?", number=2, history=lines)
    assert NO_CARDS not in spoken(await caller.hears(turn))
    assert "1111" not in await kept(journal, caller.call_id)


async def test_a_tool_gets_no_card_and_a_report_keeps_none(
    conversation: Conversation, caller: Caller, journal: Journal
) -> None:
    asked = {"issue": "Charge 4111 1111 1111 1111", "priority": "high"}
    told = await conversation.use_tool(caller.call, "create_ticket", asked, "tool-1")
    assert told.facts["ticket"]["issue"] == "Charge (number left out)"
    transcript = {"artifact": {"messages": [{"message": SAID}]}}
    await conversation.hang_up(caller.call_id, report=transcript)
    assert "1111" not in await kept(journal, caller.call_id)
