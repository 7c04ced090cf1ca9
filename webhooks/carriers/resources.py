"""What the door for a carrier holds open beside the resources that all doors share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2

from webhooks.carriers.calls import CarrierCalls
from webhooks.carriers.stream_tokens import StreamTokens
from webhooks.resources import Resources

VOICE_PATH = "/carriers/twilio/voice"
MEDIA_PATH = "/carriers/twilio/media"
MOST_STARTING = 64
"""Sockets that have not shown yet which call they are for; anybody can open one."""


@dataclass(frozen=True)
class CarrierResources:
    """Our own requests to the carrier, the tokens of its streams, and who may still show one."""

    auth_token: str
    public_url: str
    calls: CarrierCalls
    stream_tokens: StreamTokens
    starting: asyncio.Semaphore

    @property
    def media_address(self) -> str:
        """Where the carrier opens its media streams."""
        return f"ws{self.public_url.removeprefix('http')}{MEDIA_PATH}"


@asynccontextmanager
async def open_carrier_resources(
    resources: Resources, outside: httpx2.AsyncBaseTransport | None
) -> AsyncIterator[CarrierResources | None]:
    """None where the settings name no carrier: then its routes do not exist."""
    settings = resources.settings
    account, token, public_url = (
        settings.twilio_account,
        settings.twilio_token,
        settings.public_url,
    )
    if account is None or token is None or public_url is None:
        yield None
        return
    auth_token = token.get_secret_value()
    voice_address = f"{public_url}{VOICE_PATH}"
    async with CarrierCalls(
        account, auth_token, voice_address=voice_address, transport=outside
    ) as calls:
        yield CarrierResources(
            auth_token=auth_token,
            public_url=public_url,
            calls=calls,
            stream_tokens=StreamTokens(resources.caller_tokens.key, resources.shared),
            starting=asyncio.Semaphore(MOST_STARTING),
        )
