"""What is sold, by what callers call it; what they look for, and how much it may cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from functools import partial

from voice.understanding.everyday import NOT_NAMES
from voice.understanding.goods.cart_said import head_words
from voice.understanding.goods.goods_said import goods_named, is_question, quantity_said
from voice.understanding.reading import Named
from voice.understanding.services.matching import EVERYDAY, is_near, stem, where_named
from voice.understanding.word_lists import says_any, word_lists
from voice.understanding.words import TEENS, amount_of, words_of

says = partial(says_any, "shopping")
"""Whether one of the words of a section of `english/shopping.txt` is among these."""


def goods_sold(
    text: str, goods: Sequence[Named], services: Sequence[Named] = ()
) -> tuple[str, ...]:
    """Ids of the things that the words name as what they are: "an electric kettle" is no electric
    toothbrush, and "the guitar" no set of guitar strings where lessons are called that too."""
    named = goods_named(text, goods)
    by_id = {each.id: each for each in goods}
    others = {word.folded for each in services for name in each.names for word in words_of(name)}
    return tuple(
        each
        for each in named
        if where_named(text, [by_id[each]]) is not None
        or _is_headed_by(text, by_id[each], NOT_NAMES | others)
    )


def goods_fitting(text: str, about: Mapping[str, str]) -> tuple[str, ...]:
    """Ids of those of whose category or description the words speak, by id; all of them, where the
    words name no thing, or only "something for" a purpose that none tells of."""
    said = content_of(text)
    fitting = (each for each, told in about.items() if not said.isdisjoint(content_of(told)))
    found = tuple(fitting)
    return found or (tuple(about) if not said or says("look", text) else ())


def most_it_may_cost(text: str) -> Decimal | None:
    """The limit in "nothing over twenty dollars", "under 50"; None: there is none."""
    lists = word_lists("shopping")
    heard = words_of(text)
    for at, word in enumerate(heard):
        if word.folded in lists["limit"]:
            amount = amount_of([each.folded for each in heard[at + 1 :]])
            if amount:
                return Decimal(amount)
    return None


def shopping_wish(text: str) -> str | None:
    """Of a wish to buy: `compare` or `look`, where the words only ask; None: to have it."""
    if says("compare", text):
        return "compare"
    return "look" if says("look", text) or is_question(text) else None


def asks_to_be_sold(text: str) -> bool:
    """ "Can you sell me one", "I'm trying to order them": a purchase, and none made before."""
    heard = [word.folded for word in words_of(text)]
    lists = word_lists("shopping")
    return any(
        first == "sell" and then in ("me", "us") or first in lists["about_to"] and then == "order"
        for first, then in zip(heard, heard[1:], strict=False)
    )


def _is_headed_by(text: str, thing: Named, said_of_others: Set[str]) -> bool:
    """Whether the last word that tells of what sort a thing is, is the head of one of its names, or
    another word of them that is said of nothing else."""
    lists = word_lists("shopping")
    heard = [word.folded for word in words_of(text)]
    for at, word in enumerate(heard):
        if at and word in lists["after"] and not (word == "of" and quantity_said(heard[at - 1])):
            heard = heard[:at]
            break
    telling = [word for word in heard if word not in lists["polite"]]
    if not telling:
        return False
    words = {word.folded for name in thing.names for word in words_of(name)} - said_of_others
    names = {"one", "on", *head_words([thing]), *map(stem, words)}
    last = stem(telling[-1])
    return last in names or any(is_near(name, last) for name in names)


def content_of(text: str) -> set[str]:
    idle = word_lists("shopping")
    leave = idle["polite"] | idle["look"] | idle["wares"] | idle["around"] | idle["bare"]
    leave = leave | idle["limit"] | idle["money"] | idle["asking"] | EVERYDAY | idle["after"]
    return {
        stem(word.folded)
        for word in words_of(text)
        if word.folded not in leave and not word.folded.isdecimal() and word.folded not in TEENS
    } - {stem(each) for each in idle["tens"]}
