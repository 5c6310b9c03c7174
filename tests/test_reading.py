"""A whole store read at once: the same as document by document, or not at all, and then what is wrong is told as ever.

The slow way, `records.read_document`, is what is right; the fast way must never be seen but by who waits.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from factories import INFO, Document, InMemory, claim, source, store_dict
from hypothesis import given
from hypothesis import strategies as st
from program import FIVE
from worlds import World, worlds

from medaid_cli import content, curation, reading, store
from medaid_cli.content import Tables
from medaid_cli.errors import StoreError
from medaid_cli.model import Facts, Problem
from medaid_cli.records import TABLES, document_of, read_document
from medaid_cli.rows import Row

HERE = Path(__file__).parent
STORES = sorted([*HERE.glob("bad/*.json"), *HERE.glob("wrong/*.json")])
DAY = "2025-02-03"

# All that a record may hold is held by one of these, and few enough of them that a slip of a finger hits something.
FULL = claim(
    "100 people",
    value=100,
    hedge="exact",
    recipient=["BJ", "CN"],
    provider="CN",
    programme="teams",
    period="1963~/197X",
    statement="Hundert Ärzte.",
    attributed_to="WHO",
    and_others=True,
    note="a slip",
    retracted={"day": "2024-01-02", "reason": "misread"},
)
EVENT = claim("1963", measure="event", value=None, hedge=None, recipient=["BJ"], provider="CN", replaces="a:p1:1")
SOURCE = source(
    publisher="P", author=[{"family": "Cai", "given": "W"}, {"literal": "CMG"}], URL="u", text_sha256="0", note="n"
)
SOURCES = [SOURCE | {"type": "report", "language": "fr"}, source("b", issued=None, derived_from="a", read="full")]
MEASURES: list[Document] = [
    {
        "id": "personnel",
        "label": "people",
        "unit": "",
        "kind": "total",
        "adds": "sum",
        "aliases": ["staff"],
        "dac": "x",
    },
    {"id": "event", "label": "event", "unit": "", "kind": "event", "adds": "none"},
]
PROGRAMMES: list[Document] = [
    {"id": "any", "label": "all", "exclusive_children": ["teams"]},
    {
        "id": "teams",
        "label": "teams",
        "start": "1963",
        "end": "2016",
        "place": "BJ",
        "basis": "b",
        "start_event": "event",
    },
]
PLACES: list[Document] = [
    {"id": "001", "name": "World"},
    {"id": "CN", "name": "China", "within": "001", "aliases": ["中国"]},
    {"id": "BJ", "name": "Benin", "within": ["001", "CN"], "note": "n"},
]

# What may stand where something else was.
VALUES: list[Any] = [
    *(None, True, False, 0, 1, 1.0, 1.5, -1, 7, 10**15, 10**15 + 1, 10**30, "", " ", "\u3000", "a", "b", "x"),
    *("100", "p1", "p0", "p٣", "opening", "1963", "1963/..", "1964/1963", "0000", "2024-02-30", "2024-01-02", "/.."),
    *("exact", "done", "retracted", "total", "event", "full", "001", "CN", "BJ", "any", "a:p1:1", "\ud800", "\x00"),
    *([], [""], [" "], ["BJ"], ["BJ", "BJ"], ["CN", "BJ"], [1], [None], [["BJ"]], ["\udce9"], [{}], {}, {"a": 1}),
    *([{"family": "Cai"}], [{"family": 1}], {"family": "Cai"}, {"day": "2024-01-02", "reason": "misread"}),
    *({"day": "2024", "reason": "misread"}, {"day": "2024-01-02", "reason": " "}, {"day": "2024-01-02"}),
    {"day": "2024-01-02", "reason": "misread", "by": "me"},
]


def numbered(documents: list[Document]) -> dict[str, Document]:
    """The documents under TinyDB's ids."""
    return {str(number): document for number, document in enumerate(documents, 1)}


def stored(tables: Tables) -> Tables:
    """The tables as medaid writes them: each document with its fields in order."""
    return {
        table: {number: document_of(table, one) for number, one in found.items()} for table, found in tables.items()
    }


def small(*claims: Document) -> Tables:
    """A small store as medaid writes it."""
    vocabulary = (("measures", MEASURES), ("programmes", PROGRAMMES), ("places", PLACES))
    tables = {name: numbered(table) for name, table in vocabulary}
    return stored(store_dict(*(claims or (FULL, EVENT)), sources=SOURCES, **tables))


def indented(tables: Tables) -> bytes:
    """The bytes that medaid writes."""
    return b"".join(content.encode(tables))


def compact(tables: Tables) -> bytes:
    """The same without a blank."""
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace")


FORMS = pytest.mark.parametrize("written", [indented, compact])


@contextmanager
def slowly() -> Iterator[None]:
    """Without the fast way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "from_bytes", lambda _: None)
        patch.setattr(reading, "from_tables", lambda _: None)
        yield


def loaded(data: bytes) -> Facts | str:
    """The facts in a file with this content, or the message with which it is refused."""
    try:
        return store.load(cast(Path, InMemory(data)))
    except StoreError as error:
        return str(error)


def examined(tables: Tables) -> tuple[Facts | None, list[Problem]] | str:
    """What the tables come to."""
    try:
        return store.examine(Path("memory"), tables)
    except StoreError as error:
        return str(error)


def exactly(found: Any) -> str:
    """All that is equal and yet may differ, as 1, 1.0 and True do; the same for the same."""
    if isinstance(found, tuple):
        return "\n".join(map(exactly, found))
    if not isinstance(found, Facts):
        return repr(found)
    return repr(
        {name: value for name, value in found.as_dict().items() if name not in ("above", "entangled", "replaced")}
    )


def same_both_ways(found: Callable[[Any], Any], given: Any) -> Any:
    """What is found, which is the same without the fast way."""
    fast = found(given)
    with slowly():
        slow = found(given)
    assert fast == slow
    assert exactly(fast) == exactly(slow)
    return fast


def replaced(old: str, new: str) -> bytes:
    """The small store with other words in the one place where these stood."""
    text = compact(small()).decode()
    assert text.count(old) == 1
    return text.replace(old, new).encode()


# What is as it should be


@FORMS
def test_a_store_as_medaid_writes_it_is_read_at_once_and_the_same(written: Callable[[Tables], bytes]) -> None:
    data = written(small())
    assert reading.from_bytes(data) is not None
    assert isinstance(same_both_ways(loaded, data), Facts)


@FORMS
def test_what_is_read_at_once_is_what_is_read_document_by_document(written: Callable[[Tables], bytes]) -> None:
    tables = small()
    for whole in (reading.from_bytes(written(tables)), reading.from_tables(tables)):
        for table, documents in tables.items():
            one_by_one = {number: read_document(table, number, one) for number, one in documents.items()}
            assert {number: (record, []) for number, record in getattr(whole, table).items()} == one_by_one


@given(world=worlds(), repeated=st.booleans())
def test_any_store_of_whole_claims_is_read_at_once_and_the_same(world: World, repeated: bool) -> None:
    claims = [{**one, "statement": "“So”\\\t\x7f\u2028 六十年"} if repeated else one for one in world.claims]
    given = [source(id, **fields) for id, fields in world.sources.items()]
    tables = stored(store_dict(*claims, sources=given))
    for data in (indented(tables), compact(tables)):
        assert reading.from_bytes(data) is not None
        assert isinstance(same_both_ways(loaded, data), Facts)
    assert reading.from_tables(tables) is not None
    assert same_both_ways(examined, tables)[1] == []


@pytest.mark.parametrize("path", [FIVE, store.shipped()], ids=lambda path: path.stem)
def test_the_stores_that_we_keep_are_read_at_once(path: Path) -> None:
    assert reading.from_bytes(path.read_bytes()) is not None
    assert reading.from_tables(content.read_file(path)) is not None
    with slowly():
        slow = store.load(path)
    assert exactly(store.load(path)) == exactly(slow)


def test_what_the_store_calls_its_own_need_not_be_written() -> None:
    own = {"headline": ["event"], "first": "event", "counted": "personnel"}
    for info in (INFO, INFO | own, INFO | {"headline": []}, INFO | {"counted": "countries"}):
        facts = same_both_ways(loaded, compact(small() | {"store": {"1": info}}))
        assert isinstance(facts, Facts)
        assert facts.info.counted == info.get("counted", "countries")


def test_what_is_entered_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    path.write_bytes(indented(small()))
    rows = [claim("over 5 people", period="1963"), source("c"), {"id": "DZ", "name": "Algeria", "within": "001"}]
    for table, row in zip(("claims", "sources", "places"), rows, strict=True):
        [count] = curation.enter(path, [Row(1, row)], table, lambda _: None, wait=0, day=DAY)
        assert count.added == 1
        assert reading.from_bytes(path.read_bytes()) is not None
    curation.replace(path, "a:p1:3", {"note": "read again"}, wait=0, day=DAY)
    curation.retract(path, "a:p1:4", "misread", wait=0, day=DAY)
    assert reading.from_bytes(path.read_bytes()) is not None
    assert isinstance(same_both_ways(loaded, path.read_bytes()), Facts)


@pytest.mark.parametrize("table", TABLES)
def test_a_record_has_the_fields_of_its_table_in_their_order(table: str) -> None:
    _, record, fields = TABLES[table]
    assert list(record.__struct_fields__) == [field.name for field in fields]


def test_a_whole_store_has_the_tables_in_their_order() -> None:
    assert list(reading.Whole.__struct_fields__) == list(TABLES)


# What is not: told, or read, by the slow way


ODD: dict[str, tuple[str, str]] = {
    "a line's end behind it": ('"note":"n"}}}', '"note":"n"}}}\n'),
    "a blank before it": ('{"store"', ' {"store"'),
    "a blank in it": ('"value":100', '"value": 100'),
    "a field with a default missing": ('"programme":"any",', ""),
    "a null that says nothing": ('"note":"a slip"', '"note":"a slip","replaces":null'),
    "an empty list that says nothing": ('"name":"World"', '"name":"World","aliases":[]'),
    "a whole number with a point": ('"value":100', '"value":100.0'),
    "a whole number with a power": ('"value":100', '"value":1e2'),
    "two fields in another order": ('"value":100,"hedge":"exact"', '"hedge":"exact","value":100'),
    "two tables in another order": ('{"store":{"1":', '{"claims":{},"store":{"1":'),
    "an escape": ('"quote":"100 people"', '"quote":"100\\u0020people"'),
    "a slash that is escaped": ('"period":"/.."', '"period":"\\/.."'),
    "a table that TinyDB leaves behind": ('{"store"', '{"_default":{},"store"'),
    "half of a surrogate pair": ("a slip", "\\ud800"),
}
WRONG: dict[str, tuple[str, str]] = {
    "a key twice in a document": ('"value":100', '"value":99,"value":100'),
    "a key twice with the same": ('"value":100', '"value":100,"value":100'),
    "a key twice in a retraction": ('"day":"2024-01-02"', '"day":"2024-01-02","day":"2024-01-02"'),
    "a document id twice": ('"3":{"id":"BJ"', '"2":{"id":"BJ"'),
    "a table twice": ('"measures":{', '"measures":{},"measures":{'),
    "an unknown field": ('"value":100', '"values":1,"value":100'),
    "an unknown field of a source": ('"URL":"u"', '"URL":"u","url":"u"'),
    "an unknown table": ('{"store"', '{"news":{"1":{}},"store"'),
    "a missing table": ('"measures":{', '"measure":{'),
    "a missing field": ('"locator":"p1","quote":"100 people"', '"quote":"100 people"'),
    "a text for a number": ('"value":100', '"value":"100"'),
    "a truth value for a number": ('"value":100', '"value":true'),
    "a fraction": ('"value":100', '"value":100.5'),
    "a number below zero": ('"value":100', '"value":-1'),
    "a number beyond all counting": ('"value":100', '"value":1000000000000001'),
    "a number longer than any": ('"value":100', f'"value":{"9" * 200}'),
    "NaN": ('"value":100', '"value":NaN'),
    "infinity": ('"value":100', '"value":-Infinity'),
    "a word of no list": ('"hedge":"exact"', '"hedge":"exactly"'),
    "a number for a text": ('"statement":"Hundert Ärzte."', '"statement":1'),
    "a number for a truth value": ('"and_others":true', '"and_others":1'),
    "a text for a list": ('"recipient":["BJ","CN"]', '"recipient":"BJ"'),
    "no recipient": ('"recipient":["BJ","CN"]', '"recipient":[]'),
    "a recipient twice": ('"recipient":["BJ","CN"]', '"recipient":["BJ","BJ"]'),
    "an empty recipient": ('"recipient":["BJ","CN"]', '"recipient":["BJ",""]'),
    "an alias twice": ('"aliases":["staff"]', '"aliases":["staff","staff"]'),
    "a blank id": ('"id":"a:p1:1","source"', '"id":" ","source"'),
    "an empty id": ('"id":"a:p1:1","source"', '"id":"","source"'),
    "a blank quote": ('"quote":"100 people"', '"quote":" \\t"'),
    "a blank in another script": ('"quote":"100 people"', '"quote":"\u3000"'),
    "a blank note": ('"note":"a slip"', '"note":" "'),
    "an empty note": ('"note":"a slip"', '"note":""'),
    "a locator that is none": ('"locator":"p1","quote":"100 people"', '"locator":"p0","quote":"100 people"'),
    "a period that is none": ('"period":"1963~/197X"', '"period":"1963~/"'),
    "a period that ends before it starts": ('"period":"1963~/197X"', '"period":"1963/1961"'),
    "a period that never was": ('"period":"1963~/197X"', '"period":"2023-02-29"'),
    "a source's date that is none": ('"issued":"2023-06-30"', '"issued":"June"'),
    "a programme's start that is a period": ('"start":"1963"', '"start":"1963/.."'),
    "a day that is a year": ('"updated":"2024-12-31"', '"updated":"2024"'),
    "a retraction on no day": ('"day":"2024-01-02"', '"day":"2024"'),
    "a retraction without reason": (',"reason":"misread"', ""),
    "a retraction with a blank reason": ('"reason":"misread"', '"reason":" "'),
    "a retraction with more": ('"reason":"misread"', '"reason":"misread","by":"me"'),
    "a name with a number": ('"literal":"CMG"', '"literal":1'),
    "a document id with a zero before it": ('"3":{"id":"BJ"', '"03":{"id":"BJ"'),
    "a document id that is no number": ('"3":{"id":"BJ"', '"x":{"id":"BJ"'),
    "an empty document id": ('"3":{"id":"BJ"', '"":{"id":"BJ"'),
    "a document id in other digits": ('"3":{"id":"BJ"', '"٣":{"id":"BJ"'),
    "a document that is none": ('"store":{"1":', '"store":{"2":null,"1":'),
    "a comma too many": ('"value":100', '"value":100,'),
    "something behind it": ('"note":"n"}}}', '"note":"n"}}}{}'),
    "the last bracket missing": ('"note":"n"}}}', '"note":"n"}}'),
    "a control character": ('"note":"a slip"', '"note":"a\tslip"'),
    "deep nesting in a field": ('"value":100', f'"value":{"[" * 100_000}'),
    "deep nesting in a name": ('"literal":"CMG"', f'"literal":{"[" * 5_000}{"]" * 5_000}'),
}
BYTES: dict[str, bytes] = {
    "nothing": b"",
    "a line's end": b"\n",
    "null": b"null",
    "a list": b"[]",
    "no table": b"{}",
    "a mark of byte order": b"\xef\xbb\xbf" + compact(small()),
    "UTF-16": compact(small()).decode().encode("utf-16"),
    "Latin-1": compact(small()).replace("Ärzte".encode(), "Ärzte".encode("latin-1")),
    "half of a surrogate pair as bytes": compact(small()).replace(b"a slip", b"a \xed\xa0\x80"),
    "deep nesting": b"[" * 200_000,
    "deep nesting of tables": b'{"store":' * 200_000,
}
BETWEEN: dict[str, tuple[str, str]] = {
    "two records with one id": ('"id":"b","type"', '"id":"a","type"'),
    "a newer format": ('"format":1', '"format":2'),
    "two documents of the store": ('"store":{', f'"store":{{"2":{json.dumps(INFO, separators=(",", ":"))},'),
    "a provider that is not there": ('"epoch":1963,"provider":"CN"', '"epoch":1963,"provider":"FR"'),
    "a replaced claim that is not there": ('"replaces":"a:p1:1"', '"replaces":"a:p1:3"'),
    "an empty replaced claim": ('"replaces":"a:p1:1"', '"replaces":""'),
    "a blank replaced claim": ('"replaces":"a:p1:1"', '"replaces":" "'),
    "a place within itself": ('"within":"001"', '"within":"CN"'),
    "a place within nothing": ('"within":"001"', '"within":""'),
    "a place within another that is not there": ('"within":"001"', '"within":"002"'),
    "a child that is not there": ('"exclusive_children":["teams"]', '"exclusive_children":["team"]'),
    "a value without hedge": ('"hedge":"exact"', '"hedge":null'),
    "a recipient that is not there": ('"recipient":["BJ","CN"]', '"recipient":["BJ","FR"]'),
    **{
        f"{what} {field}": (f'"{field}":"{value}",{behind}', f'"{field}":"{new}",{behind}')
        for what, new in (("an unknown", "z"), ("an empty", ""), ("a blank", " "))
        for field, value, behind in (
            ("source", "a", '"locator":"p1","quote":"100 people"'),
            ("measure", "personnel", '"value":100'),
            ("provider", "CN", '"programme":"teams"'),
            ("programme", "teams", '"period":"1963~/197X"'),
        )
    },
}


@pytest.mark.parametrize("how", ODD)
def test_what_is_right_but_not_as_medaid_writes_it_is_left_to_the_slow_way_and_read(how: str) -> None:
    data = replaced(*ODD[how])
    assert reading.from_bytes(data) is None
    found = same_both_ways(loaded, data)
    assert isinstance(found, Facts) or how == "two tables in another order"


@pytest.mark.parametrize("how", WRONG)
def test_what_is_wrong_is_left_to_the_slow_way_and_told(how: str) -> None:
    data = replaced(*WRONG[how])
    assert reading.from_bytes(data) is None
    assert isinstance(same_both_ways(loaded, data), str)


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_store_are_left_to_the_slow_way_and_told(data: bytes) -> None:
    assert reading.from_bytes(data) is None
    assert isinstance(same_both_ways(loaded, data), str)


@pytest.mark.parametrize("how", BETWEEN)
def test_what_is_wrong_between_records_is_told_as_the_slow_way_does(how: str) -> None:
    assert isinstance(same_both_ways(loaded, replaced(*BETWEEN[how])), str)


@pytest.mark.parametrize("path", STORES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_bad_and_every_wrong_store_is_the_same_both_ways(path: Path) -> None:
    same_both_ways(loaded, path.read_bytes())
    try:
        tables = content.read_file(path)
    except StoreError:
        return
    same_both_ways(examined, tables)
    same_both_ways(loaded, compact(tables))


def test_tables_that_leave_something_to_a_default_are_left_to_the_slow_way() -> None:
    tables = small()
    del tables["claims"]["2"]["programme"]
    assert reading.from_tables(tables) is None
    facts, problems = same_both_ways(examined, tables)
    assert problems == []
    assert facts.claims[1].programme == "any"


def test_tables_may_say_a_default_aloud() -> None:
    tables = small()
    tables["claims"]["2"] |= {"note": None, "retracted": None}
    tables["places"]["1"] |= {"within": None, "aliases": []}
    assert reading.from_tables(tables) == reading.from_tables(small())
    assert same_both_ways(examined, tables) == examined(small())


# Whatever becomes of a store


WORDS = [*b'{}[],:"\\/ 0129.-eE\n\x00\xff', *(b"null true false NaN 1.0 1e2 \\u0041 \\ud800 /.. p0".split())]
pieces = st.sampled_from([bytes([word]) if isinstance(word, int) else word for word in WORDS]) | st.binary(max_size=3)
SMALL = [indented(small()), compact(small())]


@st.composite
def changed(draw: Callable[..., Any]) -> bytes:
    """A store with up to three slips of a finger: bytes that went, came, or stand twice."""
    data: bytes = draw(st.sampled_from(SMALL))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        end = at + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20]))
        data = data[:at] + draw(pieces | st.just(data[at:end] * 2)) + data[end:]
    return data


@st.composite
def exchanged(draw: Callable[..., Any]) -> Tables:
    """A store of which up to two fields hold something else, or nothing, or what another holds."""
    tables: Tables = json.loads(compact(small()))
    for _ in range(draw(st.integers(1, 2))):
        table = draw(st.sampled_from(sorted(TABLES)))
        document = draw(st.sampled_from(list(tables[table].values())))
        field = draw(st.sampled_from([one.name for one in TABLES[table][2]]))
        if draw(st.integers(0, 5)) == 0:
            document.pop(field, None)
        else:
            document[field] = draw(st.sampled_from(VALUES))
    return tables


@given(changed())
def test_a_slip_of_a_finger_in_the_file_is_the_same_both_ways(data: bytes) -> None:
    same_both_ways(loaded, data)


@given(exchanged())
def test_another_value_in_a_field_is_the_same_both_ways(tables: Tables) -> None:
    same_both_ways(examined, tables)
    again = stored(tables)
    for data in (indented(tables), compact(tables), indented(again), compact(again)):
        same_both_ways(loaded, data)


@pytest.mark.parametrize("table", TABLES)
def test_each_value_in_each_field_is_the_same_both_ways(table: str) -> None:
    for field in TABLES[table][2]:
        for value in VALUES:
            tables = small()
            next(iter(tables[table].values()))[field.name] = value
            same_both_ways(examined, tables)
            same_both_ways(loaded, compact(stored(tables)))
