"""One run of simulated callers at one server, and what the server spent on it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import orjson
import psutil

from benchmarks.server import CLIENT_CORE, NOW, RunningServer, running
from benchmarks.voice.plan import Met, Plan, Saying

TOKEN = "benchmark-admin-token-0123456789"
GRACE_SECONDS = 20.0
"""Beyond its own end that the callers' process may take to start and to report."""
WARMING_SECONDS = 40.0

Scripts = list[list[Saying]]


@dataclass(frozen=True, slots=True)
class Run:
    """What callers met, and what the server spent while they called."""

    calls: int
    met: Met
    cpu: float
    """Of one core, a call."""
    megabytes: float | None
    """A call: what the process grew by at most; None for one call, which uses what the warming
    call left."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A running server and how callers reach it."""

    server: RunningServer
    url: str
    dialect: Literal["realtime", "raw"]
    alone: bool
    """The server has a core of its own, and the callers the other."""
    silence_ms: int | None = None
    piece_ms: int = 20

    def warm(self, script: list[Saying]) -> None:
        """One call before the others, so that nothing is done for the first time."""
        met = self._call([script], WARMING_SECONDS, [])
        if not met.first_sound:
            raise RuntimeError("the first call was not answered")

    def run(self, scripts: Scripts, *, seconds: float) -> Run:
        """All of them at once; no longer than this."""
        before, began = self.server.memory_bytes(), time.perf_counter()
        cpu, seen = self.server.cpu_seconds(), [before]
        met = self._call(scripts, seconds, seen)
        spent = (self.server.cpu_seconds() - cpu) / (time.perf_counter() - began)
        calls = len(scripts)
        grown = (max(seen) - before) / calls / 1024 / 1024
        return Run(calls, met, spent / calls, grown if calls > 1 else None)

    def _call(self, scripts: Scripts, seconds: float, seen: list[int]) -> Met:
        """Runs the callers' process; notes the server's memory every now and then."""
        plan = Plan(
            self.url, TOKEN, self.dialect, scripts,
            silence_ms=self.silence_ms, piece_ms=self.piece_ms, seconds=seconds,
        )  # fmt: skip
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as answer:
            told.write(orjson.dumps(asdict(plan)))
            told.seek(0)
            command = (sys.executable, "-m", "benchmarks.voice.callers")
            callers = subprocess.Popen(command, stdin=told, stdout=answer)
            try:
                if self.alone and (psutil.cpu_count() or 1) > 1:
                    psutil.Process(callers.pid).cpu_affinity([CLIENT_CORE])
                self._watch(callers, time.perf_counter() + seconds + GRACE_SECONDS, seen)
            finally:
                callers.kill()
                callers.wait()
            answer.seek(0)
            return Met(**orjson.loads(answer.read()))

    def _watch(self, callers: subprocess.Popen[bytes], until: float, seen: list[int]) -> None:
        while callers.poll() is None:
            if time.perf_counter() > until:
                raise TimeoutError("the callers' process did not end in time")
            seen.append(self.server.memory_bytes())
            time.sleep(0.2)
        if callers.returncode:
            raise RuntimeError(f"the callers' process ended with {callers.returncode}")


@contextmanager
def our_server(
    command: Sequence[str], *, alone: bool, silence_ms: int | None = None, piece_ms: int = 20
) -> Iterator[Stage]:
    """A Ringbook of the arguments that follow `python -m`, with a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "RINGBOOK_DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.db'}",
            "RINGBOOK_NOW": NOW,
            "RINGBOOK_ADMIN_TOKEN": TOKEN,
        }
        whole = (sys.executable, "-m", *command, "--port", "{port}")
        with running(whole, environment, alone=alone) as server:
            url = f"ws://127.0.0.1:{server.port}/v1/realtime"
            yield Stage(server, url, "realtime", alone, silence_ms, piece_ms)


def percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds; not a number where there is nothing."""
    if not seconds:
        return float("nan")
    ordered = sorted(seconds)
    if share == 0.5:
        return statistics.median(ordered) * 1000
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000
