"""Vapi's own tools as requests declare them, and what became of them."""

from __future__ import annotations

from typing import Any

import pytest

from webhooks.completions import Message
from webhooks.vapi.platform_tools import CameBack, DeclaredTool, PlatformTools, outcome_of_ours

OURS, OTHER = "+12125550100", "+12125550999"


def read(*tools: dict[str, Any]) -> PlatformTools:
    return PlatformTools.read([DeclaredTool.model_validate(tool) for tool in tools])


def transfer(**destination: Any) -> dict[str, Any]:
    parameters = {"type": "object", "properties": {"destination": destination}}
    return {"type": "function", "function": {"name": "transferCall", "parameters": parameters}}


def test_nothing_declared_is_nothing_allowed() -> None:
    tools = read()
    assert not tools.can_end
    assert not tools.can_transfer
    assert not tools.names(OURS)


@pytest.mark.parametrize(
    "declared",
    [
        transfer(type="string", enum=[OTHER, OURS]),
        transfer(const=OURS),
        {"type": "transferCall", "destinations": [{"type": "number", "number": OURS}]},
    ],
)
def test_a_transfers_argument_equals_a_declared_destination(declared: dict[str, Any]) -> None:
    tools = read(declared)
    assert tools.names(OURS)
    assert tools.transfer_arguments(OURS) == {"destination": OURS}


def test_a_number_that_is_not_declared_is_never_sent() -> None:
    tools = read(transfer(enum=[OTHER]))
    assert not tools.names(OURS)
    assert tools.transfer_arguments(OURS) == {"destination": OTHER}


def test_an_empty_list_of_destinations_is_called_bare() -> None:
    for declared in (transfer(enum=[]), {"type": "transferCall", "destinations": []}):
        assert read(declared).transfer_arguments(OURS) == {}


def test_the_old_functions_form_declares_too() -> None:
    tools = read({"name": "endCall", "parameters": {"type": "object", "properties": {}}})
    assert tools.can_end


def history(name: str, result: str) -> tuple[Message, ...]:
    call = {"id": "call_1", "function": {"name": name, "arguments": "{}"}}
    raw: list[dict[str, Any]] = [
        {"role": "user", "content": "Bye."},
        {"role": "assistant", "content": "Goodbye.", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": result},
    ]
    return tuple(Message.model_validate(each) for each in raw)


def test_the_outcome_of_our_own_calls_is_said_truly() -> None:
    assert outcome_of_ours(history("transferCall", "Success.")) == "I'm putting you through now."
    assert outcome_of_ours(history("endCall", "Success.")) == "Goodbye."


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("Error: transfer failed", "not_possible"),
        ("Transfer failed: busy", "busy"),
        ("No answer from destination", "no_answer"),
        ("The operator declined the call", "declined"),
    ],
)
def test_what_came_of_a_transfer_is_one_of_six(result: str, outcome: str) -> None:
    came_back = outcome_of_ours(history("transferCall", result))
    assert isinstance(came_back, CameBack)
    assert (came_back.outcome, came_back.tool_call_id) == (outcome, "call_1")


def test_other_tools_results_are_the_conversations_affair() -> None:
    assert outcome_of_ours(history("collect_user_info", "Success.")) is None
    assert outcome_of_ours(history("endCall", "Success.")[:2]) is None
    assert outcome_of_ours(()) is None
