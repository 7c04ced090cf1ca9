"""What a caller makes of our words, by the words alone: the question, the times, what was done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from rehearsal.saying import MONTHS, WEEKDAYS
from scheduling.business import Business

Question = Literal[
    "service", "when", "choose", "name", "phone", "reference", "confirm", "which booking", "open",
    "anything else", "help", "person", "which matter",
]  # fmt: skip
SupportQuestion = Literal[
    "ticket", "order number", "which order", "used", "refund it", "product", "instead",
    "take it", "which product", "order it", "helped", "problem", "pass on", "message", "call back",
    "new number", "change it", "same ticket",
]  # fmt: skip
Done = Literal["booked", "moved", "cancelled"]

_ASKED: tuple[tuple[Question, str], ...] = (
    ("anything else", r"\b(?:anything|something) (?:else|more)\b"),
    ("person", r"\bput you through\b|\b(?:speak|talk) to (?:some(?:body|one)|a (?:person|human))"),
    ("which matter", r"\bto (?:book|move|cancel|hear|speak)\b.*\bor\b.*\bto\b"),
    ("reference", r"\breference\b(?!.*\bnames?\b)"),
    ("phone", r"\b(?:phone|telephone)\b|\bnumber\b|\b(?:what comes|the rest)\b|\breach you\b"),
    ("name", r"\bnames?\b|\bwho (?:is|am i|'s) (?:calling|this|speaking)"),
    ("open", r"\bwhat (?:should i change|would you like to be different|should it be)"),
    ("confirm", r"(?<!these )\b(?:shall|should|can|may|want me to|do you want me to)\b.*"
                r"\b(?:go ahead|book|move|cancel|change|do) (?:it|that|the|your|ahead|both|them)\b"
                r"|\bis that (?:right|correct|ok)|\bis it a yes\b|\b(?:right|correct)\?$"
                r"|\ball right with you"),
    ("which booking", r"\bwhich one is it about\b|\bof them do you mean\b"
                      r"|\bwhich one, please\b|\bwhich (?:appointment|booking|visit)\b"),
    ("when", r"\b(?:what|which) (?:day|time|date)|\bwhen\b|\bwhat other (?:day|time)"),
    ("choose", r"\bwhich (?:one\b(?! is it)|of (?:those|these times)|suits|works|would you)"
               r"|\b(?:suit|work for) you\?|\btake that one\b|\bwho would you like to see\b"),
    ("help", r"\b(?:how|what) (?:can|may|else can) i (?:help|do)|\bwould you like to do\b"),
    ("service", r"\bto book\b|\bof these can i\b|\bwhich one is it for\b"
                r"|\bwhat (?:service|is it for|would you like)"),
)  # fmt: skip
QUESTIONS = tuple((question, re.compile(pattern)) for question, pattern in _ASKED)
DONE: tuple[tuple[Done, re.Pattern[str]], ...] = (
    ("booked", re.compile(
        r"\b(?:you're|you are|you've|is|are|it's|that's|i've|i have|all|been|now) "
        r"(?:\w+ ){0,2}?(?:booked|all set|confirmed|scheduled)\b|\bi(?:'ve| have)? booked\b")),
    ("moved", re.compile(
        r"\b(?:is|has been|have|i've|now) (?:\w+ )?(?:moved|rescheduled|changed)\b|\bi moved\b")),
    ("cancelled", re.compile(
        r"\b(?:is|has been|have|i've|now|been) (?:\w+ )?cancell?ed\b|\bi cancell?ed\b")),
)  # fmt: skip
_SIGNS_SO_FAR = re.compile(r"\bI have [A-Z\d](?:, [A-Z\d])* so far")
"""A reference of which the rest is asked for; of a number the figures stand without commas."""
DENIED = re.compile(
    r"\b(?:not|no|nobody|nothing|never|none|cannot|closed|isn't|haven't|don't|can't|couldn't|won't|"
    r"taken|over|gone|being held|too (?:soon|late|far))\b(?! problem)"
)
_PART = r"in the (?:morning|afternoon|evening)"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<past>\d\d))?"
    rf"(?: ?(?P<half>[ap]\.?m\.?)\b| (?P<part>{_PART})| (?P<oclock>o'clock)|(?<=:\d\d)(?!\d))"
)
"""`9 AM`, `9 o'clock`, `10:40`, `7:30 in the evening`."""
_TIME = rf"\b(?:noon|midnight|\d{{1,2}}(?::\d\d)?(?: ?[ap]\.?m\b\.?| {_PART}| o'clock)?)"
_HOURS_OF_A_DAY = re.compile(
    rf"{_TIME} (?:to|until|till|through|-|–) {_TIME}|\bbetween {_TIME} and {_TIME}"
)
EARLIEST_PLAIN = 9
"""Without a half of the day an hour from nine on is of the morning."""
_MONTH = "|".join(month.lower() for month in MONTHS)
_WEEKDAY = "|".join(day.lower() for day in WEEKDAYS)
_TOKEN = re.compile(
    rf"(?P<relative>\btoday\b|\btomorrow\b)"
    rf"|(?:\b(?P<weekday>{_WEEKDAY}),? )?\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<number>\d{{1,2}})(?:st|nd|rd|th) of (?P<of>{_MONTH})(?:,? (?P<year_of>\d{{4}}))?"
    rf"|\b(?P<alone>{_WEEKDAY})\b"
    rf"|\b(?P<named>noon|midnight)\b|\b{_CLOCK}"
)


@dataclass(frozen=True, slots=True)
class HeardTime:
    """A time that was said, on the business's clock, and with whom if that was said."""

    at: datetime
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One reply as the caller took it in."""

    text: str
    question: Question | SupportQuestion | None
    times: tuple[HeardTime, ...]
    done: frozenset[Done]
    services: frozenset[str]
    """Ids of services named."""
    providers: frozenset[str]
    names: tuple[str, ...]
    """Whom it is said to be for."""
    digits: str
    """A number read back figure by figure; empty when there is none."""
    would_do: frozenset[str] = frozenset()
    """What we ask leave to do: `book`, `move`, `cancel`."""
    denies: bool = False
    """Whether it says that something is not to be had."""
    over: bool = False
    """Whether we hung up or passed the call on."""


def hear(text: str, business: Business, today: date, *, over: bool = False) -> Heard:
    """A whole reply."""
    statements = split_sentences(text)
    asked = [sentence for sentence in statements if sentence.endswith("?")]
    done: set[Done] = set()
    for sentence in statements:
        done |= done_in(sentence)
    lowered = text.lower()
    return Heard(
        text=text,
        question=_question(asked[-1], text, business, today) if asked else None,
        times=tuple(read_times(text, business, today)),
        done=frozenset(done),
        services=frozenset(
            each.id for each in business.services if _named(each.name.lower(), lowered)
        ),
        providers=frozenset(
            each.id for each in business.providers if _is_called(each.name, business, lowered)
        ),
        names=tuple(_names_in(text, business)),
        digits=re.sub(r"\D", "", "".join(re.findall(r"\b\d(?:[ ,]+\d\b){6,}", text))),
        would_do=frozenset(re.findall(r"\b(book|move|cancel)(?:ling)?\b", asked[-1].lower()))
        if asked
        else frozenset(),
        denies=any(DENIED.search(each.lower()) for each in statements),
        over=over,
    )


def _names_in(text: str, business: Business) -> list[str]:
    """Whom something is said to be for: capital words that are no day, service or provider."""
    things = [business.name, *(service.name for service in business.services)]
    things += [provider.name for provider in business.providers]
    known = {word for thing in (*things, *WEEKDAYS, *MONTHS) for word in thing.split()}
    found = re.findall(r"\bfor ([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)", text)
    return [name for name in found if not known & set(name.split())]


def split_sentences(text: str) -> list[str]:
    """At full stops, question and exclamation marks that a capital or the end follows."""
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+(?=[A-Z])", text) if part.strip()]


def _question(sentence: str, text: str, business: Business, today: date) -> Question | None:
    """What is asked for: by the words, and where they tell nothing by what stands in the reply."""
    times = read_times(text, business, today)
    known = question_in(sentence)
    if known == "phone" and _SIGNS_SO_FAR.search(text):
        return "reference"
    if known is not None:
        return known
    if times:
        return "choose" if len(times) > 1 else "confirm"
    named = any(_named(each.name.lower(), sentence.lower()) for each in business.services)
    return "service" if named else None


def question_in(sentence: str) -> Question | None:
    """What the sentence asks for."""
    lowered = sentence.lower()
    for question, pattern in QUESTIONS:
        if pattern.search(lowered):
            return question
    return None


def done_in(sentence: str) -> set[Done]:
    """What the sentence says that was done; a question or a denial says nothing of the kind."""
    lowered = sentence.lower()
    if lowered.endswith("?") or DENIED.search(lowered):
        return set()
    return {done for done, pattern in DONE if pattern.search(lowered)}


def read_times(text: str, business: Business, today: date) -> list[HeardTime]:
    """Times with a day, in order; a day holds for the times after it. Spans of hours are none."""
    lowered = _HOURS_OF_A_DAY.sub(lambda found: "-" * len(found[0]), text.lower())
    denied = _denied_spans(text)
    day: date | None = None
    found: list[tuple[int, datetime]] = []
    for token in _TOKEN.finditer(lowered):
        named_day = _day_of(token, today)
        if named_day is not None:
            day = named_day
        elif day is not None and not any(begin <= token.start() < end for begin, end in denied):
            found.append((token.end(), datetime.combine(day, _time_of(token))))
    ends = [*(end for end, _ in found), len(text)][1:]
    who_after = {
        begin: who.id
        for (begin, _), end in zip(found, ends, strict=True)
        for who in business.providers
        if _is_called(who.name, business, lowered[begin:end])
    }
    # "10 AM or 11 AM with Ana": a person named once, at the end, is meant for all of them.
    shared = who_after.get(found[-1][0]) if found and len(who_after) == 1 else None
    return [HeardTime(at, who_after.get(begin, shared)) for begin, at in found]


def _denied_spans(text: str) -> list[tuple[int, int]]:
    """Where a sentence says that something is not to be had."""
    spans, begin = [], 0
    for sentence in split_sentences(text):
        begin = text.index(sentence, begin)
        if DENIED.search(sentence.lower()):
            spans.append((begin, begin + len(sentence)))
        begin += len(sentence)
    return spans


def _day_of(token: re.Match[str], today: date) -> date | None:
    if token["relative"]:
        return today + timedelta(days=token["relative"] == "tomorrow")
    if token["month"]:
        month = _MONTH.split("|").index(token["month"]) + 1
        return _nearest(month, int(token["day"]), token["year"], today)
    if token["of"]:
        month = _MONTH.split("|").index(token["of"]) + 1
        return _nearest(month, int(token["number"]), token["year_of"], today)
    if token["alone"]:
        ahead = (_WEEKDAY.split("|").index(token["alone"]) - today.weekday()) % 7
        return today + timedelta(days=ahead)
    return None


def _nearest(month: int, day: int, year: str | None, today: date) -> date | None:
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    dates = []
    for each in years:
        try:
            dates.append(date(each, month, day))
        except ValueError:  # the 29th of February of another year
            continue
    return min(dates, key=lambda each: abs((each - today).days - 30), default=None)


def _time_of(token: re.Match[str]) -> time:
    if token["named"]:
        return time(12 if token["named"] == "noon" else 0)
    hour = int(token["hour"]) % 12
    if token["half"] or token["part"]:
        later = token["half"] or ("am" if "morning" in token["part"] else "pm")
        return time(hour + (12 if later.startswith("p") else 0), int(token["past"] or 0))
    hour += 12 if hour < EARLIEST_PLAIN else 0
    return time(hour, int(token["past"] or 0))


def _is_called(name: str, business: Business, text: str) -> bool:
    """Whether somebody is named, whole or by a part of the name that is theirs alone, after
    "with"."""
    if _named(name.lower(), text):
        return True
    others = {part for who in business.providers if who.name != name for part in who.name.split()}
    own = [part.lower() for part in name.split() if part not in others]
    return any(_named(f"with {part}", text) for part in own) or any(
        _named(f"with {name.split()[0]} {part}".lower(), text) for part in own
    )


def _named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
