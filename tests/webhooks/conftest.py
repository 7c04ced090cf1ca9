"""One app for each test that asks for it, on a store of its own; and what is logged."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from tests.webhooks.doors import Opened, opened, settings_in
from webhooks.logs import configure_logs


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Opened]:
    """The sample business behind a secret."""
    async with opened(settings_in(tmp_path)) as door:
        yield door


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, as it would stand on standard error."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logs(level="DEBUG")
    written = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
