"""Arguments and bodies of the wrong types are answered in words or refused, and break nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.webhooks.doors import STAFF, VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import tool_call, tool_calls
from voice.tools.table import TOOLS
from webhooks.vapi.tool_calls import BROKEN

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 2**70, 1.5, 1e308, "", " ", "\x00", "\ud800", "x" * 100_000, [], {}, ["+1"],
    {"a": {"b": []}}, [[[[]]]], "'; DROP TABLE booking; --", 4111111111111111, 4111111111111111.0,
)  # fmt: skip
OF_AN_ACCOUNT = ("my_account", "change_number", "change_name", "forget_me", "find_appointment")


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Opened]:
    async with opened(settings_in(tmp_path)) as door:
        yield door


async def results_of(door: Opened, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    response = await door.client.post("/vapi/events", json=tool_calls(*calls), headers=VAPI)
    assert response.status_code == 200, response.text
    results: list[dict[str, Any]] = response.json()["results"]
    assert len(results) == len(calls)
    return results


@pytest.mark.parametrize("name", OF_AN_ACCOUNT)
async def test_a_tool_answers_whatever_its_arguments_are(door: Opened, name: str) -> None:
    keys = [*TOOLS[name].parameters["properties"], "nobody_knows_this"]
    for at, strange in enumerate(each for each in STRANGE if each != "\ud800"):
        calls = [tool_call(name, {key: strange}, f"{at}-{key}") for key in keys]
        calls += [tool_call(name, dict.fromkeys(keys, strange), f"{at}-all")]
        calls += [tool_call(name, strange, f"{at}-bare")]
        for result in await results_of(door, calls):
            said = result.get("result") or result["error"]
            assert isinstance(said, str)
            assert said
            assert said != BROKEN, (strange, result)
            assert "4111" not in str(result)


async def test_a_card_that_comes_as_a_number_is_kept_nowhere(door: Opened) -> None:
    for at, card in enumerate((4111111111111111, 4111111111111111.0, "4111 1111 1111 1111")):
        asked = {"issue": card, "priority": "high"}
        [result] = await results_of(door, [tool_call("create_ticket", asked, f"ticket-{at}")])
        assert "4111" not in str(result)
    for kept in (await door.resources.journal.calls(None)).calls:
        assert "4111" not in repr(await door.resources.journal.call(None, kept.call_id))


@pytest.mark.parametrize("place", ["content", "role", "messages", "message", "metadata", "phone",
                                   "call_id", "stream", "model", "body"])  # fmt: skip
async def test_the_door_of_other_programs_refuses_or_answers(door: Opened, place: str) -> None:
    for strange in (each for each in STRANGE if each != "\ud800"):
        message = {"role": "user", "content": "When are you open?"}
        body: Any = {"messages": [message], "model": "ringbook"}
        if place in message:
            body["messages"] = [{**message, place: strange}]
        elif place in ("phone", "call_id"):
            body["metadata"] = {place: strange}
        elif place == "message":
            body["messages"] = [message, strange]
        else:
            body = strange if place == "body" else {**body, place: strange}
        response = await door.client.post("/v1/chat/completions", json=body, headers=STAFF)
        assert response.status_code < 500, (strange, response.text)
