"""JSON and JSON Lines: every field, no digit grouping, nothing cut."""

from collections.abc import Iterable
from typing import Any

import msgspec

from medaid_cli.model import Facts
from medaid_cli.render.clean import escape_json
from medaid_cli.reports.report import Report, Row

ENVELOPE_VERSION = 1


def json_text(report: Report, facts: Facts, total: int) -> str:
    """The envelope: schema, store, query, rows, notes, and what the report adds. Keys are only ever added."""
    info = facts.info
    envelope = {
        "schema": f"medaid.{report.name}/{ENVELOPE_VERSION}",
        "store": {
            "title": info.title,
            "updated": info.updated,
            "format": info.format,
            "claims": len(facts.claims),
            "sources": len(facts.sources),
        },
        "query": report.query,
        **report.extra,
        "total": total,
        "rows": list(report.rows),
        "notes": list(report.notes),
    }
    parts = (f"{compact(key)}: {listed(value)}" for key, value in envelope.items())
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def listed(value: Any) -> str:
    """A value on one line, or, of a list of objects, each on its own: for people, grep and diff."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(map(compact, value)) + "\n ]"
    return compact(value)


def compact(value: Any) -> str:
    """JSON on one line, UTF-8 unescaped, a blank behind each comma and colon."""
    try:
        text = msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which UTF-8 has no bytes for
        import json

        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return escape_json(text)


def jsonl_text(rows: Iterable[Row]) -> str:
    """One row a line."""
    return "".join(compact(row) + "\n" for row in rows)
