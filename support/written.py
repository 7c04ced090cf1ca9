"""What a business wrote that answers a question: to very nearly that one, or to the same in other
words."""

from __future__ import annotations

import re

from scheduling.business import Business, Faq
from support.answers import Answer, Notice, OwnAnswer, Question
from support.faq import best_faq, content, plain
from support.fitting import SURER, Closeness, best_fit, best_of, sentences
from support.subjects import subjects

VERBATIM_SHARE = 0.8
"""Of a question's weight: what the business wrote covers nearly all of it."""
_CHANGING = "Is there a charge for cancelling or moving?"
_NOTICE = re.compile(r"\b(?:hours?|days?|notice|beforehand|in advance)\b")
_WE_RING = re.compile(
    r"(?i)\b(?:we|he|she|they|the \w+|somebody|someone)(?:'ll| will| always| then| usually)*"
    r" (?:ring|call|phone|text|message)s?\b"
)
OF_RINGING = 0.3
"""The least closeness of a question to a sentence that tells that somebody rings."""
OF_EVERY_VISIT = frozenset({"price", "length", "hours"})
"""Subjects that a question about any visit has."""


def in_other_words(
    business: Business, question: Question, closeness: Closeness
) -> OwnAnswer | None:
    """What the business wrote to the same in other words; a question that found nothing is
    searched together with the one before it that found nothing either."""
    written, known = (*business.faqs, *business.policies), known_besides(business)
    fit = best_of(written, question.wordings, closeness, besides=known)
    if question.refused and not (fit is not None and fit.sure):
        both = best_fit(
            written, f"{question.refused}; {question.wordings[-1]}", closeness, besides=known
        )
        fit = both if both is not None and both.sure else fit
    if fit is not None and not fit.sure:
        told = question.surely and not (question.guessed and fit.chance < SURER)
        fit = fit if told else None
    if fit is not None and question.topic == "person" and not _in_common(question.text, fit.entry):
        return None  # whether somebody is a lady is told by no rule for the young
    return OwnAnswer(fit.entry.answer, sure=fit.sure) if fit is not None else None


def that_we_ring(business: Business, question: Question, closeness: Closeness) -> OwnAnswer | None:
    """The sentence nearest to the question of those that tell that somebody rings."""
    written = (*business.faqs, *business.policies)
    ringing = [each for one in written for each in sentences(one.answer) if _WE_RING.search(each)]
    near = closeness(question.text, ringing)
    if not ringing or max(near) < OF_RINGING:
        return None
    return OwnAnswer(ringing[near.index(max(near))], sure=False)


def of_a_change(
    business: Business, question: Question, closeness: Closeness | None
) -> Answer | None:
    """What the business wrote of what cancelling or moving costs, or of the notice that it takes;
    else how long before a visit it may be changed."""
    written = (*business.policies, *business.faqs)
    if closeness is None:
        found = best_faq(written, "cancellation policy charge")
    else:
        fit = best_fit(written, _CHANGING, closeness)
        found = fit.entry if fit is not None else None
    minutes = business.booking.cancel_notice_minutes
    told = found is not None and (not question.of_notice or _NOTICE.search(plain(found.answer)))
    if minutes and not told:
        return Notice(minutes, of_cost=not question.of_notice)
    return OwnAnswer(found.answer) if found is not None and told else None


def written_to(business: Business, asked: str) -> OwnAnswer | None:
    """What the business wrote to very nearly that question. One word alone, "open", is in many
    questions: then it must be all that the business's own one asks."""
    written = (*business.faqs, *business.policies)
    verbatim = best_faq(written, plain(asked), least_share=VERBATIM_SHARE)
    if verbatim is None:
        return None
    heard, own = set(content(plain(asked))), set(content(verbatim.question))
    return OwnAnswer(verbatim.answer) if len(heard) > 1 or own <= heard else None


def written_of(business: Business, asked: str, closeness: Closeness) -> OwnAnswer | None:
    """What the business wrote that surely answers a question, and is of a subject of its own: a
    discount on a visit and not its price, the language that is spoken and not who works; or of
    what it calls by name itself, "how long do new glasses take"."""
    rest, called = plain(asked), []
    names = (name for each in business.services for name in (each.name, *each.also))
    for name in sorted(map(plain, names), key=len, reverse=True):
        if (found := re.compile(rf"\b{re.escape(name)}s?\b")).search(rest):
            rest = found.sub(" ", rest)
            called.append(found)
    own = subjects(rest) - OF_EVERY_VISIT

    def is_of_it(entry: Faq) -> bool:
        named = any(each.search(plain(entry.question)) for each in called)
        return named or bool(own & subjects(entry.question))

    written = (*business.faqs, *business.policies)
    if not any(map(is_of_it, written)):
        return None
    fit = best_fit(written, asked, closeness, besides=known_besides(business))
    fits = fit is not None and fit.sure and is_of_it(fit.entry)
    return OwnAnswer(fit.entry.answer) if fit is not None and fits else None


def known_besides(business: Business) -> tuple[str, ...]:
    """What may be asked that is known without being written as an answer."""
    known = {
        "When are you open?": business.providers,
        "Where are you, what is your address?": business.address,
        "Which services do you offer?": business.services,
        "How much does it cost?": any(each.price for each in business.services),
        "How long does the appointment take?": business.services,
        "Who works there?": business.providers,
    }
    return tuple(text for text, there in known.items() if there)


def _in_common(asked: str, entry: Faq) -> bool:
    """Whether a question and what was written share a telling word, or a subject."""
    written = f"{entry.question} {entry.answer}"
    words = set(content(plain(asked))) & set(content(plain(written)))
    return bool(words or subjects(asked) & subjects(written))
