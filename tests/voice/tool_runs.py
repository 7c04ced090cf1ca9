"""Tools run by hand, outside any turn."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from scheduling.desk import Desk
from scheduling.values import CustomerDetails, Order, Organisation
from tests.clinic import NEW_YORK
from voice.call import CallContext
from voice.tool_results import ToolResult
from voice.tools.table import run_tool

TEN = datetime(2026, 11, 24, 10, tzinfo=NEW_YORK)


async def run(context: CallContext, tool: str, /, **arguments: Any) -> ToolResult:
    """The result, which must be fit for JSON and for one spoken line."""
    result = await run_tool(context, tool, arguments)
    json.dumps(result.facts)
    assert result.spoken
    assert "\n" not in result.spoken
    return result


async def other_booking(
    desk: Desk, clinic: Organisation, name: str, phone: str, with_whom: str = "ana"
) -> str:
    """A booking that staff entered earlier."""
    customer = CustomerDetails(name, phone)
    order = Order(customer, service_id="checkup", start=TEN, provider_id=with_whom)
    return (await desk.book(clinic.id, order, by="staff")).reference
