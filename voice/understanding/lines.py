"""`ringbook understand`: a line of JSON with a caller's words in, a line with their reading out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

from babel.core import get_global

from voice.understanding.acts import Act, ActName, Asked, Reading
from voice.understanding.derived import Derived, derived
from voice.understanding.hearing import Hearing
from voice.understanding.read import read
from voice.understanding.reading import HOME, Named, OfferedTime, Question, When

_ASKED = frozenset(get_args(Asked))
_QUESTIONS = frozenset(get_args(Question))
_KINDS = {
    "want": "matter", "give": "slot", "rule_out": "slot", "ask": "topic", "social": "kind",
    "noise": "kind",
}  # fmt: skip
"""What the kind of an act is called, by its name."""
_BY_CONTRACT = {
    "want:message": "person", "give:message": "give:other", "give:call_back": "give:other",
    "ask:message": "ask:booking", "rule_out:product": "rule_out:service",
}  # fmt: skip


class LineInvalid(ValueError):
    """A line that cannot be read; the message is for whoever wrote it."""


def understand_lines(lines: Iterable[str]) -> Iterator[str]:
    """One line out for each line in; a bad one gives its id and an error, blank ones nothing."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line), ensure_ascii=False)


def _answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as problem:
        return {"id": None, "error": f"not a line of JSON: {problem}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    try:
        text, hearing = _text(asked), _hearing(asked)
    except LineInvalid as problem:
        return {"id": asked.get("id"), "error": str(problem)}
    reading = read(text, hearing)
    reading = replace(reading, acts=tuple(map(in_contract, reading.acts)))
    return {"id": asked.get("id"), **reading_as_json(reading, derived(reading, hearing))}


def reading_as_json(reading: Reading, told: Derived) -> dict[str, Any]:
    """The fields that the contract names, in its order."""
    return {
        "acts": [act_as_json(act) for act in reading.acts],
        "route": told.route,
        "routes": list(told.routes),
        "answer": told.answer,
        "chosen": told.chosen,
        "times": [when_as_json(when) for when in told.times],
        "exclude": [when_as_json(when) for when in told.exclude],
        "ambiguous": told.ambiguous,
        "name": told.name,
        "phone": told.phone,
        "email": told.email,
        "service": told.service,
        "provider": told.provider,
        "reference": told.reference,
        "confidence": round(reading.confidence, 3),
    }


def in_contract(act: Act) -> Act:
    """The act under a label of the contract, where the dialogue knows it by a finer one."""
    name, _, kind = _BY_CONTRACT.get(act.label, act.label).partition(":")
    return replace(act, name=cast("ActName", name), kind=kind)


def act_as_json(act: Act) -> dict[str, Any]:
    """One act, with the keys that the guideline of the examples gives it."""
    written: dict[str, Any] = {"act": act.name}
    if act.name in _KINDS:
        written[_KINDS[act.name]] = act.kind
    if act.name == "choose" or act.which:
        written["which"] = act.which[0] if len(act.which) == 1 else None
    if act.corrects:
        written["corrects"] = True
    written |= {"text": act.text, "start": act.start, "end": act.end}
    written["confidence"] = round(act.confidence, 3)
    if act.value is not None:
        written["value"] = act.value
    elif act.times:
        written["value"] = [when_as_json(when) for when in act.times]
    return written


def when_as_json(when: When) -> dict[str, Any]:
    """`value`, or `start` and `end` of a range; moments as they are written in the contract."""
    written: dict[str, Any] = {"kind": when.kind}
    if when.kind in ("range", "timerange"):
        written |= {"start": _moment(when.start), "end": _moment(when.end)}
    else:
        written["value"] = _moment(when.value)
    written["text"] = when.text
    written["candidates"] = [when_as_json(other) for other in when.candidates]
    return written


def _moment(moment: date | time | datetime | None) -> str | None:
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.strftime("%H:%M") if isinstance(moment, time) else moment.isoformat()


def _text(asked: dict[str, Any]) -> str:
    text = asked.get("text")
    if not isinstance(text, str):
        raise LineInvalid("text must be a string")
    return text


def _hearing(asked: dict[str, Any]) -> Hearing:
    zone = _zone(asked.get("timezone"))
    agent = asked.get("agent") or ""
    if not isinstance(agent, str):
        raise LineInvalid("agent must be a string")
    return Hearing(
        now=_local(asked.get("now"), "now", zone),
        asked=_asked(asked),
        agent=agent,
        table=tuple(_offer(each, zone) for each in _list(asked, "offered")),
        bookings=tuple(_offer(each, zone) for each in _list(asked, "bookings")),
        services=tuple(_named(each, "services") for each in _list(asked, "services")),
        providers=tuple(_named(each, "providers") for each in _list(asked, "providers")),
        zone=zone.key if zone else None,
        country=_country(zone),
    )


def _asked(asked: dict[str, Any]) -> Asked:
    """What was asked; `question` is its older name, with fewer values."""
    for key, known in (("asked", _ASKED), ("question", _QUESTIONS)):
        told = asked.get(key)
        if told is not None and (not isinstance(told, str) or told not in known):
            raise LineInvalid(f"{key} must be one of {', '.join(sorted(known))} or null")
        if told is not None:
            return cast("Asked", told)
    return "none" if asked.get("offered") else "open"


def _country(zone: ZoneInfo | None) -> str:
    """Whose numbers and dates are meant: those of the country that the zone lies in."""
    country = get_global("zone_territories").get(zone.key if zone else "", "")
    return country if len(country) == 2 else HOME


def _list(asked: dict[str, Any], key: str) -> Sequence[Any]:
    given = asked.get(key)
    if given is None:
        return ()
    if not isinstance(given, list):
        raise LineInvalid(f"{key} must be a list")
    return given


def _zone(name: object) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(str(name))
    except (ValueError, OSError, KeyError) as problem:
        raise LineInvalid(f"timezone is not known: {name}") from problem


def _local(given: object, key: str, zone: ZoneInfo | None) -> datetime:
    """Wall-clock time; an instant with an offset is moved to the zone, if there is one."""
    if not isinstance(given, str):
        raise LineInvalid(f"{key} must be a date and time such as 2019-03-01T08:00:00")
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as problem:
        raise LineInvalid(f"{key} is not a date and time: {given}") from problem
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def _offer(given: object, zone: ZoneInfo | None) -> OfferedTime:
    if isinstance(given, str):
        return OfferedTime(start=_local(given, "offered", zone), provider="")
    if not isinstance(given, dict):
        raise LineInvalid("offered must hold objects with start and provider, or start times")
    provider = given.get("provider", given.get("name")) or ""
    if isinstance(provider, dict):
        provider = provider.get("name") or provider.get("id") or ""
    start = given.get("start")
    names = [given.get(key) for key in ("service", "name", "customer")]
    return OfferedTime(
        start=None if start is None else _local(start, "offered start", zone),
        provider=str(provider),
        names=tuple(name for name in names if isinstance(name, str)),
    )


def _named(given: object, key: str) -> Named:
    """A plain name, or an object with id, name and what callers also call it."""
    if isinstance(given, str):
        return Named(given, (given,))
    if not isinstance(given, dict):
        raise LineInvalid(f"{key} must hold names, or objects with id and name")
    name = given.get("name", given.get("id"))
    also = given.get("also") or ()
    if isinstance(also, str):
        also = (also,)
    if not isinstance(name, str) or not isinstance(also, list | tuple):
        raise LineInvalid(f"{key} must hold names, or objects with id, name and also")
    return Named(str(given.get("id", name)), (name, *(str(each) for each in also)))
