"""The ringbook command in a process of its own, as a person or a platform starts it."""

from __future__ import annotations

import multiprocessing
import os
import re
import runpy
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import TextIO

ADMIN_TOKEN = "token-of-the-tests"
NOW = "2026-11-23T09:00:00-05:00"
"""A Monday morning at the sample business."""

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [f"webhooks.commands.{name}" for name in ("serve", "chat", "bookings", "business", "calendars")]
)
"""Every process is a fork of one that has imported all this and run nothing: imports take longer
than most of what is tested."""


def environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """Nothing of this machine's settings; a store in the folder."""
    ours = {name: value for name, value in os.environ.items() if not is_setting(name)}
    return {
        **ours,
        "RINGBOOK_DATABASE_URL": f"sqlite:///{folder / 'ringbook.db'}",
        "RINGBOOK_NOW": NOW,
        "RINGBOOK_SPEECH": "off",
        **settings,
    }


def is_setting(name: str) -> bool:
    return name.startswith(("RINGBOOK_", "OPENAI_", "VAPI_"))


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    returncode: int
    stdout: str
    stderr: str


def ringbook(*arguments: str, folder: Path, typed: str = "", **settings: str) -> Done:
    """Run a command to its end."""
    with tempfile.TemporaryDirectory() as beside:
        given, told, failed = (Path(beside) / name for name in ("in", "out", "err"))
        given.write_text(typed)
        process = started(arguments, folder, settings, streams=(given, told, failed))
        process.join(60)
        assert process.exitcode is not None, f"ringbook {' '.join(arguments)} does not end"
        return Done(process.exitcode, told.read_text(), failed.read_text())


def started(
    arguments: tuple[str, ...],
    folder: Path,
    settings: dict[str, str],
    *,
    streams: tuple[Path, Path, Path],
) -> ForkServerProcess:
    """A process of its own with these as standard input, output and error."""
    process = PROCESSES.Process(
        target=become, args=(arguments, folder, environment(folder, settings), streams)
    )
    process.start()
    return process


def become(
    arguments: tuple[str, ...], folder: Path, environment: dict[str, str], streams: tuple[Path, ...]
) -> None:
    """This process runs the command, as `python -m webhooks` would; warnings are errors."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate(streams):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, closefd=False)
    warnings.simplefilter("error")
    sys.argv = ["ringbook", *arguments]
    runpy.run_module("webhooks", run_name="__main__", alter_sys=True)


@dataclass
class Served:
    """A running `ringbook serve`."""

    process: ForkServerProcess
    output: TextIO
    """What it says after it was announced."""
    address: str
    announced: list[str] = field(default_factory=list)

    def stop(self) -> int | None:
        """As a platform does; the exit status."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGTERM)
        self.process.join(20)
        return self.process.exitcode


@contextmanager
def serving(folder: Path, *, port: int = 0, **settings: str) -> Iterator[Served]:
    """Serve until the block ends; the address is read from what was announced."""
    given = {"RINGBOOK_ADMIN_TOKEN": ADMIN_TOKEN, **settings}
    told, log = folder / "serve.out", folder / "serve.log"
    told.unlink(missing_ok=True)
    os.mkfifo(told)
    process = started(
        ("serve", "--port", str(port)), folder, given, streams=(Path(os.devnull), told, log)
    )
    try:
        with told.open() as output:
            yield Served(process, output, *read_announcement(output, log))
    finally:
        process.kill()
        process.join()


def read_announcement(output: TextIO, log: Path) -> tuple[str, list[str]]:
    """The address of the caller page, and every line up to the one about speech."""
    lines = []
    for line in output:
        lines.append(line.rstrip("\n"))
        if line.strip().startswith("Speech"):
            found = re.search(r"Caller page\s+(http://\S+?)/$", "\n".join(lines), re.MULTILINE)
            assert found is not None
            return found.group(1), lines
    raise AssertionError(f"serve did not start: {log.read_text()[-2000:]}")
