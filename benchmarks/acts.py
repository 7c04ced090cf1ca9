"""How well the tagger reads acts, on hands that it was not trained on.

    python -m benchmarks.acts FOLDER --hands b,o,v,l,w [--calibrate]

FOLDER holds the five files of a training without those hands.
`--calibrate` fits the confidences, and how far a yes must be from a no, and writes them there.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from training.calibration import calibrate
from training.examples import FOLDER, Span, corrected, load, spans_of
from voice.understanding.acts import Tagged
from voice.understanding.tagging.tagger import SHA256, TaggedTurn, Tagger, tagger_of

HARD = frozenset("abcjkoptuvs")
"""Hands that wrote what is hard to read; the others wrote ordinary turns."""
ACTING = {
    "affirm", "deny", "choose", "more", "drop", "person", "emergency",
    "give:when", "give:name", "give:service", "give:provider", "give:phone", "give:reference",
    "give:booking",
}  # fmt: skip
READ_BACK = ("confirm", "confirm_move", "confirm_cancel")

Row = dict[str, Any]
Read = list[tuple[Row, TaggedTurn]]


def acting(label: str) -> bool:
    """Whether the dialogue does something on it."""
    return label in ACTING or label.startswith(("want", "rule_out"))


def overlaps(one: Span, other: Span) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def as_spans(tagged: Iterable[Tagged]) -> list[Span]:
    return [(each.start, each.end, each.label) for each in tagged]


def paired(gold: Sequence[Span], got: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Each true span with one found that overlaps it."""
    left, pairs = list(got), []
    for span in gold:
        hit = next((each for each in left if overlaps(span, each)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((span, hit))
    return pairs


def counts(read: Read, which: Callable[[str], bool]) -> tuple[int, int, int]:
    """True spans, spans found, spans found right."""
    true = found = right = 0
    for row, turn in read:
        gold = [span for span in spans_of(row) if which(span[2])]
        got = [span for span in as_spans(turn.tagged) if which(span[2])]
        true, found, right = true + len(gold), found + len(got), right + len(paired(gold, got))
    return true, found, right


def f1(read: Read, which: Callable[[str], bool] = lambda _: True) -> float:
    true, found, right = counts(read, which)
    return 2 * right / max(1, true + found)


def answer(labels: Iterable[str]) -> str:
    """What a reply to a yes/no question says first."""
    says = {"affirm": "yes", "deny": "no", "drop": "no"}
    return next((says[label] for label in labels if label in says), "neither")


def read_backs(read: Read) -> str:
    asked = [(row, turn) for row, turn in read if row["asked"] in READ_BACK]
    right = no_as_yes = unsure = 0
    for row, turn in asked:
        true = answer(label for _, _, label in spans_of(row))
        got = answer(each.label for each in turn.tagged)
        right += got == true
        sure = [each.confidence for each in turn.tagged if each.label == "affirm"]
        unsure += got == "yes" and sure[0] <= 0.5
        no_as_yes += (true, got) == ("no", "yes") and sure[0] > 0.5
    share = right / max(1, len(asked))
    return f"{share:.3f} of {len(asked)}, no as a yes {no_as_yes}, yes held for unsure {unsure}"


def names(read: Read) -> str:
    true, found, right = counts(read, lambda label: label == "give:name")
    return f"precision {right / max(1, found):.3f} recall {right / max(1, true):.3f} of {true}"


def reliability(read: Read) -> list[str]:
    """For each tenth of confidence: how many spans, and how many of them are right."""
    bins: dict[int, list[bool]] = {}
    for row, turn in read:
        right = {found for _, found in paired(spans_of(row), as_spans(turn.tagged))}
        for each in turn.tagged:
            of = (each.start, each.end, each.label)
            bins.setdefault(min(9, int(each.confidence * 10)), []).append(of in right)
    return [
        f"    {tenth / 10:.1f}+  {len(each):5}  {sum(each) / len(each):.3f}"
        for tenth, each in sorted(bins.items())
    ]


def report(read: Read) -> None:
    for name, part in (
        ("all", read),
        ("hard", [each for each in read if each[0]["hand"] in HARD]),
        ("ordinary", [each for each in read if each[0]["hand"] not in HARD]),
    ):
        print(f"{name}: {len(part)} turns")
        print(f"  span F1 {f1(part):.3f}, labels that act {f1(part, acting):.3f}")
        print(f"  read-backs {read_backs(part)}")
        print(f"  names {names(part)}")
    print("confidence, spans, right:", *reliability(read), sep="\n")
    by_label(read)


def by_label(read: Read) -> None:
    true = Counter(label for row, _ in read for _, _, label in spans_of(row))
    print("label, true, F1:")
    for label, many in true.most_common():
        print(f"    {label:18} {many:5} {f1(read, lambda each, of=label: each == of):.2f}")  # type: ignore[misc]


def corrections(read: Read) -> str:
    """Of gives found: how well those that correct are told from others."""
    true = found = right = 0
    for row, turn in read:
        marks = dict(zip(spans_of(row), corrected(row), strict=False))
        for gold, got in paired(spans_of(row), as_spans(turn.tagged)):
            if gold[2].startswith("give"):
                said = next(each.corrects for each in turn.tagged if each.start == got[0])
                true, found = true + marks[gold], found + said
                right += said and marks[gold]
    return f"precision {right / max(1, found):.2f} recall {right / max(1, true):.2f} of {true}"


def read_all(tagger: Tagger, rows: Sequence[Row]) -> Read:
    return [
        (row, tagger.tag_turn(row["text"], asked=row["asked"], agent=row["agent"])) for row in rows
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--hands", default="")
    asked.add_argument("--margin", type=float, default=0.0, help="of a yes over a no, at least")
    asked.add_argument("--examples", type=Path, default=FOLDER, help="the folder of the hands")
    asked.add_argument("--calibrate", action="store_true")
    given = asked.parse_args()
    rows = load(filter(None, given.hands.split(",")), given.examples)
    if given.calibrate:
        print(calibrate(given.folder, rows, given.margin))
    tagger = tagger_of({name: (given.folder / name).read_bytes() for name in SHA256})
    began = time.process_time()
    read = read_all(tagger, rows)
    spent = (time.process_time() - began) / max(1, len(rows))
    report(read)
    print(f"corrects: {corrections(read)}")
    print(f"{spent * 1000:.2f} ms CPU a turn")


if __name__ == "__main__":
    main()
