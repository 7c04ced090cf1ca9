"""`ringbook serve`: how it starts, what it says, how it refuses and how it stops."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from structlog.testing import capture_logs

from tests.clinic import SALON_TOML
from tests.ringbook_process import ringbook, serving
from tests.webhooks.doors import STAFF, opened, settings_in
from webhooks.commands.serve import page_note


def test_a_first_start_needs_nothing_and_says_where_everything_is(tmp_path: Path) -> None:
    with serving(tmp_path, RINGBOOK_ADMIN_TOKEN="", OPENAI_API_KEY="sk-found") as served:
        said = "\n".join(served.announced)
        assert "Ringbook answers for Willow Street Clinic." in said
        assert f"{served.address}/admin/bookings" in said
        assert "nothing leaves this machine; OPENAI_API_KEY was found and is not used" in said
        assert "RINGBOOK_VAPI_SECRET is not set" in said
        assert httpx2.get(f"{served.address}/readyz").json() == {"status": "ready"}
        assert served.stop() == 0
    assert "sk-found" not in said + (tmp_path / "serve.log").read_text()


@pytest.mark.slow
def test_the_admin_token_is_shown_once(tmp_path: Path) -> None:
    token = tmp_path / "admin-token"
    with serving(tmp_path, RINGBOOK_ADMIN_TOKEN="") as first:
        first.stop()
        shown = first.output.read()
    assert token.read_text().strip() in shown
    assert token.stat().st_mode & 0o777 == 0o600
    with serving(tmp_path, RINGBOOK_ADMIN_TOKEN="") as second:
        second.stop()
        assert token.read_text().strip() not in second.output.read()


@pytest.mark.slow
def test_a_shifted_clock_is_announced(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        served.stop()
        assert "shifted: it is 2026-11-23 14:00 UTC here" in served.output.read()


@pytest.mark.parametrize(
    ("settings", "arguments", "words"),
    [
        ({}, ["--host", "0.0.0.0"], "RINGBOOK_VAPI_SECRET is required to serve on 0.0.0.0"),
        ({"RINGBOOK_PUBLIC_URL": "https://a.example"}, [], "RINGBOOK_VAPI_SECRET is required with"),
        ({"RINGBOOK_VAPI_SECRET": "short"}, [], "RINGBOOK_VAPI_SECRET: must have at least 16"),
        ({"RINGBOOK_NOW": "yesterday"}, [], "RINGBOOK_NOW: must be an instant"),
        ({"RINGBOOK_BUSINESS": "gone.toml"}, [], "RINGBOOK_BUSINESS: no file or folder"),
        ({"RINGBOOK_MODEL": "auto"}, [], "RINGBOOK_OPENAI_MODEL is required"),
        ({"RINGBOOK_VAPI_HMAC": "{"}, [], "RINGBOOK_VAPI_HMAC: is not valid JSON"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict | list) else "",
)
def test_a_start_that_cannot_be_right_is_refused_in_one_line(
    tmp_path: Path, settings: dict[str, str], arguments: list[str], words: str
) -> None:
    done = ringbook("serve", "--port", "0", *arguments, folder=tmp_path, **settings)
    assert done.returncode == 1
    assert done.stderr.startswith("ringbook: ")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = ringbook("serve", "--port", str(port), folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (f"ringbook: cannot listen on 127.0.0.1:{port}: Address already in use\n")


@pytest.mark.slow
def test_a_second_server_on_one_sqlite_file_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path):
        done = ringbook("serve", "--port", "0", folder=tmp_path)
    assert done.returncode == 1
    assert "another server process serves" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_store_that_would_let_bookings_overlap_is_not_served(tmp_path: Path) -> None:
    assert ringbook("migrate", folder=tmp_path).returncode == 0
    with closing(sqlite3.connect(tmp_path / "ringbook.db")) as store:
        store.execute("DROP TRIGGER occupancy_no_overlap_insert")
        store.commit()
    done = ringbook("serve", "--port", "0", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("ringbook: the store does not refuse overlaps: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
async def test_a_start_reports_the_bookings_that_newer_zone_rules_show_at_another_time(
    tmp_path: Path,
) -> None:
    file = tmp_path / "salon.toml"
    file.write_text(SALON_TOML)
    settings = settings_in(tmp_path, business=file)
    cut = {"service": "cut", "start": "2026-11-24T11:00", "name": "Rosa Marin", "provider": "ana"}
    async with opened(settings) as door:
        booked = await door.client.post("/admin/bookings", json=cut, headers=STAFF)
    file.write_text(SALON_TOML.replace("Europe/London", "Europe/Paris"))
    with capture_logs() as logged:
        async with opened(settings) as door:
            [said] = [each for each in logged if each["event"] == "stranded"]
            path = f"/admin/bookings/{booked.json()['reference']}"
            shown = await door.client.get(path, headers=STAFF)
    assert (said["reference"], said["lacks"]) == (booked.json()["reference"], "time")
    assert shown.json()["start"] == "2026-11-24T12:00:00+01:00"
    assert "Rosa" not in str(said)


def test_who_serves_others_without_an_address_is_told_what_that_costs(tmp_path: Path) -> None:
    unnamed = settings_in(tmp_path)
    assert page_note(unnamed, "127.0.0.1") == []
    assert "RINGBOOK_PUBLIC_URL" in page_note(unnamed, "0.0.0.0")[0]
    assert page_note(settings_in(tmp_path, public_url="https://ring.example"), "0.0.0.0") == []
