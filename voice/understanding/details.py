"""Who and what a caller names: name, number, address, service, provider, reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice.understanding.emails import read_email
from voice.understanding.matching import read_provider, read_service
from voice.understanding.names import read_name
from voice.understanding.phones import read_phone
from voice.understanding.reading import Context
from voice.understanding.references import read_reference
from voice.understanding.words import plain

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Details:
    """What was named, and which stretches of the text are names and numbers."""

    name: str | None
    phone: str | None
    phone_unfinished: str | None
    email: str | None
    service: str | None
    provider: str | None
    reference: str | None
    name_spans: tuple[Span, ...] = ()
    phone_span: Span | None = None


def read_details(text: str, context: Context, times: Sequence[Span] = ()) -> Details:
    """All details at once; `times` are spans of dates and times, which are none of them."""
    phone = read_phone(text, context, times)
    numbers = (phone.span,) if phone else ()
    taken = tuple(span for span in times if not phone or not _overlap(span, phone.span)) + numbers
    reference = read_reference(text, context, taken)
    name = read_name(text, context, numbers) if "@" not in text else None
    if name is not None and _is_a_service(name.name, context):
        name = None  # "an appointment for physiotherapy"
    if name is not None and _is_a_provider(name.name, text, context):
        name = None  # "that's right, except it should be Ben"
    name_spans = name.parts if name else ()
    return Details(
        name=name.name if name else None,
        phone=phone.e164 if phone else None,
        phone_unfinished=phone.unfinished if phone else None,
        email=read_email(text),
        service=read_service(text, context),
        provider=read_provider(text, context, (*numbers, *name_spans)),
        reference=reference,
        name_spans=name_spans,
        phone_span=phone.span if phone else None,
    )


def _is_a_service(name: str, context: Context) -> bool:
    said = plain(name)
    return any(said == plain(known) for service in context.services for known in service.names)


def _is_a_provider(name: str, text: str, context: Context) -> bool:
    """Whether one name alone, said at a read-back with no word of a name, is a provider's."""
    if context.question != "confirm" or " " in name or "name" in plain(text):
        return False
    return any(
        plain(name) in plain(known).split()
        for person in context.providers
        for known in person.names
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
