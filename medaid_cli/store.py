"""Finding the store, and loading it into Facts: whole and checked, or not at all."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from medaid_cli.errors import StoreError
from medaid_cli.model import Claim, Facts, Place, Problem, Programme, StoreInfo
from medaid_cli.records import TABLES, complete_claim, nearest, read_document
from medaid_cli.scopes import side
from medaid_cli.storage import ReadOnlyStorage, Tables

FORMAT = 1


def shipped() -> Path:
    """The store that comes with medaid: inside an installed copy, or beside the package in a checkout."""
    here = Path(__file__).parent
    inside = here / "facts.json"
    return inside if inside.exists() else here.parent / "data" / "facts.json"


def load(path: Path | None = None) -> Facts:
    """The facts of a store, or of the shipped one.

    Raises:
        StoreError: if the file can't be read or anything in it is wrong. Half a store would give wrong totals.
    """
    where = path or shipped()
    facts, problems = read(where)
    if facts is None:
        first, more = problems[0], len(problems) - 1
        others = f" (and {more} more problem{'s' if more > 1 else ''})" if more else ""
        raise StoreError(f"{where}: {first.where}: {first.message}; {first.remedy}{others}")
    return facts


def read(path: Path) -> tuple[Facts | None, list[Problem]]:
    """The facts, if nothing is wrong with them, and everything that is.

    Raises:
        StoreError: if the file holds no tables at all.
    """
    with TinyDB(path, storage=ReadOnlyStorage) as database:
        tables = database.storage.read() or {}
    problems = list(newer_format(tables)) or list(table_problems(tables))
    if problems:
        return None, problems
    info = read_info(tables, problems)
    if info is None:
        return None, problems
    records = {name: read_table(name, tables[name], problems) for name in TABLES if name not in ("store", "claims")}
    kinds = {measure.id: measure.kind for measure in records["measures"].values()}
    claims = read_table("claims", completed(tables["claims"], kinds, info, problems), problems)
    if problems:
        return None, problems
    above = ancestors(records["places"])
    partitions = [one.exclusive_children for one in records["programmes"].values() if one.exclusive_children]
    facts = Facts(
        path=str(path),
        info=info,
        claims=tuple(claims.values()),
        above=above,
        entangled=frozenset(entangled(records["places"], above)),
        sides={programme: side(programme, partitions) for programme in records["programmes"]},
        replaced=frozenset(claim.replaces for claim in claims.values() if claim.replaces),
        **records,
    )
    problems = list(reference_problems(facts, claims))
    return (None if problems else facts), problems


def newer_format(tables: Tables) -> Iterator[Problem]:
    """A store of a later medaid: told before anything else is judged, since it may have other tables and fields."""
    for document in tables.get("store", {}).values():
        given = document.get("format")
        if type(given) is int and given > FORMAT:
            message = f"format {given} is newer than the {FORMAT} that this medaid reads"
            yield Problem("newer-format", "table 'store'", message, "use a newer medaid")


def table_problems(tables: Tables) -> Iterator[Problem]:
    """The tables that are missing, and those that medaid does not know."""
    for name in TABLES:
        if name not in tables:
            yield Problem("missing-table", f"table {name!r}", "is missing", "a store has all six tables")
    for name, table in tables.items():
        if name not in TABLES and table:
            hint = nearest(name, TABLES)
            remedy = f"did you mean {hint[0]!r}?" if hint else "remove it"
            yield Problem("unknown-table", f"table {name!r}", "is not one of the store's", remedy)


def read_info(tables: Tables, problems: list[Problem]) -> StoreInfo | None:
    """The one document of the table `store`."""
    documents = tables["store"]
    if len(documents) != 1:
        remedy = "keep one, with the store's format, title and day"
        problems.append(Problem("store-table", "table 'store'", f"has {len(documents)} documents", remedy))
        return None
    [(number, document)] = documents.items()
    info, found = read_document("store", number, document)
    problems += found
    return info if isinstance(info, StoreInfo) else None


def completed(
    documents: Mapping[str, Any], kinds: Mapping[str, str], info: StoreInfo, problems: list[Problem]
) -> dict[str, Any]:
    """The claims with the defaults that are read from their quotes; those that can't be read are told."""
    found = {}
    for number, document in documents.items():
        try:
            found[number] = complete_claim(document, kinds, info)
        except ValueError as error:
            label = f"claim {document.get('id', f'(document {number})')}"
            problems.append(Problem("value-unclear", label, str(error), "give value and hedge"))
    return found


def read_table(table: str, documents: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """The records of a table by id."""
    records: dict[str, Any] = {}
    for number, document in documents.items():
        record, found = read_document(table, number, document)
        problems += found
        if record is None:
            continue
        if record.id in records:
            kind = TABLES[table][0]
            problems.append(
                Problem("duplicate-id", f"{kind} {record.id}", "stands twice", "give one of them another id")
            )
        records[record.id] = record
    return records


def ancestors(places: Mapping[str, Place]) -> dict[str, frozenset[str]]:
    """For each place, itself and all places above it. Loops end where they close; they are told as problems."""
    above: dict[str, frozenset[str]] = {}
    for id in places:
        found, waiting = {id}, [id]
        while waiting:
            place = places.get(waiting.pop())
            new = [parent for parent in place.within if parent not in found] if place else []
            found.update(new)
            waiting += new
        above[id] = frozenset(found)
    return above


def entangled(places: Mapping[str, Place], above: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of places that share a part without one being in the other, both ways round."""
    for place in places.values():
        if len(place.within) > 1:
            for one, other in permutations(above[place.id], 2):
                if one not in above.get(other, ()) and other not in above.get(one, ()):
                    yield one, other


def reference_problems(facts: Facts, claims: Mapping[str, Claim]) -> Iterator[Problem]:
    """Ids that point nowhere, places within themselves, and values that don't go with their measure."""
    for key, given in (("provider", facts.info.provider), ("world", facts.info.world)):
        if given not in facts.places:
            yield unknown("table 'store'", key, given, facts.places)
    for claim in facts.claims:
        yield from claim_problems(claim, facts, claims)
    for programme in facts.programmes.values():
        yield from programme_problems(programme, facts)
    for place in facts.places.values():
        label = f"place {place.id}"
        for parent in place.within:
            if parent not in facts.places:
                yield unknown(label, "within", parent, facts.places)
            if place.id in facts.above.get(parent, ()):
                yield Problem("place-loop", label, f"is within itself, through {parent!r}", "mend `within`")


def claim_problems(claim: Claim, facts: Facts, claims: Mapping[str, Claim]) -> Iterator[Problem]:
    """What one claim refers to, and whether its value goes with its measure."""
    label = f"claim {claim.id}"
    if claim.source not in facts.sources:
        yield unknown(label, "source", claim.source, facts.sources)
    if claim.measure not in facts.measures:
        yield unknown(label, "measure", claim.measure, facts.measures)
    if claim.programme not in facts.programmes:
        yield unknown(label, "programme", claim.programme, facts.programmes)
    for field, place in (("provider", claim.provider), *(("recipient", place) for place in claim.recipient)):
        if place not in facts.places:
            yield unknown(label, field, place, facts.places)
    if claim.replaces and claim.replaces not in claims:
        yield unknown(label, "replaces", claim.replaces, claims)
    if (claim.value is None) != (claim.hedge is None):
        yield Problem(
            "value-hedge", label, "has a value without hedge, or a hedge without value", "give both or neither"
        )
    if claim.measure in facts.measures:
        kind = facts.measures[claim.measure].kind
        if kind in ("total", "stock") and claim.value is None:
            yield Problem(
                "no-value", label, f"has no value, and {claim.measure!r} counts", "use a measure that doesn't"
            )
        if kind in ("event", "note") and claim.value is not None:
            yield Problem("value-unused", label, f"has a value, and {claim.measure!r} is no number", "use null")


def programme_problems(programme: Programme, facts: Facts) -> Iterator[Problem]:
    """What one programme refers to."""
    label = f"programme {programme.id}"
    if programme.place and programme.place not in facts.places:
        yield unknown(label, "place", programme.place, facts.places)
    if programme.start_event and programme.start_event not in facts.measures:
        yield unknown(label, "start_event", programme.start_event, facts.measures)
    for child in programme.exclusive_children:
        if child not in facts.programmes:
            yield unknown(label, "exclusive_children", child, facts.programmes)


def unknown(label: str, field: str, given: str, known: Mapping[str, object]) -> Problem:
    """A reference to something that is not in the store."""
    hint = nearest(given, known)
    remedy = f"did you mean {' or '.join(repr(word) for word in hint)}?" if hint else "add it, or mend the reference"
    return Problem("unknown-id", label, f"{field} {given!r} is not in the store", remedy)
