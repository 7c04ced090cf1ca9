"""The hosted model against a real HTTP server that obeys, stumbles and misbehaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import orjson
import pytest
from agents import FunctionTool, ModelSettings
from agents.models.interface import ModelTracing
from agents.tool_context import ToolContext

from tests.scripted_openai import DONE, Answer, calls, fails, frame, hangs, says, scripted_openai
from voice.models.chat_completions import AskedTool, ChatStream, HostedModelError
from voice.models.hosted_model import HostedModel
from voice.models.runner import ModelRequest, tool_call


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(timeout=5, trust_env=False) as client:
        yield client


async def _never(context: ToolContext[Any], arguments: str) -> str:
    raise AssertionError("the model itself runs no tool")


TOOL = FunctionTool(
    name="check_availability",
    description="Free times.",
    params_json_schema={"type": "object", "properties": {"service": {"type": "string"}}},
    on_invoke_tool=_never,
    strict_json_schema=False,
)
CONVERSATION: list[Any] = [
    {"role": "user", "content": "a haircut tomorrow"},
    {
        "type": "message",
        "id": "m",
        "role": "assistant",
        "status": "completed",
        "content": [{"type": "output_text", "text": "One moment.", "annotations": []}],
    },
    {"type": "function_call", "call_id": "x1", "name": "check_availability", "arguments": "{}"},
    {"type": "function_call_output", "call_id": "x1", "output": "Two or three."},
]


SETTINGS = ModelSettings(temperature=0.2, max_tokens=99, metadata={"call": "c"})


async def heard(
    model: HostedModel, conversation: Any = "hello", settings: ModelSettings = SETTINGS
) -> tuple[str, list[AskedTool]]:
    """The words as they were streamed, and the tools that were asked for."""
    request = ModelRequest(
        "Be brief.", conversation, settings, [TOOL], None, [], ModelTracing.DISABLED
    )
    stream = ChatStream()
    words = [piece async for piece in model.answer(request, stream)]
    return "".join(words), stream.tools


async def answer_of(client: httpx2.AsyncClient, answer: Answer) -> tuple[str, list[AskedTool]]:
    async with scripted_openai(answer) as server:
        return await heard(HostedModel(client, base_url=server.base_url, model="m"))


async def test_words_stream_as_they_come(client: httpx2.AsyncClient) -> None:
    words, tools = await answer_of(client, says("Tuesday at two?"))
    assert words == "Tuesday at two?"
    assert not tools


async def test_only_what_the_model_needs_goes_upstream(client: httpx2.AsyncClient) -> None:
    async with scripted_openai(says("Yes.")) as server:
        model = HostedModel(client, base_url=server.base_url + "/", model="m", key="k")
        await heard(model, CONVERSATION)
        (sent,) = server.requests
        assert sent.keys() == {
            "model", "messages", "tools", "stream", "temperature", "max_tokens",
        }  # fmt: skip
        assert [line["role"] for line in sent["messages"]] == [
            "system", "user", "assistant", "tool",
        ]  # fmt: skip
        assert sent["messages"][2]["content"] == "One moment."
        assert sent["messages"][2]["tool_calls"][0]["id"] == "x1"
        assert sent["messages"][3] == {
            "role": "tool", "tool_call_id": "x1", "content": "Two or three.",
        }  # fmt: skip
        assert sent["tools"][0]["function"]["name"] == "check_availability"
        assert server.headers[0]["authorization"] == "Bearer k"


async def test_a_length_is_asked_for_even_where_nobody_said_one(client: httpx2.AsyncClient) -> None:
    async with scripted_openai(says("Yes.")) as server:
        model = HostedModel(client, base_url=server.base_url, model="m")
        await heard(model, settings=ModelSettings())
        assert server.requests[0]["max_tokens"] > 0


async def test_the_key_is_optional(client: httpx2.AsyncClient) -> None:
    async with scripted_openai(says("Yes.")) as server:
        await heard(HostedModel(client, base_url=server.base_url, model="m"))
        assert "authorization" not in server.headers[0]


async def test_tool_calls_are_put_together_from_their_pieces(client: httpx2.AsyncClient) -> None:
    asked = ("check_availability", {"service": "haircut"})
    _, output = await answer_of(client, calls(asked, ("answer_question", {"question": "é"})))
    first, second = output
    assert (first.name, orjson.loads(first.arguments)) == asked
    assert orjson.loads(second.arguments) == {"question": "é"}


def test_call_ids_never_repeat() -> None:
    assert len({tool_call("a", "{}").call_id for _ in range(9)}) == 9


WHOLE = {"id": "call_0", "type": "function", "function": {"name": "a", "arguments": '{"x": 1}'}}
ODD = {
    "no space after data": [
        b'data:{"choices":[{"delta":{"content":"Hi."}}]}\n\n',
        b"data:[DONE]\n\n",
    ],
    "carriage returns": [
        frame({"content": "Hi."}).replace(b"\n", b"\r\n"),
        b"data: [DONE]\r\n\r\n",
    ],
    "comments and events": [b": ping\n\nevent: x\nid: 3\n" + frame({"content": "Hi."}), DONE],
    "a usage chunk": [
        frame({"content": "Hi."}, "stop"),
        b'data: {"usage": {}, "choices": []}\n\n',
        DONE,
    ],
    "null choices": [b'data: {"choices": null}\n\n', frame({"content": "Hi."}), DONE],
    "no final marker": [frame({"content": "Hi."}), frame({}, "stop")],
    "another finish reason": [frame({"content": "Hi."}), frame({}, "eos_token")],
    "cut inside a letter": [frame({"content": "Hi."})[:20], frame({"content": "Hi."})[20:], DONE],
    "content in parts": [frame({"content": [{"type": "text", "text": "Hi."}]}), DONE],
    "no blank lines": [frame({"content": "Hi"})[:-1], frame({"content": "."})[:-1], DONE],
    "an object over two lines": [
        b'data: {"choices": [{"delta":\ndata: {"content": "Hi."}}]}\n\n',
        DONE,
    ],
}


@pytest.mark.parametrize("pieces", ODD.values(), ids=ODD.keys())
async def test_odd_streams_are_understood(client: httpx2.AsyncClient, pieces: list[bytes]) -> None:
    words, _ = await answer_of(client, Answer(tuple(pieces)))
    assert words == "Hi."


ODD_CALLS = {
    "whole in one": [frame({"tool_calls": [{"index": 0, **WHOLE}]}, "tool_calls")],
    "without an index": [frame({"tool_calls": [WHOLE]}, "tool_calls")],
    "arguments as an object": [
        frame({"tool_calls": [{"index": 0, "function": {"name": "a", "arguments": {"x": 1}}}]}),
        DONE,
    ],
    "the old form": [frame({"function_call": {"name": "a", "arguments": '{"x": 1}'}}), DONE],
    "the name with every piece": [
        frame({"tool_calls": [{"index": 0, "function": {"name": "a", "arguments": '{"x":'}}]}),
        frame({"tool_calls": [{"index": 0, "function": {"name": "a", "arguments": " 1}"}}]}),
        DONE,
    ],
}


@pytest.mark.parametrize("pieces", ODD_CALLS.values(), ids=ODD_CALLS.keys())
async def test_odd_tool_calls_are_understood(
    client: httpx2.AsyncClient, pieces: list[bytes]
) -> None:
    _, (call,) = await answer_of(client, Answer(tuple(pieces)))
    assert (call.name, orjson.loads(call.arguments)) == ("a", {"x": 1})


async def test_a_server_that_does_not_stream_is_read_whole(client: httpx2.AsyncClient) -> None:
    choice = {"message": {"role": "assistant", "content": "Hi."}, "finish_reason": "stop"}
    body = orjson.dumps({"choices": [choice]})
    words, _ = await answer_of(client, Answer((body,), content_type="application/json"))
    assert words == "Hi."


BROKEN = {
    "status": (fails(500), "status", True),
    "refused": (fails(401), "status", False),
    "too many": (fails(429), "status", True),
    "garbage": (Answer((b"data: {oops}\n\n",)), "garbage", True),
    "a page": (Answer((b"<html>hello</html>",), content_type="text/html"), "stopped", True),
    "a list": (Answer((b"data: []\n\n",)), "garbage", False),
    "choices of another shape": (Answer((b'data: {"choices": {"a": 1}}\n\n',)), "garbage", False),
    "an error in the middle": (
        Answer((frame({"content": "Hi"}), b'data: {"error": {"message": "overloaded"}}\n\n')),
        "stopped",
        True,
    ),
    "an end in the middle": (Answer((frame({"content": "Hi"}),)), "stopped", True),
    "a lost connection": (Answer((frame({"content": "Hi"}),), cut=True), "unreachable", True),
    "nothing": (Answer((frame({}, "stop"), DONE)), "empty", True),
    "a line without end": (Answer((b"data: " + b"a" * 64_000,) * 9), "endless", False),
    "events without end": (Answer((b": nothing\n\n" * 8_000,) * 20), "endless", False),
    "a page without end": (
        Answer((b"{" + b" " * 64_000,) * 20, content_type="application/json"),
        "endless",
        False,
    ),
    "a call without a name": (
        Answer((frame({"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]}), DONE)),
        "garbage",
        False,
    ),
}


@pytest.mark.parametrize(("answer", "kind", "may_retry"), BROKEN.values(), ids=BROKEN.keys())
async def test_broken_answers_name_what_is_wrong(
    client: httpx2.AsyncClient, answer: Answer, kind: str, may_retry: bool
) -> None:
    with pytest.raises(HostedModelError) as caught:
        await answer_of(client, answer)
    assert (caught.value.kind, caught.value.may_retry) == (kind, may_retry)


async def test_a_server_that_is_not_there_is_unreachable(client: httpx2.AsyncClient) -> None:
    with pytest.raises(HostedModelError, match="unreachable"):
        await heard(HostedModel(client, base_url="http://127.0.0.1:9/v1", model="m"))


async def test_leaving_a_turn_hangs_up_on_the_server(client: httpx2.AsyncClient) -> None:
    async with scripted_openai(hangs()) as server:
        task = asyncio.ensure_future(
            heard(HostedModel(client, base_url=server.base_url, model="m"))
        )
        await server.asked.wait()
        task.cancel()
        await server.left.wait()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_one_connection_serves_many_turns(client: httpx2.AsyncClient) -> None:
    async with scripted_openai(says("One."), says("Two."), calls(("a", {}))) as server:
        model = HostedModel(client, base_url=server.base_url, model="m")
        for _ in range(3):
            await heard(model)
        assert server.connections == 1


async def test_a_schema_is_filled_in_one_answer(client: httpx2.AsyncClient) -> None:
    async with scripted_openai(says('{"acts": []}')) as server:
        model = HostedModel(client, base_url=server.base_url, model="m")
        filled = await model.fill([{"role": "user", "content": "hi"}], {"type": "object"}, 50)
        (sent,) = server.requests
    assert orjson.loads(filled) == {"acts": []}
    assert sent["response_format"]["json_schema"]["strict"]
    assert "tools" not in sent
    assert sent["max_tokens"] == 50
