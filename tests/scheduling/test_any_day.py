"""The store's tests hold on any day: they are run with the machine's clock far ahead."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduling.store import Store

ROOT = Path(__file__).resolve().parent.parent.parent
DAYS_AHEAD = 400


async def test_the_stores_own_clock_is_the_machines(store_url: str, ahead: timedelta) -> None:
    async with Store.open(store_url) as store:
        before, told, after = datetime.now(UTC), await store.current_time(), datetime.now(UTC)
    slack = timedelta(minutes=1)  # the database may be another machine
    assert before + ahead - slack <= told <= after + ahead + slack


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_all_that_is_about_the_store_holds_more_than_a_year_from_now() -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "tests/scheduling", "-m", "not slow"),
            *("-q", "-p", "no:cacheprovider", "--days-ahead", str(DAYS_AHEAD)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout
