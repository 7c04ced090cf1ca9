"""A booking to be moved: which one, to when, and a yes to both."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Self

from voice.dialogue.agenda import Agenda
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.own_booking import OwnBooking
from voice.dialogue.matters.timed import ANYBODY, whenever
from voice.dialogue.speaking import a_visit, named_visit, read_back_move, say_at
from voice.dialogue.statements import Statement
from voice.dialogue.steps import Ask, Need, Ran, UseTools, use
from voice.dialogue.view import View
from voice.spoken import sentences
from voice.understanding.acts import Act, Unsuited
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import Span, Wanted, spans_of

ASKING_WHEN = ("date", "time", "choose", "confirm_move")
"""After these questions every time said is a new one."""


class Moving(OwnBooking):
    """The facts of a move."""

    kind: Literal["move"] = "move"
    off: Unsuited = ""
    """How it does not suit any more."""
    whoever: bool = True
    """Nobody was named to come to: whom it is with is asked for first."""

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Which booking, and the new time."""
        if act.label == "choose" and agenda.asked in ("choose", "confirm_move"):
            picked = self.choosing(act, view)
            if picked is self and act.times:
                return self.timed((act,), self.wanted, agenda, view)
            return picked
        if act.label == "give:provider" and self.booking(view) is not None:
            return self.but(whoever=False).with_person(act, view)
        if act.label == "rule_out:provider" and act.value and self.chosen:
            return self.but(whoever=False).without_person(act.value, view)
        return super().take(act, agenda, view)

    def timed(self, acts: tuple[Act, ...], before: Wanted, agenda: Agenda, view: View) -> Self:
        """The new time, once it is known of which booking."""
        if agenda.asked == "which_booking":
            return self.but(describes=Wanted(spans=spans_of(acts[-1].times)))
        booking = self.booking(view)
        if booking is None:
            earlier = (*self.earlier, *self.unplaced) if len(acts) == 1 else self.earlier
            return self.but(earlier=earlier, unplaced=acts)
        beyond = wishes_beyond(acts, booking, view)
        if not beyond and self.chosen and not self._offers_its_day(booking, view):
            return self  # "the second one, and take me off this Thursday"
        if agenda.asked not in ASKING_WHEN or beyond and not self._offers_its_day(booking, view):
            acts = beyond
        return super().timed(acts, before, agenda, view) if acts else self

    def _offers_its_day(self, booking: BookingFact, view: View) -> bool:
        day = view.local(booking.start).date()
        return any(view.local(each.start).date() == day for each in view.offers)

    def frame(self, view: View) -> Frame:
        """Before anything was wished for or offered a time leans on the booking as it is."""
        frame, booking = super().frame(view), self.booking(view)
        if booking is None:
            return frame
        was = view.local(booking.start)
        wished = self.wanted.spans not in ((), (whenever(view),))
        anchor = frame.anchor if frame.offered or wished else was
        return Frame(today=frame.today, anchor=anchor, offered=frame.offered, was=was)

    def settled(self, agenda: Agenda, view: View) -> tuple[Self, tuple[Statement, ...]]:
        """The booking and the new time, once it is known from what the new time counts."""
        booking = self.booking(view)
        if booking is None:
            return self, ()
        matter = self.but(reference=booking.reference, service_id=booking.service_id)
        beyond = wishes_beyond((*self.earlier, *self.unplaced), booking, view)
        for told in (self.earlier, self.unplaced):
            if wishes := [act for act in told if act in beyond]:
                wish = joined(matter.wanted, wishes, matter.frame(view))
                matter = matter.but(wanted=wish, searched="")
        whom = self.provider_id or booking.provider_id
        whom = whom if view.person(whom) else ANYBODY
        matter = matter.but(earlier=(), unplaced=(), provider_id=whom)
        matter = matter.but(wanted=_away(matter.wanted, matter.off, booking, view))
        return matter.but(undecided=matter.undecided and not matter.wanted.spans), ()

    def found(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Where whoever it is with has no such time, and nobody was named, others may."""
        found, booking = super().found(ran, agenda, view), self.booking(view)
        anybody = self.but(provider_id=ANYBODY, searched="")
        if ran.result.refused == "unknown_provider":  # asked again it would be refused again
            return found.with_in_hand(anybody)
        times = [(view.local(each.start), view.local(each.end)) for each in view.offers]
        if not self.whoever or booking is None or self.provider_id != booking.provider_id:
            return found
        if ran.result.refused is not None or any(self.wanted.fits(*each) for each in times):
            return found
        why = sentences(ran.result.spoken)[:-1]
        return agenda.with_in_hand(anybody).owing(*(Statement(words=each) for each in why))

    def need(self, agenda: Agenda, view: View) -> Need:
        """Which booking, when, and whether both are right."""
        booking = self.booking(view)
        if booking is None:
            return self.identify(agenda, view)
        offer = view.offer(self.chosen)
        late = self.too_late(booking, view)
        if late is not None and offer is None:
            return late
        if self.undecided:
            told = Statement(words=f"I have you down for {a_visit(view, booking)}.")
            return Ask("move_or_cancel", (told,))
        if offer is None:
            need = self.look(agenda, view)
            if isinstance(need, Ask) and need.asked == "date":
                words = f"That's {named_visit(view, agenda, booking)}."
                before = () if self.searched else (Statement(words=words),)
                return Ask("date", before, kind="date_to_move")
            return need
        if not self.agreed:
            words = read_back_move(view, agenda, booking, offer)
            told = Statement(words=words, offers=(offer.offer_id,))
            to = say_at(view, offer.start, full=True)
            return Ask("confirm_move", (told,), values={"what": to})
        call = use("reschedule_appointment", reference=self.reference, offer_id=self.chosen)
        return UseTools((call,))

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Who is calling, what is free, or the end of it."""
        match ran.call.name:
            case "verify_caller":
                return self.identified(ran, agenda, view)
            case "check_availability":
                return self.found(ran, agenda, view)
            case "reschedule_appointment":
                return self.changed(ran, agenda, view)
        return agenda

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no to a new time keeps the old one until there is another."""
        if agenda.asked in ("choose", "confirm_move"):
            return agenda.with_in_hand(self.declined(view))
        return super().refused(agenda, view)

    def left(self, view: View) -> str:
        """It is where it was."""
        return "stays"


def _away(wanted: Wanted, off: Unsuited, booking: BookingFact, view: View) -> Wanted:
    """The wish without what does not suit of the booking: its day, where that was said or only
    other days are wished for, else its time, with all before one that is too early; who only asks
    what there is hears of the days from there on, or of that day."""
    start = view.local(booking.start)
    day, at = start.date(), start.time()
    that_day, spans = Span(first=day, last=day), wanted.spans
    if spans == (whenever(view),):
        spans = (that_day,) if off in ("early", "late") else (Span(first=day),)
    if off not in ("", "day"):
        spans = tuple(span if span.has_day else span.on_days_of(that_day) for span in spans)
    elsewhere = bool(spans) and all(span.has_day and not span.on(day) for span in spans)
    out = that_day.model_copy(update={"at": at})
    if elsewhere or off == "day" and all(span.day != day for span in spans):
        out = that_day
    elif off == "early":
        out = that_day.model_copy(update={"before": (start + timedelta(minutes=1)).time()})
    elif off == "late":
        out = that_day.model_copy(update={"after": at})
    excluded = tuple(dict.fromkeys((*wanted.excluded, out))) if spans else wanted.excluded
    return wanted.model_copy(update={"spans": spans, "excluded": excluded})


def wishes_beyond(acts: tuple[Act, ...], booking: BookingFact, view: View) -> tuple[Act, ...]:
    """Of what was said of times that which does not only tell when the booking is: its day, and
    its hour beside its day; "the Thursday after that" counts from it."""
    start = view.local(booking.start)
    frame = Frame(today=view.today, anchor=start, was=start)
    spans = [_counted(spans_of(act.times), act, frame) for act in acts]
    days = [_tell_the_day_of(one, start) for one in spans]
    hours = [bool(one) and all(_is_hour_of(span, start) for span in one) for one in spans]
    return tuple(
        act
        for act, day, hour in zip(acts, days, hours, strict=True)
        if not day and not (hour and any(days))
    )


def _counted(spans: tuple[Span, ...], act: Act, frame: Frame) -> tuple[Span, ...]:
    """What a time that seems to tell the day of the booking is, where it is counted from it."""
    seems = frame.was is not None and _tell_the_day_of(spans, frame.was)
    return joined(Wanted(), act, frame).spans if seems else spans


def tells_of(wanted: Wanted, booking: BookingFact, view: View) -> bool:
    """Whether a wish for a visit names the very day of that booking, and no other hour."""
    return _tell_the_day_of(wanted.spans, view.local(booking.start))


def _tell_the_day_of(spans: tuple[Span, ...], start: datetime) -> bool:
    """The day itself, with its hour or none; "December, December the seventh" does."""
    if not any(span.day == start.date() for span in spans):
        return False
    return all(
        span.on(start.date()) and (span.at == start.time() if span.at else not span.has_time)
        for span in spans
    )


def _is_hour_of(span: Span, start: datetime) -> bool:
    return not span.has_day and span.at == start.time()
