"""Running the program as its users do: in a pipe, in a terminal of some size, and within the test itself."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from medaid_cli.cli import make_app

STEERING = (
    "NO_COLOR",
    "FORCE_COLOR",
    "MEDAID_STORE",
    "MEDAID_TEXTS",
    "COLUMNS",
    "LINES",
    "PYTHONIOENCODING",
    "LC_ALL",
    "PYTHONUTF8",
)
PATIENCE = 3  # seconds after which a person would press a key again
MEDAID = str(Path(sys.executable).with_name("medaid"))  # the console script, as users start it
SECONDS = 60  # a run that takes this long hangs
ROOT = Path(__file__).parent.parent
# What the program reads here unless a test says otherwise: five articles, whose 105 claims are known by heart.
FIVE = Path(__file__).with_name("five_texts.json")

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

# The commands that write a store, or want one of one's own: as they are typed in the folder that `prepared` makes.
FIGURE = ("-s", "cgtn-2023", "--locator", "p7", "--quote", "nearly 30,000 people", "-m", "personnel")
OWN: dict[str, tuple[str, ...]] = {
    "init": ("init", "new.json"),
    "add": ("add", *FIGURE, "--store", "my.json"),
    "add-source": ("add-source", "--id", "who-2014", "--title", "Ebola response", "--store", "my.json"),
    "import": ("import", "rows.csv", "--store", "my.json"),
    "retract": ("retract", "cgtn-2023:p10:1", "--reason", "misread", "--store", "my.json"),
    "replace": ("replace", "cgtn-2023:p10:1", "--note", "read again", "--store", "my.json"),
    "check": ("check", "--store", "my.json"),
    "verify": ("verify", "--texts", "texts", "--store", "my.json"),
}
WRITING = ("init", "add", "add-source", "import", "retract", "replace")
ROWS = """\
source,locator,quote,measure,statement
cgtn-2023,p7,"nearly 30,000 people",personnel,"So many were sent, it says."
cgtn-2023,p8,over 200 people,personnel,
"""


class Ended(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


def prepared(folder: Path) -> Path:
    """The folder, with all that the commands in `OWN` need: a copy of the store, rows, a folder of texts."""
    shutil.copyfile(FIVE, folder / "my.json")
    (folder / "rows.csv").write_text(ROWS, encoding="utf-8")
    (folder / "texts").mkdir()
    return folder


def environment(env: Mapping[str, str] | None = None, words: Iterable[str] = ()) -> dict[str, str]:
    """The surroundings without anything that steers the program, and with what is given.

    Only where nothing in the words of the command can write it there is the store of five texts.
    """
    plain = {name: value for name, value in os.environ.items() if name not in STEERING}
    store = {} if set(words) & set(WRITING) else {"MEDAID_STORE": str(FIVE)}
    return plain | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | store | dict(env or {})


def run(*args: str, env: Mapping[str, str] | None = None, stdin: str = "", cwd: Path | None = None) -> Ended:
    """Run the program without a terminal; what it writes is read as UTF-8, strictly."""
    ended = subprocess.run(
        [MEDAID, *args],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        env=environment(env, args),
        timeout=SECONDS,
        cwd=cwd,
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def in_terminal(
    *args: str,
    columns: int = 80,
    lines: int = 50,
    env: Mapping[str, str] | None = None,
    talk: Iterable[tuple[str, str]] = (),
    cwd: Path | None = None,
) -> tuple[str, int]:
    """Run the program in a terminal of that size: all that the terminal was sent, and the exit code.

    `talk`: what to wait for, and what then to type; Ctrl-C is `\\x03`.
    """
    own, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    with subprocess.Popen(
        [MEDAID, *args],
        stdin=its,
        stdout=its,
        stderr=its,
        env=environment(env, args),
        start_new_session=True,
        preexec_fn=keyboard,  # noqa: PLW1509 no test has threads
        cwd=cwd,
    ) as process:
        os.close(its)
        try:
            shown = conversation(own, deque((wait.encode(), words.encode()) for wait, words in talk))
            code = process.wait(SECONDS)
        finally:
            process.kill()
            os.close(own)
    return shown.decode(), code


def conversation(terminal: int, turns: "deque[tuple[bytes, bytes]]") -> bytes:
    """All that the program says until it ends; what is waited for is answered."""
    shown, seen, last = b"", 0, b""
    while part := read_from(terminal, again=last if last == b"\x03" else b""):
        shown += part
        while turns and (at := shown.find(turns[0][0], seen)) >= 0:
            seen = at + len(turns[0][0])
            last = turns.popleft()[1]
            os.write(terminal, last)
    assert not turns, (turns[0], shown.decode())
    return shown


def keyboard() -> None:
    """Make the terminal that is the standard input the one whose Ctrl-C ends this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def read_from(terminal: int, again: bytes) -> bytes:
    """What came next; nothing once the other side is closed, which Linux tells by an error, or waits for too long.

    `again` is typed once more if nothing comes: readline loses a Ctrl-C in the moment before it waits for one.
    """
    waited = 0
    while not select.select([terminal], [], [], PATIENCE)[0]:
        waited += PATIENCE
        if waited >= SECONDS:
            return b""
        os.write(terminal, again)
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def shell(script: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Ended:
    """Run a line of bash in which `medaid` is the program under test."""
    defined = f'medaid() {{ "{MEDAID}" "$@"; }}\n{script}'
    ended = subprocess.run(
        ["bash", "-c", defined],
        capture_output=True,
        check=False,
        env=environment(env, script.split()),
        timeout=SECONDS,
        cwd=cwd,
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def invoke(*args: str, env: Mapping[str, str] | None = None, stdin: str | bytes = "", cwd: Path | None = None) -> Ended:
    """Run a command within this process, in a pipe's surroundings."""
    steering: dict[str, str | None] = dict.fromkeys(STEERING)
    if not set(args) & set(WRITING):
        steering["MEDAID_STORE"] = str(FIVE)
    with chdir(cwd or Path.cwd()):
        result = CliRunner().invoke(
            make_app(), list(args), input=stdin, env=steering | dict(env or {}), prog_name="medaid"
        )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)
