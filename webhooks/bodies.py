"""Bodies as they arrive: a ceiling on their size, raw bytes kept for signatures, JSON checked.

What is checked first costs least: the announced length, the bytes as they come, how many values
they hold, and only then their sense.
"""

from __future__ import annotations

import asyncio
import re
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webhooks.problems import NOT_JSON, Problem, problem_response

MAX_BODY_BYTES = 5 * 1024 * 1024
PAGE_BODY_BYTES = 64 * 1024
"""Of what a caller token may send: a page sends the words of one call."""
MOST_VALUES = 200_000
"""In one body. The largest honest ones hold a tenth; each costs far more than its bytes."""
QUICK_BYTES = 100_000
"""What is longer is parsed beside the loop, on which everybody else waits."""

_NUL = re.compile(rb"\\u0000")
_HALVES = re.compile(
    rb"\\u[dD](?:[89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[89a-fA-F][0-9a-fA-F]{2})"
)
_ESCAPE_BYTES = len(rb"\ud83d")
_COUNTED = (b",", b"]", b"}", rb"\u0000", rb"\ud", rb"\uD")

Parsed = TypeVar("Parsed", bound=BaseModel)


class BodyCeiling:
    """Answers 413 to what announces more than the ceiling, and to chunked bodies that reach it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        for name, value in scope["headers"]:
            if name == b"content-length" and _announces_more(value, MAX_BODY_BYTES):
                response = problem_response(413, "too_large", _too_large(MAX_BODY_BYTES))
                await response(scope, receive, send)
                return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > MAX_BODY_BYTES:
                raise Problem(413, _too_large(MAX_BODY_BYTES))
            return message

        await self._app(scope, counted, send)


def _announces_more(value: bytes, most: int) -> bool:
    """What is no length is left to the counting."""
    return value.isdigit() and (len(value) > 18 or int(value) > most)


def _too_large(most: int) -> str:
    size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} kB"
    return f"A body may have at most {size}."


async def read_body(request: Request, *, most: int = MAX_BODY_BYTES) -> bytes:
    """The raw body, or 413 as soon as it is longer than `most` bytes."""
    if _announces_more(request.headers.get("content-length", "").encode("latin-1"), most):
        raise Problem(413, _too_large(most))
    pieces, arrived = [], 0
    async for piece in request.stream():
        arrived += len(piece)
        if arrived > most:
            raise Problem(413, _too_large(most))
        pieces.append(piece)
    return b"".join(pieces)


async def parse_bytes(raw: bytes, model: type[Parsed]) -> Parsed:
    """The body as this model; what is not JSON is 400, what does not fit is 422."""
    if sum(raw.count(sign) for sign in _COUNTED) > MOST_VALUES:
        raise Problem(413, f"A body may hold at most {MOST_VALUES} values.")
    if len(raw) > QUICK_BYTES:
        return await asyncio.to_thread(_parsed, raw, model)
    return _parsed(raw, model)


def _parsed(raw: bytes, model: type[Parsed]) -> Parsed:
    try:
        return model.model_validate_json(readable(raw) or b"null")
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise Problem(400, NOT_JSON, code="invalid_json") from None
        where = ".".join(str(step) for step in first["loc"])
        if not where and first["type"] != "value_error":
            raise Problem(400, "The body must be a JSON object.") from None
        message = first["msg"].removeprefix("Value error, ")
        raise Problem(422, f"{where}: {message}" if where else message) from None


def without_nul(raw: bytes) -> bytes:
    """The JSON with spaces for NUL, which no speech has and PostgreSQL refuses in text."""
    return _NUL.sub(_blank, raw) if b"\\u0000" in raw else raw


def readable(raw: bytes) -> bytes:
    """The same, and with a sign for half characters: they are left where somebody cut a transcript
    in an emoji."""
    halves = b"\\ud" in raw or b"\\uD" in raw
    return without_nul(_HALVES.sub(_mended, raw) if halves else raw)


def _blank(found: re.Match[bytes]) -> bytes:
    return found.group() if _is_text(found) else b" "


def _mended(found: re.Match[bytes]) -> bytes:
    escapes = found.group()
    if _is_text(found):  # then a second escape here stands alone
        return escapes[:_ESCAPE_BYTES] + _HALVES.sub(_mended, escapes[_ESCAPE_BYTES:])
    return escapes if len(escapes) > _ESCAPE_BYTES else rb"\ufffd"


def _is_text(found: re.Match[bytes]) -> bool:
    """Whether the backslash is itself escaped: then these signs are text."""
    begin = at = found.start()
    while at and found.string[at - 1] == ord("\\"):
        at -= 1
    return (begin - at) % 2 == 1
