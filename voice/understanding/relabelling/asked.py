"""What a question is made of, where the tagger cut it in pieces, or saw a wish or a time in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest

from voice.understanding.acts import Tagged
from voice.understanding.asked_about import SHORTEST, is_question, points_back, sides_of
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says
from voice.understanding.relabelling.beside import is_beside
from voice.understanding.services.matching import services_named
from voice.understanding.services.services_said import ANYONE, said_person, said_service
from voice.understanding.word_lists import says_any, word_lists
from voice.understanding.words import DIGITS, TEENS, TENS, amount_of, plain, words_of

_has = partial(says, "questions")

MARKED = frozenset({"story", "give:other"})
"""Labels of what a question mark makes a question of."""
HARDLY_SOLD = frozenset({"want:order", "want:billing", "want:buy"})
"""Labels of what a mark makes a question of where it is hardly a wish."""
PUT = 0.85
"""Confidence of a question that a mark, or its own words, make one."""
HARDLY = 0.6
"""Confidence below which what does not ask in its own words asks nothing."""
LEADS = ("want", "ask", "story", "hold", "outside")
"""Labels of what may only lead to a question."""
FOR_A_VISIT = frozenset({"choose", "date", "time", "name", "phone", "confirm", "confirm_move"})
"""What we ask while a time is looked for: an hour that is asked for then is wished for."""
TOLD_OF = frozenset({"when", "end", "made", "free"})
"""Sides of a visit that are asked for with its hour."""
OF_A_VISIT = ("want", "choose", "more", "ask", "give:service", "give:provider", "give:booking")
"""Labels beside which a day is one of a visit, or of another question."""
BEFORE_A_THING = frozenset("a an the any some those these his her our your their about".split())
LEADING_TO_A_DAY = frozenset("and or so no sorry what how about i meant mean the on for".split())
MAY_ASK_FOR_A_TIME = ("ask:other", "ask:p", "ask:hours", "ask:service", "ask:free")
OF_A_TIME = ("give:service", "give:when", "give:provider")
"""Labels of what a question for a time goes on with."""
_MARK = re.compile(r"[\s,]*(?:\b(?:yes|no|right|yeah|okay|eh)\s*)?\?", re.IGNORECASE)
"""What ends a question, a "yes?" before it included."""
_PRICE = re.compile(r"(\d+)(?:\.\d+)? (?:dollar|euro|pound)|[$€£](\d+)")
_CONDITION = re.compile(r"(?:^|[\s,])(if (?:i|we|it|he|she|they|you|ye)\b)", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.?!;]\s")
_CLAUSE_ENDS = re.compile(r"[.?!,;]\s")
_BY_THE_CLOCK = 12
_MINUTES = 59
_A_NAME = 3
"""Words of a stretch that holds hardly more than a name."""


def as_asked(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags with what is asked in one piece, and no wish or time in it that is none."""
    tags = sorted(tags, key=lambda tag: (tag.start, tag.end))
    tags = [each for tag in tags for each in _without_lead(text, tag, tags)]
    tags = _with_conditions(text, tags)
    tags = list(_with_whole_days(text, _of_whose_hours(text, tags, hearing), hearing))
    tags = list(_with_sums(text, tags, hearing))
    tags = [tag if _is_sum(text, tag, hearing) else _marked(text, tag) for tag in tags]
    tags = list(_with_things(text, _asked_of_days(text, tags, hearing), hearing))
    tags = [tag if _is_sum(text, tag, hearing) else _wished(text, tag, hearing) for tag in tags]
    return [_for_a_time(text, *each, hearing) for each in zip_longest(tags, tags[1:])]


def _without_lead(text: str, tag: Tagged, tags: Sequence[Tagged]) -> Iterator[Tagged]:
    """ "I want to ask" wishes for nothing, and "I wonder if you can help" asks for nothing that
    what follows does not ask for."""
    behind = [each for each in tags if each.start >= tag.end]
    words = text[tag.start : behind[0].start if behind else tag.end]
    asks = any(each.label.startswith("ask") for each in behind)
    if asks and tag.label.startswith(LEADS) and _has("only leads in", words):
        return
    if asks and tag.label.startswith("ask") and plain(words) in ("i", "you", "only", "please"):
        return
    if tag.label.startswith(LEADS) and _has("for help", text[tag.start : tag.end]):
        if any(not each.label.startswith(("social", "noise")) for each in behind):
            return
        tag = replace(tag, label="ask:help", confidence=max(tag.confidence, PUT))
    yield tag


def _beside(text: str, first: Tagged, second: Tagged) -> bool:
    return not text[first.end : second.start].strip()


def _with_conditions(text: str, tags: Sequence[Tagged]) -> list[Tagged]:
    """ "If I book and have to call off", "what do you charge": what comes before the question asks
    and wishes for nothing; it is part of the question where that is what is asked about."""
    made: list[Tagged] = []
    for tag in tags:
        start = max((e.end() for e in _SENTENCE_ENDS.finditer(text, 0, tag.start)), default=0)
        led = _CONDITION.search(text, max(start - 1, 0), tag.start)
        at = led.start(1) if led and tag.label.startswith("ask") else tag.start
        inside = [each for each in made if each.end > at]
        if at < tag.start and all(each.start >= at and _is_supposed(each) for each in inside):
            made = [each for each in made if each.end <= at]
            if _has("changing", text[at : tag.start]):
                tag = replace(tag, start=at)
        made.append(tag)
    return made


def _is_supposed(tag: Tagged) -> bool:
    return tag.label.startswith(("story", "give:other", "give:problem", "want", "ask", "drop"))


def _of_whose_hours(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """ "When's Orla in", "how late is she there" "on a Thursday", while no time is looked for: all
    of it asks for their hours, and for no visit."""
    made: list[Tagged] = []
    for tag in tags:
        if made and tag.start < made[-1].end:
            continue
        end = _SENTENCE_ENDS.search(f"{text} ", tag.start)
        clause = text[tag.start : end.start() if end else len(text)]
        asks = tag.label.startswith(("ask", "want:lookup")) and hearing.asked not in FOR_A_VISIT
        if asks and _has("whose hours", clause):
            named = said_person(clause, hearing.providers, loosely=False) not in (None, ANYONE)
            if named or not hearing.has_bookings and _has("of staff", clause):
                tag = replace(tag, label="ask:person", end=tag.start + len(clause))
        made.append(tag)
    return made


def _with_whole_days(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """ "What's the last Saturday" and "before Christmas": the day is all of one piece, and "Maeve's
    in" behind it names a person."""
    before: Tagged | None = None
    for tag in tags:
        words = text[tag.start : tag.end]
        if before is not None and _beside(text, before, tag):
            if tag.label == "give:when" and before.label.startswith("ask"):
                whole = text[before.start : tag.end]
                found = read_times(whole, hearing.asking("date")).found
                cut = before.end - before.start
                at = next((w.span[0] for w in found if 0 < w.span[0] < cut < w.span[1]), 0)
                if at:
                    end = before.start + len(whole[:at].rstrip())
                    before = replace(before, label="ask:times", end=end)
                    tag = replace(tag, start=before.start + at)
                if _is_frame(text[before.start : before.end]):
                    before = None  # all that it asks is whether that time can be had
            who = said_person(words, hearing.providers, loosely=False)
            short = len(words_of(words)) <= _A_NAME
            of_a_day = before is not None and before.label == "give:when"
            if tag.label == "story" and of_a_day and short:
                tag = replace(tag, label="give:provider") if who not in (None, ANYONE) else tag
        if before is not None:
            yield before
        before = tag
    if before is not None:
        yield before


def _with_sums(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """A bare number that we have just told as a price, or that stands with a word for money, is no
    time; with what is asked of it, it is one question."""
    held: Tagged | None = None
    for tag in tags:
        may_be = tag.label.startswith(("give:when", "rule_out:when", "choose", "ask"))
        if may_be and _is_sum(text, tag, hearing):
            held = replace(tag, label="story")
            continue
        if held is not None:
            apart = text[held.end : tag.start].strip(" ,")
            if tag.label.startswith("ask") and not apart:
                tag = replace(tag, start=held.start)
            else:
                yield held
            held = None
        yield tag
    if held is not None:
        yield held


def _is_sum(text: str, tag: Tagged, hearing: Hearing) -> bool:
    said = [w for w in plain(text[tag.start : tag.end]).split() if w not in _SMALL]
    if not said or not all(w.isdecimal() or w in _NUMBERS for w in said):
        return False
    start = max((e.end() for e in _CLAUSE_ENDS.finditer(text, 0, tag.start)), default=0)
    end = _CLAUSE_ENDS.search(text, tag.end)
    clause = text[start : end.start() if end else len(text)]
    led = plain(text[start : tag.start]).split()[-1:]
    if says_any("asked", "money", clause) and led not in (["at"], ["by"], ["around"]):
        return True
    told = {int(one or other) for one, other in _PRICE.findall(hearing.agent)}
    no_time = not TENS.keys().isdisjoint(said) and max(map(_number, said)) > _MINUTES
    return no_time or any(each in told and each > _BY_THE_CLOCK for each in _sums(said))


_SMALL = frozenset("this that the it is its thats a an only and just so about for back".split())
_NUMBERS = frozenset((*DIGITS, *TEENS, *TENS, "hundred"))


def _number(word: str) -> int:
    """Of one word; 0: it is none."""
    digits = DIGITS.get(word, word)
    return int(digits) if digits.isdecimal() else TEENS.get(word) or TENS.get(word) or 0


def _sums(said: Sequence[str]) -> set[int]:
    """What these words may be in money: "one twenty nine" is a hundred and twenty-nine too."""
    parts: list[int] = []
    for number in map(_number, said):
        if parts and parts[-1] in TENS.values() and number < min(TEENS.values()):
            parts[-1] += number
        else:
            parts.append(number)
    return {amount_of(said), int("".join(str(part) for part in parts))}


def _with_things(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """ "Do I need to bring his little", "vaccination", "card": a service in the middle of a
    question is not wanted; nor is "the colour, has it got ammonia", where nothing is wished for."""
    wished = any(tag.label.startswith(("want", "rule_out", "affirm")) for tag in tags)
    free = not wished and hearing.asked not in ("service", "date", "time")
    rest = list(tags)
    while rest:
        tag, *rest = rest
        if parts := _parts_behind(text, tag, rest):
            rest = [replace(tag, end=rest[parts - 1].end), *rest[parts:]]
            continue
        thing = tag.label == "give:service" or _chooses_a_service(text, tag, hearing)
        led = tag.label == "give:product" and bool(hearing.goods_spoken_of)
        led = led and plain(text[tag.start : tag.end]).startswith(("the ", "that ", "this "))
        if (free and thing or led) and rest and rest[0].label.startswith("ask"):
            between = text[tag.end : rest[0].start].strip()
            words = text[rest[0].start : rest[0].end]
            if between in ("", ",") and (led or points_back(words) and not sides_of(words)):
                rest = [replace(rest[0], start=tag.start), *rest[1:]]
                continue
        yield tag


def _parts_behind(text: str, tag: Tagged, rest: Sequence[Tagged]) -> int:
    """How many stretches behind a question are part of it: a thing, and what stands behind it."""
    words = text[tag.start : tag.end]
    thing = tag.label.startswith("ask") and rest and rest[0].label == "give:service"
    if not thing or not _beside(text, tag, rest[0]) or is_beside(words):  # "right after the cut"
        return 0
    if rest[1:] and rest[1].label.startswith("ask") and _beside(text, rest[0], rest[1]):
        return 2
    return int(words.split()[-1] in BEFORE_A_THING)


def _chooses_a_service(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """Whether what seems a choice among times only names a service."""
    words = text[tag.start : tag.end]
    return tag.label == "choose" and any(said_service(words, hearing.services))


def _asked_of_days(text: str, given: list[Tagged], hearing: Hearing) -> list[Tagged]:
    """ "And I meant the Monday after Christmas", after our hours were told of another day, asks for
    them again, and wishes for nothing."""
    if hearing.day_told is None or hearing.asked in FOR_A_VISIT:
        return given
    tags = [tag for tag in given if not _only_leads_to_a_day(text, tag)]
    of_days = ("give:when",) if hearing.has_bookings else ("give:when", "give:booking")
    days = [tag for tag in tags if tag.label in of_days]
    others = [tag for tag in tags if tag.label.startswith(OF_A_VISIT) and tag not in days]
    if not days or others or not _has("of another day", text):
        return given
    asked = replace(days[0], label="ask:hours", confidence=max(days[0].confidence, PUT))
    kept = [tag for tag in tags if tag.label not in (*of_days, "rule_out:when")]
    return sorted([*kept, asked], key=lambda tag: tag.start)


def _only_leads_to_a_day(text: str, tag: Tagged) -> bool:
    """ "What about" and "I meant" move nothing."""
    said = frozenset(plain(text[tag.start : tag.end]).split())
    return tag.label.startswith(("want", "ask", "social")) and said <= LEADING_TO_A_DAY


def _marked(text: str, tag: Tagged) -> Tagged:
    """What a question mark ends asks something, unless it only tells of oneself."""
    words = text[tag.start : tag.end]
    asks = tag.label.startswith("ask")
    if not _MARK.match(text, tag.end) and not (asks and _has("our phone", words)):
        return tag
    if asks and tag.label != "ask:help":
        return replace(tag, confidence=max(tag.confidence, PUT))
    unsure = tag.confidence < HARDLY or _has("of others", words)
    hardly_wished = tag.label in HARDLY_SOLD and unsure and not is_question(words)
    if tag.label not in MARKED and not hardly_wished:
        return tag
    if len(words.split()) < SHORTEST or _has("told with a mark", words):
        return tag
    return replace(tag, label="ask:other", confidence=max(tag.confidence, PUT))


def _for_a_time(text: str, tag: Tagged, behind: Tagged | None, hearing: Hearing) -> Tagged:
    """ "Has she any space for the highlights" asks for a time to be had, where it names what, whom
    or when, or a time is looked for."""
    words = text[tag.start : tag.end]
    asks = tag.label.startswith(MAY_ASK_FOR_A_TIME) and _has("free times", words)
    if not asks or "price" in sides_of(words):
        return tag
    named = services_named(words, hearing.services, loosely=False)
    who = said_person(words, hearing.providers, loosely=False)
    goes_on = behind is not None and behind.label in OF_A_TIME and _beside(text, tag, behind)
    looked_for = hearing.asked in FOR_A_VISIT
    known = named or goes_on or looked_for or who not in (None, ANYONE)
    return replace(tag, label="ask:times") if known else tag


def _wished(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """ "Would there be a quarter past one, or half past", while a time is looked for; and what only
    tells a time, "Saturday at ten then"."""
    words, asks = text[tag.start : tag.end], is_question(text[tag.start : tag.end])
    hardly = not asks and tag.confidence < HARDLY
    if (
        hearing.shopping
        or not tag.label.startswith("ask")
        or not (hardly or asks and hearing.asked in FOR_A_VISIT)
    ):
        return tag
    times = read_times(words, hearing.asking("time")).found
    if not times or not TOLD_OF.isdisjoint(sides_of(words)) or _has("is it then", words):
        return tag
    rest = words
    for when in times:
        rest = rest.replace(when.text, " ")
    return replace(tag, label="give:when") if _is_frame(rest) else tag


def _is_frame(words: str) -> bool:
    """Whether nothing is said but whether there is something: "would there be a"."""
    return word_lists("asked")["frame"].issuperset(plain(words).split())
