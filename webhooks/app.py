"""The web application: doors over resources, and the order in which a request passes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx2
from fastapi import FastAPI

from webhooks import calendars, health, page, scraping
from webhooks.admin import invitations, lookup, orders, staff, tickets
from webhooks.bodies import BodyCeiling
from webhooks.carriers import socket as carrier_socket
from webhooks.carriers import voice as carrier_voice
from webhooks.carriers.resources import open_carrier_resources
from webhooks.heads import Heads
from webhooks.live_calls import OpenLiveCalls, open_live_calls
from webhooks.logs import RequestLog
from webhooks.openai import chat, client_secrets
from webhooks.origins import Origins
from webhooks.problems import Unexpected, install_problems
from webhooks.realtime import socket
from webhooks.realtime.places import SocketPlaces
from webhooks.resources import open_resources
from webhooks.settings import Settings
from webhooks.vapi import events, turns
from webhooks.vapi.resources import open_vapi_resources
from webhooks.vapi.secret import VapiDoorkeeper

DOORS = (
    events.router,
    turns.router,
    chat.router,
    client_secrets.router,
    socket.router,
    invitations.router,  # before the lookup, whose references would take its addresses
    lookup.router,
    staff.router,
    orders.router,
    tickets.router,
    calendars.router,
    health.router,
    scraping.router,
    page.router,
)
CARRIER_DOORS = (carrier_voice.router, carrier_socket.router)
"""Where the settings name an account at a carrier."""
PASSED = (BodyCeiling, Heads, Origins, Unexpected, RequestLog)
"""What stands before the doors. The last is met first."""


def create_app(
    settings: Settings,
    *,
    outside: httpx2.AsyncBaseTransport | None = None,
    live_calls: OpenLiveCalls = open_live_calls,
) -> FastAPI:
    """The app, which opens its resources when it starts; `outside` carries what leaves us."""

    app = FastAPI(
        title="Ringbook",
        lifespan=_lifespan(settings, outside, live_calls),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # Behind a proxy that ends TLS a redirect would lead to an address that is not ours.
        redirect_slashes=False,
        # A body that does not say what it is gets read as JSON here as at every other door.
        strict_content_type=False,
        # We export no traces; to look at each request whether somebody does takes 0.15 ms.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.doorkeeper = VapiDoorkeeper(settings)
    app.state.readiness, app.state.socket_places = health.Readiness(), SocketPlaces()
    app.state.created = int(time.time())
    install_problems(app)
    for door in (*DOORS, *(CARRIER_DOORS if settings.twilio_account else ())):
        app.include_router(door)
    for passed in PASSED:
        app.add_middleware(passed)
    return app


def _lifespan(
    settings: Settings, outside: httpx2.AsyncBaseTransport | None, live_calls: OpenLiveCalls
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """What is open while the app runs; the last is closed first."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_resources(settings, serving=True, outside=outside) as resources,
            open_carrier_resources(resources, outside) as carrier,
            live_calls(settings, resources, outside) as calls,
            open_vapi_resources(outside) as vapi,
        ):
            app.state.ringbook, app.state.live_calls = resources, calls
            app.state.vapi, app.state.carrier = vapi, carrier
            yield

    return lifespan
