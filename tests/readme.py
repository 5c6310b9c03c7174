"""What the README and the docs show is run here, by cog: `python -m cogapp -r -P -I tests README.md`."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from program import STEERING, in_terminal

WIDTH = 100


def screen(command: str, columns: int = WIDTH) -> None:
    """The command and what a terminal of that width shows, without colour."""
    words = command.split()
    shown, code = in_terminal(*words[1:], columns=columns, lines=60, env={"NO_COLOR": "1", "MEDAID_STORE": ""})
    assert code == 0, (command, shown)
    fenced(command, shown.replace("\r\n", "\n"))


def piped(command: str) -> None:
    """The command line and what it writes to standard output in a pipe; jq and the like are really run."""
    tools = Path(sys.executable).parent
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, env={"PATH": path})
    fenced(command, run.stdout)


def session(*commands: str) -> None:
    """Command lines run one after the other in an empty folder, each with all that it writes."""
    tools = Path(sys.executable).parent
    settings = {name: value for name, value in os.environ.items() if name not in STEERING}
    settings["PATH"] = f"{tools}{os.pathsep}{settings['PATH']}"
    with TemporaryDirectory() as folder:
        print("```console")
        for command in commands:
            run = subprocess.run(
                ["bash", "-c", command], capture_output=True, text=True, check=True, cwd=folder, env=settings
            )
            if command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                settings[name] = value
            print(f"$ {command}\n{run.stdout}{run.stderr}".rstrip())
        print("```")


def fenced(command: str, output: str) -> None:
    """A code block, without blanks at line ends."""
    lines = "\n".join(line.rstrip() for line in output.splitlines())
    print(f"```console\n$ {command}\n{lines}\n```")
