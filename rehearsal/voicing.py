"""One caller's way of putting things: a phrase for what is meant, in his temper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from rehearsal.goals import Goal, Times, Visit
from rehearsal.people import MISHEARD
from rehearsal.phrases import PLAIN, QUESTIONS, TERSE, Saying
from rehearsal.saying import (
    article,
    clock_words,
    part_words,
    phone_words,
    reference_words,
    service_words,
    when_words,
)
from rehearsal.tempers import MANNERS, Manner, as_recognised, ramble
from scheduling.business import Business


@dataclass
class Voice:
    """Words for one caller. The same seed finds the same words."""

    goal: Goal
    business: Business
    random: Random
    used: set[str] = field(default_factory=set)
    """Phrases that this caller has spoken: people vary."""
    precise: bool = False
    """Whether days are said by their date, as people do who were misunderstood."""

    @property
    def manner(self) -> Manner:
        """What this temper does."""
        return MANNERS[self.goal.temper]

    @property
    def today(self) -> date:
        """The business's date."""
        return self.goal.now.astimezone(self.business.zone).date()

    def put(self, saying: Saying, visit: Visit | None = None, **fields: str) -> str:
        """One of the phrases, filled in."""
        choices = list(PLAIN[saying])
        if self.manner.terse:
            choices = list(TERSE.get(saying, PLAIN[saying]))
        if saying == "yes" and fields.pop("kind", "book") != "book":
            choices = [each for each in choices if "book" not in each]
        fresh = [each for each in choices if each not in self.used]
        phrase = self.random.choice(fresh or choices)
        self.used.add(phrase)
        values = {**self._of_visit(phrase, visit), **fields}
        words = re.sub(r"\{(\w+)\}", lambda field: values[field[1]], phrase)
        words = re.sub(r"\s+([,.?!])", r"\1", " ".join(words.split()))
        return words[:1].upper() + words[1:]

    def finished(self, words: str) -> str:
        """As it goes out: with what nobody asked about, or as a recogniser writes it."""
        if self.random.random() < self.manner.rambles:
            words = ramble(words, self.random)
        if self.random.random() < self.manner.recogniser:
            words = as_recognised(words, self.random)
        return words

    def _of_visit(self, phrase: str, visit: Visit | None) -> dict[str, str]:
        name = self.goal.person.name
        values = {"name": name, "first": name.split()[0]}
        if visit is None:
            return values
        thing = self.thing(visit.service_id)
        spoken = article(thing)
        if "{service}" in phrase and self.random.random() < self.manner.corrects / 3:
            spoken = self._corrected_service(visit.service_id, spoken)
        person = self.business.provider(visit.provider_id).name if visit.provider_id else ""
        when = self.when(visit.times) if re.search(r"\{(?:[wW]hen|[bB]are)\}", phrase) else ""
        bare = re.sub(r"^(?:on|at) ", "", when)
        return values | {
            "service": spoken,
            "thing": thing,
            "who": f" with {person}" if person else "",
            "person": person,
            "when": when,
            "When": when[:1].upper() + when[1:],
            "bare": bare,
            "Bare": bare[:1].upper() + bare[1:],
        }

    def thing(self, service_id: str) -> str:
        """A service by one of its names."""
        service = self.business.service(service_id)
        return service_words((service.name, *service.also), self.random)

    def when(self, times: Times) -> str:
        """Days and part of the day, with a slip that is put right where the temper has it."""
        said = when_words(times, self.business, self.today, self.random, precise=self.precise)
        if self.random.random() >= self.manner.corrects:
            return said
        repair = self.random.choice(
            ["no sorry", "no wait", "sorry, I mean", "no, I mean", "actually no", "wait, no"]
        )
        if times.part == "exact" and self.random.random() < 0.5:
            hour = self.random.choice([-60, 60, 120])
            wrong = clock_words((times.at[0] + hour) % 1440, self.business, self.random)
            right = re.sub(r"^at ", "", part_words(times, self.business, self.random))
            days = when_words(replace(times, part="any"), self.business, self.today, self.random)
            return f"{days} at {wrong}, {repair}, {right}"
        wrong_day = self._another_day(times)
        wrong = when_words(Times((wrong_day,)), self.business, self.today, self.random)
        return f"{wrong}, {repair}, {said}"

    def phone(self) -> str:
        """The caller's number."""
        return phone_words(self.goal.person.phone, self.random)

    def reference(self, reference: str) -> str:
        """Sign by sign."""
        return reference_words(reference, self.random)

    def misheard_name(self) -> str | None:
        """What reaches us instead of the caller's name."""
        first, _, last = self.goal.person.name.partition(" ")
        other = MISHEARD.get(first)
        return f"{other} {last}" if other else None

    def question(self) -> str:
        """Something a caller wants to know in between."""
        service = article(self.thing(self.random.choice(self.business.services).id))
        own = [faq.question for faq in self.business.faqs]
        chosen = self.random.choice([*QUESTIONS, *own])
        return chosen.replace("{service}", service)

    def _corrected_service(self, service_id: str, right: str) -> str:
        others = [each.id for each in self.business.services if each.id != service_id]
        if not others:
            return right
        wrong = article(self.thing(self.random.choice(others)))
        repair = self.random.choice(["no sorry", "I mean", "no, I mean", "sorry, no"])
        return f"{wrong}, {repair}, {right}"

    def _another_day(self, times: Times) -> date:
        near = [self.today + timedelta(days=count) for count in range(2, 7)]
        return self.random.choice([day for day in near if day not in times.days])
