"""A carrier by script: rings our webhook, opens the stream that we ask for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import httpx2
from websockets.asyncio.client import connect

from tests.voice.live.stand_ins import LoudnessJudge, NoisySynthesizer
from tests.webhooks.carriers.scripted_line import ACCOUNT, Heard, Reading
from tests.webhooks.doors import NOW, Opened, served, settings_in
from voice.speech.engines import EngineFailed
from voice.speech.opening import Engines, Speech
from voice.speech.seats import Seats
from webhooks.carriers.signature import SIGNATURE_HEADER, signature_of
from webhooks.settings import Settings

AUTH_TOKEN = "0123456789abcdef" * 2
PUBLIC_URL = "https://ring.example"
VOICE = "/carriers/twilio/voice"
MEDIA = "/carriers/twilio/media"
CALLER = "+12125550147"
DIALLED = "+12125550123"
"""The sample business's."""


def call_sid(number: int) -> str:
    return f"CA{number:032x}"


def settings(folder: Path, **given: Any) -> Settings:
    line = {
        "twilio_account": ACCOUNT,
        "twilio_token": AUTH_TOKEN,
        "public_url": PUBLIC_URL,
        "now": NOW,
    }
    return settings_in(folder, **{**line, **given})


@dataclass
class RestInterface:
    """Twilio's REST interface by script: what was asked of it, and what it answers."""

    status: int = 200
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self._answer)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        self.asked.append((path, dict(parse_qsl((await request.aread()).decode()))))
        self.news.set()
        return httpx2.Response(self.status, json={})


@dataclass
class Carrier:
    """The carrier, our server, and what is spoken with."""

    door: Opened
    rest: RestInterface
    reading: Reading = field(default_factory=Reading)
    voice: NoisySynthesizer = field(default_factory=lambda: NoisySynthesizer(300))
    calls: int = 0

    def furnish(
        self, seats: int = 8, *, absent: bool = False, after: asyncio.Event | None = None
    ) -> None:
        """Scripted engines in place of none; or none that can be had."""

        async def there() -> Engines:
            if after is not None:
                await after.wait()
            if absent:
                raise EngineFailed("not installed")
            activity = cast(Any, LoudnessJudge)
            return Engines(self.reading, self.voice, activity, Seats(seats), "scripted")

        self.door.app.state.live_calls.speech = Speech(asyncio.ensure_future(there()))

    async def post(self, fields: dict[str, str], **given: Any) -> httpx2.Response:
        """A webhook as the carrier signs it, unless told otherwise."""
        query = given.pop("query", "")
        address = f"{PUBLIC_URL}{VOICE}{query}"
        signature = signature_of(address, fields.items(), token=given.pop("token", AUTH_TOKEN))
        return await self.door.client.post(
            f"{VOICE}{query}",
            content=urlencode(fields),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                SIGNATURE_HEADER: given.pop("signature", signature),
            },
        )

    def ring(self, **given: str) -> dict[str, str]:
        """The form of a call that rings."""
        self.calls += 1
        who = {"From": CALLER, "To": DIALLED, "Direction": "inbound", "CallStatus": "ringing"}
        return {"CallSid": call_sid(self.calls), "AccountSid": ACCOUNT, **who, **given}

    async def token(self, fields: dict[str, str]) -> str:
        """What the stream of this call is to show."""
        answer = await self.post(fields)
        assert answer.status_code == 200, answer.text
        return token_in(answer.text)

    @asynccontextmanager
    async def stream(self, call: str) -> AsyncIterator[Heard]:
        """A media socket on which nothing was said yet."""
        address = str(self.door.client.base_url).replace("http", "ws", 1).rstrip("/") + MEDIA
        async with connect(address, compression=None) as socket:
            heard = Heard(socket, call, f"MZ{call[2:]}", self.reading, self.voice)
            listening = asyncio.create_task(heard.listen())
            try:
                yield heard
            finally:
                await socket.close()
                await listening

    @asynccontextmanager
    async def call(self, **given: str) -> AsyncIterator[Heard]:
        """A call that was answered."""
        fields = self.ring(**given)
        token = await self.token(fields)
        async with self.stream(fields["CallSid"]) as heard:
            await heard.start(token)
            yield heard

    async def ended(self, call: str) -> str:
        """Why the journal says that this call ended, once it says so."""
        while True:
            page = await self.door.resources.journal.calls(None)
            for each in page.calls:
                if each.call_id == call and each.ended_at is not None:
                    return each.end_reason
            await asyncio.sleep(0)


@asynccontextmanager
async def open_carrier(folder: Path, *, seats: int = 8, **given: Any) -> AsyncIterator[Carrier]:
    """A carrier before the real app with scripted engines."""
    rest = RestInterface()
    async with served(settings(folder, **given), outside=rest.transport) as door:
        carrier = Carrier(door, rest)
        carrier.furnish(seats)
        yield carrier


def token_in(twiml: str) -> str:
    """The token that a stream is to show."""
    (parameter,) = ElementTree.fromstring(twiml).iter("Parameter")
    return parameter.attrib["value"]


def said_in(twiml: str) -> str:
    """What the carrier's own voice is to say before it hangs up."""
    say, hang_up = ElementTree.fromstring(twiml)
    assert (say.tag, hang_up.tag) == ("Say", "Hangup")
    return say.text or ""
