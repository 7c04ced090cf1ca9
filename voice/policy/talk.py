"""The built-in model beside the matter in hand: farewells, questions, what it cannot do."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from support.questions import OwnAnswer, Question, find_answer
from voice.call import CallContext, listening
from voice.policy.phrases import NOT_HEARD, a_person, a_person_or, booking_words, put, what_i_can_do
from voice.policy.steps import CallTools, Say, Step, ToolCall, call, said
from voice.spoken import say_reference, sentences
from voice.understanding.clauses import ASIDES
from voice.understanding.dates.reading import read_times
from voice.understanding.matching import read_service
from voice.understanding.reading import Route
from voice.understanding.routes import read_routes
from voice.understanding.words import fold, plain

MOST_MISSES = 3
MOST_QUESTIONS = 2
FAREWELLS = ("Thank you for calling. Goodbye!", "You're welcome. Goodbye!")
NOT_HERE: dict[Route, str] = {
    "refund": "I can't give refunds from here.",
    "tech_support": "I can't help with technical problems from here.",
    "billing": "I can't see bills or payments from here.",
    "order": "I can't see orders from here.",
}
_CAPABILITIES = re.compile(
    r"\bwhat (?:can|do|could) you (?:do|help|offer me)|\bhow can you help|\bwhat are you able|"
    r"\bwhat (?:else )?can (?:you|this thing) do|\bwhat are my options|"
    r"\bwho (?:are you|am i (?:talking|speaking))|"
    r"\bare you (?:a |an )?(?:robot|bot|machine|human|real|person|ai|computer)|^help(?: me)?$"
)
_MACHINE = re.compile(
    r"\bare you (?:a |an )?(?:robot|bot|machine|human|real|person|ai|computer)|who (?:are you|am i)"
)
RUNS_LATE = re.compile(
    r"\b(?:running (?:\w+ )?(?:late|behind)|"
    r"(?:gonna|going to|will|ill|might|may) be (?:\w+ ){0,4}late|stuck in traffic)\b"
)
_RECALLS = re.compile(
    r"\b(?:(?:my|the) (?:booking )?(?:reference|confirmation)|"
    r"(?:did|have) you (?:book|booked)|(?:am|are) (?:i|we) (?:all )?(?:booked|set)|"
    r"(?:is|was) (?:it|that) booked|when (?:is|was) (?:it|that|my appointment))\b"
)
_THANKS = re.compile(r"\b(?:thanks|thank you|cheers|appreciate)\b")
_LEAVES = re.compile(
    r"\b(?:bye|goodbye|good night|see you|take care|hang up|thats (?:all|it|everything)|"
    r"that is (?:all|it)|nothing else|im done|talk (?:later|soon)|have a (?:good|nice|great))\b"
)
_QUESTION = re.compile(
    r"^(?:(?:and|so|but|also|ok|okay|well|um+|uh+|by the way|oh|hey|hi|hello|quick question|"
    r"sorry) )*(?:what|whats|where|wheres|when|whens|who|whos|which|how|hows|why|is|are|do|does|"
    r"did|can|could|will|would|have|has|should)\b"
)

_ASKS = re.compile(
    r"^(?:(?:and|so|but|ok|okay|wait|sorry|oh|well|um+|uh+) )*"
    r"(?:(?:what|whats|where|wheres|when|whens|who|whos|which|how|hows|why)\b|"
    r"(?:is|are|does|did|can|could|would|should|shall|do|will) "
    r"(?:i|you|it|we|they|that|this|there|the|my)\b)"
)


_NEXT_QUESTION = re.compile(
    r"(?i)\s+and\s+(?=(?:do|does|is|are|can|what|whats|where|how|when|which|who|will|have)\b)"
)
_PRICE_BESIDE = re.compile(
    r"(?i)\b(?:how much (?:is|are|does|do|would|will|for)|what(?:['’]?s| is) the (?:price|cost))\b"
    r"[^,.?!;]*"
)
MOST_WORDS_GOING_ON = 6
_LEADS = re.compile(r"(?:(?:ok|okay|oh|so|and|or|but|then|well|what about|how about|just) )+")
_DAY_AFTER = re.compile(r"\b(?:day after|next day|following day)\b(?! tomorrow)")
_LENGTH = re.compile(r"\b(?:how long|take)\b")
_WISHES = re.compile(
    r"\b(?:(?:need|want) (?:an?|some|to (?:book|see|make|get|change))|book|come|appointment|slot|"
    r"anything|free|available|openings?|schedule|"
    r"move|cancel|make it|fit me|see me)\b"
)
_OTHER_TONGUES = re.compile(
    r"\b(?:hola|habla|hablas|hablan|espanol|quiero|quisiera|necesito|bonjour|parlez|francais|"
    r"je voudrais|rendez vous|guten tag|sprechen|deutsch|mochte|termin|buongiorno|vorrei|"
    r"parla|ola|quero|portugues)\b"
)


def speaks_another_language(context: CallContext) -> bool:
    """Whether these words are none that we could understand."""
    return _OTHER_TONGUES.search(fold(plain(context.text))) is not None


def recalled(context: CallContext) -> str:
    """The reference, or that it is booked: asked again about what was booked in this call."""
    booked = [
        known
        for known in context.facts.found
        if known.reference == (context.facts.booked_here or [""])[-1]
    ]
    said_words = plain(context.text)
    if not booked or context.facts.intent is not None or not _RECALLS.search(said_words):
        return ""
    reference = say_reference(booked[0].reference)
    return (
        f"You're booked for your {booking_words(context, booked[0])}; the reference is {reference}."
    )


def farewell(context: CallContext) -> Say:
    """The end of the call."""
    thanked = _THANKS.search(plain(context.text)) is not None
    context.facts.asked = None
    return Say(FAREWELLS[thanked], hang_up=True)


def asks_what_we_do(context: CallContext) -> bool:
    """Whether the caller asks who or what is speaking, or what it can do."""
    return _CAPABILITIES.search(plain(context.text)) is not None


def capabilities(context: CallContext) -> str:
    """What this can do, and what it is when that was asked."""
    if _MACHINE.search(plain(context.text)):
        return f"I'm the automated assistant of {context.business.name}. {what_i_can_do(context)}"
    return what_i_can_do(context)


def says_goodbye(context: CallContext) -> bool:
    """Whether the caller really leaves, rather than only giving thanks."""
    return _LEAVES.search(plain(context.text)) is not None


def questions_in(context: CallContext) -> tuple[ToolCall, ...]:
    """Questions about the business among the caller's words, each as a tool call."""
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
    about_us = all(ASIDES.intersection(read_routes(part, heard)[0][:1]) for part in parts)
    return parts if about_us else [text]


def is_written_down(context: CallContext) -> bool:
    """Whether a question that names no service has an answer which the business wrote."""
    if context.reading.service or not sounds_like_a_question(context):
        return False
    asked = sentences(context.text)[-1]
    return _WISHES.search(plain(asked)) is None and _business_knows(context, asked)


def follow_up(context: CallContext) -> str:
    """The last question once more, of another day or service: "and on Saturday?"."""
    before, said_words = context.facts.last_question, plain(context.text)
    led = _LEADS.match(said_words)
    rest = said_words[led.end() :] if led else said_words
    times = context.reading.times
    service = read_service(rest, listening(context))
    other = times or service or context.reading.provider
    if not before or context.facts.intent is not None or not other or _WISHES.search(rest):
        return ""
    clock = any(isinstance(when.value, datetime | time) for when in times)
    asks = led is not None or context.text.rstrip().endswith("?")
    if clock or not asks or len(rest.split()) > MOST_WORDS_GOING_ON:
        return ""
    if service:
        return f"{'how long does' if _LENGTH.search(plain(before)) else 'how much is'} {rest}"
    days = []
    for when in reversed(read_times(before, listening(context)).found):
        before = before[: when.span[0]] + before[when.span[1] :]
        days += [when.value] if isinstance(when.value, date) else []
    if days and _DAY_AFTER.search(rest):
        day = days[0] + timedelta(days=1)
        rest = f"on {day:%B} {day.day}"
    return f"{before.rstrip(' ?.!')} {rest}?"


def sounds_like_a_question(context: CallContext) -> bool:
    """Whether the words are put as a question."""
    said_words = plain(context.text)
    return bool(said_words) and (
        context.text.rstrip().endswith("?") or _QUESTION.search(said_words) is not None
    )


def asks_outright(context: CallContext) -> bool:
    """The same where names are told: Will Short and Is Haddad ask nothing."""
    return context.text.rstrip().endswith("?") or _ASKS.search(plain(context.text)) is not None


def ask_the_business(context: CallContext) -> CallTools:
    """The whole turn as one question."""
    return call("answer_question", question=context.text[:500])


def cannot(context: CallContext) -> Step | None:
    """An honest no to what no agent here can do."""
    if RUNS_LATE.search(plain(context.text)) and context.facts.intent is None:
        return said("I can't pass that on from here.", a_person(context) or put(context, "help"))
    for route in context.routes:
        if route in NOT_HERE and sounds_like_a_question(context) and _business_knows(context):
            return ask_the_business(context)
        if route in NOT_HERE:
            return said(NOT_HERE[route], a_person(context) or put(context, "help"))
    if "out_of_scope" in context.routes:
        if sounds_like_a_question(context) and _business_knows(context):
            return ask_the_business(context)
        context.facts.misses += 1
        if context.facts.misses >= MOST_MISSES:
            context.facts.misses -= 1
            return not_heard(context, put(context, "help"))
        return said(
            f"I can only help with appointments and questions about {context.business.name}.",
            put(context, "help"),
        )
    return None


def _business_knows(context: CallContext, text: str = "") -> bool:
    """Whether the business wrote an answer to what sounds like nobody's affair."""
    asked = Question((text or context.text)[:500])
    return isinstance(find_answer(context.business, asked, now=context.now), OwnAnswer)


def not_heard(context: CallContext, question: str) -> Say:
    """Says so, and asks again in other words; the third time a person is offered."""
    facts = context.facts
    facts.misses += 1
    if facts.misses >= MOST_MISSES:
        facts.misses = 0
        return said(NOT_HEARD[-1], a_person_or(context, question))
    return said(NOT_HEARD[facts.misses - 1], question)
