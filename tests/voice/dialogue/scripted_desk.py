"""A desk that answers tools as luck will have it: offers or none, done or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.clinic import NOW, clinic
from voice.dialogue.goods import (
    CartFact,
    CartLineFact,
    OrderFact,
    OrderLineFact,
    ProductFact,
    VerdictFact,
)
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.speaking import visit_words
from voice.dialogue.steps import Ran, ToolCall
from voice.dialogue.view import View
from voice.tool_results import ToolResult
from voice.turn import CallFacts

PRODUCTS = ("floss", "toothbrush", "night-guard")
REFERENCES = ("K7M2QX", "P4T9WZ", "H3J8RN", "B6D5VC", "X2Y7KM", "T8N4GP")


def clinic_view(*, known_phone: str | None = "+12125550161", can_transfer: bool = True) -> View:
    """A call at the sample clinic before anything was said."""
    call = CallFacts(
        call_id="call-1",
        organisation_id=1,
        door="vapi",
        credential="vapi",
        known_phone=known_phone,
        can_transfer=can_transfer,
        can_hang_up=True,
    )
    return View(business=clinic(), call=call, now=NOW, last_reply=clinic().greeting)


def ordered(reference: str, verdict: VerdictFact | None) -> OrderFact:
    """A floss and two toothbrushes."""
    price = Decimal("4.50")
    lines = (
        OrderLineFact(number=1, product_id="floss", product="Floss", quantity=1, price=price),
        OrderLineFact(number=2, product_id="brush", product="Brush", quantity=2, price=price),
    )
    return OrderFact(
        reference=reference, status="shipped", placed_at=NOW, lines=lines, verdict=verdict
    )


@dataclass
class ScriptedDesk:
    """What the call and its tools have come to, and what each further tool brings."""

    view: View
    luck: Callable[[int], int]
    """A number below this one."""
    done: list[str] = field(default_factory=list)
    """Tools that changed a booking in this turn."""
    made: int = 0

    def run(self, call: ToolCall) -> Ran:
        """The tool, with what came of it."""
        spoken, facts, refused = getattr(self, f"_{call.name}")(call.arguments)
        return Ran(call, ToolResult(call.name, spoken, facts, refused))

    def _check_availability(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        match self.luck(8):
            case 0 if "provider" in asked:
                return "For that we have Ana Ruiz and Ben Carter.", {}, "unknown_provider"
            case 1:
                return "I can't find that date in the calendar.", {}, "ambiguous"
            case 2:
                return "Which day would that be?", {}, "invalid"
            case 3:
                self._offer(0, asked)
                return "Everything is taken then.", {"offers": [], "reason": "full"}, None
            case 4 | 5:
                return f"I have {self._offer(1, asked)}.", {"offers": ["one"]}, None
        return f"I have {self._offer(3, asked)}.", {"offers": ["three"]}, None

    def _book_appointment(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        offer = self.view.offer(asked["offer_id"])
        assert offer is not None, "an offer is booked that there is not"
        assert asked["name"]
        match self.luck(6):
            case 0:
                again = self._offer(2, {"service": offer.service_id})
                return f"That time has just been taken. I have {again}.", {"offers": [1]}, "taken"
            case 1:
                return "We book at most three visits a day.", {}, "limit_reached"
            case 2:
                return "I could not make sense of that.", {}, "invalid"
        reference = REFERENCES[self.made % len(REFERENCES)]
        self.made += 1
        booked = BookingFact(
            reference=reference,
            service_id=offer.service_id,
            provider_id=offer.provider_id,
            start=offer.start,
            end=offer.end,
            customer=asked["name"],
        )
        self._changed("booked", (*self.view.found, booked))
        self.view = replace(self.view, booked_here=(*self.view.booked_here, reference))
        return f"You're booked: {visit_words(self.view, booked)}.", {"booking": reference}, None

    def _reschedule_appointment(
        self, asked: dict[str, str]
    ) -> tuple[str, dict[str, Any], str | None]:
        booking, offer = self.view.booking(asked["reference"]), self.view.offer(asked["offer_id"])
        assert booking is not None, "a move of what there is not"
        assert offer is not None, "a move to what was not offered"
        match self.luck(5):
            case 0:
                again = self._offer(2, {"service": booking.service_id})
                return f"That time has just been taken. I have {again}.", {"offers": [1]}, "taken"
            case 1:
                return "That appointment can no longer be changed.", {}, "not_allowed"
        moved = booking.model_copy(update={"start": offer.start, "end": offer.end})
        self._changed("moved", self._others(booking) + (moved,))
        return f"Your {visit_words(self.view, moved)} it is now.", {"booking": 1}, None

    def _cancel_appointment(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        booking = self.view.booking(asked["reference"])
        assert booking is not None, "a booking is cancelled that there is not"
        if self.luck(4) == 0:
            return "That appointment can no longer be changed.", {}, "not_allowed"
        self._changed("cancelled", self._others(booking))
        self.view = replace(self.view, given_up=booking)
        return "Your appointment is cancelled.", {"booking": 1}, None

    def _verify_caller(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        match self.luck(6):
            case 0:
                return "I could not match those details. Is it under another name?", {}, "not_yours"
            case 1:
                return "I can't check that any more in this call.", {}, "not_yours"
            case 2:
                return "You have no appointment coming up.", {"bookings": []}, None
        found = tuple(self._own(number, asked) for number in range(1 + self.luck(2)))
        self.view = replace(self.view, found=(*found, *self.view.found))
        return "Thank you. There is an appointment.", {"bookings": ["some"]}, None

    def _find_appointment(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        if self.view.found:
            return "Your appointment is coming up.", {"bookings": ["some"]}, None
        return self._verify_caller(asked)

    def _answer_question(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        if self.luck(2):
            return f"Answered: {asked['question']}.", {"answer": "so it is"}, None
        return "I'm afraid I don't have an answer to that.", {"answer": None}, None

    def _transfer_to_human(self, _: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        if self.luck(2):
            return "One moment, I'm putting you through.", {"transfer": {"number": "1"}}, None
        return "Nobody is here right now.", {"transfer": None, "outcome": "closed"}, None

    def _find_ticket(self, _: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        if self.luck(2):
            return "There is no open ticket.", {"tickets": []}, None
        found = [{"reference": "T7CKET", "since": "yesterday"}]
        return "There is an open ticket.", {"tickets": found}, None

    def _add_to_ticket(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["words"]
        if self.luck(3) == 0:
            return "That ticket is closed.", {}, "not_allowed"
        return "I've added that to your ticket.", {"ticket": {"reference": "T7CKET"}}, None

    def _withdraw_ticket(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["reference"]
        return "All right, I've taken that back.", {}, None

    def _my_account(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        if self.view.found:
            return "You're Maria Lopez.", {"bookings": ["some"]}, None
        return self._verify_caller(asked)

    def _change_number(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["phone"]
        assert self.view.found, "whose number changes must have shown who they are"
        meant = asked.get("reference")
        assert meant is None or self.view.booking(meant), "and which visit is meant"
        if self.luck(4) == 0:
            return "That is no complete number.", {}, "invalid"
        return "Done: your number is changed.", {"bookings": ["some"]}, None

    def _change_name(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["name"]
        assert self.view.booking(asked["reference"]), "whose name changes must have been shown"
        if self.luck(4) == 0:
            return "What name should it be under?", {}, "invalid"
        return "Done: it is under that name.", {"booking": "some"}, None

    def _forget_me(self, _: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert self.view.call.known_phone, "only a known number can be forgotten"
        return "All right, I forget you.", {"forget": True}, None

    def _lookup_order(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        match self.luck(8):
            case 0:
                return "I could not match those. Is it under another name?", {}, "not_verified"
            case 1:
                return "I can't check that any more in this call.", {}, "not_verified"
            case 2 if not self.view.orders:
                return "I find no order of yours.", {"orders": []}, None
        one = self.luck(3) or "reference" in asked or len(self.view.orders) == 1
        if not one:
            orders = tuple(ordered(reference, None) for reference in ("12345", "77777"))
            self.view = replace(self.view, orders=orders)
            return "There are two orders.", {"orders": ["some"]}, None
        reference = asked.get("reference") or "12345"
        used = {"yes": True, "no": False}.get(asked.get("used", ""))
        why = ("", "", "too_late", "already_refunded")[self.luck(4)]
        verdict = VerdictFact(
            items=asked.get("items", ""),
            used=used,
            why=why or ("use_unknown" if used is None else "used" if used else ""),
            amount=Decimal("84.30"),
        )
        others = tuple(each for each in self.view.orders if each.reference != reference)
        self.view = replace(self.view, orders=(ordered(reference, verdict), *others))
        return "Your order is on its way.", {"order": reference}, None

    def _process_refund(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        order = self.view.order(asked["order_id"])
        assert order is not None, "money for an order that is not theirs"
        assert order.verdict is not None
        assert not order.verdict.why, "money that the rules do not give"
        if self.luck(4) == 0:
            return "That order was changed meanwhile.", {}, "not_allowed"
        self.done.append("refunded")
        again = ordered(order.reference, order.verdict.model_copy(update={"why": "used"}))
        others = tuple(each for each in self.view.orders if each.reference != order.reference)
        self.view = replace(self.view, orders=(again, *others))
        return "I've refunded 84 dollars and 30 cents.", {"refund": 1}, None

    def _search_products(self, _: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        count = self.luck(4)
        self.view = replace(self.view, products=tuple(map(self._product, PRODUCTS[:count])))
        return "We have what we have.", {"products": list(PRODUCTS[:count])}, None

    def _get_product_details(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        if self.luck(5) == 0:
            return "I'm afraid that is nothing we sell.", {}, "not_found"
        others = tuple(
            each for each in self.view.products if each.product_id != asked["product_id"]
        )
        found = self._product(asked["product_id"])
        self.view = replace(self.view, products=(*others, found))
        return f"The {found.name} costs what it costs.", {"products": [1]}, None

    def _add_to_cart(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["how"] == "in_all"
        product_id, quantity = asked["product_id"], int(asked["quantity"])
        if quantity and self.luck(4) == 0:
            found = self._product(product_id)
            others = tuple(one for one in self.view.products if one.product_id != product_id)
            self.view = replace(self.view, products=(*others, found))
            told = {"product_id": product_id, "left": found.left}
            return f"There is not so much of the {product_id}.", {"products": [told]}, "full"
        lines = self.view.cart.lines if self.view.cart else ()
        kept = tuple(each for each in lines if each.product_id != product_id)
        if quantity:
            price = self._product(product_id).price
            kept += (
                CartLineFact(
                    product_id=product_id, name=product_id, quantity=quantity, price=price
                ),
            )
        total = sum((each.price * each.quantity for each in kept), Decimal(0))
        self.view = replace(self.view, cart=CartFact(lines=kept, total=total))
        return f"The cart has {len(kept)} things.", {"cart": 1}, None

    def _checkout(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["name"]
        assert self.view.cart is not None, "nothing is ordered"
        assert self.view.cart.lines, "nothing is ordered"
        first = self.view.cart.lines[0].product_id
        match self.luck(6):
            case 0:
                told = {"product_id": first, "left": self.luck(2)}
                return "Others were quicker.", {"products": [told]}, "limit_reached"
            case 1:
                return "The price has changed meanwhile.", {}, "not_allowed"
            case 2:
                return "I can't take any more orders from here.", {}, "not_allowed"
            case 3:
                return "That is no complete number.", {}, "invalid"
        self.done.append("ordered")
        reference = REFERENCES[self.made % len(REFERENCES)]
        self.made += 1
        others = tuple(each for each in self.view.orders if each.reference != reference)
        self.view = replace(self.view, cart=None, orders=(ordered(reference, None), *others))
        return f"I've ordered that; the number is {reference}.", {"order": reference}, None

    def _product(self, product_id: str) -> ProductFact:
        left = (None, 0, 1, 12)[self.luck(4)]
        price = Decimal("4.50")
        return ProductFact(product_id=product_id, name=product_id, price=price, left=left)

    def _create_ticket(self, asked: dict[str, str]) -> tuple[str, dict[str, Any], str | None]:
        assert asked["issue"]
        self.done.append("written down")
        return "I've written it down for the team.", {"ticket": {"reference": "T7CKET"}}, None

    def _offer(self, count: int, asked: dict[str, str]) -> str:
        """The next offers replace those before; how they are told."""
        first = self.luck(5)
        self.view = replace(
            self.view,
            offers=tuple(self._offered(first + each, asked) for each in range(count)),
        )
        return " or ".join(each.offer_id for each in self.view.offers)

    def _offered(self, number: int, asked: dict[str, str]) -> OfferedFact:
        start = NOW + timedelta(days=1 + number // 3, hours=number)
        return OfferedFact(
            offer_id=f"offer-{number}",
            service_id=asked.get("service") or "checkup",
            provider_id=asked.get("provider") or "ana",
            start=start,
            end=start + timedelta(minutes=30),
        )

    def _own(self, number: int, asked: dict[str, str]) -> BookingFact:
        """A booking that the caller made in another call."""
        start = NOW + timedelta(days=2 + number)
        return BookingFact(
            reference=asked.get("reference") or f"OLD{number}QX",
            service_id=("checkup", "cleaning")[number],
            provider_id=("ana", "ben")[number],
            start=start,
            end=start + timedelta(minutes=30),
            customer=asked.get("name", ""),
        )

    def _others(self, booking: BookingFact) -> tuple[BookingFact, ...]:
        return tuple(each for each in self.view.found if each.reference != booking.reference)

    def _changed(self, what: str, found: tuple[BookingFact, ...]) -> None:
        """The offers have served; the book is as it now is."""
        self.done.append(what)
        self.view = replace(self.view, offers=(), found=found)
