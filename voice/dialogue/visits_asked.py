"""Questions about the visit in hand, the one just booked or looked up: answered from values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from support.faq import best_faq, content
from support.questions import OF_PRICES
from support.subjects import subjects
from support.written import written_of
from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.comparing import compared
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.matters.timed import TimedMatter
from voice.dialogue.speaking import a_service, say_at, service_words
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.view import View
from voice.spoken import (
    is_plural,
    list_of,
    lower_first,
    say_costs,
    say_minutes,
    say_number,
    say_phone,
    say_price,
    say_reference,
    say_time,
)
from voice.understanding.acts import Act, Asking, Side
from voice.understanding.asked_about import points_back
from voice.understanding.relabelling.beside import is_for_two
from voice.understanding.tagging.meaning import closeness

OF_THE_BUSINESS = frozenset({"location", "help", "robot", "repeat", "call_me", "reference"})
"""Topics that are no visit's."""
OF_A_VISIT = frozenset({"booking", "other", "policy"})
READ_BACK_TOO = frozenset({"who", "when", "made"})
"""Sides of a visit in hand that are told where it is read back, and then not twice."""
HALF_A_DAY = 12 * 60
HOURS_OF_A_VISIT = 2
"""When it begins, and when it ends."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as far as it is settled; instants are aware UTC."""

    service_id: str
    provider_id: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    reference: str | None = None
    """Of one that is booked."""

    @property
    def booked(self) -> bool:
        """Whether it is in the book."""
        return self.reference is not None


def told_of_visits(act: Act, agenda: Agenda, matter: Matter | None, view: View) -> Statement | None:
    """The answer to a question about a visit that is spoken of; None where it is about something
    else, or more is asked than is settled."""
    asking = act.asking or Asking()
    if act.kind == "price" and (asking.in_all or asking.count):  # a sum, and not which there are
        asking = replace(asking, sides=("price",))
        act = replace(act, asking=asking)
    if (own := _own_details(act, agenda, matter, view)) is not None:
        return own
    if (told_beside := _beside_another(act, agenda, matter, view)) is not None:
        return told_beside
    if act.kind in OF_THE_BUSINESS or not asking.sides or _is_written_of(act, asking, view):
        return None
    if "both" in asking.sides and act.kind in OF_A_VISIT and act.value is None:
        return _statement(_both(asking, agenda, view))
    visit = _spoken_of(act, agenda, matter, view)
    if visit is None:
        return None
    visits = (visit, *(each for each in _all_visits(agenda, view) if each != visit))
    if asking.in_all and len(visits) == 1 and agenda.spoken_of not in (None, visit.service_id):
        visits = (visit, _of_service(agenda.spoken_of, view))  # "the two of them"
    parts = [
        _SIDES[side](visits, act, view)
        for side in asking.sides
        if side in _SIDES and not (side in ("when", "made") and act.kind not in OF_A_VISIT)
    ]
    told = list(dict.fromkeys(part for part in parts if part))
    if not told or len(told) < len(parts):
        return None
    read_back = READ_BACK_TOO.issuperset(asking.sides) and visit == _of_matter(matter, view)
    offer = view.offer(matter.chosen) if read_back and isinstance(matter, TimedMatter) else None
    statement = Statement(words=" ".join(told), rank=Rank.ANSWERED)
    return statement.but(offers=(offer.offer_id,)) if offer is not None else statement


def _beside_another(
    act: Act, agenda: Agenda, matter: Matter | None, view: View
) -> Statement | None:
    """A price beside that of the visit in hand, of the one booked last, or of what was spoken of
    before."""
    asking = act.asking or Asking()
    if act.goods or act.kind != "price" and "price" not in asking.sides:
        return None
    visit = _spoken_of(replace(act, asking=Asking()), agenda, matter, view)
    in_hand = visit.service_id if visit is not None else None
    return _statement(compared(act, in_hand, agenda.spoken_of, view))


def _own_details(act: Act, agenda: Agenda, matter: Matter | None, view: View) -> Statement | None:
    """Under which name, and with which number, the visits are that are spoken of."""
    sides = act.asking.sides if act.asking else ()
    parts = []
    if "name" in sides and (names := _names(agenda, matter, view)):
        parts.append(f"It's under {list_of(names)}.")
    if "number" in sides:
        if phone := agenda.phone or view.call.known_phone:
            parts.append(f"{_yes_to(act)}I have {say_phone(phone)}.")
        elif not isinstance(matter, TimedMatter):
            parts.append(f"{'No, ' if _yes_to(act) else ''}I have no number of yours.")
    return _statement(" ".join(parts)) if parts else None


def _names(agenda: Agenda, matter: Matter | None, view: View) -> tuple[str, ...]:
    """Of whom the visits in hand are, else those booked in this call, or the one found."""
    if isinstance(matter, Booking | Pair):
        second = matter.second.name if isinstance(matter, Pair) else None
        names: tuple[str | None, ...] = (matter.name or agenda.name, second)
    else:
        made = [each for each in view.found if each.reference in view.booked_here]
        names = tuple(each.customer for each in made or view.found[:1])
    return tuple(dict.fromkeys(each for each in names if each))


def _yes_to(act: Act) -> str:
    return "Yes, " if act.asking and act.asking.yes_or_no else ""


def _is_written_of(act: Act, asking: Asking, view: View) -> bool:
    """Whether a price, or whether it is so too, is asked of something that the business wrote of,
    as of a matted coat, and not of the visit alone."""
    if written_of(view.business, act.text, closeness) is not None:
        return True
    written = (*view.business.faqs, *view.business.policies)
    if "both" in asking.sides and not asking.services:  # "does my deposit move over too"
        own = subjects(act.text)
        return any(own & subjects(each.question) for each in written)
    if asking.sides != ("price",) or asking.count or asking.in_all:
        return False
    if asking.on_condition:  # what it comes to then may be written
        return True
    if asking.services:
        return False
    return not OF_PRICES.issuperset(content(act.text)) and best_faq(written, act.text) is not None


def _statement(words: str) -> Statement | None:
    return Statement(words=words, rank=Rank.ANSWERED) if words else None


def _spoken_of(act: Act, agenda: Agenda, matter: Matter | None, view: View) -> Visit | None:
    """The visit that a question is about: one whose service it names, else of the matter in hand,
    else the one booked last, the only one, or the service spoken of before."""
    found = _offered_at(act, matter, view) or _of_matter(matter, view)
    booked = view.last_booked or (view.found[0] if len(view.found) == 1 else None)
    if found is None and booked is not None:
        found = _settled(booked)
    asking = act.asking or Asking()
    named = asking.services or act.likely[:1] if len(act.likely) < 2 else asking.services
    if found is None and not named and agenda.spoken_of and points_back(act.text):
        return _of_service(agenda.spoken_of, view)
    if found is None or not named or found.service_id in named:
        return found
    others = [_settled(each) for each in view.found if each.service_id in named]
    others += [each for each in _all_visits(agenda, view) if each.service_id in named]
    if len(set(others)) == 1:
        return others[0]
    return found if not asking.services else None


def _offered_at(act: Act, matter: Matter | None, view: View) -> Visit | None:
    """The one time on the table that the question itself names: "half three would have me out by
    five, yes?". Of one that is not there only the length is known."""
    hours = {_hour(when.value) for when in act.times} - {None}
    if len(hours) < HOURS_OF_A_VISIT or "end" not in (act.asking or Asking()).sides:
        return None
    named = [each for each in view.offers if view.local(each.start).time() in hours]
    if len(named) == 1:
        return _settled(named[0])
    found = _of_matter(matter, view)
    if found is None or found.start is not None and view.local(found.start).time() in hours:
        return found
    return Visit(found.service_id)


def _of_service(service_id: str, view: View) -> Visit:
    able = view.business.performers(service_id)
    return Visit(service_id, able[0].id if len(able) == 1 else None)


def _of_matter(matter: Matter | None, view: View) -> Visit | None:
    if not isinstance(matter, TimedMatter):
        return None
    if (offer := view.offer(matter.chosen)) is not None:
        return _settled(offer)
    booking = matter.booking(view) if isinstance(matter, OwnBooking) else None
    if booking is not None:
        return _settled(booking)
    if matter.service_id is None:
        return None
    offered = {each.provider_id for each in view.offers if each.service_id == matter.service_id}
    able = {who.id for who in view.business.performers(matter.service_id)}
    people = offered or able
    return Visit(matter.service_id, people.pop() if len(people) == 1 else None)


def _settled(visit: OfferedFact | BookingFact) -> Visit:
    if isinstance(visit, BookingFact):
        return Visit(visit.service_id, visit.provider_id, visit.start, visit.end, visit.reference)
    end = max(visit.end, visit.paired.end) if visit.paired else visit.end  # of a pair, of both
    return Visit(visit.service_id, visit.provider_id, visit.start, end)


def _all_visits(agenda: Agenda, view: View) -> tuple[Visit, ...]:
    """Those booked in this call, and those on the agenda."""
    made = [each for each in view.found if each.reference in view.booked_here]
    coming = [
        visit for each in agenda.matters for visit in (_of_matter(each, view), _second(each, view))
    ]
    return (*(_settled(each) for each in made), *(each for each in coming if each))


def _second(matter: Matter, view: View) -> Visit | None:
    """The second visit of a pair."""
    if not isinstance(matter, Pair):
        return None
    offer = view.offer(matter.chosen)
    if offer is None or offer.paired is None:
        return Visit(matter.second.service_id)
    return _settled(offer.paired)


def _who(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    who = view.person(visits[0].provider_id)
    if not who:
        return ""
    if act.value is not None and act.asking is not None and act.asking.yes_or_no:
        return f"{_yes(act.value == visits[0].provider_id)}, it's with {who}."
    return f"That's with {who}."


def _length(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    visit = visits[0]
    minutes = _minutes(visit, view)
    if minutes is None:
        return ""
    taking = f"takes {say_minutes(minutes)}"
    if visit.end is None:
        return f"{_the(visit, view)} {_verb(visit, 'take', view)} {say_minutes(minutes)}."
    return f"It {taking}, so {_done(visit)} by {_clock(visit.end, view)}."


def _end(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    visit = visits[0]
    hours = (_hour(each) for when in act.times for each in (when.value, when.end, when.start))
    start = view.local(visit.start).time() if visit.start is not None else None
    by = next((each for each in hours if each not in (None, start)), None)
    if visit.end is None or by is None:
        return _length(visits, act, view)
    end = view.local(visit.end)
    late = end.hour * 60 + end.minute - (by.hour * 60 + by.minute)
    if late > HALF_A_DAY // 2:
        late -= HALF_A_DAY  # "by half two" of an afternoon
    return f"{_yes(late <= 0)}, {_done(visit)} by {_clock(visit.end, view)}."


def _price(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    """What it costs, or all of them together; a sum that the caller names is confirmed or not."""
    amount = act.asking.amount if act.asking else 0
    known = [service.price for each in visits if (service := view.services.get(each.service_id))]
    total = sum((price for price in known if price is not None), Decimal(0))
    asking = act.asking or Asking()
    if amount == total and known[:1] != [amount]:
        asking = replace(asking, in_all=True)
    told = _priced(visits, asking, view)
    right = say_price(Decimal(amount), view.business.currency) in told
    return f"{_yes(right)}, {lower_first(told)}" if amount and told else told


def _priced(visits: tuple[Visit, ...], asking: Asking, view: View) -> str:
    known = [view.services.get(each.service_id) for each in visits]
    first, prices = visits[0], [each.price if each else None for each in known]
    price, currency = prices[0], view.business.currency
    if price is None:
        return ""
    plural = is_plural(service_words(view, first.service_id))
    one = f"{_the(first, view)} {say_costs(price, currency, plural=plural)}"
    service = known[0]
    if service is not None and is_for_two((service.name, *service.also)):
        return f"{one} for the two of you."
    if not asking.in_all and not asking.count:
        return f"{one}."
    kinds = {each.service_id for each in visits}
    if len(kinds) == 1 or asking.count and len(visits) != asking.count:
        count = asking.count or len(visits)
        more = f", so {say_number(count)} come to {say_price(price * count, currency)}"
        return f"{one}{more if count > 1 else ''}."
    if any(each is None for each in prices):
        return ""
    listed = [
        f"{a_service(view, each.service_id)} {say_price(cost, currency)}"
        for each, cost in zip(visits[1:], prices[1:], strict=True)
        if cost is not None
    ]
    total = sum((each for each in prices if each is not None), price * 0)
    return f"{list_of([one, *listed])}; that's {say_price(total, currency)} together."


def _when(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    visit = visits[0]
    if visit.start is None:
        return f"I still need a time for your {service_words(view, visit.service_id)}."
    at, said = say_at(view, visit.start), [when.value for when in act.times]
    if not (act.asking and act.asking.yes_or_no) or not said:
        return f"It's {_on(at)}."
    start = view.local(visit.start)
    fits = all(
        (not isinstance(each, datetime) or each == start)
        and (not isinstance(each, time) or each == start.time())
        and (isinstance(each, (datetime, time)) or each is None or each == start.date())
        for each in said
    )
    return f"{_yes(fits)}, it's {_on(at)}."


def _made(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    visit = visits[0]
    if visit.start is None:
        return f"Not yet, I still need a time for your {service_words(view, visit.service_id)}."
    if visit.reference is None:
        return f"I have {_named(visit, view)}; it isn't booked yet."
    reference = say_reference(visit.reference)
    return f"Yes, you're booked for {_named(visit, view)}; the reference is {reference}."


def _free(visits: tuple[Visit, ...], act: Act, view: View) -> str:
    """Only of a time on the table; another has to be looked for."""
    said = {_hour(when.value) for when in act.times} - {None}
    for offer in view.offers:
        start = view.local(offer.start)
        if start.time() in said or not said and offer.start == visits[0].start:
            return f"Yes, {_on(say_at(view, offer.start))} is still free."
    return ""


def _both(asking: Asking, agenda: Agenda, view: View) -> str:
    visits = _all_visits(agenda, view)
    booked = [each for each in visits if each.booked]
    coming = [each for each in visits if not each.booked]
    if not visits:
        return ""
    if len(visits) == 1:
        state = "is booked" if booked else "is what I have"
        return (
            f"{'No, o' if asking.yes_or_no else 'O'}nly {_named(visits[0], view)} {state} so far."
        )
    had = list_of([_named(each, view) for each in booked or coming])
    if not coming:
        return f"{'Yes, y' if asking.yes_or_no else 'Y'}ou're booked for {had}."
    if not booked:
        return f"{'Yes, ' if asking.yes_or_no else ''}I have {had}; nothing is booked yet."
    rest = list_of([service_words(view, each.service_id) for each in coming])
    return f"{'Not yet: ' if asking.yes_or_no else ''}{had} is booked, and your {rest} comes next."


_SIDES: Mapping[Side, Callable[[tuple[Visit, ...], Act, View], str]] = {
    "who": _who,
    "length": _length,
    "end": _end,
    "price": _price,
    "when": _when,
    "made": _made,
    "free": _free,
}


def _verb(visit: Visit, verb: str, view: View) -> str:
    return verb if is_plural(service_words(view, visit.service_id)) else f"{verb}s"


def _yes(so: bool) -> str:
    return "Yes" if so else "No"


def _the(visit: Visit, view: View) -> str:
    words = a_service(view, visit.service_id)
    return words[:1].upper() + words[1:]


def _named(visit: Visit, view: View) -> str:
    """`your check-up on Tuesday, November 24th at 10 AM`, or without the time where it has none."""
    at = f" {_on(say_at(view, visit.start))}" if visit.start is not None else ""
    return f"your {service_words(view, visit.service_id)}{at}"


def _on(at: str) -> str:
    return at if at.startswith(("today", "tomorrow", "tonight", "this ")) else f"on {at}"


def _done(visit: Visit) -> str:
    return "you'll be done" if visit.booked else "you'd be done"


def _clock(at: datetime, view: View) -> str:
    return say_time(view.local(at), view.business.country)


def _minutes(visit: Visit, view: View) -> int | None:
    if visit.start is not None and visit.end is not None:
        return int((visit.end - visit.start) / timedelta(minutes=1))
    service = view.services.get(visit.service_id)
    return service.minutes if service is not None else None


def _hour(value: object) -> time | None:
    if isinstance(value, datetime):
        return value.time()
    return value if isinstance(value, time) else None
