"""What is wanted next to something else, what is one more ("right after", "the other one"), and the
labels that such words put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from voice.understanding.acts import Act, Adds, Comes, Tagged
from voice.understanding.dates.lexicon import MONTHS
from voice.understanding.dates.reading import read_times
from voice.understanding.goods.goods_said import goods_named
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says
from voice.understanding.services.matching import services_named, where_named
from voice.understanding.words import plain

_says = partial(says, "beside")

_CLAUSE = re.compile(r"[^,.;!?]+")
_HOW_MANY = re.compile(
    r"\b(?:the|us|them) (?:two|pair)(?: of (?:us|them|ye|you|em))?(?= (?:at|together|in)\b)"
    r"|\bat (?:the )?one time\b",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(
    r"\b(?P<led>\w+) first(?= *(?:$|[,.;]|(?:please|then|at|and)\b))", re.IGNORECASE
)
_AT = re.compile(r"\b(?:at|from|about|around|for) (?=\S)", re.IGNORECASE)
_ANY_OF_IT = re.compile(r"\b(?:the|his|her|my|their) \w+", re.IGNORECASE)
_LEANING = frozenset("after before following than as of for with behind from".split())
_ITS_PLACE = re.compile(r" (?:first|after(?:wards)?|next|second)\b", re.IGNORECASE)
LED_BY = 4
"""Words around a stretch that may tell whether it comes first."""
COMING: tuple[Comes, ...] = ("first", "after")
PLAINLY = 0.8
"""Confidence of words that say of a further visit that it comes right after."""
DOUBTFUL = 0.5
"""Confidence of a yes that may be none."""
BARELY = 3
"""Words: too few to ask politely and to say what for."""


def is_beside(words: str) -> bool:
    """Whether a visit is to lie next to another: "straight after", "at the same visit"."""
    return _says("beside", words)


def adds(before: str, words: str, behind: str) -> Adds:
    """Whether the words, or those around them that belong to no other stretch, say that this is
    one more."""
    if _says("another", words) or _says("behind", behind) or _says("another", before):
        return "another"
    first = " ".join(plain(words).split()[:1])
    return "and" if _says("and", before) or _says("and", first) else ""


def comes(before: str, words: str, behind: str) -> Comes:
    """Whether the words, or those around them, say that this visit is to be the first of several,
    or that it comes after another. "The other before it" says so of that other one."""
    near = " ".join(plain(before).split()[-LED_BY:]), " ".join(plain(behind).split()[:LED_BY])
    for place in COMING:
        told = (words, place), (near[0], f"{place} before"), (near[1], f"{place} behind")
        if any(_says(section, said) for said, section in told):
            return place
    return ""


def is_at_once(words: str) -> bool:
    """Whether two visits are to be at the same time: "the two of us at once"; who asks what both
    come to together says nothing of when, nor does who asks to wait "while he's having it"."""
    clauses = _CLAUSE.findall(words)
    others = ("in all", "waiting")
    return any(_says("at once", one) and not any(_says(o, one) for o in others) for one in clauses)


def is_apart(words: str) -> bool:
    """Whether several visits are to be each at a time of its own: "two separate days"."""
    return _says("apart", words)


def is_other_way(words: str) -> bool:
    """Whether what was told first shall come second: "the wrong way round"."""
    return _says("the other way", words)


def is_only_one(words: str) -> bool:
    """Whether some clause of the words says that there is no second visit."""
    return any(_says("only one", clause) for clause in _CLAUSE.findall(words))


def is_only_polite(words: str) -> bool:
    """Whether they only begin to ask, and name nothing yet: "and could she do"."""
    return _says("only polite", words)


def is_only_service(acts: Sequence[Act], text: str) -> bool:
    """Whether a service is named, alone in its turn, as the only one wanted: "just the wax"; of one
    person beside another it is all that this one wants."""
    if len([act for act in acts if act.label in ("give:name", "give:party")]) > 1:
        return False
    named = [act for act in acts if act.label == "give:service"]
    if len({(act.value, act.likely) for act in named}) != 1 or any(act.adds for act in named):
        return False
    return any(_says("only this", act.text) or _says("only this before", text[: act.start])
               for act in named)  # fmt: skip


def leans_on(before: str) -> bool:
    """Whether the visit that is named next only tells when: "right after the cleaning"."""
    return not _LEANING.isdisjoint(plain(before).split()[-1:])


def timed_apart(text: str, tag: Tagged, hearing: Hearing) -> list[Tagged]:
    """The tag of a service apart from the hour that is told with it: "the wax at half one", "half
    one for the wax"."""
    words = text[tag.start : tag.end]
    if tag.label != "give:service" or not _AT.search(words):
        return [tag]
    hours = [when.span for when in read_times(words, hearing.asking("date")).found]
    starts = {start for start, _ in hours}
    at = next((led.start() for led in _AT.finditer(words) if led.end() in starts), 0)
    end = next((end for _, end in hours if words[end:].startswith(" for ")), 0)
    when = replace(tag, label="give:when", corrects=False)
    if end and not at:
        return [replace(when, end=tag.start + end), replace(tag, start=tag.start + end + 1)]
    named = where_named(words[:at], hearing.services)
    if not named and not services_named(words[:at], hearing.services):
        return [tag]
    head = replace(tag, end=tag.start + len(words[:at].rstrip(" ,")))
    return [head, replace(when, start=tag.start + at)]


def with_its_place(behind: str) -> int:
    """How many of the letters behind the name of a visit say only where it comes: "first"."""
    found = _ITS_PLACE.match(behind)
    return found.end() if found else 0


def is_for_two(names: Iterable[str]) -> bool:
    """Whether a service is one for two people by its names: a couples massage."""
    return any(_says("for two", name) for name in names)


def without_how_many(text: str) -> str:
    """The text with blanks for what only says how many come at a time, or which comes first: "the
    two at nine", "at the one time", "the wax first" are no days of a month and no one o'clock."""
    text = _HOW_MANY.sub(lambda found: " " * len(found.group()), text)
    dated = ("the", *MONTHS)  # before "first", where it is the first of a month
    return _IN_ORDER.sub(
        lambda found: found[0] if found["led"].casefold() in dated else f"{found['led']}      ",
        text,
    )


POLITELY = frozenset({"ask:service", "ask:booking", "ask:other", "want:order"})
"""Labels of what may be a wish for one more visit, put as a question."""
NO_SERVICE = frozenset(
    """just only do both all two each one ones same need needs for of on the them it that its he hes
    she shes we they theyre done had have get got""".split()
)


def wished_for(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """A service that is asked for politely as one more is wanted, and so is one that is named
    where it was asked for."""
    words = text[tag.start : tag.end]
    polite = _says("polite", words)
    if tag.label in ("give:when", "give:service") and _says("one of them", words):
        return replace(tag, label="give:party")
    if tag.label == "outside" and where_named(words, hearing.services):
        return replace(tag, label="give:service")
    if tag.label in ("give:party", "give:other", "story"):
        named = services_named(words, hearing.services)
        asked = len(named) == 1 and _is_asked_for(named[0], hearing)
        return replace(tag, label="give:service") if asked else tag
    if tag.label == "ask:service" and polite and len(plain(words).split()) <= BARELY:
        return replace(tag, label="want:book")
    if tag.label not in POLITELY or not (polite and _says("another", words)):
        return tag
    return replace(tag, label="give:service") if where_named(words, hearing.services) else tag


def asked_beside(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """A question, or a reproach, by which a further visit is wanted right after another, is when,
    or what, that shall be."""
    words, wanted = text[tag.start : tag.end], {one.service for one in hearing.visits}
    named = services_named(words, hearing.services) if tag.label.startswith("ask") else ()
    new = set(named) - wanted
    if wanted and not new and _told_beside(words, tag, hearing):
        return replace(tag, label="give:when", confidence=max(tag.confidence, PLAINLY))
    if wanted and named and _told_beside(_rest_of_clause(text, tag), tag, hearing):
        return replace(tag, label="give:service")
    return tag


def _rest_of_clause(text: str, tag: Tagged) -> str:
    found = _CLAUSE.match(text, tag.start)
    return found.group() if found else ""


def _told_beside(words: str, tag: Tagged, hearing: Hearing) -> bool:
    """Whether a visit is to be right after another, told so or asked for: "can't she do the nails
    straight after"."""
    if not tag.label.startswith(("ask", "story")):
        doubtful = tag.label == "affirm" and tag.confidence < DOUBTFUL
        return (tag.label == "give:when" or doubtful) and is_beside(words)
    place = where_named(words, hearing.services)
    if place is not None and not leans_on(words[: place[0]]):
        words = f"{words[: place[0]]} it {words[place[1] :]}"
    elif services_named(words, hearing.services):
        words = _ANY_OF_IT.sub("it", words, count=1)
    return _says("asked beside", words)


def as_visits(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """What is wanted like goods and is a service here ("I need the booster") is a visit; what is
    told of it beside that ("a red one") is talk."""
    things = {tag: text[tag.start : tag.end] for tag in tags if tag.label == "give:product"}
    named = {tag for tag, words in things.items() if _names_a_service(words, hearing)}
    others = (words for tag, words in things.items() if tag not in named)
    if not named or any(goods_named(words, hearing.goods) for words in others):
        return list(tags)
    talk = {tag: replace(tag, label="story") for tag in things.keys() - named}
    labels = {"give:product": "give:service", "want:buy": "want:book"}
    return [talk.get(tag) or replace(tag, label=labels.get(tag.label, tag.label)) for tag in tags]


def _names_a_service(words: str, hearing: Hearing) -> bool:
    """By its very name, or by a part of it where nothing that is sold has one of the words."""
    if where_named(words, hearing.services):
        return where_named(words, hearing.goods) is None
    named = bool(services_named(words, hearing.services))
    return named and not goods_named(words, hearing.goods)


def says_nothing(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """ "The two at the one visit": how many, and no time; "they both need it", "what else was it",
    "with the same vet": no service; "half eleven, would that be": no question but for that time."""
    words = text[tag.start : tag.end]
    if tag.label == "give:service":
        nothing = _says("same person", words) or says("questions", "own thing", words)
        return nothing or is_only_polite(words) or set(plain(words).split()) <= NO_SERVICE
    if tag.label.startswith("ask") and says("questions", "of the time before", words):
        before = text[: tag.start].rstrip(" ,")
        times = read_times(before, hearing.asking("time")).found
        return bool(times) and times[-1].span[1] == len(before)
    return tag.label == "give:when" and is_beside(text) and _says("all of them", words)


def _is_asked_for(service_id: str, hearing: Hearing) -> bool:
    """Whether we asked which service it is, or whether it is this one or another."""
    line = plain(hearing.agent)
    told = [each.id for each in hearing.services if plain(each.names[0]) in line]
    guessed = hearing.asked == "confirm" and len(told) > 1 and service_id in told
    return hearing.asked == "service" or guessed
