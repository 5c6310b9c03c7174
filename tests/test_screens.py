"""What a person at a terminal sees: golden screens, kept as snapshots (pytest --snapshot-update), and limits."""

import re
from pathlib import Path
from unittest import mock

import pytest
from program import COMMANDS, in_terminal, invoke, run
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from medaid_cli.render import output
from medaid_cli.render.terminal import terminal_text
from medaid_cli.render.text import blocks
from medaid_cli.reports.report import Report

SCREENS = {
    **COMMANDS,
    "stats of teams": ("stats", "-m", "teams"),
    "compare of teams": ("compare", "teams"),
    "timeline of personnel": ("timeline", "-m", "personnel"),
    "claims with text": ("claims", "cataract"),
    "claims of none": ("claims", "--country", "Liechtenstein"),
    "places with text": ("places", "congo"),
    "programmes by fields": ("programmes", "--fields", "id,start,claims", "--sort", "-claims", "--limit", "3"),
}
CODES = re.compile(r"\x1b\[[0-9;]*m")


class Screen(SingleFileSnapshotExtension):
    """One text file per screen."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Screen)


def screen(*args: str, columns: int = 80, env: dict[str, str] | None = None) -> str:
    """What the terminal shows, with plain line ends."""
    shown, code = in_terminal(*args, columns=columns, env=env)
    assert code == 0
    return shown.replace("\r\n", "\n")


@pytest.mark.parametrize("args", SCREENS.values(), ids=SCREENS)
def test_a_screen_of_80_columns_is_as_it_was(golden: SnapshotAssertion, args: tuple[str, ...]) -> None:
    assert screen(*args, env={"NO_COLOR": "1"}) == golden


@pytest.mark.parametrize("args", [COMMANDS["countries"], COMMANDS["country"]], ids=["countries", "country"])
def test_a_screen_of_120_columns_is_as_it_was(golden: SnapshotAssertion, args: tuple[str, ...]) -> None:
    assert screen(*args, columns=120, env={"NO_COLOR": "1"}) == golden


def test_the_help_is_as_it_was(golden: SnapshotAssertion) -> None:
    assert screen("--help") == golden


def test_the_help_of_a_command_is_as_it_was(golden: SnapshotAssertion) -> None:
    assert screen("claims", "--help") == golden


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """What the commands hand to the renderer."""
    found = []
    for args in (*SCREENS.values(), ("stats", "--why")):
        with mock.patch.object(output, "render", wraps=output.render) as render:
            assert invoke(*args).code == 0
        found.append(render.call_args.args[0])
    return found


@pytest.mark.parametrize("columns", [20, 40, 72, 80, 100, 120, 250])
def test_no_line_is_longer_than_the_screen_and_no_cell_is_cut(reports: list[Report], columns: int) -> None:
    for report in reports:
        shown = terminal_text(report, width=columns, color=False)
        assert "…" not in shown
        # A screen that has no room for one column of letters each is left to wrap.
        if columns >= 72:
            assert max(map(cell_len, shown.splitlines())) <= columns


@pytest.mark.parametrize("columns", [20, 80, 250])
def test_every_character_of_every_cell_is_on_the_screen(reports: list[Report], columns: int) -> None:
    for report in reports:
        shown = letters(terminal_text(report, width=columns, color=False))
        for block in blocks(report):
            for column in block.columns:
                expected = letters("".join(column.show(row) for row in block.rows))
                assert not expected - shown, (report.name, column.heading)


def letters(text: str) -> set[tuple[str, int]]:
    """Each character with each of its places among its like, so that sets compare as bags do."""
    seen: dict[str, int] = {}
    found = set()
    for char in text:
        if not char.isspace():
            seen[char] = seen.get(char, 0) + 1
            found.add((char, seen[char]))
    return found


def test_colour_is_there_in_a_terminal_and_only_repeats_words() -> None:
    colored, plain = screen("stats"), screen("stats", env={"NO_COLOR": "1"})
    assert CODES.search(colored)
    assert [CODES.sub("", line).rstrip() for line in colored.splitlines()] == plain.splitlines()
    assert "conflict" in plain


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}], ids=str)
def test_no_colour_where_it_is_not_wanted(env: dict[str, str]) -> None:
    for args in COMMANDS.values():
        assert "\x1b" not in screen(*args, env=env)


def test_an_empty_no_color_asks_for_nothing() -> None:
    assert CODES.search(screen("stats", env={"NO_COLOR": ""}))


def test_a_dumb_terminal_is_as_wide_as_it_says() -> None:
    dumb = screen("countries", columns=100, env={"TERM": "dumb"})
    assert dumb == screen("countries", columns=100, env={"NO_COLOR": "1"})
    assert max(map(len, dumb.splitlines())) > 80


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "markdown"])
def test_a_machine_format_is_the_same_in_a_terminal_and_in_a_pipe(format: str) -> None:
    piped = run("countries", "--format", format)
    assert screen("countries", "--format", format) == piped.out + piped.err


def test_a_file_gets_no_table_for_a_screen_even_from_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    screen("countries", "-o", str(path))
    assert path.read_text(encoding="utf-8") == run("countries").out
