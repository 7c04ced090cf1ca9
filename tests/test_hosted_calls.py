"""Calls of tests/calls again, with a hosted model behind the agents: graded on the same store.

A file of tests/calls/hosted says what the model does in each turn of the call of the same name,
on a scripted OpenAI-compatible server. `$offer` and `$reference` are read from what the tools
gave back last, as a model would.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.scripted_openai import Answer, Script, ScriptedOpenAI, calls, says, scripted_openai
from tests.test_calls import (
    FOLDER,
    ScriptedTurn,
    WrittenCall,
    answering,
    check_store,
    check_turn,
    enter,
    settings_for,
    stored,
    written,
)
from tests.vapi_caller import VapiCaller

HOSTED = sorted((FOLDER / "hosted").glob("*.toml"))
PLACEHOLDERS = {
    "$offer": (r'"offer_id": ?"(\w+)"', r"live offers: (\w+) ="),
    "$reference": (r'"reference": ?"(\w{6})"', r"verified for: (\w{6})"),
}
"""Where a model finds them: in what a tool gave in this turn, else in the facts of the call."""


def given(request: dict[str, Any], placeholder: str) -> str:
    """What the placeholder stands for in this request."""
    in_tools, in_facts = PLACEHOLDERS[placeholder]
    for message in reversed(request["messages"]):
        pattern = in_tools if message["role"] == "tool" else in_facts
        if found := re.search(pattern, message.get("content") or ""):
            return found[1]
    raise AssertionError(f"nothing gave {placeholder}: {request['messages']}")


def script_of(step: dict[str, Any]) -> Script:
    """One answer of the model: words, or a tool call with its placeholders filled in."""
    if "say" in step:
        return says(step["say"])

    def call(request: dict[str, Any]) -> Answer:
        filled = {
            key: given(request, value) if value in PLACEHOLDERS else value
            for key, value in step["arguments"].items()
        }
        return calls((step["call"], filled))

    return call


async def play_hosted(
    call: WrittenCall, steps: list[dict[str, Any]], server: ScriptedOpenAI, folder: Path
) -> None:
    settings = settings_for(
        call, folder, model="hosted", openai_model="scripted", openai_base_url=server.base_url
    )
    async with answering(settings) as (client, resources):
        await enter(resources, call.before)
        caller = VapiCaller(client, "call-1", phone=call.phone, dialled=call.dialled)
        for row, step in zip(call.turn, steps, strict=True):
            server.scripts.extend(script_of(each) for each in step["model"])
            turn = ScriptedTurn(**{**row, "tools": None})
            check_turn(turn, await caller.say(turn.caller))
            assert not server.scripts, "the model was asked less often than its script says"
            record = await resources.journal.call(None, "call-1")
            assert record is not None
            assert "hosted" in record.turns[-1].answered_by
        check_store(call, await stored(resources))


@pytest.mark.parametrize("path", HOSTED, ids=lambda path: path.stem)
async def test_a_call_ends_as_the_caller_wished_with_a_hosted_model(
    path: Path, tmp_path: Path
) -> None:
    with path.open("rb") as file:
        steps = tomllib.load(file)["turn"]
    async with scripted_openai() as server:
        await play_hosted(written(FOLDER / path.name), steps, server, tmp_path)
