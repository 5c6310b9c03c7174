"""Among other programs: pipes, files, signals, streams that are full or closed, help that can be run."""

import csv
import gc
import json
import os
import re
import shlex
import signal
import subprocess
from pathlib import Path
from typing import Annotated

import pytest
import typer
from program import (
    COMMANDS,
    FIVE,
    MEDAID,
    OWN,
    SECONDS,
    WRITING,
    environment,
    in_terminal,
    invoke,
    prepared,
    run,
    shell,
)
from typer.testing import CliRunner

from medaid_cli import __version__, cli
from medaid_cli.__main__ import main as start
from medaid_cli.commands.help import Command
from medaid_cli.commands.intake import after_a_change

EVERY = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
EVERY_OWN = pytest.mark.parametrize("command", OWN.values(), ids=OWN)
ROWS = ["countries", "claims", "sources", "measures", "programmes", "places"]  # one table of rows, nothing else


def test_every_command_has_a_run_here() -> None:
    assert {*COMMANDS, *OWN} == set(cli.COMMANDS)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store of one's own."""
    return prepared(tmp_path)


@EVERY_OWN
def test_about_a_store_of_ones_own_nothing_is_cut_in_a_pipe_either(home: Path, command: tuple[str, ...]) -> None:
    ended = run(*command, env={"FORCE_COLOR": "1", "COLUMNS": "20"}, cwd=home)
    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert not re.search("[─│┃━…]", ended.out)


@EVERY_OWN
def test_messages_about_a_store_of_ones_own_go_to_the_error_stream(
    tmp_path_factory: pytest.TempPathFactory, command: tuple[str, ...]
) -> None:
    plain, as_json = (
        invoke(*command, *format, cwd=prepared(tmp_path_factory.mktemp("home"))) for format in ((), ("--json",))
    )
    assert plain.err.splitlines() == json.loads(as_json.out)["notes"] != []
    assert as_json.err == ""


@EVERY
def test_in_a_pipe_nothing_is_cut_and_no_code_steers_the_screen(command: tuple[str, ...]) -> None:
    ended = run(*command, env={"FORCE_COLOR": "1", "COLUMNS": "20"})
    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert "…" not in ended.out
    assert not re.search("[─│┃━]", ended.out)


@pytest.mark.parametrize("command", ROWS)
def test_in_a_pipe_each_record_is_one_whole_line_under_the_headings(command: str) -> None:
    heads, *lines = run(command).out.splitlines()
    rows = json.loads(run(command, "--json").out)["rows"]
    assert len(lines) == len(rows)
    assert {line.count("\t") for line in lines} == {heads.count("\t")}
    assert all(next(iter(row.values())) in line or row["name"] in line for row, line in zip(rows, lines, strict=True))


@EVERY
def test_data_goes_to_the_output_and_messages_to_the_error_stream(command: tuple[str, ...]) -> None:
    plain, as_json = run(*command), run(*command, "--json")
    notes = json.loads(as_json.out)["notes"]
    assert plain.err.splitlines() == notes
    assert as_json.err == ""
    assert not set(notes) & set(plain.out.splitlines())


@pytest.mark.parametrize("args", ["claims", "claims --json", "claims --csv", "--help", "claims -h", "--version"])
def test_a_reader_who_leaves_early_is_left_in_peace(args: str) -> None:
    quiet = shell(f"medaid {args} >/dev/null")
    for reader in ("true", "head -1 >/dev/null", "head -c 1 >/dev/null"):
        ended = shell(f"medaid {args} | {reader}; exit ${{PIPESTATUS[0]}}")
        assert ended.code == 0
        assert ended.err in ("", quiet.err)


def test_a_reader_of_one_line_gets_it() -> None:
    ended = shell("medaid countries 2>/dev/null | head -1; exit ${PIPESTATUS[0]}")
    assert ended.code == 0
    assert ended.out.startswith("country\t")


def test_a_reader_who_leaves_the_error_stream_is_left_in_peace() -> None:
    ended = shell("medaid countries 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize("args", ["claims", "claims --json", "claims --csv", "--help", "stats -h", "--version"])
def test_a_full_disk_is_told_in_one_line(args: str) -> None:
    ended = shell(f"medaid {args} > /dev/full")
    assert ended == (4, "", "medaid: standard output: can't be written: No space left on device\n")


@pytest.mark.parametrize("name", ["init", "add", "add-source", "import", "retract", "replace"])
def test_a_change_that_could_not_be_told_is_told_to_be_made(home: Path, name: str) -> None:
    before = (home / "my.json").read_bytes()
    words = ("init", "my.json", "--force") if name == "init" else OWN[name]
    ended = shell(f"medaid {shlex.join(words)} > /dev/full", cwd=home)
    says = "the change is made, but standard output: can't be written: No space left on device"
    assert ended == (4, "", f"medaid: {says}\n")
    assert (home / "my.json").read_bytes() != before


def test_rows_that_are_only_looked_at_are_not_told_to_be_entered(home: Path) -> None:
    ended = shell("medaid import rows.csv --dry-run --store my.json > /dev/full", cwd=home)
    assert ended == (4, "", "medaid: standard output: can't be written: No space left on device\n")


def test_an_interrupt_after_a_change_is_no_reason_to_think_that_it_was_not_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(KeyboardInterrupt), after_a_change():
        raise KeyboardInterrupt
    assert capsys.readouterr() == ("", "medaid: interrupted; the change is made\n")


@pytest.mark.parametrize("args", ["claims", "claims --json", "--help", "stats -h", "--version"])
def test_a_closed_output_is_told_in_one_line(args: str) -> None:
    ended = shell(f"medaid {args} >&-")
    assert ended == (4, "", "medaid: standard output: can't be written: Bad file descriptor\n")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ("claims", 0),
        ("--help", 0),
        ("--version", 0),
        ("cuntries", 2),
        ("--nope", 2),
        ("countries --since x", 2),
        ("", 2),
    ],
)
def test_with_a_closed_error_stream_the_exit_code_still_tells(args: str, code: int) -> None:
    assert shell(f"medaid {args} 2>&- >/dev/null").code == code
    assert shell(f"medaid {args} 2>&- >/dev/null <&-").code == code


@pytest.mark.parametrize("args", ["cuntries", "--nope", "countries --since x", "countries --fields zz", ""])
def test_with_a_full_error_stream_the_exit_code_still_tells(args: str) -> None:
    assert shell(f"medaid {args} 2>/dev/full") == (2, "", "")


def test_notes_that_cannot_be_written_end_with_4() -> None:
    ended = shell("medaid countries 2>/dev/full")
    assert ended.code == 4
    assert ended.out.startswith("country\t")


def test_with_all_streams_closed_only_the_exit_code_is_left() -> None:
    assert shell("medaid claims >&- 2>&- <&-") == (4, "", "")


def test_with_closed_streams_a_file_is_still_written(tmp_path: Path) -> None:
    ended = shell(f"medaid countries -o '{tmp_path}/out.csv' >&- 2>&- <&-")
    assert ended == (0, "", "")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == run("countries", "--csv").out


@pytest.mark.parametrize("args", [("countries",), ("stats", "--json"), ("country", "Benin")])
def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path, args: tuple[str, ...]) -> None:
    slow = tmp_path / "slow.json"
    os.mkfifo(slow)  # reading it waits for a writer who never writes
    command = [MEDAID, *args, "--store", str(slow)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process,
        slow.open("wb"),  # returns once the program has opened the other end
    ):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_an_interrupt_of_an_import_ends_with_130_and_changes_nothing(home: Path) -> None:
    pipe = home / "pipe.jsonl"
    os.mkfifo(pipe)
    command = [MEDAID, "import", "pipe.jsonl", "--store", "my.json"]
    with (
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=home
        ) as process,
        pipe.open("wb", buffering=0) as rows,
    ):
        rows.write(b'{"id": "a", "title": "A"}\n' * 2000)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()
    assert sorted(path.name for path in home.iterdir()) == ["my.json", "pipe.jsonl", "rows.csv", "texts"]


@pytest.mark.parametrize("name", WRITING)
def test_a_reader_who_leaves_early_leaves_what_was_changed(home: Path, name: str) -> None:
    words = shlex.join(OWN[name])
    ended = shell(f"medaid {words} | true; exit ${{PIPESTATUS[0]}}", cwd=home)
    assert ended.code == 0
    assert (home / "new.json").exists() or (home / "my.json").read_bytes() != FIVE.read_bytes()


@pytest.mark.parametrize("name", [name for name in WRITING if name != "init"])
def test_a_change_with_closed_streams_is_still_made(home: Path, name: str) -> None:
    ended = shell(f"medaid {shlex.join(OWN[name])} -o report.json >&- 2>&- <&-", cwd=home)
    assert ended == (0, "", "")
    assert (home / "my.json").read_bytes() != FIVE.read_bytes()
    assert json.loads((home / "report.json").read_text(encoding="utf-8"))["schema"] == f"medaid.{name}/1"


def test_rows_come_through_a_pipe_from_one_store_into_another(home: Path) -> None:
    piped = "medaid {0} -f jsonl --store my.json 2>/dev/null | medaid import - --store new.json"
    ended = shell("medaid init new.json;" + "&&".join(map(piped.format, ("sources", "claims"))), cwd=home)
    assert ended.code == 0
    assert "105 rows entered" in ended.err
    for format in ("json", "jsonl", "csv"):
        old, new = (invoke("claims", "--store", store, "-f", format, cwd=home).out for store in ("my.json", "new.json"))
        assert new.partition('"query"')[2] == old.partition('"query"')[2]
        assert format == "json" or new == old


def test_a_closed_input_is_told(home: Path) -> None:
    ended = shell("medaid import - --store my.json <&-", cwd=home)
    assert ended == (2, "", "medaid: standard input is closed\n")


def test_a_terminal_counts_rows_as_they_pass_and_takes_the_count_away(home: Path) -> None:
    rows = "".join(f'{{"id": "s{number}", "title": "A"}}\n' for number in range(20_000))
    (home / "rows.jsonl").write_text(rows + "{\n", encoding="utf-8")
    shown, code = in_terminal("import", "rows.jsonl", "--store", "my.json", env={"NO_COLOR": "1"}, cwd=home)
    assert code == 3
    assert "\r10,000 rows\r20,000 rows\r           \rline 20001: row: is not JSON" in shown
    assert "rows\r" not in shown.partition("line 20001")[2]
    quiet = run("import", "rows.jsonl", "--store", "my.json", cwd=home)
    assert "\r" not in quiet.err


def test_an_interrupt_while_the_program_is_still_starting_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 130


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_short_and_long_help_are_the_same(name: str) -> None:
    short, long = invoke(name, "-h"), invoke(name, "--help")
    assert short == long
    assert short.code == 0
    assert short.out.startswith(f"Usage: medaid {name} ")


def test_short_and_long_help_of_the_program_are_the_same_and_list_every_command() -> None:
    short, long = run("-h"), run("--help")
    assert short == long
    assert short.code == 0
    listed = short.out.partition("Commands:")[2].split("\n")
    assert [line.split()[0] for line in listed if line.strip()] == list(cli.COMMANDS)


def test_the_list_of_commands_tells_each_in_whole_at_80_columns() -> None:
    ended = run("--help", env={"COLUMNS": "80"})
    assert "..." not in ended.out.partition("Commands:")[2]
    assert all(len(line) <= 80 for line in ended.out.splitlines())
    assert all(line.endswith(".") for line in ended.out.partition("Commands:\n")[2].splitlines())


@pytest.mark.parametrize("command", [(), *((name,) for name in cli.COMMANDS)], ids=str)
def test_help_fits_80_columns(command: tuple[str, ...]) -> None:
    ended = invoke(*command, "--help", env={"COLUMNS": "80"})
    assert all(len(line) <= 80 for line in ended.out.splitlines())


def example(command: str) -> str:
    """The example in its help, up to a pipe."""
    found = invoke(command, "--help").out.partition("Example:\n")[2].strip().partition("|")[0]
    assert found.startswith(f"medaid {command}")
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_in_the_help_of_every_command_runs(command: str) -> None:
    ended = shell(example(command))
    assert ended.code == 0
    assert ended.out


@pytest.mark.parametrize("command", OWN)
def test_the_example_in_the_help_of_every_command_that_writes_runs_after_those_before_it(
    tmp_path: Path, command: str
) -> None:
    (tmp_path / "rows.csv").write_text("id,title\na,A\n", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    steps = [step for step in ("init", "add-source", "add") if step != command]
    for step in steps[: 0 if command == "init" else 1 if command == "add-source" else 3]:
        assert shell(example(step), cwd=tmp_path).code == 0
    ended = shell(example(command), cwd=tmp_path)
    assert ended.code == 0
    assert ended.out


def test_what_is_to_be_run_next_runs_and_no_name_in_it_is_run(tmp_path: Path) -> None:
    store = str(tmp_path / "my $(touch 'x') store.json")
    id = "-it's; $(touch y) `touch z` > w"
    said = run("init", store, "--with-claims", cwd=tmp_path)
    for words in (
        ("add-source", "--id", id, "--title", "A"),
        ("add", "-s", id, "--locator", "p1", "--quote", "5 people", "-m", "personnel"),
        ("replace", "--quote", "6 people", "--", f"{id}:p1:1"),
        ("retract", "--reason", "misread", "--", f"{id}:p1:2"),
    ):
        said = run(words[0], "--store", store, *words[1:], cwd=tmp_path)
        assert said.code == 0
        [step] = [line.removeprefix("next: ") for line in said.err.splitlines() if line.startswith("next: ")]
        ended = shell(step, cwd=tmp_path)
        assert ended.code == (2 if words[0] == "add-source" else 3 if words[0] == "retract" else 0), step
        assert "a claim needs --locator" in ended.err or ended.out
    assert [path.name for path in tmp_path.iterdir()] == [Path(store).name]


def test_the_examples_in_the_help_of_the_program_run(tmp_path: Path) -> None:
    lines = [line.strip() for line in run("--help").out.splitlines() if line.startswith("    medaid ")]
    assert len(lines) > 1
    for line in lines:
        ended = shell(line.partition("   ")[0], cwd=tmp_path)
        assert ended.code == 0
        assert ended.out


def test_options_are_grouped_in_the_help_and_every_one_is_told_in_words() -> None:
    out = invoke("countries", "--help", env={"COLUMNS": "80"}).out
    heads = [line for line in out.splitlines() if line and not line.startswith((" ", "Usage"))]
    assert [head.split()[0] for head in heads] == ["Filters", "Display:", "Options:"]
    assert "<" not in out


def test_a_hidden_option_stays_hidden_in_the_help() -> None:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)

    @app.command(cls=Command)
    def here(
        shown: Annotated[bool, typer.Option("--shown")] = False,
        hidden: Annotated[bool, typer.Option("--hidden", hidden=True)] = False,
    ) -> None:
        """Be here."""

    out = CliRunner().invoke(app, ["--help"]).stdout
    assert "--shown" in out
    assert "--hidden" not in out


def test_the_version_is_told() -> None:
    assert run("--version") == (0, f"medaid {__version__}\n", "")


@pytest.mark.parametrize(
    ("ending", "format"),
    [
        ("json", "json"),
        ("jsonl", "jsonl"),
        ("ndjson", "jsonl"),
        ("csv", "csv"),
        ("tsv", "tsv"),
        ("md", "markdown"),
        ("markdown", "markdown"),
        ("txt", "table"),
        ("CSV", "csv"),
    ],
)
def test_a_file_is_written_in_the_format_of_its_ending(tmp_path: Path, ending: str, format: str) -> None:
    path = tmp_path / f"out.{ending}"
    ended = invoke("claims", "-o", str(path))
    printed = invoke("claims", "--format", format)
    assert (ended.code, ended.out) == (0, "")
    assert path.read_bytes().decode() == printed.out
    assert ended.err == printed.err


def test_a_format_given_goes_before_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    assert invoke("claims", "-o", str(path), "--json").code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["schema"] == "medaid.claims/1"


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("x" * 10**6, encoding="utf-8")
    assert invoke("measures", "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == invoke("measures", "--csv").out


def test_a_dash_as_file_is_the_output() -> None:
    assert invoke("claims", "--csv", "-o", "-") == invoke("claims", "--csv")
    assert invoke("claims", "-o", "-") == invoke("claims")


def test_another_store_is_read_from_the_option_before_the_environment(tmp_path: Path) -> None:
    tables = json.loads(FIVE.read_text(encoding="utf-8"))
    for name in ("one", "two"):
        tables["store"]["1"]["title"] = name
        (tmp_path / name).write_text(json.dumps(tables), encoding="utf-8")
    one, two = str(tmp_path / "one"), str(tmp_path / "two")

    def title(*args: str, env: dict[str, str] | None = None) -> str:
        found: str = json.loads(run("countries", "--json", *args, env=env).out)["store"]["title"]
        return found

    assert title("--store", one) == "one"
    assert title(env={"MEDAID_STORE": two}) == "two"
    assert title("--store", one, env={"MEDAID_STORE": two}) == "one"
    assert title(env={"MEDAID_STORE": ""}) == title()


@pytest.mark.parametrize("command", ROWS)
def test_a_limit_tells_how_many_rows_there_are(command: str) -> None:
    whole = json.loads(invoke(command, "--json").out)
    cut = json.loads(invoke(command, "--json", "--limit", "2").out)
    assert cut["rows"] == whole["rows"][:2]
    assert cut["total"] == whole["total"] == len(whole["rows"])
    said = f"showing 2 of {whole['total']:,} rows"
    assert said in cut["notes"]
    assert said in invoke(command, "--limit", "2").err.splitlines()
    assert said in invoke(command, "--csv", "--limit", "2").err.splitlines()


def test_a_limit_that_cuts_nothing_says_nothing() -> None:
    assert invoke("claims", "--limit", "100000") == invoke("claims")


def test_numbers_are_sorted_as_numbers_and_missing_ones_come_last() -> None:
    def sorted_by(field: str) -> list[int | None]:
        rows = json.loads(invoke("claims", "--json", "--sort", field).out)["rows"]
        return [row["value"] for row in rows]

    there = [value for value in sorted_by("value") if value is not None]
    gaps = [None] * (len(sorted_by("value")) - len(there))
    assert len(set(map(str, there))) > 5
    assert gaps
    assert sorted_by("value") == sorted(there) + gaps
    assert sorted_by("-value") == sorted(there, reverse=True) + gaps


def test_figures_are_sorted_by_their_low_and_texts_without_regard_to_case() -> None:
    rows = json.loads(invoke("countries", "--json", "--sort", "-first_team").out)["rows"]
    lows = [row["first_team"]["low"] for row in rows if row["first_team"]]
    assert lows == sorted(lows, reverse=True)
    names = [row["label"] for row in json.loads(invoke("programmes", "--json", "--sort", "label").out)["rows"]]
    assert names == sorted(names, key=str.casefold)
    assert names != sorted(names)


def test_lists_and_parts_of_figures_can_be_sorted_by() -> None:
    rows = json.loads(invoke("claims", "--json", "--sort", "recipient").out)["rows"]
    assert [row["recipient"] for row in rows] == sorted(
        (row["recipient"] for row in rows), key=lambda ids: ", ".join(ids).casefold()
    )
    rows = json.loads(invoke("countries", "--json", "--sort", "-personnel.low").out)["rows"]
    lows = [row["personnel"]["low"] for row in rows if row["personnel"]]
    assert lows == sorted(lows, reverse=True)


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "markdown", "table"])
def test_fields_are_cut_and_ordered_in_every_format(format: str) -> None:
    ended = invoke("countries", "--fields", "name,personnel.low,sent_by", "--country", "Benin", "-f", format)
    assert ended.code == 0
    benin = {"name": "Benin", "personnel.low": 616, "sent_by": ["CN-NX"]}
    heads, cells = ["name", "personnel.low", "sent_by"], ["Benin", "616", "CN-NX"]
    if format == "json":
        [row] = json.loads(ended.out)["rows"]
        assert list(row.items()) == list(benin.items())
    elif format == "jsonl":
        assert list(json.loads(ended.out).items()) == list(benin.items())
    elif format == "markdown":
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in ended.out.splitlines()[:3]]
        assert lines == [[head.replace("_", "\\_") for head in heads], ["---", "---:", "---"], cells]
    else:
        mark = "," if format == "csv" else "\t"
        assert list(csv.reader(ended.out.splitlines(), delimiter=mark)) == [heads, cells]


def test_fields_may_be_whole_objects() -> None:
    [whole] = json.loads(invoke("countries", "--country", "Benin", "--json").out)["rows"]
    [row] = json.loads(invoke("countries", "--fields", "personnel", "--country", "Benin", "--json").out)["rows"]
    assert row == {"personnel": whole["personnel"]}
    assert "low 616; " in invoke("countries", "--fields", "personnel", "--country", "BJ").out


@pytest.mark.parametrize("locale", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_output_is_utf_8_whatever_the_locale(locale: dict[str, str]) -> None:
    ended = run("places", "france", "--json", env=locale)
    assert ended.code == 0
    assert "法国" in ended.out
    assert run("claims", env=locale) == run("claims")


def test_words_from_the_command_line_that_are_no_utf_8_are_told_as_such() -> None:
    ended = shell(r"medaid countries --country $'\xff\e[31m'")
    assert (ended.code, ended.out) == (2, "")
    assert "\x1b" not in ended.err
    assert "udcff" in ended.err


def test_what_was_typed_is_echoed_in_json_without_steering_the_screen() -> None:
    ended = shell(r"medaid claims $'\xff\e[31m\u202e' --json")
    assert ended.code == 0
    assert not set(ended.out) & {"\x1b", "\u202e"}
    assert json.loads(ended.out)["query"]["text"] == "\udcff\x1b[31m\u202e"
