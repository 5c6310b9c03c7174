"""Which quantities lie inside which: rows that are inside no other, and the parts of each.

Comparing all with all would take the square of their number. So quantities are kept by place, provider and programme,
and one only looks where a whole for it could be: the places above its own, the providers above its own, the programmes
above its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from medaid_cli.containment import Extent, during, inside
from medaid_cli.model import ANY, INBOUND, Facts
from medaid_cli.quantities import Quantity
from medaid_cli.scopes import in_programme

# The quantities by one of their recipients, then provider, then programme.
Spots = dict[str, dict[str, dict[str, list[int]]]]


UNSTATED = "9999"  # a start that comes behind all others


class Nest(NamedTuple):
    """A quantity that is inside no other, and those inside it."""

    quantity: Quantity
    parts: tuple[Quantity, ...]


def nest(found: Sequence[Quantity], reach: Sequence[Extent], facts: Facts) -> tuple[Nest, ...]:
    """The rows by start, then size; under each its parts likewise."""
    spots = by_spot(range(len(found)), reach)
    rows = [
        at
        for at in range(len(found))
        if not any(holds(other, at, reach, facts) for other in candidates(at, reach, spots, facts))
    ]
    row_spots = by_spot(rows, reach)
    parts: dict[int, list[int]] = {at: [] for at in rows}
    for at in set(range(len(found))) - set(rows):
        for row in dict.fromkeys(candidates(at, reach, row_spots, facts)):
            if found_inside(reach[at], reach[row], facts):
                parts[row].append(at)

    def by_size(at: int) -> tuple[str, int, int]:
        start, bounds = reach[at].start, found[at].interval
        return start.earliest if start else "9999", -(bounds.low if bounds else 0), at

    return tuple(
        Nest(found[at], tuple(found[part] for part in sorted(parts[at], key=by_size)))
        for at in sorted(rows, key=by_size)
    )


def by_spot(which: Iterable[int], reach: Sequence[Extent]) -> Spots:
    """The quantities under each of their recipients, with provider and programme; the longest-reaching first."""
    spots: Spots = {}
    for at in sorted(which, key=lambda at: (start_of(reach[at]), at)):
        one = reach[at]
        for place in one.recipients:
            spots.setdefault(place, {}).setdefault(one.provider, {}).setdefault(one.programme, []).append(at)
    return spots


def start_of(one: Extent) -> str:
    """For sorting: starts that are not stated come last, they hold nothing."""
    return f"{one.start.year:04}" if one.start else UNSTATED


def candidates(at: int, reach: Sequence[Extent], spots: Spots, facts: Facts) -> Iterator[int]:
    """The quantities that could hold this one: whatever holds it holds the first of its recipients."""
    one = reach[at]
    paths = programmes_above(one.programme)
    latest_start = f"{one.start.year if one.start else facts.info.epoch:04}"
    for place in facts.above[min(one.recipients)]:
        providers = spots.get(place)
        if not providers:
            continue
        for provider in facts.above[one.provider]:
            programmes = providers.get(provider, {})
            for path in paths if programmes else ():
                for other in programmes.get(path, ()):
                    if latest_start < start_of(reach[other]):
                        break  # they come by start: the rest starts too late to hold this one
                    if other != at:
                        yield other


def programmes_above(programme: str) -> list[str]:
    """The programme and all that hold it."""
    parts = programme.split("/")
    paths = ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return paths if programme == ANY or in_programme(programme, INBOUND) else [*paths, ANY]


def holds(other: int, at: int, reach: Sequence[Extent], facts: Facts) -> bool:
    """Whether the other quantity holds this one; of two that hold each other, the first by content holds."""
    if not found_inside(reach[at], reach[other], facts):
        return False
    return other < at or not inside(reach[other], reach[at], facts)


def found_inside(one: Extent, whole: Extent, facts: Facts) -> bool:
    """As `inside`, for a candidate: of a single recipient, place, provider and programme are known to be inside."""
    if len(one.recipients) == 1 and not one.open_list:
        return during(one, whole, facts)
    return inside(one, whole, facts)
