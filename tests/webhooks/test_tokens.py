"""The admin token is made once and kept; a caller token says one call and one organisation."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest

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
    given = Settings(database_url=f"sqlite:///{tmp_path}/r.db", admin_token="chosen")
    token = admin_token(given)
    assert token.matches("chosen")
    assert not token.matches("chosen ")
    assert not token.matches("")
    assert list(tmp_path.iterdir()) == []


def test_a_caller_token_outlives_a_restart(tmp_path: Path) -> None:
    value, made = caller_tokens(settings(tmp_path)).make(call_id="c1", organisation_id=7)
    assert caller_tokens(settings(tmp_path)).read(value) == made
    assert made.expires_at - time.time() == pytest.approx(600, abs=2)


def test_a_caller_token_cannot_be_forged_altered_or_kept(tmp_path: Path) -> None:
    tokens = caller_tokens(settings(tmp_path))
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


@pytest.mark.parametrize(
    ("name", "read"), [("admin-token", admin_token), ("caller-token-key", caller_tokens)]
)
def test_a_secret_that_was_lost_stops_the_start(
    tmp_path: Path, name: str, read: Callable[[Settings], object]
) -> None:
    kept = tmp_path / "var" / name
    kept.parent.mkdir()
    kept.write_text("\n")
    with pytest.raises(SettingsError, match=name):
        read(settings(tmp_path))
