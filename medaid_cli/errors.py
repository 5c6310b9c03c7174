"""What can go wrong for the user, each kind one sentence, each with its exit code."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell is told. 1 is left to crashes."""

    OK = 0
    USAGE = 2
    FOUND = 3
    STORE = 4
    INTERRUPTED = 130


class MedaidError(Exception):
    """A message for people and the exit code that goes with it."""

    exit_code = ExitCode.USAGE


class UsageError(MedaidError):
    """The words of the command can't be understood as they stand."""


class UnknownNameError(UsageError):
    """A name that the store does not have, with the nearest ones, or with all that there are if they are few."""

    def __init__(self, what: str, given: str, nearest: list[str], one_of: tuple[str, ...] = ()) -> None:
        hint = f": it is one of {', '.join(one_of)}" if one_of else ""
        hint = f"; did you mean {' or '.join(nearest)}?" if nearest else hint
        super().__init__(f"unknown {what} {given!r}{hint}")


class AmbiguousNameError(UsageError):
    """A name that more than one thing goes by."""

    def __init__(self, what: str, given: str, candidates: list[str]) -> None:
        super().__init__(f"{what} {given!r} could be {' or '.join(candidates)}; give the code")


class StoreError(MedaidError):
    """The store can't be read or written."""

    exit_code = ExitCode.STORE


class BrokenOffError(MedaidError):
    """The user broke off what was being asked."""

    exit_code = ExitCode.INTERRUPTED


class OutputError(MedaidError):
    """What was asked for can't be written where it should go."""

    exit_code = ExitCode.STORE
