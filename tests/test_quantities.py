"""What all claims on one scope say together, and how well they agree."""

from itertools import combinations
from typing import Any

import pytest
from factories import Document, claim, days, facts, found, only, source, told
from hypothesis import given
from hypothesis import strategies as st

from medaid_cli.model import HEDGES
from medaid_cli.periods import days as period_days
from medaid_cli.quantities import Quantity, Relation, origin, quantity, relation, updates, worst_relation
from medaid_cli.scopes import scope_of

APRIL, JUNE, OCTOBER = "2023-04-15", "2023-06-09", "2023-10-20"
SINCE = {"period": "1963/.."}


def pair(first: str, second: str, **fields: Any) -> Quantity:
    """What is printed in April, and what another source prints in October."""
    return only(claim(first, source="a", **fields), claim(second, source="b", **fields), a=APRIL, b=OCTOBER)


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        ("over 30,000", "around 30,000", "agree"),
        ("over 30,000", "32,000", "agree"),
        ("nearly 300 million", "290 million", "agree"),
        ("over 30,000", "45,000", "loose"),
        ("at least 10", "47", "loose"),
        ("up to 50", "30", "loose"),
        ("46", "48", "updated"),
        ("nearly 300 million", "over 300 million", "updated"),
        ("48", "46", "conflict"),
        ("over 30,000", "nearly 30,000", "conflict"),
    ],
)
def test_the_standing_of_two_running_totals(first: str, second: str, standing: str) -> None:
    assert pair(first, second, **SINCE).standing == standing


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [("46", "48", "updated"), ("48", "46", "updated"), ("46", "46", "agree"), ("over 40", "90", "loose")],
)
def test_a_later_stock_updates_also_downwards(first: str, second: str, standing: str) -> None:
    assert pair(first, second, measure="sites").standing == standing


def test_stocks_of_one_day_that_differ_conflict() -> None:
    assert pair("46", "48", measure="sites", period="2022-12-31").standing == "conflict"
    assert pair("46", "46", measure="sites", period="2022-12-31").standing == "agree"


def test_a_stock_without_a_day_may_be_of_any_day() -> None:
    sites = {"measure": "sites"}
    assert (
        only(claim("46", source="a", **sites), claim("48", source="b", **sites), a=None, b=JUNE).standing == "conflict"
    )


def test_a_closed_period_told_twice_is_never_updated() -> None:
    assert pair("46", "48", period="2018/2022").standing == "conflict"


def test_a_closed_period_that_has_not_ended_is_not_updated_either() -> None:
    assert pair("46", "48", period="2018/2030").standing == "conflict"


def test_a_low_figure_told_late_conflicts_with_a_high_one_whatever_lies_between() -> None:
    claims = [claim(quote, source=by, **SINCE) for quote, by in (("5", "c"), ("up to 37", "a"), ("99", "b"))]
    assert worst_relation(only(*claims, a=APRIL, b=JUNE, c=OCTOBER).told) == "conflict"


def test_two_stocks_that_may_be_of_one_day_conflict_also_behind_an_older_one() -> None:
    claims = [claim(quote, source=by, measure="sites") for quote, by in (("5", "a"), ("40", "b"), ("99", "c"))]
    assert only(*claims, a=APRIL, b="2023-06", c="2023-06-30").standing == "conflict"
    assert only(*claims, a=APRIL, b=JUNE, c="2023-06-30").standing == "updated"


def test_a_total_is_not_updated_where_the_order_is_not_certain() -> None:
    both = (claim("46", source="a", **SINCE), claim("48", source="b", **SINCE))
    assert only(*both, a="2023", b=OCTOBER).standing == "conflict"
    assert only(*both, a=None, b=OCTOBER).standing == "conflict"
    assert only(*both, a="2022", b="2023-10").standing == "updated"


def test_one_source_is_single_unless_its_own_figures_conflict() -> None:
    assert only(claim("over 30,000"), claim("around 30,000")).standing == "single"
    assert only(claim("over 30,000"), claim("45,000")).standing == "single"
    assert only(claim("46")).standing == "single"
    assert only(claim("46"), claim("48")).standing == "conflict"


def test_the_standing_is_the_worst_of_all_pairs() -> None:
    claims = [
        claim(quote, source=by, **SINCE) for quote, by in (("38 teams", "a"), ("37 teams", "b"), ("38 teams", "c"))
    ]
    teams = only(*claims, a=APRIL, b=JUNE, c=OCTOBER)
    assert (teams.standing, teams.interval) == ("conflict", (38, 38))


def test_a_running_total_has_the_largest_low_and_the_smallest_high_of_the_latest_day() -> None:
    def latest(*more: str) -> Quantity:
        claims = [claim(quote, source=by, **SINCE) for quote, by in (("290 million", "a"), ("over 280 million", "b"))]
        return only(*claims, *(claim(quote, source="c", **SINCE) for quote in more), a=APRIL, b=JUNE, c=OCTOBER)

    assert latest("nearly 300 million", "300 million").interval == (285_000_000, 299_999_999)
    assert latest().interval == (285_000_000, None)


def test_an_upper_bound_does_not_outlive_its_day() -> None:
    assert pair("around 30,000", "over 29,000", **SINCE).interval == (29_001, None)
    assert pair("over 29,000", "around 30,000", **SINCE).interval == (29_001, 33_000)


def test_a_stock_has_both_bounds_from_the_latest_day() -> None:
    assert pair("over 100", "56", measure="sites").interval == (56, 56)
    assert pair("56", "over 40", measure="sites").interval == (41, None)


def test_a_contradiction_is_shown_as_the_hull() -> None:
    assert pair("48", "46", **SINCE).interval == (46, 48)
    assert pair("over 48", "46", **SINCE).interval == (46, None)


def test_the_hull_depends_on_what_is_said_not_on_the_ids() -> None:
    wide, narrow = claim("15 to 15", id="1", value=20, hedge="at-most"), claim("20", id="2")
    high = claim("30", id="3")
    swapped = (wide | {"id": "2"}, narrow | {"id": "1"})
    assert only(wide, narrow, high).interval == only(*swapped, high).interval == (0, 30)


def test_the_hull_has_no_upper_bound_where_one_of_the_highest_has_none() -> None:
    for first, second in (("30", "at least 30"), ("at least 30", "30")):
        claims = [claim(quote, source=by, **SINCE) for quote, by in ((first, "a"), (second, "a"), ("20", "b"))]
        assert only(*claims, a=APRIL, b=OCTOBER).interval == (20, None)


def test_events_that_may_be_of_one_day_agree_and_share_their_days() -> None:
    first: Document = {"measure": "first-team", "recipient": ["DZ"]}
    both = only(
        claim("in 1963", source="a", period="1963", **first),
        claim("on April 6, 1963", source="b", period="1963-04-06", **first),
    )
    assert (both.standing, both.days) == ("agree", days("1963-04-06").replace(text="1963"))  # type: ignore[union-attr]
    assert both.interval is None


def test_events_of_different_days_conflict_and_show_all_days() -> None:
    first: Document = {"measure": "first-team", "recipient": ["DZ"]}
    both = only(claim("a", source="a", period="1963", **first), claim("b", source="b", period="1965-03", **first))
    assert (both.standing, both.days) == ("conflict", period_days("1963", "1963-01-01", "1965-03-31"))


def test_an_event_without_a_date_contradicts_nothing() -> None:
    first: Document = {"measure": "first-team", "recipient": ["DZ"]}
    assert only(claim("a", **first)).days is None
    both = only(claim("a", source="a", **first), claim("b", source="b", period="1965-03", **first))
    assert (both.standing, both.days) == ("agree", days("1965-03").replace(text="1965"))  # type: ignore[union-attr]
    undated, dated = told(claim("a", **first), claim("b", period="1965", **first))
    assert relation(undated, dated) == relation(dated, undated) == "agree"


def test_reprints_of_one_source_are_one_origin() -> None:
    claims = [claim("46", source=by) for by in "abc"]
    one = only(*claims, a=source(derived_from="b"), b=source("b", derived_from="c"), c=APRIL)
    assert (one.sources, one.origins) == (3, frozenset({"c"}))
    assert only(*claims).origins == {"a", "b", "c"}


def test_an_agency_is_an_origin_without_being_a_source() -> None:
    one = only(
        *(claim("46", source=by) for by in "ab"), a=source(derived_from="Xinhua"), b=source("b", derived_from="Xinhua")
    )
    assert (one.sources, one.origins) == (2, frozenset({"Xinhua"}))


def test_sources_that_derive_from_each_other_end_the_search() -> None:
    loaded = facts(a=source(derived_from="b"), b=source("b", derived_from="a"))
    assert [origin(id, loaded) for id in "ab"] == ["a", "b"]


def test_claims_are_told_by_day_and_unknown_days_come_first() -> None:
    claims = [claim("46", source=by) for by in "abc"]
    one = only(*claims, a=OCTOBER, b=None, c=APRIL)
    assert one.claims == ["b:p1:2", "c:p1:3", "a:p1:1"]
    assert one.as_of == days(OCTOBER)


def test_claims_without_a_number_neither_agree_nor_update() -> None:
    number, other = told(claim("46", source="a", **SINCE), claim("48", source="b", **SINCE), a=APRIL, b=OCTOBER)
    bare = number.replace(interval=None, likely=None)
    assert relation(bare, other) == relation(other, bare) == "agree"
    assert updates(number, other)
    assert not updates(bare, other)


# What follows holds for any claims at all.

DAYS = {"a": "2022", "b": "2023-04-15", "c": "2023-06", "d": None, "e": "2023-06-30"}


totals = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(("personnel", "countries")),
        "period": st.sampled_from(("/..", "1963/..", "1978/..", "1975/..", "197X/..", "1963/2020")),
        "programme": st.sampled_from(("any", "medical-teams")),
    }
)
stocks = st.just({"measure": "sites"})
events = st.fixed_dictionaries({"measure": st.sampled_from(("first-team", "event"))})
places = st.fixed_dictionaries({"recipient": st.sampled_from((["001"], ["BJ"], ["ML"], ["BJ", "ML"]))})
scopes = st.builds(dict[str, Any].__or__, places, totals | stocks | events)

# What sources tell of a scope: numbers that agree, that are close, and that differ by far.
numbers = st.fixed_dictionaries(
    {
        "source": st.sampled_from(sorted(DAYS)),
        "value": st.sampled_from((0, 5, 37, 38, 40, 99, 100, 30_000, 30_500, 45_000)),
        "hedge": st.sampled_from(("exact", *HEDGES)),
    }
)
dates = st.fixed_dictionaries({"period": st.sampled_from(("/..", "197X", "1978", "1978-05", "1975~", "1974/.."))})
stock_days = st.fixed_dictionaries({}, optional={"period": st.sampled_from(("2022", "2023-05-01"))})


def on(scope: dict[str, Any]) -> st.SearchStrategy[Document]:
    """Claims on one scope."""
    if scope["measure"] in ("first-team", "event"):
        bare = {"value": None, "hedge": None}
        return st.builds(lambda number, day: claim(**(scope | number | bare | day)), numbers, dates)
    if scope["measure"] == "sites":
        return st.builds(lambda number, day: claim(**(scope | number | day)), numbers, stock_days)
    return numbers.map(lambda number: claim(**(scope | number)))


# Few scopes, so that several claims tell of each; first teams among them, since starts are inferred from these.
FIRST = {"measure": "first-team", "recipient": ["BJ"]}
documents = scopes.flatmap(on)
on_few_scopes = st.lists(scopes, min_size=1, max_size=2).flatmap(
    lambda few: st.lists(st.one_of(*map(on, [*few, *few, FIRST])), min_size=1, max_size=8)
)


def said(claims: list[Document]) -> dict[object, object]:
    """All that the quantities say, without the names of claims."""

    def numbers(one: Quantity) -> tuple[object, ...]:
        day = one.as_of and (one.as_of.earliest, one.as_of.latest)
        return one.interval, one.days, one.standing, day, one.sources, one.origins

    return {one.scope: numbers(one) for one in found(*claims, **DAYS)}


@given(on_few_scopes, st.randoms(use_true_random=False))
def test_the_order_of_entry_changes_nothing(claims: list[Document], random: Any) -> None:
    shuffled = random.sample(claims, len(claims))
    assert said(shuffled) == said(claims)
    assert list(said(shuffled)) == list(said(claims))


@given(on_few_scopes, st.data())
def test_repeating_a_claim_under_another_id_changes_nothing(claims: list[Document], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(claims)))
    again = data.draw(st.sampled_from(claims))
    assert said([*claims[:at], again, *claims[at:]]) == said(claims)


@given(on_few_scopes, on_few_scopes.map(lambda claims: claims[0]) | documents)
def test_a_claim_that_contradicts_nothing_never_lowers_a_total(claims: list[Document], more: Document) -> None:
    before = {one.scope: one for one in found(*claims, **DAYS)}
    for one in found(*claims, more, **DAYS):
        if one.told[0].kind == "total" and one.standing != "conflict" and one.scope in before:
            old = before[one.scope].interval
            assert one.interval
            assert old
            assert one.interval.low >= old.low


@given(on_few_scopes)
def test_the_standing_is_the_worst_relation_of_any_two(claims: list[Document]) -> None:
    order: tuple[Relation, ...] = ("agree", "loose", "updated", "conflict")
    for one in found(*claims, **DAYS):
        pairs = [relation(a, b) for a, b in combinations(one.told, 2)]
        assert worst_relation(one.told) == max(pairs, key=order.index, default="agree")


@given(on_few_scopes)
def test_relations_are_mutual_and_every_claim_agrees_with_itself(claims: list[Document]) -> None:
    for one in found(*claims, **DAYS):
        for a in one.told:
            assert relation(a, a) == "agree"
            for b in one.told:
                assert relation(a, b) == relation(b, a)


@given(on_few_scopes)
def test_no_total_says_less_than_its_surest_claim_unless_they_conflict(claims: list[Document]) -> None:
    for one in found(*claims, **DAYS):
        if one.told[0].kind == "total" and one.standing != "conflict":
            assert one.interval
            assert one.interval.low == max(each.interval.low for each in one.told if each.interval)
            assert one.interval.high is None or one.interval.low <= one.interval.high


def test_a_quantity_is_made_of_its_claims() -> None:
    loaded = facts(claim("46"))
    [one] = told(claim("46"))
    assert quantity(scope_of(one, loaded), [one], loaded).claims == ["a:p1:1"]
