"""What comes with a change that staff ask for: whose it is, its key, the version they saw; and how
a refusal leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Header, Query

from scheduling.business import Business
from scheduling.errors import ChangedMeanwhile, Refusal
from scheduling.values import OnBehalf
from webhooks.admin.documents import instead_document
from webhooks.admin.entries import Sent, Word
from webhooks.admin.versions import seen_version
from webhooks.problems import Problem, refusal_status

Slug = Annotated[Word | None, Query(alias="organisation")]
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


def staff_behalf(key: str | None, entry: Sent, seen: str | None = None) -> OnBehalf:
    """By staff, whose keys are not those of callers' tools."""
    kept = key and f"staff {key}"
    return {"by": "staff", "key": kept, "reason": entry.reason, "version": seen_version(seen)}


@asynccontextmanager
async def refusals_of(business: Business, seen: str | None = None) -> AsyncIterator[None]:
    """A refusal leaves with what could be had instead, by the business's clock."""
    try:
        yield
    except Refusal as refusal:
        if seen is not None and isinstance(refusal, ChangedMeanwhile):
            raise Problem(412, refusal.message) from refusal
        raise Problem(
            refusal_status(refusal),
            refusal.message,
            code=refusal.code,
            beside=instead_document(refusal, business.timezone),
        ) from refusal
