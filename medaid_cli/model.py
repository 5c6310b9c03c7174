"""The records: frozen, slotted, without behaviour beyond telling what they hold.

Those of the store hold what its file holds, field by field, so that they are read straight from it: dates and periods
are EDTF texts, which `periods` reads. Days are ISO strings (`1963-04-06`), which compare in time order; place, measure
and programme are ids.
"""

from typing import Annotated, Any, Literal, NamedTuple, Self, get_args

import msgspec

Kind = Literal["total", "stock", "event", "note"]
Adds = Literal["sum", "distinct", "none"]
Status = Literal["done", "planned", "disputed"]
Hedge = Literal["exact", "about", "nearly", "over", "at-least", "under", "at-most"]

Read = Literal["full", "opening"]
Outlet = Literal[
    "state-media",
    "government",
    "embassy",
    "local-press",
    "academic",
    "database",
    "ngo-or-un",
    "company",
    "other",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
ADDS: tuple[Adds, ...] = get_args(Adds)
STATUSES: tuple[Status, ...] = get_args(Status)
HEDGES: tuple[Hedge, ...] = get_args(Hedge)
READ: tuple[Read, ...] = get_args(Read)
OUTLETS: tuple[Outlet, ...] = get_args(Outlet)

ANY = "any"
INBOUND = "inbound"

# The measures that a store names in `StoreInfo`, unless it says otherwise.
HEADLINE = ("personnel", "treatments", "batches", "operations")
FIRST = "first-team"
COUNTED = "countries"


LARGEST = 10**15  # beyond this nothing is counted, and floats no longer tell whole numbers apart
Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What every record is: frozen and slotted, and equal to what holds the same. None is part of a cycle."""

    def replace(self, **changes: Any) -> Self:
        """The same record but for these fields."""
        return msgspec.structs.replace(self, **changes)

    def as_dict(self) -> dict[str, Any]:
        """Its fields by name; what they hold is as it is."""
        return msgspec.structs.asdict(self)


class Interval(NamedTuple):
    """Whole numbers from `low` to `high`, both included; `None` where there is no bound."""

    low: int
    high: int | None


class Days(Record, frozen=True):
    """The days that a printed date may mean: `1963` is 1963-01-01 to 1963-12-31.

    `year`: the printed one, or the first of those that `197X` may mean; `periods.days` works it out.
    """

    text: str
    earliest: str
    latest: str
    year: int

    @property
    def printed_year(self) -> str:
        """The year as printed: `1963`, `197X`."""
        return self.text[:4]


class Period(Record, frozen=True):
    """An EDTF period. `start` is None if not stated; `end` is None if open, up to the source's day."""

    text: str
    start: Days | None
    end: Days | None


class Retraction(Record, frozen=True):
    """Why, and since when, a claim of ours no longer stands."""

    day: str
    reason: str


class Claim(Record, frozen=True):
    """What one source prints at one place in its text. Never edited into "the fact"."""

    id: str
    source: str
    locator: str
    quote: str
    measure: str
    value: Count | None
    hedge: Hedge | None
    recipient: tuple[str, ...]
    provider: str
    programme: str
    period: str
    status: Status
    statement: str
    attributed_to: str | None = None
    and_others: bool | None = None
    note: str | None = None
    replaces: str | None = None
    retracted: Retraction | None = None


class Source(Record, frozen=True, kw_only=True):
    """The text that prints claims; CSL-JSON names."""

    id: str
    type: str
    title: str
    publisher: str
    author: tuple[dict[str, str], ...] = ()
    issued: str | None = None
    URL: str | None = None
    language: str
    read: Read
    outlet: Outlet
    derived_from: str | None = None
    text_sha256: str | None = None
    note: str | None = None


class Measure(Record, frozen=True):
    """What is counted, in which unit, and how far it may be added up."""

    id: str
    label: str
    unit: str
    kind: Kind
    adds: Adds
    aliases: tuple[str, ...] = ()
    dac: str | None = None


class Programme(Record, frozen=True):
    """A line of work. Its id is a path: `covid-19/vaccines` is inside `covid-19`."""

    id: str
    label: str
    start: str | None = None
    end: str | None = None
    place: str | None = None
    basis: str | None = None
    exclusive_children: tuple[str, ...] = ()
    start_event: str | None = None


class Place(Record, frozen=True):
    """A country (ISO 3166-1), a part of one (ISO 3166-2) or a region (UN M49), and the places right above it.

    A part that ISO has no code for, as a former state, has an id of the store's own and a note.
    """

    id: str
    name: str
    within: str | tuple[str, ...] | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None

    @property
    def parents(self) -> tuple[str, ...]:
        """The places right above it."""
        if self.within is None:
            return ()
        return (self.within,) if isinstance(self.within, str) else self.within

    @property
    def is_region(self) -> bool:
        """Whether it is a group of countries: M49 codes are digits."""
        return self.id.isdigit()

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a country: ISO 3166-2 codes have a hyphen."""
        return "-" in self.id


class StoreInfo(Record, frozen=True):
    """What the code must know of its subject. `headline`, `first` and `counted` are measures."""

    format: Count
    title: str
    updated: str
    epoch: Count
    provider: str
    world: str
    headline: tuple[str, ...] = HEADLINE
    first: str = FIRST
    counted: str = COUNTED


# Whether a programme is inbound, and which child of each partition it lies in.
Side = tuple[bool | str | None, ...]


class Facts(Record, frozen=True):
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


class Problem(Record, frozen=True):
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
