"""`POST /carriers/twilio/voice`: a call rings, or comes back from a person who did not answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Request, Response

from scheduling.phone_numbers import known_number
from scheduling.store import OUT_OF_REACH
from voice.putting_through import TransferOutcome
from webhooks.bodies import read_body
from webhooks.carriers.resources import VOICE_PATH, CarrierResources
from webhooks.carriers.signature import SIGNATURE_HEADER, is_signed
from webhooks.carriers.stream_tokens import StreamToken
from webhooks.carriers.twiml import hang_up_twiml, say_twiml, stream_twiml
from webhooks.live_calls import LiveCalls
from webhooks.networks import network_of
from webhooks.problems import Problem
from webhooks.resources import Resources

log = structlog.stdlib.get_logger(__name__)

router = APIRouter()

CREDENTIAL = "carrier"
LARGEST_FORM = 64 * 1024
MOST_FIELDS = 200
"""Twilio sends some thirty."""
WRONG_SIGNATURE = "X-Twilio-Signature is missing or wrong."
NO_ORGANISATION = "I'm sorry, this number is not set up to take calls yet. Please try again later."
OUT_OF_ORDER = "I'm sorry, something went wrong on our side. Please call again in a few minutes."
_CALL_SID = re.compile(r"CA[0-9a-fA-F]{32}")
_REACHED = frozenset({"completed", "answered"})
"""How a transfer ended that reached a person: then the call is over with theirs."""
_NOT_REACHED: Mapping[str, TransferOutcome] = {
    "busy": "busy",
    "no-answer": "no_answer",
    "canceled": "declined",
}
"""How one ended that reached nobody; what else there is did not come to a ring."""
_ENDED = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})
"""How the caller's own call ended: nobody is there to come back."""


@router.post(VOICE_PATH)
async def voice(request: Request) -> Response:
    """What the carrier is to do with the call, as TwiML."""
    fields = await _signed_fields(request)
    call_sid = fields.get("CallSid", "")
    if not _CALL_SID.fullmatch(call_sid):
        raise Problem(422, "CallSid: names no call of Twilio's.")
    try:
        twiml = await _answer(request, call_sid, fields)
    except OUT_OF_REACH as error:
        log.warning("carrier call not taken", call_id=call_sid, exc_info=error)
        twiml = say_twiml(OUT_OF_ORDER)
    return Response(twiml, media_type="application/xml")


async def _answer(request: Request, call_sid: str, fields: Mapping[str, str]) -> str:
    live_calls: LiveCalls = request.app.state.live_calls
    dialled = fields.get("DialCallStatus")
    if dialled in _REACHED or fields.get("CallStatus") in _ENDED:
        await live_calls.end(call_sid, reason="transferred")
        return hang_up_twiml()
    organisation_id = await _organisation_id(request, call_sid, fields)
    if organisation_id is None:
        return say_twiml(NO_ORGANISATION)
    if (refusal := live_calls.refusal()) is not None:
        return say_twiml(refusal)
    carrier = _carrier(request)
    token = carrier.stream_tokens.make(
        StreamToken(
            call_sid=call_sid,
            organisation_id=organisation_id,
            known_phone=known_number(fields.get("From")),
            came_back=None if dialled is None else _NOT_REACHED.get(dialled, "not_possible"),
        )
    )
    return stream_twiml(carrier.media_address, token=token)


async def _organisation_id(
    request: Request, call_sid: str, fields: Mapping[str, str]
) -> int | None:
    """By the call if it goes on, the dialled number, else `?organisation=`, else the only one."""
    resources: Resources = request.app.state.ringbook
    entry = await resources.journal.entry(call_sid)
    if entry is not None:
        return entry.organisation_id if entry.credential == CREDENTIAL else None
    found = None
    if dialled := known_number(fields.get("To")):
        found = await resources.desk.find_organisation(dialled=dialled)
    if found is None:
        slug = request.query_params.get("organisation")
        found = await resources.desk.find_organisation(slug=slug)
    return found.id if found is not None else None


async def _signed_fields(request: Request) -> dict[str, str]:
    """The form, from our account and nobody else; 401 for the others, 429 for who guesses."""
    resources: Resources = request.app.state.ringbook
    resources.rates.refuse_guessers(network_of(request))
    given = request.headers.get(SIGNATURE_HEADER, "")
    if not given:
        raise Problem(401, WRONG_SIGNATURE)
    fields = _form(await read_body(request, most=LARGEST_FORM))
    carrier = _carrier(request)
    # What was signed is the address the carrier knows, not the one behind our proxy.
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{carrier.public_url}{request.url.path}{query}"
    right = is_signed(given, address, fields, token=carrier.auth_token)
    if not resources.rates.judge(network_of(request), right=right):
        raise Problem(401, WRONG_SIGNATURE)
    return dict(fields)


def _form(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise Problem(422, f"A form may have at most {MOST_FIELDS} fields.") from None


def _carrier(request: Request) -> CarrierResources:
    carrier: CarrierResources = request.app.state.carrier
    return carrier
