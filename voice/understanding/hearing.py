"""What a caller's words are heard in: the moment, our last line, and what lies on the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from voice.understanding.acts import Asked
from voice.understanding.reading import HOME, Context, Named, OfferedTime, Question


@dataclass(frozen=True, slots=True)
class Visit:
    """One that is wanted, as callers may name it."""

    service: str | None = None
    people: frozenset[str] = frozenset()
    """Words for whom it is for, as in `Told`."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything that a reading may lean on. All times are naive local times of the business."""

    now: datetime
    asked: Asked = "none"
    """What our last line asked for; `open` at the beginning of a call."""
    agent: str = ""
    """Our last line, as it was said."""
    table: Sequence[OfferedTime] = ()
    """What was read out to pick from, in that order: times, bookings, services, people, products.
    Of whatever it is, `Act.which` counts from here; of a `booking`, from `bookings` when nothing
    is on the table."""
    has_bookings: bool = False
    """Whether a booking of the caller's is known or being spoken of."""
    bookings: Sequence[OfferedTime] = ()
    """The caller's own, as far as they are known in this call."""
    chosen: datetime | None = None
    """The start of the visit that was chosen, and is not booked yet."""
    visits: Sequence[Visit] = ()
    """Those that are to be booked, the one in hand first."""
    services: Sequence[Named] = ()
    providers: Sequence[Named] = ()
    goods: Sequence[Named] = ()
    """What is sold, and what the caller has bought; an order's own things first."""
    goods_spoken_of: Sequence[str] = ()
    """Ids of those that are in the cart, in the caller's order, or were told of last."""
    has_orders: bool = False
    """Whether an order of the caller's is known in this call."""
    shopping: bool = False
    """Whether something is being bought."""
    about_use: bool = False
    """Whether our last line asked if something was opened or used."""
    opens: dict[int, tuple[tuple[int, int], ...]] | None = field(default=None, hash=False)
    """Opening minutes by weekday, to settle am and pm; None: ordinary working hours."""
    digits: str = ""
    """What was heard of a telephone number in turns before, and is not complete."""
    day_told: date | None = None
    """The last day that an answer to a question for our hours was told of."""
    by_words: bool = False
    """Whether letters are told by words in this turn: they are sure then."""
    country: str = HOME
    """For telephone numbers and holidays."""
    zone: str | None = None
    """The business's own time zone, for "9 am Pacific"; None: such a time is left unread."""

    def asking(self, question: Question | None, named: date | None = None) -> Context:
        """The same for the grammar of dates, as if this had been asked; `named`: the day that was
        named last before."""
        booked = self.bookings[0].start if len(self.bookings) == 1 else None
        booked = self.chosen or booked
        return Context(
            now=self.now,
            question=question,
            offered=tuple(self.table),
            opens=self.opens,
            country=self.country,
            zone=self.zone,
            named=named or self.day_told,
            booked=booked.date() if booked else None,
        )
