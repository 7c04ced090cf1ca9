"""Calls of tests/calls again, with a hosted model that talks: graded on the same store.

A file of tests/calls/hosted says what the model does in each turn of the call of the same name,
on a scripted OpenAI-compatible server: words, or a tool with its arguments. `$offer` and
`$reference` are read from what the tools gave back last, as a model would.
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
    WrittenCall,
    answering,
    play,
    settings_for,
    written,
)

pytestmark = pytest.mark.slow

HOSTED = sorted((FOLDER / "hosted").glob("*.toml"))
PLACEHOLDERS = {
    "$offer": (r'"offer_id": ?"(\w+)"', r"live offers: (\w+) ="),
    "$ticket": (r'"reference": ?"(\w{6})"', r"open tickets: (\w{6})"),
    "$said": (r'"say":"([^"]+)"', r"^$"),
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


def script_of(step: str | dict[str, dict[str, str]]) -> Script:
    """One answer of the model: words, or a tool with its arguments; placeholders are filled in."""
    if isinstance(step, str):
        words = step
        if "$said" not in words:
            return says(words)
        return lambda request: says(words.replace("$said", given(request, "$said")))
    [(name, arguments)] = step.items()

    def call(request: dict[str, Any]) -> Answer:
        filled = {
            key: given(request, value) if value in PLACEHOLDERS else value
            for key, value in arguments.items()
        }
        return calls((name, filled))

    return call


async def play_hosted(
    call: WrittenCall, steps: list[dict[str, Any]], server: ScriptedOpenAI, folder: Path
) -> None:
    settings = settings_for(
        call, folder, model="hosted", openai_model="scripted", openai_base_url=server.base_url
    )
    assert len(steps) == len(call.turn), "each turn says what the model does in it"
    async with answering(settings) as (client, resources):

        def script(number: int) -> None:
            server.scripts.extend(script_of(each) for each in steps[number]["model"])

        async def model_was_asked(number: int) -> None:
            assert not server.scripts, "the model was asked less often than its script says"
            if "comes_back" in call.turn[number]:
                return
            record = await resources.journal.call(None, "call-1")
            assert record is not None
            # A turn without a script is one that no model is asked about.
            whose = "hosted" if steps[number]["model"] else "local"
            assert steps[number].get("answered_by", whose) in record.turns[-1].answered_by

        await play(call, client, resources, script, model_was_asked)


@pytest.mark.parametrize("path", HOSTED, ids=lambda path: path.stem)
async def test_a_call_ends_as_the_caller_wished_with_a_hosted_model(
    path: Path, tmp_path: Path
) -> None:
    with path.open("rb") as file:
        steps = tomllib.load(file)["turn"]
    async with scripted_openai() as server:
        await play_hosted(written(FOLDER / path.name), steps, server, tmp_path)
