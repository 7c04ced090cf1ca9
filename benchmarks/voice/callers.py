"""Simulated callers, in a process of their own: a plan comes in as JSON, what was met goes out.

python -m benchmarks.voice.callers < plan.json
"""

from __future__ import annotations

import asyncio
import sys
from binascii import a2b_base64
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from urllib.parse import urlsplit

import orjson
import uvloop

from benchmarks.voice.line import Ear, Line, Microphone, now, pieces_of, read_event
from benchmarks.voice.plan import Met, Plan, Saying
from benchmarks.voice.sounds import Clip

ANSWER_SECONDS = 8.0
"""A turn that is not answered by then is lost."""
REPLY_SECONDS = 30.0
BETWEEN_TURNS = 0.7
"""Seconds from the end of our reply to the caller's next words."""
INTO_REPLY = 1.0
"""Seconds of our reply that are heard before something is said over it."""
AFTER_INTERRUPTION = 1.0
REALTIME_LEAD = 0.16
"""Seconds of sound below which our pacer sends the next piece."""


class Caller:
    """One call from its opening to its end."""

    def __init__(self, plan: Plan, script: list[Saying], met: Met) -> None:
        self._plan = plan
        self._script = script
        self._met = met
        self._as_events = plan.dialect == "realtime"
        self._ear = Ear()
        self._line: Line
        self._microphone: Microphone
        self._reply = ""
        """The id of the reply that is being said."""
        self._ended: dict[str, str] = {}
        """How each reply ended, by its id."""
        self._last_piece: dict[str, float] = {}
        self._speech_started: list[float] = []

    async def call(self) -> None:
        """Open the line, say all that is to be said, hang up."""
        where = urlsplit(self._plan.url)
        loop = asyncio.get_running_loop()
        make = partial(Line, self._plan.url, self._plan.token, self._take)
        async with asyncio.timeout(ANSWER_SECONDS):
            _, self._line = await loop.create_connection(make, where.hostname, where.port)
            await self._line.opened
        self._microphone = Microphone(
            self._line, piece_ms=self._plan.piece_ms, as_events=self._as_events
        )
        if self._as_events:
            self._line.send(orjson.dumps(self._settings()), text=True)
        speaking = asyncio.create_task(self._microphone.run())
        try:
            if not self._script:
                await self._listen_long()
            for saying in self._script:
                await asyncio.sleep(BETWEEN_TURNS)
                await self._turn(saying)
        finally:
            speaking.cancel()
            self._line.hang_up()
            self._met.lateness += self._ear.lateness
            self._met.gaps += self._ear.gaps
            self._met.own_lateness += self._microphone.lateness

    async def _turn(self, saying: Saying) -> None:
        clip = saying.clip
        last_sound = self._microphone.say(clip.path) + clip.last_sound
        self._ear.listen(last_sound)
        await self._until(lambda: self._ear.first_sound is not None, last_sound)
        if self._ear.first_sound is None or self._ear.spoke_before:
            self._met.lost += 1
            return
        self._met.first_sound.append(self._ear.first_sound - last_sound)
        if saying.over_reply is not None:
            await self._speak_over(saying.over_reply)
        await self._until(
            lambda: now() > self._ear.plays_until + BETWEEN_TURNS, now(), REPLY_SECONDS
        )

    async def _speak_over(self, clip: Clip) -> None:
        await asyncio.sleep(INTO_REPLY)
        reply, said_before = self._reply, len(self._speech_started)
        onset = self._microphone.say(clip.path) + clip.onset
        await self._until(lambda: reply in self._ended, onset, REPLY_SECONDS)
        started = self._speech_started[said_before:]
        if not started or self._ended.get(reply) == "completed":
            self._met.not_interrupted += 1
            return
        self._met.interrupted += 1
        decided = started[0]
        self._met.onset_to_decided.append(decided - onset)
        await asyncio.sleep(max(AFTER_INTERRUPTION, onset + clip.last_sound - now()))
        stopped = self._last_piece.get(reply, decided)
        self._met.decided_to_last_frame.append(max(0.0, stopped - decided))
        self._ear.listen(onset + clip.last_sound)
        await self._until(lambda: self._ear.first_sound is not None, now())

    async def _listen_long(self) -> None:
        """To the greeting, for as long as the plan has it."""
        self._line.send(b'{"type":"response.create"}', text=True)
        await self._until(lambda: False, now(), self._plan.seconds)
        self._met.lost += not self._ear.lateness or bool(self._ended)

    async def _until(
        self, when: Callable[[], bool], since: float, seconds: float = ANSWER_SECONDS
    ) -> bool:
        """Whether it came true in time; looked at every 5 ms, nothing is measured by that."""
        while not when():
            if self._line.closed or now() > since + seconds:
                return False
            await asyncio.sleep(0.005)
        return True

    def _settings(self) -> dict[str, object]:
        detection: dict[str, object] = {"type": "server_vad"}
        if self._plan.silence_ms is not None:
            detection["silence_duration_ms"] = self._plan.silence_ms
        sound = {"input": {"turn_detection": detection}}
        return {"type": "session.update", "session": {"type": "realtime", "audio": sound}}

    def _take(self, at: float, message: str | bytes) -> None:
        if isinstance(message, bytes):
            self._ear.take(at, message, lead=REALTIME_LEAD)
            return
        event = read_event(message)
        match event["type"]:
            case "response.output_audio.delta":
                self._ear.take(at, a2b_base64(event["delta"]), lead=REALTIME_LEAD)
                self._last_piece[event["response_id"]] = at
            case "response.created":
                self._reply = event["response"]["id"]
            case "response.done":
                self._ended[event["response"]["id"]] = event["response"]["status"]
            case "input_audio_buffer.speech_started":
                self._speech_started.append(at)
            case "conversation.item.input_audio_transcription.completed":
                self._met.heard.append(event["transcript"])


async def play(plan: Plan) -> Met:
    """All calls at once, none of which may keep the others."""
    met = Met()
    for saying in {saying for script in plan.scripts for saying in script}:
        for clip in filter(None, (saying.clip, saying.over_reply)):
            pieces_of(clip.path, plan.piece_ms, plan.dialect == "realtime")
    calls = [Caller(plan, script, met) for script in plan.scripts]

    async def one(number: int, caller: Caller) -> None:
        await asyncio.sleep(plan.spread * number / len(calls))
        await caller.call()

    tasks = [asyncio.create_task(one(*each)) for each in enumerate(calls)]
    _, late = await asyncio.wait(tasks, timeout=plan.seconds)
    for task in late:
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    failed = [end for end in ends if isinstance(end, Exception)]
    for failure in failed[:3]:
        print(f"a call failed: {failure!r}", file=sys.stderr)
    said = sum(len(script) for script in plan.scripts)
    met.lost = max(met.lost, said - len(met.first_sound)) if said else met.lost + len(failed)
    return met


if __name__ == "__main__":
    given = Plan.read(orjson.loads(sys.stdin.buffer.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        sys.stdout.buffer.write(orjson.dumps(asdict(loop.run(play(given)))))
