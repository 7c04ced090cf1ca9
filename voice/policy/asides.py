"""Questions beside the matter in hand: which they are, and what goes on from the last of them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from voice.call import CallContext, listening
from voice.policy.steps import ToolCall
from voice.policy.talk import business_knows, sounds_like_a_question
from voice.spoken import sentences
from voice.understanding.clauses import ASIDES
from voice.understanding.dates.reading import read_times
from voice.understanding.matching import read_service
from voice.understanding.routes import read_routes
from voice.understanding.words import plain

MOST_QUESTIONS = 2
_NEXT_QUESTION = re.compile(
    r"(?i)\s+and\s+(?=(?:do|does|is|are|can|what|whats|where|how|when|which|who|will|have)\b)"
)
_OPEN = re.compile(r"(?i)(?:who|what|whats|where|how|when|which)\b")
_PRICE_BESIDE = re.compile(
    r"(?i)\b(?:how much (?:is|are|does|do|would|will|for)|what(?:['’]?s| is) the (?:price|cost))\b"
    r"[^,.?!;]*"
)
MOST_WORDS_GOING_ON = 6
_LEADS = re.compile(r"(?:(?:ok|okay|oh|so|and|or|but|then|well|what about|how about|just) )+")
_UP_TO_US = re.compile(
    r"^(?:(?:i|um+|uh+|well|oh|its|really|honestly) )*(?:dont (?:really )?(?:care|mind)|up to you|"
    r"you (?:choose|pick|decide|tell me)|whatever|whichever|whenever|either|"
    r"doesnt matter|any|anything)"
    r"(?: (?:works|is fine|suits|really|at all))*$|"
    r"\b(?:what|which|any)(?: (?:times?|days?|dates?|slots?|openings?))? (?:do|have|can|are) "
    r"(?:you|there|i)(?: (?:have|got|get|free|available|offer|do|choose))*$|"
    r"\bwhats (?:free|available|open)$|\bwhen (?:can|could|are) you\b"
)
_WHICH_PLACE = re.compile(
    r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|um+|uh+|yes|yeah|so|is that|there) )*"
    r"(?:is this|have i (?:got|reached)|did i (?:get|reach)|am i through to) (?:the |a )?"
    r"(?!(?:a )?(?:robot|bot|machine|person|human|real)|"
    r"(?:for|about|still|ok|okay|going|your) )\w+"
)
_RENAMES = re.compile(
    r"\b(?:change|correct|fix|update) (?:the|my|that|her|his) (?:\w+ )?name\b|"
    r"\bname (?:is|was|on it is) (?:wrong|spelled wrong|misspelt|misspelled)\b"
)
_DAY_AFTER = re.compile(r"\b(?:day after|next day|following day)\b(?! tomorrow)")
_COSTS = re.compile(r"\b(?:how much|cost|costs|price|prices|charge|fee)\b")
_LENGTH = re.compile(r"\b(?:how long|take)\b")
_WISHES = re.compile(
    r"\b(?:(?:need|want) (?:an?|some|to (?:book|see|make|get|change))|book|come|appointment|slot|"
    r"anything|free|available|openings?|schedule|"
    r"move|cancel|make it|fit me|see me)\b"
)


def questions_in(context: CallContext) -> tuple[ToolCall, ...]:
    """Questions about the business among the caller's words, each as a tool call."""
    if leaves_it_to_us(context):
        return ()
    going_on = follow_up(context)
    asked = [going_on] if going_on else []
    for clause in context.clauses if not asked else ():
        if clause.route in ASIDES:
            asked += _questions_apart(context, clause.text)
    if not asked and (priced := _PRICE_BESIDE.search(context.text)):
        asked = [priced[0]]
    if not asked and context.facts.intent is None and is_written_down(context):
        asked = [sentences(context.text)[-1]]
    return tuple(
        ToolCall("answer_question", {"question": each[:500]}) for each in asked[:MOST_QUESTIONS]
    )


def _questions_apart(context: CallContext, text: str) -> list[str]:
    """ "Do I need a referral and do you take Aetna" is two questions."""
    parts = _NEXT_QUESTION.split(text)
    heard = listening(context)
    about_us = all(
        ASIDES.intersection(read_routes(part, heard)[0][:1]) or _OPEN.match(part) for part in parts
    )
    return parts if about_us else [text]


def is_written_down(context: CallContext) -> bool:
    """Whether a question that names no service has an answer which the business wrote."""
    if context.reading.service or not sounds_like_a_question(context):
        return False
    asked = sentences(context.text)[-1]
    return _WISHES.search(plain(asked)) is None and business_knows(context, asked)


def leaves_it_to_us(context: CallContext) -> bool:
    """Whether, asked for a day, the caller has none in mind: "up to you", "what do you have"."""
    if context.facts.asked not in ("date", "time") or context.facts.intent is None:
        return False
    return _UP_TO_US.search(plain(context.text)) is not None


def leaves_the_choice(context: CallContext) -> bool:
    """Whether any of the times on offer will do: "whichever", "you choose"."""
    said = plain(context.text)
    asks = sounds_like_a_question(context) or said.startswith(("any", "what", "when"))
    return context.facts.asked == "choose" and not asks and bool(_UP_TO_US.search(said))


def is_aside(context: CallContext) -> bool:
    """Whether words that may sound like a wish only ask something."""
    asks = follow_up(context) or is_written_down(context) or renames(context)
    return bool(asks) or asks_which_place(context)


def asks_which_place(context: CallContext) -> bool:
    """Whether the caller makes sure of having rung the right place."""
    return _WHICH_PLACE.match(plain(context.text)) is not None


def renames(context: CallContext) -> bool:
    """Whether the name on a booking is to be another; people do that."""
    told = context.facts.booked_here or context.facts.verified
    return bool(told) and _RENAMES.search(plain(context.text)) is not None


def follow_up(context: CallContext) -> str:
    """The last question once more, of another day or service: "and on Saturday?"."""
    before, said_words = context.facts.last_question, plain(context.text)
    if not before or context.facts.intent is not None:
        return ""
    led = _LEADS.match(said_words)
    rest = said_words[led.end() :] if led else said_words
    asks = led is not None or context.text.rstrip().endswith("?")
    if not asks or len(rest.split()) > MOST_WORDS_GOING_ON or _WISHES.search(rest):
        return ""
    times, service = context.reading.times, read_service(rest, listening(context))
    clock = any(isinstance(when.value, datetime | time) for when in times)
    if clock or not (times or service or context.reading.provider):
        return ""
    if service and not (_LENGTH.search(plain(before)) or _COSTS.search(plain(before))):
        return ""
    if service:
        return f"{'how long does' if _LENGTH.search(plain(before)) else 'how much is'} {rest}"
    days = []
    if context.reading.provider:
        names = [who.name for who in context.business.providers]
        parts = "|".join(re.escape(part) for name in names for part in name.split())
        before, who = re.subn(rf"(?i)\b(?:{parts})(?: (?:{parts}))*\b", rest, before)
        return before if who else f"{before.rstrip(' ?.!')} {rest}?"
    for when in reversed(read_times(before, listening(context)).found):
        before = before[: when.span[0]] + before[when.span[1] :]
        days += [when.value] if isinstance(when.value, date) else []
    if days and _DAY_AFTER.search(rest):
        day = days[0] + timedelta(days=1)
        rest = f"on {day:%B} {day.day}"
    return f"{before.rstrip(' ?.!')} {rest}?"
