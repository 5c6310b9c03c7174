"""`compare`: each quantity that is told more than once, its claims set against each other, and why they differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any

from medaid_cli import periods, query
from medaid_cli.model import Facts
from medaid_cli.quantities import Quantity, Relation, moment, origin, quantities, relation
from medaid_cli.query import Filter
from medaid_cli.reports.parts import (
    INFERRED,
    INFERRED_NOTE,
    printed,
    quote_text,
    scope_object,
    scope_text,
    value_text,
    window_notes,
)
from medaid_cli.reports.report import Block, Column, Report, Row, Span, column, plural
from medaid_cli.scopes import Scope, Told, counts, scope_of, status_of

COMPARE_FIELDS = tuple(
    "measure label scope words low high first last standing causes as_of sources origins claims pairs".split()
)
WORST_FIRST = ("conflict", "updated", "loose", "agree", "single")
AT_ODDS = WORST_FIRST[:3]
OTHER = "other authority"
FEW_OTHERS = 2  # pairs of authorities that a heading has room for
ALL_PAIRS = 30  # with more claims on one quantity only neighbours in time are set against each other


def compare(facts: Facts, wanted: Filter) -> Report:
    """The quantities of the measures asked for that are told twice or more.

    Of all measures, those that are not in agreement, and those with a disputed claim beside them.
    """
    chosen = query.select(facts, wanted)
    asked = query.outbound(query.inside(chosen, facts), wanted, facts)
    slips = disputed(asked, facts)
    good = quantities((one for one in asked if counts(one.claim, facts)), facts)
    found = [one for one in good if len(one.told) > 1 or one.scope in slips]
    shown = [one for one in found if wanted.measure or one.standing in AT_ODDS or one.scope in slips]
    shown.sort(
        key=lambda one: (
            WORST_FIRST.index(one.standing) if one.scope not in slips else one.standing != "conflict",
            -gap(one),
            one.scope.measure,
            one.scope.start,
            sorted(one.scope.recipients),
        )
    )
    rows = [compare_row(one, slips.get(one.scope, []), facts) for one in shown]
    return Report(
        name="compare",
        fields=COMPARE_FIELDS,
        rows=rows,
        query=query.as_query(wanted),
        unfold=lambda rows: map(block, rows),
        notes=(*compare_notes(rows, found, wanted), *window_notes(chosen, wanted, facts)),
    )


def disputed(all_told: Iterable[Told], facts: Facts) -> dict[Scope, list[Told]]:
    """By what they are about, the claims that are shown to be slips: set beside the others, they count for nothing."""
    slips: dict[Scope, list[Told]] = defaultdict(list)
    for told in all_told:
        if told.kind != "note" and status_of(told.claim, facts) == "disputed":
            slips[scope_of(told, facts)].append(told)
    return dict(slips)


def gap(quantity: Quantity) -> float:
    """How far apart the claims are at most: the largest low over the smallest high; events: the years between."""
    if quantity.interval is None:
        starts = [one.start for one in quantity.told if one.start]
        return max(one.year for one in starts) - min(one.year for one in starts) if starts else 0
    highs = [one.interval.high for one in quantity.told if one.interval and one.interval.high is not None]
    lows = [one.interval.low for one in quantity.told if one.interval]
    return max(lows) / max(1, min(highs)) if highs else 0


def compare_row(quantity: Quantity, slips: Sequence[Told], facts: Facts) -> dict[str, Any]:
    """A quantity, its claims by day, and the pairs that are not in agreement or not independent."""
    pairs = [pair_object(a, b, facts) for a, b in pairs_of(quantity.told) if matters(a, b, facts)]
    bounds, days = quantity.interval, quantity.days
    worst = [pair for pair in pairs if pair["relation"] == quantity.standing] or pairs
    return {
        "measure": quantity.scope.measure,
        "label": facts.measures[quantity.scope.measure].label,
        "scope": scope_object(quantity.scope),
        "words": scope_text(quantity, facts),
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "first": days.earliest if days else None,
        "last": days.latest if days else None,
        "standing": quantity.standing,
        "causes": list(dict.fromkeys(cause for pair in worst for cause in pair["causes"])),
        "as_of": printed(quantity.as_of),
        "sources": quantity.sources,
        "origins": len(quantity.origins),
        "claims": [told_object(one, facts) for one in sorted([*quantity.told, *slips], key=moment)],
        "pairs": pairs,
    }


def pairs_of(told: Sequence[Told]) -> Iterable[tuple[Told, Told]]:
    """All pairs of a small group, the earlier first; of a large one, neighbours in time."""
    return combinations(told, 2) if len(told) <= ALL_PAIRS else pairwise(told)


def matters(a: Told, b: Told, facts: Facts) -> bool:
    """Whether there is something to say of the pair: they disagree, or two sources are of one origin."""
    return relation(a, b) != "agree" or (a.claim.source != b.claim.source and same_origin(a, b, facts))


def same_origin(a: Told, b: Told, facts: Facts) -> bool:
    """Whether both sources go back to one text."""
    return origin(a.claim.source, facts) == origin(b.claim.source, facts)


def pair_object(a: Told, b: Told, facts: Facts) -> dict[str, Any]:
    """Two claims, how they stand to each other, and why."""
    how = relation(a, b)
    return {"a": a.claim.id, "b": b.claim.id, "relation": how, "causes": list(causes(a, b, how, facts))}


def causes(a: Told, b: Told, how: Relation, facts: Facts) -> Iterable[str]:
    """What the claims themselves tell of why they differ."""
    if same_origin(a, b, facts) and a.claim.source != b.claim.source:
        yield "same origin"
    if how == "updated":
        yield "later figure"
    if how == "loose":
        yield "meets by the letter only"
    if how != "conflict":
        return
    one, other = authority(a, facts), authority(b, facts)
    if one != other:
        yield f"{OTHER}: {one} against {other}"
    if a.kind == "event":
        return
    if periods.certainly_before(a.as_of, b.as_of) or periods.certainly_before(b.as_of, a.as_of):
        yield "corrected later" if a.end else "falls below an earlier figure" if a.kind == "total" else "differs"
    elif a.as_of is None or b.as_of is None:
        yield "order unknown"
    else:
        yield "told of the same day"


def authority(told: Told, facts: Facts) -> str:
    """Who vouches for the figure: whom the source names, else the source's publisher."""
    return told.claim.attributed_to or facts.sources[told.claim.source].publisher or told.claim.source


def told_object(told: Told, facts: Facts) -> dict[str, Any]:
    """A claim as one line of a comparison."""
    claim, bounds = told.claim, told.interval
    return {
        "id": claim.id,
        "source": claim.source,
        "as_of": printed(told.as_of),
        "quote": claim.quote,
        "period": claim.period,
        "value": claim.value,
        "hedge": claim.hedge,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "authority": authority(told, facts),
        "status": claim.status,
        "note": claim.note,
    }


def block(row: Row) -> Block:
    """A quantity for people: what it is, how it stands and why, then its claims by day."""
    slips = sum(claim["status"] == "disputed" for claim in row["claims"])
    causes = [*short_causes(row), *([f"{slips} disputed"] if slips else [])]
    why = f" ({'; '.join(causes)})" if causes else ""
    title = f"{row['label']}, {row['words']}" if row["words"] else row["label"]
    scale = scale_of(row["claims"])
    return Block(f"{title}: {row['standing']}{why}", told_columns(scale, row["pairs"]), row["claims"])


def short_causes(row: Row) -> Sequence[str]:
    """The causes; of many pairs of authorities only how many authorities there are, in the place of the first."""
    told: Sequence[str] = row["causes"]
    named = [cause for cause in told if cause.startswith(OTHER)]
    if len(named) <= FEW_OTHERS:
        return told
    apart = {pair[end] for pair in row["pairs"] if set(pair["causes"]) & set(named) for end in ("a", "b")}
    authorities = {claim["authority"] for claim in row["claims"] if claim["id"] in apart}
    return list(dict.fromkeys(f"{len(authorities)} authorities" if cause in named else cause for cause in told))


def told_columns(scale: tuple[int, int] | None, pairs: Sequence[Row]) -> tuple[Column, ...]:
    """The columns for people over claims; bars only where there are numbers, all to one scale."""
    figures = Column("figure", lambda row: value_text(row) or row["period"], numeric=True)
    bars = [Column("", lambda _: "", bar=lambda row: span(row, scale))] if scale else []
    return (
        column("as of", "as_of"),
        *bars,
        figures,
        Column("as printed", quote_text),
        Column("authority", lambda row: row["authority"], at_most=20),
        Column("against", lambda row: against(row["id"], pairs) if row["status"] == "done" else "enters nothing"),
        column("claim", "id"),
    )


def against(claim: str, pairs: Sequence[Row]) -> str:
    """How many earlier claims this one stands how to."""
    found = [pair["relation"] for pair in pairs if pair["b"] == claim and pair["relation"] != "agree"]
    return ", ".join(
        f"{how} {found.count(how)}" if found.count(how) > 1 else how for how in WORST_FIRST if how in found
    )


def scale_of(rows: Sequence[Row]) -> tuple[int, int] | None:
    """From the smallest low to the largest number printed, a little widened: an open end runs to the edge."""
    lows = [row["low"] for row in rows if row["low"] is not None]
    if not lows:
        return None
    highs = [row["high"] for row in rows if row["high"] is not None] + lows
    edge = max(1, (max(highs) - min(lows)) // 10)
    return max(0, min(lows) - edge), max(highs) + edge


def span(row: Row, scale: tuple[int, int] | None) -> Span:
    """The interval on the scale."""
    if scale is None or row["low"] is None:
        return Span(1, 0, 0)
    start, stop = scale
    high = stop if row["high"] is None else row["high"]
    least = (stop - start) / 40  # an exact number is still seen
    return Span(stop - start, row["low"] - start, max(high - start, row["low"] - start + least))


def compare_notes(rows: Sequence[Row], found: Sequence[Quantity], wanted: Filter) -> Iterable[str]:
    """What was compared, and what was not shown."""
    quiet = len(found) - len(rows)
    beside = 0 if wanted.measure else sum(row["standing"] not in AT_ODDS for row in rows)
    if not rows:
        yield "nothing is told more than once" if not found else "all that is told more than once agrees"
    counted = [f"{sum(row['standing'] == how for row in rows)} {how}" for how in WORST_FIRST]
    if rows:
        shown = ", ".join(one for one in counted if not one.startswith("0 "))
        yield f"{plural(len(rows), 'quantity', 'quantities')}: {shown}"
        if beside:
            yield f"{beside} of them {'is' if beside == 1 else 'are'} here only for a disputed claim"
        yield "bars: what the words allow, on one scale for each quantity; an open end runs to the edge"
    if quiet and rows:
        more = plural(quiet, "more quantity", "more quantities")
        yield f"{more} in agreement: name a measure to see them"
    if any(claim["status"] == "disputed" for row in rows for claim in row["claims"]):
        yield "[disputed]: shown to be a slip of its source; medaid show ID says why"
    if any(row["words"].endswith(INFERRED) for row in rows):
        yield INFERRED_NOTE


def any_conflict(report: Report) -> bool:
    """Whether some quantity is in conflict."""
    return any(row["standing"] == "conflict" for row in report.rows)
