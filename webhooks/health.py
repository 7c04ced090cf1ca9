"""Whether we are alive, and whether we can take calls."""

from __future__ import annotations

import asyncio

import structlog
from fastapi import APIRouter, Request

from scheduling.errors import TryAgain
from scheduling.store import GuardMissing
from webhooks.problems import Problem
from webhooks.resources import Resources

log = structlog.stdlib.get_logger(__name__)
router = APIRouter()

PATIENCE_SECONDS = 5.0
UNREACHABLE = "The store cannot be reached."


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> dict[str, str]:
    """The store is reachable, free to be written, migrated, and refuses overlaps; else 503 with
    which it is not."""
    resources: Resources = request.app.state.ringbook
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            migrated = await resources.store.is_migrated()
    except Exception as error:
        log.error("store unreachable", exc_info=error)
        raise Problem(503, UNREACHABLE) from None
    if not migrated:
        raise Problem(503, "The store is not migrated: run `ringbook migrate`.")
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await resources.store.check_guard()
    except GuardMissing as error:
        log.error("guard missing", exc_info=error)
        raise Problem(503, "The store does not refuse overlapping bookings.") from None
    except (TryAgain, TimeoutError) as error:
        log.warning("store busy", exc_info=error)
        raise Problem(503, "The store is busy.") from None
    except Exception as error:
        log.error("guard unproved", exc_info=error)
        raise Problem(503, UNREACHABLE) from None
    return {"status": "ready"}
