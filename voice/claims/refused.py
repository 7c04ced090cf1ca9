"""What is not ours to say in any call, whatever is known: advice on health, safety and the law,
that we are a person, and requests for what no matter needs."""

from __future__ import annotations

import re

from voice.claims.wording import Wording
from voice.claims.words import Clause, Stretch

_SAYS = Wording("refused")
_ADVICE = _SAYS.pattern("advice")
_MEDICINE = _SAYS.pattern("medicine")
_TO_THE_DOCTORS = _SAYS.pattern("to_the_doctors")
_OURSELVES = _SAYS.pattern("ourselves")
_UNSURE = _SAYS.words("unsure")
_IS_A_PERSON = _SAYS.pattern("is_a_person")
_SECRETS = _SAYS.pattern("secrets")
_REQUEST = _SAYS.pattern("request")
_NOT_ASKED = _SAYS.pattern("not_asked")


def advises(clause: Clause) -> bool:
    """Whether it tells what is safe, what somebody has, or what to do about it."""
    return not clause.asks and any(_advises(told) for told in clause.stretches)


def claims_to_be_a_person(clause: Clause) -> bool:
    """Whether it says that no machine is speaking."""
    return not clause.asks and any(_IS_A_PERSON.search(told.text) for told in clause.stretches)


def asks_for_a_secret(clause: Clause) -> bool:
    """Whether it wants a card number, a password or a date of birth."""
    if not _SECRETS.search(clause.text) or _NOT_ASKED.search(clause.text):
        return False
    return clause.asks or bool(_REQUEST.search(clause.text))


def _advises(told: Stretch) -> bool:
    text = told.plain.text
    if _TO_THE_DOCTORS.search(text) or "hope" in told.words:
        return False
    unable = _OURSELVES.search(text) and not _UNSURE.isdisjoint(told.words)
    if unable:
        return False
    return bool(_ADVICE.search(text) or (_MEDICINE.search(text) and not _repeats(text)))


def _repeats(text: str) -> bool:
    return re.search(r"\byou (?:said|mentioned|are taking|take|asked|told)\b", text) is not None
