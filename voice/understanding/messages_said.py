"""A message for staff in whatever else is said: what it is, for whom, and when to call back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Act, Asked, Tagged
from voice.understanding.asked_about import asks_what_is_kept
from voice.understanding.dates.reading import read_times
from voice.understanding.hearing import Hearing
from voice.understanding.limits import end_of_time
from voice.understanding.loose_phrases import account_wish, where_said
from voice.understanding.phrasebook import says
from voice.understanding.services.services_said import ANYONE, said_person
from voice.understanding.word_lists import word_lists
from voice.understanding.words import words_of

SURE = 0.8
"""Of words that say it outright."""
LEADING = 6
"""Words from "let" on among which it is said to be of knowing."""
LEAST_WORDS = 2
"""Of a message; a single word is no more than a courtesy."""
BEFORE_A_TIME = 2
"""Words between "call me back" and the time."""
LED_BY = 4
"""Words before the time that somebody may be rung at: "after five any day this week"."""
LONGEST_TIME = 10
"""Words of such a time."""
BEFORE_A_WISH = 4
"""Words before "to ring me" among which it is told who is to, and whether anybody is."""
OF_A_TALE = frozenset("about because cause since as when was were had".split())
"""Words behind which a day tells of something else than the call."""
_SENTENCE = re.compile(r"[.!?;,]\s+")
_ABOUT_IT = re.compile(r"\babout (?:it|that|this|them)\b", re.IGNORECASE)
_BEST = re.compile(
    r"(?i)[ ,]*\b(?:is|would be|'d be|works|suits)(?: the)?"
    r"(?: (?:best|good|fine|better|grand|me))*[ .,!]*$"
)
"""What only says that a time suits."""
_NOT_FOR = re.compile(
    r"\b(?:about|not|by|from|of|off)(?: (?:for|from|that|this|your|the|dr|doctor))* \w+",
    re.IGNORECASE,
)
"""Words that name somebody for whom it is not: who is complained of, or shall not ring."""
_WHOEVER = re.compile(
    r"(?:,? or whoever)?(?<=whoever)(?:'?s \w+| it is| is \w+| it's with| i'm with| does it)?",
    re.IGNORECASE,
)
"""What may stand behind whom it is for: "tell Ruth (or whoever's in)", "tell whoever (it is)"."""
SENTENCE_ENDS = frozenset(".?!")
ARTICLES = frozenset("the a your my".split())
OF_ANY_TIME = frozenset("any day time anytime but except before after not".split())
"""Words that belong to the time behind them."""
AT_ONCE = ("now", "right now", "just now")
"""Times that are none to be rung at beside another: "I can't talk right now, after two"."""
TO_THE_CALLER = frozenset({"me", "us"})
TO_SOMEBODY = frozenset("them him her em everyone somebody someone whoever".split())
ENDING = ("want:message", "give:call_back", "social:bye")
"""Labels of what ends a message."""
APART = frozenset({"affirm", "deny", "drop", "story"})
"""Labels of what is no part of a wish behind it."""
ABOUT_A_CALL = frozenset({"ask:booking", "ask:other", "ask:policy"})
OF_ONESELF = frozenset("i im ive ill id we".split())
LEADING_A_TIME = frozenset("when after once before till until if as".split())
"""What follows them belongs to the time: "when I get in"."""
GIVING_REASONS = frozenset("cos cause because since so".split())


def with_messages(text: str, tags: Sequence[Tagged], hearing: Hearing) -> tuple[Tagged, ...]:
    """The tags with a wish for a message, the message told in the same breath, and a wish to be
    rung back with its time, under labels of their own."""
    made = [_no_call(text, _asked_after(text, tag), hearing) for tag in tags]
    if any(tag.label in ("ask:message", "ask:call_me") for tag in made):
        return tuple(made)
    made = _put_in(text, made, _ring_back(text, made, hearing))
    made = _put_in(text, made, _message(text, made, hearing))
    made = [_no_wish_for_a_person(text, tag, made) for tag in made]
    if hearing.asked == "support" or any(tag.label == "want:message" for tag in made):
        made = [_time_alone(text, tag, hearing) for tag in made]
    return tuple(made)


def when_to_ring(words: str, tag: Tagged, hearing: Hearing) -> tuple[Tagged, ...]:
    """When somebody may be rung, where that was asked, and what is said behind it: "after two, like
    I said to you before"; nothing, where the words do not begin with a time."""
    if tag.label != "give:other" or hearing.asked != "support":
        return ()
    end = end_of_time(words, hearing, most=LONGEST_TIME, led_by=LED_BY)
    if not end:
        return ()
    when = replace(tag, label="give:when", end=tag.start + end)
    behind = replace(tag, label="story", start=tag.start + end)
    return (when, behind) if words[end:].strip() else (when,)


def whom_or_what(act: Act, hearing: Hearing) -> Act:
    """Of a wish for a message: for whom it is, and whether it is to ring the caller back."""
    rings = where_said(act.text, "messages", "ring back") is not None
    who = said_person(_NOT_FOR.sub(" ", act.text), hearing.providers, loosely=False)
    heard = [word.folded for word in words_of(act.text)]
    role = next((word for word in heard if word in word_lists("messages")["roles"]), None)
    who = who if who not in (None, ANYONE) else role and f"the {role}"
    return replace(act, value=who, rings=rings)


def _asked_after(text: str, tag: Tagged) -> Tagged:
    """ "Did ye write that down for Zofia", "who's going to call me"; who says "I'll ring again"
    asks for nothing."""
    words = text[tag.start : tag.end]
    if tag.label.startswith("ask:") and says("people", "connected", words):
        return replace(tag, label="person")
    if tag.label.startswith("ask:") and where_said(words, "messages", "taken"):
        return replace(tag, label="ask:message")
    if tag.label == "ask:call_me" and where_said(words, "messages", "rings"):
        return replace(tag, label="story")
    rung = tag.label in ABOUT_A_CALL and where_said(words, "messages", "rung") is not None
    return replace(tag, label="ask:call_me") if rung else tag


def _no_call(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """ "I don't need a call back" is a no to nothing else than when to ring."""
    denied = tag.label == "deny" and hearing.asked != "support"
    return (
        replace(tag, label="story") if denied and says_no_call(text[tag.start : tag.end]) else tag
    )


def _no_wish_for_a_person(text: str, tag: Tagged, tags: Sequence[Tagged]) -> Tagged:
    """A person spoken of beside what is wanted of us, "a behavior person", "somebody in the
    office": nobody is wanted on the telephone who is not asked for in so many words."""
    if tag.label != "person":
        return tag
    beside = {each.label for each in tags}
    told = beside - {"person", "social:greet", "social:chat"}
    if told and says("people", "unsure whom", text):
        return replace(tag, label="story")
    if says("people", "put through", text[tag.start : tag.end]):
        return tag
    wanted = "want:message" in beside or {"want:book", "give:service"} <= beside
    rung = where_said(text, "messages", "ring back") is not None
    return replace(tag, label="story") if wanted or rung else tag


def _ring_back(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The wish, from the one on who is to ring, and the time told for it; none where it is said
    that no call is needed."""
    place = where_said(text, "messages", "ring back")
    if place is None:
        return []
    start, end = place
    before = [word for word in words_of(text) if word.end <= start][-BEFORE_A_WISH:]
    said = text[before[0].start if before else start : end]
    if says_no_call(said) or says("denials", "reached by", said):
        return []
    if hearing.asked == "phone" and any(tag.label == "give:phone" for tag in tags):
        return []  # "you can ring me on …"
    named = _somebody(hearing)
    numbers = (tag.start for tag in tags if tag.label == "give:phone" and tag.start >= end)
    text = text[: min(numbers, default=len(text))]
    start = next((word.start for word in before if word.folded in named), start)
    start, end = _from_its_verb(text, start), _to_its_end(text, end, named)
    wish, when = Tagged("want:message", start, end, SURE), _time_behind(text, end, hearing)
    if when is None:
        told = [tag for tag in tags if tag.label == "give:when" and tag.end <= start]
        near = told and len(words_of(text[told[-1].end : start])) <= BEFORE_A_TIME
        return [replace(told[-1], label="give:call_back"), wish] if near else [wish]
    return [wish, Tagged("give:call_back", *when, SURE)]


def asks_what_comes(words: str) -> bool:
    """Whether it is asked what staff will do about what they are told."""
    return says("messages_apart", "comes of it", words)


def says_no_call(words: str) -> bool:
    """Whether nobody needs to ring."""
    return says("denials", "no call", words)


def _from_its_verb(text: str, start: int) -> int:
    """Where the whole clause of the wish begins: "and I want the (manager to ring me)" is no end of
    what was told before it."""
    lists, before = word_lists("messages"), [w for w in words_of(text) if w.end <= start]
    near = before[-BEFORE_A_WISH:]
    verbs = [at for at, word in enumerate(near) if word.folded in lists["wishing"]]
    if verbs:
        before, start = before[: verbs[-1] - len(near)], near[verbs[-1]].start
    while before and before[-1].folded in lists["before wishing"]:
        start = before.pop().start
    return start


def _to_its_end(text: str, end: int, named: frozenset[str]) -> int:
    """Behind "a call", also "back from the manager"."""
    behind = [word for word in words_of(text) if word.start >= end]
    last = end
    if behind and behind[0].folded == "back":
        last = behind.pop(0).end
    led = text[:last].endswith(" from")
    if behind and behind[0].folded == "from":
        led = bool(behind.pop(0))
    whom = behind[bool(behind) and behind[0].folded in ARTICLES :][:1]
    return whom[0].end if led and whom and whom[0].folded in named | TO_SOMEBODY else last


def _time_alone(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """A time to be rung at without what stands around it: "best (after two), like I said"."""
    if tag.label not in ("give:when", "give:call_back"):
        return tag
    start, end = _time_behind(text[: tag.end], tag.start, hearing) or (tag.start, tag.end)
    return replace(tag, start=start, end=end)


def _time_behind(text: str, end: int, hearing: Hearing) -> tuple[int, int] | None:
    """Where it is told when to ring; one that tells what it is about is none: "about my lesson on
    Friday"."""
    behind = _ABOUT_IT.sub(lambda found: " " * len(found.group()), text[end:])
    read = read_times(behind, hearing.asking("time"))
    spans = sorted(when.span for when in (*read.found, *read.exclude))
    told: list[tuple[int, int]] = []
    for first, last in [each for each in spans if behind[slice(*each)] not in AT_ONCE] or spans:
        between = [each.folded for each in words_of(behind[told[-1][1] if told else 0 : first])]
        apart = len([each for each in between if each not in OF_ANY_TIME]) > BEFORE_A_TIME
        if apart and told or not OF_A_TALE.isdisjoint(between):
            break
        told.append((first, last))
    if not told:
        return None
    start, lead = told[0][0], list(words_of(behind[: told[0][0]]))
    while lead and lead[-1].folded in OF_ANY_TIME:
        start = lead.pop().start
    return end + start, end + told[-1][1]


def _message(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The wish with for whom it is, and the message where it is told behind it: up to a wish to be
    rung back or a goodbye."""
    place = where_said(text, "messages", "outright") or _told_to_somebody(text, hearing)
    if says("denials", "no message", text):
        return []
    if place is None or TO_THE_CALLER & {each.folded for each in words_of(text[slice(*place)])}:
        return []
    start, end = place
    last_wish = max((tag.start for tag in tags if not tag.label.startswith("social")), default=0)
    over = (
        tag.start
        for tag in tags
        if tag.start >= end
        and (
            tag.label in ENDING
            or tag.label == "social:thanks"
            and tag.start > last_wish
            or _is_for_us(text, tag)
        )
    )
    until = min((*over, *_turns_to_something_else(text, end)), default=len(text))
    first = _first_of_message(text, end, until, hearing)
    wish = Tagged("want:message", start, end + len(text[end:first].rstrip()), SURE)
    last = first + len(text[first:until].rstrip(" ,.;").removesuffix(" and"))
    if len(words_of(text[first:last])) < LEAST_WORDS:
        return [wish]
    if where_said(f"to {text[first:last]}", "messages", "ring back") is not None:
        return [replace(wish, end=last)]
    return [wish, Tagged("give:message", first, last, SURE)]


def _is_for_us(text: str, tag: Tagged) -> bool:
    """Whether a sentence begins there that is no part of what is to be passed on: the caller's own
    number, or a question for a person."""
    begins = text[: tag.start].rstrip()[-1:] in SENTENCE_ENDS
    return begins and (
        tag.label == "give:phone" or tag.label == "person" and text[tag.end :].startswith("?")
    )


def _turns_to_something_else(text: str, end: int) -> list[int]:
    """Where a sentence behind the wish begins that is no part of the message, but the next thing
    that is wanted: "and while I've got you"."""
    starts = [found.end() for found in _SENTENCE.finditer(text, end)]
    return [start for start in starts if says("messages_apart", "something else", text[start:])]


def _told_to_somebody(text: str, hearing: Hearing) -> tuple[int, int] | None:
    """Where "tell Rachel", "let the desk know" stands; "I'll tell her" wishes for nothing."""
    lists, said = word_lists("messages"), words_of(text)
    for at, word in enumerate(said[:-1]):
        before = [each.folded for each in said[max(at - 2, 0) : at]]
        asks = before[-1:] == ["you"] and before[0] in lists["asked of us"]
        told_of = not asks and not lists["told of"].isdisjoint(before[-1:])
        behind = said[at + 1 :][said[at + 1].folded in ARTICLES :][:1]
        asked_for = [each.folded for each in said[at : at + 2]] == ["ask", "for"]
        if asked_for and hearing.asked == "support":  # who is to be rung says whom it is for
            behind = said[at + 2 : at + 3]
        elif word.folded not in lists["telling"] or told_of or not behind:
            continue
        if word.folded == "let" and "know" not in (each.folded for each in said[at:][:LEADING]):
            continue  # "let him in"
        if behind and behind[0].folded in _somebody(hearing) | TO_SOMEBODY:
            return word.start, behind[0].end
    return None


def _somebody(hearing: Hearing) -> frozenset[str]:
    """Words for those who are at the business, by name or by what they are there."""
    names = [name for who in hearing.providers for name in who.names]
    people = {word.folded for name in names for word in words_of(name)}
    return frozenset(people) | word_lists("messages")["roles"]


def _first_of_message(text: str, end: int, until: int, hearing: Hearing) -> int:
    """Where it begins, behind words that only say for whom it is."""
    leading = word_lists("messages")["whom"] | _somebody(hearing)
    whoever = _WHOEVER.match(text, end, until)
    end = whoever.end() if whoever else end
    said = words_of(text[end:until])
    for at, word in enumerate(said):
        article = word.folded in ARTICLES and at + 1 < len(said)
        if (said[at + 1] if article else word).folded not in leading:
            return end + word.start
    return until


def _put_in(text: str, tags: Sequence[Tagged], new: Sequence[Tagged]) -> list[Tagged]:
    """The new stretches in the place of those that they overlap: what stands before them stays, or
    belongs to the wish."""
    made = [
        tag for tag in tags if all(tag.end <= each.start or tag.start >= each.end for each in new)
    ]
    for each in new:
        over = next((tag for tag in tags if tag.start < each.start < tag.end), None)
        led = text[over.start : each.start] if over is not None else ""
        apart = over is not None and over.label in APART or says("people", "put through", led)
        if over is not None and apart and each.label == "want:message":
            made.append(replace(over, end=len(text[: each.start].rstrip(" ,.;"))))
        elif over is not None and each.label == "want:message":
            each = replace(each, start=over.start)
        made.append(each)
    return sorted(made, key=lambda tag: tag.start)


SAYING_LITTLE = frozenset({"story", "social:chat", "outside", "noise:unclear", "want:buy", "drop"})
"""Labels under which a wish to be forgotten must not be lost."""
OF_AN_ACCOUNT = frozenset(
    """ask:help ask:other ask:service ask:policy ask:reference ask:times want:cancel want:lookup
    outside""".split()
)
OF_SOMEBODY = ("give:party", "give:name", "give:other", "story")
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
        words = [word.folded for word in words_of(text[tag.start : end])]
        named = "name" in (words[-1:] + words[len(words_of(text[tag.start : tag.end])) :][:1])
        said = tag.label in OF_SOMEBODY and named and account_wish(text[begin:end]) == "name"
    if not said:
        return tag
    start, last = begin + around[0].start, begin + around[-1].end
    return replace(tag, label="want:account", start=start, end=last, confidence=SURE)


def _relabelled(words: str, tag: Tagged, asked: Asked) -> Tagged:
    denied = says("denials", "no message", words)
    if tag.label in OF_A_MESSAGE and not denied and where_said(words, "messages", "leave"):
        return replace(tag, label="want:message", confidence=max(tag.confidence, SURE))
    if tag.label in SAYING_LITTLE and account_wish(words) == "forget":
        return replace(tag, label="want:account", confidence=SURE)
    if tag.label == "want:account" and account_wish(words):  # the words themselves say which
        return replace(tag, confidence=max(tag.confidence, SURE))
    if tag.label not in OF_AN_ACCOUNT | OF_A_NAME:
        return tag
    if "card" in words.casefold().split():
        return tag  # what one pays with is nothing that is kept
    wish = account_wish(words) if not asks_what_is_kept(words) else ""
    if wish == "name":
        fits = asked in NOTHING_IN_HAND and tag.label != "want:cancel"
    elif tag.label.startswith("want"):
        fits = wish == "forget" and tag.label in OF_AN_ACCOUNT
    else:
        fits = wish != "" and tag.label in OF_AN_ACCOUNT
    return replace(tag, label="want:account", confidence=SURE) if fits else tag


def time_to_ring(act: Act) -> str:
    """The words that tell when to ring back, without the reasons behind them ("after four, I get
    off at three"), or long talk before them."""
    words = act.text
    if not act.times:
        return words
    start = max(words.find(act.times[0].text), 0)
    words = words[start:] if len(words[:start].split()) > LED_BY else words
    words = _BEST.sub("", words)
    heard = words_of(words)
    for at, word in enumerate(heard[1:], 1):
        if word.folded in OF_ONESELF and heard[at - 1].folded not in LEADING_A_TIME:
            reasons = at > 1 and heard[at - 1].folded in GIVING_REASONS
            return words[: heard[at - 2 if reasons else at - 1].end]
    return words
