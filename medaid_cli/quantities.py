"""Quantities: all claims on one scope, what they say together, and how well they agree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from medaid_cli import figures, periods
from medaid_cli.model import Days, Facts, Interval, Record
from medaid_cli.scopes import Scope, Told, scope_of

Relation = Literal["agree", "loose", "updated", "conflict"]
Standing = Literal["single", "agree", "loose", "updated", "conflict"]

FAR = 10**18  # above every number that a store may hold


class Quantity(Record, frozen=True):
    """Computed, never stored. `told` is in the order of as-of day, then id; `days` only for events."""

    scope: Scope
    told: tuple[Told, ...]
    interval: Interval | None
    days: Days | None
    standing: Standing
    as_of: Days | None
    sources: int
    origins: frozenset[str]

    @property
    def claims(self) -> list[str]:
        """The ids of the claims, by as-of day."""
        return [told.claim.id for told in self.told]


def quantities(all_told: Iterable[Told], facts: Facts) -> list[Quantity]:
    """The quantities that the claims tell of; notes are of none. Sorted by content, whatever the order of entry."""
    groups: dict[Scope, list[Told]] = defaultdict(list)
    for told in all_told:
        if told.kind != "note":
            groups[scope_of(told, facts)].append(told)
    return [quantity(scope, group, facts) for scope, group in sorted(groups.items(), key=by_content)]


def by_content(one: tuple[Scope, object]) -> str:
    """For sorting, quicker than by a tuple: what sets do not tell, as they have no order, their sorted members do.

    What stands between them comes before all other characters, and is in no id that anyone types.
    """
    scope = one[0]
    recipients = scope.recipients if len(scope.recipients) == 1 else sorted(scope.recipients)
    goes_on = "1" if scope.open_list else ""
    return "\0".join((scope.measure, scope.start, scope.provider, *recipients, "", scope.programme, scope.end, goes_on))


def quantity(scope: Scope, group: Sequence[Told], facts: Facts) -> Quantity:
    """One quantity from all claims on its scope."""
    if len(group) == 1:
        return lone(scope, group[0], facts)
    told = sorted(group, key=in_time)
    sources = {one.claim.source for one in told}
    bounds, days = None, None
    if told[0].kind == "event":
        days, clash = common_days([one.start for one in told])
    else:
        bounds, clash = combined(told)
    return Quantity(
        scope=scope,
        told=tuple(told),
        interval=bounds,
        days=days,
        standing=standing(told, clash=clash, sources=len(sources)),
        as_of=told[-1].as_of,
        sources=len(sources),
        origins=frozenset(origin(source, facts) for source in sources),
    )


def lone(scope: Scope, told: Told, facts: Facts) -> Quantity:
    """A quantity of one claim, as most are in a large store: it says what the claim says."""
    days = common_days([told.start])[0] if told.kind == "event" else None
    origins = frozenset((origin(told.claim.source, facts),))
    return Quantity(scope, (told,), told.interval, days, "single", told.as_of, 1, origins)


def in_time(told: Told) -> tuple[str, str, str]:
    """For sorting: by `moment`, then id."""
    as_of = told.as_of
    return (as_of.earliest, as_of.latest, told.claim.id) if as_of else ("", "", told.claim.id)


def moment(told: Told) -> tuple[str, str]:
    """The as-of day for sorting; unknown days come first, so they never pass for the latest."""
    return (told.as_of.earliest, told.as_of.latest) if told.as_of else ("", "")


def origin(source: str, facts: Facts) -> str:
    """Where the text comes from: up the chain of reprints to a source, or to the agency that it names."""
    if not facts.sources[source].derived_from:
        return source
    seen = set()
    while source in facts.sources and source not in seen:
        seen.add(source)
        source = facts.sources[source].derived_from or source
    return source


def combined(told: Sequence[Told]) -> tuple[Interval | None, bool]:
    """What the claims allow together, and whether they contradict each other outright.

    Running totals never fall: the largest low of all claims holds. An upper bound holds only up to its own day, so only
    the claims with the latest day give one. A stock has both from the latest day. `told` is sorted by day.
    """
    if len({one.interval for one in told}) == 1:
        return told[0].interval, False
    latest = moment(told[-1])[0]
    newest = [one for one in told if moment(one)[0] == latest]
    lows = newest if told[0].kind == "stock" else told
    # Among equals the wider one, so that the hull does not depend on the order of entry.
    floor = max(
        (one.interval for one in lows if one.interval),
        key=lambda bounds: (bounds.low, bounds.high is None, bounds.high or 0),
    )
    roofs = [one.interval for one in newest if one.interval and one.interval.high is not None]
    roof = min(roofs, key=lambda bounds: (bounds.high or 0, bounds.low), default=None)
    if roof is None or roof.high is None:
        return Interval(floor.low, None), False
    if floor.low <= roof.high:
        return Interval(floor.low, roof.high), False
    return Interval(roof.low, None if floor.high is None else max(floor.high, roof.high)), True


def common_days(dates: Iterable[Days | None]) -> tuple[Days | None, bool]:
    """The days that all dates allow; where there are none, all the days that any of them allows, and True."""
    known = [days for days in dates if days]
    if not known:
        return None, False
    first, last = max(days.earliest for days in known), min(days.latest for days in known)
    clash = first > last
    if clash:
        first, last = min(days.earliest for days in known), max(days.latest for days in known)
    return periods.days(first[:4], first, last), clash


def relation(a: Told, b: Told) -> Relation:
    """How two claims on one quantity stand to each other, whichever comes first."""
    if a.kind == "event":
        one, other = a.start, b.start
        return "agree" if one is None or other is None or periods.meet(one, other) else "conflict"
    if a.likely is None or b.likely is None or a.interval is None or b.interval is None:
        return "agree"
    if figures.meet(a.likely, b.likely):
        return "agree"
    if figures.meet(a.interval, b.interval):
        return "loose"
    return "updated" if updates(a, b) or updates(b, a) else "conflict"


def updates(old: Told, new: Told) -> bool:
    """Whether the new claim is a later state of the old one: certainly later, and a stock, or wholly above it."""
    if not periods.certainly_before(old.as_of, new.as_of):
        return False
    if old.kind == "stock":
        return True
    if old.end is not None or old.interval is None or new.interval is None:
        return False  # a closed period is over: its figure can be corrected, not go on
    return old.interval.high is not None and new.interval.low > old.interval.high


def standing(told: Sequence[Told], *, clash: bool, sources: int) -> Standing:
    """The worst relation of any two claims; one source is `single` unless its own figures conflict."""
    worst = worst_relation(told)
    if clash or worst == "conflict":
        return "conflict"
    return "single" if sources == 1 else worst


def worst_relation(told: Sequence[Told]) -> Relation:
    """The worst `relation` of any two of the claims, without comparing all with all.

    Intervals on a line all meet if the largest low is not above the smallest high, so only where that fails does the
    order of days matter.
    """
    if told[0].kind == "event":
        days = [one.start for one in told if one.start]
        return "agree" if common_days(days)[1] is False else "conflict"
    if all_meet([one.likely for one in told if one.likely]):
        return "agree"
    if all_meet([one.interval for one in told if one.interval]):
        return "loose"
    clash = clashes_on_a_day(told) if told[0].kind == "stock" else falls(told)
    return "conflict" if clash else "updated"


def all_meet(bounds: Sequence[Interval]) -> bool:
    """Whether every two of the intervals have a number in common."""
    return max(one.low for one in bounds) <= min((one.high for one in bounds if one.high is not None), default=FAR)


def falls(told: Sequence[Told]) -> bool:
    """Whether a running total is wholly below one that is not certainly later; of a closed period, any two differ."""
    if told[0].end is not None:
        return True
    lower = sorted((one.interval.high, last_day(one)) for one in told if one.interval and one.interval.high is not None)
    at, latest = 0, ""
    for low, first in sorted((one.interval.low, moment(one)[0]) for one in told if one.interval):
        while at < len(lower) and lower[at][0] < low:
            latest = max(latest, lower[at][1])
            at += 1
        if at and latest >= first:
            return True
    return False


def last_day(told: Told) -> str:
    """The latest day that the figure may be of: one that is not known may be any."""
    return told.as_of.latest if told.as_of else "9999-12-31"


def clashes_on_a_day(told: Sequence[Told]) -> bool:
    """Whether two stocks that may be of one day have no number in common. `told` is sorted by day."""
    different = list({(one.interval, one.as_of): one for one in told}.values())
    for at, one in enumerate(different):
        for other in different[at + 1 :]:
            if periods.certainly_before(one.as_of, other.as_of):
                break
            if one.interval and other.interval and not figures.meet(one.interval, other.interval):
                return True
    return False
