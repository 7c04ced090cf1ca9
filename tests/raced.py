"""Several processes that begin at the same moment, and what each of them was answered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def raced(module: str, before: Sequence[str], after: Sequence[str], *, processes: int) -> list[Any]:
    """What each printed as JSON; a process gets its own name between these arguments, says that it
    is ready, and waits until all are."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", module, *before, str(name), *after],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in range(processes)
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    answers = [racer.communicate()[0] for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * processes
    return [json.loads(answer) for answer in answers]
