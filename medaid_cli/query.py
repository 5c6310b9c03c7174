"""A Filter is a frozen value: which claims are asked about. Unknown names are errors, never "no match".

Within one field any value will do; between fields all must. `country` and `region` hold of the recipients, with all
that lies inside; `provider` and `programme` likewise include their parts. The window, `since` and `until`, is in whole
years, both included, and asks about the whole period of a claim:

- since: the period starts in that year or later; a start that is not stated counts only from the epoch or earlier.
- until: the period ends, or was last known, in that year or earlier.
- stocks lie in the window if their day does.
"""

from collections.abc import Callable, Iterator, Sequence

from medaid_cli import names, periods
from medaid_cli.errors import UsageError
from medaid_cli.model import INBOUND, OUTLETS, STATUSES, Claim, Facts, Record, Source
from medaid_cli.scopes import FirstDays, Told, first_days, in_programme, status_of, tell

Test = Callable[[Claim], bool]

ALL_STATUSES = (*STATUSES, "retracted", "replaced")


class Filter(Record, frozen=True):
    """What is asked for; empty and None let everything through.

    As typed it holds names; after `resolve`, ids, and `as_of` is an ISO day.
    """

    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    as_of: str | None = None
    text: str | None = None


class Selection(Record, frozen=True):
    """The claims that are asked about, and those that only the window leaves out, each with the reason.

    `first`: the days of first events, which starts may be inferred from. `judged`: the claims as told, where a window
    had to look at them; else None, and who needs them so asks `inside`.
    """

    claims: Sequence[Claim]
    outside: tuple[tuple[Told, str], ...]
    first: FirstDays
    judged: tuple[Told, ...] | None


def resolve(asked: Filter, facts: Facts) -> Filter:
    """The filter as typed, with ids for names.

    Raises:
        UsageError: for a name that the store doesn't have or that is not of the kind, a bad day, an empty window.
    """
    if asked.since is not None and asked.until is not None and asked.until < asked.since:
        raise UsageError(f"--until {asked.until} is before --since {asked.since}")
    return Filter(
        country=unique(names.country(given, facts) for given in asked.country),
        region=unique(names.region(given, facts) for given in asked.region),
        provider=unique(names.provider(given, facts) for given in asked.provider),
        measure=unique(names.measure(given, facts) for given in asked.measure),
        programme=unique(names.programme(given, facts) for given in asked.programme),
        source=unique(id for given in asked.source for id in names.sources(given, facts)),
        outlet=unique(names.choice("outlet", given, OUTLETS) for given in asked.outlet),
        status=unique(names.choice("status", given, ALL_STATUSES) for given in asked.status),
        since=asked.since,
        until=asked.until,
        as_of=None if asked.as_of is None else last_day(asked.as_of),
        text=asked.text,
    )


def unique(ids: Iterator[str]) -> tuple[str, ...]:
    """The ids once each, in the order given."""
    return tuple(dict.fromkeys(ids))


def last_day(given: str) -> str:
    """The last day of a printed date: `--as-of 2023` includes all of 2023."""
    try:
        return periods.parse_date(given).latest
    except ValueError as error:
        raise UsageError(f"--as-of: {error}") from error


def as_query(wanted: Filter) -> dict[str, object]:
    """The filter for the JSON envelope: every field, lists for the repeatable ones."""
    found = wanted.as_dict()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def select(facts: Facts, wanted: Filter) -> Selection:
    """The claims that pass the filter.

    First events are looked for in all claims that pass it but for measure, text and window: they are evidence for the
    start of a figure also where they themselves are not asked for.
    """
    claims = named(facts, wanted)
    first = first_days(claims, facts)
    asked = passing(claims, asked_of(wanted, facts))
    if wanted.since is None and wanted.until is None:
        return Selection(asked, (), first, None)
    all_told = [tell(claim, facts, first) for claim in asked]
    judged = [(told, outside_window(told, wanted, facts)) for told in all_told]
    inside = tuple(told for told, reason in judged if reason is None)
    outside = tuple((told, reason) for told, reason in judged if reason is not None)
    return Selection([told.claim for told in inside], outside, first, inside)


def inside(chosen: Selection, facts: Facts, only: Sequence[Claim] | None = None) -> tuple[Told, ...]:
    """The claims that are asked about, as told of their scopes; if some of them are given, only these."""
    if chosen.judged is None:
        return tuple(tell(claim, facts, chosen.first) for claim in (chosen.claims if only is None else only))
    ids = None if only is None else {claim.id for claim in only}
    return tuple(told for told in chosen.judged if ids is None or told.claim.id in ids)


def named(facts: Facts, wanted: Filter) -> Sequence[Claim]:
    """The claims that pass the filter but for measure, text and window."""
    return passing(facts.claims, named_in(wanted, facts))


def passing(claims: Sequence[Claim], tests: Sequence[Test]) -> Sequence[Claim]:
    """The claims that pass all tests."""
    return [claim for claim in claims if all(test(claim) for test in tests)] if tests else claims


def named_in(wanted: Filter, facts: Facts) -> Sequence[Test]:
    """One test for each field of the filter that asks for something, but measure, text and window."""
    sources = facts.sources
    tests: dict[str, Test] = {
        "country": lambda claim: any_inside(claim.recipient, wanted.country, facts),
        "region": lambda claim: any_inside(claim.recipient, wanted.region, facts),
        "provider": lambda claim: any_inside((claim.provider,), wanted.provider, facts),
        "programme": lambda claim: any(in_programme(claim.programme, upper) for upper in wanted.programme),
        "source": lambda claim: claim.source in wanted.source,
        "outlet": lambda claim: sources[claim.source].outlet in wanted.outlet,
        "status": lambda claim: status_of(claim, facts) in wanted.status,
        "as_of": lambda claim: printed_by(sources[claim.source], wanted.as_of or ""),
    }
    return [test for field, test in tests.items() if getattr(wanted, field)]


def asked_of(wanted: Filter, facts: Facts) -> Sequence[Test]:
    """The tests for measure and text, if they are asked for."""
    tests: dict[str, Test] = {
        "measure": lambda claim: claim.measure in wanted.measure,
        "text": lambda claim: has_words(claim, wanted.text or "", facts),
    }
    return [test for field, test in tests.items() if getattr(wanted, field)]


def printed_by(source: Source, day: str) -> bool:
    """Whether the source certainly was out by the day."""
    return source.issued is not None and periods.parse_date(source.issued).latest <= day


def any_inside(places: Sequence[str], uppers: Sequence[str], facts: Facts) -> bool:
    """Whether one of the places is one of the upper ones or lies in it."""
    return any(upper in facts.above[place] for place in places for upper in uppers)


def has_words(claim: Claim, text: str, facts: Facts) -> bool:
    """Whether each word of the text stands in the claim's quote, statement, note or names."""
    places = [facts.places[id] for id in (*claim.recipient, claim.provider)]
    parts = [claim.quote, claim.statement, claim.note or "", claim.attributed_to or ""]
    parts += [facts.measures[claim.measure].label, facts.programmes[claim.programme].label]
    parts += [word for place in places for word in (place.name, *place.aliases)]
    hay = names.fold("\n".join(parts))
    return all(word in hay for word in names.fold(text).split())


def outside_window(told: Told, wanted: Filter, facts: Facts) -> str | None:
    """Why the window leaves the claim out, or None."""
    first = told.as_of if told.kind == "stock" else told.start
    if wanted.since is not None:
        if first is None:
            if told.kind == "stock":
                return "day not known"
            if wanted.since > facts.info.epoch:
                return "start not stated"
        elif first.year < wanted.since:
            return f"{'of' if told.kind == 'stock' else 'starts in'} {first.printed_year}, before {wanted.since}"
    if wanted.until is None:
        return None
    last = periods.parse(told.claim.period).end if told.kind == "event" else told.as_of
    if last is None:
        return "day not known"
    return f"goes to {last.latest[:4]}, after {wanted.until}" if int(last.latest[:4]) > wanted.until else None


def at_home(facts: Facts, wanted: Filter) -> frozenset[str]:
    """The programmes of care given inside the provider's own country; none, if that is asked for."""
    if any(in_programme(programme, INBOUND) for programme in wanted.programme):
        return frozenset()
    return frozenset(programme for programme in facts.programmes if in_programme(programme, INBOUND))


def outbound(all_told: Sequence[Told], wanted: Filter, facts: Facts) -> list[Told]:
    """Without the care given inside the provider's own country, unless it is asked for."""
    left_out = at_home(facts, wanted)
    return [told for told in all_told if told.claim.programme not in left_out]


def undated(facts: Facts, wanted: Filter) -> int:
    """How many claims `--as-of` leaves out because their source has no day."""
    if wanted.as_of is None:
        return 0
    return sum(facts.sources[claim.source].issued is None for claim in facts.claims)
