"""Tools as Vapi's own models call them: every shape, every id, every failure in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from scheduling.values import BookingFilter
from support.order_values import OrderFilter
from tests.clinic import GARAGE_TOML, SALON_TOML
from tests.webhooks.doors import VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import message, tool_call, tool_calls
from webhooks.vapi.messages import MOST_LISTED

ASK = {"question": "What are your opening hours?"}


async def results(door: Opened, body: Any) -> list[dict[str, Any]]:
    response = await door.client.post("/vapi/events", json=body, headers=VAPI)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    given: list[dict[str, Any]] = response.json()["results"]
    for result in given:
        said = result.get("result") or result["error"]
        assert isinstance(said, str)
        assert said.strip()
        assert "\n" not in said
        assert ("result" in result) != ("error" in result)
    return given


async def test_a_result_is_one_line_with_its_facts(door: Opened) -> None:
    service = (await door.resources.desk.business(1)).services[0].name
    body = tool_calls(tool_call("check_availability", {"service": service}))
    (result,) = await results(door, body)
    assert result["toolCallId"] == "call_51kj"
    assert result["name"] == "check_availability"
    assert result["metadata"]["offers"]
    assert {"offer_id", "service", "provider", "start", "end"} <= set(
        result["metadata"]["offers"][0]
    )


async def test_parallel_calls_are_answered_in_their_order_and_fail_alone(door: Opened) -> None:
    body = tool_calls(
        tool_call("answer_question", ASK, "call_1"),
        tool_call("no_such_tool", {}, "toolu_02"),
        tool_call("answer_question", "{broken", "call-3"),
        tool_call("answer_question", [1, 2], "4"),
        tool_call("answer_question", ASK, "call_5"),
    )
    given = await results(door, body)
    ids = ["call_1", "toolu_02", "call-3", "4", "call_5"]
    assert [result["toolCallId"] for result in given] == ids
    assert ["error" in result for result in given] == [False, True, True, True, False]
    assert given[1]["name"] == "no_such_tool"


async def test_of_thousands_of_calls_in_one_message_only_the_first_are_run(door: Opened) -> None:
    asked = [tool_call("answer_question", ASK, f"call_{number}") for number in range(3000)]
    given = await results(door, tool_calls(*asked))
    assert [result["toolCallId"] for result in given] == [f"call_{n}" for n in range(MOST_LISTED)]
    assert ["error" in result for result in given] == [False] * 32 + [True] * (MOST_LISTED - 32)


async def test_the_legacy_function_call_is_answered_in_its_own_shape(door: Opened) -> None:
    for parameters in (ASK, '{"question": "What are your opening hours?"}'):
        body = message(
            "function-call", functionCall={"name": "answer_question", "parameters": parameters}
        )
        response = await door.client.post("/vapi/events", json=body, headers=VAPI)
        assert list(response.json()) == ["result"]
        assert isinstance(response.json()["result"], str)


async def test_a_legacy_message_that_names_no_function_is_said_to_be_unreadable(
    door: Opened,
) -> None:
    for fields in ({}, {"functionCall": None}, {"functionCall": "book"}):
        body = message("function-call", **fields)
        said = (await door.client.post("/vapi/events", json=body, headers=VAPI)).json()["result"]
        assert "could not read" in said


async def test_a_call_without_an_id_is_answered_under_an_empty_one(door: Opened) -> None:
    nameless = {"type": "function", "function": {"name": "answer_question", "arguments": ASK}}
    for given in (nameless, nameless | {"id": None}):
        (result,) = await results(door, tool_calls(given))
        assert result["toolCallId"] == ""
        assert "result" in result


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_call_delivered_twice_books_once_and_is_answered_alike(
    door: Opened, at_once: bool
) -> None:
    service = (await door.resources.desk.business(1)).services[0].name
    offers = await results(door, tool_calls(tool_call("check_availability", {"service": service})))
    offer_id = offers[0]["metadata"]["offers"][0]["offer_id"]
    arguments = {"offer_id": offer_id, "name": "Rosa Marin"}
    body = tool_calls(tool_call("book_appointment", arguments, "call_book"))
    if at_once:
        first, second = await asyncio.gather(results(door, body), results(door, body))
    else:
        first, second = await results(door, body), await results(door, body)
    assert first == second
    assert first[0]["metadata"]["booking"]["status"] == "booked"
    page = await door.resources.desk.find(None, BookingFilter())
    assert len(page.bookings) == 1
    assert page.bookings[0].customer_phone == "+12125550188"


async def test_a_number_in_the_arguments_identifies_nobody(door: Opened) -> None:
    service = (await door.resources.desk.business(1)).services[0].name
    offers = await results(door, tool_calls(tool_call("check_availability", {"service": service})))
    offer_id = offers[0]["metadata"]["offers"][0]["offer_id"]
    booked = {"offer_id": offer_id, "name": "Rosa Marin"}
    await results(door, tool_calls(tool_call("book_appointment", booked, "call_book")))
    stranger = {"id": "another-call", "customer": {"number": "+12125550999"}}
    arguments = {"name": "Rosa Marin", "phone": "+12125550188", "caller_number": "+12125550188"}
    body = tool_calls(
        tool_call("find_appointment", {"name": "Rosa Marin"}, "call_find"),
        tool_call("find_appointment", arguments, "call_claim"),
        call=stranger,
        customer={"number": "+12125550999"},
    )
    for result in await results(door, body):
        facts = result.get("metadata", {})
        assert not facts.get("bookings")
        assert "Rosa" not in result.get("result", "")


async def test_two_callers_take_the_last_slot_and_one_gets_it(door: Opened) -> None:
    business = await door.resources.desk.business(1)
    arguments = {
        "service": business.services[0].name,
        "provider": business.performers(business.services[0].id)[0].name,
        "date": "2026-11-24",
        "time": "10:00",
    }

    def order(number: int) -> dict[str, Any]:
        caller = {"number": f"+1212555018{number}"}
        call = {"id": f"call-{number}", "customer": caller}
        named = arguments | {"name": f"Caller {'ABCDE'[number]}"}
        return tool_calls(tool_call("book_appointment", named), call=call, customer=caller)

    given = await asyncio.gather(*(results(door, order(number)) for number in range(4)))
    facts = [result["metadata"] for (result,) in given]
    assert sum("booking" in each for each in facts) == 1
    for each in facts:
        if "booking" not in each:
            assert each["refused"]["code"] == "slot_taken"
            assert each["offers"]


async def test_where_nobody_was_dialled_every_call_gets_an_apology(tmp_path: Path) -> None:
    folder = tmp_path / "businesses"
    folder.mkdir()
    (folder / "a.toml").write_text(SALON_TOML)
    (folder / "b.toml").write_text(GARAGE_TOML)
    async with opened(settings_in(tmp_path, business=folder)) as door:
        (result,) = await results(door, tool_calls(tool_call("answer_question", ASK)))
        assert "not set up" in result["error"]


async def test_a_cart_is_filled_and_checked_out_once_by_calls_delivered_twice(
    door: Opened,
) -> None:
    asked = {"product_id": "floss", "quantity": "2"}
    for _ in range(2):
        (result,) = await results(door, tool_calls(tool_call("add_to_cart", asked, "call_1")))
        assert result["metadata"]["cart"]["total"] == "9.00"
    bodies = [tool_calls(tool_call("checkout", {"name": "Maria Lopez"}, "call_2"))] * 2
    first, again = [await results(door, body) for body in bodies]
    assert first[0]["metadata"]["order"] == again[0]["metadata"]["order"]
    found = (await door.resources.shop.find(1, OrderFilter())).orders
    assert [str(each.total) for each in found] == ["9.00"]
