"""A booking spoken through a carrier's media stream, heard and answered by the real engines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("ctranslate2")
pytest.importorskip("hibari")

from scheduling.values import BookingFilter
from tests.clinic import NEW_YORK
from tests.webhooks.carriers.scripted_carrier import (
    CALLER,
    Carrier,
    RestInterface,
    call_sid,
    settings,
)
from tests.webhooks.carriers.scripted_line import Heard
from tests.webhooks.doors import served
from voice.live.audio import LineIn, LineOut
from voice.live.audio_format import PCMU_8K
from voice.speech.engines import Hints
from voice.speech.opening import Engines

PAUSE = b"\xff" * 8000 * 2
THINKING_SECONDS = 1.5
"""Without sound of ours: then the caller takes it that it is his turn."""


class Caller:
    """Speaks with a voice that the machine has, in mu-law."""

    def __init__(self, line: Heard, engines: Engines) -> None:
        self._line = line
        self._engines = engines

    async def says(self, words: str) -> str:
        """These words; what we answered, as the machine's own ear has it."""
        voice = self._engines.synthesizer
        sound = b"".join([piece async for piece in voice.speak(words)])
        out = LineOut(PCMU_8K)
        await self._line.plays(out.take(sound) + PAUSE)
        return await self.listens()

    async def listens(self) -> str:
        """To all that we say now."""
        before = len(self._line.sound)
        await self._line.until(lambda message: message["event"] == "media")
        await self._line.falls_silent(THINKING_SECONDS)
        heard = LineIn(PCMU_8K).take(bytes(self._line.sound[before:]))
        assert np.abs(heard).max() > 0.05
        return (await self._engines.transcriber.transcribe(heard, Hints())).text


@pytest.mark.slow
@pytest.mark.timeout(300)  # our sentences take their time, and the machine may be busy
async def test_a_booking_is_spoken_and_stands_on_the_callers_number(tmp_path: Path) -> None:
    rest = RestInterface()
    chosen = settings(tmp_path, speech="local")
    async with served(chosen, outside=rest.transport) as door:
        engines = await door.app.state.live_calls.speech.ready()
        carrier = Carrier(door, rest)
        async with carrier.call() as line:
            caller = Caller(line, engines)
            assert "help" in (await caller.listens()).casefold()
            await caller.says("I'd like a check-up with Ana Ruiz tomorrow at 2 PM, please.")
            await caller.says("Yes, please.")
            await caller.says("My name is Maria Lopez.")
            assert "reference" in await caller.says("Yes.")
            await caller.says("No, thank you. Goodbye.")
            assert await line.until_closed() == 1000
        desk = door.resources.desk
        (organisation,) = await desk.organisations()
        (booking,) = (await desk.find(organisation.id, BookingFilter())).bookings
        assert (booking.customer_phone, booking.service_id) == (CALLER, "checkup")
        assert f"{booking.start.astimezone(NEW_YORK):%a %H:%M}" == "Tue 14:00"
        assert booking.call_id == call_sid(1)
        assert await carrier.ended(call_sid(1)) == "agent"
