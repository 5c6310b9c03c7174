"""One line per measure as a row for machines, and as columns for people."""

from collections.abc import Sequence
from typing import Any

from medaid_cli import figures
from medaid_cli.containment import Extent
from medaid_cli.model import Facts
from medaid_cli.nesting import Nest
from medaid_cli.quantities import Quantity
from medaid_cli.reports.parts import (
    INFERRED,
    figure_text,
    printed,
    scope_object,
    scope_text,
    widest,
)
from medaid_cli.reports.report import Column, Row, column
from medaid_cli.scopes import Told, home_countries, scope_of
from medaid_cli.tallies import LeftOut, Line
from medaid_cli.totals import Part, Total

LINE_FIELDS = tuple(
    (
        "measure label unit kind low high text as_of standing sources origins claims basis target widest named rows "
        "left_out checks"
    ).split()
)


def line_row(line: Line, facts: Facts, *, full: bool = True) -> dict[str, Any]:
    """The line as JSON: the total and everything behind it; `full` or not, the rows, which are most of the work."""
    measure, found, whole, left = line.measure, line.found, line.total, line.left_out
    bounds = whole.bounds if whole else None
    basis = whole.basis if whole else ()
    best = widest(found, facts)
    carrying = [one.claim.id for part in basis for one in carriers(part)]
    return {
        "measure": measure.id,
        "label": measure.label,
        "unit": measure.unit,
        "kind": measure.kind,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "text": figures.words(bounds) if bounds else None,
        "as_of": printed(whole.as_of) if whole else None,
        "standing": whole.standing if whole else None,
        "sources": len({told.claim.source for part in basis for told in part.quantity.told}),
        "origins": len({origin for part in basis for origin in part.quantity.origins}),
        "claims": sum(len(one.told) for one in found),
        "basis": carrying,
        "target": target_object(whole.target) if whole else None,
        "widest": figure_object(best, facts) | newest_words(best) if best else None,
        "named": named_share(found, whole, facts),
        "rows": [row_object(one, facts) for one in (whole.nests if whole and full else ()) if one.row],
        "left_out": [left_out_object(one, facts) for one in left],
        "checks": [{"text": check.text, "ok": check.ok} for check in (whole.checks if whole else ())],
    }


def carriers(part: Part) -> list[Told]:
    """The claims that carry what the quantity adds."""
    return [one for one in part.quantity.told if one.interval and one.interval.low == part.low]


def target_object(whole: Extent) -> dict[str, Any]:
    """What the total is of, in ids."""
    return {
        "provider": whole.provider,
        "recipient": sorted(whole.recipients),
        "programme": whole.programme,
        "start": f"{whole.year:04}" if whole.year is not None else None,
    }


def figure_object(quantity: Quantity, facts: Facts) -> dict[str, Any]:
    """A quantity as JSON, without what lies in it."""
    assert quantity.interval is not None
    return {
        "scope": scope_object(quantity.scope),
        "words": scope_text(quantity, facts),
        "low": quantity.interval.low,
        "high": quantity.interval.high,
        "standing": quantity.standing,
        "as_of": printed(quantity.as_of),
        "sources": quantity.sources,
        "origins": len(quantity.origins),
        "claims": quantity.claims,
    }


def newest_words(quantity: Quantity) -> dict[str, Any]:
    """The number and the hedge of the latest claim on the quantity, of several the one that says most."""
    latest = [one for one in quantity.told if one.as_of == quantity.as_of and one.interval]
    said = min(
        latest,
        key=lambda one: (one.interval.high is None, one.interval.high, -one.interval.low) if one.interval else (),
    )
    return {"value": said.claim.value, "hedge": said.claim.hedge}


def row_object(one: Nest, facts: Facts) -> dict[str, Any]:
    """A quantity that is inside no other, and those that are inside it."""
    parts = [figure_object(part, facts) | {"of_which": []} for part in one.parts]
    return figure_object(one.quantity, facts) | {"of_which": parts}


def left_out_object(one: LeftOut, facts: Facts) -> dict[str, Any]:
    """A claim that was left out, with the reason."""
    assert one.told.interval is not None
    return {
        "claim": one.told.claim.id,
        "scope": scope_object(scope_of(one.told, facts)),
        "low": one.told.interval.low,
        "high": one.told.interval.high,
        "reason": one.reason,
    }


def named_share(found: Sequence[Quantity], whole: Total | None, facts: Facts) -> dict[str, Any] | None:
    """How much of the total countries named one by one account for, at the least: the largest low told of each."""
    if whole is None or whole.bounds is None or whole.named or whole.target.adds == "none":
        return None
    lows: dict[str, int] = {}
    for one in found:
        homes = [home_countries(place, facts) for place in one.scope.recipients]  # a region has none
        codes = {code for home in homes for code in home}
        if all(homes) and len(codes) == 1 and one.interval and not one.scope.open_list:
            [home] = codes
            lows[home] = max(lows.get(home, 0), one.interval.low)
    low = sum(lows.values()) if whole.target.kind == "total" else max(lows.values(), default=0)
    share = round(low / whole.bounds.low, 4) if whole.bounds.low else None
    return {"countries": len(lows), "low": low, "share": share}


def line_columns() -> tuple[Column, ...]:
    """The columns for people: one line each on a wide screen."""
    return (
        column("measure", "measure"),
        Column("total", figure_text, numeric=True, at_most=20),
        Column("widest figure told", widest_text),
        Column("named", share_text, numeric=True),
        Column("sources", sources_words),
        column("as of", "as_of"),
    )


def widest_text(row: Row) -> str:
    """The widest scope told, with its hedge where its figure is not the total; without a total, why there is none.

    As short as can be, for a line each; `-m` and JSON have all of it.
    """
    best = row["widest"]
    if best is None or row["low"] is None:
        reasons = list(dict.fromkeys(one["reason"] for one in row["left_out"]))
        if any(not check["ok"] for check in row["checks"]):
            reasons = ["parts exceed their whole: see -m"]
        return f"{reasons[0]} (+{len(reasons) - 1})" if len(reasons) > 1 else "".join(reasons)
    words: str = best["words"]
    scope, since, year = words.rpartition("since ")
    if since:
        star = INFERRED if year.endswith(INFERRED) else ""
        until = (best["as_of"] or "")[:4]
        old = until if until < (row["as_of"] or "")[:4] else ""  # what is told up to another year than the total
        scope = f"{scope.rstrip(' ,')} {year.removesuffix(INFERRED)}–{old}{star}".strip()
    else:
        scope = year
    if (best["low"], best["high"]) == (row["low"], row["high"]):
        return scope
    return f"{scope}: {HEDGE_TEXT[best['hedge']]}{compact(best['value'])}"


HEDGE_TEXT = {"exact": "", "about": "about ", "nearly": "nearly ", "over": "over "}
HEDGE_TEXT |= {"at-least": "at least ", "under": "under ", "at-most": "up to "}


def compact(value: int) -> str:
    """A number as short as it can be written without losing a digit: `8.4m`, `2.2bn`, `75,000`."""
    for size, letters in ((10**9, "bn"), (10**6, "m")):
        if value >= size and value % (size // 10) == 0:
            return f"{value / size:g}{letters}"
    return f"{value:,}"


def share_text(row: Row) -> str:
    """The share of the total that named countries account for."""
    named = row["named"]
    if not named or not named["share"] or not named["countries"]:
        return ""
    percent = named["share"] * 100
    return f"{percent:.0f} %" if percent >= 1 else "< 1 %"


def sources_words(row: Row) -> str:
    """How many sources, of how many origins, and how they stand to each other."""
    if not row["sources"]:
        return "by name" if row["low"] is not None else ""
    origins = "" if row["origins"] == row["sources"] else f" ({row['origins']})"
    alone = row["standing"] == "single" and row["sources"] > 1  # several quantities, one source for each
    return f"{row['sources']}{origins}, 1 each" if alone else f"{row['sources']}{origins} {row['standing']}"
