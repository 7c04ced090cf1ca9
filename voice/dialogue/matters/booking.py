"""A visit to be booked: service, day and time, a choice, name and number, read-back, booking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, Self

from voice.dialogue.agenda import MISNAMED, Agenda, Matter
from voice.dialogue.customer_names import fuller_name
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.matters.timed import ANYBODY, TimedMatter
from voice.dialogue.reaching import ask_phone, is_reachable
from voice.dialogue.speaking import (
    a_service,
    list_people,
    list_services,
    phrase,
    read_back,
    service_words,
    visit_words,
)
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Ran, UseTools, use
from voice.dialogue.view import View
from voice.spoken import list_of, say_number, say_time
from voice.understanding.acts import Act
from voice.understanding.names.parties import ME, SOMEBODY, is_kin, is_person, people_in
from voice.understanding.names.said_names import said_name
from voice.understanding.services.whom import whom_told
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import Span, Wanted
from voice.understanding.words import plain

MOST_GUESSES = 3


class Booking(TimedMatter):
    """The facts of a visit that is to be booked."""

    kind: Literal["book", "pair"] = "book"
    likely: tuple[str, ...] = ()
    """Services that the caller may mean, best first; they are asked back."""
    party: str = ""
    """Whom or what it is for, in the caller's words."""
    name: str | None = None
    """Of the customer, where that is not the caller."""
    twin: bool = False
    """The same service again, for another of the party."""
    beside: bool = False
    """Wanted in one breath with the one before: so near it in time, if nothing else was said."""
    behind: str | None = None
    """The reference of the visit that it comes after, once that is there."""
    told: bool = False
    """The caller heard that it comes after the one before."""
    at_once: bool = False
    """Said to be at the same time as the visit behind it, or as the one booked before it."""
    in_place: bool = False
    """Wanted in the place of a visit that was to go first, whose time is free a turn later."""

    @property
    def services(self) -> tuple[str, ...]:
        """What it is for; of a pair both."""
        return () if self.service_id is None else (self.service_id,)

    @property
    def own(self) -> bool:
        """Whether it is for the caller, as far as was said."""
        return ME in self.whom or not (self.party or self.name or self.twin)

    def whose(self, view: View) -> str:
        """`your haircut`, or `the haircut for Luke Hall` of somebody else."""
        what, own = service_words(view, self.service_id), self.own
        if self.name and not own:
            return f"the {what} for {self.name}"
        return f"{'your' if own and not self._is_for_a_child(view) else 'the'} {what}"

    def _is_for_a_child(self, view: View) -> bool:
        """Whether the service is made for children, who do not ring themselves."""
        return whom_told(service_words(view, self.service_id)) == "a child"

    @property
    def whom(self) -> frozenset[str]:
        """Words for whom it is for."""
        return whom_of(self.party, self.name, twin=self.twin)

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        """Details, wishes about time, and a choice."""
        match act.label:
            case "give:service" | "give:problem":
                only = act.likely[0] if len(act.likely) == 1 else None
                if agenda.asked == "guess" and only not in agenda.not_meant:
                    act = replace(act, value=act.value or only)  # asked back once already
                return self._of_service(act, agenda, view)
            case "rule_out:service" if act.value:
                return self._not_for(act.value)
            case "give:provider":
                return self.with_person(act, view)
            case "rule_out:provider" if act.value:
                return self.without_person(act.value, view)
            case "give:party":
                return self._of_party(act)
            case "choose" | "give:booking" if agenda.asked in ("choose", "confirm", "name"):
                picked = self.choosing(act, view)
                if picked is self and act.times:
                    return self.timed((act,), self.wanted, agenda, view)
                return picked
        return self

    def _of_party(self, act: Act) -> Self:
        """For whom it is; a yes was to a visit for that very one."""
        counts = act.count > 1 or not (act.value or people_in(act.text))
        if plain(act.text).split()[:1] == ["not"] or self.party and counts:
            return self  # of how many it is one says nothing new of whom it is for
        own = people_in(act.text) == {ME}
        name = None if own else fuller_name(self.name, self._named(act))
        told = self.but(party=act.text, name=name)
        return told.but(agreed=self.agreed and name == self.name and not is_for_another(self, told))

    def _named(self, act: Act) -> str | None:
        """The name of whom it is for; who is known to be somebody's son is no pet."""
        if act.value or not (self.whom and is_person(self.whom)):
            return act.value
        told = people_in(act.text) - self.whom - {SOMEBODY}
        return None if is_kin(told) else said_name(" ".join(told))

    def _not_for(self, service_id: str) -> Self:
        """It is none of that service, and is not guessed to be so again."""
        likely = tuple(each for each in self.likely if each != service_id)
        denied = self.but(likely=likely)
        if service_id != self.service_id:
            return denied
        return denied.but(service_id=None, chosen=None, searched="", read_out="", agreed=False)

    def _of_service(self, act: Act, agenda: Agenda, view: View) -> Self:
        if act.value == self.service_id and act.value:
            return self
        if act.value is None:
            if self.service_id is not None and not act.corrects or self.service_id in act.likely:
                return self
            likely = tuple(each for each in act.likely if each not in agenda.not_meant)
            return self.but(service_id=None, likely=likely, searched="")
        changed = self.but(service_id=act.value, likely=(), searched="", read_out="", agreed=False)
        offer = view.offer(self.chosen)
        if offer is None:
            return changed
        return changed.gone(offer, view).but(provider_id=offer.provider_id)

    def settled(self, agenda: Agenda, view: View) -> tuple[Self, tuple[Statement, ...]]:
        """A business with one service needs no naming of it; a person who does not perform the
        service is not asked for, and the caller hears it."""
        services = view.business.services
        matter = self._placed(view) if self.unplaced else self
        if matter.service_id is None and not matter.likely:
            only = services[0].id if len(services) == 1 else matter._of_the_one_given_up(view)
            matter = matter.but(service_id=only)
        if matter.service_id is None or matter.provider_id in (None, ANYBODY):
            return matter, ()
        performers = (who for who in view.business.providers if matter.service_id in who.services)
        if any(who.id == matter.provider_id for who in performers):
            return matter, ()
        who, what = view.person(matter.provider_id), service_words(view, matter.service_id)
        others = list_people(view, matter.service_id)
        told = f"{who} doesn't do that; for {what} you can see {others}."
        return matter.but(provider_id=None, searched=""), (Statement(words=told),)

    def _placed(self, view: View) -> Self:
        """With what was said of its time while another visit was in hand."""
        matter = self.but(unplaced=())
        last = view.last_booked or view.given_up
        start = (view.local(last.start),) if last else ()
        frame = Frame(today=view.today, anchor=start[0] if start else None, offered=start)
        return matter.but(wanted=joined(matter.wanted, self.unplaced, frame), searched="")

    def next_to(self, last: BookingFact, view: View) -> Self:
        """As near behind that visit as can be, or at its time, unless another was said of it."""
        own, end = self._placed(view) if self.unplaced else self, view.local(last.end)
        untold = any(not (act.times or act.order) for act in self.unplaced)
        other = not all(span.holds(end, end) for span in own.wanted.spans)
        if other or own.wanted.order == "latest" or untold and not own.wanted.spans:
            return self
        wanted = after(last, view).model_copy(update={"excluded": own.wanted.excluded})
        if self.at_once:
            start = view.local(last.start)
            day, at = start.date(), start.time()
            wanted = Wanted(spans=(Span(first=day, last=day, at=at),))
        own = own.but(wanted=wanted, behind=last.reference)
        return own.but(chosen=None, searched="", agreed=False)

    def _of_the_one_given_up(self, view: View) -> str | None:
        """What the visit was for whose very time is wanted, where it was cancelled in this call."""
        gone, exact = view.given_up, self.wanted.exact
        if gone is None or exact is None:
            return None
        start = view.local(gone.start)
        return gone.service_id if (exact.day, exact.at) == (start.date(), start.time()) else None

    def need(self, agenda: Agenda, view: View) -> Need:
        """In the order in which a receptionist asks."""
        if self.service_id is None:
            return self._which_service(agenda, view)
        offer = view.offer(self.chosen)
        if self._waits_for_its_time(view) and not agenda.times_asked.get("in_place"):
            return Ask("in_place", values={"what": service_words(view, self.service_id)})
        if offer is None:
            return self.look(agenda, view)
        name = self.name or agenda.name
        if name is None:
            return Ask("name", kind="name_of_another" if view.last_booked else None)
        if not is_reachable(agenda, view):
            return ask_phone(agenda, view)
        if not self.agreed:
            if agenda.misnamed == MISNAMED and agenda.asked != "name":  # once
                return Ask("name", kind="name_in_words")
            values = {"what": visit_words(view, offer)}
            if self._follows(offer, view):
                values = {**values, "next": self._next_to_it(offer, view)}
                return Ask("confirm", kind="confirm_too", values=values)
            whose = "your" if self.own and not self._is_for_a_child(view) else "the"
            words = read_back(view, offer, name=name, phone=agenda.phone, whose=whose)
            told = Statement(words=words + self.and_then(agenda, view), offers=(offer.offer_id,))
            return Ask("confirm", (told,), values=values)
        return UseTools(
            (use("book_appointment", offer_id=self.chosen, name=name, phone=agenda.phone),)
        )

    def _waits_for_its_time(self, view: View) -> bool:
        """Whether it may be wanted at the time of the visit that has just been cancelled for it."""
        gone = view.given_up
        if not self.in_place or self.searched or gone is None:
            return False
        return any(span.on(view.local(gone.start).date()) for span in self.wanted.spans)

    def _follows(self, offer: OfferedFact, view: View) -> bool:
        """Whether this time comes after the visit just booked, or moved, as was wanted."""
        last = view.booking(self.behind) or view.last_booked
        if last is None or not self.beside or self.wanted.spans != after(last, view).spans:
            return False
        return (
            offer.start >= last.end and self.wanted.spans[0].day == view.local(offer.start).date()
        )

    def _next_to_it(self, offer: OfferedFact, view: View) -> str:
        """Only what is new of it: the day and the number are those of the visit before it."""
        at = say_time(view.local(offer.start), view.business.country)
        who = view.person(offer.provider_id)
        return f"{at} with {who} for {self.whose(view)}"

    def and_then(self, agenda: Agenda, view: View) -> str:
        """That the next visit is not forgotten, said where this one is read back."""
        further = next((one for one in agenda.matters[1:] if isinstance(one, Booking)), None)
        if further is None or not further.beside:
            return ""
        return f" {then_words(view, self, further)}"

    def _which_service(self, agenda: Agenda, view: View) -> Ask:
        likely = self.likely[:MOST_GUESSES] if agenda.may_guess else ()
        names = [a_service(view, each) for each in likely]
        if len(names) == 1:
            return Ask("guess", values={"service": names[0]})
        if names:
            return Ask("guess", kind="guess_two", values={"services": list_of(names, "or")})
        asked_before = {"service", "guess"} & set(agenda.times_asked)
        answered = any(each.rank is Rank.ANSWERED for each in agenda.owed)
        silent = not asked_before or agenda.listed or answered
        listed = Statement(words=list_services(view, self.likely), lists=True)
        return Ask("service", () if silent else (listed,))

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Offers, or the end of it."""
        if ran.call.name == "check_availability":
            return self.found(ran, agenda, view)
        if ran.call.name != "book_appointment":
            return agenda
        if ran.result.refused == "invalid" and agenda.phone:
            told = Statement(words=ran.result.spoken)
            return agenda.with_in_hand(self.but(agreed=False)).but(phone=None).owing(told)
        if ran.result.refused is not None:
            return self.taken(ran, agenda, view)
        done = Statement(words=ran.result.spoken, rank=Rank.DONE)
        return agenda.without_in_hand().but(whom="", limits=Wanted()).owing(done)

    def accepted(self, agenda: Agenda, view: View) -> Agenda | None:
        """A yes to whether it is looked for now."""
        return agenda.but(asked=None) if agenda.asked == "in_place" else None

    def found(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """Of a visit that comes after another: the next time there is needs no choosing."""
        if ran.result.refused is None and len(view.offers) == 1:
            [offer] = view.offers
            if self._follows(offer, view):
                found = self.but(searched=self.search(), chosen=offer.offer_id)
                return agenda.with_in_hand(found)
        return super().found(ran, agenda, view)

    def refused(self, agenda: Agenda, view: View) -> Agenda | None:
        """A no to what was asked for a booking."""
        match agenda.asked:
            case "guess":
                return self.without_guess(agenda)
            case "service" if not self.wanted.spans:
                return agenda.without_in_hand()
            case "in_place":
                return agenda.without_in_hand()
            case "date" if self.beside and view.booked_here:
                told = Statement(words=phrase("nothing_more"), rank=Rank.DONE)
                return agenda.without_in_hand().owing(told)
            case "phone":
                return agenda.but(phone_declined=True, phone_digits="")
            case "choose":
                return agenda.with_in_hand(self.declined(view))
            case "confirm" if (offer := view.offer(self.chosen)) and self._follows(offer, view):
                again = self.but(chosen=None, wanted=Wanted(), searched="")
                return agenda.with_in_hand(again)
            case "confirm":
                return agenda.but(asked="change")
        return None

    def without_guess(self, agenda: Agenda) -> Agenda:
        """None of the services that it was thought to be for."""
        agenda = agenda.but(not_meant=tuple(dict.fromkeys((*agenda.not_meant, *self.likely))))
        return agenda.with_in_hand(self.but(likely=()))

    def is_done_with(self, ended: Matter, view: View) -> bool:
        """A further visit that says nothing of its own was the one that has just been booked, and
        so was one of which only the name is told under which that is."""
        last = view.last_booked
        if (
            not isinstance(ended, Booking)
            or last is None
            or not self.beside
            or self.twin
            or self.likely
        ):
            return False
        if (self.party or self.name) and (self.service_id or self.likely or self.wanted.spans):
            return False
        if self.name and self.name != last.customer or self.party and not self.name:
            return False
        done = {one.service_id for one in view.found if one.reference in view.booked_here}
        return self.service_id is None or self.service_id in done

    def left(self, view: View) -> str:
        """Nothing of it is in the store; of what never came to an offer nothing is said."""
        if self.chosen is None and not self.searched:
            return ""
        return "nothing_more" if view.booked_here else "nothing_booked"


def is_for_another(before: Booking, after: Booking) -> bool:
    """Whether it is for somebody else than before, and not only told who that is to the caller."""
    if before.party == after.party or not before.whom or not after.whom & people_in(after.party):
        return False
    kin = before.name is not None and ME not in before.whom and is_kin(people_in(after.party))
    return before.whom.isdisjoint(after.whom) and not kin


def whom_of(party: str, name: str | None, *, twin: bool = False) -> frozenset[str]:
    """Words for whom a visit is for; nobody is told of yet where it is one of several alike."""
    said = people_in(party) | people_in((name or "").split(" ")[0])
    return said or frozenset(() if party or twin else (ME,))


def after(last: BookingFact, view: View) -> Wanted:
    """The soonest of the hours after a visit that may count as the same errand."""
    end = view.local(last.end)
    until = datetime.combine(end.date(), end.time()).replace(hour=min(23, end.hour + 3))
    return Wanted(
        spans=(Span(first=end.date(), last=end.date(), after=end.time(), before=until.time()),),
        order="soonest",
    )


def order_words(view: View, first: Booking, further: Sequence[Booking]) -> str:
    """In which order several visits are seen to."""
    services = [service_words(view, one.service_id) for one in (first, *further)]
    if len(set(services)) == 1:
        return f"That's {say_number(len(services))}, one after the other."
    return f"The {services[0]} first, {', '.join(f'then the {each}' for each in services[1:])}."


def then_words(view: View, first: Booking, further: Booking) -> str:
    """That another visit comes behind the first one."""
    if further.service_id in (None, first.service_id):
        whom = f"{further.name}'s" if further.name else "the other one"
        return f"Then comes {whom}."
    return f"Then comes {further.whose(view)}."
