"""Whole live calls: frames in, events out, the real conversation and store between."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import booked
from tests.voice.live.line import open_line
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.live.events import (
    Committed,
    Ended,
    PartAudio,
    PartText,
    ReplyBegan,
    SpeechBegan,
    SpeechEnded,
    ToolRan,
    Transcribed,
    TurnTimed,
)


async def test_the_greeting_is_spoken_when_asked_for(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.silence(0.5)
        assert line.events == []
        line.live.respond()
        said = await line.hears_out()
        assert "Willow" in said
        kinds = [type(event) for event in line.events if not isinstance(event, PartAudio)]
        assert kinds[:2] == [ReplyBegan, PartText]
        seconds = len(line.sent()) / 32_000
        assert seconds == pytest.approx(len(said) / 14, abs=0.1)


async def test_a_spoken_turn_is_heard_answered_and_played(
    conversation: Conversation, clinic: Organisation, journal: Journal
) -> None:
    async with open_line(conversation, clinic) as line:
        said = await line.says("a check-up tomorrow afternoon")
        assert said.endswith("?")
        kinds = [type(event) for event in line.events if not isinstance(event, PartAudio)]
        assert kinds[:7] == [
            SpeechBegan, SpeechEnded, Committed, Transcribed, ReplyBegan, ToolRan, PartText,
        ]  # fmt: skip
        assert line.of(Transcribed)[0].text == "a check-up tomorrow afternoon"
        timed = (await line.until_playing(TurnTimed)).timings
        assert timed["last_sound"] < timed["words"] <= 0 <= timed["first_sentence"]
        assert timed["first_sentence"] <= timed["first_audio"] < timed["last_frame"]
    record = await journal.call(None, "live-1")
    assert record is not None
    (turn,) = record.turns
    assert turn.state == "answered"
    assert turn.timings["last_sound"] == timed["last_sound"]


async def test_a_booking_is_spoken_from_beginning_to_end(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.comes_to_a_read_back()
        assert "booked" in await line.says("yes", 0.3)
        await line.says("no thank you, goodbye")
        await line.time.advance(3)
        assert (await line.until(Ended)).reason == "agent"
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]
