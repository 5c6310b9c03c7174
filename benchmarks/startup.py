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
DATACLASS = "from dataclasses import dataclass\n" + "".join(
    f"@dataclass(frozen=True, slots=True)\nclass A{n}:\n    a: int\n    b: str\n    c: tuple[str, ...]\n"
    for n in range(20)
)
NAMEDTUPLE = "from typing import NamedTuple\nimport dataclasses\n" + "".join(
    f"class A{n}(NamedTuple):\n    a: int\n    b: str\n    c: tuple[str, ...]\n" for n in range(20)
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
    print(f"20 dataclasses / 20 NamedTuples           {ratio(python(DATACLASS), python(NAMEDTUPLE), given.runs):.2f}")
    if given.typer:
        with tempfile.TemporaryDirectory() as folder:
            for version in ("0.28.0", given.typer):
                interpreter = in_environment(version, Path(folder) / version)
                found = ratio(python(ONE_COMMAND, interpreter), python("pass", interpreter), given.runs)
                print(f"one command with Typer {version} / pass     {found:.1f}")


if __name__ == "__main__":
    main()
