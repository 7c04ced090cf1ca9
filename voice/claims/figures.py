"""Figures in a sentence of ours: prices, references, telephone numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduling.business import Business

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: number * 10
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_NUMBER_WORD = "|".join((*_UNITS, *_TENS, "hundred", "thousand"))
_AMOUNT = re.compile(
    rf"[$£€]\s?(?P<sign>\d[\d,]*(?:\.\d\d)?)"
    rf"|(?P<words>\b(?:(?:{_NUMBER_WORD}|and|a)[\s-]+)+|\b\d[\d,]*(?:\.\d\d)?\s)"
    rf"(?:us\s)?(?:dollars?|bucks|euros?|pounds?|quid)\b"
    rf"(?:\s(?:and\s)?(?P<cents>(?:(?:{_NUMBER_WORD})[\s-]*)+|\d\d?)(?:\scents?|\spence)?\b)?",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b[A-HJ-NP-Z2-9](?:[ ,.-]{0,2}[A-HJ-NP-Z2-9]){5}\b")
_ABOUT_REFERENCE = re.compile(r"\b(?:reference|confirmation (?:number|code)|booking code)\b", re.I)
_DIGITS = re.compile(r"\d(?:[\s().,-]{0,3}\d){6,}")


def amounts(sentence: str) -> list[Decimal]:
    """Every sum of money said, in figures or in words."""
    said = []
    for found in _AMOUNT.finditer(sentence):
        whole = _number(found["sign"] or found["words"])
        cents = _number(found["cents"]) if found["cents"] else Decimal(0)
        if whole is not None and cents is not None:
            said.append(whole + cents / 100)
    return said


def may_cost(business: Business, sentence: str, amount: Decimal) -> bool:
    """Whether that is what the thing spoken of costs, or anything where nothing is named."""
    named = [
        service
        for service in business.services
        if any(_names(sentence, name) for name in (service.name, *service.also))
    ]
    products = [product for product in business.products if _names(sentence, product.name)]
    if not named and not products:
        named, products = list(business.services), list(business.products)
    prices: list[Decimal | None] = [service.price for service in named]
    prices += [product.price for product in products]
    return amount in prices


def references(sentence: str) -> list[str]:
    """References as they are spelled out."""
    if not _ABOUT_REFERENCE.search(sentence):
        return []
    said = [re.sub(r"[^A-Z0-9]", "", found[0]) for found in _REFERENCE.finditer(sentence)]
    return [one for one in said if len(one) == 6]


def telephone_numbers(sentence: str) -> list[str]:
    """Digits that can only be a telephone number."""
    return [re.sub(r"\D", "", found[0]) for found in _DIGITS.finditer(sentence)]


def _names(sentence: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}s?\b", sentence, re.IGNORECASE) is not None


def _number(said: str | None) -> Decimal | None:
    if said is None:
        return None
    plain = said.strip().lower().replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    total = part = 0
    for word in re.findall(r"[a-z]+", plain):
        if word in _UNITS:
            part += _UNITS[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word == "thousand":
            total, part = total + (part or 1) * 1000, 0
    return Decimal(total + part) if total + part else None
