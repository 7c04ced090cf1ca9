"""Silence, keys, typing, and what a client may ask of a live call."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import booked
from tests.voice.live.line import SETTINGS, open_line
from tests.voice.live.stand_ins import settle
from voice.conversation import Conversation
from voice.live.attention import SILENT_GOODBYE, STILL_THERE
from voice.live.events import (
    Committed,
    Ended,
    Interrupted,
    PartAudio,
    PartText,
    ReplyBegan,
    SpeechBegan,
    SpeechEnded,
    Transcribed,
)


async def test_a_long_silence_is_asked_about_once_and_then_ends_the_call(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.live.respond()
        await line.hears_out()
        await line.silence(6.5)
        assert len(line.of(ReplyBegan)) == 1
        await line.silence(3.0)
        assert line.of(PartText)[-1].text == STILL_THERE
        await line.silence(12.0)
        assert len(line.of(ReplyBegan)) == 2
        await line.silence(9.0)
        assert line.of(PartText)[-1].text == SILENT_GOODBYE
        assert (await line.until(Ended)).reason == "silence"


async def test_who_asks_us_to_hold_on_is_given_a_minute(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.says("a check-up tomorrow afternoon")
        await line.says("hold on a second")
        replies = len(line.of(ReplyBegan))
        await line.silence(50)
        assert len(line.of(ReplyBegan)) == replies
        await line.silence(12)
        assert line.of(PartText)[-1].text == STILL_THERE


async def test_a_key_chooses_what_was_read_out(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.says("a check-up tomorrow afternoon")
        line.live.press("2")
        assert "name" in await line.hears_out()
        await line.says("Maria Lopez", 0.6)
        await line.says("yes", 0.3)
    assert len(await booked(desk, clinic)) == 1


async def test_keys_interrupt_us_and_end_after_two_seconds(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.live.respond()
        await line.until_playing(PartAudio)
        for key in "518":
            line.live.press(key)
            await line.silence(0.3)
        assert line.of(Interrupted)
        assert len(line.of(ReplyBegan)) == 1
        await line.silence(2.0)
        await line.until(ReplyBegan, lambda began: began.reply == 2)


async def test_typed_words_are_answered_beside_the_voice(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.says("a check-up with Ana Ruiz tomorrow at 2 pm")
        for words in ("yes please", "Maria Lopez", "yes"):
            line.live.type(words)
            line.live.respond()
            said = await line.hears_out()
        assert "booked" in said
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_without_engines_all_is_typed_and_written(
    conversation: Conversation, clinic: Organisation, desk: Desk
) -> None:
    async with open_line(conversation, clinic, speech=False) as line:
        line.live.respond()
        assert "Willow" in await line.hears_out()
        for words in ("a check-up with Ana Ruiz tomorrow at 2 pm", "yes", "Maria Lopez", "yes"):
            line.live.type(words)
            line.live.respond()
            said = await line.hears_out()
        line.live.hear(b"\0\0" * 1000)
        assert "booked" in said
        assert not line.of(PartAudio)
    assert await booked(desk, clinic) == ["Maria Lopez Tue 14:00 booked"]


async def test_a_card_told_in_pieces_stands_in_no_transcript(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        for said in ("take my card, four five one seven", "nine zero zero one two three"):
            await line.says(said)
        shown = [heard.text for heard in line.of(Transcribed)]
    assert shown == ["take my card, (digits left out)", "(digits left out)"]


async def test_a_client_that_commits_by_itself_is_answered_when_it_asks(
    conversation: Conversation, clinic: Organisation
) -> None:
    manual = replace(SETTINGS, detects_turns=False)
    async with open_line(conversation, clinic, settings=manual) as line:
        await line.speech("a check-up tomorrow afternoon", 1.0)
        await line.silence(3.0)
        assert line.events == []
        line.live.end_utterance()
        line.live.respond()
        await line.until(Committed)
        assert (await line.until(Transcribed)).text == "a check-up tomorrow afternoon"
        assert "?" in await line.hears_out()
        line.live.end_utterance()
        await settle()
        assert len(line.of(Committed)) == 1  # nothing was heard since


async def test_what_was_cleared_is_not_answered(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.speech("a check-up tomorrow afternoon")
        line.live.clear()
        await line.silence(2.0)
        assert [type(event) for event in line.events] == [SpeechBegan, SpeechEnded]


async def test_who_pauses_and_goes_on_is_heard_once_and_whole(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        line.engines.transcriber.slow = asyncio.Event()
        await line.speech("a check-up", 0.6)
        await line.silence(0.2)
        await line.speech("tomorrow afternoon", 0.6)
        assert line.engines.transcriber.dropped == 1
        line.engines.transcriber.slow.set()
        await line.silence(0.8)
        assert [heard.text for heard in line.of(Transcribed)] == ["a check-up tomorrow afternoon"]


async def test_the_names_of_the_business_help_the_recogniser_and_digits_are_announced(
    conversation: Conversation, clinic: Organisation
) -> None:
    async with open_line(conversation, clinic) as line:
        await line.says("what is my appointment please")
        hints = line.engines.transcriber.asked[0][1]
        assert "Ana Ruiz" in hints.names
        assert "Check-up" in hints.names
        assert not hints.digits
