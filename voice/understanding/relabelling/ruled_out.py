"""Where a stretch that rules out a time begins and ends, by the words that rule it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.limits import denied_side, end_of_time, tells_a_side
from voice.understanding.word_lists import says_any
from voice.understanding.words import words_of

EXCEPTING = frozenset({"bar", "except", "barring"})
LONGEST_TIME = 6
"""Words of "quarter past six on Friday"."""
TELLING = frozenset({"deny", "story", "give:other"})
LISTING_MORE = frozenset("and but or nor".split())
DENYING = frozenset("no not cant cannot dont nae never".split())


def with_listed_noes(text: str, tags: Sequence[Tagged]) -> Iterator[Tagged]:
    """ "No the Tuesday, and no the Wednesday", "any evening bar Wednesday, from half five": days
    that are ruled out, where the word that does so stands before their stretch."""
    held: Tagged | None = None
    for tag in tags:
        led = words_of(text[: tag.start])[-2:]
        told = [word.folded for word in led]
        listed = len(led) > 1 and told[1] == "no" and told[0] in LISTING_MORE
        excepted = told[-1:] and told[-1] in EXCEPTING
        if tag.label != "give:when" or not (listed or excepted):
            if held is not None:
                yield held
            held = tag
            continue
        start = led[0 if listed else -1].start
        if held is not None and held.end <= start:
            yield held
        elif held is not None and held.label not in ("deny", "rule_out:when"):
            yield replace(held, end=len(text[:start].rstrip()))
        out = replace(tag, label="rule_out:when", start=start, corrects=False)
        comma = text.find(",", tag.start, tag.end) if excepted else -1
        if comma > 0:
            yield replace(out, end=comma)
            held = replace(tag, start=tag.end - len(text[comma + 1 : tag.end].lstrip()))
        else:
            held = out
    if held is not None:
        yield held


def with_denied_sides(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """ "I did say not before ten" rules out all before it, whatever it was taken for, and so does
    "it can't be before four, I've got the shop" where what is told behind it hides the hour."""
    for tag in tags:
        words = text[tag.start : tag.end]
        of_time = tag.label in ("give:when", "rule_out:when")
        side = denied_side(words, hearing) if of_time or tag.label in TELLING else None
        if side is None or of_time and tells_a_side(words, hearing):
            yield tag
            continue
        start, end = (tag.start + at for at in side)
        for part in ((tag.start, start), (end, tag.end)):
            said = words_of(text[slice(*part)])
            first, last = (part[0] + said[0].start, part[0] + said[-1].end) if said else part
            times = read_times(text[first:last], hearing.asking("date"))
            if part[0] == end:
                yield Tagged("rule_out:when", start, end, tag.confidence)
            refuses = tag.label != "deny" or says_any("refusals", "refusing", text[slice(*part)])
            if said and refuses and (not of_time or times.found or times.exclude):
                yield replace(tag, start=first, end=last)


def with_mended_times(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """Of "let's do half five, no hang on, make it six, the traffic's bad" the six, where it was
    taken for the story that follows it."""
    timed = False
    for tag in tags:
        led = [word.folded for word in words_of(text[: tag.start])[-2:]]
        end = 0
        if timed and tag.label in TELLING | {"noise:unclear"} and led == ["make", "it"]:
            words = f"at {text[tag.start : tag.end]}"
            end = max(0, end_of_time(words, hearing, most=LONGEST_TIME, led_by=1) - len("at "))
        timed = timed or tag.label in ("choose", "affirm", "give:when")
        if not end:
            yield tag
            continue
        yield Tagged("give:when", tag.start, tag.start + end, tag.confidence, corrects=True)
        rest = words_of(text[tag.start + end : tag.end])
        if rest:
            yield replace(tag, start=tag.start + end + rest[0].start)


def ruled_out_and_wished(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """ "Not Monday, afternoon", "any day but Tuesday, before Christmas": what will not do, and what
    will; "I can only do evenings" tells no more than that."""
    words = text[tag.start : tag.end]
    said = {word.folded for word in words_of(words)}
    if "only" in said and said.isdisjoint(DENYING):
        yield replace(tag, label="give:when")
        return
    times = read_times(words, hearing.asking("date"))
    out = max((when.span[1] for when in times.exclude), default=0)
    wished = min((when.span[0] for when in times.found if when.span[0] > out), default=0)
    if out and wished and "," in words[out:wished]:
        yield replace(tag, end=tag.start + len(words[:wished].rstrip()))
        yield replace(tag, label="give:when", start=tag.start + wished)
    else:
        yield tag
