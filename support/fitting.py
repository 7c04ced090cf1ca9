"""Which of the answers that a business wrote fits a question best, by meaning and by subject, or
that none does: a choice among all of them and "none", with weights fitted to questions of callers.

How near a question is to an answer is how near it is to what the owner asks with the whole of the
answer, and to the sentence of it that is nearest, alone and behind what the owner asks; and how
much of what each of the two speaks of the other does too.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from scheduling.business import Faq
from support.faq import content
from support.subjects import subjects

Closeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near a text is in meaning to each of the others: cosines, -1 to 1."""
WHOLE, SENTENCE, ASKED_AND_SENTENCE = 5.2, 3.3, 7.5
"""What closeness to these weighs: weights of a conditional logit with "none" among the answers,
fitted to 1,744 questions about 18 businesses that the encoder has not learnt from, each of them
once more with its answer taken away (`training/choice.py`)."""
OWN_SUBJECT, ANSWERED_SUBJECT = 1.6, 0.75
"""Half of what three hands of questions were fitted to: of the 1,744 they find no more."""
MOST_OWN, MOST_ANSWERED = 1.5, 1.0
"""More subjects in common than that say no more."""
ANSWERED_WORD, MOST_WORDS = 0.75, 2.0
"""What a word adds that the answer has and no other, an insurer's name; chosen and not fitted."""
NONE = 4.7
"""What "none" weighs: less than was fitted, for most questions of callers have an answer."""
WRITTEN_GOES_FIRST = 1.0
"""By so much what is only known has to be nearer than what is written."""
MAYBE, SURE = 0.45, 0.6
"""Chances: from the second on what is written is the answer; between the two the likeliest only may
be it, and is told as such; below the first it is wrong as often as right."""
SURER = 0.5
"""The chance from which on a caller is told a second time of what only may be the answer."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What is written that fits a question."""

    entry: Faq
    chance: float
    """That it is the answer, 0 to 1."""

    @property
    def sure(self) -> bool:
        """Whether it is the answer; else it only may be."""
        return self.chance >= SURE


def best_of(
    faqs: Sequence[Faq], wordings: Sequence[str], closeness: Closeness, *, besides: Sequence[str]
) -> Fit | None:
    """The likeliest for any of several wordings of one question."""
    fits = [best_fit(faqs, said, closeness, besides=besides) for said in wordings]
    return max(filter(None, fits), key=lambda each: each.chance, default=None)


def best_fit(
    faqs: Sequence[Faq], said: str, closeness: Closeness, *, besides: Sequence[str] = ()
) -> Fit | None:
    """The likeliest, where it is likelier than that none is meant; `besides`: what may be asked
    that is known without being written."""
    if not faqs or not said.strip():
        return None
    scores = _scores([*faqs, *(Faq(text, text) for text in besides)], said, closeness)
    written, known = scores[: len(faqs)], scores[len(faqs) :]
    none = max([NONE, *(each - WRITTEN_GOES_FIRST for each in known)])
    best = max(range(len(faqs)), key=written.__getitem__)
    if written[best] <= none:
        return None
    chance = 1 / sum(math.exp(each - written[best]) for each in (*written, none))
    return Fit(faqs[best], chance) if chance >= MAYBE else None


def without_yes_or_no(answer: str) -> str:
    """An answer without the yes or no that it begins with; one that is no more than that stays, and
    so does one that goes on with an exception to it. A condition of it, "yes, if you are new",
    leads on to what stands behind it."""
    whole = answer.strip()
    rest = re.sub(
        r"(?i)^(?:yes|no)(?: please)?[,.:;!] +(?!but|only|except|unless|though)", "", whole
    )
    if rest != whole:
        rest = re.sub(r"(?i)^((?:if|when|once|as long as|provided)\b[^.!?]*)\. +", r"\1: ", rest)
    return f"{rest[:1].upper()}{rest[1:]}"


def features(
    faqs: Sequence[Faq], said: str, closeness: Closeness
) -> list[tuple[float, float, float, float]]:
    """What is known of each: how near the question is to all of it, to its nearest sentence, and to
    that behind what the owner asks, as cosines; and what the two have in common."""
    parts = [(faq, sentences(faq.answer)) for faq in faqs]
    alone = [part for _, own in parts for part in own]
    behind = [f"{faq.question}; {part}" for faq, own in parts for part in own]
    bounds = list(pairwise((0, *accumulate(len(own) for _, own in parts))))

    def nearest(texts: Sequence[str]) -> list[float]:
        found = closeness(said, texts)
        return [max(found[first:end]) for first, end in bounds]

    whole = closeness(said, [f"{faq.question}; {faq.answer}" for faq in faqs])
    columns = (whole, nearest(alone), nearest(behind), _in_common(faqs, said))
    return list(zip(*columns, strict=True))


def _scores(faqs: Sequence[Faq], said: str, closeness: Closeness) -> list[float]:
    weights = (WHOLE, SENTENCE, ASKED_AND_SENTENCE, 1.0)
    known = features(faqs, said, closeness)
    return [sum(map(operator.mul, weights, each)) for each in known]


def _in_common(faqs: Sequence[Faq], said: str) -> list[float]:
    """What subjects in common add, and words; what many answers speak of says less."""
    heard, words = subjects(said), set(content(said))
    theirs = [(set(content(faq.question)), set(content(faq.answer))) for faq in faqs]
    of_words = Counter(word for own, answered in theirs for word in own | answered)
    asked = [subjects(faq.question) for faq in faqs]
    told = [subjects(faq.answer) - own for faq, own in zip(faqs, asked, strict=True)]
    in_questions = Counter(each for own in asked for each in own)
    anywhere = in_questions + Counter(each for answered in told for each in answered)

    def added(own: frozenset[str], answered: frozenset[str]) -> float:
        common = sum(1 / math.sqrt(in_questions[each]) for each in heard & own)
        beside = sum(1 / math.sqrt(anywhere[each]) for each in heard & answered)
        return OWN_SUBJECT * min(MOST_OWN, common) + ANSWERED_SUBJECT * min(MOST_ANSWERED, beside)

    def by_words(own: set[str], answered: set[str]) -> float:
        return min(MOST_WORDS, sum(1 / of_words[word] for word in words & answered - own))

    return [
        added(*subject) + ANSWERED_WORD * by_words(*word)
        for subject, word in zip(zip(asked, told, strict=True), theirs, strict=True)
    ]


def sentences(answer: str) -> list[str]:
    """Of what the business wrote."""
    return re.split(r"(?<=[.!?])\s+", answer.strip())
