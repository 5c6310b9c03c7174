"""Which quantities lie inside which: rows that are inside no other, and the parts of each.

Comparing all with all would take the square of their number. So quantities are kept by place, provider and programme,
and one only looks where a whole for it could be: the places above its own, the providers above its own, the programmes
above its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product

from medaid_cli.containment import Extent, during, inside
from medaid_cli.model import ANY, INBOUND, Facts, Record
from medaid_cli.quantities import Quantity
from medaid_cli.scopes import in_programme

# The quantities by one of their recipients, then provider, then programme.
Spots = dict[tuple[str, str, str], list[int]]


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
    parts: dict[int, list[int]] = {}
    rows = set(range(len(found)))
    for whole, at in holding(reach, facts):
        if first_holds(whole, at, reach, facts):
            parts.setdefault(whole, []).append(at)
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
    """Each quantity that holds another, with that one."""
    if len(reach) <= FEW:
        for b, whole in enumerate(reach):
            if whole.as_of and (whole.kind == "stock" or whole.year is not None):  # else it holds nothing
                for a, one in enumerate(reach):
                    if a != b and inside(one, whole, facts):
                        yield b, a
        return
    spots, upper = by_spot(range(len(reach)), reach), uppers(reach, facts)
    for at in range(len(reach)):
        yield from ((whole, at) for whole in dict.fromkeys(wholes(at, reach, spots, upper, facts)))


def by_spot(which: Iterable[int], reach: Sequence[Extent]) -> Spots:
    """The quantities under each of their recipients, with provider and programme; the longest-reaching first."""
    spots: Spots = {}
    for at in sorted(which, key=lambda at: (start_of(reach[at]), at)):
        one = reach[at]
        for place in one.recipients:
            spots.setdefault((place, one.provider, one.programme), []).append(at)
    return spots


def start_of(one: Extent) -> int:
    """For sorting: starts that are not stated come last, they hold nothing. Stocks have none."""
    if one.kind == "stock":
        return 0
    return NEVER if one.year is None else one.year


def uppers(reach: Sequence[Extent], facts: Facts) -> dict[str, list[str]]:
    """For each place that is a recipient or provider, those above it that are too, and itself."""
    places = {place for one in reach for place in (one.provider, *one.recipients)}
    return {place: [upper for upper in facts.above[place] if upper in places] for place in places}


def wholes(at: int, reach: Sequence[Extent], spots: Spots, upper: dict[str, list[str]], facts: Facts) -> Iterator[int]:
    """The quantities that hold this one, some perhaps twice: each holds the first of its recipients.

    For a single recipient that settles place, provider and programme, and only time is left to ask for.
    """
    one = reach[at]
    inside_spot = during if len(one.recipients) == 1 and not one.open_list else inside
    latest_start = facts.info.epoch if one.year is None else one.year
    paths = programmes_above(one.programme)
    for place, provider, path in product(upper[min(one.recipients)], upper[one.provider], paths):
        for other in spots.get((place, provider, path), ()):
            if latest_start < start_of(reach[other]):
                break  # they come by start: the rest starts too late to hold this one
            if other != at and inside_spot(one, reach[other], facts):
                yield other


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
