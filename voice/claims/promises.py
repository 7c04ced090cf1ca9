"""Promises that only a tool can keep: that a person comes on the line, that a message goes out."""

from __future__ import annotations

import re

_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nothing|none|nobody|cannot|unable|without|neither|nor)|n't)\b", re.I
)
_CONDITION = re.compile(r"\b(?:if|unless|whenever|once|in case)\b", re.I)
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
_WE = rf"(?:i|we|{_PERSON})"
_WILL = r"(?:'ve| have| has|'ll| will|'m| am| are| is)?(?: (?:just|also|already|going to|be))*"
_SENT = re.compile(
    rf"\b{_WE}{_WILL} (?:sent|send|sending|text(?:ed|ing)?|e-?mail(?:ed|ing)?|mail(?:ed|ing)|"
    r"messag(?:e|ed|ing)) (?:you|that|it|him|her|them|this|an?|the|out|over|your)\b|"
    rf"\b{_WE}{_WILL} (?:(?:call|ring|phone|remind|notify|contact)(?:ed|ing)? you|"
    r"(?:get|getting|got|come) back to you|(?:be|get|getting) in touch|reach(?:ing)? out|"
    r"(?:give|giving|drop|dropping|shoot|shooting) you an? (?:\w+ )?(?:call|ring|text|e-?mail|line|"
    r"message|reminder))\b|"
    rf"\b(?:i|we){_WILL} (?:let {_PERSON} know|(?:tell|told|inform|informed|notify|notified|ask|"
    rf"asked|remind|alert(?:ed)?|speak (?:to|with)|spoken (?:to|with)|spoke (?:to|with)) "
    rf"(?!you){_PERSON}|pass(?:ed)? (?:that|it|this|your \w+) (?:on|along)|"
    rf"(?:leave|left|flag|flagged|put in|submitted|filed) (?:{_PERSON} )?(?:an?|the|your) "
    r"(?:\w+ )?(?:note|message|request|word|ticket))\b|"
    r"\byou(?:'ll| will| should| can expect to|'re going to)? "
    r"(?:get|receive|have|hear|be getting|be hearing|expect)\b"
    r"(?=.*\b(?:text|e-?mail|message|sms|confirmation|reminder|call|from us|from "
    r"(?-i:[A-Z])|back)\b)|"
    r"\b(?:confirmation|reminder|text|e-?mail|message|invitation|invite|link)(?: \w+){0,3}? "
    r"(?:is|was|are|has|have|will|should|'s) .*\b(?:sent|way|out|phone|inbox|arrive|there|"
    r"coming|shortly|e-?mailed|texted)\b",
    re.I,
)
"""Messages that go out, or are promised: nothing here sends any."""


def promises_a_person(text: str) -> bool:
    """Whether it says that the call goes to a person, now."""
    promised = _TRANSFER.search(text) and not _TRANSFER_OFFERED.search(text)
    return bool(promised) and not _DENIED.search(text)


def promises_a_message(text: str) -> bool:
    """Whether it says that something was sent or told, or will be."""
    found = _SENT.search(text)
    if found is None or _DENIED.search(text):
        return False
    return not _CONDITION.search(text[: found.start()])
