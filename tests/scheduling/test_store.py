"""The store: one clock, one transaction a time, no overlap whoever writes."""

from __future__ import annotations

from scheduling.store import Store


async def test_a_migrated_store_is_ready_and_guarded(store: Store) -> None:
    assert await store.is_migrated()
    await store.check_guard()
