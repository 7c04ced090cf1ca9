"""`ringbook migrate`: the store brought up to date."""

from __future__ import annotations

import typer

from webhooks.migrate import upgrade
from webhooks.settings import read_settings


def migrate() -> None:
    """Run the migrations that the store lacks."""
    upgrade(read_settings().database_url)
    typer.echo("The store is up to date.")
