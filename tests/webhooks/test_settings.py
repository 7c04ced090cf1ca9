"""A first run needs no setting; a wrong one stops the start and names itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webhooks.settings import (
    Settings,
    SettingsError,
    check_exposure,
    is_loopback_host,
    read_settings,
)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_first_run_needs_no_setting() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite:///var/ringbook.db"
    assert settings.model == "local"
    assert settings.keep_folder == Path("var")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RINGBOOK_DATABASE_URL", "mysql://here/there"),
        ("RINGBOOK_BUSINESS", "/no/such/file.toml"),
        ("RINGBOOK_MODEL", "clever"),
        ("RINGBOOK_PUBLIC_URL", "ringbook.example"),
        ("OPENAI_BASE_URL", "localhost:8080"),
        ("RINGBOOK_SPEECH", "loud"),
        ("RINGBOOK_SPEECH_WEIGHTS", "/no/such/folder"),
        ("RINGBOOK_SPEECH_CALLS", "0"),
        ("RINGBOOK_CALL_MINUTES", "0"),
        ("RINGBOOK_NOW", "tomorrow"),
        ("RINGBOOK_NOW", "2026-11-23T09:00:00"),
        ("RINGBOOK_VAPI_SECRET", "fifteen-letters"),
        ("RINGBOOK_ADMIN_TOKEN", "fifteen-letters"),
        ("RINGBOOK_ADMIN_TOKEN", " " * 20),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": ""}'),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": " "}'),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": "whsec_", "secretIsBase64": true}'),
        ("RINGBOOK_VAPI_HMAC", "{not json"),
        ("RINGBOOK_VAPI_HMAC", '{"algorithm": "sha256"}'),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": "k", "algorithm": "md5"}'),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": "k", "payloadFormat": "{timestamp}"}'),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": "k!", "secretIsBase64": true}'),
        ("RINGBOOK_VAPI_HMAC", '{"secretKey": "k", "misspelt": 1}'),
    ],
)
def test_a_wrong_setting_names_itself_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


def test_a_wrong_secret_is_not_repeated_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGBOOK_VAPI_HMAC", '{"secretKey": "hush-hush!", "secretIsBase64": true}')
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "hush" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_hosted_model_needs_its_name_and_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGBOOK_MODEL", "auto")
    with pytest.raises(SettingsError, match="RINGBOOK_OPENAI_MODEL"):
        read_settings()
    monkeypatch.setenv("RINGBOOK_OPENAI_MODEL", "some-model")
    with pytest.raises(SettingsError, match="OPENAI_API_KEY or OPENAI_BASE_URL"):
        read_settings()
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9000/v1/")
    assert read_settings().openai_base_url == "http://127.0.0.1:9000/v1"


def test_a_dotenv_file_is_read_and_the_environment_stands_above_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dotenv = "RINGBOOK_VAPI_SECRET=secret-from-the-file\nRINGBOOK_PUBLIC_URL=https://a.example/\n"
    (tmp_path / ".env").write_text(dotenv)
    monkeypatch.setenv("RINGBOOK_VAPI_SECRET", "secret-from-environment")
    settings = read_settings()
    assert settings.vapi_secret is not None
    assert settings.vapi_secret.get_secret_value() == "secret-from-environment"
    assert settings.public_url == "https://a.example"


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGBOOK_VAPI_SECRET", "")
    assert read_settings().vapi_secret is None


def test_the_hmac_plan_takes_vapis_own_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = {"type": "hmac", "secretKey": "k", "signatureHeader": "x-vapi-signature"}
    monkeypatch.setenv("RINGBOOK_VAPI_HMAC", json.dumps(plan))
    read = read_settings().vapi_hmac
    assert read is not None
    assert read.signature_header == "x-vapi-signature"
    assert read.payload_format == "{timestamp}.{body}"


def test_settings_do_not_show_their_secrets() -> None:
    settings = Settings(vapi_secret="hush" * 4, admin_token="hush" * 4, openai_api_key="hush")
    assert "hush" not in repr(settings)


def test_another_host_than_loopback_needs_the_secret() -> None:
    check_exposure(read_settings(), "127.0.0.1")
    check_exposure(read_settings(vapi_secret="hush" * 4), "0.0.0.0")
    with pytest.raises(SettingsError, match="RINGBOOK_VAPI_SECRET"):
        check_exposure(read_settings(), "0.0.0.0")


def test_a_public_address_needs_the_secret() -> None:
    public = "https://ring.example"
    check_exposure(read_settings(public_url=public, vapi_secret="hush" * 4), "127.0.0.1")
    with pytest.raises(SettingsError, match="RINGBOOK_VAPI_SECRET is required with"):
        check_exposure(read_settings(public_url=public), "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("localhost", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("LOCALHOST:80", True),
        ("", False),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example:8000", False),
        ("[::1", False),
    ],
)
def test_only_loopback_s_own_names_are_this_machine(host: str, ours: bool) -> None:
    assert is_loopback_host(host) is ours


@pytest.mark.parametrize("missing", ["RINGBOOK_STT_MODEL", "RINGBOOK_TTS_MODEL", "OPENAI_API_KEY"])
def test_hosted_speech_needs_its_models_and_a_server(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    given = {
        "RINGBOOK_SPEECH": "hosted",
        "RINGBOOK_STT_MODEL": "ears",
        "RINGBOOK_TTS_MODEL": "mouth",
        "OPENAI_API_KEY": "k",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert read_settings().speech == "hosted"
    monkeypatch.delenv(missing)
    with pytest.raises(SettingsError, match=missing):
        read_settings()
