"""How a command's help is laid out: the options in groups, under the headings that `takes_options` gave them."""

from typing import Any

from typer.core import TyperCommand

from medaid_cli.commands.options import ARGUMENTS, OPTIONS


class Command(TyperCommand):
    """A command whose help tells filters from looks."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then each group of options, those of the command itself and help last."""
        headings = getattr(self.callback, "headings", {})
        sections: dict[str, list[Any]] = {ARGUMENTS: [], **{title: [] for title in headings.values()}, OPTIONS: []}
        sections[OPTIONS] = sections.pop(OPTIONS)
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                argument = parameter.param_type_name == "argument"
                sections[ARGUMENTS if argument else headings.get(parameter.name, OPTIONS)].append(record)
        for title, records in sections.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """`NAME` for an argument that must be given; Typer would write `{NAME}`."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]
