"""What callers who buy say: what goes into the cart, and out of it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.goods.cart_said import by_thing, things_headed
from voice.understanding.goods.goods_said import (
    asks_for_more,
    is_question,
    names_a_visit,
    quantity_said,
)
from voice.understanding.goods.things_sold import (
    asks_to_be_sold,
    content_of,
    goods_sold,
    most_it_may_cost,
    says,
)
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says as phrased
from voice.understanding.services.matching import services_named, where_named
from voice.understanding.services.services_said import said_person
from voice.understanding.word_lists import says_any, word_lists
from voice.understanding.words import plain, words_of

_OR_NOT = re.compile(r"(?i)\bor (?:no|not|what)\b")
"""Behind a question, which it only ends."""
SURE = 0.85
"""Of what the words themselves say of a cart, whatever the tagger takes them for."""
SURE_WISH = 0.6
"""Of what may as well be said of the order that is being made."""
HARDLY = 0.45
"""Of a label; below it the words say something else."""
NEAR = 3
"""Words before a thing in which it may be said how many."""
GOING_ON = ("i ", "ill ", "id ", "we ", "its ", "just ")
"""How words begin behind a no which is none to them: "no, I want the floss"."""
OTHERS = frozenset(
    """want:refund want:order want:billing want:tech want:account person emergency give:order
    give:reference outside""".split()
)
"""Beside these, things are not named to be bought."""
TO_BE_SOLD = frozenset(
    "want:refund want:order want:book ask:service ask:other story social:chat".split()
)
"""Labels under which the tagger may put a wish to order something, or to be sold it."""
WISHES = frozenset({"want:buy", "give:product", "rule_out:product"})
OVERRULED = frozenset(
    """want:refund social:sorry social:chat story choose drop deny more want:buy want:cancel
    want:book want:move give:product give:other give:party give:service give:problem give:name
    give:booking give:when rule_out:service rule_out:when noise:unclear""".split()
)
"""Labels of words that, with a thing named in them, are about the cart."""
ANSWERS = frozenset({"affirm", "deny", "hold", "noise:aside"})
"""Labels of words that, with a thing in them which shall not be had, are of that thing."""
MAY_ASK_FOR = frozenset(
    "story outside social:chat give:other ask:policy ask:service ask:other want:book".split()
)
"""Labels of words that may ask for a thing, in whatever words."""
ASKS_TO_LOOK = frozenset(
    {"ask:service", "ask:other", "ask:help", "ask:price", "ask:times", "ask:location"}
)
"""Labels of questions that may ask what is sold."""


def with_shopping(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags where what is said of things to be bought stands under its own labels: `want:buy`,
    `give:product`, `rule_out:product`."""
    if not hearing.goods:
        return list(tags)
    tags = _asking_for_more(text, tags, hearing)
    parted = [part for tag in tags for part in _with_thing_wanted(text, tag, hearing)]
    made = [_thing(text, _bought(text, tag, parted, hearing), hearing) for tag in parted]
    if wish := next((tag for tag in made if _is_of_a_visit(text, tag, hearing)), None):
        before = [tag for tag in tags if tag.end <= wish.start]  # "no chain, cancel my visit"
        head = with_shopping(text[: wish.start].rstrip(), before, hearing)
        return [*head, *(tag for tag in tags if tag.end > wish.start)]
    if any(_is_of_another(text, tag, hearing) for tag in made):
        return list(tags)
    made = [_looking(text, tag, hearing) for tag in made]
    if not hearing.shopping and not any(tag.label in WISHES for tag in made):
        return made
    of_visit = any(tag.label in ("give:service", "give:when", "give:provider") for tag in made)
    made = [_to_buy(text, tag, hearing, of_visit=of_visit) for tag in made]
    if most_it_may_cost(text) is not None and any(tag.label == "want:buy" for tag in made):
        if not _sold(text, hearing) and where_named(text, hearing.services) is None:
            return [Tagged("want:buy", 0, len(text), SURE)]
    told, denied = 0, False
    for clause in _clauses(text):
        words = text[slice(*clause)]
        if hearing.shopping and _denies_so_many(words, told):
            made, denied = _as("story", text, *clause, made), True
            continue
        if denied and _is_bare_choice(words, replace(hearing, asked="none")):
            made = _as("give:product", text, *clause, made)
            continue
        told = told or quantity_said(words)
        for start, end in by_thing(text, *clause, hearing.goods):
            made = _of_clause(text, start, end, made, hearing)
    if any(tag.label == "rule_out:product" for tag in made):  # "I don't need it" is of that thing
        made = [t for t in made if t.label != "drop" or says("whole", text[t.start : t.end])]
    named = any(tag.label in ("give:product", "rule_out:product") for tag in made)
    made = [_surely(tag) if named and tag.label == "want:buy" else tag for tag in made]
    return sorted(made, key=lambda tag: tag.start)


def _to_buy(text: str, tag: Tagged, hearing: Hearing, *, of_visit: bool) -> Tagged:
    """A wish beside a thing is for that, unless a visit is told of; "put one by for me" and "I was
    hoping to get my wife" always."""
    by = tag.label in MAY_ASK_FOR and where_named(text, hearing.services) is None
    if by and phrased("buying", "wants a thing", text[tag.start : tag.end]):
        return _surely(replace(tag, label="want:buy"))
    return replace(tag, label="want:buy") if tag.label == "want:book" and not of_visit else tag


def _is_of_another(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """Whether the words want something else."""
    if _asks_for_goods(text, tag, hearing):
        return False
    return tag.label in OTHERS and tag.confidence >= HARDLY


def _is_of_a_visit(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """Whether a visit is to be cancelled, moved or told of, and nothing in the cart."""
    wish = tag.label in ("want:cancel", "want:move", "want:lookup") and tag.confidence >= HARDLY
    return wish and names_a_visit(text[tag.start :], hearing)


def _asks_for_goods(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """ "Have you got any floss?", whatever the tagger takes "have you" for."""
    if tag.label not in ("ask:service", "want:order") or hearing.has_orders:
        return False
    words = text[tag.start : tag.end]
    having = tag.label == "ask:service" and bool(_sold(words, hearing)) or says("having", words)
    sold = bool(_sold(text[tag.start :], hearing)) and where_named(text, hearing.services) is None
    return is_question(words) and having and sold


def _sold(words: str, hearing: Hearing) -> tuple[str, ...]:
    return goods_sold(words, hearing.goods, hearing.services)


def _surely(tag: Tagged) -> Tagged:
    return replace(tag, confidence=max(tag.confidence, SURE))


def _bought(text: str, tag: Tagged, tags: Sequence[Tagged], hearing: Hearing) -> Tagged:
    """A wish "to buy" is for a thing, unless what follows it is a service; so is one "to order", or
    to be sold something, which the tagger takes for one about an order that was placed. Where a
    service is named and nothing that is sold, a wish for it is one for a visit."""
    words = text[tag.start : tag.end]
    faint = tag.label == "want:buy" and not (says("buying", words) or hearing.shopping)
    if faint and where_named(text, hearing.services) is not None and not _sold(text, hearing):
        return replace(tag, label="want:book")
    if hearing.shopping and not hearing.has_orders:  # there is no other order than this
        calls_off = says("calling_off", words) and not names_a_visit(text[tag.start :], hearing)
        if tag.label in ("want:order", "want:cancel") and calls_off:
            return _surely(replace(tag, label="drop"))
        if tag.label in ("want:order", "want:billing") and tag.confidence < SURE_WISH:
            return replace(tag, label="story")
        if tag.label == "want:refund" and not says("money_back", words):
            return replace(tag, label="want:buy")  # "take the floss out", "give me three of those"
    if tag.label == "want:refund" and says_any("goods", "denying", words):
        return replace(tag, label="story")  # "I'm not sending it back, I want to buy one"
    if tag.label in TO_BE_SOLD and asks_to_be_sold(words):
        return _surely(replace(tag, label="want:buy"))
    if tag.label != "want:book" or not says("buying", words):
        return tag
    behind = min((each.start for each in tags if each.start > tag.end), default=len(text))
    end = next((each.end for each in tags if each.start == behind), len(text))
    visit = where_named(text[tag.start : end], hearing.services) is not None
    return tag if visit else replace(tag, label="want:buy")


def _with_thing_wanted(text: str, tag: Tagged, hearing: Hearing) -> list[Tagged]:
    """A wish and the thing that is sold, and no service, which it asks for in whatever words: "I
    was after | one of your vouchers"."""
    end = next((last for _, last in _clauses(text) if last > tag.start), tag.end)
    words = text[tag.start : min(end, tag.end)]
    place = where_named(words, hearing.goods) if tag.label in MAY_ASK_FOR else None
    if place is None or where_named(words, hearing.services) is not None:
        return [tag]
    if not phrased("buying", "wants a thing", words):
        return [tag]
    start = _back_to_number(text, tag.start, tag.start + place[0])
    wish = Tagged("want:buy", tag.start, len(text[:start].rstrip()), SURE)
    thing = Tagged("give:product", start, tag.start + len(words), SURE)
    return [wish, thing] if wish.end > wish.start else [thing]


def _thing(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """What is asked for like a service and is none, but a thing that is sold: "put me down for a
    set of lights"."""
    words = text[tag.start : tag.end]
    led = [word.folded for word in words_of(text[: tag.start])][-1:]
    after = says_any("shopping", "after", words.partition(" ")[0])
    named = led == ["for"] or after and bool(_sold(text[: tag.start], hearing))
    if tag.label == "give:product" and named and not _sold(words, hearing):
        return replace(tag, label="give:other")  # "a pump, for the car"
    if tag.label != "give:service" or services_named(words, hearing.services):
        return tag
    for thing in (words, words.partition(" for ")[2]):
        if _sold(thing, hearing):
            start = tag.end - len(thing)
            return _surely(replace(tag, label="give:product", start=start))
    return tag


def _looking(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """A question what there is to be bought is a wish to look around."""
    words = text[tag.start : tag.end]
    if tag.label == "want:buy" and (says("look", words) or says("compare", words)):
        return _surely(tag)
    asks = tag.label in ASKS_TO_LOOK | {"want:buy", "want:order"} and not hearing.has_orders
    if asks and says("stock", words) and (hearing.shopping or _sold(text, hearing)):
        if not _sold(words, hearing):
            return replace(tag, label="ask:price")  # "are they in stock", of what is spoken of
    if _asks_for_goods(text, tag, hearing):
        return _surely(replace(tag, label="want:buy"))
    faint = tag.label in OTHERS and tag.confidence < HARDLY
    priced = faint and most_it_may_cost(text) is not None and says("having", words)
    if priced and is_question(words):  # "what do you have for under ten dollars"
        return _surely(replace(tag, label="want:buy"))
    if tag.label not in ASKS_TO_LOOK or where_named(words, hearing.services) is not None:
        return tag
    if (
        tag.label == "ask:service"
        and _sold(text, hearing)
        and says_any("shopping", "after", words[:5])
    ):
        return replace(tag, label="give:other")  # "have you cones | for after surgery"
    named = _sold(words, hearing)
    around = hearing.shopping and says("around", words)
    looks = says("wares", words) and not named or around
    compares = says("compare", words) and (len(named) > 1 or hearing.shopping)
    if looks or compares:
        return _surely(replace(tag, label="want:buy"))
    return tag


def _of_clause(
    text: str, start: int, end: int, tags: Sequence[Tagged], hearing: Hearing
) -> list[Tagged]:
    """The tags with those of one clause put right, where it is about what to have or not."""
    words = text[start:end]
    own = [tag for tag in tags if tag.start < end and tag.end > start]
    if any(tag.label == "affirm" for tag in own):
        start, words = _behind_yes(text, start, end)
    for tag in own:  # "I bought no clay, I'm asking, do you …"
        head = text[start : tag.start]
        asks = tag.label.startswith("ask") and says("out", head)
        if asks and (goods_sold(head, hearing.goods) or things_headed(head, hearing.goods)):
            return _of_clause(text, start, start + len(head.rstrip()), tags, hearing)
    recounts = _denies_a_count(words)
    out = hearing.shopping and _is_taken_out(words, hearing) and not recounts
    named = _sold(words, hearing) or out and things_headed(words, hearing.goods)
    visits = where_named(words, hearing.services) is not None
    counts = hearing.shopping and quantity_said(words) > 0 and _is_bare_choice(words, hearing)
    out = out and (bool(named) or counts)  # "take one out"
    asked = any(tag.label.startswith("ask:") for tag in own) and not out
    about = OVERRULED | ANSWERS if counts or named and (out or recounts) else OVERRULED
    fitting = all(tag.label in about or tag.label.startswith("ask:") for tag in own)
    if asked or visits or not fitting or is_question(words) and not hearing.shopping:
        return list(tags)
    had = hearing.shopping and (named or _is_bare_choice(words, hearing))
    if not had and not (named and _is_loose(own)):
        return list(tags)
    label = "rule_out:product" if out else "give:product"
    if label == "give:product" and any(tag.label == label for tag in own):
        inside = [t for t in own if t.label == label and t.start >= start and t.end <= end]
        if len(inside) == 1 and _sold(text[inside[0].start : inside[0].end], hearing):
            start = _back_to_number(text, start, inside[0].start)
            end = inside[0].end
    told = own if hearing.shopping else ()
    said = [tag for tag in tags if tag not in told or tag.label != "want:buy"]
    kept = [_cut(tag, start, end, text) for tag in said]
    left = [tag for tag in kept if tag is not None]
    return [*left, Tagged(label, start, end, SURE)]


def _is_taken_out(words: str, hearing: Hearing) -> bool:
    """Whether a thing shall not be had; in "no, not my feet, the gift card" it is not what is
    denied."""
    told = _OR_NOT.sub("", words)
    outs = [w for w in words_of(told) if w.folded in word_lists("shopping")["out"]]
    place = where_named(told, hearing.goods)
    before = [each for each in outs if place is not None and each.end <= place[0]]
    if place is None or len(before) < len(outs):
        return bool(outs)
    between = told[before[-1].end : place[0]] if before else ""
    goes_on = before[-1:] and before[-1].folded == "no" and plain(between).startswith(GOING_ON)
    return bool(before) and not goes_on and not content_of(between)


def _behind_yes(text: str, start: int, end: int) -> tuple[int, str]:
    """Where a clause goes on behind the yes that it begins with, and the words from there."""
    heard = words_of(text[start:end])
    behind = [word for word in heard if word.folded not in word_lists("shopping")["yes"]]
    if behind and heard[0] not in behind:
        start += behind[0].start
    return start, text[start:end]


def _denies_a_count(words: str) -> bool:
    """ "No, two brushes": as many shall be had, and the others said before were wrong."""
    heard = [word.folded for word in words_of(words)]
    return heard[:1] == ["no"] and quantity_said(words) > 0


def _denies_so_many(words: str, told: int) -> bool:
    """ "Not two", and behind another number also "no two"."""
    heard = [word.folded for word in words_of(words)]
    denies = heard[:1] == ["not"] or heard[:1] == ["no"] and told not in (0, quantity_said(words))
    numbers = [each for each in heard[1:] if quantity_said(each)]
    return (
        denies and bool(numbers) and set(heard[1:]) <= {*numbers, *word_lists("shopping")["bare"]}
    )


def _as(label: str, text: str, start: int, end: int, tags: Sequence[Tagged]) -> list[Tagged]:
    """The tags where that stretch has this label."""
    kept = [cut for tag in tags if (cut := _cut(tag, start, end, text)) is not None]
    return sorted([*kept, Tagged(label, start, end, SURE)], key=lambda tag: tag.start)


def _asking_for_more(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    for start, end in _clauses(text):
        if _asks_for_more(text[start:end], hearing):
            tags = _as("ask:other", text, start, end, tags)
    return list(tags)


def _asks_for_more(words: str, hearing: Hearing) -> bool:
    """Whether a clause asks when there is more of a thing, which wants none and asks for no order;
    "when is Dale back in" does not."""
    spoken_of = hearing.shopping or hearing.goods_spoken_of or _sold(words, hearing)
    asked = bool(spoken_of) and asks_for_more(words)
    return asked and said_person(words, hearing.providers, loosely=False) is None


def _is_loose(own: Sequence[Tagged]) -> bool:
    """Whether a thing is named in words that were taken for nothing, or for a thing."""
    return not any(tag.label.startswith(("want", "deny", "drop", "story")) for tag in own) or any(
        tag.label == "give:product" for tag in own
    )


def _cut(tag: Tagged, start: int, end: int, text: str) -> Tagged | None:
    """The tag without this stretch: what is before it, or what is behind it, if that says more
    than a joint does."""
    if tag.end <= start or tag.start >= end:
        return tag
    idle = word_lists("shopping")["joint"] | word_lists("shopping")["polite"]
    for first, last in ((tag.start, start), (end, tag.end)):
        telling = [word for word in words_of(text[first:last]) if word.folded not in idle]
        if first < last and telling:
            return _surely(
                replace(tag, start=first + telling[0].start, end=first + telling[-1].end)
            )
    return None


def _back_to_number(text: str, start: int, at: int) -> int:
    """From where the words say how many, or that it is one more: "add another | floss", "three
    electric | toothbrushes"."""
    for word in reversed(words_of(text[start:at])[-NEAR:]):
        if quantity_said(word.folded) or says("more", word.folded):
            return start + word.start
    return at


def _is_bare_choice(words: str, hearing: Hearing) -> bool:
    """ "Make it two", "just one", "the cheaper one": how many of what is spoken of, or which."""
    lists = word_lists("shopping")
    heard = [word.folded for word in words_of(words)]
    numbers = [each for each in heard if quantity_said(each)]
    rest = [each for each in heard if each not in numbers]
    taken_out = lists["out"] - word_lists("goods")["denying"]
    if not set(rest) <= lists["bare"] | lists["cheap"] | lists["polite"] | taken_out:
        return False
    if any(each in lists["cheap"] for each in rest):
        return True
    if "both" in heard:
        return True
    told = hearing.asked not in ("name", "phone", "choose") or bool(rest)
    return len(numbers) == 1 and told and quantity_said(words) > 0


def _clauses(text: str) -> list[tuple[int, int]]:
    """Stretches between the words and signs that join them, the first one first."""
    found, start = [], 0
    joints = word_lists("shopping")["joint"]
    heard = words_of(text)
    for at, word in enumerate(heard):
        signs = text[heard[at - 1].end : word.start] if at else ""
        if word.folded in joints or any(each in signs for each in ",;.!?"):
            found.append((start, heard[at - 1].end if at else word.start))
            start = word.end if word.folded in joints else word.start
    if heard:
        found.append((start, heard[-1].end))
    trimmed = ((last - len(text[first:last].lstrip()), last) for first, last in found)
    return [(first, last) for first, last in trimmed if first < last]
