"""What follows from the acts of a turn in the terms of the public contract: route, answer, details.

The dialogue does not use it; `ringbook understand` prints it beside the acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.understanding.acts import Act, Reading
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.numbers.said_numbers import CALLING
from voice.understanding.reading import AnswerKind, Question, Route, When
from voice.understanding.services.matching import services_named

_ROUTES: dict[str, Route] = {
    "want:book": "book",
    "want:move": "reschedule",
    "want:cancel": "cancel",
    "want:lookup": "lookup",
    "want:order": "order",
    "want:refund": "refund",
    "want:buy": "order",
    "want:billing": "billing",
    "want:tech": "tech_support",
    "want:account": "tech_support",
    "ask:hours": "faq_hours",
    "ask:location": "faq_location",
    "ask:price": "faq_price",
    "ask:times": "book",
    "ask:booking": "lookup",
    "ask:reference": "lookup",
    "ask:repeat": "repeat",
    "ask:call_me": "human",
    "ask": "faq_other",
    "person": "human",
    "outside": "out_of_scope",
    "noise:foreign": "out_of_scope",
    "noise:abuse": "out_of_scope",
    "social:greet": "greeting",
    "social:bye": "goodbye",
    "social:thanks": "goodbye",
    "affirm": "affirm",
    "deny": "deny",
    "drop": "deny",
}
"""By label, else by name."""
_COURTESIES = frozenset({"greeting", "goodbye", "affirm", "deny"})
"""Routes that are the main one only where there is no other."""
_DETAILS = frozenset("name phone email service provider when reference party".split())
QUESTIONS: dict[str, Question] = {
    "service": "service", "date": "date", "time": "time", "name": "name", "phone": "phone",
    "confirm": "confirm", "confirm_move": "confirm", "confirm_cancel": "confirm",
    "person": "confirm", "choose": "choose", "which_booking": "choose",
}  # fmt: skip
"""What was asked, as the grammar of dates is told it."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The fields of contract section 6 beside the acts."""

    routes: tuple[Route, ...] = ()
    """Main first."""
    answer: AnswerKind | None = None
    chosen: int | None = None
    times: tuple[When, ...] = ()
    exclude: tuple[When, ...] = ()
    ambiguous: bool = False
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    service: str | None = None
    provider: str | None = None
    reference: str | None = None

    @property
    def route(self) -> Route | None:
        """The main one."""
        return self.routes[0] if self.routes else None


def derived(reading: Reading, hearing: Hearing) -> Derived:
    """All of it, from the acts; times also where no act tells one, as the grammar reads them."""
    answer, chosen = _answer(reading, hearing)
    times, exclude, ambiguous = _times(reading, hearing)
    phone = _last(reading, "give:phone")
    return Derived(
        routes=_routes(reading, hearing),
        answer=answer,
        chosen=chosen,
        times=times,
        exclude=exclude,
        ambiguous=ambiguous,
        name=_last(reading, "give:name"),
        phone=phone if phone != CALLING else None,
        email=_last(reading, "give:email"),
        service=_service(reading, hearing),
        provider=_last(reading, "give:provider") or _last(reading, "ask:person"),
        reference=_last(reading, "give:reference") or _last(reading, "give:order"),
    )


def _last(reading: Reading, label: str) -> str | None:
    """The value that counts: the last that was told."""
    values = [act.value for act in reading.all(label) if act.value]
    return values[-1] if values else None


def _service(reading: Reading, hearing: Hearing) -> str | None:
    """The one that is given, else the only one named anywhere and not ruled out."""
    given = _last(reading, "give:service") or _last(reading, "give:problem")
    if given or reading.first("rule_out:service"):
        return given
    named = services_named(reading.text, hearing.services, loosely=False)
    return named[0] if len(named) == 1 else None


def _routes(reading: Reading, hearing: Hearing) -> tuple[Route, ...]:
    found = list(dict.fromkeys(_heard_routes(reading.acts)))
    begins = hearing.asked in ("open", "none", "anything_else")
    wished = reading.first("give:service", "give:problem", "give:when") is not None
    if begins and wished and _COURTESIES.issuperset(found):
        found.insert(0, "book")
    return tuple(sorted(found, key=lambda route: route in _COURTESIES))


def _heard_routes(acts: Sequence[Act]) -> Iterator[Route]:
    for act in acts:
        route = _ROUTES.get(act.label) or _ROUTES.get(act.name)
        if route is not None:
            yield route


def _answer(reading: Reading, hearing: Hearing) -> tuple[AnswerKind | None, int | None]:
    choice = reading.first("choose")
    if choice is not None:
        last = reading.all("choose")[-1]
        return "choose", last.which[0] if len(last.which) == 1 else None
    refused = reading.first("deny", "drop") is not None
    corrected = any(
        act.name == "rule_out" or act.name == "give" and act.kind in _DETAILS
        for act in reading.acts
    )
    if reading.first("more"):
        return "ask_more", None
    if hearing.asked.startswith("confirm") and corrected and not reading.first("affirm"):
        if refused or any(act.corrects or act.name == "rule_out" for act in reading.acts):
            return "deny_with_correction", None
    if refused:
        return "deny", None
    if reading.first("affirm") is None:
        return None, None
    picks = hearing.asked in ("choose", "which_booking", "none") and len(hearing.table) == 1
    return ("choose", 0) if picks else ("affirm", None)


def _times(reading: Reading, hearing: Hearing) -> tuple[tuple[When, ...], tuple[When, ...], bool]:
    """The times of the whole text as the grammar reads them, but for those in names and numbers;
    then those that it cannot read where an act tells them. The labels say what is ruled out."""
    whole = read_times(reading.text, hearing.asking(QUESTIONS.get(hearing.asked)))
    others = reading.all("give:name", "give:phone", "give:email", "give:reference", "give:order")
    wishes, refused = reading.all("give:when"), reading.all("rule_out:when")
    found = [when for when in whole.found if not _inside(when, others)]
    exclude = [when for when in whole.exclude if not _inside(when, others)]
    exclude += [when for when in found if _inside(when, refused)]
    found = [when for when in found if not _inside(when, refused)]
    for acts, side in ((wishes, found), (refused, exclude)):
        read = (*found, *exclude)
        side += [
            when
            for act in acts
            for when in act.times
            if not any(_meet(when.span, one.span) for one in read)
        ]
    ambiguous = whole.ambiguous or reading.ambiguous
    return tuple(sorted(found, key=_place)), tuple(sorted(exclude, key=_place)), ambiguous


def _place(when: When) -> tuple[int, int]:
    return when.span


def _inside(when: When, acts: Sequence[Act]) -> bool:
    return any(_meet(when.span, (act.start, act.end)) for act in acts)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
