"""`python -m medaid_cli`, and the console script."""

import gc
import os
import sys


def main() -> None:
    """Run the program; Ctrl-C ends it without a word even while it is still starting.

    A run is short and makes next to no garbage. Looking for some while it starts, and once more through everything
    when the interpreter ends, would take a fifth of its time.
    """
    gc.disable()
    try:
        from medaid_cli.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()


def script() -> None:
    """The console script: `main`, and then the process ends without taking the interpreter apart.

    That would take a twentieth of a run. All is written and every file closed by then; what hangs on an orderly end, as
    profilers and debuggers do, has `python -m medaid_cli`.
    """
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int) or not all_written():
            raise
        os._exit(end.code)


def all_written() -> bool:
    """Whether nothing that was said is still on its way out."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
