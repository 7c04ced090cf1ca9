"""Logs say what happened without caller words, names, secrets or whole numbers."""

from __future__ import annotations

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
