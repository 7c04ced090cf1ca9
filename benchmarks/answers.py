"""Whether callers' questions find the right one of a business's own answers, or honestly none.

    python -m benchmarks.answers [--hand 2] [--missed]

`questions/` has 450 questions about fifteen businesses, written by four people who did not know how
they are matched; hand 4 is the latest, and the least looked at. A question may have no answer.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scheduling.business import Business, Faq
from support.answers import OwnAnswer, Question
from support.questions import find_answer
from voice.understanding.asked_about import asks_of_return, asks_the_way
from voice.understanding.tagging.meaning import closeness

FOLDER = Path(__file__).parent / "questions"
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what it should find; None: nothing that is written down."""

    business: Business
    hand: int
    text: str
    entry: str | None

    def found(self) -> tuple[str | None, bool]:
        """The entry that it finds, and whether it is sure of it; what is no entry is told by its
        kind."""
        question = Question(
            self.text, of_the_way=asks_the_way(self.text), of_return=asks_of_return(self.text)
        )
        answer = find_answer(self.business, question, now=NOW, closeness=closeness)
        if answer is None:
            return None, True
        if not isinstance(answer, OwnAnswer):
            return type(answer).__name__, True
        entries = {faq.answer: faq.question for faq in self.business.faqs}
        return entries[answer.text], answer.sure


def asked() -> Iterator[Asked]:
    """All of them."""
    businesses = {path.stem: _business(json.loads(path.read_text())) for path in _files()}
    for line in (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Asked(businesses[row["business"]], row["hand"], row["text"], row["entry"])


def outcome(entry: str | None, found: str | None, *, sure: bool) -> str:
    """How a question fared."""
    if found is None:
        return "honest no" if entry is None else "no answer, though there is one"
    told = "right entry" if found == entry else "wrong entry"
    return told if sure else f"{told}, as what is nearest"


def _files() -> Iterator[Path]:
    return FOLDER.glob("*.json")


def _business(row: dict[str, Any]) -> Business:
    written = [Faq(each["question"], each["answer"]) for each in (*row["faqs"], *row["policies"])]
    return Business(slug=row["slug"], name=row["slug"], timezone="UTC", country="GB",
                    faqs=tuple(written))  # fmt: skip


def main() -> None:
    """Counts by hand; with `--missed` the questions that did not find theirs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hand", type=int)
    arguments.add_argument("--missed", action="store_true")
    chosen = arguments.parse_args()
    counts: Counter[tuple[int, str]] = Counter()
    for one in asked():
        if chosen.hand not in (None, one.hand):
            continue
        found, sure = one.found()
        told = outcome(one.entry, found, sure=sure)
        counts[one.hand, told] += 1
        if chosen.missed and told not in ("right entry", "honest no"):
            print(f"{one.business.slug}: {one.text}\n    should be: {one.entry}\n    is: {found}")
    for (hand, told), count in sorted(counts.items()):
        print(f"hand {hand}  {told:36} {count:4}")


if __name__ == "__main__":
    main()
