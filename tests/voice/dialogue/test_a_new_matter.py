"""A matter is added by a module and a line in the table: nothing else knows of it."""

from __future__ import annotations

from typing import Literal, Self

import pytest

from scheduling.business_file import load_businesses
from tests.clinic import NOW
from voice.dialogue.agenda import Agenda, Matter
from voice.dialogue.decide import decide
from voice.dialogue.matters.table import MATTERS
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ask, Need, Ran, Reply, UseTools, use
from voice.dialogue.view import View
from voice.facts import Facts
from voice.tool_results import ToolResult
from voice.turn import CallFacts
from voice.understanding.acts import Act, Reading


class Parcel(Matter):
    """A toy: a parcel is asked after by its number."""

    kind: Literal["parcel"] = "parcel"
    number: str = ""

    def take(self, act: Act, agenda: Agenda, view: View) -> Self:
        return self.but(number=act.value) if act.label == "give:reference" else self

    def need(self, agenda: Agenda, view: View) -> Need:
        if not self.number:
            return Ask("reference")
        return UseTools((use("find_parcel", number=self.number),))

    def learn(self, ran: Ran, agenda: Agenda, view: View) -> Agenda:
        told = Statement(words=ran.result.spoken, rank=Rank.ANSWERED)
        return agenda.without_in_hand().owing(told)


def view() -> View:
    [(business, _)] = load_businesses(None)
    return View(business, CallFacts("call", 1, "vapi", "vapi"), NOW)


def test_a_toy_matter_is_asked_for_found_told_and_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    # The table is the product's; for this test it has one line more.
    monkeypatch.setitem(MATTERS, "parcel", Parcel)
    wish = Reading("where is my parcel", (Act("want", "parcel", "where is my parcel"),))
    agenda, step = decide(Agenda(), wish, (), view())
    assert isinstance(step, Reply)
    assert step.text == "What is the reference of the appointment?"
    saved = Facts(agenda=agenda).model_dump(mode="json", exclude_defaults=True)
    agenda = Facts.model_validate(saved).agenda
    assert agenda.matters == (Parcel(),)
    given = Reading("A 1", (Act("give", "reference", "A 1", value="A1"),))
    agenda, step = decide(agenda, given, (), view())
    assert step == UseTools((use("find_parcel", number="A1"),))
    assert isinstance(step, UseTools)
    ran = Ran(step.calls[0], ToolResult("find_parcel", "It comes tomorrow.", {}))
    agenda, step = decide(agenda, given, (ran,), view())
    assert isinstance(step, Reply)
    assert step.text == "It comes tomorrow. Is there anything else?"
    assert agenda.matters == ()
