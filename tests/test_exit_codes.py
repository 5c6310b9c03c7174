"""What the shell is told, and what people are: one test per way to end."""

import json
import os
from pathlib import Path

import pytest
from program import FIVE, OWN, WRITING, invoke, prepared, run, shell

from medaid_cli import lock


def assert_refused(*args: str, code: int, says: list[str], cwd: Path | None = None) -> None:
    """One line on the error stream that says all this; nothing on the other."""
    ended = run(*args, cwd=cwd)
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.startswith("medaid: ")
    assert ended.err.count("\n") == 1
    for part in says:
        assert part in ended.err
    assert invoke(*args, cwd=cwd) == ended


def test_an_answer_ends_with_0() -> None:
    ended = run("countries", "--json")
    assert ended.code == 0
    assert ended.err == ""
    assert json.loads(ended.out)["total"] > 0


@pytest.mark.parametrize(
    "command", ["countries", "stats", "compare", "timeline", "claims", "sources", "measures", "programmes", "places"]
)
def test_an_empty_answer_is_valid_json_and_ends_with_0(command: str) -> None:
    ended = run(command, "--country", "Liechtenstein", "--json")
    assert ended.code == 0
    found = json.loads(ended.out)
    assert found["rows"] == []
    assert found["total"] == 0


def test_an_empty_answer_about_one_country_says_so_and_ends_with_0() -> None:
    ended = run("country", "Liechtenstein")
    assert ended.code == 0
    assert "no claim names Liechtenstein" in ended.err


@pytest.mark.parametrize(
    ("option", "typed", "nearest"),
    [
        ("--country", "Bennin", "Benin"),
        ("--region", "Afrika", "Africa"),
        ("--provider", "Shanxii", "Shanxi"),
        ("--measure", "personel", "personnel"),
        ("--programme", "medical-team", "medical-teams"),
        ("--source", "cgtn-2022", "cgtn-2023"),
        ("--outlet", "state-medium", "state-media"),
        ("--status", "plannd", "planned"),
    ],
)
def test_an_unknown_name_in_a_filter_ends_with_2_and_the_nearest_names(option: str, typed: str, nearest: str) -> None:
    assert_refused("claims", option, typed, code=2, says=[f"unknown {option[2:]} {typed!r}", "did you mean", nearest])


@pytest.mark.parametrize(
    ("command", "kind", "typed", "nearest"),
    [
        ("country", "country", "Algiria", "Algeria"),
        ("source", "source", "shine-2042", "shine-2024"),
        ("show", "claim", "cgtn-2023:p10:7", "cgtn-2023:p10:"),
    ],
)
def test_an_unknown_name_as_argument_ends_with_2_and_the_nearest_names(
    command: str, kind: str, typed: str, nearest: str
) -> None:
    assert_refused(command, typed, code=2, says=[f"unknown {kind} {typed!r}", "did you mean", nearest])


def test_a_name_like_no_other_ends_with_2_and_no_suggestion() -> None:
    ended = run("country", "Xyzzyx")
    assert (ended.code, ended.err) == (2, "medaid: unknown country 'Xyzzyx'\n")


def test_a_region_given_as_country_ends_with_2_and_names_the_other_option() -> None:
    assert_refused("claims", "--country", "Africa", code=2, says=["'Africa' is no country", "--region"])


def test_a_country_given_as_region_ends_with_2_and_names_the_other_option() -> None:
    assert_refused("claims", "--region", "Benin", code=2, says=["'Benin' is no region", "--country"])


def test_a_name_that_two_countries_go_by_ends_with_2_and_their_codes() -> None:
    assert_refused("country", "Congo", code=2, says=["CD", "CG", "give the code"])


def test_an_unknown_field_ends_with_2_and_the_nearest_fields() -> None:
    assert_refused("countries", "--fields", "code,nme", code=2, says=["unknown field 'nme'", "name"])


def test_an_unknown_part_of_a_field_ends_with_2() -> None:
    assert_refused("countries", "--fields", "personnel.lo", code=2, says=["unknown field", "personnel.low"])


def test_a_field_that_is_like_no_other_ends_with_2_and_lists_all() -> None:
    assert_refused("measures", "--fields", "zzzzzz", code=2, says=["adds", "aliases", "claims", "unit"])


def test_no_field_at_all_ends_with_2() -> None:
    assert_refused("countries", "--fields", " , ", code=2, says=["--fields needs at least one field"])


def test_a_field_that_stands_twice_ends_with_2() -> None:
    assert_refused("countries", "--fields", "code,name,code", code=2, says=["--fields has one field twice"])


def test_an_unknown_sort_field_ends_with_2_and_the_nearest_fields() -> None:
    assert_refused("countries", "--sort", "-personel", code=2, says=["unknown field 'personel'", "personnel"])


def test_an_unknown_format_ends_with_2_and_the_nearest_formats() -> None:
    assert_refused("countries", "--format", "jsn", code=2, says=["unknown format 'jsn'", "json"])


def test_a_format_that_is_like_no_other_ends_with_2_and_lists_all() -> None:
    assert_refused("countries", "-f", "zzz", code=2, says=["table", "json", "jsonl", "csv", "tsv", "markdown"])


@pytest.mark.parametrize("both", [("--json", "--csv"), ("--json", "--format", "tsv"), ("--csv", "-f", "table")])
def test_two_formats_at_a_time_end_with_2(both: tuple[str, ...]) -> None:
    assert_refused("countries", *both, code=2, says=["one format at a time"])


def test_one_format_said_twice_is_no_conflict() -> None:
    ended = invoke("countries", "--json", "--format", "JSON")
    assert (ended.code, ended.err) == (0, "")


def test_a_file_whose_ending_tells_no_format_ends_with_2_and_lists_the_endings(tmp_path: Path) -> None:
    assert_refused("countries", "-o", str(tmp_path / "out.xlsx"), code=2, says=["out.xlsx", ".csv", ".json"])


def test_until_before_since_ends_with_2() -> None:
    assert_refused("stats", "--since", "2020", "--until", "2010", code=2, says=["--until 2010 is before --since 2020"])


@pytest.mark.parametrize("day", ["2023-13", "2023-02-30", "yesterday", "2023/2024", "", "２０２３"])
def test_a_bad_day_for_as_of_ends_with_2(day: str) -> None:
    assert_refused("claims", "--as-of", day, code=2, says=["--as-of: ", repr(day)])


@pytest.mark.parametrize(
    ("typed", "nearest"), [("cuntries", "countries"), ("COUNTRY", "country"), ("claim", "claims"), ("stat", "stats")]
)
def test_an_unknown_command_ends_with_2_and_the_nearest_commands(typed: str, nearest: str) -> None:
    assert_refused(typed, code=2, says=[f"unknown command {typed!r}", "did you mean", nearest])


def test_a_command_that_is_like_no_other_ends_with_2_and_points_to_the_help() -> None:
    assert_refused("xyzzy", code=2, says=["unknown command 'xyzzy'", "medaid -h"])


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("countries", "--cuntry", "BJ"), "--country"),
        (("--colour",), "No such option"),
        (("countries", "--since", "long ago"), "'long ago' is not a year like 1963"),
        (("countries", "--since", "0"), "'0' is not a year like 1963"),
        (("countries", "--until", "99999"), "'99999' is not a year like 1963"),
        (("countries", "--limit", "-1"), "'-1' is not a whole number, 0 or more"),
        (("countries", "Benin"), "unexpected extra argument"),
        (("country",), "Missing argument 'NAME'"),
        (("show",), "Missing argument 'ID'"),
        (("claims", "--country"), "requires an argument"),
    ],
)
def test_options_and_arguments_that_cannot_be_read_end_with_2_and_say_which(args: tuple[str, ...], says: str) -> None:
    ended = run(*args)
    assert ended.code == 2
    assert ended.out == ""
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_no_command_at_all_ends_with_2_and_the_help_on_the_error_stream() -> None:
    ended = run()
    assert (ended.code, ended.out) == (2, "")
    assert "Commands:" in ended.err


def test_a_strict_comparison_ends_with_3_if_sources_contradict_each_other_and_prints_all() -> None:
    ended = run("compare", "teams", "--strict", "--json")
    assert ended == run("compare", "teams", "--json")._replace(code=3)
    assert json.loads(ended.out)["rows"][0]["standing"] == "conflict"


def test_a_strict_comparison_without_a_conflict_ends_with_0() -> None:
    ended = run("compare", "personnel", "--strict", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["rows"]


def test_a_missing_store_ends_with_4_and_is_not_created(tmp_path: Path) -> None:
    missing = tmp_path / "missing.json"
    assert_refused("countries", "--store", str(missing), code=4, says=[str(missing), "No such file"])
    assert not missing.exists()


def test_a_folder_as_store_ends_with_4(tmp_path: Path) -> None:
    assert_refused("countries", "--store", str(tmp_path), code=4, says=[str(tmp_path), "can't be read"])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{", "is not JSON, or cut off"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "a store is an object of tables"),
        (b"[" * 100_000, "nested too deeply"),
        (b"{}", "is missing"),
        (b'{"claims": {"1": 5}}', "not an object"),
        (b'{"store": NaN}', "NaN"),
    ],
)
def test_a_broken_store_ends_with_4_and_what_is_wrong(tmp_path: Path, content: bytes, says: str) -> None:
    store = tmp_path / "store.json"
    store.write_bytes(content)
    assert_refused("stats", "--json", "--store", str(store), code=4, says=[str(store), says])


def test_a_store_with_one_bad_claim_ends_with_4_and_prints_no_total(tmp_path: Path) -> None:
    tables = json.loads(FIVE.read_text(encoding="utf-8"))
    tables["claims"]["2"]["value"] = -5
    store = tmp_path / "store.json"
    store.write_text(json.dumps(tables), encoding="utf-8")
    assert_refused("stats", "--store", str(store), code=4, says=[tables["claims"]["2"]["id"], "value", "-5"])


def test_a_store_from_the_environment_that_is_missing_ends_with_4(tmp_path: Path) -> None:
    ended = run("countries", env={"MEDAID_STORE": str(tmp_path / "missing.json")})
    assert (ended.code, ended.out) == (4, "")
    assert "missing.json" in ended.err


def test_a_file_that_cannot_be_written_ends_with_4(tmp_path: Path) -> None:
    where = str(tmp_path / "no" / "such" / "folder.json")
    assert_refused("countries", "-o", where, code=4, says=[where, "can't be written"])


def test_a_full_disk_ends_with_4() -> None:
    assert_refused("countries", "--json", "-o", "/dev/full", code=4, says=["/dev/full", "No space left"])


def test_output_that_cannot_be_written_ends_with_4() -> None:
    ended = shell("medaid countries > /dev/full")
    assert ended == (4, "", "medaid: standard output: can't be written: No space left on device\n")


def test_a_report_is_never_written_over_its_store(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    store.write_bytes(FIVE.read_bytes())
    assert_refused("claims", "--store", str(store), "-o", str(store), code=2, says=[str(store), "is the store"])
    assert store.read_bytes() == FIVE.read_bytes()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store of one's own."""
    return prepared(tmp_path)


@pytest.mark.parametrize("name", OWN)
def test_work_on_a_store_of_ones_own_ends_with_0(home: Path, name: str) -> None:
    ended = run(*OWN[name], cwd=home)
    assert ended.code == 0
    assert ended.out
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", [name for name in WRITING if name != "init"])
def test_a_change_without_a_store_ends_with_2_and_the_way_to_one(home: Path, name: str) -> None:
    words = OWN[name][:-2]
    assert_refused(*words, code=2, says=["needs --store FILE, or MEDAID_STORE", "medaid init"], cwd=home)
    ended = run(*words, env={"MEDAID_STORE": "my.json"}, cwd=home)
    assert ended.code == 0
    assert (home / "my.json").read_bytes() != FIVE.read_bytes()


@pytest.mark.parametrize("name", WRITING)
def test_a_change_of_a_store_that_is_missing_or_broken_ends_with_4_and_changes_nothing(home: Path, name: str) -> None:
    store = home / "my.json"
    words = ("init", "my.json", "--force") if name == "init" else OWN[name]
    for content in (
        b"",
        b"{}",
        b"[]",
        FIVE.read_bytes()[:-2],
        FIVE.read_bytes().replace(b'"over"', b'"ovre"', 1),
    ):
        store.write_bytes(content)
        assert_refused(*words, code=4, says=["my.json"], cwd=home)
        assert store.read_bytes() == content
    store.unlink()
    if name != "init":
        assert_refused(*words, code=4, says=["my.json: can't be read: No such file"], cwd=home)
    assert sorted(path.name for path in home.iterdir()) == ["rows.csv", "texts"]


@pytest.mark.parametrize("name", WRITING)
def test_a_change_of_a_store_that_another_writes_ends_with_4(home: Path, name: str) -> None:
    held = lock.acquire(home / "my.json.lock", 0, home / "my.json")
    words = ("init", "my.json", "--force") if name == "init" else OWN[name]
    try:
        says = [f"is being written by process {os.getpid()}; waited 0 s, --wait waits longer"]
        assert_refused(*words, "--wait", "0", code=4, says=says, cwd=home)
    finally:
        lock.release(home / "my.json.lock", held)
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()


@pytest.mark.parametrize("words", [("init", "no/such/folder/my.json"), ("init", "texts")])
def test_a_store_that_cannot_be_made_ends_with_an_error_and_leaves_nothing_behind(
    home: Path, words: tuple[str, ...]
) -> None:
    ended = run(*words, cwd=home)
    assert ended.code in (2, 4)
    assert ended.err.count("\n") == 1
    assert sorted(path.name for path in home.rglob("*")) == ["my.json", "rows.csv", "texts"]


def test_a_store_that_is_there_is_made_anew_only_by_force(home: Path) -> None:
    assert_refused("init", "my.json", code=2, says=["my.json: is there already; --force"], cwd=home)
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()
    assert run("init", "my.json", "--force", cwd=home).code == 0
    assert json.loads((home / "my.json").read_text(encoding="utf-8"))["claims"] == {}


@pytest.mark.parametrize("wait", ["-1", "x", "nan", "inf", ""])
def test_a_time_to_wait_that_is_none_ends_with_2(home: Path, wait: str) -> None:
    ended = run(*OWN["retract"], "--wait", wait, cwd=home)
    assert (ended.code, ended.out) == (2, "")
    assert "is not a number of seconds, 0 or more" in ended.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add",), ["a claim needs --source, --locator, --quote, --measure; without a terminal nothing is asked"]),
        (("add", "-s", "CGTN", "--quote", "x"), ["unknown source 'CGTN'"]),
        (("add", "-s", "cgtn-2023", "--quote", "x"), ["a claim needs --locator, --measure;"]),
        (("add", "-s", "cgtn-2023", "--quote", "", "--locator", "p1", "-m", "teams"), ["a claim needs --quote;"]),
        (("add-source",), ["a source needs --id, --title; without a terminal nothing is asked"]),
        (("add-source", "--id", "x", "--title", "y", "--text", "none.txt"), ["none.txt: can't be read: No such file"]),
        (("add-source", "--id", "x", "--title", "y", "--issued", "May"), ["source x: issued: 'May' is not a date"]),
        (("add-source", "--id", "cgtn-2023", "--title", "y"), ["source cgtn-2023: is there already"]),
        (("retract", "cgtn-2023:p10:9", "--reason", "x"), ["unknown claim 'cgtn-2023:p10:9'; did you mean"]),
        (("retract", "cgtn-2023:p10:1", "--reason", " "), ["--reason needs words"]),
        (("replace", "cgtn-2023:p10:1"), ["nothing is changed: give what is to be another"]),
        (("replace", "cgtn-2023:p10:1", "--value", "many"), ["--value: expected a whole number in plain digits"]),
        (("replace", "cgtn-2023:p10:1", "--hedge", "abuot"), ["hedge: expected one of exact, about"]),
        (("import", "none.csv"), ["none.csv: can't be read: No such file"]),
        (("import", "texts"), ["texts: can't be read: Is a directory"]),
        (("import", "rows.csv", "--table", "claim"), ["unknown table 'claim'; did you mean claims?"]),
        (("import", "rows.csv", "--table", "store"), ["unknown table 'store'"]),
        (("import", "my.json"), ["one JSON object over many lines"]),
    ],
    ids=lambda found: " ".join(found)[:60],
)
def test_what_cannot_be_changed_as_it_is_typed_ends_with_2_and_changes_nothing(
    home: Path, words: tuple[str, ...], says: list[str]
) -> None:
    assert_refused(*words, "--store", "my.json", code=2, says=says, cwd=home)
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()


@pytest.mark.parametrize("name", WRITING)
@pytest.mark.parametrize(
    ("looks", "code", "says"),
    [
        (("--fields", "idd"), 2, "unknown field 'idd'"),
        (("--sort", "zzz"), 2, "unknown field 'zzz'"),
        (("--limit", "1", "--json", "--csv"), 2, "one format at a time"),
        (("-o", "my.json"), 2, "my.json: is the store; write the output elsewhere"),
        (("-o", "./texts/../my.json"), 2, "is the store; write the output elsewhere"),
        (("-o", "no/such.json"), 4, "no/such.json: can't be written: there is no such folder"),
    ],
)
def test_a_report_that_cannot_be_shown_is_told_before_anything_is_changed(
    home: Path, name: str, looks: tuple[str, ...], code: int, says: str
) -> None:
    words = ("init", "my.json", "--force") if name == "init" else OWN[name]
    ended = invoke(*words, *looks, cwd=home)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()


def test_no_report_is_written_over_a_store_or_over_what_is_imported(home: Path) -> None:
    (home / "other.json").write_bytes(FIVE.read_bytes())
    for words in (("countries",), ("init", "new.json"), OWN["add"]):
        ended = invoke(*words, "-o", "other.json", cwd=home)
        assert (ended.code, ended.out) == (2, "")
        assert "other.json: is a store; write the output elsewhere" in ended.err
    rows = (home / "rows.csv").read_bytes()
    assert_refused(*OWN["import"], "-o", "./rows.csv", code=2, says=["rows.csv: is what is imported"], cwd=home)
    assert (home / "rows.csv").read_bytes() == rows
    assert (home / "other.json").read_bytes() == FIVE.read_bytes()
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()
    assert not (home / "new.json").exists()
    (home / "old.json").write_bytes(run("countries", "--json").out.encode())
    assert run("countries", "-o", "old.json", cwd=home).code == 0


def test_rows_that_cannot_be_entered_end_with_3_and_change_nothing(home: Path) -> None:
    ended = run("import", "-", "--store", "my.json", stdin="title,id\nA,a\n,b\n", cwd=home)
    assert ended.code == 3
    assert ended.err.startswith("line 3: source b: has no 'title'; add it\n")
    assert "nothing is changed" in ended.err
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()
    assert run("import", "-", "--dry-run", "--store", "my.json", stdin="title\nA\n", cwd=home).code == 3


def test_a_check_that_finds_an_error_ends_with_3_and_with_warnings_alone_with_0_unless_strict(home: Path) -> None:
    assert run("check", "--store", "my.json", cwd=home).code == 0
    assert run("check", "--store", "my.json", "--strict", cwd=home).code == 3
    bad = FIVE.read_text(encoding="utf-8").replace('"over 30,000 medical personnel"', '"over 40,000 medical personnel"')
    (home / "my.json").write_text(bad, encoding="utf-8")
    assert run("check", "--store", "my.json", cwd=home).code == 3
    assert_refused("check", "--rule", "qoute-value", "--store", "my.json", code=2, says=["quote-value"], cwd=home)
    (home / "my.json").write_bytes(b"")
    assert_refused("check", "--store", "my.json", code=4, says=["is empty"], cwd=home)


def test_a_quote_that_is_not_where_it_should_be_ends_with_3(home: Path) -> None:
    assert run("verify", "--texts", "texts", "--store", "my.json", cwd=home).code == 0
    (home / "texts" / "cgtn-2023.txt").write_text("nothing of it\n", encoding="utf-8")
    assert run("verify", "--texts", "texts", "--store", "my.json", cwd=home).code == 3
    assert_refused("verify", "--texts", "none", "--store", "my.json", code=2, says=["none: is no folder"], cwd=home)
    ended = run("verify", "--store", "my.json", cwd=home)
    assert (ended.code, ended.out) == (2, "")
    assert "Missing option '--texts'" in ended.err
