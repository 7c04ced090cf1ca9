"""A Ringbook server in a process of its own, on a core of its own, for the benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

SERVER_CORE, CLIENT_CORE = 0, 1
READY_SECONDS = 90
"""Ten times what a busy machine needs."""
NOW = "2026-11-23T08:00:00-05:00"


@dataclass(frozen=True)
class RunningServer:
    """One server, warm or not; figures come from the operating system."""

    port: int
    process: psutil.Process
    start_seconds: float

    def cpu_seconds(self) -> float:
        """User and system time so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory_bytes(self) -> int:
        """Resident memory now."""
        return int(self.process.memory_info().rss)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running_server(**settings: str) -> Iterator[RunningServer]:
    """Serve an empty SQLite store with the sample business; stop when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "RINGBOOK_DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.db'}",
            "RINGBOOK_NOW": NOW,
            "RINGBOOK_SPEECH": "off",
            **settings,
        }
        command = (sys.executable, "-m", "webhooks", "serve", "--port", "{port}")
        with running(command, environment) as server:
            if (psutil.cpu_count() or 1) > 1:
                psutil.Process().cpu_affinity([CLIENT_CORE])
            yield server


@contextmanager
def running(
    command: Sequence[str], environment: dict[str, str], *, alone: bool = True
) -> Iterator[RunningServer]:
    """This server, on a core of its own if `alone`; `{port}` in its command is where it answers."""
    port = free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        [part.format(port=port) for part in command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process = psutil.Process(server.pid)
        if alone and (psutil.cpu_count() or 1) > 1:
            process.cpu_affinity([SERVER_CORE])  # at once, so that its threads are born to it
        wait_until_ready(port, server)
        yield RunningServer(port, process, time.perf_counter() - began)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Poll /readyz; give up when it is too late or when the server ends."""
    deadline = time.perf_counter() + READY_SECONDS
    while time.perf_counter() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped with exit code {server.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise RuntimeError(f"the server was not ready after {READY_SECONDS} seconds")
