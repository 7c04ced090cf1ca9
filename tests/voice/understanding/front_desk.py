"""A caller at the front desk of one business: what they are asked and offered, for tests."""

from __future__ import annotations

from datetime import datetime

from voice.understanding.reading import Context, Named, OfferedTime, Question, Reading
from voice.understanding.understand import understand

NOW = datetime.fromisoformat("2026-11-21T09:00")
SERVICES = (
    Named("cut", ("Haircut", "trim")),
    Named("colour", ("Hair colouring", "highlights")),
    Named("check", ("Check-up", "physical")),
    Named("clean", ("Teeth cleaning", "hygienist")),
    Named("deep", ("Deep tissue massage",)),
    Named("swedish", ("Swedish massage",)),
)
PROVIDERS = (
    Named("ana", ("Ana Ruiz",)),
    Named("ben", ("Dr. Ben Okafor",)),
    Named("may", ("May Chen",)),
)
TUESDAY_TWO = OfferedTime(datetime.fromisoformat("2026-11-24T14:00"), "Ana Ruiz")
TUESDAY_HALF_FOUR = OfferedTime(datetime.fromisoformat("2026-11-24T16:30"), "Dr. Ben Okafor")
WEDNESDAY_TEN = OfferedTime(datetime.fromisoformat("2026-11-25T10:00"), "Ana Ruiz")
THREE_OFFERS = (TUESDAY_TWO, TUESDAY_HALF_FOUR, WEDNESDAY_TEN)


def hear(
    text: str,
    question: Question | None = None,
    offered: tuple[OfferedTime, ...] = (),
    country: str = "US",
) -> Reading:
    """What is understood of these words after that question."""
    return understand(text, desk(question, offered, country))


def desk(
    question: Question | None = None,
    offered: tuple[OfferedTime, ...] = (),
    country: str = "US",
) -> Context:
    return Context(
        now=NOW,
        question=question,
        offered=offered,
        services=SERVICES,
        providers=PROVIDERS,
        country=country,
    )
