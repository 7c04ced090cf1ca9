"""The web application: doors over resources, and the order in which a request passes."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI

from webhooks import calendars, health, metrics, page
from webhooks.admin import invitations, lookup, staff
from webhooks.bodies import BodyCeiling
from webhooks.heads import Heads
from webhooks.logs import RequestLog
from webhooks.openai import chat, client_secrets
from webhooks.origins import Origins
from webhooks.problems import Unexpected, install_problems
from webhooks.resources import open_resources
from webhooks.settings import Settings
from webhooks.vapi import events, turns
from webhooks.vapi.secret import VapiDoorkeeper

DOORS = (
    events.router,
    turns.router,
    chat.router,
    client_secrets.router,
    invitations.router,  # before the lookup, whose references would take its addresses
    lookup.router,
    staff.router,
    calendars.router,
    health.router,
    metrics.router,
    page.router,
)


def create_app(settings: Settings, *, outside: httpx2.AsyncBaseTransport | None = None) -> FastAPI:
    """The app, which opens its resources when it starts; `outside` carries what leaves us."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_resources(settings, serving=True, outside=outside) as resources:
            app.state.ringbook = resources
            yield

    app = FastAPI(
        title="Ringbook",
        lifespan=lifespan,
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
    app.state.created = int(time.time())
    install_problems(app)
    for door in DOORS:
        app.include_router(door)
    # Added last is met first.
    app.add_middleware(BodyCeiling)
    app.add_middleware(Heads)
    app.add_middleware(Origins)
    app.add_middleware(Unexpected)
    app.add_middleware(RequestLog)
    return app
