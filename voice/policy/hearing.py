"""The caller's words taken into the facts of the call, once a turn."""

from __future__ import annotations

import re
from dataclasses import replace

from voice.call import CallContext, discussed, listening
from voice.facts import Facts, NextMatter
from voice.policy.details import take_details, take_name, take_person, take_phone
from voice.policy.doubt import take_doubt
from voice.policy.retiming import describe, is_wanted_at_another_time, old_and_new
from voice.understanding.clauses import INTENTS, Intent, rather
from voice.understanding.matching import read_service
from voice.understanding.reading import Reading
from voice.understanding.understand import understand
from voice.understanding.words import plain
from voice.wishes.joining import join
from voice.wishes.wanted import Span, Wanted, spans_of

ANSWERED_BY_DETAILS = (
    "service", "date", "time", "name", "phone", "choose", "which_booking", "reference",
)  # fmt: skip
OVER_OFFERS = ("choose", "confirm", "confirm_move")
"""Questions at which a wish said once more means that what was offered does not meet it."""
SURE_OF_ANOTHER_MATTER = 0.85
"""Below this, words in answer to a question are taken as its answer."""
ABOUT_AN_ACT = ("confirm_move", "confirm_cancel")
OF_A_BOOKING = ("reschedule", "cancel", "lookup")
_AN_APPOINTMENT = re.compile(
    r"\b(?:my|an|the|our|existing|this|that|your) (?:\w+ ){0,3}"
    r"(?:appointment|booking|reservation|visit)\b"
)
_EXISTING = re.compile(r"\b(?:appointments?|booked|bookings?|reservations?|scheduled|visit)\b")
_COMES = re.compile(
    r"\b(?:(?:can|could|may) (?:i|we) (?:\w+ )?(?:book|come|get in|make|schedule)|be seen|"
    r"(?:can|could|when can) (?:\w+ ){1,2}(?:see me|fit me in|squeeze me in))\b"
)
_CANCELS = re.compile(r"\b(?:cancel\w*|call(?:ing)? (?:it |that )?off|scrap|get rid)\b")
_ASKS = re.compile(r"(?i)\b(?:book|make|schedule|set up|(?:fit|squeeze) (?:me|us) in|for an?)\b")
_MINE = re.compile(r"\bmy (?:\w+ ){0,2}(?:appointment|booking|reservation)\b")
_NEW = re.compile(
    r"\b(?:book|make|schedule|set up|need|want|get|new|arrange|like|"
    r"for my (?:\w+ ){0,2}appointment)\b"
)
_ANOTHER = re.compile(r"\b(?:another|one more|same (?:thing|again|service)|the same for)\b")
_INSTEAD = re.compile(r"\b(?:make (?:it|that)|instead|change|move|rather)\b")
_IS_SOMEBODY_IN = re.compile(
    r"^(?:and |so )*(?:is|are|does|when|who)\b.*\b(?:in|there|works?|working)\b"
)
_PLACE_ALONE = re.compile(
    r"(?:(?:um+|uh+|ok|okay|yes|then|well|lets|say|ill|take|maybe|just|the|number) )*"
    r"(?P<place>first|second|third|last|1st|2nd|3rd)(?: one| please| then| time| is fine| works)*"
)
_PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}


def take_in(context: CallContext) -> None:
    """Facts after these words; whichever model answers finds them there."""
    if context.taken_in:
        return
    context.taken_in = True
    facts = context.facts
    before = _matters(facts)
    fresh = _take_intent(context)
    take_name(context, context.reading)
    take_phone(context, context.reading)
    _take_matter(context, _of_the_first(context), fresh=fresh)
    _take_choice(context, context.reading)
    context.news = _matters(facts) != before


def take_next(context: CallContext) -> None:
    """On with what the caller also came for, as it was said then."""
    following = context.facts.next_matters.pop(0)
    begin(context.facts, following.intent)
    _take_matter(context, understand(following.words, listening(context)), fresh=True)


def _take_as_before(context: CallContext, reading: Reading) -> None:
    """ "Another one" is what was booked last."""
    facts = context.facts
    booked = [known for known in facts.found if known.reference in facts.booked_here[-1:]]
    if booked and reading.service is None and _ANOTHER.search(plain(reading.text)):
        facts.service_id = booked[0].service_id
        start = booked[0].start.astimezone(context.business.zone).date()
        facts.wanted = Wanted(spans=(Span(first=start, last=start),))


def _of_the_first(context: CallContext) -> Reading:
    """What was said of the first matter, where several were named in one breath."""
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
    if not context.only_asks or fresh:
        take_person(context, reading)
        _take_times(context, reading, fresh)


def _matters(facts: Facts) -> tuple[object, ...]:
    return (
        facts.intent, facts.service_id, facts.provider_id, facts.wanted, facts.describes,
        facts.chosen, facts.unplaced, facts.name, facts.phone, facts.phone_digits,
        facts.phone_declined, facts.reference,
    )  # fmt: skip


def _take_intent(context: CallContext) -> bool:
    """Whether the caller now wants something else than before."""
    facts = context.facts
    wants = [_meant(context, want) for want in context.intents if not _doubtful(context, want)]
    refuses = context.reading.answer != "affirm" and not context.only_asks
    if facts.asked in ABOUT_AN_ACT and facts.intent and refuses:
        wants = rather(context.text, facts.intent) or wants
    if "cancel" in wants[:-1] and not _CANCELS.search(plain(context.text)):
        wants = ["reschedule"]  # "I can't make it, could we find another time?"
    if is_wanted_at_another_time(plain(context.text)):
        wants = ["reschedule"]
    if not wants and facts.intent is None and _COMES.search(plain(context.text)):
        wants = ["book"]
    if not wants and facts.intent is None:
        wants = _implied(context)
    if not wants or facts.intent in wants or _is_detail(context, wants):
        return False
    same = facts.reference if facts.intent in OF_A_BOOKING and wants[0] in OF_A_BOOKING else None
    begin(facts, wants[0])
    facts.reference = same
    facts.next_matters = [
        NextMatter(intent=INTENTS[clause.route], words=clause.text)
        for clause in context.clauses
        if clause.route in INTENTS and INTENTS[clause.route] in wants[1:]
    ]
    if wants == ["book"]:
        facts.next_matters = _further_services(context)
    return True


def _further_services(context: CallContext) -> list[NextMatter]:
    """ "A check-up and a cleaning" are two bookings."""
    parts = context.text.split(" and ")
    if len(parts) == 1:
        return []
    named = [(read_service(part, listening(context)), part) for part in parts]
    parts_of: dict[str, str] = {}
    for service, part in named:
        if service is not None:
            parts_of.setdefault(service, part)
    return [NextMatter(intent="book", words=part) for part in list(parts_of.values())[1:]]


def _meant(context: CallContext, want: Intent) -> Intent:
    """ "My appointment tomorrow, is it still on?" asks about one, and books none."""
    said = plain(context.text)
    if want == "book" and _MINE.search(said) and not _NEW.search(said):
        return "lookup"
    return want


def _doubtful(context: CallContext, want: Intent) -> bool:
    """A service and no word of an appointment that exists: not about one, however it sounds."""
    if want != "lookup" or context.reading.service is None:
        return False
    return not _EXISTING.search(plain(context.text))


def _is_detail(context: CallContext, wants: list[Intent]) -> bool:
    """Whether words that sound like another matter belong to the one in hand."""
    facts, reading = context.facts, context.reading
    if facts.intent is None:
        return False
    if facts.asked in ANSWERED_BY_DETAILS and reading.confidence < SURE_OF_ANOTHER_MATTER:
        return True
    if facts.asked in ABOUT_AN_ACT and wants[0] in OF_A_BOOKING:
        return reading.answer == "affirm"
    if facts.asked in ("confirm", "confirm_move", "confirm_cancel") and reading.answer:
        return True
    if wants == ["book"]:
        if facts.intent != "book" and not (facts.verified or facts.booked_here):
            # Asked whose appointment it is, the caller asks for one.
            return _MINE.search(plain(context.text)) is not None or not _ASKS.search(context.text)
        return facts.asked != "anything_else"
    return facts.intent == "book" and not _AN_APPOINTMENT.search(plain(reading.text))


def _implied(context: CallContext) -> list[Intent]:
    """A service, a time or a person named with nothing else asked is a wish to book, or to change
    what was just booked."""
    reading = context.reading
    said = plain(reading.text)
    vague = ("greeting", "affirm", "deny", "lookup")
    if not all(route in vague for route in context.routes):
        return []
    if not (reading.service or reading.times or reading.provider) or _IS_SOMEBODY_IN.search(said):
        return []
    return ["reschedule"] if context.facts.booked_here and _INSTEAD.search(said) else ["book"]


def begin(facts: Facts, intent: Intent | None) -> None:
    """A new matter: what belonged to the one before is let go."""
    if facts.intent is not None:
        finish(facts)
    facts.intent = intent


def finish(facts: Facts) -> None:
    """The matter in hand is over; who is calling stays known."""
    facts.intent = None
    facts.misses = 0
    facts.wanted = facts.describes = Wanted()
    facts.service_id = facts.provider_id = facts.reference = facts.chosen = None
    facts.offers, facts.searched, facts.unplaced = [], "", ""


def _take_times(context: CallContext, reading: Reading, fresh: bool) -> None:
    facts = context.facts
    if take_doubt(context, reading):
        return
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
    wanted = join(facts.wanted, heard, discussed(context))
    insists = reading.times and reading.answer not in ("affirm", "choose")
    if wanted != facts.wanted or insists and facts.asked in OVER_OFFERS:
        if wanted == facts.wanted:  # said once more: nothing of it is ruled out
            wanted = Wanted(spans=wanted.spans)
        facts.wanted, facts.chosen, facts.searched = wanted, None, ""


def _only_a_name(facts: Facts, reading: Reading) -> bool:
    """ "Jo March" is no month."""
    said = {word for when in reading.times for word in when.text.lower().split()}
    return facts.asked == "name" and said <= set((facts.name or "").lower().split())


def _knows_booking(facts: Facts) -> bool:
    return any(known.reference == facts.reference for known in facts.found)


def _place(context: CallContext) -> int | None:
    """Which of the offers, when the words are nothing but a place in the list."""
    found = _PLACE_ALONE.fullmatch(plain(context.text))
    if context.facts.asked not in ("choose", "which_booking"):
        return None
    if found is None:
        return _by_day(context)
    offered = context.facts.offers if context.facts.asked == "choose" else context.facts.found
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
    if facts.asked == "which_booking" and chosen is not None and chosen < len(facts.found):
        facts.reference = facts.found[chosen].reference
        return
    if not facts.offers or facts.asked not in ("choose", "confirm", "confirm_move", "open"):
        return
    if chosen is not None:
        if chosen < len(facts.offers):
            facts.chosen = facts.offers[chosen].offer_id
    elif reading.answer == "affirm" and facts.asked == "choose" and len(facts.offers) == 1:
        if not reading.times and not reading.exclude:
            facts.chosen = facts.offers[0].offer_id
