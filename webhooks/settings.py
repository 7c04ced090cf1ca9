"""Settings, read from the environment and `.env` once, checked, then frozen."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
SHORTEST_SECRET = 16
"""Characters of a secret that strangers may guess at."""


class SettingsError(Exception):
    """A setting is wrong; the message is one line that names it."""


class SignaturePlan(BaseModel):
    """How Vapi signs what it posts: the keys of its HMAC plan, with its defaults."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True
    )

    type: Literal["hmac"] = "hmac"
    secret_key: SecretStr = Field(min_length=1)
    algorithm: Literal["sha256", "sha512", "sha1"] = "sha256"
    signature_header: str = "x-signature"
    timestamp_header: str = "x-timestamp"
    signature_prefix: str = ""
    """Stands before the signature, such as `sha256=`."""
    include_timestamp: bool = True
    payload_format: str = "{timestamp}.{body}"
    """May name {body} {timestamp} {method} {url} {svix-id}."""
    message_id_header: str = "svix-id"
    signature_encoding: Literal["hex", "base64"] = "hex"
    secret_is_base64: bool = False

    @model_validator(mode="after")
    def _covers_what_it_checks(self) -> SignaturePlan:
        if "{body}" not in self.payload_format:
            raise ValueError("payloadFormat must contain {body}")
        if self.include_timestamp and "{timestamp}" not in self.payload_format:
            raise ValueError("payloadFormat must contain {timestamp}, or includeTimestamp be false")
        try:
            key = self.key()
        except ValueError as error:
            raise ValueError("secretKey is not base64, as secretIsBase64 says") from error
        if not key.strip():
            raise ValueError("secretKey is empty: anybody could sign with it")
        return self

    def key(self) -> bytes:
        """The bytes that sign; a svix secret's prefix is not among them."""
        secret = self.secret_key.get_secret_value()
        if self.secret_is_base64:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        return secret.encode()


def _decode(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise ValueError("is not valid JSON") from error


class Settings(BaseSettings):
    """Everything a start needs to know; a first run needs none of it."""

    model_config = SettingsConfigDict(
        env_prefix="RINGBOOK_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    database_url: str = "sqlite:///var/ringbook.db"
    """`sqlite:///…` or `postgresql://…`; with SQLite there is one server process."""
    business: Path | None = None
    """A business file, or a folder of them; None is the built-in sample."""
    model: Literal["local", "hosted", "auto"] = "local"
    """Who answers turns. Nothing leaves this machine unless this says so."""
    openai_model: str | None = None
    """The hosted model's name."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """Optional with a base URL."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """Any OpenAI-compatible server, up to and without `/chat/completions`."""
    speech: Literal["local", "hosted", "off"] = "local"
    """Who hears and speaks at the audio doors; hosted means that callers' sound leaves here. Off:
    nothing is loaded, and the caller page is typed."""
    stt_model: str | None = None
    """The hosted model that hears."""
    tts_model: str | None = None
    """The hosted model that speaks."""
    tts_voice: str = "alloy"
    """As the hosted model names it."""
    speech_weights: Path | None = None
    """A folder whose weights stand before the installed ones; their digests are checked alike."""
    speech_calls: int = Field(default=8, ge=1, le=1000)
    """Calls that may speak at once; the next one hears that all lines are busy."""
    call_minutes: int = Field(default=30, ge=1, le=720)
    """The longest call of the audio doors."""
    vapi_secret: SecretStr | None = None
    """Every POST below `/vapi` carries it; without it `/vapi` answers loopback only."""
    vapi_hmac: Annotated[SignaturePlan | None, NoDecode, BeforeValidator(_decode)] = None
    """When set, `/vapi/events` needs a valid signature."""
    twilio_account: str | None = Field(default=None, pattern=r"^AC[0-9a-fA-F]{32}$")
    """Account SID at Twilio; with it and the token its calls are answered without a platform."""
    twilio_token: SecretStr | None = None
    """The account's auth token: what comes from Twilio is signed with it."""
    admin_token: SecretStr | None = None
    """Bearer token of `/admin`, `/metrics` and trusted programs; None: kept beside the store."""
    public_url: str | None = None
    """Where Vapi and browsers reach us, without a final slash."""
    keep_days: int = Field(default=90, ge=2, le=36_500)
    """Words of calls older than that are erased; bookings and their history stay."""
    now: str | None = None
    """The instant, with offset, at which the domain's clock starts; for rehearsals and tests."""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("vapi_secret", "twilio_token", "admin_token")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().strip()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
        return value

    @field_validator("business")
    @classmethod
    def _business_exists(cls, value: Path | None) -> Path | None:
        if value is not None and not value.exists():
            raise ValueError(f"no file or folder at {value}")
        return value

    @field_validator("speech_weights")
    @classmethod
    def _weights_are_there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError(f"no folder at {value}")
        return value

    @field_validator("openai_base_url", "public_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http or https address")
        return value.rstrip("/")

    @field_validator("now")
    @classmethod
    def _instant_with_offset(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            instant = datetime.fromisoformat(value)
        except ValueError as error:
            raise ValueError("must be an instant such as 2026-11-23T09:00:00-05:00") from error
        if instant.tzinfo is None:
            raise ValueError("must carry an offset, such as -05:00 or Z")
        return value

    @model_validator(mode="after")
    def _hosted_model_is_named(self) -> Settings:
        if self.model == "local":
            return self
        if not self.openai_model:
            raise ValueError(f"RINGBOOK_OPENAI_MODEL is required when RINGBOOK_MODEL={self.model}")
        if self.openai_api_key is None and self.openai_base_url is None:
            raise ValueError(
                f"OPENAI_API_KEY or OPENAI_BASE_URL is required when RINGBOOK_MODEL={self.model}"
            )
        return self

    @model_validator(mode="after")
    def _hosted_speech_is_named(self) -> Settings:
        if self.speech != "hosted":
            return self
        for value, name in ((self.stt_model, "STT"), (self.tts_model, "TTS")):
            if not value:
                raise ValueError(f"RINGBOOK_{name}_MODEL is required when RINGBOOK_SPEECH=hosted")
        if self.openai_api_key is None and self.openai_base_url is None:
            raise ValueError(
                "OPENAI_API_KEY or OPENAI_BASE_URL is required when RINGBOOK_SPEECH=hosted"
            )
        return self

    @model_validator(mode="after")
    def _carrier_is_whole(self) -> Settings:
        if (self.twilio_account is None) != (self.twilio_token is None):
            raise ValueError("RINGBOOK_TWILIO_ACCOUNT and RINGBOOK_TWILIO_TOKEN go together")
        if self.twilio_account is not None and self.public_url is None:
            raise ValueError("RINGBOOK_PUBLIC_URL is required with RINGBOOK_TWILIO_ACCOUNT")
        return self

    @property
    def is_one_process(self) -> bool:
        """Whether the store has one server process, so that nothing need be agreed on."""
        return self.database_url.startswith("sqlite:///")

    @property
    def keep_folder(self) -> Path:
        """Where secrets made at first start are kept: beside a SQLite file, else `var`."""
        if self.is_one_process:
            return Path(self.database_url.removeprefix("sqlite:///").partition("?")[0]).parent
        return Path("var")


def read_settings(**given: Any) -> Settings:
    """The settings of this process; what is given stands above the environment."""
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        where = _environment_name(first["loc"])
        raise SettingsError(f"{where}: {message}" if where else message) from None


def check_exposure(settings: Settings, host: str) -> None:
    """Refuse to let strangers drive `/vapi`: who can be reached from outside needs the secret."""
    if settings.vapi_secret is not None:
        return
    if host not in LOOPBACK_HOSTS:
        raise SettingsError(
            f"RINGBOOK_VAPI_SECRET is required to serve on {host}: without it anyone who reaches "
            "this host could speak as Vapi"
        )
    if settings.public_url is not None:
        raise SettingsError(
            "RINGBOOK_VAPI_SECRET is required with RINGBOOK_PUBLIC_URL: what comes in there looks "
            "like this machine, so anyone could speak as Vapi"
        )


def is_loopback_host(host: str) -> bool:
    """Whether a Host header, with or without its port, names this machine and nothing else.

    A web page can have its own name lead here, but not the names that browsers keep for loopback.
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name in LOOPBACK_HOSTS


def _environment_name(location: tuple[int | str, ...]) -> str:
    if not location:
        return ""
    field, *inside = (str(step) for step in location)
    name = field if field.isupper() else f"RINGBOOK_{field.upper()}"
    return ".".join([name, *inside])
