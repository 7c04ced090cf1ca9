"""How quickly callers are answered aloud, on this machine, today; and pipecat-ai beside us.

    python -m benchmarks.voice [--quick] [PART ...]

Parts: engines, interrupting, sockets, load, pipecat; all of them if none is named. `--quick` has
fewer calls and turns: it shows that all runs, and its figures are rough.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil

from benchmarks.__main__ import processor
from benchmarks.voice.pipecat_environment import install, pipecat_server, version
from benchmarks.voice.plan import Met, Saying
from benchmarks.voice.runs import Run, Stage, our_server, percentile
from benchmarks.voice.scripts import (
    HUMS,
    INTERRUPTIONS,
    LONG_ANSWERS,
    NODS,
    QUESTION,
    booking,
    everything,
)
from benchmarks.voice.sounds import Clip, hum, record, write_clip

SILENCE_MS = 200
WARMING_TURNS = 3
TURN_SECONDS = 8.0
"""Allowed for each turn of a run, and twice as many for its start."""
REAL = ("webhooks", "serve")
STUBS = ("benchmarks.voice.stub_engines",)
DEAF = (*STUBS, "--deaf")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done."""

    engines: dict[int, int]
    """Turns of each call, by the calls at once."""
    load: dict[int, int]
    """The same, at stub engines."""
    interruptions: int
    sockets: int
    socket_seconds: float

    @property
    def callers(self) -> dict[int, int]:
        """Turns of every caller at real engines, by their numbers; 0 warms."""
        turns = [turns for calls, turns in self.engines.items() for _ in range(calls)]
        return dict(enumerate(turns, start=1))


FULL = Size({1: 11, 8: 7}, {1: 15, 5: 8, 10: 6, 15: 6, 40: 5}, 20, 200, 30.0)
QUICK = Size({1: 3, 2: 2}, {1: 2, 2: 2}, 2, 20, 6.0)

Clips = dict[str, Clip]


def engines(size: Size, clips: Clips) -> None:
    """Real engines on both cores, callers beside them."""
    print("calls  first sound p50  p95 ms   lost  turns  | callers' own lateness p99 ms")
    with our_server(REAL, alone=False) as stage:
        stage.warm(_script(clips, booking(0, WARMING_TURNS)))
        numbers = iter(size.callers)
        for calls, turns in size.engines.items():
            scripts = [_script(clips, booking(next(numbers), turns)) for _ in range(calls)]
            run = stage.run(scripts, seconds=TURN_SECONDS * 1.5 * (turns + 2))
            found, met = run.met.first_sound, run.met
            print(
                f"{calls:5} {percentile(found, 0.5):16.0f} {percentile(found, 0.95):7.0f}"
                f" {met.lost:6} {len(found):6}  | {percentile(met.own_lateness, 0.99):.1f}"
            )


def interrupting(size: Size, clips: Clips) -> None:
    """Calls of one turn, one after the other at real engines: half are interrupted, half only
    listened to. What is said over an answer may end a call, which would lose all turns behind."""
    count = size.interruptions
    breaking = [
        Saying(clips[LONG_ANSWERS[n % 2]], clips[INTERRUPTIONS[n % len(INTERRUPTIONS)]])
        for n in range(count)
    ]
    nods = [clips[nod] for pair in zip(map(str, HUMS), NODS, strict=True) for nod in pair]
    nodding = [Saying(clips[LONG_ANSWERS[n % 2]], nods[n % len(nods)]) for n in range(count)]
    with our_server(REAL, alone=False) as stage:
        stage.warm(_script(clips, list(LONG_ANSWERS)))
        broken, nodded = (
            sum((stage.run([[each]], seconds=6 * TURN_SECONDS).met for each in sayings), Met())
            for sayings in (breaking, nodding)
        )
    for name, found in (
        ("onset to decided", broken.onset_to_decided),
        ("decided to last frame", broken.decided_to_last_frame),
    ):
        print(f"{name:22} p50 {percentile(found, 0.5):5.0f}  p95 {percentile(found, 0.95):5.0f} ms")
    print(f"interruptions that stopped us   {broken.interrupted} of {count - broken.lost}")
    print(f'"mm-hmm" that did not          {nodded.not_interrupted} of {count - nodded.lost}')


def sockets(size: Size, clips: Clips) -> None:
    """Every socket sends silence and hears one long greeting; 40 ms pieces both ways."""
    del clips
    with our_server(DEAF, alone=True, piece_ms=40) as stage:
        stage.server.memory_bytes()
        run = stage.run([[] for _ in range(size.sockets)], seconds=size.socket_seconds)
    late, own = run.met.lateness, run.met.own_lateness
    print(f"sockets {run.calls}, pieces {len(late)}, lost {run.met.lost}, gaps {run.met.gaps}")
    print(f"lateness p50 {percentile(late, 0.5):.1f}  p99 {percentile(late, 0.99):.1f} ms")
    print(f"of a core {run.cpu * run.calls:.0%}; callers' own lateness p99 "
          f"{percentile(own, 0.99):.1f} ms")  # fmt: skip


def load(size: Size, clips: Clips) -> None:
    """Our server, with engines that take no time."""
    server = partial(our_server, STUBS, alone=True, silence_ms=SILENCE_MS)
    _loads(size, clips, server)


def pipecat(size: Size, clips: Clips, *, environment: Path) -> None:
    """The peer, with the same clips, engines and silence."""
    python = install(environment)
    print(f"pipecat-ai {version(python)}")
    _loads(size, clips, partial(pipecat_server, python))


def _loads(size: Size, clips: Clips, server: Callable[[], AbstractContextManager[Stage]]) -> None:
    print("calls  first sound p50  p95 ms   lost  turns   core a call  calls a core  MB a call"
          "  gaps  | callers' own lateness p99 ms")  # fmt: skip
    for calls, turns in size.load.items():
        script = _script(clips, [QUESTION] * turns)
        with server() as stage:
            stage.warm(script[:1])
            _print_load(stage.run([script] * calls, seconds=TURN_SECONDS * (turns + 2)))


def _print_load(run: Run) -> None:
    found, met = run.met.first_sound, run.met
    megabytes = "-" if run.megabytes is None else f"{run.megabytes:.1f}"
    print(
        f"{run.calls:5} {percentile(found, 0.5):16.0f} {percentile(found, 0.95):7.0f}"
        f" {met.lost:6} {len(found):6} {run.cpu:12.1%} {1 / run.cpu:13.0f} {megabytes:>10}"
        f" {met.gaps:5}  | {percentile(met.own_lateness, 0.99):.1f}"
    )


def _script(clips: Clips, lines: list[str]) -> list[Saying]:
    return [Saying(clips[line]) for line in lines]


def main() -> None:
    """Machine and date first; a part that fails is told, and the others still run."""
    parts = {each.__name__: each for each in (engines, interrupting, sockets, load, pipecat)}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pipecat", type=Path, help="keep pipecat's environment here")
    parser.add_argument("part", nargs="*", help=", ".join(parts))
    given = parser.parse_args()
    if unknown := set(given.part) - set(parts):
        parser.error(f"no part {', '.join(sorted(unknown))}")
    size = QUICK if given.quick else FULL
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {processor()}, {psutil.cpu_count()} cores")
    print(f"load before the run {psutil.getloadavg()[0]:.1f}; Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        said = everything({0: WARMING_TURNS, **size.callers})
        clips = asyncio.run(record(said, Path(folder)))
        for pitch in HUMS:
            clips[str(pitch)] = write_clip(Path(folder) / f"hum{pitch}.pcm", hum(pitch))
        environment = given.pipecat or Path(folder) / "pipecat"
        parts["pipecat"] = partial(pipecat, environment=environment)
        for name in given.part or parts:
            began = time.perf_counter()
            print(f"\n{name}")
            try:
                parts[name](size, clips)
            except (OSError, RuntimeError, subprocess.SubprocessError) as failure:
                print(f"  failed: {failure}")
            print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
