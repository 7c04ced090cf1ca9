"""Caller tokens: what a page needs to let one caller speak to one organisation."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from scheduling.values import Organisation
from webhooks.admission import is_staff
from webhooks.event_stream import MODEL_NAME
from webhooks.networks import network_of
from webhooks.origins import is_ours, listed_by
from webhooks.problems import Problem
from webhooks.rates import Allowance
from webhooks.resources import Resources
from webhooks.whose_call import organisation_asked_for

router = APIRouter(prefix="/v1/realtime")


@router.post("/client_secrets")
async def make_caller_token(request: Request) -> JSONResponse:
    """A token for one call of ten minutes; for our pages, listed sites, and trusted programs."""
    resources: Resources = request.app.state.ringbook
    trusted = is_staff(request)
    organisation = await _organisation(request, trusted=trusted)
    if not trusted:
        # Only after the origin: what other sites' pages ask for is not counted against ours.
        resources.rates.spend(Allowance.TOKENS_BY_NETWORK, network_of(request))
    call_id = str(uuid.uuid4())
    # Nothing is said yet: the greeting, and the notice that is said once, are the call's own.
    value, token = resources.caller_tokens.make(call_id=call_id, organisation_id=organisation.id)
    session: dict[str, Any] = {
        "type": "realtime",
        "object": "realtime.session",
        "id": call_id,
        "call_id": call_id,
        "model": MODEL_NAME,
        "organisation": organisation.slug,
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
