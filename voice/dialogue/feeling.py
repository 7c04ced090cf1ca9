"""Half a sentence for what a caller has been through: once a call, never instead of an answer."""

from __future__ import annotations

from voice.dialogue.agenda import Agenda
from voice.dialogue.speaking import can_put_through, phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.view import View
from voice.understanding.acts import Reading

WORDS = {"hurt": "sorry_hurt", "joy": "glad_news", "wronged": "sorry_to_hear"}
LEAST_SURE = 0.5
"""Of an act in which somebody is upset."""


def felt(agenda: Agenda, reading: Reading, view: View) -> Agenda:
    """The agenda after sad news, or after words of anger, to which a person is offered as well."""
    if agenda.alarmed or reading.first("emergency") is not None:
        return agenda
    if reading.sad_news and agenda.mood not in ("grief", "hurt"):
        mood = "hurt" if reading.sad_news == "hurt" else "grief"
        told = Statement(words=phrase(f"sorry_{reading.sad_news}"), rank=Rank.ASIDE)
        return agenda.but(mood=mood).owing(told)
    if reading.feeling is not None and not agenda.mood:
        told = Statement(words=phrase(WORDS[reading.feeling]), rank=Rank.ASIDE)
        return agenda.but(mood=reading.feeling).owing(told)
    upset = reading.first("social:upset", "noise:abuse")
    if upset is None or upset.confidence < LEAST_SURE or agenda.mood:
        return agenda
    angry = agenda.but(mood="anger")
    if reading.first("affirm", "person", "social:bye") is not None:
        return angry  # who agrees, or is put through, wants no more words
    words = phrase("sorry_to_hear")
    if can_put_through(view):
        words = phrase("sorry_and_a_person")
    return angry.owing(Statement(words=words, rank=Rank.ASIDE))
