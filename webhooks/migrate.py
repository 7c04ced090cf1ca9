"""Bring a store up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config


def upgrade(url: str) -> None:
    """Every migration that the store lacks, in one transaction; quick when there is none."""
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    configuration.attributes["url"] = url
    command.upgrade(configuration, "head")
