"""The agents of the model SDK, built once and shared by every call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import orjson
from agents import Agent, FunctionTool, RunContextWrapper, handoff
from agents.handoffs import Handoff
from agents.tool_context import ToolContext

from voice.agents.manner import MANNER, told_with_the_turn
from voice.agents.specialists import SPECIALISTS, Specialist
from voice.call import CallContext, ToolResult
from voice.tools.running import run_to_the_end
from voice.tools.table import TOOLS, Tool, ToolCallInvalid

HANDOFF_PREFIX = "hand_over_to_"

Invoke = Callable[[ToolContext[Any], str], Awaitable[str]]


def build_agents() -> dict[str, Agent[CallContext]]:
    """Every agent by name; each may hand over to every other. No model: the turn brings one."""
    agents = {one.name: _agent(one) for one in SPECIALISTS}
    for name, agent in agents.items():
        agent.handoffs = [
            _handoff(agents[one.name], one) for one in SPECIALISTS if one.name != name
        ]
    return agents


def _agent(specialist: Specialist) -> Agent[CallContext]:
    def instructions(run: RunContextWrapper[CallContext], agent: Agent[CallContext]) -> str:
        return f"{specialist.instructions}\n{MANNER}\n{told_with_the_turn(run.context)}"

    return Agent(
        name=specialist.name,
        instructions=instructions,
        tools=[_function_tool(TOOLS[name]) for name in specialist.tools],
    )


def _handoff(agent: Agent[CallContext], specialist: Specialist) -> Handoff[CallContext, Any]:
    async def given(run: RunContextWrapper[CallContext]) -> None:
        run.context.facts.agent = specialist.name

    return handoff(
        agent,
        tool_name_override=f"{HANDOFF_PREFIX}{specialist.name}",
        tool_description_override=f"Hand the call to {specialist.name}. {specialist.takes}",
        on_handoff=given,
    )


def _function_tool(tool: Tool) -> FunctionTool:
    return FunctionTool(
        name=tool.name,
        description=tool.description,
        params_json_schema=tool.parameters,
        on_invoke_tool=partial(_invoke, tool.name),
        strict_json_schema=False,
    )


async def _invoke(name: str, run: ToolContext[Any], arguments: str) -> str:
    try:
        read: Any = orjson.loads(arguments or "{}")
        result = await run_to_the_end(run.context, name, read)
    except (orjson.JSONDecodeError, ToolCallInvalid) as error:
        return orjson.dumps({"error": str(error)}).decode()
    return for_a_model(result)


def for_a_model(result: ToolResult) -> str:
    """A result as a model reads it: what can be said, then the facts."""
    return orjson.dumps({"say": result.spoken, **result.facts}).decode()
