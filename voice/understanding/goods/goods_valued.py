"""The values of acts about goods: which, how many, whether used, whether something is wrong."""

from __future__ import annotations

from dataclasses import replace

from voice.understanding.acts import Act
from voice.understanding.asked_about import points_back
from voice.understanding.goods.cart_said import things_headed
from voice.understanding.goods.goods_said import (
    goods_named,
    names_a_visit,
    quantity_of,
    quantity_said,
    says_change,
    says_wrong,
    speaks_of_goods,
    told_apart,
)
from voice.understanding.goods.things_sold import (
    goods_sold,
    most_it_may_cost,
    says,
    shopping_wish,
)
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says as phrased
from voice.understanding.services.matching import all_named, where_named


def named_goods(act: Act, text: str, hearing: Hearing) -> Act:
    """With the goods that it names, and how many."""
    of_orders = hearing.has_orders and not hearing.shopping
    if of_orders:
        named = goods_named(act.text, hearing.goods)
    else:
        named = goods_sold(act.text, hearing.goods, hearing.services)
    if len(named) > 1:  # "a gift card, the hundred dollar one"
        named = told_apart(text, [each for each in hearing.goods if each.id in named]) or named
    counts = hearing.shopping and quantity_said(act.text) > 0
    if not named and (act.name == "rule_out" or counts):
        named = things_headed(act.text, hearing.goods)
    value = named[0] if len(named) == 1 else None
    if len(named) > 1 and (" or " in act.text or not all_named(act.text, hearing.goods)):
        value = "either"
    if not named and says("cheap", act.text):
        value = "cheapest"
    adds = "another" if says("more", act.text) else act.adds
    corrects = act.corrects or hearing.shopping and says("instead", text)
    meant = next((each for each in hearing.goods if (each.id,) == named), None)
    words = act.text.removeprefix("not ").removeprefix("Not ")  # "not two masks" is of two
    count = quantity_said(words) if meant is None else quantity_of(words, meant)
    if phrased("buying", "for whom", text[act.end :]):
        count = 0
    return replace(act, value=value, likely=named, count=count, adds=adds, corrects=corrects)


def wished_goods(act: Act, text: str) -> Act:
    """With whether the caller only looks, how many are wanted, and what it may cost."""
    count = quantity_said(act.text)
    return replace(act, value=shopping_wish(act.text), limit=most_it_may_cost(text), count=count)


def asked_of_goods(act: Act, hearing: Hearing) -> Act:
    """With the things for sale that a question names, which names no service then, or asks for
    one more of them. Of several of one name those are meant that were spoken of, and so is "that
    shampoo" where a wash is called one too."""
    if not hearing.goods:
        return act
    known = [each for each in hearing.goods if each.id in hearing.goods_spoken_of]
    points = points_back(act.text)  # "another bottle of that shampoo" is named by any of its words
    spoken_of = (goods_named if points else goods_sold)(act.text, known)
    if where_named(act.text, hearing.services) is not None and not says("more", act.text):
        pointed = spoken_of and points_back(act.text)
        return replace(act, goods=spoken_of, likely=()) if pointed else act
    goods = goods_sold(act.text, hearing.goods, hearing.services)
    if len(goods) != 1 and spoken_of:
        goods = spoken_of
    return replace(act, goods=goods, likely=()) if goods else act


def billed(act: Act, text: str, hearing: Hearing) -> Act:
    """A bill is disputed in whatever else is said of it, which tells whether it is of an order or
    of a visit; of an order more is told than wrongs."""
    if act.kind == "order" and not names_a_visit(text, hearing) and says_change(text):
        return replace(act, value="change")
    if not says_wrong(text if act.kind == "billing" else act.text):
        return act
    if act.kind == "order" or hearing.has_orders or speaks_of_goods(text, hearing):
        return replace(act, value="wrong")
    return replace(act, value="visit" if names_a_visit(text, hearing) else "charge")
