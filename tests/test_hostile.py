"""A store whose texts are meant to do harm: they are shown as text, whole, and steer nothing."""

import csv
import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import FIVE, in_terminal, invoke, run

from medaid_cli.render import output
from medaid_cli.render.clean import clean, escape_json
from medaid_cli.render.terminal import terminal_text

NASTY = [
    "[red]loud[/red] [/] [link=https://example.org]here[/link] [bold",
    ":smile: :warning: \\[escaped]",
    "\x1b[31mred\x1b[0m \x1b[2J\x1b]0;title\x07",
    "\x1b]8;;https://example.org\x1b\\click\x1b]8;;\x1b\\",
    "C1 \x9b31m \x85 \x90q\x9c DEL \x7f NUL \x00 BEL \x07 BS \b",
    "bidi \u202eevil\u202c \u2066x\u2069 \u200e\u200f \u061c",
    "lone \ud800 surrogates \udfff \udc80",
    "line\nends\r\nof\vevery\fkind\u2028and\u2029tabs\there",
    "W" * 300,
    "中国援外医疗队六十年 한국어 ｆｕｌｌ",
    "co\u0301mbi\u0308ning e" + "\u0301" * 20 + " 👩‍⚕️ 🇨🇳",
    "| a | b |\n|---|---|\n| `code` | *bold* | <b>html</b> ![x](y)",
    '"quoted", with; semicolons, "and \'more\'" \\" \\n',
    "=cmd|' /C calc'!A0 #comment",
    "\ufeffmark",
    "…",
]
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
COLOR = re.compile("\x1b\\[[0-9;]*m")
PATHS = ["../../escape", "/etc/passwd", "..", ".", "a/b", "a\\b", "CON", "x\0y", "-rf", "--help", "$(id)", "~", ""]
FORMATS = ["table", "json", "jsonl", "csv", "tsv", "markdown"]
COMMANDS = [
    ("countries",),
    ("country", "BJ"),
    ("stats",),
    ("stats", "--why"),
    ("compare",),
    ("compare", "teams"),
    ("timeline",),
    ("timeline", "-m", "personnel"),
    ("claims",),
    ("show", "claim-1"),
    ("sources",),
    ("source", "cgtn-2023"),
    ("measures",),
    ("programmes",),
    ("places",),
    ("places", "b"),
]


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    """The shipped store with nasty texts wherever a text is free, and ids where they are free too."""
    found: dict[str, Any] = json.loads(FIVE.read_text(encoding="utf-8"))
    bad = cycle(NASTY)
    found["store"]["1"]["title"] = "".join(NASTY)
    for number, claim in found["claims"].items():
        claim["id"] = f"claim-{number}" if int(number) % 2 else f"claim-{number} {next(bad)}"
        claim |= {"quote": next(bad), "statement": next(bad), "note": next(bad), "attributed_to": next(bad)}
    for source in found["sources"].values():
        source |= {"title": next(bad), "publisher": next(bad), "note": next(bad), "URL": next(bad)}
        source |= {"author": [{"literal": next(bad)}, {"family": next(bad), "given": next(bad)}], "type": next(bad)}
        source |= {"language": next(bad), "derived_from": next(bad)}
    for table, keys in (
        ("measures", ("label", "unit", "dac")),
        ("programmes", ("label", "basis")),
        ("places", ("name",)),
    ):
        for document in found[table].values():
            document |= {key: f"{next(bad)} {document['id']}" for key in keys}
            if "aliases" in document:
                document["aliases"] = [f"{alias} {next(bad)}" for alias in document["aliases"]]
    return found


@pytest.fixture(scope="module")
def store(tables: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("hostile") / "store.json"
    path.write_text(json.dumps(tables), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_no_character_that_steers_reaches_the_output(store: str, args: tuple[str, ...], format: str) -> None:
    ended = invoke(*args, "--store", store, "--format", format)
    assert ended.code == 0
    assert not STEERING.search(ended.out)
    assert not STEERING.search(ended.err)
    assert "\t" not in ended.out or format in ("table", "tsv")


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_terminal_gets_nothing_but_colour_from_us(store: str, args: tuple[str, ...]) -> None:
    shown, code = in_terminal(*args, "--store", store)
    assert code == 0
    assert not STEERING.search(COLOR.sub("", shown).replace("\r\n", "\n"))
    colors = set(COLOR.findall(shown))
    assert colors <= {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[33m", "\x1b[39;49m"}


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_terminal_swallows_nothing(store: str, width: int) -> None:
    with mock.patch.object(output, "render", wraps=output.render) as render:
        invoke("claims", "--store", store)
    report = render.call_args.args[0]
    shown = terminal_text(report, width=width, color=False)
    bag = letters(shown)
    for column in report.columns:
        cells = letters(clean("".join(column.show(row) for row in report.rows)))
        assert all(bag.get(char, 0) >= count for char, count in cells.items())


def letters(text: str) -> dict[str, int]:
    return {char: text.count(char) for char in set(text) if not char.isspace()}


def test_json_gives_back_the_very_texts_of_the_store(store: str, tables: dict[str, Any]) -> None:
    for out in (invoke("claims", "--store", store, "--json").out, run("claims", "--store", store, "--json").out):
        found = json.loads(out)
        assert found["store"]["title"] == tables["store"]["1"]["title"]
        for row, claim in zip(found["rows"], tables["claims"].values(), strict=True):
            assert {key: row[key] for key in claim} == claim


@pytest.mark.parametrize(
    ("command", "table"), [("sources", "sources"), ("measures", "measures"), ("programmes", "programmes")]
)
def test_json_gives_back_the_very_words_of_the_vocabulary(
    store: str, tables: dict[str, Any], command: str, table: str
) -> None:
    rows = json.loads(invoke(command, "--store", store, "--json").out)["rows"]
    for row, document in zip(rows, tables[table].values(), strict=True):
        assert {key: row[key] for key in document} == document


def test_json_lines_give_back_the_very_texts_too(store: str, tables: dict[str, Any]) -> None:
    lines = run("claims", "--store", store, "--format", "jsonl").out.split("\n")[:-1]
    quotes = [json.loads(line)["quote"] for line in lines]
    assert quotes == [claim["quote"] for claim in tables["claims"].values()]


@pytest.mark.parametrize("format", ["table", "tsv", "csv"])
def test_each_record_stays_on_one_line_and_is_whole(store: str, tables: dict[str, Any], format: str) -> None:
    _, *lines = run("claims", "--store", store, "--format", format).out.split("\n")[:-1]
    claims = list(tables["claims"].values())
    assert len(lines) == len(claims)
    for line, claim in zip(lines, claims, strict=True):
        cells = next(csv.reader([line])) if format == "csv" else line.split("\t")
        assert any(clean(claim["quote"]) in cell for cell in cells)
        assert any(clean(claim["id"]) == cell for cell in cells)


def test_markdown_shows_every_text_as_text(store: str, tables: dict[str, Any]) -> None:
    out = run("claims", "--store", store, "--format", "markdown").out
    rows = [line for line in out.split("\n") if line.startswith("|")][2:]
    assert len(rows) == len(tables["claims"])
    for line, claim in zip(rows, tables["claims"].values(), strict=True):
        assert clean(claim["quote"]) in re.sub(r"\\(.)", r"\1", line)
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 6


def test_headings_that_come_from_the_store_are_clean_too(tmp_path: Path) -> None:
    changed = json.loads(FIVE.read_text(encoding="utf-8"))
    bad = "\x1b[31m|per\nsons"
    for claim in changed["claims"].values():
        claim["measure"] = bad if claim["measure"] == "personnel" else claim["measure"]
    for measure in changed["measures"].values():
        measure["id"] = bad if measure["id"] == "personnel" else measure["id"]
    changed["store"]["1"]["headline"] = [bad]
    path = tmp_path / "store.json"
    path.write_text(json.dumps(changed), encoding="utf-8")
    for format in FORMATS:
        ended = invoke("countries", "--store", str(path), "--format", format)
        assert ended.code == 0
        assert not STEERING.search(ended.out)
    heads = invoke("countries", "--store", str(path)).out.split("\n")[0]
    assert clean(bad) in heads.split("\t")
    assert (
        clean(bad).replace("[", "\\[").replace("|", "\\|").replace("\\x", "\\\\x")
        in invoke("countries", "--store", str(path), "--format", "markdown").out
    )
    tsv, comma = (invoke("countries", "--store", str(path), "-f", format).out for format in ("tsv", "csv"))
    assert len({line.count("\t") for line in tsv.splitlines()}) == 1
    assert len({len(row) for row in csv.reader(comma.splitlines())}) == 1
    shown, code = in_terminal("countries", "--store", str(path), env={"NO_COLOR": "1"})
    assert code == 0
    assert not STEERING.search(shown.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "args",
    [
        ("countries", "--country", NASTY[2]),
        ("countries", "--fields", NASTY[3]),
        ("countries", "--format", NASTY[5]),
        ("countries", "--as-of", NASTY[2]),
        ("countries", "--since", NASTY[2]),
        ("countries", "-o", f"/nowhere/{NASTY[2]}.csv"),
        ("countries", "--store", f"/nowhere/{NASTY[3]}"),
        ("show", NASTY[7]),
        (NASTY[2],),
        ("countries", NASTY[2]),
        ("countries", f"--{NASTY[2]}"),
        ("countries", f"--json={NASTY[2]}"),
    ],
    ids=repr,
)
def test_what_is_typed_does_not_steer_the_terminal_through_a_message(args: tuple[str, ...]) -> None:
    shown, code = in_terminal(*args)
    assert code in (2, 4)
    assert not STEERING.search(shown.replace("\r\n", "\n"))


def test_names_of_the_store_that_are_suggested_do_not_steer(store: str) -> None:
    ended = invoke("countries", "--store", store, "--country", "Benin BJ lone surrogates BJ")
    assert (ended.code, ended.out) == (2, "")
    assert not STEERING.search(ended.err)
    assert ended.err.count("\n") == 1


def test_a_broken_hostile_store_does_not_steer_through_its_message(tmp_path: Path) -> None:
    for content in ('{"\\u001b[31m": 5}', '{"claims": {"\\u001b[31m": {}}}', '{"a\\u202e": {}, "a\\u202e": {}}'):
        path = tmp_path / "store.json"
        path.write_text(content, encoding="utf-8")
        ended = invoke("countries", "--store", str(path))
        assert (ended.code, ended.out) == (4, "")
        assert ended.err.count("\n") == 1
        assert not STEERING.search(ended.err)


@pytest.fixture
def own(store: str, tmp_path: Path) -> Path:
    """A hostile store of one's own."""
    path = tmp_path / "own.json"
    path.write_bytes(Path(store).read_bytes())
    return path


WRITES = [
    (
        "add",
        "-s",
        "cgtn-2023",
        "--locator",
        "p1",
        "--quote",
        "5 people \x1b[31m",
        "-m",
        "personnel",
        "--note",
        NASTY[3],
    ),
    ("add", "-s", "cgtn-2023", "--locator", NASTY[2], "--quote", NASTY[3], "-m", "personnel"),
    ("add", "-s", "cgtn-2023", "--locator", "p1", "--quote", "5 to 6 \x1b[31m\u202e", "-m", "personnel"),
    ("add", "-s", NASTY[2], "--recipient", NASTY[5], "--value", NASTY[5]),
    ("add-source", "--id", NASTY[3], "--title", NASTY[4], "--publisher", NASTY[5]),
    ("add-source", "--id", "x", "--title", "x", "--text", f"/nowhere/{NASTY[2]}"),
    ("import", f"/nowhere/{NASTY[3]}"),
    ("import", "-", "--table", NASTY[2]),
    ("retract", "claim-1", "--reason", NASTY[2]),
    ("retract", "claim-2", "--reason", "as claim-1"),
    ("replace", "claim-1", "--statement", NASTY[3]),
    ("replace", "claim-1", "--id", NASTY[3]),
    ("check",),
    ("check", "--rule", NASTY[2]),
    ("verify", "--texts", "/"),
    ("verify", "--texts", f"/{NASTY[2]}"),
]


@pytest.mark.parametrize("args", WRITES, ids=repr)
def test_what_is_entered_does_not_steer_the_terminal_either(own: Path, args: tuple[str, ...]) -> None:
    words = [word.replace("\0", "\x01") for word in args]  # no word of a command line can hold a NUL
    shown, code = in_terminal(*words, "--store", str(own), env={"NO_COLOR": "1"})
    assert code in (0, 2, 3, 4)
    assert "Traceback" not in shown
    assert not STEERING.search(shown.replace("\r\n", "\n"))
    for format in ("json", "csv", "markdown"):
        ended = invoke(*args, "--store", str(own), "-f", format)
        assert not STEERING.search(ended.out + ended.err)


def rows_of(texts: list[str]) -> list[dict[str, Any]]:
    """Rows with each text in each field."""
    whole = {"source": "cgtn-2023", "locator": "p1", "quote": "5 people", "measure": "personnel"}
    fields = [*whole, "id", "hedge", "provider", "programme", "period", "status", "statement", "note", "replaces"]
    named = [{**whole, field: text} for text in texts for field in fields]
    return named + [{**whole, text: "x"} for text in texts] + [{**whole, "recipient": [text]} for text in texts]


@pytest.mark.parametrize("rows", [rows_of(NASTY), rows_of(PATHS)], ids=["nasty", "paths"])
def test_hostile_rows_are_refused_each_in_a_line_that_does_not_steer(own: Path, rows: list[dict[str, Any]]) -> None:
    before = own.read_bytes()
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    for format, code in (("table", 3), ("json", 3), ("csv", 3)):
        ended = invoke("import", "-", "--store", str(own), "-f", format, stdin=lines)
        assert ended.code == code
        assert not STEERING.search(ended.out + ended.err)
    told = {int(line.split()[1].rstrip(":")) for line in ended.err.splitlines() if line.startswith("line ")}
    assert len(told) > len(rows) / 2
    assert own.read_bytes() == before


@pytest.mark.parametrize("text", [*NASTY, *PATHS], ids=repr)
def test_hostile_words_that_may_be_entered_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    own = home / "own.json"
    own.write_bytes(FIVE.read_bytes())
    name = text or "x"
    rows = [
        {"id": name, "title": name, "publisher": text, "note": name, "derived_from": name, "read": "full"},
        {"source": name, "locator": "p1", "quote": "5 people", "measure": "personnel", "statement": text, "note": name},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    ended = invoke("import", "-", "--store", str(own), stdin=lines)
    assert (ended.code, ended.out.count("\t1\t0\t0\n")) == (0, 2)
    [row] = json.loads(invoke("claims", "-s", name, "--store", str(own), "--json").out)["rows"]
    assert {key: row[key] for key in rows[1]} == rows[1]
    assert row["id"] == f"{name}:p1:1"
    for args in (("verify", "--texts", str(home)), ("check",), ("show", "--", row["id"]), ("source", "--", name)):
        ended = invoke(args[0], "--store", str(own), *args[1:])
        assert ended.code in (0, 3)
        assert not STEERING.search(ended.out + ended.err)
    assert [path.name for path in tmp_path.rglob("*")] == ["home", "own.json"]
    retracted = invoke("retract", "--store", str(own), "--reason", name, "--", row["id"])
    assert retracted.code == 0
    assert invoke("import", "-", "--store", str(own), stdin=lines).code == 0


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_no_cell_is_a_formula_and_all_come_back(
    store: str, tables: dict[str, Any], tmp_path: Path, format: str
) -> None:
    texts = ["=1+1", "+49 30", "-5", "@SUM(A1)", "'=1", "'", "''+1", '"all of it"', 'x "y"', "=cmd|' /C calc'!A0"]
    rows = [{"id": f"s{n}", "title": text, "publisher": text, "note": text} for n, text in enumerate(texts)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    paths = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in paths:
        assert invoke("init", str(path)).code == 0
    assert invoke("import", "-", "--store", str(paths[0]), stdin=lines).code == 0
    printed = invoke("sources", "--store", str(paths[0]), "-f", format).out
    split = csv.reader(printed.splitlines()) if format == "csv" else (line.split("\t") for line in printed.splitlines())
    assert not [cell for cells in split for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert invoke("import", "-", "--store", str(paths[1]), stdin=printed).code == 0
    first, second = (json.loads(invoke("sources", "--store", str(path), "--json").out)["rows"] for path in paths)
    assert first == second
    assert [row["title"] for row in second] == texts


def test_a_quote_of_ten_megabytes_is_refused_without_being_told(own: Path) -> None:
    before = own.read_bytes()
    quote = "12 " * 3_500_000
    row = {"source": "cgtn-2023", "locator": "p1", "quote": quote, "measure": "personnel"}
    lists = f"source,locator,quote,measure\ncgtn-2023,p1,{quote},personnel\n"
    for content in (json.dumps(row), lists, lists.replace(",", "\t")):
        ended = invoke("import", "-", "--store", str(own), stdin=content)
        assert ended.code == 3
        assert "is longer than 100,000 characters" in ended.err
        assert len(ended.err) < 300
    for command in (("add", "-s", "cgtn-2023", "--locator", "p1", "-m", "personnel"), ("replace", "claim-1")):
        ended = invoke(*command, "--quote", quote, "--store", str(own))
        assert (ended.code, ended.out) == (2, "")
        assert "has a quote of 10,500,000 characters" in ended.err
        assert len(ended.err) < 300
    assert own.read_bytes() == before


def test_a_quote_of_ten_megabytes_that_stands_in_a_store_is_shown_or_told(tmp_path: Path) -> None:
    tables = json.loads(FIVE.read_text(encoding="utf-8"))
    quote = "12 " * 3_500_000
    tables["claims"]["1"]["quote"] = quote
    id = tables["claims"]["1"]["id"]
    own = tmp_path / "own.json"
    own.write_text(json.dumps(tables), encoding="utf-8")
    checked = invoke("check", "--store", str(own))
    assert checked.code == 3
    assert f"claim {id}: has a quote of 3,500,000 words" in checked.out
    assert len(checked.out) < 2000
    assert quote in invoke("claims", "--store", str(own)).out
    assert json.loads(invoke("show", id, "--store", str(own), "--json").out)["rows"][0]["quote"] == quote
    assert invoke("verify", "--texts", str(tmp_path), "--store", str(own)).code == 0
    assert invoke("retract", id, "--reason", "no phrase", "--store", str(own)).code == 0


ANY_TEXT = st.text(st.characters(categories=None) | st.sampled_from([*"".join(NASTY)]))


@given(ANY_TEXT)
def test_clean_text_steers_nothing_and_stays_on_its_line(text: str) -> None:
    shown = clean(text)
    assert not STEERING.search(shown)
    assert not set(shown) & {"\n", "\t"}
    assert shown.splitlines() in ([], [shown])
    shown.encode()


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])))
def test_text_without_controls_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(ANY_TEXT)
def test_every_character_is_still_there_or_told_by_its_code(text: str) -> None:
    rest = clean(text)
    for char in text:
        rest = next(left for fits, left in pieces(char, rest) if fits)
    assert rest == ""


def pieces(char: str, rest: str) -> Iterator[tuple[bool, str]]:
    """How a character may stand at the head of a clean text, and what then is left."""
    for form in (char, " ", f"\\x{ord(char):02x}", f"\\u{ord(char):04x}"):
        yield rest.startswith(form), rest[len(form) :]
    raise AssertionError((char, rest))


@given(st.recursive(ANY_TEXT, lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner)))
def test_escaped_json_means_the_same_and_steers_nothing(value: Any) -> None:
    text = escape_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert not STEERING.search(text)
    assert "\n" not in text
