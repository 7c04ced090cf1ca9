"""The admin token is made once and kept; a caller token says one call and one organisation."""

from __future__ import annotations

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest

from scheduling.shared_state import SharedState
from scheduling.store import Store
from webhooks.settings import Settings, SettingsError
from webhooks.tokens import CallerTokens, TokenRefused, admin_token, caller_tokens


def settings(folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder}/var/ringbook.db")


def test_the_admin_token_is_made_at_the_first_start_and_shown_once(tmp_path: Path) -> None:
    first, second = admin_token(settings(tmp_path)), admin_token(settings(tmp_path))
    assert first.made_now
    assert not second.made_now
    assert first.value == second.value
    path = tmp_path / "var" / "admin-token"
    assert path.read_text().strip() == first.value
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_several_first_starts_at_once_agree_on_one_token(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starts:
        tokens = list(starts.map(admin_token, [settings(tmp_path)] * 8))
    assert len({token.value for token in tokens}) == 1
    assert sum(token.made_now for token in tokens) == 1


def test_an_admin_token_from_the_settings_is_not_written_down(tmp_path: Path) -> None:
    given = Settings(database_url=f"sqlite:///{tmp_path}/r.db", admin_token="chosen-by-somebody")
    token = admin_token(given)
    assert token.matches("chosen-by-somebody")
    assert not token.matches("chosen-by-somebody ")
    assert not token.matches("")
    assert list(tmp_path.iterdir()) == []


async def test_a_caller_token_outlives_a_restart(tmp_path: Path, store: Store) -> None:
    before = int(time.time())
    first = await caller_tokens(settings(tmp_path), SharedState(store))
    value, made = first.make(call_id="c1", organisation_id=7)
    after = int(time.time())
    again = await caller_tokens(settings(tmp_path), SharedState(store))
    assert again.read(value) == made
    assert before + 600 <= made.expires_at <= after + 600


async def test_a_caller_token_of_one_server_process_is_good_at_every_other(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each on a machine of its own: what is kept beside them they do not share."""
    several = Settings(database_url="postgresql://shared/store")
    machines = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        machines.append(await caller_tokens(several, SharedState(store)))
    value, made = machines[0].make(call_id="c1", organisation_id=7)
    assert machines[1].read(value) == made


async def test_a_caller_token_made_by_a_clock_a_little_ahead_is_good(
    tmp_path: Path, store: Store
) -> None:
    tokens = await caller_tokens(settings(tmp_path), SharedState(store))
    value, made = tokens.make(call_id="c1", organisation_id=7)
    claims = jwt.decode(value, options={"verify_signature": False})
    key = (tmp_path / "var" / "caller-token-key").read_text().strip()

    def made_in(seconds: int) -> str:
        return jwt.encode(claims | {"iat": claims["iat"] + seconds}, key, algorithm="HS256")

    assert tokens.read(made_in(30)) == made
    with pytest.raises(TokenRefused):
        tokens.read(made_in(300))


async def test_a_caller_token_cannot_be_forged_altered_or_kept(
    tmp_path: Path, store: Store
) -> None:
    tokens = await caller_tokens(settings(tmp_path), SharedState(store))
    value, _ = tokens.make(call_id="c1", organisation_id=7)
    claims = jwt.decode(value, options={"verify_signature": False})
    key = (tmp_path / "var" / "caller-token-key").read_text().strip()
    forged = [
        "",
        "not-a-token",
        value[:-2],
        CallerTokens("another key, as long as the true one is").make(
            call_id="c1", organisation_id=7
        )[0],
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims | {"exp": int(time.time()) - 1}, key, algorithm="HS256"),
        jwt.encode(claims | {"aud": "elsewhere"}, key, algorithm="HS256"),
        jwt.encode({"aud": claims["aud"], "exp": claims["exp"]}, key, algorithm="HS256"),
    ]
    for attempt in forged:
        with pytest.raises(TokenRefused):
            tokens.read(attempt)


async def test_an_admin_token_that_was_lost_stops_the_start(tmp_path: Path) -> None:
    empty(tmp_path, "admin-token")
    with pytest.raises(SettingsError, match="admin-token"):
        admin_token(settings(tmp_path))


async def test_a_key_that_was_lost_stops_the_start(tmp_path: Path, store: Store) -> None:
    empty(tmp_path, "caller-token-key")
    with pytest.raises(SettingsError, match="caller-token-key"):
        await caller_tokens(settings(tmp_path), SharedState(store))


def empty(folder: Path, name: str) -> None:
    kept = folder / "var" / name
    kept.parent.mkdir()
    kept.write_text("\n")
