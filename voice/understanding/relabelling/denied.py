"""Services turned down or insisted on where no stretch says so: "the beard trim was a joke, it's a
blowout I'm after"; and the end of a call told in other words than goodbye."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from voice.understanding.acts import Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says
from voice.understanding.relabelling.ruled_out import DENYING as NOES
from voice.understanding.services.matching import services_named, stem, where_named
from voice.understanding.words import plain, words_of

_says = partial(says, "denials")

TALK = frozenset(
    {"story", "give:other", "deny", "social:upset", "social:chat", "ask:policy", "ask:other"}
)
"""Labels in whose words a service may be turned down or insisted on."""
NAMING = frozenset({"give:service", "choose"})
TURNED_DOWN = ("drop", "rule_out:service", "want:cancel")
"""Labels of what gives something up."""
GIVEN_UP = 0.9
"""Of words that do so outright."""
DENYING = NOES - {"no"} | {"isnt", "wasnt", "didnt", "doesnt", "without"}
INSTEAD_OF = frozenset(("not", "instead", "rather"))
LIGHT = frozenset(
    "want wanted need needing after looking for a an the any my to be that it its is".split()
)
"""Words that may stand between a denial and what is denied."""
_CLAUSE = re.compile(r"[^,.;!?]+")
_LEADING = (
    r"(?:[\s,;…-]|\.{2,}|\b(?:would|be|oh?|och|ach|ah|hmm|um|uh|er|well|and|let me think)\b)*"
)
_WAIT = r"(?:wait|hold on|hang on)"
_BROKEN_OFF = re.compile(
    rf"{_LEADING}\bno(?:\s*[,.…!-]|\s*$|\s+(?:no|sorry|actually)\b)|"
    rf"\.?{_LEADING}\b(?:{_WAIT}(?: now)?[\s,]+no|no[\s,]+{_LEADING}{_WAIT})\b",
    re.IGNORECASE,
)
""" "Ten would... och, no, wait now": what stands behind a choice that is taken back at once."""
_FRONT = 2
"""Words before a service that may turn it down."""


_IDLE = 2
"""Words behind a service that is turned down, which say nothing by themselves."""


_CANCEL = re.compile(r"\bcancel(?: (?:the|my|our|that|this))? (?=\w)", re.IGNORECASE)
_THING = re.compile(r"[\w'-]+(?: [\w'-]+)?")
_ONLY_SUPPOSED = frozenset("if when whether unless".split())
NO_WISH = frozenset({*TALK, "noise:aside", "rule_out:product", "give:product"}) - {"ask:policy"}
"""Labels of words that are overruled by "cancel" and the name of a service in them."""
_LED = 5
"""Words before a "cancel" that may deny it, or only suppose it."""


def with_cancelled(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags with a wish to cancel where the words say so in their middle, and name the service:
    "I don't want a chain, I want to cancel the battery check"."""
    for found in _CANCEL.finditer(text):
        thing = _THING.match(text, found.end())
        named = thing is not None and services_named(thing.group(), hearing.services)
        around = [tag for tag in tags if tag.start <= found.start() < tag.end]
        led = plain(text[: found.start()]).split()[-_LED:]
        plainly = NOES.isdisjoint(led[-2:]) and _ONLY_SUPPOSED.isdisjoint(led)
        if (
            thing is None
            or not named
            or not plainly
            or any(tag.label not in NO_WISH for tag in around)
        ):
            continue
        start = found.start()
        end = max((tag.end for tag in tags if tag.start <= found.end() < tag.end), default=0)
        end = end or found.end() + len(thing.group())
        kept = [_before(text, tag, start) for tag in tags if tag.start < start]
        wish = Tagged("want:cancel", start, start + len("cancel"), GIVEN_UP)
        told = Tagged("give:booking", found.end(), end, GIVEN_UP)
        behind = [tag for tag in tags if tag.start >= end]
        return [*(tag for tag in kept if tag.end > tag.start), wish, told, *behind]
    return list(tags)


def _before(text: str, tag: Tagged, end: int) -> Tagged:
    """The tag as far as it stands before that place."""
    return tag if tag.end <= end else replace(tag, end=len(text[:end].rstrip(" ,")))


def with_denied(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags with those services labelled so."""
    made: list[Tagged] = []
    for tag in _with_given_up(text, tags, hearing):
        words, rest = text[tag.start : tag.end], text[tag.start :]
        over = _says("all done", words) or _says("nothing more", rest)
        if over and not tag.label.startswith(("give:", "affirm", "choose")):
            made.append(replace(tag, label="social:bye"))
        elif tag.label == "choose" and _BROKEN_OFF.match(text, tag.end):
            continue
        elif tag.label in TALK:
            made += _parted(text, tag, hearing)
        elif tag.label in (*NAMING, "rule_out:service"):
            made += _one_for_another(text, _named(text, tag, hearing), hearing)
        else:
            made.append(tag)
    return list(_in_one_piece(text, made, hearing))


def _in_one_piece(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """The tags, where the name of what is turned down is not cut in two: "no ladies", "cut"."""
    before: Tagged | None = None
    for tag in tags:
        if before is not None and (before.label, tag.label) == ("rule_out:service", "give:service"):
            place = where_named(text[before.start : tag.end], hearing.services)
            if place is not None and place[0] < before.end - before.start < place[1]:
                before = replace(before, end=tag.end)
                continue
        if before is not None:
            yield before
        before = tag
    if before is not None:
        yield before


def denies(text: str, stems: Collection[str]) -> bool:
    """Whether one of these words, told by its stem, is denied: "I don't want the urgent one"."""
    heard = plain(text).split()
    for at in (at for at, word in enumerate(heard) if stem(word) in stems):
        led = [word for word in reversed(heard[:at]) if word not in LIGHT]
        if led and led[0] in DENYING:
            return True
    return False


def _with_given_up(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """The tags with one for each clause that gives up what is in hand: "no, leave it", "I don't
    want the test at all". To whether to cancel that only means that it stays."""
    cancelled = {"want:cancel", "give:booking"}
    given_up = (
        []
        if hearing.asked == "confirm_cancel" or cancelled <= {tag.label for tag in tags}
        else [found.span() for found in _CLAUSE.finditer(text) if _gives_up(found.group(), hearing)]
    )
    for start, end in given_up:
        start = end - len(text[start:end].lstrip())
        yield Tagged("drop", start, end, GIVEN_UP)
    for tag in tags:
        within = [start for start, end in given_up if start < tag.end and tag.start < end]
        if not within or tag.label not in (*TURNED_DOWN, *TALK, *NAMING):
            yield tag
        elif tag.start < min(within) and tag.end <= max(end for _, end in given_up):
            yield replace(tag, end=len(text[: min(within)].rstrip(" ,")))  # the "no" before it


def _gives_up(clause: str, hearing: Hearing) -> bool:
    place = where_named(clause, hearing.services)
    said = clause if place is None else f"{clause[: place[0]]} it {clause[place[1] :]}"
    return _says("given up", said)


def _parted(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    words = text[tag.start : tag.end]
    at = tag.start
    if tag.label == "deny" and _says("no such", words) and services_named(words, hearing.services):
        yield replace(tag, label="rule_out:service")
        return
    for found in _CLAUSE.finditer(words):
        clause = found.group()
        place = where_named(clause, hearing.services)
        if place is None:
            continue
        start, end = tag.start + found.start() + place[0], tag.start + found.start() + place[1]
        denied = _turns_down(clause, clause[: place[1]])
        if not denied and not _says("insisted", clause):
            continue
        if text[at:start].strip(" ,.;!?"):
            yield replace(tag, start=at, end=len(text[:start].rstrip()))
        label = "rule_out:service" if denied else "give:service"
        yield replace(tag, label=label, start=start, end=end, corrects=not denied)
        at = end
    if at == tag.start or len(text[at : tag.end].split()) > _IDLE:  # "at all" says no more
        yield tag if at == tag.start else replace(tag, start=at)


def _named(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """A service said after us with a no behind it, or with a no or an "only" before it."""
    words, behind = text[tag.start : tag.end], text[tag.end :].lstrip()
    clause = _CLAUSE.findall(text[: tag.start] + " ")[-1]
    before = plain(clause).split()[-_FRONT:]
    only = tag.label == "give:service" and hearing.asked != "open"
    if only and not {"only", "just"}.isdisjoint((*before, *plain(words).split()[:_FRONT])):
        return replace(tag, corrects=True)
    if where_named(words, hearing.services) is None:
        return tag
    if behind.startswith("?") and _says("echo", behind[1:]):
        return replace(tag, label="rule_out:service")
    if tag.label != "give:service":
        return tag
    if _says("the one meant", words) and not text[: tag.start].rstrip().endswith((".", "?")):
        return replace(tag, corrects=True)  # "the eye test, the one with the scan"
    around = f"{' '.join(before)} {plain(words)}"
    if _turns_down(around, around):
        return replace(tag, label="rule_out:service")
    return tag


def _one_for_another(text: str, tag: Tagged, hearing: Hearing) -> Iterator[Tagged]:
    """ "It's a tune-up she needs, not an overhaul": what is wanted stands before what is not."""
    if tag.label != "rule_out:service":
        yield tag
        return
    heard = words_of(text[tag.start : tag.end])
    for word in heard[1:]:
        at = tag.start + word.start
        wanted, denied = text[tag.start : at], text[at : tag.end]
        if word.folded in INSTEAD_OF and services_named(denied, hearing.services):
            if services_named(wanted, hearing.services):
                end = len(wanted.rstrip(" ,"))
                label, end = "give:service", tag.start + end
                yield replace(tag, label=label, end=end, corrects=True)
                tag = replace(tag, start=at)
            break
    yield tag


def _turns_down(clause: str, up_to: str) -> bool:
    """Whether the service at the end of `up_to`, which begins the clause, is not wanted."""
    turned = _says("denied", clause) or _says("no such", up_to)
    return turned and not _says("not denied", clause)
