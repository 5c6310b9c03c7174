"""Whether what records refer to is there, whether places lie within themselves, and values go with their measure."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Any

from medaid_cli.model import Claim, Facts, Place, Problem, Programme, Record
from medaid_cli.records import nearest

MOST_COMPARED = 1000  # ids: each that is missing would be compared with all of them


class Known(Record, frozen=True):
    """The ids that a store has, also those of records that something is wrong with: of that it is told where it is."""

    claims: AbstractSet[str]
    sources: AbstractSet[str]
    measures: AbstractSet[str]
    programmes: AbstractSet[str]
    places: AbstractSet[str]

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> "Known":
        """What the tables hold."""
        return cls(
            *(frozenset(filter(is_text, (one.get("id") for one in tables[t].values()))) for t in cls.__struct_fields__)
        )

    @classmethod
    def in_facts(cls, facts: Facts) -> "Known":
        """What a store holds of which every record was read."""
        claims = {claim.id for claim in facts.claims}
        return cls(claims, *(getattr(facts, table).keys() for table in cls.__struct_fields__[1:]))


def is_text(id: Any) -> bool:
    """Whether it can be an id at all."""
    return isinstance(id, str)


def record_problems(record: Any, facts: Facts, known: Known) -> Iterator[Problem]:
    """What one record refers to; sources and measures refer to nothing that must be there."""
    if isinstance(record, Claim):
        yield from claim_problems(record, facts, known)
    elif isinstance(record, Programme):
        yield from programme_problems(record, known)
    elif isinstance(record, Place):
        yield from place_problems(record, facts, known)


def reference_problems(facts: Facts, known: Known) -> Iterator[Problem]:
    """Ids that point nowhere, places within themselves, and values that don't go with their measure."""
    for key, given in (("provider", facts.info.provider), ("world", facts.info.world)):
        if given not in known.places:
            yield unknown("table 'store'", key, given, known.places)
    claims = () if all_refer_well(facts, known) else facts.claims
    places = () if all_lie_well(facts) else facts.places.values()
    for record in (*claims, *facts.programmes.values(), *places):
        yield from record_problems(record, facts, known)


def all_lie_well(facts: Facts) -> bool:
    """Whether no place can have a problem: each lies within known ones that come before it, and so not in itself."""
    seen: set[str] = set()
    for place in facts.places.values():
        if not seen.issuperset(place.parents):
            return False
        seen.add(place.id)
    return True


def all_refer_well(facts: Facts, known: Known) -> bool:
    """Whether no claim can have a problem: looked at together, since claims have much in common."""
    claims = facts.claims
    numbered = {claim.measure for claim in claims if claim.value is not None and claim.hedge is not None}
    bare = {claim.measure for claim in claims if claim.value is None and claim.hedge is None}
    return (
        known.sources >= set(map(attrgetter("source"), claims))
        and known.programmes >= set(map(attrgetter("programme"), claims))
        and known.claims >= set(map(attrgetter("replaces"), claims)) - {None}
        and known.places >= set(map(attrgetter("provider"), claims)).union(*set(map(attrgetter("recipient"), claims)))
        and not any((claim.value is None) != (claim.hedge is None) for claim in claims)
        and numbered | bare <= facts.measures.keys()
        and all(facts.measures[measure].kind in ("total", "stock") for measure in numbered)
        and all(facts.measures[measure].kind in ("event", "note") for measure in bare)
    )


def claim_problems(claim: Claim, facts: Facts, known: Known) -> Iterator[Problem]:
    """What one claim refers to, and whether its value goes with its measure.

    Places that the store itself names are told of the store, and not again of each claim that has them by default.
    """
    label = f"claim {claim.id}"
    defaults = (facts.info.provider, facts.info.world)
    for field, given, table in (
        ("source", claim.source, known.sources),
        ("measure", claim.measure, known.measures),
        ("programme", claim.programme, known.programmes),
        *(("provider", place, known.places) for place in (claim.provider,) if place not in defaults),
        *(("recipient", place, known.places) for place in claim.recipient if place not in defaults),
        ("replaces", claim.replaces, known.claims),
    ):
        if given is not None and given not in table:
            yield unknown(label, field, given, table)
    if claim.measure in facts.measures and claim.source in facts.sources:  # else value and hedge can't have been read
        yield from value_problems(claim, label, facts)


def value_problems(claim: Claim, label: str, facts: Facts) -> Iterator[Problem]:
    """Whether value, hedge and measure go together."""
    kind = facts.measures[claim.measure].kind
    if (claim.value is None) != (claim.hedge is None):
        message = "has a value without hedge, or a hedge without value"
        yield Problem("value-hedge", label, message, "give both or neither")
    if kind in ("total", "stock") and claim.value is None:
        remedy = "give value and hedge, or another measure"
        yield Problem("no-value", label, f"has no value, and {claim.measure!r} counts", remedy)
    if kind in ("event", "note") and claim.value is not None:
        yield Problem("value-unused", label, f"has a value, and {claim.measure!r} is no number", "use null")


def programme_problems(programme: Programme, known: Known) -> Iterator[Problem]:
    """What one programme refers to."""
    label = f"programme {programme.id}"
    for field, given, table in (
        ("place", programme.place, known.places),
        ("start_event", programme.start_event, known.measures),
        *(("exclusive_children", child, known.programmes) for child in programme.exclusive_children),
    ):
        if given is not None and given not in table:
            yield unknown(label, field, given, table)


def place_problems(place: Place, facts: Facts, known: Known) -> Iterator[Problem]:
    """What one place lies within."""
    label = f"place {place.id}"
    for parent in place.parents:
        if parent not in known.places:
            yield unknown(label, "within", parent, known.places)
        if place.id in facts.above.get(parent, ()):
            yield Problem("place-loop", label, f"is within itself, through {parent!r}", "mend `within`")


def unknown(label: str, field: str, given: str, known: AbstractSet[str]) -> Problem:
    """A reference to something that is not in the store, with what it may be if that is quick to tell."""
    hint = nearest(given, sorted(known)) if len(known) <= MOST_COMPARED else []
    remedy = f"did you mean {' or '.join(repr(word) for word in hint)}?" if hint else "add it, or mend the reference"
    return Problem("unknown-id", label, f"{field} {given!r} is not in the store", remedy)
