"""Five hundred simulated callers of three businesses, four calls each: who was served.

`python -m benchmarks.rehearsal [CALLERS] [SEED]` plays them in two processes and prints the table
of benchmarks/README.md; what failed follows, with the command that plays it again.
"""

from __future__ import annotations

import argparse
import asyncio
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rehearsal.score import Played, rows
from webhooks.commands.rehearse import headline, table
from webhooks.logs import configure_logs
from webhooks.rehearsal.running import Plan, rehearse, rehearsed_from

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "scheduling" / "sample" / "willow.toml"
BUSINESSES = (SAMPLE, *sorted((HERE / "businesses").glob("*.toml")))
PROCESSES = 2
CALLERS = 500
SEED = 2026


def play(seed: int, numbers: list[int]) -> list[Played]:
    """Some of the callers, in a process of their own."""
    configure_logs(level="CRITICAL")
    return asyncio.run(_play(seed, numbers))


async def _play(seed: int, numbers: list[int]) -> list[Played]:
    rehearsed = rehearsed_from(BUSINESSES)
    return [played async for played in rehearse(rehearsed, Plan(numbers, seed))]


def main() -> None:
    """The table, then what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("callers", type=int, nargs="?", default=CALLERS)
    parser.add_argument("seed", type=int, nargs="?", default=SEED)
    given = parser.parse_args()
    shares = [list(range(first, given.callers, PROCESSES)) for first in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = pool.map(play, [given.seed] * PROCESSES, shares)
        played = [each for part in parts for each in part]
    for line in table(rows(played)):
        print(line)
    names = " ".join(str(path.relative_to(HERE.parent)) for path in BUSINESSES)
    for each in played:
        if not each.passed:
            print(f"\n{headline(each)}")
            print(f"  ringbook rehearse {names} --seed {given.seed} --only {each.number}")


if __name__ == "__main__":
    main()
