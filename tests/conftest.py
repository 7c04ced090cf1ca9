"""A store for each test: SQLite, and PostgreSQL where a test is about the store."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from scheduling.business_file import load_businesses
from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.clinic import GARAGE_TOML, NOW, garage
from tests.migrated import migrated_store
from tests.postgresql import Databases, may_be_missing, running_server

# How long an example takes is the machine's affair.
settings.register_profile("ringbook", deadline=None)
settings.load_profile("ringbook")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--days-ahead", type=int, default=0, help="run with the store's clock so many days ahead"
    )


@pytest.fixture(scope="session", autouse=True)
def ahead(request: pytest.FixtureRequest) -> Iterator[timedelta]:
    """How far `--days-ahead` puts the machine's clock forward."""
    ahead = timedelta(days=request.config.getoption("days_ahead"))
    with pytest.MonkeyPatch.context() as patch:
        if ahead:
            real = time.time
            # The store's one source of time on SQLite; nobody may set the machine's own clock.
            patch.setattr(time, "time", lambda: real() + ahead.total_seconds())
        yield ahead


@pytest.fixture(scope="session")
def postgresql(ahead: timedelta) -> Iterator[Databases]:
    """One server and one migrated template for all tests of this process."""
    server = running_server()
    try:
        address = server.__enter__()
    except Exception as error:
        if may_be_missing(error):
            pytest.skip(f"PostgreSQL cannot start here: {error}")
        raise
    databases = Databases(address, ahead=ahead)
    yield databases
    databases.close()
    server.__exit__(None, None, None)


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """A migrated SQLite file of this test's own."""
    return migrated_store(tmp_path / "ringbook.db")


@pytest.fixture
def store_url(sqlite_file: Path) -> str:
    """The address of a migrated store of this test's own."""
    return f"sqlite:///{sqlite_file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def either_store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same on both databases, one after the other."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    else:
        with request.getfixturevalue("postgresql").fresh() as address:
            yield address


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """The store, its clock started at `NOW`."""
    async with Store.open(store_url) as store:
        await store.start_clock(NOW.isoformat())
        yield store


@pytest.fixture
async def desk(store: Store) -> Desk:
    """A desk with the sample clinic in force."""
    desk = Desk(store)
    await desk.apply(load_businesses(None))
    return desk


@pytest.fixture
async def clinic(desk: Desk) -> Organisation:
    """The sample clinic, as the desk knows it."""
    found = await desk.find_organisation(slug="willow")
    assert found is not None
    return found


@pytest.fixture
async def other_shop(desk: Desk) -> Organisation:
    """A second organisation beside the clinic."""
    [change] = await desk.apply([(garage(), GARAGE_TOML)])
    return change.organisation
