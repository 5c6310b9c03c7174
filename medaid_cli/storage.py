"""How the store's bytes become a TinyDB's tables: strictly, and without ever creating or changing a file.

TinyDB's own storage creates a missing file, reads an empty one as no claims, drops a document id that stands twice and
accepts NaN. Here each of these is an error with one message.
"""

import json
from pathlib import Path
from typing import Any, NoReturn

from tinydb.storages import Storage

from medaid_cli.errors import StoreError

Tables = dict[str, dict[str, dict[str, Any]]]


class ReadOnlyStorage(Storage):
    """A TinyDB storage over one file that is read and never written."""

    def __init__(self, path: Path) -> None:
        """Remember where to read; nothing is opened yet."""
        self.path = path

    def read(self) -> Tables:
        """The tables, by name and document id.

        Raises:
            StoreError: whatever is wrong with the file, in one sentence that names it.
        """
        try:
            return decode(self.path.read_bytes())
        except OSError as error:
            raise StoreError(f"{self.path}: can't be read: {error.strerror}") from error
        except RecursionError as error:
            raise StoreError(f"{self.path}: is nested too deeply to be a store") from error
        except ValueError as error:
            raise StoreError(f"{self.path}: {error}") from error

    def write(self, data: Tables) -> NoReturn:
        """Refuse: nothing is written through this storage."""
        raise StoreError(f"{self.path}: is open for reading only")


def decode(content: bytes) -> Tables:
    """JSON to tables.

    Raises:
        ValueError: one sentence on what is wrong, to be put behind the file's name.
        RecursionError: if nested too deeply.
    """
    if not content.strip():
        raise ValueError("is empty; a store has at least its six tables")
    try:
        data = json.loads(content.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON, or cut off: {error.msg} at line {error.lineno}, column {error.colno}") from error
    return tables(data)


def tables(data: object) -> Tables:
    """The same data, once it is known to have TinyDB's shape."""
    if not isinstance(data, dict):
        raise ValueError(f"holds a JSON {type(data).__name__}; a store is an object of tables")
    for name, table in data.items():
        if not isinstance(table, dict):
            raise ValueError(f"table {name!r} is a {type(table).__name__}, not an object of documents")
        for number, document in table.items():
            if not (number.isascii() and number.isdigit()):
                raise ValueError(f"table {name!r}: document id {number!r} is not a whole number")
            if not isinstance(document, dict):
                raise ValueError(f"table {name!r}: document {number} is a {type(document).__name__}, not an object")
    return data


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless a key stands twice in it: JSON readers keep only the last, without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"has the key {next(key for key in keys if keys.count(key) > 1)!r} twice in one object")
    return found


def refuse(constant: str) -> NoReturn:
    """NaN and Infinity are not JSON."""
    raise ValueError(f"holds {constant}, which is not a number")
