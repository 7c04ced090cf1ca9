"""What must not be said whatever is known: advice on health, safety and the law, that we are a
person, requests for what no matter needs; and promises that only a tool can keep: that a person
comes on the line, that a message goes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.claims.acts import PERSONS
from voice.claims.words import ADVERBS, Clause, Stretch, Wording

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
_PROMISING = Wording("promises")
_DENIED = _PROMISING.pattern("denied")
_TRANSFER = _PROMISING.pattern("transfer")
_TRANSFER_OFFERED = _PROMISING.pattern("transfer_offered")
_WE_CAN = _PROMISING.words("we_can")
"""Deeds of ours that may be announced: those of the tools, and those of talk."""
_NOT_SO = _PROMISING.pattern("not_so")
"""What those deeds come to with other words after them: "keep it for you", "give you a call"."""
_COMMITS = _PROMISING.pattern("commits")
_OPENING = _PROMISING.pattern("opening")
_TOLD_THEM = _PROMISING.pattern("told_them")
_WILL_HEAR = _PROMISING.pattern("will_hear")
_CONTACTS = _PROMISING.words("contacts")
_SAYS_NOT = frozenset(("cannot", "not"))
_PERSONS_MAY = _PROMISING.words("persons_may")


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


def promises_a_person(clause: Clause) -> bool:
    """Whether it says that the call goes to a person, now."""
    text = clause.text
    promised = _TRANSFER.search(text) and not _TRANSFER_OFFERED.search(text)
    return bool(promised) and not clause.asks and not _DENIED.search(text)


def promises_a_deed(clause: Clause, people: Sequence[str]) -> bool:
    """Whether it promises what no tool does: "I'll keep it for you", "somebody will ring you"."""
    return not clause.asks and any(_promised(told, people) for told in clause.stretches)


def _promised(told: Stretch, people: Sequence[str]) -> bool:
    words = [word for word in told.words if word not in ADVERBS - {"ahead"}]
    said, persons = " ".join(words), "|".join((PERSONS, *people))
    if (found := _COMMITS.search(said)) is not None:
        deed = _OPENING.sub("", found[1])
        verb = deed.split(" ", 1)[0]
        plain = verb in _WE_CAN and not _NOT_SO.match(deed)
        if re.match(rf"(?:ask|tell|(?:speak|talk) (?:to|with)|let) (?:{persons})\b", deed):
            return True
        if verb and verb != "not" and not plain and not re.match(r"(?:see|meet|be seeing)\b", deed):
            return True
    if _TOLD_THEM.search(said) or _WILL_HEAR.search(said):
        return True
    found = re.search(rf"\b(?:{persons}) (?:will|is going to|are going to) (\w+)", said)
    if found is not None and not _SAYS_NOT.isdisjoint(said[: found.start()].split()):
        return False  # "I can't say when somebody will look"
    if found is not None and found[0].startswith(("he ", "she ", "they ")):
        return found[1] in _CONTACTS  # of the caller's own dog, perhaps
    gets_along = re.search(r"\bget (?:along|on)\b", said)
    return found is not None and found[1] not in _PERSONS_MAY and not gets_along
