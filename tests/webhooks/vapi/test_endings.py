"""How a call ended, in whatever order and however often Vapi tells it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webhooks.doors import VAPI, Opened
from tests.webhooks.payloads import CALL_ID, end_of_call_report, message

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
