"""Requests as programs and hurried people send them: what is odd is named, and nothing breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from httpx2 import Response

from tests.clinic import SALON_TOML
from tests.postgresql import END_OTHERS, Databases
from tests.scheduling.willow import pass_time
from tests.webhooks.admin.test_staff import JANE, entered, error, post
from tests.webhooks.doors import STAFF, Opened, opened, settings_in

LONG_AGO = ("0001-01-05T14:00Z", "0001-01-07T14:00Z", "0001-01-01T00:00Z", "1584-10-15T09:00Z")
FAR_OFF = ("9999-12-28T14:00Z", "9999-12-30T14:00Z", "9999-12-31T23:59Z", "8000-02-29T09:00Z")
TWIN = """
[[provider]]
id = "ana-2"
name = "Ana Silva"
services = ["haircut"]
hours = { thu = ["10:00-18:00"] }

[[service]]
id = "fringe"
name = "Fringe"
also = ["trim"]
minutes = 15
"""


@pytest.fixture(params=["sqlite", "postgresql"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Opened]:
    """The sample business, its store in either database."""
    if request.param == "sqlite":
        async with opened(settings_in(tmp_path)) as door:
            yield door
        return
    with request.getfixturevalue("postgresql").fresh() as address:
        async with opened(settings_in(tmp_path, database_url=address)) as door:
            yield door


@pytest.mark.parametrize(
    ("start", "code"),
    [*((start, "past") for start in LONG_AGO), *((start, "too_far") for start in FAR_OFF)],
)
async def test_a_year_that_was_mistyped_is_past_or_too_far(
    door: Opened, start: str, code: str
) -> None:
    reference = (await entered(door))["reference"]
    for path, body in (
        ("bookings", JANE | {"start": start, "name": "Bob Stone"}),
        (f"bookings/{reference}/move", {"start": start}),
    ):
        refused = await post(door, path, body)
        assert error(refused, 409)["code"] == code
        assert refused.json()["offers"]


@pytest.mark.parametrize("named", ["?id=", "?id=a%00b", "/a%00b", f"/{'K' * 201}", "?id=%20%00"])
async def test_an_id_that_no_block_can_have_is_said_to_be_wrong(either: Opened, named: str) -> None:
    answer = await either.client.delete(f"/admin/blocks{named}", headers=STAFF)
    assert error(answer, 422)["code"] == "invalid_request"


async def test_a_request_repeated_under_its_key_may_be_typed_in_another_way(door: Opened) -> None:
    booked = await post(door, "bookings", JANE, key="entry")
    reference = booked.json()["reference"]
    retyped = {"name": " Jane  Doe", "phone": "+1 212 555 0142", "service": "Check-up"}
    assert (await post(door, "bookings", JANE | retyped, key="entry")).json() == booked.json()
    spaced = f"{reference[:3]}-{reference[3:]}".lower()
    there = {"start": "2026-11-25T09:20"}
    await pass_time(door.resources.store, days=1)
    for what, body in (("status", {"status": "arrived"}), ("status", {"status": "booked"}),
                       ("move", there), ("cancel", {})):  # fmt: skip
        key = f"{what} {body}"
        first = await post(door, f"bookings/{reference}/{what}", body, key=key)
        again = await post(door, f"bookings/{spaced}/{what}", body, key=key)
        assert (first.status_code, again.status_code, again.text) == (200, 200, first.text)
    placed = (await post(door, "blocks", {"date": "2026-11-27"})).json()["id"]
    key_of = STAFF | {"Idempotency-Key": "lift"}
    for block_id in (placed, placed.lower()):
        lifted = await door.client.delete(f"/admin/blocks/{block_id}", headers=key_of)
        assert lifted.status_code == 200


@pytest.mark.parametrize(
    "day", ["1799107200", 1799107200, 20270104, "20270105", "2027-01-04T00:00:00Z", "2027-1-4",
            "2027-W01-1", " 2027-01-04", "2027-02-29", True, 1.5],
)  # fmt: skip
async def test_a_day_is_written_in_one_way(door: Opened, day: object) -> None:
    said = error(await post(door, "blocks", {"date": day}), 422)["message"]
    assert said.startswith("date: ")
    assert "datetime" not in said
    for path in ("bookings", "blocks"):
        listed = await door.client.get(f"/admin/{path}", params={"from": str(day)}, headers=STAFF)
        assert error(listed, 422)["message"].startswith("from: ")


async def test_a_day_as_it_should_be_is_read(door: Opened) -> None:
    placed = await post(door, "blocks", {"from": "2027-01-04", "to": "2027-01-05"})
    assert placed.json()["start"] == "2027-01-04T00:00:00-05:00"
    listed = await door.client.get("/admin/bookings?date=2027-01-04", headers=STAFF)
    assert listed.json()["bookings"] == []


async def seen(door: Opened, path: str, body: object, tag: str) -> Response:
    """As staff, from a screen that shows that version."""
    return await door.client.post(
        f"/admin/bookings/{path}", json=body, headers=STAFF | {"If-Match": tag}
    )


async def test_an_old_screen_cannot_change_what_a_colleague_changed(door: Opened) -> None:
    entry = await post(door, "bookings", JANE)
    reference, old = entry.json()["reference"], entry.headers["ETag"]
    shown = await door.client.get(f"/admin/bookings/{reference}", headers=STAFF)
    assert shown.headers["ETag"] == old
    moved = await seen(door, f"{reference}/move", {"start": "2026-11-25T09:20"}, old)
    assert (moved.status_code, moved.headers["ETag"] == old) == (200, False)
    for what, body in (
        ("move", {"start": "2026-11-26T09:00"}),
        ("cancel", {}),
        ("status", {"status": "noshow"}),
        ("status", {"status": "cancelled"}),
    ):
        refused = error(await seen(door, f"{reference}/{what}", body, old), 412)
        assert refused["code"] == "changed_meanwhile"
    kept = await door.client.get(f"/admin/bookings/{reference}", headers=STAFF)
    assert kept.json()["start"] == "2026-11-25T09:20:00-05:00"
    assert len(kept.json()["history"]) == 2
    done = await seen(door, f"{reference}/cancel", {}, kept.headers["ETag"])
    assert done.json()["status"] == "cancelled"


@pytest.mark.parametrize(
    ("tag", "status"), [("*", 200), ('"99"', 412), ('"x"', 412), ("1", 412), ('W/"1"', 412)]
)
async def test_what_is_no_version_of_the_booking_matches_nothing(
    door: Opened, tag: str, status: int
) -> None:
    reference = (await entered(door))["reference"]
    assert (await seen(door, f"{reference}/cancel", {}, tag)).status_code == status


async def test_a_repeated_request_is_answered_as_before_whatever_version_it_saw(
    door: Opened,
) -> None:
    entry = await post(door, "bookings", JANE)
    headers = STAFF | {"If-Match": entry.headers["ETag"], "Idempotency-Key": "cancel"}
    path = f"/admin/bookings/{entry.json()['reference']}/cancel"
    answers = [await door.client.post(path, headers=headers) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].text == answers[1].text


async def test_an_empty_name_is_no_organisation(door: Opened) -> None:
    day: dict[str, Any] = {"date": "2026-11-27"}
    for path, body in (
        ("bookings", JANE | {"organisation": ""}),
        ("bookings?organisation=", JANE),
        ("blocks", day | {"organisation": " "}),
        ("blocks?organisation=", day),
    ):
        assert "organisation" in error(await post(door, path, body), 422)["message"]


async def test_one_name_of_two_people_or_services_is_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "salon.toml"
    file.write_text(SALON_TOML + TWIN)
    cut = {"service": "haircut", "start": "2026-11-24T10:00", "name": "Rosa Marin"}
    async with opened(settings_in(tmp_path, business=file)) as door:
        for changed, ids in (
            ({"provider": "Ana Silva"}, "ana, ana-2"),
            ({"service": "trim"}, "haircut, fringe"),
        ):
            said = error(await post(door, "bookings", cut | changed), 422)
            assert (said["code"], ids in said["message"]) == ("ambiguous", True)
        assert (await post(door, "bookings", cut | {"provider": "ana"})).status_code == 201


@pytest.mark.slow
async def test_a_store_that_is_gone_is_worth_another_try_and_is_found_again(
    postgresql: Databases, tmp_path: Path
) -> None:
    with (
        postgresql.fresh() as address,
        postgresql.fresh() as elsewhere,
        psycopg.connect(elsewhere, autocommit=True) as administrator,
    ):
        name = address.partition("?")[0].rsplit("/", 1)[1]
        async with opened(settings_in(tmp_path, database_url=address)) as door:
            await entered(door)
            administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            administrator.execute(END_OTHERS.replace("current_database()", f"'{name}'").encode())
            try:
                listed = await door.client.get("/admin/bookings", headers=STAFF)
                assert error(listed, 503)["code"] == "try_again"
                assert error(await post(door, "bookings", JANE), 503)["code"] == "try_again"
                assert (await door.client.get("/readyz")).status_code == 503
            finally:
                administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
            again = await door.client.get("/admin/bookings", headers=STAFF)
            assert len(again.json()["bookings"]) == 1
