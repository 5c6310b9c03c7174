"""`countries`: one row per country named as a recipient; `country`: all that is told of one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from medaid_cli import query
from medaid_cli.model import INBOUND, Facts
from medaid_cli.quantities import Quantity, common_days, quantities
from medaid_cli.query import Filter, Selection
from medaid_cli.reports.parts import (
    CLAIM_FIELDS,
    FIGURE_KEYS,
    claim_row,
    counts,
    figure,
    figure_text,
    period_text,
    printed,
    quote_text,
    scope_text,
    sources_text,
    widest,
)
from medaid_cli.reports.report import Block, Column, Report, Row, column, plural
from medaid_cli.scopes import Told, in_programme, status_of

FIRST_KEYS = ("low", "high", "standing", "printed")


def countries(facts: Facts, wanted: Filter) -> Report:
    """One row per country that a claim names as recipient, by name."""
    chosen = query.select(facts, wanted)
    told = query.outbound(chosen.inside, wanted)
    rows = [country_row(code, group, facts) for code, group in by_country(told, facts, wanted).items()]
    rows.sort(key=lambda row: (row["name"], row["code"]))
    return Report(
        name="countries",
        fields=country_fields(facts),
        rows=rows,
        query=query.as_query(wanted),
        columns=country_columns(facts),
        notes=tuple(countries_notes(rows, chosen, told, wanted, facts)),
    )


def country_fields(facts: Facts) -> tuple[str, ...]:
    """The paths of a row."""
    first = [f"first_team.{key}" for key in FIRST_KEYS]
    headline = [f"{measure}.{key}" for measure in facts.info.headline for key in FIGURE_KEYS]
    return ("code", "name", "region", *first, "sent_by", *headline, "claims", "sources", "planned")


def by_country(all_told: Iterable[Told], facts: Facts, wanted: Filter) -> dict[str, list[Told]]:
    """The claims on each country that they name, or whose part they name; retracted and replaced ones are left out."""
    groups: dict[str, list[Told]] = defaultdict(list)
    for told in all_told:
        if status_of(told.claim, facts) in ("retracted", "replaced"):
            continue
        for code in {home for place in told.claim.recipient for home in home_countries(place, facts)}:
            if asked_for(code, wanted, facts):
                groups[code].append(told)
    return groups


def home_countries(place: str, facts: Facts) -> list[str]:
    """The country itself, or those that the part of a country lies in; none for a region."""
    if facts.places[place].is_region:
        return []
    return [upper for upper in facts.above[place] if not (facts.places[upper].is_region or facts.places[upper].is_part)]


def asked_for(code: str, wanted: Filter, facts: Facts) -> bool:
    """Whether a country of a claim's list is one that the filter names: the list may hold others too."""
    if wanted.country and not any(code in facts.above[place] for place in wanted.country):
        return False
    return not wanted.region or bool(facts.above[code] & set(wanted.region))


def country_row(code: str, group: Sequence[Told], facts: Facts) -> dict[str, Any]:
    """The figures of the widest scope for each headline measure, and who sent teams."""
    told = [one for one in group if counts(one.claim, facts)]
    own = [one for one in told if all(code in facts.above[place] for place in one.claim.recipient)]
    row: dict[str, Any] = {
        "code": code,
        "name": facts.places[code].name,
        "region": next((upper for upper in facts.places[code].within), None),
        "first_team": first_team(own, facts),
        "sent_by": sent_by(told, facts),
    }
    found = quantities((one for one in own if one.claim.measure in facts.info.headline), facts)
    for measure in facts.info.headline:
        best = widest((one for one in found if one.key[0] == measure), facts)
        row[measure] = figure(best.interval, best.standing) if best else None
    row["claims"] = len(group)
    row["sources"] = len({one.claim.source for one in group})
    row["planned"] = sum(one.claim.status == "planned" for one in group)
    return row


def first_team(told: Iterable[Told], facts: Facts) -> dict[str, Any] | None:
    """The day of the first event as all sources allow it; where they contradict each other, all that is printed."""
    claims = [one.claim for one in told if one.claim.measure == facts.info.first and one.claim.period.start]
    if not claims:
        return None
    days, clash = common_days([claim.period.start for claim in claims])
    assert days is not None
    texts = sorted({claim.period.text for claim in claims}) if clash else [printed(days) or ""]
    if not clash and len({claim.period.text for claim in claims}) == 1:
        texts = [claims[0].period.text]
    sources = len({claim.source for claim in claims})
    standing = "conflict" if clash else "single" if sources == 1 else "agree"
    return {"low": days.earliest, "high": days.latest, "standing": standing, "printed": " / ".join(texts)}


def sent_by(told: Iterable[Told], facts: Facts) -> list[str]:
    """The provider's parts that are named as senders, by code."""
    root = facts.info.provider
    return sorted({one.claim.provider for one in told if one.claim.provider != root and root in facts.above[one.claim.provider]})


def first_text(row: Row) -> str:
    """The first team for people: a mark where sources contradict each other."""
    first = row["first_team"]
    if first is None:
        return ""
    told = " / ".join(period_text(text, None) for text in first["printed"].split(" / "))
    return told + (" !" if first["standing"] == "conflict" else "")


def country_columns(facts: Facts) -> tuple[Column, ...]:
    """The columns for people; the last headline measures that don't fit a narrow screen are left to `country`."""
    names = {id: place.name for id, place in facts.places.items()}

    def headline(measure: str) -> Column:
        label = facts.measures[measure].id if measure in facts.measures else measure
        return Column(label, lambda row: figure_text(row[measure]), numeric=True)

    return (
        column("country", "name"),
        Column("first team", first_text),
        Column("sent by", lambda row: ", ".join(names[code] for code in row["sent_by"])),
        *(headline(measure) for measure in facts.info.headline[:3]),
        column("claims", "claims", numeric=True),
        column("sources", "sources", numeric=True),
    )


def countries_notes(
    rows: Sequence[Row], chosen: Selection, told: Sequence[Told], wanted: Filter, facts: Facts
) -> Iterable[str]:
    """How many countries there are here and in print, and what was left out."""
    only_planned = sum(row["claims"] == row["planned"] for row in rows)
    named = f"{plural(len(rows), 'country', 'countries')} named"
    if only_planned:
        named += f", {only_planned} of them only in plans"
    total = widest(
        (
            one
            for one in quantities((t for t in told if t.claim.measure == facts.info.counted and counts(t.claim, facts)), facts)
            if one.key[2] == {facts.info.world}
        ),
        facts,
    )
    said = f"; sources say {figure_text(figure(total.interval, total.standing))}" if total else ""
    where = f" ({scope_text(total, facts)})" if total else ""
    yield f"{named}{said}{where}"
    inbound = [one for one in chosen.inside if in_programme(one.claim.programme, INBOUND)]
    if len(told) < len(chosen.inside):
        places = by_country(inbound, facts, wanted)
        what = plural(len(places), "country", "countries")
        yield f"left out: {what} whose people were treated inside {facts.places[facts.info.provider].name}; see -p {INBOUND}"
    yield from window_notes(chosen, wanted, facts)
    if any(first_text(row).endswith("!") or any((row[m] or {}).get("standing") == "conflict" for m in facts.info.headline) for row in rows):
        yield "! sources contradict each other"


def window_notes(chosen: Selection, wanted: Filter, facts: Facts) -> Iterable[str]:
    """What the window and the day of printing leave out, by reason."""
    if chosen.outside:
        unstated = sum(reason in ("start not stated", "day not known") for _, reason in chosen.outside)
        note = f"outside the years asked for: {plural(len(chosen.outside), 'claim')}"
        yield note + (f", {unstated} of them because no start or day is known" if unstated else "")
    undated = query.undated(facts, wanted)
    if undated:
        yield f"left out by --as-of: {plural(undated, 'claim')} whose source has no day"


def country(facts: Facts, wanted: Filter, code: str) -> Report:
    """Everything on one country: its figures with their standing, then its claims by year."""
    chosen = query.select(facts, wanted)
    told = sorted(chosen.inside, key=year_order)
    good = [one for one in told if counts(one.claim, facts)]
    own = [one for one in good if all(code in facts.above[place] for place in one.claim.recipient)]
    found = quantities(query.outbound(own, wanted), facts)
    numbers = [one for one in found if one.interval]
    row = country_row(code, [one for one in told if status_of(one.claim, facts) not in ("retracted", "replaced")], facts)
    figure_rows = [figure_row(one, facts) for one in numbers]
    return Report(
        name="country",
        fields=tuple(CLAIM_FIELDS),
        rows=[claim_row(one, facts) for one in told],
        query=query.as_query(wanted),
        title="claims, by year",
        columns=claim_columns(facts),
        lead=(heading(row, facts), Block("figures", figure_columns(), figure_rows)) if told else (),
        notes=tuple(country_notes(told, chosen, wanted, code, facts)),
        extra={"country": row, "figures": figure_rows},
    )


def year_order(told: Told) -> tuple[str, str, str]:
    """By the start of what is told, else by the day of printing."""
    start = told.claim.period.start or told.start
    return (start.earliest if start else "9999", told.as_of.latest if told.as_of else "9999", told.claim.id)


def figure_row(quantity: Quantity, facts: Facts) -> dict[str, Any]:
    """One quantity of the country, down to its claims."""
    bounds = quantity.interval
    assert bounds is not None
    return {
        "measure": quantity.key[0],
        "low": bounds.low,
        "high": bounds.high,
        "standing": quantity.standing,
        "sources": quantity.sources,
        "origins": quantity.origins,
        "scope": scope_text(quantity, facts),
        "claims": quantity.claims,
    }


def figure_columns() -> tuple[Column, ...]:
    """The columns for people over `figure_row`."""
    return (
        column("measure", "measure"),
        Column("figure", lambda row: figure_text(row), numeric=True),
        column("scope", "scope"),
        Column("sources", lambda row: sources_text(row["sources"], row["origins"]), numeric=True),
        column("standing", "standing"),
        Column("claims", lambda row: ", ".join(row["claims"])),
    )


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
        Column("as printed", quote_text),
        by,
        column("claim", "id"),
    )


def country_notes(
    told: Sequence[Told], chosen: Selection, wanted: Filter, code: str, facts: Facts
) -> Iterable[str]:
    """What to know about the claims above."""
    name = facts.places[code].name
    if not told:
        yield f"no claim names {name}"
    if any(in_programme(one.claim.programme, INBOUND) for one in told) and not query.outbound(told, wanted):
        yield f"all claims are about people from {name} treated inside {facts.places[facts.info.provider].name}"
    yield from window_notes(chosen, wanted, facts)
    if told:
        yield "one step to a source: medaid show CLAIM"
