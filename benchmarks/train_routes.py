"""Trains the route model and writes the weights that are shipped.

`python -m benchmarks.train_routes --check` shows how it does on sentences it was not trained on: in
five parts, and with each source left out. `--write` trains on everything allowed and writes
voice/understanding/weights/routes.bin and its checksum. Rows under a share-alike licence (SGD,
SMCalFlow) are only ever scored, never trained on. Plain Python: minutes, not seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from benchmarks.understanding import rows
from voice.understanding import route_weights
from voice.understanding.reading import Route
from voice.understanding.route_weights import BUCKETS, Weights, pack
from voice.understanding.routes import cue_names, features
from voice.understanding.words import plain

ROUTES: tuple[Route, ...] = get_args(Route)
MAY_TRAIN = frozenset({"BANKING77", "NLU++", "CLINC150", "HWU64", "MultiDoGO", "restaurant8k"})
OWN = Path(__file__).with_name("route_sentences.txt")
EPOCHS = 14
STEP = 0.3
DECAY = 2e-5


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as features, with its route."""

    route: int
    source: str
    features: tuple[tuple[int, float], ...]


def examples(folder: Path, named: dict[str, int]) -> tuple[list[Example], list[Example]]:
    """Public rows, and sentences of our own."""
    public = [
        Example(ROUTES.index(row["route"]), row["source"], _features(row["text"], named))
        for row in rows(folder, "triage_dev")
    ]
    own, route = [], ""
    for line in OWN.read_text("utf-8").splitlines():
        if line.startswith("["):
            route = line.strip("[]")
        elif line and not line.startswith("#"):
            place = ROUTES.index(cast(Route, route))
            own.append(Example(place, "own", _features(line, named)))
    return public, own


def _features(text: str, named: dict[str, int]) -> tuple[tuple[int, float], ...]:
    return tuple(features(plain(text), named).items())


class Trainer:
    """Multinomial logistic regression by AdaGrad; the order of examples is fixed by a seed."""

    def __init__(self, size: int) -> None:
        self.rows: dict[int, list[float]] = {}
        self.squares: dict[int, list[float]] = {}
        self.bias = [0.0] * size
        self.size = size

    def fit(self, data: Sequence[Example]) -> Trainer:
        """Go through the examples EPOCHS times."""
        order = list(range(len(data)))
        shuffle = random.Random(7).shuffle
        for _ in range(EPOCHS):
            shuffle(order)
            for at in order:
                self._learn(data[at])
        return self

    def chances(self, example: Example) -> list[float]:
        """The probability of each route."""
        scores = list(self.bias)
        for index, value in example.features:
            row = self.rows.get(index)
            if row is not None:
                scores = [score + value * weight for score, weight in zip(scores, row, strict=True)]
        best = max(scores)
        shares = [math.exp(score - best) for score in scores]
        total = sum(shares)
        return [share / total for share in shares]

    def _learn(self, example: Example) -> None:
        errors = self.chances(example)
        errors[example.route] -= 1.0
        self.bias = [b - 0.02 * error for b, error in zip(self.bias, errors, strict=True)]
        for index, value in example.features:
            row = self.rows.setdefault(index, [0.0] * self.size)
            seen = self.squares.setdefault(index, [1e-2] * self.size)
            for route, error in enumerate(errors):
                slope = error * value + DECAY * row[route]
                seen[route] += slope * slope
                row[route] -= STEP * slope / math.sqrt(seen[route])


def check(public: list[Example], own: list[Example]) -> None:
    """Held-out parts of every source, then each source held out whole."""
    order = list(range(len(public)))
    random.Random(0).shuffle(order)
    outcomes: list[tuple[str, bool, float]] = []
    for part in range(5):
        held = {at for place, at in enumerate(order) if place % 5 == part}
        kept = [public[at] for at in order if at not in held]
        outcomes += _outcomes(_trained(kept, own), [public[at] for at in sorted(held)])
    _report("five parts", outcomes)
    means = []
    for source in sorted({example.source for example in public}):
        model = _trained([each for each in public if each.source != source], own)
        outcomes = _outcomes(model, [each for each in public if each.source == source])
        means.append(_report(f"without {source}", outcomes))
    print(f"mean over sources left out: {sum(means) / len(means):.3f}")


def _trained(public: Iterable[Example], own: list[Example]) -> Trainer:
    allowed = [each for each in public if each.source in MAY_TRAIN]
    return Trainer(len(ROUTES)).fit(allowed + own)


def _outcomes(model: Trainer, held: Iterable[Example]) -> list[tuple[str, bool, float]]:
    found = []
    for example in held:
        chances = model.chances(example)
        best = max(range(len(chances)), key=chances.__getitem__)
        found.append((example.source, best == example.route, chances[best]))
    return found


def _report(title: str, outcomes: list[tuple[str, bool, float]]) -> float:
    right = sum(good for _, good, _ in outcomes) / len(outcomes)
    sure = [good for _, good, chance in outcomes if chance >= 0.7]
    print(
        f"{title}: {right:.3f} of {len(outcomes)}; at 0.7 or more {sum(sure) / len(sure):.3f} "
        f"of {len(sure)}",
        flush=True,
    )
    return right


def write(public: list[Example], own: list[Example], named: dict[str, int]) -> None:
    """Train on all that is allowed; the checksum goes into the module that reads the file."""
    model = _trained(public, own)
    trained = {
        index: tuple(row) for index, row in model.rows.items() if index < BUCKETS + len(named)
    }
    packed = pack(Weights(ROUTES, tuple(model.bias), named, trained))
    module = Path(route_weights.__file__)
    (module.parent / "weights" / "routes.bin").write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    source = module.read_text("utf-8")
    module.write_text(re.sub(r'SHA256 = "\w+"', f'SHA256 = "{digest}"', source), "utf-8")
    print(f"{len(packed)} bytes, sha256 {digest}")


def main() -> None:
    """Check, write, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    named = {name: place for place, name in enumerate(cue_names())}
    public, own = examples(Path(os.environ["RINGBOOK_TEST_DATA"]), named)
    if chosen.write:
        write(public, own, named)
    if chosen.check:
        check(public, own)


if __name__ == "__main__":
    main()
