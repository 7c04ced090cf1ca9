"""`WS /v1/realtime`: a live call for any client of OpenAI's Realtime protocol."""

from __future__ import annotations

import secrets

import structlog
from fastapi import APIRouter, WebSocket

from scheduling.errors import Refusal
from voice.turn import CallFacts
from webhooks.admission import Speaker
from webhooks.live_calls import CallOver, LiveCalls
from webhooks.problems import Problem
from webhooks.realtime.admission import OVER, admit_caller, called, deny
from webhooks.realtime.client_events import BadEvent
from webhooks.realtime.connection import FAULT, POLICY, Connection, close, live_settings, say_last
from webhooks.realtime.places import SocketPlaces
from webhooks.realtime.session import SentSession, Session

log = structlog.stdlib.get_logger(__name__)

router = APIRouter()

SUBPROTOCOL = "realtime"


@router.websocket("/v1/realtime")
async def realtime(websocket: WebSocket) -> None:
    """One call, or one that was cut off and goes on."""
    places: SocketPlaces = websocket.app.state.socket_places
    try:
        speaker = admit_caller(websocket)
        facts = await called(websocket, speaker)
        place = places.take(facts.network)
    except (Problem, Refusal) as refused:
        await deny(websocket, refused)
        return
    with place:
        offered = websocket.scope.get("subprotocols") or ()
        await websocket.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
        try:
            await _hold(websocket, facts, speaker)
        except CallOver:
            await _close(websocket, POLICY, BadEvent("call_over", OVER))
        except Exception as error:
            log.error("realtime socket failed", call_id=facts.call_id, exc_info=error)
            await _close(websocket, FAULT, BadEvent("internal", "Something went wrong."))


async def _hold(websocket: WebSocket, facts: CallFacts, speaker: Speaker) -> None:
    """The conversation, until either side has had enough."""
    live_calls: LiveCalls = websocket.app.state.live_calls
    session = Session(
        session_id=f"sess_{secrets.token_urlsafe(12)}",
        call_id=facts.call_id,
        expires_at=speaker.token.expires_at if speaker.token else None,
        voice="ringbook",
    )
    async with live_calls.open(facts, live_settings(session)) as line:
        typed_because = None
        if line.engines is None:
            session = session.updated(SentSession(output_modalities=["text"]))
            typed_because = live_calls.speech.why_not or "speech took too long to load"
        await Connection(
            websocket, line, session, speaker=speaker, typed_because=typed_because
        ).serve()


async def _close(websocket: WebSocket, code: int, why: BadEvent) -> None:
    await say_last(websocket, why)
    await close(websocket, code)
