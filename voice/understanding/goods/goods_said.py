"""What callers say of goods: which, how many, whether used, and whether something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from voice.understanding.acts import Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.phrasebook import says
from voice.understanding.reading import Named
from voice.understanding.services.matching import (
    EVERYDAY,
    all_named,
    services_named,
    stem,
    telling_words,
    where_named,
)
from voice.understanding.word_lists import says_any, word_lists
from voice.understanding.words import DIGITS, TEENS, TENS, amount_of, plain, words_of

_says = partial(says_any, "goods")

TOLD_OF_BILLS = frozenset({"give:problem", "story", "want:billing", "want:tech"})
OUTRIGHT = 0.75
"""Of a wish that its own words name."""
ABOUT_GOODS = frozenset({"want:refund", "want:order", "want:billing", "want:buy"})
MAYBE_GOODS = frozenset(
    """give:service give:other give:party give:provider give:booking give:problem choose
    rule_out:service""".split()
)
"""Labels under which the tagger may put the name of something that is sold."""
ASKED_OF_BILLS = frozenset({"ask:price", "ask:policy", "ask:other"})
ASKED_OF_PARCELS = frozenset(
    {"ask:location", "ask:booking", "ask:times", "ask:price", "want:lookup"}
)
SAID_OF_ORDERS = frozenset({"ask:price", "ask:other", "story", "give:problem", "social:upset"})
CHANGES_OF_A_VISIT = frozenset({"want:cancel", "want:move"})
ANSWER_TO_USED = frozenset(
    "affirm deny story give:problem give:other give:product choose social:chat".split()
)
MOST = 50
SIGNS_OF_MONEY = ("$", "£", "€")


def goods_named(text: str, goods: Sequence[Named]) -> tuple[str, ...]:
    """Ids of those that a stretch names, in the order said."""
    named = all_named(text, goods) or services_named(text, goods)
    apart = told_apart(text, [each for each in goods if each.id in named])
    return tuple(each for each in named if not apart or each in apart)


def told_apart(text: str, goods: Sequence[Named]) -> tuple[str, ...]:
    """Of several things of one name those that words, or a number, of their own tell from the
    others: "the sixty pound one"."""
    names = {one.id: (*one.names, str(amount_of(plain(one.names[0]).split()))) for one in goods}
    said = {stem(word.folded) for word in words_of(text)}
    own = telling_words(names) if len(names) > 1 else {}
    return tuple(each for each, words in own.items() if not said.isdisjoint(words))


def quantity_said(text: str) -> int:
    """How many; 0 where that was not said. What a thing costs is no number of things, nor is what
    it shall not be: "one, not two", "one instead of two"."""
    heard = words_of(text)
    said = [word.folded for word in heard]
    for at, word in enumerate(heard):
        if says("buying", "not so many", f"{plain(text[: word.start])} "):
            continue
        if word.folded in ("both", "pair", "couple"):
            return 2
        if text[: word.start].endswith(SIGNS_OF_MONEY) or _is_of_a_price(said, at):
            continue
        if at and said[at - 1] in TENS:
            continue  # "a forty four" is a size
        number = TEENS.get(word.folded) or _counted(word.folded)
        if 0 < number <= MOST:
            return number
    return 0


def quantity_of(text: str, thing: Named) -> int:
    """The same of a thing whose own name may have a number: "the five visit pass", "a pair of
    shoes" are one."""
    own = [word.folded for word in words_of(thing.names[0])]
    own += ["pair"] if own[-1:] and own[-1].endswith("s") else []
    heard = [word.folded for word in words_of(text)]
    for each in own:
        if each in heard and quantity_said(each) and not _is_of_a_price(heard, heard.index(each)):
            heard.remove(each)
    return quantity_said(" ".join(heard))


def _counted(word: str) -> int:
    word = word.removesuffix("ll")  # "one'll do"
    digits = DIGITS.get(word, word)
    return int(digits) if digits.isdecimal() else 0


def _is_of_a_price(heard: Sequence[str], at: int) -> bool:
    """Whether the number at this place belongs to "thirty eight bucks". Of "two fifty dollar
    cards" only the fifty does."""
    if heard[at] in TENS and heard[at + 1 : at + 2] and heard[at + 1] in DIGITS:
        at += 1
    elif heard[at] not in TENS and heard[at] not in TEENS and not _counted(heard[at]):
        return False
    return heard[at + 1 : at + 2] != [] and heard[at + 1] in word_lists("shopping")["money"]


def said_used(text: str) -> tuple[bool, int, int] | None:
    """Whether something was opened or used, and where that is said; None where it is not."""
    lists = word_lists("goods")
    heard = words_of(text)
    denied = -1
    for at, word in enumerate(heard):
        said = word.folded
        if said in lists["unused"]:
            return False, word.start, word.end
        if said in lists["denying"]:
            denied = at
        if said in lists["packed"] and _is_still_in(heard[:at]):
            return False, heard[max(at - 2, 0)].start, word.end
        if said in lists["used"]:
            return denied < 0, heard[max(denied, 0)].start if denied >= 0 else word.start, word.end
    return None


def use_told(text: str) -> str | None:
    """`used` or `unused`."""
    used = said_used(text)
    return None if used is None else "used" if used[0] else "unused"


def of_a_visit(words: str, hearing: Hearing) -> bool:
    """Whether a word of a service's name is in them, and the name of nothing that is sold: "the
    gel on my nails" is of a gel manicure, though nail oil is sold."""
    if where_named(words, hearing.goods) is not None:
        return False
    of_goods = _words_of_names(hearing.goods) if goods_named(words, hearing.goods) else set()
    names = _words_of_names(hearing.services) - of_goods - {stem(word) for word in EVERYDAY}
    return any(stem(word.folded) in names for word in words_of(words))


def _words_of_names(named: Sequence[Named]) -> set[str]:
    names = (name for each in named for name in each.names)
    return {stem(word.folded) for name in names for word in words_of(name)}


def speaks_of_goods(text: str, hearing: Hearing) -> bool:
    """Whether an order is spoken of, but to deny that it is one, or something that is sold."""
    return where_named(text, hearing.goods) is not None or _speaks_of_an_order(text)


def _speaks_of_an_order(text: str) -> bool:
    """But to say that it is none: "it's not an order"."""
    denied = says("own_visits", "no order", text)
    return not denied and _says("parcel", text)


def names_a_visit(text: str, hearing: Hearing) -> bool:
    """Whether a visit is spoken of, or a service by its name."""
    return not speaks_of_goods(text, hearing) and (
        _says("visit", text) or of_a_visit(text, hearing)
    )


def says_change(text: str) -> bool:
    """Whether words about an order that was placed say that it shall be another, or none."""
    return _says("change", text)


def says_wrong(text: str) -> bool:
    """Whether words about a bill or an order say that it is not as it should be."""
    return _says("wrong", text)


def says_faulty(words: str) -> bool:
    """Whether a caller says that a thing came broken, or wrong, or does not do what it should."""
    words = words.replace("'s ", " is ")
    return says("faults", "faulty", words) and not says("faults", "no fault", words)


def wants_another_for_it(words: str) -> bool:
    """Whether a caller wants a new one in the place of what came faulty."""
    return says("faults", "another for it", words)


def tells_of_faults(words: str) -> bool:
    """Whether words of the business file are of what came faulty."""
    return says("faults", "faulty goods", words)


def tells_of_putting_right(words: str) -> bool:
    """Whether words of the business file are of work that went wrong."""
    return says("faults", "put right", words)


def says_was_done(words: str) -> bool:
    """Whether a caller tells of a visit that was: "I had my colour done", "you did my brakes"."""
    return says("faults", "was done", words)


def tells_of_handing_over(words: str) -> bool:
    """Whether words of the business file say how a thing comes to who bought it."""
    return _says("handed over", words)


def tells_what_was_asked(question: str, words: str) -> bool:
    """Whether words of the business file may answer what is asked of a thing on its way back, or
    of when the money for it comes: the rule for whether it goes back answers neither."""
    if says("questions", "changing", question):
        return True  # "when do I get my money back if I cancel"
    if says("questions", "money back when", question):
        return _says("money back", words)
    return not says("questions", "way back", question) or _says("going back", words)


def tells_where_to(words: str) -> bool:
    """Whether a caller says that a thing is to be sent, and to whom."""
    return says("buying", "send it", words)


def bought_at_the_counter(words: str) -> bool:
    """Whether a caller says that there is a receipt of it, and so no number of an order."""
    return says("buying", "at the counter", words)


def asks_for_payment_page(words: str) -> bool:
    """Whether a caller asks for a link to pay with."""
    return says("buying", "a link", words)


def asks_for_more(words: str) -> bool:
    """Whether a caller asks when there is more of a thing to be had."""
    return says("buying", "more to come", words) and says("questions", "question", words)


def asks_to_fetch(words: str) -> bool:
    """Whether a caller asks when, or whether, they can come for what they bought."""
    return says("buying", "asks to fetch", words) or "?" in words and says_they_fetch(words)


def says_they_fetch(words: str) -> bool:
    """Whether a caller says that they come for it."""
    return says("buying", "fetches", words)


def tells_how_long_good(words: str) -> bool:
    """Whether words of the business file say how long a thing keeps, or can be used."""
    return _says("good for", words)


def describes(words: str) -> bool:
    """Whether words of the business file go on behind "it is": "good for two years"."""
    return _says("described", " ".join(words.split()[:1]))


def with_goods(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The tags where the names of goods are `give:product`, and an answer to whether they were
    used is a yes or a no."""
    made = [each for tag in tags for each in _named(text, tag, tags, hearing)]
    if not hearing.about_use:
        return [_telling_of_use(text, tag) for tag in made] if hearing.goods else made
    if (used := said_used(text)) is None:
        return made
    yes, start, end = used
    answer = Tagged("affirm" if yes else "deny", start, end, 1.0)
    kept = [
        tag
        for tag in made
        if tag.label not in ANSWER_TO_USED and (tag.end <= start or tag.start >= end)
    ]
    return sorted([*kept, answer], key=lambda tag: tag.start)


def _telling_of_use(text: str, tag: Tagged) -> Tagged:
    """ "No, I never used it" answers no other question."""
    if tag.label not in ("deny", "affirm") or said_used(text[tag.start : tag.end]) is None:
        return tag
    return replace(tag, label="give:other")


def _named(text: str, tag: Tagged, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """The stretch with the goods that are named in it, or as what it is of an order or a bill."""
    words = text[tag.start : tag.end]
    if tag.label in {*ABOUT_GOODS, "want:book"} and says("buying", "sold to us", words):
        return [replace(tag, label="ask:policy", confidence=max(tag.confidence, OUTRIGHT))]
    if tag.label == "want:book" and _is_to_be_bought(words, hearing):
        tag = replace(tag, label="want:buy")
    if tag.label == "want:order" and names_a_visit(words, hearing):
        tag = replace(tag, label="ask:booking" if _asks(words) else "want:lookup")
    elif tag.label == "want:order" and _says("refund", words) and not is_question(words):
        tag = replace(tag, label="want:refund")
    elif tag.label == "want:order":
        if hearing.goods and _tells_of_a_bill(words, text, tags):
            tag = replace(tag, label="want:billing")
        elif _says("parcel", words):  # it says so itself
            tag = replace(tag, confidence=max(tag.confidence, OUTRIGHT))
    elif (label := _of_order_or_bill(tag.label, words, text, tags, hearing)) is not None:
        tag = replace(tag, label=label)
    elif tag.label == "rule_out:service" and _of_goods(tags, hearing):
        if goods_named(words, hearing.goods):
            return [replace(tag, label="rule_out:product")]
    elif tag.label in MAYBE_GOODS and not (tag.label == "choose" and hearing.table):
        named = where_named(words, hearing.goods) is not None
        if named and where_named(words, hearing.services) is None:
            return [replace(tag, label="give:product")]
    if tag.label in ABOUT_GOODS and (place := where_named(words, hearing.goods)) is not None:
        start, end = tag.start + place[0], tag.start + place[1]
        before = replace(tag, end=len(text[:start].rstrip()))
        if before.end > before.start:
            return [before, replace(tag, label="give:product", start=start, end=end)]
    return [tag]


def _tells_of_a_bill(words: str, text: str, tags: Sequence[Tagged]) -> bool:
    """Whether they do, or what is told beside them."""
    told = [text[each.start : each.end] for each in tags if each.label in TOLD_OF_BILLS]
    return any(_says("bill", e) for e in (words, *told)) or any(_says("to pay", e) for e in told)


def is_question(text: str) -> bool:
    """Whether it begins as questions do."""
    heard = words_of(text)
    first = [word.folded for word in heard[:2]]
    asking = word_lists("shopping")["asking"]
    return bool(first) and (first[0] in asking or first[0] in ("and", "so") and first[-1] in asking)


def _asks(words: str) -> bool:
    """Whether its first word asks: "is the tuning at ten gone"."""
    return plain(words).split()[:1] in (["is"], ["are"], ["did"], ["has"], ["was"])


def _of_goods(tags: Sequence[Tagged], hearing: Hearing) -> bool:
    """Whether what was bought is spoken of, and not visits."""
    wished = any(tag.label in ABOUT_GOODS for tag in tags)
    return hearing.has_orders and not hearing.shopping or wished


def _is_to_be_bought(words: str, hearing: Hearing) -> bool:
    """ "I need floss": a thing that is sold and no service."""
    named = where_named(words, hearing.goods) is not None
    return named and where_named(words, hearing.services) is None


def _of_order_or_bill(
    label: str, words: str, text: str, tags: Sequence[Tagged], hearing: Hearing
) -> str | None:
    """What is said of orders in the words of visits, as it is meant; None: it is not. Money spoken
    of beside a visit that is cancelled or moved is what that costs."""
    if label == "want:billing" and any(tag.label in CHANGES_OF_A_VISIT for tag in tags):
        return "ask:policy"
    if not hearing.goods:
        return None
    numbered = any(tag.label == "give:order" for tag in tags)
    own = label in ASKED_OF_PARCELS or label in ("story", "want:cancel", "want:move")
    if (own or hearing.has_orders and label == "ask:other") and _speaks_of_an_order(words):
        return "want:billing" if _tells_of_a_bill(words, text, tags) else "want:order"
    if numbered and label == "ask:other":
        return "want:order"
    if label in ASKED_OF_PARCELS and _says("refund", words):
        return "want:billing"
    if not hearing.has_orders:
        return None
    means = says("questions", "means of paying", words) and not _says("bill", words)
    if label in ASKED_OF_BILLS and not means and _says("paying", _without_goods(words, hearing)):
        return "want:billing"
    spoken_of = not hearing.has_bookings and not _says("visit", words)
    visits = any(tag.label in ("give:booking", "give:service") for tag in tags)
    if spoken_of and label in ("ask:booking", "want:lookup", *(() if visits else ("want:cancel",))):
        return "want:order"
    told = hearing.asked == "anything_else" and label in SAID_OF_ORDERS
    return "want:order" if told and _says("wrong", words) else None


def _without_goods(words: str, hearing: Hearing) -> str:
    """A gift card is no card."""
    place = where_named(words, hearing.goods)
    return words if place is None else f"{words[: place[0]]} {words[place[1] :]}"


def _is_still_in(before: Sequence[object]) -> bool:
    """ "Still in the box": the words before the packing."""
    said = [getattr(word, "folded", "") for word in before[-3:]]
    return "in" in said or "on" in said
