"""Files and folders that nobody but our own account may read: 0700 and 0600 from the first byte."""

from __future__ import annotations

import os
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Made for us alone; one that is there already is somebody else's to judge."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """The file, made empty where there is none; one that others could read is closed to them.

    One that is there is not opened: closing it again would take away every lock that this process
    has on it (POSIX), SQLite's among them. The next program that then looks at the store believes
    itself alone with it and deletes the log, with all that is written from there on.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        close_to_others(path)


def close_to_others(path: Path) -> None:
    """Takes others' rights to the file away; what is not there, or not ours, stays as it is."""
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except (FileNotFoundError, PermissionError):
        return


def file_identity(path: Path) -> tuple[int, int] | None:
    """By which a file is told from another of its name; None: there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
