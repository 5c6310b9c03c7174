"""No total is ever too large: properties on worlds whose truth is known, then the rules one by one."""

from itertools import combinations
from typing import Any

import pytest
from factories import Document, claim, facts
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import YEARS, World, count, matching, true_claims, worlds

from medaid_cli import packing, query
from medaid_cli.containment import apart
from medaid_cli.model import Facts
from medaid_cli.packing import Item, heaviest
from medaid_cli.query import Filter, Selection, select
from medaid_cli.reports.countries import countries
from medaid_cli.reports.lines import line_row
from medaid_cli.tallies import Line, measure_lines

EVERYTHING = {"recipient": ["001"], "provider": "CN", "programme": "any", "period": "/.."}


def lines_of(loaded: Facts, wanted: Filter) -> dict[str, Line]:
    chosen: Selection = select(loaded, wanted)
    return {line.measure.id: line for line in measure_lines(chosen, wanted, loaded)}


def line_of(world: World, wanted: Filter = Filter(), measure: str = "treatments") -> Line:
    return lines_of(facts(*world.claims, **world.sources), wanted)[measure]


def numbers(line: Line) -> tuple[Any, ...]:
    """All that a total says, but for the names of its claims."""
    whole = line.total
    assert whole is not None
    rows = [(nest.quantity.scope, nest.quantity.interval, [part.scope for part in nest.parts]) for nest in whole.nests]
    basis = [(part.quantity.scope, part.low) for part in whole.basis]
    return whole.bounds, whole.standing, whole.as_of, basis, rows, whole.checks


@pytest.mark.parametrize("measure", ["treatments", "countries"])
@given(data=st.data())
def test_the_low_is_never_above_the_truth_and_the_high_never_below_it(measure: str, data: st.DataObject) -> None:
    world = data.draw(worlds(measure, least=3))
    since = data.draw(st.sampled_from([None, *YEARS]))
    found = lines_of(facts(*world.claims, **world.sources), Filter(since=since)).get(measure)
    if found is None or found.total is None:
        return
    scope = EVERYTHING | {"period": f"{since or ''}/..", "programme": found.total.target.programme}
    truth = count(matching(world.events, scope, max(YEARS)), measure)
    bounds = found.total.bounds
    assert bounds is not None, found.total.checks  # true claims never contradict each other
    assert bounds.low <= truth
    if bounds.high is not None:
        assert found.total.as_of is not None
        by_then = count(matching(world.events, scope, int(found.total.as_of.latest[:4])), measure)
        assert bounds.low <= by_then <= bounds.high


@given(data=st.data())
def test_a_country_is_bounded_as_the_world_is(data: st.DataObject) -> None:
    world = data.draw(worlds(least=3))
    place = data.draw(st.sampled_from(["BJ", "ML", "DZ"]))
    found = lines_of(facts(*world.claims, **world.sources), Filter(country=(place,))).get("treatments")
    if found is None or found.total is None:
        return
    truth = count(matching(world.events, EVERYTHING | {"recipient": [place]}, max(YEARS)), "treatments")
    assert found.total.bounds is not None
    assert found.total.bounds.low <= truth


@given(data=st.data())
def test_order_and_repetition_change_nothing(data: st.DataObject) -> None:
    world = data.draw(worlds(least=3))
    again = [{**one, "locator": "p2"} for one in data.draw(st.lists(st.sampled_from(world.claims), max_size=3))]
    shuffled = data.draw(st.permutations([*world.claims, *again]))
    assert numbers(line_of(world)) == numbers(line_of(world._replace(claims=shuffled)))


@given(data=st.data())
def test_claims_that_do_not_count_change_nothing(data: st.DataObject) -> None:
    world = data.draw(worlds(least=3))
    base = {**claim("999 people", source="s0"), "measure": "treatments", "value": 10**9, "hedge": "at-least"}
    away = [
        {**base, "status": "planned"},
        {**base, "status": "disputed"},
        {**base, "retracted": {"day": "2024-01-01", "reason": "misread"}},
        {**base, "id": "replaced"},
        {**base, "measure": "activity", "value": None, "hedge": None, "replaces": "replaced"},
        {**base, "programme": "inbound"},
    ]
    assert numbers(line_of(world)) == numbers(line_of(world._replace(claims=[*world.claims, *away])))


@given(data=st.data())
def test_another_true_claim_never_lowers_the_low(data: st.DataObject) -> None:
    world = data.draw(worlds(least=3))
    more = data.draw(true_claims(world.events, world.sources, "treatments"))
    before, after = line_of(world).total, line_of(world._replace(claims=[*world.claims, more])).total
    assert before and after and before.bounds and after.bounds
    assert before.bounds.low <= after.bounds.low


def brute_force(items: list[Item], loaded: Facts) -> int:
    """The heaviest pairwise apart set, by looking at every set."""
    best = 0
    for size in range(len(items) + 1):
        for some in combinations(items, size):
            if all(apart(a.extent, b.extent, loaded) for a, b in combinations(some, 2)):
                best = max(best, sum(item.weight for item in some))
    return best


def items_of(world: World) -> tuple[list[Item], Facts]:
    """What the world's claims are packed from, one item a claim."""
    from medaid_cli.containment import extent
    from medaid_cli.quantities import quantities

    loaded = facts(*world.claims, **world.sources)
    found = quantities(query.inside(select(loaded, Filter()), loaded), loaded)
    return [
        Item(at, one.interval.low if one.interval else 0, extent(one, loaded)) for at, one in enumerate(found)
    ], loaded


@settings(max_examples=60)
@given(world=worlds(least=6, most=12))
def test_the_heaviest_set_equals_brute_force(world: World) -> None:
    items, loaded = items_of(world)
    chosen = heaviest(items, loaded)
    assert sum(item.weight for item in chosen) == brute_force(items, loaded)
    assert all(apart(a.extent, b.extent, loaded) for a, b in combinations(chosen, 2))


@settings(max_examples=60)
@given(world=worlds(least=6, most=12), data=st.data())
def test_beyond_the_exact_size_the_set_is_still_apart_and_the_same_in_any_order(
    world: World, data: st.DataObject
) -> None:
    items, loaded = items_of(world)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "EXACT", 2)
        chosen = heaviest(items, loaded)
        assert heaviest(data.draw(st.permutations(items)), loaded) == chosen
    assert all(apart(a.extent, b.extent, loaded) for a, b in combinations(chosen, 2))
    assert sum(item.weight for item in chosen) <= brute_force(items, loaded)


def total_row(
    *claims: Document, wanted: Filter = Filter(), measure: str = "treatments", **sources: Any
) -> dict[str, Any]:
    loaded = facts(*claims, **sources)
    return line_row(lines_of(loaded, wanted)[measure], loaded)


def patients(quote: str, **fields: Any) -> Document:
    return claim(quote, measure="treatments", **fields)


def test_countries_apart_add_up_and_the_world_over_them_does_not() -> None:
    row = total_row(patients("30 people", recipient=["BJ"]), patients("12 people", recipient=["ML"]))
    assert (row["low"], row["high"], row["basis"]) == (42, None, ["a:p1:1", "a:p1:2"])
    row = total_row(
        patients("100 people", period="1963/.."),
        patients("30 people", recipient=["BJ"]),
        patients("12 people", recipient=["ML"]),
    )
    assert (row["low"], row["high"]) == (100, 100)
    assert [len(one["of_which"]) for one in row["rows"]] == [2]


def test_a_list_that_goes_on_is_apart_from_nothing_by_its_places() -> None:
    row = total_row(patients("30 people", recipient=["BJ"], and_others=True), patients("12 people", recipient=["ML"]))
    assert row["low"] == 30


def test_codes_for_one_place_are_never_added() -> None:
    row = total_row(patients("30 people", recipient=["CN-HK"]), patients("12 people", recipient=["HK"]))
    assert row["low"] == 30
    row = total_row(patients("30 people", recipient=["CN"]), patients("12 people", recipient=["HK"]))
    assert row["low"] == 30


def test_provinces_are_apart_and_the_whole_country_is_not() -> None:
    row = total_row(patients("30 people", provider="CN-SN"), patients("12 people", provider="CN-SX"))
    assert row["low"] == 42
    row = total_row(patients("30 people", provider="CN-SN"), patients("12 people", provider="CN", recipient=["BJ"]))
    assert row["low"] == 30


def test_programmes_are_apart_only_where_they_exclude_each_other() -> None:
    row = total_row(patients("30 people", programme="ebola"), patients("12 people", programme="training"))
    assert row["low"] == 30
    inbound = Filter(programme=("inbound",))
    pair = [
        patients("30 people", programme="inbound/pilot/public"),
        patients("12 people", programme="inbound/pilot/private"),
    ]
    row = total_row(*pair, wanted=inbound)
    assert (row["low"], row["high"]) == (42, 42)  # all exclusive children are there: their highs add up too
    row = total_row(pair[0], patients("over 12 people", programme="inbound/pilot/private"), wanted=inbound)
    assert (row["low"], row["high"]) == (43, None)


def test_times_are_apart_only_if_one_ends_before_the_other_starts() -> None:
    first = patients("30 people", recipient=["BJ"], period="2010/2012")
    assert total_row(first, patients("12 people", recipient=["BJ"], period="2013/2014"))["low"] == 42
    assert total_row(first, patients("12 people", recipient=["BJ"], period="2012/2014"))["low"] == 30
    assert total_row(first, patients("12 people", recipient=["BJ"], period="/2014"))["low"] == 30


def test_a_later_figure_does_not_take_back_what_was_apart_before() -> None:
    early = patients("100 people", recipient=["BJ"], period="2000/..", source="early")
    late = patients("over 80 people", recipient=["BJ"], period="2000/..", source="late")
    since = patients("50 people", recipient=["BJ"], period="2010/..", source="late")
    assert total_row(early, late, since, early="2005", late="2020")["low"] == 150


def test_distinct_things_are_apart_by_place_alone() -> None:
    def countries(quote: str, **fields: Any) -> Document:
        return claim(quote, measure="countries", **fields)

    apart_in_time = [countries("5 countries", period="2010/2012"), countries("7 countries", period="2013/2014")]
    assert total_row(*apart_in_time, measure="countries")["low"] == 7
    apart_by_place = [countries("5 countries", recipient=["002"]), countries("7 countries", recipient=["142"])]
    assert total_row(*apart_by_place, measure="countries")["low"] == 12


def test_countries_named_count_where_they_are_more_than_any_figure() -> None:
    named = [claim("helped", measure="activity", recipient=[code]) for code in ("BJ", "ML", "DZ")]
    row = total_row(claim("over 1 country", measure="countries"), *named, measure="countries")
    assert (row["low"], row["high"], row["basis"]) == (3, None, [])
    row = total_row(claim("2 countries", measure="countries"), *named, measure="countries")
    assert (row["low"], row["high"], row["standing"]) == (None, None, "conflict")
    planned = [{**one, "status": "planned"} for one in named]
    assert total_row(claim("2 countries", measure="countries"), *planned, measure="countries")["low"] == 2


def test_countries_named_count_also_when_only_their_number_is_asked_for() -> None:
    named = [claim("helped", measure="activity", recipient=[code]) for code in ("BJ", "ML", "DZ")]
    row = total_row(
        claim("over 1 country", measure="countries"), *named, wanted=Filter(measure=("countries",)), measure="countries"
    )
    assert row["low"] == 3


def test_stocks_of_two_days_are_never_added() -> None:
    def sites(quote: str, place: str, day: str) -> Document:
        return claim(quote, measure="sites", recipient=[place], period=day)

    assert (
        total_row(sites("5 sites", "BJ", "2020-01-01"), sites("7 sites", "ML", "2021-01-01"), measure="sites")["low"]
        == 7
    )
    assert (
        total_row(sites("5 sites", "BJ", "2020-01-01"), sites("7 sites", "ML", "2020-01-01"), measure="sites")["low"]
        == 12
    )
    assert total_row(sites("5 sites", "BJ", "2020"), sites("7 sites", "ML", "2020"), measure="sites")["low"] == 7


def test_parts_above_their_whole_leave_no_total_and_say_so() -> None:
    row = total_row(
        patients("40 people"), patients("30 people", recipient=["BJ"]), patients("12 people", recipient=["ML"])
    )
    assert (row["low"], row["high"], row["text"], row["standing"]) == (None, None, None, "conflict")
    assert [check["ok"] for check in row["checks"]].count(False) >= 1
    assert "parts of 42 in a whole of" in row["checks"][0]["text"]


def test_a_row_below_its_own_parts_leaves_no_total_either() -> None:
    def since(quote: str, place: str, **fields: Any) -> Document:
        return patients(quote, recipient=[place], period="1963/..", **fields)

    africa, asia = since("40 people", "002"), since("9,999 people", "142")
    one_part, two_parts = [since("41 people", "BJ")], [since("30 people", place) for place in ("BJ", "ML")]
    for parts, told in ((one_part, 41), (two_parts, 60)):
        row = total_row(africa, asia, *parts)
        assert (row["low"], row["standing"]) == (None, "conflict")
        assert [f"parts of {told} in a whole of 40" in check["text"] for check in row["checks"]] == [True]
        assert not row["checks"][0]["ok"]
    overlapping = [since("30 people", "BJ"), since("20 people", "BJ", programme="training")]
    row = total_row(africa, asia, *overlapping)  # 50 if they were added, but they may be the same people
    assert (row["low"], {check["ok"] for check in row["checks"]}) == (10_039, {True})


def test_a_contradiction_below_a_row_is_not_passed_over() -> None:
    def since(quote: str, place: str) -> Document:
        return patients(quote, recipient=[place], period="1963/..")

    row = total_row(since("9,999 people", "001"), since("40 people", "002"), since("41 people", "BJ"))
    assert (row["low"], row["standing"]) == (None, "conflict")
    assert [check["ok"] for check in row["checks"]] == [True, False]
    assert [len(one["of_which"]) for one in row["rows"]] == [2]


def test_parts_above_what_a_whole_suggests_leave_the_total_with_a_warning() -> None:
    row = total_row(patients("over 30,000 people", period="1963/.."), patients("40,001 people", recipient=["BJ"]))
    assert (row["low"], row["high"]) == (40001, None)
    assert [(check["ok"], "more than it suggests" in check["text"]) for check in row["checks"]] == [(True, True)]


def test_parts_told_after_the_whole_do_not_contradict_it_but_take_its_high_away() -> None:
    whole, part = patients("40 people", source="early"), patients("42 people", recipient=["BJ"], source="late")
    row = total_row(whole, part, early="2010", late="2020")
    assert (row["low"], row["high"]) == (42, None)


def test_the_high_is_that_of_the_latest_covering_figure() -> None:
    early, late = patients("40 people", source="early"), patients("50 people", source="late")
    assert total_row(early, late, early="2010", late="2020")["high"] == 50
    assert total_row(early, {**late, "quote": "over 50 people"}, early="2010", late="2020")["high"] is None
    assert (
        total_row(early, {**late, "programme": "training"}, early="2010", late="2020")["high"] is None
    )  # 50 is above 40


def test_the_window_leaves_out_with_a_reason() -> None:
    since = patients("30 people", period="2010/..")
    unstated = patients("40 people")
    row = total_row(since, unstated, patients("9 people", period="2000/.."), wanted=Filter(since=2005))
    assert row["low"] == 30
    assert [(one["claim"], one["reason"]) for one in row["left_out"]] == [
        ("a:p1:2", "start not stated"),
        ("a:p1:3", "starts in 2000, before 2005"),
    ]


def test_what_is_also_of_others_is_no_part_of_one_country() -> None:
    both = patients("30 people", recipient=["BJ", "ML"])
    open_list = patients("20 people", recipient=["BJ"], and_others=True)
    row = total_row(both, open_list, patients("12 people", recipient=["BJ"]), wanted=Filter(country=("BJ",)))
    assert (row["low"], row["high"]) == (12, 12)
    assert [one["reason"] for one in row["left_out"]] == ["also of other recipients", "its list of recipients goes on"]


def test_what_another_provider_gave_is_left_out_unless_asked_for() -> None:
    other = patients("30 people", provider="DZ")
    row = total_row(other, patients("12 people"))
    assert (row["low"], [one["reason"] for one in row["left_out"]]) == (12, ["by another provider"])
    assert total_row(other, patients("12 people"), wanted=Filter(provider=("DZ",)))["low"] == 30


def test_fewer_than_something_gives_a_total_from_nothing() -> None:
    row = total_row(patients("fewer than 50 people"))
    assert (row["low"], row["high"], row["basis"]) == (0, 49, ["a:p1:1"])


def test_an_undated_figure_counts_but_is_apart_from_nothing_in_time() -> None:
    undated = patients("100 people", recipient=["BJ"], period="2000/..", source="undated")
    later = patients("50 people", recipient=["BJ"], period="2010/..", source="late")
    row = total_row(undated, later, undated=None, late="2020")
    assert (row["low"], row["high"]) == (100, None)


def test_the_largest_of_undated_figures_counts_beside_dated_ones() -> None:
    dated = [patients("over 50 people", source="old"), patients("over 60 people", source="new")]
    undated = patients("over 70 people", source="undated")
    assert total_row(*dated, undated, old="2010", new="2020", undated=None)["low"] == 71
    assert total_row(*dated, undated | {"quote": "over 55 people"}, old="2010", new="2020", undated=None)["low"] == 61


def test_nothing_is_inside_a_whole_whose_start_is_not_stated() -> None:
    from medaid_cli.containment import extent, inside

    loaded = facts(patients("90 people"), patients("30 people", recipient=["BJ"], period="1963/.."))
    part, whole = (extent(quantity, loaded) for quantity in lines_of(loaded, Filter())["treatments"].found)
    assert not inside(part, whole, loaded)
    assert inside(part, whole.replace(year=1963), loaded)


def test_what_never_adds_up_does_not_even_where_apart() -> None:
    from medaid_cli.containment import extent

    loaded = facts(patients("30 people", recipient=["BJ"]), patients("12 people", recipient=["DZ"]))
    line = lines_of(loaded, Filter())["treatments"]
    one, other = (extent(quantity, loaded) for quantity in line.found)
    assert apart(one, other, loaded)
    assert not apart(one.replace(adds="none"), other.replace(adds="none"), loaded)


def test_stocks_of_one_day_lie_inside_each_other() -> None:
    def sites(quote: str, place: str, day: str) -> Document:
        return claim(quote, measure="sites", recipient=[place], period=day)

    row = total_row(sites("115 sites", "001", "2020-01-01"), sites("5 sites", "BJ", "2020-01-01"), measure="sites")
    assert [(one["low"], len(one["of_which"])) for one in row["rows"]] == [(115, 1)]
    row = total_row(sites("115 sites", "001", "2020-01-01"), sites("5 sites", "BJ", "2021-01-01"), measure="sites")
    assert len(row["rows"]) == 2


def test_a_start_that_is_not_stated_is_inside_only_what_starts_at_the_epoch() -> None:
    unstated = patients("30 people", recipient=["BJ"])
    for start, parts in (("1963", 1), ("1964", 0), ("", 0)):
        row = total_row(patients("90 people", period=f"{start}/.."), unstated)
        assert [len(one["of_which"]) for one in row["rows"] if one["low"] == 90] == [parts]


def test_what_starts_later_covers_nothing_that_is_asked_for_from_the_start() -> None:
    assert total_row(patients("30 people", period="2010/.."))["high"] is None
    assert total_row(patients("30 people", period="2010/.."), wanted=Filter(since=2010))["high"] == 30
    unstated = patients("30 people", recipient=["BJ"])
    both = [unstated, patients("20 people", recipient=["BJ"], period="1970/..")]
    assert total_row(*both, wanted=Filter(country=("BJ",)))["high"] is None
    assert total_row(unstated, wanted=Filter(country=("BJ",)))["high"] == 30


def test_forty_years_in_a_row_add_up_beyond_the_exact_size() -> None:
    years = [patients("10 people", recipient=["BJ"], period=f"{year}/{year}") for year in range(1970, 2010)]
    decades = [
        patients("over 30 people", recipient=["BJ"], period=f"{year}/{year + 9}") for year in range(1970, 2010, 10)
    ]
    undated = patients("11 people", recipient=["BJ"], period="1990/..", source="undated")
    assert total_row(*years, *decades, undated, a="2020", undated=None)["low"] == 400


def test_what_spans_branches_is_weighed_against_their_sum_beyond_the_exact_size() -> None:
    provinces = [
        patients("10 people", recipient=[place], provider=provider, period=f"{year}/{year}")
        for place in ("BJ", "ML", "DZ")
        for provider in ("CN-SN", "CN-SX")
        for year in range(2000, 2006)
    ]
    assert total_row(*provinces)["low"] == 360
    world = patients("300 people", period="1963/..")
    assert total_row(*provinces, world | {"quote": "over 400 people"})["low"] == 401
    before = patients("50 people", period="1980/1990")  # of all the world, but over before the rest began
    assert total_row(*provinces, before)["low"] == 410


def test_without_all_that_is_behind_the_first_contradiction_is_enough() -> None:
    def since(quote: str, place: str) -> Document:
        return patients(quote, recipient=[place], period="1963/..")

    pairs = [since("40 people", "002"), since("41 people", "BJ"), since("50 people", "142"), since("51 people", "HK")]
    loaded = facts(*pairs)
    chosen = select(loaded, Filter())
    whole = {full: next(iter(measure_lines(chosen, Filter(), loaded, full=full))).total for full in (True, False)}
    assert [len(one.checks) if one else 0 for one in whole.values()] == [2, 1]
    assert {one.bounds if one else 0 for one in whole.values()} == {None}


@given(data=st.data())
def test_without_all_that_is_behind_the_total_is_the_same_and_only_what_has_parts_is_nested(
    data: st.DataObject,
) -> None:
    world = data.draw(worlds(least=2))
    loaded = facts(*world.claims, **world.sources)
    chosen = select(loaded, Filter())
    whole, short = ([*measure_lines(chosen, Filter(), loaded, full=full)] for full in (True, False))
    assert [one.replace(total=None) for one in whole] == [one.replace(total=None) for one in short]
    for one, other in ((line.total, short[at].total) for at, line in enumerate(whole)):
        assert (one is None) == (other is None)
        if one and other:
            assert one.replace(nests=(), checks=()) == other.replace(nests=(), checks=())
            assert [nest for nest in one.nests if nest.parts] == [nest for nest in other.nests if nest.parts]
            assert len(other.nests) == 1 or all(nest.parts for nest in other.nests)
            assert all(check.ok for check in one.checks) == all(check.ok for check in other.checks)


def test_a_country_named_in_another_programme_is_not_one_of_those_counted() -> None:
    count = claim("over 2 countries", measure="countries", programme="medical-teams")
    loaded = facts(count, claim("9 people", recipient=["BJ"], programme="training"))
    [line] = [one for one in measure_lines(select(loaded, Filter()), Filter(), loaded) if one.measure.id == "countries"]
    assert line.total
    assert (line.total.bounds, line.total.named) == ((3, None), ())


def test_what_is_told_of_a_country_bounds_it_only_from_the_earliest_told_there() -> None:
    visit = patients("346 people", recipient=["BJ"], period="2023-04/2023-05")
    team = claim("1997", measure="first-team", value=None, hedge=None, recipient=["BJ"], period="1997")
    sent = claim("5 people", measure="personnel", recipient=["BJ"], period="2001/2002")
    wanted = Filter(country=("BJ",))

    def bounds(*claims: Document, asked: Filter = wanted) -> tuple[int, int | None]:
        loaded = facts(*claims)
        [row] = [line_row(one, loaded) for one in lines_of(loaded, asked).values() if one.measure.id == "treatments"]
        shown = {one["code"]: one["treatments"] for one in countries(loaded, asked).rows}["BJ"]
        assert (shown["low"], shown["high"]) == (row["low"], row["high"])
        return row["low"], row["high"]

    assert bounds(visit) == (346, 346)
    assert bounds(visit, team) == (346, None)
    assert bounds(visit, sent) == (346, None)
    assert bounds(visit, {**sent, "recipient": ["BJ", "ML"]}) == (346, 346)
    assert bounds(visit, {**team, "status": "planned"}) == (346, 346)
    assert bounds(visit, {**team, "programme": "inbound"}) == (346, 346)
    assert bounds(visit, team, asked=wanted.replace(since=2023)) == (346, 346)
    assert bounds(visit, {**visit, "quote": "400 people", "period": "1997/.."}, team)[1] == 400


def test_a_region_is_no_country_named_one_by_one() -> None:
    row = total_row(patients("47 people", recipient=["BJ", "017"]), patients("3 people", recipient=["ML"]))
    assert row["named"] == {"countries": 1, "low": 3, "share": 3 / 50}


def test_a_warning_names_the_figure_that_parts_exceed() -> None:
    wide = [patients(words, source=name) for words, name in (("over 800 people", "a"), ("over 500 people", "b"))]
    wide = [one | {"period": "1963/.."} for one in wide]
    row = total_row(*wide, patients("670 people", recipient=["BJ"]))
    assert [check["text"].partition("parts of ")[2] for check in row["checks"]] == [
        "670 in a whole of over 800, more than over 500 suggests"
    ]
