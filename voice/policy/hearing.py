"""The caller's words taken into the facts of the call, once a turn."""

from __future__ import annotations

import re
from dataclasses import replace

from voice.call import CallContext, discussed, listening
from voice.facts import Facts, OfferedFact
from voice.policy.asides import leaves_it_to_us, leaves_the_choice
from voice.policy.details import SOMEBODY, take_details, take_name, take_person, take_phone
from voice.policy.doubt import take_doubt
from voice.policy.intents import begin, take_intent
from voice.policy.retiming import describe, old_and_new
from voice.policy.rounds import open_question
from voice.policy.several import after_the_last, hours_from, part_by_times, without_the_other
from voice.understanding.clauses import INTENTS
from voice.understanding.matching import read_service
from voice.understanding.reading import Reading
from voice.understanding.understand import understand
from voice.understanding.words import plain
from voice.wishes.joining import join
from voice.wishes.wanted import Span, Wanted, spans_of

NOES = ("deny", "deny_with_correction")
OVER_OFFERS = ("choose", "confirm", "confirm_move")
"""Questions at which a wish said once more means that what was offered does not meet it."""
_ANOTHER = re.compile(
    r"\b(?:another|one more|same (?:thing|again|service)|the same for|"
    r"(?:and |book |have |get )?one for (?:my|our|his|her)|as well)\b"
)
_OTHERS = re.compile(r"\b(?:else|more|other|another|different|earlier|later|sooner|any)\b")
_SAME_TIME = re.compile(r"\b(?:same|that) time\b")
_ADDS = re.compile(
    r"\badd\b|\bsame (?:day|visit|time)\b|\bwhile (?:im|we ?re|were|she|he) |\bright after\b"
)
_THEN = re.compile(r"\b(?:then|that day|(?:the )?same day)\b")
_PLACE_ALONE = re.compile(
    r"(?:(?:um+|uh+|ok|okay|yes|no|sorry|wait|actually|then|well|lets|say|ill|take|maybe|just|the|"
    r"number) )*"
    r"(?P<place>first|second|third|last|1st|2nd|3rd)(?: one| please| then| time| is fine| works)*"
)
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}


def take_in(context: CallContext) -> None:
    """Facts after these words; whichever model answers finds them there."""
    if context.taken_in:
        return
    context.taken_in = True
    facts = context.facts
    context.open_before = open_question(facts)
    before = _matters(facts)
    fresh = take_intent(context)
    take_name(context, without_the_other(context))
    take_phone(context, context.reading)
    _take_matter(context, _of_the_first(context), fresh=fresh)
    _take_choice(context, context.reading)
    if context.only_asks and context.reading.times:
        facts.asked_about = Wanted(spans=spans_of(context.reading.times))
    context.news = _matters(facts) != before


def take_next(context: CallContext) -> None:
    """On with what the caller also came for, as it was said then."""
    following = context.facts.next_matters.pop(0)
    begin(context.facts, following.intent)
    reading = understand(following.words, listening(context))
    _take_matter(context, reading, fresh=True)
    if following.intent == "book" and (later := after_the_last(context, reading)):
        context.facts.wanted = later


def _take_as_before(context: CallContext, reading: Reading) -> None:
    """ "Another one" is what was booked last."""
    facts = context.facts
    booked = [known for known in facts.found if known.reference in facts.booked_here[-1:]]
    if booked and reading.service is None and _ANOTHER.search(plain(reading.text)):
        facts.service_id = booked[0].service_id
        facts.wanted = Wanted(spans=(hours_from(context, booked[0].start),))
        if SOMEBODY.search(reading.text) and reading.name is None:
            facts.name = None  # whoever it is for has another


def _take_beside(context: CallContext, reading: Reading) -> None:
    """ "Can you add a nail trim to that?": after the visit that was just spoken of."""
    facts = context.facts
    if facts.given_up and not reading.times and _SAME_TIME.search(plain(reading.text)):
        start = facts.given_up.start.astimezone(context.business.zone)
        day = start.date()
        facts.wanted = Wanted(spans=(Span(first=day, last=day, at=start.time()),))
        return
    shown = {*facts.booked_here, *facts.verified}
    own = [known for known in facts.found if known.reference in shown]
    if not reading.times and len(own) == 1 and _ADDS.search(plain(reading.text)):
        facts.wanted = Wanted(spans=(hours_from(context, own[0].end),))


def _take_day_asked_about(context: CallContext, reading: Reading) -> None:
    """ "Are you open on Saturday? … Can I come in then?"."""
    facts = context.facts
    if not reading.times and facts.asked_about.spans and _THEN.search(plain(reading.text)):
        facts.wanted = facts.asked_about


def _of_the_first(context: CallContext) -> Reading:
    """What was said of the first matter, where several were named in one breath."""
    words = part_by_times(context)
    if words is not None:
        return understand(words, listening(context))
    clauses = [clause for clause in context.clauses if clause.route in INTENTS]
    if not context.facts.next_matters:
        return context.reading
    if len(clauses) < 2:
        first = read_service(context.text.split(" and ")[0], listening(context))
        return replace(context.reading, service=first or context.reading.service)
    return understand(clauses[0].text, listening(context))


def _take_matter(context: CallContext, reading: Reading, *, fresh: bool) -> None:
    take_details(context, reading)
    if fresh and context.facts.intent == "book":
        _take_as_before(context, reading)
        _take_day_asked_about(context, reading)
        _take_beside(context, reading)
    if not context.only_asks or fresh or leaves_it_to_us(context):
        take_person(context, reading)
        _take_times(context, reading, fresh)


def _matters(facts: Facts) -> tuple[object, ...]:
    return (
        facts.intent, facts.service_id, facts.provider_id, facts.wanted, facts.describes,
        facts.chosen, facts.unplaced, facts.name, facts.phone, facts.phone_digits,
        facts.phone_declined, facts.reference,
    )  # fmt: skip


def _take_times(context: CallContext, reading: Reading, fresh: bool) -> None:
    facts = context.facts
    if take_doubt(context, reading):
        return
    if facts.asked == "confirm_cancel" and reading.times and reading.answer in NOES:
        facts.intent = "reschedule"  # "no, it should be on Monday": moved, not given up
    if facts.intent in ("cancel", "lookup") or facts.asked == "which_booking":
        if reading.times:
            facts.describes = Wanted(spans=spans_of(reading.times))
        return
    if facts.intent == "reschedule" and not _knows_booking(facts):
        if fresh or reading.times:
            describe(context, reading)
        return
    chosen = reading.answer == "choose" and reading.chosen is not None
    if chosen or _place(context) is not None or _only_a_name(facts, reading):
        return
    heard = reading
    if facts.intent == "reschedule" and fresh:
        _, heard = old_and_new(context, reading)
    if heard.answer == "ask_more" and reading.service and not _OTHERS.search(plain(reading.text)):
        heard = replace(heard, answer=None)  # the service said once more asks for no other times
    wanted = join(facts.wanted, heard, discussed(context))
    if facts.asked in ("date", "time") and not wanted.has_day and leaves_it_to_us(context):
        wanted = Wanted(spans=(Span(first=context.local_now.date()),))
    if (live := _offered_at(context, wanted)) is not None:
        facts.wanted, facts.chosen = wanted, live.offer_id
        return
    insists = reading.times and reading.answer not in ("affirm", "choose")
    if wanted != facts.wanted or insists and facts.asked in OVER_OFFERS:
        if wanted == facts.wanted:  # said once more: nothing of it is ruled out
            wanted = Wanted(spans=wanted.spans)
        facts.wanted, facts.chosen, facts.searched = wanted, None, ""


def _offered_at(context: CallContext, wanted: Wanted) -> OfferedFact | None:
    """The offer on the table whose very time is asked for, so that it stays with whom it was."""
    facts, exact, zone = context.facts, wanted.exact, context.business.zone
    if exact is None or facts.asked != "choose" or not context.reading.times:
        return None
    for offer in facts.offers:
        start = offer.start.astimezone(zone)
        with_them = facts.provider_id in (None, "any", offer.provider_id)
        same = offer.service_id == facts.service_id or facts.intent != "book"
        if (start.date(), start.time()) == (exact.day, exact.at) and with_them and same:
            return offer
    return None


def _only_a_name(facts: Facts, reading: Reading) -> bool:
    """ "Jo March" is no month."""
    said = {word for when in reading.times for word in when.text.lower().split()}
    return facts.asked == "name" and said <= set((facts.name or "").lower().split())


def _knows_booking(facts: Facts) -> bool:
    return any(known.reference == facts.reference for known in facts.found)


def _place(context: CallContext) -> int | None:
    """Which of the offers, when the words are nothing but a place in the list."""
    found = _PLACE_ALONE.fullmatch(plain(context.text))
    asked = context.facts.asked
    if asked not in ("choose", "name", "which_booking"):
        return None
    if found is None:
        return _by_day(context)
    offered = context.facts.found if asked == "which_booking" else context.facts.offers
    index = _PLACES[found["place"]] % max(1, len(offered))
    return index if index < len(offered) and _PLACES[found["place"]] < len(offered) else None


def _by_day(context: CallContext) -> int | None:
    """The one offer on the day that was named."""
    frame = discussed(context)
    times = frame.times_of(context.facts.wanted, context.reading.times)
    if context.facts.asked != "choose" or len(times) != 1:
        return None
    fitting = [place for place, start in enumerate(frame.offered) if start.date() == times[0].value]
    return fitting[0] if len(fitting) == 1 else None


def _take_choice(context: CallContext, reading: Reading) -> None:
    facts = context.facts
    place = _place(context)
    chosen = reading.chosen if reading.answer == "choose" and place is None else place
    if facts.asked == "which_booking" and reading.service is not None:
        named = [known for known in facts.found if known.service_id == reading.service]
        chosen = facts.found.index(named[0]) if len(named) == 1 else None
    if facts.asked == "name" and not any(when.value for when in reading.times):
        chosen = place  # "no preference" is about something else by now
    if facts.asked == "which_booking" and chosen is not None and chosen < len(facts.found):
        facts.reference = facts.found[chosen].reference
        return
    if not facts.offers or facts.asked not in ("choose", "name", "confirm", "confirm_move", "open"):
        return
    if chosen is None and leaves_the_choice(context):
        chosen = 0
    if chosen is not None:
        if chosen < len(facts.offers):
            facts.chosen = facts.offers[chosen].offer_id
    elif reading.answer == "affirm" and facts.asked == "choose":
        if len(facts.offers) > 1 and not facts.rounds:
            return  # heard again first; who then agrees once more gets the soonest
        if not reading.times and not reading.exclude:
            facts.chosen = facts.offers[0].offer_id
