"""Errors to HTTP answers, in one table; never a stack trace, never a body of another shape."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduling.errors import (
    Ambiguous,
    HoldExpired,
    Invalid,
    LimitReached,
    NotAllowed,
    NotFound,
    NotVerified,
    Refusal,
    SlotTaken,
    TryAgain,
    UnknownProvider,
    UnknownService,
)

log = structlog.stdlib.get_logger(__name__)

NOT_JSON = "The body is not valid JSON."
STATUS_OF_REFUSAL: Mapping[type[Refusal], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotVerified: HTTPStatus.FORBIDDEN,
    NotAllowed: HTTPStatus.CONFLICT,
    SlotTaken: HTTPStatus.CONFLICT,
    HoldExpired: HTTPStatus.CONFLICT,
    LimitReached: HTTPStatus.CONFLICT,
    Ambiguous: HTTPStatus.UNPROCESSABLE_ENTITY,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownProvider: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownService: HTTPStatus.UNPROCESSABLE_ENTITY,
    TryAgain: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Refusals not named here, nor a parent of theirs, are 409: the store's state stands against it."""

CODE_OF_STATUS: Mapping[int, str] = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    412: "changed_meanwhile",
    413: "too_large",
    422: "invalid_request",
    429: "too_many_requests",
    503: "not_ready",
}


class Problem(HTTPException):
    """An answer that a door has decided on: status, public code and one sentence."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
        beside: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(status, detail=message, headers=dict(headers or {}))
        self.code = code or CODE_OF_STATUS.get(status, "error")
        self.beside = dict(beside or {})
        """What the answer holds beside the error: what could be had instead, or what is there."""


def problem_response(
    status: int,
    code: str,
    message: str,
    *,
    headers: Mapping[str, str] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> JSONResponse:
    """The one shape of every error."""
    body = {"error": {"code": code, "message": message}, **(beside or {})}
    return JSONResponse(body, status, headers=dict(headers or {}))


def install_problems(app: FastAPI) -> None:
    """Every error of the app in our shape, whoever raised it."""
    app.add_exception_handler(HTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _wrong_parameters)
    app.add_exception_handler(Refusal, _refused)


def refusal_status(refusal: Refusal) -> int:
    """The status of the refusal's own type, else of its nearest listed parent."""
    for kind in type(refusal).__mro__:
        if kind in STATUS_OF_REFUSAL:
            return int(STATUS_OF_REFUSAL[kind])
    return int(HTTPStatus.CONFLICT)


async def _http_problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    if status == 400 and not isinstance(error, Problem):  # how FastAPI gives a body up
        return problem_response(400, "invalid_json", NOT_JSON)
    code = getattr(error, "code", None) or CODE_OF_STATUS.get(status, "error")
    message = str(error.detail)
    if not isinstance(error, Problem):
        message = {404: "There is nothing at this address.", 405: "Not with this method."}.get(
            status, message
        )
    beside = getattr(error, "beside", None)
    return problem_response(status, code, message, headers=error.headers, beside=beside)


async def _wrong_parameters(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    if first["type"] == "json_invalid":
        return problem_response(400, "invalid_json", NOT_JSON)
    if first["type"] == "model_attributes_type" and len(first["loc"]) == 1:
        message = "The body is not a JSON object sent as application/json."
        return problem_response(422, "invalid_request", message)
    where = ".".join(str(step) for step in first["loc"][1:])
    message = str(first["msg"]).removeprefix("Value error, ")
    return problem_response(422, "invalid_request", f"{where}: {message}" if where else message)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return problem_response(refusal_status(error), error.code, error.message)


class Unexpected:
    """Answers 500 to what nobody foresaw and logs where it happened.

    Outermost but for the request log: Starlette's own would raise it again into the server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except ClientDisconnect:
            log.info("left before the end")
        except Exception as error:
            log.error("unexpected", exc_info=error)
            if started:
                raise  # the answer is broken: only closing the connection can say so
            response = problem_response(500, "internal", "Something went wrong on our side.")
            await response(scope, receive, send)
