"""`python -m medaid_cli`, and the console script."""

import gc
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


if __name__ == "__main__":
    main()
