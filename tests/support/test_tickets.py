"""What callers leave for staff is kept once, found again, and gone with a turn nobody heard."""

from __future__ import annotations

import pytest

from scheduling import settlement
from scheduling.desk import Desk
from scheduling.errors import Ambiguous, ChangedMeanwhile, Invalid, KeyReused, NotAllowed, NotFound
from scheduling.store import Store
from scheduling.values import Attempt, CustomerDetails, Organisation
from support.ticket_forgetting import calls_of_customer, forget_words
from support.ticket_values import Concern, TicketFilter
from support.tickets import LONGEST_WORDS, Tickets
from tests.scheduling.willow import JANE, attempt, begin, hang_up, pass_time

DRIPS = Concern("The tap drips", JANE, priority="high")
CALL_BACK = Concern("Wants to know about braces", CustomerDetails("", "+12125550188"),
                    kind="message", call_back="tomorrow after three")  # fmt: skip


@pytest.fixture
def tickets(desk: Desk) -> Tickets:
    return Tickets(desk)


async def listed(tickets: Tickets, of: Organisation, **wanted: object) -> list[str]:
    page = await tickets.find(of.id, TicketFilter(**wanted))  # type: ignore[arg-type]
    return [ticket.issue for ticket in page.tickets]


async def history(tickets: Tickets, of: Organisation, reference: str) -> list[tuple[str, str]]:
    _, events = await tickets.history(of.id, reference)
    return [(event.what, event.words) for event in events]


async def undo(store: Store, gone: Attempt) -> None:
    await store.write(lambda s: settlement.withdraw(s, gone.id, store.now(s)))


async def test_a_ticket_is_kept_as_it_was_left(tickets: Tickets, clinic: Organisation) -> None:
    made = await tickets.create(clinic.id, DRIPS, call_id="call")
    assert (made.status, made.priority, made.kind) == ("open", "high", "problem")
    assert (made.customer_name, made.customer_phone) == ("Jane Doe", "+12125550142")
    assert (made.call_id, made.created_at) == ("call", made.updated_at)
    assert len(made.reference) == 6
    found, (opened,) = await tickets.history(clinic.id, made.reference.lower())
    assert found == made
    assert (opened.what, opened.who) == ("opened", "caller")


async def test_a_message_needs_no_name(tickets: Tickets, clinic: Organisation) -> None:
    made = await tickets.create(clinic.id, CALL_BACK)
    assert (made.customer_name, made.call_back) == ("", "tomorrow after three")
    assert await listed(tickets, clinic, phone="555 0189") == []
    assert await listed(tickets, clinic, phone="555 0188") == [CALL_BACK.issue]


async def test_words_are_bounded_and_there_are_some(tickets: Tickets, clinic: Organisation) -> None:
    long = await tickets.create(clinic.id, Concern("so \x00 on " * 1000, JANE))
    assert len(long.issue) <= LONGEST_WORDS
    for wrong in (Concern(" ", JANE), Concern("x", CustomerDetails("Jo", "12"))):
        with pytest.raises(Invalid):
            await tickets.create(clinic.id, wrong)


async def test_the_same_key_makes_one_ticket(tickets: Tickets, clinic: Organisation) -> None:
    first = await tickets.create(clinic.id, DRIPS, key="k")
    assert await tickets.create(clinic.id, DRIPS, key="k") == first
    with pytest.raises(KeyReused):
        await tickets.create(clinic.id, CALL_BACK, key="k")
    assert await listed(tickets, clinic) == [DRIPS.issue]


async def test_an_open_ticket_of_the_same_caller_is_found_and_added_to(
    tickets: Tickets, clinic: Organisation, store: Store
) -> None:
    made = await tickets.create(clinic.id, DRIPS)
    await tickets.create(clinic.id, CALL_BACK)
    await tickets.set_status(clinic.id, made.reference, "waiting")
    await pass_time(store, days=1)
    assert JANE.phone
    (again,) = await tickets.unclosed(clinic.id, JANE.phone)
    added = await tickets.add_note(clinic.id, again.reference, "it pours", priority="urgent")
    assert (added.status, added.priority) == ("open", "urgent")
    assert added.issue == f"{DRIPS.issue}; it pours"
    lower = await tickets.add_note(clinic.id, again.reference, "less now", priority="low")
    assert (lower.priority, lower.issue) == ("urgent", f"{DRIPS.issue}; it pours; less now")
    assert await history(tickets, clinic, made.reference) == [
        ("opened", ""), ("waiting", ""), ("noted", "it pours"), ("noted", "less now"),
    ]  # fmt: skip
    await tickets.set_status(clinic.id, made.reference, "closed")
    assert await tickets.unclosed(clinic.id, JANE.phone) == ()
    with pytest.raises(NotAllowed):
        await tickets.add_note(clinic.id, made.reference, "again")


async def test_a_ticket_of_a_turn_that_lost_is_gone(
    tickets: Tickets, clinic: Organisation, store: Store
) -> None:
    older = await attempt(store, clinic, 1)
    made = await tickets.create(clinic.id, DRIPS, attempt=older, key="k")
    newer = await attempt(store, clinic, 1)
    assert await listed(tickets, clinic) == []
    assert await tickets.unclosed(clinic.id, "+12125550142") == ()
    with pytest.raises(NotFound):
        await tickets.history(clinic.id, made.reference)
    with pytest.raises(NotFound):
        await tickets.set_status(clinic.id, made.reference, "closed")
    again = await tickets.create(clinic.id, DRIPS, attempt=newer, key="k")
    await hang_up(store, clinic)
    assert again.reference != made.reference
    assert await listed(tickets, clinic) == [DRIPS.issue]


async def test_a_note_of_a_turn_that_lost_leaves_the_ticket_as_it_was(
    tickets: Tickets, clinic: Organisation, store: Store
) -> None:
    made = await tickets.create(clinic.id, DRIPS)
    waiting = await tickets.set_status(clinic.id, made.reference, "waiting")
    gone = await attempt(store, clinic, 1)
    await tickets.add_note(clinic.id, made.reference, "never", priority="urgent", attempt=gone)
    await undo(store, gone)
    found, events = await tickets.history(clinic.id, made.reference)
    assert found == waiting
    assert [event.what for event in events] == ["opened", "waiting"]


async def test_a_ticket_that_was_heard_of_stays(
    tickets: Tickets, clinic: Organisation, store: Store
) -> None:
    heard = await attempt(store, clinic, 1)
    await tickets.create(clinic.id, DRIPS, attempt=heard)
    await begin(store, clinic, 2)
    assert await listed(tickets, clinic) == [DRIPS.issue]


async def test_of_two_changes_at_once_the_first_wins(
    tickets: Tickets, clinic: Organisation
) -> None:
    made = await tickets.create(clinic.id, DRIPS)
    closed = await tickets.set_status(clinic.id, made.reference, "closed", version=made.version)
    assert closed.version > made.version
    with pytest.raises(ChangedMeanwhile):
        await tickets.set_status(clinic.id, made.reference, "waiting", version=made.version)
    same = await tickets.set_status(clinic.id, made.reference, "closed", version=made.version)
    assert same == closed


async def test_one_organisations_tickets_are_not_anothers(
    tickets: Tickets, clinic: Organisation, other_shop: Organisation
) -> None:
    made = await tickets.create(clinic.id, DRIPS)
    assert await listed(tickets, other_shop) == []
    assert await tickets.unclosed(other_shop.id, "+12125550142") == ()
    for wrong in (
        tickets.history(other_shop.id, made.reference),
        tickets.add_note(other_shop.id, made.reference, "x"),
        tickets.set_status(other_shop.id, made.reference, "closed"),
    ):
        with pytest.raises(NotFound):
            await wrong
    assert (await tickets.history(None, made.reference))[0] == made


async def test_a_reference_that_two_organisations_have_is_ambiguous(
    tickets: Tickets, clinic: Organisation, other_shop: Organisation, store: Store
) -> None:
    made = await tickets.create(clinic.id, DRIPS)
    theirs = await tickets.create(other_shop.id, Concern("Flat tyre", JANE))
    await rename(store, theirs.reference, made.reference)
    with pytest.raises(Ambiguous):
        await tickets.history(None, made.reference)


async def rename(store: Store, reference: str, becomes: str) -> None:
    """As if chance had drawn it so."""
    change = f"UPDATE ticket SET reference = '{becomes}' WHERE reference = '{reference}'"
    await store.write(lambda connection: connection.exec_driver_sql(change))


async def test_words_go_with_their_call_and_the_customer_when_asked(
    tickets: Tickets, clinic: Organisation, store: Store
) -> None:
    made = await tickets.create(clinic.id, DRIPS, call_id="first")
    await tickets.add_note(clinic.id, made.reference, "it pours", call_id="second")
    await tickets.set_status(clinic.id, made.reference, "waiting", reason="part is ordered")
    calls = await store.read(lambda s: calls_of_customer(s, clinic.id, "+12125550142"))
    assert calls == ["first"]
    await store.write(lambda s: forget_words(s, clinic.id, ["first", "second"]))
    found, events = await tickets.history(clinic.id, made.reference)
    assert (found.issue, found.customer_name) == ("", "Jane Doe")
    assert [event.words for event in events] == ["", "", "part is ordered"]
    await tickets.forget(clinic.id, "+12125550142")
    found, events = await tickets.history(clinic.id, made.reference)
    assert (found.customer_name, found.customer_phone, found.status) == ("", None, "waiting")
    assert {event.words for event in events} == {""}
