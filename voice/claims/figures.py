"""Figures in a sentence of ours: prices, references, telephone numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from scheduling.business import Business
from voice.claims.number_words import NUMBER_WORD, decimal_told

_AMOUNT = re.compile(
    rf"[$£€]\s?(?P<sign>\d[\d,]*(?:\.\d\d)?)"
    rf"|(?P<words>\b(?:(?:{NUMBER_WORD}|and|a)[\s-]+)+|\b\d[\d,]*(?:\.\d\d)?\s)"
    rf"(?:us\s)?(?:dollars?|bucks|euros?|pounds?|quid)\b"
    rf"(?:\s(?:and\s)?(?P<cents>(?:(?:{NUMBER_WORD})[\s-]*)+|\d\d?)(?:\scents?|\spence)?\b)?",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b(?:costs?|charges?|comes? to|priced? (?:is|at)|fee is|price is|be paying|pay)"
    r"(?: (?:just|only|about|around|you|a total of|is))* "
    rf"(?P<sum>(?>\d[\d,]*(?:\.\d\d)?|(?:{NUMBER_WORD})\b(?:[\s-](?:and\s)?(?:{NUMBER_WORD})\b)*))(?![\w-])"
    r"(?!\s*(?:percent|%|minutes?|hours?|dollars?|bucks|euros?|pounds?|quid))",
    re.IGNORECASE,
)
"""A sum without its currency: "that comes to eighty"."""
_FREE_OF_CHARGE = re.compile(
    r"\b(?:free of charge|(?:no|without) (?:extra |additional )?(?:charge|cost|fee)s?|at no cost|"
    r"on the house|complimentary|costs? (?:you )?nothing|won't cost|half price|discount(?:ed)?|"
    r"(?:\d+|[a-z]+)(?:%| ?percent) (?:off|discount|less|cheaper)|for free|"
    r"free for (?:all|any|every|new|the|children|kids|seniors|members|first|our))"
    r"\b|\d+%",
    re.IGNORECASE,
)
_IS_FREE = re.compile(r"\b(?:is|are|'s|comes?) (?:\w+ly )?free\b", re.IGNORECASE)
_OF_TIMES = re.compile(r"\b(?:slots?|times?|spots?|appointments?|gaps?|openings?)\b", re.IGNORECASE)
_EMPTY = frozenset(
    "that this there with your have will what from dollars dollar cost costs charge price "
    "free free percent they them which where when does please visit".split()
)
_REFERENCE = re.compile(r"\b[A-HJ-NP-Z2-9](?:[ ,.-]{0,2}[A-HJ-NP-Z2-9]){5}\b")
_ABOUT_REFERENCE = re.compile(
    r"\b(?:reference|confirmation|booking (?:code|number|id)|code)\b", re.I
)
_GIVEN = re.compile(
    r"\b(?:reference|confirmation|booking|code)(?: (?:number|code|id))?(?:'s| is| will be|:) "
    r"(?P<code>(?=\S*\d|[A-Z][ ,.-]{1,2}[A-Z0-9]\b)[A-Z0-9-]+(?:[ ,.-]{1,2}[A-Z0-9]\b)*)",
)
_DIGITS = re.compile(r"\d(?:[\s().,-]{0,3}\d){6,}")


def amounts(sentence: str) -> list[Decimal]:
    """Every sum of money said, in figures or in words."""
    said = []
    for found in _AMOUNT.finditer(sentence):
        whole = decimal_told(found["sign"] or found["words"])
        cents = decimal_told(found["cents"]) if found["cents"] else Decimal(0)
        if whole is not None and cents is not None:
            said.append(whole + cents / 100)
    bare = (decimal_told(found["sum"]) for found in _COST.finditer(sentence))
    return [*said, *(one for one in bare if one is not None)]


def may_cost(business: Business, sentence: str, amount: Decimal, in_hand: str | None) -> bool:
    """Whether that is what the thing spoken of costs: what is named, else the service in hand,
    else anything that we do."""
    named = [
        service
        for service in business.services
        if any(_names(sentence, name) for name in (service.name, *service.also))
    ]
    products = [product for product in business.products if _names(sentence, product.name)]
    if not named and not products:
        named = [each for each in business.services if in_hand in (None, each.id)]
        products = [] if in_hand else list(business.products)
    prices: list[Decimal | None] = [service.price for service in named]
    prices += [product.price for product in products]
    return amount in prices


def is_told_by(business: Business, sentence: str) -> bool:
    """Whether an answer that the business wrote speaks of the same thing."""
    said = _content(sentence)
    return any(len(said & _of_answer(faq.question, faq.answer)) >= 2 for faq in business.faqs)


def figure_spans(sentence: str) -> list[tuple[int, int]]:
    """Where sums of money and telephone numbers stand."""
    patterns = (_AMOUNT, _COST, _DIGITS, _REFERENCE)
    return [found.span() for pattern in patterns for found in pattern.finditer(sentence)]


def references(sentence: str) -> list[str]:
    """References as they are given out; of any length, since a made-up one may have any."""
    if not _ABOUT_REFERENCE.search(sentence):
        return []
    said = [re.sub(r"[^A-Z0-9]", "", found[0]) for found in _REFERENCE.finditer(sentence)]
    given = _GIVEN.search(sentence)
    if given and not said:
        return [re.sub(r"[^A-Z0-9]", "", given["code"].upper())]
    return [one for one in said if len(one) == 6]


def telephone_numbers(sentence: str) -> list[str]:
    """Digits that can only be a telephone number."""
    return [re.sub(r"\D", "", found[0]) for found in _DIGITS.finditer(sentence)]


def free_of_charge(business: Business, sentence: str) -> bool:
    """Whether it says that something costs nothing, or less than it does."""
    if _FREE_OF_CHARGE.search(sentence):
        return True
    found = _IS_FREE.search(sentence)
    if found is None:
        return False
    said = sentence[: found.start()]
    names = (name for service in business.services for name in (service.name, *service.also))
    return not _OF_TIMES.search(said) and any(_names(said, name) for name in names)


@lru_cache(maxsize=512)
def _of_answer(question: str, answer: str) -> set[str]:
    return _content(f"{question} {answer}")


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _EMPTY}


def _names(sentence: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}s?\b", sentence, re.IGNORECASE) is not None
