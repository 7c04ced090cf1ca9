"""False claims: what a caller was told that the store does not bear out.

This reads our sentences by its own means and asks the store's bookings and offers; the check that
our own sentences pass before they leave has no part in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehearsal.hearing import DENIED, Done, done_in, read_times, split_sentences
from scheduling.business import Business
from scheduling.values import Booking

ASKS_BACK = re.compile(r"^(?:do|did) you mean\b|^which\b", re.IGNORECASE)
SOMEBODY_IN = re.compile(r"\breach (?:a person|somebody|someone|us)\b", re.IGNORECASE)
"""Its time is when the telephone is answered, not one that can be booked."""


OPENS_OR_CLOSES = re.compile(r"\bwe (?:open|close)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Backing:
    """What the store holds at a moment of the call; times on the business's clock."""

    before: tuple[Booking, ...]
    """The caller's bookings before the call."""
    now: tuple[Booking, ...]
    """The caller's bookings now: those made in this call and those from before it."""
    offers: frozenset[datetime]
    """Starts of the offers in force for this call, now and when it was last answered."""


def starts_of(bookings: Sequence[Booking], business: Business) -> set[datetime]:
    """Their starts on the business's clock."""
    return {local(booking.start, business) for booking in bookings}


def local(at: datetime, business: Business) -> datetime:
    """An instant on the business's clock, without a zone, as people say it."""
    return at.astimezone(business.zone).replace(tzinfo=None)


def false_claims(text: str, business: Business, today: date, backing: Backing) -> list[str]:
    """Sentences that say something was done, or name a time, without backing."""
    return [
        sentence
        for sentence, claim in _sentences_with_day(text)
        if not _borne_out(claim, sentence, business, today, backing)
    ]


def times_to_check(text: str, business: Business, today: date) -> set[datetime]:
    """Every time that is offered or confirmed: those that nothing else backs must be free."""
    return {
        heard.at
        for sentence in split_sentences(text)
        if not any(each.search(sentence) for each in (ASKS_BACK, SOMEBODY_IN, OPENS_OR_CLOSES))
        for heard in read_times(sentence, business, today)
    }


def _sentences_with_day(text: str) -> list[tuple[str, set[Done]]]:
    return [(sentence, done_in(sentence)) for sentence in split_sentences(text)]


def _borne_out(
    sentence_done: set[Done], sentence: str, business: Business, today: date, backing: Backing
) -> bool:
    if ASKS_BACK.search(sentence) or DENIED.search(sentence.lower()):
        return True
    said = {heard.at for heard in read_times(sentence, business, today)}
    if SOMEBODY_IN.search(sentence):
        return all(_somebody_is_in(at, business) for at in said)
    if OPENS_OR_CLOSES.search(sentence):
        return all(_opens_or_closes(at, business) for at in said)
    if not all(_done(done, said, business, backing) for done in sentence_done):
        return False
    if sentence_done or not said:
        return True
    known = starts_of((*backing.before, *backing.now), business) | backing.offers
    return said <= known


def _somebody_is_in(at: datetime, business: Business) -> bool:
    minutes = at.hour * 60 + at.minute
    hours = business.weekly_hours().get(at.weekday(), ())
    return any(span.start <= minutes < span.end for span in hours)


def _opens_or_closes(at: datetime, business: Business) -> bool:
    hours = business.weekly_hours().get(at.weekday(), ())
    return any(at.hour * 60 + at.minute in (span.start, span.end) for span in hours)


def _done(done: Done, said: set[datetime], business: Business, backing: Backing) -> bool:
    """Whether a booking of the caller is in that state, at the time said if one was."""
    earlier = {booking.reference: booking for booking in backing.before}
    fitting = [
        booking
        for booking in backing.now
        if (booking.status == "cancelled") == (done == "cancelled")
        and (done != "moved" or _was_moved(booking, earlier))
    ]
    times = starts_of(fitting, business)
    if done == "moved":
        times |= starts_of(backing.before, business)
    return bool(fitting) and said <= times


def _was_moved(booking: Booking, earlier: dict[str, Booking]) -> bool:
    before = earlier.get(booking.reference)
    return booking.version > 1 if before is None else before.start != booking.start
