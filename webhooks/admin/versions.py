"""Which version of a thing staff saw: an answer names it, and a change may be held to it."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse

from scheduling.values import Booking
from webhooks.admin.documents import booking_document
from webhooks.problems import Problem

IfMatch = Annotated[str | None, Header(alias="If-Match")]
TAG = re.compile(r'"([1-9][0-9]{0,8})"', re.ASCII)


def shown(document: dict[str, Any], version: int, status: int = 200) -> JSONResponse:
    """JSON whose ETag is what `If-Match` of a later change gives back."""
    return JSONResponse(document, status, headers={"ETag": f'"{version}"'})


def shown_booking(
    booking: Booking, status: int = 200, *, beside: dict[str, Any] | None = None
) -> JSONResponse:
    """A booking in its version."""
    return shown(booking_document(booking) | (beside or {}), booking.version, status)


def seen_version(if_match: str | None) -> int | None:
    """The version that a change is meant for; None: whatever it is now."""
    if if_match is None or if_match.strip() == "*":
        return None
    tag = TAG.fullmatch(if_match.strip())
    if tag is None:
        raise Problem(412, "If-Match: that is no ETag of ours")
    return int(tag[1])
