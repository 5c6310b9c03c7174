"""The app, and the one place where errors become a message and an exit code."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from medaid_cli import __version__
from medaid_cli.commands.help import Command
from medaid_cli.commands.run import takes_options
from medaid_cli.errors import ExitCode, MedaidError, OutputError, UnknownNameError, UsageError
from medaid_cli.records import nearest
from medaid_cli.render.clean import clean

ABOUT = """Sourced claims on the command line: every number one step from its source, no total too large.

\b
Start with:
  medaid countries               who received what
  medaid country Benin           everything on one country
  medaid stats                   the figures, how well sources agree
  medaid show cgtn-2023:p10:1    one figure down to the phrase as printed
  medaid init my.json            your own store: then add-source, add, import

\b
Exit codes: 0 fine, also for an empty answer
            2 the command can't be understood
            3 a check found something, or rows can't be entered
            4 the store can't be read or written, or the output not
"""

CONTEXT = {"help_option_names": ["-h", "--help"]}

# By name: the file of commands/ that has the function of that name, and an example for its help.
COMMANDS = {
    "countries": ("countries", "medaid countries --region Africa --sort first_team"),
    "country": ("countries", "medaid country Benin"),
    "stats": ("stats", "medaid stats --since 1963 --json | jq '.rows[] | {measure, low, high}'"),
    "compare": ("compare", "medaid compare teams"),
    "timeline": ("compare", "medaid timeline --measure countries"),
    "claims": ("claims", "medaid claims cataract --country Benin --csv"),
    "show": ("claims", "medaid show cgtn-2023:p10:1"),
    "sources": ("sources", "medaid sources --measure treatments"),
    "source": ("sources", "medaid source cgtn-2023"),
    "measures": ("vocabulary", "medaid measures"),
    "programmes": ("vocabulary", "medaid programmes --json"),
    "places": ("vocabulary", "medaid places congo"),
    "init": ("curating", "medaid init my.json"),
    "add": ("curating", "medaid add -s who --locator p3 --quote '9 teams' -m teams --store my.json"),
    "add-source": ("curating", "medaid add-source --id who --title 'Ebola response' --store my.json"),
    "import": ("curating", "medaid import rows.csv --store my.json --dry-run"),
    "retract": ("curating", "medaid retract who:p3:1 --reason 'misread' --store my.json"),
    "replace": ("curating", "medaid replace who:p3:1 --quote 'over 9 teams' --store my.json"),
    "check": ("checking", "medaid check --store my.json"),
    "verify": ("checking", "medaid verify --texts texts/"),
}


# The commands whose names no function of Python can have.
FUNCTIONS = {"add-source": "add_source", "import": "import_"}


class Program(TyperGroup):
    """The group of all commands, with every way out mapped once.

    A command is built when it is asked for: with all the options that commands share, building ten of them would cost
    more than everything that one of them does.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 given by Typer
        """The names, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 given by Typer
        """The command, built now; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        file, example = COMMANDS[cmd_name]
        module = import_module(f"medaid_cli.commands.{file}")
        command = takes_options(getattr(module, FUNCTIONS.get(cmd_name, cmd_name)), getattr(module, "GROUPS", None))
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=CONTEXT)
        alone.command(cmd_name, cls=Command, epilog=f"\b\nExample:\n  {example}")(command)
        return typer.main.get_command(alone)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words name.

        Raises:
            UsageError: if there is none, with the nearest names.
        """
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if near := nearest(name.lower(), COMMANDS):
            raise UnknownNameError("command", name, near)
        raise UsageError(f"unknown command {name!r}; medaid -h lists all")

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Help and version are printed here."""
        with mapped_errors():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """The commands run here."""
        with mapped_errors():
            return super().invoke(ctx)


@contextmanager
def mapped_errors() -> Iterator[None]:
    """One line and an exit code for what users can mend; silence where the reader has gone.

    Raises:
        typer.Exit: with the code.
    """
    try:
        yield
    except BrokenPipeError as error:
        settle(sys.stdout)
        raise typer.Exit(ExitCode.OK) from error
    except (MedaidError, OSError) as error:
        told = error if isinstance(error, MedaidError) else unwritable(error)
        settle(sys.stdout)
        with suppress(OSError):
            typer.echo(f"medaid: {clean(str(told))}", err=True)
        settle(sys.stderr)
        raise typer.Exit(told.exit_code) from error


def unwritable(error: OSError) -> OutputError:
    """What the stores and the reports have not caught: Typer could not write help or the version."""
    return OutputError(f"{error.filename or 'standard output'}: can't be written: {error.strerror}")


def settle(stream: TextIO) -> None:
    """Send what can't leave the buffer nowhere: a second failure at the interpreter's end would be told at length."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"medaid {__version__}")
        raise typer.Exit


def about(
    _: Annotated[bool, typer.Option("--version", help="Show the version.", callback=version, is_eager=True)] = False,
) -> None:
    """Stand for the options of medaid itself."""


def make_app() -> typer.Typer:
    """The app with all commands."""
    app = typer.Typer(
        name="medaid",
        cls=Program,
        help=ABOUT,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
    )
    app.callback()(about)
    return app


def prepare_streams() -> None:
    """UTF-8 whatever the locale says.

    Of a stream that the shell has closed Python makes None: output then fails like any that can't be written, and
    messages go nowhere.
    """
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def main() -> None:
    """The program."""
    prepare_streams()
    try:
        make_app()(prog_name="medaid")
    except OSError:  # only Typer's own usage message is written outside `mapped_errors`
        settle(sys.stderr)
        raise SystemExit(ExitCode.USAGE) from None
