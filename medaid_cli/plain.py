"""Cells that no spreadsheet takes for a formula, and back: what is written so is read as it was.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a line's end gets an apostrophe before it, which spreadsheets take
for "this is text". So does one that is all in quotation marks, which readers of TSV take off; and one with apostrophes
before any of these, so that nothing is lost.
"""

import re

QUOTED = r'"(?:[^"]|"")*"'
MISTAKEN = rf"'*(?:[=+\-@\t\r\n]|{QUOTED}\Z)"


def guard(text: str) -> str:
    """The cell with an apostrophe where it needs one."""
    return "'" + text if re.match(MISTAKEN, text) else text


def unguard(cell: str) -> str:
    """The text as it was before `guard`."""
    return cell[1:] if cell.startswith("'") and re.match(MISTAKEN, cell) else cell


def unquote(cell: str) -> str:
    """A cell of TSV without the quotation marks that spreadsheets put around cells with commas."""
    return cell[1:-1].replace('""', '"') if re.fullmatch(QUOTED, cell) else cell
