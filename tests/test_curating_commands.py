"""The commands that change a store, as they are typed: what they enter, what they say, and what to run next."""

import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from program import FIGURE, FIVE, Ended, invoke, prepared

from medaid_cli import curation, store
from medaid_cli.commands.entry import today
from medaid_cli.commands.intake import Desk
from medaid_cli.curation import Refused
from medaid_cli.model import Claim, Facts, Problem, Source
from medaid_cli.render.output import Looks
from medaid_cli.rows import Row


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store of one's own."""
    return prepared(tmp_path)


def do(home: Path, *args: str, stdin: str | bytes = "") -> Ended:
    """Run a command on the store there; it works."""
    ended = invoke(args[0], "--store", "my.json", *args[1:], stdin=stdin, cwd=home)
    assert ended.code == 0, ended.err
    return ended


def facts(home: Path) -> Facts:
    return store.load(home / "my.json")


def claim(home: Path, id: str) -> Claim:
    return next(one for one in facts(home).claims if one.id == id)


def added(home: Path, *words: str) -> Claim:
    """The claim that is entered with these words."""
    row = json.loads(do(home, "add", *FIGURE, *words, "--json").out)["rows"][0]
    return claim(home, row["id"])


def added_source(home: Path, *words: str) -> Source:
    """The source that is entered with these words."""
    do(home, "add-source", "--id", "x", "--title", "Title", *words)
    return facts(home).sources["x"]


def test_a_claim_is_entered_with_the_defaults_of_the_store(home: Path) -> None:
    ended = do(home, "add", *FIGURE)
    assert ended.out == "change\tid\tsays\nadded\tcgtn-2023:p7:1\t“nearly 30,000 people”: 27,000–29,999\n"
    assert ended.err == "next: medaid show cgtn-2023:p7:1 --store my.json\n"
    found = claim(home, "cgtn-2023:p7:1")
    assert (found.value, found.hedge, found.recipient, found.provider) == (30_000, "nearly", ("001",), "CN")
    assert (found.programme, found.period, found.status, found.statement) == ("any", "/..", "done", "")
    assert facts(home).info.updated == today()


def test_all_fields_of_a_claim_can_be_typed_and_names_are_understood(home: Path) -> None:
    found = added(
        home,
        *("--value", "30,000", "--hedge", "nearly", "--recipient", "bénin", "--recipient", "Mali", "--recipient", "BJ"),
        *("--provider", "Shaanxi", "--programme", "medical teams", "--period", "2018~/2022", "--status", "disputed"),
        *("--statement", "So many.", "--attributed-to", "WHO", "--and-others", "--note", "a slip", "--id"),
        "cgtn-2023:p7:9",
    )
    assert (found.id, found.value, found.recipient, found.provider) == ("cgtn-2023:p7:9", 30_000, ("BJ", "ML"), "CN-SN")
    assert (found.programme, found.period, found.status) == ("medical-teams", "2018~/2022", "disputed")
    assert (found.statement, found.attributed_to, found.and_others, found.note) == ("So many.", "WHO", True, "a slip")


def test_what_is_typed_to_be_empty_is_not_there(home: Path) -> None:
    found = added(home, "--note", "", "--attributed-to", "", "--no-and-others", "--hedge", "", "--value", "")
    assert (found.note, found.attributed_to, found.and_others, found.value) == (None, None, None, 30_000)
    assert added_source(home, "--publisher", "", "--url", "") == facts(home).sources["x"].replace(
        publisher="", URL=None
    )


def test_all_fields_of_a_source_can_be_typed(home: Path) -> None:
    found = added_source(
        home,
        *("--publisher", "WHO", "--issued", "2014-10", "--url", "https://example.org", "--language", "fr"),
        *("--outlet", "ngo-or-un", "--read", "full", "--type", "report", "--author", "A. B.", "--author", "C"),
        *("--derived-from", "Xinhua", "--note", "in two parts"),
    )
    assert (found.publisher, found.issued, found.URL) == ("WHO", "2014-10", "https://example.org")
    assert (found.language, found.outlet, found.read, found.type) == ("fr", "ngo-or-un", "full", "report")
    assert found.author == ({"literal": "A. B."}, {"literal": "C"})
    assert (found.derived_from, found.note) == ("Xinhua", "in two parts")


def test_the_digest_of_a_text_is_kept_and_the_text_counts_as_read(home: Path) -> None:
    (home / "x.txt").write_bytes(b"one\r\n\xff")
    found = added_source(home, "--text", str(home / "x.txt"))
    assert (found.text_sha256, found.read) == (hashlib.sha256(b"one\r\n\xff").hexdigest(), "full")
    do(home, "add-source", "--id", "y", "--title", "Y", "--text", str(home / "x.txt"), "--read", "opening")
    assert facts(home).sources["y"].read == "opening"


def test_a_new_source_says_what_to_run_next(home: Path) -> None:
    ended = do(home, "add-source", "--id", "who-2014", "--title", "Ebola", "--publisher", "WHO")
    assert ended.out.splitlines()[1] == "added\twho-2014\tWHO: Ebola"
    assert ended.err == "next: medaid add --source who-2014 --store my.json\n"


def test_a_claim_that_counts_nothing_has_no_interval_to_tell(home: Path) -> None:
    ended = do(home, "add", "-s", "cgtn-2023", "--locator", "p7", "--quote", "shared their skills", "-m", "activity")
    assert ended.out.splitlines()[1] == "added\tcgtn-2023:p7:1\t“shared their skills”"
    assert do(home, "retract", "cgtn-2023:p7:1", "--reason", "x").err.startswith("it has no number, so all totals are")


@pytest.mark.parametrize("id", [one.id for one in store.load(FIVE).claims])
def test_every_claim_can_be_retracted_and_it_is_told_who_still_tells_the_same(tmp_path: Path, id: str) -> None:
    path = str(prepared(tmp_path) / "my.json")
    ended = invoke("retract", id, "--reason", "misread", "--store", path)
    assert ended.out == f"change\tid\tsays\nretracted\t{id}\tmisread\n"
    first, step = ended.err.splitlines()
    assert step == f"next: medaid check --store {path}"
    assert "still tell" in first or first in ("no other claim tells of the same", first * first.startswith("it has no"))
    assert json.loads(invoke("show", id, "--store", path, "--json").out)["rows"][0]["retracted"] == {
        "day": today(),
        "reason": "misread",
    }


def test_the_claims_that_still_tell_the_same_are_counted(home: Path) -> None:
    told = [
        do(home, "retract", f"cgtn-2023:{place}", "--reason", "x").err.splitlines()[0] for place in ("p10:1", "p4:1")
    ]
    assert told[0] == "people sent, medical teams, since 1963: 2 claims still tell of it"
    assert "claim" in told[1]


def test_a_replacement_takes_over_what_is_not_typed(home: Path) -> None:
    old = claim(home, "cgtn-2023:p21:2")
    ended = do(home, "replace", old.id, "--quote", "a total of 617 Chinese doctors")
    assert ended.out.splitlines()[1:] == [
        "replaced\tcgtn-2023:p21:2\tby cgtn-2023:p21:5",
        "added\tcgtn-2023:p21:5\t“a total of 617 Chinese doctors”: 617",
    ]
    new = claim(home, "cgtn-2023:p21:5")
    assert new == old.replace(id=new.id, quote=new.quote, value=617, replaces=old.id)
    rows = json.loads(do(home, "claims", "--status", "replaced", "--json").out)["rows"]
    assert [row["id"] for row in rows] == [old.id]


def test_a_replacement_can_take_words_away(home: Path) -> None:
    found = added(home, "--note", "x", "--attributed-to", "WHO", "--and-others", "--recipient", "BJ")
    do(home, "replace", found.id, "--note", "", "--attributed-to", "", "--no-and-others")
    new = claim(home, "cgtn-2023:p7:2")
    assert new == found.replace(id=new.id, note=None, attributed_to=None, and_others=None, replaces=found.id)


def test_a_store_is_made_with_or_without_claims(tmp_path: Path) -> None:
    assert invoke("init", "a.json", "--title", "Mine", cwd=tmp_path).err == (
        "next: medaid add-source --store a.json\nthen: medaid add --store a.json\n"
    )
    assert store.load(tmp_path / "a.json").info.title == "Mine"
    assert invoke("init", "b.json", "--with-claims", cwd=tmp_path).code == 0
    both = (tmp_path / "b.json", store.shipped())
    made, shipped = (invoke("claims", "--store", str(at), "-f", "jsonl") for at in both)
    assert made.out == shipped.out
    assert invoke("init", "a.json", "--with-claims", "--force", cwd=tmp_path).code == 0
    assert len(store.load(tmp_path / "a.json").claims) == len(store.load().claims)


CLAIM = {"source": "a", "locator": "p1", "quote": "5 people", "measure": "personnel"}
SOURCE = {"id": "a", "title": "A", "read": "full"}


def jsonl(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_rows_of_several_tables_come_in_one_file(home: Path) -> None:
    ended = do(
        home, "import", "-", stdin=jsonl(SOURCE, CLAIM, {**CLAIM, "quote": "6 people"}, {"id": "b", "title": "B"})
    )
    assert ended.out == "table\tadded\tthere already\trefused\nsources\t2\t0\t0\nclaims\t2\t0\t0\n"
    assert ended.err == "4 rows entered\nnext: medaid check --store my.json\n"
    again = do(home, "import", "-", stdin=jsonl(SOURCE, CLAIM))
    assert again.out == "table\tadded\tthere already\trefused\nsources\t0\t1\t0\nclaims\t0\t1\t0\n"
    assert again.err == "no row is new; nothing is changed\n"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffid,title,read\r\na,A,full\r\n",
        "title,read,id\nA,full,a",
        "id\ttitle\tread\na\tA\tfull\n",
        "id,title,read,\n\na,A,full,\n,,,\n",
        'id,title,read,note\na,A,full,"one\r\ntwo, ""three"""\n',
    ],
)
def test_csv_may_look_as_programs_write_it(home: Path, content: str) -> None:
    assert do(home, "import", "-", stdin=content).err.startswith("1 row entered\n")
    found = facts(home).sources["a"]
    assert (found.title, found.read) == ("A", "full")
    assert found.note == ('one\r\ntwo, "three"' if "note" in content else None)


@pytest.mark.parametrize("content", ["", "\n", "id,title\n"])
def test_a_file_without_rows_changes_nothing(home: Path, content: str) -> None:
    assert do(home, "import", "-", stdin=content).err == "no row is new; nothing is changed\n"
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()


def test_every_bad_row_is_told_with_its_line_and_a_suggestion(home: Path) -> None:
    rows = b'id,titel,note\na,A,\n\nb,"B\nB",\xff\n"c"c,C,\nd,D,x,y\ne,E,\n'
    ended = invoke("import", "-", "--store", "my.json", "--table", "sources", stdin=rows, cwd=home)
    assert (ended.code, ended.out) == (3, "table\twould be added\tthere already\trefused\nsources\t0\t0\t5\n")
    assert ended.err.splitlines() == [
        "line 2: source a: has no 'title'; add it",
        "line 2: source a: has an unknown field 'titel'; did you mean 'title'?",
        "line 4: row: is not UTF-8; mend the row",
        "line 6: row: is not CSV: ',' expected after '\"'; mend the row",
        "line 7: row: has 4 cells under 3 names; mend the row",
        "line 8: source e: has no 'title'; add it",
        "line 8: source e: has an unknown field 'titel'; did you mean 'title'?",
        "5 rows can't be entered, so none is; nothing is changed",
    ]
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "jsonl", "markdown"])
def test_bad_rows_are_told_to_people_in_every_format_but_json(home: Path, format: str) -> None:
    ended = invoke("import", "-", "--store", "my.json", "-f", format, stdin="title\nA\n", cwd=home)
    assert ended.code == 3
    assert ended.err.startswith("line 2: source: has no 'id'; add it\n")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("measures", {"id": "beds", "label": "beds", "unit": "bed", "kind": "stock", "adds": "sum"}),
        ("programmes", {"id": "training/eyes", "label": "eyes", "place": "BJ"}),
        ("places", {"id": "BJ-AL", "name": "Alibori", "within": "BJ"}),
    ],
)
def test_vocabulary_comes_by_its_table_and_can_be_used_at_once(home: Path, table: str, row: dict[str, str]) -> None:
    for format in ("jsonl", "csv", "tsv"):
        printed = do(home, table, "-f", format, *(("b",) if table == "places" else ())).out
        assert do(home, "import", "-", "--table", table, stdin=printed).err == "no row is new; nothing is changed\n"
    assert do(home, "import", "-", "--table", table, stdin=jsonl(row)).err.startswith("1 row entered\n")
    assert row["id"] in do(home, table, *((row["id"],) if table == "places" else ()), "--json").out
    assert row["id"] in getattr(facts(home), table)


def test_a_claim_with_other_words_is_refused_and_the_way_out_works(home: Path) -> None:
    do(home, "import", "-", stdin=jsonl(SOURCE, CLAIM))
    ended = invoke("import", "-", "--store", "my.json", stdin=jsonl({**CLAIM, "statement": "Five."}), cwd=home)
    assert ended.code == 3
    assert "medaid replace a:p1:1 changes it" in ended.err
    do(home, "replace", "a:p1:1", "--statement", "Five.")
    assert claim(home, "a:p1:2").statement == "Five."


def test_a_table_may_be_named_in_any_case(home: Path) -> None:
    assert do(home, "import", "-", "--table", "Sources", stdin="id,title\na,A\n").err.startswith("1 row entered")


def test_what_was_written_can_be_read_by_all_commands(home: Path) -> None:
    do(home, "import", "rows.csv")
    for command in ("countries", "stats", "compare", "timeline", "claims", "sources"):
        do(home, command, "--json")


def many(number: int, *, bad: int = 0) -> Iterator[Row]:
    """That many claims, every so-many-th of them bad."""
    for n in range(1, number + 1):
        fields = {"source": "cgtn-2023", "locator": f"p{n % 300 + 1}", "measure": "personnel", "recipient": ["BJ"]}
        quote = "so many" if bad and n % bad == 0 else f"over {n:,} people"
        yield Row(n, {**fields, "quote": quote}, table="claims")


def test_twenty_thousand_rows_are_entered_each_with_an_id_of_its_own(home: Path) -> None:
    file = home / "many.jsonl"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row.document) + "\n" for row in many(20_000))
    assert do(home, "import", str(file)).err.startswith("20,000 rows entered\n")
    found = facts(home).claims
    assert len({one.id for one in found}) == len(found) == 20_000 + len(store.load(FIVE).claims)


@pytest.mark.parametrize("dry_run", [True, False])
def test_refused_rows_are_not_held_however_many(home: Path, dry_run: bool) -> None:
    def peak(number: int) -> int:
        desk = Desk(Looks(), io.StringIO())
        tracemalloc.start()
        counts = curation.enter(
            home / "my.json",
            desk.counted(many(number, bad=1)),
            None,
            lambda _: None,
            wait=0,
            day="2026-01-31",
            dry_run=dry_run,
        )
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert counts[0].refused == number
        assert desk.refused == []
        return found

    peak(10)
    assert peak(2000) < peak(10) + 200_000
    assert (home / "my.json").read_bytes() == FIVE.read_bytes()


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_a_desk_counts_on_terminals_alone_and_keeps_for_json_alone() -> None:
    refused = Refused(5, Problem("rule", "row", "is \x1b[31m", "mend it"))
    for err, format, said in (
        (io.StringIO(), "table", "line 5: row: is \\x1b[31m; mend it\n"),
        (Screen(), "csv", "\r10,000 rows\r           \rline 5: row: is \\x1b[31m; mend it\n"),
        (Screen(), "json", "\r10,000 rows\r           \r"),
    ):
        desk = Desk(Looks(format=format), err)  # type: ignore[arg-type]
        assert len(list(desk.counted(many(10_001)))) == 10_001
        desk.tell(refused)
        desk.close()
        desk.close()
        assert err.getvalue() == said
        assert desk.refused == ([refused] if format == "json" else [])
