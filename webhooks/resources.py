"""What one process holds open: the store and all that stands on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx2
import structlog

from scheduling.applying import AppliedChange
from scheduling.business import Business
from scheduling.business_file import load_businesses
from scheduling.calendars.feeds import Calendars
from scheduling.desk import Desk
from scheduling.store import Store
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.models.hosted_model import HostedModel
from voice.models.models import Models
from voice.warming import warm_up
from webhooks.metrics import Metrics
from webhooks.migrate import upgrade
from webhooks.rates import Rates
from webhooks.settings import Settings
from webhooks.tokens import AdminToken, CallerTokens, admin_token, caller_tokens
from webhooks.vapi.control import LiveControl
from webhooks.vapi.postponed import Postponed

log = structlog.stdlib.get_logger(__name__)

OPENAI_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True)
class Resources:
    """What doors and commands work with; opened once, closed once."""

    settings: Settings
    store: Store
    desk: Desk
    calendars: Calendars
    journal: Journal
    models: Models
    conversation: Conversation
    control: LiveControl
    postponed: Postponed
    admin_token: AdminToken
    caller_tokens: CallerTokens
    rates: Rates
    metrics: Metrics
    businesses: tuple[Business, ...] = ()
    """As loaded at the start: what may still be said when the store cannot be reached."""


@asynccontextmanager
async def open_resources(
    settings: Settings,
    *,
    serving: bool = False,
    outside: httpx2.AsyncBaseTransport | None = None,
) -> AsyncIterator[Resources]:
    """Brings the store up to date, starts its clock, loads the business, and opens the rest.

    `serving` claims a SQLite file for this process. `outside` carries what goes to other hosts;
    None is the network.
    """
    loaded = load_businesses(settings.business)
    await asyncio.to_thread(upgrade, settings.database_url)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(Store.open(settings.database_url, serving=serving))
        await store.check_guard()
        await store.start_clock(settings.now)
        if serving:
            await asyncio.to_thread(warm_up)
        desk, journal = Desk(store), Journal(store)
        _report_stranded(await desk.apply(loaded), serving=serving)
        models = await _open_models(settings, stack, outside)
        conversation = Conversation(desk=desk, journal=journal, models=models)
        stack.push_async_callback(conversation.aclose)
        yield Resources(
            settings=settings,
            store=store,
            desk=desk,
            calendars=Calendars(store),
            journal=journal,
            models=models,
            conversation=conversation,
            control=await stack.enter_async_context(LiveControl(outside)),
            postponed=await stack.enter_async_context(Postponed()),
            admin_token=admin_token(settings),
            caller_tokens=caller_tokens(settings),
            rates=Rates(),
            metrics=Metrics(models),
            businesses=tuple(business for business, _ in loaded),
        )


def _report_stranded(applied: Sequence[AppliedChange], *, serving: bool) -> None:
    """Bookings that the business, or the zone rules that came with us, can no longer keep.

    Commands have no log: `ringbook business apply` shows them.
    """
    for change in applied if serving else ():
        for left in change.stranded:
            log.warning(
                "stranded",
                organisation_id=change.organisation.id,
                reference=left.booking.reference,
                lacks=left.lacks,
            )


async def _open_models(
    settings: Settings, stack: AsyncExitStack, outside: httpx2.AsyncBaseTransport | None
) -> Models:
    """Who answers turns; only a setting that says so opens a way to a hosted model."""
    if settings.model == "local":
        return Models(mode="local")
    # How long a turn waits is the models' own affair; these only bound what is broken.
    timeout = httpx2.Timeout(30.0, connect=3.0)
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=50)
    client = await stack.enter_async_context(
        httpx2.AsyncClient(transport=outside, timeout=timeout, limits=limits)
    )
    key = settings.openai_api_key
    hosted = HostedModel(
        client,
        base_url=settings.openai_base_url or OPENAI_BASE_URL,
        model=settings.openai_model or "",
        key=key.get_secret_value() if key else None,
    )
    return Models(mode=settings.model, hosted=hosted)
