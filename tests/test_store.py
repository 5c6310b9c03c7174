"""Reading a store: whole and checked, or not at all, and without leaving a trace. Changing it: likewise, in one go.

`bad/` holds one broken store per error beside its exact message; a new pair of files is two new tests.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from factories import INFO, Document, claim, facts, source, store_dict, write_store
from tinydb import TinyDB

from medaid_cli import content, records, store, transaction
from medaid_cli.errors import ExitCode, StoreError, UsageError
from medaid_cli.model import Facts, Interval, Problem, Retraction, StoreInfo
from medaid_cli.storage import AtomicStorage

BAD = sorted(Path(__file__).with_name("bad").glob("*.json"))
DAY = "2025-02-03"


def refused(path: Path) -> str:
    """The message with which a store is refused."""
    with pytest.raises(StoreError) as raised:
        store.load(path)
    assert raised.value.exit_code is ExitCode.STORE
    return str(raised.value)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_store_is_refused_with_this_message(path: Path) -> None:
    message = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert refused(path) + "\n" == message.replace("{path}", str(path))


def test_every_message_has_its_store() -> None:
    assert {path.stem for path in BAD} == {path.stem for path in BAD[0].parent.glob("*.txt")}


def test_a_store_that_is_missing_is_refused_and_not_created(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    assert refused(path) == f"{path}: can't be read: No such file or directory"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}: can't be read: Is a directory"


def test_utf_16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "utf-16.json"
    path.write_text(json.dumps(store_dict()), encoding="utf-16")
    assert refused(path) == f"{path}: is not UTF-8 (byte 0)"


def test_a_store_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    assert refused(path) == f"{path}: is nested too deeply to be a store"


def test_a_number_longer_than_python_reads_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    path.write_text("9" * 5_000, encoding="utf-8")
    assert refused(path) == f"{path}: holds a number of 5,000 digits"


def test_a_long_chain_of_places_is_no_problem_in_any_order(tmp_path: Path) -> None:
    chain = [{"id": f"{n}", "name": f"Place {n}", "within": f"{n + 1}"} for n in range(1000, 3000)]
    tops = [{"id": id, "name": id} for id in ("3000", "CN", "001")]
    table = {str(n): document for n, document in enumerate(chain + tops, 1)}
    programmes = {"1": {"id": "any", "label": "all"}}
    loaded = store.load(write_store(tmp_path, places=table, programmes=programmes))
    assert len(loaded.above["1000"]) == 2001


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim(source="b", measure="people"), claim(period="2020/2019"), sources=[source("c")])
    _, problems = store.read(path)
    assert [(problem.rule, problem.where) for problem in problems] == [
        ("edtf", "claim a:p1:2"),
        ("unknown-id", "claim b:p1:1"),
    ]
    path = write_store(tmp_path, claim(measure="people", recipient=["XX"]), claim("5 to 6", value=5, replaces="none"))
    found, problems = store.read(path)
    assert found is None
    assert [(problem.rule, problem.where) for problem in problems] == [
        ("unknown-id", "claim a:p1:1"),
        ("unknown-id", "claim a:p1:1"),
        ("unknown-id", "claim a:p1:2"),
    ]


def test_what_is_sound_can_be_looked_at_though_something_else_is_wrong(tmp_path: Path) -> None:
    fields: list[dict[str, Any]] = [
        {},
        {"period": "2020/2019"},
        {"measure": "people"},
        {"programme": "none"},
        {"provider": "XX"},
        {"recipient": ["BJ", "XX"]},
        {"source": "bad"},
    ]
    sources = [source("a"), {"id": "bad"}]
    path = write_store(tmp_path, *(claim(value=5, hedge="exact", **one) for one in fields), sources=sources)
    found, problems = store.examine(path, content.read_file(path))
    assert found
    assert [one.id for one in found.claims] == ["a:p1:1"]
    assert [problem.where for problem in problems] == ["source bad", *(f"claim a:p1:{n}" for n in range(2, 7))]


def test_of_a_store_that_cannot_be_understood_nothing_can_be_looked_at(tmp_path: Path) -> None:
    for info in (INFO | {"format": 2}, INFO | {"epoch": "long ago"}):
        path = write_store(tmp_path, claim(value=5, hedge="exact"), store={"1": info})
        found, problems = store.examine(path, content.read_file(path))
        assert (found, len(problems)) == (None, 1)


def test_a_good_store_has_no_problems(tmp_path: Path) -> None:
    found, problems = store.read(write_store(tmp_path, claim("616 people")))
    assert problems == []
    assert found
    assert [one.value for one in found.claims] == [616]


def test_a_table_that_tinydb_leaves_behind_empty_is_no_problem(tmp_path: Path) -> None:
    assert store.load(write_store(tmp_path, _default={})).claims == ()


def test_the_path_of_the_store_is_told(tmp_path: Path) -> None:
    path = write_store(tmp_path)
    assert store.load(path).path == str(path)


def test_reading_changes_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim())
    before = path.read_bytes(), path.stat().st_mtime_ns
    store.load(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_store_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim())
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        assert len(store.load(path).claims) == 1
    finally:
        tmp_path.chmod(0o700)


def test_any_tinydb_reads_what_we_read(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim("616 people"), claim("over 30,000 people"))
    loaded, tables = store.load(path), content.read_file(path)
    with TinyDB(path, access_mode="r", encoding="utf-8") as database:
        assert database.storage.read() == tables
        assert [document["id"] for document in database.table("claims")] == [one.id for one in loaded.claims]


def test_without_a_path_the_shipped_store_is_loaded(shipped: Facts) -> None:
    assert store.load() == shipped


def test_an_installed_copy_reads_the_store_beside_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, outside = tmp_path / "medaid_cli" / "facts.json", tmp_path / "data" / "facts.json"
    monkeypatch.setattr(store, "__file__", str(tmp_path / "medaid_cli" / "store.py"))
    assert store.shipped() == outside
    inside.parent.mkdir()
    inside.touch()
    assert store.shipped() == inside


def test_a_claim_has_these_defaults() -> None:
    [found] = facts(claim("over 30,000 people")).claims
    assert found.as_dict() == {
        "id": "a:p1:1",
        "source": "a",
        "locator": "p1",
        "quote": "over 30,000 people",
        "measure": "personnel",
        "value": 30_000,
        "hedge": "over",
        "recipient": ("001",),
        "provider": "CN",
        "programme": "any",
        "period": "/..",
        "status": "done",
        "statement": "",
        "attributed_to": None,
        "and_others": None,
        "note": None,
        "replaces": None,
        "retracted": None,
    }


def test_every_field_of_a_claim_is_read() -> None:
    given = claim(
        "10th batch",
        locator="opening",
        value=10,
        hedge="at-least",
        recipient=["BJ", "ML"],
        provider="CN-SN",
        programme="medical-teams",
        period="1963/..",
        status="disputed",
        statement="Ten batches.",
        attributed_to="the ministry",
        and_others=True,
        note="a slip",
        replaces="a:p1:1",
        retracted={"day": "2024-01-02", "reason": "misread"},
    )
    loaded = facts(claim(), given)
    found = loaded.claims[1].as_dict()
    assert loaded.replaced == {"a:p1:1"}
    assert found.pop("id") == "a:opening:2"
    assert found.pop("retracted") == Retraction("2024-01-02", "misread")
    assert found.pop("recipient") == ("BJ", "ML")
    assert found == {name: value for name, value in given.items() if name in found}


def test_a_source_needs_no_more_than_an_id_and_a_title(tmp_path: Path) -> None:
    found = store.load(write_store(tmp_path, sources=[{"id": "a", "title": "A"}])).sources["a"]
    assert tuple(found.as_dict().values()) == (
        *("a", "document", "A", "", (), None, None),
        *("und", "opening", "other", None, None, None),
    )


def test_a_source_is_read_with_its_authors_and_its_day() -> None:
    given = {"author": [{"family": "Cai", "given": "Wenjun"}, {"literal": "CMG"}], "issued": "2024-07"}
    found = facts(a=given).sources["a"]
    assert found.author == ({"family": "Cai", "given": "Wenjun"}, {"literal": "CMG"})
    assert found.issued == "2024-07"


def test_the_store_names_its_first_event_and_what_it_counts(tmp_path: Path) -> None:
    def named(info: StoreInfo) -> tuple[tuple[str, ...], str, str]:
        return info.headline, info.first, info.counted

    assert named(facts().info) == (("personnel", "treatments", "batches", "operations"), "first-team", "countries")
    info = INFO | {"headline": ["sites"], "first": "event", "counted": "personnel"}
    assert named(store.load(write_store(tmp_path, store={"1": info})).info) == (("sites",), "event", "personnel")


@pytest.mark.parametrize(
    ("fields", "value", "hedge"),
    [
        ({"quote": "nearly 300 million patients"}, 300_000_000, "nearly"),
        ({"quote": "nearly 300 million patients", "hedge": "about"}, 300_000_000, "about"),
        ({"quote": "6 teams of some 616 doctors", "value": 616}, 616, "about"),
        ({"quote": "6 of 6 teams", "value": 6}, 6, "exact"),
        ({"quote": "many", "value": 7, "hedge": "over"}, 7, "over"),
        ({"quote": "30,000.0", "value": 30000.0}, 30_000, "exact"),
        ({"quote": "in 1963", "measure": "event"}, None, None),
        ({"quote": "13 public and 20 private", "measure": "activity"}, None, None),
        ({"quote": "616 people", "measure": "activity", "value": None}, None, None),
    ],
)
def test_value_and_hedge_are_read_from_the_quote_where_absent(fields: dict[str, Any], value: int, hedge: str) -> None:
    [found] = facts(claim(**fields)).claims
    assert (found.value, found.hedge) == (value, hedge)


def test_a_value_that_is_null_on_purpose_is_not_read_from_the_quote(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim("616 people", value=None))
    assert refused(path).endswith("has no value, and 'personnel' counts; give value and hedge, or another measure")


def test_a_claim_without_id_whose_number_is_unclear_is_named_by_its_document(tmp_path: Path) -> None:
    claims = {"7": claim("13 public and 20 private")}
    _, problems = store.read(write_store(tmp_path, claims=claims, sources=[source()]))
    assert problems == [
        Problem(
            "value-unclear",
            "claim (document 7)",
            "quote '13 public and 20 private' holds 2 numbers",
            "give value and hedge",
        )
    ]


def test_a_long_value_is_cut_in_the_message() -> None:
    assert str(records.expected("text", "x" * 100)) == f"expected text, got '{'x' * 56}..."


def test_a_place_may_lie_in_two_places() -> None:
    assert facts().above["CN-HK"] == {"CN-HK", "CN", "HK", "142", "001"}


def test_a_place_lies_in_what_its_region_lies_in() -> None:
    assert facts().above["BJ"] == {"BJ", "011", "002", "001"}


def test_places_that_share_a_part_are_entangled() -> None:
    assert facts().entangled == {("CN", "HK"), ("HK", "CN")}


def test_regions_countries_and_parts_are_told_apart() -> None:
    places = facts().places
    assert [(places[id].is_region, places[id].is_part) for id in ("011", "BJ", "CN-SN")] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_an_interval_is_a_pair() -> None:
    low, high = Interval(1, None)
    assert (low, high) == (1, None)


# Changing a store


def whole(quote: str = "5 people", **fields: Any) -> Document:
    """A claim's document with all that it needs."""
    return {"id": "a:p1:9", "value": 5, "hedge": "exact", **claim(quote, **fields)}


def tables_of(path: Path) -> Document:
    """What the file holds."""
    found: Document = json.loads(path.read_text(encoding="utf-8"))
    return found


def add_to(path: Path, *documents: Document) -> None:
    """Put these into the table of claims."""
    with transaction.changing(path, 0, DAY) as draft:
        transaction.insert(draft, "claims", documents)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one claim, in a folder of its own."""
    return write_store(tmp_path, whole("100 people", id="a:p1:1", value=100))


def untouched(path: Path, before: bytes) -> bool:
    """Whether the file is as it was, and alone in its folder."""
    return path.read_bytes() == before and list(path.parent.iterdir()) == [path]


def test_all_changes_of_a_transaction_are_written_at_its_end_with_the_day(path: Path) -> None:
    before, expected = store.load(path), tables_of(path)
    with transaction.changing(path, 0, DAY) as draft:
        assert draft.facts == before
        transaction.insert(draft, "sources", [source("b"), source("c")])
        transaction.insert(draft, "claims", iter([whole(source="b")]))
        transaction.change(draft, "claims", "a:p1:1", {"note": "read twice", "value": 99})
        assert transaction.document(draft, "claims", "a:p1:1")["note"] == "read twice"
        assert store.load(path) == before
    expected["store"]["1"]["updated"] = DAY
    expected["sources"] |= {"2": source("b"), "3": source("c")}
    expected["claims"]["1"] |= {"note": "read twice", "value": 99}
    expected["claims"]["2"] = whole(source="b")
    assert path.read_text(encoding="utf-8") == json.dumps(expected, ensure_ascii=False, indent=2)
    assert store.load(path).info.updated == DAY
    assert list(path.parent.iterdir()) == [path]


def test_a_transaction_that_changes_nothing_does_not_touch_the_file(path: Path) -> None:
    before, status = path.read_bytes(), path.stat()
    with transaction.changing(path, 0, DAY) as draft:
        assert transaction.document(draft, "claims", "a:p1:1")["value"] == 100
    assert untouched(path, before)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)


@pytest.mark.parametrize("error", [RuntimeError(), UsageError("no"), KeyboardInterrupt()], ids=repr)
def test_an_exception_after_changes_to_two_tables_leaves_the_store_as_it_was(path: Path, error: BaseException) -> None:
    before = path.read_bytes()
    with pytest.raises(type(error)), transaction.changing(path, 0, DAY) as draft:
        transaction.insert(draft, "sources", [source("b")])
        transaction.insert(draft, "claims", [whole(source="b")])
        raise error
    assert untouched(path, before)


@pytest.mark.parametrize(
    ("documents", "says"),
    [
        ([whole(), whole()], "claim a:p1:9: stands twice"),
        ([whole(source="b")], "claim a:p1:9: source 'b' is not in the store"),
        ([{"id": "a:p1:9"}], "claim a:p1:9: has no 'source'"),
        ([whole(value=float("nan"))], "claim a:p1:9: value: expected a whole number"),
        ([whole(value=float("inf"))], "claim a:p1:9: value: expected a whole number"),
    ],
)
def test_changes_with_which_the_store_would_not_load_are_not_written(
    path: Path, documents: list[Document], says: str
) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match=says):
        add_to(path, *documents)
    assert untouched(path, before)


def test_a_day_that_is_none_is_not_written(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match="updated"), transaction.changing(path, 0, "today") as draft:
        transaction.insert(draft, "claims", [whole()])
    assert untouched(path, before)


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_a_bad_store_is_never_written(bad: Path, tmp_path: Path) -> None:
    path, before = tmp_path / "store.json", bad.read_bytes()
    path.write_bytes(before)
    message = bad.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n").replace("{path}", str(path))
    with pytest.raises(StoreError) as raised:
        add_to(path, whole())
    assert str(raised.value) == message
    with pytest.raises(StoreError) as raised:
        transaction.create(path, store_dict(), 0, force=True)
    assert str(raised.value) == message
    assert untouched(path, before)


def test_a_store_that_broke_between_two_changes_is_not_written(path: Path) -> None:
    add_to(path, whole())
    path.write_bytes(path.read_bytes()[:-1])
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is not JSON, or cut off"):
        add_to(path, whole(id="a:p1:10"))
    assert untouched(path, before)


@pytest.mark.parametrize("number", [2, 2.0, 1.5, 10**30])
def test_a_store_of_a_newer_format_is_refused_and_never_written(tmp_path: Path, number: float) -> None:
    path = write_store(tmp_path, store={"1": INFO | {"format": number, "new": True}}, news={"1": {}})
    before = path.read_bytes()
    with pytest.raises(StoreError) as raised:
        add_to(path, whole())
    says = f"table 'store': format {number} is newer than the 1 that this medaid reads; use a newer medaid"
    assert str(raised.value) == refused(path) == f"{path}: {says}"
    assert untouched(path, before)


def test_a_store_that_is_missing_is_not_made_by_a_change(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        add_to(tmp_path / "none.json", whole())
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_changed_by_one_at_a_time_and_read_by_all(path: Path) -> None:
    with transaction.changing(path, 0, DAY) as draft:
        transaction.insert(draft, "claims", [whole()])
        with pytest.raises(StoreError, match="--wait"):
            add_to(path, whole(id="a:p1:10"))
        assert len(store.load(path).claims) == 1
    add_to(path, whole(id="a:p1:10"))
    assert [one.id for one in store.load(path).claims] == ["a:p1:1", "a:p1:9", "a:p1:10"]


def test_a_store_is_changed_through_a_symlink_which_stays(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    add_to(link, whole())
    assert link.is_symlink()
    assert len(store.load(path).claims) == 2
    assert sorted(tmp_path.iterdir()) == [link, path]


def test_half_of_a_surrogate_pair_is_entered_and_read_back(path: Path) -> None:
    add_to(path, whole(statement="caf\udce9"))
    assert store.load(path).claims[1].statement == "caf\udce9"


# Making a store


def test_a_store_is_made_of_tables_and_loads(tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    made = transaction.create(path, store_dict(whole()), 0, force=False)
    assert made == store.load(path)
    assert path.read_text(encoding="utf-8") == json.dumps(store_dict(whole()), ensure_ascii=False, indent=2)
    assert list(tmp_path.iterdir()) == [path]


def test_a_store_is_made_in_the_place_of_another_only_by_force(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UsageError) as raised:
        transaction.create(path, store_dict(), 0, force=False)
    assert str(raised.value) == f"{path}: is there already; --force puts a new store in its place"
    assert untouched(path, before)
    transaction.create(path, store_dict(), 0, force=True)
    assert store.load(path).claims == ()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("force", [False, True])
def test_tables_that_would_not_load_are_not_made_a_store(tmp_path: Path, force: bool) -> None:
    with pytest.raises(StoreError, match="title: expected text that is not blank"):
        transaction.create(tmp_path / "new.json", store_dict(store={"1": INFO | {"title": " "}}), 0, force=force)
    assert list(tmp_path.iterdir()) == []


def test_a_symlink_that_leads_nowhere_is_kept_and_the_store_made_where_it_leads(tmp_path: Path) -> None:
    link, there = tmp_path / "link.json", tmp_path / "there.json"
    link.symlink_to("there.json")
    transaction.create(link, store_dict(), 0, force=False)
    assert link.is_symlink()
    assert store.load(there).claims == ()
    assert sorted(tmp_path.iterdir()) == [link, there]


def test_a_symlink_to_itself_is_no_place_for_a_store(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("link.json")
    with pytest.raises(UsageError, match="is there already"):
        transaction.create(link, store_dict(), 0, force=False)
    with pytest.raises(StoreError, match="can't be read: Too many levels of symbolic links"):
        transaction.create(link, store_dict(), 0, force=True)
    assert link.is_symlink()
    assert list(tmp_path.iterdir()) == [link]


def test_a_folder_is_no_place_for_a_store(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UsageError, match="is there already"):
        transaction.create(folder, store_dict(), 0, force=False)
    with pytest.raises(StoreError, match="can't be read: Is a directory"):
        transaction.create(folder, store_dict(), 0, force=True)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_store_that_is_open_for_writing_is_not_replaced(path: Path) -> None:
    held = AtomicStorage(path, 0)
    with pytest.raises(StoreError, match="--wait"):
        transaction.create(path, store_dict(), 0, force=True)
    held.close()
    assert len(store.load(path).claims) == 1


# The store that comes with medaid


@pytest.mark.parametrize("way", ["itself", "symlink", "hard link"])
def test_the_store_inside_an_installed_copy_is_never_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    inside = tmp_path / "medaid_cli" / "facts.json"
    inside.parent.mkdir()
    monkeypatch.setattr(transaction, "__file__", str(inside.with_name("transaction.py")))
    add_to(path, whole())
    inside.write_bytes(path.read_bytes())
    before, given = inside.read_bytes(), tmp_path / "given.json"
    if way == "symlink":
        given.symlink_to(inside)
    elif way == "hard link":
        given.hardlink_to(inside)
    else:
        given = inside
    for change in (lambda: add_to(given, whole(id="a:p1:10")), lambda: transaction.create(given, {}, 0, force=True)):
        with pytest.raises(StoreError, match="comes with medaid, and never written; medaid init copies it"):
            change()
    assert untouched(inside, before)
    add_to(path, whole(id="a:p1:10"))
    transaction.create(tmp_path / "new.json", store_dict(), 0, force=False)


def test_a_value_too_deep_to_be_told_is_one_message_not_a_fall(tmp_path: Path) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(StoreError, match="is nested too deeply to be a store"):
        store.examine(tmp_path, store_dict(claim(note=deep)))
