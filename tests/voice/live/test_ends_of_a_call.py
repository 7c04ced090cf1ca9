"""Faults of a live call and of its engines, and all the ways in which it ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import booked
from tests.voice.live.line import LINE, SETTINGS, open_line
from tests.voice.live.stand_ins import settle
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.live.attention import NOT_UNDERSTOOD
from voice.live.call import TOO_LONG, TooMuchAudio
from voice.live.events import (
    ActDue,
    Ended,
    Interrupted,
    Mark,
    PartAudio,
    PartText,
    ReplyBegan,
    ReplyEnded,
    TranscriptionFailed,
)
from voice.turn import HangUp


async def test_a_recogniser_that_fails_is_made_up_for_with_a_question(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.engines.transcriber.fails = True
        await line.speech("a check-up tomorrow afternoon")
        await line.silence(0.6)
        await line.until(TranscriptionFailed)
        assert await line.hears_out() == NOT_UNDERSTOOD
        line.engines.transcriber.fails = False
        assert "?" in await line.says("a check-up tomorrow afternoon")


async def test_a_voice_that_fails_leaves_nothing_behind_that_nobody_heard(
    conversation: Conversation, clinic: Organisation, desk: Desk, journal: Journal
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.comes_to_a_read_back()
        line.engines.synthesizer.fails = True
        await line.speech("yes", 0.3)
        await line.silence(0.6)
        await line.until_playing(ReplyEnded, lambda ended: ended.status == "failed")
    assert await booked(desk, clinic) == []


async def test_a_fault_of_one_call_is_not_felt_by_another(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with (
        open_line(conversation, clinic, call_id="live-1") as broken,
        open_line(conversation, clinic, call_id="live-2") as sound,
    ):
        broken.engines.transcriber.fails = True
        broken.engines.transcriber.failure = lambda: RuntimeError("a bug")
        await broken.speech("a check-up tomorrow afternoon")
        await broken.silence(0.6)
        assert (await broken.until(Ended)).reason == "failed"
        assert "?" in await sound.says("a check-up tomorrow afternoon")


async def test_nothing_runs_after_the_call_was_hung_up(
    conversation: Conversation, clinic: Organisation, desk: Desk, journal: Journal
) -> None:
    before = asyncio.all_tasks()
    async with open_line(conversation, clinic) as line:
        await line.says("a check-up with Ana Ruiz tomorrow at 2 pm")
        await line.speech("yes please", 0.5)
        await line.silence(0.6)
        await line.until_playing(PartAudio)
        await line.silence(0.8)
        line.live.hang_up()
        assert (await line.until(Ended)).reason == "caller"
    await settle()
    assert asyncio.all_tasks() == before
    assert line.engines.synthesizer.running == 0
    record = await journal.call(None, line.call.call_id)
    assert record is not None
    assert [turn.state for turn in record.turns] == ["answered", "answered"]


async def test_cancelling_the_call_hangs_up(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        again = asyncio.ensure_future(line.live.run())
        again.cancel()
        with pytest.raises(asyncio.CancelledError):
            await again


async def test_at_shutdown_the_caller_hears_a_sentence_and_a_write_ends(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        line.live.respond()
        await line.until_playing(PartAudio)
        line.live.end_with("We have to restart. Please call again.", "shutdown")
        await line.until(PartText)
        await line.time.advance(5)
        assert line.of(PartText)[-1].text == "We have to restart. Please call again."
        assert (await line.until(Ended)).reason == "shutdown"


async def test_a_refused_call_hears_one_sentence(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.live.end_with("All lines are busy.", "refused")
        await line.speech("but I only want a check-up")
        await line.time.advance(3)
        assert (await line.until(Ended)).reason == "refused"
        assert len(line.of(ReplyBegan)) == 1
        assert not line.of(Interrupted)


async def test_no_call_is_longer_than_it_may_be(
    conversation: Conversation, clinic: Organisation
) -> None:
    short = replace(SETTINGS, longest_minutes=1)
    async with open_line(conversation, clinic, settings=short) as line:
        await line.time.advance(59)
        assert line.events == []
        await line.time.advance(1)
        await line.until(ReplyBegan)
        await line.time.advance(10)
        assert line.of(PartText)[-1].text == TOO_LONG
        assert (await line.until(Ended)).reason == "too_long"


async def test_a_goodbye_is_played_before_the_call_ends(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.speech("goodbye", 0.5)
        await line.silence(0.5)
        await line.until_playing(ReplyEnded)
        assert not line.of(ActDue)
        await line.time.advance(1)
        assert (await line.until(ActDue)).act == HangUp()
        assert (await line.until(Ended)).reason == "agent"


async def test_more_than_half_a_minute_at_once_is_refused(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.live.hear(bytes(LINE.bytes_a_second * 20))
        with pytest.raises(TooMuchAudio):
            line.live.hear(bytes(LINE.bytes_a_second * 20))


async def test_a_carrier_that_confirms_marks_tells_what_was_played(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic, settings=replace(SETTINGS, marks=True)) as line:
        line.live.respond()
        await line.until_playing(Mark)
        first = line.of(Mark)[0].name
        await line.time.advance(0.9)
        line.live.marked(first)
        await line.speech("no wait stop")
        cut = line.of(Interrupted)[0]
        assert cut.milliseconds < 1000
