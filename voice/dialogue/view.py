"""What may be known when the next step is decided: the call, its business, and what tools found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduling.business import Business, Service
from voice.dialogue.goods import CartFact, OrderFact, ProductFact, RefundFact, TicketFact
from voice.dialogue.known import BookingFact, OfferedFact
from voice.turn import CallFacts
from voice.understanding.reading import Named


@dataclass(frozen=True, slots=True)
class View:
    """Read only; nothing in it needs the store."""

    business: Business
    call: CallFacts
    now: datetime
    """Aware UTC."""
    offers: tuple[OfferedFact, ...] = ()
    """Read to the caller last, and held."""
    found: tuple[BookingFact, ...] = ()
    """Bookings that this caller may hear of."""
    booked_here: tuple[str, ...] = ()
    """References made in this call, in order."""
    given_up: BookingFact | None = None
    """What was cancelled last in this call, as it was."""
    last_reply: str = ""
    orders: tuple[OrderFact, ...] = ()
    """Of this caller, the last placed first."""
    refunds: tuple[RefundFact, ...] = ()
    """Made in this call."""
    products: tuple[ProductFact, ...] = ()
    """Read to the caller last."""
    cart: CartFact | None = None
    tickets: tuple[TicketFact, ...] = ()
    """Written or told of in this call."""

    @property
    def zone(self) -> ZoneInfo:
        """The business's own."""
        return self.business.zone

    @property
    def today(self) -> date:
        """The business's date."""
        return self.now.astimezone(self.zone).date()

    @property
    def services(self) -> dict[str, Service]:
        """By id."""
        return {service.id: service for service in self.business.services}

    @property
    def named_services(self) -> list[Named]:
        """As callers call them."""
        return [Named(each.id, (each.name, *each.also)) for each in self.business.services]

    @property
    def last_booked(self) -> BookingFact | None:
        """The booking made last in this call, while it stands."""
        return next((one for one in self.found if one.reference in self.booked_here[-1:]), None)

    def local(self, at: datetime) -> datetime:
        """The instant on the business's clock, naive."""
        return at.astimezone(self.zone).replace(tzinfo=None)

    def offer(self, offer_id: str | None) -> OfferedFact | None:
        """The live offer with that id."""
        return next((each for each in self.offers if each.offer_id == offer_id), None)

    def booking(self, reference: str | None) -> BookingFact | None:
        """The caller's booking with that reference."""
        return next((each for each in self.found if each.reference == reference), None)

    def order(self, reference: str | None) -> OrderFact | None:
        """The caller's order with that reference."""
        return next((each for each in self.orders if each.reference == reference), None)

    def person(self, provider_id: str | None) -> str:
        """A provider's name; empty for nobody in particular and for one who has left."""
        people = self.business.providers
        return next((who.name for who in people if who.id == provider_id), "")
