"""The same agent for any OpenAI client: whole or streamed, and each call its owner's."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from scheduling.values import BookingFilter
from tests.webhooks.doors import HOST, STAFF, Opened
from tests.webhooks.payloads import finish_reason, frames, said, spoken, user
from voice.tools.proving import MOST_TRIES_OF_A_SOURCE, TOO_MANY
from voice.turn import CallFacts

ADDRESS = "/v1/chat/completions"


async def ask(
    door: Opened, *messages: dict[str, Any], headers: dict[str, str] | None = None, **fields: Any
) -> httpx2.Response:
    body = {"model": "ringbook", "messages": list(messages), **fields}
    return await door.client.post(ADDRESS, json=body, headers=headers or STAFF)


async def caller(door: Opened) -> tuple[dict[str, str], str]:
    """Headers of a page with a caller token, and the call it is for."""
    made = (await door.client.post("/v1/realtime/client_secrets", headers={"Origin": HOST})).json()
    return {"Authorization": f"Bearer {made['value']}"}, made["session"]["id"]


async def test_a_reply_comes_whole_with_usage_and_the_call(door: Opened) -> None:
    answer = await ask(door, user("What are your opening hours?"))
    assert answer.status_code == 200
    body = answer.json()
    assert body["object"] == "chat.completion"
    assert body["choices"][0]["message"]["role"] == "assistant"
    assert body["choices"][0]["message"]["content"]
    assert body["choices"][0]["finish_reason"] == "stop"
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert answer.headers["x-call-id"]


async def test_a_stream_is_the_same_reply_in_chunks(door: Opened) -> None:
    whole = await ask(door, user("What are your opening hours?"))
    answer = await ask(
        door,
        user("What are your opening hours?"),
        stream=True,
        stream_options={"include_usage": True},
    )
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-call-id"] != whole.headers["x-call-id"]
    chunks = frames(answer.text)
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    assert spoken(answer.text) == whole.json()["choices"][0]["message"]["content"]
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["total_tokens"] > 0
    assert "<flush" not in answer.text


async def test_the_history_that_comes_back_finds_its_call(door: Opened) -> None:
    first = await ask(door, user("I'd like to book an appointment."))
    reply = first.json()["choices"][0]["message"]["content"]
    second = await ask(
        door, user("I'd like to book an appointment."), said(reply), user("Never mind.")
    )
    assert second.headers["x-call-id"] == first.headers["x-call-id"]


async def test_the_newest_words_alone_go_on_with_a_named_call(door: Opened) -> None:
    named = STAFF | {"X-Call-ID": "call-of-ours"}
    await ask(door, user("I'd like to book an appointment."), headers=named)
    await ask(door, user("Thursday morning, please."), headers=named)
    record = await door.resources.journal.call(None, "call-of-ours")
    assert record is not None
    assert [turn.number for turn in record.turns] == [1, 2]


@pytest.mark.parametrize("role", ["user", "system"])
async def test_a_programs_errand_about_a_conversation_is_no_turn_and_holds_nothing(
    door: Opened, role: str
) -> None:
    wish = "I'd like a check-up tomorrow at 10 AM"
    history = f"<chat_history>USER: {wish}</chat_history>"
    title = "Generate a concise, 3-5 word title summarizing the chat history."
    tags = "Generate 1-3 broad tags categorizing the chat history. JSON format: {}"
    for task in (title, tags):
        errand = {"role": role, "content": f"### Task:\n{task}\n{history}"}
        messages = [errand] if role == "user" else [errand, user(wish)]
        answer = await ask(door, *messages, headers=STAFF | {"X-Call-ID": "call-of-ours"})
        assert "Willow Street Clinic" in answer.json()["choices"][0]["message"]["content"]
    organisation = await door.resources.desk.find_organisation()
    assert organisation is not None
    held = await door.resources.desk.find(organisation.id, BookingFilter(status="held"))
    assert held.bookings == ()
    assert await door.resources.journal.call(None, "call-of-ours") is None


async def test_an_errand_after_a_conversation_leaves_its_offers_alone(door: Opened) -> None:
    named = STAFF | {"X-Call-ID": "call-of-ours"}
    wish = user("I'd like a check-up tomorrow at 10 AM")
    reply = (await ask(door, wish, headers=named)).json()["choices"][0]["message"]["content"]
    follow_up = user("Suggest follow-up questions that the user might ask in this chat.")
    await ask(door, wish, said(reply), follow_up, headers=named)
    offers = await door.resources.desk.offers(1, "call-of-ours")
    assert [offer.held_until is not None for offer in offers] == [True]


async def test_calls_of_a_program_with_one_number_leave_the_diary_to_others(door: Opened) -> None:
    wish = "I'd like a check-up tomorrow, please"
    for number in range(8):
        metadata = {"call_id": f"call {number}", "phone": "+12125550142"}
        await ask(door, user(wish), metadata=metadata)
    held = await door.resources.desk.find(1, BookingFilter(status="held"))
    assert len(held.bookings) == 6


async def test_a_client_that_goes_back_to_its_first_words_begins_anew(door: Opened) -> None:
    """It names its call and sends its whole history, of which nothing is left now."""
    named = STAFF | {"X-Call-ID": "call-of-ours"}
    wish = user("I'd like a check-up with Ana Ruiz on Wednesday at ten.")
    first = (await ask(door, wish, headers=named)).json()["choices"][0]["message"]["content"]
    await ask(door, wish, said(first), user("Maria Lopez"), headers=named)
    await ask(door, user("I'd like a vaccination, please."), headers=named)
    record = await door.resources.journal.call(None, "call-of-ours")
    assert record is not None
    assert [turn.number for turn in record.turns] == [1, 2, 1]
    facts, _ = await door.resources.journal.facts(
        CallFacts("call-of-ours", record.summary.organisation_id, "openai", "admin")
    )
    assert (facts.service_id, facts.name) == ("vaccination", None)
    assert "Wednesday" not in facts.agenda.model_dump_json()


async def test_a_clients_own_retry_is_not_a_new_turn(door: Opened) -> None:
    named = STAFF | {"X-Call-ID": "call-of-ours"}
    await ask(door, user("I'd like to book an appointment."), headers=named)
    await ask(door, user("Yes."), headers=named)
    first = await ask(door, user("Yes."), headers=named | {"x-stainless-retry-count": "1"})
    record = await door.resources.journal.call(None, "call-of-ours")
    assert record is not None
    assert [turn.number for turn in record.turns] == [1, 2]
    assert first.status_code == 200


async def test_metadata_may_name_the_call(door: Opened) -> None:
    answer = await ask(door, user("Hello."), metadata={"call_id": "call-of-ours"})
    assert answer.headers["x-call-id"] == "call-of-ours"


async def test_a_caller_token_knows_its_own_call_and_no_other(door: Opened) -> None:
    headers, call_id = await caller(door)
    own = await ask(door, user("Hello."), headers=headers)
    assert own.headers["x-call-id"] == call_id
    await ask(door, user("Hello."), headers=STAFF | {"X-Call-ID": "call-of-staff"})
    _, neighbour = await caller(door)
    for other in ("call-of-staff", neighbour, "made-up"):
        by_header = await ask(door, user("Hi."), headers=headers | {"X-Call-ID": other})
        by_metadata = await ask(door, user("Hi."), headers=headers, metadata={"call_id": other})
        assert [by_header.status_code, by_metadata.status_code] == [404, 404]


async def test_a_trusted_program_cannot_name_a_pages_call_either(door: Opened) -> None:
    headers, call_id = await caller(door)
    await ask(door, user("Hello."), headers=headers)
    answer = await ask(door, user("Hello."), headers=STAFF | {"X-Call-ID": call_id})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


async def test_the_number_a_client_gives_is_claimed_and_never_known(door: Opened) -> None:
    call = {"id": "c9", "customer": {"number": "+12125550188"}}
    claimed = {"phone": "(212) 555-0188"}
    answer = await ask(door, user("Hello."), metadata=claimed, call=call)
    record = await door.resources.journal.call(None, answer.headers["x-call-id"])
    assert record is not None
    assert record.summary.call_id != "c9"
    assert record.summary.known_phone is None
    assert record.summary.claimed_phone == "+12125550188"


@pytest.mark.parametrize("phone", ["555-0188", "911", "+15550188", "+266696687", "anonymous"])
async def test_what_is_nobodys_number_is_not_kept(door: Opened, phone: str) -> None:
    answer = await ask(door, user("Hello."), metadata={"phone": phone})
    record = await door.resources.journal.call(None, answer.headers["x-call-id"])
    assert record is not None
    assert record.summary.claimed_phone is None


async def test_pages_of_one_address_share_their_wrong_tries(door: Opened) -> None:
    headers, call_id = await caller(door)
    token = door.resources.caller_tokens.read(headers["Authorization"].removeprefix("Bearer "))
    page = CallFacts(call_id, token.organisation_id, "page", token.credential, network="127.0.0.1")
    await door.resources.journal.start_call(page)
    for _ in range(MOST_TRIES_OF_A_SOURCE):
        await door.resources.journal.wrong_try(page)
    headers, _ = await caller(door)
    for words in ("I need to cancel my appointment.", "K7M2QX", "Maria Lopez"):
        answer = await ask(door, user(words), headers=headers)
    assert TOO_MANY in answer.json()["choices"][0]["message"]["content"]


async def test_turns_of_one_token_are_limited_and_trusted_ones_are_not(door: Opened) -> None:
    headers, _ = await caller(door)
    statuses = [(await ask(door, headers=headers)).status_code for _ in range(61)]
    assert statuses == [422] * 60 + [429]
    assert (await ask(door, headers=headers)).headers["retry-after"]
    trusted = [(await ask(door)).status_code for _ in range(65)]
    assert set(trusted) == {422}


@pytest.mark.parametrize(
    "authorization", [None, "Bearer ", "Bearer wrong", "Basic YTpi", "secret-of-the-tests"]
)
async def test_without_a_good_token_there_is_no_answer(
    door: Opened, authorization: str | None
) -> None:
    headers = {"Authorization": authorization} if authorization else {"X-Nothing": "here"}
    for answer in (
        await ask(door, user("Hello."), headers=headers),
        await door.client.get("/v1/models", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "unauthorized"
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_one_model_is_listed(door: Opened) -> None:
    listed = (await door.client.get("/v1/models", headers=STAFF)).json()
    assert [model["id"] for model in listed["data"]] == ["ringbook"]
    assert (await door.client.get("/v1/models/ringbook", headers=STAFF)).status_code == 200
    assert (await door.client.get("/v1/models/other", headers=STAFF)).status_code == 404


async def test_a_body_that_makes_no_sense_is_refused(door: Opened) -> None:
    wrong: list[tuple[bytes, int]] = [
        (b"{", 400),
        (b"", 400),
        (b"[]", 400),
        (b"{}", 422),
        (b'{"messages": "hello"}', 422),
        (b'{"messages": []}', 422),
    ]
    for content, status in wrong:
        answer = await door.client.post(ADDRESS, content=content, headers=STAFF)
        assert answer.status_code == status
        assert set(answer.json()["error"]) == {"code", "message"}


async def test_before_any_words_there_is_the_greeting(door: Opened) -> None:
    answer = await ask(door, {"role": "system", "content": "Be kind."}, stream=True)
    assert spoken(answer.text).startswith("Willow Street Clinic")
    assert finish_reason(answer.text) == "stop"
