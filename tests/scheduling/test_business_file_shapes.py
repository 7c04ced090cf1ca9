"""Business files of any shape are taken or refused, never tripped over."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.business_file import parse_business
from scheduling.errors import BusinessFileError, FileProblem
from tests.scheduling.shop import SHOP_TOML


@pytest.mark.parametrize(
    "text", ["", "business = 3", "[[business]]\n", "[business]\n", "service = 1"]
)
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BusinessFileError):
        parse_business(text, "shop.toml")


def problems_of(text: str) -> tuple[FileProblem, ...]:
    try:
        parse_business(text, "shop.toml")
    except BusinessFileError as wrong:
        return wrong.problems
    return ()


def toml(value: object) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {toml(each)}" for key, each in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return value.isoformat() if isinstance(value, date | time) else json.dumps(value)


def places(value: object, path: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    yield path
    inside = value.items() if isinstance(value, dict) else ()
    for step, each in enumerate(value) if isinstance(value, list) else inside:
        yield from places(each, (*path, step))


ANYTHING = st.recursive(
    st.integers(-(10**6), 10**6)
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.times()
    | st.sampled_from(["", " ", "09:00-17:00", "45.00", "+12125550100", "ana", "2026-12-24", "é"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "mon", "any", "a.b", ""]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_whatever_is_written_somewhere_the_file_is_taken_or_refused(data: st.DataObject) -> None:
    shop = tomllib.loads(SHOP_TOML)
    path = data.draw(st.sampled_from([place for place in places(shop) if place]))
    inside: Any = shop
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = data.draw(ANYTHING)
    text = "\n".join(f"{key} = {toml(value)}" for key, value in shop.items())
    keys = [problem.key for problem in problems_of(text)]
    assert "" not in keys
