"""How a command's help is laid out: the options in groups, the shared ones under headings of their own."""

from collections import defaultdict
from inspect import signature
from typing import Any

from typer.core import TyperCommand

from medaid_cli.commands.options import DISPLAY, FILTERS, how_shown, which_claims


class Command(TyperCommand):
    """A command whose help tells filters from looks."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, filters, looks, and what is left."""
        sections: dict[str, list[Any]] = defaultdict(list)
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                sections[heading(parameter)].append(record)
        for title in ("Arguments", FILTERS, DISPLAY, "Options"):
            if sections[title]:
                with formatter.section(title):
                    formatter.write_dl(sections[title])

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """`NAME` for an argument that must be given; Typer would write `{NAME}`."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


def heading(parameter: Any) -> str:
    """The group that an argument or option is shown in."""
    if parameter.param_type_name == "argument":
        return "Arguments"
    groups = ((FILTERS, which_claims), (DISPLAY, how_shown))
    return next((title for title, group in groups if parameter.name in signature(group).parameters), "Options")
