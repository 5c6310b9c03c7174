"""Which quantities lie inside which: rows that are inside no other, and the parts of each.

Comparing all with all would take the square of their number. So quantities are kept by place, provider and programme,
and one only looks where a whole for it could be: the places above its own, the providers above its own, the programmes
above its own.
"""

from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import product

from medaid_cli.containment import Extent, during, inside
from medaid_cli.model import ANY, INBOUND, Facts, Record
from medaid_cli.quantities import Quantity
from medaid_cli.scopes import in_programme

# By one of their recipients and the provider, then by programme: the quantities.
Spots = dict[tuple[str, str], dict[str, list[int]]]

UNSTATED, NEVER = "9999", 9999  # starts that come behind all others
FEW = 8  # quantities that are compared with each other sooner than kept by place


class Nest(Record, frozen=True):
    """A quantity, and all that is inside it. `row`: it is inside no other itself."""

    quantity: Quantity
    parts: tuple[Quantity, ...]
    row: bool


def nest(found: Sequence[Quantity], reach: Sequence[Extent], facts: Facts, *, full: bool = True) -> tuple[Nest, ...]:
    """The rows, and all others that have parts, by start, then size; the parts of each likewise.

    Not `full`: only what has parts.
    """
    parts: dict[int, set[int]] = {}
    rows = set(range(len(found)))
    for whole, at in holding(reach, facts):
        if first_holds(whole, at, reach, facts):
            parts.setdefault(whole, set()).add(at)
            rows.discard(at)

    if not (parts or full):
        return ()

    def by_size(at: int) -> tuple[str, int, int]:
        bounds = found[at].interval
        return reach[at].first or UNSTATED, -(bounds.low if bounds else 0), at

    return tuple(
        Nest(found[at], tuple(found[part] for part in sorted(parts.get(at, ()), key=by_size)), at in rows)
        for at in sorted(rows | parts.keys() if full else parts, key=by_size)
    )


def holding(reach: Sequence[Extent], facts: Facts) -> Iterator[tuple[int, int]]:
    """Each quantity that holds another, with that one; some perhaps twice."""
    return among_few(reach, facts) if len(reach) <= FEW else by_place(reach, facts)


def among_few(reach: Sequence[Extent], facts: Facts) -> Iterator[tuple[int, int]]:
    """The same, by comparing all with all."""
    for whole, other in enumerate(reach):
        if other.as_of and (other.kind == "stock" or other.year is not None):  # else it holds nothing
            yield from ((whole, at) for at, one in enumerate(reach) if at != whole and inside(one, other, facts))


def by_place(reach: Sequence[Extent], facts: Facts) -> Iterator[tuple[int, int]]:
    """The same, by looking above each spot: what holds several recipients holds the first of them."""
    starts = [start_of(one) for one in reach]
    spots = spread(reach, starts)
    recipients = uppers({place for one in reach for place in one.recipients}, facts)
    providers = uppers({one.provider for one in reach}, facts)
    for (place, provider), spot in spots.items():
        above = [spots[pair] for pair in product(recipients[place], providers[provider]) if pair in spots]
        for programme, members in spot.items():
            paths = programmes_above(programme)
            near = [higher[path] for higher in above for path in paths if path in higher]
            for at in members:
                if place == min(reach[at].recipients):
                    for whole in wholes(at, reach, starts, near, facts):
                        yield whole, at


def spread(reach: Sequence[Extent], starts: Sequence[int]) -> Spots:
    """The quantities under each of their recipients, with provider and programme; the longest-reaching first."""
    spots: Spots = {}
    for at in sorted(range(len(reach)), key=starts.__getitem__):
        one = reach[at]
        for place in one.recipients:
            spots.setdefault((place, one.provider), {}).setdefault(one.programme, []).append(at)
    return spots


def start_of(one: Extent) -> int:
    """For sorting: starts that are not stated come last, they hold nothing. Stocks have none."""
    if one.kind == "stock":
        return 0
    return NEVER if one.year is None else one.year


def uppers(places: Set[str], facts: Facts) -> dict[str, list[str]]:
    """For each of the places, those of them that are above it, and itself."""
    return {place: [upper for upper in facts.above[place] if upper in places] for place in places}


def wholes(
    at: int, reach: Sequence[Extent], starts: Sequence[int], near: Sequence[Sequence[int]], facts: Facts
) -> list[int]:
    """Of the quantities above a recipient of this one, those that hold it; some perhaps twice.

    For a single recipient place, provider and programme are settled, and only time is left to ask for.
    """
    one = reach[at]
    inside_spot = during if len(one.recipients) == 1 and not one.open_list else inside
    latest_start = facts.info.epoch if one.year is None else one.year
    found = []
    for spot in near:
        for other in spot:
            if latest_start < starts[other]:
                break  # they come by start: the rest starts too late to hold this one
            if other != at and inside_spot(one, reach[other], facts):
                found.append(other)
    return found


@cache
def programmes_above(programme: str) -> list[str]:
    """The programme and all that hold it."""
    parts = programme.split("/")
    paths = ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return paths if programme == ANY or in_programme(programme, INBOUND) else [*paths, ANY]


def first_holds(other: int, at: int, reach: Sequence[Extent], facts: Facts) -> bool:
    """Whether the other, which holds this one, is to be kept: of two that hold each other, the first by content is."""
    one, whole = reach[at], reach[other]
    if other < at or one.provider != whole.provider or one.programme != whole.programme:
        return True
    return not inside(whole, one, facts)
