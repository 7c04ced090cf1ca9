"""What is told beside a wish: a reference read out, sad news, a visit that there is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.voice.understanding.marked import act, heard
from voice.understanding.relabelling.told import with_dates


@pytest.mark.parametrize(
    "said",
    [
        "{give:party A for alpha, Y} {give:party for yankee, J} {give:name juliet, four, C two}",
        "it's {give:other A alpha, Y yankee, J juliet, the number four, C charlie, the number two}",
        "{give:other A. Y. J. 4. C. 2.}",
        "{give:name alpha yankee juliet four Charlie two}",
        "{give:reference AYJ4C2}",
    ],
)
def test_a_reference_is_one_however_it_is_read_out(said: str) -> None:
    told = heard(said, asked="open").first("give:reference")
    assert told is not None
    assert told.value == "AYJ4C2"


@pytest.mark.parametrize(
    "said",
    [
        "{give:name Tulloch T U double L O C H}",
        "{give:phone 970 555 0114}",
        "{give:when at 4} {give:service for the blood test}",
    ],
)
def test_names_numbers_and_times_are_no_references(said: str) -> None:
    assert heard(said, asked="reference").first("give:reference") is None


@pytest.mark.parametrize(
    ("said", "news"),
    [
        ("he died on Sunday night", "death"),
        ("we had to have her put down", "death"),
        ("we lost me father last night", "death"),
        ("there's a funeral on the Tuesday", "mourning"),
        ("I'm after breaking me wrist", "hurt"),
        ("the battery died", None),
        ("it died on the highway", None),
        ("I lost my keys", None),
    ],
)
def test_sad_news_is_told_of_people_and_animals(said: str, news: str | None) -> None:
    assert heard(f"{{story {said}}}").sad_news == news


@pytest.mark.parametrize(
    ("said", "speaks"),
    [
        ("she's already on the books", True),
        ("he was to come in to the nurse", True),
        ("I don't want to book anything", True),
        ("the tires are like a year old", False),
        ("I'm already a customer", False),
        ("my mother is coming to town", False),
    ],
)
def test_a_visit_that_there_is_is_known_by_its_words(said: str, *, speaks: bool) -> None:
    assert heard(f"{{story {said}}}").speaks_of_visit is speaks


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("I can't make it", None),
        ("cancel it please", "cancel"),
        ("take me off the list", "cancel"),
        ("give it to somebody else", "cancel"),
    ],
)
def test_only_who_says_so_wants_it_cancelled(said: str, becomes: str | None) -> None:
    assert act(f"{{want:cancel {said}}}").value == becomes


@pytest.mark.parametrize("said", ["don't cancel it", "I'm not cancelling", "leave it as it is"])
def test_who_leaves_a_visit_as_it_is_does_not_cancel_it(said: str) -> None:
    assert heard(f"{{want:cancel {said}}}").keeps_visit


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I'm not booking anything, I'm complaining", False),
        ("I don't want a day right now", False),
        ("nothing, I want nothing booked", False),
        ("I don't want a time in the morning", True),
        ("I've no appointment yet, can I get one", True),
    ],
)
def test_a_visit_that_is_denied_is_none_that_is_wished_for(said: str, *, wanted: bool) -> None:
    assert heard(f"{{deny {said}}}").no_visit is not wanted


@pytest.mark.parametrize(
    ("said", "label", "when"),
    [
        ("no call no text nothing, I want somebody in the office to ring me about it after five",
         "want:message", "after five"),
        ("I want Priya to ring me herself not whoever's on the desk tomorrow morning",
         "want:message", "tomorrow morning"),
        ("can somebody ring me about my lesson on Friday", "want:message", None),
        ("there's no need for anybody to ring me", "story", None),
    ],
)  # fmt: skip
def test_a_ring_back_is_told_with_its_time(said: str, label: str, when: str | None) -> None:
    reading = heard(f"{{person {said}}}")
    told = reading.first("give:call_back")
    assert label in {each.label for each in reading.acts}
    assert (told.text if told else None) == when


def test_what_is_told_from_today_is_written_down_with_its_date() -> None:
    written = with_dates("he was late yesterday, and last Thursday too", date(2026, 12, 14))
    assert written == "he was late yesterday (Sun 13 Dec), and last Thursday (Thu 10 Dec) too"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("tell the manager my coat was lost and I want her to ring me", "my coat was lost"),
        ("tell the owner the floor was wet so please get somebody to call me", "the floor was wet"),
    ],
)
def test_a_message_ends_before_the_wish_to_be_rung(said: str, message: str) -> None:
    reading = heard(f"{{story {said}}}", asked="message")
    assert [each.text for each in reading.all("give:message")] == [message]
    assert any(each.rings for each in reading.all("want:message"))


def test_a_means_of_paying_is_no_order_asked_after() -> None:
    assert heard("{want:billing can I pay you with a cheque}").first("ask:policy") is not None
    assert heard("{want:billing can I pay my invoice by card}").first("want:billing") is not None


def test_where_somebody_lives_is_no_name() -> None:
    reading = heard("this is {give:name Walter Hale} out by {give:name Benson}")
    assert [each.value for each in reading.all("give:name")] == ["Walter Hale"]
