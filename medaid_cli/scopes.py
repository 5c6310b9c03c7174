"""What a claim is about, made comparable: its scope, with the starts and ends that may be inferred.

Inferred days are computed, never stored, and carry the name of what they rest on.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from medaid_cli import figures, periods
from medaid_cli.model import INBOUND, Claim, Days, Facts, Hedge, Interval, Kind, Programme, Record, Side

FirstDays = dict[str, Days | None]


class Scope(Record, frozen=True):
    """What makes a quantity: claims with the same are about the same.

    `start`: the year, `?` if not stated, empty where time is no part of it; for dated events their date. `end`: the
    last day of a closed period. `open_list`: the printed list of recipients goes on.
    """

    measure: str
    provider: str
    recipients: frozenset[str]
    programme: str
    start: str
    end: str
    open_list: bool


class Told(Record, frozen=True):
    """A claim as one says it of its scope.

    `start` None: not stated. `end`: only where the period is closed. `as_of`: the day up to which the figure is known.
    `start_basis`: `printed`, the programme's id, the id of the measure whose event gave the start, or None.
    """

    claim: Claim
    kind: Kind
    start: Days | None
    start_basis: str | None
    end: Days | None
    as_of: Days | None
    interval: Interval | None
    likely: Interval | None


def status_of(claim: Claim, facts: Facts) -> str:
    """The claim's standing in the store: `retracted` and `replaced` come before what was entered."""
    if claim.retracted:
        return "retracted"
    return "replaced" if claim.id in facts.replaced else claim.status


def counts(claim: Claim, facts: Facts) -> bool:
    """Whether the claim may enter a figure: neither planned, disputed, retracted nor replaced."""
    return status_of(claim, facts) == "done"


def counting(claims: Iterable[Claim], facts: Facts) -> list[Claim]:
    """The claims that may enter a figure."""
    return [one for one in standing(claims, facts) if one.status == "done"]


def standing(claims: Iterable[Claim], facts: Facts) -> list[Claim]:
    """The claims that were neither retracted nor replaced."""
    replaced = facts.replaced
    return [one for one in claims if not one.retracted and one.id not in replaced]


def in_programme(programme: str, upper: str) -> bool:
    """Whether the programme is the upper one or a part of it; `any` holds all but care for foreigners at home."""
    if upper == "any":
        return not in_programme(programme, INBOUND)
    return programme == upper or programme.startswith(upper + "/")


def side(programme: str, partitions: Iterable[tuple[str, ...]]) -> Side:
    """What tells programmes apart: whether it is inbound, and which child of each partition it lies in."""
    return in_programme(programme, INBOUND), *(child_of(programme, children) for children in partitions)


def child_of(programme: str, children: tuple[str, ...]) -> str | None:
    """Which of the children the programme lies in."""
    return next((child for child in children if in_programme(programme, child)), None)


def lineage(programme: str, facts: Facts) -> Iterator[Programme]:
    """The programme and those above it, the nearest first, as far as the store describes them."""
    path = programme
    while path:
        if path in facts.programmes:
            yield facts.programmes[path]
        path = path.rpartition("/")[0]


def first_days(claims: Iterable[Claim], facts: Facts) -> FirstDays:
    """Per place, the day of the store's first event there: None where the claims on it disagree."""
    found: FirstDays = {}
    first = facts.info.first
    events = [claim for claim in claims if claim.measure == first]
    for claim in counting(events, facts):
        day = periods.parse(claim.period).start
        if day and is_first(claim, facts):
            place = claim.recipient[0]
            found[place] = narrower(found[place], day) if place in found else day
    return found


def is_first(claim: Claim, facts: Facts) -> bool:
    """Whether an event of the store's first kind tells when a programme began in one place."""
    if len(claim.recipient) > 1 or periods.parse(claim.period).start is None:
        return False
    return any(one.start_event == claim.measure for one in lineage(claim.programme, facts))


def narrower(a: Days | None, b: Days) -> Days | None:
    """The days that both dates may mean; None if there are none, and ever after."""
    if a is None or not periods.meet(a, b):
        return None
    earliest, latest = max(a.earliest, b.earliest), min(a.latest, b.latest)
    # The first text in order of letters, not of entry: whole digits stand before an X.
    return periods.days(earliest[:4] if earliest[:4] == latest[:4] else min(a.text, b.text), earliest, latest)


def tell(claim: Claim, facts: Facts, first: FirstDays) -> Told:
    """The claim with its scope's days filled in and its interval computed."""
    kind, period = facts.measures[claim.measure].kind, periods.parse(claim.period)
    start: Days | None = period.start
    basis: str | None = "printed"
    if start is None:
        start, basis = inferred_start(claim, facts, first) if kind in ("total", "note") else (None, None)
    bounds = hint = None
    if claim.value is not None and claim.hedge is not None:
        bounds, hint = bounds_of(claim.value, claim.hedge)
    end = None if kind == "stock" else period.end
    return Told(claim, kind, start, basis, end, as_of(claim, kind, period.end, facts), bounds, hint)


@lru_cache(maxsize=4096)
def bounds_of(value: int, hedge: Hedge) -> tuple[Interval, Interval]:
    """What a number allows, and what it suggests: many claims print the same one."""
    bounds = figures.interval(value, hedge)
    return bounds, bounds if hedge in figures.TWO_SIDED else figures.likely(value, hedge)


def inferred_start(claim: Claim, facts: Facts, first: FirstDays) -> tuple[Days | None, str | None]:
    """The start that is not printed: the programme's, or else that of its first event in the one country concerned."""
    if claim.provider != facts.info.provider:
        return None, None
    for programme in lineage(claim.programme, facts):
        if programme.start and claim.recipient == (programme.place or facts.info.world,):
            return periods.parse_date(programme.start), programme.id
        if programme.start_event == facts.info.first and len(claim.recipient) == 1:
            day = first.get(claim.recipient[0])
            return day, programme.start_event if day else None
    return None, None


def as_of(claim: Claim, kind: Kind, end: Days | None, facts: Facts) -> Days | None:
    """The day up to which the figure is known: a stock's own day, a closed period's end, else the source's day.

    What a programme did is known no longer than it lasted.
    """
    printed, over = facts.sources[claim.source].issued, facts.ends[claim.programme]
    issued = None if printed is None else periods.parse_date(printed)
    if kind == "event" or (end is None and over is None):
        return issued
    if kind == "stock":
        return end or issued
    return sooner(sooner(issued, end), over)


def sooner(a: Days | None, b: Days | None) -> Days | None:
    """The day that is over first, of those that are known."""
    if a is None or b is None:
        return a or b
    return b if (b.latest, b.earliest) < (a.latest, a.earliest) else a


def scope_of(told: Told, facts: Facts) -> Scope:
    """What claims on one quantity share: the scope with the start by its year.

    A stock's day and an event's date are what is told of the quantity, so they are no part of it; other events than
    the store's first one may happen twice, and are told apart by date.
    """
    claim = told.claim
    start = end = ""
    if told.kind == "total":
        start = told.start.printed_year if told.start else "?"
        end = told.end.latest if told.end else ""
    elif told.kind == "event" and claim.measure != facts.info.first:
        start = claim.period
    return Scope(
        claim.measure,
        claim.provider,
        frozenset(claim.recipient),
        claim.programme,
        start,
        end,
        bool(claim.and_others),
    )


def home_countries(place: str, facts: Facts) -> list[str]:
    """The country itself, or those that the part of a country lies in; none for a region."""
    if facts.places[place].is_region:
        return []
    return [upper for upper in facts.above[place] if not (facts.places[upper].is_region or facts.places[upper].is_part)]
