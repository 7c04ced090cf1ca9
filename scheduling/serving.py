"""One server process for each SQLite file, where the operating system can tell."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scheduling.private_files import make_private

if sys.platform != "win32":
    import fcntl


class StoreInUse(Exception):
    """Another server process serves this SQLite file."""


@contextmanager
def claim_file(database: str | None) -> Iterator[None]:
    """Holds a lock beside the file for as long as it is served; None claims nothing.

    The claim is the operating system's, so it ends with the process however that ends. Commands
    read and write beside a server without claiming.
    """
    if database is None or sys.platform == "win32":
        yield
        return
    beside = Path(f"{database}.serving")
    make_private(beside)
    with beside.open("w") as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreInUse(f"another server process serves {database}") from error
        yield
