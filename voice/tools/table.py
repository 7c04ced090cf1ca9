"""Every tool by name: what a model is told of it, and the one way to run it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from scheduling.errors import Refusal
from voice.call import CallContext
from voice.tool_results import ToolResult
from voice.tools.account import find_appointment, verify_caller
from voice.tools.availability import check_availability
from voice.tools.booking import book_appointment, cancel_appointment, reschedule_appointment
from voice.tools.care_tools import CARE_TOOLS
from voice.tools.declaring import Tool, declare
from voice.tools.pairs import PAIR_TOOLS
from voice.tools.people import transfer_to_human
from voice.tools.refusals import Incomplete, refuse
from voice.tools.shop_tools import SHOP_TOOLS
from voice.tools.support import answer_question

LONGEST_ARGUMENT = 500
_UNSAYABLE = {"Cc", "Cs"}
_ABSENT = frozenset(
    """null nil none undefined unknown n/a n.a nan not-provided not-specified not-given not-known
    not-applicable unspecified none-provided none-specified none-given""".split()
)
"""What models write for an argument that they have nothing for; spaces are dashes here."""


class ToolCallInvalid(Exception):
    """No such tool, or arguments that cannot be read; the message is for whoever called."""


_REFERENCE = "The appointment's reference, six letters and digits."
_TIMES = "as the caller said it, or ISO 8601"

_OF_THE_DESK = (
    declare(
        check_availability,
        "Find free times for a service. Gives at most three offers, each with an offer_id, held "
        "for this call; the next answer replaces them. Only these may be offered to the caller.",
        {"service": "The service's name or id, or what the caller calls it."},
        {
            "when": f"Day, time or range, {_TIMES}: 'tomorrow afternoon', '2026-11-24T15:00'.",
            "date": f"The day, {_TIMES}.",
            "provider": "Whom the caller wants to see; leave out when it does not matter.",
            "order": "'soonest' or 'latest': only the very first or last free time then, for "
            "'the earliest' or 'as late as possible'. 'nearest': where nothing is free then, the "
            "times nearest to it. Leave out for a choice of times.",
        },
        {"order": ("soonest", "latest", "nearest")},
    ),
    declare(
        book_appointment,
        "Book. Only after service, person, day, time and name were read back and the caller "
        "agreed. Give the offer_id of a live offer; or service, date and time.",
        {"name": "The customer's name."},
        {
            "offer_id": "An offer_id from check_availability in this call.",
            "phone": "The customer's telephone number; leave out when the call has one.",
            "service": "Without an offer_id: the service.",
            "date": f"Without an offer_id: the day, {_TIMES}.",
            "time": f"Without an offer_id: the time, {_TIMES}.",
            "provider": "Without an offer_id: whom to see.",
        },
    ),
    declare(
        find_appointment,
        "The caller's coming appointments. Needs a verified caller, or name and reference, or "
        "the name where the caller's number is known.",
        {},
        {"reference": _REFERENCE, "name": "The name that the appointment is under."},
    ),
    declare(
        reschedule_appointment,
        "Move an appointment of a verified caller, or one booked in this call, to an offer or to "
        "a date and time. Only after the caller agreed to the new time.",
        {"reference": _REFERENCE},
        {
            "offer_id": "An offer_id from check_availability in this call.",
            "date": f"Without an offer_id: the new day, {_TIMES}.",
            "time": f"Without an offer_id: the new time, {_TIMES}.",
        },
    ),
    declare(
        cancel_appointment,
        "Cancel an appointment of a verified caller, or one booked in this call. Only after the "
        "caller said yes to cancelling it.",
        {"reference": _REFERENCE},
        {"reason": "Why, if the caller said."},
    ),
    declare(
        answer_question,
        "The business's own answer about hours, prices, address, services, people and the like. "
        "Answer such questions only with what this gives.",
        {"question": "The caller's question, in their words."},
        {"topic": "What it is about, if that is plain."},
        {"topic": ("hours", "location", "price", "person", "service", "policy", "help")},
    ),
    declare(
        verify_caller,
        "Show who is calling before telling of, moving or cancelling an appointment: the name "
        "where the number is known, else name and reference.",
        {"name": "The name that the appointment is under."},
        {"reference": _REFERENCE},
    ),
    declare(
        transfer_to_human,
        "Put the caller through to a person, when they ask for one or you cannot help.",
        {"reason": "Why, in a few words."},
    ),
)

TOOLS: dict[str, Tool] = {
    each.name: each for each in (*_OF_THE_DESK, *PAIR_TOOLS, *SHOP_TOOLS, *CARE_TOOLS)
}


async def run_tool(context: CallContext, name: str, arguments: Mapping[str, Any]) -> ToolResult:
    """Runs it and keeps the result with the turn; a refusal is a result too."""
    tool = TOOLS.get(name)
    if tool is None:
        raise ToolCallInvalid(f"there is no tool named {name!r}")
    try:
        given = given_arguments(name, arguments)
        if "service" in tool.parameters["required"] and "service" not in given:
            raise Incomplete("What would you like to book?")
        result = await tool.run(context, **given)
    except Refusal as refusal:
        result = refuse(context, name, refusal)
    context.results.append(result)
    return result


def given_arguments(name: str, arguments: Mapping[str, Any]) -> dict[str, str]:
    """A tool's arguments as strings; those that name nothing are left out, strange ones ignored."""
    tool = TOOLS[name]
    if not isinstance(arguments, Mapping):
        raise ToolCallInvalid(f"the arguments of {tool.name} must be an object")
    given: dict[str, str] = {}
    for key in tool.parameters["properties"]:
        value = arguments.get(key)
        if not _is_textual(value):
            raise ToolCallInvalid(f"{key!r} of {tool.name} must be a string")
        text = "" if value is None else _sayable(str(value))
        if key in ("reason", "issue", "words", "call_back"):
            text = text[:LONGEST_ARGUMENT]  # a note for people: no transfer fails for its length
        if len(text) > LONGEST_ARGUMENT:
            raise ToolCallInvalid(f"{key!r} of {tool.name} is too long")
        if not _names_nothing(text):
            given[key] = text
    return given


def _names_nothing(text: str) -> bool:
    """Whether it is empty, or one of the words for nothing in whatever quotes or brackets."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    word = "-".join(re.split(r"[\s_-]+", text[start:end].casefold()))
    return not word or word in _ABSENT


def _is_textual(value: Any) -> bool:
    """Text, a number that a model left unquoted, or nothing."""
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


def _sayable(text: str) -> str:
    """The words without signs that nobody can say or store: controls, halves of characters."""
    signs = (" " if category(sign) in _UNSAYABLE else sign for sign in text)
    return " ".join("".join(signs).split())
