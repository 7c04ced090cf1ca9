"""Names spelled aloud, as a poor recogniser writes their letters."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import NOW, act
from voice.understanding.hearing import Hearing
from voice.understanding.names.said_names import said_name
from voice.understanding.names.spelled_against import cut_like
from voice.understanding.read import read


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Megan Ivanov, M-E-G-A-N-I-V-A-N-O-V", "Megan Ivanov"),
        ("Anthony Clark, a NTHONYCLARKE.", "Anthony Clarke"),
        ("Hannah O'Brien, H-A-N-N-A-H-O-B-R-I-E-N", "Hannah O'Brien"),
        ("TomCon, T-O-M-K-H-A-N", "Tom Khan"),
        ("Andaclark, an NDRECLARKE.", "Andre Clarke"),
        ("James the 0th of enough. J-A-M-E-S-I-V-A-N-O-V.", "James Ivanov"),
        ("Clodoil, CHLOEDOYLE", "Chloe Doyle"),
        ("Itana O'Brien, H-A-N-N-A-H-O-B-R-I-E-N", "Hannah O'Brien"),
        ("Megan and I, M-E-G-A-N-N-G-U-Y-E-N", "Megan Nguyen"),
        ("Priya Silva, PRIYASILVA", "Priya Silva"),
    ],
)
def test_letters_run_together_are_parted_where_the_first_name_ends(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Sophie Wright, WRIGHT", "Sophie Wright"),
        ("Robert Brown Brown", "Robert Brown"),
        ("Sullivan S-U double L I-V-A-N", "Sullivan"),
        ("Daniel Obrion OB-R-I-E-N", "Daniel O'Brien"),
        ("Hannah Bennett-BEN and ETT", "Hannah Bennett"),
        ("Kevin Petrovap, ETR, Ovia", "Kevin Petrova"),
        ("Andor Petrova NDREP ETR OVA", "Andre Petrova"),
        ("Grant Ben at GRNTB ENNETT", "Grant Bennett"),
    ],
)
def test_letters_of_one_part_tell_of_that_part_alone(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ruth Lopez, R-U-T-H-L-O-P-E-C", "Ruth Lopez"),
        ("Elina Ross, E-L-E-M-A, R-O-S-S", "Elena Ross"),
        ("Mara Ross, M-I-R-A, R-O-S-S", "Mira Ross"),
        ("Megan Ivanov, M-E-G-A-N-I-V-A-N-O-F-E", "Megan Ivanov"),
        ("Megan Ivanov, M-E-G-A-N-I-V-A-N-O-R-V", "Megan Ivanov"),
        ("Nadia Kalski, NADIAKOWALMSKI", "Nadia Kowalski"),
        ("Meghan Ivanov, IZNOC", "Meghan Ivanov"),
        ("Kevin Conke HN", "Kevin Conke"),
        ("William had a WILILIMH-DD-D", "William"),
    ],
)
def test_letters_are_believed_only_as_far_as_they_can_be_of_the_name(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Megan Kanaka, M-E-G-A-M, P-A-M-A-K-A", "Megan Tanaka"),
        ("Dmitri Freebacker, B-M-I-T-R-I, B-E-C-K-E-R", "Dmitri Becker"),
        ("Tom Dubois, E-U-B-O-I-S", "Tom Dubois"),
        ("No, it's Clotenaca, Ch-L-O-E, T-A-N-A-K-A", "Chloe Tanaka"),
        ("Seem Mason, S-E-A-M-M-A-S-O-N", "Sean Mason"),
        ("No, it's a Shajanthan, A-I-S-H-A, J-O-H-N-S-O-N", "Aisha Johnson"),
        ("No, it's a Chajama, A-I-S-H-A, J-O-H-N-S-O-S", "Aisha Johnsos"),
        ("No, it's refrown. R-U-P-H-B-R-O-W-N.", "Ruth Brown"),
    ],
)
def test_letters_that_rhyme_are_those_of_a_common_name(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Tom Okonjo, T-O-M, O-K-O-N-J-O", "Tom Okonjo"),
        ("Hale Bodley, B-O-D-L-E-Y", "Hale Bodley"),
        ("No, it's Kenna Doles, K-E-N-N-A, D-O-L-E-S", "Kenna Doles"),
        ("Minger, M-I-N-G-E-R", "Minger"),
        ("Zeb Grober, Z E B G R O B E R", "Zeb Grober"),
        ("Jon Kham, K-H-A-M", "Jon Kham"),
        ("L-E-E-M-I-N-G", "Leeming"),
        ("it's Penn, P-E-N-N", "Penn"),
        ("Tom Tate, T-A-T-E", "Tom Tate"),
        ("Mattie Qualter, Q U A L T E R", "Mattie Qualter"),
    ],
)
def test_a_rare_name_that_agrees_with_its_letters_is_kept(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Meghan Ivanov, M-E-G-A-N", "Megan Ivanov"),
        ("Rachael Park, R A C H E L", "Rachel Park"),
        ("Brian Hall, B R Y A N", "Bryan Hall"),
        ("Ben Dole, D O Y L E", "Ben Doyle"),
        ("Maria Lopez, L O P E S", "Maria Lopes"),
        ("Johnson, J O H N S O N", "Johnson"),
        ("KAREN OKORO please", "Karen Okoro"),
        ("David SMITH", "David Smith"),
    ],
)
def test_what_is_plainly_spelled_wins_over_the_word(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Earth Samuel Ivanov.", "Samuel Ivanov"),
        ("Ur and Arocy.", "Arocy"),
        ("A Priyamuro.", "Priyamuro"),
        ("Or, Daniel Obrion OB-R-I-E-N.", "Daniel O'Brien"),
        ("I'm Sophie Wright, WRIGHT.", "Sophie Wright"),
    ],
)
def test_a_hesitation_written_as_a_word_is_no_part_of_the_name(said: str, name: str) -> None:
    reading = read(said, Hearing(now=NOW, asked="name", agent="What name should I put it under?"))

    assert [each.value for each in reading.all("give:name")] == [name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("No, it's Andr Becker, an NDR-E-B-E-C-K-E-R.", "Andre Becker"),
        ("No, it's Nadia Kalski, NADIA K-O-W. A-L-S-K-I.", "Nadia Kowalski"),
        ("No, it's in GridCon. I-N-G-R-I-D-K-H-A-N.", "Ingrid Khan"),
        ("I know it's Marcus Doyle, M-A-R-C-U-S-D-O-Y-L-E.", "Marcus Doyle"),
        ("Now it's Clodoil, CHLOEDOYLE.", "Chloe Doyle"),
    ],
)
def test_a_name_put_right_is_one_name_with_its_letters(said: str, name: str) -> None:
    agent = "That's your check-up on Tuesday, for Grant Ben. Shall I book it?"
    reading = read(said, Hearing(now=NOW, asked="confirm", agent=agent))

    assert [each.value for each in reading.all("give:name")] == [name]
    assert reading.first("deny") is not None


def test_a_name_of_digits_or_of_remarks_is_none() -> None:
    assert act("{give:name the 0th of}").value is None


def test_a_name_run_together_is_parted_like_the_one_known_before() -> None:
    assert cut_like(("Anthony", "Clark"), "Anthonyclarke") == ["Anthony", "Clarke"]
    assert cut_like(("Ben", "Dole"), "Pole") is None
