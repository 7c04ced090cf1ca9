"""The same thing asked twice under one key is done once and answered twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import bindparam, select, text, update

from scheduling.errors import KeyReused
from scheduling.prepared import prepare
from scheduling.tables import idempotency
from scheduling.transaction import Transaction

Answer = TypeVar("Answer")

CLAIM = prepare(
    text(
        "INSERT INTO idempotency (organisation_id, key, body_hash, attempt_id, created_at)"
        " VALUES (:organisation_id, :key, :body_hash, :attempt_id, :created_at)"
        " ON CONFLICT (organisation_id, key) DO NOTHING RETURNING key"
    ).columns(idempotency.c.key)
)
_of_key = (
    idempotency.c.organisation_id == bindparam("of"),
    idempotency.c.key == bindparam("asked_key"),
)
READ = prepare(select(idempotency.c.body_hash, idempotency.c.response).where(*_of_key))
ANSWER = prepare(update(idempotency).where(*_of_key).values(response=bindparam("answer")))


def once(
    tx: Transaction, body: tuple[Any, ...], kind: type[Answer], act: Callable[[], Answer]
) -> Answer:
    """The first answer to the asker's key; without a key, what the act gives now. An answer is a
    frozen value of the kind, which the body's first word must tell from all others.

    A refusal is no answer: it leaves nothing behind, so the same key may try again.
    """
    key = tx.asker.key
    if key is None:
        return act()
    documents = _documents(cast(Any, kind))
    of_key = {"of": tx.organisation_id, "asked_key": key}
    body_hash = hashlib.sha256(repr((*body, tx.asker.reason)).encode()).hexdigest()
    claim = {
        "organisation_id": tx.organisation_id,
        "key": key,
        "body_hash": body_hash,
        "attempt_id": tx.asker.attempt_id,
        "created_at": tx.second,
    }
    if tx.connection.execute(CLAIM, claim).one_or_none() is None:
        first = tx.connection.execute(READ, of_key).one()
        if first.body_hash != body_hash:
            raise KeyReused("this key came with another request before")
        kept: Answer = documents.validate_python(first.response)
        return kept
    done = act()
    tx.connection.execute(ANSWER, {**of_key, "answer": documents.dump_python(done, mode="json")})
    return done


@cache
def _documents(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
