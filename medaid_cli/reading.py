"""A whole table of documents to records: what documents have in common is read only once."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain, repeat
from types import NoneType
from typing import Any

from medaid_cli.model import Problem
from medaid_cli.records import TABLES, Document, name, read_document, text

Documents = Mapping[str, Document]


def read_documents(
    table: str, documents: Documents, complete: Callable[[Documents], Documents] | None = None
) -> tuple[list[Any], list[Problem]]:
    """All records of a table that can be read, and everything that is wrong with the others.

    Args:
        table: its name.
        documents: by their number.
        complete: what fills in defaults that depend on other records. Most stores leave none to fill in, so it is asked
            for only if the documents can't be read as they are.
    """
    found = read_together(table, documents)
    if found is None and complete:
        documents = complete(documents)
        found = read_together(table, documents)
    if found is not None:
        return found, []
    pairs = [read_document(table, number, document) for number, document in documents.items()]
    return [record for record, _ in pairs if record is not None], [one for _, found in pairs for one in found]


def read_together(table: str, documents: Documents) -> list[Any] | None:
    """The records, read field by field, since a value that many have needs to be read only once.

    None if anything is wrong with any of them: read one by one, they say what.
    """
    _, record, fields = TABLES[table]
    defaults = {field.name: field.default for field in fields}
    rows = [tuple({**defaults, **document}.values()) for document in documents.values()]
    try:  # a field that no record has makes a row too long
        values = zip(fields, zip(*rows, strict=True), strict=True)
        columns = [read_values(field.read, column) for field, column in values]
    except ValueError:
        return None
    return list(map(tuple.__new__, repeat(record), zip(*columns, strict=True)))


def read_values(read: Callable[[Any], Any], values: tuple[Any, ...]) -> Iterable[Any]:
    """What a reader makes of each value; of equal texts, numbers and lists of texts only once.

    Raises:
        ValueError: if it can't read one of them.
    """
    if read in (text, name) and set(map(type, values)) == {str} and (read is text or all(map(str.strip, values))):
        return values  # most texts are like no other, and are what they are read as
    try:
        different = set(values)
    except TypeError:
        return read_lists(read, values)
    kinds = set(map(type, different))
    # Nothing else equals a text; but 1.0 and True equal 1, and are not read as it is.
    if kinds <= {str, NoneType} or (kinds <= {int, NoneType} and set(map(type, values)) <= {int, NoneType}):
        return map({value: read(value) for value in different}.__getitem__, values)
    return [read(value) for value in values]  # now, where what it raises is expected


def read_lists(read: Callable[[Any], Any], values: tuple[Any, ...]) -> Iterable[Any]:
    """As `read_values`, of values of which some are lists."""
    if not set(map(type, values)) <= {list, NoneType} or not all_texts(chain.from_iterable(filter(None, values))):
        return [read(value) for value in values]
    lists = [None if value is None else tuple(value) for value in values]
    return map({value: read(None if value is None else list(value)) for value in set(lists)}.__getitem__, lists)


def all_texts(values: Iterable[Any]) -> bool:
    """Whether each of them is a text."""
    return set(map(type, values)) <= {str}
