"""`WS /carriers/twilio/media`: the sound of one call, both ways."""

from __future__ import annotations

import asyncio

import structlog
from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from scheduling.store import OUT_OF_REACH
from voice.putting_through import NOT_REACHED, TransferOutcome
from voice.turn import CallFacts
from webhooks.carriers.media import (
    BadMessage,
    Started,
    StartOfStream,
    read_media_message,
)
from webhooks.carriers.resources import MEDIA_PATH, CarrierResources
from webhooks.carriers.stream import SETTINGS, MediaStream, received
from webhooks.carriers.stream_tokens import (
    StreamToken,
    StreamTokenOver,
    StreamTokenRefused,
)
from webhooks.carriers.voice import CREDENTIAL, OUT_OF_ORDER
from webhooks.live_calls import SPEECHLESS, CallOver, LiveCalls
from webhooks.networks import network
from webhooks.problems import Problem, problem_response
from webhooks.resources import Resources

log = structlog.stdlib.get_logger(__name__)

router = APIRouter()

START_SECONDS = 5.0
"""From the open socket to its `start`; Twilio sends it at once."""
MOST_BEFORE_START = 4
POLICY = 1008


@router.websocket(MEDIA_PATH)
async def media(websocket: WebSocket) -> None:
    """One stream of one call. Twilio opens no second one: when it breaks, the call is over."""
    carrier: CarrierResources = websocket.app.state.carrier
    resources: Resources = websocket.app.state.ringbook
    who = network(websocket.client.host if websocket.client else "unknown")
    try:
        resources.rates.refuse_guessers(who)
        if carrier.starting.locked():
            raise Problem(503, "Too many streams begin at once.")
    except Problem as problem:
        await websocket.send_denial_response(
            problem_response(problem.status_code, problem.code, str(problem.detail))
        )
        return
    async with carrier.starting:
        await websocket.accept()
        start = await _start(websocket)
        token = _token(websocket, start, who) if start is not None else None
    if start is None or token is None:
        await _close(websocket, POLICY)
        return
    try:
        await carrier.stream_tokens.use(token)
        await _check_call(resources, token)
    except (StreamTokenRefused, *OUT_OF_REACH) as error:
        log.warning("stream not taken", call_id=token.call_sid, exc_info=error)
        if not isinstance(error, StreamTokenRefused):
            await carrier.calls.end_saying(token.call_sid, OUT_OF_ORDER)
        await _close(websocket, POLICY)
        return
    try:
        await _talk(websocket, start, token)
    except CallOver:
        log.info("stream of a call that is over", call_id=token.call_sid)
    # Of what we answered the ring with, the hang-up is left.
    await _close(websocket, 1000)


async def _talk(websocket: WebSocket, start: StartOfStream, token: StreamToken) -> None:
    """The call, on this stream."""
    carrier: CarrierResources = websocket.app.state.carrier
    resources: Resources = websocket.app.state.ringbook
    live_calls: LiveCalls = websocket.app.state.live_calls
    facts = CallFacts(
        call_id=token.call_sid,
        organisation_id=token.organisation_id,
        door="carrier",
        credential=CREDENTIAL,
        known_phone=token.known_phone,
        can_transfer=True,
        can_hang_up=True,
    )
    async with live_calls.open(facts, SETTINGS) as line:
        if line.engines is None:
            await carrier.calls.end_saying(token.call_sid, SPEECHLESS)
        else:

            async def came_back(outcome: TransferOutcome) -> str:
                try:
                    return await resources.conversation.came_back(
                        facts, outcome, delivery=f"{token.token_id} {outcome}"
                    )
                except OUT_OF_REACH as error:
                    log.warning("came back without the store", exc_info=error)
                    return NOT_REACHED

            stream = MediaStream(websocket, line, carrier.calls, start, came_back)
            await stream.serve(outcome=token.came_back)
        failed = line.reason == "failed"
    if failed:
        await carrier.calls.end_saying(token.call_sid, OUT_OF_ORDER)
    if line.reason == "shutdown":  # elsewhere a call waits to be taken up again; here nobody can
        await resources.conversation.hang_up(token.call_sid, reason="shutdown")


async def _start(websocket: WebSocket) -> StartOfStream | None:
    """Which stream this is; None when it does not say so in time."""
    try:
        async with asyncio.timeout(START_SECONDS):
            for _ in range(MOST_BEFORE_START):
                message = read_media_message(await received(websocket))
                if isinstance(message, Started):
                    return message.start
    except (TimeoutError, BadMessage, WebSocketDisconnect):
        pass
    log.info("stream without a start")
    return None


def _token(websocket: WebSocket, start: StartOfStream, who: str) -> StreamToken | None:
    """What the token of this stream says, if it has a good one; who shows another one guesses."""
    carrier: CarrierResources = websocket.app.state.carrier
    rates = websocket.app.state.ringbook.rates
    given = start.custom_parameters.get("token", "")
    try:
        token = carrier.stream_tokens.read(given, call_sid=start.call_sid)
        rates.judge(who, right=True)
    except StreamTokenOver:
        return None
    except StreamTokenRefused:
        try:
            rates.judge(who, right=False)
        except Problem:  # the next one is not even accepted
            pass
        return None
    except Problem:
        return None
    return token


async def _check_call(resources: Resources, token: StreamToken) -> None:
    """Raises StreamTokenRefused for a call of another door."""
    entry = await resources.journal.entry(token.call_sid)
    if entry is not None and not entry.belongs_to(token.organisation_id, CREDENTIAL):
        raise StreamTokenRefused("There is no such call.")


async def _close(websocket: WebSocket, code: int) -> None:
    states = (websocket.application_state, websocket.client_state)
    if states == (WebSocketState.CONNECTED, WebSocketState.CONNECTED):
        await websocket.close(code)
