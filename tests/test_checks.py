"""What `check` finds: one store that is wrong per rule, the borders of each rule, and what no rule may do.

`wrong/` holds a store per rule beside all that `medaid check` says of it; a new pair of files is new tests.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, cast

import pytest
from factories import INFO, Document, InMemory, claim, enumerated, facts, source, store_dict, write_store
from hypothesis import given
from hypothesis import strategies as st
from program import invoke
from test_contract import validator
from worlds import World, worlds

from medaid_cli import checks, store
from medaid_cli.errors import ExitCode, StoreError
from medaid_cli.model import Facts, Problem
from medaid_cli.references import MOST_COMPARED, Known, record_problems

WRONG = sorted(Path(__file__).with_name("wrong").glob("*.json"))
SEVERITIES = {rule: severity for rule, severity, _ in checks.RULES}
RETRACTED = {"day": "2024-01-02", "reason": "misread"}
EARLY, LATE = "2023-01-01", "2023-06-30"

STORES = pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)


def problems(rule: str, *claims: Document, **sources: str | Document | None) -> list[Problem]:
    """What a rule of the checks finds."""
    return list(checks.run(facts(*claims, **sources), [rule]))


def broken(rule: str, *claims: Document, **sources: str | Document | None) -> list[str]:
    """Where the store breaks it."""
    return [one.where for one in problems(rule, *claims, **sources)]


def all_wrong(path: Path) -> list[tuple[str, str]]:
    """All that is wrong with a store, by rule and place."""
    return [(one.rule, one.where) for one in checks.everything(path)[1]]


# One store per rule


@STORES
def test_a_wrong_store_is_told_word_for_word(path: Path) -> None:
    ended = invoke("check", "--store", str(path))
    assert ended.out + ended.err == path.with_suffix(".txt").read_text(encoding="utf-8").replace("{path}", str(path))
    assert ended.code == (ExitCode.FOUND if SEVERITIES[path.stem] == "error" else ExitCode.OK)


@STORES
def test_a_wrong_store_breaks_its_rule_and_no_other(path: Path) -> None:
    assert {rule for rule, _ in all_wrong(path)} == {path.stem}


def test_every_rule_has_a_store_that_breaks_it() -> None:
    assert {path.stem for path in WRONG} == set(SEVERITIES)
    assert {path.stem for path in WRONG} == {path.stem for path in WRONG[0].parent.glob("*.txt")}


def test_a_rule_has_a_name_of_its_own_and_says_what_holds() -> None:
    assert len(SEVERITIES) == len(checks.RULES)
    assert all(what.endswith(".") for _, _, what in checks.RULES)


@STORES
def test_a_rule_can_be_asked_for_by_its_name(path: Path) -> None:
    found = json.loads(invoke("check", "--store", str(path), "--rule", path.stem.upper(), "--json").out)
    assert found["query"] == {"rule": [path.stem]}
    assert {row["rule"] for row in found["rows"]} == {path.stem}


@STORES
def test_strict_ends_with_exit_3_whatever_is_wrong(path: Path) -> None:
    assert invoke("check", "--store", str(path), "--strict").code == ExitCode.FOUND


@STORES
def test_the_problems_are_as_the_schema_says(path: Path) -> None:
    found = json.loads(invoke("check", "--store", str(path), "--json").out)
    assert [error.message for error in validator("check").iter_errors(found)] == []
    assert list(found) == ["schema", "store", "query", "total", "rows", "notes"]
    for row in found["rows"]:
        assert row["file"] == str(path)
        assert row["severity"] == SEVERITIES[row["rule"]]
        assert row["claim"] is None or row["where"] == f"claim {row['claim']}"


def test_the_schema_allows_no_key_that_it_does_not_name() -> None:
    found = json.loads(invoke("check", "--store", str(WRONG[0]), "--json").out)
    found["rows"][0]["surprise"] = 1
    assert not validator("check").is_valid(found)


# The command


def test_the_shipped_store_has_one_warning(facts: Facts) -> None:
    found = [(one.rule, one.severity, one.where) for one in checks.run(facts)]
    assert found == [("falling-total", "warning", "claim bjreview-2023:p8:1")]
    assert invoke("check").code == ExitCode.OK
    assert invoke("check", "--strict").code == ExitCode.FOUND


def test_errors_come_before_warnings(tmp_path: Path) -> None:
    path = write_store(
        tmp_path, claim(status="disputed"), claim("some words", value=1, hedge="over"), sources=[source("b")]
    )
    severities = [row["severity"] for row in json.loads(invoke("check", "--store", str(path), "--json").out)["rows"]]
    assert severities == sorted(severities)
    assert set(severities) == {"error", "warning"}


def test_the_list_is_the_tuple_of_rules() -> None:
    found = json.loads(invoke("check", "--list", "--json").out)
    assert [(row["rule"], row["severity"], row["holds"]) for row in found["rows"]] == list(checks.RULES)
    assert [error.message for error in validator("rules").iter_errors(found)] == []
    assert found["notes"] == [f"{len(checks.RULES)} rules"]


def test_the_rules_are_listed_without_a_store(tmp_path: Path) -> None:
    assert invoke("check", "--list", "--store", str(tmp_path / "none.json")).code == ExitCode.OK


def test_several_rules_are_asked_for_together() -> None:
    found = json.loads(invoke("check", "--rule", "falling-total", "--rule", "edtf", "--json").out)
    assert found["query"] == {"rule": ["falling-total", "edtf"]}
    assert found["total"] == 1


def test_what_breaks_a_rule_that_is_not_asked_for_is_not_told() -> None:
    ended = invoke("check", "--rule", "claim-id", "--strict")
    assert ended.code == ExitCode.OK
    assert ended.err.startswith("0 errors, 0 warnings in ")


def test_a_store_that_does_not_load_is_never_fine_whatever_rule_is_asked_for(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim("many people"))
    ended = invoke("check", "--rule", "claim-id", "--store", str(path))
    assert ended.code == ExitCode.FOUND
    assert ended.err == f"0 errors, 0 warnings in {path}\n1 error of other rules: the store does not load\n"


def test_an_unknown_rule_is_an_error_with_the_nearest_one() -> None:
    ended = invoke("check", "--rule", "quote-lenght")
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert ended.err.startswith("medaid: unknown rule 'quote-lenght'; did you mean quote-length")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"claims": 1}'], ids=repr)
def test_a_file_that_is_no_store_at_all_is_exit_4(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.json"
    path.write_bytes(content)
    ended = invoke("check", "--store", str(path))
    assert (ended.code, ended.out) == (ExitCode.STORE, "")
    assert ended.err.startswith(f"medaid: {path}: ")


def test_a_file_that_can_t_be_read_is_exit_4(tmp_path: Path) -> None:
    assert invoke("check", "--store", str(tmp_path / "none.json")).code == ExitCode.STORE
    assert invoke("check", "--store", str(tmp_path)).code == ExitCode.STORE
    assert list(tmp_path.iterdir()) == []


# Broken records and deeper problems at once


def test_broken_records_and_deeper_problems_are_told_together(tmp_path: Path) -> None:
    claims = claim(period="2020/2019"), claim(status="disputed"), claim(recipient=["XX"]), claim(measure="people")
    found = all_wrong(write_store(tmp_path, *claims, sources=[source("a", read="full")]))
    assert found == [
        ("edtf", "claim a:p1:1"),
        ("unknown-id", "claim a:p1:3"),
        ("unknown-id", "claim a:p1:4"),
        ("disputed-note", "claim a:p1:2"),
    ]


@pytest.mark.parametrize("fields", [{"read": "all"}, {"issued": "2023-02-30"}, {"origin": "b"}], ids=str)
def test_a_claim_of_a_broken_source_has_no_problem_of_its_own(tmp_path: Path, fields: Document) -> None:
    claims = (
        claim(),
        claim("many people"),
        claim("many people", value=5),
        claim(status="disputed"),
        claim(period="2099"),
    )
    [(_, where)] = all_wrong(write_store(tmp_path, *claims, sources=[source("a", **fields)]))
    assert where == "source a"


def test_a_claim_of_a_broken_measure_has_no_problem_of_its_own(tmp_path: Path) -> None:
    measure = {"id": "people", "label": "people", "unit": "", "kind": "sum", "adds": "sum"}
    claims = claim(measure="people"), claim("many", measure="people", value=5), claim("5 of 6", measure="people")
    path = write_store(tmp_path, *claims, measures={"1": measure}, programmes={"1": {"id": "any", "label": "all"}})
    assert all_wrong(path) == [("bad-value", "measure people")]


def test_the_source_of_a_broken_claim_is_not_unused(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim(hedge="maybe"), sources=[source("a"), source("b")])
    assert all_wrong(path) == [("bad-value", "claim a:p1:1"), ("unused-source", "source b")]


def test_what_a_broken_claim_replaces_does_not_stand(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim(status="disputed"), claim(replaces="a:p1:1", hedge="maybe"))
    assert all_wrong(path) == [("bad-value", "claim a:p1:2")]


def test_what_a_broken_claim_is_replaced_by_is_not_blamed(tmp_path: Path) -> None:
    path = write_store(tmp_path, claim(hedge="maybe"), claim(replaces="a:p1:1", retracted=RETRACTED))
    assert all_wrong(path) == [("bad-value", "claim a:p1:1")]


def test_a_claim_whose_replaces_can_t_be_an_id_is_told_once(tmp_path: Path) -> None:
    assert all_wrong(write_store(tmp_path, claim(replaces=["a:p1:1"]))) == [("bad-value", "claim a:p1:1")]


@pytest.mark.parametrize("key", ["provider", "world"])
def test_a_place_that_the_store_itself_lacks_is_told_once_and_nothing_is_added_up(tmp_path: Path, key: str) -> None:
    claims = claim("500 people", period="1963/.."), claim("616 people", recipient=["BJ"], period="1963/..")
    loop = [source("a", derived_from="a", read="full")]
    path = write_store(tmp_path, *claims, sources=loop, store={"1": INFO | {key: "XX"}})
    assert all_wrong(path) == [("unknown-id", "table 'store'"), ("origin-loop", "source a")]


def test_a_broken_place_above_others_stops_no_check(tmp_path: Path) -> None:
    documents = store_dict(
        claim("5 countries", measure="countries", recipient=["BJ"]), sources=[source("a", read="full")]
    )
    table = [one | ({"aliases": "x"} if one["id"] == "011" else {}) for one in documents["places"].values()]
    path = tmp_path / "store.json"
    path.write_text(json.dumps(documents | {"places": dict(enumerated(table))}), encoding="utf-8")
    assert all_wrong(path) == [("bad-value", "place 011")]


def test_the_facts_of_a_broken_store_are_those_that_are_sound(tmp_path: Path) -> None:
    found, _ = checks.everything(write_store(tmp_path, claim(), claim(measure="people")))
    assert [one.id for one in found.claims] == ["a:p1:1"]
    assert checks.everything(write_store(tmp_path, store={}))[0] == checks.nothing(tmp_path / "store.json")


def test_a_missing_id_is_compared_with_a_list_of_ids_only_where_that_is_short(tmp_path: Path) -> None:
    for count, remedy in ((MOST_COMPARED, "did you mean 'CX' or 'CN'?"), (MOST_COMPARED + 1, "add it, or mend")):
        ids = ["CN", "001", "CX", *(f"{n}" for n in range(100, count + 97))]
        table = dict(enumerated([{"id": id, "name": id} for id in ids]))
        programmes = {"1": {"id": "any", "label": "all"}}
        path = write_store(tmp_path, claim(recipient=["CNX"]), places=table, programmes=programmes)
        [problem] = checks.everything(path, ["claim-id"])[1]
        assert problem.remedy.startswith(remedy)


def test_a_source_refers_to_nothing_that_must_be_there() -> None:
    loaded = facts(a={"derived_from": "Xinhua"})
    nothing_known = Known(set(), set(), set(), set(), set())
    records = (loaded.sources["a"], loaded.measures["personnel"])
    assert [list(record_problems(record, loaded, nothing_known)) for record in records] == [[], []]


# Rules on one claim


@pytest.mark.parametrize("id", ["a:p1:1", "a:p1:10"])
def test_an_id_tells_source_locator_and_number(id: str) -> None:
    assert broken("claim-id", claim(id=id)) == []


@pytest.mark.parametrize("id", ["a-1", "a:p1", "a:p1:", "a:p1:x", "a:p1:²", "a:p1:１", "a:p2:1", "b:p1:1", "a:p1:-1"])
def test_any_other_id_is_wrong(id: str) -> None:
    assert broken("claim-id", claim(id=id)) == [f"claim {id}"]


@pytest.mark.parametrize(
    "quote",
    [
        "over 200 people who came all that way",
        "  over 200  people who came all that way ",
        "over 200 people under Wang Wei (王伟) there",
        "中" * 24,
        f" {'中' * 24} ",
        "30000 " + "中" * 18,
        "か" * 24,
        "ก" * 24,
        "យ" * 24,
        "က" * 24,
        "Donaudampfschifffahrtsgesellschaftskapitän",
    ],
)
def test_a_quote_of_eight_words_or_24_characters_is_not_too_long(quote: str) -> None:
    assert broken("quote-length", claim(quote, value=200, hedge="over")) == []


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("over 200 people who came all that long way", "9 words; 8 are"),
        ("over 200 people who once came with Wang (王)", "9 words; 8 are"),
        ("中" * 25, "25 characters; 24 are"),
        ("30000 " + "中" * 19, "25 characters; 24 are"),
        ("a long beginning, then: " + "中" * 6, "30 characters; 24 are"),
        ("か" * 25, "25 characters; 24 are"),
        ("ก" * 25, "25 characters; 24 are"),
    ],
)
def test_a_longer_quote_is_too_long(quote: str, said: str) -> None:
    [found] = problems("quote-length", claim(quote, value=200, hedge="over"))
    assert found.message == f"has a quote of {said} the most"


@pytest.mark.parametrize(
    ("quote", "value", "hedge"),
    [
        ("over 30,000 people", 30_000, "over"),
        ("10th batch", 10, "at-least"),
        ("the tenth batch", 10, "at-least"),
        ("6 teams of some 616 doctors", 616, "about"),
        ("6 teams of some 616 doctors", 6, "exact"),
        ("6 of about 6 teams", 6, "about"),
    ],
)
def test_a_value_that_the_quote_prints_is_right(quote: str, value: int, hedge: str) -> None:
    assert broken("quote-value", claim(quote, value=value, hedge=hedge)) == []


@pytest.mark.parametrize(
    ("quote", "value", "hedge", "said"),
    [
        (
            "over 30,000 people",
            30_000,
            "about",
            "has 30,000 (about), but its quote, 'over 30,000 people', reads 30,000 (over)",
        ),
        (
            "over 30,000 people",
            3_000,
            "over",
            "has 3,000 (over), but its quote, 'over 30,000 people', reads 30,000 (over)",
        ),
        ("10th batch", 10, "exact", "has 10 (exact), but its quote, '10th batch', reads 10 (at-least)"),
        ("5 to 6 teams", 7, "exact", "has 7 (exact), but its quote, '5 to 6 teams', reads 5 (exact) or 6 (exact)"),
    ],
)
def test_a_value_or_hedge_that_differs_from_the_quote_is_wrong(quote: str, value: int, hedge: str, said: str) -> None:
    [found] = problems("quote-value", claim(quote, value=value, hedge=hedge))
    assert found.message == said


def test_a_quote_is_read_in_the_language_of_its_source() -> None:
    given = claim("plus de 30 000 personnes", value=30_000, hedge="over")
    assert (
        broken("quote-value", given, a={"language": "fr"}) == broken("quote-unread", given, a={"language": "fr"}) == []
    )


def test_a_planned_claim_is_held_against_its_quote_too() -> None:
    assert broken("quote-value", claim("200 people", value=300, hedge="exact", status="planned")) == ["claim a:p1:1"]


def test_what_is_wrong_with_a_retracted_or_replaced_claim_is_settled() -> None:
    slip = claim("200 people", value=300, hedge="exact")
    assert broken("quote-value", slip | {"retracted": RETRACTED}) == []
    assert broken("quote-value", slip, claim("200 people", replaces="a:p1:1")) == []


def test_a_quote_without_a_number_that_can_be_read_is_told() -> None:
    assert broken("quote-unread", claim("several people", value=7, hedge="over")) == ["claim a:p1:1"]
    assert broken("quote-value", claim("several people", value=7, hedge="over")) == []
    assert broken("quote-unread", claim("many people", measure="activity")) == []


def test_a_value_without_hedge_is_told_once(tmp_path: Path) -> None:
    for quote in ("many people", "200 people"):
        path = write_store(tmp_path, claim(quote, value=5, hedge=None), sources=[source("a", read="full")])
        assert all_wrong(path) == [("value-hedge", "claim a:p1:1")]


def test_a_disputed_claim_needs_a_note() -> None:
    assert broken("disputed-note", claim(status="disputed")) == ["claim a:p1:1"]
    assert broken("disputed-note", claim(status="disputed", note="a slip"), claim(status="planned"), claim()) == []


@pytest.mark.parametrize("period", ["2023-06-30", "2023-06/..", "2023/..", "/..", "/2025", "2023-07-01~/..", "202X/.."])
def test_what_may_have_begun_when_it_was_printed_is_right(period: str) -> None:
    assert broken("told-early", claim(period=period), a=LATE) == []


def test_what_is_done_can_t_have_been_printed_before_it_began() -> None:
    [found] = problems("told-early", claim(period="2023-07-01/.."), a=LATE)
    assert found.message == "is done, from 2023-07-01/.., but its source was printed 2023-06-30"
    assert broken("told-early", claim(period="2024"), a="2023") == ["claim a:p1:1"]


def test_what_is_planned_or_disputed_or_of_an_unknown_day_may_be_told_early() -> None:
    late = claim(period="2030/..")
    assert broken("told-early", late | {"status": "planned"}, late | {"status": "disputed"}, a=LATE) == []
    assert broken("told-early", late, a=None) == []


@pytest.mark.parametrize(("locator", "read"), [("p1", "full"), ("opening", "opening")])
def test_a_locator_fits_how_its_source_was_read(locator: str, read: str) -> None:
    assert broken("locator", claim(locator=locator), a={"read": read}) == []


@pytest.mark.parametrize(
    ("locator", "read", "said"),
    [
        ("p1", "opening", "is at p1, but only the opening of its source was read"),
        ("opening", "full", "is at opening, but its source was read in full"),
    ],
)
def test_a_locator_that_does_not_is_told(locator: str, read: str, said: str) -> None:
    [found] = problems("locator", claim(locator=locator), a={"read": read})
    assert found.message == said


def test_the_checks_of_one_claim_are_those_that_hold_at_entry() -> None:
    loaded = facts(claim("5 people", value=6, hedge="exact", status="disputed"), claim(), claim())
    found = [one.rule for one in checks.of_claim(loaded.claims[0], loaded)]
    assert found == ["quote-value", "disputed-note", "locator"]


# Rules on the whole store


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"statement": "In other words.", "note": "again", "attributed_to": "the ministry", "and_others": True},
        {"quote": "The\u00a0Union’s 100 people"},
        {"quote": "the union's 100 PEOPLE"},
        {"recipient": ["ML", "BJ"]},
        {"status": "done", "provider": "CN", "programme": "any", "period": "/.."},
    ],
    ids=str,
)
def test_one_figure_at_one_place_is_one_claim(fields: Document) -> None:
    first = claim("The Union's 100 people", recipient=["BJ", "ML"])
    [found] = problems("duplicate-claim", first, first | fields)
    assert (found.where, found.message) == ("claim a:p1:2", "says the same at the same place as a:p1:1")


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "b"},
        {"locator": "p2"},
        {"quote": "the 100 people", "value": 100, "hedge": "over"},
        {"measure": "treatments"},
        {"value": 101, "hedge": "exact"},
        {"value": 100, "hedge": "about"},
        {"recipient": ["BJ"]},
        {"provider": "CN-SN"},
        {"programme": "medical-teams"},
        {"period": "1963/.."},
        {"status": "planned"},
        {"retracted": RETRACTED},
        {"replaces": "a:p1:1"},
    ],
    ids=str,
)
def test_claims_that_differ_in_what_they_say_or_where_are_two(fields: Document) -> None:
    assert broken("duplicate-claim", claim(), claim(**fields)) == []


def test_a_claim_that_stands_three_times_is_told_twice() -> None:
    assert broken("duplicate-claim", claim(), claim(), claim()) == ["claim a:p1:2", "claim a:p1:3"]


def test_two_sources_with_one_address_are_one_text() -> None:
    assert broken("duplicate-source", a={"URL": "https://x"}, b={"URL": "https://x"}) == ["source b"]
    assert broken("duplicate-source", a={"URL": "https://x"}, b={"URL": "https://y"}, c={}, d={}) == []


def test_two_sources_with_one_title_publisher_and_day_are_one_text() -> None:
    same: Document = {"title": "T", "publisher": "P", "issued": LATE}
    assert broken("duplicate-source", a=same, b=same) == ["source b"]
    for other in ({"title": "U"}, {"publisher": "Q"}, {"issued": EARLY}, {"issued": None}):
        assert broken("duplicate-source", a=same, b=same | other) == []
    assert broken("duplicate-source", a=same | {"issued": None}, b=same | {"issued": None}) == []


def test_a_source_that_is_one_text_with_two_others_is_told_of_both() -> None:
    first, second = {"URL": "https://x", "title": "T"}, {"URL": "https://y", "title": "U"}
    found = problems("duplicate-source", a=first, b=second, c={"URL": "https://x", "title": "U"})
    assert [one.message for one in found] == ["is the same text as a", "is the same text as b"]


def test_a_source_seen_by_its_address_is_still_known_by_its_title() -> None:
    first, second = {"URL": "https://x", "title": "T"}, {"URL": "https://x", "title": "U"}
    assert broken("duplicate-source", a=first, b=second, c={"title": "U"}) == ["source b", "source c"]


def test_a_source_without_a_claim_is_told() -> None:
    assert broken("unused-source", claim(source="a"), claim(source="c", retracted=RETRACTED), b=LATE) == ["source b"]


def test_a_source_may_be_derived_from_an_agency_or_a_chain() -> None:
    assert broken("origin-loop", a={"derived_from": "Xinhua"}, b={"derived_from": "a"}, c={"derived_from": "b"}) == []


@pytest.mark.parametrize(
    ("origins", "where", "said"),
    [
        ({"a": "a"}, "source a", "is derived from itself"),
        ({"a": "b", "b": "a"}, "source a", "is derived from itself, through b"),
        ({"a": "b", "b": "c", "c": "a"}, "source a", "is derived from itself, through b and c"),
        ({"d": "b", "a": "b", "b": "c", "c": "a"}, "source b", "is derived from itself, through c and a"),
    ],
)
def test_a_loop_of_origins_is_told_once(origins: dict[str, str], where: str, said: str) -> None:
    sources: dict[str, Document] = {id: {"derived_from": origin} for id, origin in origins.items()}
    [found] = problems("origin-loop", **sources)
    assert (found.where, found.message) == (where, said)


def test_two_loops_of_origins_are_two_problems() -> None:
    assert broken("origin-loop", a={"derived_from": "a"}, b={"derived_from": "b"}) == ["source a", "source b"]


def test_a_claim_that_replaces_itself_is_told() -> None:
    assert broken("replaced-loop", claim(replaces="a:p1:1")) == ["claim a:p1:1"]
    chain = [claim(replaces=f"a:p1:{n + 1}") for n in range(1, 4)]
    assert broken("replaced-loop", *chain, claim()) == []
    assert broken("replaced-loop", *chain, claim(replaces="a:p1:1")) == ["claim a:p1:1"]


def test_what_a_retracted_claim_replaced_has_no_claim_in_its_place() -> None:
    [found] = problems("retracted-used", claim(), claim(replaces="a:p1:1", retracted=RETRACTED))
    assert found.where == "claim a:p1:2"
    assert found.message == "is retracted, so that nothing stands in the place of a:p1:1, which it replaced"


def test_what_is_retracted_too_or_replaced_again_needs_none() -> None:
    slip = claim(replaces="a:p1:1", retracted=RETRACTED)
    assert broken("retracted-used", claim(retracted=RETRACTED), slip) == []
    assert broken("retracted-used", claim(), slip, claim(replaces="a:p1:1")) == []
    assert broken("retracted-used", claim(), slip, claim(replaces="a:p1:1"), claim(replaces="a:p1:3")) == []


@pytest.mark.parametrize("note", ["as a:p1:1", "(a:p1:1)", "a:p1:1, a:p1:1.", "见a:p1:1。", "see b:p1:2; a:p1:1"])
def test_a_note_that_names_a_retracted_claim_is_told_once(note: str) -> None:
    assert broken("retracted-used", claim(retracted=RETRACTED), claim(note=note)) == ["claim a:p1:2"]


@pytest.mark.parametrize("note", ["as a:p1:12", "as aa:p1:1", "as a:p1", "as x-a:p1:1", None])
def test_a_note_that_names_another_claim_is_fine(note: str | None) -> None:
    assert broken("retracted-used", claim(retracted=RETRACTED), claim(note=note)) == []


def test_the_note_of_a_claim_that_does_not_stand_may_name_what_it_likes() -> None:
    assert broken("retracted-used", claim(retracted=RETRACTED), claim(note="a:p1:1", retracted=RETRACTED)) == []


def test_a_programme_does_not_rest_on_a_retracted_claim(tmp_path: Path) -> None:
    table = {"1": {"id": "any", "label": "all", "basis": "dated by a:opening:1"}}
    path = write_store(tmp_path, claim(locator="opening", retracted=RETRACTED), programmes=table)
    assert all_wrong(path) == [("retracted-used", "programme any")]


WHOLE = claim("500 people", period="1963/..")
PART = claim("616 people", recipient=["BJ"], period="1978/..")


def test_a_whole_below_its_part_is_told_with_both() -> None:
    [found] = problems("parts-above-whole", WHOLE, PART)
    assert found.where == "claim a:p1:1"
    assert found.message == "is below its parts (a:p1:2): told by 2023-06-30: parts of 616 in a whole of 500"
    assert found.remedy.startswith("see medaid stats -m personnel; ")


def test_at_most_three_parts_are_named() -> None:
    parts = [claim("200 people", recipient=[place], period="1978/..") for place in ("BJ", "CG", "DZ", "ML")]
    assert "(a:p1:2, a:p1:3, a:p1:4):" in problems("parts-above-whole", WHOLE, *parts[:3])[0].message
    assert "(a:p1:2, a:p1:3, a:p1:4, ...):" in problems("parts-above-whole", WHOLE, *parts)[0].message


def test_every_whole_below_its_parts_is_told() -> None:
    middle = claim("550 people", recipient=["002"], period="1963/..")
    assert broken("parts-above-whole", WHOLE, middle, PART) == ["claim a:p1:2", "claim a:p1:1"]


def test_parts_inside_the_provider_s_own_country_are_held_against_their_whole_too() -> None:
    whole, part = claim("500 people", period="1963/..", programme="inbound"), PART | {"programme": "inbound/pilot"}
    [found] = problems("parts-above-whole", whole, part)
    assert found.where == "claim a:p1:1"
    assert found.remedy.startswith("see medaid stats -m personnel -p inbound; ")
    assert broken("parts-above-whole", whole, PART) == []


def test_what_is_asked_for_can_be_below_its_parts_where_no_claim_holds_them() -> None:
    [found] = problems("parts-above-whole", WHOLE | {"period": "/.."}, PART)
    assert (found.where, found.claim) == ("measure personnel", None)
    assert found.message == "told by 2023-06-30: parts of 616 in a whole of up to 500"


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (WHOLE | {"quote": "616 people"}, PART),
        (WHOLE | {"quote": "over 500 people"}, PART),
        (WHOLE | {"status": "disputed"}, PART),
        (WHOLE, PART | {"status": "planned"}),
        (WHOLE, PART | {"source": "b"}),  # told later, it may have grown
        (WHOLE, PART | {"measure": "treatments"}),
        (WHOLE | {"programme": "ebola"}, PART),
    ],
    ids=str,
)
def test_parts_that_may_fit_are_fine(whole: Document, part: Document) -> None:
    assert broken("parts-above-whole", whole, part, a=LATE, b="2024-06-30") == []


def falls(first: Document, second: Document, day: str | None = EARLY, later: str | None = LATE) -> list[str]:
    """Where a total falls that is told by two sources, one after the other."""
    return broken("falling-total", first | {"source": "a"}, second | {"source": "b"}, a=day, b=later)


MANY, FEW = claim("616 people"), claim("500 people")


def test_a_total_that_is_wholly_below_an_earlier_one_is_told_with_it() -> None:
    [found] = problems("falling-total", MANY, claim("500 people", source="b"), a=EARLY, b=LATE)
    assert (found.where, found.severity) == ("claim b:p1:2", "warning")
    assert found.message == "is below a:p1:1, '616 people', which is earlier"


@pytest.mark.parametrize(("day", "later"), [(EARLY, LATE), ("2022", LATE), ("2023-05", LATE), ("202X", "2030")])
def test_a_total_falls_from_a_day_that_is_certainly_earlier(day: str, later: str) -> None:
    assert falls(MANY, FEW, day, later) == ["claim b:p1:2"]


@pytest.mark.parametrize(
    ("day", "later"),
    [(EARLY, EARLY), (LATE, EARLY), ("2023", LATE), ("2022~", EARLY), ("2023", "2023"), (None, LATE), (EARLY, None)],
)
def test_a_total_does_not_fall_between_days_of_which_either_may_be_the_later(day: str, later: str) -> None:
    assert falls(MANY, FEW, day, later) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("616 people", "616 people"),
        ("616 people", "over 500 people"),
        ("about 600 people", "550 people"),
        ("fewer than 616 people", "500 people"),
        ("under 500 people", "up to 499 people"),
        ("500 people", "616 people"),
    ],
)
def test_a_total_that_may_be_as_large_does_not_fall(first: str, second: str) -> None:
    assert falls(claim(first), claim(second)) == []


def test_a_total_below_more_than_what_was_falls() -> None:
    assert falls(claim("over 616 people"), claim("616 people")) == ["claim b:p1:2"]
    assert falls(claim("over 616 people"), claim("617 people")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"period": "2014/2024"},  # it is over: its figure can be corrected
        {"measure": "sites"},
        {"status": "planned"},
        {"status": "disputed"},
        {"retracted": RETRACTED},
    ],
    ids=str,
)
def test_only_a_running_total_that_stands_can_fall(fields: Document) -> None:
    assert falls(MANY | fields, FEW | fields) == []


@pytest.mark.parametrize("fields", [{"recipient": ["BJ"]}, {"programme": "ebola"}, {"period": "1978/.."}], ids=str)
def test_totals_of_two_scopes_have_nothing_to_fall_from(fields: Document) -> None:
    assert falls(MANY, FEW | fields) == []


def test_totals_of_care_at_home_can_fall_too() -> None:
    assert falls(MANY | {"programme": "inbound"}, FEW | {"programme": "inbound"}) == ["claim b:p1:2"]


def test_each_claim_that_falls_is_told_with_the_largest_before_it() -> None:
    quotes = {"a": "600 people", "b": "616 people", "c": "590 people", "d": "617 people", "e": "500 people"}
    days = {source: f"2023-0{month}-01" for month, source in enumerate(quotes, 1)}
    found = problems("falling-total", *(claim(quote, source=source) for source, quote in quotes.items()), **days)
    assert [(one.where, one.message.split(",")[0]) for one in found] == [
        ("claim c:p1:3", "is below b:p1:2"),
        ("claim e:p1:5", "is below d:p1:4"),
    ]


def now_above_ever(*claims: Document, **days: str | None) -> list[Problem]:
    """What that rule finds in a store whose vocabulary has a stock beside its total."""
    stock = {"id": "countries-now", "label": "countries with teams", "unit": "", "kind": "stock", "adds": "distinct"}
    vocabulary = enumerated([*store_dict()["measures"].values(), stock])
    given = [source(id, issued=day) for id, day in days.items()]
    documents = store_dict(*claims, sources=given, measures=dict(vocabulary))
    return list(checks.run(store.load(cast(Path, InMemory(documents))), ["now-above-ever"]))


EVER = claim("48 countries", measure="countries", source="e")
NOW = claim("56 countries", measure="countries-now", source="n")


def test_more_at_a_time_than_ever_were_is_told_with_both() -> None:
    [found] = now_above_ever(EVER, NOW, e=LATE, n=LATE)
    assert (found.where, found.severity) == ("claim n:p1:2", "warning")
    assert found.message == "is more than there ever were by then: e:p1:1, '48 countries'"


@pytest.mark.parametrize(("ever", "now"), [(LATE, LATE), (LATE, EARLY), ("2024", "2023"), (LATE, "2023-05")])
def test_a_total_holds_of_each_day_up_to_its_own(ever: str, now: str) -> None:
    assert len(now_above_ever(EVER, NOW, e=ever, n=now)) == 1


@pytest.mark.parametrize(
    ("ever", "now"), [(EARLY, LATE), ("2023", LATE), (LATE, "2023"), ("2023", "2023"), (None, LATE), (LATE, None)]
)
def test_a_total_that_may_be_older_can_have_grown(ever: str | None, now: str | None) -> None:
    assert now_above_ever(EVER, NOW, e=ever, n=now) == []


def test_the_smallest_of_the_totals_that_hold_is_told() -> None:
    more = [EVER | {"source": "f", "quote": "over 200 countries"}, EVER | {"source": "g", "quote": "50 countries"}]
    [found] = now_above_ever(NOW, EVER, *more, n=EARLY, e="2023-02", f="2024", g="2024")
    assert "e:p1:2" in found.message
    [found] = now_above_ever(NOW, EVER, *more, n=EARLY, e="2022", f="2024", g="2024")
    assert "g:p1:4" in found.message


def test_each_day_with_too_many_is_told() -> None:
    again = NOW | {"source": "m", "quote": "48 countries"}, NOW | {"source": "o", "quote": "49 countries"}
    found = now_above_ever(EVER, NOW, *again, e=LATE, n="2023-02", m="2023-03", o="2023-04")
    assert {one.where for one in found} == {"claim n:p1:2", "claim o:p1:4"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"period": "1963/.."}, True),
        ({"period": "1950/.."}, True),
        ({"quote": "about 50 countries"}, True),
        ({"quote": "about 60 countries"}, False),
        ({"quote": "over 48 countries"}, False),
        ({"quote": "56 countries"}, False),
        ({"period": "2013/.."}, False),  # those that were there before are not in it
        ({"period": "1963/2024"}, False),
        ({"status": "planned"}, False),
        ({"recipient": ["002"]}, False),
        ({"provider": "CN-SN"}, False),
        ({"programme": "covid-19"}, False),
        ({"and_others": True}, False),
        ({"measure": "personnel"}, False),
    ],
    ids=str,
)
def test_only_a_total_of_all_that_ever_was_holds(fields: Document, wrong: bool) -> None:
    assert bool(now_above_ever(EVER | fields, NOW, e=LATE, n=LATE)) == wrong


def test_all_of_a_programme_is_all_that_ever_was_of_it() -> None:
    programme = {"programme": "covid-19"}
    assert len(now_above_ever(EVER | programme, NOW | programme, e=LATE, n=LATE)) == 1


@pytest.mark.parametrize("quote", ["over 47 countries", "at least 48 countries", "about 50 countries"])
def test_what_may_be_as_few_as_ever_were_is_fine(quote: str) -> None:
    assert now_above_ever(EVER, NOW | {"quote": quote}, e=LATE, n=LATE) == []


def test_a_stock_without_a_total_has_nothing_to_be_above() -> None:
    assert now_above_ever(NOW, claim("5 sites", measure="sites"), n=LATE) == []


# What no rule may do


def signs(facts: Facts) -> Counter[tuple[str, str]]:
    """The problems by rule and place. Of claims that are the same, or in a loop, either may be the first."""
    found = checks.run(facts)
    return Counter((one.rule, "" if one.rule in ("duplicate-claim", "replaced-loop") else one.where) for one in found)


@given(st.sampled_from(["treatments", "countries"]).flatmap(worlds))
def test_true_claims_break_no_rule_on_numbers(world: World) -> None:
    rules = ["parts-above-whole", "falling-total", "now-above-ever"]
    assert list(checks.run(facts(*world.claims, **world.sources), rules)) == []


def test_a_store_without_problems_has_none_in_any_order() -> None:
    claims = [
        *(claim(f"{n}00 people", locator=f"p{n}", recipient=[place]) for n, place in enumerate(("BJ", "ML", "DZ"), 1)),
        claim("over 30,000 people", period="1963/.."),
        claim("10th batch", measure="sites"),
        claim("in 1978", measure="first-team", recipient=["BJ"], period="1978"),
        claim("200 people", status="planned", period="2030/.."),
    ]
    loaded = facts(*claims, a={"read": "full"})
    for turn in range(len(claims)):
        assert list(checks.run(loaded.replace(claims=loaded.claims[turn:] + loaded.claims[:turn]))) == []


JUNK = st.sampled_from([None, "", "x", 7, -1, 1.5, True, [], ["x"], ["x", 1], {}, {"day": "2024-01-02"}, "2024/2020"])


@st.composite
def any_stores(draw: Callable[..., Any]) -> Document:
    """Stores of true claims, in which much may be retracted, replaced, disputed, planned, open or undated."""
    world: World = draw(worlds(measure=draw(st.sampled_from(["treatments", "countries", "sites", "personnel"]))))
    claims = []
    for number, one in enumerate(world.claims, 1):
        more: Document = {}
        if draw(st.booleans()):
            more["status"] = draw(st.sampled_from(["done", "planned", "disputed"]))
        if draw(st.integers(0, 4)) == 0:
            more["retracted"] = RETRACTED
        if draw(st.integers(0, 4)) == 0:
            more["period"] = draw(st.sampled_from(["/..", "2030/..", "197X", "2008~/..", "2019/2021"]))
        if draw(st.integers(0, 4)) == 0:
            more["programme"] = draw(st.sampled_from(["any", "inbound", "inbound/pilot/public", "ebola"]))
        claims.append(one | more | {"id": f"c{number}"})
        if number > 1 and draw(st.integers(0, 4)) == 0:
            claims[-1]["replaces"] = f"c{draw(st.integers(1, number))}"
            claims[-1]["note"] = f"not {one['source']}:p1:{number}"
    days = st.sampled_from(["2023-12-31", "2023", "202X", None])
    sources = [
        source(id, issued=draw(days), derived_from=draw(st.sampled_from([None, "s0", "X"]))) for id in world.sources
    ]
    return store_dict(*claims, sources=sources)


@given(any_stores(), st.randoms())
def test_the_order_of_claims_changes_no_problem(document: Document, random: Random) -> None:
    loaded = store.load(cast(Path, InMemory(document)))
    claims = list(loaded.claims)
    random.shuffle(claims)
    assert signs(loaded.replace(claims=tuple(claims))) == signs(loaded)


@given(any_stores())
def test_no_check_fails_on_any_store_that_loads(document: Document) -> None:
    path = cast(Path, InMemory(document))
    assert list(checks.run(store.load(path))) == checks.everything(path)[1]


@given(any_stores(), st.data())
def test_no_check_fails_on_any_store_that_does_not_load(document: Document, data: st.DataObject) -> None:
    document = json.loads(json.dumps(document))  # apart from what stores share
    for _ in range(data.draw(st.integers(1, 3))):
        table = document[data.draw(st.sampled_from(sorted(document)))]
        record = table[data.draw(st.sampled_from(sorted(table)))]
        record[data.draw(st.sampled_from(sorted(record)))] = data.draw(JUNK)
    try:
        found, problems = checks.everything(cast(Path, InMemory(document)))
    except StoreError:
        return
    for problem in problems:
        assert problem.rule in SEVERITIES
        assert problem.severity == SEVERITIES[problem.rule]
        assert problem.message
        assert problem.remedy
    assert len(found.claims) <= len(document["claims"])


def calls_of(task: Callable[[], object]) -> int:
    """How many functions of the package a task calls."""
    count = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and "medaid_cli" in frame.f_code.co_filename

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        task()
    finally:
        sys.setprofile(before)
    return count


def on_one_quantity(count: int) -> Facts:
    """A store of so many claims on one quantity, by sources of many days of which each reprints another."""
    claims = [claim(f"{n + 1} people", source=f"s{n}", note=f"as s{n // 2}:p1:{n // 2 + 1}") for n in range(count)]
    return facts(*claims, **{f"s{n}": reprint(n, count) for n in range(count)})


def reprint(number: int, count: int) -> Document:
    """A source of a day of its own, derived from the next."""
    year, month = divmod(number, 12)
    origin = f"s{number + 1}" if number + 1 < count else "Xinhua"
    return {
        "issued": f"{1700 + year}-{month + 1:02}",
        "derived_from": origin,
        "URL": f"https://{number}",
        "read": "full",
    }


def on_many_quantities(count: int) -> Facts:
    """A store of so many claims of one source, on as many quantities, none in another."""
    fields = [
        {"locator": f"p{n + 1}", "period": f"{1600 + n}", "measure": ("personnel", "sites")[n % 2]}
        for n in range(count)
    ]
    return facts(*(claim(f"{n + 1} people", **more) for n, more in enumerate(fields)), a={"read": "full"})


@pytest.mark.parametrize("make", [on_one_quantity, on_many_quantities])
def test_twice_the_claims_take_about_twice_the_calls(make: Callable[[int], Facts]) -> None:
    small, large = (make(count) for count in (100, 200))
    assert calls_of(lambda: list(checks.run(large))) <= 2.5 * calls_of(lambda: list(checks.run(small)))


def test_a_chain_of_two_thousand_sources_is_followed_once() -> None:
    looked_up: Counter[str | None] = Counter()

    class Links(dict[str, str | None]):
        def __getitem__(self, key: str) -> str | None:
            looked_up[key] += 1
            return super().__getitem__(key)

    assert list(checks.loops(Links({f"{n}": f"{n + 1}" for n in range(2000)}))) == []
    assert set(looked_up.values()) == {1}


def test_two_thousand_claims_on_one_quantity_are_dated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()
    plain = checks.Dated

    def counted(*given: Any) -> checks.Dated:
        made["dated"] += 1
        return plain(*given)

    loaded = facts(*(claim(f"{n + 1} people", source=f"s{n % 50}") for n in range(2000)))
    monkeypatch.setattr(checks, "Dated", counted)
    assert list(checks.run(loaded, ["falling-total"])) == []
    assert made["dated"] == 2000
