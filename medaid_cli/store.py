"""Finding the store, and loading it into Facts: whole and checked, or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import permutations
from operator import attrgetter
from pathlib import Path
from typing import Any

from medaid_cli import reading
from medaid_cli.content import Tables, read_bytes, read_content, read_file
from medaid_cli.errors import StoreError
from medaid_cli.model import Claim, Days, Facts, Place, Problem, Programme, StoreInfo
from medaid_cli.periods import parse_date
from medaid_cli.reading import Whole
from medaid_cli.records import TABLES, Document, complete_claim, nearest, read_document
from medaid_cli.references import Known, reference_problems
from medaid_cli.scopes import side

FORMAT = 1

Documents = Mapping[str, Document]


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
    content = read_bytes(where)
    whole = reading.from_bytes(content)
    facts = facts_at_once(where, whole) if whole else None
    return facts or sound(where, read_content(where, content))


def read(path: Path) -> tuple[Facts | None, list[Problem]]:
    """The facts, if nothing is wrong with them, and everything that is.

    Raises:
        StoreError: if the file holds no tables at all.
    """
    facts, problems = examine(path, read_file(path))
    return (None if problems else facts), problems


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
    whole = reading.from_tables(tables)
    facts = facts_at_once(path, whole) if whole else None
    if facts:
        return facts, []
    records = {name: read_table(name, tables[name], problems) for name in TABLES if name not in ("store", "claims")}
    info = read_info(tables, problems)
    if info is None:
        return None, problems
    claims = read_table("claims", complete_claims(tables["claims"], records, info, problems), problems)
    facts = facts_of(path, info, {**records, "claims": claims})
    problems += reference_problems(facts, Known.of(tables) if problems else Known.in_facts(facts))
    return (facts.replace(claims=tuple(filter(sound_in(facts), facts.claims))) if problems else facts), problems


def facts_at_once(path: Path, whole: Whole) -> Facts | None:
    """The facts of a store of which every record could be read; None if anything is wrong between the records."""
    records = {table: by_id(getattr(whole, table).values()) for table in TABLES if table != "store"}
    complete = all(len(found) == len(getattr(whole, table)) for table, found in records.items())
    infos = list(whole.store.values())
    if not complete or len(infos) != 1 or infos[0].format > FORMAT:
        return None
    facts = facts_of(path, infos[0], records)
    return None if any(reference_problems(facts, Known.in_facts(facts))) else facts


def by_id(records: Iterable[Any]) -> dict[str, Any]:
    """Records by their id; of several with one, the last."""
    return {record.id: record for record in records}


def facts_of(path: Path, info: StoreInfo, records: Mapping[str, dict[str, Any]]) -> Facts:
    """The facts, with what follows from the records."""
    places, programmes, claims = records["places"], records["programmes"], tuple(records["claims"].values())
    above = ancestors(places)
    partitions = [one.exclusive_children for one in programmes.values() if one.exclusive_children]
    return Facts(
        path=str(path),
        info=info,
        claims=claims,
        sources=records["sources"],
        measures=records["measures"],
        programmes=programmes,
        places=places,
        above=above,
        entangled=frozenset(entangled(places, above)),
        sides={programme: side(programme, partitions) for programme in programmes},
        ends={programme: end_of(programme, programmes) for programme in programmes},
        replaced=frozenset(filter(None, map(attrgetter("replaces"), claims))),
    )


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


def complete_claims(
    documents: Documents, records: Mapping[str, Any], info: StoreInfo, problems: list[Problem]
) -> Documents:
    """The claims with the defaults that are read from their quotes; those of which they can't be read are told."""
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


def read_table(table: str, documents: Documents, problems: list[Problem]) -> dict[str, Any]:
    """The records of a table by id, read document by document; what is wrong with any is told."""
    found = []
    for number, document in documents.items():
        record, wrong = read_document(table, number, document)
        problems += wrong
        found += [record] if record else []
    records = by_id(found)
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
        parents = place.parents
        if all(parent in above for parent in parents):  # as in most stores: what holds others comes first
            above[id] = frozenset((id,)).union(*[above[parent] for parent in parents])
            continue
        found, waiting = {id}, [id]
        while waiting:
            upper = places.get(waiting.pop())
            new = [parent for parent in upper.parents if parent not in found] if upper else []
            found.update(new)
            waiting += new
        above[id] = frozenset(found)
    return above


def end_of(programme: str, programmes: Mapping[str, Programme]) -> Days | None:
    """When the programme ended, or the first to end of those above it."""
    parts = programme.split("/")
    above = (programmes.get("/".join(parts[:length])) for length in range(1, len(parts) + 1))
    ends = [parse_date(one.end) for one in above if one and one.end]
    return min(ends, key=lambda days: (days.latest, days.earliest), default=None)


def entangled(places: Mapping[str, Place], above: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of places that share a part without one being in the other, both ways round."""
    for place in places.values():
        if len(place.parents) > 1:
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
