"""Scores the grammar of dates on two public suites and on appointment dialogues.

Reads RINGBOOK_TEST_DATA/data/dates/*_dev.jsonl and …/dialogues/sgd_appointments_dev.jsonl.
A suite's last reading is the future one, which is what a caller means. Days are compared by day,
times by minute, ranges at both ends; Duckling's ends may lie one grain further. Each suite has
conventions of its own, so they are reported apart.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time as stopwatch
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from voice.understanding.dates.reading import read_times
from voice.understanding.reading import Context, Moment, When

SUITES = {"Recognizers-Text": "recognizers-text-en", "Duckling": "duckling-time-en"}
GRAINS = {
    "Second": timedelta(seconds=1),
    "Minute": timedelta(minutes=1),
    "Hour": timedelta(hours=1),
    "Day": timedelta(days=1),
    "Week": timedelta(days=7),
    "Month": timedelta(days=31),
    "Year": timedelta(days=366),
}
FLOORS = {"Recognizers-Text": 0.85, "Duckling": 0.80, "SGD": 0.98}
FALSE_FINDS = 4
Case = dict[str, Any]


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


def instant(moment: Moment | None, reference: datetime) -> datetime | None:
    """The moment on the reference calendar; a bare time is its next occurrence."""
    if moment is None or isinstance(moment, datetime):
        return moment
    if isinstance(moment, date):
        return datetime.combine(moment, time())
    found = datetime.combine(reference.date(), moment)
    return found if found >= reference.replace(second=0) else found + timedelta(1)


def parsed(value: str | None) -> Moment | None:
    """A suite's text as a moment, cut to the minute."""
    if value is None:
        return None
    if len(value) == 10:
        return date.fromisoformat(value)
    if len(value) == 8:
        return time.fromisoformat(value).replace(second=0)
    return datetime.fromisoformat(value).replace(second=0)


def cut(moment: Moment | None) -> Moment | None:
    if isinstance(moment, datetime | time):
        return moment.replace(second=0)
    return moment


def matches_recognizers(found: When, expected: Case) -> bool:
    if found.kind != expected["kind"]:
        return False
    if found.kind in ("range", "timerange"):
        ends = (parsed(expected.get("start")), parsed(expected.get("end")))
        return (cut(found.start), cut(found.end)) == ends
    return cut(found.value) == parsed(expected["value"])


def matches_duckling(found: When, expected: Case, reference: datetime) -> bool:
    """Duckling dates everything: bare times and parts of day are compared as next occurrences."""
    if expected["kind"] == "range":
        if found.kind not in ("range", "timerange"):
            return False
        start, end = spread(found, reference)
        wanted_start = instant(parsed(expected.get("start")), reference)
        wanted_end = instant(parsed(expected.get("end")), reference)
        grain = GRAINS[expected["grain"]]
        ends = {wanted_end, wanted_end - grain} if wanted_end else {None}
        return start == wanted_start and end in ends
    if found.kind not in ("date", "time", "datetime"):
        return False
    value, wanted = instant(cut(found.value), reference), parsed(expected["value"])
    if expected["kind"] == "date":
        return found.kind == "date" and found.value == wanted
    return found.kind != "date" and value == wanted


PARTS = ("morning", "afternoon", "evening", "night", "lunch", "tonite", "end of", "eod")


def by_choice(found: When, expected: Case, phrase: str) -> bool:
    """The last named day counted in; another length of a part of the day; "by" without a start."""
    if found.kind not in ("range", "timerange"):
        return False
    start, end = parsed(expected.get("start")), parsed(expected.get("end"))
    if isinstance(found.end, date) and isinstance(end, date) and found.start == start:
        return found.end - end == timedelta(1) and not isinstance(end, datetime)
    if phrase.startswith("by "):
        return found.start is None
    return any(part in phrase.lower() for part in PARTS)


def spread(found: When, reference: datetime) -> tuple[datetime | None, datetime | None]:
    """Both ends as instants; a span of hours is the one that is not over yet."""
    if found.kind == "range":
        return instant(cut(found.start), reference), instant(cut(found.end), reference)
    ends = [
        datetime.combine(reference.date(), moment) if isinstance(moment, time) else None
        for moment in (found.start, found.end)
    ]
    start, end = ends
    if start and end and end <= start:
        end += timedelta(1)
    if end and end <= reference:
        return (start and start + timedelta(1)), end + timedelta(1)
    return start, end


def score_suite(name: str, cases: list[Case]) -> Score:
    score = Score()
    for case in cases:
        reference = datetime.fromisoformat(case["reference_datetime"])
        times = read_times(case["phrase"], Context(now=reference))
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
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every other case")
    options = parser.parse_args()
    if not options.data:
        parser.error("name the folder of the public data: --data or RINGBOOK_TEST_DATA")
    folder = Path(options.data) / "data"
    suites = {
        name: list(rows(folder / "dates" / f"{file}_dev.jsonl")) for name, file in SUITES.items()
    }
    report(suites, folder / "dialogues" / "sgd_appointments_dev.jsonl", options)


def report(suites: dict[str, list[Case]], dialogues: Path, options: argparse.Namespace) -> None:
    print("| measure | cases | exact | wrong among answered | of these by our choice |")
    print("|---|---|---|---|---|")
    missed: list[str] = []
    low: list[str] = []
    for name, cases in suites.items():
        chosen = [case for case in cases if case["appointment_relevant"]]
        score = score_suite(name, chosen[options.half :: 2] if options.half is not None else chosen)
        print(
            f"| {name} | {score.cases} | {score.exact:.1%} | {score.wrong_among_answered:.1%}"
            f" | {score.by_choice} of {score.wrong} |"
        )
        low += [f"{name}: {score.exact:.3f}"] if score.exact < FLOORS[name] else []
        missed += [f"\n{name}", *score.missed]
    turns = score_dialogues(dialogues)
    print(f"| SGD appointment turns | {turns.cases} | {turns.exact:.1%} | | |")
    low += [f"dialogues: {turns.exact:.3f}"] if turns.exact < FLOORS["SGD"] else []
    negatives = [case for cases in suites.values() for case in cases if not case["expected"]]
    false = false_finds(negatives)
    print(f"| false finds | {len(negatives)} | {len(false)} found | | |")
    low += [f"false finds: {len(false)}"] if len(false) > FALSE_FINDS else []
    median, slow = timed([case["text"] for cases in suites.values() for case in cases])
    print(f"\nOne sentence, processor time: p50 {median:.2f} ms, p99 {slow:.2f} ms.")
    if options.floors and low:
        raise SystemExit("below the floor: " + ", ".join(low))
    if options.missed:
        print("\n".join([*missed, "\nSGD", *turns.missed, "\nfalse finds", *false]))


if __name__ == "__main__":
    main()
