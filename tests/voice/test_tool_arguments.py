"""What models write into tool calls for arguments that they have nothing for."""

from __future__ import annotations

import pytest

from tests.voice.caller import Caller
from voice.call import CallContext
from voice.conversation import Conversation
from voice.tools.table import run_tool


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call in which no turn runs."""
    return await conversation.tool_context(caller.call)


@pytest.mark.parametrize(
    "nothing",
    ["null", "None", "N/A", "undefined", "", "unknown", "NULL.", '"null"', "<none>", "n.a.", "-",
     "nil", "none given", "not provided", "Not_Specified"],
)  # fmt: skip
async def test_words_for_nothing_are_no_argument(context: CallContext, nothing: str) -> None:
    asked = {"service": "check-up", "when": "tomorrow", "date": nothing, "provider": nothing}
    found = await run_tool(context, "check_availability", asked)
    assert found.refused is None
    assert found.facts["offers"]
    offer = {"offer_id": found.facts["offers"][0]["offer_id"]}
    nameless = await run_tool(context, "book_appointment", {**offer, "name": nothing})
    assert nameless.refused == "invalid"
    assert "name" in nameless.spoken
    others = dict.fromkeys(("phone", "service", "date", "time", "provider"), nothing)
    booked = await run_tool(context, "book_appointment", {**offer, "name": "Ann Null", **others})
    assert booked.refused is None
    assert booked.facts["booking"]["customer"]["name"] == "Ann Null"
    vague = await run_tool(context, "check_availability", {"service": nothing})
    assert vague.spoken == "What would you like to book?"
