"""answer_question: the business's own answer, or that it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal

from scheduling.business import LocalSpan
from support import answers
from support.faq import Closeness
from support.questions import Question, find_answer, written_to
from voice.call import CallContext, listening
from voice.spoken import (
    WEEKDAYS,
    is_plural,
    list_of,
    lower_first,
    one_of,
    say_day,
    say_hours,
    say_minutes,
    say_phone,
    say_price,
    say_time,
)
from voice.tool_results import ToolResult
from voice.tools.goods_told import noted, told_of_goods
from voice.tools.offering import local, say_at, today
from voice.tools.reasons import on_day
from voice.tools.refusals import Incomplete
from voice.understanding.acts import Act
from voice.understanding.asked_about import (
    asks_of_a_change,
    asks_of_return,
    asks_the_way,
    is_yes_or_no,
    points_back,
)
from voice.understanding.dates.reading import read_times
from voice.understanding.goods_valued import asked_of_goods
from voice.understanding.likely_services import may_mean
from voice.understanding.matching import all_named
from voice.understanding.meaning import closeness
from voice.understanding.reading import Named
from voice.understanding.services_said import ANYONE, said_person
from voice.understanding.wishes.wanted import spans_of

MOST_LISTED = 3
MOST_GUESSED = 2
NEAR_ENOUGH = 0.5
"""Of a service that is told of in the place of what is not done."""
WISHES = frozenset({"refund", "billing", "order", "buy", "account", "product", "tech"})
"""Topics that are no questions: only the business's very words answer them."""
NEAREST = "What I have on that is:"
NO_ANSWER = "I'm afraid I don't have an answer to that."


async def answer_question(
    context: CallContext, *, question: str | None = None, topic: str | None = None
) -> ToolResult:
    """What the business file says to the question."""
    if not question or not question.strip():
        raise Incomplete("What would you like to know?")
    heard = listening(context)
    goods = asked_of_goods(Act("ask", text=question), heard).goods
    if goods and written_to(context.business, question) is None:
        return _answered(noted(context, goods, question) or await told_of_goods(context, goods))
    times = read_times(question, heard.asking(None))
    spans = spans_of(times.found or times.exclude)
    provider = said_person(question, heard.providers, loosely=False)
    spoken_of = context.facts.service_id or _just_booked(context, question)
    if spoken_of is None:  # "what does a cleaning cost, and who does it"
        spoken_of = next(iter(all_named(context.text, heard.services, loosely=False)), None)
    # that something is done, or who does it, is told only of what is called by its name
    loosely = spoken_of is None and topic != "service"
    named = all_named(question, heard.services, loosely=loosely)
    if topic == "price" and not named and spoken_of is None:  # of what we have just guessed at
        named = getattr(context.facts.agenda.in_hand, "likely", ())[:MOST_GUESSED]
    if (of_return := asks_of_return(question)) and provider in (None, ANYONE):
        provider = _person_spoken_of(context)
    asked = Question(
        question,
        tuple(span.first for span in spans if span.first is not None),
        named[0] if named else spoken_of,
        provider if provider != ANYONE else None,
        named,
        named=bool(named),
        topic=topic or "",
        of_the_way=asks_the_way(question),
        of_return=of_return,
        of_change=topic == "fee" or asks_of_a_change(question, heard.services),
        points_back=points_back(question),
    )
    of_goods = not named and provider is None and topic not in WISHES
    if of_goods and (said := noted(context, heard.goods_spoken_of, question)):
        return _answered(said)
    return _told(context, asked, heard.services)


def _answered(told: str | None) -> ToolResult:
    return ToolResult("answer_question", told or NO_ANSWER, {"answer": told})


def _told(context: CallContext, asked: Question, services: Sequence[Named]) -> ToolResult:
    near = _closeness(asked.topic)
    answer = find_answer(context.business, asked, now=context.now, closeness=near)
    if answer is None:
        return _answered(None)
    if isinstance(answer, answers.NotOffered):
        return _not_offered(asked.text, answer, services, context)
    spoken = say_answer(context, answer, yes_or_no=is_yes_or_no(asked.text))
    return _answered(spoken)


def _closeness(topic: str | None) -> Closeness | None:
    return closeness if topic not in WISHES else None


def _not_offered(
    question: str, answer: answers.NotOffered, services: Sequence[Named], context: CallContext
) -> ToolResult:
    """A no, with what is near in meaning, else with some of what there is."""
    near = may_mean(question, services, least=NEAR_ENOUGH)
    near = (near or may_mean(context.text, services, least=NEAR_ENOUGH))[:MOST_GUESSED]
    names = [one_of(lower_first(context.business.service(each).name)) for each in near]
    spoken = say_answer(context, answer)
    if names:
        spoken = f"I'm sorry, not as far as I know, but we do {list_of(names)}."
    return ToolResult(
        "answer_question", spoken, {"answer": spoken, "offered": False, "near": names}
    )


def _just_booked(context: CallContext, question: str) -> str | None:
    """The service of "how much will that be", once it is booked."""
    facts = context.facts
    made = [known for known in facts.found if known.reference in facts.booked_here[-1:]]
    told = made and re.search(r"(?i)\b(?:it|that|this)\b", question)
    return made[0].service_id if told else None


def _person_spoken_of(context: CallContext) -> str | None:
    """Whom the matter in hand is with."""
    matter = context.facts.agenda.in_hand
    wanted = getattr(matter, "provider_id", None)
    chosen = getattr(matter, "chosen", None)
    offered = next((each for each in context.facts.offers if each.offer_id == chosen), None)
    own = context.facts.own
    known = offered or (own[0] if len(own) == 1 else None)
    return wanted if wanted not in (None, ANYONE) or known is None else known.provider_id


def say_answer(context: CallContext, answer: answers.Answer, *, yes_or_no: bool = False) -> str:
    """The answer in a sentence or two; one to a yes/no question begins so where that can be told
    from the values."""
    match answer:
        case answers.OwnAnswer():
            text = " ".join(answer.text.split())
            return text if answer.sure else f"{NEAREST} {text}"
        case answers.WeekHours():
            who = f"{answer.provider} is here" if answer.provider else "We're open"
            return f"{who} {_say_week(answer.hours, context.business.country)}."
        case answers.DayHours():
            return _say_day_hours(context, answer, yes_or_no=yes_or_no)
        case answers.OpenNow():
            return _say_open_now(context, answer)
        case answers.Prices():
            return _say_prices(answer.items, context.business.currency)
        case answers.Lengths():
            parts = [
                f"{_the(name)} {_verb(name, 'take')} {say_minutes(minutes)}"
                for name, minutes in answer.items
            ]
            return f"{_capital(list_of(parts))}."
        case answers.Place():
            return f"We're at {answer.address}."
        case answers.Number():
            return f"Our number is {say_phone(answer.phone)}."
        case answers.ServiceList():
            if answer.asked is not None:
                return f"Yes, we do {_the(answer.asked)}."
            return f"We offer {_some(answer.names)}."
        case answers.Horizon():
            return f"We book up to {answer.days} days ahead."
        case answers.NotOffered():
            return f"I'm sorry, not as far as I know. We offer {_some(answer.names)}."
        case answers.People():
            return _say_people(answer)
        case answers.Away():
            return _say_away(context, answer)


def _some(names: Sequence[str]) -> str:
    """The first few of a list."""
    listed = [_the(name) for name in names[:MOST_LISTED]]
    return list_of([*listed, "more"] if len(names) > MOST_LISTED else listed)


def _say_people(answer: answers.People) -> str:
    who = list_of(answer.names[:MOST_LISTED], "or" if answer.service else "and")
    if answer.service is None:
        more = " among others" if len(answer.names) > MOST_LISTED else ""
        return f"You can see {who}{more}."
    if answer.asked in answer.names:
        return f"Yes, {answer.asked} does that."
    see = f"for {lower_first(answer.service)} you can see {who}"
    return f"No, {answer.asked} doesn't; {see}." if answer.asked else f"{_capital(see)}."


def _say_away(context: CallContext, answer: answers.Away) -> str:
    def said(day: date) -> str:
        return say_day(day, today(context), context.business.country)

    if answer.first is None or answer.last is None:
        return f"I have no leave written down for {answer.provider}."
    back = f", and back on {said(answer.back)}" if answer.back else ""
    if answer.first == answer.last:
        return f"{answer.provider} is away on {said(answer.first)}{back}."
    return f"{answer.provider} is away from {said(answer.first)} to {said(answer.last)}{back}."


def _say_prices(items: Sequence[tuple[str, Decimal | None]], currency: str) -> str:
    named = [(name, price) for name, price in items if price is not None]
    if not named:
        return f"I don't have a price for {_the(items[0][0])}."
    if len(named) > MOST_LISTED:
        prices = [price for _, price in named]
        least, most = say_price(min(prices), currency), say_price(max(prices), currency)
        return f"It depends on what it's for, from {least} to {most}."
    listed = [
        f"{_the(name)} {_verb(name, 'cost')} {say_price(price, currency)}" for name, price in named
    ]
    return f"{_capital(list_of(listed))}."


def _say_day_hours(context: CallContext, answer: answers.DayHours, *, yes_or_no: bool) -> str:
    country = context.business.country
    said = say_day(answer.day, today(context), country)
    when = on_day(said)
    subject = f"{answer.provider} is" if answer.provider else "we're"
    if not answer.spans:
        why = f" for {answer.reason}" if answer.reason else ""
        state = "not here" if answer.provider else "closed"
        no = "No, " if yes_or_no else ""
        return _capital(f"{no}{subject} {state} {when}{why}.")
    hours = [
        f"from {say_hours(local(context, start), local(context, end), country)}"
        for start, end in answer.spans
    ]
    state = "here" if answer.provider else "open"
    yes = "Yes, " if yes_or_no else ""
    return _capital(f"{yes}{subject} {state} {when} {list_of(hours)}.")


def _say_open_now(context: CallContext, answer: answers.OpenNow) -> str:
    if answer.open and answer.until is not None:
        until = say_time(local(context, answer.until), context.business.country)
        return f"Yes, we're open until {until} today."
    if answer.opens is None:
        return "We're closed now."
    return f"We're closed now, and open {say_at(context, answer.opens)}."


def _say_week(hours: Iterable[tuple[int, tuple[LocalSpan, ...]]], country: str) -> str:
    """Weekdays in a row with the same hours are said together."""
    runs: list[tuple[int, int, tuple[LocalSpan, ...]]] = []
    for weekday, spans in hours:
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], weekday, spans)
        else:
            runs.append((weekday, weekday, spans))
    return list_of([_say_run(first, last, spans, country) for first, last, spans in runs])


def _say_run(first: int, last: int, spans: tuple[LocalSpan, ...], country: str) -> str:
    joint = " to " if last - first > 1 else " and "
    named = WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}{joint}{WEEKDAYS[last]}"
    hours = [say_hours(_clock(each.start), _clock(each.end), country) for each in spans]
    return f"{named} from {list_of(hours)}"


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _the(name: str | None) -> str:
    thing = lower_first(name or "")
    return one_of(thing) if thing[1:2].islower() else thing


def _verb(name: str, verb: str) -> str:
    return verb if is_plural(name) else f"{verb}s"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
