"""Networks: what one customer of a provider may have whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduling.values import BookingFilter
from tests.webhooks.doors import HOST, opened, settings_in
from tests.webhooks.payloads import user
from webhooks.networks import network


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::FFFF:CB00:7107", "203.0.113.7"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("2001:db8:1:ffff:8000::1", "2001:db8:1::/48"),
        ("2001:db8:2::1", "2001:db8:2::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", "testclient"),
        ("two words", "two-words"),
        ("", "unknown"),
    ],
)
def test_a_network_is_what_one_customer_may_have(host: str, expected: str) -> None:
    assert network(host) == expected


async def test_many_tokens_of_one_network_have_no_more_held_than_its_share(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path), peer="::ffff:203.0.113.7") as door:
        for _ in range(8):
            made = await door.client.post("/v1/realtime/client_secrets", headers={"Origin": HOST})
            token = {"Authorization": f"Bearer {made.json()['value']}"}
            body = {"model": "ringbook", "messages": [user("A check-up tomorrow, please")]}
            answer = await door.client.post("/v1/chat/completions", json=body, headers=token)
            assert answer.status_code == 200
        held = await door.resources.desk.find(1, BookingFilter(status="held"))
        assert len(held.bookings) == 12
