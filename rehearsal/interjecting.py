"""What a caller says beside the matter: questions, asking us to say it again, making us wait."""

from __future__ import annotations

from dataclasses import dataclass

from rehearsal.course import Course
from rehearsal.hearing import Heard, split_sentences
from rehearsal.questions import AFTERWARDS, ANYWHERE, Asked, draw_question
from rehearsal.voicing import Voice

MOST_ASIDES = 3
MOST_REPEATS = 2
SETTLED = ("anything else", "help", "person", "open", "which matter")
"""Questions at which nobody has anything of his own to put in first."""
_OF_SOMETHING_ELSE = "doctor|of what|who"


@dataclass
class Interjections:
    """One caller's, counted."""

    voice: Voice
    course: Course
    asides: int = 0
    repeats: int = 0

    def between(self, heard: Heard) -> str | None:
        """Instead of an answer."""
        manner, random = self.voice.manner, self.voice.random
        if heard.question is None or heard.done:
            return None
        if self.repeats < MOST_REPEATS and random.random() < manner.mishears:
            if words := self._again(heard):
                return words
        if heard.question in SETTLED or self.asides >= MOST_ASIDES:
            return None
        if random.random() < manner.wanders and (words := self._wanders()):
            return words
        return self._question(ANYWHERE) if random.random() < manner.asks else None

    def afterwards(self, heard: Heard) -> str | None:
        """Once all is done, something else comes to mind."""
        asks = self.voice.random.random() < self.voice.manner.asks
        if not heard.done or self.asides >= MOST_ASIDES or not asks:
            return None
        return self._question(AFTERWARDS)

    def with_an_answer(self, topic: str, words: str) -> None:
        """A question came with the turn that was just counted."""
        self.asides += 1
        self.course.ask(Asked(topic, words))

    def _again(self, heard: Heard) -> str | None:
        words = self.voice.say(
            ("choose", "confirm", "date"), ("ask:repeat",), self.voice.content(),
            unless=_OF_SOMETHING_ELSE,
        )  # fmt: skip
        if words is not None:
            self.repeats += 1
            self._own_turn(Asked("repeat", words, _last_said(heard.text)))
        return words

    def _wanders(self) -> str | None:
        ways = (("hold",), ("noise:aside",), ("social:chat",))
        asked = ("choose", "confirm", "phone", "name")
        words = self.voice.one_of(asked, ways, self.voice.content())
        if words is not None:
            self.asides += 1
            self._own_turn()
        return words

    def _question(self, topics: tuple[str, ...]) -> str | None:
        asked = draw_question(topics, self.voice.content(), self.voice.random, self.voice.used)
        if asked is None:
            return None
        self.asides += 1
        self._own_turn(asked)
        return asked.words

    def _own_turn(self, asked: Asked | None = None) -> None:
        self.course.said(own=True)
        if asked is not None:
            self.course.ask(asked)


def _last_said(reply: str) -> str:
    """What there is to say again: the offer or read-back with its question."""
    return " ".join(split_sentences(reply)[-2:])
