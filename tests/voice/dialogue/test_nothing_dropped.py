"""Whatever callers say in whatever state, nothing of it is dropped and nothing false is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.dialogue.readings import readings_to
from tests.voice.dialogue.scripted_desk import ScriptedDesk, clinic_view
from voice.dialogue.agenda import Agenda
from voice.dialogue.decide import decide, give_up
from voice.dialogue.speaking import phrase
from voice.dialogue.statements import Rank, Statement
from voice.dialogue.steps import Ran, Reply
from voice.talking import MOST_TOOL_ROUNDS
from voice.understanding.acts import Act, Reading

CALLS = settings(max_examples=60, deadline=None, derandomize=True)
LONGEST = 8
"""Turns of a call: the deepest question comes after six."""


@dataclass
class TurnTaken:
    """One turn: what was heard, what came of it, and what was said."""

    before: Agenda
    reading: Reading
    reply: Reply
    after: Agenda
    done: list[str]
    """What tools changed in it."""
    owed: set[str] = field(default_factory=set)
    """What was to be told, right before the reply."""
    rounds: int = 0


def turns(data: st.DataObject) -> Iterator[TurnTaken]:
    """A call of random acts, turn by turn."""
    known = data.draw(st.sampled_from(("+12125550161", None)), label="known number")
    through = data.draw(st.booleans(), label="can put through")
    view = clinic_view(known_phone=known, can_transfer=through)
    desk = ScriptedDesk(view, luck=lambda n: data.draw(st.integers(0, n - 1), label="luck"))
    agenda = Agenda()
    for _ in range(data.draw(st.integers(1, LONGEST), label="turns")):
        reading = data.draw(readings_to(agenda.asked), label="reading")
        turn = take(agenda, reading, desk)
        desk.view = replace(desk.view, last_reply=turn.reply.text)
        agenda = turn.after
        yield turn
        if turn.reply.hang_up or agenda.put_through:
            return


def take(agenda: Agenda, reading: Reading, desk: ScriptedDesk) -> TurnTaken:
    """A turn, with all the tools that it takes."""
    before, ran = agenda, tuple[Ran, ...]()
    desk.done = []
    for rounds in range(MOST_TOOL_ROUNDS):
        agenda, step = decide(agenda, reading, ran, desk.view)
        if isinstance(step, Reply):
            return TurnTaken(before, reading, step, agenda, desk.done, rounds=rounds)
        ran = tuple(desk.run(call) for call in step.calls)
    agenda, step = give_up(agenda, desk.view)
    return TurnTaken(before, reading, step, agenda, desk.done, rounds=MOST_TOOL_ROUNDS)


@CALLS
@given(st.data())
def test_every_act_has_an_outcome(data: st.DataObject) -> None:
    for turn in turns(data):
        became = [(each.label, each.words) for each in turn.after.outcomes]
        assert {(act.label, act.text) for act in turn.reading.acts} <= set(became)


@CALLS
@given(st.data())
def test_nobody_is_said_goodbye_to_while_something_is_owed(data: st.DataObject) -> None:
    for turn in turns(data):
        if turn.reply.hang_up:
            assert not turn.after.owed
            assert not turn.after.queries
            assert not turn.after.matters


@CALLS
@given(st.data())
def test_what_was_owed_is_told_or_still_owed(data: st.DataObject) -> None:
    for turn in turns(data):
        said = {each.words for each in (*turn.reply.statements, *turn.after.owed)}
        assert {each.words for each in turn.before.owed} <= said


@CALLS
@given(st.data())
def test_what_was_done_is_told_or_owed(data: st.DataObject) -> None:
    for turn in turns(data):
        told: tuple[Statement, ...] = (*turn.reply.statements, *turn.after.owed)
        assert sum(each.rank is Rank.DONE for each in told) >= len(turn.done)


@CALLS
@given(st.data())
def test_nothing_is_said_not_to_have_been_done_that_was(data: st.DataObject) -> None:
    untrue = {
        "booked": "nothing_booked", "moved": "stays", "cancelled": "left", "refunded": "left",
        "written down": "cannot_open_order", "ordered": "nothing_ordered",
    }  # fmt: skip
    for turn in turns(data):
        for done in turn.done:
            assert phrase(untrue[done]) not in turn.reply.text


@CALLS
@given(st.data())
def test_a_reply_is_two_statements_and_a_question_at_most(data: st.DataObject) -> None:
    for turn in turns(data):
        farewell = turn.reply.hang_up
        assert len(turn.reply.statements) <= 2 + farewell
        assert turn.reply.text.count("?") <= 1
        assert turn.reply.text


@CALLS
@given(st.data())
def test_a_turn_comes_to_an_end_by_itself(data: st.DataObject) -> None:
    for turn in turns(data):
        assert turn.rounds < MOST_TOOL_ROUNDS


@CALLS
@given(st.data())
def test_an_agenda_is_the_same_when_it_was_saved(data: st.DataObject) -> None:
    for turn in turns(data):
        assert Agenda.model_validate_json(turn.after.model_dump_json()) == turn.after
        sparse = turn.after.model_dump(mode="json", exclude_defaults=True)
        assert Agenda.model_validate(sparse) == turn.after


def test_a_person_who_is_refused_is_not_looked_for_again_and_again() -> None:
    view = clinic_view(known_phone="+12125550161", can_transfer=True)
    verified, one, refused = {6: 3}, {2: 0}, {8: 0}  # the answers of a kind, and which is given
    desk = ScriptedDesk(view, luck=lambda n: (verified | one | refused).get(n, 0))
    agenda = Agenda()
    for act in (
        Act("want", "move", "can I move it"),
        Act("give", "name", "Maria Lopez", value="Maria Lopez"),
        Act("ask", "times", "what else is there"),
    ):
        turn = take(agenda, Reading(act.text, (act,)), desk)
        agenda = turn.after
        assert turn.rounds < MOST_TOOL_ROUNDS
