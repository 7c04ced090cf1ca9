"""What many calls come to: flawless ones, pass^1 and pass^4 by temper, and what failed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

from rehearsal.goals import TEMPERS, Temper
from rehearsal.support_goals import SPECIALISTS

WORDINGS = 4
"""How often each goal is played, in other words each time."""


APPOINTMENTS = "appointments"
"""Whose callers want nothing of support."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said in a call."""

    who: str
    text: str
    heard: tuple[str, ...] | None = None
    """What a recogniser made of it, an utterance each; None: it was not spoken, or not by a
    caller."""


@dataclass(frozen=True, slots=True)
class Played:
    """One call, graded."""

    business: str
    number: int
    wording: int
    temper: Temper
    wish: str
    shortfalls: tuple[str, ...]
    false_claims: tuple[str, ...]
    turns: int
    transcript: tuple[Line, ...]
    flaws: tuple[str, ...] = ()
    """What a listener would not have liked: of a call that ended well, too."""
    specialist: str = APPOINTMENTS
    """Who of ours had to see to it."""

    @property
    def flawless(self) -> bool:
        """Whether the goal was reached in a way that nobody could complain of."""
        return self.passed and not self.flaws

    @property
    def passed(self) -> bool:
        """Whether the goal was reached and nothing false was said."""
        return not self.shortfalls and not self.false_claims


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one temper or specialist, or of all."""

    title: str
    callers: int
    calls: int
    flawless: float
    pass_1: float
    pass_4: float
    turns: float
    false_claims: int


def rows(played: Sequence[Played]) -> list[Row]:
    """A row for each temper that was played, and the last for all."""
    by_temper = {temper: [each for each in played if each.temper == temper] for temper in TEMPERS}
    made = [row(temper, calls) for temper, calls in by_temper.items() if calls]
    return [*made, row("all", played)]


def specialist_rows(played: Sequence[Played]) -> list[Row]:
    """A row for each specialist whose callers were played, and for appointments."""
    names = (*SPECIALISTS, APPOINTMENTS)
    by_specialist = {name: [each for each in played if each.specialist == name] for name in names}
    return [row(name, calls) for name, calls in by_specialist.items() if calls]


def row(title: str, played: Sequence[Played]) -> Row:
    """Averages; pass^k is the chance that k of a caller's calls, drawn at random, all pass."""
    callers = list(_by_caller(played))
    return Row(
        title,
        callers=len(callers),
        calls=len(played),
        flawless=_mean(each.flawless for each in played),
        pass_1=_mean(pass_power(calls, 1) for calls in callers),
        pass_4=_mean(pass_power(calls, min(4, len(calls))) for calls in callers),
        turns=_mean(each.turns for each in played),
        false_claims=sum(len(each.false_claims) for each in played),
    )


def failures(played: Sequence[Played]) -> dict[str, int]:
    """In how many calls something of each kind went wrong, the commonest first."""
    counted = Counter(kind for each in played for kind in kinds_of(each))
    return dict(counted.most_common())


def kinds_of(played: Played) -> set[str]:
    """What kinds of things went wrong, without what they went wrong with."""
    lines = (*played.shortfalls, *("false claim" for _ in played.false_claims), *played.flaws)
    return {re.sub(r"\d+ ", "", re.split(r": | with the wrong", line)[0]) for line in lines}


def pass_power(calls: Sequence[Played], k: int) -> float:
    """The share of all ways to draw k of the calls in which every one passed."""
    passed = sum(each.passed for each in calls)
    return comb(passed, k) / comb(len(calls), k)


def _by_caller(played: Sequence[Played]) -> Iterable[list[Played]]:
    groups: dict[int, list[Played]] = {}
    for each in played:
        groups.setdefault(each.number, []).append(each)
    return groups.values()


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
