"""`timeline`: dated events by day; of measures asked for, their figures by as-of day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from medaid_cli import periods, query
from medaid_cli.model import INBOUND, Facts
from medaid_cli.quantities import Quantity, moment, quantities
from medaid_cli.query import ALL_STATUSES, Filter
from medaid_cli.reports.compare import scale_of, span
from medaid_cli.reports.parts import (
    breadth,
    claim_row,
    period_text,
    place_names,
    printed,
    quote_text,
    scope_text,
    value_text,
    window_notes,
)
from medaid_cli.reports.report import Block, Column, Report, Row, column, plural
from medaid_cli.scopes import Told, counts, status_of

TIMELINE_FIELDS = tuple(
    "when first last measure text standing where low high words quote statement status sources claims".split()
)


def timeline(facts: Facts, wanted: Filter) -> Report:
    """Dated events in order of time; where measures that count are asked for, their figures in order of as-of day."""
    chosen = query.select(facts, wanted)
    inside = query.inside(chosen, facts)
    outbound = query.outbound(inside, wanted, facts)
    told = [one for one in outbound if counts(one.claim, facts)]
    events = sorted(event_rows(told, facts), key=by_day)
    numbers = [one for one in quantities(told, facts) if one.interval and one.scope.measure in wanted.measure]
    numbers.sort(key=lambda one: (wanted.measure.index(one.scope.measure), breadth(one, facts)))
    figures = sorted((figure_row(each, one, facts) for one in numbers for each in one.told), key=by_day)
    return Report(
        name="timeline",
        fields=TIMELINE_FIELDS,
        rows=[*events, *figures],
        query=query.as_query(wanted),
        unfold=lambda rows: told_blocks(rows, numbers, facts),
        notes=(
            *timeline_notes(events, figures, left_out(inside, outbound, wanted, facts), wanted),
            *window_notes(chosen, wanted, facts),
        ),
    )


def by_day(row: Row) -> tuple[str, str, list[str]]:
    """For sorting: the first day that it may be, then the last."""
    return row["first"] or "", row["last"] or "", row["claims"]


def told_blocks(rows: Sequence[Row], numbers: Sequence[Quantity], facts: Facts) -> Iterable[Block]:
    """The rows as people see them: the events, then one series for each quantity, the widest first."""
    series = {claim: at for at, one in enumerate(numbers) for claim in one.claims}
    groups: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        groups[series.get(row["claims"][0])].append(row)
    if groups[None]:
        yield Block("events", event_columns(), groups[None])
    for at, one in enumerate(numbers):
        if groups[at]:
            yield series_block(one, groups[at], facts)


def event_rows(told: Sequence[Told], facts: Facts) -> Iterable[dict[str, Any]]:
    """One row per event, however many sources tell of it; and the activities that have a date."""
    for one in quantities((one for one in told if one.kind == "event"), facts):
        if one.days:
            sharpest = min(one.told, key=lambda each: (len(each.claim.period) * -1, each.claim.id))
            yield event_row(sharpest, facts) | event_standing(one)
    for each in told:
        if each.kind == "note" and is_dated(each):
            yield event_row(each, facts)


def is_dated(told: Told) -> bool:
    """Whether the claim tells of one day, month or year; an activity may go on from one to another."""
    period = told.claim.period
    return periods.parse(period).start is not None and (told.kind == "event" or "/" not in period)


def event_row(told: Told, facts: Facts) -> dict[str, Any]:
    """A dated claim."""
    claim, day = told.claim, periods.parse(told.claim.period).start
    return {
        "when": claim.period,
        "first": day.earliest if day else None,
        "last": day.latest if day else None,
        "measure": claim.measure,
        "text": None,
        "standing": "single",
        "where": list(claim.recipient),
        "low": None,
        "high": None,
        "words": place_names(claim.recipient, facts),
        "quote": claim.quote,
        "statement": claim.statement,
        "status": claim.status,
        "sources": 1,
        "claims": [claim.id],
    }


def event_standing(one: Quantity) -> dict[str, Any]:
    """What all claims on an event say of its day together."""
    texts = sorted({told.claim.period for told in one.told})
    clash = one.standing == "conflict"
    return {
        "first": one.days.earliest if one.days else None,
        "last": one.days.latest if one.days else None,
        **({"when": " / ".join(texts)} if clash else {}),
        "standing": one.standing,
        "sources": one.sources,
        "claims": one.claims,
    }


def figure_row(told: Told, quantity: Quantity, facts: Facts) -> dict[str, Any]:
    """A figure at its as-of day."""
    claim = claim_row(told, facts)
    day = moment(told)
    return {
        "when": printed(told.as_of),
        "first": day[0] or None,
        "last": day[1] or None,
        "measure": claim["measure"],
        "text": value_text(claim),
        "standing": quantity.standing,
        "where": claim["recipient"],
        "low": claim["low"],
        "high": claim["high"],
        "words": scope_text(quantity, facts),
        "quote": claim["quote"],
        "statement": claim["statement"],
        "status": claim["status"],
        "sources": quantity.sources,
        "claims": [claim["id"]],
    }


def event_columns() -> tuple[Column, ...]:
    """The columns for people over events."""
    return (
        Column("when", when_text),
        column("where", "words"),
        column("what", "statement"),
        column("sources", "sources", numeric=True),
        Column("claim", lambda row: row["claims"][0] if len(row["claims"]) == 1 else ", ".join(row["claims"])),
    )


def when_text(row: Row) -> str:
    """The day of an event for people; all that is printed, with a mark, where sources contradict each other."""
    told = " / ".join(period_text(text, None) for text in row["when"].split(" / "))
    return f"{told} !" if row["standing"] == "conflict" else told


def series_block(quantity: Quantity, rows: Sequence[Row], facts: Facts) -> Block:
    """The figures of one quantity by day, with bars on one scale."""
    scale = scale_of(rows)
    columns = (
        Column("as of", lambda row: row["when"] or "unknown"),
        Column("", lambda _: "", bar=lambda row: span(row, scale)),
        column("figure", "text", numeric=True),
        Column("as printed", quote_text),
        column("claim", "claims"),
    )
    return Block(
        f"{facts.measures[quantity.scope.measure].label}, {scope_text(quantity, facts)}: {quantity.standing}",
        columns,
        rows,
    )


def left_out(inside: Sequence[Told], outbound: Sequence[Told], wanted: Filter, facts: Facts) -> Counter[str]:
    """How many claims do not count, of those that would have a place in time, by reason."""
    kept = set(map(id, outbound))
    timely = [one for one in inside if has_place(one, wanted)]
    reasons = Counter(status_of(one.claim, facts) for one in timely if not counts(one.claim, facts))
    reasons[INBOUND] = sum(counts(one.claim, facts) and id(one) not in kept for one in timely)
    return reasons


def has_place(told: Told, wanted: Filter) -> bool:
    """Whether a timeline would show the claim, if it counted."""
    return is_dated(told) if told.kind in ("event", "note") else told.claim.measure in wanted.measure


def timeline_notes(events: Sequence[Row], figures: Sequence[Row], left: Counter[str], wanted: Filter) -> Iterable[str]:
    """How much there is, what was left out, and what to type for figures."""
    yield f"{plural(len(events), 'event')}, {plural(len(figures), 'figure')}"
    if left.total():
        why = ", ".join(f"{left[reason]:,} {reason}" for reason in (*ALL_STATUSES, INBOUND) if left[reason])
        yield f"left out: {plural(left.total(), 'claim')} ({why}); medaid claims lists them"
    if any(row["standing"] == "conflict" for row in events):
        yield "! sources contradict each other: medaid compare"
    if not wanted.measure:
        yield "the series of a measure: medaid timeline -m MEASURE"
