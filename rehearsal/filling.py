"""A human turn with the caller's own names, services, days and times, and the rest as said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from rehearsal.goals import Times, Visit
from rehearsal.hearing import HeardTime
from rehearsal.human_turns import Piece, Turn, words_of
from rehearsal.phone_shapes import phone_like
from rehearsal.saying import (
    NUMBERS,
    ORDINALS,
    PAUSE,
    article,
    clock_words,
    day_words,
    on_day,
    reference_words,
    service_words,
    several,
    spelled_words,
    when_words,
)
from rehearsal.time_shapes import Shape, fits, shape_of, time_places
from rehearsal.trades import bound_to_trade, fits_anywhere, own_names, trade_of, trade_of_business
from scheduling.business import Business

SAME_TRADE_ONLY = frozenset(("story", "noise:aside", "ask:policy", "ask:service", "social:chat"))
GENERAL = (
    "want:",
    "ask:price",
    "ask:hours",
    "ask:location",
    "ask:call_me",
    "ask:robot",
    "ask:repeat",
)
_ORDINAL_WORDS = frozenset(ORDINALS)
_BEFORE_A_THING = frozenset(
    "for need get book want have having schedule with about just do of called like wants after "
    "it's is getting getting, have, booking".split()
)
_DETERMINERS = ("a", "an", "the", "my", "some", "another", "me")
_ANY_BOOKING = re.compile(
    r"^(?:for )?(?:my|the|that|an|our) (?:appointment|booking|slot|visit|appointments?|one|thing)$"
)
_PERSON = re.compile(
    r"^(?:(?P<with>with|by|from|it's gotta be|i want|i'll have|it was) )?"
    r"(?:dr|doctor|miss|mister|mr|mrs|ms)?\.? ?[\w'-]+(?P<after> again| only)?$"
)
_DIRECTIONS = frozenset(
    "forward earlier later sooner prepone off up weeks week day hour tomorrow this only".split()
)
_LATER = frozenset("back out".split())
_OF_BOOKINGS = frozenset(
    "reschedule rescheduled supposed expecting book booked push change appointment".split()
)
_FURTHER = frozenset("else other another also more somebody someone same again".split())
"""Wishes beside the one that is meant."""
_PLACE_WORDS = frozenset("the one first second third last latest earlier please of them".split())
_SPANS = frozenset("fortnight day days week weeks month months".split())


@dataclass
class Content:
    """What a caller could put into a turn."""

    business: Business
    today: date
    random: Random
    name: str
    phone: str = ""
    visit: Visit | None = None
    wrong: Visit | None = None
    """What a slip of the tongue says first."""
    booking: Visit | None = None
    """The booking that is spoken of: its service, its day and time."""
    reference: str = ""
    pick: HeardTime | None = None
    offers: Sequence[HeardTime] = ()
    read_back: HeardTime | None = None
    shows_number: bool = False
    precise: bool = False
    aloud: bool = False
    used: set[str] = field(default_factory=set)
    of_support: bool = False
    """Whether it is no appointment that is spoken of."""
    goods: tuple[str, int, int] | None = None
    """A product's id, how many of it are meant, and of how many."""
    order: str = ""
    """The number of an order."""

    @property
    def trade(self) -> str:
        """Of the business."""
        return trade_of_business(self.business)


@dataclass
class Filling:
    """One turn being filled."""

    turn: Turn
    content: Content
    said: str = ""
    whens: int = 0

    def words(self) -> str | None:
        """The whole turn; None when it does not fit this caller, or would call for an ambulance."""
        words = self._words()
        emergency = self.content.business.emergency
        alarms = emergency.words if emergency is not None else ()
        return None if words and any(each in words.lower() for each in alarms) else words

    def _words(self) -> str | None:
        names = own_names(self.turn)
        for place, piece in enumerate(self.turn.pieces):
            value = self._verbatim(piece, names) if self._stands(piece) else self._filled(place)
            if value is None:
                return None
            self.said = _joined(self.said, value)
        return self.said

    def _stands(self, piece: Piece) -> bool:
        """Whether nothing in the piece is the caller's own."""
        return not piece.label.startswith(("give:", "choose", "rule_out:"))

    def _verbatim(self, piece: Piece, names: frozenset[str]) -> str | None:
        words = words_of(piece.text)
        if self.content.of_support:
            foreign = piece.label != "want:tech" and bound_to_trade(piece.text)
            return None if foreign or names & set(words) else piece.text
        if piece.label == "affirm" and time_places(piece.text):
            return self._affirmed(piece.text)
        if piece.label == "ask:person":
            return self._about_somebody(piece, names)
        rare = piece.label.startswith(GENERAL) and not fits_anywhere(_but_of_bookings(words))
        if rare:
            return None
        if _ORDINAL_WORDS & set(words) and piece.label:
            return None
        loose = piece.label in ("ask:hours", "ask:person")
        if names & set(words) or (not loose and time_places(piece.text)):
            return None
        if piece.label.startswith("want:") and _FURTHER & set(words):
            return None
        if piece.label == "want:move" and not self._moves_so(set(words)):
            return None
        if piece.label == "story" and _SPANS & set(words):
            return None
        if piece.label in SAME_TRADE_ONLY and trade_of(self.turn.domain) == self.content.trade:
            return piece.text
        if piece.label in SAME_TRADE_ONLY and not fits_anywhere(piece.text):
            return None
        return None if bound_to_trade(_but_of_bookings(words)) else piece.text

    def _moves_so(self, words: set[str]) -> bool:
        """Whether the wish has no direction, or the caller's own: back is later."""
        content = self.content
        later = (
            content.visit is not None
            and content.booking is not None
            and content.booking.times.days < content.visit.times.days
        )
        return not words & (_DIRECTIONS - _LATER if later else _DIRECTIONS | _LATER)

    def _about_somebody(self, piece: Piece, names: frozenset[str]) -> str | None:
        found = [word for word in words_of(piece.text) if word.removesuffix("'s") in names]
        if len(found) != 1 or any(word in ("dr", "doctor") for word in words_of(piece.text)):
            return None
        who = self.content.random.choice(self.content.business.providers).name.split()[0]
        if bound_to_trade(re.sub(rf"\b{re.escape(found[0])}\b", "", piece.text.lower())):
            return None
        return re.sub(rf"\b{re.escape(found[0])}\b", who, piece.text, flags=re.IGNORECASE)

    def _affirmed(self, text: str) -> str | None:
        at, shape = self.content.read_back, shape_of(text)
        if at is None or shape is None or shape.part not in ("exact", "any"):
            return None
        return self._at(shape, at)

    def _filled(self, place: int) -> str | None:
        piece = self.turn.pieces[place]
        kind = piece.label.rstrip("!").removeprefix("give:")
        match kind:
            case "service":
                slip = self._is_slip(place, "give:service")
                visit = self.content.wrong if slip else self.content.visit
                return None if visit is None else self._service(piece.text, visit.service_id)
            case "when":
                return self._when(place)
            case "provider":
                return self._provider(piece.text)
            case "name":
                return self._name(piece.text)
            case "phone":
                return phone_like(
                    piece.text, self.content.phone, self.content.random,
                    aloud=self.content.aloud, shown=self.content.shows_number,
                )  # fmt: skip
            case "reference":
                return self._reference(piece.text)
            case "booking":
                return self._booking(piece.text)
            case "product" if self.content.goods is not None:
                return goods_like(piece.text, self.content.goods, self.content)
            case "order" if self.content.order:
                return self._signs(self.content.order)
            case "problem" | "other" if self.content.of_support:
                return piece.text
            case "choose":
                return piece.text if self.content.of_support else self._choice(piece)
        return None

    def _is_slip(self, place: int, label: str) -> bool:
        """Whether the same turn says it again, otherwise."""
        return any(piece.label == f"{label}!" for piece in self.turn.pieces[place + 1 :])

    def _service(self, text: str, service_id: str) -> str | None:
        service = self.content.business.service(service_id)
        thing = service_words((service.name, *service.also), self.content.random)
        first, before = text.lower().split()[0], words_of(self.said)
        if first in ("the", "my"):
            return f"{first} {thing}"
        if first in _DETERMINERS:
            return article(thing)
        if not before:
            return thing if self.content.random.random() < 0.6 else article(thing)
        if before[-1] in ("a", "an"):
            self.said = re.sub(r"\ban?$", "", self.said).strip()
            return article(thing)
        if before[-1] in ("my", "the"):
            return thing
        return article(thing) if before[-1] in _BEFORE_A_THING else None

    def _when(self, place: int) -> str | None:
        piece, visit = self.turn.pieces[place], self.content.visit
        shape = shape_of(piece.text)
        if self._is_slip(place, "give:when"):
            visit = self.content.wrong
        if shape is None or visit is None:
            return None
        times = visit.times
        labels = [each.label.rstrip("!") for each in self.turn.pieces]
        if labels.count("give:when") == 2 and not self._slips:
            times = _day_only(times) if shape.part == "any" else replace(times, days=())
            if not shape.days() and shape.part == "any":
                return None
            self.whens += 1 if shape.days() else 10
            if self.whens not in (1, 10, 11):
                return None
        if not fits(shape, times, days=len(times.days)):
            return None
        return self._time(shape, times)

    @property
    def _slips(self) -> bool:
        return any(piece.label == "give:when!" for piece in self.turn.pieces)

    def _time(self, shape: Shape, times: Times) -> str:
        content = self.content
        days = [
            day_words(day, content.today, content.random, precise=content.precise)
            for day in times.days
        ]
        clocks = [clock_words(minute, content.business, content.random) for minute in times.at]
        part = times.part if times.part in ("morning", "afternoon", "evening") else "morning"
        return shape.filled(days, clocks, part)

    def _at(self, shape: Shape, heard: HeardTime) -> str | None:
        """The shape around one time that was offered."""
        if shape.days() > 1 or any(place.kind == "part" for place in shape.places):
            return None
        minute = heard.at.hour * 60 + heard.at.minute
        clock = clock_words(minute, self.content.business, self.content.random)
        day = day_words(heard.at.date(), self.content.today, self.content.random)
        return shape.filled([day], [clock], "")

    def _provider(self, text: str) -> str | None:
        visit = self.content.visit
        found = _PERSON.match(text.lower())
        if visit is None or visit.provider_id is None or found is None:
            return None
        who = self.content.business.provider(visit.provider_id).name
        short = who if self.content.random.random() < 0.4 else who.split()[0]
        return f"{found['with'] or ''} {short}{found['after'] or ''}".strip()

    def _name(self, text: str) -> str | None:
        words, name = words_of(text), self.content.name
        first, _, last = name.partition(" ")
        letters = [word for word in words if len(word) == 1 and word not in ("a", "i")]
        plain = [word for word in words if len(word) > 1]
        if len(letters) >= 3 and len(plain) <= 3:
            whose = last if len(plain) == 2 else name
            if self.content.aloud:
                return f"{name}{PAUSE}{spelled_words(whose, aloud=True)}"
            spelled = spelled_words(whose).lower()
            return f"{name}, {spelled}" if "," in text else f"{name} {spelled.replace(',', '')}"
        if not letters and len(plain) <= 2:
            return name
        if len(plain) == 3 and plain[0] in ("it's", "mrs", "mr", "miss", "dr"):
            return name
        return None

    def _reference(self, text: str) -> str | None:
        plain = [word for word in words_of(text) if len(word) > 5]
        if not self.content.reference or len(plain) > 1:
            return None
        return self._signs(self.content.reference)

    def _signs(self, reference: str) -> str:
        return reference_words(reference, self.content.random, aloud=self.content.aloud)

    def _booking(self, text: str) -> str | None:
        booking = self.content.booking
        if booking is None:
            return None
        if _ANY_BOOKING.match(text.lower()):
            return text
        places = time_places(text)
        if places and booking.times.at and len(places) == 1 and places[0].kind != "part":
            return self._booked_at(places[0].kind, booking.times)
        if text.lower().startswith(("my ", "the ", "for ")) and not time_places(text):
            service = self.content.business.service(booking.service_id)
            thing = service_words((service.name, *service.also), self.content.random)
            lead = text.lower().split()[0]
            return f"{'for the' if lead == 'for' else lead} {thing}"
        return None

    def _booked_at(self, kind: str, times: Times) -> str:
        content = self.content
        if kind == "day":
            return f"the one {on_day(day_words(times.days[0], content.today, content.random))}"
        return f"my {clock_words(times.at[0], content.business, content.random)}"

    def _choice(self, piece: Piece) -> str | None:
        pick, offers = self.content.pick, list(self.content.offers)
        if pick is None or pick not in offers:
            return None
        if shape := shape_of(piece.text):
            if not _only_one(shape, pick, offers):
                return None
            return self._at(shape, pick)
        words = words_of(piece.text)
        order = sorted(offers, key=lambda each: each.at)
        places = {
            "first": offers[0], "second": offers[1] if len(offers) > 1 else None,
            "third": offers[2] if len(offers) > 2 else None, "last": offers[-1],
            "latest": order[-1], "earlier": order[0] if len(offers) == 2 else None,
        }  # fmt: skip
        told = [place for place in places if place in words]
        if len(told) != 1 or not _PLACE_WORDS >= set(words) or places[told[0]] != pick:
            return None
        if told[0] in ("latest", "earlier") and len({each.at for each in offers}) < len(offers):
            return None
        return piece.text


def filled(turn: Turn, content: Content) -> str | None:
    """The turn in this caller's mouth; None when it does not fit there."""
    return Filling(turn, content).words()


def goods_like(text: str, goods: tuple[str, int, int], content: Content) -> str:
    """The thing that is meant, with an article or a number as somebody else's had it."""
    product_id, count, of_many = goods
    product = next(each for each in content.business.products if each.id == product_id)
    name = service_words((product.name, *product.also), content.random)
    first = text.lower().split()[0]
    definite = first in ("the", "my", "that", "this", "those") or "only" in text or "just" in text
    if of_many > count:
        return f"{NUMBERS[count]} of the {several(name)}"
    if count > 1:
        return f"{'the ' if definite else ''}{NUMBERS[count]} {several(name)}"
    return f"the {name}" if definite else article(name)


def wish_words(times: Times, content: Content) -> str:
    """Days and times where no human turn says just that."""
    return when_words(
        times, content.business, content.today, content.random, precise=content.precise
    )


def another_day(times: Times, today: date, random: Random) -> Times:
    """A day near by that is not wished."""
    near = [today + timedelta(days=count) for count in range(2, 7)]
    return Times((random.choice([day for day in near if day not in times.days]),))


def _but_of_bookings(words: Sequence[str]) -> str:
    """Without the words that only somebody says who has a booking."""
    return " ".join(word for word in words if word not in _OF_BOOKINGS)


def _day_only(times: Times) -> Times:
    return Times(times.days)


def _only_one(shape: Shape, pick: HeardTime, offers: Sequence[HeardTime]) -> bool:
    """Whether a day, a clock or both, as the shape says them, name the pick alone."""

    def told(offer: HeardTime) -> tuple[object, ...]:
        day = offer.at.date() if shape.days() else None
        clock = offer.at.time() if shape.part == "exact" else None
        return day, clock

    if shape.part not in ("exact", "any"):
        return False
    return [told(each) for each in offers].count(told(pick)) == 1


def _joined(said: str, value: str) -> str:
    if not said:
        return value
    return f"{said}{value}" if value[:1] in ",.?!;:'" else f"{said} {value}"
