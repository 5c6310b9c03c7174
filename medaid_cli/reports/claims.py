"""`claims`: the claims themselves; `show`: one of them, with what agrees and what contradicts it."""

from collections.abc import Iterable
from typing import Any

from medaid_cli import figures, query
from medaid_cli.model import Facts, Source
from medaid_cli.quantities import Quantity, quantities, relation
from medaid_cli.query import Filter
from medaid_cli.reports.parts import (
    CLAIM_FIELDS,
    claim_row,
    figure,
    period_text,
    place_names,
    printed,
    quote_text,
    scope_text,
    sources_text,
    where_column,
    window_notes,
)
from medaid_cli.reports.report import Block, Column, Report, as_text, column, plural
from medaid_cli.scopes import Told, counts, first_days, scope_of, tell


def claims(facts: Facts, wanted: Filter) -> Report:
    """The claims that pass the filter, in the order of the store: every status, inbound ones too."""
    chosen = query.select(facts, wanted)
    sources = len({claim.source for claim in chosen.claims})
    notes = [f"{plural(len(chosen.claims), 'claim')} from {plural(sources, 'source')}"]
    return Report(
        name="claims",
        fields=tuple(CLAIM_FIELDS),
        rows=[claim_row(told, facts) for told in query.inside(chosen, facts)],
        query=query.as_query(wanted),
        columns=(
            column("claim", "id"),
            column("measure", "measure"),
            Column("as printed", quote_text),
            where_column(facts),
            Column("period", lambda row: period_text(row["period"], row["as_of"])),
        ),
        notes=(*notes, *window_notes(chosen, wanted, facts)),
    )


def show(facts: Facts, claim_id: str) -> Report:
    """One claim in full."""
    claim = next(claim for claim in facts.claims if claim.id == claim_id)
    first = first_days((one for one in facts.claims if counts(one, facts)), facts)
    told = tell(claim, facts, first)
    others = [tell(one, facts, first) for one in facts.claims if one.measure == claim.measure and counts(one, facts)]
    same = [one for one in others if one.kind != "note" and scope_of(one, facts) == scope_of(told, facts)]
    found = quantities(same, facts)
    quantity = found[0] if found else None
    compared = [one for one in same if one.claim.id != claim_id and one.kind != "note"]
    row = claim_row(told, facts) | {
        "quantity": quantity_object(quantity, facts),
        "compared": [{"claim": one.claim.id, "relation": relation(told, one)} for one in compared],
    }
    others_rows = [claim_row(one, facts) | {"relation": relation(told, one)} for one in compared]
    return Report(
        name="show",
        fields=(*CLAIM_FIELDS, "quantity", "compared"),
        rows=[row],
        query={"id": claim_id},
        lead=(
            Block("", (column("field", "field"), column("value", "value")), list(told_lines(told, quantity, facts))),
            *([Block("the same quantity elsewhere", other_columns(), others_rows)] if others_rows else []),
        ),
        notes=(f"the source: medaid source {claim.source}",),
    )


def quantity_object(quantity: Quantity | None, facts: Facts) -> dict[str, Any] | None:
    """The quantity that the claim belongs to, for JSON."""
    if quantity is None:
        return None
    return {
        "scope": scope_text(quantity, facts),
        "figure": figure(quantity.interval, quantity.standing),
        "standing": quantity.standing,
        "sources": quantity.sources,
        "origins": len(quantity.origins),
        "claims": quantity.claims,
    }


def other_columns() -> tuple[Column, ...]:
    """The columns for people over claims on the same quantity."""
    return (
        column("this claim and it", "relation"),
        Column("as printed", quote_text),
        column("as of", "as_of"),
        column("claim", "id"),
    )


def told_lines(told: Told, quantity: Quantity | None, facts: Facts) -> Iterable[dict[str, str]]:
    """Field and value, in the order in which a reader asks."""
    claim, source = told.claim, facts.sources[told.claim.source]
    row = claim_row(told, facts)
    yield from lines(
        ("claim", claim.id),
        ("as printed", quote_text(row)),
        ("says", claim.statement),
        ("figure", figures.words(told.interval) if told.interval else ""),
        ("printed as", f"{claim.value:,} ({claim.hedge})" if claim.value is not None else ""),
        ("measure", f"{facts.measures[claim.measure].label} ({claim.measure})"),
        ("recipient", place_names(claim.recipient, facts) + (" and others" if claim.and_others else "")),
        ("provider", facts.places[claim.provider].name),
        ("programme", f"{facts.programmes[claim.programme].label} ({claim.programme})"),
        ("period", period_line(told)),
        ("known up to", printed(told.as_of) or "day not known"),
        ("source", source_line(source)),
        ("place in text", place_in_text(claim.locator)),
        ("attributed to", claim.attributed_to),
        ("note", claim.note),
        ("replaces", claim.replaces),
        ("retracted", as_text(row["retracted"])),
        ("status", row["status"]),
    )
    if quantity:
        told_by = f"{sources_text(quantity.sources, len(quantity.origins))} source{'s' if quantity.sources > 1 else ''}"
        yield from lines(("quantity", f"{scope_text(quantity, facts)}: {quantity.standing}, told by {told_by}"))


def lines(*pairs: tuple[str, str | None]) -> Iterable[dict[str, str]]:
    """The pairs that say something."""
    for field, value in pairs:
        if value:
            yield {"field": field, "value": value}


def period_line(told: Told) -> str:
    """The period as entered, and the start that may be inferred."""
    text = told.claim.period
    words = f"{period_text(text, printed(told.as_of))} ({text})"
    if told.start and told.start_basis != "printed":
        return f"{words}, taken to start {printed(told.start)} (inferred from {told.start_basis})"
    return f"{words}, start not stated" if told.start is None else words


def source_line(source: Source) -> str:
    """Publisher, day and title."""
    return ", ".join(part for part in (source.publisher, source.issued or "undated", f"“{source.title}”") if part)


def place_in_text(locator: str) -> str:
    """The locator in words."""
    return (
        "the opening, all that was read"
        if locator == "opening"
        else f"{locator}: line {locator[1:]}, blank ones not counted"
    )
