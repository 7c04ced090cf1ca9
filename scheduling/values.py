"""What the desk takes and gives: frozen values, instants aware and UTC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal, TypedDict, Unpack

By = Literal["caller", "staff", "system"]
BookingStatus = Literal["held", "booked", "arrived", "fulfilled", "noshow", "cancelled"]
Mark = Literal["booked", "arrived", "fulfilled", "noshow"]
"""What staff may say became of a booking; `booked` takes an earlier mark back."""
EmptyReason = Literal[
    "closed",  # nobody is there
    "away",  # somebody is there, but none of those who could do it
    "too_short",  # they are there, but not for so long
    "off_step",  # visits begin at other minutes
    "full",
    "limit_reached",  # the customer has enough visits on each day on which one is free
    "too_soon",
    "too_far",
    "past",
]
"""Why no visit can begin where one was wished for."""
WishedOrder = Literal["soonest", "latest", "nearest"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A tenant: the row's id and its public name."""

    id: int
    slug: str


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of instants in which a start is wanted: start inclusive, end exclusive."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        _check_aware(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Paired:
    """A second visit that is wanted together with the first."""

    service_id: str
    provider_id: str | None = None
    """None: whoever performs it and is not with the first."""
    not_with: tuple[str, ...] = ()
    """Providers who are not wanted for it."""
    after: bool = False
    """Straight after the first; else at the same time, with somebody else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a caller would like, in the desk's terms."""

    service_id: str
    windows: tuple[Window, ...] = ()
    """Starts must lie in one of them; empty: any time from now to the horizon."""
    near: datetime | None = None
    """An exact time that was asked for: offers nearest to it come first. It is offered alone
    when it is free."""
    provider_id: str | None = None
    """None: any provider who performs the service."""
    moving: str | None = None
    """Reference of the booking that would be moved: its own time counts as free, and whoever has
    it now comes first where several are free."""
    ruled_out: tuple[Window, ...] = ()
    """What is not wanted even where nothing else is free."""
    order: WishedOrder | None = None
    """`soonest` and `latest`: the very first or last start in the windows, alone. `nearest`: where
    the windows have none, those nearest to them."""
    paired: Paired | None = None
    """Only slots beside which this second visit can be had too are free."""

    def __post_init__(self) -> None:
        _check_aware(self.near)


@dataclass(frozen=True, slots=True)
class Slot:
    """A span that could be booked now; computed, never stored."""

    service_id: str
    provider_id: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot read to a caller, under a short id that a model can give back."""

    offer_id: str
    service_id: str
    service: str
    provider_id: str
    provider: str
    start: datetime
    end: datetime
    held_until: datetime | None
    """None: not held; it is checked again when it is booked."""
    paired: Offer | None = None
    """Of a pair: the second visit, offered and held with it."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Dated time off that explains why nobody is there: days, both included, or hours of them."""

    first: date
    last: date
    provider_id: str | None = None
    """None: the whole business."""
    hours: tuple[time, time] | None = None
    """On the business's clock; None: all day. An end at midnight is the day's."""
    reason: str = ""
    """As the business wrote it, or the holiday's name."""


@dataclass(frozen=True, slots=True)
class WhyNone:
    """Why no visit can begin in a window that was asked for."""

    reason: EmptyReason
    window: Window
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """At most three offers, soonest first; or none, with why and what is free nearest to that."""

    offers: tuple[Offer, ...]
    why: WhyNone | None = None
    """Beside offers: why they are others than what was asked for."""
    next_free: Slot | None = None
    being_held: bool = False
    """What was asked for is not booked, but held at the moment for others who decide: the exact
    time, or all that would be left."""

    @property
    def reason(self) -> EmptyReason | None:
        """Why there are none."""
        return None if self.offers or self.why is None else self.why.reason


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """The person a booking is for."""

    name: str
    phone: str | None = None
    """E.164: a way to reach them, never an identity."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to book: an offer of this call, or a service and a start, with or without a provider."""

    customer: CustomerDetails
    offer_id: str | None = None
    service_id: str | None = None
    start: datetime | None = None
    provider_id: str | None = None
    """With `start`; None: whoever performs the service and is free."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to move a booking: an offer of this call, or a start with or without a provider."""

    offer_id: str | None = None
    start: datetime | None = None
    provider_id: str | None = None
    """With `start`; None: the provider who has the booking now."""


@dataclass(frozen=True, slots=True)
class Booking:
    """The stored agreement with a customer, as everybody outside `scheduling` sees it."""

    reference: str
    status: BookingStatus
    organisation: str
    service_id: str
    service: str
    provider_id: str
    provider: str
    start: datetime
    end: datetime
    timezone: str
    customer_name: str
    customer_phone: str | None
    call_id: str | None
    created_at: datetime
    updated_at: datetime
    version: int
    local_start: str | None = None
    """What the business's clock was to show at the start, when that was agreed."""


@dataclass(frozen=True, slots=True)
class BookedPair:
    """Two visits that were booked together: both of them, or none."""

    first: Booking
    second: Booking


@dataclass(frozen=True, slots=True)
class BookingEvent:
    """One line of a booking's append-only history."""

    at: datetime
    what: str
    who: By
    why: str
    start: datetime | None
    """The booking's start after the event."""


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """Staff's and verified callers' search; None does not filter."""

    reference: str | None = None
    among: tuple[str, ...] = ()
    """References, tidied, of which it has one."""
    name: str | None = None
    """As typed: case, accents and spacing do not count; part of a name is enough."""
    phone: str | None = None
    """As typed: national or E.164."""
    first_day: date | None = None
    last_day: date | None = None
    """Local days of the business, both included."""
    status: BookingStatus | None = None
    """`held` lists live holds; None lists every booking and no holds."""
    upcoming_only: bool = False
    limit: int = 50
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class BookingPage:
    """Bookings by start, and where the next page begins."""

    bookings: tuple[Booking, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """On whose behalf the desk writes: one attempt at one turn of a call.

    Staff and tests write without one. With one, every write is undoable until settled and is
    refused with `Superseded` once a newer attempt at the turn exists.
    """

    id: int
    call_id: str
    turn: int
    holder: str
    """Who the holds count against, as `scheduling.holders` writes it."""


class OnBehalf(TypedDict, total=False):
    """What may be said, by keyword, of who writes; `Asker` gives each its meaning."""

    attempt: Attempt | None
    call_id: str | None
    holder: str | None
    key: str | None
    by: By
    reason: str
    version: int | None
    known_phone: str | None
    verified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom the desk writes."""

    attempt: Attempt | None = None
    """Names the call and the holder too."""
    call_id: str | None = None
    """Without an attempt: the call whose offers these are. None: nobody's call."""
    holder: str | None = None
    """Without an attempt: who the holds count against; None: the call."""
    key: str | None = None
    """The same key again gets the first answer."""
    by: By = "caller"
    reason: str = ""
    version: int | None = None
    """The booking's version that the asker saw; None: the one it has when the asking arrives."""
    known_phone: str | None = None
    """E.164, vouched for by a trusted door: who is asking, not who can be reached."""
    verified: tuple[str, ...] = ()
    """References of bookings that the caller has shown to be theirs."""

    @classmethod
    def staff(cls, **behalf: Unpack[OnBehalf]) -> Asker:
        """By staff, unless said otherwise."""
        return replace(cls(**behalf), by=behalf.get("by", "staff"))

    @property
    def call(self) -> str:
        """The call's id; empty for nobody's call."""
        return self.attempt.call_id if self.attempt else self.call_id or ""

    @property
    def held_by(self) -> str:
        """Who the holds count against; empty when nothing can be held."""
        return self.attempt.holder if self.attempt else self.holder or self.call_id or ""

    @property
    def attempt_id(self) -> int | None:
        """The attempt that what is written belongs to."""
        return self.attempt.id if self.attempt else None


def _check_aware(*instants: datetime | None) -> None:
    for instant in instants:
        if instant is not None and instant.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {instant.isoformat()}")
