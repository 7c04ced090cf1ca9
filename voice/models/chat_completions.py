"""The chat-completions format, both ways: the body we send and the stream we read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from agents.handoffs import Handoff
from agents.items import TResponseInputItem
from agents.tool import FunctionTool, Tool


class HostedModelError(Exception):
    """The hosted model did not answer as agreed. `kind` is counted; the detail may echo words."""

    def __init__(self, kind: str, detail: str = "", *, may_retry: bool = False) -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        """unreachable, status, garbage, stopped, empty, late, unknown_tool, bad_arguments,
        looping, lying or endless."""
        self.may_retry = may_retry
        """The same request may well succeed in a moment."""


LONGEST_EVENT = 256 * 1024
"""Bytes of one event that has not ended yet: each further piece would have us copy all of it."""

Declared = tuple[tuple[str, str, dict[str, Any]], ...]


def declare(tools: Sequence[Tool], handoffs: Sequence[Handoff[Any, Any]]) -> Declared:
    """Name, description and parameters of everything that the model may call."""
    own = [
        (tool.name, tool.description or "", tool.params_json_schema)
        for tool in tools
        if isinstance(tool, FunctionTool)
    ]
    away = [(to.tool_name, to.tool_description, to.input_json_schema) for to in handoffs]
    return (*own, *away)


def tools_json(declared: Declared) -> bytes:
    """The `tools` member, ready to be sent."""
    return orjson.dumps(
        [
            {
                "type": "function",
                "function": {"name": name, "description": description, "parameters": parameters},
            }
            for name, description, parameters in declared
        ]
    )


def messages(
    instructions: str | None, items: str | Iterable[TResponseInputItem]
) -> list[dict[str, Any]]:
    """The runner's items as chat messages: calls hang on the assistant's line they came with."""
    lines: list[dict[str, Any]] = []
    if instructions:
        lines.append({"role": "system", "content": instructions})
    if isinstance(items, str):
        lines.append({"role": "user", "content": items})
        return lines
    for item in items:
        _add(lines, item)
    return lines


def _add(lines: list[dict[str, Any]], item: Any) -> None:
    kind = item.get("type", "message")
    if kind == "message":
        lines.append({"role": item["role"], "content": _plain(item["content"])})
    elif kind == "function_call":
        call = {
            "id": item["call_id"],
            "type": "function",
            "function": {"name": item["name"], "arguments": item["arguments"] or "{}"},
        }
        if not lines or lines[-1]["role"] != "assistant":
            lines.append({"role": "assistant", "content": None})
        lines[-1].setdefault("tool_calls", []).append(call)
    elif kind == "function_call_output":
        lines.append(
            {"role": "tool", "tool_call_id": item["call_id"], "content": _plain(item["output"])}
        )
    # Anything else (a vendor's reasoning) has no place in this format and is left out.


def _plain(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content if isinstance(part.get("text"), str))


@dataclass(slots=True)
class AskedTool:
    """A tool call as it grows out of its pieces."""

    given_id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(slots=True)
class ChatStream:
    """Reads the bytes of one streamed answer; forgiving in form, strict about sense."""

    tools: list[AskedTool] = field(default_factory=list)
    ended: bool = False
    """A finish reason or [DONE] was seen: what follows does not matter."""
    _rest: bytes = b""
    _unread: bytes = b""
    _by_index: dict[int, AskedTool] = field(default_factory=dict)

    def feed(self, received: bytes) -> str:
        """The words in these bytes; a line cut in two waits for its other half."""
        if len(self._rest) + len(self._unread) > LONGEST_EVENT:
            raise HostedModelError("endless")
        lines = (self._rest + received).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop()
        return "".join([self._line(line) for line in lines])

    def close(self) -> str:
        """The server hung up: read what is left, and complain if that was not the end."""
        words = self._line(self._rest) + self._line(b"")
        self._rest = b""
        if not self.ended:
            raise HostedModelError("stopped", "the stream ended in the middle", may_retry=True)
        return words

    def read_whole(self, body: bytes) -> str:
        """The answer of a server that does not stream."""
        words = self._read(_loads(body))
        if not self.ended:
            raise HostedModelError("garbage", "neither a stream nor an answer")
        return words

    def _line(self, line: bytes) -> str:
        if line.startswith(b"data:"):
            self._unread += line[5:].strip()
            if self._unread == b"[DONE]":
                self.ended, self._unread = True, b""
                return ""
            if self._unread.endswith(b"}"):
                try:
                    read = orjson.loads(self._unread)
                except orjson.JSONDecodeError:
                    return ""  # one object over several data lines: the blank line decides
                self._unread = b""
                return self._read(read)
        elif not line and self._unread:
            unread, self._unread = self._unread, b""
            return self._read(_loads(unread))
        elif line.startswith(b"{") and not self.ended:
            raise HostedModelError("garbage", "JSON outside a data line")
        return ""

    def _read(self, read: Any) -> str:
        if not isinstance(read, dict):
            raise HostedModelError("garbage", "an event that is not an object")
        if read.get("error"):
            raise HostedModelError("stopped", _error_text(read["error"]), may_retry=True)
        choices = read.get("choices") or ()
        if not isinstance(choices, (list, tuple)):
            raise HostedModelError("garbage", "choices is not a list")
        return "".join([self._choice(choice) for choice in choices[:1]])

    def _choice(self, choice: Any) -> str:
        if not isinstance(choice, dict):
            raise HostedModelError("garbage", "a choice that is not an object")
        if choice.get("finish_reason"):
            self.ended = True
        delta = choice.get("delta") or choice.get("message") or {}
        if not isinstance(delta, dict):
            raise HostedModelError("garbage", "a delta that is not an object")
        for piece in delta.get("tool_calls") or ():
            self._tool_piece(piece)
        if delta.get("function_call"):
            self._tool_piece({"index": 0, "function": delta["function_call"]})
        content = delta.get("content") or ""
        return content if isinstance(content, str) else _plain(content)

    def _tool_piece(self, piece: Any) -> None:
        function = piece.get("function") if isinstance(piece, dict) else None
        if not isinstance(function, dict):
            raise HostedModelError("garbage", "a tool call without a function")
        tool = self._tool(piece.get("index"), piece.get("id") or "")
        name, arguments = function.get("name") or "", function.get("arguments") or ""
        if name != tool.name:  # some servers repeat the whole name with every piece
            tool.name += name
        tool.arguments += (
            arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()
        )

    def _tool(self, index: int | None, given_id: str) -> AskedTool:
        last = self.tools[-1] if self.tools else None
        if index is None:
            known = last if last and given_id in ("", last.given_id) else None
        else:
            known = self._by_index.get(index)
            # Parallel calls that all say index 0 are told apart by their ids.
            if known and given_id and known.given_id and given_id != known.given_id:
                known = None
        if known is None:
            known = AskedTool(given_id)
            self.tools.append(known)
            if index is not None:
                self._by_index[index] = known
        return known


def _loads(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HostedModelError("garbage", "not JSON", may_retry=True) from error


def _error_text(error: Any) -> str:
    said = error.get("message") if isinstance(error, dict) else error
    return str(said)[:200]
