"""CPU of one streamed question to a hosted model: ours against the SDK's own model.

    python -m benchmarks.hosted_model [--rounds 300] [--history 24]

The server answers from the same process, so what it costs to serve is measured apart, with a
bare client that only reads, and both figures are given.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
from agents import FunctionTool, Model, ModelSettings, OpenAIChatCompletionsModel
from agents.models.interface import ModelTracing
from openai import AsyncOpenAI

from tests.scripted_openai import ScriptedOpenAI, says, scripted_openai
from voice.models.chat_completions import ChatStream
from voice.models.hosted_model import HostedModel
from voice.models.runner import ModelRequest
from voice.tools.table import TOOLS

WORDS = (
    "I have tomorrow at two or half past three with Ana Ruiz, which of them suits you best? " * 2
)


async def _unused(_context: Any, _arguments: str) -> str:
    return ""


def tools() -> list[Any]:
    return [
        FunctionTool(
            name=tool.name,
            description=tool.description,
            params_json_schema=tool.parameters,
            on_invoke_tool=_unused,
            strict_json_schema=False,
        )
        for tool in TOOLS.values()
    ]


def conversation(lines: int) -> list[Any]:
    return [
        {"role": "assistant" if number % 2 else "user", "content": f"Line {number} of the call."}
        for number in range(lines)
    ]


def question(lines: list[Any], declared: list[Any]) -> ModelRequest:
    return ModelRequest(
        "You speak for a clinic. " * 60,
        lines,
        ModelSettings(),
        declared,
        None,
        [],
        ModelTracing.DISABLED,
    )


async def ask_ours(model: HostedModel, request: ModelRequest) -> None:
    async for _ in model.answer(request, ChatStream()):
        pass


async def ask_theirs(model: Model, request: ModelRequest) -> None:
    events = model.stream_response(
        *request, previous_response_id=None, conversation_id=None, prompt=None
    )
    async for _ in events:
        pass


async def cpu_of(work: Callable[[], Awaitable[None]], rounds: int) -> list[float]:
    """Milliseconds of CPU for each round, the first ones left out."""
    taken = []
    for number in range(rounds + 20):
        began = time.process_time()
        await work()
        if number >= 20:
            taken.append((time.process_time() - began) * 1000)
    return taken


async def bare(client: httpx2.AsyncClient, server: ScriptedOpenAI) -> None:
    url = f"{server.base_url}/chat/completions"
    async with client.stream("POST", url, content=b'{"messages": []}') as response:
        async for _ in response.aiter_raw():
            pass


async def measured(rounds: int, history: int) -> dict[str, float]:
    request = question(conversation(history), tools())
    async with scripted_openai() as server, httpx2.AsyncClient(trust_env=False) as client:
        server.otherwise = says(WORDS)
        ours = HostedModel(client, base_url=server.base_url, model="m", key="k")
        vendor = AsyncOpenAI(base_url=server.base_url, api_key="k", max_retries=0)
        theirs = OpenAIChatCompletionsModel("m", vendor)
        asked = {
            "bare client ms": lambda: bare(client, server),
            "ours ms": lambda: ask_ours(ours, request),
            "SDK's own ms": lambda: ask_theirs(theirs, request),
        }
        medians = {}
        for name, work in asked.items():
            medians[name] = statistics.median(await cpu_of(work, rounds))
        await vendor.close()
        return medians


def measure(rounds: int = 200, history: int = 24) -> dict[str, float]:
    """Median CPU of one question, the server's share included."""
    return asyncio.run(measured(rounds, history))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--history", type=int, default=24)
    given = parser.parse_args()
    for name, median in measure(given.rounds, given.history).items():
        print(f"{name}: {median:.2f}")
