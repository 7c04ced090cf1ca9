"""Caller tokens: what a page needs to let one caller speak to one organisation."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from scheduling.values import Organisation
from voice.turn import CallFacts
from webhooks.admission import bearer
from webhooks.event_stream import MODEL_NAME
from webhooks.openai.calls import organisation_asked_for
from webhooks.origins import is_ours, listed_by
from webhooks.problems import Problem
from webhooks.rates import Allowance, address_of
from webhooks.resources import Resources

router = APIRouter(prefix="/v1/realtime")


@router.post("/client_secrets")
async def make_caller_token(request: Request) -> JSONResponse:
    """A token for one call of ten minutes; for our pages, listed sites, and trusted programs."""
    resources: Resources = request.app.state.ringbook
    trusted = resources.admin_token.matches(bearer(request))
    if not trusted:
        resources.rates.spend(Allowance.TOKENS_BY_ADDRESS, address_of(request))
    organisation = await _organisation(request, trusted=trusted)
    call_id = str(uuid.uuid4())
    value, token = resources.caller_tokens.make(call_id=call_id, organisation_id=organisation.id)
    facts = CallFacts(
        call_id=call_id,
        organisation_id=organisation.id,
        door="page",
        credential=token.credential,
    )
    session: dict[str, Any] = {
        "type": "realtime",
        "object": "realtime.session",
        "id": call_id,
        "call_id": call_id,
        "model": MODEL_NAME,
        "organisation": organisation.slug,
        "greeting": await resources.conversation.greet(facts),
    }
    body = {"value": value, "expires_at": token.expires_at, "session": session}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


async def _organisation(request: Request, *, trusted: bool) -> Organisation:
    """The organisation asked for, if this page may speak for it."""
    origin = request.headers.get("origin", "")
    if trusted or is_ours(request, origin):
        return await organisation_asked_for(request)
    listed = await listed_by(request, origin) if origin else []
    if not listed:
        raise Problem(403, "This page's origin is not among any business's origins.")
    if len(listed) == 1 and "organisation" not in request.query_params:
        return listed[0]
    organisation = await organisation_asked_for(request)
    if organisation not in listed:
        raise Problem(403, f"This page's origin is not among the origins of {organisation.slug}.")
    return organisation
