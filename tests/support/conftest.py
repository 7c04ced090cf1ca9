"""What support keeps is tried on both databases."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from support.shop import Shop


@pytest.fixture
def store_url(either_store_url: str) -> str:
    """The address of a migrated store of this test's own."""
    return either_store_url


@pytest.fixture
def shop(desk: Desk) -> Shop:
    """The shop of the sample clinic."""
    return Shop(desk)
