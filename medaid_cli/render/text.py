"""For pipes and documents: tab-separated cells as people read them, and Markdown."""

from collections.abc import Iterable, Sequence

from medaid_cli.render.clean import clean
from medaid_cli.reports.report import Block, Column, Report, Row


def blocks(report: Report) -> Iterable[Block]:
    """All tables for people, in order."""
    yield from report.lead
    if report.columns:
        yield Block(report.title, report.columns, report.rows)
    yield from report.tail


def headings(columns: Sequence[Column]) -> list[str]:
    """The headings, clean: some are names from the store."""
    return [clean(column.heading) for column in columns]


def cells(columns: Sequence[Column], row: Row) -> list[str]:
    """The cells of one row, clean."""
    return [clean(column.show(row)) for column in columns]


def plain_text(report: Report) -> str:
    """One whole record a line, cells set apart by tabs, under a line with the headings; blank lines between tables.

    Tables beside the main one say in their first cell what they are about, so that each line stands for itself.
    """
    parts = []
    for block in blocks(report):
        columns = written(block.columns)
        rows = [headings(columns), *(cells(columns, row) for row in block.rows)]
        if block.title and block.title != report.title:
            rows = [["of", *rows[0]], *([clean(block.title), *row] for row in rows[1:])]
        parts.append("".join("\t".join(row) + "\n" for row in rows))
    return "\n".join(parts)


def written(columns: Sequence[Column]) -> list[Column]:
    """The columns that say something in words: bars only repeat it."""
    return [column for column in columns if column.bar is None]


def markdown_text(report: Report) -> str:
    """Tables as GitHub reads them, their titles, and the notes as a list."""
    parts = []
    for block in blocks(report):
        lines = [f"**{escape(clean(block.title))}**", ""] if block.title else []
        columns = written(block.columns)
        lines.append(bar(escape(heading) for heading in headings(columns)))
        lines.append(bar("---:" if column.numeric else "---" for column in columns))
        lines += [bar(escape(cell) for cell in cells(columns, row)) for row in block.rows]
        parts.append("\n".join(lines) + "\n")
    if report.notes:
        parts.append("".join(f"- {escape(clean(note))}\n" for note in report.notes))
    return "\n".join(parts)


def bar(texts: Iterable[str]) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(texts) + " |"


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#~" else char for char in text)
