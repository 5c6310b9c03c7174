"""`measures`, `programmes`, `places`: the words that the store and the filters use."""

from collections import Counter
from typing import Any

from medaid_cli import names, periods, query
from medaid_cli.model import Facts, Place
from medaid_cli.query import Filter
from medaid_cli.reports.parts import printed, window_notes
from medaid_cli.reports.report import Column, Report, column, plural

ADDING = (
    "sum: added up where scopes are provably apart; distinct: only where places are; none: never",
    "total: over a period; stock: on a day; event: a date; note: no number",
)


def measures(facts: Facts, wanted: Filter) -> Report:
    """What is counted, and how many of the claims that pass the filter do."""
    chosen = query.select(facts, wanted)
    number = Counter(claim.measure for claim in chosen.claims)
    rows = [
        {
            "id": one.id,
            "label": one.label,
            "unit": one.unit,
            "kind": one.kind,
            "adds": one.adds,
            "aliases": list(one.aliases),
            "dac": one.dac,
            "claims": number[one.id],
        }
        for one in facts.measures.values()
        if wanted == Filter() or number[one.id]
    ]
    return Report(
        name="measures",
        fields=("id", "label", "unit", "kind", "adds", "aliases", "dac", "claims"),
        rows=rows,
        query=query.as_query(wanted),
        columns=(
            column("measure", "id"),
            column("label", "label"),
            column("unit", "unit"),
            column("kind", "kind"),
            column("adds", "adds"),
            column("claims", "claims", numeric=True),
        ),
        notes=(plural(len(rows), "measure"), *ADDING, *window_notes(chosen, wanted, facts)),
    )


def programmes(facts: Facts, wanted: Filter) -> Report:
    """The lines of work, as paths."""
    chosen = query.select(facts, wanted)
    number = Counter(claim.programme for claim in chosen.claims)
    rows = [
        {
            "id": one.id,
            "label": one.label,
            "start": printed(periods.date_of(one.start)),
            "end": printed(periods.date_of(one.end)),
            "place": one.place,
            "basis": one.basis,
            "exclusive_children": list(one.exclusive_children),
            "start_event": one.start_event,
            "claims": number[one.id],
        }
        for one in facts.programmes.values()
        if wanted == Filter() or number[one.id]
    ]
    return Report(
        name="programmes",
        fields=("id", "label", "start", "end", "place", "basis", "exclusive_children", "start_event", "claims"),
        rows=rows,
        query=query.as_query(wanted),
        columns=(
            column("programme", "id"),
            column("label", "label"),
            column("start", "start"),
            column("end", "end"),
            Column("place", lambda row: facts.places[row["place"]].name if row["place"] else ""),
            column("claims", "claims", numeric=True),
        ),
        notes=(plural(len(rows), "programme"), *window_notes(chosen, wanted, facts)),
    )


def places(facts: Facts, wanted: Filter, text: str | None) -> Report:
    """The places that claims name as recipient or provider; all that match, if a text is given."""
    chosen = query.select(facts, wanted)
    number: Counter[str] = Counter()
    for claim in chosen.claims:
        number.update({*claim.recipient, claim.provider})
    if text is None:
        found = [place for place in facts.places.values() if number[place.id]]
    else:
        found = [place for place in facts.places.values() if goes_by(place, text)]
    rows = [place_row(place, number[place.id]) for place in found]
    all_of_them = (
        ""
        if text is not None
        else f" named in claims, of {len(facts.places):,} known (medaid places TEXT searches all)"
    )
    return Report(
        name="places",
        fields=("id", "name", "kind", "within", "aliases", "note", "claims"),
        rows=rows,
        query=query.as_query(wanted) | {"text": text},
        columns=(
            column("code", "id"),
            column("name", "name"),
            column("kind", "kind"),
            Column("within", lambda row: ", ".join(facts.places[id].name for id in row["within"])),
            *([column("also known as", "aliases")] if text is not None else []),
            *([column("note", "note")] if any(row["note"] for row in rows) else []),
            column("claims", "claims", numeric=True),
        ),
        notes=(plural(len(rows), "place") + all_of_them, *window_notes(chosen, wanted, facts)),
    )


def goes_by(place: Place, text: str) -> bool:
    """Whether the text is part of a name of the place, or its code."""
    wanted = names.fold(text)
    return wanted == place.id.casefold() or any(wanted in names.fold(name) for name in (place.name, *place.aliases))


def place_row(place: Place, claims: int) -> dict[str, Any]:
    """A place as stored, its kind, and how many claims name it."""
    kind = "region" if place.is_region else "part" if place.is_part else "country"
    return {
        "id": place.id,
        "name": place.name,
        "kind": kind,
        "within": list(place.parents),
        "aliases": list(place.aliases),
        "note": place.note,
        "claims": claims,
    }
