"""Several visits in one breath: what each of them is, and what is told of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from voice.call import CallContext, listening
from voice.facts import NextMatter
from voice.understanding.dates.reading import read_times
from voice.understanding.matching import read_service
from voice.understanding.reading import Reading
from voice.wishes.joining import Frame, join
from voice.wishes.wanted import Span, Wanted

SAME_VISIT = timedelta(hours=3)
_BETWEEN = re.compile(r",?\s+(?:and|then)\s+(?:then\s+)?|[,;.]\s+(?:and\s+|then\s+)*")
_ME_AND = re.compile(
    r"(?i)\b(?:me|myself|us) and (?P<who>(?:my|our) (?:\w+ )?(?:wife|husband|partner|son|daughter|"
    r"mother|father|mum|mom|dad|brother|sister|child|kid|baby|friend|boyfriend|girlfriend))\b"
)
_FOR_TWO = re.compile(
    r"(?i)\bfor (?:(?:my|our|the|both|all) )*(?P<count>two|2|three|3|both)(?: of)?"
    r"(?: my| our| the)? (?P<who>us|kids|children|sons|daughters|boys|girls|people|persons|dogs|"
    r"cats|pets|puppies|kittens|rabbits|cars|twins|babies|friends)\b"
)


_AND_ONE = re.compile(r"(?i),? and (?:another )?one for (?:my |our )?(?P<who>[a-z]+)\b(?! o)")


def each_with_its_time(context: CallContext) -> list[str]:
    """The stretches of "a massage on Wednesday, a follow-up on Friday", where every service has a
    time of its own; otherwise none, for a time said once is meant for all of them."""
    if len(context.reading.times) < 2:
        return []
    heard = listening(context)
    stretches: list[tuple[str | None, str]] = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(context.text))):
        service = read_service(part, heard)
        if stretches and (service is None or service == stretches[-1][0]):
            stretches[-1] = (stretches[-1][0], f"{stretches[-1][1]}, {part}")
        elif stretches and stretches[-1][0] is None:
            stretches[-1] = (service, f"{stretches[-1][1]}, {part}")
        else:
            stretches.append((service, part))
    if len(stretches) < 2 or len({service for service, _ in stretches}) < len(stretches):
        return []
    told = [words for _, words in stretches]
    return told if all(read_times(words, heard).found for words in told) else []


def without_the_other(context: CallContext) -> Reading:
    """The reading of the turn without the name in "… and one for Spot"."""
    another, reading = _AND_ONE.search(context.text), context.reading
    if another and reading.name and reading.name.lower() == another["who"].lower():
        return replace(reading, name=None)
    return reading


def part_by_times(context: CallContext) -> str | None:
    """The words about the visit in hand; those of the others wait for their turn."""
    if context.facts.intent != "book":
        return None
    another = _AND_ONE.search(context.text)
    if another:
        words = f"another one for my {another['who']}"
        context.facts.next_matters = [NextMatter(intent="book", words=words)]
        return context.text[: another.start()]
    told = each_with_its_time(context)
    if not told:
        return None
    heard, facts = listening(context), context.facts
    named = {read_service(words, heard) for words in told}
    facts.next_matters = [
        *(NextMatter(intent="book", words=words) for words in told[1:]),
        *(each for each in facts.next_matters if read_service(each.words, heard) not in named),
    ]
    return told[0]


def further_services(context: CallContext) -> list[NextMatter]:
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


def further_people(context: CallContext) -> list[NextMatter]:
    """ "Flu shots for me and my son" are two bookings, the second for somebody else."""
    found = _ME_AND.search(context.text)
    if found:
        return [NextMatter(intent="book", words=f"another one for {found['who']}")]
    several = _FOR_TWO.search(context.text)
    if several is None:
        return []
    count = 2 if several["count"].lower() in ("three", "3") else 1
    return [NextMatter(intent="book", words="another one for my other")] * count


def after_the_last(context: CallContext, reading: Reading) -> Wanted | None:
    """When a further visit could be whose time was not said: as its words tell from the one just
    booked ("the week after"), else on that day once it has ended. None where the time is known."""
    facts = context.facts
    booked = next((one for one in facts.found if one.reference in facts.booked_here[-1:]), None)
    if booked is None or facts.name is None:
        return None  # for somebody else it may be at the same time
    start = booked.start.astimezone(context.business.zone).replace(tzinfo=None)
    wanted = facts.wanted
    if wanted.spans:
        same_day = not wanted.has_time and {span.day for span in wanted.spans} == {start.date()}
        return Wanted(spans=(hours_from(context, booked.end),)) if same_day else None
    frame = Frame(today=context.local_now.date(), anchor=start, offered=(start,))
    told = join(Wanted(), replace(reading, answer=None), frame)
    if told.spans:
        return Wanted(spans=told.spans)
    return Wanted(spans=(hours_from(context, booked.end),))


def hours_from(context: CallContext, at: datetime) -> Span:
    """What may count as the same visit: the hours of that day from then on."""
    local = at.astimezone(context.business.zone)
    until = local + SAME_VISIT
    before = until.time() if until.date() == local.date() else None
    return Span(first=local.date(), last=local.date(), after=local.time(), before=before)
