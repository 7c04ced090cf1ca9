"""What is about the store is tried on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated store of this test's own."""
    if request.param == "sqlite":
        path = tmp_path / "ringbook.db"
        shutil.copy(migrated_file, path)
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("postgresql").fresh() as address:
            yield address
