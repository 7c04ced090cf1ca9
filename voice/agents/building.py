"""The agents of the model SDK, built once and shared by every call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
from agents import Agent, FunctionTool, ModelSettings, RunContextWrapper, Tool
from agents.handoffs import Handoff
from agents.tool_context import ToolContext
from agents.tracing import set_trace_provider
from agents.tracing.provider import DefaultTraceProvider

from voice.agents.hosted_tools import declared, use_tool
from voice.agents.manner import MANNER, told_with_the_turn
from voice.agents.specialists import SPECIALISTS, Specialist
from voice.call import CallContext
from voice.tools.table import ToolCallInvalid

HANDOFF_PREFIX = "hand_over_to_"
NO_ARGUMENTS: dict[str, Any] = {
    "type": "object",
    "properties": {},
    "required": [],
    "additionalProperties": False,
}


@dataclass
class TableAgent(Agent[CallContext]):
    """An agent whose tools are always the same.

    The runner is spared to ask at each step which of `tools` are enabled and whether they are
    those that it knew before (0.3 ms of CPU a model call).
    """

    table: tuple[Tool, ...] = ()

    async def get_all_tools(self, _run_context: RunContextWrapper[CallContext]) -> list[Tool]:
        """All of them, each time."""
        return list(self.table)


def build_agents(
    specialists: tuple[Specialist, ...] = SPECIALISTS,
) -> dict[str, Agent[CallContext]]:
    """Every agent by name, the first answers; each may hand over to every other. No model: the
    turn brings one."""
    # The SDK's first run would open a way to its vendor for traces; it gets one without.
    set_trace_provider(DefaultTraceProvider())
    agents: dict[str, Agent[CallContext]] = {one.name: _agent(one) for one in specialists}
    for name, agent in agents.items():
        agent.handoffs = [
            _handoff(agents[one.name], one) for one in specialists if one.name != name
        ]
    return agents


def _agent(specialist: Specialist) -> Agent[CallContext]:
    def instructions(run: RunContextWrapper[CallContext], _agent: Agent[CallContext]) -> str:
        return f"{specialist.instructions}\n{MANNER}\n{told_with_the_turn(run.context)}"

    return TableAgent(
        name=specialist.name,
        instructions=instructions,
        table=tuple(_function_tool(name) for name in specialist.tools),
        # Named and set, the SDK does not copy its vendor's defaults at each model call.
        model="of the turn",
        model_settings=ModelSettings(),
    )


def _handoff(
    agent: Agent[CallContext], specialist: Specialist
) -> Handoff[CallContext, Agent[CallContext]]:
    async def given(run: RunContextWrapper[CallContext], _: str) -> Agent[CallContext]:
        run.context.facts.agent = specialist.name
        return agent

    # Not by the SDK's `handoff`: what that makes leads the runner through all agents, each with
    # all it can do, several times a turn, to tell them apart (0.5 ms of CPU a turn).
    return Handoff(
        tool_name=f"{HANDOFF_PREFIX}{specialist.name}",
        tool_description=f"Hand the call to {specialist.name}. {specialist.takes}",
        input_json_schema=NO_ARGUMENTS,
        on_invoke_handoff=given,
        agent_name=specialist.name,
    )


def _function_tool(name: str) -> FunctionTool:
    told = declared(name)
    return FunctionTool(
        name=told.name,
        description=told.description,
        params_json_schema=told.parameters,
        on_invoke_tool=partial(_invoke, name),
        strict_json_schema=False,
    )


async def _invoke(name: str, run: ToolContext[Any], arguments: str) -> str:
    try:
        read: Any = orjson.loads(arguments or "{}")
        return await use_tool(run.context, name, read)
    except (orjson.JSONDecodeError, ToolCallInvalid) as error:
        return orjson.dumps({"error": str(error)}).decode()
