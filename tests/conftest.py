"""A store for each test: SQLite, and PostgreSQL where a test is about the store."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from scheduling.business_file import load_businesses
from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import Organisation
from tests.clinic import GARAGE_TOML, NOW, garage
from tests.postgresql import Databases, may_be_missing, running_server
from webhooks.migrate import upgrade


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    """One server and one migrated template for all tests of this process."""
    server = running_server()
    try:
        address = server.__enter__()
    except Exception as error:
        if may_be_missing(error):
            pytest.skip(f"PostgreSQL cannot start here: {error}")
        raise
    databases = Databases(address)
    yield databases
    databases.close()
    server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was migrated once, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "ringbook.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_file(migrated_file: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file of this test's own."""
    return Path(shutil.copy(migrated_file, tmp_path / "ringbook.db"))


@pytest.fixture
def store_url(sqlite_file: Path) -> str:
    """The address of a migrated store of this test's own."""
    return f"sqlite:///{sqlite_file}"


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
