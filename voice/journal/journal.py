"""The journal: calls, turns and tool calls as they happened; any process can go on from here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from scheduling.store import Store
from scheduling.values import Attempt
from voice.cards import lines_without_cards, text_without_cards
from voice.facts import Facts
from voice.journal import calls, continuing, forgetting_wishes, turns, wrong_tries
from voice.journal.lost_attempts import LostAttempts
from voice.journal.unanswered import UnansweredPage, read_unanswered
from voice.journal.values import CallEntry, CallPage, CallRecord, Closing, Opened, WrongTries
from voice.tool_results import RanTool, ToolResult
from voice.turn import CallFacts, Line, Turn

EVER = 2**62
"""Later than any instant: clocks that were shifted may have been put back."""


class Journal:
    """Writes down what happens in calls. A crash costs at most the turn in hand."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lost = LostAttempts(store)

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

    async def begin_telling(self, attempt: Attempt) -> None:
        """The caller is about to hear of what the attempt changed: it stands after a crash too."""
        await self._lost.begin_telling(attempt.id)

    async def settle_lost(self, *, after_seconds: int) -> tuple[list[int], list[int]]:
        """Attempts that changed anything, began so long ago and whose process died before a word
        of it: undone, or standing because their time is somebody else's by now."""
        return await self._lost.settle(after_seconds=after_seconds)

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

    async def wish_to_be_forgotten(self, call: CallFacts, attempt: Attempt | None) -> None:
        """On the disk before the caller hears of it; undone with the attempt."""
        await self._store.write(
            lambda connection: forgetting_wishes.add_wish(
                connection,
                call,
                attempt.id if attempt else None,
                now=turns.seconds(self._now(connection)),
            ),
            durable=True,
        )

    async def asked_to_be_forgotten(self, organisation_id: int, call_id: str) -> CallFacts | None:
        """The call, if its caller did, with the number that is to be forgotten."""
        return await self._store.read(
            lambda connection: calls.asked_to_be_forgotten(connection, organisation_id, call_id)
        )

    async def still_to_be_forgotten(
        self, organisation_id: int, *, after_seconds: int | None
    ) -> list[CallFacts]:
        """Calls whose callers did, in which nothing was said for so long; None: all of them."""

        def read(connection: Connection) -> list[CallFacts]:
            now = turns.seconds(self._now(connection))
            before = EVER if after_seconds is None else now - after_seconds
            return forgetting_wishes.wishes_left(connection, organisation_id, before=before)

        return await self._store.read(read)

    async def leave_forgotten(self, call: CallFacts) -> None:
        """The wish is done: the call is erased, and stays as one that learns nothing any more."""
        await self._store.write(
            lambda connection: calls.leave_forgotten(connection, call, now=self._now(connection))
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
        # Its lines were kept without the numbers of cards.
        history = lines_without_cards(history)
        text = text_without_cards(text, history)
        return await self._store.write(
            lambda connection: continuing.find_continued(
                connection, organisation_id, credential, history=history, text=text
            )
        )

    async def wrong_try(self, call: CallFacts, *references: str) -> WrongTries:
        """One more failed verification, of the bookings that were named; how many there now are."""
        return await self._store.write(
            lambda connection: wrong_tries.add_wrong_try(
                connection, call, references, now=self._now(connection)
            )
        )

    async def wrong_tries(self, call: CallFacts, *references: str) -> WrongTries:
        """How many verifications have failed."""
        return await self._store.read(
            lambda connection: wrong_tries.read_wrong_tries(
                connection, call, references, now=self._now(connection)
            )
        )

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

    async def unanswered(
        self,
        zones: Mapping[int, ZoneInfo],
        *,
        days: tuple[date | None, date | None] = (None, None),
        limit: int = 50,
        cursor: str | None = None,
    ) -> UnansweredPage:
        """What callers of these organisations asked for and did not get, the newest day first."""
        return await self._store.read(
            lambda connection: read_unanswered(
                connection, zones, days=days, limit=limit, cursor=cursor
            )
        )

    def _now(self, connection: Connection) -> datetime:
        return self._store.now(connection)
