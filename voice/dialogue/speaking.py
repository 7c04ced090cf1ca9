"""Values into sentences: what we say is made from what is so, and read by nobody afterwards."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from support.attendance import open_now
from voice.dialogue.agenda import Agenda
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.statements import Asked
from voice.dialogue.view import View
from voice.spoken import list_of, lower_first, one_of, say_phone, say_time, say_times, say_when

MOST_SERVICES_SPOKEN = 5
ANY_TIME = "any time"
"""A call is wanted, and nobody said when."""


@cache
def _english(name: str) -> dict[str, Any]:
    text = resources.files("voice.dialogue").joinpath("english", f"{name}.toml").read_text()
    return tomllib.loads(text)


def question(agenda: Agenda, asked: Asked, kind: str | None = None, **values: str) -> str:
    """How to ask for that now: in the wording after the one used last."""
    wordings: list[str] = _english("questions")[kind or asked]
    count = agenda.times_asked.get(asked, 0)
    return wordings[count % len(wordings)].format(**values)


def phrase(name: str, count: int = 0, **values: str) -> str:
    """One of the short things that we say, in its wording number `count`."""
    wordings: list[str] = _english("phrases")[name]
    return wordings[count % len(wordings)].format(**values)


def matter_words(kind: str) -> str:
    """A kind of matter as an infinitive; empty for one that cannot be asked back."""
    words: dict[str, str] = _english("phrases")["matters"]
    return words.get(kind, "")


def say_ring(when: str) -> str:
    """When somebody may be rung, behind "to call you back"."""
    return f" {lower_first(when)}" if when and when != ANY_TIME else ""


def say_at(view: View, at: datetime, *, full: bool = False) -> str:
    """An instant as the caller's day and time."""
    return say_when(at.astimezone(view.zone), view.today, view.business.country, full=full)


def service_words(view: View, service_id: str | None) -> str:
    """`check-up`, or `appointment` for one that is no longer offered."""
    service = view.services.get(service_id or "")
    return lower_first(service.name) if service else "appointment"


def a_service(view: View, service_id: str) -> str:
    """`a check-up`, `dry needling`."""
    return one_of(service_words(view, service_id))


def a_visit(view: View, booking: BookingFact) -> str:
    """`a check-up with Ana Ruiz on Tuesday, November 24th at 10 AM`."""
    service = service_words(view, booking.service_id)
    return one_of(service) + visit_words(view, booking).removeprefix(service)


def visit_words(view: View, visit: OfferedFact | BookingFact, joint: str = "on") -> str:
    """`check-up with Ana Ruiz on Tuesday, November 24th at 10 AM`; `joint` before the time."""
    who = view.person(visit.provider_id)
    whom = f" with {who}" if who else ""
    service = service_words(view, visit.service_id)
    return f"{service}{whom} {joint} {say_at(view, visit.start, full=True)}"


def named_visit(
    view: View, agenda: Agenda, visit: BookingFact | OfferedFact, joint: str = "on"
) -> str:
    """`your check-up with Ana Ruiz on …`, or `Linda's …`, where it is somebody else's."""
    return f"{agenda.whose(getattr(visit, 'customer', ''))} {visit_words(view, visit, joint)}"


def read_back(
    view: View, offer: OfferedFact, *, name: str, phone: str | None, whose: str = "your"
) -> str:
    """All that is about to be booked; `whose`: `the` where it is not for the caller."""
    reach = f", and your number is {say_phone(phone)}" if phone else ""
    return f"That's {whose} {visit_words(view, offer)}, for {name}{reach}."


def read_back_pair(
    view: View,
    first: OfferedFact,
    second: OfferedFact,
    *,
    names: tuple[str, str],
    phone: str | None,
) -> str:
    """Both visits of a pair in one sentence; the time is named once where it is that of both."""
    reach = f", and your number is {say_phone(phone)}" if phone else ""
    at = [say_at(view, each.start, full=True) for each in (first, second)]
    both = [
        f"the {service_words(view, each.service_id)} with {view.person(each.provider_id)}"
        for each in (first, second)
    ]
    if names[0] != names[1]:
        both = [f"{what} for {name}" for what, name in zip(both, names, strict=True)]
    whose = f", for {names[0]}" if names[0] == names[1] else ""
    if at[0] == at[1]:
        return f"That's {both[0]} and {both[1]}, both on {at[0]}{whose}{reach}."
    return f"That's {both[0]} on {at[0]}, and {both[1]} on {at[1]}{whose}{reach}."


def read_back_move(view: View, agenda: Agenda, booking: BookingFact, offer: OfferedFact) -> str:
    """From where a booking is to where it would go."""
    who = view.person(offer.provider_id)
    other = f" with {who}" if offer.provider_id != booking.provider_id else ""
    to = f"{say_at(view, offer.start, full=True)}{other}"
    return f"That would move {named_visit(view, agenda, booking, 'from')} to {to}."


def offers_again(view: View, count: int = 0) -> str:
    """The live offers once more, in one sentence, in its wording number `count`."""
    times = [(view.local(each.start), _whom(view, each)) for each in view.offers]
    said = say_times(times, view.today, country=view.business.country)
    return phrase("offers_again", count, times=said)


def _whom(view: View, offer: OfferedFact) -> str:
    """Who is there; of a pair both."""
    who, second = view.person(offer.provider_id), offer.paired
    if second is None:
        return who
    whom = view.person(second.provider_id)
    if second.start == offer.start:
        return f"{who} and {whom}"
    return f"{who} and then {say_time(view.local(second.start), view.business.country)} with {whom}"


def list_services(view: View, likely: Sequence[str] = ()) -> str:
    """The services in one sentence, those first that may be meant."""
    services = sorted(view.business.services, key=lambda each: each.id not in likely)
    names = [one_of(lower_first(service.name)) for service in services]
    if len(names) > MOST_SERVICES_SPOKEN:
        names = [*names[:MOST_SERVICES_SPOKEN], "more"]
    return f"We offer {list_of(names)}."


def list_people(view: View, service_id: str | None) -> str:
    """Who performs it, or everybody."""
    business = view.business
    people = business.performers(service_id) if service_id else business.providers
    return list_of([who.name for who in people], "or")


def list_bookings(view: View, agenda: Agenda, bookings: Sequence[BookingFact]) -> str:
    """`There is your check-up … and Linda's cleaning …`."""
    return f"There is {list_of([named_visit(view, agenda, each) for each in bookings])}."


def reach_a_person(view: View) -> str:
    """How to reach somebody where the call cannot be put through now; empty without a number."""
    business = view.business
    if not business.phone:
        return ""
    attended = open_now(business, view.now)
    number = say_phone(business.phone)
    if attended.opens is not None:
        return f"You can reach a person at {number} from {say_at(view, attended.opens)}."
    return f"You can reach a person at {number}."


def can_put_through(agenda: Agenda, view: View) -> bool:
    """Whether somebody is there and the line can be handed on, and was not in vain before."""
    attended = open_now(view.business, view.now).open and not agenda.no_person
    return bool(view.business.phone and view.call.can_transfer and attended)
