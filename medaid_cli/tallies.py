"""Measure by measure: the claims that count, their total, and what it leaves out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from medaid_cli import periods, query
from medaid_cli.containment import Extent
from medaid_cli.model import Days, Facts, Measure, Record
from medaid_cli.quantities import Quantity, quantities
from medaid_cli.query import Filter
from medaid_cli.scopes import Told, counting, counts, home_countries, in_programme, status_of
from medaid_cli.totals import Named, Total, target, total, within

NEVER = 10_000  # a year behind all others


class LeftOut(Record, frozen=True):
    """A claim with a number that no total uses, and why."""

    told: Told
    reason: str


class Line(Record, frozen=True):
    """One measure: its total, if there is one, what it was chosen from, and what was left out."""

    measure: Measure
    found: tuple[Quantity, ...]
    total: Total | None
    left_out: tuple[LeftOut, ...]


def measure_lines(chosen: query.Selection, wanted: Filter, facts: Facts, *, full: bool = True) -> Iterable[Line]:
    """The measures that count, in the order of the store, with what passes the filter."""
    chosen = chosen.replace(judged=query.inside(chosen, facts))  # told once for all that follows
    good, left = sort_out(chosen, wanted, facts)
    groups: dict[str, list[Quantity]] = defaultdict(list)
    for one in quantities(good, facts):
        reason = within(one, wanted, facts)
        if reason:
            left[one.scope.measure] += [LeftOut(told, reason) for told in one.told]
        else:
            groups[one.scope.measure].append(one)
    since = told_since(wanted, facts)
    for measure in facts.measures.values():
        found, out = groups[measure.id], left[measure.id]
        if measure.kind not in ("total", "stock") or not (found or out):
            continue
        yield Line(
            measure,
            tuple(found),
            measure_total(measure, found, chosen, wanted, facts, since, full=full),
            tuple(sorted(out, key=claim_id)),
        )


def claim_id(one: LeftOut) -> str:
    """For sorting."""
    return one.told.claim.id


def measure_total(
    measure: Measure,
    found: Sequence[Quantity],
    chosen: query.Selection,
    wanted: Filter,
    facts: Facts,
    since: int | None,
    *,
    full: bool,
) -> Total | None:
    """The total of the quantities, if there are any. `since`: as for `target`."""
    if not found:
        return None
    whole = target(found, wanted, facts, since)
    named = named_countries(chosen, wanted, whole, facts) if measure.id == facts.info.counted else None
    return total(found, whole, facts, named, full=full)


def told_since(wanted: Filter, facts: Facts) -> int | None:
    """The earliest year told of the countries asked for; None if none are, or nothing tells."""
    years = first_years(wanted, facts) if wanted.country else {}
    return min((years[code] for code in wanted.country if code in years), default=None)


def first_years(wanted: Filter, facts: Facts) -> dict[str, int]:
    """The earliest year told of each place and of those above it, by claims of any measure that count.

    Of a list of places only one need have begun then. Never before the window that is asked for.
    """
    direct: dict[str, int] = {}
    spared = query.at_home(facts, Filter())
    claims = counting(query.named(facts, wanted), facts)
    for recipients, period in {(one.recipient, one.period) for one in claims if one.programme not in spared}:
        start, place = periods.parse(period).start, recipients[0]
        if start and len(recipients) == 1 and start.year < direct.get(place, NEVER):
            direct[place] = start.year
    years: dict[str, int] = {}
    for place, year in direct.items():
        for upper in facts.above[place]:
            years[upper] = min(year, years.get(upper, year))
    return {place: max(year, wanted.since or 0) for place, year in years.items()}


def sort_out(chosen: query.Selection, wanted: Filter, facts: Facts) -> tuple[list[Told], dict[str, list[LeftOut]]]:
    """The claims whose numbers may count, and those that status, window or place of care leave out."""
    left: dict[str, list[LeftOut]] = defaultdict(list)
    for told, reason in chosen.outside:
        left[told.claim.measure].append(LeftOut(told, reason))
    spared = query.at_home(facts, wanted)
    good = []
    for told in query.inside(chosen, facts):
        if told.interval is None:
            continue
        if not counts(told.claim, facts):
            left[told.claim.measure].append(LeftOut(told, status_of(told.claim, facts)))
        elif told.claim.programme in spared:
            left[told.claim.measure].append(LeftOut(told, "inbound"))
        else:
            good.append(told)
    return good, left


def named_countries(chosen: query.Selection, wanted: Filter, whole: Extent, facts: Facts) -> Named:
    """The countries that claims certainly name as reached within the whole, with the days up to which the claims speak.

    Claims of any measure will do. But a number of several countries together may be of some of them only, and nobody
    treated is nobody reached.
    """
    if wanted.measure or wanted.text:
        chosen = query.select(facts, wanted.replace(measure=(), text=None))
    spared = query.at_home(facts, wanted)
    programmes = {one for one in facts.programmes if one not in spared and in_programme(one, whole.programme)}
    naming: dict[str, list[Days | None]] = defaultdict(list)
    for told in query.inside(chosen, facts):
        claim = told.claim
        if claim.programme not in programmes or whole.provider not in facts.above[claim.provider]:
            continue
        if told.interval and (len(claim.recipient) > 1 or told.interval.low < 1):
            continue
        if counts(claim, facts):
            for place in claim.recipient:
                naming[place].append(told.as_of)
    days: dict[str, list[Days | None]] = defaultdict(list)
    for place, known in naming.items():
        for code in home_countries(place, facts):
            days[code] += known
    return days
