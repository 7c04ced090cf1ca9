"""Questions that come round again: after three without an answer a person is offered."""

from __future__ import annotations

from voice.call import CallContext
from voice.facts import Facts
from voice.policy.phrases import a_person_or
from voice.policy.steps import Say, said

MOST_ROUNDS = 3
_ANSWERED_BY = {
    "service": ("service_id", "intent"), "date": ("wanted",), "time": ("wanted",),
    "name": ("name",), "phone": ("phone", "phone_digits"), "reference": ("reference", "name"),
    "choose": ("chosen", "offers"),
}  # fmt: skip
"""The facts that an answer to each question changes."""


def open_question(facts: Facts) -> tuple[object, ...]:
    """What was asked, and what is known of the answer."""
    asked = facts.asked or ""
    return (asked, *(getattr(facts, name) for name in _ANSWERED_BY.get(asked, ())))


def broken(context: CallContext, step: Say) -> Say:
    """The step, or a person, when its question was put three times and had no answer, whatever
    else was said. A caller who asks us something between is not going round."""
    facts = context.facts
    told = any(result.facts.get("answer") for result in context.results)
    same = facts.asked in _ANSWERED_BY and open_question(facts) == context.open_before
    if not same or told:
        facts.rounds = 0
        return step
    facts.rounds += 1
    if facts.rounds < MOST_ROUNDS:
        return step
    facts.rounds = facts.misses = 0
    return said("I'm sorry, I'm not getting this right.", a_person_or(context, step.text))
