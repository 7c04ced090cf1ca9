"""The caller's words taken into the facts of the call, once a turn."""

from __future__ import annotations

import re

from voice.call import CallContext, Facts, Intent, discussed, listening
from voice.joining import join
from voice.understanding.phones import read_phone
from voice.understanding.reading import Reading, Route, When
from voice.understanding.words import plain
from voice.wanted import Wanted, spans_of

INTENTS: dict[Route, Intent] = {
    "book": "book", "reschedule": "reschedule", "cancel": "cancel", "lookup": "lookup",
}  # fmt: skip
ASIDES: frozenset[Route] = frozenset({"faq_hours", "faq_location", "faq_price", "faq_other"})
DROPS = re.compile(
    r"\b(?:never ?mind|forget (?:it|that|about it)|leave it|dont bother|drop it|changed my mind|"
    r"(?:dont|do not) (?:want|need) (?:it|that|one|an appointment|to book)(?: any ?more)?)\b"
)
_AN_APPOINTMENT = re.compile(
    r"\b(?:my|an|the|our|existing|this|that|your) (?:\w+ ){0,3}"
    r"(?:appointment|booking|reservation|visit)\b"
)
_NEW_TIME = re.compile(
    r"\b(?:to|until|till|for|into|instead)\s+(?:the |a |an |some ?time |about |around )*$"
)
_OLD_TIME = re.compile(
    r"\b(?:from|my|the|our)\s+(?:\w+\s+){0,2}$|"
    r"\b(?:appointment|booking|visit|one|it)\s+"
    r"(?:(?:is|was|thats|which is|i have|ive got|that i have)\s+)?(?:on|at|for|this|coming)?\s*$"
)
_SHORT_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?: [^\W\d_][^\W\d_'’.-]*){0,3}")


def take_in(context: CallContext) -> None:
    """Facts after these words; whichever model answers finds them there."""
    if context.taken_in:
        return
    context.taken_in = True
    reading, facts = context.reading, context.facts
    before = _matters(facts)
    fresh = _take_intent(context, reading)
    _take_details(context, reading)
    _take_name(context, reading)
    _take_phone(context, reading)
    aside = bool(reading.routes) and all(route in ASIDES for route in reading.routes)
    if not aside:
        _take_person(context, reading)
        _take_times(context, reading, fresh)
    _take_choice(facts, reading)
    context.news = _matters(facts) != before


def _matters(facts: Facts) -> tuple[object, ...]:
    return (
        facts.intent, facts.service_id, facts.provider_id, facts.wanted, facts.describes,
        facts.chosen, facts.name, facts.phone, facts.phone_digits, facts.phone_declined,
        facts.reference,
    )  # fmt: skip


def _take_intent(context: CallContext, reading: Reading) -> bool:
    """Whether the caller now wants something else than before."""
    facts = context.facts
    wants = list(dict.fromkeys(INTENTS[route] for route in reading.routes if route in INTENTS))
    if not wants and facts.intent is None and _starts_booking(reading):
        wants = ["book"]
    if not wants or (
        facts.asked in ("confirm", "confirm_move", "confirm_cancel") and reading.answer
    ):
        return False
    if facts.intent in wants:
        return False
    if facts.intent == "reschedule" and wants == ["book"]:
        return False
    if facts.intent in ("book", "reschedule") and wants == ["cancel"] and not _names_one(reading):
        return False
    begin(facts, wants[0])
    facts.next_intents = wants[1:]
    return True


def _starts_booking(reading: Reading) -> bool:
    """A service, a time or a person named with nothing else asked is a wish to book."""
    plainly = all(route in ("greeting", "affirm") for route in reading.routes)
    return plainly and bool(reading.service or reading.times or reading.provider)


def _names_one(reading: Reading) -> bool:
    return bool(_AN_APPOINTMENT.search(plain(reading.text)))


def begin(facts: Facts, intent: Intent | None) -> None:
    """A new matter: what belonged to the one before is let go."""
    had = facts.intent
    facts.intent = intent
    facts.times_asked = {}
    facts.misses = 0
    facts.searched = ""
    facts.chosen = None
    if had is not None:
        facts.wanted = Wanted()
        facts.service_id = None
        facts.provider_id = None
    facts.reference = None
    facts.describes = Wanted()


def _take_details(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    if reading.reference and facts.asked != "name":
        facts.reference = reading.reference
    if reading.service is None or facts.intent in ("reschedule", "cancel", "lookup"):
        return
    asks_only = reading.routes and all(route in ASIDES for route in reading.routes)
    if asks_only and facts.service_id is not None:
        return
    if reading.service != facts.service_id:
        facts.service_id = reading.service
        facts.chosen = None
        if facts.provider_id not in (None, "any"):
            performers = context.business.performers(reading.service)
            if facts.provider_id not in {who.id for who in performers}:
                facts.provider_id = None


def _take_person(context: CallContext, reading: Reading) -> None:
    if reading.provider is not None and reading.provider != context.facts.provider_id:
        context.facts.provider_id = reading.provider
        if reading.answer != "choose":
            context.facts.chosen = None


def _take_name(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    name = reading.name
    if name is None and facts.asked == "name":
        bare = context.text.strip().strip(".,!? ")
        nothing_else = not (reading.routes or reading.answer or reading.times or reading.phone)
        if nothing_else and _SHORT_NAME.fullmatch(bare):
            name = " ".join(part[:1].upper() + part[1:] for part in bare.split())
    if name is None:
        return
    if facts.name and len(name.split()) == 1 and name in facts.name.split():
        return
    facts.name = name


def _take_phone(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    if reading.phone:
        facts.phone, facts.phone_digits = reading.phone, ""
    elif reading.phone_unfinished and facts.asked == "phone":
        digits = facts.phone_digits + re.sub(r"\D", "", reading.phone_unfinished)
        whole = read_phone(digits, listening(context), ())
        if whole is not None and whole.e164:
            facts.phone, facts.phone_digits = whole.e164, ""
        else:
            facts.phone_digits = digits if len(digits) <= 15 else ""
    elif facts.asked == "phone" and reading.answer == "deny" and not facts.phone_digits:
        facts.phone_declined = True


def _take_times(context: CallContext, reading: Reading, fresh: bool) -> None:
    facts = context.facts
    if reading.disagreement is not None or facts.intent in ("cancel", "lookup"):
        if reading.times and reading.disagreement is None:
            facts.describes = Wanted(spans=spans_of(reading.times))
        return
    times = reading.times
    if facts.intent == "reschedule" and (fresh or facts.asked == "which_booking"):
        old, new = _old_and_new(reading, which=facts.asked == "which_booking")
        if old:
            facts.describes = Wanted(spans=spans_of(old))
        times = new
    if reading.answer == "choose":
        return
    heard = Reading(text=reading.text, answer=reading.answer, times=times, exclude=reading.exclude)
    wanted = join(facts.wanted, heard, discussed(context))
    if wanted != facts.wanted:
        facts.wanted = wanted
        facts.chosen = None


def _old_and_new(reading: Reading, *, which: bool) -> tuple[tuple[When, ...], tuple[When, ...]]:
    """Which times tell the booking to be moved, and which where it should go."""
    if which:
        return reading.times, ()
    old: list[When] = []
    new: list[When] = []
    for when in reading.times:
        before = reading.text[: when.span[0]].lower().replace("'", "")
        tells_old = _OLD_TIME.search(before) and not _NEW_TIME.search(before)
        starts_new = re.match(r"(?:to|until|till)\b", when.text.lower())
        (old if tells_old and not starts_new else new).append(when)
    return tuple(old), tuple(new)


def _take_choice(facts: Facts, reading: Reading) -> None:
    if not facts.offers or facts.asked not in ("choose", "confirm", "confirm_move", "open"):
        return
    if reading.answer == "choose" and reading.chosen is not None:
        if reading.chosen < len(facts.offers):
            facts.chosen = facts.offers[reading.chosen].offer_id
    elif reading.answer == "affirm" and facts.asked == "choose" and len(facts.offers) == 1:
        if not reading.times and not reading.exclude:
            facts.chosen = facts.offers[0].offer_id
