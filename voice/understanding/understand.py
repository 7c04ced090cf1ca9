"""A caller's words become one reading: routes, answer, times and details together."""

from __future__ import annotations

from dataclasses import replace

from voice.understanding.answers import read_answer
from voice.understanding.dates.reading import Times, read_times
from voice.understanding.details import Details, read_details
from voice.understanding.reading import Context, Reading
from voice.understanding.routes import read_routes
from voice.understanding.words import LONGEST_TEXT


def understand(text: str, context: Context) -> Reading:
    """Pure and quick; never raises, whatever the text. Words past the first thousand signs are left."""
    heard = text[:LONGEST_TEXT]
    times = read_times(heard, context)
    details = read_details(heard, context, [when.span for when in (*times.found, *times.exclude)])
    times = _without_numbers(times, details)
    answer, chosen = read_answer(heard, context, times)
    routes, sure = read_routes(heard, context)
    return Reading(
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
        confidence=sure,
    )


def _without_numbers(times: Times, details: Details) -> Times:
    """A stretch of digits that is a telephone number is not a time as well."""
    phone = details.phone_span
    if phone is None:
        return times
    found = tuple(
        when for when in times.found if not (when.span[0] < phone[1] and phone[0] < when.span[1])
    )
    return times if len(found) == len(times.found) else replace(times, found=found)
