"""The journal by itself: what is written, what is replayed, and who may go on from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduling.desk import Desk
from scheduling.errors import Invalid, NotFound
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order, Organisation, Wish
from tests.voice.caller import Caller
from voice.dialogue.agenda import Agenda
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.journal.values import Closing, KeptBack, Opened
from voice.models.runner import HISTORY_CHARACTERS, conversation_items
from voice.tool_results import RanTool, ToolResult
from voice.turn import CallFacts, HangUp, Line, Say, Transfer

PARTS = (
    Say("One moment.", filler=True),
    Say("Hello."),
    Transfer("+12125550100", "asked"),
    HangUp(),
)


def closing(facts: Facts | None = None, **changes: object) -> Closing:
    whole = Closing(
        parts=PARTS, facts=facts or Facts(), parts_heard=4, delivered=True, answered_by="local"
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def named(name: str) -> Facts:
    return Facts(agenda=Agenda(name=name))


async def open_turn(journal: Journal, caller: Caller, text: str, number: int = 1) -> Opened:
    return await journal.open_attempt(caller.turn(text, number=number))


async def test_an_answered_turn_is_replayed_part_for_part(journal: Journal, caller: Caller) -> None:
    opened = await open_turn(journal, caller, "hello")
    assert opened.attempt is not None
    await journal.close_attempt(opened.attempt, closing())
    assert (await open_turn(journal, caller, "hello")).replay == PARTS
    assert (await open_turn(journal, caller, "hello there")).replay is None


async def test_a_reply_that_was_cut_is_not_replayed(journal: Journal, caller: Caller) -> None:
    opened = await open_turn(journal, caller, "hello")
    assert opened.attempt is not None
    await journal.close_attempt(opened.attempt, closing(complete=False, parts_heard=2))
    again = await open_turn(journal, caller, "hello")
    assert again.replay is None


async def test_facts_come_from_the_last_attempt_that_stands(
    journal: Journal, caller: Caller
) -> None:
    first = await open_turn(journal, caller, "hello")
    assert first.attempt is not None
    await journal.close_attempt(first.attempt, closing(named("Maria")))
    second = await open_turn(journal, caller, "I'm John", 2)
    assert second.attempt is not None
    assert second.facts.name == "Maria"
    await journal.close_attempt(second.attempt, closing(named("John")))
    rival = await open_turn(journal, caller, "I'm Joan", 2)
    assert rival.facts.name == "Maria"


async def test_a_withdrawn_attempt_leaves_nothing(journal: Journal, caller: Caller) -> None:
    opened = await open_turn(journal, caller, "hello")
    assert opened.attempt is not None
    await journal.withdraw(opened.attempt)
    assert not await journal.close_attempt(opened.attempt, closing(named("X")))
    assert (await open_turn(journal, caller, "hello", 2)).facts.name is None


async def test_history_is_what_was_heard(journal: Journal, caller: Caller) -> None:
    opened = await open_turn(journal, caller, "hello")
    assert opened.attempt is not None
    said = (Say("First."), Say("Second."))
    await journal.close_attempt(opened.attempt, closing(parts=said, parts_heard=1))
    later = await open_turn(journal, caller, "go on", 2)
    assert later.history == (Line("caller", "hello"), Line("us", "First."))


async def test_history_for_a_model_keeps_the_newest_that_fits() -> None:
    lines = [Line("caller" if n % 2 else "us", f"{n} " + "x" * 500) for n in range(60)]
    items = conversation_items(lines, "now this")
    assert items[-1] == {"role": "user", "content": "now this"}
    assert str(items[-2]).count("59 ") == 1
    assert sum(len(str(item)) for item in items) < HISTORY_CHARACTERS * 1.3


async def test_failed_verifications_only_ever_grow(journal: Journal, caller: Caller) -> None:
    opened = await open_turn(journal, caller, "hello")
    assert opened.attempt is not None
    assert (await journal.wrong_try(caller.call)).of_call == 1
    await journal.withdraw(opened.attempt)
    assert (await journal.wrong_try(caller.call)).of_call == 2
    with pytest.raises(NotFound):
        await journal.wrong_try(replace(caller.call, call_id="no such call"))


async def test_a_call_belongs_to_its_credential_and_organisation(
    journal: Journal, caller: Caller
) -> None:
    await journal.start_call(caller.call)
    for changed in ({"credential": "other"}, {"organisation_id": 99}):
        with pytest.raises(NotFound):
            await journal.start_call(replace(caller.call, **changed))


async def test_a_known_number_learnt_later_is_kept(journal: Journal, caller: Caller) -> None:
    await journal.start_call(replace(caller.call, known_phone=None))
    await journal.start_call(caller.call)
    await journal.start_call(replace(caller.call, known_phone=None))
    record = await journal.call(None, caller.call_id)
    assert record is not None
    assert record.summary.known_phone == "+15185550100"


async def test_a_call_is_read_whole(journal: Journal, caller: Caller, clinic: Organisation) -> None:
    opened = await open_turn(journal, caller, "hello")
    assert opened.attempt is not None
    ran = RanTool("check_availability", {"service": "x"}, ToolResult("c", "None.", {}), 12)
    kept = KeptBack("time", "At nine.")
    timings = {"first": 7}
    await journal.close_attempt(
        opened.attempt, closing(tools=(ran,), kept_back=(kept,), timings=timings)
    )
    record = await journal.call(clinic.id, caller.call_id)
    assert record is not None
    (turn,) = record.turns
    assert (turn.text, turn.state, turn.parts) == ("hello", "answered", PARTS)
    assert turn.kept_back == (kept,)
    assert turn.timings == timings
    assert [(tool.name, tool.milliseconds) for tool in turn.tool_calls] == [
        ("check_availability", 12)
    ]
    assert record.false_claims == 1
    assert await journal.call(clinic.id + 1, caller.call_id) is None


async def test_calls_are_listed_newest_first_page_by_page(
    journal: Journal, caller: Caller, clinic: Organisation
) -> None:
    for number in range(5):
        await journal.start_call(replace(caller.call, call_id=f"c{number}"))
    page = await journal.calls(clinic.id, limit=2)
    seen = [one.call_id for one in page.calls]
    while page.next_cursor:
        page = await journal.calls(clinic.id, limit=2, cursor=page.next_cursor)
        seen += [one.call_id for one in page.calls]
    assert sorted(seen) == ["c0", "c1", "c2", "c3", "c4"]
    assert await journal.calls(clinic.id + 1) == replace(page, calls=(), next_cursor=None)
    with pytest.raises(Invalid):
        await journal.calls(clinic.id, cursor="nonsense")


async def test_an_end_told_twice_in_any_order_is_one_record(
    journal: Journal, caller: Caller
) -> None:
    await journal.start_call(caller.call)
    await journal.end_call(caller.call_id, reason="customer-ended-call", report={"cost": 1})
    await journal.end_call(caller.call_id)
    record = await journal.call(None, caller.call_id)
    assert record is not None
    assert record.summary.ended_at is not None
    assert (record.summary.end_reason, record.report) == ("customer-ended-call", {"cost": 1})
    assert await journal.end_call("no such call") is None


class Nameless:
    """A client that names no call: it sends all lines back each time."""

    def __init__(self, journal: Journal, organisation: Organisation, call_id: str) -> None:
        self.journal = journal
        self.organisation = organisation
        self.call_id = call_id
        self.lines: tuple[Line, ...] = ()

    async def says(self, text: str, reply: str) -> None:
        call = CallFacts(self.call_id, self.organisation.id, "openai", "admin")
        number = 1 + sum(line.who == "caller" for line in self.lines)
        turn = replace(
            Caller(None, self.organisation).turn(text, number=number),  # type: ignore[arg-type]
            call=call,
            history=self.lines,
        )
        opened = await self.journal.open_attempt(turn)
        assert opened.attempt is not None
        asked = (*self.lines, Line("caller", text))
        said = closing(parts=(Say(reply),), parts_heard=1, lines=asked, named=False)
        await self.journal.close_attempt(opened.attempt, said)
        self.lines = (*self.lines, Line("caller", text), Line("us", reply))

    async def found(self, text: str, credential: str = "admin") -> str | None:
        return await self.journal.find_continued(
            self.organisation.id, credential, history=self.lines, text=text
        )


async def test_a_body_without_a_call_id_continues_its_call(
    journal: Journal, clinic: Organisation
) -> None:
    client = Nameless(journal, clinic, "a")
    assert await client.found("hello") is None
    await client.says("hello", "Hello, how can I help?")
    client.lines = tuple(replace(line, text=f"  {line.text.upper()} ") for line in client.lines)
    assert await client.found("a haircut") == "a"
    assert await client.found("a haircut") == "a"
    assert await client.found("a haircut please") == "a"
    assert await client.found("a haircut", credential="somebody else") is None


async def test_callers_who_begin_alike_are_kept_apart(
    journal: Journal, clinic: Organisation
) -> None:
    clients = [Nameless(journal, clinic, name) for name in ("a", "b")]
    for client in clients:
        await client.says("hello", "Hello, how can I help?")
    found = {await client.found(f"I am {client.call_id}") for client in clients}
    assert found == {"a", "b"}
    assert await clients[0].found("I am a third one") is None


async def test_what_a_lost_attempt_booked_is_known_to_the_next(
    journal: Journal, caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    """The process died after the reply was heard and before it was written down."""
    opened = await open_turn(journal, caller, "book it")
    assert opened.attempt is not None
    offered = await desk.offer(clinic.id, Wish("checkup"), attempt=opened.attempt)
    order = Order(CustomerDetails("Maria Lopez"), offer_id=offered.offers[0].offer_id)
    booking = await desk.book(clinic.id, order, attempt=opened.attempt)
    after = await open_turn(journal, caller, "thanks", 2)
    assert after.facts.booked_here == [booking.reference]


async def test_the_store_holds_what_the_migration_made(store: Store, journal: Journal) -> None:
    assert (await journal.calls(None)).calls == ()
