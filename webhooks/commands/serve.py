"""`ringbook serve`: one process that answers calls, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from datetime import UTC, datetime, timedelta

import typer
import uvicorn
import uvloop
from fastapi import FastAPI

from voice.speech.weights import speech_installed
from webhooks.app import create_app
from webhooks.carriers.resources import VOICE_PATH
from webhooks.commands.failures import CommandFailed
from webhooks.connections import Bounds, Connections, raise_descriptor_limit
from webhooks.live_calls import LiveCalls
from webhooks.logs import configure_logs
from webhooks.resources import Resources
from webhooks.settings import LOOPBACK_HOSTS, Settings, check_exposure, read_settings
from webhooks.sockets import guarded
from webhooks.upgraded import GuardedSocket

LARGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes of one message of a socket: a minute of sound at once."""
STOP_SECONDS = 10
"""How long calls in hand may go on once we are told to stop."""
NEW_OBJECTS = 50_000
"""So many more made than freed, and the new ones are searched for garbage: some ten turns."""


def serve(host: str, port: int) -> None:
    """Check, open, say where we are, and answer until SIGTERM or Ctrl-C."""
    settings = read_settings()
    check_exposure(settings, host)
    configure_logs()
    for line in page_note(settings, host):
        typer.echo(line)
    with listen(host, port) as listener, asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(answer(create_app(settings), listener))


def listen(host: str, port: int) -> socket.socket:
    """The socket we answer on; taken first, so that a port in use is said before all else."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((address[0], port), family=family, backlog=2048)
    except OSError as error:
        # A name that cannot be found has a number of its own kind; the other texts repeat us.
        found = not isinstance(error, socket.gaierror) and error.errno
        reason = os.strerror(found) if found else error.strerror
        raise CommandFailed(f"cannot listen on {host}:{port}: {reason}") from None


def server_config(app: FastAPI, bounds: Bounds) -> uvicorn.Config:
    """How we speak HTTP, and what a connection may cost."""
    return uvicorn.Config(
        app,
        http=guarded(Connections(bounds)),
        ws=GuardedSocket,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


class Server(uvicorn.Server):
    """Stops in order: whoever is on a live call hears so before their line is closed."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Once we are told to stop."""
        live_calls: LiveCalls = self._app.state.live_calls
        await live_calls.stop()
        await super().shutdown(sockets)


async def answer(app: FastAPI, listener: socket.socket) -> None:
    """Serve with the app's own resources open around the server, so that failures keep a name."""
    server = Server(server_config(app, raise_descriptor_limit()), app)
    # The server handles signals only while it serves, and raises them again at its end: these are
    # for the time before, and so that what is open is closed in order after.
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, server.handle_exit, number, None)
    async with app.router.lifespan_context(app):
        resources: Resources = app.state.ringbook
        for line in await announcement(resources, address_of(listener)):
            typer.echo(line)
        settle_memory()
        await server.serve(sockets=[listener])


def settle_memory() -> None:
    """What was loaded stays: were it searched for garbage again and again, all callers would wait.

    A full search of it takes 160 ms, in the middle of somebody's turn. What a turn makes goes by
    itself; the few rings among it may wait for a few turns (0.3 ms of processor time a turn).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def address_of(listener: socket.socket) -> str:
    """Our address as a browser on this machine writes it."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


async def announcement(resources: Resources, address: str) -> list[str]:
    """Where everything is, and what is in use."""
    settings = resources.settings
    names = ", ".join(business.name for business in resources.businesses)
    rows = [
        ("Caller page", f"{address}/"),
        ("Bookings", f"{address}/admin/bookings  (with the admin token)"),
        ("Vapi", vapi_line(settings, address)),
        ("OpenAI clients", f"{address}/v1"),
        ("Model", model_line(settings)),
        ("Speech", speech_line(settings)),
    ]
    if settings.twilio_account is not None:
        rows.append(
            ("Twilio", f"{settings.public_url}{VOICE_PATH}  (account {settings.twilio_account})")
        )
    rows += clock_row(await resources.store.current_time(), resources.ended_shift)
    token = resources.admin_token
    if token.made_now:
        rows.append(("Admin token", f"{token.value}  (shown once; kept in {token.path})"))
    width = max(len(name) for name, _ in rows)
    return [f"Ringbook answers for {names}.", *(f"  {name:{width}}  {what}" for name, what in rows)]


def speech_line(settings: Settings) -> str:
    """Who hears and speaks where no platform does, and what leaves this machine."""
    if settings.speech == "off":
        return "off: the caller page is typed"
    if (missing := speech_installed()) is not None:
        return f"the caller page is typed: {missing}"
    if settings.speech == "hosted":
        where = settings.openai_base_url or "OpenAI"
        return f"hosted: {settings.stt_model} hears and {settings.tts_model} speaks at {where}"
    return "local: built in, loading behind the doors; nothing leaves this machine"


def page_note(settings: Settings, host: str) -> list[str]:
    """Who is reached from outside has to say by which address: any other may lead here too."""
    if settings.public_url is not None or host in LOOPBACK_HOSTS:
        return []
    return [
        "RINGBOOK_PUBLIC_URL is not set: the caller page is answered on this machine only, "
        "and on the sites that a business lists."
    ]


def clock_row(now: datetime, ended_shift: timedelta) -> list[tuple[str, str]]:
    """The domain's clock, when it is not the machine's, or was not until this start."""
    real = datetime.now(UTC)
    if ended_shift:
        return [("Clock", "the machine's again: RINGBOOK_NOW is not set, which ends the shift")]
    if abs(now - real) < timedelta(minutes=1):
        return []
    return [
        ("Clock", f"shifted: it is {now:%Y-%m-%d %H:%M} UTC here, {real:%Y-%m-%d %H:%M} outside")
    ]


def vapi_line(settings: Settings, address: str) -> str:
    """Where Vapi reaches us, and who may."""
    where = f"{settings.public_url or address}/vapi"
    if settings.vapi_secret is None:
        return f"{where}  (this machine only: RINGBOOK_VAPI_SECRET is not set)"
    return where


def model_line(settings: Settings) -> str:
    """Who answers, and what leaves this machine."""
    if settings.model == "local":
        found = settings.openai_api_key is not None
        note = "; OPENAI_API_KEY was found and is not used" if found else ""
        return f"local: built in, nothing leaves this machine{note}"
    where = settings.openai_base_url or "OpenAI"
    if settings.model == "hosted":
        return f"hosted: every turn goes to {settings.openai_model} at {where}"
    return f"auto: built in when it is sure, else {settings.openai_model} at {where}"
