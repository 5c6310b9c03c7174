"""Pieces that several reports share: rows of claims, figures, scopes and days in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from medaid_cli import figures, periods, query
from medaid_cli.model import Days, Facts, Interval, Source
from medaid_cli.quantities import Quantity
from medaid_cli.query import Filter, Selection
from medaid_cli.reports.report import Column, Row, plural
from medaid_cli.scopes import Scope, Told, status_of

CLAIM_FIELDS = (
    "id source locator quote measure value hedge recipient provider programme period status statement attributed_to "
    "and_others note replaces retracted low high as_of start start_basis"
).split()
SOURCE_FIELDS = (
    "id type title publisher author issued URL language read outlet derived_from text_sha256 note claims"
).split()
FIGURE_KEYS = ("low", "high", "standing")

# Behind a start that no claim prints; reports that show it say so in a note.
INFERRED = "*"
INFERRED_NOTE = "* no claim prints this start: it is the programme's, or that of the first team there"


def figure(bounds: Interval | None, standing: str) -> dict[str, Any] | None:
    """The object that stands for a computed figure in JSON."""
    return None if bounds is None else {"low": bounds.low, "high": bounds.high, "standing": standing}


def figure_text(found: Row | None) -> str:
    """The same for people: in words, with a mark where sources contradict each other."""
    if found is None:
        return ""
    mark = " !" if found["standing"] == "conflict" else ""
    return ("none" if found["low"] is None else figures.words(Interval(found["low"], found["high"]))) + mark


def printed(days: Days | None) -> str | None:
    """A day, month, year or span as short as it can be written: `1963-04-06`, `1963-04`, `1963`, `1970..1979`."""
    if days is None:
        return None
    low, high = days.earliest, days.latest
    if low == high:
        return low
    if low[5:] == "01-01" and high[5:] == "12-31":
        return low[:4] if low[:4] == high[:4] else f"{low[:4]}..{high[:4]}"
    if low[:7] == high[:7] and low[8:] == "01" and high[8:] in ("28", "29", "30", "31"):
        return low[:7]
    return f"{low}..{high}"


def claim_row(told: Told, facts: Facts) -> dict[str, Any]:
    """A claim as stored, with its interval, its as-of day and the start that it has or may be inferred to have."""
    claim = told.claim
    bounds = told.interval
    return {
        "id": claim.id,
        "source": claim.source,
        "locator": claim.locator,
        "quote": claim.quote,
        "measure": claim.measure,
        "value": claim.value,
        "hedge": claim.hedge,
        "recipient": list(claim.recipient),
        "provider": claim.provider,
        "programme": claim.programme,
        "period": claim.period,
        "status": status_of(claim, facts),
        "statement": claim.statement,
        "attributed_to": claim.attributed_to,
        "and_others": claim.and_others,
        "note": claim.note,
        "replaces": claim.replaces,
        "retracted": {"day": claim.retracted.day, "reason": claim.retracted.reason} if claim.retracted else None,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "as_of": printed(told.as_of),
        "start": printed(told.start),
        "start_basis": told.start_basis,
    }


def source_row(source: Source, claims: int) -> dict[str, Any]:
    """A source as stored, and how many claims it makes."""
    return {
        "id": source.id,
        "type": source.type,
        "title": source.title,
        "publisher": source.publisher,
        "author": [dict(person) for person in source.author],
        "issued": source.issued,
        "URL": source.URL,
        "language": source.language,
        "read": source.read,
        "outlet": source.outlet,
        "derived_from": source.derived_from,
        "text_sha256": source.text_sha256,
        "note": source.note,
        "claims": claims,
    }


def place_names(ids: Iterable[str], facts: Facts) -> str:
    """The names of the places, in the order given."""
    return ", ".join(facts.places[id].name for id in ids)


def scope_text(quantity: Quantity, facts: Facts) -> str:
    """A scope in words: who to whom, through what, since when. The store's provider and the world go without saying."""
    scope = quantity.scope
    parts = []
    if scope.recipients != {facts.info.world}:
        parts.append(place_names(sorted(scope.recipients), facts) + (" and others" if scope.open_list else ""))
    if scope.provider != facts.info.provider:
        parts.append(f"by {facts.places[scope.provider].name}")
    if scope.programme != "any":
        parts.append(facts.programmes[scope.programme].label)
    parts.append(span_text(quantity, scope.start, scope.end))
    return ", ".join(part for part in parts if part) or "all"


def span_text(quantity: Quantity, start: str, end: str) -> str:
    """The period of a scope in words; inferred starts are said to be."""
    first = quantity.told[0]
    if first.kind == "event":
        return start
    if first.kind == "stock":
        return ""
    inferred = "" if any(one.start_basis == "printed" for one in quantity.told) else INFERRED
    since = "start unstated" if start == "?" else f"since {decade(start)}{inferred}"
    if not end:
        return since
    last = last_year(quantity, end)
    if start == "?":
        return f"{since}, to {last}"
    return start if start == last else f"{decade(start)}–{last}"


def last_year(quantity: Quantity, end: str) -> str:
    """The year of a closed period's end; of one that is told as uncertain the year told, not that of its last day."""
    texts = {one.end.text for one in quantity.told if one.end}
    uncertain = bool(texts) and all(text.endswith(periods.FUZZY) for text in texts)
    return f"about {min(texts)[:4]}" if uncertain else end[:4]


def decade(year: str) -> str:
    """`197X` is 1970s, `19XX` 1900s."""
    return year.replace("X", "0") + "s" if "X" in year else year


def date_text(text: str) -> str:
    """A date in words: `1963`, `1970s`, `about 2008`."""
    return ("about " if text.endswith(periods.FUZZY) else "") + decade(text.rstrip("".join(periods.FUZZY)))


def period_text(text: str, as_of: str | None) -> str:
    """A period in words: `since 1963`, `2018–2022`, `1970s`; without a start, up to when it is told."""
    start, slash, end = text.partition("/")
    first = date_text(start)
    if not slash:
        return first
    last = (as_of or "an unknown day") if end == ".." else date_text(end)
    if not start:
        return f"up to {last}"
    return f"since {first}" if end == ".." else f"{first}–{last}"


def scope_object(scope: Scope) -> dict[str, Any]:
    """A scope for JSON: ids, the start's year and the last day of a closed period."""
    return {
        "provider": scope.provider,
        "recipient": sorted(scope.recipients),
        "programme": scope.programme,
        "start": None if scope.start in ("", "?") else scope.start,
        "end": scope.end or None,
        "and_others": scope.open_list,
    }


def sources_text(sources: int, origins: int) -> str:
    """`3`, or `3 (1 origin)` where some reprint the same text."""
    return f"{sources:,}" if sources == origins else f"{sources:,} ({origins:,} origin{'s' if origins > 1 else ''})"


def breadth(quantity: Quantity, facts: Facts) -> tuple[object, ...]:
    """For sorting: the widest scope first, told by content alone. Place, provider, time, programme, then the newest."""
    scope = quantity.scope
    return (
        min(len(facts.above[place]) for place in scope.recipients),
        -len(scope.recipients),
        len(facts.above[scope.provider]),
        scope.start,  # a start that is not stated, "?", comes behind every year
        scope.end != "",
        scope.end,
        0 if scope.programme == "any" else 1 + scope.programme.count("/"),
        -int(quantity.as_of.latest.replace("-", "")) if quantity.as_of else 0,
        -(quantity.interval.low if quantity.interval else 0),
        scope.provider,
        sorted(scope.recipients),
        scope.programme,
    )


def widest(found: Sequence[Quantity], facts: Facts) -> Quantity | None:
    """The quantity with the widest scope. Only those with the widest places are looked at closely."""
    depths = {
        places: min(len(facts.above[place]) for place in places) for places in {one.scope.recipients for one in found}
    }
    least = min(depths.values(), default=0)
    widest_places = [one for one in found if depths[one.scope.recipients] == least]
    return min(widest_places, key=lambda one: breadth(one, facts), default=None)


def where_column(facts: Facts) -> Column:
    """Whose people were served."""

    def show(row: Row) -> str:
        return place_names(row["recipient"], facts) + (" and others" if row["and_others"] else "")

    return Column("where", show)


def value_text(row: Row) -> str:
    """What the claim's figure allows; for events their day."""
    if row["low"] is None:
        return ""
    return figures.words(Interval(row["low"], row["high"]))


def quote_text(row: Row) -> str:
    """The phrase as printed, and what is special about the claim."""
    return f"“{row['quote']}”" + (f" [{row['status']}]" if row["status"] != "done" else "")


def window_notes(chosen: Selection, wanted: Filter, facts: Facts) -> Iterable[str]:
    """What the window and the day of printing leave out, by reason."""
    if chosen.outside:
        unstated = sum(reason in ("start not stated", "day not known") for _, reason in chosen.outside)
        note = f"outside the years asked for: {plural(len(chosen.outside), 'claim')}"
        yield note + (f", {unstated} of them because no start or day is known" if unstated else "")
    undated = query.undated(facts, wanted)
    if undated:
        yield f"left out by --as-of: {plural(undated, 'claim')} whose source has no day"
