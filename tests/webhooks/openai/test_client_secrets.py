"""A page gets a token for one call of one organisation, if the page may speak for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.clinic import SALON_TOML
from tests.webhooks.doors import HOST, STAFF, Opened, opened, settings_in

ADDRESS = "/v1/realtime/client_secrets"
OURS = {"Origin": HOST}


@pytest.fixture
def two_organisations(tmp_path: Path) -> Path:
    """A folder with two business files."""
    folder = tmp_path / "businesses"
    folder.mkdir()
    (folder / "salon.toml").write_text(SALON_TOML)
    other = SALON_TOML.replace("corner-salon", "far-salon").replace("salon.example", "far.example")
    other = other.replace("+441223496001", "+441223496002").replace("salon-assistant", "far-one")
    (folder / "far.toml").write_text(other)
    return folder


async def test_our_own_page_gets_a_token_for_ten_minutes(door: Opened) -> None:
    before = int(time.time())
    answer = await door.client.post(ADDRESS, headers=OURS)
    after = int(time.time())
    assert answer.status_code == 200
    body = answer.json()
    assert before + 600 <= body["expires_at"] <= after + 600
    assert body["session"]["type"] == "realtime"
    assert answer.headers["cache-control"] == "no-store"
    token = door.resources.caller_tokens.read(body["value"])
    assert token.call_id == body["session"]["id"]


async def test_no_other_page_does(door: Opened) -> None:
    for headers in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""}):
        answer = await door.client.post(ADDRESS, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "forbidden"
        assert "access-control-allow-origin" not in answer.headers


async def test_a_listed_site_gets_one_for_its_own_organisation(
    tmp_path: Path, two_organisations: Path
) -> None:
    async with opened(settings_in(tmp_path, business=two_organisations)) as door:
        site = {"Origin": "https://salon.example"}
        answer = await door.client.post(ADDRESS, headers=site)
        assert answer.json()["session"]["organisation"] == "corner-salon"
        assert answer.headers["access-control-allow-origin"] == "https://salon.example"
        assert "Origin" in answer.headers["vary"]
        other = await door.client.post(f"{ADDRESS}?organisation=far-salon", headers=site)
        assert other.status_code == 403


async def test_our_page_names_the_organisation_where_there_are_several(
    tmp_path: Path, two_organisations: Path
) -> None:
    async with opened(settings_in(tmp_path, business=two_organisations)) as door:
        assert (await door.client.post(ADDRESS, headers=OURS)).status_code == 404
        unknown = await door.client.post(f"{ADDRESS}?organisation=nobody", headers=OURS)
        assert unknown.status_code == 404
        named = await door.client.post(f"{ADDRESS}?organisation=far-salon", headers=OURS)
        assert named.json()["session"]["organisation"] == "far-salon"


async def test_a_trusted_program_needs_no_origin_and_is_not_counted(door: Opened) -> None:
    for _ in range(65):
        assert (await door.client.post(ADDRESS, headers=STAFF)).status_code == 200


async def test_one_address_gets_so_many_tokens_a_minute(door: Opened) -> None:
    statuses = [(await door.client.post(ADDRESS, headers=OURS)).status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    refused = await door.client.post(ADDRESS, headers=OURS)
    assert int(refused.headers["retry-after"]) > 0
    assert refused.json()["error"]["code"] == "too_many_requests"


async def test_a_browser_may_ask_before_it_sends(tmp_path: Path, two_organisations: Path) -> None:
    asking = {"Access-Control-Request-Method": "POST"}
    async with opened(settings_in(tmp_path, business=two_organisations)) as door:
        listed = {"Origin": "https://salon.example", **asking}
        allowed = await door.client.options("/v1/chat/completions", headers=listed)
        assert allowed.status_code == 204
        assert allowed.headers["access-control-allow-origin"] == "https://salon.example"
        assert "Authorization" in allowed.headers["access-control-allow-headers"]
        strange = {"Origin": "https://evil.example", **asking}
        refused = await door.client.options("/v1/chat/completions", headers=strange)
        assert refused.status_code == 403
        assert "access-control-allow-origin" not in refused.headers


async def test_a_name_that_merely_leads_here_is_not_our_page(tmp_path: Path) -> None:
    async with opened(settings_in(tmp_path, public_url="https://ring.example")) as door:
        for origin, host, status in (
            ("https://evil.example", "evil.example", 403),
            ("http://192.168.1.5:8000", "192.168.1.5:8000", 403),
            ("https://ring.example", "behind-the-proxy:8000", 200),
            ("http://127.0.0.1:8000", "127.0.0.1:8000", 200),
            ("http://127.0.0.1:8000", "127.0.0.1:9000", 403),
        ):
            answer = await door.client.post(ADDRESS, headers={"Origin": origin, "Host": host})
            assert (answer.status_code, origin) == (status, origin)
