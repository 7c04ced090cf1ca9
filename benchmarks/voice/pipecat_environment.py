"""An environment for pipecat-ai, which is measured beside us and is no dependency of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.server import running
from benchmarks.voice.runs import Stage

PACKAGES = ("pipecat-ai[silero,websocket]>=1.14,<2", "uvicorn", "uvloop")
SERVER = Path(__file__).parent / "pipecat_server.py"
INSTALL_SECONDS = 600.0


def install(folder: Path) -> Path:
    """Its Python; one that was made before in this folder is taken as it is."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
        subprocess.run(install, check=True, timeout=INSTALL_SECONDS)
    return python


def version(python: Path) -> str:
    """Of the package that was found."""
    asked = "from importlib.metadata import version; print(version('pipecat-ai'))"
    told = subprocess.run(
        [str(python), "-c", asked], check=True, capture_output=True, text=True, timeout=60
    )
    return told.stdout.strip()


@contextmanager
def pipecat_server(python: Path) -> Iterator[Stage]:
    """The server of that environment, on a core of its own."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    with running((str(python), str(SERVER), "{port}"), environment) as server:
        yield Stage(server, f"ws://127.0.0.1:{server.port}/call", "raw", alone=True)
