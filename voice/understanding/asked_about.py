"""What a question is about, as far as closed classes of words tell: which side of a visit it asks
for, whether yes or no answers it, whether it asks anything at all, and how far it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest

from support.subjects import subjects
from voice.understanding.acts import Asking, OfCall, Side, Tagged
from voice.understanding.phrasebook import says
from voice.understanding.reading import Named
from voice.understanding.services.matching import all_named, services_named, where_named
from voice.understanding.word_lists import says_any
from voice.understanding.words import amount_of, plain, words_of

_has = partial(says, "questions")

SIDES: tuple[Side, ...] = (
    "name", "number", "both", "made", "free", "end", "who", "length", "price", "when",
)  # fmt: skip
NOT_BESIDE = {
    "when": ("made", "free", "end", "both", "price"),
    "length": ("end",),
    "made": ("both", "name", "number"),
    "both": ("name",),
    "who": ("name",),
}
"""Sides that the words of another one only seem to ask for."""
SHORTEST = 3
"""Words of a statement that a tag makes a question of."""
IN_ONE_BREATH = frozenset({"give:party", "give:when", "give:booking", "give:service", "want:book"})
"""Labels of what goes on a question whether there is something."""
OF_CALL: Mapping[OfCall, str] = {
    "through": "through", "reached": "reached", "there": "there still", "said": "said so",
    "again": "said again", "phone": "our phone", "how we are": "how we are",
    "possible": "possible", "unknown": "unknown",
}  # fmt: skip
"""By what a question asks of the call itself, the words of it."""
POINTING = frozenset(("it", "its", "that", "thats", "this", "they", "them", "those", "these"))
"""By such a word a question speaks of what was spoken of before."""
SOMEBODY = frozenset(("he", "hes", "she", "shes"))
"""By such a word a question speaks of a person who was spoken of before."""
BARE = frozenset(("what", "whats", "what is", "and whats", "so whats"))
"""A question that says nothing without the service behind it."""
SURE_WANTED = 0.6
"""Of a service behind a question; below it that is asked about too."""
BETWEEN = " ,.;:-–—…!'\""
LOOSE = frozenset({"give:other", "story", "social:chat", "outside"})
"""Labels of what stands in the middle of a question and says nothing else."""
NO_QUESTION = frozenset({"story", "give:other", "social:chat"})
"""Labels of what may be a question all the same, where it is put outright."""
SAID_OUTRIGHT = 0.75
"""Of a question that its own words call one."""
BEFORE_ONE = NO_QUESTION | {"deny", "drop", "rule_out:product", "rule_out:service"}
"""Labels of what a question may stand behind in one stretch, "no, I bought none, do you …"."""
OF_THE_PLACE = ("want", "ask", "person", "outside", *NO_QUESTION)
SEEMING_WISHES = frozenset({"want:refund", "want:billing", "want:order", *NO_QUESTION})
OF_MONEY = frozenset({"want:refund", "want:billing", "want:order", "want:lookup", "ask:price"})
"""Labels of what may only ask how one pays."""
OPENED = ("ask", "give:when", "give:service", "choose", "want")
"""Labels of what a question that says nothing yet goes on with."""
CONDITIONS = ("story", "give:service", "give:problem", "give:other", "give:party")
ASKED_WHETHER = (*CONDITIONS, "ask", "give:product", "want:billing", "want:order", "want:buy")
"""Labels of what may stand behind "whether"."""
NEGATED = frozenset("dont havent hadnt didnt cant couldnt wont wouldnt doesnt".split())
MISTAKEN = frozenset({"affirm", "deny", "story", "give:other", "social:chat"})
"""Labels that a statement with a question behind it ("that's today, isn't it") is given."""


def asking_of(words: str, services: Sequence[Named]) -> Asking:
    """All of it."""
    return Asking(
        services=_services_asked_of(words, services),
        sides=sides_of(words),
        yes_or_no=is_yes_or_no(words),
        openly=is_question(words) or _has("wants to know", words),
        to_judge=_has("judging", words),
        of_being_there=_has("there then", words),
        to_oneself=_has("own thing", words),
        of_return=_has("return", words),
        of_fee=_has("fee", words),
        of_change=asks_of_a_change(words, services),
        leans_back=_has("leaning back", words),
        of_call=next((each for each in OF_CALL if _has(OF_CALL[each], words)), ""),
        count=_how_many(words),
        in_all=asks_in_all(words),
        compares=_has("comparing", words),
        plainest=_has("plainest", _without_name(words, services)),
        on_condition=is_on_condition(words),
        amount=_amount(words),
    )


def _services_asked_of(words: str, services: Sequence[Named]) -> tuple[str, ...]:
    """Those that it calls by name; each of them where it compares."""
    if _has("comparing", words):
        return all_named(words, services, loosely=False)
    return services_named(words, services, loosely=False)


def sides_of(words: str) -> tuple[Side, ...]:
    """The sides of a visit that a question asks for, most telling first."""
    if _has("reach", words) or _has("return", words):
        return ()
    asked = [side for side in SIDES if _has(side, words)]
    if _has("paying", words):
        asked = [side for side in asked if side != "end"]
    if _has("besides", words) and not _has("added", words):
        asked = [side for side in asked if side != "price"]
    return tuple(
        side for side in asked if not any(each in asked for each in NOT_BESIDE.get(side, ()))
    )


def is_question(words: str) -> bool:
    """Whether a question word, an inversion or a tag behind it makes a question of it."""
    return _has("question", words) or _has("tag", words)


def is_yes_or_no(words: str) -> bool:
    """Whether yes or no answers it: "is that today", "so I'd be out by noon, yeah"."""
    return _has("yes or no", words) and (_has("tag", words) or not _has("which", words))


def points_back(words: str) -> bool:
    """ "Do you do that", "how long does it take"."""
    return not POINTING.isdisjoint(plain(words).split())


def asks_advice(words: str) -> bool:
    """ "Would you advise the longer one", "is it the short or the long one I need"."""
    return _has("advice", words) or _has("needed", words)


def is_on_condition(words: str) -> bool:
    """ "If I never bought them from you", "seeing as she's eighty"."""
    return _has("on a condition", words)


def asks_of_one_more(words: str) -> bool:
    """ "And what about the laser", of which the same is asked as of what came before."""
    return _has("one more", words)


def asks_of_stock(words: str) -> bool:
    """ "Have you got them in", "how many are there left"."""
    return _has("in stock", words)


def asks_what_is_kept(words: str) -> bool:
    """Whether it asks under which name or number something is, and wants no other one."""
    return _has("name", words) or _has("number", words)


def asks_of_taking_back(words: str) -> bool:
    """ "Can I bring one back", "do I get my money back on it"."""
    return _has("taking back", words)


def asks_the_way_back(words: str) -> bool:
    """ "Do I post it back to you", "what do I do with it"; and when the money for it comes."""
    return _has("way back", words) or _has("money back when", words)


def asks_how_long_good(words: str) -> bool:
    """ "How long is that good for", "does it run out"."""
    return _has("how long good", words)


def asks_how_many(words: str) -> bool:
    """Whether it asks for a number of things."""
    return _has("how many", words)


def asks_the_way(words: str) -> bool:
    """Whether it asks where the business is; not how far that is from somewhere."""
    return _has("address", words) and not _has("reach", words)


def asks_of_return(words: str) -> bool:
    """ "When is she back", "how long is he gone"."""
    return _has("return", words)


def asks_of_somebody(words: str) -> bool:
    """Whether it is about whoever was spoken of: "is she in of a morning"."""
    return not SOMEBODY.isdisjoint(plain(words).split())


def asks_in_all(words: str) -> bool:
    """Whether one sum is asked for."""
    return _has("together", words)


def asks_of_a_change(words: str, services: Sequence[Named]) -> bool:
    """Whether it asks what cancelling or moving a visit costs, or until when one may; a change of
    oil is a service."""
    words = _without_name(words, services)
    asked = _has("fee", words) or asks_of_notice(words)
    return asked and (_has("changing", words) or "cancel" in subjects(words))


def asks_of_notice(words: str) -> bool:
    """ "How much notice do you want", "what's the latest I can pull out"."""
    return _has("notice", words)


def _without_name(words: str, services: Sequence[Named]) -> str:
    """Without the service that it calls by name."""
    place = where_named(words, services)
    return words if place is None else f"{words[: place[0]]} {words[place[1] :]}"


def _amount(words: str) -> int:
    """The sum that a question names to have it confirmed."""
    named = _has("sum", words) and not _has("which", words)
    return amount_of(plain(words).split()) if named else 0


def _how_many(words: str) -> int:
    if _has("three", words) and _has("together", words):
        return 3
    return 2 if _has("two", words) else 0


def whole_questions(text: str, tags: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """The same with every question in one piece, a statement with a tag behind it as one, and
    none that only opens a wish."""
    changes = any(tag.label in ("want:cancel", "want:move") for tag in tags)
    said = [each for each in tags  # "before I say yes", "I never said yes"
            if not (each.label == "affirm" and _has("no yes", text[: each.start]))]  # fmt: skip
    parted = [
        each for tag in said for each in _with_its_question(text, _begun_behind_whether(text, tag))
    ]
    asked = [_asking(text, tag, changes=changes) for tag in parted]
    joined = list(_joined(text, _asked_whether(text, asked)))
    return tuple(
        tag
        for tag, behind in zip_longest(joined, joined[1:])
        if behind is None or not _only_opens(text, tag, behind)
    )


def _with_its_question(text: str, tag: Tagged) -> Iterator[Tagged]:
    """A question and what follows it, where the tagger saw one stretch: "that would have me out by
    five, yes? Then I'll take it"."""
    if (at := _asks_at_its_end(text, tag) or _asks_again(text, tag)) is not None:
        first = replace(tag, end=len(text[:at].rstrip(" ,.;").removesuffix(" and")))
        yield first
        yield from _with_its_question(text, replace(tag, label="ask:other", start=at))
        return
    mark = text.find("?", tag.start, tag.end)
    asks = not tag.label.startswith("ask") and mark > 0 and text[mark + 1 : tag.end].strip()
    words = text[tag.start : mark]
    if not asks or not (is_question(words) or is_yes_or_no(words)):
        yield tag
        return
    behind = tag.end - len(text[mark + 1 : tag.end].lstrip())
    yield replace(tag, label="ask:booking", end=mark)
    yield replace(tag, start=behind)


def _asks_at_its_end(text: str, tag: Tagged) -> int | None:
    """Where a question begins that a stretch of mere talk ends with: "my mother has a bad hip, does
    she have to climb stairs"."""
    if tag.label not in BEFORE_ONE:
        return None
    heard = words_of(text[tag.start : tag.end])
    begins = [
        word.start
        for before, word in zip(heard, heard[1:], strict=False)
        if before.folded not in NEGATED  # "I don't have it on me"
    ]
    for at in begins[SHORTEST - 2 : 1 - SHORTEST]:
        rest = text[tag.start + at : tag.end]
        if _has("put outright", rest) or _has("leaning back", rest):
            return tag.start + at
    return None


def _only_opens(text: str, tag: Tagged, behind: Tagged) -> bool:
    """ "Can we do" before the Friday that is wished for, or "does it" before the same once more; "I
    just want to know" before what is asked."""
    if behind.label.startswith("ask") and _has("only leads in", text[tag.start : tag.end]):
        return True
    if not tag.label.startswith("ask") or not behind.label.startswith(OPENED):
        return False
    return _has("only opens", text[tag.start : tag.end])


def _asked_whether(text: str, tags: Sequence[Tagged]) -> list[Tagged]:
    """ "I just want to know whether the gift card expires": all that comes behind is what is asked,
    to the end of the sentence, but for times and people."""
    made: list[Tagged] = []
    end = 0
    for place, tag in enumerate(tags):
        if tag.start < end:
            continue
        if tag.label.startswith("ask"):
            end = next((at for at in range(tag.end, len(text)) if text[at] in ".;!?"), len(text))
            inside = [each for each in tags[place:] if each.start < end]
            fitting = all(each.label.startswith(ASKED_WHETHER) for each in inside)
            if fitting and _has("asks whether", text[tag.start : end]):
                tag = replace(tag, end=end)
            end = tag.end
        made.append(tag)
    return made


def _asks_again(text: str, tag: Tagged) -> int | None:
    """Where a second question begins behind "and": "must I bring my card and is there parking"."""
    words = text[tag.start : tag.end]
    for joint in re.finditer(r"\band (?=\S)", words) if tag.label.startswith("ask") else ():
        if is_question(words[: joint.start()]) and _has("second question", words[joint.end() :]):
            return tag.start + joint.end()
    return None


def _asking(text: str, tag: Tagged, *, changes: bool) -> Tagged:
    words = text[tag.start : tag.end]
    if _has("unknown", words):
        return replace(tag, label="ask:other")
    if tag.label.startswith("ask") and _has("only thinks", words):
        return replace(tag, label="story")  # behind a question, which it belongs to
    if tag.label.startswith("ask") and _has("why not then", words):
        return replace(tag, label="give:when")  # whether it is free tells why
    if tag.label.startswith("ask") and _has("knows", text[: tag.start]):
        return replace(tag, label="story")  # "I know what it costs"
    if _has("wants to know", words):
        return replace(tag, label="ask:other", confidence=max(tag.confidence, SAID_OUTRIGHT))
    if changes and tag.label == "want:billing" and _has("fee", words):
        return replace(tag, label="ask:policy")  # "and I'm paying no fee for that"
    if tag.label.startswith("want") and _has("advice", words):
        return replace(tag, label="ask:policy")  # "would you advise the longer one"
    means = _has("means of paying", words) and not says_any("goods", "bill", words)
    if means and tag.label in OF_MONEY:
        return replace(tag, label="ask:policy")  # "can I pay you with a cheque"
    if tag.label == "want:refund" and _has("back if", text[tag.start :]):
        return replace(tag, label="ask:policy", end=len(text))
    if tag.label in ("want:refund", "want:billing") and _has("for a rule", words):
        return replace(tag, label="ask:policy")  # "do you give the money back on opened ones"
    if tag.label in NO_QUESTION and _has("put outright", words):
        return replace(tag, label="ask:other")
    own = {"my", "mine", "our", "ours"} & {*plain(words).split()}
    if tag.label in SEEMING_WISHES and _has("asks whether", words) and not own:
        return replace(tag, label="ask:policy")  # "I want to know whether a gift card expires"
    if tag.label.startswith(OF_THE_PLACE) and _has("of the place", text[tag.start :]):
        there = _has("there then", text[tag.start :]) and says("people", "somebody", words)
        return replace(tag, label="ask:times" if there else "ask:policy")
    tagged = tag.label in MISTAKEN and len(words.split()) >= SHORTEST and _has("tag", words)
    if _has("taken up", words) and (tagged or tag.label == "ask:booking"):
        return replace(tag, label="story")  # "she's got college then, hasn't she"
    with_next = " ".join([words, *text[tag.end :].split()[:1]])
    if tagged or tag.label == "give:when" and _has("done then", with_next):
        return replace(tag, label="ask:booking")
    return tag


def _begun_behind_whether(text: str, tag: Tagged) -> Tagged:
    """ "I was wondering if" before it makes a question of what seemed a wish."""
    if tag.label not in SEEMING_WISHES or not _has("whether behind", text[: tag.start]):
        return tag
    start = tag.start - len(" ".join(text[: tag.start].split()[-2:])) - 1
    return replace(tag, label="ask:policy", start=start)


def _joined(text: str, tags: Sequence[Tagged]) -> Iterator[Tagged]:
    held: Tagged | None = None
    for tag in tags:
        if held is not None and _goes_on(text, held, tag):
            whole = replace(held, end=tag.end, confidence=max(held.confidence, tag.confidence))
            begun = tag.label.startswith("ask") and _asks_by_itself(text, held, tag)
            held = replace(whole, label=tag.label if begun else _label_of(text, held, tag))
            continue
        if held is not None:
            yield held
        held = tag
    if held is not None:
        yield held


def _label_of(text: str, held: Tagged, tag: Tagged) -> str:
    """Of what a question goes on with: "what's" and "the full service" ask what it costs."""
    whats = tag.label == "give:service" and plain(text[held.start : held.end]) in BARE
    return "ask:price" if whats else held.label


def _asks_by_itself(text: str, held: Tagged, tag: Tagged) -> bool:
    """Whether the second of two stretches tells what is asked: "with ye" behind a question only
    ends it."""
    first, second = text[held.start : held.end], text[tag.start : tag.end]
    return is_question(second) or not is_question(first) or _has("lead in", first)


def _goes_on(text: str, held: Tagged, tag: Tagged) -> bool:
    """Whether two stretches are one question: nothing between them, and the second says nothing
    by itself or the first no more than "tell us"."""
    if _is_one_of_two_things(text, held, tag) or _is_on_a_condition(text, held, tag):
        return True
    if not held.label.startswith("ask") or text[held.end : tag.start].strip(BETWEEN):
        return False
    if any(mark in text[held.end : tag.start] for mark in ".;!"):
        return False
    if tag.label == "give:service" and _has("advice", text[held.start : held.end]):
        return True  # "would you advise" and "the pitch raise"
    between = text[held.end : tag.start].split()
    ends = text[held.start : held.end].split()[-1:], text[tag.start : tag.end].split()[:1]
    if tag.label.startswith("ask") and "or" in (*between, *ends[0], *ends[1]):
        return True  # "must I be there, or can a neighbour let him in"
    if tag.label == "give:when" and _has("together", text[tag.start : tag.end]):
        return True  # "what are the two of them" and "together"
    goes_on = tag.label in LOOSE or tag.label in IN_ONE_BREATH
    if (
        goes_on
        and {"for", "a", "the", "my"}.issuperset(text[held.end : tag.start].split())
        and _has("of the place", text[held.start : tag.end])
    ):
        return True
    if tag.label in LOOSE:  # after a pause only where the question has not been put yet
        return "," not in text[held.end : tag.start] or len(text[held.start : held.end].split()) < 3
    words = text[held.start : held.end]
    if tag.label == "give:party":  # "is it ten each, or ten for the couple"
        return " or " in words and not text[held.end : tag.start].strip()
    if tag.label.startswith("ask") and not is_question(text[tag.start : tag.end]):
        return True
    leads_in = _has("lead in", words) and not _has("which", words)
    return tag.label.startswith("ask") and (leads_in or len(words.split()) == 1)


def _is_on_a_condition(text: str, held: Tagged, tag: Tagged) -> bool:
    """ "What does it cost if he's matted": the condition is part of the question."""
    between = plain(text[held.end : tag.start]).split()
    begins = between or plain(text[tag.start : tag.end]).split()
    asks = held.label.startswith("ask") and tag.label.startswith(CONDITIONS)
    return asks and begins[:1] == ["if"] and len(between) <= SHORTEST


def _is_one_of_two_things(text: str, held: Tagged, tag: Tagged) -> bool:
    """ "How much is a check-up" and "a cleaning": the second is asked about too, where it is not
    surely wanted, or their sum is asked; so is another day of the hours that are asked for."""
    joint = text[held.end : tag.start].strip().casefold()
    if tag.label == "give:when":
        return joint in ("and", "or") and held.label in ("ask:hours", "ask:person")
    of_all = _has("together", text[tag.start : tag.end])
    bare = plain(text[held.start : held.end]) in BARE
    unsure = tag.label == "give:service" and (of_all or bare or tag.confidence < SURE_WANTED)
    asks = held.label.startswith("ask") and held.label not in ("ask:times", "ask:free")
    return unsure and asks and joint in ("", "and", "or")
