"""Who only asks is not pressed to book: the answers end with whether there is anything else."""

from __future__ import annotations

from dataclasses import replace

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.matters.booking import Booking
from voice.dialogue.steps import Ask
from voice.understanding.acts import Reading

SURE_WISH = 0.6
"""Of what says that somebody who only asked wants a visit after all."""
LIKELY = 0.3
"""The same where nothing is asked."""
WISHES = ("want:book", "choose", "give:name", "give:phone")
"""Labels of what somebody says who books; so does a yes, or a time, where nothing is asked."""
LEADING_ON = frozenset("service guess date time choose name phone".split())
"""Questions on the way to a booking: who only asks says no to none of the times or services."""
PRESSING = LEADING_ON | {"confirm", "change", "in_place", "new_instead"}


def as_asking(agenda: Agenda, reading: Reading) -> Agenda:
    """The agenda with whether the caller wants answers alone, by this turn or since one before it;
    who then wishes after all is heard as one who was asked to choose."""
    asks = _only_asks(agenda, reading)
    found = isinstance(agenda.in_hand, Booking) and agenda.in_hand.searched != ""
    goes_on = found and agenda.only_asks and not asks
    asked = "choose" if goes_on and agenda.asked == "anything_else" else agenda.asked
    return agenda.but(only_asks=asks, asked=asked)


def _only_asks(agenda: Agenda, reading: Reading) -> bool:
    asks = reading.first("ask") is not None
    least = SURE_WISH if asks or reading.only_asks else LIKELY
    wishes = [act.start for act in reading.all(*WISHES) if act.confidence >= least]
    if reading.only_asks:
        told = [act.start for act in reading.all("deny", "story", "drop", "social", "ask", "hold")]
        return max(wishes, default=0) <= max(told, default=0)
    agreed = reading.first("affirm") or any(act.times for act in reading.all("give:when"))
    return agenda.only_asks and not wishes and (asks or not agreed)


def without_noes(reading: Reading) -> Reading:
    """With every no as one that only tells something."""
    return replace(
        reading,
        acts=tuple(
            replace(act, name="story", kind="", value=None) if act.name == "deny" else act
            for act in reading.acts
        ),
    )


def is_known(matter: Matter) -> bool:
    """Whether it is a visit of which it is known what and when: who does not book it now may still
    do so."""
    return isinstance(matter, Booking) and bool(matter.service_id and matter.wanted.spans)


def is_pressing(agenda: Agenda, ask: Ask) -> bool:
    """Whether the question would lead somebody on who only asks."""
    visit = agenda.in_hand is None or isinstance(agenda.in_hand, Booking)
    return agenda.only_asks and visit and ask.asked in PRESSING
