"""A business's own answers in words: hours, prices, people, what is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal

from scheduling.business import LocalSpan
from support import answers
from voice.call import CallContext
from voice.spoken import (
    WEEKDAYS,
    is_plural,
    list_of,
    lower_first,
    one_of,
    say_costs,
    say_day,
    say_hours,
    say_minutes,
    say_phone,
    say_price,
    say_time,
)
from voice.tools.offering import local, say_at, today
from voice.tools.reasons import say_span
from voice.understanding.wishes.wanted import Span

MOST_LISTED = 3


def say_answer(context: CallContext, answer: answers.Answer, *, yes_or_no: bool = False) -> str:
    """The answer in a sentence or two; one to a yes/no question begins so where that can be told
    from the values."""
    match answer:
        case answers.OwnAnswer():
            return " ".join(answer.text.split())
        case answers.WeekHours():
            who = f"{answer.provider} is here" if answer.provider else "We're open"
            return f"{who} {_say_week(answer.hours, context.business.country)}."
        case answers.Days():
            return _say_days(context, answer.of, yes_or_no=yes_or_no and not answer.others)
        case answers.OpenNow():
            return _say_open_now(context, answer)
        case answers.Prices():
            return _say_prices(answer, context.business.currency)
        case answers.Lengths():
            return _say_lengths(answer)
        case answers.Place():
            return f"We're at {answer.address}."
        case answers.Number():
            return f"Our number is {say_phone(answer.phone)}."
        case answers.ServiceList():
            if answer.asked:
                return f"Yes, we do {list_of([_the(each) for each in answer.asked[:MOST_LISTED]])}."
            return f"We offer {_some(answer.names)}."
        case answers.Horizon():
            return f"We book up to {answer.days} days ahead."
        case answers.Notice():
            told = f"You can move or cancel a visit up to {say_minutes(answer.minutes)} before it"
            return f"{told}; of a charge I have nothing here." if answer.of_cost else f"{told}."
        case answers.NotOffered():
            return f"I'm sorry, not as far as I know. We offer {_some(answer.names)}."
        case answers.There():
            return _say_there(context, answer, yes_or_no=yes_or_no)
        case answers.People():
            return _say_people(answer)
        case answers.Away():
            return _say_away(context, answer)


def _say_lengths(answer: answers.Lengths) -> str:
    parts = [
        f"{_the(name)} {_verb(name, 'take')} {say_minutes(minutes)}"
        for name, minutes in answer.items
    ]
    return f"{_capital(list_of(parts))}."


def _some(names: Sequence[str]) -> str:
    """The first few of a list, or all where hardly more is left."""
    few = [_the(name) for name in names[:MOST_LISTED]]
    whole = len(names) <= MOST_LISTED + 1
    return list_of([_the(name) for name in names] if whole else [*few, "more"])


def _say_people(answer: answers.People) -> str:
    who = list_of(answer.names[:MOST_LISTED], "or" if answer.service else "and")
    if answer.service is None:
        more = " among others" if len(answer.names) > MOST_LISTED else ""
        return f"You can see {who}{more}."
    if answer.asked in answer.names:
        return f"Yes, {answer.asked} does that."
    if answer.asked and len(answer.names) == 1:
        return f"No, only {who} does {_the(answer.service)}."
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


def _say_prices(answer: answers.Prices, currency: str) -> str:
    named = [(name, price) for name, price in answer.items if price is not None]
    if not named:
        return f"I don't have a price for {_the(answer.items[0][0])}."
    if len(named) > MOST_LISTED:
        prices = [price for _, price in named]
        least, most = say_price(min(prices), currency), say_price(max(prices), currency)
        return f"It depends on what it's for, from {least} to {most}."
    listed = [
        f"{_the(name)} {say_costs(price, currency, plural=is_plural(name))}"
        for name, price in named
    ]
    whole = len(named) > 1 and len(named) == len(answer.items)
    total = sum((price for _, price in named), Decimal(0))
    summed = f"; that's {say_price(total, currency)} together" if answer.together and whole else ""
    return f"{_capital(list_of(listed))}{summed}."


def _say_days(context: CallContext, days: Sequence[answers.DayHours], *, yes_or_no: bool) -> str:
    """A yes or a no before it only where it is so of all of them."""
    told = list_of([_say_day_hours(context, each) for each in days])
    kinds = {bool(each.spans) for each in days}
    so = {True: "Yes, ", False: "No, "}[kinds.pop()] if yes_or_no and len(kinds) == 1 else ""
    return _capital(f"{so}{_subject(days[0])} {told}.")


def _say_there(context: CallContext, answer: answers.There, *, yes_or_no: bool) -> str:
    """Those who are there then; where nobody is, when they are there that day."""
    if answer.weeks:
        return "; ".join(say_answer(context, each).rstrip(".") for each in answer.weeks) + "."
    told = answer.present or tuple(each for each in answer.of if each.spans) or answer.of[:1]
    first, *others = told
    parts = [f"{_subject(first)} {_say_day_hours(context, first)}"]
    parts += [f"{each.provider} {_say_from(context, each)}" for each in others]
    lead = "" if answer.present or not first.provider else "Not then: "
    if yes_or_no:
        some = "No, only " if answer.present else "No, "
        lead = "Yes, " if len(answer.present) == len(answer.of) else some
    return _capital(f"{lead}{list_of(parts)}.")


def _subject(answer: answers.DayHours) -> str:
    return f"{answer.provider} is" if answer.provider else "we're"


def _say_day_hours(context: CallContext, answer: answers.DayHours) -> str:
    country = context.business.country
    first, last = answer.closed or (answer.day, answer.day)
    when = say_span(Span(first=first, last=last), today(context), country)
    if not answer.spans:
        why = f" for {answer.reason}" if answer.reason else ""
        return f"{'not here' if answer.provider else 'closed'} {when}{why}"
    return f"{'here' if answer.provider else 'open'} {when} {_say_from(context, answer)}"


def _say_from(context: CallContext, answer: answers.DayHours) -> str:
    ends = [(local(context, start), local(context, end)) for start, end in answer.spans]
    return list_of([f"from {say_hours(*each, context.business.country)}" for each in ends])


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
