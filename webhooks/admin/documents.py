"""Bookings and calls as JSON for staff; times carry the business's offset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from scheduling.blocks import PlacedBlock
from scheduling.errors import InTheWay, Refusal
from scheduling.values import Booking, BookingEvent, Offer
from support.order_values import OrderEvent, PlacedOrder
from support.ticket_values import Ticket, TicketEvent
from voice.dialogue.agenda import Outcome
from voice.journal.unanswered import Unanswered
from voice.journal.values import CallRecord, CallSummary, ToolCallRecord, TurnRecord, part_to_json

Document = dict[str, Any]


def booking_document(booking: Booking) -> Document:
    """A booking as the contract shows it."""
    local = _local(booking.timezone)
    return {
        "reference": booking.reference,
        "status": booking.status,
        "organisation": booking.organisation,
        "service": booking.service,
        "service_id": booking.service_id,
        "provider": booking.provider,
        "provider_id": booking.provider_id,
        "start": local(booking.start),
        "end": local(booking.end),
        "timezone": booking.timezone,
        "customer": {"name": booking.customer_name, "phone": booking.customer_phone},
        "call_id": booking.call_id,
        "created_at": local(booking.created_at),
        "updated_at": local(booking.updated_at),
    }


def order_document(order: PlacedOrder) -> Document:
    """An order as the contract shows it; money in digits of the order's currency."""
    local = _local(order.timezone)
    return {
        "reference": order.reference,
        "organisation": order.organisation,
        "customer": {"name": order.customer_name, "phone": order.customer_phone},
        "placed_at": local(order.placed_at),
        "delivered_at": local(order.delivered_at) if order.delivered_at else None,
        "status": order.status,
        "paid": order.is_paid,
        "lines": [
            {
                "product": line.product_id or line.product,
                "quantity": line.quantity,
                "price": _amount(line.price, order.currency),
            }
            for line in order.lines
        ],
        "total": _amount(order.total, order.currency),
        "refunded": _amount(order.refunded, order.currency),
        "currency": order.currency,
        "call_id": order.call_id,
        "created_at": local(order.created_at),
        "updated_at": local(order.updated_at),
    }


def order_event_document(event: OrderEvent, timezone: str) -> Document:
    """One line of an order's history."""
    return {**asdict(event), "at": _local(timezone)(event.at)}


def ticket_document(ticket: Ticket) -> Document:
    """A ticket as the contract shows it."""
    local = _local(ticket.timezone)
    return {
        "reference": ticket.reference,
        "status": ticket.status,
        "priority": ticket.priority,
        "kind": ticket.kind,
        "organisation": ticket.organisation,
        "issue": ticket.issue,
        "call_back": ticket.call_back or None,
        "customer": {"name": ticket.customer_name, "phone": ticket.customer_phone},
        "call_id": ticket.call_id,
        "created_at": local(ticket.created_at),
        "updated_at": local(ticket.updated_at),
    }


def ticket_event_document(event: TicketEvent, timezone: str) -> Document:
    """One line of a ticket's history."""
    at = _local(timezone)(event.at)
    return {"at": at, "what": event.what, "who": event.who, "words": event.words}


def block_document(block: PlacedBlock) -> Document:
    """Time that staff took out."""
    local = _local(block.timezone)
    return {
        "id": block.block_id,
        "organisation": block.organisation,
        "provider_id": block.provider_id,
        "resource_id": block.resource_id,
        "units": block.units,
        "start": local(block.start),
        "end": local(block.end),
        "timezone": block.timezone,
        "reason": block.reason,
        "created_at": local(block.created_at),
        "lifted": block.lifted,
    }


def instead_document(refusal: Refusal, timezone: str) -> Document:
    """What could be had instead of what was refused, and what is in the way."""
    local = _local(timezone)
    document: Document = {}
    if refusal.offers:
        document["offers"] = [_offer(offer, timezone) for offer in refusal.offers]
    if refusal.next_free is not None:
        slot = refusal.next_free
        ids = {"service_id": slot.service_id, "provider_id": slot.provider_id}
        document["next"] = {**ids, "start": local(slot.start), "end": local(slot.end)}
    if isinstance(refusal, InTheWay):
        document["bookings"] = [booking_document(booking) for booking in refusal.bookings]
    return document


def _offer(offer: Offer, timezone: str) -> Document:
    local = _local(timezone)
    return {
        "service": offer.service,
        "service_id": offer.service_id,
        "provider": offer.provider,
        "provider_id": offer.provider_id,
        "start": local(offer.start),
        "end": local(offer.end),
    }


def event_document(event: BookingEvent, timezone: str) -> Document:
    """One line of a booking's history."""
    local = _local(timezone)
    return {
        "at": local(event.at),
        "what": event.what,
        "who": event.who,
        "why": event.why,
        "start": local(event.start) if event.start else None,
    }


def call_document(call: CallSummary, organisation: str, timezone: str) -> Document:
    """A call in a list."""
    local = _local(timezone)
    return {
        "call_id": call.call_id,
        "organisation": organisation,
        "door": call.door,
        "known_phone": call.known_phone,
        "claimed_phone": call.claimed_phone,
        "started_at": local(call.started_at),
        "ended_at": local(call.ended_at) if call.ended_at else None,
        "end_reason": call.end_reason or None,
    }


def whole_call_document(record: CallRecord, organisation: str, timezone: str) -> Document:
    """A call with turns, tool calls and timings; attempts that were undone are among the turns."""
    return {
        **call_document(record.summary, organisation, timezone),
        "turns": [_turn(turn, timezone) for turn in record.turns],
        "tool_calls": [_tool_call(call, timezone) for call in record.tool_calls],
        "report": record.report,
        "wrong_tries": record.wrong_tries,
        "false_claims": record.false_claims,
    }


def unanswered_document(unanswered: Unanswered, organisation: str) -> Document:
    """What callers of a day asked for in one way and did not get."""
    return {
        "day": unanswered.day.isoformat(),
        "organisation": organisation,
        "act": unanswered.act,
        "outcome": unanswered.outcome,
        "count": unanswered.count,
        "words": [asdict(wording) for wording in unanswered.wordings],
    }


def _turn(turn: TurnRecord, timezone: str) -> Document:
    return {
        "number": turn.number,
        "attempt_id": turn.attempt_id,
        "state": turn.state,
        "opened_at": _local(timezone)(turn.opened_at),
        "text": turn.text,
        "acts": [_act(outcome) for outcome in turn.outcomes],
        "reply": [part_to_json(part) for part in turn.parts],
        "answered_by": turn.answered_by,
        "timings": turn.timings,
        "tool_calls": [_tool_call(call, timezone) for call in turn.tool_calls],
    }


def _act(outcome: Outcome) -> Document:
    return {"act": outcome.label, "words": outcome.words, "outcome": outcome.kind}


def _tool_call(call: ToolCallRecord, timezone: str) -> Document:
    return {
        "name": call.name,
        "arguments": call.arguments,
        "result": call.result,
        "milliseconds": call.milliseconds,
        "at": _local(timezone)(call.at),
    }


def _amount(amount: Decimal, currency: str) -> str:
    from babel.numbers import get_currency_precision  # it takes long to import

    return f"{amount:.{get_currency_precision(currency)}f}"


def _local(timezone: str) -> Callable[[datetime], str]:
    zone = ZoneInfo(timezone)
    return lambda instant: instant.astimezone(zone).isoformat(timespec="seconds")
