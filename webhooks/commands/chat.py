"""`ringbook chat`: the agent that answers the telephone, by typing."""

from __future__ import annotations

import asyncio
import sys
import uuid
from contextlib import AsyncExitStack

import typer

from scheduling.desk import Desk
from scheduling.phone_numbers import claimed_number
from scheduling.values import Organisation
from voice.turn import CallFacts, HangUp, Say, Transfer, Turn
from webhooks.commands.failures import CommandFailed
from webhooks.logs import configure_logs
from webhooks.resources import Resources, open_resources
from webhooks.settings import read_settings

if sys.stdin.isatty():
    import readline  # noqa: F401  # gives `input` editing and history


def chat(phone: str | None, organisation: str | None) -> None:
    """Until the agent hangs up, Ctrl-D, Ctrl-C or the end of what is piped in."""
    settings = read_settings()
    configure_logs(level="ERROR")
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        resources = runner.run(stack.enter_async_context(open_resources(settings)))
        try:
            call = runner.run(new_call(resources, phone, organisation))
            converse(runner, resources, call)
        finally:
            runner.run(stack.aclose())


def converse(runner: asyncio.Runner, resources: Resources, call: CallFacts) -> None:
    """Turn by turn; however it ends, the call is hung up and its holds are free."""
    typer.echo(runner.run(resources.conversation.greet(call)))
    number = 0
    over = False
    try:
        while not over and (words := listen()) is not None:
            if words:
                number += 1
                over = runner.run(say(resources, call, number, words))
    except KeyboardInterrupt:
        typer.echo()
    finally:
        runner.run(resources.conversation.hang_up(call.call_id, reason="caller left the terminal"))


def listen() -> str | None:
    """The next line; None at the end. What is piped in is shown, so that the output reads whole."""
    try:
        if sys.stdin.isatty():
            return input("> ").strip()
        words = input().strip()
    except EOFError:
        return None
    typer.echo(f"> {words}")
    return words


async def say(resources: Resources, call: CallFacts, number: int, words: str) -> bool:
    """Answer one turn, sentence by sentence; True when the agent ended the call."""
    turn = Turn(
        call=call,
        number=number,
        first_unheard=number,
        text=words,
        history=None,
    )
    over = False
    async with resources.conversation.answer(turn) as reply:
        async for part in reply:
            match part:
                case Say(text):
                    typer.echo(text)
                case Transfer(where):
                    typer.echo(f"[the call goes to {where}]")
                    over = True
                case HangUp():
                    over = True
        await reply.played()
    return over


async def new_call(resources: Resources, phone: str | None, slug: str | None) -> CallFacts:
    """A call from this terminal; the number is a claim, not an identity."""
    organisation = await organisation_for(resources.desk, slug)
    business = await resources.desk.business(organisation.id)
    return CallFacts(
        call_id=f"terminal-{uuid.uuid4().hex}",
        organisation_id=organisation.id,
        door="terminal",
        credential="terminal",
        claimed_phone=claimed(phone, business.country) if phone else None,
        can_hang_up=True,
    )


async def organisation_for(desk: Desk, slug: str | None) -> Organisation:
    """The named one, or the only one."""
    found = await desk.find_organisation(slug=slug)
    if found is not None:
        return found
    slugs = ", ".join(each.slug for each in await desk.organisations())
    raise CommandFailed(
        f"no organisation {slug!r}; there is {slugs}"
        if slug
        else f"several organisations: choose with --organisation ({slugs})"
    )


def claimed(phone: str, country: str) -> str | None:
    """The number as stored; None, which is said, for digits that are nobody's number."""
    if not any(sign.isdigit() for sign in phone):
        raise CommandFailed(f"{phone!r} is not a telephone number")
    number = claimed_number(phone, country)
    if number is None:
        typer.echo(f"{phone!r} is nobody's number; the call goes on without one.", err=True)
    return number
