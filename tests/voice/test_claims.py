"""Nothing false leaves: a model that lies in every way we know, and truths that pass unchanged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order
from tests.clinic import NOW
from tests.voice.caller import Caller
from tests.voice.claiming import context_of, is_kept_back, let_through
from voice.call import CallContext
from voice.journal.journal import Journal
from voice.tool_results import ToolResult
from voice.turn import Transfer

WANTS_AFTERNOON = "a check-up with Ana Ruiz tomorrow afternoon please"


@pytest.fixture
async def offered(caller: Caller, desk: Desk, journal: Journal) -> CallContext:
    """Tomorrow, Tuesday 24 November, at noon-ish with Ana Ruiz; three live offers."""
    await caller.says(WANTS_AFTERNOON)
    return await context_of(caller, desk, journal)


LIES_IN_A_NEW_CALL = [
    "I have Tuesday at two or Wednesday at ten thirty.",
    "How about half past two tomorrow?",
    "Tomorrow at 3:30 PM is available.",
    "There's an opening on Thursday morning.",
    "The next free slot is today at noon with Ana Ruiz.",
    "You're booked.",
    "You're all set for tomorrow at 2 PM.",
    "Done, I've booked you in with Ana Ruiz.",
    "Your appointment is confirmed for Tuesday, November 24th at 2 PM.",
    "See you tomorrow at two!",
    "I've cancelled your appointment.",
    "Your appointment has been cancelled.",
    "Your appointment has been moved to Friday at nine.",
    "I've rescheduled that for you.",
    "I'll transfer you now.",
    "One moment while I connect you to the front desk.",
    "Putting you through to a person.",
    "The clinic is open at 9 PM.",
    "We're open until ten in the evening on Tuesday.",
    "We're open on Sunday, November 29th.",
    "We're closed tomorrow.",
    "A check-up costs 45 dollars.",
    "That's forty-five dollars.",
    "The dental cleaning is $120.",
    "I've sent you a confirmation by text.",
    "You'll receive a confirmation e-mail shortly.",
    "Your reference is K 7 M, 2 Q X.",
    "You can reach us on 2 1 2, 5 5 5, 9 9 9 9.",
    "I'll book you for Thursday at eleven.",
    "I can do Wednesday, November 24th at 2 PM.",
    "It's on Friday at four.",
    "Ben Carter can see you at nine on Wednesday.",
    "Could you say that you are booked for nine tomorrow?",
]


async def test_a_lie_in_a_new_call_is_kept_back(
    caller: Caller, desk: Desk, journal: Journal
) -> None:
    context = await context_of(caller, desk, journal)
    assert await let_through(context, LIES_IN_A_NEW_CALL) == []


TRUTHS_IN_A_NEW_CALL = [
    "Willow Street Clinic, how can I help?",
    "What would you like to book?",
    "Which day would suit you?",
    "Would Thursday or Friday be better?",
    "Shall I book it?",
    "I haven't booked anything yet.",
    "Nothing is booked yet.",
    "I'm afraid Sunday isn't possible.",
    "Would you like me to cancel it?",
    "Shall I put you through to a person?",
    "I can transfer you if you like.",
    "I can't put you through from here.",
    "A check-up costs 120 dollars and takes 30 minutes.",
    "The dental cleaning is ninety-five dollars.",
    "We're open from 9 AM to 5 PM on Monday.",
    "We're open Saturday from nine to one.",
    "We're closed on Sunday.",
    "You can call us on 2 1 2, 5 5 5, 0 1 0 0.",
    "There is free parking behind the building, and the entrance is on Willow Street.",
    "Thank you for calling, goodbye!",
    "You can see Ana Ruiz, Ben Carter or Mei Tanaka.",
    "Today is Monday, November 23rd.",
    "I can book check-ups, cleanings, vaccinations and physiotherapy.",
    "Are you open to seeing somebody else?",
    "Could I have your name, please?",
    "I'm sorry, I didn't catch that.",
]


async def test_a_truth_in_a_new_call_passes_unchanged(
    caller: Caller, desk: Desk, journal: Journal
) -> None:
    context = await context_of(caller, desk, journal)
    assert await let_through(context, TRUTHS_IN_A_NEW_CALL) == TRUTHS_IN_A_NEW_CALL


async def test_a_live_offer_may_be_offered_in_many_words(offered: CallContext) -> None:
    starts = [offer.start.astimezone(offered.business.zone) for offer in offered.facts.offers]
    assert len(starts) == 3
    for at in starts:
        clock = f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"
        for sentence in (
            f"I have {clock} tomorrow with Ana Ruiz.",
            f"How about tomorrow at {clock}?",
            f"Ana has Tuesday, November 24th at {clock}, would that work?",
            f"Shall I book tomorrow at {clock} for you?",
        ):
            assert await is_kept_back(offered, sentence) is None, sentence


async def test_what_is_not_a_live_offer_is_not_offered(offered: CallContext) -> None:
    for sentence in (
        "I also have tomorrow at 9:15 AM.",
        "How about five minutes past four tomorrow?",
        "Wednesday at noon is free too.",
        "You're booked for tomorrow afternoon.",
        "Great, you're all set!",
    ):
        assert await is_kept_back(offered, sentence), sentence


async def test_an_offer_names_its_own_provider(offered: CallContext) -> None:
    at = offered.facts.offers[0].start.astimezone(offered.business.zone)
    clock = f"{at.hour % 12 or 12}:{at.minute:02d} PM"
    assert await is_kept_back(offered, f"Ben Carter has tomorrow at {clock}.")


async def test_another_calls_offer_is_not_ours(
    caller: Caller, desk: Desk, journal: Journal, offered: CallContext
) -> None:
    at = offered.facts.offers[0].start.astimezone(offered.business.zone)
    stranger = Caller(caller.conversation, caller.organisation, call_id="another")
    context = await context_of(stranger, desk, journal)
    clock = f"{at.hour % 12 or 12}:{at.minute:02d} PM"
    assert await is_kept_back(context, f"I have tomorrow at {clock}.")


async def test_an_offer_that_was_replaced_is_not_offered_again(
    caller: Caller, desk: Desk, journal: Journal, offered: CallContext
) -> None:
    at = offered.facts.offers[0].start.astimezone(offered.business.zone)
    clock = f"{at.hour % 12 or 12}:{at.minute:02d} PM"
    await caller.says("what about Thursday morning instead?")
    context = await context_of(caller, desk, journal)
    assert await is_kept_back(context, f"I have tomorrow at {clock}.")


async def test_an_offer_is_dead_once_the_call_has_ended(
    caller: Caller, desk: Desk, journal: Journal, offered: CallContext
) -> None:
    at = offered.facts.offers[0].start.astimezone(offered.business.zone)
    clock = f"{at.hour % 12 or 12}:{at.minute:02d} PM"
    await caller.conversation.hang_up(caller.call_id)
    assert await is_kept_back(offered, f"I have tomorrow at {clock}.")


async def test_the_callers_own_words_may_be_repeated(
    caller: Caller, desk: Desk, journal: Journal
) -> None:
    context = await context_of(caller, desk, journal, text="can I come Friday at four?")
    assert await is_kept_back(context, "Did you say Friday at four?") is None
    assert await is_kept_back(context, "Friday at 4 PM isn't available.") is None
    assert await is_kept_back(context, "Let me look at Friday at four.") is None
    assert await is_kept_back(context, "Friday at four is free.")
    assert await is_kept_back(context, "You're down for Friday at four, all booked.")


async def test_what_a_tool_said_passes_word_for_word(
    caller: Caller, desk: Desk, journal: Journal
) -> None:
    context = await context_of(caller, desk, journal)
    said = "We're closed now, and open tomorrow at 9 AM."
    context.results.append(ToolResult("answer_question", said, {}))
    assert await is_kept_back(context, said) is None


async def test_a_transfer_may_be_promised_once_it_is_asked_for(
    caller: Caller, desk: Desk, journal: Journal
) -> None:
    context = await context_of(caller, desk, journal)
    context.acts.append(Transfer("+12125550100", "asked for"))
    assert await is_kept_back(context, "One moment, I'm putting you through.") is None


async def test_an_offer_whose_hold_has_run_out_is_not_offered_as_it_was(
    offered: CallContext, store: Store, caller: Caller, desk: Desk
) -> None:
    """Somebody else has taken it meanwhile."""
    first = offered.facts.offers[0]
    at = first.start.astimezone(offered.business.zone)
    clock = f"{at.hour % 12 or 12}:{at.minute:02d} PM"
    assert await is_kept_back(offered, f"I have tomorrow at {clock}.") is None
    await store.start_clock((NOW + timedelta(minutes=30)).isoformat())
    offered.now = await store.current_time()
    assert await is_kept_back(offered, f"I have tomorrow at {clock}.") is None
    order = Order(
        CustomerDetails("John Smith"),
        service_id=first.service_id,
        start=first.start,
        provider_id=first.provider_id,
    )
    await desk.book(caller.organisation.id, order)
    assert await is_kept_back(offered, f"I have tomorrow at {clock}.")
