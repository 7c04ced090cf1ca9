"""Which organisation staff mean: the one they name, the only one, or whose the thing is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request

from scheduling.business import Business
from scheduling.values import Booking
from support.order_values import PlacedOrder
from support.ticket_values import Ticket
from webhooks.admin.entries import Sent
from webhooks.problems import Problem
from webhooks.resources import Resources

Meant = tuple[Resources, int, Business]
History = Callable[[int | None, str], Awaitable[tuple[Booking | PlacedOrder | Ticket, object]]]
"""What there is of a reference, in one organisation or in any."""


async def organisation_meant(request: Request, sent: Sent, slug: str | None) -> Meant:
    """The one named in the body or the query, else the only one."""
    resources: Resources = request.app.state.ringbook
    named = sent.organisation or slug
    if slug not in (None, named):
        raise Problem(422, "organisation: the body names another than the query")
    found = await resources.desk.find_organisation(slug=named)
    if found is None and named is not None:
        raise Problem(404, f"There is no organisation {named!r}.", code="unknown_organisation")
    if found is None:
        slugs = ", ".join(each.slug for each in await resources.desk.organisations())
        raise Problem(422, f"organisation: say which of {slugs}")
    return resources, found.id, await resources.desk.business(found.id)


async def organisation_of(
    request: Request,
    reference: str,
    sent: Sent,
    slug: str | None,
    *,
    history: History | None = None,
) -> Meant:
    """The same; where none is named, whoever has a thing of that reference: a booking, unless the
    history of another kind is given."""
    resources: Resources = request.app.state.ringbook
    if not (sent.organisation or slug):
        found, _ = await (history or resources.desk.history)(None, reference)
        slug = found.organisation
    return await organisation_meant(request, sent, slug)
