"""For a terminal, with Rich: imported only here, and only when a table is really drawn."""

import io
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.bar import Bar
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from medaid_cli.render.clean import clean
from medaid_cli.render.text import blocks, cells, headings
from medaid_cli.reports.report import Block, Column, Report, Row

# Words that say something is wrong; the colour only repeats what the word says.
LOUD = {"conflict": "bold red", "updated": "yellow", "loose": "yellow"}
BAR_WIDTH, NARROW_BAR, WIDE = 16, 6, 100
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
        drawn, needed = table(block, width)
        console_for(out, max(width, needed), color=color).print(drawn)
    for note in report.notes:
        console.print(Text(clean(note), style="dim"))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


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


def table(block: Block, width: int) -> tuple[Table, int]:
    """A table without cut cells, and its width: texts wrap between words, and within them where no room is left.

    Where a terminal is too narrow even for that, the table is wider, and the terminal wraps it: nothing is lost.
    """
    rows = [cells(block.columns, row) for row in block.rows]
    names = headings(block.columns)
    bar = BAR_WIDTH if width >= WIDE else NARROW_BAR
    least = [bar if column.bar else 0 for column in block.columns]
    most = [min(column.at_most or width, width) for column in block.columns]
    gap, widths = layout([names, *rows], least, most, width)
    found = Table(box=box.SIMPLE_HEAD, padding=(0, gap - 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for name, column, size in zip(names, block.columns, widths, strict=True):
        found.add_column(Text(name), justify="right" if column.numeric else "left", overflow="fold", width=size)
    for row, texts in zip(block.rows, rows, strict=True):
        drawn = zip(block.columns, texts, widths, strict=True)
        found.add_row(*(one_cell(column, row, text, size) for column, text, size in drawn))
    return found, sum(widths) + gap * (len(widths) - 1)


def one_cell(column: Column, row: Row, text: str, width: int) -> Bar | Text:
    """A bar where the column has one, else the text."""
    if column.bar:
        span = column.bar(row)
        return Bar(span.size, span.begin, span.end, width=width)
    return Text(broken(text, width), style=LOUD.get(text, ""))


def broken(cell: str, width: int) -> str:
    """The text of a cell; a range that its column can't hold on one line goes on behind its dash, not amid a number."""
    return cell if max(map(cell_len, cell.split()), default=0) <= width else cell.replace("–", "–\n")


def parts(text: str) -> list[str]:
    """The pieces that a text may be broken into."""
    return text.replace("–", "– ").split()


def layout(
    rows: Sequence[Sequence[str]], least: Sequence[int], most: Sequence[int], width: int
) -> tuple[int, list[int]]:
    """The gap between columns and their widths: those of their texts, narrowed word by word where that is too wide."""
    columns = list(zip(*rows, strict=True))
    pieces = [max((cell_len(word) for text in column for word in parts(text)), default=1) for column in columns]
    words = [max(low, min(width, size)) for low, size in zip(least, pieces, strict=True)]
    sizes = [max(map(cell_len, column)) for column in columns]
    widths = [max(word, min(high, size)) for word, high, size in zip(words, most, sizes, strict=True)]
    gap = 2 if sum(words) + 2 * (len(words) - 1) <= width else 1
    room = width - gap * (len(words) - 1)
    for narrow in (words, [min(size, NARROWEST) for size in words]):
        while sum(widths) > room and (
            spare := [(size - low, at) for at, (size, low) in enumerate(zip(widths, narrow, strict=True)) if size > low]
        ):
            widths[max(spare, key=lambda one: (widths[one[1]], -one[1]))[1]] -= 1
    return gap, widths
