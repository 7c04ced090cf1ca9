"""Several visits spoken of in one turn: of which of them each detail is, and which comes first.

A visit is told by its service. What stands behind a service, up to the next one, is of that visit;
what is said once for all of them is of the first, from which the others follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from voice.dialogue.agenda import Agenda
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.view import View
from voice.understanding.acts import Act, Reading
from voice.understanding.reading import Named as Service
from voice.understanding.relabelling.denied import denies
from voice.understanding.services.matching import EVERYDAY, services_named, stem, telling_words
from voice.understanding.wishes.wanted import Span, Wanted, spans_of
from voice.understanding.words import plain

ARTICLES = frozenset(("a", "an", "the", "my", "our", "your", "his", "her", "its", "just", "for"))
SEVERAL = 2
MOST_BETWEEN = 2
"""Words between a time and the visit that it leads to: "at nine for the removal"."""
Named = tuple[Act, str]
"""Where a visit is named, and the id of its service."""


def places(agenda: Agenda) -> list[tuple[int, Booking]]:
    """The visits that are to be booked, each with its place among all that is wanted."""
    return [(at, one) for at, one in enumerate(agenda.matters) if isinstance(one, Booking)]


def visits(agenda: Agenda) -> list[Booking]:
    """Those that are to be booked, in order."""
    return [one for _, one in places(agenda)]


def with_visits_named(agenda: Agenda, reading: Reading, view: View) -> Reading:
    """The reading, where a visit that is wanted is named by any words that only its service has
    ("the gas one at nine"), and what seems to choose one of the times read out is only the name
    or the time of another visit."""
    first = agenda.in_hand
    wanted = [each for one in visits(agenda) for each in one.services]
    said = [act.value for act in reading.all("give:service") if act.value]
    services = list(dict.fromkeys((*wanted, *said)))
    spoken_of = [each for one in visits(agenda) for each in (*one.services, *one.likely)]
    telling = {each: own - EVERYDAY for each, own in _telling(spoken_of, view).items()}
    acts = [_turned_down(act, telling) for act in reading.acts]
    reading = replace(reading, acts=tuple(acts))
    if not isinstance(first, Booking) or len(services) < SEVERAL:
        return reading
    telling = _telling(services, view)
    acts = [part for act in reading.acts for part in _with_its_name(act, telling, first)]
    told = replace(reading, acts=tuple(acts))
    own = details_of_each(agenda, told, view)
    others = {*wanted} - {*first.services}
    return replace(
        told,
        acts=tuple(
            replace(act, name="give", kind="when", which=())
            if act.name == "choose" and own.get(act.start) in others
            else act
            for act in acts
        ),
    )


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


def _with_its_name(act: Act, telling: Mapping[str, set[str]], first: Booking) -> list[Act]:
    """The stretch with the visit named in it in front of the time that it tells."""
    label = "choose" if act.name == "choose" else act.label
    if label not in ("choose", "give:service", "give:when"):
        return [act]
    service = act.value if label != "give:when" else None
    if service is None:
        service = _only_one_named(act, telling)
    if service is None or label == "choose" and service in first.services:
        return [act]
    named = replace(act, name="give", kind="service", value=service, likely=(), which=(), times=())
    if not act.times:
        return [named]
    return [
        named,
        replace(act, name="give", kind="when", start=act.start + 1, value=None, which=()),
    ]


def _only_one_named(act: Act, telling: Mapping[str, set[str]]) -> str | None:
    """The only one of these services of which the words have some that none of the others has;
    words of a time name none."""
    timed = {word for when in act.times for word in plain(when.text).split()}
    said = {stem(word) for word in plain(act.text).split() if word not in timed}
    named = [service for service, own in telling.items() if said & own]
    alike = set(act.likely) & set(telling)
    if not named and len(alike) == 1:
        return alike.pop()
    return named[0] if len(named) == 1 else None


def is_shorter_name(view: View, words: str, service_id: str | None) -> bool:
    """Whether the words are part of that service's own name: the "oil change" of a full synthetic
    oil change is no other service."""
    service = view.services.get(service_id or "")
    said = {stem(word) for word in plain(words).split() if word not in ARTICLES}
    return service is not None and said <= {stem(word) for word in plain(service.name).split()}


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


def details_of_each(agenda: Agenda, reading: Reading, view: View) -> Mapping[int, str]:
    """For each stretch, by its start, that is of one visit alone: the service of that visit."""
    named = named_in(reading, view)
    several = len({service for _, service in named}) >= SEVERAL
    if not named or not several and not _is_of_a_known_one(agenda, named[0][1]):
        return {}
    whens = [act for act in reading.all("give:when", "choose") if act.times or act.beside]
    people = list(reading.all("give:provider"))
    if several and (led := _led_by_its_time(named, whens, reading.text)):
        return {**_behind(named, people), **led}
    own: dict[int, str] = {}
    for run, end in _runs(named):
        told = [[act for act in each if act.start < end] for each in (people, whens)]
        own |= {at: service for each in told for at, service in _behind(run, each).items()}
    text = reading.text
    for when in whens:  # "and the same time next week for the booster"
        act, service = next((one for one in named if one[0].start >= when.end), named[0])
        gap = text[when.end : act.start].split()
        if several and (gap[:1] == ["for"] or when.beside and not (when.times or gap[1:])):
            own[when.start] = service
    return own


def _runs(named: Sequence[Named]) -> list[tuple[list[Named], float]]:
    """The visits as they are named, each run until one of them is named again, with its end: "the
    wax and the test on Monday: the wax at one, the test after"."""
    runs: list[list[Named]] = []
    for act, service in named:
        if not runs or service in {one for _, one in runs[-1]}:
            runs.append([])
        runs[-1].append((act, service))
    ends: list[float] = [run[0][0].start for run in runs[1:]]
    return list(zip(runs, [*ends, float("inf")], strict=True))


def _is_of_a_known_one(agenda: Agenda, service: str) -> bool:
    """Whether the only visit named is one of several, and the first has its time already."""
    first, *others = visits(agenda) or [Booking()]
    if not others or service not in {one.service_id for one in (first, *others)}:
        return False
    return service == first.service_id or bool(first.wanted.spans)


def _led_by_its_time(named: Sequence[Named], whens: Sequence[Act], text: str) -> Mapping[int, str]:
    """ "At nine the removal, and at half nine the manicure": each time before what it is of."""
    groups = [[each for each in whens if _place(each, named) == at] for at in range(-1, len(named))]
    *led, last = groups
    if any(last) or not all(any(map(_has_hour, one)) for one in led):
        return {}
    gaps = [text[one[-1].end : act.start] for one, (act, _) in zip(led, named, strict=True)]
    if any(len(gap.split()) > MOST_BETWEEN for gap in gaps):
        return {}
    pairs = zip(led, named, strict=True)
    return {each.start: service for group, (_, service) in pairs for each in group}


def _behind(named: Sequence[Named], told: Sequence[Act]) -> Mapping[int, str]:
    """Each detail with the visit named before it; what stands behind them all, and has nothing of
    its sort before it, is of no single one."""
    own = {each.start: named[at][1] for each in told if (at := _place(each, named)) >= 0}
    last = len(named) - 1
    behind = [each for each in told if _place(each, named) == last]
    before = [each for each in told if 0 <= _place(each, named) < last]
    whole = any(_has_hour(each) for each in before) or not any(map(_has_hour, behind))
    if last and not (before and whole):
        shared = [one for one in behind if one.kind == "provider" or one.times and not one.adds]
        own = {at: one for at, one in own.items() if at not in {each.start for each in shared}}
    return own


def _place(act: Act, named: Sequence[Named]) -> int:
    """Of the last visit named before it; -1: none was."""
    return sum(each.start < act.start for each, _ in named) - 1


def _has_hour(act: Act) -> bool:
    return any(span.has_time for span in spans_of(act.times))


def in_hearing_order(agenda: Agenda, reading: Reading, view: View) -> list[tuple[int, Act]]:
    """The acts, each with its place in the turn; a time that is told before the visit which it is
    of is heard behind the name of that."""
    own = details_of_each(agenda, reading, view)
    names = {service: act.start for act, service in reversed(named_in(reading, view))}

    def heard_at(told: tuple[int, Act]) -> tuple[int, bool, int]:
        place, act = told
        named = names.get(own.get(act.start, ""), -1)
        return max(act.start, named), named > act.start, place

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
    own = details_of_each(agenda, reading, view)
    times = {act.start: act.times for act in reading.all("give:when", "choose")}
    told = {own[at] for at in times if at in own}
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
    wanted = [one.service_id for one in visits(agenda)]
    agenda = _on_the_day_of_both(agenda, first)
    named = [(act, each) for act, each in named_in(reading, view) if each in wanted]
    own = details_of_each(agenda, reading, view)
    front = _comes_first(named) or _is_earlier(reading, own)
    if front is None and len(wanted) >= SEVERAL:
        behind = len(wanted) == SEVERAL and [act.comes for act, _ in named] == ["after"]
        if behind and named[0][1] == wanted[0] or reading.other_way and not named:
            front = wanted[1]
    if front in (None, first.service_id) or front not in wanted:
        return agenda
    place = next(at for at, one in places(agenda) if one.service_id == front)
    timed = any(own.get(act.start) == first.service_id for act in reading.all("give:when"))
    return in_front(agenda, place, told=timed)


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


def _comes_first(named: Sequence[Named]) -> str | None:
    first = next((service for act, service in named if act.comes == "first"), None)
    if first is not None or not named:
        return first
    behind = {service for act, service in named[1:] if act.comes == "after"}
    return named[0][1] if behind - {named[0][1]} else None


def _is_earlier(reading: Reading, own: Mapping[int, str]) -> str | None:
    """Of two visits of which each is told its hour, the one with the earlier; on two days none."""
    told = [(own[act.start], spans_of(act.times)) for act in reading.acts if act.start in own]
    hours = {service: spans[0] for service, spans in told if spans and spans[0].at is not None}
    if len(hours) != SEVERAL or len({span.first for span in hours.values() if span.has_day}) > 1:
        return None
    return min(hours, key=lambda service: hours[service].at or time.max)


def in_front(agenda: Agenda, place: int, *, told: bool) -> Agenda:
    """The agenda with that visit in front. The day, and the hour where it has none, are those of
    the one that stood there, which follows it now unless it has an hour of its own behind it."""
    old, new = agenda.matters[0], agenda.matters[place]
    if not (isinstance(old, Booking) and isinstance(new, Booking)):
        return agenda
    before = new.wanted if new.wanted.spans else old.wanted
    later = told or _is_later(old.wanted, spans_of(w for act in new.unplaced for w in act.times))
    wanted = old.wanted if later else Wanted()
    new = new.but(wanted=before, beside=False, chosen=None, searched="")
    old = old.but(wanted=wanted, beside=True, told=False).but(
        chosen=None, searched="", agreed=False
    )
    others = tuple(one for at, one in enumerate(agenda.matters) if at not in (0, place))
    return agenda.but(matters=(new, old, *others), asked=None)


def _is_later(wanted: Wanted, spans: Sequence[Span]) -> bool:
    hours = [span.at for span in spans if span.at is not None]
    exact = wanted.exact
    return exact is not None and exact.at is not None and bool(hours) and max(hours) < exact.at


def only_one(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda without a second visit, where the caller says that there is none: the one whose
    service they name stays, else the first."""
    wanted = visits(agenda)
    several = any(act.count >= SEVERAL for act in reading.all("give:party", "give:service"))
    if not reading.only_one or several or len(wanted) < SEVERAL:
        return agenda
    named = {service for _, service in named_in(reading, view)}
    named |= {act.value for act in reading.all("choose") if act.value}
    kept = next((one for one in wanted if one.service_id in named), wanted[0])
    if reading.apart and kept is wanted[0]:  # one at a time: the other one comes behind it
        return agenda
    if reading.apart:
        return in_front(agenda, agenda.matters.index(kept), told=False)
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
