"""What a business wrote for callers for whom something does not work."""

from __future__ import annotations

from scheduling.business import Business

FAILS = ("can't", "cannot", "not", "doesn't", "won't")
"""Words of the business's own questions that are about something that does not work."""


def remedies(business: Business) -> list[tuple[str, str]]:
    """The business's own questions about what does not work, with their answers."""
    own = [(each.question, each.answer) for each in (*business.faqs, *business.policies)]
    return [each for each in own if " i " in f"{each[0].lower()} " and _fails(each[0])]


def _fails(question: str) -> bool:
    return bool(set(question.lower().rstrip("?").split()) & set(FAILS))
