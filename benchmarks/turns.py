"""How long a caller waits, and what a turn costs: whole calls at an even pace.

Plays calls of eight turns through the Vapi custom model door of a server in another process, on
another core, over real sockets. Turns start at fixed instants, whatever the last one took, so a
slow answer delays nobody but its own caller (no coordinated omission); at any time calls are at
every stage. Each call is about a day of its own, and every reply must be the one expected, so
that a server that fails cannot look quick. Two figures: request to first content that is not a
filler, and processor time of the server a turn.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import orjson

from benchmarks.server import RunningServer, running_server

FIRST_DAY = date(2026, 11, 25)
DAYS = 85
CLOSED = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)}
OPEN_DAYS = [
    day
    for ahead in range(DAYS)
    if (day := FIRST_DAY + timedelta(ahead)).weekday() < 5 and day not in CLOSED
]
SERVICES = ("check-up", "vaccination")
PARTS_OF_DAY = ("morning", "afternoon")


def script(number: int) -> list[tuple[str, str]]:
    """What the caller says and a pattern of what must be heard, turn by turn."""
    rest, at = divmod(number, len(OPEN_DAYS))
    day = f"{OPEN_DAYS[at]:%B} {OPEN_DAYS[at].day}"
    service, part = SERVICES[rest % 2], PARTS_OF_DAY[rest // 2 % 2]
    return [
        ("Hi, I'd like to book an appointment please.", r"What would you like to book\?"),
        (f"A {service}.", r"What day"),
        (f"{day} in the {part}.", rf"{day}.* (suits?|like)\b"),
        ("The first one.", r"What name"),
        ("My name is Maria Lopez.", rf"{service}.*{day}.*Maria Lopez\. Shall I book it\?"),
        ("Where do I park?", r"free parking"),
        ("Yes please.", rf"You're booked.*{day}"),
        ("No, that's all, thank you. Goodbye.", r"Goodbye"),
    ]


def support_script(number: int) -> list[tuple[str, str]]:
    """The same for who comes about a bill: handed on, written down, answered, and handed back."""
    day = f"{OPEN_DAYS[number % len(OPEN_DAYS)]:%B} {OPEN_DAYS[number % len(OPEN_DAYS)].day}"
    return [
        ("Hi, I think I was charged twice for my last visit.", r"name"),
        ("My name is Maria Lopez.", r"call you back"),
        ("Tomorrow after two.", r"ticket number"),
        ("Where do I park?", r"free parking"),
        ("I'd also like to book a check-up.", r"What day"),
        (f"{day} in the morning.", rf"{day}.* (suits?|like)\b"),
        ("What does it cost?", r"check-up costs"),
        ("No, that's all, thank you. Goodbye.", r"Goodbye"),
    ]


TURNS = len(script(0))
ROUND = 13 * TURNS + 1
"""Turns of all calls between two of the same call. One more than a multiple of a call's turns, so
that calls begun one call's length apart fill every place once."""
CALLS_AT_ONCE = (TURNS - 1) * ROUND // TURNS


Script = Callable[[int], list[tuple[str, str]]]


@dataclass
class Figures:
    """What was measured, in seconds."""

    first_content: list[float] = field(default_factory=list)
    unexpected: Counter[str] = field(default_factory=Counter)
    """What was heard where something else should have been."""

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

    @property
    def call(self) -> dict[str, object]:
        """The call as Vapi describes it."""
        phone = f"+1212555{1000 + self.number % 9000:04d}"
        return {"id": f"bench-{self.number}", "customer": {"number": phone}}

    def report(self) -> bytes:
        """What Vapi sends when the caller has hung up."""
        reason = {"type": "end-of-call-report", "endedReason": "customer-ended-call"}
        return orjson.dumps({"message": {**reason, "call": self.call}})

    def body(self, text: str) -> bytes:
        """The next request."""
        self.messages.append({"role": "user", "content": text})
        return orjson.dumps(
            {
                "model": "ringbook",
                "stream": True,
                "messages": [{"role": "system", "content": "bench"}, *self.messages],
                "call": self.call,
                "phoneNumber": {"number": "+12125550123"},
            }
        )


async def post(port: int, path: str, body: bytes) -> tuple[float, bytes]:
    """Send one request on a connection of its own; seconds to the first spoken words, and all."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
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


async def play(
    server: RunningServer, numbers: range, turns_per_second: float, script: Script = script
) -> Figures:
    """Play these calls; one turn starts every 1/turns_per_second seconds once all are going."""
    figures = Figures()
    began = time.perf_counter()
    steady = range((TURNS - 1) * ROUND, len(numbers) * TURNS)

    async def one_call(place: int, number: int) -> None:
        conversation = Conversation(number)
        for turn, (text, expected) in enumerate(script(number)):
            slot = place * TURNS + turn * ROUND
            await asyncio.sleep(max(0.0, began + slot / turns_per_second - time.perf_counter()))
            seconds, answer = await post(
                server.port, "/vapi/chat/completions", conversation.body(text)
            )
            said = spoken(answer).strip()
            if not re.search(expected, said, re.IGNORECASE):
                figures.unexpected[f"{text} -> {said}"] += 1
            if slot in steady:
                figures.first_content.append(seconds)
            conversation.messages.append({"role": "assistant", "content": said})
        await post(server.port, "/vapi/events", conversation.report())

    await asyncio.gather(*(one_call(*each) for each in enumerate(numbers)))
    return figures


def measure_support() -> dict[str, float]:
    """The same of calls that are handed to the specialists and back, at half the pace."""
    return measure(calls=180, turns_per_second=25.0, script=support_script)


def measure(
    calls: int = 360, turns_per_second: float = 50.0, script: Script = script
) -> dict[str, float]:
    """Warm up, then measure; all figures of one run."""
    with running_server() as server:
        fresh = server.memory_bytes()
        warming = range(20)
        asyncio.run(play(server, warming, turns_per_second, script))
        cpu = server.cpu_seconds()
        figures = asyncio.run(
            play(server, range(len(warming), len(warming) + calls), turns_per_second, script)
        )
        for what, times in figures.unexpected.most_common(5):
            print(f"  not expected, {times} times: {what}")
        return {
            **figures.row(),
            "unexpected": figures.unexpected.total(),
            "cpu_ms_a_turn": (server.cpu_seconds() - cpu) * 1000 / (calls * TURNS),
            "kilobytes_a_call": (server.memory_bytes() - fresh) / CALLS_AT_ONCE / 1024,
            "start_seconds": server.start_seconds,
        }


if __name__ == "__main__":
    print({name: round(value, 2) for name, value in measure().items()})
