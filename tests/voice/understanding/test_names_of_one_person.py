"""A name said beside other people's."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import NOW
from voice.dialogue.customer_names import with_told
from voice.understanding.hearing import Hearing
from voice.understanding.names.said_names import said_name
from voice.understanding.read import read


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Saoirse Heneghan I'm her mam Niamh that's H E N E G H A N", "Saoirse Heneghan"),
        ("Saoirse Heneghan I'm Niamh", "Saoirse Heneghan"),
        ("Saoirse Heneghan not Heneghan Niamh", "Saoirse Heneghan"),
        ("Roy Ackroyd Mrs Whitfield's your lady", "Roy Ackroyd"),
        ("Roy Ackroyd not Whitfield at all", "Roy Ackroyd"),
        ("Jean Park not Parker", "Jean Park"),
    ],
)
def test_somebody_else_named_beside_is_no_part_of_the_name(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Rita, I'm Rita Moore", "Rita Moore"),
        ("Donald Farquharson, Farquharson's the surname", "Donald Farquharson"),
        ("Farquharson. Donald Farquharson. F-A-R-Q-U-H-A-R-S-O-N", "Donald Farquharson"),
        ("Kathryn Brennan Kathryn with a K", "Kathryn Brennan"),
        ("Mrs Whitfield", "Whitfield"),
        ("Mr Tom Reed", "Tom Reed"),
    ],
)
def test_a_name_said_twice_or_told_of_is_one(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("keelin c a o i l f h i o n n", "Caoilfhionn"),
        ("Neve N I A M H", "Niamh"),
        ("shah-vonn S H A V A U G H N", "Shavaughn"),
        ("Keeva C A O I M H E Brady", "Caoimhe Brady"),
        ("Priscilla Webb W E B B two B's dear", "Priscilla Webb"),
        ("Anne Philips one L one P in the middle", "Anne Philips"),
        ("Geoff Tebbutt T E B B U T T two B's and two T's", "Geoff Tebbutt"),
        ("X I O M A R A and then Quiñones hyphen Bright", "Xiomara Quiñones-Bright"),
        ("Priscilla and the surname Webb", "Priscilla Webb"),
        ("not Webb B just Webb", "Webb"),
    ],
)
def test_a_name_said_and_then_spelled_is_one(said: str, name: str) -> None:
    assert said_name(said) == name


@pytest.mark.parametrize(
    ("known", "said", "name"),
    [
        ("Caoilfhionn", "no keelin is just how you say it the surname is ní mhaoldomhnaigh n i "
         "then m h a o l d o m h n a i g h", "Caoilfhionn Ní Mhaoldomhnaigh"),
        ("Ní Mhaoldomhnaigh", "em yeah thats the surname and caoilfhionn is the first name you "
         "have that as well", "Caoilfhionn Ní Mhaoldomhnaigh"),
        ("Priscilla Webb B", "oh no not Webb B just Webb", "Priscilla Webb"),
        ("Amy Lindgren A", "not Lindgren A it's just Lindgren", "Amy Lindgren"),
        ("Priscilla", "Webb's my surname", "Priscilla Webb"),
        ("Robert", "Marsh, the surname is Marsh", "Robert Marsh"),
        ("Webb", "first name Priscilla", "Priscilla Webb"),
        ("Wojciech", "and surname Szczepanski", "Wojciech Szczepanski"),
        ("Tom Reed", "the surname is Reid R E I D", "Tom Reid"),
        ("Kevin Foley", "no no surname's Fowley F O W L E Y", "Kevin Fowley"),
        ("Anna van der Berg", "the first name's Hanna", "Hanna van der Berg"),
        ("Sean", "no Shaun S H A U N", "Shaun"),
        ("Grace", "no it's Grace Okoro", "Grace Okoro"),
    ],
)  # fmt: skip
def test_a_part_told_joins_the_others_or_takes_the_place_of_its_like(
    known: str, said: str, name: str
) -> None:
    agent = f"That's your check-up on Tuesday, for {known}. Shall I book it?"
    reading = read(said, Hearing(now=NOW, asked="confirm", agent=agent))
    for act in reading.all("give:name"):
        known = with_told(known, act, said)
    assert known == name


def test_a_letter_that_a_name_is_written_with_is_no_name() -> None:
    assert said_name("Jorge Vargas, Jorge with J and Vargas with a V") == "Jorge Vargas"
    assert said_name("Karin Wolf with a W and Karin with a K") == "Karin Wolf"
    assert said_name("s on the end") is None
