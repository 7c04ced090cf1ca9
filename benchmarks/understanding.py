"""How well callers are understood: routes, answers, details, names, and how quickly.

`python -m benchmarks.understanding` reads the public data named by RINGBOOK_TEST_DATA and prints
the rows of the table in benchmarks/README.md. Dates are scored by benchmarks/dates.py.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import time as clock
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from voice.understanding.acts import Asked, Reading
from voice.understanding.derived import Derived, derived
from voice.understanding.hearing import Hearing
from voice.understanding.names.identity import same_name
from voice.understanding.read import read
from voice.understanding.reading import Named, OfferedTime

Row = dict[str, Any]
NOW = datetime.fromisoformat("2019-03-01T08:00")
_ANSWER_OF_LABEL = {"select_offer": "choose", "ask_alternatives": "ask_more"}
_ASKED_OF_TYPE: dict[str | None, Asked] = {
    "confirm": "confirm",
    "offer_intent": "confirm",
    "offer_retry": "confirm",
    "offer": "choose",
    "other": "choose",
}


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of one file of dialogues."""
    with (folder / "data" / "dialogues" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def hearing_of_answer(row: Row) -> Hearing:
    """The question and the offer that the caller answers, as our own call would keep them."""
    kind = row.get("question_type")
    offered = {item["slot"]: item for item in row.get("offered") or ()}
    asked = _ASKED_OF_TYPE.get(kind, "none")
    line = row.get("context") or ""
    if kind == "other" and "?" in line and not offered:
        asked = "confirm"
    return Hearing(now=NOW, asked=asked, agent=line, table=tuple(_offers(offered)))


def told(text: str, hearing: Hearing) -> tuple[Reading, Derived]:
    """The reading, and what the contract's fields say of it."""
    reading = read(text, hearing)
    return reading, derived(reading, hearing)


def _offers(offered: dict[str, Row]) -> Iterator[OfferedTime]:
    day = offered.get("appointment_date", {}).get("value")
    hour = offered.get("appointment_time", {}).get("value")
    names = [item["text"] for slot, item in offered.items() if slot.endswith("name")]
    if not offered:
        return
    start = None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day or "") or re.fullmatch(r"\d\d:\d\d", hour or ""):
        start = datetime.fromisoformat(f"{day or '2019-03-01'}T{hour or '00:00'}")
    yield OfferedTime(start=start, provider=names[0] if names else "")


@dataclass
class Share:
    """How many were right; keeps what was wrong for looking at."""

    right: int = 0
    total: int = 0
    wrong: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, good: bool, *seen: object) -> None:
        self.total += 1
        self.right += good
        if not good:
            self.wrong.append(tuple(map(str, seen)))

    @property
    def value(self) -> float:
        return self.right / self.total if self.total else 0.0


def score_answers(data: list[Row]) -> dict[str, Share]:
    """Answers by label, and together under "all"."""
    shares: dict[str, Share] = {"all": Share()}
    for row in data:
        label = str(row["label"])
        gold = _ANSWER_OF_LABEL.get(label, label)
        _, fields = told(row["text"], hearing_of_answer(row))
        got = fields.answer
        for key in ("all", gold):
            shares.setdefault(key, Share()).add(
                got == gold, gold, got, row["text"], row.get("question_type"), row.get("context")
            )
    return shares


def score_routes(data: list[Row]) -> dict[str, Share]:
    """Main route by source, and together; also how right the sure ones are."""
    shares: dict[str, Share] = {key: Share() for key in ("all", "sure", "among")}
    for row in data:
        reading, fields = told(row["text"], Hearing(now=NOW, asked="open"))
        good = fields.route == row["route"]
        seen = (
            row["route"],
            fields.route,
            f"{reading.confidence:.2f}",
            row["source"],
            row["text"],
        )
        for key in ("all", f"source {row['source']}", f"route {row['route']}"):
            shares.setdefault(key, Share()).add(good, *seen)
        shares["among"].add(row["route"] in fields.routes, *seen)
        if reading.confidence >= 0.7:
            shares["sure"].add(good, *seen)
    return shares


@dataclass
class Found:
    """Counts for precision and recall."""

    both: int = 0
    heard: int = 0
    gold: int = 0
    missed: list[tuple[str, ...]] = field(default_factory=list)
    extra: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.both / (self.heard + self.gold) if self.heard + self.gold else 0.0


def score_slots(data: list[Row]) -> dict[str, Found]:
    """Spans of dates, times, names and numbers: a span counts when it overlaps the gold one."""
    counts: dict[str, Found] = {}
    for row in data:
        requested = row.get("requested_slots") or []
        asked: Asked = "name" if any("name" in each for each in requested) else "open"
        asked_bare = row["source"] == "MultiDoGO"
        if asked_bare:
            asked = "phone" if any(s["slot"] == "phone" for s in row["slots"]) else "name"
        heard = _spans(row["text"], Hearing(now=NOW, asked=asked))
        if asked_bare and heard["name"]:
            heard["name"] = [(heard["name"][0][0], heard["name"][-1][1])]
        for kind in ("date", "time", "name", "phone"):
            gold = [
                (slot["start"], slot["end"])
                for slot in row["slots"]
                if slot["slot"] == kind or kind == "name" and slot["slot"].endswith("_name")
            ]
            _count(counts.setdefault(kind, Found()), heard[kind], gold, row["text"])
            _count(counts.setdefault("all", Found()), heard[kind], gold, row["text"])
    return counts


def _count(
    found: Found, heard: list[tuple[int, int]], gold: list[tuple[int, int]], text: str
) -> None:
    left = list(heard)
    found.gold += len(gold)
    for start, end in gold:
        hit = next((each for each in left if each[0] < end and start < each[1]), None)
        if hit is None:
            found.missed.append((text[start:end], text))
        else:
            found.both += 1
            left.remove(hit)
    found.heard += len(heard)
    found.extra.extend((text[start:end], text) for start, end in left)


def _spans(text: str, hearing: Hearing) -> dict[str, list[tuple[int, int]]]:
    """What was heard, one span for each date, time, name, and number."""
    reading, fields = told(text, hearing)
    spans: dict[str, list[tuple[int, int]]] = {"date": [], "time": []}
    for kind in ("name", "phone"):
        spans[kind] = [(act.start, act.end) for act in reading.all(f"give:{kind}") if act.value]
    for when in fields.times:
        if when.kind in ("date", "datetime", "range"):
            spans["date"].append(when.span)
        if when.kind in ("time", "timerange", "datetime"):
            spans["time"].append(when.span)
    return spans


def score_identity(data: list[Row]) -> dict[str, Share]:
    """Own name accepted, by what the recogniser made of it; other speakers' names refused."""
    named = [row for row in data if row["item"] == "name"]
    kinds = ("own", "own, first try", "others refused", "others with one name alike refused")
    shares = {kind: Share() for kind in kinds}
    golds = [row["gold"]["full"] for row in named]
    alike: dict[str, set[str]] = {}
    for full in golds:
        for part in full.split():
            alike.setdefault(part, set()).add(full)
    for at, row in enumerate(named):
        heard = _name_said(row)
        good = same_name(heard, row["gold"]["full"])
        shares["own"].add(good, row["asr_text"], heard, row["gold"]["full"])
        if row["attempt"] == 0:
            shares["own, first try"].add(good, row["asr_text"], heard, row["gold"]["full"])
        for step in (7, 31, 101, 211):
            other = golds[(at + step) % len(golds)]
            if other != row["gold"]["full"]:
                shares["others refused"].add(not same_name(heard, other), heard, other)
        shared = set().union(*(alike[part] for part in row["gold"]["full"].split()))
        if len(heard.split()) > 1:
            for other in shared - {row["gold"]["full"]}:
                shares[kinds[3]].add(not same_name(heard, other), heard, other)
    return shares


def _name_said(row: Row) -> str:
    _, fields = told(row["asr_text"], Hearing(now=NOW, asked="name", country="GB"))
    return fields.name or row["asr_text"]


def latency(texts: Iterable[str]) -> tuple[float, float]:
    """Median and 99th percentile of one reading, in milliseconds, first readings included."""
    spent = []
    hearing = Hearing(
        now=NOW,
        services=(Named("haircut", ("Haircut", "cut", "trim")), Named("check", ("Check-up",))),
        providers=(Named("ana", ("Ana Ruiz",)), Named("ben", ("Doctor Ben Okafor",))),
        table=(OfferedTime(NOW, "Ana Ruiz"), OfferedTime(NOW.replace(hour=15), "Ben Okafor")),
    )
    read("hello", hearing)
    for text in texts:
        began = clock.perf_counter()
        read(text, hearing)
        spent.append((clock.perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=100)[98]


def main() -> None:
    """Print the table; `--wrong NAME` prints what one row got wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", default="dev")
    parser.add_argument("--wrong", help="routes, answers, slots or identity")
    chosen = parser.parse_args()
    folder = Path(os.environ["RINGBOOK_TEST_DATA"])
    load: Callable[[str], list[Row]] = lambda name: rows(folder, f"{name}_{chosen.part}")  # noqa: E731
    triage, answers = load("triage"), load("affirm_deny")
    routes, said = score_routes(triage), score_answers(answers)
    slots, names = score_slots(load("slots_booking")), score_identity(load("evi_identity"))
    _print("route accuracy", routes)
    print("confusions:", Counter((w[0], w[1]) for w in routes["all"].wrong).most_common(12))
    _print("answers", said)
    for kind, found in slots.items():
        print(
            f"slots {kind}: F1 {found.f1:.3f}"
            f" ({found.both} of {found.gold} gold, {found.heard} heard)"
        )
    _print("names", names)
    p50, p99 = latency([row["text"] for row in triage] + [row["text"] for row in answers])
    print(f"one reading: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    wrong = {
        "routes": routes["all"].wrong,
        "answers": said["all"].wrong,
        "identity": names["own"].wrong,
    }
    for line in wrong.get(chosen.wrong or "", ()):
        print("  ", " | ".join(line))
    if chosen.wrong == "slots":
        for kind, found in slots.items():
            if kind != "all":
                for label, seen in (("missed", found.missed), ("extra", found.extra)):
                    for line in seen:
                        print("  ", kind, label, " | ".join(line))


def _print(title: str, shares: dict[str, Share]) -> None:
    for key, share in shares.items():
        print(f"{title}, {key}: {share.value:.3f} of {share.total}")


if __name__ == "__main__":
    main()
