"""Nothing false leaves: a model that lies in every way we know, and truths that pass unchanged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation, Target
from tests.clinic import NOW
from tests.voice.caller import Caller
from voice.call import CallContext, ToolResult
from voice.claims import ClaimsCheck
from voice.journal import Journal
from voice.turn import Line, Transfer

WANTS_AFTERNOON = "a check-up with Ana Ruiz tomorrow afternoon please"


async def context_of(
    caller: Caller, desk: Desk, journal: Journal, *, text: str = "", history: str = ""
) -> CallContext:
    """What a model's words are held against after the turns so far."""
    facts, now = await journal.facts(caller.call)
    return CallContext(
        call=caller.call,
        organisation=caller.organisation,
        business=await desk.business(caller.organisation.id),
        facts=facts,
        now=now,
        text=text,
        desk=desk,
        journal=journal,
        history=(Line("caller", history),) if history else (),
    )


@pytest.fixture
async def offered(caller: Caller, desk: Desk, journal: Journal) -> CallContext:
    """Tomorrow, Tuesday 24 November, at noon-ish with Ana Ruiz; three live offers."""
    await caller.says(WANTS_AFTERNOON)
    return await context_of(caller, desk, journal)


@pytest.fixture
async def booked(caller: Caller, desk: Desk, journal: Journal) -> CallContext:
    """Maria Lopez is booked with Ana Ruiz tomorrow at 2 PM."""
    await caller.says("a check-up with Ana Ruiz tomorrow at 2 pm")
    await caller.says("yes please")
    await caller.says("Maria Lopez")
    said = await caller.says("yes")
    assert "booked" in said, said
    return await context_of(caller, desk, journal)


def check_of(context: CallContext) -> ClaimsCheck:
    return ClaimsCheck(context)


async def is_kept_back(context: CallContext, sentence: str) -> str | None:
    check = ClaimsCheck(context)
    said = await check.check(sentence)
    if not check.kept_back:
        assert said == sentence
        return None
    assert said
    assert said != sentence
    assert await ClaimsCheck(context).check(said) == said, f"the truth was not true: {said}"
    return check.kept_back[0].kind


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
]


@pytest.mark.parametrize("sentence", LIES_IN_A_NEW_CALL)
async def test_a_lie_in_a_new_call_is_kept_back(
    caller: Caller, desk: Desk, journal: Journal, sentence: str
) -> None:
    context = await context_of(caller, desk, journal)
    assert await is_kept_back(context, sentence)


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


@pytest.mark.parametrize("sentence", TRUTHS_IN_A_NEW_CALL)
async def test_a_truth_in_a_new_call_passes_unchanged(
    caller: Caller, desk: Desk, journal: Journal, sentence: str
) -> None:
    context = await context_of(caller, desk, journal)
    assert await is_kept_back(context, sentence) is None


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


TRUTHS_ABOUT_THE_BOOKING = [
    "You're booked for tomorrow at 2 PM.",
    "You're all set, Maria!",
    "You're booked with Ana Ruiz on Tuesday, November 24th at 2 PM, for Maria Lopez.",
    "See you tomorrow at two.",
    "Your check-up is confirmed for tomorrow at two in the afternoon.",
    "It's tomorrow at 2 PM with Ana Ruiz.",
]
LIES_ABOUT_THE_BOOKING = [
    "You're booked for tomorrow at 3 PM.",
    "You're booked for Wednesday at 2 PM.",
    "You're booked for Wednesday, November 24th at 2 PM.",
    "You're booked with Ben Carter tomorrow at 2 PM.",
    "You're booked, John Smith, for tomorrow at 2 PM.",
    "Your dental cleaning is booked for tomorrow at 2 PM.",
    "I've cancelled your appointment for tomorrow at 2 PM.",
    "I've moved your appointment to tomorrow at 2 PM.",
    "Your appointment is moved to Thursday at ten.",
    "See you at half past two tomorrow.",
]


@pytest.mark.parametrize("sentence", TRUTHS_ABOUT_THE_BOOKING)
async def test_a_booking_may_be_confirmed_as_it_is(booked: CallContext, sentence: str) -> None:
    assert await is_kept_back(booked, sentence) is None


@pytest.mark.parametrize("sentence", LIES_ABOUT_THE_BOOKING)
async def test_a_booking_is_not_confirmed_as_it_is_not(booked: CallContext, sentence: str) -> None:
    assert await is_kept_back(booked, sentence)


async def test_moved_and_cancelled_may_be_said_once_they_are(
    caller: Caller, desk: Desk, journal: Journal, booked: CallContext
) -> None:
    (reference,) = booked.facts.booked_here
    when = NOW + timedelta(days=2, hours=1)  # Wednesday at ten in New York
    await desk.move(caller.organisation.id, reference, Target(start=when), call_id=caller.call_id)
    moved = await context_of(caller, desk, journal)
    assert await is_kept_back(moved, "I've moved it to Wednesday at 10 AM.") is None
    assert await is_kept_back(moved, "It's moved from tomorrow at two to Wednesday at ten.") is None
    assert await is_kept_back(moved, "You're still booked for tomorrow at 2 PM.")
    await desk.cancel(caller.organisation.id, reference, call_id=caller.call_id)
    cancelled = await context_of(caller, desk, journal)
    assert await is_kept_back(cancelled, "Your appointment on Wednesday is cancelled.") is None
    assert await is_kept_back(cancelled, "You're booked for Wednesday at 10 AM.")


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


async def test_a_withdrawn_booking_is_not_confirmed(
    caller: Caller, desk: Desk, journal: Journal, booked: CallContext, store: Store
) -> None:
    rival = caller.turn("no wait, make it Thursday", number=5, first_unheard=4)
    await caller.hears(rival)
    assert await is_kept_back(booked, "You're booked for tomorrow at 2 PM.")


async def test_another_organisation_backs_nothing(
    desk: Desk, journal: Journal, booked: CallContext, clinic: Organisation
) -> None:
    (reference,) = booked.facts.booked_here
    booked.facts.booked_here = ["ZZZZZZ"]
    booked.facts.found = []
    assert reference
    assert await is_kept_back(booked, "You're booked for tomorrow at 2 PM.")
