"""Bytes that no one would send, and bytes that are nearly right: never a traceback, never half a change.

`--hypothesis-profile=long` makes up more of them; `tests/fuzz.py` goes on for as long as one likes.
"""

import json

from factories import claim, source, store_dict
from fuzz import TARGETS, document, imported, period, quote, store_bytes
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = json.dumps(store_dict(claim(), sources=[source("a")]))
FIELDS = st.sampled_from(
    "id source locator quote measure value hedge recipient provider programme period status statement note replaces "
    "retracted and_others attributed_to title publisher issued language outlet low high qoute".split()
)
WORDS = st.sampled_from(
    ["a", "p1", "opening", "over 200 people", "personnel", "first-team", "1963/..", "/..", "2020/2019", "planned", "BJ"]
) | st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.dictionaries(FIELDS, VALUES, max_size=9)
FEW = settings(max_examples=60)  # each works on a store on the disk


@given(st.binary(max_size=300))
@FEW
def test_a_store_of_any_bytes_is_refused_and_left_alone(data: bytes) -> None:
    store_bytes(data)


@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=20))
@FEW
def test_a_store_with_a_piece_torn_out_or_put_in_is_no_surprise(at: int, length: int, piece: bytes) -> None:
    whole = WHOLE.encode()
    store_bytes(whole[:at] + piece + whole[at + length :])


@given(st.binary(max_size=120) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_phrase_is_read_in_any_language_without_a_fall(data: bytes) -> None:
    quote(data)


@given(st.binary(max_size=30) | st.from_regex(r"[0-9X~?%/.-]{0,24}", fullmatch=True).map(str.encode))
def test_any_period_is_read_or_refused(data: bytes) -> None:
    period(data)


@given(st.binary(max_size=300))
@FEW
def test_rows_of_any_bytes_are_entered_all_or_not_at_all(data: bytes) -> None:
    imported(data)


@given(st.lists(RECORDS, max_size=4))
@FEW
def test_rows_of_json_that_are_nearly_right_are_entered_all_or_not_at_all(records: list[dict[str, object]]) -> None:
    imported("\n".join(json.dumps(record) for record in records).encode())


@given(st.lists(FIELDS, min_size=1, max_size=6), st.lists(st.lists(WORDS, max_size=7), max_size=4))
@FEW
def test_rows_of_csv_that_are_nearly_right_are_entered_all_or_not_at_all(
    names: list[str], records: list[list[str]]
) -> None:
    lines = [",".join(names), *(",".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in records)]
    imported("\r\n".join(lines).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=120))
@FEW
def test_a_claim_of_any_fields_is_entered_or_refused(data: bytes) -> None:
    document(data)


def test_every_target_has_a_test() -> None:
    assert set(TARGETS.values()) == {store_bytes, quote, period, imported, document}
