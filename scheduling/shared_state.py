"""What server processes of one store agree on: one key for all, and each signature once."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, text

from scheduling.shared_tables import shared_key, used_signature
from scheduling.store import Store

AT_ONCE = 100
"""Each message forgets more than it leaves behind."""
ADD_KEY = text(
    "INSERT INTO shared_key (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING"
)
ADD_SIGNATURE = text(
    "INSERT INTO used_signature (digest, used_at) VALUES (:digest, :used_at)"
    " ON CONFLICT (digest) DO NOTHING RETURNING digest"
)


class SharedState:
    """Kept in the store, so whichever process is asked knows it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def key(self, name: str, *, fresh: str) -> str:
        """The key of that name: `fresh`, unless another process was first."""

        def keep(connection: Connection) -> str:
            connection.execute(ADD_KEY, {"name": name, "value": fresh})
            kept = select(shared_key.c.value).where(shared_key.c.name == name)
            return str(connection.execute(kept).scalar_one())

        return await self._store.write(keep, durable=True)

    async def use_signature(self, digest: str, *, now: int, forget_before: int) -> bool:
        """True once for each signature; seconds by the machine's own clock."""
        old = (
            select(used_signature.c.digest)
            .where(used_signature.c.used_at < forget_before)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )

        def use(connection: Connection) -> bool:
            connection.execute(delete(used_signature).where(used_signature.c.digest.in_(old)))
            first = connection.execute(ADD_SIGNATURE, {"digest": digest, "used_at": now})
            return first.one_or_none() is not None

        return await self._store.write(use)
