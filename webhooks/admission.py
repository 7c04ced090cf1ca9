"""Bearer tokens at the doors that are not Vapi's: staff, trusted programs, callers' pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from webhooks.problems import Problem
from webhooks.rates import Allowance, address_of
from webhooks.tokens import CallerToken, TokenRefused

if TYPE_CHECKING:
    from webhooks.resources import Resources

ADMIN_CREDENTIAL = "admin"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is asking at `/v1`: a trusted program, or a page with a caller token."""

    token: CallerToken | None

    @property
    def credential(self) -> str:
        """Under which the journal keeps the speaker's calls."""
        return self.token.credential if self.token else ADMIN_CREDENTIAL


def admit_staff(request: Request) -> None:
    """401 unless the admin token came as a bearer token."""
    resources: Resources = request.app.state.ringbook
    if not resources.admin_token.matches(bearer(request)):
        raise _unauthorized("The admin token is missing or wrong.")


def admit_speaker(request: Request) -> Speaker:
    """The admin token or a caller token; 401 for anything else."""
    resources: Resources = request.app.state.ringbook
    given = bearer(request)
    if resources.admin_token.matches(given):
        return Speaker(token=None)
    try:
        return Speaker(token=resources.caller_tokens.read(given))
    except TokenRefused as refused:
        raise _unauthorized(str(refused)) from None


def spend_turn(request: Request, speaker: Speaker) -> None:
    """Count a turn against the caller token and its address; trusted programs are not counted."""
    if speaker.token is None:
        return
    resources: Resources = request.app.state.ringbook
    resources.rates.spend(Allowance.TURNS_BY_TOKEN, speaker.token.token_id)
    resources.rates.spend(Allowance.TURNS_BY_ADDRESS, address_of(request))


def bearer(request: Request) -> str:
    """The bearer token as sent; empty when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _unauthorized(message: str) -> Problem:
    return Problem(401, message, headers={"WWW-Authenticate": "Bearer"})
