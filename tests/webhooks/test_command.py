"""The ringbook command as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.ringbook_process import ringbook
from webhooks.migrate import upgrade

COMMANDS = (
    ["serve"], ["chat"], ["bookings"], ["business", "check"], ["business", "apply"],
    ["understand"], ["migrate"],
)  # fmt: skip
HEAVY = ("agents", "fastapi", "openai", "sqlmodel", "uvicorn", "vapi")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import runpy, sys\n"
        "sys.argv = ['ringbook', '--help']\n"
        "try:\n    runpy.run_module('webhooks', run_name='__main__')\n"
        f"except SystemExit:\n    print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Answers the telephone" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: list[str], tmp_path: Path) -> None:
    done = ringbook(*command, "--help", folder=tmp_path)
    assert done.returncode == 0
    assert f"Usage: python -m webhooks {' '.join(command)}" in done.stdout


def test_wrong_use_exits_with_two(tmp_path: Path) -> None:
    done = ringbook("bookings", "--nonsense", folder=tmp_path)
    assert done.returncode == 2
    assert "No such option: --nonsense" in done.stderr


def test_a_day_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    done = ringbook("bookings", "--date", "tomorrow", folder=tmp_path)
    assert done.returncode == 2
    assert "'tomorrow' is not a day such as 2026-11-24" in done.stderr


def test_a_wrong_setting_stops_a_command_with_one_line_that_names_it(tmp_path: Path) -> None:
    done = ringbook("migrate", folder=tmp_path, RINGBOOK_MODEL="clever")
    assert done.returncode == 1
    assert done.stderr.startswith("ringbook: RINGBOOK_MODEL: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_store_that_cannot_be_reached_is_said_in_one_line(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    done = ringbook("migrate", folder=tmp_path, RINGBOOK_DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("ringbook: the store cannot be used: ")
    assert len(done.stderr.splitlines()) == 1


def test_migrating_twice_is_migrating_once(tmp_path: Path) -> None:
    for _ in range(2):
        done = ringbook("migrate", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")


def test_stores_can_be_brought_up_to_date_at_the_same_time(tmp_path: Path) -> None:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("one", "two", "three", "four")]
    with ThreadPoolExecutor(len(urls)) as threads:
        assert list(threads.map(upgrade, urls)) == [None] * len(urls)


def test_bookings_of_a_store_that_is_not_there_say_what_to_do(tmp_path: Path) -> None:
    done = ringbook("bookings", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "ringbook: there is no store yet: `ringbook migrate` makes one\n"


def test_understanding_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": "yes please", "now": "2026-11-23T09:00:00", "question": "confirm"}',
        '{"id": "b", "now": "2026-11-23T09:00:00"}',
        "not json",
        '{"id": "d", "text": "tomorrow at three", "now": "2026-11-23T09:00:00"}',
    ]
    done = ringbook("understand", folder=tmp_path, typed="\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert answers[0]["answer"] == "affirm"
    assert set(answers[1]) == {"id", "error"}
    assert answers[2]["id"] is None
    assert answers[3]["times"][0]["value"] == "2026-11-24T15:00"
