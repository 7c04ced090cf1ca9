"""The tool webhook at an even pace: request to answer, from another process and core."""

from __future__ import annotations

import asyncio
import statistics
import time

import orjson

from benchmarks.server import RunningServer, running_server
from benchmarks.turns import post


def availability_request(number: int) -> bytes:
    """A tool-calls message in the shape that Vapi really sends, from a caller of its own."""
    call = {
        "id": f"bench-tool-{number}",
        "type": "inboundPhoneCall",
        "customer": {"number": f"+1212555{1000 + number % 9000:04d}"},
    }
    asked = {"service": "check-up", "when": "next week"}
    tool_call = {
        "id": f"call_{number}",
        "type": "function",
        "function": {"name": "check_availability", "arguments": asked},
    }
    message = {
        "type": "tool-calls",
        "toolCalls": [tool_call],
        "toolCallList": [tool_call],
        "call": call,
        "phoneNumber": {"number": "+12125550123"},
    }
    return orjson.dumps({"message": message})


async def play(server: RunningServer, requests: int, per_second: float) -> list[float]:
    """Seconds of each request, sent at fixed instants."""
    began = time.perf_counter()
    taken: list[float] = []

    async def one(number: int) -> None:
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        start = time.perf_counter()
        _, answer = await post(server.port, "/vapi/events", availability_request(number))
        taken.append(time.perf_counter() - start)
        if b'"offers"' not in answer:
            raise RuntimeError(f"not an answer with offers: {answer[-300:]!r}")

    await asyncio.gather(*(one(number) for number in range(requests)))
    return taken


def measure(requests: int = 1500, per_second: float = 50.0) -> dict[str, float]:
    """Warm up, then measure."""
    with running_server() as server:
        asyncio.run(play(server, 100, per_second))
        cpu = server.cpu_seconds()
        taken = sorted(asyncio.run(play(server, requests, per_second)))
        return {
            "requests": len(taken),
            "p50_ms": statistics.median(taken) * 1000,
            "p99_ms": taken[int(len(taken) * 0.99)] * 1000,
            "cpu_ms": (server.cpu_seconds() - cpu) * 1000 / len(taken),
        }


if __name__ == "__main__":
    print({name: round(value, 2) for name, value in measure().items()})
