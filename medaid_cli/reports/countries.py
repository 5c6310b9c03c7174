"""`countries`: one row per country named as a recipient."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from medaid_cli import periods, query
from medaid_cli.model import INBOUND, Claim, Facts
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
from medaid_cli.scopes import counting, home_countries, is_first, standing
from medaid_cli.tallies import first_years
from medaid_cli.totals import target, total, within

FIRST_KEYS = ("low", "high", "standing", "printed")


def countries(facts: Facts, wanted: Filter) -> Report:
    """One row per country that a claim names as recipient, by name."""
    chosen = query.select(facts, wanted)
    spared = query.at_home(facts, wanted)
    claims = standing(chosen.claims, facts)
    told = [one for one in claims if one.programme not in spared]
    done = counting(told, facts)
    groups, found = by_country(told, facts, wanted), by_home(done, chosen, facts)
    years = first_years(wanted, facts)
    rows = [country_row(code, group, found[code], facts, years.get(code)) for code, group in groups.items()]
    rows.sort(key=lambda row: (row["name"], row["code"]))
    left_out = by_country((one for one in claims if one.programme in spared), facts, wanted)
    return Report(
        name="countries",
        fields=country_fields(facts),
        rows=rows,
        query=query.as_query(wanted),
        columns=country_columns(facts),
        notes=(
            *countries_notes(rows, number_of_countries(done, chosen, facts), left_out, facts),
            *window_notes(chosen, wanted, facts),
            *(["! sources contradict each other"] if any(is_contested(row, facts) for row in rows) else []),
        ),
    )


def country_fields(facts: Facts) -> tuple[str, ...]:
    """The paths of a row."""
    first = [f"first_team.{key}" for key in FIRST_KEYS]
    headline = [f"{measure}.{key}" for measure in facts.info.headline for key in FIGURE_KEYS]
    return ("code", "name", "region", *first, "sent_by", *headline, "claims", "sources", "planned")


def by_country(claims: Iterable[Claim], facts: Facts, wanted: Filter) -> dict[str, list[Claim]]:
    """The claims on each country that they name, or whose part they name."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    homes: dict[tuple[str, ...], list[str]] = {}
    for claim in claims:
        recipients = claim.recipient
        if recipients not in homes:
            codes = dict.fromkeys(home for place in recipients for home in home_countries(place, facts))
            homes[recipients] = [code for code in codes if asked_for(code, wanted, facts)]
        for code in homes[recipients]:
            groups[code].append(claim)
    return groups


def by_home(claims: Iterable[Claim], chosen: Selection, facts: Facts) -> dict[str, list[Quantity]]:
    """The quantities of the headline measures that are of one country alone, by that country, of claims that count."""
    headline, places = facts.info.headline, facts.places
    # What begins with a region is of more than one country: so much need not be told to be known.
    numbers = [one for one in claims if one.measure in headline and not places[one.recipient[0]].is_region]
    groups: dict[str, list[Quantity]] = defaultdict(list)
    homes: dict[str, list[Filter]] = {}
    for one in quantities(query.inside(chosen, facts, numbers), facts):
        place = min(one.scope.recipients)
        if place not in homes:
            homes[place] = [Filter(country=(code,)) for code in home_countries(place, facts)]
        for home in homes[place]:
            if not within(one, home, facts):
                groups[home.country[0]].append(one)
    return groups


def asked_for(code: str, wanted: Filter, facts: Facts) -> bool:
    """Whether a country of a claim's list is one that the filter names: the list may hold others too."""
    if wanted.country and not any(code in facts.above[place] for place in wanted.country):
        return False
    return not wanted.region or bool(facts.above[code] & set(wanted.region))


def country_row(
    code: str, claims: Sequence[Claim], found: Sequence[Quantity], facts: Facts, since: int | None
) -> dict[str, Any]:
    """The total for each headline measure, and who sent teams.

    Args:
        code: the country.
        claims: what is told of it, and not retracted or replaced.
        found: what is told of it alone, and counts.
        facts: the store.
        since: the earliest year told of it.
    """
    done = [one for one in claims if one.status == "done"]
    row: dict[str, Any] = {
        "code": code,
        "name": facts.places[code].name,
        "region": next((upper for upper in facts.places[code].parents), None),
        "first_team": first_team(done, facts),
        "sent_by": sent_by(done, facts),
    }
    for measure in facts.info.headline:
        row[measure] = headline(code, [one for one in found if one.scope.measure == measure], since, facts)
    row["claims"] = len(claims)
    row["sources"] = len({claim.source for claim in claims})
    row["planned"] = sum(claim.status == "planned" for claim in claims)
    return row


def headline(code: str, found: Sequence[Quantity], since: int | None, facts: Facts) -> dict[str, Any] | None:
    """The total of one measure in the country; without bounds, if its claims contradict each other."""
    if not found:
        return None
    whole = total(found, target(found, Filter(country=(code,)), facts, since), facts, full=False)
    bounds = whole.bounds
    return {
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "standing": whole.standing,
    }


def first_team(claims: Iterable[Claim], facts: Facts) -> dict[str, Any] | None:
    """The day of the first event as all sources allow it; where they contradict each other, all that is printed.

    A claim on a first event that counts is of one place only: of the country that it is told of, or in it.
    """
    first = facts.info.first
    events = [claim for claim in claims if claim.measure == first and is_first(claim, facts)]
    if not events:
        return None
    days, clash = common_days([periods.parse(claim.period).start for claim in events])
    assert days is not None
    texts = sorted({claim.period for claim in events}) if clash else [printed(days) or ""]
    if not clash and len({claim.period for claim in events}) == 1:
        texts = [events[0].period]
    sources = len({claim.source for claim in events})
    standing = "conflict" if clash else "single" if sources == 1 else "agree"
    return {"low": days.earliest, "high": days.latest, "standing": standing, "printed": " / ".join(texts)}


def sent_by(claims: Iterable[Claim], facts: Facts) -> list[str]:
    """The provider's parts that are named as senders, by code."""
    root = facts.info.provider
    providers = {claim.provider for claim in claims}
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


def number_of_countries(claims: Iterable[Claim], chosen: Selection, facts: Facts) -> Quantity | None:
    """How many countries sources tell of in claims that count, in the widest scope."""
    measure, everywhere = facts.info.counted, (facts.info.world,)
    counted = [one for one in claims if one.measure == measure and one.recipient == everywhere]
    return widest(quantities(query.inside(chosen, facts, counted), facts), facts)


def countries_notes(
    rows: Sequence[Row], total: Quantity | None, left_out: Mapping[str, Sequence[Claim]], facts: Facts
) -> Iterable[str]:
    """How many countries there are here and in print (`total`), and how many are left out, as treated at home."""
    only_planned = sum(row["claims"] == row["planned"] for row in rows)
    named = f"{plural(len(rows), 'country', 'countries')} named"
    if only_planned:
        named += f", {only_planned} of them only in plans"
    said = f"; sources say {figure_text(figure(total.interval, total.standing))}" if total else ""
    where = f" ({scope_text(total, facts)})" if total else ""
    yield f"{named}{said}{where}"
    if left_out:
        what = plural(len(left_out), "country", "countries")
        provider = facts.places[facts.info.provider].name
        yield f"left out: {what} whose people were treated inside {provider}; see -p {INBOUND}"


def is_contested(row: Row, facts: Facts) -> bool:
    """Whether a mark in the row says that sources contradict each other."""
    figures = [row["first_team"], *(row[measure] for measure in facts.info.headline)]
    return any(one is not None and one["standing"] == "conflict" for one in figures)
