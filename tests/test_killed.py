"""The server is killed in the middle of a call; another process goes on with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.ringbook_process import ADMIN_TOKEN, Served, serving
from tests.webhooks.payloads import call, completion, said, spoken, user

pytestmark = pytest.mark.slow

STAFF = {"Authorization": f"Bearer {ADMIN_TOKEN}"}
WISHES = ("I would like a checkup next Tuesday at 2 pm", "Maria Lopez")


class OverProcesses:
    """One caller whose call outlives servers."""

    def __init__(self, call_id: str = "over-processes") -> None:
        self.call_id = call_id
        self.heard: list[dict[str, str]] = []

    def body(self, text: str) -> dict[str, Any]:
        return completion(*self.heard, user(text), call=call(self.call_id))

    async def says(self, served: Served, text: str) -> str:
        """The reply, heard in full."""
        async with client_of(served) as client:
            response = await client.post("/vapi/chat/completions", json=self.body(text))
        reply = spoken(response.text)
        self.heard += [user(text), said(reply)]
        return reply

    async def wishes(self, served: Served) -> None:
        """As far as the question whether to book."""
        for text in WISHES:
            reply = await self.says(served, text)
        assert reply.endswith("Shall I book it?")

    async def until_killed(self, served: Served, text: str) -> str:
        """What is heard of the reply until the server dies, right after its first words."""
        body = self.body(text)
        async with (
            client_of(served) as client,
            client.stream("POST", "/vapi/chat/completions", json=body) as response,
        ):
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    kill(served)
                    return spoken(f"{line}\n\ndata: [DONE]\n\n")
        raise AssertionError("nothing was heard")


def client_of(served: Served) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=served.address, timeout=20, trust_env=False)


def kill(served: Served) -> None:
    """As the kernel does when memory is short."""
    served.process.kill()
    served.process.join(10)


async def stored(served: Served, **filters: str) -> list[dict[str, Any]]:
    """Bookings as staff see them."""
    async with client_of(served) as client:
        response = await client.get("/admin/bookings", params=filters, headers=STAFF)
    found: list[dict[str, Any]] = response.json()["bookings"]
    return found


def sayable(reference: str) -> str:
    """As callers hear it."""
    return f"{' '.join(reference[:3])}, {' '.join(reference[3:])}"


async def test_a_hold_survives_a_kill_and_becomes_one_booking(tmp_path: Path) -> None:
    caller = OverProcesses()
    with serving(tmp_path) as served:
        await caller.wishes(served)
        held = await stored(served, status="held")
        kill(served)
    with serving(tmp_path) as served:
        assert await stored(served, status="held") == held
        reply = await caller.says(served, "yes please")
        (made,) = await stored(served)
    assert made["start"] == "2026-12-01T14:00:00-05:00" == held[0]["start"]
    assert (made["status"], made["customer"]["name"]) == ("booked", "Maria Lopez")
    assert sayable(made["reference"]) in reply


async def test_a_booking_that_was_heard_of_stands_after_a_kill(tmp_path: Path) -> None:
    caller = OverProcesses()
    with serving(tmp_path) as served:
        await caller.wishes(served)
        first_words = await caller.until_killed(served, "yes please")
    assert first_words.startswith("You're booked")
    caller.heard += [user("yes please"), said(first_words)]
    with serving(tmp_path) as served:
        reply = await caller.says(served, "When is my appointment?")
        assert "2 PM" in reply
        await caller.says(served, "yes")
        (made,) = await stored(served)
        assert await stored(served, status="held") == []
    assert (made["status"], made["start"]) == ("booked", "2026-12-01T14:00:00-05:00")


@pytest.mark.parametrize("again", ["yes please", "yes, do that please"])
async def test_a_booking_that_nobody_heard_of_is_made_once(tmp_path: Path, again: str) -> None:
    caller = OverProcesses()
    with serving(tmp_path) as served:
        await caller.wishes(served)
        await caller.until_killed(served, "yes please")
    with serving(tmp_path) as served:
        reply = await caller.says(served, again)
        (made,) = await stored(served)
    assert (made["status"], made["start"]) == ("booked", "2026-12-01T14:00:00-05:00")
    assert sayable(made["reference"]) in reply


async def test_a_booking_that_nobody_heard_of_is_undone_when_the_caller_minds(
    tmp_path: Path,
) -> None:
    caller = OverProcesses()
    with serving(tmp_path) as served:
        await caller.wishes(served)
        await caller.until_killed(served, "yes please")
    with serving(tmp_path) as served:
        await caller.says(served, "no, on December 2nd at 3 pm please")
        assert await stored(served) == []
        (held,) = await stored(served, status="held")
    assert held["start"] == "2026-12-02T15:00:00-05:00"


async def test_a_wish_to_be_forgotten_is_done_after_a_kill(tmp_path: Path) -> None:
    caller = OverProcesses()
    with serving(tmp_path) as served:
        await caller.wishes(served)
        await caller.says(served, "yes please")
        await caller.says(served, "Please erase all my data.")
        await caller.until_killed(served, "Yes, do that.")
    with serving(tmp_path) as served:
        (made,) = await stored(served)
    assert (made["status"], made["customer"]) == ("booked", {"name": "", "phone": None})
