"""A telephone line as Vapi carries it: our two doors, the call's history, and what is heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import httpx2
import orjson

MODEL_DOOR = "/vapi/chat/completions"
EVENTS_DOOR = "/vapi/events"
LineKind = Literal["wide", "telephone"]
"""What a spoken call is carried by: sound at 24 kHz, or 8 kHz in mu-law and noise."""
FLUSH = "<flush />"
PLATFORM_TOOLS = ("transferCall", "endCall")


class LineFailed(Exception):
    """A door answered with something that no caller could hear."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one request brought: words, and the platform's tools that were asked for."""

    text: str
    acts: tuple[str, ...]
    heard: tuple[str, ...] | None = None
    """What a recogniser made of the caller's words, an utterance each; None: they were typed."""


@dataclass
class Line:
    """One call: the history is kept as Vapi keeps it and sent again with every turn."""

    client: httpx2.AsyncClient
    call_id: str
    phone: str | None
    """The number that the line shows; None: a call from a page, or a withheld number."""
    dialled: str | None
    messages: list[dict[str, Any]] = field(default_factory=list)

    async def ring(self, greeting: str) -> None:
        """The call begins, and the caller hears the greeting."""
        await self._tell({"type": "status-update", "status": "in-progress"})
        if greeting:
            self.messages.append({"role": "assistant", "content": greeting})

    async def say(self, text: str, *, early: str | None = None) -> Spoken:
        """Speaks and listens to the end. `early` is what the line asked about before."""
        if early is not None:
            await self._ask(early)
        spoken = await self._ask(text)
        self.messages.append({"role": "user", "content": text})
        if spoken.text:
            self.messages.append({"role": "assistant", "content": spoken.text})
        return spoken

    async def hang_up(self) -> None:
        """The line closes, and Vapi reports the end of the call."""
        await self._tell(
            {
                "type": "end-of-call-report",
                "endedReason": "customer-ended-call",
                "artifact": {"messages": []},
            }
        )

    async def _tell(self, message: dict[str, Any]) -> None:
        body = {"message": {**message, "call": self._call(), **self._number()}}
        answer = await self.client.post(EVENTS_DOOR, json=body)
        if answer.status_code != 200:
            raise LineFailed(f"{message['type']}: {answer.status_code} {answer.text}")

    async def _ask(self, text: str) -> Spoken:
        answer = await self.client.post(MODEL_DOOR, json=self._body(text))
        if answer.status_code != 200:
            raise LineFailed(f"{answer.status_code} {answer.text}")
        return heard_in(answer.text)

    def _body(self, text: str) -> dict[str, Any]:
        return {
            "model": "ringbook",
            "stream": True,
            "messages": [
                {"role": "system", "content": "You answer the telephone."},
                *self.messages,
                {"role": "user", "content": text},
            ],
            "call": self._call(),
            "metadata": {},
            "tools": [
                {
                    "type": "function",
                    "function": {
                        "name": name,
                        "description": "",
                        "parameters": {"type": "object", "properties": {}},
                    },
                }
                for name in PLATFORM_TOOLS
            ],
            **self._number(),
        }

    def _call(self) -> dict[str, Any]:
        call: dict[str, Any] = {"id": self.call_id, "type": "inboundPhoneCall"}
        if self.phone:
            call["customer"] = {"number": self.phone}
        return call

    def _number(self) -> dict[str, Any]:
        number: dict[str, Any] = {}
        if self.phone:
            number["customer"] = {"number": self.phone}
        if self.dialled:
            number["phoneNumber"] = {"number": self.dialled}
        return number


def heard_in(stream: str) -> Spoken:
    """A whole stream of chunks; fails on one that the platform could not read."""
    frames = [frame for frame in stream.split("\n\n") if frame]
    if not frames or frames[-1] != "data: [DONE]":
        raise LineFailed("the stream broke off")
    text, acts = "", []
    for frame in frames[:-1]:
        for choice in orjson.loads(frame.removeprefix("data: "))["choices"]:
            text += choice["delta"].get("content") or ""
            for call in choice["delta"].get("tool_calls") or ():
                if name := call["function"].get("name"):
                    acts.append(name)
    return Spoken(" ".join(text.replace(FLUSH, " ").split()), tuple(acts))
