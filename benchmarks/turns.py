"""How long a caller waits, and what a turn costs: whole calls at an even pace.

Plays calls of eight turns through the Vapi custom model door of a server in another process, on
another core, over real sockets. Turns start at fixed instants, whatever the last one took, so a
slow answer delays nobody but its own caller (no coordinated omission). Two figures: request to
first content that is not a filler, and processor time of the server a turn.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field

import orjson

from benchmarks.server import RunningServer, running_server

LINES = (
    "Hi, I'd like to book an appointment please.",
    "A check-up.",
    "Next Tuesday in the morning.",
    "The first one.",
    "My name is Maria Lopez.",
    "Where do I park?",
    "Yes please.",
    "No, that's all, thank you. Goodbye.",
)


@dataclass
class Figures:
    """What was measured, in seconds."""

    first_content: list[float] = field(default_factory=list)
    failures: int = 0

    def row(self) -> dict[str, float]:
        """Percentiles in milliseconds."""
        ordered = sorted(self.first_content)
        return {
            "turns": len(ordered),
            "p50_ms": statistics.median(ordered) * 1000,
            "p99_ms": ordered[int(len(ordered) * 0.99)] * 1000,
            "max_ms": ordered[-1] * 1000,
        }


@dataclass
class Conversation:
    """One call: what was said so far, as Vapi sends it again with each turn."""

    number: int
    messages: list[dict[str, str]] = field(default_factory=list)

    def body(self, text: str) -> bytes:
        """The next request."""
        self.messages.append({"role": "user", "content": text})
        phone = f"+1212555{1000 + self.number % 9000:04d}"
        return orjson.dumps(
            {
                "model": "ringbook",
                "stream": True,
                "messages": [{"role": "system", "content": "bench"}, *self.messages],
                "call": {"id": f"bench-{self.number}", "customer": {"number": phone}},
                "phoneNumber": {"number": "+12125550123"},
            }
        )


async def post(port: int, path: str, body: bytes) -> tuple[float, bytes]:
    """Send one request on a connection of its own; seconds to the first spoken words, and all."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (path.encode(), len(body), body)
    )
    first, answer = 0.0, b""
    while chunk := await reader.read(65536):
        answer += chunk
        if not first and spoken(answer):
            first = time.perf_counter() - began
    writer.close()
    return first or time.perf_counter() - began, answer


def spoken(answer: bytes) -> str:
    """The content of a stream so far, fillers left out."""
    said = []
    for line in answer.split(b"\n"):
        if line.startswith(b"data: {") and line.rstrip().endswith(b"}"):
            for choice in orjson.loads(line[6:]).get("choices", ()):
                content = choice["delta"].get("content") or ""
                if "<flush" not in content:
                    said.append(content)
    return "".join(said)


async def play(server: RunningServer, calls: int, turns_per_second: float) -> Figures:
    """Run that many calls, interleaved, one turn every 1/turns_per_second seconds."""
    figures = Figures()
    ahead = round(turns_per_second * 2)  # calls in flight: one turn of each every two seconds
    began = time.perf_counter()

    async def one_call(number: int) -> None:
        conversation = Conversation(number)
        row, place = divmod(number, ahead)
        for turn, text in enumerate(LINES):
            due = (row * len(LINES) * ahead + turn * ahead + place) / turns_per_second
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            seconds, answer = await post(
                server.port, "/vapi/chat/completions", conversation.body(text)
            )
            said = spoken(answer)
            figures.failures += not said
            figures.first_content.append(seconds)
            conversation.messages.append({"role": "assistant", "content": said.strip()})

    await asyncio.gather(*(one_call(number) for number in range(calls)))
    return figures


def measure(calls: int = 400, turns_per_second: float = 50.0) -> dict[str, float]:
    """Warm up, then measure; all figures of one run."""
    with running_server() as server:
        asyncio.run(play(server, 20, turns_per_second))
        memory, cpu = server.memory_bytes(), server.cpu_seconds()
        figures = asyncio.run(play(server, calls, turns_per_second))
        row = figures.row()
        row["failures"] = figures.failures
        row["cpu_ms_a_turn"] = (server.cpu_seconds() - cpu) * 1000 / row["turns"]
        row["kilobytes_a_call"] = (server.memory_bytes() - memory) / calls / 1024
        row["start_seconds"] = server.start_seconds
        return row


if __name__ == "__main__":
    print({name: round(value, 2) for name, value in measure().items()})
