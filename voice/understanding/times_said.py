"""The times in acts: the stretches that tell one, read by the grammar of dates.

The tagger has decided that a stretch speaks of a time, so a bare number in it is one. Neighbours
are read together, since "in the morning" settles the "seven" that was said before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voice.understanding.acts import Act, Tagged
from voice.understanding.dates.reading import (
    Times,
    counted_from,
    day_named_last,
    read_times,
    without_named,
)
from voice.understanding.hearing import Hearing
from voice.understanding.limits import bounded, denies_a_side, turned_down, with_bounds
from voice.understanding.phrasebook import says
from voice.understanding.reading import Question, When
from voice.understanding.services.picking import exactly
from voice.understanding.wishes.extremes import order_said
from voice.understanding.word_lists import exchanged, pairs, word_lists
from voice.understanding.words import plain, words_of

WISHES = frozenset({"give:when", "rule_out:when"})
"""Labels of stretches that are nothing but a time."""
PICKS = frozenset({"affirm", "choose", "more", "give:booking", "rule_out:booking", "story"})
"""Labels of stretches with a time among what else they say."""
ASKING = frozenset({"ask:times", "ask:person", "ask:hours", "ask:booking", "ask:price", "ask:help",
                    "ask:service", "ask:policy", "ask:other"})  # fmt: skip
"""Labels of questions that may hold a time; in them a bare number is none."""
_NEARLY_ALL = 1.6
"""A phrase that is so much shorter than its stretch leaves nothing to be read otherwise."""
_LONGEST_NUMBER = 4
"""Words in which "to" may be a number."""
_LONGEST_SIDE = 5
"""Words of "not before half past twelve"."""
_BEHIND_NO_NUMBER = frozenset("the a be that another some me him her us them".split())
"""Words before which "to" or "for" is none: "to the week after", "for her"."""
_LONGEST_TRY = 8
"""Words that are left out at the beginning, one after the other, until a time is read."""


_SHORT_IS = re.compile(
    r"\b(noon|midday|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|fifteen|"
    r"o['’]?clock|\d{1,2})(['’](?:s|ll))\b",
    re.IGNORECASE,
)


_ONE = re.compile(r"(?<=\w)(?<!\bto)(?<!\bpast)(?<!\btill) one\b", re.IGNORECASE)


@dataclass(slots=True)
class TimesSaid:
    """The times of a turn, by the tag in whose words they are told."""

    of_tags: list[tuple[When, ...]]
    ambiguous: bool = False
    """Whether one of them may as well be another, which is to be asked back."""
    disagreement: str | None = None
    """A weekday and a date that do not fit: the phrase, to be asked back."""

    def note(self, times: Times) -> None:
        """What is to be asked back about these."""
        self.ambiguous = self.ambiguous or times.ambiguous
        self.disagreement = self.disagreement or times.disagreement


def times_of(text: str, tags: Sequence[Tagged], hearing: Hearing) -> TimesSaid:
    """For each tag the times told in its words; one that two share goes to both."""
    said = TimesSaid([()] * len(tags))
    for stretch in _neighbours(tags):
        together = _read(text, tags[stretch[0]].start, tags[stretch[-1]].end, hearing)
        said.note(together)
        for place in stretch:
            tag = tags[place]
            within = () if _misheard(text, tag) else _meant(text, _within(together, tag), tag)
            said.of_tags[place] = within or _by_itself(text, tag, hearing, said)
    for place, tag in enumerate(tags):
        if tag.label in PICKS:
            said.of_tags[place] = _by_itself(text, tag, hearing, TimesSaid([]))
        elif tag.label in ASKING:
            only = _only(text, tag.start, tag.end)
            free = tag.label == "ask:times" and "free" in plain(only).split()
            times = read_times(only, hearing.asking("time" if free else None))
            said.of_tags[place] = (*times.found, *times.exclude)
    since = 0
    for place, tag in enumerate(tags):
        if tag.label.startswith("rule_out"):
            words = text[tag.start : tag.end]
            said.of_tags[place] = turned_down(words, said.of_tags[place])
        elif tag.label in WISHES or tag.label in PICKS:
            said.of_tags[place] = bounded(text, said.of_tags[place], since)
        since = max([since, *(when.span[1] for when in said.of_tags[place])])
    named = counted_from(when for times in said.of_tags for when in times)
    said.of_tags = [
        times if tag.label == "give:booking" else without_named(times, named)
        for tag, times in zip(tags, said.of_tags, strict=True)
    ]
    return said


def without_is(text: str) -> str:
    """The text with blanks for the "is" of "noon's good" and the "will" of "half eleven'll do"."""
    return _SHORT_IS.sub(lambda found: found[1] + " " * len(found[2]), text)


def without_one(text: str, hearing: Hearing) -> str:
    """The text with blanks for the "one" behind a time that was read out: "the ten thirty one"."""
    for one in _ONE.finditer(text) if hearing.table else ():
        told = read_times(text[: one.start()], hearing.asking("time")).found[-1:]
        minutes = getattr(told[0].value, "minute", 0) if told else 0
        if told and told[0].span[1] == one.start() and (minutes or exactly(told, hearing.table)):
            text = text[: one.start()] + " " * len(one.group()) + text[one.end() :]
    return text


def wishes_in(phrase: str, hearing: Hearing) -> tuple[tuple[Act, ...], str | None]:
    """The wishes of a phrase that is known to be about time, as a tool is given it; and a weekday
    and a date in it that do not fit."""
    times = with_bounds(phrase, read_times(phrase, hearing.asking(None)))
    found = bounded(phrase, times.found)
    wish = Act("give", "when", phrase, 0, len(phrase), times=found, order=order_said(phrase))
    refused = Act("rule_out", "when", phrase, len(phrase), len(phrase), times=times.exclude)
    return ((wish, refused) if times.exclude else (wish,)), times.disagreement


def rules_out(words: str) -> bool:
    """Whether a wish only tells what must not be: "any day but Monday"."""
    said = [word.folded for word in words_of(words)]
    lists = word_lists("refusals")
    if denies_a_side(words):
        return False
    if said[:1] and said[0] in lists["ruling out"]:
        return "but" not in said[1:]
    return bool(said[:1]) and said[0] in lists["any"] and not lists["but"].isdisjoint(said)


def _neighbours(tags: Sequence[Tagged]) -> Iterator[list[int]]:
    """Runs of tags that are nothing but times of one visit, all wished for or all ruled out, with
    no other tag between them."""
    for (label, _), run in groupby(enumerate(tags), key=lambda each: (each[1].label, each[1].told)):
        if label in WISHES:
            yield [place for place, _ in run]


def _read(text: str, start: int, end: int, hearing: Hearing) -> Times:
    """The times in a stretch that is known to tell one."""
    only = _only(text, start, end)
    questions: tuple[Question, Question] = ("time", "date")
    counts = says("wishes", "counted off", only)
    if hearing.asked == "date" or counts:
        questions = ("date", "time")
    named = day_named_last(text[:start], hearing.asking("date")) if counts else None
    first = with_bounds(text, read_times(only, hearing.asking(questions[0], named)))
    if _covered(first) * _NEARLY_ALL > end - start:
        return first
    second = with_bounds(text, read_times(only, hearing.asking(questions[1], named)))
    return second if _covered(second) > _covered(first) else first


def _by_itself(text: str, tag: Tagged, hearing: Hearing, said: TimesSaid) -> tuple[When, ...]:
    """The times in one stretch; where none is read, what a recogniser may have made of it, and at
    last what is left of it without its first words."""
    misheard = _misheard(text, tag)
    times = _read(text, tag.start, tag.end, hearing)
    if not misheard and (found := _meant(text, times, tag)):
        said.note(times)
        return found
    sure = misheard or _words(text, tag)
    tries = [sure]
    beside = says("beside", "beside", " ".join(sure))  # "right after mine" is not after nine
    beside = beside or sure[-2:] == ["quarter", "to"]
    leads = any(then in _BEHIND_NO_NUMBER for word, then in zip(sure, sure[1:], strict=False)
                if word in ("to", "for"))  # fmt: skip
    if len(sure) <= _LONGEST_NUMBER and not leads and not beside:
        tries.append(exchanged(sure, pairs("misheard")["in a number"]))
    if denies_a_side(text[tag.start : tag.end]):
        tries += [sure[:length] for length in range(_LONGEST_SIDE, 2, -1)]
    if tag.label in WISHES:
        tries += [sure[left_out:] for left_out in range(1, min(len(sure), _LONGEST_TRY))]
    for tried in tries:
        words = " ".join(tried)
        times = _read(words, 0, len(words), hearing)
        if found := _meant(text, times, tag):
            said.note(times)
            span = (tag.start, tag.end)
            return tuple(replace(when, text=text[slice(*span)], span=span) for when in found)
    return ()


def _misheard(text: str, tag: Tagged) -> list[str]:
    """The words as they were meant, where a recogniser surely wrote others; else nothing."""
    words = _words(text, tag)
    meant = exchanged(words, pairs("misheard")["sure"])
    return meant if meant != words else []


def _words(text: str, tag: Tagged) -> list[str]:
    return [word.text.lower() for word in words_of(text[tag.start : tag.end])]


def _meant(text: str, times: Times, tag: Tagged) -> tuple[When, ...]:
    """What the label asks for: a wish with something ruled out in it is the wish."""
    if tag.label.startswith("rule_out"):
        sides = [when for when in times.found if denies_a_side(when.text)]
        if denies_a_side(text[tag.start : tag.end]) and not sides:
            return times.exclude  # the hour lies hidden in what is told behind it
        return (*times.exclude, *sides) or times.found
    return times.found or times.exclude


def _within(times: Times, tag: Tagged) -> Times:
    found, exclude = (
        tuple(when for when in side if when.span[0] < tag.end and tag.start < when.span[1])
        for side in (times.found, times.exclude)
    )
    return replace(times, found=found, exclude=exclude)


def _covered(times: Times) -> int:
    return sum(when.span[1] - when.span[0] for when in (*times.found, *times.exclude))


def _only(text: str, start: int, end: int) -> str:
    """The stretch at its own place, with nothing around it."""
    return " " * start + text[start:end]


def without_times(act: Act) -> str:
    """Its words but those of its times: the half of "half eight" names no service."""
    kept = list(act.text)
    for when in act.times:
        start, end = (max(0, at - act.start) for at in when.span)
        kept[start:end] = " " * len(kept[start:end])
    return "".join(kept)
