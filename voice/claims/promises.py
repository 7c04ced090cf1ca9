"""Promises that only a tool can keep: that a person comes on the line, that a message goes out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice.claims.telling import ADVERBS, Told, tellings

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
_WE_CAN = frozenset(
    """look check see find search try help book move reschedule cancel change take go need ask
    repeat explain answer tell say show read speak wait listen start begin pull bring use want
    do be have put give get add make choose pick offer suggest go-ahead understand assume
    double-check verify reserve schedule confirm spell hear stay slow keep let transfer connect
    fix arrange set""".split()
)
"""Deeds of ours that may be announced: those of the tools, and those of talk."""
_NOT_SO = re.compile(
    r"^(?:(?:keep|have|hold|set|put|save) (?!(?:you|your|a look|looking|trying|going|in mind|"
    r"searching|checking|it in mind|another)\b)|make (?:sure|certain) "
    r"(?!(?:i|you|we|to|it|that)\b)|let (?!(?:you|me|us)\b)|be (?:in touch|back|there|calling|"
    r"sending|with you|keeping|holding)|get (?:back|in touch|\w+ to (?:call|ring|contact)|on to)|"
    r"(?:give|make|take|do|add|tell|ask|speak|bring|show|say|call|use|need) "
    r"(?:(?:you )?an? (?:call|ring|note|message|bell|copy|buzz|shout|line)|"
    r"(?!(?:you|me|us|your|it|that|this|some|the|a|to|with|for|in|up|one|any|so|what|by|look)\b)"
    r"\w+ (?:that|to|about|you|know)))"
)
"""What those deeds come to with other words after them: "keep it for you", "give you a call"."""
_COMMITS = re.compile(
    r"\b(?:i|we) (?:will|shall|am going to|are going to|am about to) ((?:\w|-|').*)"
)
_OPENING = re.compile(
    r"^(?:be |glad |happy |able |to |go ahead and |ahead and |right |quickly |gladly |"
    r"straight |and |have to |need to |try to |try and |want to |love to |like to )+"
)
_TOLD_THEM = re.compile(
    r"\b(?:i|we) (?:have )?(?:left (?:an?|the|him|her|them)|told|asked|let|"
    r"spoken (?:to|with)|spoke (?:to|with)|called) (?!you|me|us|that|your|for|about)\w+"
)
_WILL_HEAR = re.compile(
    r"\byou (?:will|should|can expect to|are going to) (?:be )?(?:hear|hearing|receive|receiving|"
    r"get (?:a|an|our|your|some)|getting)\b|^(?:please )?expect (?:an?|to|our|your|some)\b|"
    r"\bcalls? from\b"
)
_PERSONS_MAY = frozenset("be need have not see meet only".split())
PERSONS = (
    "someone", "somebody", "they", "he", "she", "(?:a|my|our|the) (?:colleagues?|team|receptionist|"
    "doctor|dentist|nurse|hygienist|office|desk|manager|staff|reception)", "front desk",
    "colleague", "team", "staff",
)  # fmt: skip


def promises_a_person(text: str) -> bool:
    """Whether it says that the call goes to a person, now."""
    promised = _TRANSFER.search(text) and not _TRANSFER_OFFERED.search(text)
    return bool(promised) and not _DENIED.search(text)


def promises_a_deed(text: str, people: Sequence[str]) -> bool:
    """Whether it promises what no tool does: "I'll keep it for you", "somebody will ring you"."""
    return any(_promised(told, people) for told in tellings(text))


def _promised(told: Told, people: Sequence[str]) -> bool:
    words = [word for word in told.words if word not in ADVERBS - {"ahead"}]
    said = " ".join(words)
    if (found := _COMMITS.search(said)) is not None:
        deed = _OPENING.sub("", found[1])
        verb = deed.split(" ", 1)[0]
        plain = verb in _WE_CAN and not _NOT_SO.match(deed)
        if verb and verb != "not" and not plain and not re.match(r"(?:see|meet|be seeing)\b", deed):
            return True
    if _TOLD_THEM.search(said) or _WILL_HEAR.search(said):
        return True
    persons = "|".join((*PERSONS, *people))
    found = re.search(rf"\b(?:{persons}) (?:will|is going to|are going to) (\w+)", said)
    return found is not None and found[1] not in _PERSONS_MAY
