"""The records: frozen, slotted, without behaviour beyond telling what they hold.

Days are ISO strings (`1963-04-06`), which compare in time order; place, measure and programme are ids.
"""

from typing import Literal, NamedTuple

Kind = Literal["total", "stock", "event", "note"]
Adds = Literal["sum", "distinct", "none"]
Status = Literal["done", "planned", "disputed"]
Hedge = Literal["exact", "about", "nearly", "over", "at-least", "under", "at-most"]

KINDS: tuple[Kind, ...] = ("total", "stock", "event", "note")
ADDS: tuple[Adds, ...] = ("sum", "distinct", "none")
STATUSES: tuple[Status, ...] = ("done", "planned", "disputed")
HEDGES: tuple[Hedge, ...] = ("exact", "about", "nearly", "over", "at-least", "under", "at-most")
READ = ("full", "opening")
OUTLETS = (
    "state-media",
    "government",
    "embassy",
    "local-press",
    "academic",
    "database",
    "ngo-or-un",
    "company",
    "other",
)

ANY = "any"
INBOUND = "inbound"


class Interval(NamedTuple):
    """Whole numbers from `low` to `high`, both included; `None` where there is no bound."""

    low: int
    high: int | None


class Days(NamedTuple):
    """The days that a printed date may mean: `1963` is 1963-01-01 to 1963-12-31."""

    text: str
    earliest: str
    latest: str

    @property
    def printed_year(self) -> str:
        """The year as printed: `1963`, `197X`."""
        return self.text[:4]

    @property
    def year(self) -> int:
        """The printed year, or the first of those it may mean."""
        return int(self.text[:4].replace("X", "0"))


class Period(NamedTuple):
    """An EDTF period. `start` is None if not stated; `end` is None if open, up to the source's day."""

    text: str
    start: Days | None
    end: Days | None


class Retraction(NamedTuple):
    """Why, and since when, a claim of ours no longer stands."""

    day: str
    reason: str


class Claim(NamedTuple):
    """What one source prints at one place in its text. Never edited into "the fact"."""

    id: str
    source: str
    locator: str
    quote: str
    measure: str
    value: int | None
    hedge: Hedge | None
    recipient: tuple[str, ...]
    provider: str
    programme: str
    period: Period
    status: Status
    statement: str
    attributed_to: str | None
    and_others: bool | None
    note: str | None
    replaces: str | None
    retracted: Retraction | None


class Source(NamedTuple):
    """The text that prints claims; CSL-JSON names."""

    id: str
    type: str
    title: str
    publisher: str
    author: tuple[dict[str, str], ...]
    issued: Days | None
    URL: str | None
    language: str
    read: str
    outlet: str
    derived_from: str | None
    text_sha256: str | None
    note: str | None


class Measure(NamedTuple):
    """What is counted, in which unit, and how far it may be added up."""

    id: str
    label: str
    unit: str
    kind: Kind
    adds: Adds
    aliases: tuple[str, ...]
    dac: str | None


class Programme(NamedTuple):
    """A line of work. Its id is a path: `covid-19/vaccines` is inside `covid-19`."""

    id: str
    label: str
    start: Days | None
    end: Days | None
    place: str | None
    basis: str | None
    exclusive_children: tuple[str, ...]
    start_event: str | None


class Place(NamedTuple):
    """A country (ISO 3166-1), a part of one (ISO 3166-2) or a region (UN M49), and the places right above it.

    A part that ISO has no code for, as a former state, has an id of the store's own and a note.
    """

    id: str
    name: str
    within: tuple[str, ...]
    aliases: tuple[str, ...]
    note: str | None

    @property
    def is_region(self) -> bool:
        """Whether it is a group of countries: M49 codes are digits."""
        return self.id.isdigit()

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a country: ISO 3166-2 codes have a hyphen."""
        return "-" in self.id


class StoreInfo(NamedTuple):
    """What the code must know of its subject. `headline`, `first` and `counted` are measures."""

    format: int
    title: str
    updated: str
    epoch: int
    provider: str
    world: str
    headline: tuple[str, ...]
    first: str
    counted: str


# Whether a programme is inbound, and which child of each partition it lies in.
Side = tuple[bool | str | None, ...]


class Facts(NamedTuple):
    """A whole store, checked.

    `above` holds, for each place, itself and all that contain it; `entangled` the pairs of places of which neither
    contains the other, though some place is part of both; `sides` how each programme stands towards those that exclude
    each other; `ends` when each programme, or the first to end of those above it, ended.
    """

    path: str
    info: StoreInfo
    claims: tuple[Claim, ...]
    sources: dict[str, Source]
    measures: dict[str, Measure]
    programmes: dict[str, Programme]
    places: dict[str, Place]
    above: dict[str, frozenset[str]]
    entangled: frozenset[tuple[str, str]]
    sides: dict[str, Side]
    ends: dict[str, Days | None]
    replaced: frozenset[str]


Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """Something wrong in a store: which rule, where, what, and what to do about it."""

    rule: str
    where: str
    message: str
    remedy: str
    severity: Severity = "error"

    @property
    def claim(self) -> str | None:
        """The id of the claim that it is about, if it is about one that has an id."""
        kind, _, id = self.where.partition(" ")
        return id if kind == "claim" and not id.startswith("(document ") else None
