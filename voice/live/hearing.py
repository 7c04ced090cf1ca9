"""From the frames of a line to utterances: voice activity, endpointing, and the words in time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import structlog

from voice.live.audio import LineIn
from voice.live.audio_format import AudioFormat
from voice.live.clock import Clock
from voice.live.echo import Echo
from voice.live.endpointing import FRAME_SAMPLES, FRAME_SECONDS, SPEECH, Endpointing, Signal
from voice.live.engines import CallEngines
from voice.live.loudness import Loudness
from voice.live.resampling import Samples
from voice.speech.engines import HEARD_RATE, EngineFailed, Hints, Transcript
from voice.turn_end import FINISHED_SECONDS

log = structlog.stdlib.get_logger(__name__)

BEFORE_FRAMES = 10
"""Kept from before speech is noticed: its first sound is often too soft to be noticed."""
WAITS_AFTER_SECONDS = FINISHED_SECONDS - FRAME_SECONDS
"""Of silence: no turn ends sooner, and from here on the words decide."""
LONGEST_SECONDS = 28
"""A recogniser takes no more at once."""
WORDS_SECONDS = 6.0
"""A recogniser that is later than this has failed."""
MOST_WITHOUT_TURNS = 120 * HEARD_RATE
"""Samples kept where the client says itself when an utterance is whole; older ones go."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Who is told what the line brings, and what depends on the call."""

    signalled: Callable[[Signal, Transcript | None], None]
    """Something began, paused, ended; with an utterance that ended, its words."""
    not_understood: Callable[[], None]
    """The recogniser failed over an utterance, which is dropped."""
    hints: Callable[[], Hints]
    """What the caller is likely to say."""
    pause_needed: Callable[[str], float]
    """Seconds of silence after which these words are all."""
    known: Callable[[str], None]
    """The words until now, while it is waited for whether that is all."""


class Hearing:
    """The ear of one call. `take` is called by one task; recognising runs beside it."""

    def __init__(
        self,
        engines: CallEngines,
        listening: Listening,
        *,
        line: AudioFormat,
        spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
        clock: Clock,
    ) -> None:
        self._transcriber = engines.transcriber
        self._judge = engines.voice_activity()
        self._listening = listening
        self._spawn = spawn
        self._clock = clock
        self._line_in = LineIn(line)
        self._endpointing = Endpointing()
        self._rest = np.empty(0, np.float32)
        self._kept: deque[Samples] = deque()
        """The utterance so far, or what came just before one."""
        self._recognising: asyncio.Task[None] | None = None
        self._words: Transcript | None = None
        self._loudness = Loudness()
        self.echo = Echo()
        self.detects_turns = True
        self.seconds = 0.0
        """Of audio counted in."""
        self.last_sound_at = 0.0
        """When the last frame of speech came, by the playback clock."""
        self.words_at = 0.0
        """When the words of the last utterance were there."""

    @property
    def in_utterance(self) -> bool:
        """Whether the caller is speaking and has not finished."""
        return self._endpointing.in_utterance

    @property
    def hearing(self) -> bool:
        """Whether anything that may be speech is being heard."""
        return self._endpointing.hearing

    def change_line(self, line: AudioFormat) -> None:
        """From the next piece on the line sends this."""
        self._line_in = LineIn(line)

    async def take(self, audio: bytes, speaking: Callable[[], bool]) -> None:
        """Judge frame by frame; waits for the words where all depends on them, so that what is
        decided never depends on how fast sound comes in."""
        for frame in self._frames(audio):
            self.seconds += FRAME_SECONDS
            self._keep(frame)
            if not self.detects_turns:
                continue
            probability = self._probability(frame)
            signal = self._endpointing.step(probability, speaking=speaking())
            if signal is not None:
                self._on(signal)
            task, paused = self._recognising, self._endpointing.silence
            if task is not None and self.in_utterance and paused >= WAITS_AFTER_SECONDS:
                await asyncio.wait([task])
            elif self.hearing:
                await asyncio.sleep(0)

    def whole_so_far(self, whole: Callable[[Transcript | None], None]) -> bool:
        """What was heard becomes an utterance; `whole` is told its words, None when they cannot
        be had. False when nothing was heard."""
        samples = np.concatenate(self._kept) if self._kept else np.empty(0, np.float32)
        self.clear()
        if not len(samples):
            return False
        self._spawn(self._recognise_whole(samples, whole))
        return True

    def clear(self) -> None:
        """What was heard is dropped; half a frame stays, it is the beginning of the next."""
        self._drop_recognising()
        self._endpointing.reset()
        self._kept.clear()

    def _frames(self, audio: bytes) -> Iterator[Samples]:
        samples = np.concatenate((self._rest, self._line_in.take(audio)))
        whole = len(samples) - len(samples) % FRAME_SAMPLES
        self._rest = samples[whole:]
        for at in range(0, whole, FRAME_SAMPLES):
            yield samples[at : at + FRAME_SAMPLES]

    def _keep(self, frame: Samples) -> None:
        self._kept.append(frame)
        most = BEFORE_FRAMES
        if not self.detects_turns:
            most = MOST_WITHOUT_TURNS // FRAME_SAMPLES
        if not self._endpointing.hearing:
            while len(self._kept) > most:
                self._kept.popleft()

    def _probability(self, frame: Samples) -> float:
        probability = float(self._judge.probability(frame))
        self.echo.heard(frame)
        speech, now = probability >= SPEECH, self._clock.now()
        if speech and self.echo.comes_back(now):
            return 0.0
        if self._loudness.faint(frame, speech=speech):
            return 0.0
        if speech:
            self.last_sound_at = now
        return probability

    def _on(self, signal: Signal) -> None:
        heard = self._words
        if signal in (Signal.PAUSED, Signal.WORDS_SOON):
            self._start_recognising(first=signal is Signal.WORDS_SOON)
        elif signal in (Signal.RESUMED, Signal.PASSED, Signal.ENDED):
            self._drop_recognising()
        if signal in (Signal.PASSED, Signal.ENDED):
            self._kept.clear()
        self._listening.signalled(signal, heard if signal is Signal.ENDED else None)

    def _start_recognising(self, *, first: bool) -> None:
        self._drop_recognising()
        samples = np.concatenate(self._kept)
        self._recognising = self._spawn(self._recognise(samples, first=first))

    def _drop_recognising(self) -> None:
        task, self._recognising, self._words = self._recognising, None, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()

    async def _recognise(self, samples: Samples, *, first: bool) -> None:
        me = asyncio.current_task()
        try:
            heard = await self._transcribed(samples, glimpse=first)
        except (EngineFailed, TimeoutError) as error:
            log.warning("recogniser failed", error=type(error).__name__)
            if self._recognising is me and not first:
                self.clear()
                self._listening.not_understood()
            return
        if self._recognising is not me:
            return
        self._recognising = None
        if first:
            signal = self._endpointing.first_words(heard.text)
            if signal is not None:
                self._on(signal)
            return
        self._words, self.words_at = heard, self._clock.now()
        needed = self._listening.pause_needed(heard.text)
        signal = self._endpointing.words(heard.text, needed=needed)
        if signal is not None:
            self._on(signal)
        elif self.in_utterance:
            self._listening.known(heard.text)

    async def _recognise_whole(
        self, samples: Samples, whole: Callable[[Transcript | None], None]
    ) -> None:
        try:
            whole(await self._transcribed(samples))
        except (EngineFailed, TimeoutError) as error:
            log.warning("recogniser failed", error=type(error).__name__)
            whole(None)

    async def _transcribed(self, samples: Samples, *, glimpse: bool = False) -> Transcript:
        hints = replace(self._listening.hints(), glimpse=glimpse)
        texts = []
        most = LONGEST_SECONDS * HEARD_RATE
        for at in range(0, len(samples), most):
            async with self._clock.deadline(WORDS_SECONDS):
                transcript = await self._transcriber.transcribe(samples[at : at + most], hints)
            texts.append(transcript.text.strip())
        return Transcript(" ".join(filter(None, texts)), len(samples) / HEARD_RATE)
