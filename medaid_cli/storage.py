"""The TinyDB storage through which a store is changed: whole or not at all, and by one process at a time.

TinyDB's own storage writes in place, where a kill or a full disk loses the store, and two writers lose each other's
changes: here a new file takes the old one's place, under a lock.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tinydb.storages import Storage

from medaid_cli import lock
from medaid_cli.content import Tables, encode, read_file
from medaid_cli.errors import StoreError


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
            StoreError: as `read_file`.
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
