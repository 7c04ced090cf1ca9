"""Tool calls that a platform delivers by themselves."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.errors import TryAgain
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked
from voice.journal.journal import Journal
from voice.tool_results import ToolResult


async def test_a_delivered_tool_call_runs_once(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    use = caller.conversation.use_tool
    arguments = {"service": "checkup", "date": "tomorrow", "time": "2 pm", "name": "Maria Lopez"}
    results = await asyncio.gather(
        *(use(caller.call, "book_appointment", arguments, "t1") for _ in range(4))
    )
    results.append(await use(caller.call, "book_appointment", arguments, "t1"))
    assert len({result.spoken for result in results}) == 1
    assert len(await booked(desk, clinic)) == 1


async def test_tools_delivered_apart_share_what_the_call_knows(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    use = caller.conversation.use_tool
    offered = await use(
        caller.call, "check_availability", {"service": "checkup", "when": "tomorrow"}, "t1"
    )
    offer_id = offered.facts["offers"][0]["offer_id"]
    given = {"offer_id": offer_id, "name": "Maria Lopez"}
    made = await use(caller.call, "book_appointment", given, "t2")
    reference = made.facts["booking"]["reference"]
    gone = await use(caller.call, "cancel_appointment", {"reference": reference}, "t3")
    assert gone.refused is None
    assert await booked(desk, clinic) == [f"Maria Lopez {_at(offered)} cancelled"]


async def test_what_was_booked_is_told_even_when_it_could_not_be_noted(
    caller: Caller,
    desk: Desk,
    clinic: Organisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def busy(*_: Any, **__: Any) -> None:
        raise TryAgain("the store stayed busy")

    # The store cannot be made busy between two writes of one tool call.
    monkeypatch.setattr(Journal, "record_tool", busy)
    use = caller.conversation.use_tool
    arguments = {"service": "checkup", "date": "tomorrow", "time": "2 pm", "name": "Wilma Stone"}
    made = [await use(caller.call, "book_appointment", arguments, "t1") for _ in range(2)]
    assert [result.refused for result in made] == [None, None]
    assert len(await booked(desk, clinic)) == 1


def _at(offered: ToolResult) -> str:
    start = offered.facts["offers"][0]["start"]
    return f"{datetime.fromisoformat(start):%a %H:%M}"
