"""Business files from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from scheduling.stranded import Stranded
from tests.clinic import SALON_TOML
from tests.ringbook_process import ringbook
from tests.scheduling.test_stranded import booking as stranded_booking
from webhooks.commands.business import stranded_line


def written(folder: Path, text: str, name: str = "salon.toml") -> str:
    (folder / name).write_text(text)
    return name


def test_a_good_file_is_in_order(tmp_path: Path) -> None:
    done = ringbook("business", "check", written(tmp_path, SALON_TOML), folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "corner-salon: Corner Salon is in order.\n")


def test_a_wrong_file_is_refused_with_file_key_and_reason(tmp_path: Path) -> None:
    wrong = SALON_TOML.replace('timezone = "Europe/London"', 'timezone = "Europe/Camelot"')
    done = ringbook("business", "check", written(tmp_path, wrong), folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("salon.toml: business.timezone: ")


def test_problems_can_be_read_by_programs(tmp_path: Path) -> None:
    wrong = SALON_TOML.replace("step_minutes", "stepminutes")
    done = ringbook("business", "check", "--json", written(tmp_path, wrong), folder=tmp_path)
    problems = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert problems[0]["key"] == "booking.stepminutes"


def test_one_wrong_file_keeps_all_others_out(tmp_path: Path) -> None:
    good, wrong = written(tmp_path, SALON_TOML), written(tmp_path, "[business]\n", "wrong.toml")
    refused = ringbook("business", "apply", good, wrong, folder=tmp_path)
    assert refused.returncode == 1
    assert "wrong.toml: business.slug" in refused.stderr
    applied = ringbook("business", "apply", "--json", good, folder=tmp_path)
    assert json.loads(applied.stdout)["applied"][0]["change"] == "added"


def test_a_wrong_business_file_stops_the_server(tmp_path: Path) -> None:
    file = written(tmp_path, "[business]\nslug = 'x'\n")
    done = ringbook("serve", "--port", "0", folder=tmp_path, RINGBOOK_BUSINESS=file)
    assert done.returncode == 1
    assert done.stderr.startswith("ringbook: salon.toml: business.name: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_booking_at_another_clock_time_is_shown_with_what_was_promised() -> None:
    promised = replace(
        stranded_booking(), timezone="America/Chicago", local_start="2026-11-24T10:00"
    )
    line = stranded_line(Stranded(promised, "time"))
    assert line.startswith("K7M2QX  Tue 2026-11-24 09:00  Sam Poe, ")
    assert line.endswith(": promised for 2026-11-24 10:00")
