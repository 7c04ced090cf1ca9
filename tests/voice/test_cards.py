"""A card's number that a caller says is kept nowhere, and the caller hears why."""

from __future__ import annotations

import re

import pytest

from scheduling.values import Organisation
from tests.voice.caller import Caller, spoken
from voice.cards import NO_CARDS
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.turn import Line, Say

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


TOLD_IN_PIECES = [
    (
        "Can I give you my card for it? It's four five one seven.",
        "nine zero zero one two three four five",
        "six seven eight nine, expires oh four twenty seven",
    ),
    ("Take my visa, 4517 9001", "then it's 2345 6789, and the security code is 123"),
    ("my card number starts with 4517", "nine hundred one two three", "and the c v c is 3 2 1"),
]


@pytest.mark.parametrize("pieces", TOLD_IN_PIECES)
@pytest.mark.parametrize("sent", [True, False])
async def test_a_card_told_in_pieces_is_kept_nowhere(
    pieces: tuple[str, ...], sent: bool, caller: Caller, journal: Journal
) -> None:
    """Whether the lines before come with the turn, or are the journal's."""
    lines: tuple[Line, ...] = ()
    for number, said in enumerate(pieces, start=1):
        turn = caller.turn(said, number=number, history=lines if sent else None)
        reply = spoken(await caller.hears(turn))
        assert NO_CARDS in reply
        lines += (Line("caller", said), Line("us", reply))
    record = await journal.call(None, caller.call_id)
    assert record is not None
    for kept_turn in record.turns:
        told = " ".join(part.text for part in kept_turn.parts if isinstance(part, Say))
        for word in "4517 9001 2345 6789 123 four five nine zero twenty hundred 3 2 1".split():
            assert not re.search(rf"(?<![\w.]){word}(?![\w.])", f"{kept_turn.text} {told}"), word
    assert not re.search(r"4517|9001|2345|6789", repr(record))
