"""What is told beside a wish: a reference read out, sad news, a visit that there is."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import act, heard


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
        ("don't cancel it", None),
    ],
)
def test_only_who_says_so_wants_it_cancelled(said: str, becomes: str | None) -> None:
    assert act(f"{{want:cancel {said}}}").value == becomes
