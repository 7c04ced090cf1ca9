"""The ringbook command in a process of its own, as a person or a platform starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ADMIN_TOKEN = "token-of-the-tests"
NOW = "2026-11-23T09:00:00-05:00"
"""A Monday morning at the sample business."""


def environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """Nothing of this machine's settings; a store in the folder; warnings as in the tests."""
    ours = {name: value for name, value in os.environ.items() if not is_setting(name)}
    return {
        **ours,
        "PYTHONWARNINGS": "error",
        "RINGBOOK_DATABASE_URL": f"sqlite:///{folder / 'ringbook.db'}",
        "RINGBOOK_NOW": NOW,
        **settings,
    }


def is_setting(name: str) -> bool:
    return name.startswith(("RINGBOOK_", "OPENAI_", "VAPI_"))


def ringbook(
    *arguments: str, folder: Path, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "webhooks", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment(folder, settings),
        timeout=60,
        check=False,
    )


@dataclass
class Served:
    """A running `ringbook serve`."""

    process: subprocess.Popen[str]
    address: str
    announced: list[str] = field(default_factory=list)

    def stop(self) -> int:
        """As a platform does; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


@contextmanager
def serving(folder: Path, *, port: int = 0, **settings: str) -> Iterator[Served]:
    """Serve until the block ends; the address is read from what was announced."""
    command = [sys.executable, "-m", "webhooks", "serve", "--port", str(port)]
    given = {"RINGBOOK_ADMIN_TOKEN": ADMIN_TOKEN, **settings}
    with (
        (folder / "serve.log").open("w") as log,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=folder,
            env={**environment(folder, given), "PYTHONUNBUFFERED": "1"},
        ) as process,
    ):
        try:
            yield Served(process, *read_announcement(process, folder))
        finally:
            if process.poll() is None:
                process.kill()


def read_announcement(process: subprocess.Popen[str], folder: Path) -> tuple[str, list[str]]:
    """The address of the caller page, and every line up to the one about speech."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line.strip().startswith("Speech"):
            found = re.search(r"Caller page\s+(http://\S+?)/$", "\n".join(lines), re.MULTILINE)
            assert found is not None
            return found.group(1), lines
    raise AssertionError(f"serve did not start: {(folder / 'serve.log').read_text()[-2000:]}")
