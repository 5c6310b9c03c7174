"""Made-up worlds whose truth is known, and true claims about them: what totals must never exceed.

A world is a list of events: in a year, in a country, by a provider, within a programme, so many patients. A claim is
true of a world if its scope's count at its source's day lies in the interval that its words allow.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from factories import Document, claim
from hypothesis import strategies as st

from medaid_cli import figures
from medaid_cli.model import HEDGES, Hedge

COUNTRIES: dict[str, tuple[str, ...]] = {
    "BJ": ("BJ", "011", "002", "001"),
    "ML": ("ML", "011", "002", "001"),
    "CG": ("CG", "017", "002", "001"),
}
COUNTRIES |= {"DZ": ("DZ", "002", "001"), "HK": ("HK", "142", "001")}
PLACES = ("001", "002", "011", "017", "142", *COUNTRIES)
PROVIDERS = {"CN": ("CN",), "CN-SN": ("CN-SN", "CN"), "CN-SX": ("CN-SX", "CN")}
PROGRAMMES = ("medical-teams", "medical-teams/eyes", "training", "covid-19", "covid-19/vaccines")
INBOUND = ("inbound/pilot/public", "inbound/pilot/private")
YEARS = range(2018, 2025)


class Event(NamedTuple):
    """Something that really happened."""

    year: int
    country: str
    provider: str
    programme: str
    patients: int


class World(NamedTuple):
    """All that really happened, and what was printed of it, truly."""

    events: list[Event]
    claims: list[Document]
    sources: dict[str, Document]


def under(programme: str, upper: str) -> bool:
    """Whether the programme is part of the upper one: written anew, so that a slip of the code does not hide here."""
    if upper == "any":
        return not programme.startswith("inbound")
    return f"{programme}/".startswith(f"{upper}/")


def matching(events: list[Event], fields: Document, until: int) -> list[Event]:
    """The events within a claim's scope that had happened by the end of the year."""
    start, _, end = fields["period"].partition("/")
    first = int(start) if start else 0
    last = min(until, int(end)) if end not in ("", "..") else until
    return [
        one
        for one in events
        if first <= one.year <= last
        and any(place in COUNTRIES[one.country] for place in fields["recipient"])
        and fields["provider"] in PROVIDERS[one.provider]
        and under(one.programme, fields["programme"])
    ]


def count(events: list[Event], measure: str) -> int:
    """What the measure counts of the events."""
    return len({one.country for one in events}) if measure == "countries" else sum(one.patients for one in events)


@st.composite
def printed(draw: Callable[..., Any], truth: int) -> tuple[int, Hedge]:
    """A number and a hedge that are true of the count."""
    hedge = draw(st.sampled_from(HEDGES))
    size = 10 ** draw(st.integers(0, 3))
    value = {
        "exact": truth // size * size,
        "about": (truth + size // 2) // size * size,
        "nearly": truth // size * size + size,
        "over": max(0, (truth - 1) // size * size),
        "at-least": truth // size * size,
        "under": truth // size * size + size,
        "at-most": -(-truth // size) * size,
    }[hedge]
    bounds = figures.interval(value, hedge)
    true = bounds.low <= truth and (bounds.high is None or truth <= bounds.high)
    return (value, hedge) if true else (truth, "at-least")


def programmes_over(programme: str) -> list[str]:
    """The programme and all that hold it."""
    return [upper for upper in ("any", *PROGRAMMES) if under(programme, upper)]


@st.composite
def true_claims(draw: Callable[..., Any], events: list[Event], sources: dict[str, Document], measure: str) -> Document:
    """A claim that is true of the events at its source's day; about one of them at least, so most count something."""
    about = draw(st.sampled_from(events))
    start = draw(st.sampled_from(["", *(str(year) for year in YEARS if year <= about.year)]))
    end = draw(st.sampled_from(["..", "..", *(str(year) for year in YEARS if year >= about.year)]))
    where = [draw(st.sampled_from(COUNTRIES[about.country]))]
    if draw(st.integers(0, 4)) == 0:
        where = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True))
    fields: Document = {
        "measure": measure,
        "recipient": where,
        "provider": draw(st.sampled_from(PROVIDERS[about.provider])),
        "programme": draw(st.sampled_from(programmes_over(about.programme))),
        "period": f"{start}/{end}",
    }
    name = draw(st.sampled_from(sorted(sources)))
    truth = count(matching(events, fields, int(sources[name]["issued"][:4])), measure)
    value, hedge = draw(printed(truth))
    listed = {"and_others": True} if draw(st.integers(0, 5)) == 0 else {}
    return claim("some words", source=name, value=value, hedge=hedge, **fields, **listed)


@st.composite
def worlds(draw: Callable[..., Any], measure: str = "treatments", least: int = 1, most: int = 9) -> World:
    """A world with so many claims, all of them true."""
    event = st.builds(
        Event,
        st.sampled_from(YEARS),
        st.sampled_from(sorted(COUNTRIES)),
        st.sampled_from(sorted(PROVIDERS)),
        st.sampled_from(PROGRAMMES),
        st.integers(1, 3000),
    )
    drawn = draw(st.lists(event, min_size=2, max_size=12))
    # A figure without a start takes its programme's, so nothing of a programme happens before that.
    events = [one._replace(year=max(one.year, 2020)) if under(one.programme, "covid-19") else one for one in drawn]
    years = [*draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=3)), max(YEARS)]
    names = [f"s{number}" for number in range(len(years))]
    sources: dict[str, Document] = {name: {"issued": f"{year}-12-31"} for name, year in zip(names, years, strict=True)}
    claims = draw(st.lists(true_claims(events, sources, measure), min_size=least, max_size=most))
    return World(events, claims, sources)
