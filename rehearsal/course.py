"""How a call went beside its end: turns that were needed, questions put again, and unanswered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from rehearsal.questions import Asked
from scheduling.business import Business

MOST_PUT = 2
MOST_BORNE = 5
MOST_TOO_MANY = 3
ANSWER_WITHIN = 2
"""Replies: what does not fit into one comes with the next."""


@dataclass
class Course:
    """One call, counted from the caller's side."""

    matter: int = 0
    """Which of the caller's matters is in hand."""
    turns: int = 0
    needed: int = 0
    told: set[tuple[int, str]] = field(default_factory=set)
    """What was told, by the matter that it was told for."""
    put: Counter[tuple[int, str]] = field(default_factory=Counter)
    """How often a question of ours was put that had nothing in between."""
    asked: list[tuple[Asked, int]] = field(default_factory=list)
    """Questions that wait for an answer, and the turn in which they were put."""
    unanswered: list[Asked] = field(default_factory=list)
    by_himself: bool = True
    """Whether the last turn did something of its own, which a question put again may follow."""

    def said(
        self,
        *details: str,
        own: bool = False,
        needed: bool = True,
        answers: bool = True,
    ) -> None:
        """A turn of the caller: what it told, or that it was one of his own making, and whether
        it says what was asked for."""
        self.turns += 1
        fresh = {(self.matter, detail) for detail in details} - self.told
        self.told |= fresh
        self.needed += bool((fresh and needed) or own)
        self.by_himself = own or not answers

    def ask(self, question: Asked) -> None:
        """With the turn that is being said."""
        self.asked.append((question, self.turns))

    def heard(self, text: str, question: str | None, business: Business, today: date) -> None:
        """A reply."""
        if question is not None:
            key = (self.matter, question)
            self.put[key] += not self.by_himself or not self.put[key]
        waiting = []
        for asked, turn in self.asked:
            if asked.answered_by(text, business, today):
                continue
            if self.turns - turn + 1 >= ANSWER_WITHIN:
                self.unanswered.append(asked)
            else:
                waiting.append((asked, turn))
        self.asked = waiting

    @property
    def goes_round(self) -> bool:
        """Whether we ask for the same thing so often that nobody would stay."""
        return any(
            times > MOST_BORNE
            for (_, question), times in self.put.items()
            if question not in ("anything else", "help")
        )

    def flaws(self) -> list[str]:
        """What a listener would not have liked, a line each."""
        found = [
            f"question not answered ({each.topic}): {each.words}"
            for each in (*self.unanswered, *(asked for asked, _ in self.asked))
        ]
        found += [
            f"question put {times} times: {question}"
            for (_, question), times in self.put.items()
            if times > MOST_PUT and question not in ("anything else", "help")
        ]
        if self.turns - self.needed > MOST_TOO_MANY:
            found.append(f"{self.turns - self.needed} turns more than needed")
        return found
