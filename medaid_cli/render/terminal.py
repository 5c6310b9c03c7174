"""For a terminal, with Rich: imported only here, and only when a table is really drawn."""

import io
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from medaid_cli.render.clean import clean
from medaid_cli.render.text import blocks, cells
from medaid_cli.reports.report import Block, Report

# Words that say something is wrong; the colour only repeats what the word says.
LOUD = {"conflict": "bold red", "updated": "yellow", "loose": "yellow"}
NARROWEST = 8  # a column is not narrowed below this, whatever the terminal


def terminal_text(report: Report, *, width: int, color: bool) -> str:
    """The report as a person reads it, for a terminal of the given width."""
    out = io.StringIO()
    console = console_for(out, width, color=color)
    for number, block in enumerate(blocks(report)):
        if number:
            console.print()
        if block.title:
            console.print(Text(clean(block.title), style="bold"))
        console.print(table(block, width), crop=False)
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


def table(block: Block, width: int) -> Table:
    """A table without cut cells: texts wrap between words, and within them only where there is no room left."""
    rows = [cells(block.columns, row) for row in block.rows]
    headings = [column.heading for column in block.columns]
    gap, widths = layout([headings, *rows], width)
    found = Table(box=box.SIMPLE_HEAD, padding=(0, gap - 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for column, size in zip(block.columns, widths, strict=True):
        found.add_column(column.heading, justify="right" if column.numeric else "left", overflow="fold", width=size)
    for row in rows:
        found.add_row(*(Text(cell, style=LOUD.get(cell, "")) for cell in row))
    return found


def layout(rows: Sequence[Sequence[str]], width: int) -> tuple[int, list[int]]:
    """The gap between columns and their widths: as wide as their texts, narrowed word by word where that is too wide."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(cell_len, column)) for column in columns]
    words = [max((cell_len(word) for text in column for word in text.split()), default=1) for column in columns]
    gap = 2 if sum(words) + 2 * (len(words) - 1) <= width else 1
    room = width - gap * (len(words) - 1)
    for least in (words, [min(size, NARROWEST) for size in words]):
        while sum(widths) > room and (spare := [(size - low, at) for at, (size, low) in enumerate(zip(widths, least, strict=True)) if size > low]):
            widths[max(spare, key=lambda one: (widths[one[1]], -one[1]))[1]] -= 1
    return gap, widths
