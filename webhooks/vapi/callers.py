"""Who is on a Vapi call and which organisation answers it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from fastapi import Request

from scheduling.phone_numbers import known_number
from scheduling.values import Organisation
from voice.journal.journal import Journal
from voice.turn import CallFacts
from webhooks.call_ids import usable_call_id
from webhooks.completions import Asked
from webhooks.problems import Problem
from webhooks.resources import Resources
from webhooks.vapi.control import allowed_control_url
from webhooks.vapi.messages import AboutCall

CREDENTIAL = "vapi"
NO_ORGANISATION = "I'm sorry, this number is not set up to take calls yet. Please try again later."


async def organisation_of(request: Request, about: AboutCall) -> Organisation | None:
    """By the dialled number, else the assistant, else `?organisation=`, else the only one.

    Model requests often name neither: then it is the one that the call began with.
    """
    resources: Resources = request.app.state.ringbook
    desk = resources.desk
    found: Organisation | None = None
    if dialled := about.dialled_number():
        found = await desk.find_organisation(dialled=dialled)
    if found is None and (assistant := about.assistant_id()):
        found = await desk.find_organisation(assistant=assistant)
    if found is not None:
        return found
    slug = request.query_params.get("organisation")
    found = await desk.find_organisation(slug=slug)
    if found is not None or slug is not None:
        return found
    call_id = about.call_id()
    entry = await resources.journal.entry(call_id) if call_id else None
    if entry is None or entry.credential != CREDENTIAL:
        return None
    known = {each.id: each for each in await desk.organisations()}
    return known.get(entry.organisation_id)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What this request lets us do to the call."""

    transfer_tool: bool = False
    hang_up_tool: bool = False


async def call_facts(
    request: Request,
    about: AboutCall,
    organisation: Organisation,
    *,
    call_id: str,
    abilities: Abilities = Abilities(),
) -> CallFacts:
    """What is known of this call; a number that only an earlier message carried counts too."""
    resources: Resources = request.app.state.ringbook
    entry = await resources.journal.entry(call_id)
    if entry is not None and not entry.belongs_to(organisation.id, CREDENTIAL):
        raise Problem(404, "There is no such call.")
    control_url = allowed_control_url(about.control_url())
    number = known_number(about.caller_number())
    if number is None and entry is not None:
        number = entry.known_phone
    return CallFacts(
        call_id=call_id,
        organisation_id=organisation.id,
        door="vapi",
        credential=CREDENTIAL,
        known_phone=number,
        named=_named(request, about) is not None,
        can_transfer=abilities.transfer_tool or control_url is not None,
        can_hang_up=abilities.hang_up_tool or control_url is not None,
        control_url=control_url,
    )


async def call_id_of(
    request: Request,
    about: AboutCall,
    organisation: Organisation,
    asked: Asked | None = None,
) -> str:
    """Vapi's id, else the metadata's or the header's, else the call these words continue, else new.

    Vapi leaves the call out of custom model requests when it is told to send no metadata.
    """
    if (named := _named(request, about)) is not None:
        return usable_call_id(named)
    journal: Journal = request.app.state.ringbook.journal
    if asked is not None and asked.history:
        continued = await journal.find_continued(
            organisation.id, CREDENTIAL, history=asked.history, text=asked.text
        )
        if continued is not None:
            return continued
    return str(uuid.uuid4())


def _named(request: Request, about: AboutCall) -> str | None:
    return about.call_id() or request.headers.get("x-call-id") or None
