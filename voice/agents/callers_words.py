"""Names, numbers and references that a hosted model gives a tool must be the caller's own."""

from __future__ import annotations

from collections.abc import Mapping

from scheduling.names import fold
from scheduling.phone_numbers import said_number
from voice.call import CallContext
from voice.tools.proving import clean_reference
from voice.understanding.numbers.said_numbers import said_signs

FEWEST_DIGITS = 7
"""Of a number in the caller's words, that it counts as the one given."""


def as_the_caller_said(context: CallContext, given: Mapping[str, str]) -> dict[str, str]:
    """The arguments without a name, number or reference that nobody said; who needs one asks."""
    kept = dict(given)
    if "name" in kept and not _said_name(context, kept["name"]):
        del kept["name"]
    if "phone" in kept:
        phone = _said_phone(context, kept.pop("phone"))
        if phone is not None:
            kept["phone"] = phone
    for key in ("reference", "order_id"):
        if key in kept:
            reference = clean_reference(kept.pop(key))
            if _said_reference(context, reference):
                kept[key] = reference
    return kept


def _lines(context: CallContext) -> list[str]:
    return [*(line.text for line in context.history if line.who == "caller"), context.text]


def _said_name(context: CallContext, name: str) -> bool:
    """Every part of it, as a word or letter by letter; or as our own reading has it."""
    known = [context.facts.name, *(one.customer for one in context.facts.own)]
    parts = {fold(part) for part in name.split()}
    words: set[str] = {fold(part) for one in known if one for part in one.split()}
    for line in _lines(context):
        heard = [fold(word) for word in line.replace("-", " ").replace("'", "").split()]
        words.update(heard, _spelled(heard))
        words.update(word.removesuffix("s") for word in heard)
    return bool(parts) and parts <= words


def _spelled(words: list[str]) -> set[str]:
    """Letters in a row, run together."""
    runs, run = set[str](), ""
    for word in [*words, "end"]:
        if len(word) == 1:
            run += word
        else:
            runs.add(run)
            run = ""
    return runs - {""}


def _said_phone(context: CallContext, said: str) -> str | None:
    """E.164 of a number that is known or in the caller's words."""
    number = said_number(said, context.business.country)
    if number is None:
        return None
    if number in (context.facts.phone, context.call.known_phone, context.call.claimed_phone):
        return number
    digits = "".join(sign for line in _lines(context) for sign in line if sign.isdigit())
    return number if number[-FEWEST_DIGITS:] in digits else None


def _said_reference(context: CallContext, reference: str) -> bool:
    facts = context.facts
    if not reference:
        return False
    tickets = (each.reference for each in facts.tickets)
    if reference in (*facts.booked_here, *facts.verified, *facts.proved_orders, *tickets):
        return True
    return any(
        reference in clean_reference(line) or reference in (said_signs(line) or "")
        for line in _lines(context)
    )
