"""A client of the audio socket that speaks the protocol by hand, and engines that do as told."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.voice.live.stand_ins import LoudnessJudge
from tests.webhooks.doors import ADMIN_TOKEN, STAFF, Opened, served, settings_in
from voice.speech.engines import Hints, Transcript
from voice.speech.opening import Engines, Speech
from voice.speech.seats import Seats
from webhooks.live_calls import LiveCalls

Event = dict[str, Any]
RATE = 24_000
CHARACTERS_A_SECOND = 200
"""A voice in a hurry: what is played takes real time."""
SILENCE = bytes(2 * RATE)
LOUD = np.full(RATE * 4 // 5, 6000, "<i2").tobytes()


class PromptedEar:
    """Hears what the test says it hears."""

    def __init__(self) -> None:
        self.text = ""
        self.failure: Exception | None = None

    async def transcribe(self, samples: Any, hints: Hints) -> Transcript:
        """The prompt, whatever the sound."""
        if self.failure is not None:
            raise self.failure
        return Transcript(self.text, len(samples) / 16_000)


class HurriedVoice:
    """Hums, quickly or at its leisure."""

    def __init__(self) -> None:
        self.characters_a_second = CHARACTERS_A_SECOND

    async def speak(self, text: str) -> AsyncGenerator[bytes, None]:
        """In one piece."""
        samples = len(text) * RATE // self.characters_a_second
        yield (np.sin(np.arange(samples) / 20) * 3000).astype("<i2").tobytes()


@dataclass
class Told:
    """What the engines of one app are told to do."""

    ear: PromptedEar = field(default_factory=PromptedEar)
    voice: HurriedVoice = field(default_factory=HurriedVoice)
    seats: Seats = field(default_factory=lambda: Seats(8))

    def engines(self) -> Engines:
        """As calls take them."""
        return Engines(
            transcriber=self.ear,
            synthesizer=self.voice,
            voice_activity=cast(Any, LoudnessJudge),
            seats=self.seats,
            names="scripted",
        )


@dataclass
class Client:
    """One open socket, and all that came through it."""

    socket: ClientConnection
    told: Told
    events: list[Event] = field(default_factory=list)

    async def send(self, kind: str, **fields: Any) -> None:
        """One client event."""
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def next(self) -> Event:
        """The next server event."""
        event: Event = json.loads(await self.socket.recv())
        self.events.append(event)
        return event

    async def until(self, kind: str, when: Callable[[Event], bool] = lambda _: True) -> Event:
        """The next such event; an error that nobody waits for fails the test."""
        while True:
            event = await self.next()
            if event["type"] == kind and when(event):
                return event
            assert event["type"] != "error" or kind == "error", event

    async def error(self) -> Event:
        """The next error."""
        error: Event = (await self.until("error"))["error"]
        return error

    async def update(self, **session: Any) -> Event:
        """New settings; what is in force then."""
        await self.send("session.update", session={"type": "realtime", **session})
        shown: Event = (await self.until("session.updated"))["session"]
        return shown

    async def append(self, audio: bytes) -> None:
        """Sound, all at once."""
        await self.send("input_audio_buffer.append", audio=base64.b64encode(audio).decode())

    async def hears(self) -> str:
        """The whole next answer, and its last sound."""
        done = await self.until("response.done", lambda e: e["response"]["status"] == "completed")
        content = done["response"]["output"][0]["content"][0]
        return str(content.get("transcript") or content.get("text"))

    async def asks(self) -> str:
        """Asks for an answer, and hears it."""
        await self.send("response.create")
        return await self.hears()

    async def types(self, text: str) -> str:
        """Types a line, asks for the answer, and hears it."""
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        await self.send("conversation.item.create", item=item)
        return await self.asks()

    async def says(self, text: str) -> str:
        """Speaks and falls silent; hears the answer."""
        self.told.ear.text = text
        await self.append(LOUD + 2 * SILENCE)
        return await self.hears()

    async def closed(self) -> int:
        """The code by which we are hung up on."""
        with suppress(ConnectionClosed):
            while True:
                self.events.append(json.loads(await self.socket.recv()))
        return self.socket.close_code or 0

    def kinds(self) -> list[str]:
        """The types of all that came."""
        return [event["type"] for event in self.events]

    @property
    def call_id(self) -> str:
        """As the first event named it."""
        return str(self.events[0]["session"]["call_id"])


@asynccontextmanager
async def house(folder: Path, told: Told | None, **settings: Any) -> AsyncIterator[Opened]:
    """The app behind a real server, with engines that do as told; None for none at all."""
    async with served(settings_in(folder, **settings)) as door:
        if told is not None:
            loading: asyncio.Future[Engines] = asyncio.get_running_loop().create_future()
            loading.set_result(told.engines())
            calls: LiveCalls = door.app.state.live_calls
            calls.speech = Speech(cast("asyncio.Task[Engines]", loading))
        yield door


def address(door: Opened, query: str = "") -> str:
    """Of the socket."""
    base = str(door.client.base_url).replace("http://", "ws://").rstrip("/")
    return f"{base}/v1/realtime?model=ringbook{query}"


@asynccontextmanager
async def calling(
    door: Opened,
    told: Told | None = None,
    *,
    token: str = ADMIN_TOKEN,
    query: str = "",
    by_subprotocol: bool = False,
    **options: Any,
) -> AsyncIterator[Client]:
    """An open socket whose first event has come."""
    if by_subprotocol:
        options["subprotocols"] = ["realtime", f"openai-insecure-api-key.{token}"]
    else:
        options["additional_headers"] = {"Authorization": f"Bearer {token}"}
    async with connect(address(door, query), proxy=None, **options) as socket:
        client = Client(socket, told or Told())
        assert (await client.next())["type"] == "session.created"
        yield client


async def a_page(door: Opened) -> tuple[str, str]:
    """A caller token, and the call it is for."""
    host = str(door.client.base_url).rstrip("/")
    answer = await door.client.post("/v1/realtime/client_secrets", headers={"Origin": host})
    made = answer.json()
    return made["value"], made["session"]["id"]


async def bookings(door: Opened) -> list[Event]:
    """All that is in the store, as staff see it."""
    answer = await door.client.get("/admin/bookings", headers=STAFF)
    found: list[Event] = answer.json()["bookings"]
    return found


def open_calls(door: Opened) -> int:
    """Calls that have a line."""
    calls: LiveCalls = door.app.state.live_calls
    return len(calls._open)


async def until_true(ready: Callable[[], bool]) -> None:
    """Until what the server does by itself is done."""
    while not ready():
        await asyncio.to_thread(lambda: None)
