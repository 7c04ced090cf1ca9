"""`ringbook calendars`: addresses listed, made and revoked from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.ringbook_process import ringbook, serving


def listed(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    done = ringbook("calendars", "--json", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["calendars"]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a store that has the sample business."""
    (tmp_path / "willow.toml").write_text(
        (Path(__file__).parents[2] / "scheduling" / "sample" / "willow.toml").read_text()
    )
    done = ringbook("business", "apply", "willow.toml", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_addresses_are_listed_made_and_revoked(folder: Path) -> None:
    everybody, ana, *_ = first = listed(folder)
    assert (everybody["provider_id"], ana["provider_id"]) == (None, "ana")
    assert listed(folder) == first
    [made] = listed(folder, "--make", "ana", "--with-names", "--with-phones")
    assert (made["provider_id"], made["names"], made["phones"]) == ("ana", True, True)
    left = listed(folder, "--revoke", str(everybody["id"]))
    assert everybody not in left
    assert made in left
    plain = ringbook("calendars", folder=folder, RINGBOOK_PUBLIC_URL="https://ring.example")
    assert f"{made['id']:>4}  willow, ana, with names, with telephone numbers" in plain.stdout
    assert "https://ring.example/calendars/" in plain.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--revoke", "99"), 1, "no calendar 99"),
        (("--make", "nobody"), 1, "no provider 'nobody'"),
        (("--organisation", "oak"), 1, "no organisation 'oak'"),
        (("--with-names",), 2, "--make"),
        (("--make", "ana", "--revoke", "1"), 2, "either"),
        (("--revoke", "first"), 2, "integer"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = ringbook("calendars", *arguments, folder=folder)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_address_is_read_from_the_running_server_until_it_is_revoked(folder: Path) -> None:
    with serving(folder) as served:
        everybody, *_ = listed(folder)
        path = httpx2.URL(everybody["address"]).path
        with httpx2.Client(base_url=served.address, trust_env=False) as client:
            assert client.get(path).text.startswith("BEGIN:VCALENDAR")
            listed(folder, "--revoke", str(everybody["id"]))
            assert client.get(path).status_code == 404
