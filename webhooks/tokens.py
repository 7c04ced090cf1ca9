"""Who may speak to us: the admin token, and caller tokens made for pages."""

from __future__ import annotations

import hmac
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import jwt

from scheduling.private_files import close_to_others, make_private_folder
from scheduling.shared_state import SharedState
from webhooks.settings import SHORTEST_SECRET, Settings, SettingsError

CALLER_TOKEN_SECONDS = 600
SKEW_SECONDS = 60
"""The clock of another server process may be ahead of ours by so much."""
CALLER_TOKEN_KEY = "caller-token-key"
_AUDIENCE = "ringbook-caller"


class TokenRefused(Exception):
    """The bearer token is missing, wrong, altered or over."""


class TokenOver(TokenRefused):
    """It was ours, and its time is over: nobody guessed."""

    def __init__(self, token: CallerToken) -> None:
        super().__init__("This caller token is over; ask for a new one.")
        self.token = token


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
        self.key = key
        """Other short-lived tokens are signed with it too, each kind for an audience of its own."""

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
        return jwt.encode(claims, self.key, algorithm="HS256"), token

    def read(self, value: str) -> CallerToken:
        """The token's claims, or TokenRefused."""
        token = self._read(value)
        if token.expires_at <= time.time():
            raise TokenOver(token)
        return token

    def _read(self, value: str) -> CallerToken:
        try:
            claims = jwt.decode(
                value,
                self.key,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={
                    "require": ["exp", "iat", "jti", "aud", "call", "org"],
                    "verify_iat": False,  # with some leeway, below
                    "verify_exp": False,  # above: whose it was matters then too
                },
            )
            if int(claims["iat"]) > time.time() + SKEW_SECONDS:
                raise TokenRefused("This token is not valid yet.")
            return CallerToken(
                token_id=str(claims["jti"]),
                call_id=str(claims["call"]),
                organisation_id=int(claims["org"]),
                expires_at=int(claims["exp"]),
            )
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise TokenRefused("This token is not valid here.") from error


def admin_token(settings: Settings) -> AdminToken:
    """The token from the settings, else the one kept beside the store, made at first start."""
    if settings.admin_token is not None:
        return AdminToken(settings.admin_token.get_secret_value(), made_now=False, path=None)
    path = settings.keep_folder / "admin-token"
    value, made_now = _kept_secret(path)
    return AdminToken(value, made_now=made_now, path=path)


async def caller_tokens(settings: Settings, shared: SharedState) -> CallerTokens:
    """Caller tokens signed with one key: kept beside a SQLite store, in one that is shared.

    The key is its own secret: derived from the admin token, a page could try passwords offline.
    """
    path = settings.keep_folder / CALLER_TOKEN_KEY
    if settings.is_one_process:
        key, _ = _kept_secret(path)
    else:
        # Where there was a key before it was shared, tokens made with it stay good.
        fresh = _read_secret(path) if path.exists() else secrets.token_urlsafe(32)
        key = await shared.key(CALLER_TOKEN_KEY, fresh=fresh)
    return CallerTokens(key)


def _kept_secret(path: Path) -> tuple[str, bool]:
    """The secret in this file, and whether it was made just now; mode 0600 from the first byte."""
    if path.exists():
        close_to_others(path)
        return _read_secret(path), False
    make_private_folder(path.parent)
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
