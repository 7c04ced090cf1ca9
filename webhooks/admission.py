"""Bearer tokens at the doors that are not Vapi's: staff, trusted programs, callers' pages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection

from webhooks.networks import network_of
from webhooks.problems import Problem
from webhooks.rates import Allowance
from webhooks.resources import Resources
from webhooks.tokens import CallerToken, TokenOver, TokenRefused

ADMIN_CREDENTIAL = "admin"
TOKEN_SUBPROTOCOL = "openai-insecure-api-key."
"""Browsers can give a socket no header: the token comes as one of its subprotocols."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is asking at `/v1`: a trusted program, or a page with a caller token."""

    token: CallerToken | None

    @property
    def credential(self) -> str:
        """Under which the journal keeps the speaker's calls."""
        return self.token.credential if self.token else ADMIN_CREDENTIAL


def admit_staff(request: HTTPConnection) -> None:
    """401 unless the admin token came as a bearer token; 429 for who guesses at it."""
    if not is_staff(request):
        _note_guess(request)
        raise _unauthorized("The admin token is missing or wrong.")


def is_staff(request: HTTPConnection) -> bool:
    """Whether the admin token came along; a wrong one may be something else and is no guess yet."""
    resources: Resources = request.app.state.ringbook
    if not resources.admin_token.matches(bearer(request)):
        return False
    return resources.rates.judge(network_of(request), right=True)


class StaffRoute(APIRoute):
    """A route that asks for the admin token before it reads a body, let alone parses one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own, behind the token."""
        handle = super().get_route_handler()

        async def admitted(request: Request) -> Response:
            admit_staff(request)
            return await handle(request)

        return admitted


def admit_speaker(
    request: HTTPConnection, *, still_good: Callable[[CallerToken], bool] = lambda _: False
) -> Speaker:
    """The admin token or a caller token; 401 for anything else, 429 for who guesses.

    `still_good` says of a token whose time is over whether it lets its caller in once more.
    """
    resources: Resources = request.app.state.ringbook
    if is_staff(request):
        return Speaker(token=None)
    try:
        return Speaker(token=resources.caller_tokens.read(bearer(request)))
    except TokenOver as over:
        if still_good(over.token):
            return Speaker(token=over.token)
        raise _unauthorized(str(over)) from None
    except TokenRefused as refused:
        _note_guess(request)
        raise _unauthorized(str(refused)) from None


def spend_turn(request: HTTPConnection, speaker: Speaker) -> None:
    """Count a turn against the caller token and its network; trusted programs are not counted."""
    if speaker.token is None:
        return
    resources: Resources = request.app.state.ringbook
    resources.rates.spend(Allowance.TURNS_BY_TOKEN, speaker.token.token_id)
    resources.rates.spend(Allowance.TURNS_BY_NETWORK, network_of(request))


def bearer(request: HTTPConnection) -> str:
    """The token as sent, in the header or as a socket's subprotocol; empty when there is none."""
    for offered in request.scope.get("subprotocols") or ():
        if offered.startswith(TOKEN_SUBPROTOCOL):
            return str(offered.removeprefix(TOKEN_SUBPROTOCOL))
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _note_guess(request: HTTPConnection) -> None:
    """Who shows nothing at all does not guess."""
    resources: Resources = request.app.state.ringbook
    if bearer(request):
        resources.rates.judge(network_of(request), right=False)


def _unauthorized(message: str) -> Problem:
    return Problem(401, message, headers={"WWW-Authenticate": "Bearer"})
