"""Which call a chat completion belongs to, and who calls."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from fastapi import Request
from pydantic import BaseModel, ConfigDict

from scheduling.phone_numbers import claimed_number
from voice.journal.values import CallEntry
from voice.turn import CallFacts
from webhooks.admission import Speaker
from webhooks.completions import Asked, CompletionBody
from webhooks.networks import network_of
from webhooks.resources import Resources
from webhooks.whose_call import own_call_id, own_entry


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
    in_body = body.metadata.call_id if body.metadata else None
    named = own_call_id(speaker, in_body or request.headers.get("x-call-id"))
    organisation_id, entry = await own_entry(request, speaker, named)
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
        claimed_phone=await _claimed(resources, organisation_id, claimed),
        network=network_of(request) if speaker.token else None,
        named=named is not None,
    )
    return KnownCall(facts, entry)


async def _claimed(resources: Resources, organisation_id: int, number: str | None) -> str | None:
    """As the desk stores numbers; what is no number of the business's country is left out."""
    if not number:
        return None
    business = await resources.desk.business(organisation_id)
    return claimed_number(number, business.country)
