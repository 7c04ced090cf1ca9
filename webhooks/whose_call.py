"""Whose call a request or a socket names: that it is the speaker's own, and for which business."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from scheduling.values import Organisation
from voice.journal.values import CallEntry
from webhooks.admission import Speaker
from webhooks.call_ids import WHAT_A_CALL_ID_IS, is_call_id
from webhooks.problems import Problem
from webhooks.resources import Resources

NO_SUCH_CALL = "There is no such call."


def own_call_id(speaker: Speaker, named: str | None) -> str | None:
    """The call that is named; a caller token knows one call only, named or not. 404 for another."""
    if named and not is_call_id(named):
        raise Problem(422, WHAT_A_CALL_ID_IS)
    if speaker.token is None:
        return named or None
    if named and named != speaker.token.call_id:
        raise Problem(404, NO_SUCH_CALL)
    return speaker.token.call_id


async def own_entry(
    request: HTTPConnection, speaker: Speaker, call_id: str | None
) -> tuple[int, CallEntry | None]:
    """The organisation, and the call's entry in the journal if it has begun; 404 for anybody
    else's."""
    resources: Resources = request.app.state.ringbook
    entry = await resources.journal.entry(call_id) if call_id else None
    organisation_id = await _organisation_id(request, speaker, entry)
    if entry is not None and not entry.belongs_to(organisation_id, speaker.credential):
        raise Problem(404, NO_SUCH_CALL)
    return organisation_id, entry


async def organisation_asked_for(request: HTTPConnection) -> Organisation:
    """`?organisation=`, else the only one; else 404."""
    resources: Resources = request.app.state.ringbook
    slug = request.query_params.get("organisation")
    organisation = await resources.desk.find_organisation(slug=slug)
    if organisation is None:
        missing = "Name one with ?organisation=." if slug is None else "There is no such one."
        raise Problem(404, f"No organisation. {missing}", code="unknown_organisation")
    return organisation


async def _organisation_id(
    request: HTTPConnection, speaker: Speaker, entry: CallEntry | None
) -> int:
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
