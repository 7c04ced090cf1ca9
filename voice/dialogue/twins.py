"""The same service for several people: how many visits that is, which hour and name are whose."""

from __future__ import annotations

from dataclasses import replace

from voice.dialogue.agenda import Agenda
from voice.dialogue.each_visit import SEVERAL, places
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.pair import Pair
from voice.dialogue.turn_heard import TurnHeard
from voice.dialogue.view import View
from voice.understanding.acts import Act, Reading
from voice.understanding.everyday import NOT_NAMES
from voice.understanding.names.said_names import said_name
from voice.understanding.wishes.wanted import spans_of
from voice.understanding.words import plain

MOST_OF_A_PARTY = 3
OF_TIME = ("give:when", "choose")
IN_ORDER = ("first", "", "after")
NAMES = ("give:name", "give:party")


def twins_of(agenda: Agenda) -> tuple[int, int] | None:
    """The places of the first two visits, where both are for the same service and in hand."""
    wanted = [(at, one) for at, one in places(agenda) if not isinstance(one, Pair)]
    if len(wanted) < SEVERAL or wanted[0][0] != 0:
        return None
    (first, one), (second, other) = wanted[:SEVERAL]
    alike = other.twin if other.service_id is None else other.service_id == one.service_id
    return (first, second) if alike else None


def begin_twins(hearing: TurnHeard, count: int, party: str) -> None:
    """As many visits as are spoken of, those counted that there are already."""
    several, at = hearing.matter, hearing.at
    if not isinstance(several, Booking) or isinstance(several, Pair):
        return
    others = sum(isinstance(one, Booking) for one in hearing.agenda.matters[1:])
    there = others + len(hearing.view.booked_here)
    for further in range(1 + there, min(count, MOST_OF_A_PARTY)):
        same = several.service_id
        twin = Booking(kind="book", beside=True, twin=True, party=party, service_id=same)
        hearing.begin(twin, at + further)
    hearing.at = at


def with_their_hours(agenda: Agenda, reading: Reading) -> Reading:
    """The reading, where of two hours the second is a wish of its own, and each name that is told
    with one stands by itself: "half eight for Alfie and nine for Noah"."""
    if twins_of(agenda) is None or hour_of_second(agenda, reading) is None:
        return reading
    whole = [act.value for act in reading.all("give:name") if act.value]
    family = whole[-1].split()[1:] if whole else []
    acts: list[Act] = []
    for act in reading.acts:
        if act.label in OF_TIME and act.times:
            end = max(when.span[1] for when in act.times)
            acts.append(replace(act, text=act.text[: end - act.start], end=end))
            act = replace(act, name="give", kind="party", text=act.text[end - act.start :].strip())
            act = replace(act, start=end, times=(), which=(), value=None, adds="")
        if act.label != "give:party" or act.text:
            acts.append(_named(act, family) if act.label == "give:party" else act)
    second = hour_of_second(agenda, reading)
    own = (
        replace(act, name="give", kind="when", which=(), value=None, corrects=False)
        if act.start == second
        else act
        for act in acts
    )
    return replace(reading, acts=tuple(own))


def _named(act: Act, family: list[str]) -> Act:
    """Whom the hour is for, where the other's whole name is told: "for Alfie", of two Whitakers."""
    words = plain(act.text).split()
    if not family or act.value or len(words) != SEVERAL or words[0] != "for":
        return act
    if words[1] in NOT_NAMES or (given := said_name(words[1])) is None:
        return act
    return replace(act, kind="name", value=" ".join((given, *family)))


def hour_of_second(agenda: Agenda, reading: Reading) -> int | None:
    """Where the hour of the second visit is told, of two hours for two visits alike."""
    if twins_of(agenda) is None:
        return None
    told = [act for act in reading.all(*OF_TIME) if any(s.has_time for s in spans_of(act.times))]
    hours = [span.at for act in told for span in spans_of(act.times)]
    if len(told) != SEVERAL or len(set(hours)) != SEVERAL or None in hours:
        return None
    between = plain(reading.text[told[0].end : told[1].start]).split()
    return None if told[1].corrects and not between or "or" in between else told[1].start


def place_named(hearing: TurnHeard, act: Act) -> int | None:
    """The place of the twin whose name this is: by the order in which the names are told, or by the
    hour or the turn that is told with the only one; None: nothing tells."""
    both = twins_of(hearing.agenda)
    names = [each for each in hearing.reading.all("give:name") if each.value]
    if both is None or act not in names or hearing.agenda.name is None:
        return None
    if len({given_name(each) for each in names}) < len(names):
        return None  # of one person, twice
    if len(names) == SEVERAL:
        in_order = sorted(names, key=lambda each: IN_ORDER.index(each.comes))
        return both[in_order.index(act)]
    if len(names) > SEVERAL:
        return None
    if act.comes:
        return both[act.comes == "after"]
    at = _by_its_hour(hearing)
    return None if at is None else both[at]


def given_name(act: Act) -> str:
    return next(iter(plain(act.value or "").split()), "").removesuffix("s")


def _by_its_hour(hearing: TurnHeard) -> int | None:
    """Whether the only hour told is that of the first, or of the second of them."""
    first = hearing.agenda.in_hand
    hours = {span.at for act in hearing.reading.all(*OF_TIME) for span in spans_of(act.times)}
    if not isinstance(first, Booking) or len(hours) != 1 or None in hours:
        return None
    own = _hour(first, hearing.view)
    return None if own is None else int(own not in hours)


def _hour(booking: Booking, view: View) -> object:
    offer, exact = view.offer(booking.chosen), booking.wanted.exact
    if offer is not None:
        return view.local(offer.start).time()
    return exact.at if exact is not None else None
