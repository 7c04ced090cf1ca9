"""What is said of one of several visits: where it lies, and whether it is one at all."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import heard
from voice.understanding.hearing import Visit
from voice.understanding.reading import Named

SALON = (
    Named("cut", ("Cut and blow dry", "haircut", "cut")),
    Named("mens", ("Men's cut", "men's haircut")),
    Named("kids", ("Children's cut", "child's haircut")),
    Named("brows", ("Brow shape", "eyebrows")),
)
TWO = (Visit("cut"), Visit("brows"))


@pytest.mark.parametrize(
    "asked",
    [
        "can't she do it right after the cut",
        "could she be done straight afterwards",
        "can you not fit me in directly after",
        "could they be done back to back",
        "is there nothing straight after",
        "i said right after the cut, didn't i",
    ],
)
def test_a_visit_asked_for_right_after_another_is_wished_for_then(asked: str) -> None:
    act = heard(f"{{ask:policy {asked}}}", services=SALON, visits=TWO).acts[0]
    assert (act.label, act.beside, act.order) == ("give:when", True, None)


@pytest.mark.parametrize(
    "asked",
    [
        "can she have a bath right after the cut",
        "can i come straight after work",
        "will it be sore right after",
        "can she eat right after the cut",
        "can he have his dinner straight afterwards",
        "can i wash it right after the cut",
    ],
)
def test_what_somebody_may_do_behind_a_visit_is_a_question(asked: str) -> None:
    act = heard(f"{{ask:policy {asked}}}", services=SALON, visits=TWO).acts[0]
    assert act.label == "ask:policy"


def test_with_no_visit_in_hand_nothing_lies_beside_one() -> None:
    act = heard("{ask:policy can't she do it right after the cut}", services=SALON).acts[0]
    assert act.label == "ask:policy"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("i need {give:service a haircut} {give:when saturday}, {give:service a men's cut}",
         ["mens"]),
        ("{give:service a men's cut}, {give:service just a quick haircut}", ["mens"]),
        ("{give:service a haircut}, {give:service a men's haircut} i mean", ["mens"]),
        ("{give:service a haircut} and {give:service a men's cut}", ["cut", "mens"]),
        ("{give:service a haircut} {give:party for me}, {give:service a men's cut}",
         ["cut", "mens"]),
        ("{give:service a haircut} {give:when saturday}, {give:service a men's cut} "
         "{give:when monday}", ["cut", "mens"]),
        ("{give:service a haircut}, {give:service the eyebrows}", ["cut", "brows"]),
        ("{give:service a haircut}, {give:service a men's cut} and {give:service the eyebrows}",
         ["cut", "mens", "brows"]),
    ],
)  # fmt: skip
def test_a_general_word_beside_the_name_of_a_service_is_no_second_one(
    said: str, named: list[str]
) -> None:
    reading = heard(said, services=SALON)
    assert [act.value for act in reading.all("give:service")] == named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("{give:service his haircut}", []),
        ("{give:service the cut}", []),
        ("{give:service a haircut}", ["cut"]),
        ("and {give:service a haircut too}", ["cut"]),
        ("{give:service the eyebrows}", ["brows"]),
    ],
)
def test_a_general_word_that_points_at_what_is_wanted_names_that(
    said: str, named: list[str]
) -> None:
    reading = heard(said, services=SALON, visits=(Visit("kids"),))
    assert [act.value for act in reading.all("give:service")] == named


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("{ask:price is eleven not free}", "ask:times"),
        ("{ask:price is ana free at eleven}", "ask:person"),
        ("{ask:policy would one o'clock do}", "give:when"),
        ("{ask:price a quarter to one}, would that be", "give:when"),
        ("{ask:price is the first cut free}", "ask:price"),
        ("{ask:price is parking free on saturday}", "ask:price"),
        ("{ask:policy would it be done by one}", "ask:policy"),
        ("{ask:policy do you close at five}", "ask:policy"),
    ],
)
def test_an_hour_put_as_a_question_is_wished_for(said: str, label: str) -> None:
    assert heard(said, services=SALON, visits=TWO).acts[0].label == label


@pytest.mark.parametrize(
    ("said", "at_once"),
    [
        ("while he is getting his haircut", True),
        ("mine while my husband is having his", True),
        ("both at the same time", True),
        ("can i wait while he's having his haircut", False),
        ("i'll do some shopping while she is getting hers", False),
    ],
)
def test_what_lies_in_the_time_of_another_visit_is_at_the_same_time(
    said: str, *, at_once: bool
) -> None:
    assert heard(said, services=SALON).at_once == at_once
