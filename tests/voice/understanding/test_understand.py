"""One reading of whatever a caller may say: always there, always quick, sure when it should be."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.understanding.front_desk import THREE_OFFERS, desk, hear
from voice.understanding.details import read_details
from voice.understanding.reading import Question
from voice.understanding.understand import understand

WORDS = st.sampled_from(
    "yes no um the one two oh double five at dot my name is ana K 7 M for Bravo tomorrow three pm "
    "not with either anything later J a y . , ? 555-0142 @ +1 and it's O'Neill first May".split()
)
QUESTIONS = st.sampled_from([None, "date", "time", "name", "phone", "service", "confirm", "choose"])


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)),
    question=QUESTIONS,
)
def test_any_words_give_a_reading(text: str, question: Question | None) -> None:
    reading = understand(text, desk(question, THREE_OFFERS))

    assert 0.0 <= reading.confidence <= 1.0
    assert reading.route == (reading.routes[0] if reading.routes else None)
    assert reading.chosen is None or 0 <= reading.chosen < len(THREE_OFFERS)
    for when in (*reading.times, *reading.exclude):
        assert 0 <= when.span[0] < when.span[1] <= len(text)


@settings(max_examples=100, deadline=None)
@given(text=st.lists(WORDS, max_size=14).map(" ".join))
def test_names_and_numbers_lie_where_they_were_said(text: str) -> None:
    details = read_details(text, desk("name"))

    spans = [*details.name_spans, *([details.phone_span] if details.phone_span else [])]
    for start, end in spans:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("said", "question"),
    [("yes", "confirm"), ("the second one", "choose"), ("tomorrow at three", "date"),
     ("Maria Lopez", "name"), ("a haircut", "service"), ("212 555 0142", "phone"),
     ("no thanks", "confirm"), ("anything later?", "choose")],
)  # fmt: skip
def test_a_clear_answer_to_the_question_is_sure(said: str, question: Question) -> None:
    assert hear(said, question, THREE_OFFERS).confidence >= 0.9


def test_words_that_mean_nothing_here_are_not_sure() -> None:
    assert hear("asparagus seventeen purple").confidence < 0.7


def test_a_very_long_turn_is_read_in_part_and_quickly() -> None:
    rambling = "so I was thinking well you know my sister said that maybe " * 400
    understand("warm up", desk())
    began = time.perf_counter()

    reading = understand(f"I'd like a haircut. {rambling}", desk())

    assert reading.service == "cut"
    assert time.perf_counter() - began < 0.5


@pytest.mark.public_data
def test_people_on_public_data_are_understood_as_well_as_before() -> None:
    if "RINGBOOK_TEST_DATA" not in os.environ:
        pytest.skip("RINGBOOK_TEST_DATA names no data")
    from benchmarks import understanding as scores

    folder = Path(os.environ["RINGBOOK_TEST_DATA"])
    routes = scores.score_routes(scores.rows(folder, "triage_dev"))
    answers = scores.score_answers(scores.rows(folder, "affirm_deny_dev"))
    slots = scores.score_slots(scores.rows(folder, "slots_booking_dev"))
    names = scores.score_identity(scores.rows(folder, "evi_identity_dev"))

    for never_trained_on in ("SGD", "SMCalFlow"):
        assert routes[f"source {never_trained_on}"].value >= 0.92
    assert answers["all"].value >= 0.95
    assert slots["all"].f1 >= 0.93
    assert names["own, first try"].value >= 0.85
    assert names["others with one name alike refused"].value >= 0.98
