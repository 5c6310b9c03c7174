"""`sources`: who prints what; `source`: one text and its claims."""

from collections import Counter

from medaid_cli import query
from medaid_cli.model import Facts
from medaid_cli.query import Filter
from medaid_cli.reports.claims import lines
from medaid_cli.reports.parts import (
    CLAIM_FIELDS,
    SOURCE_FIELDS,
    claim_row,
    quote_text,
    source_row,
    value_text,
    where_column,
    window_notes,
)
from medaid_cli.reports.report import Block, Column, Report, column, plural


def sources(facts: Facts, wanted: Filter) -> Report:
    """The sources of the claims that pass the filter, and how many each; without a filter also those without any."""
    chosen = query.select(facts, wanted)
    number = Counter(claim.source for claim in chosen.claims)
    shown = [source for source in facts.sources.values() if number[source.id] or wanted == Filter()]
    return Report(
        name="sources",
        fields=tuple(SOURCE_FIELDS),
        rows=[source_row(source, number[source.id]) for source in shown],
        query=query.as_query(wanted),
        columns=(
            column("source", "id"),
            column("publisher", "publisher"),
            Column("issued", lambda row: row["issued"] or "undated"),
            column("outlet", "outlet"),
            column("language", "language"),
            column("read", "read"),
            Column("origin", lambda row: row["derived_from"] or ""),
            column("claims", "claims", numeric=True),
        ),
        notes=(
            f"{plural(len(shown), 'source')}, {plural(sum(number.values()), 'claim')}",
            *window_notes(chosen, wanted, facts),
        ),
    )


def source(facts: Facts, wanted: Filter, source_id: str) -> Report:
    """One source in full, with its claims in the order of the text."""
    chosen = query.select(facts, wanted)
    found = facts.sources[source_id]
    row = source_row(found, len(chosen.claims))
    people = ", ".join(
        " ".join(filter(None, (who.get("given"), who.get("family"), who.get("literal")))) for who in found.author
    )
    fields = lines(
        ("source", found.id),
        ("title", found.title),
        ("publisher", found.publisher),
        ("author", people),
        ("issued", found.issued or "undated"),
        ("address", found.URL),
        ("language", found.language),
        ("outlet", found.outlet),
        ("read", "in full" if found.read == "full" else "only the opening"),
        ("origin", found.derived_from),
        ("note", found.note),
    )
    return Report(
        name="source",
        fields=tuple(CLAIM_FIELDS),
        rows=[claim_row(told, facts) for told in query.inside(chosen, facts)],
        query=query.as_query(wanted),
        title="its claims",
        columns=(
            column("place", "locator"),
            column("measure", "measure"),
            Column("as printed", quote_text),
            Column("figure", value_text, numeric=True),
            where_column(facts),
            column("claim", "id"),
        ),
        lead=(Block("", (column("field", "field"), column("value", "value")), list(fields)),),
        notes=(plural(len(chosen.claims), "claim"), *window_notes(chosen, wanted, facts)),
        extra={"source": row},
    )
