"""What is about the store is tried on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest


@pytest.fixture
def store_url(either_store_url: str) -> str:
    """The address of a migrated store of this test's own."""
    return either_store_url


@pytest.fixture(params=["UTC", "Pacific/Auckland", "Pacific/Honolulu"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone that the server's own machine is set to."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()
