"""A business asked for its people and services, and kept as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.business import Business, Closure, LocalSpan, Opening, Provider, Service
from scheduling.errors import UnknownProvider, UnknownService
from scheduling.policy import BookingPolicy
from tests.clinic import clinic, garage, salon


def test_unknown_ids_are_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownService) as service:
        salon().service("massage")
    assert service.value.candidates == ("Haircut", "Hair colour")
    with pytest.raises(UnknownProvider) as provider:
        salon().performer("colour", "joe")
    assert provider.value.candidates == ("Ana Silva",)
    with pytest.raises(UnknownService):
        salon().performers("massage")


def test_those_who_perform_a_service_come_in_the_order_of_the_file() -> None:
    assert [who.id for who in salon().performers("haircut")] == ["ana", "joe"]


def test_the_hours_of_a_business_are_those_of_anybody_there() -> None:
    assert garage().weekly_hours() == {
        0: (LocalSpan(7 * 60 + 30, 17 * 60),),
        1: (LocalSpan(7 * 60 + 30, 12 * 60), LocalSpan(12 * 60 + 30, 16 * 60)),
        4: (LocalSpan(20 * 60, 27 * 60),),
        5: (LocalSpan(20 * 60, 24 * 60),),
    }


def test_every_provider_and_every_unit_of_a_resource_has_a_key_of_its_own() -> None:
    assert garage().unit_keys() == (
        "provider:sam",
        "provider:lee",
        "resource:lift:1",
        "resource:lift:2",
    )


@pytest.mark.parametrize("business", [clinic(), salon(), garage()], ids=lambda each: each.slug)
def test_a_business_comes_back_from_json_as_it_was(business: Business) -> None:
    assert Business.from_document(json.loads(json.dumps(business.to_document()))) == business


spans = st.builds(LocalSpan, st.integers(0, 1439), st.integers(1440, 2879))
days = st.dates()
hours = st.lists(spans, max_size=3).map(tuple)
businesses = st.builds(
    replace,
    st.just(garage()),
    name=st.text(),
    notice=st.text(),
    subdivision=st.none() | st.text(),
    booking=st.builds(
        BookingPolicy,
        holidays=st.sampled_from(["open", "closed", (), ("Easter Monday",), ("open",)]),
    ),
    services=st.lists(
        st.builds(
            Service,
            id=st.text(),
            name=st.text(),
            minutes=st.integers(1, 1440),
            price=st.none() | st.decimals(0, 10**9, places=2),
            also=st.lists(st.text(), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    providers=st.lists(
        st.builds(
            Provider,
            st.text(),
            st.text(),
            st.just(("haircut",)),
            st.dictionaries(st.integers(0, 6), hours),
        ),
        max_size=2,
    ).map(tuple),
    closures=st.lists(st.builds(Closure, days, days, hours, st.none() | st.text())).map(tuple),
    openings=st.lists(st.builds(Opening, days, days, hours)).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(businesses)
def test_any_business_comes_back_from_json_as_it_was(business: Business) -> None:
    assert Business.from_document(json.loads(json.dumps(business.to_document()))) == business
