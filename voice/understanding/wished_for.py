"""Labels put right beside several wishes: what is asked for as one more, and what only counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.beside import (
    is_all_of_them,
    is_beside,
    is_one_of_them,
    is_polite_wish,
    only_leads_in,
)
from voice.understanding.goods_said import goods_named
from voice.understanding.hearing import Hearing
from voice.understanding.matching import services_named, where_named
from voice.understanding.words import plain

POLITELY = frozenset({"ask:service", "ask:booking", "ask:other", "want:order"})
"""Labels of what may be a wish for one more visit, put as a question."""
NO_SERVICE = frozenset(
    """both all two each one ones need needs for of on the them it that its he hes she shes we they
    theyre""".split()
)


def wished_for(text: str, tag: Tagged, hearing: Hearing) -> Tagged:
    """A service that is asked for politely as one more is wanted, and so is one that is named
    where it was asked for."""
    words = text[tag.start : tag.end]
    if tag.label in ("give:when", "give:service") and is_one_of_them(words):
        return replace(tag, label="give:party")
    if tag.label == "outside" and where_named(words, hearing.services):
        return replace(tag, label="give:service")
    if tag.label in ("give:party", "give:other", "story"):
        named = services_named(words, hearing.services)
        asked = len(named) == 1 and _is_asked_for(named[0], hearing)
        return replace(tag, label="give:service") if asked else tag
    if tag.label == "ask:service" and only_leads_in(words):
        return replace(tag, label="want:book")
    if tag.label not in POLITELY or not is_polite_wish(words):
        return tag
    return replace(tag, label="give:service") if where_named(words, hearing.services) else tag


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


def is_both(text: str, tag: Tagged) -> bool:
    """ "The two at the one visit": how many, and no time; "they both need it" names no service."""
    words = text[tag.start : tag.end]
    if tag.label == "give:service":
        return set(plain(words).split()) <= NO_SERVICE
    return tag.label == "give:when" and is_beside(text) and is_all_of_them(words)


def _is_asked_for(service_id: str, hearing: Hearing) -> bool:
    """Whether we asked which service it is, or whether it is this one or another."""
    line = plain(hearing.agent)
    told = [each.id for each in hearing.services if plain(each.names[0]) in line]
    guessed = hearing.asked == "confirm" and len(told) > 1 and service_id in told
    return hearing.asked == "service" or guessed
