"""No sentence of a hosted model leaves with a claim that nothing backs.

What is asked is claims, not words: times offered or confirmed, acts done, sums, hours, who does
what, superlatives, promises, advice. A sentence without a claim passes, whatever its words. Our own
statements are true by construction and need no check.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import structlog

from voice.call import CallContext
from voice.claims.acts import acts_told
from voice.claims.backing import Backing
from voice.claims.figures import (
    amounts,
    digits_of,
    figure_spans,
    is_length,
    references,
    telephone_numbers,
    unaccounted,
    without_references,
)
from voice.claims.goods import false_days, told_of_goods
from voice.claims.names import (
    false_performer,
    introduces_a_person,
    tells_of_a_stranger,
    without_names,
)
from voice.claims.proof import Proof, has_clock, unproven_superlative
from voice.claims.refused import (
    advises,
    asks_for_a_secret,
    claims_to_be_a_person,
    promises_a_deed,
    promises_a_person,
)
from voice.claims.statements import unproven
from voice.claims.times import (
    SaidTime,
    ends,
    only_a_day,
    said_ends,
    said_ranges,
    said_times,
    with_hours,
)
from voice.claims.truth import Truth
from voice.claims.words import Clause, Wording, clauses, tokens
from voice.journal.values import KeptBack
from voice.understanding.reading import When

log = structlog.stdlib.get_logger(__name__)
_ASSENTING = Wording("assent")
_AGREES = _ASSENTING.words("agrees")
_AGREEING = _ASSENTING.words("agreeing")
_LEADING = _ASSENTING.words("leading")
_TAGS = _ASSENTING.pattern("tags")
_AUXILIARIES = _ASSENTING.words("auxiliaries")
_TURNED = {
    "i": "you", "my": "your", "mine": "yours", "me": "you", "myself": "yourself",
    "you": "we", "your": "our", "yours": "ours", "am": "are",
}  # fmt: skip
_OF_THE_VOICE = _ASSENTING.words("of_the_voice")
_ASKS_OPENLY = _ASSENTING.words("asks_openly")
_CLAUSE = _ASSENTING.pattern("clause")
_LONGEST = 30
"""Words of a claim; a longer one is a story."""


class ClaimsCheck:
    """Reads every free sentence of one turn."""

    def __init__(self, context: CallContext) -> None:
        self.context = context
        self.kept_back: list[KeptBack] = []
        self._known = Backing(context)
        self._proof = Proof(self._known)
        self._truth = Truth(context, self._known)
        self._said: list[str] = []
        self._carried = False

    async def check(self, sentence: str) -> str:
        """The sentence; in place of a false one a true one, or nothing where the turn has had its
        answer."""
        own = self._is_our_own(sentence)
        claim = None if own else await self._false_claim(sentence)
        if claim is None:
            self._said.append(sentence)
            self._carried = self._carried or own or self._carries(sentence)
            return sentence
        self.kept_back.append(KeptBack(claim, sentence))
        log.warning("sentence kept back", claim=claim, call_id=self.context.call.call_id)
        truth = await self._truth.instead_of(claim, self._said)
        if self._carried or truth in self._said:
            return ""
        self._said.append(truth)
        self._carried = True
        return truth

    def _is_our_own(self, sentence: str) -> bool:
        """Word for word what the business or a tool of this turn says."""
        bare = f" {_bare(sentence)} "
        return len(bare.split()) > 2 and any(
            bare in f" {_bare(text)} " for text in self._known.own_texts
        )

    def _carries(self, sentence: str) -> bool:
        """Whether a turn may end with it: it asks, or tells what was wanted."""
        times = self._known.read(with_hours(sentence)).found
        acts = [act for clause in clauses(sentence) for act in acts_told(clause)]
        return bool(sentence.rstrip().endswith("?") or times or acts or amounts(sentence))

    async def _false_claim(self, sentence: str) -> str | None:
        """What it falsely claims; None when it may be said."""
        sentence = claim_agreed_to(sentence, self._known.caller_text) or sentence
        goods = self._known.goods
        sentence = goods.with_sums(sentence)
        if (figure := await self._false_figure(sentence)) is not None:
            return figure
        texts = (*self._known.told_texts, *self._known.caller_texts, *self._known.customers)
        if tells_of_a_stranger(sentence, texts):
            return "name"
        if any(false_days(clause, goods) for clause in clauses(sentence)):
            return "goods"
        sentence = goods.without_days(without_references(sentence, goods.references()))
        return await self._false_in(without_names(sentence, self._known.customers))

    async def _false_in(self, sentence: str) -> str | None:
        spoken = with_hours(sentence)
        times = self._known.read(spoken)
        if times.disagreement and not self._known.caller_disagrees:
            return "time"
        figures = figure_spans(spoken)
        found, refused = (_outside(figures, told) for told in (times.found, times.exclude))
        said = said_times((*found, *refused))
        ranges = [one for one in said_ranges(found) if not is_length(one.text)]
        read = [when.span for when in (*found, *refused)]
        dated = frozenset(tokens(" ".join(spoken[start:end] for start, end in read)))
        for clause in clauses(spoken):
            within = [one for one in said if clause.covers(one.span)]
            spans = [one for one in ranges if clause.covers(one.span)]
            told = [one for one in (*found, *refused) if clause.covers(one.span)]
            bounds = [end for span in said_ranges(told) for end in ends(span)]
            of_goods = told_of_goods(
                clause, self._known.goods, self._known.words, within, spans, dated
            )
            if of_goods == "so" and self._refused(clause) is None:
                continue
            false = (
                self._refused(clause)
                or ("goods" if of_goods == "not_so" else None)
                or await self._false_times(clause, within, spans, spoken)
                or unproven(clause, self._known.words, dated)
                or self._false_number(clause, [*read, *figures])
                or await self._false_fact(clause, [*within, *bounds])
            )
            if false is not None:
                return false
        return None

    def _refused(self, clause: Clause) -> str | None:
        """What nobody will keep, or what is not ours to say."""
        if promises_a_person(clause) and not self._known.transfers:
            return "transfer"
        if promises_a_deed(clause, self._known.people):
            return "message"
        named = introduces_a_person(clause.text, self.context.business)
        if claims_to_be_a_person(clause) or (named and not clause.asks):
            return "person"
        if asks_for_a_secret(clause):
            return "secret"
        return "advice" if advises(clause) else None

    async def _false_times(
        self, clause: Clause, said: list[SaidTime], spans: Sequence[When], spoken: str
    ) -> str | None:
        """An act that the store does not back, or a time that this call does not know."""
        acts = acts_told(clause, self._known.people)
        if not acts:
            false = await self._proof.false_times(clause, said, spans, spoken)
            clock = any(not only_a_day(one) for one in said)
            if false is not None or not (clause.settles and clock):
                return false
            acts = ["booked"]
        for act in acts:
            times = [*said, *said_ends([span for span in spans if has_clock(span)])]
            if act == "moved":
                times = self._from_and_to(clause.text)
            if await self._proof.lacks(act, clause.text, times, spans):
                return "booked" if act in ("done", "exists") else act
        return None

    def _from_and_to(self, text: str) -> list[SaidTime]:
        """Where it was and where it is; to a caller "from two to four" would be one stretch."""
        parts = re.split(r"\b(?:from|to)\b", text, flags=re.IGNORECASE)
        return [one for part in parts for one in said_times(self._known.read(part).found)]

    def _false_number(self, clause: Clause, spans: list[tuple[int, int]]) -> str | None:
        if clause.denies:
            return None
        known = [*self._known.told_texts, *self._known.numbers]
        if not (clause.asks or clause.echoes):
            known = [one for one in known if one not in self._known.caller_texts]
        return "time" if unaccounted(clause.text, clause.start, spans, known) else None

    async def _false_fact(self, clause: Clause, said: Sequence[SaidTime]) -> str | None:
        if await unproven_superlative(self._known, clause, said):
            return "superlative"
        if clause.asks or clause.denies:
            return None
        wrong = false_performer(self.context.business, clause.text)
        return "fact" if wrong or await self._proof.false_length(clause) else None

    async def _false_figure(self, sentence: str) -> str | None:
        for clause in clauses(sentence):
            if await self._proof.false_price(clause):
                return "price"
        for number in telephone_numbers(sentence):
            if not any(number[-7:] in digits_of(one) for one in self._known.numbers):
                return "number"
        if said := references(sentence):
            booked = {known.booking.reference for known in await self._known.bookings()}
            heard = _bare(" ".join(self._known.caller_texts)).replace(" ", "").upper()
            booked |= self._known.goods.references()
            if any(one not in booked and one not in heard for one in said):
                return "reference"
        return None


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _outside(spans: Sequence[tuple[int, int]], found: Sequence[When]) -> list[When]:
    """Those that are no part of a sum or a number: "thirty-eight fifty"."""
    return [
        when
        for when in found
        if not any(start <= when.span[0] and when.span[1] <= end for start, end in spans)
    ]


def claim_agreed_to(sentence: str, caller: str) -> str | None:
    """The caller's last claim or question in our words; None where the sentence does more than
    agree."""
    said = tokens(sentence)
    agrees = not _AGREEING.isdisjoint(said) and "not" not in said
    if not agrees or sentence.rstrip().endswith("?") or not _AGREES.issuperset(said):
        return None
    parts = [part for part in _CLAUSE.split(caller.strip()) if part.strip(" .,?!")]
    words = list(tokens(_TAGS.sub("", parts[-1].lower().rstrip(" .?!")))) if parts else []
    while words and words[0] in _LEADING and not (words[0] == "i" and len(words) > 2):
        words.pop(0)
    if not words or len(words) > _LONGEST or not _ASKS_OPENLY.isdisjoint(words[:1]):
        return None
    return _as_ours(words)


def _as_ours(words: list[str]) -> str:
    """ "Am I booked for three" as "you are booked for three"."""
    of_the_voice = not _OF_THE_VOICE.isdisjoint(words)
    turned = ["i" if of_the_voice and one == "you" else _TURNED.get(one, one) for one in words]
    if words[0] in _AUXILIARIES and len(words) > 2:
        if words[0] in ("do", "does", "did"):
            return " ".join(turned[1:])
        length = (
            2
            if words[1] in ("the", "my", "your", "a", "an", "this", "that") and len(words) > 3
            else 1
        )
        subject, rest = turned[1 : 1 + length], turned[1 + length :]
        verb = "am" if subject == ["i"] and turned[0] == "are" else turned[0]
        return " ".join([*subject, verb, *rest])
    return " ".join(turned)
