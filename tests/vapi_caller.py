"""A caller on a Vapi line: speaks through the custom model door and hears what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx2
import orjson

FLUSH = "<flush />"


@dataclass
class Heard:
    """What one turn brought: the words, and the platform's tools that were asked for."""

    text: str = ""
    tool_calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    finish_reason: str | None = None


@dataclass
class VapiCaller:
    """Keeps the history of one call as Vapi would and sends it again with every turn."""

    client: httpx2.AsyncClient
    call_id: str
    phone: str | None = "+12125550188"
    dialled: str | None = "+12125550123"
    can_transfer: bool = True
    messages: list[dict[str, Any]] = field(default_factory=list)

    def body(self, text: str) -> dict[str, Any]:
        """The request for the caller's next words."""
        call: dict[str, Any] = {"id": self.call_id, "type": "inboundPhoneCall", "status": "ringing"}
        body: dict[str, Any] = {
            "model": "ringbook",
            "stream": True,
            "temperature": 0.7,
            "max_tokens": 250,
            "messages": [
                {"role": "system", "content": "You answer the telephone."},
                *self.messages,
                {"role": "user", "content": text},
            ],
            "call": call,
            "metadata": {},
            "tools": self.platform_tools() if self.can_transfer else [],
        }
        if self.phone:
            call["customer"] = body["customer"] = {"number": self.phone}
        if self.dialled:
            body["phoneNumber"] = {"number": self.dialled}
        return body

    def platform_tools(self) -> list[dict[str, Any]]:
        """Vapi's own tools, as it declares them to a custom model."""
        names = ("transferCall", "endCall")
        return [
            {
                "type": "function",
                "function": {"name": name, "description": "", "parameters": {"type": "object"}},
            }
            for name in names
        ]

    async def say(self, text: str) -> Heard:
        """Speak, listen to the end, and remember both."""
        heard = await self.try_to_say(text)
        self.messages.append({"role": "user", "content": text})
        if heard.text:
            self.messages.append({"role": "assistant", "content": heard.text})
        return heard

    async def comes_back(self, result: str) -> Heard:
        """The platform tells what came of the tool that was asked for last."""
        call = {"id": "call_1", "type": "function"}
        function = {"name": "transferCall", "arguments": "{}"}
        self.messages[-1]["tool_calls"] = [{**call, "function": function}]
        self.messages.append({"role": "tool", "tool_call_id": "call_1", "content": result})
        body = self.body("")
        body["messages"].pop()
        answer = await self.client.post("/vapi/chat/completions", json=body)
        assert answer.status_code == 200, answer.text
        heard = heard_in(answer.text)
        self.messages.append({"role": "assistant", "content": heard.text})
        return heard

    async def try_to_say(self, text: str) -> Heard:
        """Speak without remembering: a partial transcript that may be said again, longer."""
        answer = await self.client.post("/vapi/chat/completions", json=self.body(text))
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/event-stream")
        return heard_in(answer.text)

    async def hang_up(self) -> None:
        """The line closes: Vapi reports the end of the call."""
        report = {
            "type": "end-of-call-report",
            "endedReason": "customer-ended-call",
            "call": {"id": self.call_id},
            "artifact": {"messages": []},
        }
        answer = await self.client.post("/vapi/events", json={"message": report})
        assert answer.status_code == 200, answer.text


def heard_in(stream: str) -> Heard:
    """Read a whole stream of chunks; fails on a frame that Vapi could not iterate."""
    heard = Heard()
    pieces: dict[int, tuple[str, str]] = {}
    frames = [frame for frame in stream.split("\n\n") if frame]
    assert frames[-1] == "data: [DONE]", frames[-1]
    for frame in frames[:-1]:
        for choice in orjson.loads(frame.removeprefix("data: "))["choices"]:
            delta = choice["delta"]
            heard.text += delta.get("content") or ""
            heard.finish_reason = choice["finish_reason"] or heard.finish_reason
            for call in delta.get("tool_calls") or ():
                name, arguments = pieces.get(call["index"], ("", ""))
                function = call["function"]
                pieces[call["index"]] = (
                    name + (function.get("name") or ""),
                    arguments + (function.get("arguments") or ""),
                )
    heard.text = heard.text.replace(FLUSH, "").strip()
    heard.tool_calls = [(name, orjson.loads(text or "{}")) for name, text in pieces.values()]
    return heard
