"""A caller's words become one reading: routes, answer, times and details together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.answers import hesitates, prefers, read_answer
from voice.understanding.choices import fits_an_offer
from voice.understanding.dates.reading import Times, read_times
from voice.understanding.details import Details, read_details
from voice.understanding.everyday import GIVEN_TOO
from voice.understanding.reading import Context, Reading, Route
from voice.understanding.routes import read_routes
from voice.understanding.turned_down import accepted
from voice.understanding.words import LONGEST_TEXT, fold, plain

_BYE = re.compile(r"(?i)\b(?:bye|good night|have a (?:good|nice|great|lovely)|see you|take care)\b")
"""Words that end a call even when they follow a yes."""
_GREETS = re.compile(
    r"(?i)\b(?:hello|hi|hiya|hey|howdy|greetings|good|morning|afternoon|evening|day|doing|"
    r"how (?:are|is)|how['’]?s|what['’]?s up|there)\b"
)
_OPENING = 12
"""Characters within which a greeting begins that is a part of the day as well."""
_CLEAR = 0.95
"""A plain answer to the question just asked: nobody else need be consulted."""
_HALF_CLEAR = 0.9
"""An answer that leaves something to ask back."""
_SAYS_LITTLE = frozenset(
    {"out_of_scope", "greeting", "goodbye", "affirm", "deny", "repeat", "order"}
)
"""Routes that a bare service or time is mistaken for."""
_OF_A_BOOKING = frozenset({"reschedule", "cancel", "lookup"})
"""Routes that need more than a service and a time to be believed."""
_LIKELY = 0.6
"""Below this, words that gave a detail or answered a question are after nothing else."""
_SURE = 0.8
"""Below this, a day told when one was asked for is what it seems, and asks after no booking."""
_HARDLY = 0.25
"""Below this a route is a guess, and none is better."""


def understand(text: str, context: Context) -> Reading:
    """Pure and quick; never raises, whatever the text. Only the first thousand signs are read."""
    heard = text[:LONGEST_TEXT]
    times, details = _times_and_details(heard, context)
    answer, chosen = read_answer(heard, context, times)
    times = _against_offers(heard, context, times)
    if context.question == "confirm" and _named_anew(details):
        if answer == "deny" or answer is None and prefers(plain(heard)):
            answer = "deny_with_correction"
    greets = not times.found or _greets(heard, times, asked=context.question is not None)
    routes, sure = read_routes(_without_everyday_names(heard, details), context, greets=greets)
    if routes[:1] == ("repeat",) and sure >= _LIKELY:
        answer, chosen = None, None  # "say that again please" agrees to nothing
    leaves = _BYE.search(heard) is not None
    if leaves and routes[:1] == ("goodbye",) and answer == "ask_more":
        answer = "deny"  # "I'll try somewhere else, bye"
    if not leaves and answer == "affirm" and context.question == "confirm":
        routes = tuple(route for route in routes if route != "goodbye")
    if hesitates(plain(heard)):
        routes, sure = (), _HALF_CLEAR if context.question else sure
    routes, sure = _likely(routes, sure, context, bool(times.found), details)
    reading = Reading(
        text=text,
        route=routes[0] if routes else None,
        routes=routes,
        answer=answer,
        chosen=chosen,
        times=times.found,
        exclude=times.exclude,
        ambiguous=times.ambiguous,
        disagreement=times.disagreement,
        name=details.name,
        phone=details.phone,
        phone_unfinished=details.phone_unfinished,
        email=details.email,
        service=details.service,
        provider=details.provider,
        reference=details.reference,
    )
    return replace(reading, confidence=max(sure, _answers_question(reading, context)))


def _times_and_details(heard: str, context: Context) -> tuple[Times, Details]:
    """A number is a time or a detail, never both."""
    times = read_times(heard, context)
    details = read_details(heard, context, [when.span for when in (*times.found, *times.exclude)])
    if context.question == "name":
        times = _without(times, details.name_spans)  # "Grace Friday"
    return _without_numbers(times, details), details


def _against_offers(heard: str, context: Context, times: Times) -> Times:
    """ "Half past four is a bit late", of an offer, asks for none at half past four."""
    if not context.offered:
        return times
    left = accepted(heard, times).times
    against = [when for when in times.found if when not in left.found]
    if against and all(fits_an_offer(when, context) for when in against):
        return left
    return times


def _greets(heard: str, times: Times, *, asked: bool) -> bool:
    """Whether somebody is greeted by more than the words of a time; "lovely morning" may greet."""
    if not asked and all(
        when.kind == "timerange" and when.span[0] < _OPENING for when in times.found
    ):
        return True
    for start, end in (when.span for when in times.found):
        heard = heard[:start] + " " * (end - start) + heard[end:]
    return _GREETS.search(heard) is not None


def _without_everyday_names(heard: str, details: Details) -> str:
    """The words without a name that says something else by itself: Bill Pott is after no bill."""
    if any(fold(heard[start:end]) in GIVEN_TOO for start, end in details.name_spans):
        for start, end in details.name_spans:
            heard = heard[:start] + " " * (end - start) + heard[end:]
    return heard.lstrip(" ,.")


def _named_anew(details: Details) -> bool:
    """Whether a no came with what it should be instead."""
    given = (details.name, details.phone, details.email, details.service, details.provider)
    return any(value is not None for value in given)


def _likely(
    routes: tuple[Route, ...], sure: float, context: Context, timed: bool, details: Details
) -> tuple[tuple[Route, ...], float]:
    """Routes that are likely enough; a service or a time with nothing else asked is a booking."""
    if not routes:
        return routes, sure
    wished = context.question is None and (details.service is not None or timed)
    if wished and routes[0] in _SAYS_LITTLE and sure < (0.8 if details.service else _LIKELY):
        return ("book",), _LIKELY
    if wished and details.service and sure < _LIKELY and routes[0] in _OF_A_BOOKING:
        return ("book",), sure
    if timed and context.question in ("date", "time") and routes[0] in _OF_A_BOOKING:
        return (routes if sure >= _SURE else ()), sure
    if sure >= _LIKELY:
        return routes, sure
    given = (details.name, details.phone, details.phone_unfinished, details.email)
    answered = context.question is not None or details.reference is not None or any(given)
    if answered or sure < _HARDLY:
        return (), sure
    return routes, sure


def _answers_question(reading: Reading, context: Context) -> float:
    """How clearly the question just asked was answered; 0 when it was not, or none was asked."""
    asked = context.question
    if asked in ("date", "time"):
        unclear = reading.ambiguous or reading.disagreement is not None
        return (_HALF_CLEAR if unclear else _CLEAR) if reading.times else 0.0
    if asked == "phone" and reading.phone_unfinished:
        return _HALF_CLEAR
    if asked == "choose" and reading.answer == "affirm":
        return _HALF_CLEAR
    given = {
        "name": reading.name,
        "phone": reading.phone,
        "service": reading.service,
        "confirm": reading.answer,
        "choose": reading.answer,
    }
    return _CLEAR if asked is not None and given.get(asked) is not None else 0.0


def _without_numbers(times: Times, details: Details) -> Times:
    """A stretch of digits that is a telephone number is not a time as well."""
    phone = details.phone_span
    if phone is None:
        return times
    return _without(times, [phone])


def _without(times: Times, taken: Sequence[tuple[int, int]]) -> Times:
    """The times that share no words with these spans."""
    found = tuple(
        when
        for when in times.found
        if all(when.span[1] <= start or end <= when.span[0] for start, end in taken)
    )
    return times if len(found) == len(times.found) else replace(times, found=found)
