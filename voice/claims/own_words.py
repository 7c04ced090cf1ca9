"""The words that a call may tell beside the plain ones: the business's own, and what it learned."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from scheduling.business import Business
from voice.call import CallContext
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
    texts += [each.name for each in (*business.providers, *business.products)]
    texts += [text for faq in business.faqs for text in (faq.question, faq.answer)]
    return tuple(texts)


def words_of_call(context: CallContext) -> frozenset[str]:
    """What the tools of this turn said, and the names this call knows."""
    texts: Iterable[str] = (
        *(result.spoken for result in context.results),
        *(found.customer for found in context.facts.found),
        context.facts.name or "",
    )
    return frozenset(word for text in texts for word in tokens(text))


def words_of_caller(context: CallContext) -> frozenset[str]:
    """Everything the caller said; fit for repeating, not for promising."""
    lines = [line.text for line in context.history if line.who == "caller"]
    return frozenset(word for text in (context.text, *lines) for word in tokens(text))


def own_words(context: CallContext) -> OwnWords:
    """All of them, for one turn."""
    names = tokens(" ".join(each.name for each in context.business.providers))
    return OwnWords(
        words_of_business(told_by_business(context.business)),
        words_of_call(context),
        words_of_caller(context),
        tuple(name for name in names if len(name) > 2),
    )
