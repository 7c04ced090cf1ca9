"""Promises that only a tool can keep: that a person comes on the line, that a message goes out."""

from __future__ import annotations

import re

_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nothing|none|nobody|cannot|unable|without|neither|nor)|n't)\b", re.I
)
_PERSON = (
    r"(?:a person|a human|someone|somebody|(?:a|my|another|one of (?:my|our)) (?:colleagues?|"
    r"member of (?:the )?(?:staff|team))|the (?:\w+ )?(?:team|office|staff|doctor|dentist|nurse|"
    r"hygienist|manager|receptionist|reception|desk|clinic|practice)|(?:a|an|our) (?:\w+ )?"
    r"(?:agent|representative|receptionist|manager|operator|specialist)|reception|them|they|he|"
    r"she|him|her|(?-i:[A-Z][\w.]+)(?: (?-i:[A-Z]\w+))?)"
)
_TRANSFER = re.compile(
    r"\b(?:transfer(?:r?ing|red)?|connect(?:ing|ed)?|put(?:ting)?|pass(?:ing|ed)?|patch(?:ing|ed)?|"
    r"forward(?:ing|ed)?|switch(?:ing)?|redirect(?:ing|ed)?|rout(?:e|ing|ed)|"
    r"hand(?:ing|ed)?) (?:you|your call|this call|the call)\b|\bgetting (?:you )?(?:a person|"
    r"someone|somebody) (?:for you|on the line|now)\b|"
    rf"\b(?:get|getting|grab|fetch|find|bring|put|putting)(?:ing)? {_PERSON} "
    rf"(?:on the (?:line|phone)|for you|"
    rf"to (?:talk|speak))|\bwhile i (?:get|fetch|find|grab|reach|connect) {_PERSON}|"
    rf"\b{_PERSON}(?:'ll| will)? (?:will )?(?:be (?:right )?(?:with you|there)|"
    r"(?:is|are) (?:coming|picking up|joining))|\b(?:hold|stay on) the line\b|"
    rf"\bstay on the line\b|\byou(?:'re| are) (?:now )?being (?:transferred|connected|put)",
    re.I,
)
_TRANSFER_OFFERED = re.compile(
    r"\b(?:can|could|shall|should|would|may|if|want me|like me|happy to|able to|before|"
    r"put you down|put you in)\b",
    re.I,
)


def promises_a_person(text: str) -> bool:
    """Whether it says that the call goes to a person, now."""
    promised = _TRANSFER.search(text) and not _TRANSFER_OFFERED.search(text)
    return bool(promised) and not _DENIED.search(text)
