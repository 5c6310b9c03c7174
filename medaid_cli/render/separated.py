"""CSV and TSV: every field, no digit grouping, nothing cut, one record a line, no cell a formula."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from medaid_cli.plain import guard
from medaid_cli.render.clean import clean
from medaid_cli.reports.report import Row, value_at


def separated_text(fields: Sequence[str], rows: Iterable[Row], *, tabs: bool) -> str:
    """CSV as RFC 4180 has it, with plain line ends; or tab-separated values without any quoting."""
    out = io.StringIO()
    heads = [clean(field) for field in fields]
    if tabs:
        for cells in (heads, *([cell(value_at(row, field)) for field in fields] for row in rows)):
            out.write("\t".join(cells) + "\n")
        return out.getvalue()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([cell(value_at(row, field)) for field in fields] for row in rows)
    return out.getvalue()


def cell(value: Any) -> str:
    """One value on one line: nothing for null, true and false as in JSON, plain lists with semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)) and not any(isinstance(item, (dict, list)) for item in value):
        return guard(clean("; ".join(str(item) for item in value)))
    if isinstance(value, (dict, list, tuple)):
        return clean(json.dumps(value, ensure_ascii=False))
    return guard(clean(value)) if isinstance(value, str) else str(value)
