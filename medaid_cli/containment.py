"""Where quantities reach, and whether one is inside another, or provably apart from it.

Neither means that they may overlap, and then they are never added. Every rule errs on that side.
"""

from medaid_cli.model import Adds, Days, Facts, Kind, Record, Side
from medaid_cli.quantities import Quantity
from medaid_cli.scopes import in_programme


class Extent(Record, frozen=True):
    """The reach of a quantity, or of the whole that is asked for.

    `open_list`: the printed list of recipients ends with "and others". `year`: of the start, None if not stated;
    `first` and `last`: the days between which all lies that it counts, as far as they are known. `side`: see
    `scopes.side`.
    """

    kind: Kind
    adds: Adds
    recipients: frozenset[str]
    open_list: bool
    provider: str
    programme: str
    side: Side
    year: int | None
    first: str
    last: str
    as_of: Days | None


LONG_AGO, FAR_OFF = "", "~"  # before and behind every day: of starts and ends that are not known


def extent(quantity: Quantity, facts: Facts) -> Extent:
    """The reach of all that is told of the quantity."""
    scope, told = quantity.scope, quantity.told[0]
    start = told.start if told.kind == "total" else None
    return Extent(  # by position, in the order of the record: a large store makes very many
        told.kind,
        facts.measures[scope.measure].adds,
        scope.recipients,
        scope.open_list,
        scope.provider,
        scope.programme,
        facts.sides[scope.programme],
        start.year if start else None,
        start.earliest if start else LONG_AGO,
        quantity.as_of.latest if quantity.as_of else FAR_OFF,
        quantity.as_of,
    )


def up_to(one: Extent, as_of: Days | None) -> Extent:
    """The same reach, only up to that day."""
    return one.replace(as_of=as_of, last=as_of.latest if as_of else FAR_OFF)


def inside(one: Extent, whole: Extent, facts: Facts) -> bool:
    """Whether all that the one counts is certainly counted by the whole too."""
    if one.open_list and facts.info.world not in whole.recipients:
        return False
    return (
        during(one, whole, facts)
        and in_programme(one.programme, whole.programme)
        and whole.provider in facts.above[one.provider]
        and (
            one.recipients == whole.recipients
            or all(not whole.recipients.isdisjoint(facts.above[place]) for place in one.recipients)
        )
    )


def during(one: Extent, whole: Extent, facts: Facts) -> bool:
    """Whether the one's time lies in the whole's. Starts compare by year, as they do in what makes a quantity."""
    if one.as_of is None or whole.as_of is None:
        return False
    if one.kind == "stock":
        return one.as_of == whole.as_of
    if whole.year is None or (one.as_of.latest > whole.as_of.earliest and one.as_of != whole.as_of):
        return False
    return whole.year <= (facts.info.epoch if one.year is None else one.year)


def apart(one: Extent, other: Extent, facts: Facts) -> bool:
    """Whether nothing can be counted by both: proved in one dimension.

    Distinct things can be the same ones in any year and programme, so only places tell them apart. Stocks of two days
    are no stock of any day, so they are never added.
    """
    if one.adds == "none":
        return False
    if one.kind == "stock" and (
        one.as_of is None or one.as_of != other.as_of or one.as_of.earliest != one.as_of.latest
    ):
        return False
    if one.adds == "distinct":
        return recipients_apart(one, other, facts)
    if one.kind == "total" and (one.last < other.first or other.last < one.first):
        return True
    if one.side != other.side and programmes_apart(one.side, other.side):
        return True
    return places_apart(one.provider, other.provider, facts) or recipients_apart(one, other, facts)


def recipients_apart(one: Extent, other: Extent, facts: Facts) -> bool:
    """Whether no place of one is a place of the other, above it or below; a list that goes on may hold any."""
    if one.open_list or other.open_list or one.recipients == other.recipients:
        return False
    return all(places_apart(a, b, facts) for a in one.recipients for b in other.recipients)


def places_apart(a: str, b: str, facts: Facts) -> bool:
    """Whether the places are on different branches, and no place is part of both."""
    return a != b and a not in facts.above[b] and b not in facts.above[a] and (a, b) not in facts.entangled


def programmes_apart(one: Side, other: Side) -> bool:
    """Whether one is inbound and the other not, or they lie in children that exclude each other."""
    return one[0] != other[0] or any(a and b and a != b for a, b in zip(one[1:], other[1:], strict=True))
