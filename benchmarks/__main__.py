"""What `make bench` runs: how long callers wait and what a turn costs, on this machine, today."""

from __future__ import annotations

import platform
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks import hosted_model, long_texts, scheduling, tool_webhook, turns

PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "turns through the Vapi door, local model, 50 a second": turns.measure,
    "turns handed to specialists and back, 25 a second": turns.measure_support,
    "tool webhook, check_availability, 50 a second": tool_webhook.measure,
    "a streamed question to a hosted model, CPU": hosted_model.measure,
    "texts that are far too long, CPU": long_texts.measure,
    "the desk on both databases": scheduling.measure,
}
VERSIONS = ("ringbook", "fastapi", "uvicorn", "openai-agents", "sqlalchemy", "pydantic")


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main() -> None:
    """Machine, date and versions first; then a line a figure."""
    load = psutil.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {processor()}, {psutil.cpu_count()} cores")
    print(f"load before the run {load:.1f}; Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in VERSIONS))
    for title, measure in PARTS.items():
        print(f"\n{title}")
        for name, value in measure().items():
            print(f"  {name:38} {value:10.2f}")


if __name__ == "__main__":
    main()
