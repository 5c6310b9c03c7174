"""Running the program as its users do: in a pipe, in a terminal of some size, and within the test itself."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from medaid_cli.cli import make_app

STEERING = ("NO_COLOR", "FORCE_COLOR", "MEDAID_STORE", "COLUMNS", "LINES", "PYTHONIOENCODING", "LC_ALL", "PYTHONUTF8")
SECONDS = 60  # a run that takes this long hangs
ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "data" / "facts.json"

COMMANDS: dict[str, tuple[str, ...]] = {
    "countries": ("countries",),
    "country": ("country", "Benin"),
    "stats": ("stats",),
    "compare": ("compare",),
    "timeline": ("timeline",),
    "claims": ("claims",),
    "show": ("show", "cgtn-2023:p10:1"),
    "sources": ("sources",),
    "source": ("source", "cgtn-2023"),
    "measures": ("measures",),
    "programmes": ("programmes",),
    "places": ("places",),
}


class Ended(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


def environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The surroundings without anything that steers the program, and with what is given."""
    plain = {name: value for name, value in os.environ.items() if name not in STEERING}
    return plain | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | dict(env or {})


def run(*args: str, env: Mapping[str, str] | None = None, stdin: str = "") -> Ended:
    """Run the program without a terminal; what it writes is read as UTF-8, strictly."""
    command = [sys.executable, "-m", "medaid_cli", *args]
    ended = subprocess.run(
        command, input=stdin.encode(), capture_output=True, check=False, env=environment(env), timeout=SECONDS
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def in_terminal(
    *args: str, columns: int = 80, lines: int = 50, env: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Run the program in a terminal of that size: all that the terminal was sent, and the exit code."""
    own, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    command = [sys.executable, "-m", "medaid_cli", *args]
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=environment(env)) as process:
        os.close(its)
        parts = []
        while part := read_from(own):
            parts.append(part)
        code = process.wait(SECONDS)
    os.close(own)
    return b"".join(parts).decode(), code


def read_from(terminal: int) -> bytes:
    """What came next; nothing once the other side is closed, which Linux tells by an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def shell(script: str, env: Mapping[str, str] | None = None) -> Ended:
    """Run a line of bash in which `medaid` is the program under test."""
    defined = f'medaid() {{ "{sys.executable}" -m medaid_cli "$@"; }}\n{script}'
    ended = subprocess.run(
        ["bash", "-c", defined], capture_output=True, check=False, env=environment(env), timeout=SECONDS
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def invoke(*args: str, env: Mapping[str, str] | None = None) -> Ended:
    """Run a command within this process, in a pipe's surroundings."""
    steering: dict[str, str | None] = dict.fromkeys(STEERING)
    result = CliRunner().invoke(make_app(), list(args), env=steering | dict(env or {}), prog_name="medaid")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)
