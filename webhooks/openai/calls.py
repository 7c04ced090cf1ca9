"""Which call a `/v1` request belongs to, who calls, and for which organisation."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import phonenumbers
from fastapi import Request
from pydantic import BaseModel, ConfigDict

from scheduling.values import Organisation
from voice.journal.values import CallEntry
from voice.turn import CallFacts
from webhooks.admission import Speaker
from webhooks.call_ids import WHAT_A_CALL_ID_IS, is_call_id
from webhooks.completions import Asked, CompletionBody
from webhooks.problems import Problem
from webhooks.resources import Resources

NO_SUCH_CALL = "There is no such call."


class Metadata(BaseModel):
    """What a client says of itself; OpenAI's metadata are strings, and so are these."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    call_id: str | None = None
    phone: str | None = None
    """Claimed: a way to reach somebody, never an identity."""


class ChatBody(CompletionBody):
    """A chat-completions request; sampling and tools are ours to decide, so they are not read."""

    metadata: Metadata | None = None
    stream_options: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class KnownCall:
    """The call of a request, and its entry in the journal if it has one."""

    facts: CallFacts
    entry: CallEntry | None


async def known_call(
    request: Request, speaker: Speaker, *, body: ChatBody, asked: Asked
) -> KnownCall:
    """The call this request names or continues, else a new one; 404 for anybody else's."""
    resources: Resources = request.app.state.ringbook
    named = _named_call(request, speaker, body)
    entry = await resources.journal.entry(named) if named else None
    organisation_id = await _organisation_id(request, speaker, entry)
    if entry is not None and not entry.belongs_to(organisation_id, speaker.credential):
        raise Problem(404, NO_SUCH_CALL)
    call_id = named
    if call_id is None:
        call_id = await resources.journal.find_continued(
            organisation_id, speaker.credential, history=asked.history, text=asked.text
        )
        entry = await resources.journal.entry(call_id) if call_id else None
    claimed = body.metadata.phone if body.metadata else None
    facts = CallFacts(
        call_id=call_id or str(uuid.uuid4()),
        organisation_id=organisation_id,
        door="page" if speaker.token else "openai",
        credential=speaker.credential,
        claimed_phone=await _e164(resources, organisation_id, claimed),
        named=named is not None,
    )
    return KnownCall(facts, entry)


async def organisation_asked_for(request: Request) -> Organisation:
    """`?organisation=`, else the only one; else 404."""
    resources: Resources = request.app.state.ringbook
    slug = request.query_params.get("organisation")
    organisation = await resources.desk.find_organisation(slug=slug)
    if organisation is None:
        missing = "Name one with ?organisation=." if slug is None else "There is no such one."
        raise Problem(404, f"No organisation. {missing}", code="unknown_organisation")
    return organisation


def _named_call(request: Request, speaker: Speaker, body: ChatBody) -> str | None:
    """The id in metadata or header; a caller token knows one call only, named or not."""
    named = (body.metadata.call_id if body.metadata else None) or request.headers.get("x-call-id")
    if named and not is_call_id(named):
        raise Problem(422, WHAT_A_CALL_ID_IS)
    if speaker.token is None:
        return named or None
    if named and named != speaker.token.call_id:
        raise Problem(404, NO_SUCH_CALL)
    return speaker.token.call_id


async def _organisation_id(request: Request, speaker: Speaker, entry: CallEntry | None) -> int:
    """The token's; else the one asked for; a call that is known already needs no asking."""
    asked_for = request.query_params.get("organisation")
    if speaker.token is not None:
        pinned = speaker.token.organisation_id
        if asked_for and (await organisation_asked_for(request)).id != pinned:
            raise Problem(404, "This caller token is for another organisation.")
        return pinned
    if entry is not None and not asked_for:
        return entry.organisation_id
    return (await organisation_asked_for(request)).id


async def _e164(resources: Resources, organisation_id: int, claimed: str | None) -> str | None:
    """As the desk stores numbers; what is no number of the business's country is left out."""
    if not claimed:
        return None
    business = await resources.desk.business(organisation_id)
    try:
        number = phonenumbers.parse(claimed, business.country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
