"""`country`: all that is told of one country."""

from collections.abc import Iterable, Sequence

from medaid_cli import query
from medaid_cli.model import INBOUND, Facts
from medaid_cli.query import Filter, Selection
from medaid_cli.reports.countries import by_home, country_row, first_text
from medaid_cli.reports.lines import line_columns, line_row
from medaid_cli.reports.parts import (
    CLAIM_FIELDS,
    claim_row,
    period_text,
    quote_text,
    window_notes,
)
from medaid_cli.reports.report import Block, Column, Report, Row, column, plural
from medaid_cli.scopes import Told, counting, in_programme, standing
from medaid_cli.tallies import measure_lines, told_since


def country(facts: Facts, wanted: Filter, code: str) -> Report:
    """Everything on one country: its figures with their standing, then its claims by year."""
    chosen = query.select(facts, wanted)
    told = sorted(query.inside(chosen, facts), key=year_order)
    claims = standing((one.claim for one in query.outbound(told, wanted, facts)), facts)
    found = by_home(counting(claims, facts), chosen, facts)
    row = country_row(code, claims, found[code], facts, told_since(wanted, facts))
    lines = [line_row(line, facts) for line in measure_lines(chosen, wanted, facts)]
    return Report(
        name="country",
        fields=tuple(CLAIM_FIELDS),
        rows=[claim_row(one, facts) for one in told],
        query=query.as_query(wanted),
        title="claims, by year",
        columns=claim_columns(facts),
        lead=(*([heading(row, facts)] if told else []), *([Block("figures", line_columns(), lines)] if lines else [])),
        notes=tuple(country_notes(told, chosen, wanted, code, facts)),
        extra={"country": row, "figures": lines},
    )


def year_order(told: Told) -> tuple[str, str, str]:
    """By the start of what is told, else by the day of printing."""
    start = told.start
    return (start.earliest if start else "9999", told.as_of.latest if told.as_of else "9999", told.claim.id)


def heading(row: Row, facts: Facts) -> Block:
    """The country in one line."""
    first = Column("first team", lambda row: first_text(row) or "not told")
    senders = Column("sent by", lambda row: ", ".join(facts.places[code].name for code in row["sent_by"]) or "not told")
    region = Column("region", lambda row: facts.places[row["region"]].name if row["region"] else "")
    columns = (column("code", "code"), region, first, senders, column("claims", "claims"), column("sources", "sources"))
    return Block(row["name"], columns, [row])


def claim_columns(facts: Facts) -> tuple[Column, ...]:
    """The columns for people over claims, one country being given."""
    by = Column("by", lambda row: facts.places[row["provider"]].name)
    return (
        Column("period", lambda row: period_text(row["period"], row["as_of"])),
        column("measure", "measure"),
        Column("as printed", marked_text),
        by,
        column("claim", "id"),
    )


def marked_text(row: Row) -> str:
    """The phrase as printed, with a mark where the care was given inside the provider's own country."""
    return quote_text(row) + (f" [{INBOUND}]" if in_programme(row["programme"], INBOUND) else "")


def country_notes(told: Sequence[Told], chosen: Selection, wanted: Filter, code: str, facts: Facts) -> Iterable[str]:
    """What to know about the claims above."""
    name = facts.places[code].name
    if not told:
        yield f"no claim names {name}"
    inbound = len(told) - len(query.outbound(told, wanted, facts))
    inside = f"treated inside {facts.places[facts.info.provider].name}"
    if inbound and inbound == len(told):
        yield f"all claims are about people from {name} {inside}"
    elif inbound:
        about = f"{plural(inbound, 'claim')} on people {inside}"
        yield f"{about} {'is' if inbound == 1 else 'are'} marked [{INBOUND}]"
    yield from window_notes(chosen, wanted, facts)
    if told:
        yield "one step to a source: medaid show CLAIM"
