"""Which call an audio socket is for, before it is one."""

from __future__ import annotations

import uuid

from fastapi import WebSocket

from scheduling.errors import Refusal
from voice.turn import CallFacts
from webhooks.admission import Speaker, admit_speaker
from webhooks.live_calls import LiveCalls
from webhooks.networks import network_of
from webhooks.problems import Problem, problem_response, refusal_status
from webhooks.whose_call import NO_SUCH_CALL, own_call_id, own_entry

OVER = "This call has ended."


def admit_caller(websocket: WebSocket) -> Speaker:
    """As everywhere below `/v1`; but a token whose time is over comes back to its running call."""
    live_calls: LiveCalls = websocket.app.state.live_calls
    return admit_speaker(websocket, still_good=lambda token: live_calls.goes_on(token.call_id))


async def called(websocket: WebSocket, speaker: Speaker) -> CallFacts:
    """The call that this socket is for: a new one, or one of the speaker's own that goes on."""
    named = websocket.query_params.get("call_id")
    call_id = own_call_id(speaker, named)
    organisation_id, entry = await own_entry(websocket, speaker, call_id)
    if entry is None and named and speaker.token is None:
        raise Problem(404, NO_SUCH_CALL)
    if entry is not None and entry.ended:
        raise Problem(409, OVER, code="call_over")
    return CallFacts(
        call_id=call_id or str(uuid.uuid4()),
        organisation_id=organisation_id,
        door="socket",
        credential=speaker.credential,
        network=network_of(websocket) if speaker.token else None,
        can_hang_up=True,
    )


async def deny(websocket: WebSocket, why: Problem | Refusal) -> None:
    """An answer of HTTP instead of a socket."""
    if isinstance(why, Refusal):
        response = problem_response(refusal_status(why), why.code, why.message)
    else:
        response = problem_response(why.status_code, why.code, str(why.detail), headers=why.headers)
    await websocket.send_denial_response(response)
