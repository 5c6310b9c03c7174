"""For pipes and documents: tab-separated cells as people read them, and Markdown."""

from collections.abc import Iterable, Sequence

from medaid_cli.render.clean import clean
from medaid_cli.reports.report import Block, Column, Report, Row


def blocks(report: Report) -> Iterable[Block]:
    """All tables for people, in order."""
    yield from report.lead
    if report.columns:
        yield Block(report.title, report.columns, report.rows)


def cells(columns: Sequence[Column], row: Row) -> list[str]:
    """The cells of one row, clean."""
    return [clean(column.show(row)) for column in columns]


def plain_text(report: Report) -> str:
    """One whole record a line, cells set apart by tabs, under a line with the headings; blank lines between tables."""
    parts = []
    for block in blocks(report):
        rows = [[column.heading for column in block.columns], *(cells(block.columns, row) for row in block.rows)]
        parts.append("".join("\t".join(row) + "\n" for row in rows))
    return "\n".join(parts)


def markdown_text(report: Report) -> str:
    """Tables as GitHub reads them, their titles, and the notes as a list."""
    parts = []
    for block in blocks(report):
        lines = [f"**{escape(clean(block.title))}**", ""] if block.title else []
        lines.append(bar(column.heading for column in block.columns))
        lines.append(bar("---:" if column.numeric else "---" for column in block.columns))
        lines += [bar(escape(cell) for cell in cells(block.columns, row)) for row in block.rows]
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
