"""Calendar feeds over HTTP: read by whoever knows the address, until it is revoked."""

from __future__ import annotations

from tests.scheduling.ical_reader import events_in
from tests.webhooks.admin.test_staff import entered
from tests.webhooks.doors import Opened


async def test_a_calendar_program_reads_again_only_what_changed(door: Opened) -> None:
    [address, *_] = await door.resources.calendars.addresses(1)
    path = f"/calendars/{address.secret}.ics"
    await entered(door)
    first = await door.client.get(path)
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert len(events_in(first.content)) == 1
    known = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
    again = await door.client.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    await entered(door, start="2026-11-25T10:00")
    changed = await door.client.get(path, headers=known)
    assert len(events_in(changed.content)) == 2
    head = await door.client.head(path)
    assert (head.status_code, head.headers["etag"]) == (200, changed.headers["etag"])


async def test_unknown_and_revoked_addresses_are_answered_alike(door: Opened) -> None:
    [address, *_] = await door.resources.calendars.addresses(1)
    await door.resources.calendars.revoke(1, address.id)
    answers = [
        await door.client.get(f"/calendars/{secret}.ics")
        for secret in (address.secret, "1-guess", "guess", "%F0%9F%93%85")
    ]
    assert {(each.status_code, each.text) for each in answers} == {(404, answers[0].text)}
