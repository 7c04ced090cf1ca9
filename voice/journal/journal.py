"""The journal: calls, turns and tool calls as they happened; any process can go on from here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from scheduling.store import Store
from scheduling.values import Attempt
from voice.call import RanTool, ToolResult
from voice.facts import Facts
from voice.journal import calls, continuing, turns
from voice.journal.values import CallEntry, CallPage, CallRecord, Closing, Opened
from voice.turn import CallFacts, Line, Turn


class Journal:
    """Writes down what happens in calls. A crash costs at most the turn in hand."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def open_attempt(self, turn: Turn) -> Opened:
        """A new attempt at the turn, its rivals undone; or the reply that was given already."""
        return await self._store.write(
            lambda connection: turns.open_attempt(connection, turn, now=self._now(connection))
        )

    async def close_attempt(self, attempt: Attempt, closing: Closing) -> bool:
        """How the attempt ended; False when a rival has taken its place meanwhile."""
        return await self._store.write(
            lambda connection: turns.close_attempt(
                connection, attempt, closing, now=self._now(connection)
            )
        )

    async def withdraw(self, attempt: Attempt) -> None:
        """Nobody heard anything of this attempt: it did not happen."""
        await self._store.write(
            lambda connection: turns.withdraw(connection, attempt, now=self._now(connection))
        )

    async def start_call(self, call: CallFacts) -> None:
        """Enter a call before anything is said; NotFound when the id is another's."""
        await self._store.write(
            lambda connection: turns.keep_call(connection, call, now=self._now(connection))
        )

    async def greet(self, call: CallFacts) -> bool:
        """Enter the call and whether this is its first greeting."""
        return await self._store.write(
            lambda connection: turns.greet(connection, call, now=self._now(connection))
        )

    async def end_call(
        self, call_id: str, *, reason: str = "", report: dict[str, Any] | None = None
    ) -> int | None:
        """All that was done stands. The call's organisation, or None when there is no such call."""
        return await self._store.write(
            lambda connection: calls.end_call(
                connection, call_id, reason=reason, report=report, now=self._now(connection)
            )
        )

    async def facts(self, call: CallFacts) -> tuple[Facts, datetime]:
        """What the call has come to, and the time, for tools that come outside any turn."""

        def read(connection: Connection) -> tuple[Facts, datetime]:
            now = self._now(connection)
            kept = turns.keep_call(connection, call, now=now)
            return turns.standing_facts(connection, call, kept), now

        return await self._store.write(read)

    async def find_continued(
        self, organisation_id: int, credential: str, *, history: tuple[Line, ...], text: str
    ) -> str | None:
        """The call that a body without a call id goes on with; None: a new one."""
        return await self._store.write(
            lambda connection: continuing.find_continued(
                connection, organisation_id, credential, history=history, text=text
            )
        )

    async def wrong_try(self, call_id: str) -> int:
        """One more failed verification; how many there were, which no undoing lessens."""
        return await self._store.write(lambda connection: calls.wrong_try(connection, call_id))

    async def wrong_tries(self, call_id: str) -> int:
        """How many verifications have failed in this call."""
        return await self._store.read(lambda connection: calls.wrong_tries(connection, call_id))

    async def remember_tool(self, call: CallFacts, delivered_as: str) -> ToolResult | None:
        """What this delivery of a tool call was answered before."""
        return await self._store.read(
            lambda connection: calls.delivered_tool(connection, call, delivered_as)
        )

    async def record_tool(
        self, call: CallFacts, delivered_as: str, *, ran: RanTool, facts: Facts
    ) -> None:
        """The answer to a delivery, and what the call now knows."""
        await self._store.write(
            lambda connection: calls.keep_delivered_tool(
                connection,
                call,
                delivered_as=delivered_as,
                ran=ran,
                facts=facts,
                now=self._now(connection),
            )
        )

    async def entry(self, call_id: str) -> CallEntry | None:
        """Whose call this is and how far it came; None before it began."""
        return await self._store.read(lambda connection: calls.read_entry(connection, call_id))

    async def call(self, organisation_id: int | None, call_id: str) -> CallRecord | None:
        """One call whole; None for all organisations is the staff's alone."""
        return await self._store.read(
            lambda connection: calls.read_call(connection, organisation_id, call_id)
        )

    async def calls(
        self, organisation_id: int | None, *, limit: int = 50, cursor: str | None = None
    ) -> CallPage:
        """Calls, newest first."""
        return await self._store.read(
            lambda connection: calls.read_page(
                connection, organisation_id, limit=limit, cursor=cursor
            )
        )

    def _now(self, connection: Connection) -> datetime:
        return self._store.now(connection)
