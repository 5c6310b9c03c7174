"""How the store's bytes become a TinyDB's tables: strictly, and without ever creating or changing a file.

TinyDB's own storage creates a missing file, reads an empty one as no claims, drops a document id that stands twice and
accepts NaN. Here each of these is an error with one message.
"""

import json
from pathlib import Path
from typing import Any, NoReturn

from tinydb.storages import Storage

from medaid_cli.errors import StoreError

LONGEST_NUMBER = 100
JSON_NAMES = {str: "text", int: "number", float: "number", bool: "truth value", list: "list", dict: "object"}

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

    def write(self, data: Tables) -> NoReturn:  # noqa: ARG002 TinyDB's signature
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
        data = json.loads(content.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse, parse_int=whole)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        message = error.msg.removesuffix(" at")
        raise ValueError(f"is not JSON, or cut off: {message} at line {error.lineno}, column {error.colno}") from error
    return tables(data)


def tables(data: object) -> Tables:
    """The same data, once it is known to have TinyDB's shape."""
    if not isinstance(data, dict):
        raise ValueError(f"holds {json_name(data)}; a store is an object of tables")
    for name, table in data.items():
        if not isinstance(table, dict):
            raise ValueError(f"table {name!r} is {json_name(table)}, not an object of documents")
        for number, document in table.items():
            if not (number.isascii() and number.isdigit()) or number != (number.lstrip("0") or "0"):
                raise ValueError(f"table {name!r}: document id {number!r} is not a whole number")
            if not isinstance(document, dict):
                raise ValueError(f"table {name!r}: document {number} is {json_name(document)}, not an object")
    return data


def json_name(value: object) -> str:
    """What JSON calls it."""
    return "null" if value is None else f"a {JSON_NAMES[type(value)]}"


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless a key stands twice in it: JSON readers keep only the last, without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"has the key {next(key for key in keys if keys.count(key) > 1)!r} twice in one object")
    return found


def whole(digits: str) -> int:
    """A number, unless it is longer than anything that can be counted: Python reads 4,300 digits at most."""
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"holds a number of {len(digits):,} digits")
    return int(digits)


def refuse(constant: str) -> NoReturn:
    """NaN and Infinity are not JSON."""
    raise ValueError(f"holds {constant}, which is not a number")
