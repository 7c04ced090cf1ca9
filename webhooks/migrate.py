"""Bring a store up to date."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config

ONE_AT_A_TIME = Lock()
"""Alembic's context is one for the whole process: of two stores migrated at once, as rehearsals do,
one would be read with the other's."""


def upgrade(url: str, to: str = "head") -> None:
    """Every migration that the store lacks, in one transaction; quick when there is none. `to`:
    the last of them, by its number."""
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    configuration.attributes["url"] = url
    with ONE_AT_A_TIME:
        command.upgrade(configuration, to)
