"""Simulated callers on the running agent: most are served, and nobody is told what is not so."""

from __future__ import annotations

from pathlib import Path
from random import Random

import httpx2
import orjson
import pytest
from typer.testing import CliRunner

from rehearsal.caller import Caller
from rehearsal.drawing import draw_goal
from rehearsal.score import rows
from webhooks.__main__ import app
from webhooks.commands.rehearse import headline
from webhooks.live_calls import open_live_calls
from webhooks.rehearsal.line import Line
from webhooks.rehearsal.playing import Listening, converse
from webhooks.rehearsal.running import Plan, rehearse, rehearsed_from
from webhooks.rehearsal.stage import blank_store, staged

ROOT = Path(__file__).resolve().parent.parent
BUSINESSES = (
    ROOT / "scheduling" / "sample" / "willow.toml",
    *sorted((ROOT / "benchmarks" / "businesses").glob("*.toml")),
)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_callers_of_three_businesses_reach_what_they_came_for() -> None:
    plan = Plan(range(15), seed=15)
    played = [each async for each in rehearse(rehearsed_from(BUSINESSES), plan)]
    assert len(played) == 60
    assert {each.business for each in played} == {"willow", "mill-lane", "bay-garage"}
    failed = "\n".join(headline(each) for each in played if not each.passed)
    assert [each.false_claims for each in played if each.false_claims] == []
    assert rows(played)[-1].pass_1 >= 0.9, failed


async def test_the_same_seed_is_the_same_call() -> None:
    plan = Plan([2], seed=4, wordings=1)
    [first], [again] = [
        [each async for each in rehearse(rehearsed_from([]), plan)] for _ in range(2)
    ]
    said = [
        [line.text for line in each.transcript if line.who == "caller"] for each in (first, again)
    ]
    assert said[0] == said[1]
    assert first.shortfalls == again.shortfalls


def test_one_caller_is_heard_whole() -> None:
    told = CliRunner().invoke(app, ["rehearse", "--seed", "4", "--only", "2"])
    assert told.output.count("wording") == 4
    assert "agent   " in told.output
    assert "pass^4" in told.output


def test_programs_get_the_same_as_json() -> None:
    told = CliRunner().invoke(app, ["rehearse", "--callers", "1", "--seed", "4", "--json"])
    document = orjson.loads(told.output)
    assert document["tempers"][-1]["temper"] == "all"
    assert document["tempers"][-1]["calls"] == 4
    assert document["tempers"][-1]["false_claims"] == 0


def test_a_wrong_file_is_named_in_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[business]\nslug = 'x'\n")
    told = CliRunner().invoke(app, ["rehearse", str(wrong)])
    assert told.exit_code == 1


async def test_a_line_that_fails_spoils_its_own_call_and_says_how(tmp_path: Path) -> None:
    def refuse(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(503, text="no room")

    [rehearsed] = rehearsed_from([])
    goal = draw_goal(rehearsed.business, 2, 4)
    blank = blank_store(tmp_path)
    async with (
        staged(blank, rehearsed, goal, live_calls=open_live_calls) as stage,
        httpx2.AsyncClient(transport=httpx2.MockTransport(refuse), base_url="http://x") as client,
    ):
        listening = Listening(stage, goal, "call-1", (), ())
        caller = Caller(goal, rehearsed.business, Random(4), ())
        broken = await converse(listening, caller, Line(client, "call-1", None, None))
    assert "503 no room" in str(broken)
