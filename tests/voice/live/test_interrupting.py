"""Barge-in: who interrupts us, who does not, and what is left of the reply."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import booked
from tests.voice.live.line import Line, open_line
from tests.voice.live.stand_ins import settle
from voice.conversation import Conversation
from voice.journal.following import words_of
from voice.journal.journal import Journal
from voice.live.endpointing import FRAME_SAMPLES, FRAME_SECONDS
from voice.live.events import (
    Interrupted,
    PartAudio,
    PartText,
    ReplyBegan,
    ReplyEnded,
    SpeechBegan,
    ToolRan,
    Transcribed,
    TurnTimed,
)
from voice.turn import Turn

ASKS = "a check-up tomorrow afternoon"


async def listening_to_us(line: Line) -> None:
    """The caller has asked, and hears the answer for half a second."""
    await line.speech(ASKS)
    await line.silence(0.6)
    await line.until_playing(PartAudio)
    await line.silence(0.5)
    assert not line.of(ReplyEnded)


async def test_an_interruption_is_decided_soon_and_stops_us_at_once(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        frames = 0
        sound = line.engines.texts.sound("actually can I come at four", 1.0)
        while not line.of(Interrupted):
            await line.sound(sound[:FRAME_SAMPLES])
            frames += 1
        assert 0.1 < frames * FRAME_SECONDS <= 0.4
        sent = len(line.sent())
        await line.sound(sound)
        assert len(line.sent()) == sent
        assert line.engines.synthesizer.running == 0
        assert [type(event) for event in line.events[-4:]] == [
            SpeechBegan,
            Interrupted,
            ReplyEnded,
            TurnTimed,
        ]
        assert line.of(ReplyEnded)[-1].status == "cancelled"


async def test_history_keeps_what_was_heard_of_an_interrupted_reply(
    conversation: Conversation, clinic: Organisation, journal: Journal
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await line.speech("actually can I come at four")
        cut = line.of(Interrupted)[0]
        whole = line.of(PartText)[0].text
        assert 0 < len(cut.heard) < len(whole)
        assert whole.startswith(cut.heard)
        await line.silence(1.8)
        await line.hears_out()
        timed = line.of(TurnTimed)[0].timings
        assert 0 <= timed["barge_in"] - timed["last_frame"] <= 400
    record = await journal.call(None, line.call.call_id)
    assert record is not None
    assert [turn.number for turn in record.turns] == [1, 2]
    opened = await journal.open_attempt(_next_turn(line, 3))
    assert opened.history[1].text == cut.heard


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("Mm-hmm.", 0.5), ("Okay.", 0.4), ("", 0.3), ("(coughs)", 0.4), ("Yeah, right.", 0.6)],
)
async def test_who_only_listens_does_not_stop_us(
    conversation: Conversation, clinic: Organisation, said: str, seconds: float
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await line.speech(said, seconds)
        await line.silence(0.6)
        assert not line.of(Interrupted)
        assert len(line.of(SpeechBegan)) == 1
        assert "?" in await line.hears_out()
        assert len(line.of(Transcribed)) == 1


async def test_a_short_word_that_matters_stops_us(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await line.speech("Wait.", 0.25)
        await line.silence(0.4)
        assert len(line.of(Interrupted)) == 1


async def test_a_false_interruption_goes_on_with_the_sentence(
    conversation: Conversation, clinic: Organisation, journal: Journal
) -> None:
    """A lorry passes: long, loud, and without a word."""
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await line.speech("", 1.2)
        cut = line.of(Interrupted)[0]
        await line.silence(0.6)
        rest = await line.hears_out()
        assert line.of(PartText)[0].text.startswith(f"{cut.heard} {rest}"[:40])
        assert len(line.of(Transcribed)) == 1
        await line.time.advance(1)
    record = await journal.call(None, line.call.call_id)
    assert record is not None
    (turn,) = record.turns
    assert f"{cut.heard} {rest}" == words_of(turn.parts)
    opened = await journal.open_attempt(_next_turn(line, 2))
    assert opened.history[1].text == words_of(turn.parts)


async def test_our_own_voice_coming_back_does_not_interrupt_us(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await echo_for(line, 1.5)
        assert not line.of(Interrupted)
        assert len(line.of(SpeechBegan)) == 1


async def test_a_caller_over_our_echo_interrupts_us(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await echo_for(line, 0.5)
        assert not line.of(Interrupted)
        line.engines.transcriber.slow = asyncio.Event()  # it could not read through the echo
        await echo_for(line, 0.6, over="no wait, I said Thursday")
        assert len(line.of(Interrupted)) == 1


async def echo_for(line: Line, seconds: float, *, over: str = "") -> None:
    """What we sent comes back 160 ms later, 12 dB below, under what the caller says."""
    for _ in range(round(seconds / FRAME_SECONDS)):
        ours = np.frombuffer(line.sent(), "<i2").astype(np.float32) / 32768
        at = max(0, round((line.time.seconds - line.first_sound_at - 0.16) * 16_000))
        frame = np.zeros(FRAME_SAMPLES, np.float32)
        heard = ours[max(0, at - FRAME_SAMPLES) : at]
        frame[: len(heard)] = heard / 4
        if over:
            frame += line.engines.texts.sound(over, FRAME_SECONDS) * 3
        await line.sound(frame)


async def test_who_goes_on_before_we_are_heard_is_answered_once(
    conversation: Conversation, clinic: Organisation, journal: Journal, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.comes_to_a_read_back()
        line.engines.synthesizer.slow = asyncio.Event()
        await line.speech("yes", 0.3)
        await line.silence(0.5)
        await line.until(ToolRan, lambda ran: ran.name == "book_appointment")
        await line.speech("no wait make it with Ben instead")
        line.engines.synthesizer.slow.set()
        await line.silence(0.6)
        await line.hears_out()
        await settle()
    record = await journal.call(None, line.call.call_id)
    assert record is not None
    last = record.turns[-1]
    assert (last.number, last.text) == (5, "yes no wait make it with Ben instead")
    assert record.turns[-2].state in ("withdrawn", "undone")
    assert await booked(desk, clinic) == []


async def test_a_write_that_began_ends_and_is_known_to_the_next_turn(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.comes_to_a_read_back()
        await line.speech("yes", 0.3)
        await line.silence(0.4)
        await line.until_playing(PartAudio)
        await line.silence(0.5)
        await line.speech("please cancel that appointment")
        assert line.of(Interrupted)
        await line.silence(0.6)
        said = await line.hears_out()
        assert "2" in said
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_a_client_may_say_how_much_it_played(
    conversation: Conversation, clinic: Organisation, journal: Journal
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        await line.speech("actually can I come at four")
        cut = line.of(Interrupted)[0]
        line.live.truncated(cut.reply, 400)
        await line.silence(1.8)
        await line.hears_out()
    opened = await journal.open_attempt(_next_turn(line, 3))
    assert len(opened.history[1].text) < len(cut.heard)


async def test_a_client_may_cancel_a_reply(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await listening_to_us(line)
        line.live.cancel()
        await settle()
        assert line.of(ReplyEnded)[-1].status == "cancelled"
        sent = len(line.sent())
        await line.speech("", 0.5)
        await line.silence(1.0)
        assert len(line.sent()) == sent
        assert len(line.of(ReplyBegan)) == 1


def _next_turn(line: Line, number: int) -> Turn:
    return Turn(line.call, number, number, "what?", None)
