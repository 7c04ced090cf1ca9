"""What Vapi posts, in the shapes that were captured, with values of our own."""

from __future__ import annotations

import json
from typing import Any

CALLER = "+12125550188"
DIALLED = "+12125550123"
"""A number of the sample business."""
CALL_ID = "5f0c7f2e-0c6b-4a55-9a0f-1f3c52a2b9d1"
CONTROL_URL = (
    f"https://phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai/{CALL_ID}/control"
)

Body = dict[str, Any]


def call(call_id: str = CALL_ID, *, caller: str | None = CALLER) -> Body:
    """A telephone call as webhooks carry it; its status is stale, as in real traffic."""
    body: Body = {
        "id": call_id,
        "orgId": "3c0f8a6e-27a2-4f4d-8f6a-54a58ce1b1d7",
        "createdAt": "2026-11-23T13:59:58.585Z",
        "updatedAt": "2026-11-23T13:59:58.585Z",
        "type": "inboundPhoneCall",
        "status": "ringing",
        "phoneCallProvider": "twilio",
        "phoneCallProviderId": "CA00000000000000000000000000000000",
        "phoneCallTransport": "pstn",
        "phoneNumberId": "0a5b6a4e-9a54-4b35-97ab-7c4de0c7c2ad",
        "assistantId": None,
        "squadId": None,
    }
    if caller is not None:
        body["customer"] = {"number": caller}
    return body


def message(kind: str, **fields: Any) -> Body:
    """A server message with what real ones carry besides."""
    body: Body = {
        "timestamp": 1795442400000,
        "type": kind,
        "call": call(),
        "phoneNumber": {"number": DIALLED, "provider": "twilio", "fallbackDestination": None},
        "customer": {"number": CALLER},
        "artifact": {"messages": [], "messagesOpenAIFormatted": []},
    }
    return {"message": body | fields}


def tool_call(name: str, arguments: Any, call_id: str = "call_51kj") -> Body:
    """As in live captures: arguments are an object."""
    function = {"name": name, "arguments": arguments}
    return {"id": call_id, "type": "function", "function": function}


def tool_calls(*calls: Body, **fields: Any) -> Body:
    """The list, its undocumented twin, and the definitions with the calls in them."""
    with_definitions = [
        {
            "type": "function",
            "function": {"name": each["function"]["name"], "parameters": {"type": "object"}},
            "async": False,
            "server": {"url": "https://ringbook.example/vapi/events"},
            "messages": [],
            "toolCall": each,
        }
        for each in calls
    ]
    return message(
        "tool-calls",
        toolCalls=list(calls),
        toolCallList=list(calls),
        toolWithToolCallList=with_definitions,
        **fields,
    )


def end_of_call_report(**fields: Any) -> Body:
    """The report, with what repeats at its top level."""
    return message(
        "end-of-call-report",
        **{
            "endedReason": "customer-ended-call",
            "startedAt": "2026-11-23T14:00:00.649Z",
            "endedAt": "2026-11-23T14:00:25.925Z",
            "durationSeconds": 25.276,
            "cost": 0.0394,
            "transcript": "AI: Hello.\nUser: Hi.\n",
            "summary": "The caller said hi.",
            "analysis": {"summary": "The caller said hi.", "successEvaluation": "true"},
            **fields,
        },
    )


def completion(*messages: Body, **fields: Any) -> Body:
    """A custom model request as captured: the call and more ride along with the messages."""
    return {
        "model": "ringbook",
        "messages": [{"role": "system", "content": "You answer the telephone."}, *messages],
        "temperature": 0.7,
        "tools": [],
        "stream": True,
        "max_tokens": 250,
        "call": call() | {"monitor": {"controlUrl": CONTROL_URL}},
        "phoneNumber": {"number": DIALLED},
        "customer": {"number": CALLER},
        "metadata": {"numAssistantTurns": 1, "numUserTurns": 1},
        "credentials": [{"provider": "custom-llm", "apiKey": "not-to-be-logged"}],
        **fields,
    }


def user(text: str) -> Body:
    """What the caller said."""
    return {"role": "user", "content": text}


def said(text: str) -> Body:
    """What was heard of us."""
    return {"role": "assistant", "content": text}


def frames(stream: str) -> list[Body]:
    """The chunks of a stream; fails on anything that Vapi could not iterate."""
    lines = [frame for frame in stream.split("\n\n") if frame]
    assert all(line.startswith("data: ") for line in lines)
    assert lines[-1] == "data: [DONE]"
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]
    assert all(isinstance(chunk["choices"], list) for chunk in chunks)
    return chunks


def spoken(stream: str) -> str:
    """All that would be said."""
    deltas = [chunk["choices"][0]["delta"] for chunk in frames(stream) if chunk["choices"]]
    return "".join(delta.get("content") or "" for delta in deltas).strip()


def finish_reason(stream: str) -> str:
    """How the reply ended."""
    return str(frames(stream)[-1]["choices"][0]["finish_reason"])
