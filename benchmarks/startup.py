"""Start-up, as ratios measured side by side in one run: `python benchmarks/startup.py`.

With `--typer 0.29.2` (a version that pip can find) it also makes two environments and compares a Typer program in both.
"""

import argparse
import os
import pty
import subprocess
import sys
import tempfile
import threading
import time
import venv
from pathlib import Path

BASE = "import typer, tinydb"
BASE_TABLE = "import typer, tinydb, rich.table, rich.console"
ONE_COMMAND = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()"
FIELDS = "    a: int\n    b: str\n    c: tuple[str, ...]\n"
MAKING = "for n in range(10_000):\n    A0(n, 'b', ())\n"
NAMEDTUPLE = "import msgspec\nfrom typing import NamedTuple\n" + "".join(
    f"class A{n}(NamedTuple):\n{FIELDS}" for n in range(40)
)
STRUCT = "import msgspec\nfrom typing import NamedTuple\n" + "".join(
    f"class A{n}(msgspec.Struct, frozen=True):\n{FIELDS}" for n in range(40)
)
IMPORTED = "import medaid_cli.store"
AT_ONCE = "from medaid_cli import store; store.load()"
ONE_BY_ONE = (
    "from medaid_cli import reading, store; reading.from_bytes = reading.from_tables = lambda _: None; store.load()"
)


def seconds(command: list[str]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def ratio(one: list[str], other: list[str], runs: int) -> float:
    """The least of one over the least of the other, run in turn: what else the machine does only ever adds."""
    times = [(seconds(one), seconds(other)) for _ in range(runs)]
    return min(a for a, _ in times) / min(b for _, b in times)


def on_a_screen(medaid: str, runs: int) -> float:
    """The same with a terminal to draw on; what it draws is read away meanwhile."""
    reader, writer = pty.openpty()
    threading.Thread(target=lambda: [None for _ in iter(lambda: os.read(reader, 65536), b"")], daemon=True).start()
    times: list[tuple[float, float]] = []
    for _ in range(runs):
        pair = []
        for command in ([medaid, "countries"], python(BASE_TABLE)):
            start = time.perf_counter()
            subprocess.run(command, stdout=writer, stderr=subprocess.DEVNULL, check=True)
            pair.append(time.perf_counter() - start)
        times.append((pair[0], pair[1]))
    return min(a for a, _ in times) / min(b for _, b in times)


def python(code: str, interpreter: str = sys.executable) -> list[str]:
    return [interpreter, "-c", code]


def making(one: str, other: str, runs: int) -> float:
    """40 classes and 10,000 records, over the same of another kind."""
    return ratio(python(one + MAKING), python(other + MAKING), runs)


def loading(runs: int) -> float:
    """The shipped store read document by document, over read at once; without what both import."""
    rounds = [[seconds(python(code)) for code in (ONE_BY_ONE, AT_ONCE, IMPORTED)] for _ in range(runs)]
    one_by_one, at_once, imported = map(min, zip(*rounds, strict=True))
    return (one_by_one - imported) / (at_once - imported)


def in_environment(version: str, folder: Path) -> str:
    """An interpreter that has this Typer."""
    venv.create(folder, with_pip=True)
    interpreter = str(folder / "bin" / "python")
    subprocess.run([interpreter, "-m", "pip", "install", "-q", f"typer=={version}"], check=True)
    return interpreter


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=25)
    options.add_argument("--typer", metavar="VERSION", help="compare this Typer with 0.28.0")
    given = options.parse_args()
    medaid = str(Path(sys.executable).with_name("medaid"))
    start_up = ratio([medaid, "countries", "--json"], python(BASE), given.runs)
    print(f"countries --json / import typer, tinydb   {start_up:.2f}")
    print(f"countries on a screen / the same and rich {on_a_screen(medaid, given.runs):.2f}")
    print(f"records as NamedTuples / as Structs       {making(NAMEDTUPLE, STRUCT, given.runs):.2f}")
    print(f"loading one by one / at once              {loading(given.runs):.2f}")
    if given.typer:
        with tempfile.TemporaryDirectory() as folder:
            for version in ("0.28.0", given.typer):
                interpreter = in_environment(version, Path(folder) / version)
                found = ratio(python(ONE_COMMAND, interpreter), python("pass", interpreter), given.runs)
                print(f"one command with Typer {version} / pass     {found:.1f}")


if __name__ == "__main__":
    main()
