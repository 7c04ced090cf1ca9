"""Vapi's messages in every shape on record."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webhooks.payloads import CALLER, DIALLED, message, tool_call
from webhooks.vapi.messages import Envelope, ServerMessage, ToolCall, read_arguments


def read(body: Any) -> ServerMessage:
    return Envelope.model_validate(body).message


WANTED = {"service": "haircut"}
SHAPES: list[dict[str, Any]] = [
    {"id": "call_1", "function": {"name": "f", "arguments": {"service": "haircut"}}},
    {"id": "call_1", "function": {"name": "f", "arguments": '{"service": "haircut"}'}},
    {"id": "call_1", "function": {"name": "f", "parameters": {"service": "haircut"}}},
    {"id": "call_1", "name": "f", "arguments": {"service": "haircut"}},
    {"id": "call_1", "name": "f", "arguments": '{"service": "haircut"}'},
    {"id": "call_1", "name": "f", "parameters": {"service": "haircut"}},
    {"toolCallId": "call_1", "name": "f", "parameters": '{"service": "haircut"}'},
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["toolCallList", "toolCalls", "tool_calls"])
def test_a_tool_call_is_read_from_any_list_and_in_any_shape(
    shape: dict[str, Any], place: str
) -> None:
    (asked,) = read({"message": {"type": "tool-calls", place: [shape]}}).asked_tools()
    assert (asked.id, asked.asked(), asked.given()) == ("call_1", "f", WANTED)


def test_a_tool_call_beside_its_definition_takes_its_name_from_there() -> None:
    entry = {"function": {"name": "f"}, "toolCall": {"id": "call_1", "arguments": WANTED}}
    (asked,) = read({"message": {"toolWithToolCallList": [entry]}}).asked_tools()
    assert (asked.id, asked.asked(), asked.given()) == ("call_1", "f", WANTED)


def test_a_body_without_its_envelope_is_read_too() -> None:
    asked = read({"type": "tool-calls", "toolCallList": [tool_call("f", {})]}).asked_tools()
    assert [each.asked() for each in asked] == ["f"]


@pytest.mark.parametrize("nothing", [None, "", "  ", {}, "{}"])
def test_no_arguments_are_no_arguments(nothing: Any) -> None:
    assert read_arguments(nothing) == {}
    assert ToolCall.model_validate({"name": "f", "arguments": nothing}).given() == {}


ODD = [
    '{"service": NaN}',
    '{"service": "\\ud800"}',
    '{"service": ' + "[" * 9_000 + "]" * 9_000 + "}",
]


@pytest.mark.parametrize("unreadable", ["{service", "[1]", '"text"', 7, [WANTED], *ODD])
def test_arguments_that_are_no_object_are_refused(unreadable: Any) -> None:
    with pytest.raises(ValueError, match="object|key must|expected value|hex escape|recursion"):
        read_arguments(unreadable)


@pytest.mark.parametrize("stamp", [1795442400000, "2026-11-23T14:00:00.000Z", None])
def test_nothing_that_is_missing_null_extra_or_misshapen_is_an_error(stamp: Any) -> None:
    read({"message": {"type": "anything", "timestamp": stamp}})
    read({"message": {"type": None, "call": None, "customer": "nobody", "phoneNumber": []}})
    read({"message": {"type": "tool-calls", "toolCallList": "none", "new": {"key": 1}}})


def test_the_callers_number_is_found_in_either_place() -> None:
    assert read(message("hang")).caller_number() == CALLER
    assert read(message("hang", customer=None)).caller_number() == CALLER
    assert read(message("hang", call=None)).caller_number() == CALLER
    assert read(message("hang", call=None, customer={})).caller_number() is None


def test_the_dialled_number_is_found_in_either_place() -> None:
    inside = {"id": "c", "phoneNumber": {"number": DIALLED}}
    assert read(message("hang")).dialled_number() == DIALLED
    assert read(message("hang", phoneNumber=None, call=inside)).dialled_number() == DIALLED


def test_a_nul_in_arguments_is_a_space() -> None:
    assert read_arguments('{"name": "Ada\\u0000Byron"}') == {"name": "Ada Byron"}
    assert read_arguments(r'{"name": "Ada\\u0000"}') == {"name": r"Ada\u0000"}
