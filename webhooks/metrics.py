"""What is counted, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.metrics import Counter, Histogram
from prometheus_client.metrics_core import CounterMetricFamily
from prometheus_client.registry import Collector

from voice.models.models import Models
from webhooks.capacity import Capacity
from webhooks.spoken_times import SpokenTimes


class Metrics:
    """The counters of one app: a registry of its own, so that two apps do not meet."""

    def __init__(self, models: Models, capacity: Capacity) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(ModelCounts(models))
        self.registry.register(CapacityCount(capacity))
        self.turns = Counter(
            "ringbook_turns",
            "Turns by door and how they ended.",
            ["door", "outcome"],
            registry=self.registry,
        )
        self.first_content = Histogram(
            "ringbook_first_content_seconds",
            "From the request to its first words that are no filler.",
            ["door"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8),
            registry=self.registry,
        )
        self.spoken = SpokenTimes(self.registry)
        self.tools = Counter(
            "ringbook_tool_calls",
            "Tool calls by Vapi's webhook and how they ended.",
            ["outcome"],
            registry=self.registry,
        )
        self.events = Counter(
            "ringbook_vapi_messages",
            "Server messages by type.",
            ["type"],
            registry=self.registry,
        )


class ModelCounts(Collector):
    """What the models count themselves, read when somebody asks."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Who answered and why not the other; sentences that were not true."""
        answers = CounterMetricFamily(
            "ringbook_answers",
            "Turns by which model answered, and why the local one did where it did.",
            labels=["model", "why"],
        )
        for (who, why), count in self._models.answers.items():
            answers.add_metric([who or "nobody", why], count)
        yield answers
        kept_back = CounterMetricFamily(
            "ringbook_sentences_kept_back",
            "Sentences that the store did not back, by what they claimed.",
            labels=["claim"],
        )
        for claim, count in self._models.kept_back.items():
            kept_back.add_metric([claim], count)
        yield kept_back


class CapacityCount(Collector):
    """Who was turned away, read when somebody asks."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Turns for which there was no place."""
        yield CounterMetricFamily(
            "ringbook_turned_away",
            "Turns that were answered with an apology, because too many were running.",
            value=self._capacity.turned_away,
        )
