"""One writer at a time: an advisory lock on a file of its own, held by the kernel, so that a killed holder frees it.

The lock's file says who holds it. It is removed by its holder, still locked: whoever waited for it finds that the file
is no longer the one at that path, and tries anew.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from medaid_cli.errors import StoreError

PAUSE = 0.02  # seconds between two tries


def acquire(path: Path, wait: float, what: Path) -> int:
    """Take the lock, waiting for it at most so many seconds; the open file that holds it.

    Args:
        path: the lock's file.
        wait: seconds; 0 tries once.
        what: the file that is locked, for the message.

    Raises:
        StoreError: if another process holds it for that long, with its id, the lock's file can't be made, or the system
            has no such locks.
    """
    deadline = time.monotonic() + wait
    while True:
        try:
            held = attempt(path)
        except FileNotFoundError as error:
            raise StoreError(f"{what}: can't be written: there is no such folder") from error
        except OSError as error:
            raise StoreError(f"{what}: can't be locked for writing: {error.strerror} ({path.name})") from error
        except ImportError as error:
            raise StoreError(f"{what}: can't be locked for writing: this system has no POSIX locks") from error
        if held is not None:
            return held
        if time.monotonic() >= deadline:
            raise StoreError(f"{what}: is being written by {holder(path)}; waited {wait:g} s, --wait waits longer")
        time.sleep(PAUSE)


def attempt(path: Path) -> int | None:
    """Try once; None if another has it.

    Raises:
        OSError: if the file can't be opened or locked at all.
    """
    import fcntl  # only systems that have it write stores: DECISIONS.md, "Writing needs POSIX locks"

    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_at(file, path):
            sign(file)
            return file
    except BlockingIOError:
        pass
    except BaseException:
        os.close(file)
        raise
    os.close(file)
    return None


def is_at(file: int, path: Path) -> bool:
    """Whether the open file is still the one at that path."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file), path.stat())
    return False


def sign(file: int) -> None:
    """Write down who holds it: a help for whoever waits, so a full disk is no reason to stop."""
    with suppress(OSError):
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)


def holder(path: Path) -> str:
    """Who holds it, as its file says."""
    with suppress(OSError):
        written = path.read_bytes().strip()
        if written.isdigit():
            return f"process {written.decode()}"
    return "another process"


def release(path: Path, file: int) -> None:
    """Give it back: first the file goes, then the lock."""
    with suppress(OSError):
        path.unlink()
    os.close(file)
