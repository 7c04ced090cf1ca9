"""Whether a request comes from our Vapi account: shared secret, bearer token, signature."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address

from fastapi import Request
from starlette.datastructures import URL

from webhooks.problems import Problem
from webhooks.settings import Settings, SignaturePlan

REPLAY_SECONDS = 300
_REMEMBERED = 20_000
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
_FROM_A_PAGE = ("origin", "sec-fetch-site")


class VapiDoorkeeper:
    """Lets Vapi in and nobody else; compares in constant time and remembers signatures."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.vapi_secret
        self._secret = secret.get_secret_value().encode() if secret else None
        self._signatures = Signatures(settings.vapi_hmac) if settings.vapi_hmac else None
        self._public_url = settings.public_url

    @property
    def signs_events(self) -> bool:
        """Whether server messages are judged by their signature, so by their whole body."""
        return self._signatures is not None

    def admit(self, request: Request) -> None:
        """401 unless the shared secret came along; without one, only loopback is let in."""
        if self._secret is None:
            if not _is_loopback(request):
                raise Problem(
                    401, "Set RINGBOOK_VAPI_SECRET: without it /vapi answers this computer only."
                )
            return
        given = (
            _bearer(request.headers.get("x-vapi-secret", "")),
            _bearer(request.headers.get("authorization", "")),
        )
        # Both are compared, so that the time taken says nothing about which one was near.
        # Headers arrive as Latin-1: encoded so again, they are the bytes that were sent.
        matches = [hmac.compare_digest(self._secret, value.encode("latin-1")) for value in given]
        if not any(matches):
            raise Problem(401, "X-Vapi-Secret or a bearer token is missing or wrong.")

    def admit_event(self, request: Request, raw: bytes) -> None:
        """As `admit`; where a signature plan is set, the signature decides instead."""
        if self._signatures is None:
            self.admit(request)
            return
        url = request.url
        if self._public_url:
            # What was signed is the address Vapi knows, not the one behind our proxy.
            url = URL(self._public_url + url.path + (f"?{url.query}" if url.query else ""))
        if not self._signatures.accepts(request.method, str(url), request.headers, raw):
            raise Problem(401, "The signature is missing, wrong, too old or was used before.")


class Signatures:
    """Checks signatures over the raw bytes, by a plan such as Vapi's HMAC credential."""

    def __init__(self, plan: SignaturePlan) -> None:
        self.plan = plan
        self._key = plan.key()
        self._seen: OrderedDict[bytes, float] = OrderedDict()

    def accepts(self, method: str, url: str, headers: Mapping[str, str], raw: bytes) -> bool:
        """True once for each signature that is right and fresh."""
        plan = self.plan
        stamp = headers.get(plan.timestamp_header, "")
        now = time.time()
        if plan.include_timestamp and not _fresh(stamp, now):
            return False
        tokens = {
            b"{body}": raw,
            b"{timestamp}": stamp.encode(),
            b"{method}": method.encode(),
            b"{url}": url.encode(),
            b"{svix-id}": headers.get(plan.message_id_header, "").encode(),
        }
        digest = hmac.new(self._key, _filled(plan.payload_format, tokens), plan.algorithm).digest()
        if not any(hmac.compare_digest(digest, given) for given in self._given(headers)):
            return False
        return not plan.include_timestamp or self._first_time(digest, now)

    def _given(self, headers: Mapping[str, str]) -> list[bytes]:
        """The signatures in the header; the svix style has several, each with its version."""
        prefix = self.plan.signature_prefix
        found = []
        for entry in headers.get(self.plan.signature_header, "").removeprefix(prefix).split():
            bare = entry.removeprefix("v1,").removeprefix(prefix)
            try:
                if self.plan.signature_encoding == "base64":
                    found.append(base64.b64decode(bare, validate=True))
                else:
                    found.append(bytes.fromhex(bare))
            except (ValueError, binascii.Error):
                continue
        return found

    def _first_time(self, digest: bytes, now: float) -> bool:
        """False for a signature seen within the replay window."""
        while self._seen:
            oldest = next(iter(self._seen.values()))
            if now - oldest <= 2 * REPLAY_SECONDS and len(self._seen) < _REMEMBERED:
                break
            self._seen.popitem(last=False)
        if digest in self._seen:
            return False
        self._seen[digest] = now
        return True


def _filled(pattern: str, tokens: Mapping[bytes, bytes]) -> bytes:
    """The pattern with its tokens filled in one pass: a body may itself contain a token."""
    filled = b""
    rest = pattern.encode()
    while rest:
        for token, value in tokens.items():
            if rest.startswith(token):
                filled, rest = filled + value, rest[len(token) :]
                break
        else:
            filled, rest = filled + rest[:1], rest[1:]
    return filled


def _fresh(stamp: str, now: float) -> bool:
    """Within five minutes either way; seconds or milliseconds, which Vapi leaves open."""
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 16:
        return False
    seconds = int(stamp)
    if seconds > 100_000_000_000:
        seconds //= 1000
    return abs(now - seconds) <= REPLAY_SECONDS


def _bearer(value: str) -> str:
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else value


def _is_loopback(request: Request) -> bool:
    """A proxy makes everybody look like loopback, so what came through one is not; nor is what a
    web page sent, which any site may have a browser on this machine do."""
    if any(name in request.headers for name in (*_FORWARDED, *_FROM_A_PAGE)):
        return False
    return _is_this_machine(request.client.host if request.client else "")


@lru_cache(maxsize=64)
def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
