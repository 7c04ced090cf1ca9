"""Clients that edit what was said, ask again, begin anew, or send a part of the call alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from scheduling.desk import Desk
from scheduling.values import BookingFilter, Organisation
from tests.voice.caller import Caller, booked, spoken
from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.turn import Line

ASKS = "I'd like a check-up with Ana Ruiz on Wednesday at ten"
NAMED = "Maria Lopez"


@dataclass
class Chat:
    """A client that names its call and sends back what it shows, or the last lines of that."""

    caller: Caller
    lines: list[Line] = field(default_factory=list)
    most: int | None = None

    async def says(self, text: str) -> str:
        """The reply, which both now show."""
        sent = tuple(self.lines if self.most is None else self.lines[-self.most :])
        number = 1 + sum(line.who == "caller" for line in sent)
        reply = spoken(await self.caller.hears(self.caller.turn(text, number=number, history=sent)))
        self.lines += [Line("caller", text), Line("us", reply)]
        return reply

    def back_to(self, exchanges: int) -> None:
        """So many of the exchanges stay."""
        del self.lines[2 * exchanges :]


@pytest.fixture
def store_url(either_store_url: str) -> str:
    """Either database: where a turn belongs is asked of the store."""
    return either_store_url


@pytest.fixture
def chat(conversation: Conversation, clinic: Organisation) -> Chat:
    return Chat(Caller(conversation, clinic))


async def held(desk: Desk, clinic: Organisation) -> list[str]:
    page = await desk.find(clinic.id, BookingFilter(status="held"))
    zone = (await desk.business(clinic.id)).zone
    return [f"{one.start.astimezone(zone):%a %H:%M}" for one in page.bookings]


async def test_an_edited_wish_is_the_one_that_is_booked(
    chat: Chat, desk: Desk, clinic: Organisation
) -> None:
    await chat.says("Hello")
    await chat.says(ASKS)
    await chat.says(NAMED)
    chat.back_to(1)
    await chat.says(ASKS.replace("Wednesday at ten", "Thursday at eleven"))
    assert await held(desk, clinic) == ["Thu 11:00"]
    await chat.says(NAMED)
    await chat.says("yes")
    assert await booked(desk, clinic) == ["Maria Lopez Thu 11:00 booked"]


async def test_what_an_abandoned_branch_booked_stands_and_is_told_of_once(
    chat: Chat, desk: Desk, clinic: Organisation
) -> None:
    await chat.says("Hello")
    await chat.says(ASKS)
    await chat.says(NAMED)
    await chat.says("yes")
    chat.back_to(1)
    told = await chat.says(ASKS.replace("Wednesday at ten", "Thursday at eleven"))
    assert "Your check-up with Ana Ruiz on Wednesday" in told
    assert "still booked" in told
    again = await chat.says(NAMED)
    assert "still booked" not in again
    await chat.says("yes")
    assert await booked(desk, clinic) == [
        "Maria Lopez Wed 10:00 booked",
        "Maria Lopez Thu 11:00 booked",
    ]


async def test_the_branch_that_was_left_can_be_taken_up_again(
    chat: Chat, desk: Desk, clinic: Organisation
) -> None:
    await chat.says("Hello")
    await chat.says(ASKS)
    await chat.says(NAMED)
    first = list(chat.lines)
    chat.back_to(1)
    await chat.says(ASKS.replace("Wednesday at ten", "Thursday at eleven"))
    chat.lines = first
    await chat.says("yes")
    assert await booked(desk, clinic) == ["Maria Lopez Wed 10:00 booked"]


async def test_a_turn_asked_again_after_others_is_answered_anew(
    chat: Chat, desk: Desk, clinic: Organisation
) -> None:
    await chat.says("Hello")
    await chat.says(ASKS)
    await chat.says("Actually, Friday at nine")
    chat.back_to(1)
    await chat.says(ASKS)
    await chat.says(NAMED)
    await chat.says("yes")
    assert await booked(desk, clinic) == ["Maria Lopez Wed 10:00 booked"]


async def test_the_newest_turn_asked_again_gets_the_same_answer(
    chat: Chat, journal: Journal
) -> None:
    await chat.says("Hello")
    reply = await chat.says(ASKS)
    chat.back_to(1)
    assert await chat.says(ASKS) == reply
    record = await journal.call(None, chat.caller.call_id)
    assert record is not None
    assert len(record.turns) == 2


async def test_a_hand_back_without_history_begins_anew(
    chat: Chat, desk: Desk, clinic: Organisation
) -> None:
    """The same words as at the beginning are no repetition of it, and agree to nothing."""
    await chat.says("Yes")
    await chat.says(ASKS)
    await chat.says(NAMED)
    chat.back_to(0)
    reply = await chat.says("Yes")
    assert "booked" not in reply
    assert await held(desk, clinic) == []
    assert await booked(desk, clinic) == []


@pytest.mark.parametrize("most", [1, 2, 3])
async def test_the_last_few_messages_are_enough_to_go_on(
    chat: Chat, desk: Desk, clinic: Organisation, *, most: int
) -> None:
    chat.most = most
    for words in ("Hello", ASKS, NAMED, "yes"):
        await chat.says(words)
    assert await booked(desk, clinic) == ["Maria Lopez Wed 10:00 booked"]


async def test_a_reply_that_was_cut_short_is_known_again(
    chat: Chat, desk: Desk, clinic: Organisation
) -> None:
    await chat.says("Hello")
    await chat.says(ASKS)
    chat.lines[-1] = Line("us", chat.lines[-1].text[:12])
    await chat.says(NAMED)
    await chat.says("yes")
    assert await booked(desk, clinic) == ["Maria Lopez Wed 10:00 booked"]


async def test_a_reply_that_was_heard_and_never_written_down_is_known_again(
    chat: Chat, journal: Journal
) -> None:
    """Its process was lost: the turn still runs in the journal, and is no rival of the next."""
    await chat.says("Hello")
    sent = tuple(chat.lines)
    lost = await journal.open_attempt(chat.caller.turn("yes please", number=2, history=sent))
    heard = (*sent, Line("caller", "yes please"), Line("us", "You're booked"))
    await journal.open_attempt(chat.caller.turn("When is it?", number=3, history=heard))
    record = await journal.call(None, chat.caller.call_id)
    assert record is not None
    assert lost.attempt is not None
    assert [(turn.number, turn.state) for turn in record.turns] == [
        (1, "answered"), (2, "cut"), (3, "running"),
    ]  # fmt: skip
