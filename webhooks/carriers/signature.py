"""Whether a request comes from our Twilio account.

Twilio signs the whole public address followed by every form field, sorted by name, name and value
in turn: HMAC-SHA1 with the account's token, as base64 in `X-Twilio-Signature`. Source: Twilio's
documentation, "Validating requests". SHA-1 is theirs to choose; as a keyed hash it still holds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit

SIGNATURE_HEADER = "x-twilio-signature"


def signature_of(address: str, fields: Iterable[tuple[str, str]], *, token: str) -> str:
    """What Twilio would send with this request."""
    # A field that is sent twice with the same value is signed once, as Twilio's own client does.
    signed = address + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode("ascii")


def is_signed(given: str, address: str, fields: Iterable[tuple[str, str]], *, token: str) -> bool:
    """Compared in constant time; with and without the port, of which Twilio signs either."""
    fields = tuple(fields)
    shown = given.encode("latin-1", "replace")
    expected = [signature_of(each, fields, token=token) for each in _addresses(address)]
    matches = [hmac.compare_digest(each.encode(), shown) for each in expected]
    return any(matches)


def _addresses(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = parts.port or (443 if parts.scheme == "https" else 80)
    with_port, without = f"{host}:{port}", f"{host}"
    return parts._replace(netloc=with_port).geturl(), parts._replace(netloc=without).geturl()
