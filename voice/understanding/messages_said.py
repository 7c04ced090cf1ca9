"""A message for staff in whatever else is said: what it is, for whom, and when to call back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Act, Asked, Tagged
from voice.understanding.asked_about import asks_what_is_kept
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.loose_phrases import account_wish, where_said
from voice.understanding.services_said import ANYONE, said_person
from voice.understanding.word_lists import word_lists
from voice.understanding.words import words_of

SURE = 0.8
"""Of words that say it outright."""
LEAST_WORDS = 2
"""Of a message; a single word is no more than a courtesy."""
BEFORE_A_TIME = 2
"""Words between "call me back" and the time."""
OF_ANY_TIME = frozenset("any day time anytime but except before after not".split())
"""Words that belong to the time behind them."""
TO_THE_CALLER = frozenset({"me", "us"})
APART = frozenset({"affirm", "deny", "drop", "story"})
"""Labels of what is no part of a wish behind it."""
ABOUT_A_CALL = frozenset({"ask:booking", "ask:other", "ask:policy"})


def with_messages(text: str, tags: Sequence[Tagged], hearing: Hearing) -> tuple[Tagged, ...]:
    """The tags with a wish for a message, the message told in the same breath, and a wish to be
    rung back with its time, under labels of their own."""
    made = [_asked_after(text, tag) for tag in tags]
    if any(tag.label in ("ask:message", "ask:call_me") for tag in made):
        return tuple(made)
    made = _put_in(text, made, _ring_back(text, hearing))
    return tuple(_put_in(text, made, _message(text, made, hearing)))


def whom_or_what(act: Act, hearing: Hearing) -> Act:
    """Of a wish for a message: for whom it is, or that it is to be rung back."""
    if where_said(act.text, "messages", "ring back") is not None:
        return replace(act, value="ring_back")
    who = said_person(act.text, hearing.providers, loosely=False)
    return replace(act, value=who if who != ANYONE else None)


def _asked_after(text: str, tag: Tagged) -> Tagged:
    """ "Did ye write that down for Zofia", "who's going to call me"."""
    words = text[tag.start : tag.end]
    if tag.label.startswith("ask:") and where_said(words, "messages", "taken"):
        return replace(tag, label="ask:message")
    rung = tag.label in ABOUT_A_CALL and where_said(text, "messages", "rung") is not None
    return replace(tag, label="ask:call_me") if rung else tag


def _ring_back(text: str, hearing: Hearing) -> list[Tagged]:
    """The wish, and the time right behind it; none where it is said that no call is needed."""
    place = where_said(text, "messages", "ring back")
    if place is None or where_said(text, "messages", "no ring back") is not None:
        return []
    start, end = place
    behind = words_of(text[end:])[:1]
    end += behind[0].end if behind and behind[0].folded == "back" else 0
    wish = Tagged("want:message", start, end, SURE)
    read = read_times(text[end:], hearing.asking("time"))
    times = sorted((*read.found, *read.exclude), key=lambda when: when.span)
    told: list[tuple[int, int]] = []
    for when in times:
        first, last = (end + at for at in when.span)
        between = words_of(text[told[-1][1] if told else end : first])
        if len([each for each in between if each.folded not in OF_ANY_TIME]) > BEFORE_A_TIME:
            break
        told.append((first, last))
    if not told:
        return [wish]
    lead = words_of(text[end : told[0][0]])
    leading = [each for each in lead if each.folded in OF_ANY_TIME]
    first = end + leading[0].start if leading else told[0][0]
    return [wish, Tagged("give:call_back", first, told[-1][1], SURE)]


def _message(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The wish with for whom it is, and the message where it is told behind it: up to a wish to be
    rung back or a goodbye."""
    place = where_said(text, "messages", "outright")
    if place is None or TO_THE_CALLER & {each.folded for each in words_of(text[slice(*place)])}:
        return []
    start, end = place
    over = (
        tag.start
        for tag in tags
        if tag.start >= end and tag.label in ("want:message", "give:call_back", "social:bye")
    )
    until = min(over, default=len(text))
    first = _first_of_message(text, end, until, hearing)
    wish = Tagged("want:message", start, end + len(text[end:first].rstrip()), SURE)
    last = first + len(text[first:until].rstrip(" ,.;").removesuffix(" and"))
    if len(words_of(text[first:last])) < LEAST_WORDS:
        return [wish]
    if where_said(f"to {text[first:last]}", "messages", "ring back") is not None:
        return [replace(wish, end=last)]
    return [wish, Tagged("give:message", first, last, SURE)]


def _first_of_message(text: str, end: int, until: int, hearing: Hearing) -> int:
    """Where it begins, behind words that only say for whom it is."""
    people = {
        word.folded for who in hearing.providers for name in who.names for word in words_of(name)
    }
    leading = word_lists("messages")["whom"] | people
    said = words_of(text[end:until])
    for at, word in enumerate(said):
        article = word.folded in ("the", "a") and at + 1 < len(said)
        if (said[at + 1] if article else word).folded not in leading:
            return end + word.start
    return until


def _put_in(text: str, tags: Sequence[Tagged], new: Sequence[Tagged]) -> list[Tagged]:
    """The new stretches in the place of those that they overlap: a yes, a no or a story before
    them stays, other words belong to the wish."""
    if not new:
        return list(tags)
    wish, end = new[0], new[-1].end
    kept = [tag for tag in tags if tag.end <= wish.start or tag.start >= end]
    for tag in tags:
        if tag.start < wish.start < tag.end:
            if tag.label in APART:
                kept.append(replace(tag, end=len(text[: wish.start].rstrip(" ,.;"))))
            else:
                wish = replace(wish, start=tag.start)
    return sorted([*kept, wish, *new[1:]], key=lambda tag: tag.start)


OF_AN_ACCOUNT = frozenset(
    """ask:help ask:other ask:service ask:policy ask:reference ask:times want:cancel want:lookup
    outside""".split()
)
OF_SOMEBODY = ("give:party", "give:name")
OF_A_NAME = frozenset("ask:booking deny story want:lookup".split())
"""Labels under which it is told too that a name is wrong."""
NOTHING_IN_HAND = ("anything_else", "open", "none")
"""Questions beside which a name that is wrong is no other one than is asked for or read back."""
OF_A_MESSAGE = frozenset("ask:help ask:other ask:policy person outside want:account".split())


def with_support(text: str, tags: Sequence[Tagged], asked: Asked) -> tuple[Tagged, ...]:
    """The tags with wishes for a message, and about what is kept of the caller, under their
    own labels."""
    begins = [0, *(tag.end for tag in tags)]
    ends = [*(tag.start for tag in tags[1:]), len(text)]
    places = zip(tags, begins, ends, strict=False)
    free = asked in NOTHING_IN_HAND
    whole = [_whole(text, *each) if free else each[0] for each in places]
    made = tuple(_relabelled(text[tag.start : tag.end], tag, asked) for tag in whole)
    if not any(tag.label == "want:tech" for tag in made):
        return made
    return tuple(_of_the_problem(text[tag.start : tag.end], tag) for tag in made)


def _of_the_problem(words: str, tag: Tagged) -> Tagged:
    """ "I'm locked out" beside "I can't log in": nothing that is kept of the caller is wanted."""
    of_an_account = tag.label == "want:account" and account_wish(words)
    if tag.label != "want:account" or of_an_account:
        return tag
    return replace(tag, label="give:problem")


def _whole(text: str, tag: Tagged, begin: int, end: int) -> Tagged:
    """With the words up to the next stretch, where only they say what of an account is wanted;
    and with those around whoever's name is wanted: "put it in (my daughter's) name"."""
    around = words_of(text[begin:end])
    if tag.label == "want:account":
        said = not account_wish(text[tag.start : tag.end]) and account_wish(text[begin:end]) != ""
    else:
        named = [word.folded for word in words_of(text[tag.end : end])][:1] == ["name"]
        said = tag.label in OF_SOMEBODY and named and account_wish(text[begin:end]) == "name"
    if not said:
        return tag
    start, last = begin + around[0].start, begin + around[-1].end
    return replace(tag, label="want:account", start=start, end=last, confidence=SURE)


def _relabelled(words: str, tag: Tagged, asked: Asked) -> Tagged:
    if tag.label in OF_A_MESSAGE and where_said(words, "messages", "leave"):
        return replace(tag, label="want:message", confidence=max(tag.confidence, SURE))
    if tag.label not in OF_AN_ACCOUNT | OF_A_NAME:
        return tag
    wish = account_wish(words) if not asks_what_is_kept(words) else ""
    if wish == "name":
        fits = asked in NOTHING_IN_HAND and tag.label != "want:cancel"
    elif tag.label.startswith("want"):
        fits = wish == "forget" and tag.label in OF_AN_ACCOUNT
    else:
        fits = wish != "" and tag.label in OF_AN_ACCOUNT
    return replace(tag, label="want:account", confidence=SURE) if fits else tag
