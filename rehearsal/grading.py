"""Whether the store holds at the end what the caller came for, and nothing else has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearsal.goals import Goal, Matter, Visit
from rehearsal.hearing import HeardTime
from rehearsal.people import same_name
from rehearsal.truth import local
from scheduling.business import Business
from scheduling.values import Booking


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call left behind."""

    before: tuple[Booking, ...]
    """Every booking before the call."""
    after: tuple[Booking, ...]
    own: tuple[str, ...]
    """References of the caller's earlier bookings, in the goal's order."""
    told: tuple[tuple[HeardTime, ...], ...]
    """The times heard in answer to each "when is my appointment?"."""
    possible: frozenset[Visit]
    """Which of the visits could be had when the call began."""


def shortfalls(goal: Goal, business: Business, outcome: Outcome) -> list[str]:
    """What is missing or too much, a line each; empty: the goal is reached."""
    found: list[str] = []
    earlier = {booking.reference: booking for booking in outcome.before}
    fresh = [booking for booking in outcome.after if booking.reference not in earlier]
    kept = {booking.reference: booking for booking in outcome.after}
    own = dict(zip((each for each in goal.own), outcome.own, strict=True))
    touched: set[str] = set()
    told = list(outcome.told)
    for matter in goal.matters:
        if matter.kind == "book":
            found += _booked(matter, goal, business, outcome, fresh)
        elif matter.kind == "lookup" and (matter.earlier or _any_possible(goal, outcome)):
            found += _looked_up(matter, goal, business, outcome, told)
        elif matter.earlier is not None:
            reference = own[matter.earlier]
            touched.add(reference)
            found += _changed(matter, business, outcome, earlier[reference], kept.get(reference))
    found += [f"booked and not wished: {_line(each, business)}" for each in fresh]
    for reference, before in earlier.items():
        if reference not in touched and not _same(before, kept.get(reference)):
            found.append(f"changed and not wished: {_line(before, business)}")
    return found


def _booked(
    matter: Matter,
    goal: Goal,
    business: Business,
    outcome: Outcome,
    fresh: list[Booking],
) -> list[str]:
    """Takes the booking that fits out of the fresh ones."""
    visit = matter.visit
    assert visit is not None
    if visit not in outcome.possible:
        return []
    for booking in fresh:
        if not _unfit(booking, visit, goal, business):
            fresh.remove(booking)
            return []
    near = [_unfit(booking, visit, goal, business) for booking in fresh]
    if near:
        wrong = min(near, key=len)
        fresh.pop(near.index(wrong))
        return [f"booked with the wrong {' and '.join(wrong)}"]
    return [f"not booked: {visit.service_id}"]


def _unfit(booking: Booking, visit: Visit, goal: Goal, business: Business) -> list[str]:
    wrong = []
    if booking.status != "booked":
        wrong.append("status")
    if booking.service_id != visit.service_id:
        wrong.append("service")
    if visit.provider_id not in (None, booking.provider_id):
        wrong.append("provider")
    if not visit.times.suit(local(booking.start, business)):
        wrong.append("time")
    if not same_name(booking.customer_name, goal.person.name):
        wrong.append(f"name ({booking.customer_name})")
    if booking.customer_phone != goal.person.phone:
        wrong.append("number")
    return wrong


def _any_possible(goal: Goal, outcome: Outcome) -> bool:
    return any(matter.visit in outcome.possible for matter in goal.matters if matter.visit)


def _looked_up(
    matter: Matter,
    goal: Goal,
    business: Business,
    outcome: Outcome,
    told: list[tuple[HeardTime, ...]],
) -> list[str]:
    if not told:
        return ["not told when the appointment is"]
    heard = {each.at for each in told.pop(0)}
    if matter.earlier is not None:
        right = {local(matter.earlier.start, business)}
    else:
        phone = goal.person.phone
        right = {
            local(each.start, business) for each in outcome.after if each.customer_phone == phone
        }
    return [] if heard & right else ["told another time than the store holds"]


def _changed(
    matter: Matter, business: Business, outcome: Outcome, before: Booking, after: Booking | None
) -> list[str]:
    if after is None:
        return ["the booking is gone"]
    if matter.kind == "cancel":
        return [] if after.status == "cancelled" else ["not cancelled"]
    assert matter.visit is not None
    if matter.visit not in outcome.possible:
        return [] if _same(before, after) else ["moved to a time that does not suit"]
    if after.status != "booked":
        return [f"{after.status} and not moved"]
    if after.start == before.start and not matter.visit.times.suit(local(after.start, business)):
        return ["not moved"]
    if not matter.visit.times.suit(local(after.start, business)):
        return ["moved to a time that does not suit"]
    return []


def _same(before: Booking, after: Booking | None) -> bool:
    return after is not None and (before.start, before.status) == (after.start, after.status)


def _line(booking: Booking, business: Business) -> str:
    at = local(booking.start, business)
    return f"{booking.service} with {booking.provider} {at:%a %Y-%m-%d %H:%M}"


def possible_visits(goal: Goal) -> Sequence[Visit]:
    """The visits whose possibility the store has to tell before the call."""
    return [matter.visit for matter in goal.matters if matter.visit is not None]
