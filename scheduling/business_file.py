"""A business file (TOML) checked and turned into values; a wrong file is refused whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduling.business import (
    Business,
    Closure,
    Emergency,
    Faq,
    LocalSpan,
    Opening,
    Product,
    Provider,
    Resource,
    Service,
)
from scheduling.business_checks import check, currency_of, did_you_mean
from scheduling.business_keys import (
    WEEKDAYS,
    DatedTable,
    FileTable,
    WeekTable,
    keys_at,
)
from scheduling.errors import BusinessFileError, FileProblem
from scheduling.policy import BookingPolicy, SupportPolicy

REASONS = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
}


def load_businesses(path: Path | None) -> list[tuple[Business, str]]:
    """Each business with the text of its file: a file, a folder of them, or the built-in sample."""
    if path is None:
        sample = files("scheduling") / "sample" / "willow.toml"
        text = sample.read_text(encoding="utf-8")
        return [(parse_business(text, "willow.toml"), text)]
    return load_files(_business_files(path))


def load_files(files: Sequence[Path]) -> list[tuple[Business, str]]:
    """Each file's business with its text; all that is wrong with any of them refuses them all."""
    loaded: list[tuple[str, Business, str]] = []
    problems: list[FileProblem] = []
    for file in files:
        try:
            loaded.append(_load(file))
        except BusinessFileError as wrong:
            problems += wrong.problems
    if problems:
        raise BusinessFileError(problems)
    return check_together(loaded)


def check_together(
    loaded: Sequence[tuple[str, Business, str]],
) -> list[tuple[Business, str]]:
    """Businesses with their texts, given with file names; refused where two claim the same slug,
    number or assistant."""
    seen: dict[tuple[str, str], str] = {}
    problems = []
    for file, business, _ in loaded:
        claims = [("business.slug", business.slug)]
        claims += [("business.numbers", number) for number in business.numbers]
        claims += [("business.assistants", assistant) for assistant in business.assistants]
        for claim in claims:
            other = seen.setdefault(claim, file)
            if other != file:
                problems.append(FileProblem(file, claim[0], f"{claim[1]!r} is also in {other}"))
    if problems:
        raise BusinessFileError(problems)
    return [(business, text) for _, business, text in loaded]


def parse_business(text: str, source: str) -> Business:
    """The business that the text describes, or BusinessFileError with all that is wrong."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BusinessFileError([FileProblem(source, "", f"not TOML: {wrong}")]) from None
    try:
        file = FileTable.model_validate(raw)
    except ValidationError as wrong:
        found = [problem for error in wrong.errors() for problem in _explain(error, raw)]
        raise BusinessFileError([FileProblem(source, *problem) for problem in found]) from None
    problems = [FileProblem(source, key, reason) for key, reason in check(file)]
    if problems:
        raise BusinessFileError(problems)
    return _business(file)


def _business_files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(path.glob("*.toml"))
        if not found:
            raise BusinessFileError([FileProblem(str(path), "", "no .toml file in this folder")])
        return found
    return [path]


def _load(file: Path) -> tuple[str, Business, str]:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as wrong:
        reason = f"cannot be read: {wrong.strerror}"
        raise BusinessFileError([FileProblem(str(file), "", reason)]) from None
    except UnicodeDecodeError:
        raise BusinessFileError([FileProblem(str(file), "", "is not UTF-8 text")]) from None
    return str(file), parse_business(text, str(file)), text


def _explain(error: ErrorDetails, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key paths and reasons for one finding of pydantic."""
    key = _key_path(error["loc"], raw)
    context = error.get("ctx", {})
    kind = error["type"]
    if kind == "extra_forbidden":
        *table, name = error["loc"]
        yield key, f"unknown key{did_you_mean(str(name), keys_at(table))}"
    elif kind == "greater_than_equal":
        yield key, f"must be at least {context['ge']}"
    elif kind == "less_than_equal":
        yield key, f"must be at most {context['le']}"
    elif kind == "string_too_long":
        yield key, f"is longer than {context['max_length']} characters"
    elif kind == "literal_error":
        yield key, f"must be {context['expected']}, or a list of names"
    else:
        yield key, REASONS.get(kind, error["msg"].removeprefix("Value error, "))


def _key_path(location: Sequence[int | str], raw: Mapping[str, Any]) -> str:
    """`provider[ana].hours.mon`: elements by id, or by their number from 1."""
    path = ""
    here: Any = raw
    for step in location:
        if isinstance(step, int):
            here = here[step]
            if isinstance(here, dict):
                path += f"[{here.get('id', step + 1)}]"
        elif isinstance(here, dict):
            path += f".{step}" if path else step
            here = here.get(step)
    return path


def _business(file: FileTable) -> Business:
    own = file.business
    emergency = own.emergency
    return Business(
        slug=own.slug,
        name=own.name,
        timezone=own.timezone,
        country=own.country,
        subdivision=own.subdivision,
        currency=currency_of(own) or "",
        address=own.address or "",
        phone=own.phone,
        numbers=tuple(own.numbers),
        assistants=tuple(own.assistants),
        origins=tuple(own.origins),
        greeting=own.greeting or "",
        notice=own.notice or "",
        emergency=Emergency(tuple(emergency.words), emergency.say) if emergency else None,
        booking=BookingPolicy(**file.booking.model_dump()),
        services=_services(file),
        providers=_providers(file),
        resources=tuple(Resource(table.id, table.name, table.count) for table in file.resource),
        closures=tuple(
            Closure(*_days(table), tuple(table.hours or ()), table.provider, table.reason or "")
            for table in file.closure
        ),
        openings=tuple(
            Opening(*_days(table), tuple(table.hours), table.provider, table.reason or "")
            for table in file.opening
        ),
        faqs=tuple(Faq(table.question, table.answer) for table in file.faq),
        products=_products(file),
        policies=tuple(Faq(table.question, table.answer) for table in file.policy),
        support=SupportPolicy(**file.support.model_dump()),
    )


def _services(file: FileTable) -> tuple[Service, ...]:
    return tuple(
        Service(
            id=table.id,
            name=table.name,
            minutes=table.minutes,
            also=tuple(table.also),
            buffer_before=table.buffer_before,
            buffer_after=table.buffer_after,
            price=table.price,
            needs=tuple(table.needs),
        )
        for table in file.service
    )


def _products(file: FileTable) -> tuple[Product, ...]:
    return tuple(
        Product(
            id=table.id,
            name=table.name,
            price=table.price,
            also=tuple(table.also),
            category=table.category or "",
            stock=table.stock,
            note=table.note or "",
        )
        for table in file.product
    )


def _providers(file: FileTable) -> tuple[Provider, ...]:
    return tuple(
        Provider(table.id, table.name, tuple(table.services), _week(table.hours))
        for table in file.provider
    )


def _week(week: WeekTable) -> dict[int, tuple[LocalSpan, ...]]:
    hours = {number: tuple(getattr(week, day)) for number, day in enumerate(WEEKDAYS)}
    return {number: spans for number, spans in hours.items() if spans}


def _days(table: DatedTable) -> tuple[date, date]:
    first = table.date or table.first
    last = table.date or table.last
    if first is None or last is None:
        raise ValueError("a dated table without days")  # DatedTable.has_days lets none through
    return first, last
