"""Bodies as they arrive: a ceiling on their size, raw bytes kept for signatures, JSON checked."""

from __future__ import annotations

import re
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webhooks.problems import NOT_JSON, Problem, problem_response

MAX_BODY_BYTES = 5 * 1024 * 1024
_TOO_LARGE = "A body may have at most 5 MB."

# Not after a backslash that is itself escaped: then these six signs are text.
_ESCAPED = rb"(?<!\\)((?:\\\\)*)"
_NUL = re.compile(_ESCAPED + rb"\\u0000")
_HALVES = re.compile(
    _ESCAPED + rb"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_HALF_BYTES = len(rb"\ud83d")

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
            if name == b"content-length" and _announces_too_much(value):
                response = problem_response(413, "too_large", _TOO_LARGE)
                await response(scope, receive, send)
                return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > MAX_BODY_BYTES:
                raise Problem(413, _TOO_LARGE)
            return message

        await self._app(scope, counted, send)


def _announces_too_much(value: bytes) -> bool:
    """What is no length is left to the counting."""
    return value.isdigit() and (len(value) > 18 or int(value) > MAX_BODY_BYTES)


async def parse_body(request: Request, model: type[Parsed]) -> Parsed:
    """The body as this model; what is not JSON is 400, what does not fit is 422."""
    return parse_bytes(await request.body(), model)


def parse_bytes(raw: bytes, model: type[Parsed]) -> Parsed:
    """As `parse_body`, for a door that has read the bytes already."""
    try:
        return model.model_validate_json(readable(raw) or b"null")
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise Problem(400, NOT_JSON, code="invalid_json") from None
        where = ".".join(str(step) for step in first["loc"])
        if not where:
            raise Problem(400, "The body must be a JSON object.") from None
        raise Problem(422, f"{where}: {first['msg']}") from None


def without_nul(raw: bytes) -> bytes:
    """The JSON with spaces for NUL, which no speech has and PostgreSQL refuses in text."""
    return _NUL.sub(rb"\1 ", raw) if b"\\u0000" in raw else raw


def readable(raw: bytes) -> bytes:
    """The same, and with a sign for half characters: they are left where somebody cut a transcript
    in an emoji."""
    halves = b"\\ud" in raw or b"\\uD" in raw
    return without_nul(_HALVES.sub(_mended, raw) if halves else raw)


def _mended(found: re.Match[bytes]) -> bytes:
    before, character = found.groups()
    return before + (rb"\ufffd" if len(character) == _HALF_BYTES else character)
