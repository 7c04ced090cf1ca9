"""A matter that ends in a slot: what is wanted, what was looked for, what was chosen of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Self

from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.known import OfferedFact
from voice.dialogue.speaking import (
    offers_again,
)
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Ran, ToolCall, UseTools, use
from voice.dialogue.view import View
from voice.spoken import sentences
from voice.understanding.acts import Act
from voice.understanding.wishes.joining import Frame, joined
from voice.understanding.wishes.wanted import ANY_TIME, Span, Wanted, note

ABOUT_TIME = frozenset({"give:when", "rule_out:when", "more", "ask:times"})
ANYBODY = "any"
DECLINED = "declined"
"""In the place of what was looked for last: a no to all that was found."""
CONFIRMING = ("confirm", "confirm_move")


class TimedMatter(Matter):
    """A matter that ends in a slot: what is wanted, what was looked for, what was chosen."""

    service_id: str | None = None
    provider_id: str | None = None
    """`any`: the caller does not mind."""
    not_with: tuple[str, ...] = ()
    """Providers whom the caller does not want."""
    wanted: Wanted = Wanted()
    searched: str = ""
    """What was looked for last, so that it is not looked for again."""
    chosen: str | None = None
    """An offer id; no longer a choice once that offer is none."""
    read_out: str = ""
    """What was said of the times found last, so that it is not said again in the same words."""
    unplaced: tuple[Act, ...] = ()
    """What was said of its time before it was known what the time counts from."""

    def timed(self, acts: tuple[Act, ...], before: Wanted, agenda: Agenda, view: View) -> Self:
        """The matter with what one turn says of its time joined to what was wanted before."""
        before = before if before != Wanted() else agenda.limits
        wanted = joined(before, acts, self.frame(view))
        if acts[-1].name == "ask" and not wanted.spans:
            wanted = Wanted(spans=(whenever(view),))
        offer = self._on_the_table(wanted, agenda, view)
        if offer is not None:
            same = offer.offer_id == self.chosen
            return self.but(wanted=wanted, chosen=offer.offer_id, agreed=self.agreed and same)
        if acts[-1].name == "give" and self._still_fits(wanted, view):
            return self.but(wanted=wanted)
        if acts[-1].name == "rule_out" and acts[-1].times and self._stands(wanted, view):
            return self.but(wanted=wanted)
        more = any(act.name == "more" for act in acts)
        insists = acts[-1].name != "ask" and agenda.asked in ("choose", *CONFIRMING)
        if wanted == self.wanted and not insists and self.searched != DECLINED:
            return self
        if wanted == self.wanted and not more:  # said once more: nothing of it is ruled out
            wanted = wanted.kept.model_copy(update={"spans": wanted.spans, "order": wanted.order})
        return self.but(wanted=wanted, chosen=None, searched="", agreed=False)

    def frame(self, view: View) -> Frame:
        """What a time said now leans on: the start under discussion, and what was offered."""
        offers = (view.offer(self.chosen),) if view.offer(self.chosen) else view.offers
        starts = tuple(view.local(each.start) for each in offers if each is not None)
        anchor = starts[0] if len(starts) == 1 else None
        return Frame(today=view.today, anchor=anchor, offered=starts)

    def _still_fits(self, wanted: Wanted, view: View) -> bool:
        """Whether what was chosen is among what a wider wish leaves: "eight; I must be gone by
        ten"."""
        offer = view.offer(self.chosen)
        if offer is None or wanted.order or any(span.at is not None for span in wanted.spans):
            return False
        start, end = view.local(offer.start), view.local(offer.end)
        return wanted.fits(start, end)

    def _stands(self, wanted: Wanted, view: View) -> bool:
        """Whether what was chosen is none of what is ruled out: "half ten's better, I'm not one
        for early mornings"."""
        offer = view.offer(self.chosen)
        if offer is None or wanted.spans != self.wanted.spans:
            return False
        start, end = view.local(offer.start), view.local(offer.end)
        return not any(span.holds(start, end) for span in wanted.excluded)

    def _on_the_table(self, wanted: Wanted, agenda: Agenda, view: View) -> OfferedFact | None:
        """The offer whose very time is wanted, so that it stays with whom it was."""
        exact = wanted.exact
        if agenda.asked not in ("choose", *CONFIRMING):
            return None
        if exact is None:
            return self._only_one_at(wanted, view)
        whom = (None, ANYBODY)
        for offer in view.offers:
            start = view.local(offer.start)
            theirs = self.provider_id in whom or self.provider_id == offer.provider_id
            same = offer.service_id == self.service_id or self.kind != "book"
            if (start.date(), start.time()) == (exact.day, exact.at) and theirs and same:
                return offer
        return None

    def _only_one_at(self, wanted: Wanted, view: View) -> OfferedFact | None:
        """The only offer at any of the hours wanted, on the days wanted."""
        spans = [span for span in wanted.spans if span.at is not None]
        fitting = [
            offer
            for offer in view.offers
            for span in spans
            if span.at == view.local(offer.start).time()
            and (not span.has_day or span.on(view.local(offer.start).date()))
        ]
        return fitting[0] if spans and len(fitting) == 1 else None

    def choosing(self, act: Act, view: View) -> Self:
        """The matter after one of the offers was picked."""
        if len(act.which) == 1 and act.which[0] < len(view.offers):
            if not _may_be_at(act, view.local(view.offers[act.which[0]].start)):
                return self
            return self.but(chosen=view.offers[act.which[0]].offer_id, agreed=False)
        if len(view.offers) == 1 and not act.times:
            return self.but(chosen=view.offers[0].offer_id, agreed=False)
        return self

    def with_person(self, act: Act, view: View) -> Self:
        """With somebody who is wanted: what was chosen stays, where it is theirs."""
        if act.value is None:
            return self
        offer = view.offer(self.chosen)
        if act.value == ANYBODY or offer is not None and offer.provider_id == act.value:
            return self.but(provider_id=act.value)
        changed = self.but(provider_id=act.value, searched="", agreed=False)
        return changed if offer is None else changed.gone(offer, view)

    def without_person(self, provider_id: str, view: View) -> Self:
        """With one of the others who do it."""
        not_with, offer = (*self.not_with, provider_id), view.offer(self.chosen)
        people = (
            who for who in view.business.providers if self.service_id in (None, *who.services)
        )
        left = next((who.id for who in people if who.id not in not_with), None)
        rid = self.but(not_with=not_with, provider_id=left, searched="", agreed=False)
        return rid if offer is None or offer.provider_id != provider_id else rid.but(chosen=None)

    def look(self, agenda: Agenda, view: View) -> Need:
        """Looks for times, or asks what is missing to look, or for a choice of what was found."""
        looked = self.searched == self.search()
        if looked and view.offers:
            answered = any(each.rank is Rank.ANSWERED for each in agenda.owed)
            silent = agenda.asked != "choose" or agenda.news or answered
            again = offers_again(view, agenda.rounds)
            return self._which(view, () if silent else (Statement(words=again),))
        if self.searched == DECLINED:
            return Ask("date", kind="date_after_no")
        if looked or not self.wanted.spans:
            return Ask("date")
        if not self.wanted.has_day:
            return Ask("time")
        return UseTools((self.looking(),))

    def _which(self, view: View, before: tuple[Statement, ...] = ()) -> Ask:
        one = len(view.offers) == 1
        return Ask("choose", before, kind="choose_one" if one else None)

    def looking(self) -> ToolCall:
        """The search for its times."""
        return use(
            "check_availability",
            service=self.service_id,
            when=note(self.wanted.within_limits) or None,
            provider=None if self.provider_id == ANYBODY else self.provider_id,
            order=self.wanted.order or "nearest",
        )

    def search(self) -> str:
        """What tells one search from another."""
        whom = self.provider_id or ANYBODY
        return f"{self.service_id}|{whom}|{note(self.wanted)}|{self.wanted.order or ''}"

    def found(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """After a search: the offers are told, or the very time asked for is chosen."""
        result = ran.result
        if result.refused is not None:
            return self._not_looked(ran, agenda)
        words = result.spoken
        if words == self.read_out and view.offers:
            again = offers_again(view, agenda.times_asked.get("choose", 1))
            words = " ".join((*sentences(words)[:-1], again))  # the reason stays
        told = Statement(
            words=words, offers=tuple(one for each in view.offers for one in each.offer_ids)
        )
        found = self.but(searched=self.search(), chosen=None, read_out=result.spoken)
        if len(view.offers) == 1 and any(self._is(span, view) for span in self.wanted.spans):
            found = found.but(chosen=view.offers[0].offer_id)
        return agenda.with_in_hand(found).owing(told)

    def _is(self, span: Span, view: View) -> bool:
        start = view.local(view.offers[0].start)
        return (span.day, span.at) == (start.date(), start.time())

    def _not_looked(self, ran: Ran, agenda: Agenda) -> Agenda:
        """A refusal before any look: something has to be said again."""
        result = ran.result
        if result.refused == "unknown_provider":
            matter = self.but(provider_id=None, searched="")
        elif result.refused == "ambiguous":
            days = (span.on_days_of(ANY_TIME) for span in self.wanted.spans if span.has_time)
            wanted = self.wanted.model_copy(update={"spans": tuple(dict.fromkeys(days))})
            matter = self.but(wanted=wanted, searched="")
        else:
            matter = self.but(wanted=self.wanted.kept, searched="")
        agenda = agenda.with_in_hand(matter)
        return agenda.owing(Statement(words=result.spoken))

    def taken(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        """The slot was refused: why, and what there is instead."""
        result = ran.result
        again = self.but(chosen=None, agreed=False)
        if result.facts.get("offers"):
            again = again.but(searched=again.search())
        else:
            again = again.but(searched="", wanted=self.wanted.kept)
        told = Statement(words=result.spoken, rank=Rank.DONE)
        return agenda.with_in_hand(again).owing(told)

    def declined(self, view: View) -> Self:
        """What was offered is not wanted; when else it should be is the caller's to say."""
        wanted = joined(self.wanted, Act("more"), self.frame(view))
        return self.but(chosen=None, wanted=wanted, searched=DECLINED)

    def gone(self, offer: OfferedFact, view: View) -> Self:
        """What was chosen has gone meanwhile: its time is looked for once more, so that the caller
        hears how it is with it and what there is instead."""
        start = view.local(offer.start)
        at = Span(first=start.date(), last=start.date(), at=start.time())
        wanted = self.wanted.model_copy(update={"spans": (at,), "order": None})
        return self.but(wanted=wanted, chosen=None, searched="", agreed=False)


def whenever(view: View) -> Span:
    """All the days there are, where it is only asked what there is."""
    return Span(first=view.today)


def _may_be_at(act: Act, start: datetime) -> bool:
    """Whether the minutes that were told beside a choice, if any, are those of the start, by the
    hands of the clock; a bare hour may stand for its half, but none for another."""
    told = (each for when in act.times for each in (when, *when.candidates))
    values = [each.value for each in told if isinstance(each.value, time | datetime)]
    hands = {(value.hour % 12, value.minute) for value in values if value.minute}
    hours = {value.hour % 12 for value in values if isinstance(value, datetime)}
    if hours and start.hour % 12 not in hours:
        return False
    return not hands or (start.hour % 12, start.minute) in hands
