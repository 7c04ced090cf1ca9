"""Who calls: names as people have them, and numbers that could exist in the business's country."""

from __future__ import annotations

from random import Random

import phonenumbers

FIRST = (
    "Maria", "James", "Aisha", "Tom", "Grace", "Daniel", "Priya", "Robert", "Elena", "Samuel",
    "Fatima", "Oliver", "Hannah", "Marcus", "Ingrid", "Patrick", "Yuki", "Carlos", "Nadia",
    "William", "Chloe", "Dmitri", "Ruth", "Anthony", "Leila", "Kevin", "Sophie", "Andre", "Megan",
    "Hugo",
)  # fmt: skip
LAST = (
    "Lopez", "Bennett", "Khan", "Sullivan", "Okafor", "Schmidt", "Patel", "Johnson", "Petrova",
    "Nguyen", "Rossi", "Kowalski", "Brown", "Fernandez", "Larsen", "O'Brien", "Tanaka", "Silva",
    "Haddad", "Clarke", "Dubois", "Ivanov", "Goldberg", "Murphy", "Castillo", "Wright", "Becker",
    "Moreau", "Doyle", "Hughes",
)  # fmt: skip
MISHEARD = {
    "Maria": "Mario", "James": "Jane", "Aisha": "Asia", "Tom": "Tim", "Grace": "Grant",
    "Daniel": "Danielle", "Priya": "Freya", "Robert": "Rupert", "Elena": "Helena",
    "Samuel": "Manuel", "Oliver": "Olivia", "Hannah": "Anna", "Marcus": "Mark", "Patrick": "Rick",
    "Carlos": "Carla", "Nadia": "Nadine", "Chloe": "Zoe", "Ruth": "Rose", "Kevin": "Calvin",
    "Sophie": "Sophia", "Andre": "Andrew", "Megan": "Morgan", "Hugo": "Hugh",
}  # fmt: skip
"""First names, and what a recogniser makes of them on a bad line."""


def draw_name(random: Random, taken: frozenset[str] = frozenset()) -> str:
    """First and last name, neither of them among the taken words."""
    first = random.choice([name for name in FIRST if name not in taken])
    last = random.choice([name for name in LAST if name not in taken])
    return f"{first} {last}"


def same_name(name: str, other: str) -> bool:
    """Letter by letter; capitals and apostrophes are nobody's to say."""
    plain, other_plain = (each.casefold().replace("'", "") for each in (name, other))
    return plain == other_plain


def draw_phone(country: str, random: Random) -> str:
    """E.164, valid in the country."""
    kind = phonenumbers.PhoneNumberType.MOBILE
    example = phonenumbers.example_number_for_type(country, kind)
    assert example is not None
    digits = str(example.national_number)
    for _ in range(50):
        ending = f"{random.randrange(1000):03d}"
        number = phonenumbers.PhoneNumber(
            country_code=example.country_code,
            national_number=int(digits[:-3] + ending),
        )
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
