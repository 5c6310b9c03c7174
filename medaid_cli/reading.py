"""A whole table of documents to records: what documents have in common is read only once."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any

from medaid_cli.model import Problem
from medaid_cli.records import TABLES, Document, name, read_document, text


def read_documents(table: str, documents: Mapping[str, Document]) -> tuple[list[Any], list[Problem]]:
    """All records of a table that can be read, and everything that is wrong with the others.

    Documents with the same keys are read together, field by field, since a value that many have needs to be read only
    once; where anything is wrong, one by one, to say what.
    """
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    listed = list(documents.values())
    for at, document in enumerate(listed):
        alike[tuple(document)].append(at)
    known = {field.name for field in TABLES[table][2]}
    if all(map(known.issuperset, alike)):
        records: list[Any] = [None] * len(listed)
        try:
            for keys, places in alike.items():
                values = zip(*(listed[at].values() for at in places), strict=True)
                for at, record in zip(places, read_alike(table, dict(zip(keys, values, strict=True))), strict=True):
                    records[at] = record
            return records, []
        except ValueError:
            pass
    pairs = [read_document(table, number, document) for number, document in documents.items()]
    return [record for record, _ in pairs if record is not None], [one for _, found in pairs for one in found]


def read_alike(table: str, values: Mapping[str, tuple[Any, ...]]) -> list[Any]:
    """The records of documents with the same keys, from the values of each key.

    Raises:
        ValueError: if one of them can't be read.
    """
    _, make, fields = TABLES[table]
    count = len(next(iter(values.values()), ()))
    columns = [
        read_values(field.read, values[field.name]) if field.name in values else [field.read(field.default)] * count
        for field in fields
    ]
    return list(map(make, zip(*columns, strict=True)))


def read_values(read: Callable[[Any], Any], values: tuple[Any, ...]) -> list[Any]:
    """What a reader makes of each value; of equal texts and numbers only once.

    Raises:
        ValueError: if it can't read one of them.
    """
    kinds = set(map(type, values))
    if kinds == {str} and (read is text or (read is name and all(map(str.strip, values)))):
        return list(values)  # most texts are like no other, and are what they are read as
    kinds.discard(NoneType)
    if kinds <= {str} or kinds <= {int}:  # of one kind, since 1 and True are equal
        found = {value: read(value) for value in set(values)}
        return [found[value] for value in values]
    if kinds == {list} and {type(one) for value in values for one in value or ()} <= {str}:
        lists = [None if value is None else tuple(value) for value in values]
        found = {value: read(None if value is None else list(value)) for value in set(lists)}
        return [found[value] for value in lists]
    return [read(value) for value in values]
