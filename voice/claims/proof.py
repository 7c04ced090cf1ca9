"""What a clause of ours tells without proof: words that are neither plain nor anybody's own, and
what we are to do that no tool does.

A lie has endless words, so no list of lies can hold. It is asked the other way round: every word
told has to be known, and so has every deed promised.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from voice.claims.act_words import BOOKED, CANCELLED, DONE, MESSAGES, MOVED, PAID
from voice.claims.plain_words import PLAIN_WORDS
from voice.claims.telling import ADVERBS, Told, tellings

_ACTS = BOOKED | DONE | CANCELLED | MOVED | PAID
_FEELING = re.compile(
    r"^(?:(?:oh|ah|well|okay|and|so|but|yes|no|i|we|am|are|do|so|really|very|can|only|just|all) )*"
    r"(?:sorry (?:to|about|that|for)|hope|hopefully|thank|thanks|understand|imagine|appreciate|"
    r"know (?:how|what|that)|wish|apologi[sz]e|congratulations|enjoy|have an? |take care|get well|"
    r"what an? |how |welcome|speak|(?:that|it|this) (?:sounds?|must|looks|makes|can be|feels|has to be))"
)
"""What opens so tells of feelings."""
_REPEATS = re.compile(
    r"\byou (?:would|want|wanted|like|said|say|mentioned|asked|need|needed|prefer|mean|meant|are|"
    r"were|called|have been)\b|\byour (?:name|number|phone|surname|question|call)\b|"
    r"^(?:so|okay|ok|got|that is|right|thanks|thank|great|perfect|lovely|hi|hello|alright)\b"
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
    r"^(?:(?:keep|have|hold|set|put|save) (?!(?:you|your|a look|looking|trying|going|in mind|searching|"
    r"checking|it in mind|another)\b)|let (?!(?:you|me|us)\b)|be (?:in touch|back|there|calling|"
    r"sending|with you|keeping|holding)|get (?:back|in touch|\w+ to (?:call|ring|contact)|on to)|"
    r"(?:give|make|take|do|add|tell|ask|speak|bring|show|say|call|use|need) "
    r"(?:(?:you )?an? (?:call|ring|note|message|bell|copy|buzz|shout|line)|"
    r"(?!(?:you|me|us|your|it|that|this|some|the|a|to|with|for|in|up|one|any|so|what|by|look)\b)\w+ "
    r"(?:that|to|about|you|know)))"
)
_COMMITS = re.compile(
    r"\b(?:i|we) (?:will|shall|am going to|are going to|am about to) ((?:\w|-|').*)"
)
_OPENING = re.compile(
    r"^(?:be |glad |happy |able |to |go ahead and |ahead and |right |quickly |gladly |straight |and |"
    r"have to |need to |try to |try and |want to |love to |like to )+"
)
_TOLD_THEM = re.compile(
    r"\b(?:i|we) (?:have )?(?:told|asked|let|spoken (?:to|with)|spoke (?:to|with)|called) "
    r"(?!you|me|us|that|your|for|about)\w+"
)
_WILL_HEAR = re.compile(
    r"\byou (?:will|should|can expect to|are going to) (?:be )?(?:hear|hearing|receive|receiving|"
    r"get (?:a|an|our|your|some)|getting)\b"
)
_PERSONS = (
    "someone|somebody|they|he|she|(?:a|my|our|the) (?:colleagues?|team|receptionist|doctor|dentist|"
    "nurse|hygienist|office|desk|manager|staff|reception)|front desk|colleague|team|staff"
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is known beside the plain words."""

    business: frozenset[str]
    call: frozenset[str]
    caller: frozenset[str]
    people: tuple[str, ...]
    """First and last names of the providers, in lower case."""


def unproven(text: str, own: OwnWords, dated: Set[str]) -> str | None:
    """message, paid, fact: what is told without proof, or promised though no tool does it."""
    for told in tellings(text):
        found = _promised(told, own) or _unknown(told, own, dated)
        if found is not None:
            return found
    return None


def _unknown(told: Told, own: OwnWords, dated: Set[str]) -> str | None:
    said = " ".join(told.words)
    if _FEELING.match(said):
        return None
    repeats = _REPEATS.search(said) is not None
    for at, word in enumerate(told.words):
        if word in PLAIN_WORDS or word in _ACTS - PAID or not word[0].isalpha():
            continue
        if (
            word in dated
            or word in own.business
            or word in own.call
            or (repeats and word in own.caller)
        ):
            continue
        if told.denied(at) or (told.conditional and told.planned(at) and _asks_for(said)):
            continue
        if all(part in PLAIN_WORDS or part in own.business for part in word.split("-")):
            continue
        return "message" if word in MESSAGES else "paid" if word in PAID else "fact"
    return None


def _asks_for(said: str) -> bool:
    return said.startswith(("if ", "once ", "unless ", "when ", "until ", "whenever ", "before "))


def _promised(told: Told, own: OwnWords) -> str | None:
    """A deed that no tool does: "I'll keep it for you", "somebody will ring you"."""
    words = [word for word in told.words if word not in ADVERBS - {"ahead"}]
    said = " ".join(words)
    if (found := _COMMITS.search(said)) is not None:
        deed = _OPENING.sub("", found[1])
        verb = deed.split(" ", 1)[0]
        plain = verb in _WE_CAN and not _NOT_SO.match(deed)
        if verb and verb != "not" and not plain and not re.match(r"(?:see|meet|be seeing)\b", deed):
            return "message"
    if _TOLD_THEM.search(said) or _WILL_HEAR.search(said):
        return "message"
    persons = "|".join((_PERSONS, *own.people))
    found = re.search(rf"\b(?:{persons}) (?:will|is going to|are going to) (\w+)(?: (\w+))?", said)
    if found is not None and found[1] not in ("be", "need", "have", "not", "see", "meet", "only"):
        return "message"
    return None
