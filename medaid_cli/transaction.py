"""Changing a store: all changes of one transaction become one, and none unless the store still loads."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB, where

from medaid_cli.content import Tables
from medaid_cli.errors import StoreError, UsageError
from medaid_cli.model import Facts, Record
from medaid_cli.storage import AtomicStorage
from medaid_cli.store import sound


class Draft(Record, frozen=True):
    """A store that is being changed: the facts before, and the database that takes the changes."""

    facts: Facts
    database: TinyDB


@contextmanager
def changing(path: Path, wait: float, day: str) -> Iterator[Draft]:
    """A store that loads, to be changed through TinyDB: all changes become one, and none unless it still loads.

    From here to the end no other process can write it.

    Args:
        path: the store.
        wait: how many seconds to wait for another writer.
        day: the day that the store is marked with as updated, if anything changes.

    Raises:
        StoreError: if the store does not load, now or with the changes; if it can't be locked or written.
    """
    spare_shipped(path)
    with TinyDB(path, wait, storage=AtomicStorage) as database:
        storage = cast(AtomicStorage, database.storage)
        yield Draft(sound(storage.path, storage.read()), database)
        if storage.tables is not None:
            database.table("store").update({"updated": day})
            sound(storage.path, storage.tables)
            storage.commit()


def insert(draft: Draft, table: str, documents: Iterable[Mapping[str, Any]]) -> None:
    """Put documents at the end of a table."""
    draft.database.table(table).insert_multiple(documents)


def change(draft: Draft, table: str, id: str, fields: Mapping[str, Any]) -> None:
    """Set fields of the document with this id."""
    draft.database.table(table).update(fields, where("id") == id)


def document(draft: Draft, table: str, id: str) -> Mapping[str, Any]:
    """The document with this id, which is there."""
    [found] = draft.database.table(table).search(where("id") == id)
    return found


def create(path: Path, tables: Tables, wait: float, *, force: bool) -> Facts:
    """Make a new store of these tables; `force`: also in the place of another, if that one loads.

    Raises:
        UsageError: if there is a file already.
        StoreError: if what is there is no store that loads, the new one does not load, or can't be written.
    """
    spare_shipped(path)
    storage = AtomicStorage(path, wait)
    try:
        if os.path.lexists(storage.path):  # also a symlink to itself
            if not force:
                raise UsageError(f"{path}: is there already; --force puts a new store in its place")
            sound(storage.path, storage.read())
        facts = sound(storage.path, tables)
        storage.write(tables)
        storage.commit()
        return facts
    finally:
        storage.close()


def spare_shipped(path: Path) -> None:
    """Keep the store inside an installed copy from being written: an update of medaid would lose what is in it.

    Raises:
        StoreError: if it would be.
    """
    inside = Path(__file__).with_name("facts.json")
    if inside.exists() and path.exists() and path.samefile(inside):
        raise StoreError(f"{path}: is the store that comes with medaid, and never written; medaid init copies it")
