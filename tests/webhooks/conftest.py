"""One app for each test that asks for it, on a store of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.webhooks.doors import Opened, opened, settings_in


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Opened]:
    """The sample business behind a secret."""
    async with opened(settings_in(tmp_path)) as door:
        yield door
