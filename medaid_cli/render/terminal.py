"""For a terminal, with Rich: imported only here, and only when a table is really drawn."""

import io
from collections.abc import Callable
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from medaid_cli.render.clean import clean
from medaid_cli.render.text import blocks, cells
from medaid_cli.reports.report import Block, Report

# Words that say something is wrong; the colour only repeats what the word says.
LOUD = {"conflict": "bold red", "updated": "yellow", "loose": "yellow"}


def terminal_text(report: Report, *, width: int, color: bool) -> str:
    """The report as a person reads it, for a terminal of the given width."""
    out = io.StringIO()
    console = console_for(out, width, color=color)
    for number, block in enumerate(blocks(report)):
        if number:
            console.print()
        if block.title:
            console.print(Text(clean(block.title), style="bold"))
        console.print(table(block))
    for note in report.notes:
        console.print(Text(clean(note), style="dim"))
    return out.getvalue()


def console_for(out: TextIO, width: int, *, color: bool) -> Console:
    """A console that takes text as text. With TERM=dumb Rich keeps a given width only if a height is given too."""
    return Console(
        file=out,
        width=width,
        height=100,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def table(block: Block) -> Table | Padding:
    """A table without cut cells: what does not fit is folded."""
    found = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in block.columns:
        found.add_column(column.heading, justify="right" if column.numeric else "left", overflow="fold")
    for row in block.rows:
        found.add_row(*(Text(cell, style=LOUD.get(cell, "")) for cell in cells(block.columns, row)))
    return found


Draw = Callable[[Report], str]
