"""`ringbook understand`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voice.understanding.lines import understand_lines

ASKED: dict[str, Any] = {
    "id": "a1",
    "text": "I'd like to come in tomorrow at three with Ana, my name is Maria Lopez",
    "now": "2019-03-01T08:00:00",
    "timezone": "America/New_York",
    "question": "date",
    "services": ["Haircut", {"id": "trim", "name": "Beard trim", "also": ["beard"]}],
    "providers": [{"id": "ana", "name": "Ana Ruiz"}, "Ben Okafor"],
}


def answers(*lines: object) -> list[dict[str, Any]]:
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(line) for line in understand_lines(written)]


def test_a_line_is_read_to_the_contract() -> None:
    (answer,) = answers(ASKED)

    assert list(answer) == [
        "id", "acts", "route", "routes", "answer", "chosen", "times", "exclude", "ambiguous",
        "name", "phone", "email", "service", "provider", "reference", "confidence",
    ]  # fmt: skip
    assert answer["id"] == "a1"
    assert (answer["name"], answer["provider"]) == ("Maria Lopez", "ana")
    (when,) = answer["times"]
    assert (when["kind"], when["value"]) == ("datetime", "2019-03-02T15:00")
    assert when["text"] in ASKED["text"]
    assert set(when) == {"kind", "value", "text", "candidates"}
    assert 0 < answer["confidence"] <= 1.0


def test_a_range_has_a_start_and_an_end() -> None:
    (answer,) = answers({**ASKED, "text": "on Friday after three"})

    assert answer["times"][0]["kind"] == "range"
    assert answer["times"][0]["start"].endswith("T15:00")


def test_services_and_providers_may_be_names_or_objects() -> None:
    by_name, by_also = answers(
        {**ASKED, "text": "a haircut with Ben"}, {**ASKED, "text": "do my beard"}
    )

    assert (by_name["service"], by_name["provider"]) == ("Haircut", "Ben Okafor")
    assert by_also["service"] == "trim"


def test_a_number_is_one_of_the_country_in_which_the_zone_lies() -> None:
    said = {**ASKED, "text": "oh seven nine one one, one two three, four five six"}
    london, nowhere = answers(
        {**said, "question": "phone", "timezone": "Europe/London"},
        {**said, "question": "phone", "timezone": "UTC"},
    )

    assert (london["phone"], nowhere["phone"]) == ("+447911123456", None)


def test_an_offer_is_chosen_by_its_index() -> None:
    offered = [
        {"start": "2019-03-05T14:00:00-05:00", "provider": "Ana Ruiz"},
        {"start": "2019-03-06T10:00", "provider": "Ben Okafor"},
    ]
    (answer,) = answers(
        {**ASKED, "text": "the later one", "question": "choose", "offered": offered}
    )

    assert (answer["answer"], answer["chosen"]) == ("choose", 1)


@pytest.mark.parametrize(
    ("line", "named", "about"),
    [
        ("{broken", None, "JSON"),
        ('["a list"]', None, "object"),
        ({"id": 7, "text": 5, "now": "2019-03-01T08:00:00"}, 7, "text"),
        ({"id": 8, "text": "hi"}, 8, "now"),
        ({**ASKED, "now": "yesterday"}, "a1", "now"),
        ({**ASKED, "question": "age"}, "a1", "question"),
        ({**ASKED, "timezone": "Mars/Olympus"}, "a1", "timezone"),
        ({**ASKED, "timezone": "../../etc/passwd"}, "a1", "timezone"),
        ({**ASKED, "offered": "three"}, "a1", "offered"),
        ({**ASKED, "offered": [{"start": "soon"}]}, "a1", "offered"),
        ({**ASKED, "services": [5]}, "a1", "services"),
        ({**ASKED, "providers": [{"id": "x", "name": 5}]}, "a1", "providers"),
    ],
)
def test_a_bad_line_is_answered_and_the_next_goes_on(
    line: object, named: object, about: str
) -> None:
    bad, good = answers(line, ASKED)

    assert set(bad) == {"id", "error"}
    assert bad["id"] == named
    assert about in bad["error"]
    assert good["id"] == "a1"


def test_blank_lines_are_passed_over() -> None:
    assert [answer["id"] for answer in answers("", ASKED, "\n")] == ["a1"]
