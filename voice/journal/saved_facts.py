"""The facts of a call as they are stored, and as they come back."""

from __future__ import annotations

from typing import Any

import structlog
from pydantic import ValidationError

from voice.facts import Facts

log = structlog.stdlib.get_logger(__name__)


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """All but what became of the acts of one turn, which is that turn's alone."""
    once: Any = {"agenda": {"outcomes"}}
    return facts.model_dump(mode="json", exclude_defaults=True, exclude=once)


def facts_from_json(stored: dict[str, Any]) -> Facts:
    """The facts that were stored. Of a call that was under way in another version of the program,
    what can still be read: at worst it goes on as a fresh one."""
    without_agenda = {name: value for name, value in stored.items() if name != "agenda"}
    for readable in (stored, without_agenda):
        try:
            return Facts.model_validate(readable)
        except (ValidationError, KeyError):  # KeyError: a kind of matter that there is no more
            log.warning("facts of another version", names=sorted(readable))
    return Facts()
