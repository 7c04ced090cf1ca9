"""A booking that the caller already has: who is calling, and which booking is meant."""

from __future__ import annotations

from typing import Self

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.known import BookingFact
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.message import passing_on
from voice.dialogue.matters.timed import ANYBODY, TimedMatter
from voice.dialogue.speaking import can_put_through, list_bookings, phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Over, Ran, UseTools, use
from voice.dialogue.view import View
from voice.notice import too_late_to_change
from voice.spoken import sentences
from voice.understanding.acts import Act
from voice.understanding.wishes.wanted import Wanted, spans_of

MOST_LISTED = 3
REFERENCE_SIGNS = 6
TRIES_BEFORE_A_NEW_ONE = 2


class OwnBooking(TimedMatter):
    """What is known of the booking that a caller wants moved, cancelled or told of."""

    reference: str | None = None
    or_else: tuple[str, ...] = ()
    """What else the reference may be, as it was heard."""
    failed: tuple[str, ...] = ()
    """References that did not go with the name; another name may."""
    earlier: tuple[Act, ...] = ()
    """What is not placed yet and was told before this turn, which may put it right."""
    describes: Wanted = Wanted()
    """When it is, as the caller said it."""
    signs: str = ""
    """Of a reference that is being read out and is not complete yet."""
    not_these: tuple[str, ...] = ()
    """References that the caller said it is not."""
    may_be: tuple[str, ...] = ()
    """Services that it may be for, best first."""
    before: Booking | None = None
    """The visit to be booked that the same words were taken for first."""
    new_instead: bool = False
    """Nothing was found: whether a new visit is wanted is to be asked."""
    words: str = ""
    """All that was said of it while it could not be opened, for whoever is to see to it."""
    undecided: bool = False
    """The caller spoke of the booking, and has not said what shall become of it."""

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """What tells which booking it is."""
        own = view.found
        match act.label:
            case "give:reference" if act.value:
                return self._read_out(act.value, again=act.corrects).but(or_else=act.likely)
            case "choose" | "give:booking" | "rule_out:booking":
                return self._pointed_out(act, own)
            case "give:service" | "give:problem" if act.value and self.booking(view) is None:
                return self.but(service_id=act.value)
            case "give:service" | "give:problem" if act.likely and self.booking(view) is None:
                return self.but(may_be=act.likely)
            case "give:provider" if act.value and self.booking(view) is None:
                return self.but(provider_id=act.value)
        return self

    def _read_out(self, signs: str, *, again: bool) -> Self:
        """A reference, in one piece or in several turns; a number that is told twice is an order's
        and whole."""
        if signs == self.signs and signs.isdigit():
            return self.but(reference=signs, signs="")
        if len(signs) >= REFERENCE_SIGNS or again:
            so_far = signs
        else:
            so_far = self.signs + signs
            so_far = so_far if len(so_far) <= REFERENCE_SIGNS else signs
        if len(so_far) < REFERENCE_SIGNS:
            return self.but(signs=so_far)
        return self.but(reference=so_far, signs="")

    def _pointed_out(self, act: Act, own: tuple[BookingFact, ...]) -> Self:
        meant = [own[place].reference for place in act.which if place < len(own)]
        if act.name == "rule_out":
            return self.without(*meant)
        if len(meant) == 1:
            return self.but(reference=meant[0], agreed=self.agreed and meant[0] == self.reference)
        if act.times:
            return self.but(describes=Wanted(spans=spans_of(act.times)))
        return self

    def without(self, *references: str) -> Self:
        """It is none of these."""
        kept = self.but(not_these=(*self.not_these, *references))
        return kept.but(reference=None, agreed=False) if self.reference in references else kept

    def _listed(self, view: View) -> tuple[BookingFact, ...]:
        return tuple(each for each in view.found if each.reference not in self.not_these)

    def booking(self, view: View) -> BookingFact | None:
        """The one that is meant: by reference, by what was said of it, or as the only one."""
        own = self._listed(view)
        if self.reference is not None:
            ways = (view.booking(way) for way in self._ways)
            return next((each for each in ways if each is not None), None)
        fitting = [each for each in own if self._fits(each, view)]
        if len(fitting) == 1:
            return fitting[0]
        return own[0] if len(own) == 1 else None

    def _fits(self, booking: BookingFact, view: View) -> bool:
        start = view.local(booking.start)
        if self.service_id not in (None, booking.service_id):
            return False
        if self.provider_id not in (None, ANYBODY, booking.provider_id):
            return False
        spans = self.describes.spans
        return not spans or any(
            span.on(start.date()) and span.at in (None, start.time()) for span in spans
        )

    def identify(self, agenda: Agenda, view: View, tool: str = "verify_caller") -> Need:
        """Asks for what shows who is calling or which booking it is, and no more than that."""
        own = self._listed(view)
        if own and (self.reference is None or self.booking(view)):
            shown = [each for each in own if self._fits(each, view)] or list(own)
            told = list_bookings(view, agenda, shown[:MOST_LISTED])
            return Ask("which_booking", (Statement(words=told),))
        if self.signs:
            so_far = Statement(words=f"I have {', '.join(self.signs)} so far.")
            return Ask("reference", (so_far,), kind="reference_rest")
        ways = self._ways or self.failed
        if ways and agenda.name and f"{agenda.name}/{ways[0]}" not in agenda.tried:
            return UseTools((use(tool, name=agenda.name, reference=" or ".join(ways)),))
        if self.reference is None and view.call.known_phone is None:
            return Ask("reference")
        if self.new_instead and not agenda.times_asked.get("new_instead"):
            return Ask("new_instead")
        if agenda.name is None or self._try(agenda) in agenda.tried:
            elsewhere = agenda.phone not in (None, view.call.known_phone)
            if agenda.name and elsewhere and self.reference is None:
                return Ask("reference")  # under another number a name alone shows nothing
            tried = any(each.endswith(f"/{self.reference or ''}") for each in agenda.tried)
            return Ask("name", kind="name_instead" if tried else "name_of_booking")
        return UseTools((use(tool, name=agenda.name),))

    @property
    def _ways(self) -> tuple[str, ...]:
        """All that the reference may be, the likeliest first."""
        return () if self.reference is None else (self.reference, *self.or_else)

    def _try(self, agenda: Agenda) -> str:
        """Name and reference, as one try."""
        return f"{agenda.name}/{self.reference or ''}"

    def identified(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """After a proof: on with the matter, or what to try instead."""
        result, ways = ran.result, self._ways or self.failed
        with_it = ways and "reference" in ran.call.arguments
        tried = f"{agenda.name}/{ways[0]}" if with_it else self._try(agenda)
        agenda = agenda.but(tried=(*agenda.tried, tried))
        if result.refused is None:
            if view.found and self.booking(view) is None and self.reference is not None:
                return agenda.with_in_hand(self.but(reference=None, or_else=()))  # misheard
            if view.found:
                return agenda
            told = Statement(words=result.spoken, rank=Rank.ANSWERED)
            return agenda.without_in_hand().owing(told)
        if not result.spoken.endswith("?"):
            told = Statement(words=result.spoken, rank=Rank.ANSWERED)
            return agenda.without_in_hand().but(offers_person=True).owing(told)
        may_be_new = self._may_be_new(agenda)
        again = self.but(reference=None, or_else=(), failed=ways, new_instead=may_be_new)
        words = phrase("none_found") if again.new_instead else sentences(result.spoken)[0]
        return agenda.with_in_hand(again).owing(Statement(words=words, rank=Rank.ANSWERED))

    def _may_be_new(self, agenda: Agenda) -> bool:
        """Whether a new visit may be wanted: none was ever named to us, or two names fit none."""
        if self.kind == "cancel" or self.reference is not None:
            return False
        tried = [each for each in agenda.tried if not each.startswith("order ")]
        return self.undecided or len(tried) >= TRIES_BEFORE_A_NEW_ONE

    def as_new(self) -> Booking:
        """A visit to be booked instead, with all that was said."""
        first = self.before or Booking()
        wanted = next((each for each in (self.wanted, self.describes) if each.spans), first.wanted)
        service_id = self.service_id or first.service_id
        return first.but(
            service_id=service_id,
            likely=() if service_id else self.may_be or first.likely,
            provider_id=self.provider_id or first.provider_id,
            wanted=wanted,
            unplaced=(*self.earlier, *self.unplaced),
        )

    def is_done_with(self, ended: Matter, view: View) -> bool:
        """What was to be changed before a visit was booked was none that has been booked since."""
        if not isinstance(ended, Booking) or self.reference is not None:
            return False
        others = [one for one in view.found if one.reference not in view.booked_here]
        return bool(view.booked_here) and not others and not self.describes.spans

    def too_late(self, booking: BookingFact, view: View) -> Over | None:
        """Why it can no longer be changed."""
        policy = view.business.booking
        why = too_late_to_change(booking.start, now=view.now, policy=policy)
        if why is None:
            return None
        told = Statement(words=why, rank=Rank.ANSWERED)
        return Over((told,), offer_person=True, too_late=booking.reference)

    def changed(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """The end of a change, or why it did not come to that."""
        if ran.result.refused is not None and ran.result.facts.get("offers"):
            return self.taken(ran, agenda, view)
        done = Statement(words=ran.result.spoken, rank=Rank.DONE)
        over = agenda.without_in_hand().but(limits=Wanted()).owing(done)
        if ran.result.refused is not None:
            return over.but(offers_person=True)
        return over.but(changed="cancel" if self.kind == "cancel" else "move")

    def passed_on(self, agenda: Agenda) -> Agenda:
        """With the offer to pass on what was said of it; to cancel it nobody needs to ring."""
        offering = passing_on(agenda, self.words)
        offered = offering.in_hand
        if offered is None or offering is agenda or self.kind != "cancel":
            return offering
        return offering.with_in_hand(offered.but(call_back=""))

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no to what was asked of a booking that the caller has."""
        if agenda.asked == "reference" and self.reference is None:
            told = "Without the reference I can't open an appointment from here."
            statement = Statement(words=told, rank=Rank.ANSWERED)
            over = agenda.without_in_hand().but(unopened=self.but(signs=""))
            if can_put_through(agenda, view):
                return over.but(offers_person=True).owing(statement)
            return self.passed_on(over).owing(statement)
        if agenda.asked == "name" and agenda.tried:
            statement = Statement(words="Then I can't open it from here.", rank=Rank.ANSWERED)
            return agenda.without_in_hand().but(offers_person=True).owing(statement)
        return None
