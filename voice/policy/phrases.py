"""What the built-in model asks and says; no question comes twice in the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from support.questions import open_now
from voice.call import CallContext, person_name
from voice.facts import Asked, BookingFact, OfferedFact
from voice.spoken import list_of, lower_first, say_phone, say_times, say_when, sentences

QUESTIONS: dict[Asked, tuple[str, ...]] = {
    "service": (
        "What would you like to book?",
        "Which of these can I book for you?",
        "Which one is it for?",
    ),
    "guess": ("Is that right?",),
    "date": (
        "What day and time would suit you?",
        "When would you like to come?",
        "Which day should I look at?",
    ),
    "time": ("On which day?", "Which day would that be?", "What day should I look at for that?"),
    "name": (
        "What name should I put it under?",
        "May I have your name, please?",
        "What was the name again?",
    ),
    "phone": (
        "What number can we reach you on?",
        "Could you tell me your telephone number?",
        "Could you say the telephone number once more, digit by digit?",
    ),
    "confirm": ("Shall I book it?", "Is that right?", "Shall I go ahead and book it?"),
    "confirm_move": ("Shall I move it?", "Is that right?", "Shall I go ahead and move it?"),
    "confirm_cancel": (
        "Shall I cancel it?",
        "Do you want me to cancel it?",
        "Should I go ahead and cancel it?",
    ),
    "choose": ("Which suits you?", "Which one would you like?", "Which of those shall I take?"),
    "which_booking": ("Which one is it about?", "Which of them do you mean?", "Which one, please?"),
    "reference": (
        "What is the reference of the appointment?",
        "Could you read me the reference, letter by letter?",
        "The reference has six letters and digits; could you say it once more?",
    ),
    "person": (
        "Shall I put you through to somebody here?",
        "Would you like to speak to somebody here?",
    ),
    "anything_else": (
        "Is there anything else?",
        "Can I do anything else for you?",
        "Anything else I can do?",
    ),
    "open": (
        "What should I change?",
        "What would you like to be different?",
        "What should it be instead?",
    ),
    "help": ("How can I help?", "What can I do for you?", "What would you like to do?"),
}
ONE_OFFER = ("Would that suit you?", "Would that work for you?", "Shall I take that one?")
FOR_WHOM = (
    "What name should I put that one under?",
    "Whose name is that one for?",
    "What was the name for it again?",
)
WHOSE = (
    "What name is the appointment under?",
    "Under which name was it booked?",
    "Could you tell me the name on the appointment?",
)
TRY_ANOTHER = (
    "Is it under another name, or do you have a reference?",
    "Which name could it be under instead?",
    "Could you spell the name for me?",
)
MOVE_TO = (
    "What day and time would suit you instead?",
    "When would you like to have it?",
    "Which day should I look at for it?",
)
NOT_HEARD = (
    "Sorry, I didn't catch that.",
    "I'm sorry, I still didn't get that.",
    "I'm having trouble understanding.",
)
MOST_SERVICES_SPOKEN = 5
_ASKED_PERSON = re.compile(
    r"\b(?:[Dd]r\.?|[Dd]octor|[Ss]ee|[Ww]ith) (?:Dr\.? |Doctor )?(?!Dr\b|Doctor\b)([A-Z][a-z]+)\b"
)
AS_BEFORE = re.compile(
    r"\bsame (?:thing |one )?as (?:last|before|always|the last)\b|\b(?:the|my) usual\b"
)
""" "The same as last time": nobody has shown us yet whose last time that was."""


def put(context: CallContext, asked: Asked, variants: Sequence[str] = ()) -> str:
    """The question in words not used for it before, which is then the question asked."""
    facts = context.facts
    wordings = variants or QUESTIONS[asked]
    count = facts.times_asked.get(asked, 0)
    facts.times_asked[asked] = count + 1
    facts.asked = asked
    return wordings[count % len(wordings)]


def which_offer(context: CallContext) -> str:
    """Asks for a choice among the live offers."""
    return put(context, "choose", ONE_OFFER if len(context.facts.offers) == 1 else ())


def offers_again(context: CallContext) -> str:
    """The live offers once more, in one sentence."""
    zone = context.business.zone
    times = [
        (
            offer.start.astimezone(zone).replace(tzinfo=None),
            person_name(context.business, offer.provider_id),
        )
        for offer in context.facts.offers
    ]
    return f"I have {say_times(times, context.local_now.date())}."


def now_for(context: CallContext) -> str:
    """Which further visit a question is about that would not tell by itself."""
    facts = context.facts
    names = {service.id: service.name for service in context.business.services}
    if facts.intent != "book" or facts.service_id not in names or facts.asked != "date":
        return ""
    return f"Now for your {lower_first(names[facts.service_id])}."


def what_we_offer(context: CallContext) -> str:
    """The services in one sentence."""
    names = [lower_first(service.name) for service in context.business.services]
    if len(names) > MOST_SERVICES_SPOKEN:
        names = [*names[:MOST_SERVICES_SPOKEN], "more"]
    return f"We offer {list_of(names)}."


def nobody_called(context: CallContext) -> str:
    """That nobody here has the name of the person asked for."""
    asked = _ASKED_PERSON.search(context.text)
    if asked is None or context.reading.provider is not None:
        return ""
    names = [provider.name for provider in context.business.providers]
    return f"There is nobody called {asked[1]} here; you can see {list_of(names, 'or')}."


def what_i_can_do(context: CallContext) -> str:
    """Capabilities, truly."""
    return (
        f"I can book, move or cancel an appointment at {context.business.name}, and answer "
        "questions about hours, prices and services."
    )


def offer_words(context: CallContext, offer: OfferedFact) -> str:
    """`check-up with Ana Ruiz on Tuesday, November 24th at 10 AM`."""
    whom = _visit(context, offer.service_id, offer.provider_id)
    return f"{whom} on {full_time(context, offer.start)}"


def booking_words(context: CallContext, booking: BookingFact, *, joint: str = "on") -> str:
    """The same of a booking; `joint` stands before its time."""
    whom = _visit(context, booking.service_id, booking.provider_id)
    return f"{whom} {joint} {full_time(context, booking.start)}"


def _visit(context: CallContext, service_id: str, provider_id: str) -> str:
    names = {service.id: service.name for service in context.business.services}
    who = person_name(context.business, provider_id)
    with_whom = f" with {who}" if who else ""
    return f"{lower_first(names.get(service_id, 'appointment'))}{with_whom}"


def full_time(context: CallContext, at: datetime) -> str:
    """Weekday, date and time, also for today and tomorrow."""
    local = at.astimezone(context.business.zone)
    return say_when(local, context.local_now.date(), full=True)


def read_back(context: CallContext, offer: OfferedFact) -> str:
    """All that is about to be booked."""
    facts = context.facts
    reach = f", and your number is {say_phone(facts.phone)}" if facts.phone else ""
    return f"That's your {offer_words(context, offer)}, for {facts.name}{reach}."


def a_person(context: CallContext) -> str:
    """Offers a person where there is one to offer, now or when somebody is there again."""
    business = context.business
    if not business.phone:
        return ""
    attended = open_now(business, context.now)
    if attended.opens is not None:
        opens = attended.opens.astimezone(business.zone)
        when = say_when(opens, context.local_now.date())
        return f"You can reach a person at {say_phone(business.phone)} from {when}."
    if context.call.can_transfer:
        return put(context, "person")
    return f"You can reach a person at {say_phone(business.phone)}."


def a_person_or(context: CallContext, question: str) -> str:
    """A person, or where that is for later or elsewhere, that and the question."""
    person = a_person(context)
    if not person:
        return question
    if context.facts.asked == "person":
        return person
    return f"{person} {sentences(question)[-1]}"
