"""The words that a call may tell beside the plain ones: the business's own, and what it learned."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from scheduling.business import Business
from voice.call import CallContext
from voice.claims.plain_words import WORDS_OF_US
from voice.claims.proof import OwnWords
from voice.claims.telling import tokens


@lru_cache(maxsize=32)
def words_of_business(business_words: tuple[str, ...]) -> frozenset[str]:
    """Each also in the singular and the plural."""
    said = {word for text in business_words for word in tokens(text)}
    singular = {word[:-1] for word in said if word.endswith("s") and len(word) > 3}
    return frozenset(said | singular | {f"{word}s" for word in said})


def told_by_business(business: Business) -> tuple[str, ...]:
    """Everything that the business file puts into words."""
    texts: list[str] = [business.name, business.address or "", business.greeting or ""]
    texts += [text for each in business.services for text in (each.name, *each.also)]
    texts += [business.notice, business.emergency.say if business.emergency else ""]
    texts += [each.name for each in business.providers]
    texts += [each.name for each in business.products]
    texts += [text for faq in business.faqs for text in (faq.question, faq.answer)]
    return tuple(texts)


def own_words(context: CallContext) -> OwnWords:
    """All of them, for one turn."""
    business, facts = context.business, context.facts
    said = [result.spoken for result in context.results]
    before = [line.text for line in context.history if line.who != "caller"]
    names = [*(found.customer for found in facts.found), facts.name or ""]
    heard = [line.text for line in context.history if line.who == "caller"]
    return OwnWords(
        known=words_of_business(told_by_business(business)) | _words((*said, *before, *names)),
        caller=_words((context.text, *heard)),
        topics=_topics(tuple(f"{faq.question} {faq.answer}" for faq in business.faqs))
        - _words(said),
    )


@lru_cache(maxsize=32)
def _topics(answers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in _words(answers) if len(word) > 3) - WORDS_OF_US


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in tokens(text))
