"""The agents run by the model SDK with the built-in model: handoffs, tools, one voice."""

from __future__ import annotations

import pytest
from agents import Agent, FunctionTool, RunConfig, RunContextWrapper, Runner
from agents.handoffs import Handoff
from agents.result import RunResultStreaming

from tests.voice.caller import Caller
from voice.agents.building import build_agents
from voice.agents.manner import told_with_the_turn
from voice.agents.specialists import SPECIALISTS
from voice.call import CallContext
from voice.conversation import Conversation
from voice.models.local_model import LocalModel
from voice.tools.table import TOOLS


@pytest.fixture
async def context(conversation: Conversation, caller: Caller) -> CallContext:
    """A call, outside the conversation's own running of agents."""
    return await conversation.tool_context(caller.call)


async def run(context: CallContext, text: str) -> RunResultStreaming:
    """One turn by the SDK's runner."""
    context.text = text
    agents = build_agents()
    result = Runner.run_streamed(
        agents[context.facts.agent],
        text,
        context=context,
        run_config=RunConfig(model=LocalModel(context), tracing_disabled=True),
    )
    async for _ in result.stream_events():
        pass
    return result


async def test_triage_hands_a_booking_to_the_scheduler_which_calls_its_tool(
    context: CallContext,
) -> None:
    result = await run(context, "I'd like a check-up tomorrow at ten")
    kinds = [item.type for item in result.new_items]
    assert kinds == [
        "handoff_call_item", "handoff_output_item", "tool_call_item", "tool_call_output_item",
        "message_output_item",
    ]  # fmt: skip
    assert result.last_agent.name == context.facts.agent == "scheduler"
    assert result.final_output.startswith("Tomorrow at 10 AM with Ana Ruiz is free.")


async def test_triage_hands_a_question_over_and_the_caller_hears_no_break(
    context: CallContext,
) -> None:
    result = await run(context, "Where do I park?")
    assert result.last_agent.name == "questions"
    assert result.final_output.startswith("There is free parking behind the building")


async def test_the_questions_agent_hands_a_booking_back(context: CallContext) -> None:
    context.facts.agent = "questions"
    result = await run(context, "I'd like to book a cleaning")
    assert result.last_agent.name == "scheduler"


async def test_what_triage_can_say_itself_takes_one_model_call(context: CallContext) -> None:
    result = await run(context, "hello there")
    assert len(result.raw_responses) == 1


async def test_independent_tools_are_called_in_one_response(context: CallContext) -> None:
    context.facts.agent = "questions"
    result = await run(context, "What are your hours, and where are you?")
    assert len(result.raw_responses[0].output) == 2
    assert len({item.call_id for item in result.raw_responses[0].output}) == 2  # type: ignore[union-attr]


async def test_every_agent_has_its_tools_and_hands_over_to_every_other(
    context: CallContext,
) -> None:
    agents = build_agents()
    assert set(agents) == {one.name for one in SPECIALISTS}
    for one in SPECIALISTS:
        agent = agents[one.name]
        tools = await agent.get_all_tools(RunContextWrapper(context))
        assert [tool.name for tool in tools] == list(one.tools)
        assert all(isinstance(tool, FunctionTool) for tool in tools)
        away = {to.agent_name for to in agent.handoffs if isinstance(to, Handoff)}
        assert away == set(agents) - {one.name}


def test_specialists_use_only_tools_that_there_are() -> None:
    assert {name for one in SPECIALISTS for name in one.tools} <= set(TOOLS)


async def test_instructions_are_short_and_carry_the_day_and_the_facts(
    context: CallContext,
) -> None:
    context.facts.name = "Sam Lee"
    told = told_with_the_turn(context)
    assert "Monday, November 23rd, 2026" in told
    assert "name: Sam Lee" in told
    for agent in build_agents().values():
        assert len(await instructions(agent, context)) < 3000


async def instructions(agent: Agent[CallContext], context: CallContext) -> str:
    """What the agent is told in this turn."""
    return await agent.get_system_prompt(RunContextWrapper(context)) or ""
