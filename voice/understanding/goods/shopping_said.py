"""What callers who buy say: what goes into the cart, and out of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.goods.cart_said import by_thing, things_headed
from voice.understanding.goods.goods_said import is_question, quantity_said
from voice.understanding.goods.things_sold import (
    asks_to_be_sold,
    goods_sold,
    most_it_may_cost,
    says,
)
from voice.understanding.hearing import Hearing
from voice.understanding.services.matching import services_named, where_named
from voice.understanding.word_lists import word_lists
from voice.understanding.words import DIGITS, TEENS, words_of

SURE = 0.85
"""Of what the words themselves say of a cart, whatever the tagger takes them for."""
HARDLY = 0.45
"""Of a label; below it the words say something else."""
NEAR = 3
"""Words before a thing in which it may be said how many."""
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
ASKS_TO_LOOK = frozenset(
    {"ask:service", "ask:other", "ask:help", "ask:price", "ask:times", "ask:location"}
)
"""Labels of questions that may ask what is sold."""


def with_shopping(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags where what is said of things to be bought stands under its own labels: `want:buy`,
    `give:product`, `rule_out:product`."""
    if not hearing.goods:
        return list(tags)
    made = [_thing(text, _bought(text, tag, tags, hearing), hearing) for tag in tags]
    if any(_is_of_another(text, tag, hearing) for tag in made):
        return list(tags)
    made = [_looking(text, tag, hearing) for tag in made]
    if not hearing.shopping and not any(tag.label in WISHES for tag in made):
        return made
    if not any(tag.label in ("give:service", "give:when", "give:provider") for tag in made):
        made = [replace(t, label="want:buy") if t.label == "want:book" else t for t in made]
    if most_it_may_cost(text) is not None and any(tag.label == "want:buy" for tag in made):
        if not _sold(text, hearing) and where_named(text, hearing.services) is None:
            return [Tagged("want:buy", 0, len(text), SURE)]
    for clause in _clauses(text):
        for start, end in by_thing(text, *clause, hearing.goods):
            made = _of_clause(text, start, end, made, hearing)
    if any(tag.label == "rule_out:product" for tag in made):  # "I don't need it" is of that thing
        made = [t for t in made if t.label != "drop" or says("whole", text[t.start : t.end])]
    named = any(tag.label in ("give:product", "rule_out:product") for tag in made)
    made = [_surely(tag) if named and tag.label == "want:buy" else tag for tag in made]
    return sorted(made, key=lambda tag: tag.start)


def _is_of_another(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """Whether the words want something else; "take the floss out" of a cart is no refund."""
    if tag.label == "want:refund" and hearing.shopping and not says("money_back", text):
        return False
    if _asks_for_goods(text, tag, hearing):
        return False
    return tag.label in OTHERS and tag.confidence >= HARDLY


def _asks_for_goods(text: str, tag: Tagged, hearing: Hearing) -> bool:
    """ "Have you got any floss?", whatever the tagger takes "have you" for."""
    if tag.label not in ("ask:service", "want:order") or hearing.has_orders:
        return False
    words = text[tag.start : tag.end]
    return (
        is_question(words)
        and says("having", words)
        and bool(_sold(text, hearing))
        and where_named(text, hearing.services) is None
    )


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
    if tag.label in ("want:order", "want:cancel") and hearing.shopping and not hearing.has_orders:
        if says("calling_off", words) and where_named(words, hearing.services) is None:
            return _surely(replace(tag, label="drop"))  # there is no other order than this
    if tag.label in TO_BE_SOLD and asks_to_be_sold(words):
        return _surely(replace(tag, label="want:buy"))
    if tag.label != "want:book" or not says("buying", words):
        return tag
    behind = min((each.start for each in tags if each.start > tag.end), default=len(text))
    end = next((each.end for each in tags if each.start == behind), len(text))
    visit = where_named(text[tag.start : end], hearing.services) is not None
    return tag if visit else replace(tag, label="want:buy")


def _thing(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """What is asked for like a service and is none, but a thing that is sold: "put me down for a
    set of lights"."""
    words = text[tag.start : tag.end]
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
    if _asks_for_goods(text, tag, hearing):
        return _surely(replace(tag, label="want:buy"))
    faint = tag.label in OTHERS and tag.confidence < HARDLY
    priced = faint and most_it_may_cost(text) is not None and says("having", words)
    if priced and is_question(words):  # "what do you have for under ten dollars"
        return _surely(replace(tag, label="want:buy"))
    if tag.label not in ASKS_TO_LOOK or where_named(words, hearing.services) is not None:
        return tag
    if hearing.shopping and says("stock", words):
        return replace(tag, label="ask:price")
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
    for tag in own:  # "I bought no clay, I'm asking, do you …"
        head = text[start : tag.start]
        asks = tag.label.startswith("ask") and says("out", head)
        if asks and (goods_sold(head, hearing.goods) or things_headed(head, hearing.goods)):
            return _of_clause(text, start, start + len(head.rstrip()), tags, hearing)
    recounts = _denies_a_count(words)
    out = hearing.shopping and says("out", words) and not recounts
    named = _sold(words, hearing) or out and things_headed(words, hearing.goods)
    asked = any(tag.label.startswith("ask:") for tag in own) and not (named and out)
    visits = where_named(words, hearing.services) is not None
    counts = hearing.shopping and quantity_said(words) > 0 and _is_bare_choice(words, hearing)
    about = OVERRULED | ANSWERS if counts or named and (out or recounts) else OVERRULED
    fitting = all(tag.label in about or tag.label.startswith("ask:") for tag in own)
    if asked or visits or not fitting or is_question(words) and not hearing.shopping:
        return list(tags)
    if named and out:
        label = "rule_out:product"
    elif named and (hearing.shopping or _is_loose(own)):
        label = "give:product"
    elif hearing.shopping and _is_bare_choice(words, hearing):
        label = "give:product"
    else:
        return list(tags)
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


def _denies_a_count(words: str) -> bool:
    """ "No, two brushes": as many shall be had, and the others said before were wrong."""
    heard = [word.folded for word in words_of(words)]
    return heard[:1] == ["no"] and quantity_said(words) > 0


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
    numbers = [each for each in heard if each in TEENS or DIGITS.get(each, each).isdecimal()]
    rest = [each for each in heard if each not in numbers]
    if not set(rest) <= lists["bare"] | lists["cheap"]:
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
