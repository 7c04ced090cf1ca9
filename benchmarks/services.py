"""Whether stretches in which callers name a service by none of its names find the right one.

    python -m benchmarks.services

`questions/services.jsonl` has 200 of them about five businesses, a sixth about what is not done
there, written by two people who did not know how they are matched: hand 1 is developed on, hand 2
only measured.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from benchmarks.answers import FOLDER
from voice.understanding.reading import Named
from voice.understanding.services.services_said import treating


def outcome(meant: str | None, sure: str | None, likely: tuple[str, ...]) -> str:
    """How one fared: what is sure is done, what is likely is asked back, the first two at most."""
    if sure is not None:
        return "taken rightly" if sure == meant else "taken wrongly"
    if meant is None:
        return "nothing done here, and no guess" if not likely else "nothing done here, and a guess"
    if not likely:
        return "no guess"
    if meant not in likely[:2]:
        return "wrong guess"
    return "guessed first" if likely[0] == meant else "guessed second"


def fared() -> Iterator[tuple[int, str]]:
    """The hand and the outcome of each."""
    services = {
        path.stem: [
            Named(each["id"], (each["name"], *each["also"]))
            for each in json.loads(path.read_text())["services"]
        ]
        for path in FOLDER.glob("*.json")
    }
    for line in (FOLDER / "services.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sure, likely = treating(row["text"], services[row["business"]])
        yield row["hand"], outcome(row["service"], sure, likely)


def main() -> None:
    for (hand, how), count in sorted(Counter(fared()).items()):
        print(f"hand {hand}  {how:32} {count:4}")


if __name__ == "__main__":
    main()
