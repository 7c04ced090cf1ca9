"""Whether we are alive, and whether we can take calls."""

from __future__ import annotations

import asyncio
import time
from math import inf

import structlog
from fastapi import APIRouter, Request

from scheduling.errors import CannotWrite, TryAgain
from scheduling.store import GuardMissing, Store
from webhooks.problems import Problem
from webhooks.resources import Resources

log = structlog.stdlib.get_logger(__name__)
router = APIRouter()

PATIENCE_SECONDS = 5.0
READY_SECONDS = 1.0
"""So long what was proved is believed: the proof writes to the disk, and anybody may ask for it."""
UNREACHABLE = "The store cannot be reached."


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> dict[str, str]:
    """The store is reachable, migrated, refuses overlaps, and what is written to it lasts; else
    503 with which it is not."""
    resources: Resources = request.app.state.ringbook
    readiness: Readiness = request.app.state.readiness
    if (reason := await readiness.lacking(resources.store)) is not None:
        raise Problem(503, reason)
    return {"status": "ready"}


class Readiness:
    """Proved for one who asks at a time; whoever came before that proof began shares it."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()
        self._began = -inf
        self._lacking: str | None = None

    async def lacking(self, store: Store) -> str | None:
        """Why no calls can be taken; None: they can."""
        asked = time.monotonic()
        async with self._one_at_a_time:
            believed = READY_SECONDS if self._lacking is None else 0.0
            if self._began + believed < asked:
                began = time.monotonic()
                self._lacking = await _what_is_lacking(store)
                self._began = began
            return self._lacking


async def _what_is_lacking(store: Store) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            if not await store.is_migrated():
                return "The store is not migrated: run `ringbook migrate`."
    except CannotWrite as error:
        return _takes_nothing(error)
    except Exception as error:
        log.error("store unreachable", exc_info=error)
        return UNREACHABLE
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await store.check_guard()
            await store.check_disk()
    except GuardMissing as error:
        log.error("guard missing", exc_info=error)
        return "The store does not refuse overlapping bookings."
    except CannotWrite as error:
        return _takes_nothing(error)
    except (TryAgain, TimeoutError) as error:
        log.warning("store busy", exc_info=error)
        return "The store is busy."
    except Exception as error:
        log.error("guard unproved", exc_info=error)
        return UNREACHABLE
    return None


def _takes_nothing(error: CannotWrite) -> str:
    log.error("store takes nothing", exc_info=error)
    return f"The store takes nothing: {error.message}."
