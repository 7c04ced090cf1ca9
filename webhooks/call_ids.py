"""Names of calls that others choose: they travel in headers, addresses and logs."""

from __future__ import annotations

import hashlib
import re

MAX_CALL_ID = 200
WHAT_A_CALL_ID_IS = f"A call id has at most {MAX_CALL_ID} characters, all of them visible ASCII."
_CALL_ID = re.compile(r"[!-~](?:[ -~]*[!-~])?")


def is_call_id(given: str) -> bool:
    """Whether it can be used as it is."""
    return len(given) <= MAX_CALL_ID and _CALL_ID.fullmatch(given) is not None


def usable_call_id(given: str) -> str:
    """The id, or where it cannot be used one that is always the same for it."""
    if is_call_id(given):
        return given
    return f"call-{hashlib.sha256(given.encode('utf-8', 'replace')).hexdigest()}"
