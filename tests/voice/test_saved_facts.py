"""Facts that a call left behind come back, whatever version of the program wrote them."""

from __future__ import annotations

from datetime import UTC, datetime

from voice.dialogue.agenda import Agenda, Outcome
from voice.dialogue.known import OfferedFact
from voice.dialogue.matters.booking import Booking
from voice.dialogue.statements import Statement
from voice.facts import Facts
from voice.journal.saved_facts import facts_from_json, facts_to_json

BEFORE_AGENDAS = {
    "agent": "booking",
    "intent": "book",
    "next_matters": [{"intent": "cancel", "words": "and cancel the other one"}],
    "service_id": "checkup",
    "guessed": "physio",
    "wanted": {"spans": [{"first": "2026-11-24", "last": "2026-11-24", "at": "10:00:00"}]},
    "chosen": "offer-1",
    "name": "Maria Lopez",
    "phone": "+12125550161",
    "asked": "open",
    "times_asked": {"open": 1},
    "tried": ["Maria/K7M2QX"],
    "booked_here": ["K7M2QX"],
    "verified": ["P4T9WZ"],
    "last_reply": "Is there anything else?",
}


def test_facts_come_back_as_they_were() -> None:
    start = datetime(2026, 11, 24, 15, tzinfo=UTC)
    agenda = Agenda(
        matters=(Booking(service_id="checkup", chosen="o1"),),
        asked="confirm",
        times_asked={"confirm": 1},
        owed=(Statement(words="We're open until five."),),
        name="Maria Lopez",
    )
    offer = OfferedFact(
        offer_id="o1", service_id="checkup", provider_id="ana", start=start, end=start
    )
    facts = Facts(agenda=agenda, offers=[offer], booked_here=["K7M2QX"])
    assert facts_from_json(facts_to_json(facts)) == facts


def test_what_became_of_acts_is_their_turns_and_not_the_calls() -> None:
    outcome = Outcome(label="affirm", words="yes", kind="done")
    saved = facts_to_json(Facts(agenda=Agenda(outcomes=(outcome,), name="Maria")))
    assert saved == {"agenda": {"name": "Maria"}}


def test_a_call_from_before_the_agenda_keeps_what_it_booked_and_whom_it_knows() -> None:
    facts = facts_from_json(BEFORE_AGENDAS)
    assert facts.booked_here == ["K7M2QX"]
    assert facts.verified == ["P4T9WZ"]
    assert facts.agenda == Agenda()


def test_an_agenda_that_is_no_longer_understood_begins_anew() -> None:
    later = {"matters": [{"kind": "insuring"}], "name": "Maria"}
    facts = facts_from_json({"agenda": later, "booked_here": ["K7M2QX"]})
    assert facts == Facts(booked_here=["K7M2QX"])
    assert facts_from_json({"agenda": {"asked": "shoe size"}}) == Facts()


def test_facts_that_cannot_be_read_at_all_are_a_fresh_calls() -> None:
    assert facts_from_json({"offers": "three", "booked_here": 7}) == Facts()
