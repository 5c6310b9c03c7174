"""The full run: every target under atheris, one after the other.

    pip install -e '.[test,fuzz]' && python tests/fuzz/run.py            # ten minutes each
    python tests/fuzz/run.py --seconds 60 quote period                   # some of them, for a minute each
    python tests/fuzz/run.py --again crash-...  import_rows              # what was found, once more

Without atheris the same targets run under Hypothesis: `pytest tests/test_fuzz.py --hypothesis-profile long`.
"""

import argparse
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]


def main() -> int:
    """Run the targets that are named, or all; 1 if anything was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=600, help="how long for each")
    parser.add_argument("--again", metavar="FILE", help="give this input to the target, and nothing else")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.alone:
        fuzz(wanted.targets[0], wanted.targets[1:])
    from fuzz.targets import TARGETS, seeds

    if wanted.again:
        TARGETS[wanted.targets[0]](Path(wanted.again).read_bytes())
        return 0
    found = [name for name in wanted.targets or TARGETS if run_alone(name, seeds(name), wanted.seconds) != 0]
    sys.stdout.write(f"found something: {', '.join(found)}\n" if found else "nothing found\n")
    return 1 if found else 0


def run_alone(name: str, seeds: list[bytes], seconds: int) -> int:
    """Fuzz one target in a process of its own, which atheris ends; its exit code."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(seed)
        flags = [f"-max_total_time={seconds}", "-max_len=20000", "-len_control=0", "-timeout=60", "-rss_limit_mb=4096"]
        command = [sys.executable, __file__, "--alone", "--", name, *flags, corpus]
        sys.stdout.write(f"== {name}, {seconds} s\n")
        sys.stdout.flush()
        return subprocess.run(command, check=False).returncode


def fuzz(name: str, flags: list[str]) -> None:
    """Hand a target to atheris, with the package instrumented; does not return."""
    atheris: Any = import_module("atheris")  # not for every Python and system

    with atheris.instrument_imports(include=["medaid_cli"]):
        from fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *flags], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
