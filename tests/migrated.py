"""SQLite stores at the newest schema: migrated once and copied, as migrating takes its time."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from webhooks.migrate import upgrade


def migrated_store(path: Path) -> Path:
    """A store in this file, in which nothing is; one that is there already stays as it is, and a
    folder that is not there is left for the server to make."""
    if path.parent.is_dir() and not path.exists():
        path.write_bytes(_blank())
    return path


@cache
def _blank() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ringbook.db"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()
