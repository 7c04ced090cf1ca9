"""Keys that a caller pressed answer what was asked; they are never a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller, booked, spoken
from voice.dialogue.agenda import Agenda
from voice.dialogue.known import BookingFact, OfferedFact
from voice.facts import Facts
from voice.keypad import keys_in_words

OFFER = {
    "service_id": "checkup",
    "provider_id": "ana",
    "start": "2026-11-24T14:00Z",
    "end": "2026-11-24T14:30Z",
}
OFFERS = [OfferedFact.model_validate({"offer_id": f"k{at}", **OFFER}) for at in range(3)]
FOUND = [BookingFact.model_validate({"reference": "K7M2QX", **OFFER})]


@pytest.mark.parametrize(
    ("facts", "pressed", "words"),
    [
        (Facts(agenda=Agenda(asked="choose"), offers=OFFERS), "2", "the second one"),
        (Facts(agenda=Agenda(asked="choose"), offers=OFFERS), "2#", "the second one"),
        (Facts(agenda=Agenda(asked="choose"), offers=OFFERS), "4", ""),
        (Facts(agenda=Agenda(asked="choose"), offers=OFFERS), "0", ""),
        (Facts(agenda=Agenda(asked="which_booking"), found=FOUND), "1", "the first one"),
        (Facts(agenda=Agenda(asked="phone")), "518", "my number is 518"),
        (Facts(agenda=Agenda(asked="confirm")), "5185550142", "my number is 5185550142"),
        (Facts(agenda=Agenda(asked="reference")), "234567", "reference 2 3 4 5 6 7"),
        (Facts(agenda=Agenda(asked="time")), "2", ""),
        (Facts(agenda=Agenda(asked="date")), "11", ""),
        (Facts(agenda=Agenda(asked="confirm")), "1", ""),
        (Facts(agenda=Agenda(asked="phone")), "*#", ""),
    ],
)
def test_keys_answer_what_was_asked(facts: Facts, pressed: str, words: str) -> None:
    assert keys_in_words(pressed, [pressed], facts) == words


def test_keys_among_words_are_put_into_words_in_their_place() -> None:
    facts = Facts(agenda=Agenda(asked="choose"), offers=OFFERS)
    assert keys_in_words("um, 2 please", ["2"], facts) == "um, the second one please"


async def test_a_key_chooses_an_offer_and_is_no_clock_time(
    caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    said = await caller.says("a check-up tomorrow afternoon")
    assert said.endswith("?")
    offers = await desk.offers(clinic.id, caller.call_id)
    assert len(offers) > 1
    chosen = spoken(await caller.hears(replace(caller.turn("2", number=2), keys=("2",))))
    caller.turns = 2
    assert "name" in chosen
    await caller.says("Maria Lopez")
    await caller.says("yes")
    zone = (await desk.business(clinic.id)).zone
    (kept,) = await booked(desk, clinic)
    assert f"{offers[1].start.astimezone(zone):%H:%M}" in kept


async def test_a_key_where_a_time_is_asked_for_is_no_answer(caller: Caller) -> None:
    asked = await caller.says("a check-up with Ana Ruiz please")
    assert asked.endswith("?")
    pressed = spoken(await caller.hears(replace(caller.turn("2", number=2), keys=("2",))))
    assert "2 PM" not in pressed
    assert "2:00" not in pressed
