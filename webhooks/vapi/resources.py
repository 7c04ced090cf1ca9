"""What the door for Vapi holds open beside the resources that all doors share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2

from webhooks.vapi.control import LiveControl
from webhooks.vapi.postponed import Postponed


@dataclass(frozen=True)
class VapiResources:
    """Our own requests to Vapi, and what Vapi told us that is still to be written."""

    control: LiveControl
    postponed: Postponed


@asynccontextmanager
async def open_vapi_resources(
    outside: httpx2.AsyncBaseTransport | None,
) -> AsyncIterator[VapiResources]:
    """To be closed before the store: what was postponed is written at the end."""
    async with LiveControl(outside) as control, Postponed() as postponed:
        yield VapiResources(control, postponed)
