"""answer_question: the business's own answer, or that it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal

from scheduling.business import LocalSpan
from support import questions
from support.questions import Question, find_answer
from voice.call import CallContext, ToolResult, listening
from voice.spoken import (
    WEEKDAYS,
    list_of,
    lower_first,
    say_day,
    say_minutes,
    say_phone,
    say_price,
    say_time,
    say_when,
)
from voice.tools.offering import local, today
from voice.tools.refusals import Incomplete
from voice.understanding.matching import read_service
from voice.understanding.understand import understand
from voice.wishes.wanted import spans_of

MOST_PRICES_SPOKEN = 4
NO_ANSWER = "I'm afraid I don't have an answer to that."


async def answer_question(context: CallContext, *, question: str | None = None) -> ToolResult:
    """What the business file says to the question."""
    if not question or not question.strip():
        raise Incomplete("What would you like to know?")
    reading = understand(question, listening(context))
    days = tuple(
        span.first for span in spans_of(reading.times or reading.exclude) if span.first is not None
    )
    provider = reading.provider if reading.provider != "any" else None
    parts = (read_service(part, listening(context)) for part in re.split(r" and |,| or ", question))
    named = tuple(dict.fromkeys(part for part in parts if part is not None))
    service = reading.service or context.facts.service_id or _just_booked(context, question)
    asked = Question(question, days, service, provider, named)
    answer = find_answer(context.business, asked, now=context.now)
    if answer is None:
        return ToolResult("answer_question", NO_ANSWER, {"answer": None})
    spoken = say_answer(context, answer)
    return ToolResult("answer_question", spoken, {"answer": spoken})


def _just_booked(context: CallContext, question: str) -> str | None:
    """The service of "how much will that be", once it is booked."""
    facts = context.facts
    made = [known for known in facts.found if known.reference in facts.booked_here[-1:]]
    told = made and re.search(r"(?i)\b(?:it|that|this)\b", question)
    return made[0].service_id if told else None


def say_answer(context: CallContext, answer: questions.Answer) -> str:
    """The answer in a sentence or two."""
    match answer:
        case questions.OwnAnswer():
            return " ".join(answer.text.split())
        case questions.WeekHours():
            who = f"{answer.provider} is here" if answer.provider else "We're open"
            return f"{who} {_say_week(answer.hours)}."
        case questions.DayHours():
            return _say_day_hours(context, answer)
        case questions.OpenNow():
            return _say_open_now(context, answer)
        case questions.Prices():
            return _say_prices(answer.items, context.business.currency)
        case questions.Lengths():
            parts = [f"{_the(name)} takes {say_minutes(minutes)}" for name, minutes in answer.items]
            return f"{_capital(list_of(parts))}."
        case questions.Place():
            return f"We're at {answer.address}."
        case questions.Number():
            return f"Our number is {say_phone(answer.phone)}."
        case questions.ServiceList():
            listed = list_of([lower_first(name) for name in answer.names])
            return (
                f"Yes, we do. We offer {listed}." if answer.asked else f"What we offer is {listed}."
            )
        case questions.People():
            does = f"{_the(answer.service)} is done by" if answer.service else "You can see"
            return f"{_capital(does)} {list_of(answer.names, 'or' if answer.service else 'and')}."


def _say_prices(items: Sequence[tuple[str, Decimal | None]], currency: str) -> str:
    named = [(name, price) for name, price in items if price is not None]
    if not named:
        return f"I don't have a price for {_the(items[0][0])}."
    listed = [
        f"{_the(name)} costs {say_price(price, currency)}"
        for name, price in named[:MOST_PRICES_SPOKEN]
    ]
    return f"{_capital(list_of(listed))}."


def _say_day_hours(context: CallContext, answer: questions.DayHours) -> str:
    said = say_day(answer.day, today(context))
    when = said if said in ("today", "tomorrow") else f"on {said}"
    subject = f"{answer.provider} is" if answer.provider else "we're"
    if not answer.spans:
        why = f" for {answer.reason}" if answer.reason else ""
        state = "not here" if answer.provider else "closed"
        return f"{_capital(subject)} {state} {when}{why}."
    hours = [
        f"from {say_time(local(context, start))} to {say_time(local(context, end))}"
        for start, end in answer.spans
    ]
    state = "here" if answer.provider else "open"
    return f"{_capital(subject)} {state} {when} {list_of(hours)}."


def _say_open_now(context: CallContext, answer: questions.OpenNow) -> str:
    if answer.open and answer.until is not None:
        return f"Yes, we're open until {say_time(local(context, answer.until))} today."
    if answer.opens is None:
        return "We're closed now."
    return f"We're closed now, and open {say_when(local(context, answer.opens), today(context))}."


def _say_week(hours: Iterable[tuple[int, tuple[LocalSpan, ...]]]) -> str:
    """Weekdays in a row with the same hours are said together."""
    runs: list[tuple[int, int, tuple[LocalSpan, ...]]] = []
    for weekday, spans in hours:
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], weekday, spans)
        else:
            runs.append((weekday, weekday, spans))
    return list_of([_say_run(first, last, spans) for first, last, spans in runs])


def _say_run(first: int, last: int, spans: tuple[LocalSpan, ...]) -> str:
    joint = " to " if last - first > 1 else " and "
    named = WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}{joint}{WEEKDAYS[last]}"
    return (
        f"{named} from {list_of([f'{_clock(each.start)} to {_clock(each.end)}' for each in spans])}"
    )


def _clock(minute: int) -> str:
    return say_time(time(minute // 60 % 24, minute % 60))


def _the(name: str | None) -> str:
    lowered = name or ""
    article = "an" if lowered[:1].lower() in "aeio" else "a"
    return f"{article} {lower_first(lowered)}" if lowered[1:2].islower() else lowered


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
