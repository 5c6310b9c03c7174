"""Rows that people bring: what can be read is read with its line, and what can't is told with its line."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaid_cli import plain, rows
from medaid_cli.errors import UsageError
from medaid_cli.rows import LONGEST_LINE, Row

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0") | st.sampled_from("=+-@'\",;\t"))
CELLS = TEXTS.filter(lambda text: "\t" not in text)


def read(content: str | bytes) -> list[Row]:
    """The rows of a file that holds this."""
    return list(untold(rows.read(as_text(io.BytesIO(content if isinstance(content, bytes) else content.encode())))))


def untold(found: Iterator[Row]) -> Iterator[Row]:
    """The rows without their tables, which have a test of their own."""
    return (row.replace(table=None) for row in found)


def as_text(file: io.BytesIO | io.BufferedReader) -> io.TextIOWrapper:
    """The file as the reader wants it."""
    return io.TextIOWrapper(file, **rows.AS_TEXT)


def refused(content: str | bytes) -> str:
    """Why none of it is read."""
    with pytest.raises(UsageError) as raised:
        read(content)
    return str(raised.value)


def complaint(content: str | bytes) -> str:
    """What is wrong with the last row."""
    row = read(content)[-1]
    assert row.document is None
    return row.complaint


def cell(name: str, text: str) -> Any:
    """What one cell of CSV stands for."""
    out = io.StringIO()
    csv.writer(out).writerows([[name, "x"], [text, "1"]])
    [row] = read(out.getvalue())
    return row.complaint if row.document is None else row.document.get(name)


@given(TEXTS | st.text())
def test_what_is_guarded_comes_back_as_it_was(text: str) -> None:
    assert plain.unguard(plain.guard(text)) == text


@given(TEXTS | st.text())
def test_no_guarded_cell_is_a_formula(text: str) -> None:
    assert not plain.guard(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(TEXTS)
def test_a_guarded_cell_is_not_in_quotation_marks(text: str) -> None:
    assert plain.unquote(plain.guard(text)) == plain.guard(text)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@here", "'=1", "''@", '"all of it"', '""', '\'""', "\tx", "\n"])
def test_what_may_be_mistaken_gets_an_apostrophe(text: str) -> None:
    assert plain.guard(text) == "'" + text


@pytest.mark.parametrize("text", ["", "'", "'a", "616", "a=b", '"a" and b', '"a" and "b"c', "’=1"])
def test_what_cannot_be_mistaken_stays_as_it_is(text: str) -> None:
    assert plain.guard(text) == plain.unguard(text) == text


def test_quotation_marks_that_spreadsheets_put_around_cells_of_tsv_come_off() -> None:
    assert plain.unquote('"over 1,000, ""it"" says"') == 'over 1,000, "it" says'
    assert plain.unquote('"the past", it says') == '"the past", it says'


def test_json_lines_have_their_numbers_and_blank_lines_are_nothing() -> None:
    assert read('\n \n{"id": "a"}\n\n{"id": "b"}') == [Row(3, {"id": "a"}), Row(5, {"id": "b"})]


def test_csv_rows_have_their_numbers_and_blank_lines_are_nothing() -> None:
    assert read("\n\nid,title\n\na,one\n,\n\nb,two\n") == [
        Row(5, {"id": "a", "title": "one"}),
        Row(8, {"id": "b", "title": "two"}),
    ]


def test_a_row_has_the_number_of_the_line_that_it_begins_on() -> None:
    found = read('id,note\na,"one\ntwo\n\nthree"\nb,x\nc,"\n"\nd,\n')
    assert [(row.line, row.document and row.document["id"]) for row in found] == [
        (2, "a"),
        (6, "b"),
        (7, "c"),
        (9, "d"),
    ]
    assert found[0].document == {"id": "a", "note": "one\ntwo\n\nthree"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("text", ['{"id": "a"}\n\n{"id": "é"}\n', "id,title\n\na,\né,", "id\ttitle\n\na\t\né"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(text: str, mark: str, end: str) -> None:
    expected = [row.document for row in read(text)]
    found = read(mark + text.replace("\n", end))
    assert [row.document for row in found] == expected == [{"id": "a"}, {"id": "é"}]
    assert found[-1].line == found[0].line + (2 if "{" in text else 1)


@pytest.mark.parametrize("content", ["", "\n\n \n", "\ufeff", "id,title\n", "id\ttitle", "\n"])
def test_a_file_without_rows_has_none(content: str) -> None:
    assert read(content) == []


@given(st.lists(st.dictionaries(TEXTS, TEXTS | st.integers(0, 10**15) | st.none() | st.lists(TEXTS), min_size=1)))
def test_json_lines_come_back_as_they_were(documents: list[dict[str, Any]]) -> None:
    found = read("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents))
    assert [row.document for row in found] == documents
    assert [row.line for row in found] == list(range(1, len(documents) + 1))


@given(st.lists(st.tuples(CELLS, CELLS).filter(any)), st.permutations(["title", "note"]), st.booleans())
def test_cells_come_back_as_they_were(pairs: list[tuple[str, str]], names: list[str], tabs: bool) -> None:
    out = io.StringIO()
    guarded = [["id", *names], *(["x", *map(plain.guard, pair)] for pair in pairs)]
    if tabs:
        out.write("".join("\t".join(cells) + "\n" for cells in guarded))
    else:
        csv.writer(out).writerows(guarded)
    found = read(out.getvalue())
    cells = [{"id": "x"} | dict(zip(names, pair, strict=True)) for pair in pairs]
    assert [row.document for row in found] == [{name: cell for name, cell in one.items() if cell} for one in cells]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    for start in (b"", b"{", b"id,quote\n", b"id\tquote\n", b'{"id": "a"}\n'):
        try:
            found = read(start + content)
        except UsageError:
            continue
        assert all((row.document is None) == bool(row.complaint) for row in found)
        assert [row.line for row in found] == sorted({row.line for row in found})


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "a",}', "is not JSON: "),
        ('{"id": "a"', "is not JSON: Expecting ',' delimiter at column 11"),
        ("id: a", "is not JSON: Expecting value at column 1"),
        ("5", "holds a number, not an object"),
        ('["a"]', "holds a list, not an object"),
        ("null", "holds null, not an object"),
        ('{"value": NaN}', "holds NaN, which is not a number"),
        ('{"value": -Infinity}', "holds -Infinity, which is not a number"),
        ('{"value": 1' + "0" * 100 + "}", "holds a number of 101 digits"),
        ('{"id": "a", "id": "b"}', "has the key 'id' twice in one object"),
        ('{"id": ' + "[" * 90_000, "is nested too deeply to be a record"),
        ('{"id": "' + "x" * LONGEST_LINE + '"}', "is longer than 100,000 characters"),
    ],
    ids=lambda text: text[:30],
)
def test_a_line_of_json_that_cannot_be_read_is_told_and_the_next_is_read(line: str, says: str) -> None:
    first, bad, last = read(f'{{"id": "a"}}\n{line}\n{{"id": "c"}}\n')
    assert (first, last) == (Row(1, {"id": "a"}), Row(3, {"id": "c"}))
    assert (bad.line, bad.document) == (2, None)
    assert bad.complaint.startswith(says)


@pytest.mark.parametrize("name", ["note", "value", "recipient", "retracted"])
def test_a_row_that_is_not_utf_8_is_told_and_the_next_is_read(name: str) -> None:
    found = read(f"{name},id\n".encode() + b"\xff\xfe,a\n,b\n")
    assert found == [Row(2, None, "is not UTF-8"), Row(3, {"id": "b"})]
    found = read(b'{"id": "a"}\n{"id": "\xe9"}\n{"id": "b"}\n')
    assert found == [Row(1, {"id": "a"}), Row(2, None, "is not UTF-8"), Row(3, {"id": "b"})]


def test_half_of_a_surrogate_pair_that_json_escapes_is_a_text_like_others() -> None:
    assert read('{"id": "\\udc80"}') == [Row(1, {"id": "\udc80"})]


def test_utf_16_is_told() -> None:
    assert refused("id,title\na,b\n".encode("utf-16")) == "the line with the field names is not UTF-8"


def test_an_array_is_refused_with_the_way_out() -> None:
    for text in ('[{"id": "a"}]', '\n [\n{"id": "a"}\n]'):
        assert "jq -c '.[]'" in refused(text)


def test_an_object_over_many_lines_is_refused_with_the_way_out() -> None:
    assert "one a line" in refused('{\n "id": "a"\n}\n')


def test_a_field_name_that_stands_twice_is_refused() -> None:
    assert refused("id,quote,id\na,b,c\n") == "the field name 'id' stands twice in its line"
    assert refused("quote\tid\tquote\n") == "the field name 'quote' stands twice in its line"


def test_columns_without_a_name_may_be_empty_and_nothing_else() -> None:
    assert read("id,,title,\na,,b,\nc,,,x\n") == [Row(2, {"id": "a", "title": "b"}), Row(3, {"id": "c", "": "x"})]


def test_missing_cells_are_not_there_and_more_cells_than_names_are_told() -> None:
    assert read("id,title,note\na\nb,one,two,,\nc,one,two,three\n") == [
        Row(2, {"id": "a"}),
        Row(3, {"id": "b", "title": "one", "note": "two"}),
        Row(4, None, "has 4 cells under 3 names"),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('a,"x"y', "is not CSV: "),
        ('a,"x', "is not CSV: unexpected end of data"),
        ("a," + "x" * LONGEST_LINE, "is not CSV: is longer than 100,000 characters"),
        ('a,"' + "x\n" * 70_000 + '"', "is not CSV: field larger than field limit (131072)"),
    ],
    ids=lambda text: text[:8],
)
def test_a_row_of_csv_that_cannot_be_read_is_told(row: str, says: str) -> None:
    found = read(f"id,note\nb,fine\n{row}")
    assert found[0] == Row(2, {"id": "b", "note": "fine"})
    assert found[1].line == 3
    assert found[1].complaint.startswith(says)


def test_after_a_row_of_csv_that_cannot_be_read_the_next_is_read() -> None:
    long = "x" * 3 * LONGEST_LINE
    assert [row.line for row in read(f'id,note\na,"x"y\nb,{long}\nc,\n')] == [2, 3, 4]
    assert read(f'id,note\na,"x"y\nb,{long}\nc,\n')[-1] == Row(4, {"id": "c"})


def test_field_names_that_cannot_be_read_are_refused() -> None:
    assert "is not CSV" in refused('id,"title\na,b\n')
    assert "is not UTF-8" in refused(b"id,\xe9\na,b\n")


def test_cells_become_what_their_fields_hold() -> None:
    assert cell("value", "30000") == 30_000
    assert cell("recipient", "BJ; CN-SN;ML; ") == ["BJ", "CN-SN", "ML"]
    assert cell("and_others", "TRUE") is True
    assert cell("and_others", "false") is False
    assert cell("retracted", '{"day": "2024-01-01", "reason": "misread"}') == {"day": "2024-01-01", "reason": "misread"}
    assert cell("author", '[{"literal": "A"}]') == [{"literal": "A"}]
    assert cell("quote", "'=1") == "=1"
    assert cell("quote", "'616 people") == "'616 people"
    assert cell("note", " x ") == " x "


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("value", "30,000", "value: expected a whole number in plain digits, got '30,000'"),
        ("value", "５", "value: expected a whole number in plain digits, got '５'"),
        ("value", "-5", "value: expected a whole number in plain digits, got '-5'"),
        ("value", "1" * 101, "value: expected a whole number in plain digits"),
        ("and_others", "yes", "and_others: expected true or false, got 'yes'"),
        ("retracted", "misread", "retracted: expected JSON, got 'misread'"),
        ("retracted", '{"day": 1, "day": 2}', "retracted: expected JSON, got"),
        ("author", "[" * 5000, "author: expected JSON, got"),
    ],
)
def test_a_cell_that_is_nothing_for_its_field_is_told_with_the_field(name: str, text: str, says: str) -> None:
    found = cell(name, text)
    assert found.startswith(says)
    assert len(found) < 200


def test_a_cell_with_a_tab_makes_no_tsv_of_csv_below_the_names() -> None:
    assert read('id,note\na,"x\ty"\n') == [Row(2, {"id": "a", "note": "x\ty"})]


def test_the_table_of_a_row_is_told_by_the_names_of_its_fields() -> None:
    assert rows.table_of({"quote": 1, "title": 1}) == rows.table_of(["measure"]) == "claims"
    assert rows.table_of(["title"]) == rows.table_of(["id", "publisher"]) == "sources"
    assert rows.table_of(["id", "label"]) is None
    found = rows.read(io.StringIO('{"title": "A"}\n{"quote": "5"}\n{"id": "a"}\n5\n'))
    assert [row.table for row in found] == ["sources", "claims", None, None]
    found = rows.read(io.StringIO("id,title,value\na,A,\nb,,\nc,C,x\n"))
    assert [row.table for row in found] == ["sources", "sources", "sources"]


class Endless(io.RawIOBase):
    """A file that never ends, and tells how much of it was read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.size = chunks, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = next(self.chunks)
        buffer[: len(chunk)] = chunk
        self.size += len(chunk)
        return len(chunk)


@pytest.mark.parametrize("line", [b'{"id": "a"}\n', b"id,title\n", b"a\tb\n"])
def test_rows_are_read_as_they_are_wanted(line: bytes) -> None:
    file = Endless(iter(lambda: line * 100, None))
    found = rows.read(as_text(io.BufferedReader(file)))
    assert len(list(islice(found, 1000))) == 1000
    assert file.size < 3 * len(line) * 1000 + 200_000


def test_a_line_that_does_not_end_is_not_held() -> None:
    size = 20 * LONGEST_LINE
    content = b'{"quote": "' + b"x" * size + b'"}\n{"id": "a"}\n'
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        assert read(content) == [Row(1, None, "is longer than 100,000 characters"), Row(2, {"id": "a"})]
        assert tracemalloc.get_traced_memory()[1] - before < size / 2
    finally:
        tracemalloc.stop()


def test_a_file_that_cannot_be_read_to_its_end_is_told_with_the_line() -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"id": "a"}\n'
        raise OSError(5, "Input/output error")

    found = rows.read(as_text(io.BufferedReader(Endless(chunks()))))
    with pytest.raises(UsageError, match="line 2: can't be read: Input/output error"):
        list(found)
