"""A whole store to records at once: straight from its bytes or its documents, if all of them are as they should be.

Where anything is not, the answer is None, and `records` reads document by document, to say what.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

import msgspec

from medaid_cli.content import are_numbers
from medaid_cli.model import Claim, Measure, Place, Programme, Record, Source, StoreInfo
from medaid_cli.records import TABLES, maybe_name, name

AT_A_TIME = 100  # documents
# What msgspec says of what it can't read.
UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


class Whole(Record, frozen=True):
    """All tables of a store, in the order of the file: records by document id."""

    store: dict[str, StoreInfo]
    claims: dict[str, Claim]
    sources: dict[str, Source]
    measures: dict[str, Measure]
    programmes: dict[str, Programme]
    places: dict[str, Place]


def from_bytes(content: bytes) -> Whole | None:
    """The records of a file that is to the byte what medaid would write of them, compact or not; None of any other.

    So nothing in the file was passed over, as the first of two keys that are the same would be.
    """
    try:
        whole = msgspec.json.decode(content, type=Whole)
    except UNREADABLE:
        return None
    if begins_compactly(content):
        as_written = is_made_of(content, pieces(whole))
    else:
        as_written = content == msgspec.json.format(msgspec.json.encode(whole), indent=2)
    return whole if as_written and is_sound(whole) else None


def begins_compactly(content: bytes) -> bool:
    """Whether the file has no blanks between what it holds, as far as its beginning tells."""
    return content.startswith(b'{"')


def pieces(whole: Whole) -> Iterator[bytes]:
    """The compact file of these records, in pieces small enough that their memory is used again and again."""
    before = b"{"
    for table in Whole.__struct_fields__:
        yield b'%b"%b":{' % (before, table.encode())
        documents = list(getattr(whole, table).items())
        for start in range(0, len(documents), AT_A_TIME):
            piece = msgspec.json.encode(dict(documents[start : start + AT_A_TIME]))[1:-1]
            yield b"," + piece if start else piece
        before = b"},"
    yield b"}}"


def is_made_of(content: bytes, parts: Iterable[bytes]) -> bool:
    """Whether the content is these parts one behind the other."""
    at = 0
    for part in parts:
        if not content.startswith(part, at):
            return False
        at += len(part)
    return at == len(content)


def from_tables(tables: Mapping[str, Any]) -> Whole | None:
    """The records of documents that leave nothing to a default, as TinyDB holds them; None if any does, or is wrong."""
    try:
        whole = msgspec.convert(tables, Whole)
    except UNREADABLE:
        return None
    return whole if is_sound(whole) else None


def is_sound(whole: Whole) -> bool:
    """Whether what is of the right type is also right: what the readers of the fields say of each different value."""
    try:
        return all(is_sound_table(table, getattr(whole, table)) for table in TABLES)
    except ValueError:
        return False


def is_sound_table(table: str, documents: Mapping[str, Record]) -> bool:
    """Whether ids and values are right.

    Raises:
        ValueError: if a value is not.
    """
    found = documents.values()
    fields = [field for field in TABLES[table][2] if not field.typed]
    return are_numbers(documents) and all(
        is_sound_field(field.read, list(map(attrgetter(field.name), found))) for field in fields
    )


def is_sound_field(read: Callable[[Any], Any], values: Collection[Any]) -> bool:
    """Whether the values of one field are right.

    Raises:
        ValueError: if one is not.
    """
    if read is name:
        return all(map(str.strip, values))
    if read is maybe_name:
        return "" not in values and all(map(str.strip, filter(None, values)))
    for value in different(values):
        read(value.as_dict() if isinstance(value, Record) else value)
    return True


def different(values: Iterable[Any]) -> Iterable[Any]:
    """Each value once, if they can be compared so."""
    try:
        return set(values)
    except TypeError:  # lists of names of people
        return filter(None, values)
