"""What comes in, in the order in which it came: sound, words, keys, and what the client asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from voice.live.clock import Clock
from voice.live.endpointing import Signal
from voice.live.engines import CallEngines
from voice.live.events import (
    Committed,
    SpeechBegan,
    SpeechEnded,
    Transcribed,
    TranscriptionFailed,
)
from voice.live.hooks import CallHooks
from voice.live.keys import Keys
from voice.live.replies import Replies
from voice.live.settings import LiveSettings
from voice.live.silence import Breaks, Silence
from voice.speech.engines import Hints, Transcript
from voice.turn_end import asks_to_wait, pause_before_reply

if TYPE_CHECKING:
    from voice.live.hearing import Hearing

STILL_THERE = "Are you still there?"
SILENT_GOODBYE = "I can't hear you, so I'll hang up now. Please call again any time. Goodbye."
NOT_UNDERSTOOD = "I'm sorry, I didn't catch that. Could you say it again?"


class Attention:
    """What one call makes of what its line and its client bring; all but `take` is at once."""

    def __init__(
        self, replies: Replies, *, settings: LiveSettings, hooks: CallHooks, clock: Clock
    ) -> None:
        self._replies = replies
        self._settings = settings
        self._hooks = hooks
        self._clock = clock
        self._hearing: Hearing | None = None
        self._silence = Silence()
        self._keys = Keys()
        self._utterances = 0
        self._announced = False
        """`SpeechBegan` was told and `SpeechEnded` not yet."""
        self._committing = 0
        """Utterances whose words were asked for and have not come."""
        self._response_owed = False
        self._likely_all = False
        """The words of the last pause seldom go on."""
        self._said_so_far: list[str] = []
        """Said or typed, and not answered yet."""

    def begin(self, engines: CallEngines) -> None:
        """From here on the call can hear."""
        from voice.live.hearing import Hearing, Listening  # numpy comes with the engines

        self._hearing = Hearing(
            engines,
            Listening(
                self._signalled, self._not_understood, self._hints, self._pause_needed, self._known
            ),
            line=self._settings.audio_in,
            spawn=self._hooks.spawn,
            clock=self._clock,
        )
        self._hearing.detects_turns = self._settings.detects_turns
        self._replies.out.echo = self._hearing.echo

    async def take(self, audio: bytes) -> None:
        """Sound from the line; without engines it is dropped."""
        seconds = len(audio) / self._settings.audio_in.bytes_a_second
        if self._hearing is None:
            return
        await self._hearing.take(audio, self._replies.out.speaking)
        if keys := self._keys.step(seconds):
            self._replies.ask(keys, keys=(keys,))
        if self._hearing.hearing or self._committing or self._keys.pressing:
            return
        if self._replies.busy:
            self._silence.spoke()
        elif self._settings.detects_turns and (breaks := self._silence.step(seconds)):
            leaving = breaks is Breaks.GOODBYE
            sentence = SILENT_GOODBYE if leaving else STILL_THERE
            self._replies.say(sentence, then="silence" if leaving else None)

    def change(self, settings: LiveSettings) -> None:
        """From the next piece of sound and the next reply on."""
        if self._hearing is not None:
            if settings.audio_in != self._settings.audio_in:
                self._hearing.change_line(settings.audio_in)
            if settings.detects_turns != self._settings.detects_turns:
                self._hearing.clear()
                self._hearing.detects_turns = settings.detects_turns
        self._settings = settings
        self._replies.change(settings)

    def type(self, text: str) -> None:
        """Words typed beside the voice."""
        self._said_so_far.append(text)

    def press(self, key: str) -> None:
        """One key of the telephone; it interrupts us."""
        self._silence.heard()
        self._replies.interrupt()
        if keys := self._keys.press(key, self._replies.awaited.asked):
            self._replies.ask(keys, keys=(keys,))

    def end_utterance(self) -> None:
        """What was heard since the last utterance becomes one."""
        if self._hearing is None:
            return
        self._tell_speech(began=False)
        self._utterances += 1
        if self._hearing.whole_so_far(partial(self._committed, self._utterances)):
            self._committing += 1
            self._hooks.emit(Committed(self._utterances))
        else:
            self._utterances -= 1

    def _committed(self, utterance: int, heard: Transcript | None) -> None:
        self._committing -= 1
        if heard is None:
            self._hooks.emit(TranscriptionFailed(utterance))
            self._replies.say(NOT_UNDERSTOOD)
            return
        self._transcribed(utterance, heard)
        # When its last sound came nobody knows: no turn was looked for.
        self._replies.steps_before(words=self._clock.now())
        self._said(heard.text)

    def clear(self) -> None:
        """What was heard since the last utterance is dropped."""
        self._replies.unprepare()
        if self._hearing is not None:
            self._hearing.clear()
            self._tell_speech(began=False)

    def respond(self) -> None:
        """Answer what was said and typed, or what is still being recognised."""
        if self._committing:
            self._response_owed = True
        elif self._said_so_far:
            self._silence.heard()
            self._answer()
        elif not self._replies.answering:
            self._replies.greet_or_ask()

    def _answer(self) -> None:
        self._response_owed = False
        text = _joined(*self._said_so_far)
        self._said_so_far.clear()
        self._replies.ask(text)

    def _signalled(self, signal: Signal, heard: Transcript | None) -> None:
        """An utterance, or what only seemed one, came a step further."""
        match signal:
            case Signal.BEGAN | Signal.BARGE_IN:
                self._silence.heard()
                self._tell_speech(began=True)
                barge_in = signal is Signal.BARGE_IN
                if barge_in or not self._replies.out.nearly_done:
                    self._replies.interrupt(barge_in=barge_in, may_go_on=True)
            case Signal.RESUMED:
                self._replies.unprepare()
            case Signal.PASSED:
                self._tell_speech(began=False)
                self._replies.go_on()
            case Signal.ENDED if heard is not None:
                self._tell_speech(began=False)
                self._steps_before()
                self._utterance(heard)
            case _:
                pass

    def _not_understood(self) -> None:
        """The recogniser failed over an utterance."""
        self._tell_speech(began=False)
        self._utterances += 1
        self._hooks.emit(Committed(self._utterances))
        self._hooks.emit(TranscriptionFailed(self._utterances))
        self._replies.say(NOT_UNDERSTOOD)

    def _hints(self) -> Hints:
        """The business's own words, and whether digits or letters are awaited."""
        awaited = self._replies.awaited
        whole = awaited.is_whole_number if awaited.digits else None
        return Hints(
            self._replies.names,
            digits=awaited.digits,
            signs=awaited.asked == "reference",
            letters=awaited.letters,
            words_for_letters=awaited.words_for_letters,
            is_whole=whole,
        )

    def _pause_needed(self, words: str) -> float:
        """By what was said and asked."""
        awaited, ordinary = self._replies.awaited, self._settings.silence_seconds
        needed = pause_before_reply(words, awaited, ordinary=ordinary)
        self._likely_all = needed <= ordinary
        return needed

    def _known(self, words: str) -> None:
        """Of an utterance that is likely to be all; the silence goes on meanwhile."""
        if words and self._likely_all and self._answers_by_itself:
            self._replies.prepare(_joined(*self._said_so_far, words))

    @property
    def _answers_by_itself(self) -> bool:
        return self._settings.answers_turns and self._settings.detects_turns

    def _steps_before(self) -> None:
        if self._hearing is not None:
            self._replies.steps_before(
                last_sound=self._hearing.last_sound_at, words=self._hearing.words_at
            )

    def _tell_speech(self, *, began: bool) -> None:
        if self._announced != began and self._hearing is not None:
            self._announced = began
            at_ms = round(self._hearing.seconds * 1000)
            self._hooks.emit(SpeechBegan(at_ms) if began else SpeechEnded(at_ms))

    def _utterance(self, heard: Transcript) -> None:
        """A whole utterance of a turn that our own ear found."""
        self._utterances += 1
        self._hooks.emit(Committed(self._utterances))
        self._transcribed(self._utterances, heard)
        self._said(heard.text)

    def _transcribed(self, utterance: int, heard: Transcript) -> None:
        """As its client may show and keep it."""
        text = self._replies.as_kept(heard.text, self._said_so_far)
        self._hooks.emit(Transcribed(utterance, text, heard.seconds))

    def _said(self, text: str) -> None:
        self._silence.heard()
        if asks_to_wait(text, self._replies.awaited):
            self._silence.hold()
        self._said_so_far.append(text)
        if self._answers_by_itself or self._response_owed:
            self._answer()


def _joined(*texts: str) -> str:
    return " ".join(filter(None, (each.strip() for each in texts)))
