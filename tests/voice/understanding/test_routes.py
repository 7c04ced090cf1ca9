"""What callers of clinics, salons and garages are after, from short and long sentences."""

from __future__ import annotations

import pytest

from tests.voice.understanding.front_desk import hear
from voice.understanding import route_weights
from voice.understanding.reading import Route
from voice.understanding.route_weights import WeightsDamaged, load_weights

SAID: dict[Route, tuple[str, ...]] = {
    "book": (
        "I'd like a haircut tomorrow",
        "can I come in sometime on Friday",
        "do you have anything on Monday",
        "swedish massage tomorrow at three",
        "I need to get my teeth cleaned",
        "my tooth hurts, can I be seen",
        "hi, I was wondering if I could make an appointment", "is Ana free on Thursday",
        "any chance of squeezing me in today, I'm in agony",
    ),
    "reschedule": (
        "can I move my appointment", "I need to push my haircut back a week",
        "something came up, could we do Thursday instead of Tuesday for my check-up",
        "can we prepone it to Thursday", "could we swap it to the morning",
        "I can't make it tomorrow, is there something on Thursday",
        "put my appointment back by a week please",
    ),
    "cancel": (
        "I need to cancel",
        "please cancel my appointment for Friday",
        "I can't make it to my appointment",
        "I don't need my appointment any more, I'm feeling better",
        "take me off the list for Friday", "we're not going to be coming on Thursday after all",
    ),
    "lookup": (
        "when is my appointment",
        "do I have anything booked with you this week",
        "am I still down for Tuesday", "what time's my appointment tomorrow",
        "I can't remember if it's Wednesday or Thursday", "did my booking go through",
    ),
    "faq_hours": (
        "what are your hours",
        "are you open on Sunday",
        "how late are you there on Fridays",
    ),
    "faq_location": ("where are you", "what's your address", "how do I get to you",
                     "is there a bus that goes near you"),
    "faq_price": ("how much is a trim", "what do you charge for highlights",
                  "I just want to know what you charge"),
    "faq_other": ("do you take insurance", "where do I park", "can I bring my dog"),
    "human": (
        "speak to someone",
        "can I talk to a real person please",
        "put me through to the front desk",
    ),
    "refund": ("I want my money back", "when will my refund arrive"),
    "billing": ("I was charged twice", "there's a mistake on my bill"),
    "tech_support": ("the website won't load", "I forgot my password"),
    "order": ("I'd like to buy a gift card", "where is my order"),
    "greeting": ("hello", "good morning"),
    "goodbye": ("thanks bye", "that's all, have a nice day"),
    "affirm": ("yes please", "that's right"),
    "deny": ("no", "never mind", "no thanks"),
    "repeat": ("can you say that again", "sorry, what was that", "sorry what day was that",
               "come again love"),
    "out_of_scope": ("what's the weather like in Paris", "tell me a joke"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "route"), [(said, route) for route, lines in SAID.items() for said in lines]
)
def test_a_callers_wish_is_understood(said: str, route: Route) -> None:
    reading = hear(said)

    assert reading.route == route
    assert reading.routes[0] == reading.route


def test_two_wishes_in_one_sentence_are_both_heard() -> None:
    assert set(hear("cancel my appointment and tell me what your hours are").routes) == {
        "cancel",
        "faq_hours",
    }
    assert hear("yes, and where do I park?").routes == ("faq_other", "affirm")


def test_what_is_done_and_what_is_wanted_in_its_place_are_both_heard() -> None:
    heard = hear("I'd like to cancel tomorrow's appointment and get one for next Tuesday").routes
    assert set(heard) >= {"cancel", "book"}


def test_a_day_left_out_moves_no_appointment() -> None:
    assert hear("any day but Tuesday next week").route == "book"


def test_the_name_of_a_service_means_an_appointment() -> None:
    assert hear("highlights please").route == "book"


def test_a_guess_is_not_given_for_a_route() -> None:
    assert hear("asparagus", "date").route is None
    assert hear("").routes == ()


def test_details_alone_ask_for_nothing() -> None:
    assert hear("it's K 7 M 2 Q X").route is None
    assert hear("call me at 212 555 0142").route is None


def test_a_damaged_weights_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_weights.cache_clear()
    monkeypatch.setattr(route_weights, "SHA256", "0" * 64)  # the file itself must stay whole

    with pytest.raises(WeightsDamaged):
        load_weights()
    load_weights.cache_clear()


@pytest.mark.parametrize(
    ("said", "route"),
    [
        ("don't cancel it, I just want to know when my appointment is", "lookup"),
        ("no I don't want to cancel it any more, I want to move it", "reschedule"),
        ("can I move it instead of cancelling", "reschedule"),
        ("I'd rather move it than cancel", "reschedule"),
        ("I'm not calling to cancel, I'd like to reschedule", "reschedule"),
        ("no don't move it, cancel it", "cancel"),
        ("I don't want to book anything, do you do flu shots", "faq_other"),
        ("please don't cancel it", "deny"),
        ("hmm no don't move it then", "deny"),
        ("I can't make my appointment", "cancel"),
    ],
)
def test_what_is_not_wanted_is_no_wish(said: str, route: str) -> None:
    assert hear(said).route == route
