"""What one process holds open: the store and all that stands on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import structlog

from scheduling.applying import AppliedChange
from scheduling.business import Business
from scheduling.business_file import load_businesses
from scheduling.calendars.feeds import Calendars
from scheduling.desk import Desk
from scheduling.shared_state import SharedState
from scheduling.store import Store
from support.shop import Shop
from support.tickets import Tickets
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.models.hosted_model import HostedModel
from voice.models.models import Models
from voice.warming import warm_up
from webhooks.capacity import HOSTED_TURNS, LOCAL_TURNS, Capacity
from webhooks.certificates import trusted
from webhooks.metrics import Metrics
from webhooks.migrate import upgrade
from webhooks.rates import Rates
from webhooks.settings import Settings
from webhooks.tokens import AdminToken, CallerTokens, admin_token, caller_tokens
from webhooks.upkeep import Upkeep

log = structlog.stdlib.get_logger(__name__)

OPENAI_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True)
class Resources:
    """What doors and commands work with; opened once, closed once."""

    settings: Settings
    store: Store
    desk: Desk
    shop: Shop
    tickets: Tickets
    calendars: Calendars
    journal: Journal
    models: Models
    conversation: Conversation
    admin_token: AdminToken
    caller_tokens: CallerTokens
    shared: SharedState
    rates: Rates
    capacity: Capacity
    metrics: Metrics
    ended_shift: timedelta = timedelta()
    """By which the clock was shifted until this start, which came without RINGBOOK_NOW."""
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
    `serving` claims a SQLite file. `outside` carries what goes out; None: the network."""
    loaded = load_businesses(settings.business)
    async with AsyncExitStack() as stack:
        store, ended_shift = await _open_store(settings, stack, serving=serving)
        desk, journal, shared = Desk(store), Journal(store), SharedState(store)
        applied = await desk.apply(loaded)
        if serving:
            await asyncio.to_thread(warm_up, tuple(business for business, _ in loaded))
            _report_stranded(applied)
            await stack.enter_async_context(Upkeep(store, desk, journal, settings))
        models = await _open_models(settings, stack, outside)
        capacity = Capacity(LOCAL_TURNS if settings.model == "local" else HOSTED_TURNS)
        conversation = Conversation(desk=desk, journal=journal, models=models)
        stack.push_async_callback(conversation.aclose)
        yield Resources(
            settings=settings,
            store=store,
            desk=desk,
            shop=Shop(desk),
            tickets=Tickets(desk),
            calendars=Calendars(store),
            journal=journal,
            models=models,
            conversation=conversation,
            admin_token=admin_token(settings),
            caller_tokens=await caller_tokens(settings, shared),
            shared=shared,
            rates=Rates(),
            capacity=capacity,
            metrics=Metrics(models, capacity),
            ended_shift=ended_shift,
            businesses=tuple(business for business, _ in loaded),
        )


async def _open_store(
    settings: Settings, stack: AsyncExitStack, *, serving: bool
) -> tuple[Store, timedelta]:
    """At the newest schema, proved to refuse overlaps, its clock started; and by how much the
    clock was shifted until now, where a server without RINGBOOK_NOW has ended that."""
    await asyncio.to_thread(upgrade, settings.database_url)
    store = await stack.enter_async_context(Store.open(settings.database_url, serving=serving))
    await store.check_guard()
    await store.start_clock(settings.now)
    if settings.now is not None or not serving:
        return store, timedelta()
    ended_shift = await store.end_shift()
    if ended_shift:
        log.warning("shift of the clock ended", seconds=round(ended_shift.total_seconds()))
    return store, ended_shift


def _report_stranded(applied: Sequence[AppliedChange]) -> None:
    """Bookings that the business, or the zone rules that came with us, can no longer keep."""
    for change in applied:
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
        httpx2.AsyncClient(transport=outside, verify=trusted(), timeout=timeout, limits=limits)
    )
    key = settings.openai_api_key
    hosted = HostedModel(
        client,
        base_url=settings.openai_base_url or OPENAI_BASE_URL,
        model=settings.openai_model or "",
        key=key.get_secret_value() if key else None,
    )
    return Models(mode=settings.model, hosted=hosted)
