"""Logs say what happened without caller words, names, secrets or whole numbers."""

from __future__ import annotations

import asyncio
import io
import json

import pytest

from webhooks.logs import discreet, frames_only, masked


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("from +12125550188", "from …88"),
        ("from (212) 555-0188 today", "from (…88 today"),
        ("call 4a5a04dc-dcbe-45b1-8f64-fd32a253d136", "call 4a5a04dc-dcbe-45b1-8f64-fd32a253d136"),
        ("at 2026-11-23T14:00:00+00:00", "at 2026-11-23T14:00:00+00:00"),
        ("in 120 ms", "in 120 ms"),
    ],
)
def test_telephone_numbers_are_masked_and_ids_are_not(said: str, logged: str) -> None:
    assert masked(said) == logged


def test_secrets_are_dropped_by_name() -> None:
    fields = {"event": "e", "admin_token": "hush", "X-Vapi-Secret": "hush", "milliseconds": 3.5}
    logged = discreet(None, "info", fields)
    assert "hush" not in str(logged)
    assert logged["milliseconds"] == 3.5


def test_an_exception_is_logged_by_type_and_place_and_not_by_its_words() -> None:
    try:
        raise ValueError("the caller said: my name is Rosa")
    except ValueError as error:
        logged = frames_only(None, "error", {"event": "failed", "exc_info": error})
    assert logged["error"] == "ValueError"
    assert "test_logs.py" in logged["frames"][-1]
    assert "Rosa" not in str(logged)


async def test_what_asyncio_says_of_a_lost_task_holds_no_words_of_its_own(
    logged: io.StringIO,
) -> None:
    async def lost(words: str) -> None:
        raise ValueError(f"the caller said: {words}")

    loop = asyncio.get_running_loop()
    task = asyncio.create_task(lost("my name is Rosa"), name="Rosa's")
    await asyncio.wait({task})
    message = "Task exception was never retrieved"
    loop.default_exception_handler(
        {"message": message, "exception": task.exception(), "future": task}
    )
    loop.default_exception_handler({"message": "Exception in callback partial('Rosa')"})
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    first, second = [line for line in lines if line["level"] == "error"]
    assert (first["event"], first["error"]) == (message, "ValueError")
    assert second["event"] == "Exception in callback partial"
    assert "Rosa" not in logged.getvalue()
