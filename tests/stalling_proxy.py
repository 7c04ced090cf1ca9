"""A proxy before a real PostgreSQL that can stand still, as networks and machines do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg.conninfo import conninfo_to_dict


@dataclass
class Proxy:
    """Carries bytes between a store and its server, until it stands still."""

    server: dict[str, Any]
    flowing: asyncio.Event = field(default_factory=asyncio.Event)
    accepted: int = 0

    async def accept(self, inward: asyncio.StreamReader, outward: asyncio.StreamWriter) -> None:
        self.accepted += 1
        host, port = self.server["host"], self.server.get("port", 5432)
        if host.startswith("/"):
            there = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            there = await asyncio.open_connection(host, port)
        try:
            await asyncio.gather(self.carry(inward, there[1]), self.carry(there[0], outward))
        finally:
            there[1].close()
            outward.close()

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while some := await source.read(65_536):
                await self.flowing.wait()
                target.write(some)
                await target.drain()
        except ConnectionError:
            pass
        target.close()


@asynccontextmanager
async def behind_a_proxy(address: str) -> AsyncIterator[tuple[Proxy, str]]:
    server = conninfo_to_dict(address)
    proxy = Proxy(server)
    proxy.flowing.set()
    listening = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield proxy, f"postgresql://{server['user']}@127.0.0.1:{port}/{server['dbname']}"
        proxy.flowing.set()
