"""One-use tokens: whoever may open the media stream of one call got one in our answer to its ring.

Twilio hands them back in the stream's first message; its own signature covers the webhook alone.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import get_args

import jwt

from scheduling.shared_state import SharedState
from voice.putting_through import TransferOutcome

SECONDS = 60
"""Between our answer and the stream there is one round trip to the carrier."""
REMEMBER_SECONDS = 600
"""The store forgets for all doors at once, so not before any of them may."""
_AUDIENCE = "ringbook-carrier"


class StreamTokenRefused(Exception):
    """The token is missing, altered, used or for another call."""


class StreamTokenOver(StreamTokenRefused):
    """It was ours, and its time is over: nobody guessed."""


@dataclass(frozen=True, slots=True)
class StreamToken:
    """Which call the stream belongs to."""

    call_sid: str
    organisation_id: int
    known_phone: str | None
    """E.164; None where the caller withheld it."""
    came_back: TransferOutcome | None = None
    """What came of putting the caller through; None: they were not."""
    token_id: str = ""


class StreamTokens:
    """Makes them, and takes each back once."""

    def __init__(self, key: str, shared: SharedState) -> None:
        self._key = key
        self._shared = shared

    def make(self, stream: StreamToken) -> str:
        """Good for a minute of real time."""
        now = int(time.time())
        claims = {
            "aud": _AUDIENCE,
            "jti": secrets.token_urlsafe(12),
            "call": stream.call_sid,
            "org": stream.organisation_id,
            "phone": stream.known_phone,
            "came_back": stream.came_back,
            "iat": now,
            "exp": now + SECONDS,
        }
        return jwt.encode(claims, self._key, algorithm="HS256")

    def read(self, value: str, *, call_sid: str) -> StreamToken:
        """What it says, if it is for this call; else StreamTokenRefused."""
        try:
            claims = jwt.decode(
                value,
                self._key,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={
                    "require": ["exp", "jti", "aud", "call", "org"],
                    "verify_iat": False,  # another process's clock may be ahead of ours
                },
            )
            token = StreamToken(
                call_sid=str(claims["call"]),
                organisation_id=int(claims["org"]),
                known_phone=claims.get("phone"),
                came_back=_outcome(claims.get("came_back")),
                token_id=str(claims["jti"]),
            )
        except jwt.ExpiredSignatureError as error:
            raise StreamTokenOver("This token is over.") from error
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise StreamTokenRefused("This token is not valid here.") from error
        if token.call_sid != call_sid:
            raise StreamTokenRefused("This token is for another call.")
        return token

    async def use(self, token: StreamToken) -> None:
        """StreamTokenRefused unless this is its first use, in any process."""
        now = int(time.time())
        if not await self._shared.use_signature(
            f"stream {token.token_id}", now=now, forget_before=now - REMEMBER_SECONDS
        ):
            raise StreamTokenRefused("This token was used before.")


def _outcome(claimed: object) -> TransferOutcome | None:
    return next((each for each in get_args(TransferOutcome) if each == claimed), None)
