"""Services and people of one business, for tests."""

from __future__ import annotations

from voice.understanding.reading import Named

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
