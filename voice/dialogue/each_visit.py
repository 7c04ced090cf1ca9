"""Several visits in one call: which is meant, which comes first, and which is given up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.pair import Pair, Second
from voice.dialogue.view import View
from voice.understanding.acts import Act, Reading, Told
from voice.understanding.hearing import Visit
from voice.understanding.names.parties import ME, SOMEBODY, is_kin
from voice.understanding.reading import Named as Service
from voice.understanding.relabelling.denied import denies
from voice.understanding.relabelling.visits_told import SEVERAL
from voice.understanding.services.matching import (
    ARTICLES,
    EVERYDAY,
    is_part_of,
    services_named,
    telling_words,
)
from voice.understanding.wishes.wanted import Span, Wanted, spans_of

TOLD_OF = ("give", "choose", "rule_out", "more")
"""Names of acts that are heard with the visit which they are told of."""
Named = tuple[Act, str]
"""Where a visit is named, and the id of its service."""
Place = tuple[int, bool]
"""Of a visit on the agenda, and whether it is the second one of a pair."""


def places(agenda: Agenda) -> list[tuple[int, Booking]]:
    """The visits that are to be booked, each with its place among all that is wanted."""
    return [(at, one) for at, one in enumerate(agenda.matters) if isinstance(one, Booking)]


def visits(agenda: Agenda) -> list[Booking]:
    """Those that are to be booked, in order."""
    return [one for _, one in places(agenda)]


def wanted_visits(agenda: Agenda) -> dict[Place, Booking | Second]:
    """The same by their places, each of a pair by itself."""
    found: dict[Place, Booking | Second] = {}
    for at, one in places(agenda):
        found[at, False] = one
        if isinstance(one, Pair):
            found[at, True] = one.second
    return found


def visits_known(agenda: Agenda) -> tuple[Visit, ...]:
    """The visits that are to be booked, as callers may name them."""
    return tuple(Visit(one.service_id, one.whom) for one in wanted_visits(agenda).values())


def place_told(agenda: Agenda, told: Told | None) -> Place | None:
    """The visit, of several that are wanted, which is told of so; None: no single one."""
    if told is None:
        return None
    left = wanted_visits(agenda)
    if told.service:
        left = {at: one for at, one in left.items() if one.service_id == told.service}
        if len(left) < SEVERAL or not told.people:
            return next(iter(left), None) if len(left) < SEVERAL else None
    people = {*told.people} - {SOMEBODY}
    left = {at: one for at, one in left.items() if one.whom & people} or left
    own = ME in people
    left = {at: one for at, one in left.items() if not one.whom or (ME in one.whom) == own}
    if len(left) > 1:
        return [*left][told.nth] if told.people and told.nth < len(left) else None
    for at, one in left.items():
        known = own or not people or is_kin(people) or one.name is None or one.whom & people
        return at if told.people and known else None
    return None


def with_denied_visits(agenda: Agenda, reading: Reading, view: View) -> Reading:
    """The reading, where a visit that is wanted is turned down by any words that only it has."""
    spoken_of = [each for one in visits(agenda) for each in (*one.services, *one.likely)]
    telling = {each: own - EVERYDAY for each, own in _telling(spoken_of, view).items()}
    return replace(reading, acts=tuple(_turned_down(act, telling) for act in reading.acts))


def _telling(services: Iterable[str], view: View) -> dict[str, set[str]]:
    """Of each of these services, the words of its names that none of the others has."""
    known = {each: view.services.get(each) for each in services}
    names = {each: (own.name, *own.also) if own else () for each, own in known.items()}
    return {each: own - ARTICLES for each, own in telling_words(names).items()}


def _turned_down(act: Act, telling: Mapping[str, set[str]]) -> Act:
    """The no, where it denies one of the visits that are wanted by a word that only it has: "I
    don't want the urgent one"."""
    if act.label not in ("deny", "drop", "story", "rule_out:service") or act.value or act.likely:
        return act
    for service, own in telling.items():
        if denies(act.text, own):
            return replace(act, name="rule_out", kind="service", value=service)
    return act


def is_shorter_name(view: View, words: str, service_id: str | None) -> bool:
    """Whether the words are part of that service's own name: the "oil change" of a full synthetic
    oil change is no other service."""
    service = view.services.get(service_id or "")
    return service is not None and is_part_of(words, service.name)


def named_in(reading: Reading, view: View) -> tuple[Named, ...]:
    """The visits named in this turn that are not turned down in it, each where it is named: "a
    removal, for the acrylics" is one."""
    named: list[Named] = []
    for act in reading.all("give:service"):
        part = named and is_shorter_name(view, act.text, named[-1][1])
        if act.value is not None and not part:
            named.append((act, act.value))
    return tuple(named)


def services_in(words: str, view: View) -> set[str]:
    """Those that words name, whatever else the words do."""
    services = [Service(each.id, (each.name, *each.also)) for each in view.business.services]
    return set(services_named(words, services, loosely=False))


def in_hearing_order(reading: Reading) -> list[tuple[int, Act]]:
    """The acts, each with its place in the turn; what is told before the service of the visit that
    it is of is heard behind that."""
    named = {act.told: act.start for act in reversed(reading.all("give:service")) if act.told}

    def heard_at(told: tuple[int, Act]) -> tuple[int, bool, int]:
        place, act = told
        at = named.get(act.told, -1) if act.told and act.name in TOLD_OF else -1
        return max(act.start, at), at > act.start, place

    return sorted(enumerate(reading.acts), key=heard_at)


def tells_anew(old: Act, new: Sequence[Act]) -> bool:
    """Whether what was said of a time before is said otherwise now: another day, another hour."""
    before, now = spans_of(old.times), spans_of(when for act in new for when in act.times)
    hours = any(span.has_time for span in before) and any(span.has_time for span in now)
    return hours or any(span.has_day for span in before) and any(span.has_day for span in now)


def taken_apart(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda, where two visits wanted at the same time are said to be two after all: each is
    one of its own again."""
    pair = agenda.in_hand
    if not isinstance(pair, Pair) or pair.agreed:
        return agenda
    times = {act.start: act.times for act in reading.all("give:when", "choose")}
    told = {act.told.service for act in reading.all("give:when", "choose") if act.told}
    told |= {act.value for act in reading.all("rule_out:service") if act.value}
    alike = pair.service_id == pair.second.service_id
    spans = spans_of(when for each in times.values() for when in each)
    both = reading.at_once or _are_for_both(pair, spans, view)
    if not (reading.apart or reading.only_one or told & set(pair.services) and not alike | both):
        return agenda
    return agenda.but(matters=(*pair.apart(), *agenda.matters[1:]), asked=None)


def _are_for_both(pair: Pair, spans: Sequence[Span], view: View) -> bool:
    """Whether only one time is told, and both may have it: the chosen one, or one read out."""
    chosen = view.offer(pair.chosen)
    starts = [view.local(each.start) for each in ((chosen,) if chosen else view.offers)]
    day = {span.first for span in spans if span.has_day}
    hours = {span.at for span in spans}
    return len(day) <= 1 and len(hours) == 1 and hours <= {start.time() for start in starts}


def in_their_order(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda with the visit in front that is to come first."""
    first = agenda.in_hand
    if not isinstance(first, Booking) or isinstance(first, Pair) or first.agreed:
        return agenda
    agenda = _on_the_day_of_both(agenda, first)
    others = [(at, one) for at, one in places(agenda) if at]
    front = _comes_first(agenda, reading)
    if front is None and reading.other_way and others and not named_in(reading, view):
        front = others[0][0]
    if front is None:
        front = next((at for at, one in others if _is_earlier(one, first)), None)
    return in_front(agenda, front) if front else agenda


def _on_the_day_of_both(agenda: Agenda, first: Booking) -> Agenda:
    """The agenda where a day that is told only with the second hour is that of the first too: "a
    removal at nine and a manicure at half nine on Saturday"."""
    told = [act for one in visits(agenda)[1:] for act in one.unplaced if one.beside]
    days = [span for span in spans_of(when for act in told for when in act.times) if span.has_day]
    if not days or first.wanted.has_day or not first.wanted.has_time:
        return agenda
    spans = tuple(span.on_days_of(days[0]) for span in first.wanted.spans)
    wanted = first.wanted.model_copy(update={"spans": spans})
    return agenda.with_in_hand(first.but(wanted=wanted, searched=""))


def _comes_first(agenda: Agenda, reading: Reading) -> int | None:
    """The place of the visit that is said to come first, or before another that comes after it."""
    told = [(act.comes, _place_of(agenda, act)) for act in reading.acts if act.comes]
    timed = {_place_of(agenda, act) for act in reading.acts if act.times}
    if not reading.at_once:  # "half ten for Naomi, and me straight after her"
        near = (each for each in reading.all("give:when") if each.beside and not each.times)
        told += [("after", at) for at in {_place_of(agenda, each) for each in near} - timed]
    first = next((at for comes, at in told if comes == "first"), None)
    behind = {at for comes, at in told if comes == "after"} - {None}
    if first is not None or len(behind) != 1:
        return first
    left = [at for at, _ in places(agenda) if at not in behind]
    return left[0] if len(left) == 1 else None


def _place_of(agenda: Agenda, act: Act) -> int | None:
    told = act.told or (Told(act.value) if act.kind == "service" and act.value else None)
    place = place_told(agenda, told)
    return place[0] if place is not None else None


def _is_earlier(one: Booking, first: Booking) -> bool:
    """Whether the hour of a further visit lies before that of the first; on two days none does."""
    spans = spans_of(when for act in one.unplaced for when in act.times)
    hours = [span.at for span in spans if span.at is not None]
    at, days = first.wanted.exact, {span.first for span in spans if span.has_day}
    if at is None or at.at is None or not hours or days - {at.day}:
        return False
    return max(hours) < at.at


def in_front(agenda: Agenda, place: int) -> Agenda:
    """The agenda with that visit in front. The day, and the hour where it has none, are those of
    the one that stood there, which follows it now unless it has an hour of its own behind it."""
    old, new = agenda.matters[0], agenda.matters[place]
    if not (isinstance(old, Booking) and isinstance(new, Booking)):
        return agenda
    before = new.wanted if new.wanted.spans else old.wanted
    wanted = old.wanted if _is_earlier(new, old) else Wanted()
    new = new.but(wanted=before, beside=False, chosen=None, searched="")
    old = old.but(wanted=wanted, beside=True, told=False).but(
        chosen=None, searched="", agreed=False
    )
    others = tuple(one for at, one in enumerate(agenda.matters) if at not in (0, place))
    return agenda.but(matters=(new, old, *others), asked=None)


def only_one(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda without a second visit, where the caller says that there is none: the one whose
    service they name stays, else the first."""
    wanted = visits(agenda)
    several = any(act.count >= SEVERAL for act in reading.all("give:party", "give:service"))
    if not reading.only_one or several or len(wanted) < SEVERAL:
        return agenda
    named = {service for _, service in named_in(reading, view)}
    named |= {act.value for act in reading.all("choose") if act.value}
    wishes = [act for act in reading.acts if act.name not in ("drop", "deny", "rule_out")]
    told = {_place_of(agenda, act) for act in wishes}
    meant = [one for at, one in places(agenda) if at in told or one.service_id in named]
    kept = meant[0] if meant else wanted[0]
    if reading.apart and kept is wanted[0]:  # one at a time: the other one comes behind it
        return agenda
    if reading.apart:
        return in_front(agenda, agenda.matters.index(kept))
    return without(agenda, *(one for one in wanted if one is not kept))


def without(agenda: Agenda, *given_up: Booking) -> Agenda:
    """The agenda without these visits; the day of the first is that of the one which takes its
    place, where nothing else was said of that."""
    first = agenda.in_hand
    kept = agenda.but(matters=tuple(one for one in agenda.matters if one not in given_up))
    left = kept.in_hand
    if first not in given_up or not isinstance(first, Booking) or not isinstance(left, Booking):
        return kept
    wanted = left.wanted if left.wanted.spans else first.wanted
    return kept.with_in_hand(left.but(wanted=wanted, beside=False)).but(asked=None)
