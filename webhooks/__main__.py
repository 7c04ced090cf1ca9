"""The ringbook command. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="ringbook",
    help="Answers the telephone for a business that lives by appointments.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
business_app = typer.Typer(
    help="Validate and load business files.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(business_app, name="business")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Organisation = Annotated[
    str | None, typer.Option(help="Which organisation, by its slug.", metavar="SLUG")
]
Phone = Annotated[str | None, typer.Option(help="As written, national or +1….")]
Name = Annotated[str | None, typer.Option(help="The customer's name, or part of it.")]
Reference = Annotated[str | None, typer.Option(help="Six characters, such as K7M2QX.")]


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8000,
) -> None:
    """Bring the store up to date, load the business and answer calls."""
    from webhooks.commands.serve import serve

    serve(host, port)


@app.command()
def chat(
    phone: Annotated[
        str | None, typer.Option(help="Your number, as you claim it.", metavar="+15550100")
    ] = None,
    organisation: Organisation = None,
) -> None:
    """Type to the agent that answers the telephone. Ctrl-D hangs up."""
    from webhooks.commands.chat import chat

    chat(phone, organisation)


@app.command()
def bookings(
    organisation: Organisation = None,
    phone: Phone = None,
    name: Name = None,
    date: Annotated[str | None, typer.Option(help="A day of the business: 2026-11-24.")] = None,
    reference: Reference = None,
    as_json: Json = False,
) -> None:
    """Look bookings up."""
    from webhooks.commands.bookings import bookings
    from webhooks.commands.looking_up import Search

    bookings(Search(organisation, phone, name, date, reference), as_json=as_json)


@app.command()
def tickets(
    organisation: Organisation = None,
    phone: Phone = None,
    name: Name = None,
    reference: Reference = None,
    status: Annotated[Literal["open", "waiting", "closed"] | None, typer.Option()] = None,
    as_json: Json = False,
) -> None:
    """Look up what callers left for staff to see to, the newest first."""
    from webhooks.commands.looking_up import Search
    from webhooks.commands.tickets import tickets

    search = Search(organisation, phone, name, reference=reference, status=status)
    tickets(search, as_json=as_json)


@app.command()
def orders(
    organisation: Organisation = None,
    phone: Phone = None,
    name: Name = None,
    reference: Annotated[str | None, typer.Option(help="The order's number.")] = None,
    status: Annotated[
        Literal["placed", "shipped", "delivered", "returned", "cancelled"] | None, typer.Option()
    ] = None,
    as_json: Json = False,
) -> None:
    """Look orders up, the last placed first."""
    from webhooks.commands.looking_up import Search
    from webhooks.commands.orders import orders

    search = Search(organisation, phone, name, reference=reference, status=status)
    orders(search, as_json=as_json)


@business_app.command("check")
def check_business(
    files: Annotated[list[Path], typer.Argument(help="TOML files.", metavar="FILE…")],
    as_json: Json = False,
) -> None:
    """Say what is wrong with business files, by file, key and reason."""
    from webhooks.commands.business import check

    check(files, as_json=as_json)


@business_app.command("apply")
def apply_business(
    files: Annotated[list[Path], typer.Argument(help="TOML files.", metavar="FILE…")],
    as_json: Json = False,
) -> None:
    """Load business files; list bookings that the change leaves without provider or hours."""
    from webhooks.commands.business import apply

    apply(files, as_json=as_json)


@app.command()
def understand() -> None:
    """What a caller's words mean: JSON lines in, JSON lines out."""
    from voice.understanding.lines import understand_lines

    for line in understand_lines(sys.stdin):
        print(line, flush=True)


@app.command()
def rehearse(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Business files; none: the sample.", metavar="[FILE…]"),
    ] = None,
    callers: Annotated[
        int, typer.Option(help="How many; each calls four times, aloud once.", min=1)
    ] = 14,
    seed: Annotated[int, typer.Option(help="The same seed brings the same callers.")] = 1,
    only: Annotated[
        int | None, typer.Option(help="One caller's number: the whole calls.", min=0)
    ] = None,
    wide: Annotated[
        bool | None,
        typer.Option(
            "--aloud/--by-telephone",
            help="By speech, through the audio socket: at 24 kHz, or in mu-law with noise.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Let simulated callers ring the agent, and see in the store who was served."""
    from rehearsal.score import WORDINGS
    from webhooks.commands.rehearse import rehearsal
    from webhooks.rehearsal.line import LineKind
    from webhooks.rehearsal.running import Plan

    numbers = range(callers) if only is None else [only]
    plan = Plan(numbers, seed, wordings=WORDINGS if wide is None else 1)
    line: LineKind | None = None if wide is None else "wide" if wide else "telephone"
    rehearsal(files or [], plan, line=line, whole=only is not None, as_json=as_json)


@app.command()
def calendars(
    organisation: Organisation = None,
    make: Annotated[
        str | None,
        typer.Option(help="Make one more: of a provider, by id, or of everybody.", metavar="WHOSE"),
    ] = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="With --make: it says who the customers are.")
    ] = False,
    with_phones: Annotated[
        bool, typer.Option("--with-phones", help="With --make: it has their telephone numbers.")
    ] = False,
    revoke: Annotated[int | None, typer.Option(help="Revoke one.", metavar="ID")] = None,
    as_json: Json = False,
) -> None:
    """Addresses at which calendar programs read bookings: list, make, revoke.

    Everybody's and each provider's are made when they are first listed.
    """
    from webhooks.commands.calendars import Wanted, calendars

    calendars(Wanted(organisation, make, with_names, with_phones, revoke), as_json=as_json)


@app.command()
def forget(
    phone: Annotated[str, typer.Option(help="As written, national or +1….")],
    organisation: Organisation = None,
    as_json: Json = False,
) -> None:
    """Erase a person: bookings, orders and tickets lose name and number; calls are erased."""
    from webhooks.commands.forget import forget

    forget(phone, organisation, as_json=as_json)


@app.command()
def migrate() -> None:
    """Bring the store up to date."""
    from webhooks.commands.migrate import migrate

    migrate()


def main() -> None:
    """Run a command; what it cannot do is said in one line on standard error, with exit 1."""
    try:
        app()
    except Exception as error:
        from webhooks.commands.failures import failure_line

        line = failure_line(error)
        if line is None:
            raise
        print(f"ringbook: {line}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
