"""pipecat-ai behind a WebSocket, with the engines and the silence that our own server is given.

Run by the Python of its own environment, which knows nothing of ours:

    python pipecat_server.py PORT

Its own transport, voice activity (Silero) and turn strategy; a turn ends 200 ms after the last
speech and the words. Messages are bare samples, which is the least that a serializer can cost.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator

import numpy as np
import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADParams
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    OutputAudioRawFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineParams, PipelineTask
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.services.settings import STTSettings, TTSSettings
from pipecat.services.stt_service import SegmentedSTTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies

RATE_IN, RATE_OUT = 16_000, 24_000
SILENCE_SECONDS = 0.2
QUESTION = "Where do I park?"
REPLY = (
    "There is free parking behind the building, and the entrance is on Willow Street. "
    "Is there anything else?"
)
"""What our own dialogue answers to that question."""
CHARACTERS_A_SECOND = 28
"""Twice as fast as people speak, so that a run takes half as long."""
PIECE_SECONDS = 0.25
TONE = (np.sin(np.arange(60 * RATE_OUT) * 0.1) * 8000).astype("<i2").tobytes()


class BareSamples(FrameSerializer):
    """A message is a piece of sound, both ways."""

    async def serialize(self, frame: Frame) -> bytes | None:
        return frame.audio if isinstance(frame, OutputAudioRawFrame) else None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        if isinstance(data, str):
            return None
        return InputAudioRawFrame(audio=data, sample_rate=RATE_IN, num_channels=1)


class OneQuestion(SegmentedSTTService):
    """A recogniser that understands the same whatever is said."""

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame, None]:
        del audio
        yield TranscriptionFrame(QUESTION, "", "")


class OneReply(FrameProcessor):
    """A model that answers the same to everything."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            await self.push_frame(LLMFullResponseStartFrame())
            await self.push_frame(LLMTextFrame(REPLY))
            await self.push_frame(LLMFullResponseEndFrame())
        else:
            await self.push_frame(frame, direction)


class Tone(TTSService):
    """A voice that is a tone, longer for longer texts."""

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame, None]:
        size = int(PIECE_SECONDS * RATE_OUT) * 2
        whole = len(text) * RATE_OUT // CHARACTERS_A_SECOND * 2
        for at in range(0, whole, size):
            piece = TONE[at : min(at + size, whole)]
            yield TTSAudioRawFrame(piece, RATE_OUT, 1, context_id=context_id)


async def answer(websocket: WebSocket) -> None:
    """One call, until its line is closed."""
    await websocket.accept()
    transport = FastAPIWebsocketTransport(
        websocket=websocket,
        params=FastAPIWebsocketParams(
            audio_in_enabled=True,
            audio_out_enabled=True,
            audio_in_sample_rate=RATE_IN,
            audio_out_sample_rate=RATE_OUT,
            serializer=BareSamples(),
        ),
    )
    vad = SileroVADAnalyzer(params=VADParams(stop_secs=SILENCE_SECONDS))
    at_once = SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.0)
    turns = LLMContextAggregatorPair(
        LLMContext(),
        user_params=LLMUserAggregatorParams(
            vad_analyzer=vad, user_turn_strategies=UserTurnStrategies(stop=[at_once])
        ),
    )
    hears = OneQuestion(ttfs_p99_latency=0.0, settings=STTSettings(model=None, language=None))
    speaks = Tone(
        push_start_frame=True,
        push_stop_frames=True,
        settings=TTSSettings(model=None, voice=None, language=None),
    )
    steps = [transport.input(), hears, turns.user(), OneReply(), speaks, transport.output()]
    task = PipelineTask(Pipeline([*steps, turns.assistant()]), params=PipelineParams())

    @transport.event_handler("on_client_disconnected")
    async def gone(_transport: object, _client: object) -> None:
        await task.cancel()

    await PipelineRunner(handle_sigint=False).run(task)


def application() -> FastAPI:
    """One door for calls, one that says that we are there."""
    app = FastAPI()
    app.add_api_websocket_route("/call", answer)
    app.add_api_route("/readyz", lambda: {})
    return app


if __name__ == "__main__":
    logger.remove()
    logger.add(sys.stderr, level="ERROR")
    uvicorn.run(
        application(),
        port=int(sys.argv[1]),
        loop="uvloop",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        log_level="warning",
    )
