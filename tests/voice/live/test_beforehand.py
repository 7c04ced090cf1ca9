"""A reply is made while the caller's silence runs, and nobody hears of one that was not wanted."""

from __future__ import annotations

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import booked
from tests.voice.live.line import Line, open_line
from tests.voice.live.stand_ins import settle
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.live.events import PartText, ReplyBegan, ReplyEnded, Transcribed, TurnTimed

IN_THE_PAUSE = 0.16
"""Seconds of silence: the words are known, and no turn has ended."""


async def prepared(line: Line) -> None:
    """The caller paused, and the first sentence of the reply is being spoken for nobody yet."""
    before = len(line.engines.synthesizer.spoken)
    await line.silence(IN_THE_PAUSE)
    while len(line.engines.synthesizer.spoken) == before:
        await settle()


async def test_the_reply_is_there_when_the_turn_ends(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.speech("a check-up tomorrow afternoon")
        await prepared(line)
        assert line.of(ReplyBegan) == []
        assert line.sent() == b""
        await line.silence(0.4)
        said = await line.hears_out()
        assert " ".join(line.engines.synthesizer.spoken) == said
        timed = (await line.until_playing(TurnTimed)).timings
        assert timed["last_sound"] < timed["words"] <= timed["prepared"] < 0


async def test_who_goes_on_is_answered_once_and_to_all_of_it(
    conversation: Conversation, clinic: Organisation, journal: Journal
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.speech("a check-up")
        await prepared(line)
        await line.speech("tomorrow at 2 pm")
        await line.silence(0.6)
        said = await line.hears_out()
        assert "2 PM" in said
        assert [heard.text for heard in line.of(Transcribed)] == ["a check-up tomorrow at 2 pm"]
        assert " ".join(part.text for part in line.of(PartText)) == said
    record = await journal.call(None, "live-1")
    assert record is not None
    assert [turn.state for turn in record.turns if turn.state != "withdrawn"] == ["answered"]


async def test_what_was_booked_on_a_yes_that_went_on_is_undone(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.comes_to_a_read_back()
        await line.speech("yes", 0.3)
        await prepared(line)
        assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]
        await line.speech("but at three, not at two", 1.0)
        await line.silence(0.6)
        assert "3 PM" in await line.hears_out()
        assert await booked(desk, clinic) == []


async def test_a_line_that_breaks_in_the_pause_leaves_nothing_done(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.comes_to_a_read_back()
        await line.speech("yes", 0.3)
        await prepared(line)
    assert await booked(desk, clinic) == []


async def test_what_may_well_go_on_is_not_answered_beforehand(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.speech("I'd like a check-up and")
        await line.silence(1.0)
        assert line.engines.transcriber.asked
        assert line.engines.synthesizer.spoken == []


async def test_a_voice_that_fails_in_the_pause_fails_the_reply_and_not_the_call(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.engines.synthesizer.fails = True
        await line.speech("a check-up tomorrow afternoon")
        await prepared(line)
        await line.silence(0.5)
        failed = await line.until_playing(ReplyEnded)
        assert failed.status == "failed"
        line.engines.synthesizer.fails = False
        assert await line.says("a check-up tomorrow afternoon")
