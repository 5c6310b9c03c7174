"""`stats`: one line per measure, the widest scope that is told of it. Nothing is added up yet."""

from collections.abc import Iterable, Sequence
from typing import Any

from medaid_cli import figures, query
from medaid_cli.model import Facts, Measure
from medaid_cli.quantities import Quantity, quantities
from medaid_cli.query import Filter, Selection
from medaid_cli.reports.countries import figure_row, window_notes
from medaid_cli.reports.parts import (
    INFERRED,
    INFERRED_NOTE,
    breadth,
    counts,
    figure_text,
    printed,
    scope_object,
    scope_text,
    sources_text,
    widest,
)
from medaid_cli.reports.report import Block, Column, Report, column, plural
from medaid_cli.scopes import Told, status_of

STATS_FIELDS = tuple(
    "measure label unit kind low high text as_of standing sources origins claims scope basis rows left_out checks".split()
)


def stats(facts: Facts, wanted: Filter, *, why: bool) -> Report:
    """One row per measure that counts; with `why`, or where measures are asked for, the quantities behind each."""
    chosen = query.select(facts, wanted)
    told = query.outbound(chosen.inside, wanted)
    dropped = left_out(chosen, wanted, facts)
    good = quantities((one for one in told if counts(one.claim, facts)), facts)
    rows = [row for measure in facts.measures.values() if (row := stats_row(measure, good, dropped, facts))]
    lead = [Block(row["label"], quantity_columns(), row["rows"]) for row in rows] if why or wanted.measure else []
    return Report(
        name="stats",
        fields=STATS_FIELDS,
        rows=rows,
        query=query.as_query(wanted),
        columns=(
            column("measure", "measure"),
            Column("figure", figure_text, numeric=True),
            column("of what", "scope"),
            Column("sources", lambda row: sources_text(row["sources"], row["origins"]), numeric=True),
            column("standing", "standing"),
            column("as of", "as_of"),
        ),
        lead=tuple(lead),
        notes=tuple(stats_notes(rows, chosen, dropped, wanted, facts)),
    )


def stats_row(
    measure: Measure, good: Sequence[Quantity], dropped: Sequence[dict[str, Any]], facts: Facts
) -> dict[str, Any] | None:
    """The widest quantity of the measure, and all others under it; None if nothing is told of it."""
    own = sorted((one for one in good if one.key[0] == measure.id and one.interval), key=lambda one: breadth(one, facts))
    left = [entry for entry in dropped if entry["measure"] == measure.id]
    best = widest(own, facts)
    if measure.kind not in ("total", "stock") or not (own or left):
        return None
    bounds = best.interval if best else None
    return {
        "measure": measure.id,
        "label": measure.label,
        "unit": measure.unit,
        "kind": measure.kind,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "text": figures.words(bounds) if bounds else None,
        "as_of": printed(best.as_of) if best else None,
        "standing": best.standing if best else None,
        "sources": best.sources if best else 0,
        "origins": best.origins if best else 0,
        "claims": sum(len(one.told) for one in own),
        "scope": scope_text(best, facts) if best else None,
        "basis": best.claims if best else [],
        "rows": [quantity_row(one, facts) for one in own],
        "left_out": [{key: entry[key] for key in ("scope", "low", "high", "reason")} for entry in left],
        "checks": [],
    }


def quantity_row(quantity: Quantity, facts: Facts) -> dict[str, Any]:
    """A quantity under its measure."""
    row = figure_row(quantity, facts)
    row["text"] = row.pop("scope")
    return {"scope": scope_object(quantity.key), **row, "of_which": []}


def quantity_columns() -> tuple[Column, ...]:
    """The columns for people over `quantity_row`."""
    return (
        column("of what", "text"),
        Column("figure", figure_text, numeric=True),
        Column("sources", lambda row: sources_text(row["sources"], row["origins"]), numeric=True),
        column("standing", "standing"),
        Column("claims", lambda row: ", ".join(row["claims"])),
    )


def left_out(chosen: Selection, wanted: Filter, facts: Facts) -> list[dict[str, Any]]:
    """Claims with a number that no line uses, each with the reason."""
    out: list[tuple[Told, str]] = list(chosen.outside)
    out += [(one, status_of(one.claim, facts)) for one in chosen.inside if not counts(one.claim, facts)]
    return [
        {
            "measure": told.claim.measure,
            "scope": told.claim.id,
            "low": told.interval.low,
            "high": told.interval.high,
            "reason": reason,
        }
        for told, reason in out
        if told.interval and told in query.outbound((told,), wanted)
    ]


def stats_notes(
    rows: Sequence[dict[str, Any]], chosen: Selection, dropped: Sequence[object], wanted: Filter, facts: Facts
) -> Iterable[str]:
    """How to read the lines, and what is behind them."""
    if not rows:
        yield "no figure passes the filter"
    else:
        yield "each line is the widest scope told of its measure; nothing is added up"
    if any(row["standing"] == "conflict" for row in rows):
        yield "! sources contradict each other"
    if dropped:
        yield f"{plural(len(dropped), 'figure')} left out (planned, disputed, withdrawn, or outside the years); see --why"
    yield from window_notes(chosen, wanted, facts)
    if any((row["scope"] or "").endswith(INFERRED) for row in rows):
        yield INFERRED_NOTE
    if rows and not wanted.measure:
        yield "the claims behind a line: medaid stats -m MEASURE"
