"""Bodies as they arrive: a ceiling on their size, raw bytes kept for signatures, JSON checked."""

from __future__ import annotations

import re
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webhooks.problems import Problem, problem_response

MAX_BODY_BYTES = 5 * 1024 * 1024
_TOO_LARGE = "A body may have at most 5 MB."

# Not after a backslash that is itself escaped: then these six signs are text.
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")

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
            if name == b"content-length" and int(value) > MAX_BODY_BYTES:
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


async def parse_body(request: Request, model: type[Parsed]) -> Parsed:
    """The body as this model; what is not JSON is 400, what does not fit is 422."""
    return parse_bytes(await request.body(), model)


def parse_bytes(raw: bytes, model: type[Parsed]) -> Parsed:
    """As `parse_body`, for a door that has read the bytes already."""
    try:
        return model.model_validate_json(without_nul(raw) or b"null")
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise Problem(400, "The body is not valid JSON.", code="invalid_json") from None
        where = ".".join(str(step) for step in first["loc"])
        if not where:
            raise Problem(400, "The body must be a JSON object.") from None
        raise Problem(422, f"{where}: {first['msg']}") from None


def without_nul(raw: bytes) -> bytes:
    """The JSON with spaces for NUL, which no speech has and PostgreSQL refuses in text."""
    return _NUL.sub(rb"\1 ", raw) if b"\\u0000" in raw else raw
