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

import structlog
from fastapi import Request
from starlette.datastructures import URL

from scheduling.store import OUT_OF_REACH
from webhooks.bodies import read_body
from webhooks.networks import network_of
from webhooks.problems import Problem
from webhooks.rates import Rates
from webhooks.resources import Resources
from webhooks.settings import Settings, SignaturePlan, is_loopback_host

log = structlog.stdlib.get_logger(__name__)

REPLAY_SECONDS = 300
_REMEMBERED = 20_000
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
_FROM_A_PAGE = ("origin", "sec-fetch-site")
WRONG_SIGNATURE = "The signature is missing, wrong, too old or was used before."


class VapiDoorkeeper:
    """Lets Vapi in and nobody else; compares in constant time and remembers signatures."""

    def __init__(self, settings: Settings) -> None:
        secret = settings.vapi_secret
        self._secret = secret.get_secret_value().encode() if secret else None
        self._signatures = Signatures(settings.vapi_hmac) if settings.vapi_hmac else None
        self._public_url = settings.public_url

    def admit(self, request: Request) -> None:
        """401 unless the shared secret came along; without one, only loopback is let in.

        429 for who guesses.
        """
        if self._secret is None:
            if not _is_loopback(request):
                raise Problem(
                    401, "Set RINGBOOK_VAPI_SECRET: without it /vapi answers this computer only."
                )
            return
        given = (
            _bearer(request.headers.get("x-vapi-secret", ""), bare=True),
            _bearer(request.headers.get("authorization", ""), bare=False),
        )
        # Both are compared, so that the time taken says nothing about which one was near.
        # Headers arrive as Latin-1: encoded so again, they are the bytes that were sent.
        matches = [hmac.compare_digest(self._secret, value.encode("latin-1")) for value in given]
        if not any(given) or not _rates(request).judge(network_of(request), right=any(matches)):
            raise Problem(401, "X-Vapi-Secret or a bearer token is missing or wrong.")

    async def admit_event(self, request: Request) -> bytes:
        """As `admit`, and the body; where there is a signature plan, the signature decides."""
        if self._signatures is None:
            self.admit(request)
            return await read_body(request)
        _rates(request).refuse_guessers(network_of(request))
        if not self._signatures.may_accept(request.headers):
            raise Problem(401, WRONG_SIGNATURE)
        raw = await read_body(request)
        url = request.url
        if self._public_url:
            # What was signed is the address Vapi knows, not the one behind our proxy.
            url = URL(self._public_url + url.path + (f"?{url.query}" if url.query else ""))
        digest = self._signatures.accepts(request.method, str(url), request.headers, raw)
        right = digest is not None and await self._is_new_everywhere(request, digest)
        _rates(request).judge(network_of(request), right=right)
        if not right:
            raise Problem(401, WRONG_SIGNATURE)
        return raw

    async def _is_new_everywhere(self, request: Request, digest: bytes) -> bool:
        """Whether no other process, and none before a restart, has let this signature in."""
        assert self._signatures is not None
        if not self._signatures.plan.include_timestamp:
            return True
        resources: Resources = request.app.state.ringbook
        now = int(time.time())
        try:
            return await resources.shared.use_signature(
                digest.hex(), now=now, forget_before=now - 2 * REPLAY_SECONDS
            )
        except OUT_OF_REACH as error:
            # What Vapi tells once must not be lost with the store: this process's memory decides.
            log.warning("signature unshared", exc_info=error)
            return True


class Signatures:
    """Checks signatures over the raw bytes, by a plan such as Vapi's HMAC credential."""

    def __init__(self, plan: SignaturePlan) -> None:
        self.plan = plan
        self._key = plan.key()
        self._seen: OrderedDict[bytes, float] = OrderedDict()

    def may_accept(self, headers: Mapping[str, str]) -> bool:
        """False for what is refused whatever the body is: then it need not be read."""
        stamp = headers.get(self.plan.timestamp_header, "")
        fresh = not self.plan.include_timestamp or _fresh(stamp, time.time())
        return fresh and bool(self._given(headers))

    def accepts(
        self, method: str, url: str, headers: Mapping[str, str], raw: bytes
    ) -> bytes | None:
        """Its digest, once for each signature that is right and fresh."""
        plan = self.plan
        stamp = headers.get(plan.timestamp_header, "")
        now = time.time()
        if plan.include_timestamp and not _fresh(stamp, now):
            return None
        tokens = {
            b"{body}": raw,
            b"{timestamp}": stamp.encode(),
            b"{method}": method.encode(),
            b"{url}": url.encode(),
            b"{svix-id}": headers.get(plan.message_id_header, "").encode(),
        }
        digest = hmac.new(self._key, _filled(plan.payload_format, tokens), plan.algorithm).digest()
        if not any(hmac.compare_digest(digest, given) for given in self._given(headers)):
            return None
        if plan.include_timestamp and not self._first_time(digest, now):
            return None
        return digest

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


def _bearer(value: str, *, bare: bool) -> str:
    """The token; what has no scheme before it only where it may be bare."""
    scheme, _, token = value.partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return value if bare else ""


def _rates(request: Request) -> Rates:
    resources: Resources = request.app.state.ringbook
    return resources.rates


def _is_loopback(request: Request) -> bool:
    """A proxy makes everybody look like loopback, so what came through one is not; nor is what a
    web page sent, which any site may have a browser on this machine do; nor what was sent to a
    name that somebody else may have made to lead here."""
    if any(name in request.headers for name in (*_FORWARDED, *_FROM_A_PAGE)):
        return False
    if not is_loopback_host(request.headers.get("host", "")):
        return False
    return _is_this_machine(request.client.host if request.client else "")


@lru_cache(maxsize=64)
def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
