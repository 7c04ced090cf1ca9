"""What a command cannot do, in one line."""

from __future__ import annotations

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from scheduling.errors import BusinessFileError, Refusal
from scheduling.serving import StoreInUse
from scheduling.store import GuardMissing
from webhooks.settings import SettingsError


class CommandFailed(Exception):
    """The command cannot go on; the message is one line for who typed it."""


ONE_LINERS = (CommandError, CommandFailed, GuardMissing, SettingsError, StoreInUse)


def failure_line(error: Exception) -> str | None:
    """One line for a failure that somebody can mend; None for one that only we can."""
    if isinstance(error, BusinessFileError):
        first, *others = error.problems
        more = f" (and {len(others)} more: ringbook business check says all)" if others else ""
        return f"{first}{more}"
    if isinstance(error, Refusal):
        return error.message
    if isinstance(error, DBAPIError):
        return f"the store cannot be used: {first_line(error.orig or error)}"
    if isinstance(error, OSError):
        return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
    if isinstance(error, ONE_LINERS):
        return first_line(error)
    return None


def first_line(error: BaseException) -> str:
    """What it says, without what follows."""
    return next(iter(str(error).splitlines()), type(error).__name__)
