"""Tools that end once they began: who asked may go away, a write may not stay half done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from voice.call import CallContext
from voice.tool_results import RanTool, ToolResult
from voice.tools.table import given_arguments, run_tool


async def run_to_the_end(
    context: CallContext, name: str, arguments: Mapping[str, Any]
) -> ToolResult:
    """The result; cancelling the wait for it does not cancel the tool."""
    task = asyncio.create_task(_timed(context, name, arguments))
    context.running.add(task)
    task.add_done_callback(context.running.discard)
    return await asyncio.shield(task)


async def ended(context: CallContext) -> None:
    """Until no tool of this attempt runs; what they raised was told to who asked."""
    while context.running:
        await asyncio.gather(*context.running, return_exceptions=True)


async def _timed(context: CallContext, name: str, arguments: Mapping[str, Any]) -> ToolResult:
    context.last_tool = (name, dict(arguments))
    began = time.perf_counter()
    result = await run_tool(context, name, arguments)
    took = round((time.perf_counter() - began) * 1000)
    context.ran.append(RanTool(name, given_arguments(name, arguments), result, took))
    return result
