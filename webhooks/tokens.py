"""Who may speak to us: the admin token, and caller tokens made for pages."""

from __future__ import annotations

import hmac
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import jwt

from webhooks.settings import Settings, SettingsError

CALLER_TOKEN_SECONDS = 600
SHORTEST_SECRET = 16
_AUDIENCE = "ringbook-caller"


class TokenRefused(Exception):
    """The bearer token is missing, wrong, altered or over."""


@dataclass(frozen=True, slots=True)
class AdminToken:
    """The token of staff and trusted programs."""

    value: str
    made_now: bool
    """True at the first start only: that is when it is shown."""
    path: Path | None
    """None when it came from the settings."""

    def matches(self, given: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(self.value.encode(), given.encode("latin-1", "replace"))


@dataclass(frozen=True, slots=True)
class CallerToken:
    """What a caller token says: one call, one organisation, until then."""

    token_id: str
    call_id: str
    organisation_id: int
    expires_at: int
    """Seconds since the epoch, real time."""

    @property
    def credential(self) -> str:
        """Under which the journal keeps this token's call."""
        return f"token:{self.token_id}"


class CallerTokens:
    """Makes and reads caller tokens; the key never leaves this machine."""

    def __init__(self, key: str) -> None:
        self._key = key

    def make(self, *, call_id: str, organisation_id: int) -> tuple[str, CallerToken]:
        """A signed token for one call, good for ten minutes of real time."""
        now = int(time.time())
        token = CallerToken(
            token_id=secrets.token_urlsafe(12),
            call_id=call_id,
            organisation_id=organisation_id,
            expires_at=now + CALLER_TOKEN_SECONDS,
        )
        claims = {
            "aud": _AUDIENCE,
            "jti": token.token_id,
            "call": call_id,
            "org": organisation_id,
            "iat": now,
            "exp": token.expires_at,
        }
        return jwt.encode(claims, self._key, algorithm="HS256"), token

    def read(self, value: str) -> CallerToken:
        """The token's claims, or TokenRefused."""
        try:
            claims = jwt.decode(
                value,
                self._key,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={"require": ["exp", "jti", "aud", "call", "org"]},
            )
            return CallerToken(
                token_id=str(claims["jti"]),
                call_id=str(claims["call"]),
                organisation_id=int(claims["org"]),
                expires_at=int(claims["exp"]),
            )
        except jwt.ExpiredSignatureError as error:
            raise TokenRefused("This caller token is over; ask for a new one.") from error
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise TokenRefused("This token is not valid here.") from error


def admin_token(settings: Settings) -> AdminToken:
    """The token from the settings, else the one kept beside the store, made at first start."""
    if settings.admin_token is not None:
        return AdminToken(settings.admin_token.get_secret_value(), made_now=False, path=None)
    path = settings.keep_folder / "admin-token"
    value, made_now = _kept_secret(path)
    return AdminToken(value, made_now=made_now, path=path)


def caller_tokens(settings: Settings) -> CallerTokens:
    """Caller tokens signed with the key kept beside the store.

    The key is its own secret: derived from the admin token, a page could try passwords offline.
    """
    key, _ = _kept_secret(settings.keep_folder / "caller-token-key")
    return CallerTokens(key)


def _kept_secret(path: Path) -> tuple[str, bool]:
    """The secret in this file, and whether it was made just now; mode 0600 from the first byte."""
    if path.exists():
        return _read_secret(path), False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(32)
    # Written aside and linked into place: of two processes starting at once one wins, whole.
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(fresh + "\n")
        os.link(aside, path)
    except FileExistsError:
        return _read_secret(path), False
    finally:
        aside.unlink()
    return fresh, True


def _read_secret(path: Path) -> str:
    """What is kept; an empty or shortened file would let anybody in."""
    kept = path.read_text().strip()
    if len(kept) < SHORTEST_SECRET:
        raise SettingsError(f"{path}: the secret in it is lost; delete the file for a new one")
    return kept
