"""The audio socket before the real app, with engines that do as they are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.webhooks.doors import Opened
from tests.webhooks.realtime.callers import Client, Told, calling, house


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def door(tmp_path: Path, told: Told) -> AsyncIterator[Opened]:
    async with house(tmp_path, told) as door:
        yield door


@pytest.fixture
async def neighbour(door: Opened, told: Told) -> AsyncIterator[Client]:
    """Somebody else's call, which is to go on whatever happens."""
    async with calling(door, told) as neighbour:
        yield neighbour
        assert await neighbour.types("What are your opening hours?")
