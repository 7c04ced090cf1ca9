"""Who asks too often waits; who is trusted does not; what is remembered has a bound."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.webhooks.doors import SECRET, STAFF, VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import message
from webhooks import rates
from webhooks.problems import Problem
from webhooks.rates import Allowance, Rates

TOKENS = Allowance.TOKENS_BY_NETWORK


class Clock:
    """Monotonic seconds, as the test wants them."""

    def __init__(self) -> None:
        self.now = 600.0

    def __call__(self) -> float:
        return self.now


def spent(given: Rates, who: str, *, most: int = 1_000) -> int:
    """How many times `who` may ask before it is too often."""
    for number in range(most):
        try:
            given.spend(TOKENS, who)
        except Problem:
            return number
    return most


def test_the_minute_slides() -> None:
    clock = Clock()
    given = Rates(clock=clock)
    clock.now += 59
    assert spent(given, "a") == TOKENS.a_minute
    clock.now += 2
    assert spent(given, "a") <= 1
    clock.now += 30
    assert 25 <= spent(given, "a") <= 32
    clock.now += 120
    assert spent(given, "a") == TOKENS.a_minute


def test_who_has_gone_is_forgotten_as_others_come() -> None:
    clock = Clock()
    given = Rates(clock=clock)
    for number in range(1_000):
        given.spend(TOKENS, f"old {number}")
    clock.now += 180
    for number in range(500):
        given.spend(TOKENS, f"new {number}")
    assert len(given) == 500


def test_a_flood_of_addresses_forgets_who_asked_longest_ago(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rates, "MOST_REMEMBERED", 100)
    given = Rates(clock=Clock())
    for number in range(1_000):
        given.spend(TOKENS, f"address {number}")
    assert len(given) <= 100


@pytest.mark.parametrize(
    ("path", "guess", "right"),
    [
        ("/vapi/events", {"X-Vapi-Secret": "wrong"}, {"X-Vapi-Secret": SECRET}),
        ("/vapi/chat/completions", {"Authorization": "Bearer x"}, VAPI),
        ("/v1/chat/completions", {"Authorization": "Bearer wrong"}, STAFF),
        ("/admin/blocks", {"Authorization": "Bearer wrong"}, STAFF),
    ],
)
async def test_guesses_are_rationed_by_address_at_every_door(
    door: Opened, path: str, guess: dict[str, str], right: dict[str, str]
) -> None:
    allowed = Allowance.GUESSES_BY_NETWORK.a_minute
    statuses = [
        (await door.client.post(path, json={}, headers=guess)).status_code
        for _ in range(allowed + 2)
    ]
    assert statuses == [401] * allowed + [429] * 2
    # Were the right one heard now, guessing would go on.
    assert (await door.client.post(path, json={}, headers=right)).status_code == 429


async def test_who_was_let_in_before_is_not_locked_out_by_a_neighbour(door: Opened) -> None:
    async def post(secret: str) -> int:
        headers = {"X-Vapi-Secret": secret}
        answer = await door.client.post("/vapi/events", json=message("hang"), headers=headers)
        return answer.status_code

    assert await post(SECRET) == 200
    for _ in range(Allowance.GUESSES_BY_NETWORK.a_minute + 1):
        await post("wrong")
    assert await post("wrong") == 429
    assert await post(SECRET) == 200


async def test_who_shows_nothing_does_not_guess(door: Opened) -> None:
    for _ in range(Allowance.GUESSES_BY_NETWORK.a_minute + 2):
        assert (await door.client.get("/metrics")).status_code == 401
    assert (await door.client.get("/metrics", headers=STAFF)).status_code == 200


async def test_signatures_are_guessed_at_no_more_often(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, vapi_hmac={"secretKey": "key"})) as door:
        headers = {"x-timestamp": str(int(time.time())), "x-signature": "00"}
        statuses = [
            (await door.client.post("/vapi/events", json={}, headers=headers)).status_code
            for _ in range(Allowance.GUESSES_BY_NETWORK.a_minute + 2)
        ]
        assert statuses[-2:] == [429] * 2
        assert set(statuses[:-2]) == {401}


async def test_other_sites_pages_use_up_nobody_s_tokens(door: Opened) -> None:
    path = "/v1/realtime/client_secrets"
    for _ in range(TOKENS.a_minute + 1):
        foreign = await door.client.post(path, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403
    ours = await door.client.post(path, headers={"Origin": "http://localhost"})
    assert ours.status_code == 200
