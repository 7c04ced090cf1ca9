"""One reply on its way to the line: its parts become sound, and what was played is known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voice.live.events import Event, PartText
from voice.live.pacer import Pacer, heard_characters
from voice.speech.engines import Synthesizer
from voice.turn import HangUp, Part, Say, Transfer

if TYPE_CHECKING:
    from voice.live.audio import LineOut
    from voice.live_reply import LiveReply

CHARACTERS_A_SECOND = 14.0
"""How fast we speak, for a sentence whose sound is not whole yet."""


@dataclass(frozen=True, slots=True)
class Voice:
    """With what a reply is spoken, and to whom."""

    pacer: Pacer
    emit: Callable[[Event], None]
    wake: Callable[[], None]
    """There is something new to send."""
    room: Callable[[], Awaitable[None]]
    """Waits while much sound waits to be sent: what is cut off was then not made for nothing."""
    synthesizer: Synthesizer | None
    """None: the reply is written, and heard as soon as it is."""
    line_out: Callable[[], LineOut]


@dataclass(slots=True)
class Saying:
    """A part that is being said, or what was left of it."""

    index: int
    """Of the part in the live reply."""
    offset: int
    """Characters of the part that were heard before."""
    text: str
    seconds: float = 0.0
    """Of its sound, so far."""
    whole: bool = False
    """Its sound is all there."""

    def heard(self, seconds: float) -> int:
        """Characters of the part, from its beginning, after so much of this sound."""
        length = self.seconds
        if not self.whole:
            length = max(length, len(self.text) / CHARACTERS_A_SECOND)
        share = seconds / length if length else 1.0
        return self.offset + heard_characters(self.text, share)


@dataclass(frozen=True, slots=True)
class Cut:
    """How far a reply was heard."""

    part: int
    """In the reply as events tell it."""
    milliseconds: int
    """Of that part."""
    words: str
    """Of that part."""


class Playing:
    """One reply. `run` makes its sound; the call's pacing sends it and says when it was played."""

    def __init__(
        self,
        number: int,
        parts: AsyncIterator[Part],
        voice: Voice,
        *,
        live: LiveReply | None = None,
        begins_with: Saying | None = None,
    ) -> None:
        """`begins_with`: the part with which a reply goes on that was cut for nothing; `parts` are
        those after it."""
        self.number = number
        self.live = live
        self.acts: list[Transfer | HangUp] = []
        self.made = False
        """All parts are there, and all their sound."""
        self.told_end = False
        """`ReplyEnded` was told."""
        self.played = asyncio.Event()
        """All of it was heard."""
        self.sayings: list[Saying] = []
        self.times: dict[str, float] = {}
        """When each step came, by the playback clock."""
        self._parts = parts
        self._voice = voice
        self._first = begins_with
        self._next_index = begins_with.index + 1 if begins_with else 0
        self._began_at = voice.pacer.sent_seconds

    async def run(self) -> None:
        """Until all sound is with the pacer. Raises what the reply or the engine raises."""
        if self._first is not None:
            await self._say(self._first)
        async for part in self._parts:
            index, self._next_index = self._next_index, self._next_index + 1
            if isinstance(part, Say):
                await self._say(Saying(index, 0, part.text))
            else:
                self.acts.append(part)
        self.made = True
        self._voice.wake()

    def note_times(self) -> dict[str, int]:
        """The steps in milliseconds from the arrival of the turn, for the journal too; earlier
        ones are negative."""
        arrived, steps = self.times["arrived"], self.times.items()
        timings = {what: round((at - arrived) * 1000) for what, at in steps if what != "arrived"}
        for what, milliseconds in timings.items():
            if self.live is not None:
                self.live.note(what, milliseconds)
        return timings

    def seconds_played(self, position: float) -> float:
        """Of this reply's sound, when the line is at that position."""
        return max(0.0, position - self._began_at)

    def cut(self, seconds: float) -> Cut:
        """Where the reply is after so many seconds of its sound; tells the live reply."""
        here, before = 0, 0.0
        for at, saying in enumerate(self.sayings):
            if at and seconds <= before:
                break
            here, before = at, before + saying.seconds
        if not self.sayings:
            return Cut(0, 0, "")
        saying = self.sayings[here]
        if self._voice.synthesizer is None:
            return Cut(here, 0, saying.text)
        into = max(0.0, min(seconds - (before - saying.seconds), saying.seconds))
        characters = saying.heard(into) if into else saying.offset
        if self.live is not None:
            self.live.heard(saying.index, characters)
        words = saying.text[: characters - saying.offset]
        return Cut(here, round(into * 1000), words)

    def rest(self, cut: Cut) -> Saying | None:
        """What was left of the part that was cut, if only nothing; None before the first."""
        if not self.sayings:
            return None
        saying = self.sayings[cut.part]
        left = saying.text[len(cut.words) :].lstrip()
        heard = len(saying.text) - len(left)
        return Saying(saying.index, saying.offset + heard, left)

    async def _say(self, saying: Saying) -> None:
        voice, part = self._voice, len(self.sayings)
        self.sayings.append(saying)
        if not saying.text.strip():
            saying.whole = True
            return
        voice.emit(PartText(self.number, part, saying.text))
        if voice.synthesizer is None:
            saying.whole = True
            if self.live is not None:
                self.live.heard(saying.index)
            return
        line = voice.line_out()
        async with aclosing(pieces_of(voice.synthesizer, saying.text)) as pieces:
            async for piece in pieces:
                self._add(saying, part, line.take(piece))
        self._add(saying, part, line.take(b"", last=True), ends_part=True)
        saying.whole = True
        await voice.room()

    def _add(self, saying: Saying, part: int, audio: bytes, *, ends_part: bool = False) -> None:
        if audio or ends_part:
            saying.seconds += self._voice.pacer.seconds(audio)
            self._voice.pacer.add(part, audio, ends_part=ends_part)
            self._voice.wake()


async def pieces_of(synthesizer: Synthesizer, text: str) -> AsyncGenerator[bytes, None]:
    """The sound of a text; who stops before the end closes this, and the engine with it."""
    spoken = synthesizer.speak(text)
    try:
        async for piece in spoken:
            yield piece
    finally:
        if hasattr(spoken, "aclose"):
            await spoken.aclose()


async def one_after_another(*parts: Part) -> AsyncGenerator[Part, None]:
    """Parts that are there already."""
    for part in parts:
        yield part
