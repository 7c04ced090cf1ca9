"""The way to the line: sound leaves in time, and what was played of a reply is known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from voice.live.clock import Clock
from voice.live.events import Event, Mark, PartAudio, PartEnded, ReplyEnded
from voice.live.pacer import Pacer, Piece
from voice.live.playing import Playing
from voice.live.settings import LiveSettings

if TYPE_CHECKING:
    from voice.live.audio import LineIn, LineOut
    from voice.live.echo import Echo

NEARLY_SECONDS = 0.3
"""Of sound left: who speaks now answers, and interrupts nothing."""
LEAST_SLEEP_SECONDS = 0.001
AHEAD_SECONDS = 6.0
"""Of sound that waits to be sent; past that the next sentence is not synthesized yet."""


class Outgoing:
    """What one call sends."""

    def __init__(
        self, settings: LiveSettings, *, clock: Clock, emit: Callable[[Event], None]
    ) -> None:
        self._clock = clock
        self._emit = emit
        self._wake = asyncio.Event()
        self._sent = asyncio.Event()
        self.echo: Echo | None = None
        self.playing: Playing | None = None
        """The reply that is being made, sent or played."""
        self.change(settings)

    def change(self, settings: LiveSettings) -> None:
        """Between replies: how sound leaves from now on."""
        self._format = settings.audio_out
        self.pacer = Pacer(self._format.bytes_a_second, marks=settings.marks)
        self._comes_back: LineIn | None = None

    @property
    def left_seconds(self) -> float:
        """Sound that is there and was not played."""
        return self.pacer.unplayed_seconds(self._clock.now())

    def speaking(self) -> bool:
        """Whether the caller hears us, and goes on hearing us for a while."""
        return self.playing is not None and self.left_seconds > NEARLY_SECONDS

    @property
    def nearly_done(self) -> bool:
        """Whether nothing is left of the reply in hand but its last sound."""
        playing = self.playing
        return playing is None or playing.made and self.left_seconds <= NEARLY_SECONDS

    def line_out(self) -> LineOut:
        """For the sound of one part."""
        from voice.live.audio import LineOut  # needs numpy, which comes with the engines

        return LineOut(self._format)

    def wake(self) -> None:
        """There is something new to send, or the reply is whole."""
        self._wake.set()

    async def room(self) -> None:
        """Until little enough waits to be sent."""
        while self.pacer.waiting_seconds > AHEAD_SECONDS:
            self._sent.clear()
            await self._sent.wait()

    def drop(self) -> float:
        """Send no more; seconds that were played of the reply in hand."""
        position = self.pacer.clear(self._clock.now())
        playing, self.playing = self.playing, None
        self._sent.set()
        return playing.seconds_played(position) if playing else 0.0

    async def pace(self) -> None:
        """Sends what is due, for as long as the call lasts."""
        while True:
            self._wake.clear()
            now = self._clock.now()
            for piece in self.pacer.due(now):
                self._send(piece, now)
            if self.pacer.waiting_seconds <= AHEAD_SECONDS:
                self._sent.set()
            due = self.pacer.next_due(now)
            if due is None:
                await self._woken(self._end_of_reply(now))
            else:
                await self._clock.sleep(max(due, LEAST_SLEEP_SECONDS))

    def _send(self, piece: Piece, now: float) -> None:
        playing = self.playing
        if playing is None:
            return
        if piece.audio:
            playing.times.setdefault("first_audio", now)
            playing.times["last_frame"] = now
            late_ms = round(piece.late * 1000)
            self._emit(PartAudio(playing.number, piece.part, piece.audio, late_ms))
            self._remember(piece)
        if piece.mark:
            self._emit(Mark(piece.mark))
        if piece.ends_part:
            self._emit(PartEnded(playing.number, piece.part))

    def _remember(self, piece: Piece) -> None:
        """What may come back as echo."""
        if self.echo is None:
            return
        if self._comes_back is None:
            from voice.live.audio import LineIn

            self._comes_back = LineIn(self._format)
        self.echo.played(partial(self._comes_back.take, piece.audio), at=piece.plays_at)

    def _end_of_reply(self, now: float) -> float | None:
        """Seconds until all that was sent is played; None when there is nothing to wait for."""
        playing = self.playing
        if playing is None or not playing.made or playing.played.is_set():
            return None
        if not playing.told_end:
            playing.told_end = True
            self._emit(ReplyEnded(playing.number, "completed"))
        left = self.pacer.unplayed_seconds(now)
        if left <= 0:
            playing.played.set()
            return None
        return max(left, 0.005)

    async def _woken(self, seconds: float | None) -> None:
        """Until there is news, and so long at most."""
        if seconds is None:
            await self._wake.wait()
            return
        waking = asyncio.ensure_future(self._wake.wait())
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait((waking, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            sleeping.cancel()
            await asyncio.gather(waking, sleeping, return_exceptions=True)
