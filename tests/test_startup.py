"""What a run imports, the least that will do, and how it ends. Nothing is timed here."""

import errno
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import COMMANDS as READING
from program import environment, in_terminal, prepared, run, shell

from medaid_cli import cli
from medaid_cli.__main__ import script
from medaid_cli.cli import COMMANDS

TELL = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
sys.argv[0] = "medaid"
from medaid_cli.__main__ import main
main()
"""


def imported(*args: str) -> set[str]:
    """The modules that a run in a pipe has imported when it ends."""
    command = [sys.executable, "-c", TELL, *args]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
    assert ended.stdout
    return set(ended.stderr.splitlines()[-1].split())


def roots(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("command", ["countries", "stats", "claims", "sources", "measures"])
def test_json_needs_neither_rich_nor_pydantic_nor_csv(command: str) -> None:
    found = imported(command, "--json")
    assert not roots(found) & {"rich", "pydantic", "csv", "unicodedata"}
    assert not found & {"medaid_cli.render.text", "medaid_cli.render.separated", "medaid_cli.render.terminal"}


@pytest.mark.parametrize("args", READING.values(), ids=READING)
def test_a_store_is_read_and_told_as_json_without_tinydb_and_pythons_json(args: tuple[str, ...]) -> None:
    assert not roots(imported(*args, "--json")) & {"tinydb", "json"}


@pytest.mark.parametrize("args", READING.values(), ids=READING)
def test_no_command_that_only_reads_needs_tinydb(args: tuple[str, ...]) -> None:
    assert "tinydb" not in roots(imported(*args))


def test_a_command_that_writes_needs_tinydb_which_the_other_tests_would_notice(tmp_path: Path) -> None:
    store = str(prepared(tmp_path) / "my.json")
    assert "tinydb" in roots(imported("retract", "cgtn-2023:p10:1", "--reason", "misread", "--store", store))


@pytest.mark.parametrize(
    "args", [("countries",), ("country", "Benin"), ("stats", "--csv"), ("claims", "-f", "markdown")]
)
def test_what_goes_into_a_pipe_needs_no_rich(args: tuple[str, ...]) -> None:
    assert not roots(imported(*args)) & {"rich", "pydantic"}


def test_help_and_version_need_no_rich_and_read_no_store() -> None:
    assert not roots(imported("--help")) & {"rich", "pydantic"}
    assert not roots(imported("claims", "--help")) & {"rich", "pydantic"}
    assert not {name for name in imported("--version") if name.startswith("medaid_cli.reports.c")}


def test_a_command_is_built_without_the_files_of_the_others() -> None:
    found = imported("measures", "--json")
    files = {file for file, _ in COMMANDS.values()}
    assert {name for name in found if name.removeprefix("medaid_cli.commands.") in files} == {
        "medaid_cli.commands.vocabulary"
    }


def test_a_table_in_a_terminal_is_drawn_by_rich_which_the_other_tests_would_notice() -> None:
    shown, code = in_terminal("measures", env={"PYTHONVERBOSE": "1"})
    assert code == 0
    assert "import 'rich.table'" in shown


def test_importing_the_package_touches_no_file_of_the_store() -> None:
    watch = (
        "import sys\n"
        "seen = []\n"
        "sys.addaudithook(lambda event, args: seen.append(str(args[0])) if event == 'open' else None)\n"
        "import medaid_cli.cli\n"
        "print([name for name in seen if name.endswith('facts.json')])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", watch], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert ended.stdout == "[]\n"


class AtOnce(BaseException):
    """Stands for the end of the process."""


class Full:
    """Stands for a stream to a disk that is full."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def script_ends(monkeypatch: pytest.MonkeyPatch, code: object) -> None:
    """The console script around a program that ends with this code."""

    def program() -> None:
        raise SystemExit(code)

    def at_once(status: int) -> None:
        raise AtOnce(status)

    monkeypatch.setattr(cli, "main", program)
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(os, "_exit", at_once)
    script()


@pytest.mark.parametrize("code", [0, 2, 130])
def test_the_console_script_ends_the_process_at_once_with_the_programs_code(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    with pytest.raises(AtOnce) as ended:
        script_ends(monkeypatch, code)
    assert ended.value.args == (code,)


def test_what_is_still_to_be_written_or_said_has_an_orderly_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="a message"):
        script_ends(monkeypatch, "a message")
    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(SystemExit):
        script_ends(monkeypatch, 0)


def test_the_module_runs_as_the_console_script_does() -> None:
    command = [sys.executable, "-m", "medaid_cli", "countries", "--region", "Nowhere"]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == run("countries", "--region", "Nowhere")
    assert ended.returncode == 2


def test_all_that_a_large_answer_holds_arrives_in_a_pipe_before_the_process_ends() -> None:
    ended = shell("medaid claims --json | tail -c 3")
    assert ended.code == 0
    assert ended.out.endswith("}\n")
