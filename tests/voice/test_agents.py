"""The agents that the model SDK runs: what each may do, and what it is told with the turn."""

from __future__ import annotations

import orjson
import pytest
from agents import Agent, FunctionTool, RunContextWrapper
from agents.handoffs import Handoff

from tests.voice.caller import Caller
from voice.agents.building import build_agents
from voice.agents.hosted_tools import END_CALL, declared, for_a_model, use_tool
from voice.agents.manner import told_with_the_turn
from voice.agents.specialists import FRONT_DESK, SPECIALISTS, Specialist
from voice.call import CallContext
from voice.conversation import Conversation
from voice.dialogue.matters.booking import Booking
from voice.tools.care_tools import CARE_TOOLS
from voice.tools.pairs import PAIR_TOOLS
from voice.tools.shop_tools import SHOP_TOOLS
from voice.tools.table import TOOLS

CARPENTER = Specialist("carpenter", "The caller wants a shelf.", "You make shelves.", ())
LONGEST_INSTRUCTIONS = 4500
"""Characters, for the sample clinic; some twelve hundred tokens."""


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call of which a hosted model has the word."""
    context = await conversation.tool_context(caller.call)
    context.hosted = True
    return context


async def instructions(agent: Agent[CallContext], context: CallContext) -> str:
    """What the agent is told in this turn."""
    return await agent.get_system_prompt(RunContextWrapper(context)) or ""


async def test_the_front_desk_does_all_of_visits_so_that_a_first_turn_needs_no_handoff(
    context: CallContext,
) -> None:
    front_desk = build_agents()[FRONT_DESK.name]
    tools = await front_desk.get_all_tools(RunContextWrapper(context))
    of_others = {tool.name for tool in (*SHOP_TOOLS, *CARE_TOOLS, *PAIR_TOOLS)}
    assert {tool.name for tool in tools} == {*TOOLS, END_CALL} - of_others
    assert all(isinstance(tool, FunctionTool) for tool in tools)
    away = {to.agent_name for to in front_desk.handoffs if isinstance(to, Handoff)}
    assert away == {one.name for one in SPECIALISTS} - {FRONT_DESK.name}


def test_a_specialist_is_one_entry_and_each_agent_hands_over_to_every_other() -> None:
    agents = build_agents((FRONT_DESK, CARPENTER))
    for name, agent in agents.items():
        away = {to.agent_name for to in agent.handoffs if isinstance(to, Handoff)}
        assert away == set(agents) - {name}


def test_agents_use_only_tools_that_there_are() -> None:
    assert {name for one in SPECIALISTS for name in one.tools} <= {*TOOLS, END_CALL}


async def test_what_is_told_is_short_and_carries_the_day_the_rules_and_the_facts(
    context: CallContext,
) -> None:
    context.facts.agenda = context.facts.agenda.but(name="Sam Lee")
    told = told_with_the_turn(context)
    business = context.business
    assert "Monday, November 23rd, 2026" in told
    assert "name: Sam Lee" in told
    assert "number: known" in told
    assert str(context.phone) not in told
    assert business.address in told
    assert all(faq.answer in told for faq in business.faqs)
    assert "Monday 9 AM" in told
    for agent in build_agents().values():
        assert len(await instructions(agent, context)) < LONGEST_INSTRUCTIONS


async def test_offers_are_told_with_their_service_and_earlier_results_stay(
    context: CallContext,
) -> None:
    await use_tool(context, "check_availability", {"service": "cleaning", "when": "tomorrow"})
    await use_tool(context, "answer_question", {"question": "where can I park?"})
    told = told_with_the_turn(context)
    for offer in context.facts.offers:
        assert f"{offer.offer_id} = Dental cleaning tomorrow" in told
    assert context.results[-1].spoken in told


async def test_a_result_tells_what_a_model_needs_and_no_more(context: CallContext) -> None:
    told = orjson.loads(
        await use_tool(context, "check_availability", {"service": "checkup", "when": "tomorrow"})
    )
    assert set(told) == {"say", "offers"}
    assert set(told["offers"][0]) == {"offer_id", "service", "provider", "start"}
    assert for_a_model(context.results[0]) == orjson.dumps(told).decode()


async def test_a_search_goes_into_the_agenda_as_it_was_meant(context: CallContext) -> None:
    await use_tool(
        context,
        "check_availability",
        {"service": "check-up", "when": "tomorrow afternoon", "order": "soonest"},
    )
    matter = context.facts.agenda.in_hand
    assert isinstance(matter, Booking)
    assert matter.service_id == "checkup"
    assert matter.wanted.order == "soonest"
    assert matter.searched == matter.search()


async def test_a_second_service_does_not_lose_the_first(context: CallContext) -> None:
    for service in ("checkup", "cleaning", "checkup"):
        await use_tool(context, "check_availability", {"service": service, "when": "tomorrow"})
    wanted = [one.service_id for one in context.facts.agenda.matters if isinstance(one, Booking)]
    assert wanted == ["checkup", "cleaning"]


async def test_more_times_are_others_than_those_offered(context: CallContext) -> None:
    search = {"service": "checkup", "when": "tomorrow morning"}
    await use_tool(context, "check_availability", search)
    first = {offer.start for offer in context.facts.offers}
    await use_tool(context, "check_availability", {**search, "order": "more"})
    more = {offer.start for offer in context.facts.offers}
    assert more
    assert not first & more


async def test_a_search_is_not_joined_to_what_was_said_before(context: CallContext) -> None:
    await use_tool(context, "check_availability", {"service": "checkup", "when": "Friday"})
    told = await use_tool(context, "check_availability", {"service": "checkup", "when": "at ten"})
    assert "Friday" not in orjson.loads(told)["say"]


def test_a_change_is_made_of_an_offer_alone() -> None:
    assert set(declared("book_appointment").parameters["properties"]) == {
        "offer_id", "name", "phone",
    }  # fmt: skip
    assert set(declared("reschedule_appointment").parameters["properties"]) == {
        "reference", "offer_id",
    }  # fmt: skip
    assert "more" in declared("check_availability").parameters["properties"]["order"]["enum"]
    assert "more" not in TOOLS["check_availability"].parameters["properties"]["order"]["enum"]
