"""From the documents of the store to records: one tuple of fields per table, each with its reader and default.

A reader turns what the file holds into what the record holds, or raises ValueError with "expected ..., got ...".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from medaid_cli import figures, periods
from medaid_cli.model import (
    ADDS,
    ANY,
    COUNTED,
    FIRST,
    HEADLINE,
    HEDGES,
    KINDS,
    LARGEST,
    OUTLETS,
    READ,
    STATUSES,
    Claim,
    Measure,
    Place,
    Problem,
    Programme,
    Record,
    Retraction,
    Source,
    StoreInfo,
)

REQUIRED = object()
LISTS = (list, tuple)  # in the file, and once they are read
LONGEST_SHOWN = 60  # characters

Document = Mapping[str, Any]


class Field(Record, frozen=True):
    """A key of a document. `default` is in the file's terms, as if it had been written there.

    `typed`: the type in the record says all that the reader asks for, or what it refers to must be there in any case.
    """

    name: str
    read: Callable[[Any], Any]
    default: Any = REQUIRED
    typed: bool = False


def expected(what: str, got: object) -> ValueError:
    """The sentence that every reader uses."""
    return ValueError(f"expected {what}, got {shown(got)}")


def shown(value: object) -> str:
    """A value in a message, cut to a length that people read."""
    found = repr(value[:LONGEST_SHOWN] if isinstance(value, str) else value)
    return found if len(found) <= LONGEST_SHOWN else found[: LONGEST_SHOWN - 3] + "..."


def text(value: Any) -> str:
    """Any string."""
    if isinstance(value, str):
        return value
    raise expected("text", value)


def name(value: Any) -> str:
    """A string that is not blank."""
    if isinstance(value, str) and value and not value.isspace():
        return value
    raise expected("text that is not blank", value)


def whole(value: Any) -> int:
    """A whole number from 0 to `LARGEST`; 3.0 is one."""
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    if isinstance(value, float) and value.is_integer() and 0 <= value <= LARGEST:
        return int(value)
    raise expected(f"a whole number from 0 to {LARGEST:,}", value)


def names(value: Any) -> tuple[str, ...]:
    """A list of strings without repeats, which may be empty."""
    if not isinstance(value, LISTS) or "" in value or not set(map(type, value)) <= {str}:
        raise expected("a list of texts", value)
    if len(value) > 1 and len(set(value)) < len(value):
        raise expected("a list without repeats", value)
    return tuple(value)


def some_names(value: Any) -> tuple[str, ...]:
    """A list of at least one string."""
    found = names(value)
    if not found:
        raise expected("at least one id", value)
    return found


def parents(value: Any) -> str | tuple[str, ...] | None:
    """One id, a list of them, or none."""
    return value if value is None or isinstance(value, str) else names(value)


def people(value: Any) -> tuple[dict[str, str], ...]:
    """CSL-JSON names: objects with `family` and `given`, or `literal`."""
    dicts = isinstance(value, LISTS) and all(isinstance(item, dict) for item in value)
    if dicts and all(isinstance(part, str) for item in value for part in item.values()):
        return tuple(value)
    raise expected("a list of CSL-JSON names", value)


def flag(value: Any) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise expected("true or false", value)


def locator(value: Any) -> str:
    """`p<n>`, the n-th line of the text that is not blank, or `opening`."""
    if isinstance(value, str) and (value == "opening" or is_line(value)):
        return value
    raise expected("a locator like p7 or opening", value)


def is_line(text: str) -> bool:
    """Whether it is p1, p2 and so on."""
    number = text[1:]
    return text[:1] == "p" and number[:1] != "0" and number.isascii() and number.isdigit()


def period(value: Any) -> str:
    """An EDTF period of the subset."""
    return periods.parse(text(value)).text


def day(value: Any) -> str:
    """One day of the calendar, as an ISO string."""
    found = periods.parse_date(text(value))
    if found.earliest != found.latest:
        raise expected("a day like 2024-06-30", value)
    return found.earliest


def date(value: Any) -> str:
    """An EDTF date."""
    return periods.parse_date(text(value)).text


def retraction(value: Any) -> Retraction:
    """An object with the day and the reason."""
    if isinstance(value, dict) and set(value) == {"day", "reason"}:
        return Retraction(day(value["day"]), name(value["reason"]))
    raise expected("an object with day and reason", value)


def one_of(words: Iterable[str]) -> Callable[[Any], str]:
    """A reader for a closed list of words."""
    known = tuple(words)

    def read(value: Any) -> str:
        if isinstance(value, str) and value in known:
            return value
        raise expected(f"one of {', '.join(known)}", value)

    return read


def maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The reader, with null for nothing."""
    return lambda value: None if value is None else read(value)


maybe_date, maybe_name = maybe(date), maybe(name)
DATED = (period, day, date, maybe_date)

STORE_FIELDS = (
    Field("format", whole),
    Field("title", name),
    Field("updated", day),
    Field("epoch", whole),
    Field("provider", name),
    Field("world", name),
    Field("headline", names, [*HEADLINE]),
    Field("first", name, FIRST),
    Field("counted", name, COUNTED),
)
CLAIM_FIELDS = (
    Field("id", name),
    Field("source", name, typed=True),
    Field("locator", locator),
    Field("quote", name),
    Field("measure", name, typed=True),
    Field("value", maybe(whole), typed=True),
    Field("hedge", maybe(one_of(HEDGES)), typed=True),
    Field("recipient", some_names, None),
    Field("provider", name, None, typed=True),
    Field("programme", name, ANY, typed=True),
    Field("period", period, periods.UNSTATED),
    Field("status", one_of(STATUSES), "done", typed=True),
    Field("statement", text, "", typed=True),
    Field("attributed_to", maybe_name, None),
    Field("and_others", maybe(flag), None, typed=True),
    Field("note", maybe_name, None),
    Field("replaces", maybe_name, None, typed=True),
    Field("retracted", maybe(retraction), None),
)
SOURCE_FIELDS = (
    Field("id", name),
    Field("type", name, "document"),
    Field("title", name),
    Field("publisher", text, "", typed=True),
    Field("author", people, []),
    Field("issued", maybe_date, None),
    Field("URL", maybe_name, None),
    Field("language", name, "und"),
    Field("read", one_of(READ), "opening", typed=True),
    Field("outlet", one_of(OUTLETS), "other", typed=True),
    Field("derived_from", maybe_name, None),
    Field("text_sha256", maybe_name, None),
    Field("note", maybe_name, None),
)
MEASURE_FIELDS = (
    Field("id", name),
    Field("label", name),
    Field("unit", text, typed=True),
    Field("kind", one_of(KINDS), typed=True),
    Field("adds", one_of(ADDS), typed=True),
    Field("aliases", names, []),
    Field("dac", maybe_name, None),
)
PROGRAMME_FIELDS = (
    Field("id", name),
    Field("label", name),
    Field("start", maybe_date, None),
    Field("end", maybe_date, None),
    Field("place", maybe_name, None),
    Field("basis", maybe_name, None),
    Field("exclusive_children", names, []),
    Field("start_event", maybe_name, None),
)
PLACE_FIELDS = (
    Field("id", name),
    Field("name", name),
    Field("within", parents, None),
    Field("aliases", names, []),
    Field("note", maybe_name, None),
)

# The tables in the order of the file: what one document is called, its record, its fields in the record's order.
TABLES: dict[str, tuple[str, type[Any], tuple[Field, ...]]] = {
    "store": ("store", StoreInfo, STORE_FIELDS),
    "claims": ("claim", Claim, CLAIM_FIELDS),
    "sources": ("source", Source, SOURCE_FIELDS),
    "measures": ("measure", Measure, MEASURE_FIELDS),
    "programmes": ("programme", Programme, PROGRAMME_FIELDS),
    "places": ("place", Place, PLACE_FIELDS),
}


def nearest(given: str, known: Iterable[str]) -> list[str]:
    """Up to three known words that look like the given one, the nearest first."""
    from difflib import get_close_matches

    return get_close_matches(given, list(known), n=3, cutoff=0.6)


def read_document(table: str, number: str, document: Document) -> tuple[Any, list[Problem]]:
    """One record, or None and everything that is wrong with its document."""
    kind, record, fields = TABLES[table]
    values: list[Any] = []
    complaints: list[tuple[str, str, str]] = []
    absent = 0
    for field in fields:
        given = document.get(field.name, REQUIRED)
        if given is REQUIRED:
            absent += 1
            given = field.default
            if given is REQUIRED:
                complaints.append(("missing-field", f"has no {field.name!r}", "add it"))
                continue
        try:
            values.append(field.read(given))
        except ValueError as error:
            rule = "edtf" if field.read in DATED else "bad-value"
            complaints.append((rule, f"{field.name}: {error}", "mend the value"))
    if len(document) > len(fields) - absent:
        complaints += unknown_fields(document, fields)
    if complaints:
        label = f"{kind} {document['id']}" if isinstance(document.get("id"), str) else f"{kind} (document {number})"
        return None, [Problem(rule, label, message, remedy) for rule, message, remedy in complaints]
    return record(**dict(zip((field.name for field in fields), values, strict=True))), []


def unknown_fields(document: Document, fields: tuple[Field, ...]) -> Iterator[tuple[str, str, str]]:
    """Keys that no record has: most often misspelt, and then silently without effect."""
    known = [field.name for field in fields]
    for key in document:
        if key not in known:
            hint = nearest(key, known)
            yield (
                "unknown-field",
                f"has an unknown field {key!r}",
                f"did you mean {hint[0]!r}?" if hint else "remove it",
            )


def document_of(table: str, document: Document) -> dict[str, Any]:
    """The document as it is stored: its keys in order, and all defaults but those that say nothing."""
    stored = {}
    for field in TABLES[table][2]:
        value = document.get(field.name, field.default)
        if value is not REQUIRED and not (value == field.default and value in (None, [])):
            stored[field.name] = value
    return stored


def is_complete(document: Document) -> bool:
    """Whether a claim's document leaves nothing to a default that depends on other records."""
    return (
        "value" in document
        and "hedge" in document
        and document.get("recipient") is not None
        and document.get("provider") is not None
    )


def complete_claim(document: Document, measures: Mapping[str, Measure], info: StoreInfo, language: str) -> Document:
    """The claim's document with the defaults that depend on its quote, its measure and the store.

    Raises:
        ValueError: if the quote holds more than one number and no value is given.
    """
    if is_complete(document):
        return document  # nearly always: a copy of each would cost as much as reading them
    defaults = {"recipient": [info.world], "provider": info.provider}
    found = {**document, **{name: value for name, value in defaults.items() if document.get(name) is None}}
    if "value" in found and "hedge" in found:
        return found
    measure = measures.get(str(found.get("measure")))
    numbered = measure is not None and measure.kind in ("total", "stock")
    read = figures.read(found["quote"], language) if numbered and isinstance(found.get("quote"), str) else []
    if found.get("value") is not None:
        read = [figure for figure in read if figure.value == found["value"]][:1]
    if len(read) > 1:
        raise ValueError(f"quote {shown(found['quote'])} holds {len(read)} numbers")
    found.setdefault("value", read[0].value if read else None)
    found.setdefault("hedge", read[0].hedge if read and found["value"] is not None else None)
    return found
