"""Scores the grammar of dates on two public suites and on appointment dialogues.

Reads RINGBOOK_TEST_DATA/data/dates/*_dev.jsonl and …/dialogues/sgd_appointments_dev.jsonl.
Each suite has conventions of its own, so they are reported apart; `benchmarks/date_suites.py` says
what counts as right.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time as stopwatch
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from benchmarks.date_suites import Case, by_choice, matches_duckling, matches_recognizers
from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Context, When

SUITES = {"Recognizers-Text": "recognizers-text-en", "Duckling": "duckling-time-en"}
FLOORS = {"Recognizers-Text": 0.89, "Duckling": 0.86, "SGD": 0.98}
MOST_WRONG = {"Recognizers-Text": 0.088, "Duckling": 0.087}
DUCKLING_ZONE = "Etc/GMT+2"
"""Duckling reads its corpus at UTC-2; the other suite names no zone."""
FALSE_FINDS = 2


@dataclass
class Score:
    """How many cases were right, wrong and left unanswered."""

    right: int = 0
    wrong: int = 0
    unanswered: int = 0
    by_choice: int = 0
    """Wrong by the suite, right by a choice that ARCHITECTURE.md gives the reason for."""
    missed: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return self.right + self.wrong + self.unanswered

    @property
    def exact(self) -> float:
        return self.right / max(self.cases, 1)

    @property
    def wrong_among_answered(self) -> float:
        return self.wrong / max(self.right + self.wrong, 1)


def rows(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def score_suite(name: str, cases: list[Case]) -> Score:
    score = Score()
    zone = DUCKLING_ZONE if name == "Duckling" else None
    for case in cases:
        reference = datetime.fromisoformat(case["reference_datetime"])
        times = read_times(case["phrase"], Context(now=reference, zone=zone))
        expected = case["expected"][-1]
        if not times.found:
            score.unanswered += 1
            score.missed.append(f"  none  {case['phrase']!r} {wanted_text(expected)}")
            continue
        only = times.found[0]
        right = len(times.found) == 1 and (
            matches_duckling(only, expected, reference)
            if name == "Duckling"
            else matches_recognizers(only, expected)
        )
        score.right += right
        score.wrong += not right
        if not right:
            score.by_choice += len(times.found) == 1 and by_choice(only, expected, case["phrase"])
            given = " + ".join(when_text(when) for when in times.found)
            score.missed.append(
                f"  wrong {case['phrase']!r} @ {case['reference_datetime']}"
                f" wanted {wanted_text(expected)} got {given}"
            )
    return score


def when_text(when: When) -> str:
    value = when.value if when.value is not None else f"{when.start}..{when.end}"
    return f"{when.kind} {value}"


def wanted_text(expected: Case) -> str:
    value = expected.get("value") or f"{expected.get('start')}..{expected.get('end')}"
    return f"{expected['kind']} {value}"


def false_finds(cases: list[Case]) -> list[str]:
    """Sentences without a time in which one was found."""
    found = []
    for case in cases:
        reference = datetime.fromisoformat(case["reference_datetime"])
        times = read_times(case["text"], Context(now=reference))
        if times.found:
            found.append(f"  {case['text'][:80]!r}: {', '.join(w.text for w in times.found)}")
    return found


def score_dialogues(path: Path) -> Score:
    """Appointment turns in which every date and time said is found and no other."""
    score = Score()
    for dialogue in rows(path):
        reference = datetime.fromisoformat(dialogue["reference_date"])
        for turn in dialogue["turns"]:
            if turn["speaker"] != "user" or not turn["service"].startswith("Services_"):
                continue
            slots = turn.get("slots", {})
            days = {slot["value"] for name, slot in slots.items() if name.endswith("_date")}
            clocks = {slot["value"] for name, slot in slots.items() if name.endswith("_time")}
            if not days and not clocks:
                continue
            got_days, got_clocks = said_in(turn["text"], reference)
            right = got_days == days and got_clocks == clocks
            score.right += right
            score.wrong += not right
            if not right:
                score.missed.append(
                    f"  {turn['text']!r} wanted {sorted(days | clocks)} got {got_days} {got_clocks}"
                )
    return score


def said_in(text: str, reference: datetime) -> tuple[set[str], set[str]]:
    days: set[str] = set()
    clocks: set[str] = set()
    for when in read_times(text, Context(now=reference)).found:
        value = when.value if when.value is not None else when.start or when.end
        if isinstance(value, date):
            days.add(value.isoformat()[:10])
        if isinstance(value, datetime | time):
            clocks.add(f"{value:%H:%M}")
    return days, clocks


def timed(texts: list[str]) -> tuple[float, float]:
    """Milliseconds of processor time for one sentence: the median and the 99th percentile."""
    context = Context(now=datetime.fromisoformat("2026-11-21T10:00"))
    spent = []
    for text in texts:
        begun = stopwatch.thread_time()
        read_times(text, context)
        spent.append((stopwatch.thread_time() - begun) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=100)[98]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("RINGBOOK_TEST_DATA"))
    parser.add_argument("--missed", action="store_true", help="print what was not right")
    parser.add_argument("--floors", action="store_true", help="fail below the pinned floors")
    options = parser.parse_args()
    if not options.data:
        parser.error("name the folder of the public data: --data or RINGBOOK_TEST_DATA")
    figures = measured(Path(options.data))
    report(figures)
    if options.missed:
        for name, score in (*figures.suites.items(), ("SGD", figures.turns)):
            print("\n".join([f"\n{name}", *score.missed]))
        print("\n".join(["\nfalse finds", *figures.false_finds]))
    low = below_floors(figures)
    if options.floors and low:
        raise SystemExit("below the floor: " + ", ".join(low))


@dataclass
class Figures:
    """All that is measured in one go."""

    suites: dict[str, Score]
    turns: Score
    negatives: int
    false_finds: list[str]
    texts: list[str]


def measured(folder: Path) -> Figures:
    """The figures of the suites, of the dialogues, and of sentences without a time."""
    cases = {
        name: list(rows(folder / "data" / "dates" / f"{file}_dev.jsonl"))
        for name, file in SUITES.items()
    }
    suites = {
        name: score_suite(name, [case for case in suite if case["appointment_relevant"]])
        for name, suite in cases.items()
    }
    every = [case for suite in cases.values() for case in suite]
    negatives = [case for case in every if not case["expected"]]
    turns = score_dialogues(folder / "data" / "dialogues" / "sgd_appointments_dev.jsonl")
    texts = [case["text"] for case in every]
    return Figures(suites, turns, len(negatives), false_finds(negatives), texts)


def below_floors(figures: Figures) -> list[str]:
    """What is worse than the pinned floors, with its figure."""
    low = [
        f"{name}: {score.exact:.3f} exact, the floor is {FLOORS[name]}"
        for name, score in (*figures.suites.items(), ("SGD", figures.turns))
        if score.exact < FLOORS[name]
    ]
    low += [
        f"{name}: {score.wrong_among_answered:.3f} wrong, the ceiling is {MOST_WRONG[name]}"
        for name, score in figures.suites.items()
        if score.wrong_among_answered > MOST_WRONG[name]
    ]
    false = len(figures.false_finds)
    return low + ([f"{false} false finds, not {FALSE_FINDS}"] if false > FALSE_FINDS else [])


def report(figures: Figures) -> None:
    print("| measure | cases | exact | wrong among answered | of these by our choice |")
    print("|---|---|---|---|---|")
    for name, score in figures.suites.items():
        print(
            f"| {name} | {score.cases} | {score.exact:.1%} | {score.wrong_among_answered:.1%}"
            f" | {score.by_choice} of {score.wrong} |"
        )
    print(f"| SGD appointment turns | {figures.turns.cases} | {figures.turns.exact:.1%} | | |")
    print(f"| false finds | {figures.negatives} | {len(figures.false_finds)} found | | |")
    median, slow = timed(figures.texts)
    print(f"\nOne sentence, processor time: p50 {median:.2f} ms, p99 {slow:.2f} ms.")


if __name__ == "__main__":
    main()
