"""`countries`: one row per country named as a recipient."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from medaid_cli import query
from medaid_cli.model import INBOUND, Facts
from medaid_cli.quantities import Quantity, common_days, quantities
from medaid_cli.query import Filter, Selection
from medaid_cli.reports.parts import (
    FIGURE_KEYS,
    figure,
    figure_text,
    period_text,
    printed,
    scope_text,
    widest,
    window_notes,
)
from medaid_cli.reports.report import Column, Report, Row, column, plural
from medaid_cli.scopes import Told, counts, home_countries, in_programme, is_first, status_of
from medaid_cli.tallies import first_years
from medaid_cli.totals import target, total, within

FIRST_KEYS = ("low", "high", "standing", "printed")


def countries(facts: Facts, wanted: Filter) -> Report:
    """One row per country that a claim names as recipient, by name."""
    chosen = query.select(facts, wanted)
    told = query.outbound(chosen.inside, wanted)
    years = first_years(wanted, facts)
    rows = [country_row(code, group, facts, years.get(code)) for code, group in by_country(told, facts, wanted).items()]
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
    homes: dict[tuple[str, ...], list[str]] = {}
    for told in all_told:
        if status_of(told.claim, facts) in ("retracted", "replaced"):
            continue
        recipients = told.claim.recipient
        if recipients not in homes:
            codes = dict.fromkeys(home for place in recipients for home in home_countries(place, facts))
            homes[recipients] = [code for code in codes if asked_for(code, wanted, facts)]
        for code in homes[recipients]:
            groups[code].append(told)
    return groups


def asked_for(code: str, wanted: Filter, facts: Facts) -> bool:
    """Whether a country of a claim's list is one that the filter names: the list may hold others too."""
    if wanted.country and not any(code in facts.above[place] for place in wanted.country):
        return False
    return not wanted.region or bool(facts.above[code] & set(wanted.region))


def country_row(code: str, group: Sequence[Told], facts: Facts, since: int | None) -> dict[str, Any]:
    """The total for each headline measure, and who sent teams. `since`: the earliest year told of the country."""
    told = [one for one in group if counts(one.claim, facts)]
    row: dict[str, Any] = {
        "code": code,
        "name": facts.places[code].name,
        "region": next((upper for upper in facts.places[code].within), None),
        "first_team": first_team(told, facts),
        "sent_by": sent_by(told, facts),
    }
    found = quantities((one for one in told if one.claim.measure in facts.info.headline), facts)
    for measure in facts.info.headline:
        row[measure] = headline(code, [one for one in found if one.scope.measure == measure], since, facts)
    row["claims"] = len(group)
    row["sources"] = len({one.claim.source for one in group})
    row["planned"] = sum(one.claim.status == "planned" for one in group)
    return row


def headline(code: str, found: Sequence[Quantity], since: int | None, facts: Facts) -> dict[str, Any] | None:
    """The total of one measure in the country; without bounds, if its claims contradict each other."""
    asked = Filter(country=(code,))
    counted = [one for one in found if not within(one, asked, facts)]
    if not counted:
        return None
    whole = total(counted, target(counted, asked, facts, since), facts, full=False)
    bounds = whole.bounds
    return {
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "standing": whole.standing,
    }


def first_team(told: Iterable[Told], facts: Facts) -> dict[str, Any] | None:
    """The day of the first event as all sources allow it; where they contradict each other, all that is printed.

    A claim on a first event that counts is of one place only: of the country that it is told of, or in it.
    """
    claims = [one.claim for one in told if one.claim.measure == facts.info.first and is_first(one.claim, facts)]
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
    providers = {one.claim.provider for one in told}
    return sorted(code for code in providers if code != root and root in facts.above[code])


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

    def figures_of(measure: str) -> Column:
        label = facts.measures[measure].id if measure in facts.measures else measure
        return Column(label, lambda row: figure_text(row[measure]), numeric=True)

    return (
        column("country", "name"),
        Column("first team", first_text),
        Column("sent by", lambda row: ", ".join(names[code] for code in row["sent_by"])),
        *(figures_of(measure) for measure in facts.info.headline[:3]),
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
            for one in quantities(
                (t for t in told if t.claim.measure == facts.info.counted and counts(t.claim, facts)), facts
            )
            if one.scope.recipients == {facts.info.world}
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
        provider = facts.places[facts.info.provider].name
        yield f"left out: {what} whose people were treated inside {provider}; see -p {INBOUND}"
    yield from window_notes(chosen, wanted, facts)
    if any(
        first_text(row).endswith("!") or any((row[m] or {}).get("standing") == "conflict" for m in facts.info.headline)
        for row in rows
    ):
        yield "! sources contradict each other"
