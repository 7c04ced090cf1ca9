"""What the caller wants done: a matter begun, or a detail of the one in hand."""

from __future__ import annotations

import re

from voice.call import CallContext, listening
from voice.facts import Facts, NextMatter
from voice.policy.asides import is_aside
from voice.policy.letting_go import take_back, wants_back
from voice.policy.phrases import AS_BEFORE
from voice.policy.retiming import is_wanted_at_another_time
from voice.policy.several import further_people, further_services
from voice.policy.talk import (
    RUNS_LATE,
    asks_outright,
    sounds_like_a_question,
)
from voice.understanding.clauses import HAS_ONE, INTENTS, Intent, rather
from voice.understanding.likely_services import likely_service
from voice.understanding.words import plain
from voice.wishes.wanted import Wanted

_AN_APPOINTMENT = re.compile(
    r"\b(?:my|an|the|our|existing|this|that|your) (?:\w+ ){0,3}"
    r"(?:appointment|booking|reservation|visit)\b"
)
_EXISTING = re.compile(r"\b(?:appointments?|booked|bookings?|reservations?|scheduled|visit)\b")
_COMES = re.compile(
    r"\b(?:(?:can|could|may) (?:i|we) (?:\w+ )?(?:book|come|get in|make|schedule|"
    r"(?:get|have) (?:one|it|that|this)\b(?! (?:on|for) \w+ insurance))|be seen|"
    r"(?:can|could|when can) (?:\w+ ){1,2}(?:see me|fit me in|squeeze me in)|"
    r"(?:want|like|need|looking|wanna) (?:to )?(?:book|come in|schedule|"
    r"make an? (?:appointment|booking)))\b"
)
_CANCELS = re.compile(r"\b(?:cancel\w*|call(?:ing)? (?:it |that )?off|scrap|get rid|bin|ditch)\b")
_MUST_GO = re.compile(
    r"\b(?:need|want|have|got|like|going|gonna|please|can you|just) (?:to )?(?:cancel|bin|"
    r"scrap|ditch|get rid of|call off)\b"
)
"""An appointment is given up in other words than "cancel"."""
_ASKS = re.compile(r"(?i)\b(?:book|make|schedule|set up|(?:fit|squeeze) (?:me|us) in|for an?)\b")
_MINE = re.compile(r"\bmy (?:\w+ ){0,2}(?:appointment|booking|reservation)s?\b")
_FREE = re.compile(
    r"\b(?:what|anything|whats|when) (?:else )?(?:do |have |can )?(?:you|there) (?:have|got|do)\b"
    r"(?!.*\b(?:for me|under|down|on file)\b)|\b(?:openings?|availab\w+|free)\b"
)
"""What there is to be had, not what the caller has."""
_NEW = re.compile(
    r"\b(?:book|make|schedule|set up|need|want|get|new|arrange|like|"
    r"for my (?:\w+ ){0,2}appointment)\b"
)
_INSTEAD = re.compile(r"\b(?:make (?:it|that)|instead|change|move|rather)\b")
_IS_SOMEBODY_IN = re.compile(
    r"^(?:and |so )*(?:is|are|does|when|who)\b.*\b(?:in|there|works?|working)\b"
)
_BOOKS = re.compile(r"\b(?:book|make|schedule|get|have) (?:me )?an?\b")
_CANNOT = re.compile(
    r"\b(?:cant|cannot|can not|wont be able to|not able to) (?:make|come|do|get)\b"
)
_WHAT_ELSE = re.compile(r"\b(?:(?:what|anything) (?:else|other)|an ?other|different|instead)\b")
_WISH = re.compile(
    r"\b(?:book\w*|need|want|like|get|fit|slot|appointments?|schedule|arrange|see|visit|seen)\b"
)
_GIVEN_UP = re.compile(
    r"\b(?:cancel\w*|call\w* off|make it|get rid|scrap|move\w*|change\w*|reschedul\w*|postpone\w*|"
    r"push|mine|instead|rather|(?:week|day) (?:after|before)|next week)\b"
)
_LOOKS_UP = re.compile(
    r"\b(?:when|what (?:time|day|date))(?:s| is| was)? my (?:next )?"
    r"(?:one|appointment|visit|booking)\b|"
    r"\b(?:if|whether) (?:\w+ ){1,3}(?:has|have|has got|have got|got) an? (?:appointment|booking)\b"
)
_MOVES = re.compile(
    r"\b(?:move|reschedule|change|push|shift|switch|postpone|bring forward) (?:it|that|this|"
    r"(?:my|the|our) (?:\w+ ){0,2}(?:appointment|booking|visit|time|date|day))\b"
    r"|\bmove my\b"
)
_OTHERWISE = re.compile(
    _MOVES.pattern + r"|\b(?:earlier|sooner|later(?! (?:bye|then|thanks))|half an hour|"
    r"(?:an ?other|a different) (?:day|time)|instead|make (?:it|that))\b"
)
ANSWERED_BY_DETAILS = (
    "service", "guess", "date", "time", "name", "phone", "choose", "which_booking", "reference",
)  # fmt: skip
SURE_OF_ANOTHER_MATTER = 0.85
"""Below this, words in answer to a question are taken as its answer."""
ABOUT_AN_ACT = ("confirm_move", "confirm_cancel")
OF_A_BOOKING = ("reschedule", "cancel", "lookup")


def take_intent(context: CallContext) -> bool:
    """Whether the caller now wants something else than before."""
    facts = context.facts
    if wants_back(context):
        begin(facts, "book")
        take_back(context)
        return True
    if facts.intent is None and RUNS_LATE.search(plain(context.text)):
        return False
    wants = _wants(context)
    if not wants and facts.intent is None:
        wants = _unsaid(context)
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
    if wants == ["cancel", "book"] and not facts.next_matters:
        _, _, rest = context.text.lower().partition(" and ")
        facts.next_matters = [NextMatter(intent="book", words=rest or context.text)]
    if wants == ["book"]:
        facts.next_matters = further_services(context) + further_people(context)
    return True


def _wants(context: CallContext) -> list[Intent]:
    """What these words ask to have done."""
    facts, said = context.facts, plain(context.text)
    if facts.intent is None and is_aside(context):
        return []
    wants = [_meant(context, want) for want in context.intents if not _doubtful(context, want)]
    refuses = context.reading.answer != "affirm" and not context.only_asks
    if facts.asked in ABOUT_AN_ACT and facts.intent and refuses:
        wants = rather(context.text, facts.intent) or wants
    if wants == ["book"] and _MUST_GO.search(said) and not _ASKS.search(said):
        wants = ["cancel"]  # "hey, I need to cancel Monday"
    if "cancel" in wants[:-1] and not _CANCELS.search(said):
        wants = ["reschedule"]  # "I can't make it, could we find another time?"
    if {"cancel", "reschedule"} & {*wants}:
        wants = [want for want in wants if want != "lookup"]  # it is read out on the way
    if is_wanted_at_another_time(said):
        return ["reschedule"]
    moved = _CANCELS.search(said) and _INSTEAD.search(said) and context.reading.times
    if moved and facts.intent is None and context.reading.service and _BOOKS.search(said):
        return ["cancel", "book"]  # "… and book a massage instead"
    if moved and facts.intent is None and "lookup" not in wants:
        return ["reschedule"]  # "I've got to cancel Wednesday, could I have Monday instead?"
    if facts.intent is None and _CANNOT.search(said) and _WHAT_ELSE.search(said):
        return ["reschedule"]  # "I can't make Wednesday. What else have you got?"
    if facts.intent is None and _moves_what_was_told(context, wants):
        return ["reschedule"]
    return wants


def _moves_what_was_told(context: CallContext, wants: list[Intent]) -> bool:
    """ "Can I come a bit earlier?" of the appointment that the caller has just heard of."""
    facts, said = context.facts, plain(context.text)
    if context.reading.service is not None or context.only_asks:
        return False
    if any(known.reference in {*facts.booked_here, *facts.verified} for known in facts.found):
        return wants in ([], ["book"], ["reschedule"]) and _OTHERWISE.search(said) is not None
    return not wants and _MOVES.search(said) is not None


def _unsaid(context: CallContext) -> list[Intent]:
    """What is wanted where no word for it was said."""
    said = plain(context.text)
    if is_aside(context):
        return []
    if _MUST_GO.search(said):
        return ["cancel"]
    if _LOOKS_UP.search(said):
        return ["lookup"]
    return ["book"] if _COMES.search(said) or AS_BEFORE.search(said) else _implied(context)


def _meant(context: CallContext, want: Intent) -> Intent:
    """ "My appointment tomorrow, is it still on?" asks about one, and books none."""
    said = plain(context.text)
    told = _MINE.search(said) or HAS_ONE.search(context.text)
    if want == "book" and told and not _NEW.search(said):
        return "lookup"
    if want == "book" and _LOOKS_UP.search(said):
        return "lookup"
    if want == "lookup" and not told and _FREE.search(said):
        return "book"
    return want


def _doubtful(context: CallContext, want: Intent) -> bool:
    """A service and no word of an appointment that exists: not about one, however it sounds."""
    said = plain(context.text)
    if want == "book" and context.reading.service is None and _IS_SOMEBODY_IN.search(said):
        only_asks = context.facts.intent is None
    elif _tells_of_a_visit(context) or not asks_outright(context):
        only_asks = False
    elif want == "book":
        only_asks = not (_WISH.search(said) or _COMES.search(said) or _FREE.search(said))
    else:
        only_asks = not (
            _EXISTING.search(said) or _OTHERWISE.search(said) or _GIVEN_UP.search(said)
        )
    if only_asks or want != "lookup" or context.reading.service is None:
        return only_asks
    return not _EXISTING.search(said)


def _tells_of_a_visit(context: CallContext) -> bool:
    """Whether something else than the manner of asking tells that it is about a visit."""
    reading = context.reading
    about = reading.service or reading.times or reading.provider or reading.reference
    return bool(about) or context.facts.intent is not None


def _is_detail(context: CallContext, wants: list[Intent]) -> bool:
    """Whether words that sound like another matter belong to the one in hand."""
    facts, reading = context.facts, context.reading
    if facts.intent is None:
        return False
    if facts.asked in ANSWERED_BY_DETAILS and reading.confidence < SURE_OF_ANOTHER_MATTER:
        return True
    if facts.intent == "reschedule" and wants == ["cancel"] and reading.times:
        if not _CANCELS.search(plain(reading.text)):
            return True  # "I can't make those. Is there something on Monday?"
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
    likely = not sounds_like_a_question(context) and likely_service(said, listening(context))
    if likely and all(route in (*vague, "out_of_scope") for route in context.routes):
        return ["book"]
    if not all(route in vague for route in context.routes):
        return []
    asked_of_them = asks_outright(context) and not _WISH.search(said)
    if asked_of_them and not (reading.service or reading.times):
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
    facts.guessed = None
    facts.offers, facts.searched, facts.unplaced = [], "", ""
