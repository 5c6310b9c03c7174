"""Whether quotes stand where claims say: held against texts that are made here, and against the five if they are there.

The five texts are not kept here. `MEDAID_TEXTS=DIR` names a folder with a file `<source>.txt` for each source.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from factories import Document, claim, facts, source, write_store
from program import Ended, invoke
from test_contract import validator

from medaid_cli import verify
from medaid_cli.errors import ExitCode, UsageError
from medaid_cli.model import Facts
from medaid_cli.verify import RESULTS

needs_texts = pytest.mark.skipif(
    "MEDAID_TEXTS" not in os.environ, reason="the texts are not kept here; MEDAID_TEXTS names their folder"
)


def result(text: str | bytes, given: Document, folder: Path, **fields: Any) -> tuple[str, tuple[str, ...], str]:
    """What becomes of one claim of the source `a` with that text."""
    (folder / "a.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    loaded = facts(given, a=fields)
    [found] = verify.verify(loaded, verify.texts_in(folder, loaded))
    assert found.claim is loaded.claims[0]
    return found.result, found.lines, found.message


def verified(folder: Path, *claims: Document, **tables: Any) -> Ended:
    """The command over a store and the texts beside it."""
    path = write_store(folder, *claims, **tables)
    return invoke("verify", "--texts", str(folder), "--store", str(path))


# Where a quote stands


def test_a_quote_on_its_line_is_found(tmp_path: Path) -> None:
    text = "Headline\n\n  \nOver 30,000 people.\r\nThe end."
    assert result(text, claim("over 30,000 people", locator="p2"), tmp_path) == ("found", ("p2",), "")


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("over\u00a030,000\u202fpeople", "over 30,000 people"),
        ("over 30,000 people", "over\u00a030,000 people"),
        ("China’s “30,000” people", 'China\'s "30,000" people'),
        ('China\'s "30,000" people', "China’s “30,000” people"),
        ("MORE THAN 30,000 PEOPLE", "more than 30,000 people"),
    ],
)
def test_typesetting_makes_no_difference(line: str, quote: str, tmp_path: Path) -> None:
    assert result(line, claim(quote), tmp_path)[0] == "found"


def test_a_quote_on_another_line_has_moved(tmp_path: Path) -> None:
    text = "Headline\nHeadline\n616 people\nNothing\n616 people"
    found = result(text, claim("616 people", locator="p2"), tmp_path)
    assert found == ("moved", ("p3", "p5"), "on p3, p5, not on p2")
    assert result(text, claim("616 people", locator="p9"), tmp_path)[0] == "moved"


@pytest.mark.parametrize("text", ["", "\n\n", "617 people\n616 persons"])
def test_a_quote_on_no_line_is_missing(text: str, tmp_path: Path) -> None:
    assert result(text, claim("616 people"), tmp_path) == ("missing", (), "in no line of the text")
    assert result(text, claim("616 people", locator="opening"), tmp_path)[0] == "missing"


def test_a_quote_that_runs_over_two_lines_is_missing(tmp_path: Path) -> None:
    assert result("over 30,000\npeople", claim("over 30,000 people"), tmp_path)[0] == "missing"


def test_a_quote_from_an_opening_may_stand_on_any_line(tmp_path: Path) -> None:
    given = claim("616 people", locator="opening")
    assert result("Headline\nover 616 people\n616 people", given, tmp_path) == ("found", ("p3",), "")


def test_a_mark_at_the_beginning_of_a_file_is_no_line(tmp_path: Path) -> None:
    assert result("\ufeff\n616 people", claim("616 people"), tmp_path) == ("found", ("p1",), "")


@pytest.mark.parametrize("measure", ["event", "activity"])
def test_a_quote_without_a_value_need_only_stand_there(measure: str, tmp_path: Path) -> None:
    assert result("over 76 teams", claim("76 teams", measure=measure), tmp_path)[0] == "found"


def test_a_quote_whose_number_can_t_be_read_need_only_stand_there(tmp_path: Path) -> None:
    assert result("over several people", claim("several people", value=7, hedge="over"), tmp_path)[0] == "found"


# What its number is there


@pytest.mark.parametrize(
    ("line", "quote", "said"),
    [
        ("over 616 people", "616 people", "616 (exact), reads 616 (over)"),
        ("Nearly\u00a0616 people", "616 people", "616 (exact), reads 616 (nearly)"),
        ("about 3 of about 616 people", "616 people", "616 (exact), reads 616 (about)"),
        ("1,616 people", "616 people", "616 (exact), reads 1,616 (exact)"),
        ("5 million people", "5", "5 (exact), reads 5,000,000 (exact)"),
        ("2.5 people", "5 people", "5 (exact), reads no number"),
        ("90 percent", "90", "90 (exact), reads no number"),
        ("over 616 people, about 616 people", "616 people", "616 (exact), reads 616 (over) or 616 (about)"),
        ("over 616 people, over 616 people", "616 people", "616 (exact), reads 616 (over)"),
    ],
)
def test_a_number_that_reads_otherwise_on_its_line_differs(line: str, quote: str, said: str, tmp_path: Path) -> None:
    assert result(line, claim(quote), tmp_path) == ("differs", ("p1",), f"entered as {said}")
    assert result(line, claim(quote, locator="opening"), tmp_path)[0] == "differs"
    assert result(f"Headline\n{line}", claim(quote), tmp_path)[0] == "missing"


def test_a_number_that_was_entered_otherwise_differs(tmp_path: Path) -> None:
    found = result("616 people", claim("616 people", value=661, hedge="exact"), tmp_path)
    assert found == ("differs", ("p1",), "entered as 661 (exact), reads 616 (exact)")


@pytest.mark.parametrize(
    "line",
    [
        "over 616 people, of whom 616 people stayed",
        "1,616 people; 616 people",
        "3 over 616 people",
        "over 616 teams and 616 people",
    ],
)
def test_a_quote_that_stands_twice_is_right_where_one_reads_as_entered(line: str, tmp_path: Path) -> None:
    hedge = "over" if line.startswith("3 over") else "exact"
    assert result(line, claim("616 people", value=616, hedge=hedge), tmp_path)[0] == "found"


def test_the_words_that_fence_a_number_may_stand_outside_the_quote_if_they_were_entered(tmp_path: Path) -> None:
    assert result("over 616 people", claim("616 people", value=616, hedge="over"), tmp_path)[0] == "found"
    assert result("616 people", claim("616 people", value=616, hedge="over"), tmp_path)[0] == "differs"


def test_each_number_of_a_quote_is_read_with_what_belongs_to_it(tmp_path: Path) -> None:
    line = "over 6 teams of 616 people"
    assert result(line, claim("6 teams of 616 people", value=6, hedge="over"), tmp_path)[0] == "found"
    assert result(line, claim("6 teams of 616 people", value=616, hedge="exact"), tmp_path)[0] == "found"
    assert result(line, claim("6 teams of 616 people", value=6, hedge="exact"), tmp_path)[0] == "differs"


def test_a_line_is_read_in_the_language_of_its_source(tmp_path: Path) -> None:
    given = claim("30 000 personnes", value=30_000, hedge="over")
    assert result("plus de 30 000 personnes", given, tmp_path, language="fr")[0] == "found"
    given = claim("3万", value=30_000, hedge="exact")
    assert result("派遣了3万余人次", given, tmp_path, language="zh")[0] == "differs"
    assert result("派遣了3万人次", given, tmp_path, language="zh")[0] == "found"


# What can't be checked


@pytest.mark.parametrize("id", ["../a", "x/a", "/a", "\\a", "..\\a", "a\0", "\ud800"], ids=ascii)
def test_a_source_that_no_file_can_be_called_like_is_not_looked_for(id: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("616 people", encoding="utf-8")
    (tmp_path / "texts" / "x").mkdir(parents=True)
    loaded = facts(claim("616 people", source=id))
    [found] = verify.verify(loaded, verify.texts_in(tmp_path / "texts", loaded))
    assert (found.result, found.message) == ("not checkable", "no file can be called like this source")


def test_a_source_without_a_file_is_not_checkable(tmp_path: Path) -> None:
    loaded = facts(
        claim("616 people", source=".."), claim("616 people", source="a" * 300), claim("616 people", source="d")
    )
    (tmp_path / "d.txt").mkdir()
    assert [one.message for one in verify.verify(loaded, verify.texts_in(tmp_path, loaded))] == [
        "...txt: No such file or directory",
        f"{'a' * 300}.txt: File name too long",
        "d.txt: Is a directory",
    ]


def test_a_file_that_is_not_utf_8_is_not_checkable(tmp_path: Path) -> None:
    assert result("616 médecins".encode("latin-1"), claim(), tmp_path) == ("not checkable", (), "a.txt: is not UTF-8")


def test_a_text_that_is_known_to_be_another_is_told_also_if_it_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("616 médecins".encode("latin-1"))
    loaded = facts(claim(), a={"text_sha256": "0" * 64})
    files = verify.texts_in(tmp_path, loaded)
    assert verify.changed(files) == ["a"]
    assert [one.result for one in verify.verify(loaded, files)] == ["not checkable"]


def test_a_claim_that_does_not_stand_is_not_looked_for(tmp_path: Path) -> None:
    gone = claim("616 people", retracted={"day": "2024-01-02", "reason": "misread"})
    loaded = facts(gone, claim("617 people"), claim("618 people", replaces="a:p1:2"))
    assert [one.claim.id for one in verify.verify(loaded, verify.texts_in(tmp_path, loaded))] == ["a:p1:3"]


# Whether a text is the one that was read


@pytest.mark.parametrize("changed", [False, True])
def test_a_text_is_compared_with_the_one_that_was_read(changed: bool, tmp_path: Path) -> None:
    content = b"616 people\r\n"
    (tmp_path / "a.txt").write_bytes(content + b" " * changed)
    sources = [source("a", text_sha256=hashlib.sha256(content).hexdigest().upper())]
    ended = verified(tmp_path, claim("616 people"), sources=sources)
    said = "a.txt is not the text that was read: its SHA-256 is another\n" if changed else ""
    assert ended == (ExitCode.FOUND if changed else ExitCode.OK, "", f"{said}1 quote: 1 found\n")


def test_a_text_of_a_source_without_claims_is_compared_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    ended = verified(tmp_path, sources=[source("a", text_sha256="0")])
    assert ended == (ExitCode.FOUND, "", "a.txt is not the text that was read: its SHA-256 is another\nno quotes\n")


# The command


def test_every_result_is_counted_and_what_needs_a_look_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("616 people\nover 617 people", encoding="utf-8")
    found, moved = claim("616 people"), claim("616 people", locator="p2")
    differs, missing, unread = claim("617 people", locator="p2"), claim("618 people"), claim("616 people", source="b")
    ended = verified(tmp_path, found, moved, differs, missing, unread, unread)
    assert ended.code == ExitCode.FOUND
    assert ended.out.splitlines() == [
        "of\tclaim\tquote\tresult\twhat was seen",
        "quotes that need a look\ta:p2:2\t616 people\tmoved\ton p1, not on p2",
        "quotes that need a look\ta:p2:3\t617 people\tdiffers\tentered as 617 (exact), reads 617 (over)",
        "quotes that need a look\ta:p1:4\t618 people\tmissing\tin no line of the text",
        "",
        "of\twhy\tclaims",
        "not checkable\tb.txt: No such file or directory\t2",
    ]
    assert ended.err.splitlines() == [
        "1 text not compared: the store has no text_sha256 of what was read",
        "6 quotes: 1 found, 2 not checkable, 1 moved, 1 differs, 1 missing",
    ]


@pytest.mark.parametrize("locator", ["p1", "p2", "opening"])
def test_the_rows_are_as_the_schema_says(locator: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("over 616 people\n616 people\n616 people", encoding="utf-8")
    given = claim("616 people", locator=locator), claim("617 people"), claim(source="b")
    path = write_store(tmp_path, *given, sources=[source("a", text_sha256="0")])
    answer = json.loads(invoke("verify", "--texts", str(tmp_path), "--store", str(path), "--json").out)
    assert [error.message for error in validator("verify").iter_errors(answer)] == []
    assert list(answer) == ["schema", "store", "query", "counts", "changed_texts", "total", "rows", "notes"]
    assert answer["query"] == {"texts": str(tmp_path)}
    assert answer["changed_texts"] == ["a"]
    results = [row["result"] for row in answer["rows"]]
    assert answer["counts"] == {result: results.count(result) for result in RESULTS}
    assert answer["total"] == 3


def test_the_schema_allows_no_key_that_it_does_not_name(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim())
    answer = json.loads(invoke("verify", "--texts", str(tmp_path), "--store", str(path), "--json").out)
    answer["rows"][0]["surprise"] = 1
    assert not validator("verify").is_valid(answer)


def test_what_can_t_be_checked_is_told_and_no_failure(tmp_path: Path) -> None:
    ended = verified(tmp_path, claim())
    assert ended.code == ExitCode.OK
    assert ended.err == "1 quote: 1 not checkable\n"


def test_a_store_without_claims_has_no_quotes(tmp_path: Path) -> None:
    assert verified(tmp_path) == (ExitCode.OK, "", "no quotes\n")


@pytest.mark.parametrize("name", ["none", "file"])
def test_a_folder_that_is_none_is_exit_2(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / name
    with pytest.raises(UsageError):
        verify.texts_in(folder, facts())
    ended = invoke("verify", "--texts", str(folder))
    assert ended == (ExitCode.USAGE, "", f"medaid: {folder}: is no folder of texts\n")


def test_without_a_folder_it_says_which_option_is_missing() -> None:
    ended = invoke("verify", env={"MEDAID_TEXTS": ""})
    assert ended.code == ExitCode.USAGE
    assert "--texts" in ended.err


def test_the_folder_may_be_named_in_the_environment(tmp_path: Path) -> None:
    ended = invoke("verify", env={"MEDAID_TEXTS": str(tmp_path)})
    assert (ended.code, ended.err.splitlines()[-1]) == (ExitCode.OK, "105 quotes: 105 not checkable")


def test_a_store_that_does_not_load_is_exit_4(tmp_path: Path) -> None:
    assert verified(tmp_path, claim("many people")).code == ExitCode.STORE


@needs_texts
def test_all_that_is_shipped_stands_in_the_five_texts(facts: Facts) -> None:
    texts = verify.texts_in(Path(os.environ["MEDAID_TEXTS"]), facts)
    found = list(verify.verify(facts, texts))
    assert [(one.claim.id, one.message) for one in found if one.result != "found"] == []
    assert (len(found), verify.changed(texts)) == (105, [])
    ended = invoke("verify", "--texts", os.environ["MEDAID_TEXTS"])
    assert ended == (ExitCode.OK, "", "105 quotes: 105 found\n")
