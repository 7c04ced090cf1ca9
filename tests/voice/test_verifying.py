"""Whose booking it is: what proves it, what does not, and how often may be tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.caller import Caller
from tests.voice.talking import book_of
from tests.voice.tool_runs import other_booking, run
from voice.call import CallContext
from voice.conversation import Conversation
from voice.dialogue.matters.account import Account
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.journal.values import WrongTries
from voice.tools.proving import MOST_TRIES, MOST_TRIES_OF_A_SOURCE, TOO_MANY
from voice.understanding.numbers.references import kin_of, sounding_like


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call in which no turn runs: the tool webhook's view of it."""
    return await conversation.tool_context(caller.call)


async def test_a_known_number_and_a_name_verify(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    reference = await other_booking(desk, clinic, "Sam Lee", context.call.known_phone or "")
    result = await run(context, "verify_caller", name="Lee")
    assert [each["reference"] for each in result.facts["bookings"]] == [reference]
    cancelled = await run(context, "cancel_appointment", reference=reference)
    assert cancelled.facts["booking"]["status"] == "cancelled"


async def test_reference_and_name_verify_from_any_number(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    reference = await other_booking(desk, clinic, "Sam Lee", "+12125550199")
    spelled = " ".join(reference.lower())
    result = await run(context, "find_appointment", name="sam", reference=spelled)
    assert [each["reference"] for each in result.facts["bookings"]] == [reference]


async def test_a_stranger_hears_the_same_whether_or_not_there_is_a_booking(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    reference = await other_booking(desk, clinic, "Sam Lee", "+12125550199")
    there = await run(context, "verify_caller", name="Kim Moore", reference=reference)
    nowhere = await run(context, "verify_caller", name="Kim Moore", reference="ZZZZZZ")
    assert there.refused == nowhere.refused == "not_verified"
    assert there.facts == nowhere.facts
    for tool in ("cancel_appointment", "reschedule_appointment"):
        known = await run(context, tool, reference=reference, date="Friday", time="10 AM")
        unknown = await run(context, tool, reference="ZZZZZZ", date="Friday", time="10 AM")
        assert known.facts == unknown.facts
    assert (await book_of(desk, clinic))[0].status == "booked"


async def test_a_name_is_changed_after_our_own_yes_alone_and_on_no_booking_of_a_stranger(
    context: CallContext, desk: Desk, clinic: Organisation
) -> None:
    own = await other_booking(desk, clinic, "Sam Lee", context.call.known_phone or "")
    context.facts.verified = [own]
    asked_by_a_model = await run(context, "change_name", name="Kim Moore", reference=own)
    assert asked_by_a_model.refused == "not_allowed"
    agreed = Account(wish="name", name="Kim Moore", agreed=True)
    context.facts.agenda = context.facts.agenda.but(matters=(agreed,))
    context.facts.verified = []
    there = await run(context, "change_name", name="Kim Moore", reference=own)
    nowhere = await run(context, "change_name", name="Kim Moore", reference="ZZZZZZ")
    assert (there.refused, there.facts) == (nowhere.refused, nowhere.facts)
    assert (await book_of(desk, clinic))[0].customer_name == "Sam Lee"
    context.facts.verified = [own]
    await run(context, "change_name", name="Kim Moore", reference=own)
    assert (await book_of(desk, clinic))[0].customer_name == "Kim Moore"


async def test_five_wrong_tries_end_verification_for_the_call(
    context: CallContext, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    reference = await other_booking(desk, clinic, "Sam Lee", context.call.known_phone or "")
    for name in ("Kim", "Bob", "Zoe", "Max", "Ida"):
        assert (await run(context, "verify_caller", name=name)).refused == "not_verified"
    result = await run(context, "verify_caller", name="Sam Lee", reference=reference)
    assert result.refused == "not_verified"
    assert "person" in result.spoken
    assert (await journal.wrong_tries(context.call)).of_call == 5


async def test_wrong_tries_at_one_booking_count_over_all_calls(
    conversation: Conversation, caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    """And whoever meets the end of them is told the same where there is no such booking."""
    reference = await other_booking(desk, clinic, "Sam Lee", "+12125550199")
    said = {}
    for wanted in (reference, "ZZZZZZ"):
        for number in range(MOST_TRIES):
            call = replace(caller.call, call_id=f"{wanted}-{number}", known_phone=None)
            context = await conversation.tool_context(call)
            await run(context, "verify_caller", name="Kim Moore", reference=wanted)
        call = replace(caller.call, call_id=f"{wanted}-last", known_phone=None)
        context = await conversation.tool_context(call)
        result = await run(context, "verify_caller", name="Sam Lee", reference=wanted)
        said[wanted] = (result.refused, result.spoken)
    assert said[reference] == said["ZZZZZZ"] == ("not_verified", TOO_MANY)
    own = await conversation.tool_context(replace(caller.call, known_phone="+12125550199"))
    assert (await run(own, "verify_caller", name="Sam Lee")).refused is None


async def test_from_a_known_number_nobody_learns_which_references_exist(
    context: CallContext, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    """One that shows nothing is a wrong try, also where the number then shows who is calling."""
    await other_booking(desk, clinic, "Sam Lee", context.call.known_phone or "")
    strangers = await other_booking(desk, clinic, "Kim Moore", "+12125550199", "ben")
    there = await run(context, "verify_caller", name="Sam", reference=strangers)
    nowhere = await run(context, "verify_caller", name="Sam", reference="ZZZZZZ")
    assert (there.refused, there.spoken, there.facts) == (None, nowhere.spoken, nowhere.facts)
    assert strangers not in context.facts.verified
    assert (await journal.wrong_tries(context.call, strangers)).of_booking == 1
    assert (await journal.wrong_tries(context.call, "ZZZZZZ")).of_booking == 1
    for _ in range(MOST_TRIES):
        last = await run(context, "verify_caller", name="Sam", reference="YYYYYY")
    assert (last.refused, last.spoken) == ("not_verified", TOO_MANY)


async def test_all_that_a_reference_may_be_is_one_try_of_each(
    context: CallContext, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    strangers = await other_booking(desk, clinic, "Kim Moore", "+12125550199")
    for said in (f"ZZZZZZ or {strangers}", f"YYYYYY OR {strangers}"):
        assert (await run(context, "verify_caller", name="Sam", reference=said)).refused
    tries = await journal.wrong_tries(context.call, strangers)
    assert (tries.of_call, tries.of_booking) == (2, 2)
    assert (await journal.wrong_tries(context.call, "ZZZZZZ")).of_booking == 1
    result = await run(context, "verify_caller", name="Kim", reference=f"ZZZZZZ or {strangers}")
    assert [each["reference"] for each in result.facts["bookings"]] == [strangers]


async def test_a_reference_that_only_sounds_like_one_needs_the_name(
    context: CallContext, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    """And tells nobody whether there is such a booking: what is near it counts, whether there is
    one or not, and one that was tried too often is no longer found through another."""
    reference = await other_booking(desk, clinic, "Kim Moore", "+12125550199")
    near, far = _one_and_two_off(reference)
    wrong = await run(context, "verify_caller", name="Ida Moore", reference=near)
    assert wrong.refused == "not_verified"
    assert await journal.wrong_tries(context.call, *kin_of(reference)) == WrongTries(1, 1, 1)
    inexact = await run(context, "verify_caller", name="Kym Moor", reference=far)
    assert inexact.refused is None  # it sounds the same
    for name in ("Kim", "Moore", "Tim Moore"):
        one = await _another_call(context, journal, f"as {name}")
        assert (await run(one, "verify_caller", name=name, reference=near)).refused
    for heard in (near, far):
        fresh = await _another_call(context, journal, heard)
        right = await run(fresh, "verify_caller", name="Kim Moore", reference=heard)
        assert [each["reference"] for each in right.facts["bookings"]] == [reference]
    for _ in range(MOST_TRIES):
        await journal.wrong_try(replace(context.call, known_phone=None), reference)
    guarded = await _another_call(context, journal, "guarded")
    assert (await run(guarded, "verify_caller", name="Kim Moore", reference=near)).refused


async def test_who_tries_the_neighbours_of_a_reference_gets_at_none_of_them(
    context: CallContext, desk: Desk, clinic: Organisation, journal: Journal
) -> None:
    reference = await other_booking(desk, clinic, "Kim Moore", "+12125550199")
    near, far = _one_and_two_off(reference)
    for number in range(MOST_TRIES):
        fresh = await _another_call(context, journal, f"guess-{number}")
        assert (await run(fresh, "verify_caller", name="Sam", reference=near)).refused
    last = await _another_call(context, journal, "last")
    for heard in (reference, far):
        assert (await run(last, "verify_caller", name="Kim Moore", reference=heard)).refused


def _one_and_two_off(reference: str) -> tuple[str, str]:
    """Heard instead of it."""
    alike = [each for each in sounding_like(reference) if reference in sounding_like(each)]
    off = {each: sum(map(str.__ne__, reference, each)) for each in alike}
    near = next(each for each in alike if off[each] == 1)
    return near, next((each for each in alike if off[each] > 1), near)


async def _another_call(context: CallContext, journal: Journal, name: str) -> CallContext:
    call = replace(context.call, call_id=f"call {name}", network=None)
    await journal.start_call(call)
    return replace(context, facts=Facts(), call=call)


@pytest.mark.parametrize("field", ["network", "known_phone"])
async def test_wrong_tries_from_one_place_count_over_all_calls(
    conversation: Conversation,
    caller: Caller,
    desk: Desk,
    clinic: Organisation,
    *,
    field: str,
) -> None:
    reference = await other_booking(desk, clinic, "Sam Lee", "+12125550199")
    here: dict[str, str | None] = {"network": None, "known_phone": None}
    here[field] = "198.51.100.7" if field == "network" else "+12125550188"
    unlike = [3 * "".join(two) for two in permutations("45679LRWY", 2)]
    for guess in unlike[:MOST_TRIES_OF_A_SOURCE]:
        call = replace(caller.call, call_id=f"call {guess}", **here)  # type: ignore[arg-type]
        context = await conversation.tool_context(call)
        await run(context, "verify_caller", name="Kim Moore", reference=guess)
    again = replace(caller.call, call_id="again", **here)  # type: ignore[arg-type]
    context = await conversation.tool_context(again)
    result = await run(context, "verify_caller", name="Sam Lee", reference=reference)
    assert result.spoken == TOO_MANY
    elsewhere = replace(again, call_id="elsewhere", network="198.51.100.8", known_phone=None)
    context = await conversation.tool_context(elsewhere)
    found = await run(context, "verify_caller", name="Sam Lee", reference=reference)
    assert found.refused is None


async def test_a_claimed_number_is_no_identity(
    conversation: Conversation, caller: Caller, desk: Desk, clinic: Organisation
) -> None:
    await other_booking(desk, clinic, "Sam Lee", "+12125550199")
    caller.known_phone = None
    context = await conversation.tool_context(caller.call)
    context.facts.agenda = context.facts.agenda.but(phone="+12125550199")
    result = await run(context, "find_appointment", name="Sam Lee")
    assert result.refused == "not_verified"
    assert "reference" in result.spoken
