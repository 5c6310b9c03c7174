"""Whatever stands in a store, in rows, in a phrase or on the command line: no traceback, and never half a store.

The targets are those of `fuzz/run.py`, which runs them under atheris; here Hypothesis makes up what they are given,
from what is valid: bytes changed here and there, and documents with anything in any field.
"""

import csv
import io
import json
from typing import Any

import pytest
from fuzz import targets
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from medaid_cli.records import TABLES

# What a run is given takes a while; the profile `long` of conftest.py has thirty times as many.
FEW = settings(max_examples=max(1, settings().max_examples // 2), suppress_health_check=[HealthCheck.too_slow])

NAMES = [*dict.fromkeys(field.name for _, _, fields in TABLES.values() for field in fields)]
ODD = [
    *("", " ", "\0", "\x1b[31m", "\u202e", "\ud800", "=1+1", "'", '"', ";", "a;b", "../a", "p0", "p1", "opening", "BJ"),
    *(
        "a",
        "b",
        "a:p1:1",
        "b:opening:3",
        "retracted",
        "replaced",
        "done",
        "planned",
        "5 people",
        "5 to 6",
        "1e9 people",
    ),
    *("/..", "1963/..", "2020-02-30", "9999", "0000", "XXXX", "x" * 2000, "personnel", "first-team", "any", "001"),
]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 10) | st.just(10**15) | st.floats() | st.sampled_from(ODD) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=5,
)
CHANGES = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 3), st.binary(max_size=4)), max_size=3)


def changed(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with some cut out and some put in, each at a place."""
    for at, cut, put in changes:
        place = at % (len(data) + 1)
        data = data[:place] + put + data[place + cut :]
    return data


# What may well stand in a field, so that not all is refused at the first glance.
LIKELY: dict[str, list[Any]] = {
    "source": ["a", "b"],
    "locator": ["p2", "p3", "opening"],
    "quote": ["8 people", "over 9 people", "5 to 6 people", "so many"],
    "measure": ["personnel", "sites", "activity", "first-team"],
    "value": [None, 5, 8, 9],
    "hedge": [None, "exact", "over"],
    "recipient": [["BJ"], ["ML", "DZ"], ["002"]],
    "provider": ["CN", "CN-SN"],
    "programme": ["any", "training", "covid-19/vaccines"],
    "period": ["/..", "1963/..", "2020", "1963-04-06", "2030"],
    "status": ["done", "done", "planned", "disputed", "retracted", "replaced"],
    "note": ["x", None],
    "statement": ["", "So many."],
    "replaces": [None, "a:p1:1", "a:p2:1", "b:opening:4"],
    "retracted": [None, {"day": "2024-01-01", "reason": "misread"}],
    "id": ["a:p2:1", "a:p2:2", "a:p1:1", "b:opening:4", "x", "y"],
    "title": ["X", "The words of a"],
    "issued": ["2023-06-30", "2020", None],
    "read": ["full", "opening"],
    "label": ["x"],
    "name": ["x"],
    "within": ["002", "x", ["BJ"], None],
    "kind": ["total", "note"],
    "adds": ["sum", "none"],
    "unit": [""],
}
KINDS = (
    ("source", "locator", "quote", "measure"),
    ("source", "locator", "quote", "measure", "recipient", "period", "status", "note"),
    ("id", "title"),
    ("id", "label", "unit", "kind", "adds"),
    ("id", "label"),
    ("id", "name", "within"),
)


def likely(names: tuple[str, ...] | list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A document with these fields, each with something that it may well hold."""
    return st.fixed_dictionaries({name: st.sampled_from(LIKELY[name]) for name in names})


@st.composite
def documents(draw: st.DrawFn, kinds: tuple[tuple[str, ...], ...] = KINDS) -> dict[str, Any]:
    """A document that is good or nearly so."""
    found = draw(st.sampled_from(kinds).flatmap(likely))
    if draw(st.booleans()):
        found |= draw(st.lists(st.sampled_from(list(LIKELY)), max_size=2).flatmap(likely))
    if draw(st.integers(0, 3)) == 0:
        found[draw(st.sampled_from(NAMES) | st.text())] = draw(VALUES)
    return found


@st.composite
def stores(draw: st.DrawFn) -> bytes:
    """A store in which some fields of some documents hold something else."""
    tables = json.loads(targets.small())
    for _ in range(draw(st.integers(1, 3))):
        table = draw(st.sampled_from(["claims", "claims", "sources", *TABLES]))
        document = draw(st.sampled_from(list(tables[table].values())))
        name = draw(st.sampled_from([field.name for field in TABLES[table][2]]))
        odd = name not in LIKELY or draw(st.integers(0, 3)) == 0
        document[name] = draw(VALUES if odd else st.sampled_from(LIKELY[name]))
    return json.dumps(tables).encode()


@st.composite
def row_bytes(draw: st.DrawFn) -> bytes:
    """Rows as JSON Lines, CSV or TSV, behind the byte that tells the table."""
    table = draw(st.integers(0, 5))
    kinds = (KINDS, KINDS[:2], KINDS[2:3], KINDS[3:4], KINDS[4:5], KINDS[5:])[table]
    rows = draw(st.lists(documents(kinds), max_size=4))
    if draw(st.booleans()):
        return bytes([table]) + "\n".join(json.dumps(row, ensure_ascii=draw(st.booleans())) for row in rows).encode(
            errors="surrogatepass"
        )
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=draw(st.sampled_from(",\t")), lineterminator=draw(st.sampled_from(["\n", "\r\n"]))
    )
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return bytes([table]) + out.getvalue().encode(errors="surrogatepass")


FLAGS = ["--json", "--csv", "--dry-run", "--help", "--strict", "--list", "--and-others", "--no-and-others", "--"]
OPTIONS = (
    "--note --recipient --value --hedge --wait --fields --sort --limit --table --title --rule --status --issued "
    "--author --period --provider --programme --statement --attributed-to --id --quote --reason --locator --read "
    "--outlet -s -m -f"
).split()
GIVEN = [
    "x",
    "8",
    "BJ",
    "Benin",
    "exact",
    "id",
    "claims",
    "csv",
    "2020",
    "/..",
    "disputed",
    "quote-length",
    "full",
    "6 people",
]


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A command as it may be typed, with more options, and with one word that is another."""
    words = draw(seeded_as_they_are("command_line")).decode().split("\n")
    for option in draw(st.lists(st.sampled_from([*FLAGS, *OPTIONS]), max_size=3)):
        words += [option] if option in FLAGS else [option, draw(st.sampled_from([*GIVEN, *ODD]) | st.text())]
    if draw(st.booleans()):
        words[draw(st.integers(1, len(words) - 1))] = draw(st.sampled_from([*GIVEN, *ODD]) | st.text())
    return "\n".join(words).encode(errors="surrogatepass")


def seeded_as_they_are(name: str) -> st.SearchStrategy[bytes]:
    """What a target may begin with."""
    return st.sampled_from(targets.seeds(name))


def seeded(name: str) -> st.SearchStrategy[bytes]:
    """What a target may begin with, changed here and there."""
    return st.builds(changed, seeded_as_they_are(name), CHANGES)


@pytest.mark.parametrize(("name", "seed"), [(name, seed) for name in targets.TARGETS for seed in targets.seeds(name)])
def test_what_fuzzing_begins_with_is_fine(name: str, seed: bytes) -> None:
    targets.TARGETS[name](seed)
    targets.TARGETS[name](b"")


def test_every_target_has_something_to_begin_with() -> None:
    assert set(targets.SEEDS) == set(targets.TARGETS)


@FEW
@given(seeded("store_bytes") | st.binary())
def test_no_bytes_of_a_store_break_anything(data: bytes) -> None:
    targets.store_bytes(data)


@FEW
@given(stores())
def test_no_value_in_a_store_breaks_anything(data: bytes) -> None:
    targets.store_bytes(data)


@FEW
@given(seeded("import_rows") | st.binary())
def test_no_bytes_of_rows_break_an_import(data: bytes) -> None:
    targets.import_rows(data)


@FEW
@given(row_bytes())
def test_no_value_in_a_row_breaks_an_import(data: bytes) -> None:
    targets.import_rows(data)


@FEW
@given(documents())
@example({"quote": "9 to 10 people", "value": 9})
def test_no_field_of_a_claim_breaks_its_entry(given: dict[str, Any]) -> None:
    targets.claim_fields(json.dumps(given).encode())


@given(st.integers(0, 20), st.text() | st.lists(st.sampled_from(ODD)).map(" ".join))
def test_no_phrase_breaks_the_reader_of_numbers(language: int, text: str) -> None:
    targets.quote(bytes([language]) + text.encode(errors="surrogatepass"))


@given(seeded("quote"))
def test_no_changed_phrase_breaks_the_reader_of_numbers(data: bytes) -> None:
    targets.quote(data)


@given(seeded("period") | st.text().map(lambda text: text.encode(errors="surrogatepass")))
def test_no_text_breaks_the_reader_of_periods(data: bytes) -> None:
    targets.period(data)


@FEW
@given(lines() | seeded("command_line"))
def test_no_words_break_a_command(line: bytes) -> None:
    targets.command_line(line)


@pytest.mark.parametrize("depth", [*range(850, 1000, 3), 5000])
def test_no_depth_of_a_store_breaks_its_reader(depth: int) -> None:
    for inside in ("[" * depth + "]" * depth, '{"a": ' * depth + "1" + "}" * depth):
        tables = targets.small().replace(b'"So many."', inside.encode())
        targets.store_bytes(tables)
        targets.store_bytes(targets.small().replace(b'"Aid in small"', inside.encode()))
        targets.import_rows(b'\x01{"quote": "5 people", "note": ' + inside.encode() + b"}")
        targets.import_rows(b'\x02{"id": "x", "title": "T", "author": ' + inside.encode() + b"}")
