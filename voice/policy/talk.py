"""The built-in model beside the matter in hand: farewells, questions, what it cannot do."""

from __future__ import annotations

import re

from support.questions import OwnAnswer, Question, find_answer
from voice.call import CallContext
from voice.policy.phrases import NOT_HEARD, a_person, a_person_or, booking_words, put, what_i_can_do
from voice.policy.steps import CallTools, Say, Step, call, said
from voice.spoken import say_reference
from voice.understanding.reading import Route
from voice.understanding.words import fold, plain

MOST_MISSES = 3
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
        if route in NOT_HERE and sounds_like_a_question(context) and business_knows(context):
            return ask_the_business(context)
        if route in NOT_HERE:
            return said(NOT_HERE[route], a_person(context) or put(context, "help"))
    if "out_of_scope" in context.routes:
        if sounds_like_a_question(context) and business_knows(context):
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


def business_knows(context: CallContext, text: str = "") -> bool:
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
