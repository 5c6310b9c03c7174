"""What a store's file holds: bytes to TinyDB's tables and back, strictly.

TinyDB's own storage creates a missing file, reads an empty one as no claims, drops a document id that stands twice and
accepts NaN. Here each of these is an error with one message. Python's json is imported where it is needed: most files
are read without it (`reading`).
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from medaid_cli.errors import StoreError

LONGEST_NUMBER = 100
JSON_NAMES = {str: "text", int: "number", float: "number", bool: "truth value", list: "list", dict: "object"}

Tables = dict[str, dict[str, dict[str, Any]]]


def begins_as_store(path: Path) -> bool:
    """Whether a file is a store, as far as its beginning tells: with the table `store`."""
    if not path.is_file():
        return False
    with suppress(OSError), path.open("rb") as file:
        return b"".join(file.read(100).split()).startswith(b'{"store":{')
    return False


def read_file(path: Path) -> Tables:
    """The tables of a file.

    Raises:
        StoreError: whatever is wrong with it, in one sentence that names it.
    """
    return read_content(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """What is in a file.

    Raises:
        StoreError: if it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {error.strerror}") from error


def read_content(path: Path, content: bytes) -> Tables:
    """The tables that a file with this content holds.

    Raises:
        StoreError: as `read_file`.
    """
    try:
        return decode(content)
    except RecursionError as error:
        raise StoreError(f"{path}: is nested too deeply to be a store") from error
    except ValueError as error:
        raise StoreError(f"{path}: {error}") from error


def encode(tables: Tables) -> Iterator[bytes]:
    """The tables as TinyDB itself would write them with indent 2 and UTF-8, in pieces: none is held twice.

    Half of a surrogate pair, which UTF-8 has no bytes for, becomes JSON's escape for it.
    """
    import json

    for chunk in json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2).iterencode(tables):
        yield chunk.encode("utf-8", errors="backslashreplace")


def decode(content: bytes) -> Tables:
    """JSON to tables.

    Raises:
        ValueError: one sentence on what is wrong, to be put behind the file's name.
        RecursionError: if nested too deeply.
    """
    import json

    if not content or content.isspace():
        raise ValueError("is empty; a store has at least its six tables")
    try:
        return tables(parse(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        message = error.msg.removesuffix(" at")
        raise ValueError(f"is not JSON, or cut off: {message} at line {error.lineno}, column {error.colno}") from error


def parse(text: str) -> Any:
    """JSON, strictly.

    Raises:
        ValueError: for what is not JSON, for keys that stand twice, NaN, and numbers beyond all counting.
        RecursionError: if nested too deeply.
    """
    import json

    return json.loads(text, object_pairs_hook=unique, parse_constant=refuse, parse_int=whole)


def tables(data: object) -> Tables:
    """The same data, once it is known to have TinyDB's shape."""
    if not isinstance(data, dict):
        raise ValueError(f"holds {json_name(data)}; a store is an object of tables")
    for name, table in data.items():
        if not isinstance(table, dict):
            raise ValueError(f"table {name!r} is {json_name(table)}, not an object of documents")
        if not (are_numbers(table) and set(map(type, table.values())) <= {dict}):
            refuse_documents(name, table)
    return data


def are_numbers(ids: Collection[str]) -> bool:
    """Whether all are whole numbers as TinyDB writes them, without leading zeros."""
    if not ids:
        return True
    text = f" {' '.join(ids)}"
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or text.count(" ") > len(ids) or "" in ids:
        return False
    return " 0" not in text or all(id == "0" or id[0] != "0" for id in ids)


def refuse_documents(name: str, table: dict[str, object]) -> NoReturn:
    """Say of the first document that is none what is wrong with it."""
    number, found = next((id, one) for id, one in table.items() if not (are_numbers([id]) and isinstance(one, dict)))
    if isinstance(found, dict):
        raise ValueError(f"table {name!r}: document id {number!r} is not a whole number")
    raise ValueError(f"table {name!r}: document {number} is {json_name(found)}, not an object")


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
