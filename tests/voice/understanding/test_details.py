"""Names, numbers, addresses, references, services and people, out of ordinary sentences."""

from __future__ import annotations

import pytest

from tests.voice.understanding.front_desk import PROVIDERS, SERVICES
from tests.voice.understanding.marked import act


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my name is maria lopez", "Maria Lopez"),
        ("hi this is Karen Smith calling about Tuesday", "Karen Smith"),
        ("it's Tom O'Neill", "Tom O'Neill"),
        ("put it under Ramona Reichenbach please", "Ramona Reichenbach"),
        ("first name Ana last name Ruiz", "Ana Ruiz"),
        ("Danyel Dubs here, I need to cancel", "Danyel Dubs"),
        ("Ribeiro is my surname", "Ribeiro"),
        ("my last name is Ruiz, R-U-I-Z", "Ruiz"),
    ],
)
def test_a_name_is_heard_wherever_it_is_introduced(said: str, name: str) -> None:
    assert act(f"{{give:name {said}}}").value == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ana", "Ana"), ("uh John Paul Jones please", "John Paul Jones"), ("DAVID", "David"),
        ("J A Y N E", "Jayne"), ("Will Smith", "Will Smith"), ("April", "April"),
        ("B for Bravo O B", "Bob"), ("sure, it's spelled R U I Z", "Ruiz"),
        ("Jayne J A Y N E Roberts", "Jayne Roberts"), ("Cathy with a K", "Kathy"),
        ("katy long", "Katy Long"), ("siobhan o brien", "Siobhan O'Brien"),
        ("Jean-Luc Picard", "Jean-Luc Picard"), ("mcclain", "McClain"),
    ],
)  # fmt: skip
def test_a_bare_name_answers_the_question_for_it(said: str, name: str) -> None:
    assert act(f"{{give:name {said}}}", asked="name").value == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Jayne Smythe, J A Y N E, S M Y T H E", "Jayne Smythe"),
        ("Tina Pryor, T E E N A, P R Y O R", "Teena Pryor"),
        ("J, A, Y, N, E", "Jayne"), ("J A Y N E, P R Y O R", "Jayne Pryor"),
        ("Jayne Smith J A Y N E S M Y T H E", "Jayne Smythe"),
        ("K E N space S H A W", "Ken Shaw"), ("K A R E N Okoro", "Karen Okoro"),
        ("Carter, C A R T E R, first name Ben, B E N", "Ben Carter"),
        ("Ian Holm, H O L M", "Ian Holm"), ("Eva Ng, N G", "Eva Ng"),
        ("it's Diaz D I A Z Rosa Diaz", "Rosa Diaz"),
    ],
)  # fmt: skip
def test_each_part_of_a_name_may_be_spelled(said: str, name: str) -> None:
    assert act(f"{{give:name {said}}}").value == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Marks with an X", "Marx"), ("Steven with a P H, Ward", "Stephen Ward"),
        ("Stephen with a P H, Ward", "Stephen Ward"), ("Ann with an E", "Anne"),
        ("Katherine with a K, last name Pryce", "Katherine Pryce"), ("Erica with a K", "Erika"),
        ("Sarah without an H, Jones", "Sara Jones"),
        ("John, no H, Price", "Jon Price"),
    ],
)  # fmt: skip
def test_a_letter_tells_how_the_name_before_it_is_written(said: str, name: str) -> None:
    assert act(f"{{give:name {said}}}").value == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Bond, James Bond", "James Bond"), ("Okoro. Grace Okoro", "Grace Okoro"),
        ("last name Smith first name John", "John Smith"),
        ("surname Patel, first name Priya", "Priya Patel"),
        ("Nguyen, first name Linh", "Linh Nguyen"), ("Linh, last name Nguyen", "Linh Nguyen"),
        ("the name's Okoro, Grace Okoro", "Grace Okoro"), ("Okoro Grace Okoro", "Grace Okoro"),
        ("this is Dave from the garage, Dave Miller", "Dave Miller"),
        ("it's for the missus Jean Parker", "Jean Parker"), ("Dr Lucy Ahn", "Lucy Ahn"),
        ("it's under my maiden name which is Farrell", "Farrell"),
        ("it's not Stephen it's Steven with a V, Steven Marsh", "Steven Marsh"),
        ("Joe Friday", "Joe Friday"), ("it's Tessa Monday", "Tessa Monday"),
    ],
)  # fmt: skip
def test_both_parts_of_a_name_are_taken_in_whatever_order(said: str, name: str) -> None:
    assert act(f"{{give:name {said}}}").value == name


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("my number is two one two five five five oh one four two", "+12125550142"),
        ("212 555 0142", "+12125550142"),
        ("it's two one two, triple five, zero one four two", "+12125550142"),
        ("call me at (212) 555-0142 after five", "+12125550142"),
        ("five one eight double five five twenty three forty two", "+15185552342"),
        ("one eight hundred five five five two three four five", "+18005552345"),
        ("plus four four twenty seven nine four six oh nine five eight two oh", None),
        ("plus four four two oh seven nine four six oh nine five eight", "+442079460958"),
    ],
)
def test_a_number_is_heard_in_groups_words_and_digits(said: str, number: str | None) -> None:
    assert act(f"{{give:phone {said}}}").value == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("five one eight five five five no sorry four four five oh one one two", "+15184450112"),
        ("518 555 0142, sorry, 0143", "+15185550143"),
        ("five one nine, no wait, five one eight, five five five oh one one two", "+15185550112"),
        ("my number is 5185550112, no sorry it's 5185550113", "+15185550113"),
    ],
)
def test_digits_taken_back_give_way_to_those_after_them(said: str, number: str) -> None:
    assert act(f"{{give:phone {said}}}").value == number


def test_a_zero_in_front_makes_no_number_of_ours() -> None:
    assert act("{give:phone oh two one two five five five oh one four two}").value is None


def test_a_number_is_read_by_the_customs_of_the_country() -> None:
    said = "{give:phone oh two oh seven nine four six oh nine five eight}"

    assert act(said, country="GB").value == "+442079460958"


@pytest.mark.parametrize(
    ("said", "digits"),
    [("two one two five five", "21255"), ("it's 555 0142", "5550142"), ("double five two", "552")],
)
def test_an_unfinished_number_is_known_to_be_unfinished(said: str, digits: str) -> None:
    number = act(f"{{give:phone {said}}}")

    assert (number.value, number.digits) == (None, digits)


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("j dot smith at gmail dot com", "j.smith@gmail.com"),
        ("it's maria underscore lopez ninety nine at outlook dot com", "maria_lopez99@outlook.com"),
        ("send it to Ana.Ruiz@example.co.uk please", "ana.ruiz@example.co.uk"),
        ("my email is bob at my firm dot co dot uk", "bob@myfirm.co.uk"),
        ("it's all lower case d jones forty two at yahoo dot com", "djones42@yahoo.com"),
        ("my email is jane doe all one word at yahoo dot com", "janedoe@yahoo.com"),
        ("my email's b o b hyphen ross at icloud dot com", "bob-ross@icloud.com"),
    ],
)
def test_an_address_is_heard_as_it_is_said(said: str, address: str) -> None:
    assert act(f"{{give:email {said}}}").value == address


@pytest.mark.parametrize(
    ("said", "reference"),
    [
        ("my reference is K7M2QX", "K7M2QX"),
        ("M J A", "MJA"),
        ("k 7 m 2 q x", "K7M2QX"),
        ("it's kilo seven mike two quebec x-ray", "K7M2QX"),
        ("K for kilo seven M for mother two Q X", "K7M2QX"),
        ("K7M-2QX is the confirmation", "K7M2QX"),
        ("p for papa m for mike four two x ray nine", "PM42X9"),
    ],
)
def test_a_reference_is_heard_typed_or_spelled(said: str, reference: str) -> None:
    assert act(f"{{give:reference {said}}}").value == reference


@pytest.mark.parametrize(
    ("said", "service"),
    [
        ("I'd like a hair cut", "cut"), ("just a trim please", "cut"), ("a check up", "check"),
        ("I need to get my teeth cleaned", "clean"), ("hilights", "colour"),
        ("swedish massage tomorrow", "swedish"), ("a massage please", None),
        ("let me check", None), ("I need to change my number", None), ("haircuts", "cut"),
    ],
)  # fmt: skip
def test_a_service_is_known_by_what_callers_call_it(said: str, service: str | None) -> None:
    assert act(f"{{give:service {said}}}", services=SERVICES).value == service


@pytest.mark.parametrize(
    ("said", "provider"),
    [
        ("with Ana please", "ana"),
        ("Doctor Okafor", "ben"),
        ("I want to see doctor ockafor", "ben"),
        ("anyone is fine", "any"), ("I don't mind who", "any"), ("with Ben or Ana", None),
        ("any dentist", "any"),
        ("is May working that day, I'd like to see May", "may"),
    ],
)  # fmt: skip
def test_a_person_is_known_by_part_of_the_name(said: str, provider: str | None) -> None:
    assert act(f"{{give:provider {said}}}", providers=PROVIDERS).value == provider


@pytest.mark.parametrize(
    ("before", "said", "number"),
    [
        ("201550413", "five five five", "+12015550413"),
        ("201550413", "the middle is 555", "+12015550413"),
        ("201555043", "201-55-0413", "+12015550413"),
        ("2015550892", "2, 0, 1, 5, 5, 5, 0, 8, 9, 2, 2", "+12015550892"),
        ("201550892", "2, 0, 1, 5, 5, 5, 0, 8, 9, 2, 2", None),
        ("201550413", "201-55-0413", None),
        ("201550413", "0413", None),
        ("201550413", "201 555 0413", "+12015550413"),
    ],
)
def test_two_hearings_of_one_number_make_it_whole(
    before: str, said: str, number: str | None
) -> None:
    assert act(f"{{give:phone {said}}}", digits=before).value == number


def test_what_was_heard_of_a_number_is_kept_when_the_same_is_heard_again() -> None:
    again = act("{give:phone 201-55-0413}", digits="201550413")

    assert again.digits == "201550413"


@pytest.mark.parametrize(
    ("before", "said"),
    [("074012309", "0, 7, 4, 0, 0."), ("0771234567", "7 7 1"), ("20155504", "201")],
)
def test_a_number_told_from_its_beginning_again_begins_anew(before: str, said: str) -> None:
    again = act(f"{{give:phone {said}}}", country="GB", digits=before)

    assert (again.value, again.digits) == (None, "".join(filter(str.isdigit, said)))


def test_more_digits_than_were_heard_before_are_no_end_of_them() -> None:
    assert act("{give:phone 0, 1, double 5, 5, 0, 6, 1, 5}", digits="5550615").value is None


def test_a_whole_number_that_nobody_may_have_counts_when_it_is_said_twice() -> None:
    first = act("{give:phone 07700 900123}", country="GB")
    second = act("{give:phone 07700 900123}", country="GB", digits=first.digits)

    assert (first.value, second.value) == (None, "+447700900123")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("R201, W55-0-0-6-0.", "+12015550060"),
        ("M201, W5501.62", "+12015550162"),
        ("201, double-er, 5, 5, 0, 7, 7, 4", "+12015550774"),
        ("M-OK of 201 5, W-5, 0, 0, 8, 8.", "+12015550088"),
    ],
)
def test_a_double_digit_is_heard_however_it_is_written(said: str, number: str) -> None:
    assert act(f"{{give:phone {said}}}").value == number
