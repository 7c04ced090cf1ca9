"""When the caller begins, pauses, has finished, and interrupts; counted in audio, frame by frame.

Pure: it gets the probability that a frame is speech, whether we are speaking, and words as they
are recognised. Whether an engine is slow never changes what it decides on the same frames and
words, only when.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from voice.understanding.words import plain

FRAME_SAMPLES = 512
FRAME_SECONDS = FRAME_SAMPLES / 16_000
SPEECH = 0.5
"""Probability from which on a frame begins speech."""
STILL_SPEECH = 0.35
"""Probability from which on a frame goes on with it."""

_BRACKETED = re.compile(r"[\[(*][^\])*]*[\])*]")
BACKCHANNELS = frozenset(
    """mm mmm mhm mmhmm mhmm hm hmm uh huh uhhuh um ah oh aha okay ok kay alright all right yeah yep
    yup ya sure right i see got it gotcha cool great good thank you thanks you""".split()
)
"""All that a listener says to keep us going; with "you", which recognisers write for a breath."""
LONGEST_BACKCHANNEL = 4
"""Words."""


class Signal(Enum):
    """What a frame, or words that became known, changed."""

    BEGAN = "began"
    """An utterance."""
    WORDS_SOON = "words soon"
    """Somebody speaks while we do: a guess at the words would help to decide."""
    BARGE_IN = "barge-in"
    """The caller interrupts us: an utterance has begun, and we stop."""
    PAUSED = "paused"
    """All that was said so far may be all: time to recognise it."""
    RESUMED = "resumed"
    """It was not: what was recognised since the pause is out of date."""
    ENDED = "ended"
    """The utterance is whole, and its words are known."""
    PASSED = "passed"
    """What was heard asks for no answer: a cough, or "mm-hmm" while we speak."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of audio."""

    onset: float = 0.064
    """Speech that lasts so long begins an utterance."""
    pause: float = 0.128
    """Silence after which the words are worth recognising: hardly any sound within a word is so
    long, and the recogniser's time begins here."""
    first_words: float = 0.224
    """From the first frame of speech over our own until a first guess at its words is asked for."""
    guess_late: float = 0.192
    """From there: who speaks over us longer interrupts us, if no guess has come."""
    next_words: float = 0.32
    """From a guess of "mm-hmm" until another is asked for: it may go on with "but"."""
    backchannel: float = 1.12
    """A sound of which all guesses are "mm-hmm" interrupts us after so long all the same."""
    longest: float = 28.0
    """What a recogniser takes at once; then the utterance ends wherever it is."""
    gives_up: float = 4.0
    """Silence after which an utterance ends whose words never came."""


@dataclass(slots=True)
class _Sound:
    """What is being heard since the line was last quiet."""

    began: bool
    """Announced as an utterance; else it may still be an interruption or nothing."""
    over_ours: bool
    """It began while we spoke."""
    interrupted: bool = False
    seconds: float = 0.0
    """Since its first frame."""
    silence: float = 0.0
    paused: bool = False
    guess_at: float = 0.0
    """Seconds of speech after which a guess at the words is asked for."""
    guessing: bool = False
    """It was, and has not come."""
    words: str | None = None
    needed: float | None = None
    """Silence that ends it, now that the words are known."""

    @property
    def spoken(self) -> float:
        """Seconds from its first frame to the last that was speech."""
        return self.seconds - self.silence


class Endpointing:
    """Of one call; `step` each frame, `first_words` and `words` whenever there are any."""

    def __init__(self, timing: Timing | None = None) -> None:
        self._timing = timing or Timing()
        self._run = 0
        """Frames of speech in a row, before there is a sound."""
        self._sound: _Sound | None = None

    @property
    def in_utterance(self) -> bool:
        """Whether an utterance has begun and not ended."""
        return self._sound is not None and self._sound.began

    @property
    def hearing(self) -> bool:
        """Whether anything that may be speech has begun and not ended."""
        return self._sound is not None or self._run > 0

    @property
    def silence(self) -> float:
        """Seconds since the last frame of speech in what is being heard."""
        return self._sound.silence if self._sound else 0.0

    def step(self, probability: float, *, speaking: bool) -> Signal | None:
        """One frame; `speaking`: the caller is hearing us, and goes on hearing us for a while."""
        sound = self._sound
        if sound is None:
            return self._quiet_step(probability >= SPEECH, speaking)
        sound.seconds += FRAME_SECONDS
        if probability >= (SPEECH if sound.paused else STILL_SPEECH):
            if sound.paused and not self._full(sound):
                sound.silence = 0.0
                sound.paused, sound.words, sound.needed = False, None, None
                sound.guessing = False
                return Signal.RESUMED
            sound.silence = 0.0
        else:
            sound.silence += FRAME_SECONDS
        return self._utterance_step(sound) if sound.began else self._over_ours_step(sound, speaking)

    def first_words(self, guess: str) -> Signal | None:
        """What the sound over our own seems to be so far."""
        sound = self._sound
        if sound is None or sound.began or sound.paused or not sound.guessing:
            return None
        if not is_backchannel(guess):
            return self._interrupt(sound)
        sound.guessing, sound.guess_at = False, sound.spoken + self._timing.next_words
        return None

    def words(self, words: str, *, needed: float) -> Signal | None:
        """What was said until the pause; after `needed` seconds of silence it is whole."""
        sound = self._sound
        if sound is None or not sound.paused:
            return None
        sound.words, sound.needed = words, needed
        return self._on_words(sound, words, needed) if sound.began else self._judge(sound, words)

    def reset(self) -> None:
        """The line counts as quiet: what was heard has been taken or dropped."""
        self._run, self._sound = 0, None

    def _quiet_step(self, is_speech: bool, speaking: bool) -> Signal | None:
        self._run = self._run + 1 if is_speech else 0
        lasted = self._run * FRAME_SECONDS
        if lasted < self._timing.onset - FRAME_SECONDS / 2:
            return None
        self._run = 0
        soon = self._timing.first_words
        self._sound = _Sound(began=not speaking, over_ours=speaking, seconds=lasted, guess_at=soon)
        return None if speaking else Signal.BEGAN

    def _over_ours_step(self, sound: _Sound, speaking: bool) -> Signal | None:
        if not speaking:
            # We fell silent by ourselves meanwhile: it is an answer like any other.
            sound.began = True
            return Signal.BEGAN
        timing = self._timing
        if self._pauses(sound):
            return Signal.PAUSED
        if sound.silence >= timing.gives_up:
            return self._pass()
        if sound.silence:
            return None
        spoken = sound.spoken + FRAME_SECONDS / 2
        late = sound.guessing and spoken >= sound.guess_at + timing.guess_late
        if late or spoken >= timing.backchannel:
            return self._interrupt(sound)
        if not sound.guessing and spoken >= sound.guess_at:
            sound.guessing = True
            return Signal.WORDS_SOON
        return None

    def _utterance_step(self, sound: _Sound) -> Signal | None:
        if self._pauses(sound):
            return Signal.PAUSED
        if sound.words is not None and sound.needed is not None:
            return self._on_words(sound, sound.words, sound.needed)
        if sound.silence >= self._timing.gives_up:
            return self._pass()
        return None

    def _on_words(self, sound: _Sound, words: str, needed: float) -> Signal | None:
        if not words or sound.interrupted and is_backchannel(words):
            return self._pass()
        if self._full(sound) or sound.silence >= needed - FRAME_SECONDS / 2:
            self.reset()
            return Signal.ENDED
        return None

    def _judge(self, sound: _Sound, words: str) -> Signal:
        """Of a sound over our own that has paused: short as it is, "stop" stops us."""
        return self._pass() if is_backchannel(words) else self._interrupt(sound)

    def _full(self, sound: _Sound) -> bool:
        return sound.seconds >= self._timing.longest

    def _pauses(self, sound: _Sound) -> bool:
        due = sound.silence >= self._timing.pause - FRAME_SECONDS / 2
        if (due or self._full(sound)) and not sound.paused:
            sound.paused = True
            return True
        return False

    def _interrupt(self, sound: _Sound) -> Signal:
        sound.began = sound.interrupted = True
        return Signal.BARGE_IN

    def _pass(self) -> Signal:
        self.reset()
        return Signal.PASSED


def is_backchannel(words: str) -> bool:
    """Whether these words only keep the other side going: "mm-hmm", "okay, yeah"."""
    spoken = plain(_BRACKETED.sub(" ", words)).replace("-", " ").split()
    return len(spoken) <= LONGEST_BACKCHANNEL and BACKCHANNELS.issuperset(spoken)
