"""Totals that can be defended: bounds, what they rest on, what lies in what, and whether parts fit into wholes.

The low is the sum of the heaviest set of quantities that are pairwise apart; the high comes from a quantity that covers
all that is asked for. Nothing is pro-rated, and what may overlap is never added.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from operator import itemgetter

from medaid_cli import figures, periods
from medaid_cli.containment import FAR_OFF, LONG_AGO, Extent, extent, up_to
from medaid_cli.model import ANY, Days, Facts, Interval, Record
from medaid_cli.nesting import Nest, nest
from medaid_cli.packing import Item, heaviest
from medaid_cli.quantities import Quantity, Standing
from medaid_cli.query import Filter
from medaid_cli.scopes import in_programme, lineage

WORST_FIRST: tuple[Standing, ...] = ("conflict", "updated", "loose", "agree", "single")

# Of each country that claims name, the days up to which the naming texts speak; None where a text has no day.
Named = Mapping[str, Sequence[Days | None]]


class Check(Record, frozen=True):
    """Parts held against a whole. `ok` is false if they can't both be true; a strained whole is ok, and said."""

    text: str
    ok: bool


class Part(Record, frozen=True):
    """What one quantity adds: the low that it had reached by its day."""

    quantity: Quantity
    low: int
    as_of: Days | None


class Total(Record, frozen=True):
    """What can be said of all that is asked for.

    `bounds` is None if the claims contradict each other: then a check says how. `basis`: what was added up, or nothing
    if the low is the number of countries `named`. `as_of`: the day up to which it is known.
    """

    target: Extent
    bounds: Interval | None
    basis: tuple[Part, ...]
    named: tuple[str, ...]
    standing: Standing | None
    as_of: Days | None
    nests: tuple[Nest, ...]
    checks: tuple[Check, ...]


def target(found: Sequence[Quantity], wanted: Filter, facts: Facts, since: int | None = None) -> Extent:
    """The whole that is asked for: as far as the filter says, else the store's provider and the world.

    Its programme is the longest that all quantities share. It starts with the year asked for, the programme or the
    epoch, but never later than a quantity that counts; what is asked of one country starts with the earliest told, of
    anything there: one visit is not all that a country got since its first team.

    Args:
        found: the quantities.
        wanted: what is asked for.
        facts: the store.
        since: the year of the earliest told of the countries asked for, by any claim that counts (`first_years`).
    """
    first = found[0]
    programme = common_programme({one.scope.programme for one in found})
    told = [one.told[0].start.year for one in found if one.told[0].start]
    if wanted.country:
        start = min([*told, since] if since else told, default=None)
    else:
        start = min([max(wanted.since or 0, facts.info.epoch, began(programme, facts)), *told])
    return Extent(
        kind=first.told[0].kind,
        adds=facts.measures[first.scope.measure].adds,
        recipients=frozenset(wanted.country or wanted.region or (facts.info.world,)),
        open_list=False,
        provider=wanted.provider[0] if len(wanted.provider) == 1 else facts.info.provider,
        programme=programme,
        side=facts.sides.get(programme, ()),
        year=start,
        first=LONG_AGO if start is None else f"{start:04}-01-01",
        last=FAR_OFF,
        as_of=None,
    )


def began(programme: str, facts: Facts) -> int:
    """The year in which the programme, or the nearest above it that has a start, began; 0 if none has."""
    start = next((one.start for one in lineage(programme, facts) if one.start), None)
    return periods.parse_date(start).year if start else 0


def within(quantity: Quantity, wanted: Filter, facts: Facts) -> str | None:
    """Why the quantity is not wholly within what the filter asks for, or None: a printed list may name others too."""
    scope = quantity.scope
    asked = wanted.country or wanted.region
    if asked and scope.open_list:
        return "its list of recipients goes on"
    if asked and not all(any(place in facts.above[one] for place in asked) for one in scope.recipients):
        return "also of other recipients"
    if not wanted.provider and facts.info.provider not in facts.above[scope.provider]:
        return "by another provider"
    return None


def common_programme(programmes: set[str]) -> str:
    """The longest path that holds all of them."""
    if len(programmes) == 1:
        return next(iter(programmes))
    paths = [programme.split("/") for programme in programmes]
    ends = zip(min(paths), max(paths), strict=False)  # what the first and the last share, all between them share
    return "/".join(one for one, _ in takewhile(lambda parts: parts[0] == parts[1], ends)) or ANY


def steps(quantity: Quantity, until: Days | None = None) -> list[Part]:
    """The lows that the quantity had reached by each day, each larger than those before; up to a day, if one is given.

    A later figure makes a running total reach further in time, and so overlap with more; what it had reached before
    stays true. A stock is of its latest day only.
    """
    stock, as_of = quantity.told[0].kind == "stock", quantity.as_of
    if stock or len(quantity.told) == 1:
        assert quantity.interval is not None
        by_then = until is None or (as_of == until if stock else as_of is not None and as_of.latest <= until.latest)
        return [Part(quantity, quantity.interval.low, as_of)] if by_then else []
    found: list[Part] = []
    best, undated = -1, 0
    for told in quantity.told:
        assert told.interval is not None
        if told.as_of is None:
            undated = max(undated, told.interval.low)
        elif (until is None or told.as_of.latest <= until.latest) and told.interval.low > best:
            best = told.interval.low
            found.append(Part(quantity, best, told.as_of))
    if until is None and undated > best:
        found.append(Part(quantity, undated, None))
    return found


def heaviest_parts(
    found: Sequence[Quantity], reach: Sequence[Extent], facts: Facts, until: Days | None = None
) -> list[Part]:
    """What can be added up of the quantities, as told up to the day if one is given, by content.

    An earlier low of a quantity is worth a look only if something else starts after its day.
    """
    last_start = max([one.first for one in reach], default=LONG_AGO)
    parts: list[Part] = []
    items: list[Item] = []
    for one, place in zip(found, reach, strict=True):
        own = steps(one, until)
        for part in own:
            if part is own[-1] or (part.as_of and part.as_of.latest < last_start):
                until_then = place if part.as_of is place.as_of else up_to(place, part.as_of)
                items.append(Item(len(parts), part.low, until_then))
                parts.append(part)
    return [parts[item.order] for item in heaviest(items, facts)]


def weigh(parts: Iterable[Part]) -> int:
    """What the parts come to."""
    return sum([part.low for part in parts])


def total(
    found: Sequence[Quantity], whole: Extent, facts: Facts, named: Named | None = None, *, full: bool = True
) -> Total:
    """The total of quantities of one measure, all of which lie within the whole.

    Args:
        found: the quantities, sorted by content.
        whole: what is asked for.
        facts: the store.
        named: countries that claims name, where the measure counts countries: as many have certainly been reached.
        full: whether all nests and checks are wanted; those with parts, up to a contradiction, tell whether it stands.
    """
    reach = [extent(one, facts) for one in found]
    if len(found) == 1 and len(found[0].told) == 1 and not named:
        return lone_total(found[0], reach[0], whole, facts)
    nests = nest(found, reach, facts, full=full)
    checks = parts_against_wholes(nests, facts, full=full)
    if not all(check.ok for check in checks):
        return contradiction(whole, None, nests, checks)
    chosen = heaviest_parts(found, reach, facts)
    countries = tuple(sorted(named or ()))
    by_name = len(countries) > weigh(chosen)
    low = len(countries) if by_name else weigh(chosen)
    basis = tuple(chosen) or tuple(steps(found[0])[:1])  # nothing but "fewer than" gives a low of 0
    high, day, failed = upper_bound(found, reach, whole, chosen, low, facts, named or {})
    if failed:
        return contradiction(whole, day, nests, [failed, *checks])
    days = (
        [one for days in (named or {}).values() for one in days] if by_name else [part.quantity.as_of for part in basis]
    )
    return Total(
        target=whole,
        bounds=Interval(low, high),
        basis=() if by_name else basis,
        named=countries if by_name else (),
        standing="single" if by_name else worst(part.quantity.standing for part in basis),
        as_of=latest(days) if high is None else day,
        nests=nests,
        checks=tuple(checks),
    )


def worst(standings: Iterable[Standing]) -> Standing:
    """The worst of them."""
    different = set(standings)
    return different.pop() if len(different) == 1 else min(different, key=WORST_FIRST.index)


def lone_total(found: Quantity, reach: Extent, whole: Extent, facts: Facts) -> Total:
    """As `total`, of the one claim that there is: most of what is asked of one country."""
    assert found.interval is not None
    part = Part(found, found.interval.low, found.as_of)
    covering = covers(reach, whole, facts)
    high, day = smallest_high([found]) if covering else partition_high([found], whole, facts)
    if high is None or day is None:
        high = None
    return Total(
        target=whole,
        bounds=Interval(part.low, high),
        basis=(part,),
        named=(),
        standing=found.standing,
        as_of=latest([found.as_of]) if high is None else day,
        nests=(Nest(found, (), row=True),),
        checks=(),
    )


def parts_against_wholes(nests: Sequence[Nest], facts: Facts, *, full: bool) -> list[Check]:
    """The checks of all nests; unless all are wanted, of those that may fail, up to the first that does."""
    checks: list[Check] = []
    for one in nests if full else filter(may_exceed, nests):
        check = parts_fit(one, facts)
        if check:
            checks.append(check)
            if not (check.ok or full):
                break
    return checks


def contradiction(whole: Extent, day: Days | None, nests: tuple[Nest, ...], checks: Sequence[Check]) -> Total:
    """No total, since some of the claims can't be true."""
    return Total(whole, None, (), (), "conflict", day, nests, tuple(checks))


def latest(days: Iterable[Days | None]) -> Days | None:
    """The latest of the known days."""
    known = [one for one in days if one]
    return max(known, key=lambda one: (one.earliest, one.latest)) if len(known) > 1 else known[0] if known else None


def upper_bound(
    found: Sequence[Quantity],
    reach: Sequence[Extent],
    whole: Extent,
    chosen: Sequence[Part],
    low: int,
    facts: Facts,
    named: Named,
) -> tuple[int | None, Days | None, Check | None]:
    """The smallest high of the covering quantities with the latest day, valid up to that day, or the sum of partitions.

    `chosen`: the heaviest parts of all that is told. Returns the bound, or None; its day; and a check if what was told
    by then exceeds it.
    """
    covering = [one for one, each in zip(found, reach, strict=True) if covers(each, whole, facts)]
    high, day = smallest_high(covering) if covering else partition_high(found, whole, facts)
    if high is None or day is None:
        return None, day, None
    countries = sum(any(one and one.latest <= day.latest for one in days) for days in named.values())
    by_then = chosen if all_known_by(day, found) else heaviest_parts(found, reach, facts, day)
    reached = max(weigh(by_then), countries)
    if reached > high:
        text = f"told by {day.latest}: parts of {reached:,} in a whole of {figures.words(Interval(0, high))}"
        return None, day, Check(text, ok=False)
    return (high if reached >= low else None), day, None


def all_known_by(day: Days, found: Iterable[Quantity]) -> bool:
    """Whether nothing told of running totals is of a later day, or of none. A stock is of one day only."""
    return all(
        told.kind == "total" and told.as_of is not None and told.as_of.latest <= day.latest
        for one in found
        for told in one.told
    )


def smallest_high(covering: Sequence[Quantity]) -> tuple[int | None, Days | None]:
    """The smallest high among those with the latest day, and that day."""
    day = latest(one.as_of for one in covering)
    if day is None:
        return None, None
    newest = [one.interval for one in covering if one.interval and one.as_of and one.as_of.earliest == day.earliest]
    return min([bounds.high for bounds in newest if bounds.high is not None], default=None), day


def covers(one: Extent, whole: Extent, facts: Facts) -> bool:
    """Whether the quantity counts all that is asked for, up to its own day."""
    if one.kind == "total":
        if one.year is None:
            if whole.year is not None and whole.year > facts.info.epoch:
                return False
        elif whole.year is None or one.year > whole.year:
            return False
    return (
        not any(map(one.recipients.isdisjoint, map(facts.above.__getitem__, whole.recipients)))
        and one.provider in facts.above[whole.provider]
        and in_programme(whole.programme, one.programme)
    )


def partition_high(found: Sequence[Quantity], whole: Extent, facts: Facts) -> tuple[int | None, Days | None]:
    """The sum of the highs of a programme's exclusive children, if each of them has one; valid to the earliest day."""
    programme = facts.programmes.get(whole.programme)
    highs, days = [], []
    for child in programme.exclusive_children if programme else ():
        part = whole.replace(programme=child)
        high, day = smallest_high([one for one in found if covers(extent(one, facts), part, facts)])
        if high is None or day is None:
            return None, None
        highs.append(high)
        days.append(day)
    if not highs or (whole.kind == "stock" and len(set(days)) > 1):
        return None, None
    return sum(highs), min(days, key=lambda day: day.latest)


def largest_low(quantity: Quantity) -> int:
    """What the quantity had reached by its own day, also where its claims contradict each other."""
    if len(quantity.told) == 1 and quantity.interval:
        return quantity.interval.low
    return max(one.interval.low for one in quantity.told if one.interval)


def may_exceed(one: Nest) -> bool:
    """Whether the parts could come to more than their whole allows: not, if even all of them together don't."""
    whole = one.quantity.interval
    return whole is not None and whole.high is not None and sum(map(largest_low, one.parts)) > whole.high


def parts_fit(one: Nest, facts: Facts) -> Check | None:
    """Whether what lies in a quantity, told by its day, fits into what it allows, and into what it suggests.

    Most parts fit even if all of them were added, so only where they don't is the heaviest set of them looked for. That
    parts fit is said of rows only.
    """
    whole = one.quantity
    if not one.parts or whole.interval is None or whole.as_of is None:
        return None
    lows = [largest_low(part) for part in one.parts]  # all of it known by the whole's day, or they would not be inside
    parts = sum(lows)
    newest = [
        (told.likely.high, told.interval)
        for told in whole.told
        if told.interval and told.likely and told.likely.high and told.as_of == whole.as_of
    ]
    suggested, printed = min(newest, key=itemgetter(0), default=(None, None))
    limit = min([high for high in (suggested, whole.interval.high) if high is not None], default=None)
    if limit is None or parts <= limit:
        if not (one.row and parts):
            return None
        text = f"told by {whole.as_of.latest}: parts of at most {parts:,} in a whole of {figures.words(whole.interval)}"
        return Check(text, ok=True)
    parts = max(lows)
    if whole.interval.high is None or parts <= whole.interval.high:  # no single part is too large: but all that add up?
        reach = [extent(part, facts) for part in one.parts]
        parts = weigh(heaviest_parts(one.parts, reach, facts, whole.as_of))
    said = f"told by {whole.as_of.latest}: parts of {parts:,} in a whole of {figures.words(whole.interval)}"
    if whole.interval.high is not None and parts > whole.interval.high:
        return Check(said, ok=False)
    if printed and suggested and parts > suggested:
        what = "it" if printed.low == whole.interval.low else figures.words(printed)
        return Check(f"{said}, more than {what} suggests", ok=True)
    return Check(said, ok=True)
