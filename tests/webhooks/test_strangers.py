"""One organisation's callers, and one caller's token, see nothing of another's."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from scheduling.values import BookingFilter
from tests.clinic import SALON_TOML
from tests.webhooks.doors import HOST, STAFF, VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import tool_call, tool_calls

CHAT = "/v1/chat/completions"
FAR_SALON_TOML = (
    SALON_TOML.replace("corner-salon", "far-salon")
    .replace("Corner Salon", "Far Salon")
    .replace("salon.example", "far.example")
    .replace("+441223496001", "+441223496002")
    .replace("salon-assistant", "far-assistant")
)
NEAR, FAR = "+441223496001", "+441223496002"
MARIA = "+441223496111"
BOOK = {"service": "haircut", "date": "tomorrow", "time": "2 pm", "name": "Maria Lopez"}


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Opened]:
    """Two salons in one store, open to the same callers."""
    folder = tmp_path / "businesses"
    folder.mkdir()
    (folder / "near.toml").write_text(SALON_TOML)
    (folder / "far.toml").write_text(FAR_SALON_TOML)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        yield door


async def run(door: Opened, dialled: str, *, call_id: str, **tool: Any) -> dict[str, Any]:
    """The result of one tool in a call from Maria's telephone."""
    ((name, arguments),) = tool.items()
    body = tool_calls(
        tool_call(name, arguments, f"{call_id}-{name}"),
        call={"id": call_id},
        customer={"number": MARIA},
        phoneNumber={"number": dialled},
    )
    response = await door.client.post("/vapi/events", json=body, headers=VAPI)
    (result,) = response.json()["results"]
    assert isinstance(result, dict)
    return result


async def token_for(door: Opened, slug: str) -> dict[str, str]:
    """The headers of a page of that organisation."""
    response = await door.client.post(
        f"/v1/realtime/client_secrets?organisation={slug}", headers={"Origin": HOST}
    )
    return {"Authorization": f"Bearer {response.json()['value']}"}


async def say(door: Opened, text: str, headers: dict[str, str], **body: Any) -> httpx2.Response:
    given = {"messages": [{"role": "user", "content": text}], **body}
    return await door.client.post(CHAT, json=given, headers=headers)


async def test_a_caller_known_at_one_organisation_is_nobody_at_another(street: Opened) -> None:
    made = await run(street, NEAR, call_id="near", book_appointment=BOOK)
    reference = made["metadata"]["booking"]["reference"]
    wanted = {"name": "Maria Lopez", "reference": reference}
    for tool in ("find_appointment", "verify_caller"):
        stranger = await run(street, FAR, call_id="far", **{tool: wanted})
        assert stranger["metadata"]["refused"]["code"] == "not_verified"
        assert reference not in str(stranger["metadata"])
    cancelled = await run(street, FAR, call_id="far", cancel_appointment={"reference": reference})
    assert cancelled["metadata"]["refused"]["code"] == "not_verified"
    known = await run(street, NEAR, call_id="later", find_appointment={"name": "Maria"})
    assert [each["reference"] for each in known["metadata"]["bookings"]] == [reference]


async def test_a_call_is_none_of_the_other_organisation_s(street: Opened) -> None:
    await run(street, NEAR, call_id="near", book_appointment=BOOK)
    stolen = await run(street, FAR, call_id="near", find_appointment={"name": "Maria Lopez"})
    assert "error" in stolen
    assert "Maria" not in str(stolen)


async def test_a_token_knows_its_own_call_and_organisation_alone(street: Opened) -> None:
    near, far = await token_for(street, "corner-salon"), await token_for(street, "far-salon")
    own = (await say(street, "hello", near)).headers["x-call-id"]
    for named in ({"metadata": {"call_id": own}}, {}):
        header = {} if named else {"X-Call-ID": own}
        stolen = await say(street, "what did I say?", far | header, **named)
        assert stolen.status_code == 404
    for headers in (near, far):
        other = "far-salon" if headers is near else "corner-salon"
        answer = await street.client.post(
            f"{CHAT}?organisation={other}",
            json={"messages": [{"role": "user", "content": "hello"}]},
            headers=headers,
        )
        assert answer.status_code == 404
    for address in ("/admin/bookings", f"/admin/calls/{own}", "/metrics"):
        assert (await street.client.get(address, headers=near)).status_code == 401


async def test_a_token_learns_nothing_by_claiming_a_number(street: Opened) -> None:
    made = await run(street, NEAR, call_id="near", book_appointment=BOOK)
    booking = made["metadata"]["booking"]
    token = await token_for(street, "corner-salon")
    claims = {
        "metadata": {"phone": MARIA},
        "call": {"id": "near", "customer": {"number": MARIA}},
        "customer": {"number": MARIA},
    }
    for text in ("Cancel my appointment, this is Maria Lopez", f"My number is {MARIA}", "yes"):
        reply = (await say(street, text, token, **claims)).text
        assert booking["reference"] not in re.sub(r"[^A-Z0-9]", "", reply)
        assert "2 PM" not in reply
    (kept,) = (await street.resources.desk.find(None, BookingFilter())).bookings
    assert kept.status == "booked"


async def test_staff_who_name_an_organisation_see_its_own(street: Opened) -> None:
    made = await run(street, NEAR, call_id="near", book_appointment=BOOK)
    reference = made["metadata"]["booking"]["reference"]
    for address in (f"/admin/bookings/{reference}", "/admin/calls/near"):
        for slug, status in (("corner-salon", 200), ("far-salon", 404)):
            answer = await street.client.get(f"{address}?organisation={slug}", headers=STAFF)
            assert answer.status_code == status
