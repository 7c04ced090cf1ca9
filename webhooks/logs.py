"""What is logged: events with fields; no caller words, names or secrets, and numbers masked."""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
import uuid
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.stdlib.get_logger(__name__)

# Seven digits or more that stand alone: neither part of an id nor of an ISO instant.
_NUMBER = re.compile(r"(?<![\w.-])\+?\d[\d ().-]{5,}\d(?![\w:-])")
_OBJECT = re.compile(r"[<(\[{'\":]")
_SECRET_WORDS = ("secret", "token", "authorization", "api_key", "password", "signature")
_OWN_KEYS = frozenset({"timestamp", "level", "logger", "request_id"})

Fields = MutableMapping[str, Any]


def configure_logs(*, level: str = "INFO") -> None:
    """One handler on standard error for our loggers and everybody else's, one line of JSON each."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        without_objects,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
        discreet,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(serializer=_as_json),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("httpx2", "httpx", "openai", "openai.agents", "sqlalchemy.engine", "alembic"):
        # These would log addresses, bodies or rows at a level below.
        logging.getLogger(name).setLevel(logging.WARNING)


def _as_json(fields: Fields, **_: Any) -> str:
    return orjson.dumps(fields, default=str).decode()


def frames_only(_: Any, __: str, fields: Fields) -> Fields:
    """An exception as its type and places: messages may quote what a caller said."""
    given = fields.pop("exc_info", None)
    if not given:
        return fields
    error = given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    if error is not None:
        fields["error"] = type(error).__name__
        fields["frames"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-8:]
        ]
    return fields


def without_objects(_: Any, __: str, fields: Fields) -> Fields:
    """What asyncio says of a task or callback without what was in it: it prints the whole object,
    arguments and the words of its exception included."""
    if fields.get("logger") == "asyncio":
        first = next(iter(str(fields.get("event", "")).splitlines()), "")
        fields["event"] = _OBJECT.split(first, maxsplit=1)[0].strip()
    return fields


def discreet(_: Any, __: str, fields: Fields) -> Fields:
    """Secrets dropped by name, telephone numbers masked wherever they stand."""
    for key, value in fields.items():
        if key.startswith("_") or key in _OWN_KEYS:
            continue
        if any(word in key.lower() for word in _SECRET_WORDS):
            fields[key] = "…"
        elif isinstance(value, str):
            fields[key] = masked(value)
    return fields


def masked(text: str) -> str:
    """The text with every telephone number cut to its last two digits."""
    return _NUMBER.sub(lambda found: f"…{found.group()[-2:]}", text)


class RequestLog:
    """Gives each request an id and logs its end: the route's pattern, never the address itself.

    Queries and paths of `/admin` hold names and numbers; the pattern does not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        started = time.perf_counter()
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, noted)
            finally:
                log.info(
                    "answered",
                    method=scope["method"],
                    route=getattr(scope.get("route"), "path", None),
                    status=status,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                )
