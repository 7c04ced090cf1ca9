"""Calls on a carrier's own line: from the ring to the hang-up, with a carrier by script."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("numpy")

from scheduling.values import Booking, BookingFilter
from tests.clinic import SALON_TOML
from tests.webhooks.carriers.scripted_carrier import (
    CALLER,
    PUBLIC_URL,
    VOICE,
    Carrier,
    call_sid,
    open_carrier,
    said_in,
    token_in,
)
from tests.webhooks.carriers.scripted_line import ACCOUNT
from tests.webhooks.doors import STAFF
from webhooks.carriers.voice import NO_ORGANISATION, OUT_OF_ORDER
from webhooks.live_calls import FULL, SPEECHLESS, STOPPING

GREETING = "This call is answered by an assistant."
CALL_PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{{}}.json"


@pytest.fixture
async def carrier(tmp_path: Path) -> AsyncIterator[Carrier]:
    async with open_carrier(tmp_path) as carrier:
        yield carrier


async def booked(carrier: Carrier) -> list[Booking]:
    desk = carrier.door.resources.desk
    (organisation,) = await desk.organisations()
    return list((await desk.find(organisation.id, BookingFilter())).bookings)


async def test_a_booking_is_spoken_on_the_number_that_the_carrier_vouches_for(
    carrier: Carrier,
) -> None:
    async with carrier.call() as line:
        assert "Willow Street Clinic" in await line.hears(GREETING)
        await line.says("a check-up with Ana Ruiz tomorrow at 2 pm")
        await line.hears("2 PM")
        await line.says("yes please", 0.5)
        await line.hears("name")
        await line.says("Maria Lopez", 0.6)
        await line.hears("Maria Lopez")
        await line.says("yes", 0.4)
        await line.hears("booked")
        await line.says("no thank you, goodbye")
        assert await line.until_closed() == 1000
    (booking,) = await booked(carrier)
    assert (booking.customer_name, booking.customer_phone) == ("Maria Lopez", CALLER)
    assert await carrier.ended(call_sid(1)) == "agent"
    assert carrier.rest.asked == [(CALL_PATH.format(call_sid(1)), {"Status": "completed"})]
    shown = await carrier.door.client.get(f"/admin/calls/{call_sid(1)}", headers=STAFF)
    assert shown.json()["door"] == "carrier"


async def test_the_ring_is_answered_with_a_stream_to_our_public_address(carrier: Carrier) -> None:
    answer = await carrier.post(carrier.ring())
    assert answer.headers["content-type"].startswith("application/xml")
    connect, hang_up = ElementTree.fromstring(answer.text)
    (stream,) = connect
    assert (connect.tag, hang_up.tag, stream.tag) == ("Connect", "Hangup", "Stream")
    assert stream.attrib["url"] == "wss://ring.example/carriers/twilio/media"


@pytest.mark.parametrize("shown", ["anonymous", "+266696687", "+17378742833", "", "sip:a@b"])
async def test_a_withheld_number_is_nobodys(carrier: Carrier, shown: str) -> None:
    async with carrier.call(From=shown) as line:
        await line.hears(GREETING)
    await carrier.ended(call_sid(1))
    (summary,) = (await carrier.door.resources.journal.calls(None)).calls
    assert (summary.known_phone, summary.door) == (None, "carrier")


async def test_who_speaks_into_our_words_stops_them(carrier: Carrier) -> None:
    carrier.voice = type(carrier.voice)(20)
    carrier.furnish()
    async with carrier.call() as line:
        line.marks = False
        await line.until(lambda message: message["event"] == "media")
        await line.says("what are your opening hours", 1.2)
        await line.until(lambda message: message["event"] == "clear")
        line.heard = len(carrier.voice.spoken)
        await line.until(lambda message: message["event"] == "media")
    assert await carrier.ended(call_sid(1)) == "caller"


async def test_keys_answer_what_was_asked_once_and_on_their_own_stream(
    carrier: Carrier,
) -> None:
    async with carrier.call(From="anonymous") as line:
        await line.hears(GREETING)
        await line.says("a check-up with Ana Ruiz tomorrow at 2 pm")
        await line.hears("2 PM")
        await line.says("yes please", 0.5)
        await line.hears("name")
        await line.says("Maria Lopez", 0.6)
        await line.hears("number")
        await line.presses("212555")
        key = {"track": "inbound_track", "digit": "9"}
        again = {"sequenceNumber": str(line.sequence), "dtmf": key}
        await line.send("dtmf", **again)
        await line.send("dtmf", streamSid="MZ" + "f" * 32, dtmf=key)
        await line.presses("A0134#")
        await line.hears("2 1 2, 5 5 5, 0 1 3 4")
        await line.says("yes", 0.4)
        await line.hears("booked")
    (booking,) = await booked(carrier)
    assert booking.customer_phone == "+12125550134"


async def test_a_caller_is_put_through_and_the_call_is_over_for_us(carrier: Carrier) -> None:
    async with carrier.call() as line:
        await line.hears(GREETING)
        await line.says("can I speak to a human being please")
        await line.hears("putting you through")
        assert await line.until_closed() == 1000
    ((path, fields),) = carrier.rest.asked
    assert path == CALL_PATH.format(call_sid(1))
    (dial,) = ElementTree.fromstring(fields["Twiml"])
    assert (dial.tag, dial.text) == ("Dial", "+12125550100")
    assert dial.attrib["action"] == f"{PUBLIC_URL}{VOICE}"
    told = {**carrier.ring(), "CallSid": call_sid(1), "DialCallStatus": "completed"}
    answer = await carrier.post(told)
    assert [verb.tag for verb in ElementTree.fromstring(answer.text)] == ["Hangup"]
    assert await carrier.ended(call_sid(1)) == "transferred"


async def test_a_transfer_that_fails_is_said_and_the_call_goes_on(carrier: Carrier) -> None:
    carrier.rest.status = 500
    async with carrier.call() as line:
        await line.hears(GREETING)
        await line.says("can I speak to a human being please")
        assert "couldn't put you through" in await line.hears("Shall I take a message?")
        await line.says("what are your opening hours", 1.2)
        await line.hears("open")


@pytest.mark.parametrize(
    ("dialled", "said"),
    [("no-answer", "nobody picked up"), ("busy", "busy"), ("failed", "couldn't put you through")],
)
async def test_who_was_put_through_to_nobody_comes_back(
    carrier: Carrier, dialled: str, said: str
) -> None:
    async with carrier.call() as line:
        await line.hears(GREETING)
        await line.says("can I speak to a human being please")
        await line.until_closed()
    told = {**carrier.ring(CallStatus="in-progress"), "CallSid": call_sid(1)}
    token = await carrier.token({**told, "DialCallStatus": dialled})
    async with carrier.stream(call_sid(1)) as line:
        line.heard = len(carrier.voice.spoken)
        await line.start(token)
        heard = await line.hears("Shall I take a message?")
        assert said in heard
        assert GREETING not in heard
        await line.says("no thanks", 0.6)
        await line.hears("anything else")
        await line.says("a check-up with Ana Ruiz tomorrow at 2 pm")
        await line.hears("2 PM")
    assert await carrier.ended(call_sid(1)) == "caller"


async def test_who_hangs_up_while_it_rings_there_does_not_come_back(carrier: Carrier) -> None:
    async with carrier.call() as line:
        await line.hears(GREETING)
        await line.says("can I speak to a human being please")
        await line.until_closed()
    left = {**carrier.ring(CallStatus="completed"), "CallSid": call_sid(1)}
    answer = await carrier.post({**left, "DialCallStatus": "no-answer"})
    assert [verb.tag for verb in ElementTree.fromstring(answer.text)] == ["Hangup"]
    assert await carrier.ended(call_sid(1)) == "transferred"


async def test_a_caller_who_hangs_up_ends_the_call(carrier: Carrier) -> None:
    async with carrier.call() as line:
        await line.until(lambda message: message["event"] == "media")
        await line.send("stop", stop={"accountSid": ACCOUNT, "callSid": line.call_sid})
        assert await line.until_closed() == 1000
    assert await carrier.ended(call_sid(1)) == "caller"
    assert not carrier.rest.asked


async def test_a_stream_that_breaks_ends_the_call_and_frees_its_seat(carrier: Carrier) -> None:
    carrier.furnish(seats=1)
    async with carrier.call() as line:
        await line.until(lambda message: message["event"] == "media")
        assert said_in((await carrier.post(carrier.ring())).text) == FULL
        line.socket.transport.abort()
    assert await carrier.ended(call_sid(1)) == "caller"
    async with carrier.call() as line:
        await line.hears(GREETING)


async def test_two_who_ring_for_the_last_seat_are_both_spoken_to(carrier: Carrier) -> None:
    carrier.furnish(seats=1)
    first, second = carrier.ring(), carrier.ring()
    tokens = [await carrier.token(first), await carrier.token(second)]
    async with carrier.stream(first["CallSid"]) as line:
        await line.start(tokens[0])
        await line.hears(GREETING)
        async with carrier.stream(second["CallSid"]) as late:
            late.heard = line.heard
            await late.start(tokens[1])
            await late.until_closed()
            assert FULL in carrier.voice.spoken
        await line.says("what are your opening hours", 1.2)
        await line.hears("open")


async def test_a_server_that_stops_says_so_first(carrier: Carrier) -> None:
    async with carrier.call() as line:
        await line.hears(GREETING)
        stopping = asyncio.create_task(carrier.door.app.state.live_calls.stop())
        await line.hears(STOPPING)
        assert await line.until_closed() == 1000
        await stopping
    assert await carrier.ended(call_sid(1)) == "shutdown"
    assert said_in((await carrier.post(carrier.ring())).text) == STOPPING


async def test_where_nobody_can_speak_the_carrier_says_so(tmp_path: Path) -> None:
    async with open_carrier(tmp_path) as carrier:
        loading = asyncio.Event()
        carrier.furnish(absent=True, after=loading)
        ring = carrier.ring()
        token = await carrier.token(ring)
        loading.set()
        async with carrier.stream(ring["CallSid"]) as line:
            await line.start(token)
            assert await line.until_closed() == 1000
        ((_, fields),) = carrier.rest.asked
        assert said_in(fields["Twiml"]) == SPEECHLESS
        assert said_in((await carrier.post(carrier.ring())).text) == SPEECHLESS


async def test_while_the_store_takes_nothing_the_carrier_apologises(
    carrier: Carrier, tmp_path: Path
) -> None:
    ring = carrier.ring()
    token = await carrier.token(ring)
    other = sqlite3.connect(tmp_path / "ringbook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with carrier.stream(ring["CallSid"]) as line:
        await line.start(token)
        assert await line.until_closed() == 1008
    other.close()
    ((_, fields),) = carrier.rest.asked
    assert said_in(fields["Twiml"]) == OUT_OF_ORDER


async def test_a_number_that_is_nobodys_hears_an_apology(tmp_path: Path) -> None:
    folder = tmp_path / "businesses"
    folder.mkdir()
    sample = files("scheduling.sample") / "willow.toml"
    (folder / "willow.toml").write_text(sample.read_text())
    (folder / "salon.toml").write_text(SALON_TOML)
    async with open_carrier(tmp_path, business=folder) as carrier:
        unknown = carrier.ring(To="+12125550188")
        assert said_in((await carrier.post(unknown)).text) == NO_ORGANISATION
        assert token_in((await carrier.post(unknown, query="?organisation=willow")).text)
        async with carrier.call(To="+441223496001") as line:
            await line.hears("Corner Salon")
