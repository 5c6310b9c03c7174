"""What machines may rely on: each command's output held to its schema, in every format."""

import csv
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from program import COMMANDS, FIVE, OWN, WRITING, Ended, invoke, prepared, run
from referencing import Registry, Resource

from medaid_cli.cli import COMMANDS as KNOWN
from medaid_cli.render.text import markdown_text
from medaid_cli.reports.report import Report, column

SCHEMAS = Path(__file__).parent / "schemas"
EXTRAS = {
    "country": ["country", "figures"],
    "source": ["source"],
    "import": ["changed", "problems"],
    "verify": ["counts", "changed_texts"],
}
UNFILTERED = {"show"}
FILTERS: dict[str, tuple[str, ...]] = {
    "none": (),
    "region": ("--region", "Africa"),
    "two countries": ("--country", "Benin", "--country", "dz"),
    "nothing": ("--country", "Liechtenstein"),
    "planned": ("--status", "planned"),
    "inbound": ("-p", "inbound"),
    "window": ("--since", "2000", "--until", "2023"),
    "closed window": ("--until", "1964"),
    "as of": ("--as-of", "2023-06"),
    "measures": ("-m", "treatments", "-m", "teams"),
    "source": ("-s", "CGTN", "--outlet", "state-media", "--provider", "Shaanxi"),
    "sorted": ("--sort", "-claims"),
    "limited": ("--limit", "1"),
    "limited to nothing": ("--limit", "0"),
}
SORTLESS = {"country", "claims", "source", "show"}  # rows of claims: they have no field of that name


def cases() -> list[tuple[str, ...]]:
    """Each command with each filter that it takes."""
    found = []
    for name, command in COMMANDS.items():
        for filter, options in FILTERS.items():
            if (filter == "sorted" and name in SORTLESS) or (name in UNFILTERED and filter not in ("none", "limited")):
                continue
            found.append((*command, *options))
    return [
        *found,
        ("stats", "--why"),
        ("claims", "cataract"),
        ("places", "congo"),
        ("compare", "teams"),
        ("country", "Liechtenstein"),
    ]


CASES = pytest.mark.parametrize("args", cases(), ids=" ".join)


@cache
def validator(name: str) -> Draft202012Validator:
    contents = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (file, Resource.from_contents(content)) for file, content in contents.items()
    )
    return Draft202012Validator(contents[f"{name}.json"], registry=registry)


def answer(*args: str) -> dict[str, Any]:
    """The envelope, parsed anew for who may change it."""
    found: dict[str, Any] = json.loads(answer_text(*args))
    return found


@cache
def answer_text(*args: str) -> str:
    ended = invoke(*args, "--json")
    assert (ended.code, ended.err) == (0, "")
    return ended.out


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_is_one(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_schema_allows_no_key_that_it_does_not_name(name: str) -> None:
    found = answer(*COMMANDS[name])
    found["rows"][0]["surprise"] = 1
    assert not validator(name).is_valid(found)
    del found["rows"][0]["surprise"]
    assert validator(name).is_valid(found)
    assert not validator(name).is_valid(found | {"surprise": 1})


def test_there_is_a_schema_for_every_command_that_is_tested_here() -> None:
    assert {*COMMANDS, *OWN} == set(KNOWN)
    assert {path.stem for path in SCHEMAS.glob("*.json")} >= {*COMMANDS, *OWN, "rules"}


@CASES
def test_the_envelope_and_its_rows_are_as_the_schema_says(args: tuple[str, ...]) -> None:
    found = answer(*args)
    problems = [f"{error.json_path}: {error.message[:200]}" for error in validator(args[0]).iter_errors(found)]
    assert problems == []
    assert list(found) == ["schema", "store", "query", *EXTRAS.get(args[0], []), "total", "rows", "notes"]
    assert found["total"] >= len(found["rows"])


@CASES
def test_json_lines_are_the_rows_of_json(args: tuple[str, ...]) -> None:
    lines = invoke(*args, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == answer(*args)["rows"]


@CASES
def test_csv_and_tsv_hold_the_rows_of_json(args: tuple[str, ...]) -> None:
    rows = answer(*args)["rows"]
    as_csv = list(csv.reader(invoke(*args, "--csv").out.splitlines(), strict=True))
    as_tsv = [line.split("\t") for line in invoke(*args, "--format", "tsv").out.splitlines()]
    assert as_csv == as_tsv
    heads, *records = as_csv
    assert len(heads) == len(set(heads))
    assert {len(record) for record in as_csv} == {len(heads)}
    assert records == [[as_cell(at(row, head)) for head in heads] for row in rows]


def at(row: Any, path: str) -> Any:
    for part in path.split("."):
        row = row[part] if row is not None else None
    return row


def as_cell(value: Any) -> str:
    """A value as CSV has it: plain, without digit grouping; JSON for what holds objects."""
    if value is None or value == []:
        return ""
    if isinstance(value, list) and not isinstance(value[0], dict):
        return "; ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_csv_has_every_key_of_a_row(name: str) -> None:
    heads = next(csv.reader(invoke(*COMMANDS[name], "--csv").out.splitlines()))
    [row, *_] = answer(*COMMANDS[name])["rows"]
    assert list(dict.fromkeys(head.partition(".")[0] for head in heads)) == list(row)


@CASES
def test_markdown_tables_are_well_formed(args: tuple[str, ...]) -> None:
    lines = invoke(*args, "--format", "markdown").out.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("| ---"):
            assert re.fullmatch(r"\|( ---:? \|)+", line)
            assert bars(lines[number - 1]) == bars(line)
        elif line.startswith("|"):
            assert line.endswith(" |")
            assert lines[number - 1].startswith("|") == (bars(line) == bars(lines[number - 1])) or is_head(
                lines, number
            )
        else:
            assert line == "" or line.startswith(("- ", "**"))


def is_head(lines: list[str], number: int) -> bool:
    """Whether a table begins here."""
    return lines[number + 1].startswith("| ---") and (number == 0 or lines[number - 1] == "")


def bars(line: str) -> int:
    """The bars that set cells apart: those that are not escaped."""
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))


@CASES
def test_machines_get_no_digit_grouping(args: tuple[str, ...]) -> None:
    assert all(type(value) in (int, float) for row in answer(*args)["rows"] for value in numbers(row))
    rows = csv.DictReader(invoke(*args, "--csv").out.splitlines())
    for row in rows:
        for head in row.keys() & {"low", "high", "value", "personnel.low", "treatments.low", "sources"}:
            assert row[head].isdigit() or not row[head]


def numbers(row: Any) -> list[Any]:
    """What stands under the keys of numbers, at any depth."""
    if isinstance(row, list):
        return [value for item in row for value in numbers(item)]
    if not isinstance(row, dict):
        return []
    own = [row[key] for key in ("low", "high", "value") if key in row and not isinstance(row[key], (str, type(None)))]
    return own + [value for item in row.values() for value in numbers(item)]


@pytest.mark.parametrize(("format", "mark"), [("json", ", "), ("jsonl", ", "), ("csv", ","), ("tsv", "\t")])
def test_millions_are_plain_digits_in_every_machine_format(format: str, mark: str) -> None:
    out = invoke("claims", "-m", "treatments", "--fields", "value,low,high", "-f", format).out
    names = ("", "", "") if mark in ",\t" else ('"value": ', '"low": ', '"high": ')
    assert mark.join(map("".join, zip(names, ("290000000", "285000000", "295000000"), strict=True))) in out


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "markdown", "table"])
def test_letters_of_other_scripts_are_written_as_they_are(format: str) -> None:
    out = run("places", "Benin", "--fields", "id,aliases", "--format", format).out
    assert "贝宁" in out
    assert "\\u" not in out


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "markdown", "table"])
def test_every_line_ends_with_a_plain_line_end(format: str) -> None:
    for command in COMMANDS.values():
        out = invoke(*command, "--format", format).out
        assert "\r" not in out
        assert out.endswith("\n")
        assert not out.endswith("\n\n")


def test_the_query_echoes_ids_for_the_names_that_were_typed() -> None:
    typed = ("--country", "Bénin", "--region", "western africa", "-m", "TREATMENTS", "-s", "CGTN", "--as-of", "2023")
    found = answer("claims", *typed)["query"]
    assert found["country"] == ["BJ"]
    assert found["region"] == ["011"]
    assert found["measure"] == ["treatments"]
    assert found["source"] == ["cgtn-2023"]
    assert found["as_of"] == "2023-12-31"


def test_claims_are_as_stored_and_none_is_missing() -> None:
    stored = json.loads(FIVE.read_text(encoding="utf-8"))["claims"].values()
    rows = answer("claims")["rows"]
    assert [row["id"] for row in rows] == [claim["id"] for claim in stored]
    for row, claim in zip(rows, stored, strict=True):
        same = {key: row[key] for key in claim if key != "status"}
        assert same == {key: value for key, value in claim.items() if key != "status"}


def test_a_report_without_notes_ends_with_its_table_in_markdown() -> None:
    report = Report(name="x", fields=("a",), rows=[{"a": 1}], query={}, columns=(column("a", "a", numeric=True),))
    assert markdown_text(report) == "| a |\n| ---: |\n| 1 |\n"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "show"])
def test_fields_are_exactly_the_keys_of_the_rows(name: str) -> None:
    [first, *_] = answer(*COMMANDS[name])["rows"]
    wanted = list(first)[:3][::-1]
    rows = answer(*COMMANDS[name], "--fields", ",".join(wanted))["rows"]
    assert rows
    assert all(list(row) == wanted for row in rows)


Home = Callable[..., Ended]


@pytest.fixture
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Runs of commands, each in a folder of its own that is prepared for it."""

    def run_there(*args: str) -> Ended:
        return invoke(*args, cwd=prepared(tmp_path_factory.mktemp("home")))

    return run_there


def problems_of(found: dict[str, Any]) -> list[str]:
    """Where an answer is not as its schema says."""
    name = found["schema"].removeprefix("medaid.").removesuffix("/1")
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(found)]


@pytest.mark.parametrize("name", OWN)
def test_an_answer_about_a_store_of_ones_own_is_as_its_schema_says(at_home: Home, name: str) -> None:
    ended = at_home(*OWN[name], "--json")
    found = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert found["schema"] == f"medaid.{name}/1"
    assert problems_of(found) == []
    assert list(found) == ["schema", "store", "query", *EXTRAS.get(name, []), "total", "rows", "notes"]
    assert found["total"] == len(found["rows"]) > 0
    found["rows"][0]["surprise"] = 1
    assert problems_of(found) != []


def test_the_list_of_rules_is_as_its_schema_says(at_home: Home) -> None:
    found = json.loads(at_home("check", "--list", "--store", "my.json", "--json").out)
    assert found["schema"] == "medaid.rules/1"
    assert problems_of(found) == []


@pytest.mark.parametrize("name", OWN)
def test_every_format_holds_the_rows_of_json_also_about_a_store_of_ones_own(at_home: Home, name: str) -> None:
    rows = json.loads(at_home(*OWN[name], "--json").out)["rows"]
    as_jsonl, as_csv, as_tsv, markdown, plain = (
        at_home(*OWN[name], "--format", format).out for format in ("jsonl", "csv", "tsv", "markdown", "table")
    )
    assert [json.loads(line) for line in as_jsonl.splitlines()] == rows
    heads, *records = csv.reader(as_csv.splitlines(), strict=True)
    assert records == [[as_cell(at(row, head)) for head in heads] for row in rows]
    assert [line.split("\t") for line in as_tsv.splitlines()] == [heads, *records]
    assert re.search(r"^\|( ---:? \|)+$", markdown, re.MULTILINE)
    assert plain.count("\n") > 1


@pytest.mark.parametrize("name", WRITING)
def test_fields_and_order_hold_for_what_was_changed_too(at_home: Home, name: str) -> None:
    [first, *_] = json.loads(at_home(*OWN[name], "--json").out)["rows"]
    wanted = list(first)[:2][::-1]
    rows = json.loads(at_home(*OWN[name], "--json", "--fields", ",".join(wanted), "--sort", wanted[0]).out)["rows"]
    assert rows
    assert all(list(row) == wanted for row in rows)


def test_rows_that_cannot_be_entered_are_told_in_the_answer(tmp_path: Path) -> None:
    home = prepared(tmp_path)
    bad = "locator,quote,source\np7,over 30 people,cgtn-2023\np8,so many\np9,1,x,5\n"
    ended = invoke("import", "-", "--store", "my.json", "--json", cwd=home, stdin=bad)
    found = json.loads(ended.out)
    assert (ended.code, ended.err) == (3, "")
    assert problems_of(found) == []
    assert found["changed"] is False
    assert [(one["line"], one["rule"]) for one in found["problems"]] == [
        (2, "missing-field"),
        (3, "missing-field"),
        (3, "missing-field"),
        (4, "unreadable-row"),
    ]
    assert {row["table"]: (row["added"], row["refused"]) for row in found["rows"]} == {"claims": (0, 3)}


@pytest.mark.parametrize(("dry", "changed"), [((), True), (("--dry-run",), False)])
def test_an_import_says_whether_anything_is_changed(at_home: Home, dry: tuple[str, ...], changed: bool) -> None:
    found = json.loads(at_home(*OWN["import"], *dry, "--json").out)
    assert found["changed"] is changed
    assert found["query"] == {"dry_run": bool(dry)}
