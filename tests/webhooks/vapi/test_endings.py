"""How a call ended, in whatever order and however often Vapi tells it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webhooks.doors import VAPI, Opened
from tests.webhooks.payloads import (
    CALL_ID,
    completion,
    end_of_call_report,
    message,
    said,
    spoken,
    user,
)

TURNS = "/vapi/chat/completions"
HUNG_UP = message("status-update", status="ended", endedReason="silence-timed-out")
REPORT = end_of_call_report(endedReason="customer-ended-call")
REPORT_WITHOUT_REASON = end_of_call_report(endedReason=None)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ([HUNG_UP, REPORT], "customer-ended-call"),
        ([REPORT, HUNG_UP], "customer-ended-call"),
        ([REPORT, HUNG_UP, HUNG_UP], "customer-ended-call"),
        ([HUNG_UP, REPORT_WITHOUT_REASON], "silence-timed-out"),
        ([REPORT_WITHOUT_REASON, HUNG_UP], "silence-timed-out"),
        ([HUNG_UP], "silence-timed-out"),
    ],
)
async def test_the_reports_reason_stands_whatever_is_told_later(
    door: Opened, told: list[Any], reason: str
) -> None:
    for body in told:
        answered = await door.client.post("/vapi/events", json=body, headers=VAPI)
        assert answered.status_code == 200
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert record.summary.end_reason == reason


async def test_of_who_asked_to_be_forgotten_later_reports_keep_nothing(door: Opened) -> None:
    lines: list[Any] = [said("Willow Street Clinic, how can I help?")]
    for words in ("Please erase all my data.", "Yes, do that."):
        lines.append(user(words))
        answered = await door.client.post(TURNS, json=completion(*lines), headers=VAPI)
        lines.append(said(spoken(answered.text)))
    for body in (HUNG_UP, REPORT, HUNG_UP):
        answered = await door.client.post("/vapi/events", json=body, headers=VAPI)
        assert answered.status_code == 200
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    assert (record.summary.known_phone, record.summary.end_reason) == (None, "forgotten")
    assert (record.turns, record.report) == ((), None)


async def test_whoever_picks_up_is_told_who_calls_and_why(door: Opened) -> None:
    lines = [
        said("Willow Street Clinic, how can I help?"),
        user("I'd like to move my appointment."),
    ]
    await door.client.post(TURNS, json=completion(*lines), headers=VAPI)
    asked = message("transfer-destination-request")
    answered = await door.client.post("/vapi/events", json=asked, headers=VAPI)
    plan = answered.json()["destination"]["transferPlan"]
    assert plan["mode"] == "warm-transfer-say-message"
    assert plan["message"].startswith("A caller wants to move an appointment")
    assert plan["message"].count(".") == 2
