"""Where quantities reach, and whether one is inside another, or provably apart from it.

Neither means that they may overlap, and then they are never added. Every rule errs on that side.
"""

from typing import NamedTuple

from medaid_cli import periods
from medaid_cli.model import INBOUND, Adds, Days, Facts, Kind
from medaid_cli.quantities import Quantity
from medaid_cli.scopes import in_programme

FOREVER = Days("9999", "9999-12-31", "9999-12-31")


class Extent(NamedTuple):
    """The reach of a quantity, or of the whole that is asked for.

    `open_list`: the printed list of recipients ends with "and others". `as_of`: the last day that it reaches to.
    """

    kind: Kind
    adds: Adds
    recipients: frozenset[str]
    open_list: bool
    provider: str
    programme: str
    start: Days | None
    as_of: Days | None


def extent(quantity: Quantity, facts: Facts) -> Extent:
    """The reach of all that is told of the quantity."""
    scope, told = quantity.key, quantity.told[0]
    return Extent(
        kind=told.kind,
        adds=facts.measures[scope.measure].adds,
        recipients=scope.recipients,
        open_list=scope.open_list,
        provider=scope.provider,
        programme=scope.programme,
        start=told.start if told.kind == "total" else None,
        as_of=quantity.as_of,
    )


def inside(one: Extent, whole: Extent, facts: Facts) -> bool:
    """Whether all that the one counts is certainly counted by the whole too."""
    if one.open_list and facts.info.world not in whole.recipients:
        return False
    return (
        all(not whole.recipients.isdisjoint(facts.above[place]) for place in one.recipients)
        and whole.provider in facts.above[one.provider]
        and in_programme(one.programme, whole.programme)
        and during(one, whole, facts)
    )


def during(one: Extent, whole: Extent, facts: Facts) -> bool:
    """Whether the one's time lies in the whole's. Starts compare by year, as they do in what makes a quantity."""
    if whole.as_of is not FOREVER:
        if one.as_of is None or whole.as_of is None:
            return False
        if one.as_of != whole.as_of and (one.kind == "stock" or one.as_of.latest > whole.as_of.earliest):
            return False
    if one.kind == "stock":
        return True
    if whole.start is None:
        return False
    return whole.start.year <= (facts.info.epoch if one.start is None else one.start.year)


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
    return (
        (one.kind == "total" and times_apart(one, other))
        or places_apart(one.provider, other.provider, facts)
        or recipients_apart(one, other, facts)
        or programmes_apart(one.programme, other.programme, facts)
    )


def recipients_apart(one: Extent, other: Extent, facts: Facts) -> bool:
    """Whether no place of one is a place of the other, above it or below; a list that goes on may hold any."""
    if one.open_list or other.open_list or one.recipients == other.recipients:
        return False
    return all(places_apart(a, b, facts) for a in one.recipients for b in other.recipients)


def places_apart(a: str, b: str, facts: Facts) -> bool:
    """Whether the places are on different branches, and no place is part of both."""
    return a != b and a not in facts.above[b] and b not in facts.above[a] and (a, b) not in facts.entangled


def programmes_apart(a: str, b: str, facts: Facts) -> bool:
    """Whether one is inbound and the other not, or they lie in children that exclude each other."""
    if a == b:
        return False
    if in_programme(a, INBOUND) != in_programme(b, INBOUND):
        return True
    for children in facts.partitions:
        one, other = child_of(a, children), child_of(b, children)
        if one and other and one != other:
            return True
    return False


def child_of(programme: str, children: tuple[str, ...]) -> str | None:
    """Which of the children the programme lies in."""
    return next((child for child in children if in_programme(programme, child)), None)


def times_apart(one: Extent, other: Extent) -> bool:
    """Whether one ends before the other starts, both days known."""
    return periods.certainly_before(one.as_of, other.start) or periods.certainly_before(other.as_of, one.start)
