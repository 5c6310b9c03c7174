"""Finding the store, and loading it into Facts: whole and checked, or not at all."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import permutations
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, cast

from tinydb import TinyDB, where

from medaid_cli.errors import StoreError, UsageError
from medaid_cli.model import Claim, Days, Facts, Place, Problem, Programme, StoreInfo
from medaid_cli.reading import Documents, read_documents
from medaid_cli.records import TABLES, complete_claim, nearest, read_document
from medaid_cli.references import Known, reference_problems
from medaid_cli.scopes import side
from medaid_cli.storage import AtomicStorage, ReadOnlyStorage, Tables

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
    return sound(where, read_tables(where))


def read(path: Path) -> tuple[Facts | None, list[Problem]]:
    """The facts, if nothing is wrong with them, and everything that is.

    Raises:
        StoreError: if the file holds no tables at all.
    """
    facts, problems = examine(path, read_tables(path))
    return (None if problems else facts), problems


def read_tables(path: Path) -> Tables:
    """The tables of a store, as TinyDB has them.

    Raises:
        StoreError: if the file holds none.
    """
    with TinyDB(path, storage=ReadOnlyStorage) as database:
        return database.storage.read() or {}


def examine(path: Path, tables: Tables) -> tuple[Facts | None, list[Problem]]:
    """The facts as far as they are sound, or None if that can't be told, and everything that is wrong.

    A claim that refers to something unsound is left out without a problem of its own.

    Raises:
        StoreError: if something is nested so deeply that it can be read, but not told.
    """
    try:
        return examine_tables(path, tables)
    except RecursionError as error:
        raise StoreError(f"{path}: is nested too deeply to be a store") from error


def examine_tables(path: Path, tables: Tables) -> tuple[Facts | None, list[Problem]]:
    """As `examine`."""
    problems = list(newer_format(tables)) or list(table_problems(tables))
    if problems:
        return None, problems
    records = {name: read_table(name, tables[name], problems) for name in TABLES if name not in ("store", "claims")}
    info = read_info(tables, problems)
    if info is None:
        return None, problems
    claims = read_table("claims", tables["claims"], problems, completer(records, info, problems))
    above = ancestors(records["places"])
    partitions = [one.exclusive_children for one in records["programmes"].values() if one.exclusive_children]
    facts = Facts(
        path=str(path),
        info=info,
        claims=tuple(claims.values()),
        above=above,
        entangled=frozenset(entangled(records["places"], above)),
        sides={programme: side(programme, partitions) for programme in records["programmes"]},
        ends={programme: end_of(programme, records["programmes"]) for programme in records["programmes"]},
        replaced=frozenset(claim.replaces for claim in claims.values() if claim.replaces),
        **records,
    )
    problems += reference_problems(facts, Known.of(tables) if problems else Known.in_facts(facts))
    return (facts._replace(claims=tuple(filter(sound_in(facts), facts.claims))) if problems else facts), problems


class Draft(NamedTuple):
    """A store that is being changed: the facts before, and the database that takes the changes."""

    facts: Facts
    database: TinyDB


@contextmanager
def transaction(path: Path, wait: float, day: str) -> Iterator[Draft]:
    """A store that loads, to be changed through TinyDB: all changes become one, and none unless it still loads.

    From here to the end no other process can write it.

    Args:
        path: the store.
        wait: how many seconds to wait for another writer.
        day: the day that the store is marked with as updated, if anything changes.

    Raises:
        StoreError: if the store does not load, now or with the changes; if it can't be locked or written.
    """
    spare_shipped(path)
    with TinyDB(path, wait, storage=AtomicStorage) as database:
        storage = cast(AtomicStorage, database.storage)
        yield Draft(sound(storage.path, storage.read()), database)
        if storage.tables is not None:
            database.table("store").update({"updated": day})
            sound(storage.path, storage.tables)
            storage.commit()


def insert(draft: Draft, table: str, documents: Iterable[Mapping[str, Any]]) -> None:
    """Put documents at the end of a table."""
    draft.database.table(table).insert_multiple(documents)


def change(draft: Draft, table: str, id: str, fields: Mapping[str, Any]) -> None:
    """Set fields of the document with this id."""
    draft.database.table(table).update(fields, where("id") == id)


def document(draft: Draft, table: str, id: str) -> Mapping[str, Any]:
    """The document with this id, which is there."""
    [found] = draft.database.table(table).search(where("id") == id)
    return found


def create(path: Path, tables: Tables, wait: float, *, force: bool) -> Facts:
    """Make a new store of these tables; `force`: also in the place of another, if that one loads.

    Raises:
        UsageError: if there is a file already.
        StoreError: if what is there is no store that loads, the new one does not load, or can't be written.
    """
    spare_shipped(path)
    storage = AtomicStorage(path, wait)
    try:
        if os.path.lexists(storage.path):  # also a symlink to itself
            if not force:
                raise UsageError(f"{path}: is there already; --force puts a new store in its place")
            sound(storage.path, storage.read())
        facts = sound(storage.path, tables)
        storage.write(tables)
        storage.commit()
        return facts
    finally:
        storage.close()


def spare_shipped(path: Path) -> None:
    """Keep the store inside an installed copy from being written: an update of medaid would lose what is in it.

    Raises:
        StoreError: if it would be.
    """
    inside = Path(__file__).with_name("facts.json")
    if inside.exists() and path.exists() and path.samefile(inside):
        raise StoreError(f"{path}: is the store that comes with medaid, and never written; medaid init copies it")


def sound(path: Path, tables: Tables) -> Facts:
    """The facts in the tables.

    Raises:
        StoreError: if anything is wrong with them.
    """
    facts, problems = examine(path, tables)
    if problems or facts is None:
        first, more = problems[0], len(problems) - 1
        others = f" (and {more} more problem{'s' if more > 1 else ''}; medaid check lists all)" if more else ""
        raise StoreError(f"{path}: {first.where}: {first.message}; {first.remedy}{others}")
    return facts


def newer_format(tables: Tables) -> Iterator[Problem]:
    """A store of a later medaid: told before anything else is judged, since it may have other tables and fields."""
    for document in tables.get("store", {}).values():
        given = document.get("format")
        if isinstance(given, int | float) and given > FORMAT:
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


def completer(records: Mapping[str, Any], info: StoreInfo, problems: list[Problem]) -> Callable[[Documents], Documents]:
    """What gives claims the defaults that are read from their quotes; those that can't be read are told."""

    def complete(documents: Documents) -> Documents:
        found = {}
        for number, document in documents.items():
            try:
                source = records["sources"].get(str(document.get("source")))
                language = source.language if source else "und"
                found[number] = complete_claim(document, records["measures"], info, language)
            except ValueError as error:
                label = f"claim {document.get('id', f'(document {number})')}"
                problems.append(Problem("value-unclear", label, str(error), "give value and hedge"))
        return found

    return complete


def read_table(
    table: str,
    documents: Documents,
    problems: list[Problem],
    complete: Callable[[Documents], Documents] | None = None,
) -> dict[str, Any]:
    """The records of a table by id. `complete`: as for `read_documents`."""
    found, wrong = read_documents(table, documents, complete)
    problems += wrong
    records = dict(zip(map(attrgetter("id"), found), found, strict=True))
    if len(records) < len(found):
        kind = TABLES[table][0]
        twice = [id for id, count in Counter(record.id for record in found).items() if count > 1]
        problems += [
            Problem("duplicate-id", f"{kind} {id}", "stands twice", "give one of them another id") for id in twice
        ]
    return records


def ancestors(places: Mapping[str, Place]) -> dict[str, frozenset[str]]:
    """For each place, itself and all places above it. Loops end where they close; they are told as problems."""
    above: dict[str, frozenset[str]] = {}
    for id, place in places.items():
        if all(parent in above for parent in place.within):  # as in most stores: what holds others comes first
            above[id] = frozenset((id,)).union(*map(above.__getitem__, place.within))
            continue
        found, waiting = {id}, [id]
        while waiting:
            upper = places.get(waiting.pop())
            new = [parent for parent in upper.within if parent not in found] if upper else []
            found.update(new)
            waiting += new
        above[id] = frozenset(found)
    return above


def end_of(programme: str, programmes: Mapping[str, Programme]) -> Days | None:
    """When the programme ended, or the first to end of those above it."""
    parts = programme.split("/")
    above = (programmes.get("/".join(parts[:length])) for length in range(1, len(parts) + 1))
    ends = [one.end for one in above if one and one.end]
    return min(ends, key=lambda days: (days.latest, days.earliest), default=None)


def entangled(places: Mapping[str, Place], above: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of places that share a part without one being in the other, both ways round."""
    for place in places.values():
        if len(place.within) > 1:
            for one, other in permutations(above[place.id], 2):
                if one not in above.get(other, ()) and other not in above.get(one, ()):
                    yield one, other


def sound_in(facts: Facts) -> Callable[[Claim], bool]:
    """Whether all that a claim refers to is there and sound."""

    def is_sound(claim: Claim) -> bool:
        places = (claim.provider, *claim.recipient)
        return (
            claim.source in facts.sources
            and claim.measure in facts.measures
            and claim.programme in facts.programmes
            and all(place in facts.places for place in places)
        )

    return is_sound
