"""Changing a store: what is judged, what is written, and that nothing is unless all of it is good."""

import json
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factories import Document, claim, source, write_store
from hypothesis import given, settings
from hypothesis import strategies as st
from program import invoke

from medaid_cli import checks, curation, rows, store
from medaid_cli.curation import Refused
from medaid_cli.errors import StoreError, UsageError
from medaid_cli.judging import Intake
from medaid_cli.model import Claim, Facts, Retraction
from medaid_cli.render.clean import clean
from medaid_cli.rows import Row
from medaid_cli.scopes import counts, standing

DAY = "2026-01-31"
DEEP = "nested too deeply"


class Tried:
    """What became of rows: the counts, and what was told by line."""

    def __init__(self, path: Path, rows: Iterable[Row], table: str | None = None, *, dry_run: bool = False) -> None:
        self.told: list[Refused] = []
        counts = curation.enter(path, rows, table, self.told.append, wait=0, day=DAY, dry_run=dry_run)
        self.counts = {count.table: count for count in counts}

    @property
    def outcome(self) -> dict[str, tuple[int, int, int]]:
        """By table, how many were added, skipped, refused."""
        return {name: (count.added, count.skipped, count.refused) for name, count in self.counts.items()}

    @property
    def says(self) -> list[str]:
        """What was told, as people read it."""
        problems = [(refused.line, refused.problem) for refused in self.told]
        return [f"{line}: {one.where}: {one.message}; {one.remedy}" for line, one in problems]


def lines(*documents: Document | None) -> Iterator[Row]:
    """The documents as rows."""
    for number, one in enumerate(documents, 1):
        yield Row(number, one, table=rows.table_of(one)) if one else Row(number, None, "is not JSON")


def enter(path: Path, *documents: Document | None, table: str | None = None, dry_run: bool = False) -> Tried:
    """Enter documents as rows."""
    return Tried(path, lines(*documents), table, dry_run=dry_run)


def add(path: Path, **fields: Any) -> Claim:
    """Enter one claim."""
    found: Claim = curation.add(path, "claims", claim(**fields), wait=0, day=DAY)
    return found


def retract(path: Path, id: str, reason: str = "misread") -> Claim:
    return curation.retract(path, id, reason, wait=0, day=DAY)


def replace(path: Path, id: str, **changes: Any) -> Claim:
    return curation.replace(path, id, changes, wait=0, day=DAY)


def claims_of(path: Path) -> dict[str, Claim]:
    return {one.id: one for one in store.load(path).claims}


def stored(path: Path, table: str = "claims") -> list[dict[str, Any]]:
    """The documents of a table as the file has them."""
    return list(json.loads(path.read_text(encoding="utf-8"))[table].values())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one claim: over 100 people."""
    return write_store(tmp_path, claim("over 100 people"), sources=[source(read="full")])


@pytest.fixture
def before(path: Path) -> bytes:
    """What it held."""
    return path.read_bytes()


def test_a_claim_gets_an_id_and_value_and_hedge_from_its_quote(path: Path) -> None:
    found = add(path, quote="nearly 616 people", recipient=["BJ"])
    assert (found.id, found.value, found.hedge) == ("a:p1:2", 616, "nearly")
    assert claims_of(path)[found.id] == found
    assert stored(path)[-1] == {
        "id": "a:p1:2",
        "source": "a",
        "locator": "p1",
        "quote": "nearly 616 people",
        "measure": "personnel",
        "value": 616,
        "hedge": "nearly",
        "recipient": ["BJ"],
        "provider": "CN",
        "programme": "any",
        "period": "/..",
        "status": "done",
        "statement": "",
    }
    assert store.load(path).info.updated == DAY


def test_ids_go_on_where_numbers_are_free(path: Path) -> None:
    assert enter(path, claim("5 people", id="a:p1:3"), claim("6 people"), claim("7 people")).says == []
    assert list(claims_of(path)) == ["a:p1:1", "a:p1:3", "a:p1:2", "a:p1:4"]


def test_a_quote_in_the_language_of_its_source_is_read_in_it(path: Path) -> None:
    assert enter(path, source("b", language="zh"), claim("3万人", source="b")).says == []
    assert claims_of(path)["b:p1:1"].value == 30_000


def test_a_source_and_its_claims_are_entered_in_one_go(path: Path) -> None:
    rows = (source("b"), claim("5 people", source="b"), claim("6 people", source="b"), claim("7 people"))
    assert enter(path, *rows).outcome == {"sources": (1, 0, 0), "claims": (3, 0, 0)}
    assert set(claims_of(path)) == {"a:p1:1", "b:p1:1", "b:p1:2", "a:p1:2"}


def test_claims_before_their_source_are_refused(path: Path, before: bytes) -> None:
    tried = enter(path, claim("5 people", source="b"), source("b"))
    assert tried.outcome == {"claims": (0, 0, 1), "sources": (1, 0, 0)}
    assert "source 'b' is not in the store" in tried.says[0]
    assert path.read_bytes() == before


def test_what_is_there_already_is_skipped_and_nothing_is_written(path: Path, before: bytes) -> None:
    other_id = claim("Over 100 people", value=100, hedge="over", id="a:p1:9")
    assert enter(path, claim("over 100 people"), other_id, source(read="full")).outcome == {
        "claims": (0, 2, 0),
        "sources": (0, 1, 0),
    }
    assert path.read_bytes() == before


def test_the_same_row_twice_is_entered_once(path: Path) -> None:
    assert enter(path, claim("5 people"), claim("5 people")).outcome == {"claims": (1, 1, 0)}
    assert len(claims_of(path)) == 2


def test_two_rows_with_one_id_that_say_different_things_are_refused(path: Path, before: bytes) -> None:
    tried = enter(path, claim("5 people", id="a:p1:7"), claim("6 people", id="a:p1:7"))
    assert tried.says == [
        "2: claim a:p1:7: is there already, and says something else; "
        "medaid replace a:p1:7 changes it; without an id yours gets a new one"
    ]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ({"statement": "Other words."}, "replace"),
        ({"note": "x"}, "replace"),
        ({"attributed_to": "WHO"}, "replace"),
        ({"and_others": True}, "replace"),
        ({"retracted": {"day": "2024-01-01", "reason": "x"}, "id": "a:p1:1"}, "retract"),
    ],
    ids=str,
)
def test_a_claim_that_is_there_with_other_words_is_refused_with_the_way_out(
    path: Path, before: bytes, words: Document, command: str
) -> None:
    [said] = enter(path, claim("over 100 people", **words)).says
    [name] = set(words) - {"id"}
    assert said.startswith(f"1: claim a:p1:1: is there already, with another {name}; medaid {command} a:p1:1 ")
    assert path.read_bytes() == before


def test_a_row_that_leaves_words_out_is_there_already(path: Path) -> None:
    assert enter(path, claim("5 people", statement="Five.", note="x")).says == []
    assert enter(path, claim("5 people"), claim("5 people", statement=None)).outcome == {"claims": (0, 2, 0)}


def test_one_bad_row_keeps_all_others_out_and_every_bad_row_is_told(path: Path, before: bytes) -> None:
    tried = enter(path, claim("5 people"), claim("some people"), None, {"label": "x"}, claim("6 people"), source("b"))
    assert tried.outcome == {"claims": (2, 0, 1), "rows": (0, 0, 2), "sources": (1, 0, 0)}
    assert tried.says == [
        "2: claim: has no value, and 'personnel' counts; give value and hedge, or another measure",
        "3: row: is not JSON; mend the row",
        "4: row: is neither a claim, with a quote, nor a source, with a title; "
        "name the fields as the store does, or give --table",
    ]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"locator": None}, "claim: has no 'locator'"),
        ({"quote": None}, "claim: has no 'quote'"),
        ({"quote": 5}, "claim: quote: expected text that is not blank, got 5"),
        ({"source": []}, "claim: source: expected text that is not blank, got []"),
        ({"source": {"a": 1}}, "claim: source: expected text"),
        ({"measure": ["x"]}, "claim: measure: expected text"),
        ({"measure": "personel"}, "claim: measure 'personel' is not in the store; did you mean 'personnel'?"),
        ({"qoute": "x"}, "claim: has an unknown field 'qoute'; did you mean 'quote'?"),
        ({"": "x"}, "claim: has an unknown field ''; remove it"),
        ({"id": 5}, "claim: id: expected text that is not blank, got 5"),
        ({"id": ["a"]}, "claim: id: expected text"),
        ({"id": "x"}, "claim x: has an id that does not tell its place"),
        ({"id": "b:p1:1"}, "claim b:p1:1: has an id that does not tell its place"),
        ({"quote": "5 to 6 people"}, "claim: quote '5 to 6 people' holds 2 numbers; give value and hedge"),
        ({"quote": "5 to 6 people", "id": "a:p1:5"}, "claim a:p1:5: quote '5 to 6 people' holds 2 numbers"),
        (
            {"quote": "we saw that in all 5 people were sent", "value": 5},
            "has a quote of 9 words; 8 are the most",
        ),
        ({"quote": "10 people", "value": 11, "hedge": "exact"}, "has 11 (exact)"),
        ({"value": 10**15 + 1}, "value: expected a whole number from 0 to 1,000,000,000,000,000, got 10"),
        ({"value": 1.5}, "value: expected a whole number"),
        ({"value": 1e300}, "value: expected a whole number"),
        ({"value": float("inf")}, "value: expected a whole number"),
        ({"value": True, "hedge": "exact"}, "value: expected a whole number"),
        ({"recipient": ["XX"]}, "recipient 'XX' is not in the store"),
        ({"recipient": "BJ"}, "recipient: expected a list of texts, got 'BJ'"),
        ({"period": "2020/2019"}, "period '2020/2019' ends before it starts"),
        ({"period": "2025/.."}, "is done, from 2025/.., but its source was printed 2023-06-30"),
        ({"status": "disputed"}, "is disputed without a reason"),
        ({"status": ["done"]}, "status: expected one of done, planned, disputed, got ['done']"),
        ({"status": "retracted"}, "is called retracted without day and reason; give `retracted`"),
        ({"retracted": "misread"}, "retracted: expected an object with day and reason, got 'misread'"),
        ({"replaces": "a:p1:9"}, "replaces 'a:p1:9' is not in the store"),
        ({"replaces": "a:p1:5", "id": "a:p1:5"}, "replaces 'a:p1:5' is not in the store"),
    ],
    ids=str,
)
def test_a_bad_claim_is_refused_and_told(path: Path, before: bytes, fields: Document, says: str) -> None:
    tried = enter(path, {**claim("5 people"), **fields}, table="claims")
    assert tried.outcome == {"claims": (0, 0, 1)}
    assert says in tried.says[0]
    assert path.read_bytes() == before


@pytest.mark.parametrize("size", [1002, 10_000_000])
def test_a_quote_that_is_no_phrase_is_refused_without_being_read_or_told(path: Path, before: bytes, size: int) -> None:
    quote = "1 " * (size // 2)
    for fields in ({}, {"value": 1, "hedge": "exact"}, {"id": "a:p1:2"}, {"status": "replaced"}):
        tried = enter(path, claim(quote, **fields))
        assert f"has a quote of {len(quote):,} characters; keep the figure phrase alone" in tried.says[0]
        assert len(tried.says[0]) < 150
    with pytest.raises(UsageError) as raised:
        add(path, quote=quote)
    assert len(str(raised.value)) < 150
    assert path.read_bytes() == before


def test_what_is_wrong_is_told_in_a_few_lines_whatever_it_quotes(path: Path) -> None:
    long = "x" * 90_000
    for fields in ({"source": long}, {long: 1}, {"id": f"{long}:p1:1"}, {"recipient": [long]}, {"period": long}):
        [said, *more] = enter(path, claim("5 people", **fields)).says
        assert len(said) < 1000
        assert not more
    assert len(enter(path, {"title": long, "colour": long}).says[0]) < 1000
    assert len(Tried(path, [Row(1, None, long)]).says[0]) < 400


def test_a_row_that_is_nested_as_deeply_as_json_can_be_read_is_told(path: Path, before: bytes) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for fields in ({"recipient": deep}, {"quote": deep}, {"id": deep}, {"note": deep, "id": "a:p1:5"}):
        assert DEEP in enter(path, {**claim("5 people"), **fields}).says[0]
    assert DEEP in enter(path, source("b", author=deep), table="sources").says[0]
    assert path.read_bytes() == before


def test_claims_that_are_settled_may_be_wrong_as_for_check(path: Path) -> None:
    early = claim("5 people", period="2025/..", id="a:p1:5")
    assert "is done, from 2025" in enter(path, early).says[0]
    settled = early | {"status": "retracted", "retracted": {"day": "2024-01-01", "reason": "misread"}}
    assert enter(path, settled).says == []
    assert claims_of(path)["a:p1:5"].retracted == Retraction("2024-01-01", "misread")
    assert stored(path)[-1]["status"] == "done"


def test_a_claim_that_is_called_replaced_needs_one_that_replaces_it(path: Path, before: bytes) -> None:
    old, new = claim("5 people", status="replaced", id="a:p1:5"), claim("6 people", replaces="a:p1:5")
    alone = enter(path, old)
    assert alone.says == [
        "1: claim a:p1:5: is called replaced, but no claim replaces it; "
        "enter the one that does with it, or mend the status"
    ]
    assert alone.outcome == {"claims": (1, 0, 1)}
    assert path.read_bytes() == before
    assert enter(path, old, new).says == []
    assert store.load(path).replaced == {"a:p1:5"}
    assert enter(path, old).outcome == {"claims": (0, 1, 0)}
    assert enter(path, claim("over 100 people", status="replaced")).says != []


def test_a_retracted_claim_that_is_there_is_known_by_its_id_alone(path: Path) -> None:
    assert add(path, quote="5 people", status="planned").status == "planned"
    retract(path, "a:p1:2")
    printed = claim("5 people", id="a:p1:2", status="retracted", low=5, high=5, as_of="2023-06-30")
    assert enter(path, printed).outcome == {"claims": (0, 1, 0)}


def test_what_was_retracted_or_replaced_does_not_come_back_with_the_rows_that_brought_it(path: Path) -> None:
    rows = claim("5 people"), claim("over 100 people"), claim("6 people")
    enter(path, *rows)
    retract(path, "a:p1:1")
    replace(path, "a:p1:2", quote="7 people")
    before = path.read_bytes()
    assert enter(path, *rows).outcome == {"claims": (0, 3, 0)}
    for quote in ("5 people", "over 100 people"):
        with pytest.raises(UsageError, match="is there already but retracted or replaced: under an --id"):
            add(path, quote=quote)
    assert path.read_bytes() == before
    assert add(path, quote="over 100 people", id="a:p1:8").id == "a:p1:8"
    assert enter(path, *rows).outcome == {"claims": (0, 3, 0)}
    again = claim("over 100 people", retracted={"day": DAY, "reason": "misread"}, id="a:p1:7")
    assert enter(path, again).says != []
    retract(path, "a:p1:8")
    assert enter(path, again).outcome == {"claims": (1, 0, 0)}


def test_a_claim_may_replace_one_that_says_the_same_in_other_words(path: Path) -> None:
    assert enter(path, claim("over 100 people", statement="So.", replaces="a:p1:1")).outcome == {"claims": (1, 0, 0)}
    assert enter(path, claim("over 100 people", statement="So.")).outcome == {"claims": (0, 1, 0)}
    assert enter(path, claim("9 people", replaces="a:p1:1")).says == []
    loaded = store.load(path)
    assert [one.id for one in standing(loaded.claims, loaded)] == ["a:p1:2", "a:p1:3"]


def test_what_replaces_a_claim_takes_its_place_at_once(path: Path) -> None:
    rows = (claim("5 people", id="a:p1:5"), claim("6 people", replaces="a:p1:5"), claim("5 people", id="a:p1:6"))
    assert enter(path, *rows).outcome == {"claims": (3, 0, 0)}


def test_a_dry_run_says_the_same_and_writes_nothing(path: Path, before: bytes) -> None:
    rows = (source("b"), claim("5 people", source="b"), claim("over 100 people"))
    dry = enter(path, *rows, dry_run=True)
    assert path.read_bytes() == before
    assert dry.outcome == enter(path, *rows).outcome == {"sources": (1, 0, 0), "claims": (1, 1, 0)}
    assert "XX" in enter(path, claim("5 people", recipient=["XX"]), dry_run=True).says[0]


@pytest.mark.parametrize(
    ("table", "document"),
    [
        ("sources", source("b", claims=7)),
        ("measures", {"id": "beds", "label": "beds", "unit": "", "kind": "stock", "adds": "sum", "claims": 7}),
        ("programmes", {"id": "training/eyes", "label": "eyes", "place": "BJ", "claims": 7}),
        ("places", {"id": "BJ-AL", "name": "Alibori", "within": "BJ", "kind": "part", "claims": 7}),
    ],
)
def test_vocabulary_is_entered_by_table(path: Path, table: str, document: Document) -> None:
    assert enter(path, document, document, table=table).outcome == {table: (1, 1, 0)}
    assert document["id"] in getattr(store.load(path), table)
    assert enter(path, document | {"id": "BJ:1", "colour": 1}, table=table).told[0].problem.rule == "unknown-field"
    other = {"title": "x"} if table == "sources" else {"name": "x"} if table == "places" else {"label": "x"}
    [said] = enter(path, document | other, table=table).says
    assert said.endswith(f"{document['id']}: is there already, and says something else; give it another id")


def test_new_vocabulary_is_known_to_the_rows_behind_it(path: Path) -> None:
    above = {"id": "XA", "name": "A", "within": "002"}
    assert enter(path, above, {"id": "XA-B", "name": "B", "within": ["XA"]}, table="places").says == []
    assert store.load(path).above["XA-B"] == {"XA-B", "XA", "002", "001"}
    for within in ("XC", "XE"):
        [said] = enter(path, {"id": "XE", "name": "E", "within": within}, table="places").says
        assert f"within {within!r} is not in the store" in said
    assert enter(path, {"name": "E"}, table="places").says == ["1: place: has no 'id'; add it"]


def test_a_source_that_is_there_and_differs_is_refused(path: Path, before: bytes) -> None:
    assert enter(path, source(title="Other words")).says == [
        "1: source a: is there already, and says something else; give it another id"
    ]
    assert path.read_bytes() == before


def test_a_store_that_does_not_load_is_never_written(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim("5 people"), claim("6 people", value=-1))
    before = path.read_bytes()
    for change in (
        lambda: add(path, quote="7 people"),
        lambda: enter(path, claim("7 people")),
        lambda: enter(path, claim("7 people"), dry_run=True),
        lambda: retract(path, "a:p1:1"),
        lambda: replace(path, "a:p1:1", note="x"),
        lambda: curation.new_store(path, None, claims=True, force=True, wait=0, day=DAY),
    ):
        with pytest.raises(StoreError, match="value: expected a whole number"):
            change()
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]


class Watched(dict[str, Any]):
    """A document that can be watched going."""


def watched(documents: Iterable[Document], most: list[int]) -> Iterator[Row]:
    """The documents as rows, and how many of them were alive at once."""
    alive: list[weakref.ref[Watched]] = []
    for number, one in enumerate(documents, 1):
        document = Watched(one)
        alive = [other for other in alive if other()] + [weakref.ref(document)]
        most.append(len(alive))
        yield Row(number, document, table="claims")


@pytest.mark.parametrize("dry_run", [False, True])
def test_rows_are_taken_one_by_one_and_none_is_held(path: Path, dry_run: bool) -> None:
    most: list[int] = []
    documents = (claim("some people" if number % 2 else f"{number} people") for number in range(500))
    tried = Tried(path, watched(documents, most), dry_run=dry_run)
    assert tried.outcome == {"claims": (250, 0, 250)}
    assert max(most) <= 2


@pytest.mark.parametrize("bad", [True, False])
def test_once_a_row_is_refused_and_in_a_dry_run_nothing_is_kept_to_be_written(path: Path, bad: bool) -> None:
    intake = Intake(store.load(path))
    kept = []

    def rows() -> Iterator[Row]:
        for number in range(2, 100):
            kept.append(len(intake.ready["claims"]))
            yield Row(number, claim("some people" if bad and number == 2 else f"{number} people"), table="claims")

    curation.take_all(intake, rows(), None, lambda _: None, keep=bad)
    assert max(kept) == 0


def test_an_added_claim_must_be_good_and_new(path: Path, before: bytes) -> None:
    for fields, says in (
        ({"quote": "over 100 people"}, "claim a:p1:1: is there already and says the same; nothing is changed"),
        ({"quote": "some"}, "claim: has no value, and 'personnel' counts; give value and hedge, or another measure"),
        ({"recipient": []}, "claim: recipient: expected at least one id, got []; mend the value"),
        ({"period": "x", "status": "y"}, "; mend the value; claim: status: expected one of done"),
    ):
        with pytest.raises(UsageError) as raised:
            add(path, **fields)
        assert says in str(raised.value)
    assert path.read_bytes() == before


def test_a_retracted_claim_stays_with_day_and_reason(path: Path) -> None:
    old = claims_of(path)["a:p1:1"]
    assert retract(path, "a:p1:1", "the source means ships") == old
    assert claims_of(path)["a:p1:1"] == old.replace(retracted=Retraction(DAY, "the source means ships"))
    assert store.load(path).info.updated == DAY


def test_a_claim_can_be_retracted_only_once_for_a_reason_and_if_it_stands(path: Path) -> None:
    for reason in ("", " \n"):
        with pytest.raises(UsageError, match="--reason needs words"):
            retract(path, "a:p1:1", reason)
    with pytest.raises(UsageError, match="unknown claim 'a:p1:9'"):
        retract(path, "a:p1:9")
    replace(path, "a:p1:1", quote="over 200 people")
    with pytest.raises(UsageError, match="a:p1:1 is replaced by a:p1:2: that is the one to change"):
        retract(path, "a:p1:1")
    retract(path, "a:p1:2")
    before = path.read_bytes()
    with pytest.raises(UsageError, match=f"a:p1:2 was retracted on {DAY}: misread"):
        retract(path, "a:p1:2")
    with pytest.raises(UsageError, match="a:p1:2 was retracted"):
        replace(path, "a:p1:2", note="x")
    assert path.read_bytes() == before


@pytest.mark.parametrize("mended", ["retract", "replace"])
def test_a_claim_whose_replacement_was_retracted_can_be_changed_again(path: Path, mended: str) -> None:
    replace(path, "a:p1:1", quote="over 200 people")
    retract(path, "a:p1:2")
    assert [one.rule for one in checks.everything(path, [])[1]] == ["retracted-used"]
    if mended == "retract":
        retract(path, "a:p1:1")
    else:
        replace(path, "a:p1:1", quote="over 300 people")
        with pytest.raises(UsageError, match="a:p1:1 is replaced by a:p1:3: that is the one to change"):
            replace(path, "a:p1:1", quote="over 400 people")
    assert checks.everything(path, [])[1] == []
    facts = store.load(path)
    standing = [claim.quote for claim in facts.claims if counts(claim, facts)]
    assert standing == ([] if mended == "retract" else ["over 300 people"])


def test_a_replaced_claim_stays_and_the_new_one_is_as_it_was_but_for_the_changes(path: Path) -> None:
    old = claims_of(path)["a:p1:1"]
    new = replace(path, "a:p1:1", recipient=["BJ"], note="read again")
    assert new == old.replace(id="a:p1:2", recipient=("BJ",), note="read again", replaces="a:p1:1")
    assert claims_of(path) == {"a:p1:1": old, "a:p1:2": new}
    last = replace(path, "a:p1:2", note=None, recipient=None)
    assert last == old.replace(id="a:p1:3", replaces="a:p1:2")
    assert store.load(path).replaced == {"a:p1:1", "a:p1:2"}
    assert enter(path, claim("over 100 people", replaces="a:p1:2")).outcome == {"claims": (0, 1, 0)}
    replace(path, "a:p1:3", quote="9 people")
    assert enter(path, claim("over 100 people", replaces="a:p1:2")).outcome == {"claims": (0, 1, 0)}


def test_value_and_hedge_are_read_anew_from_a_changed_quote_or_for_another_measure(path: Path) -> None:
    def figure(one: Claim) -> tuple[int | None, str | None]:
        return one.value, one.hedge

    assert figure(replace(path, "a:p1:1", quote="nearly 200 people")) == (200, "nearly")
    assert figure(replace(path, "a:p1:2", measure="activity")) == (None, None)
    assert figure(replace(path, "a:p1:3", measure="sites")) == (200, "nearly")
    assert figure(replace(path, "a:p1:4", quote="5 to 6 people", value=6)) == (6, "exact")


def test_a_replacement_that_changes_nothing_is_refused(path: Path, before: bytes) -> None:
    for changes in ({}, {"quote": "over 100 people"}, {"value": 100}, {"note": None}, {"status": "done"}):
        with pytest.raises(UsageError, match="nothing is changed: give what is to be another"):
            replace(path, "a:p1:1", **changes)
    with pytest.raises(UsageError, match="has no value"):
        replace(path, "a:p1:1", quote="some people")
    with pytest.raises(UsageError, match="a:p1:1: is there already"):
        curation.replace(path, "a:p1:1", {"id": "a:p1:1", "quote": "7 people"}, wait=0, day=DAY)
    assert path.read_bytes() == before


def test_a_replacement_that_another_claim_says_already_is_refused(path: Path) -> None:
    add(path, quote="5 people")
    with pytest.raises(UsageError, match=r"a:p1:1: is there already, .*; medaid retract a:p1:2 takes that one out"):
        replace(path, "a:p1:2", quote="over 100 people")


def test_a_new_store_has_the_shipped_vocabulary_and_the_claims_if_wanted(tmp_path: Path) -> None:
    shipped = store.load()
    empty = curation.new_store(tmp_path / "a", "Mine", claims=False, force=False, wait=0, day=DAY)
    assert (empty.claims, empty.sources, empty.path) == ((), {}, str(tmp_path / "a"))
    assert (empty.info.title, empty.info.updated) == ("Mine", DAY)
    assert (empty.measures, empty.programmes, empty.places) == (shipped.measures, shipped.programmes, shipped.places)
    full = curation.new_store(tmp_path / "b", None, claims=True, force=False, wait=0, day=DAY)
    assert (full.claims, full.sources) == (shipped.claims, shipped.sources)
    assert full.info == shipped.info.replace(updated=DAY)
    assert store.load(tmp_path / "a") == empty


def test_a_new_store_is_not_put_over_another_unless_that_is_wanted(path: Path, before: bytes) -> None:
    def make(*, force: bool, title: str | None = None) -> Facts:
        return curation.new_store(path, title, claims=False, force=force, wait=0, day=DAY)

    with pytest.raises(UsageError, match="is there already; --force"):
        make(force=False)
    for title in ("", " "):
        with pytest.raises(UsageError, match="--title needs words"):
            make(force=True, title=title)
    assert path.read_bytes() == before
    assert make(force=True).claims == ()


# What may stand in one line of CSV or TSV as it is: `clean` changes none of it.
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]).filter(lambda char: clean(char) == char)
    | st.sampled_from("=+-@'\",;"),
    max_size=8,
)
PLAIN_NAMES = PLAIN.filter(lambda text: bool(text) and not text.isspace())
ANY_NAMES = st.text(max_size=8).filter(lambda text: bool(text) and not text.isspace())
FIGURES = [
    ("5 people", None, None),
    ("over 1,000 people", 1000, "over"),
    ("5 to 6 people", 6, "exact"),
    ('"7 people"', 7, None),
    ("so many", 10**15, "at-most"),
]


@st.composite
def sources(draw: st.DrawFn, texts: st.SearchStrategy[str], id: str) -> Document:
    """A source, with an id that may be anything but for its end."""
    return {
        "id": draw(texts) + id,
        "title": draw(texts),
        "publisher": draw(texts | st.just("")),
        "author": draw(st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]), texts), max_size=2)),
        "issued": draw(st.sampled_from(["2023-06-30", "2020", "197X", None])),
        "URL": draw(texts | st.none()),
        "language": draw(st.sampled_from(["en", "zh", "und"])),
        "read": "full",
        "outlet": draw(st.sampled_from(["embassy", "other"])),
        "derived_from": draw(texts | st.none()),
        "note": draw(texts | st.none()),
    }


@st.composite
def changes(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Document:
    """Fields of a claim that go together."""
    quote, value, hedge = draw(st.sampled_from(FIGURES))
    status = draw(st.sampled_from(["done", "done", "planned", "disputed"]))
    periods = ["/..", "1963/..", "2018~/2022", "2020-02", "197X", *(["2030"] if status == "planned" else [])]
    return {
        "quote": quote,
        "measure": draw(st.sampled_from(["personnel", "sites", "treatments"])),
        "value": value,
        "hedge": hedge,
        "recipient": draw(st.lists(st.sampled_from(["BJ", "ML", "002", "CN-SN"]), min_size=1, max_size=2, unique=True)),
        "programme": draw(st.sampled_from(["any", "training", "covid-19/vaccines"])),
        "period": draw(st.sampled_from(periods)),
        "status": status,
        "statement": draw(texts | st.just("")),
        "attributed_to": draw(texts | st.none()),
        "and_others": draw(st.sampled_from([None, True, False])),
        "note": draw(texts if status == "disputed" else texts | st.none()),
    }


def grown(path: Path, steps: Iterable[tuple[str, int, Document]]) -> None:
    """Change the store step by step; what can't be done is not."""
    for step, number, fields in steps:
        facts = store.load(path)
        known, ids = list(facts.sources), [one.id for one in facts.claims]
        try:
            if step == "add" or not ids:
                place = {"source": known[number % len(known)], "locator": f"p{number % 3 + 1}"}
                curation.add(path, "claims", place | fields, wait=0, day=DAY)
            elif step == "retract":
                retract(path, ids[number % len(ids)], fields["quote"])
            else:
                replace(path, ids[number % len(ids)], **(fields if number % 2 else {"statement": fields["statement"]}))
        except UsageError:
            continue


@pytest.mark.parametrize("format", ["jsonl", "csv", "tsv"])
@settings(max_examples=15)
@given(data=st.data())
def test_what_was_printed_makes_the_same_store_and_then_nothing_new(format: str, data: st.DataObject) -> None:
    texts = ANY_NAMES if format == "jsonl" else PLAIN_NAMES
    texts_of = data.draw(st.tuples(sources(texts, "a"), sources(texts, "b")))
    number = st.tuples(st.sampled_from(["add", "add", "retract", "replace"]), st.integers(0, 30), changes(texts))
    with tempfile.TemporaryDirectory() as folder:
        old = write_store(Path(folder))
        new = old.with_name("new.json")
        new.write_bytes(old.read_bytes())
        assert enter(old, *texts_of).says == []
        grown(old, data.draw(st.lists(number, max_size=12)))
        for table in ("sources", "claims"):
            printed = invoke(table, "--store", str(old), "--format", format).out
            rows = old.with_name(f"rows.{format}")
            rows.write_text(printed, encoding="utf-8", errors="surrogatepass", newline="")
            for change in ("entered", "nothing is changed") if len(stored(old, table)) else ():
                said = invoke("import", str(rows), "--store", str(new))
                assert said.code == 0
                assert change in said.err
        assert invoke("claims", "--store", str(new), "--format", format).out == printed
        assert_same(store.load(old), store.load(new))
        # What the new store prints is known to the old one too.
        rows.write_text(invoke("claims", "--store", str(new), "-f", "jsonl").out, encoding="utf-8")
        assert "nothing is changed" in invoke("import", str(rows), "--store", str(old)).err


def assert_same(old: Facts, new: Facts) -> None:
    """The same sources and claims; what a settled claim once was, planned or disputed, is not printed."""
    assert list(new.sources.values()) == list(old.sources.values())
    assert len(new.claims) == len(old.claims)
    for before, after in zip(old.claims, new.claims, strict=True):
        settled = before.retracted or before.id in old.replaced
        assert after == (before.replace(status="done") if settled else before)
