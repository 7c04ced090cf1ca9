"""The real app for the tests of its doors: in this process, or behind a real server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI

from tests.clinic import SALON_TOML
from tests.migrated import migrated_store
from webhooks.app import create_app
from webhooks.commands.serve import server_config
from webhooks.connections import Bounds
from webhooks.resources import Resources
from webhooks.settings import Settings
from webhooks.vapi.resources import VapiResources

NOW = "2026-11-23T09:00:00-05:00"
"""A Monday morning at the sample business."""
SECRET = "secret-of-the-tests"
ADMIN_TOKEN = "admin-token-of-the-tests"
STAFF = {"Authorization": f"Bearer {ADMIN_TOKEN}"}
VAPI = {"X-Vapi-Secret": SECRET}
HOST = "http://localhost"


@dataclass(frozen=True)
class Opened:
    """A running app, its resources, and a client that sits beside it."""

    app: FastAPI
    client: httpx2.AsyncClient

    @property
    def resources(self) -> Resources:
        """What the app holds open."""
        resources: Resources = self.app.state.ringbook
        return resources

    @property
    def vapi(self) -> VapiResources:
        """What the door for Vapi holds open beside them."""
        vapi: VapiResources = self.app.state.vapi
        return vapi


def settings_in(folder: Path, **given: Any) -> Settings:
    """Settings of a store in this folder; nothing of this machine's environment matters."""
    return Settings(
        **{
            "_env_file": None,
            "database_url": f"sqlite:///{migrated_store(folder / 'ringbook.db')}",
            "vapi_secret": SECRET,
            "admin_token": ADMIN_TOKEN,
            "now": NOW,
            "speech": "off",
            **given,
        }
    )


def two_salons(folder: Path) -> Path:
    """A folder of two businesses that are alike but for what tells them apart."""
    businesses = folder / "businesses"
    businesses.mkdir()
    (businesses / "a.toml").write_text(SALON_TOML)
    other = SALON_TOML.replace("corner-salon", "far-salon").replace("salon-assistant", "far-one")
    (businesses / "b.toml").write_text(other.replace("+441223496001", "+441223496002"))
    return businesses


@asynccontextmanager
async def opened(
    settings: Settings,
    *,
    outside: httpx2.AsyncBaseTransport | None = None,
    peer: str = "127.0.0.1",
) -> AsyncIterator[Opened]:
    """The app with a client in the same process, which appears to come from `peer`."""
    app = create_app(settings, outside=outside)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app, client=(peer, 50_000))
        async with httpx2.AsyncClient(transport=transport, base_url=HOST) as client:
            yield Opened(app, client)


@asynccontextmanager
async def served(
    settings: Settings,
    *,
    outside: httpx2.AsyncBaseTransport | None = None,
    bounds: Bounds | None = None,
) -> AsyncIterator[Opened]:
    """The app behind a real server on loopback, where streams and hang-ups are real."""
    app = create_app(settings, outside=outside)
    async with app.router.lifespan_context(app):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = uvicorn.Server(server_config(app, bounds or Bounds()))
            running = asyncio.create_task(server.serve(sockets=[listener]))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            try:
                async with httpx2.AsyncClient(base_url=address, trust_env=False) as client:
                    yield Opened(app, client)
            finally:
                server.should_exit = True
                await running
