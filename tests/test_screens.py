"""What a person at a terminal sees: golden screens, kept as snapshots (pytest --snapshot-update), and limits."""

import re
from pathlib import Path
from unittest import mock

import pytest
from program import COMMANDS, FIVE, OWN, in_terminal, invoke, prepared, run
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
OWN_SCREENS: dict[str, tuple[int, tuple[str, ...]]] = {
    **{name: (0, words) for name, words in OWN.items()},
    "import of bad rows": (3, ("import", "bad.csv", "--store", "my.json")),
    "import as a rehearsal": (0, ("import", "rows.csv", "--store", "my.json", "--dry-run")),
    "check of a bad store": (3, ("check", "--store", "bad.json")),
    "check that lists rules": (0, ("check", "--list", "--store", "my.json")),
    "verify with a text": (3, OWN["verify"]),
}
BAD_ROWS = """\
source,locator,qoute,quote,measure,value
cgtn-2023,p7,,"nearly 30,000 people",personnel,
cgtn-2023,p8,over 200 people,,personnel,
cgtn-2O23,p8,,over 200 people,personel,"1,000"
cgtn-2023,page 8,,over 200 people,personel,200
"""
TEXT = "a title\n\nthe 13 leading public hospitals\nin a year, 20 private hospitals\n"
CODES = re.compile(r"\x1b\[[0-9;]*m")


class Screen(SingleFileSnapshotExtension):
    """One text file per screen."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Screen)


def screen(
    *args: str, columns: int = 80, env: dict[str, str] | None = None, cwd: Path | None = None, code: int = 0
) -> str:
    """What the terminal shows, with plain line ends."""
    shown, ended = in_terminal(*args, columns=columns, env=env, cwd=cwd)
    assert ended == code
    return shown.replace("\r\n", "\n")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store of one's own, one that is broken, rows that can be entered and others, and a text."""
    (tmp_path / "bad.csv").write_text(BAD_ROWS, encoding="utf-8")
    store = prepared(tmp_path) / "my.json"
    broken = store.read_text(encoding="utf-8").replace('"recipient": [', '"recipients": [', 2)
    store.with_name("bad.json").write_text(broken, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("args", SCREENS.values(), ids=SCREENS)
def test_a_screen_of_80_columns_is_as_it_was(golden: SnapshotAssertion, args: tuple[str, ...]) -> None:
    assert screen(*args, env={"NO_COLOR": "1"}) == golden


@pytest.mark.parametrize("args", [COMMANDS["countries"], COMMANDS["country"]], ids=["countries", "country"])
def test_a_screen_of_120_columns_is_as_it_was(golden: SnapshotAssertion, args: tuple[str, ...]) -> None:
    assert screen(*args, columns=120, env={"NO_COLOR": "1"}) == golden


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", OWN_SCREENS)
def test_a_screen_about_a_store_of_ones_own_is_as_it_was(
    golden: SnapshotAssertion, home: Path, name: str, columns: int
) -> None:
    code, words = OWN_SCREENS[name]
    if name == "verify with a text":
        (home / "texts" / "shine-2024.txt").write_text(TEXT, encoding="utf-8")
    assert screen(*words, columns=columns, env={"NO_COLOR": "1"}, cwd=home, code=code) == golden


@pytest.mark.parametrize("command", ["add", "import"])
def test_the_help_of_a_command_that_writes_is_as_it_was(golden: SnapshotAssertion, command: str) -> None:
    assert screen(command, "--help") == golden


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


@pytest.mark.parametrize("name", OWN)
def test_no_colour_where_it_is_not_wanted_when_a_store_is_changed(home: Path, name: str) -> None:
    assert "\x1b" not in screen(*OWN[name], env={"NO_COLOR": "1"}, cwd=home)


@pytest.mark.parametrize("name", OWN)
def test_a_narrow_screen_shows_all_of_what_was_changed(home: Path, name: str) -> None:
    narrow = letters(screen(*OWN[name], columns=40, env={"NO_COLOR": "1"}, cwd=home))
    for path in ("new.json", "my.json"):
        home.joinpath(path).unlink(missing_ok=True)
    home.joinpath("my.json").write_bytes(FIVE.read_bytes())
    wide = letters(screen(*OWN[name], columns=200, env={"NO_COLOR": "1"}, cwd=home))
    assert not {char for char in wide if char[0].isalnum()} - narrow


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
