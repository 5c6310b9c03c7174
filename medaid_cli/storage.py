"""How the store's bytes become a TinyDB's tables and back: strictly, and whole or not at all.

TinyDB's own storage creates a missing file, reads an empty one as no claims, drops a document id that stands twice and
accepts NaN. Here each of these is an error with one message. It also writes in place, where a kill or a full disk loses
the store, and two writers lose each other's changes: here a new file takes the old one's place, under a lock.
"""

import errno
import json
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from tinydb.storages import Storage

from medaid_cli import lock
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
        return read_file(self.path)

    def write(self, data: Tables) -> NoReturn:  # noqa: ARG002 TinyDB's signature
        """Refuse: nothing is written through this storage."""
        raise StoreError(f"{self.path}: is open for reading only")


class AtomicStorage(Storage):
    """A TinyDB storage that one process at a time may change, from opening it to closing it.

    What is written stays in memory until `commit`, so that several changes are one; closing without it changes nothing.
    """

    def __init__(self, path: Path, wait: float) -> None:
        """Lock the file that the path leads to; it need not be there yet.

        Raises:
            StoreError: if the file may not be written, or the lock can't be had within so many seconds.
        """
        self.path = Path(os.path.realpath(path))
        self.lock_path = Path(f"{self.path}.lock")
        self.tables: Tables | None = None
        self.lock = lock.acquire(self.lock_path, wait, path)
        if self.path.exists() and not os.access(self.path, os.W_OK):  # the folder would let it be replaced
            self.close()
            raise StoreError(f"{path}: can't be written: {os.strerror(errno.EACCES)}")
        with suppress(OSError):  # what a writer left that was killed
            temporary(self.path).unlink()

    def read(self) -> Tables:
        """The tables with the changes so far.

        Raises:
            StoreError: as `ReadOnlyStorage.read`.
        """
        return read_file(self.path) if self.tables is None else self.tables

    def write(self, data: Tables) -> None:
        """Keep the changed tables for `commit`."""
        self.tables = data

    def commit(self) -> None:
        """Put the changed tables where the file was, if there are any.

        Raises:
            StoreError: if that fails; the file is then as it was.
        """
        if self.tables is None:
            return
        try:
            replace_file(self.path, encode(self.tables))
        except OSError as error:
            culprit = f" ({Path(error.filename).name})" if error.filename else ""
            raise StoreError(f"{self.path}: can't be written: {error.strerror}{culprit}; it is as it was") from error

    def close(self) -> None:
        """Let others write."""
        lock.release(self.lock_path, self.lock)


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
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {error.strerror}") from error
    except RecursionError as error:
        raise StoreError(f"{path}: is nested too deeply to be a store") from error
    except ValueError as error:
        raise StoreError(f"{path}: {error}") from error


def temporary(path: Path) -> Path:
    """The one file that a new state is written to. Where a kill leaves one, the next writer finds and removes it."""
    return Path(f"{path}.tmp")


def replace_file(path: Path, chunks: Iterator[bytes]) -> None:
    """Write a new file and put it where the old one was: whoever reads sees the one or the other, whole.

    The new one is on the disk before it takes the old one's place, and has its mode and, where that is allowed, owner.

    Raises:
        OSError: if anything fails; nothing is left behind.
    """
    new = temporary(path)
    with suppress(FileNotFoundError):
        new.unlink()
    try:
        with new.open("xb") as file:
            if path.exists():
                keep_manners(file.fileno(), path)
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)  # noqa: PTH105 the call that is atomic, by its own name
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
    sync_folder(path.parent)


def keep_manners(file: int, path: Path) -> None:
    """Give an open file the owner, or at least the group, and the mode of the one at the path."""
    status = path.stat()
    for owner in (status.st_uid, -1):
        with suppress(OSError):
            os.fchown(file, owner, status.st_gid)
            break
    os.fchmod(file, status.st_mode & 0o7777)


def sync_folder(folder: Path) -> None:
    """See the new name on the disk, where the system can: by now the change is made, and all readers see it."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def encode(tables: Tables) -> Iterator[bytes]:
    """The tables as TinyDB itself would write them with indent 2 and UTF-8, in pieces: none is held twice.

    Half of a surrogate pair, which UTF-8 has no bytes for, becomes JSON's escape for it.
    """
    for chunk in json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2).iterencode(tables):
        yield chunk.encode("utf-8", errors="backslashreplace")


def decode(content: bytes) -> Tables:
    """JSON to tables.

    Raises:
        ValueError: one sentence on what is wrong, to be put behind the file's name.
        RecursionError: if nested too deeply.
    """
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
    digits = "".join(ids)
    if not (digits.isascii() and digits.isdigit()):
        return not ids
    return "" not in ids and "0" not in {id[0] for id in ids if id != "0"}


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
