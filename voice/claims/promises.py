"""Promises that only a tool can keep: that a person comes on the line, that a message goes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.claims.acts import PERSONS
from voice.claims.wording import Wording
from voice.claims.words import ADVERBS, Clause, Stretch

_SAYS = Wording("promises")
_DENIED = _SAYS.pattern("denied")
_TRANSFER = _SAYS.pattern("transfer")
_TRANSFER_OFFERED = _SAYS.pattern("transfer_offered")
_WE_CAN = _SAYS.words("we_can")
"""Deeds of ours that may be announced: those of the tools, and those of talk."""
_NOT_SO = _SAYS.pattern("not_so")
"""What those deeds come to with other words after them: "keep it for you", "give you a call"."""
_COMMITS = _SAYS.pattern("commits")
_OPENING = _SAYS.pattern("opening")
_TOLD_THEM = _SAYS.pattern("told_them")
_WILL_HEAR = _SAYS.pattern("will_hear")
_CONTACTS = _SAYS.words("contacts")
_SAYS_NOT = frozenset(("cannot", "not"))
_PERSONS_MAY = _SAYS.words("persons_may")


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
