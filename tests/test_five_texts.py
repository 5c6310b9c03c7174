"""The totals of the five texts, worked out by hand from the rules: one line of reasoning for each.

If data is added these change; each change must be worked out by hand again.
"""

from typing import Any

import pytest

from medaid_cli.model import Facts
from medaid_cli.query import Filter, select
from medaid_cli.reports.country import country
from medaid_cli.reports.lines import line_row
from medaid_cli.reports.stats import stats
from medaid_cli.tallies import measure_lines

NONE = (None, None, None)

SINCE_1963 = {
    # "over 30,000"; Shaanxi's 1,200 and Benin's 616 are of these, Ebola's 1,200 may be; nothing covers all aid: no high
    "personnel": (30_001, None, "agree"),
    # Shaanxi's 47; the tenth batch in Malawi may be one of them
    "batches": (47, None, "single"),
    # 38 in April, 37 in June, 38 in October: falls, then a later figure; all three cover COVID-19 experts since 2020
    "teams": (38, 38, "conflict"),
    # 290 million is at least 285 million; ship and Ebola may be among the medical teams', so the whole has no high
    "treatments": (285_000_000, None, "agree"),
    # Benin's "some 75,000"; nothing is told of the world; the 200 are planned
    "operations": (74_000, None, "single"),
    # "over 100,000" by medical teams since 1963*; "nearly 100,000" since 2013, 12,000 against Ebola may be among them
    "trained": (100_001, None, "single"),
    # Malta's, start unstated, which counts from the epoch
    "sessions": (11, None, "single"),
    "facilities": (131, None, "single"),  # "over 130"
    # 46 in October, 48 in December: a later figure; both cover paired hospitals since 2013
    "hospitals": (48, 48, "updated"),
    "centres": (25, 25, "single"),  # covers specialty centres since 2013
    # "more than 2.2 billion" told in June, 2.2 billion rounded in October: the later one has the high
    "doses": (2_200_000_001, 2_250_000_000, "agree"),
    "deaths": (51, None, "single"),  # "more than 50"
    # 180 told of COVID-19 plans; the 76 of medical teams may be among them; sets of countries in one world never add up
    "countries": (180, None, "loose"),
    # 15 given supplies; the "over 10" told of plans may be among them
    "orgs": (15, None, "agree"),
    # "over 160" at meetings; "over 120" with vaccines may be among them; never feeds `countries`
    "recipients": (161, None, "single"),
    "continents": (5, 5, "agree"),
    "oceans": (3, 3, "single"),
    "sites": (115, 115, "single"),
    "certified": (5, 5, "single"),
    "pilots": NONE,  # inside China
    "countries-now": (56, 56, "agree"),
    "capacity": (900, 1_100, "single"),  # "roughly 1,000": a tenth to both sides
    "displacement": (9_500, 10_500, "single"),  # a bare round number
}

SINCE_2013 = SINCE_1963 | {
    # Ebola's "more than 1,200" ended in 2016, Benin's six came in November 2023: apart in time, 1,201 + 6
    "personnel": (1_207, None, "single"),
    "batches": NONE,  # Shaanxi's start in 1971, Malawi's are unstated
    "treatments": (20_000_001, None, "single"),  # "more than 20 million"; Ebola's 800 may be among them
    "operations": NONE,  # Benin's start in 1978, the rest is planned
    "trained": (90_000, 99_999, "single"),  # "nearly 100,000" is of all aid since 2013, so it bounds the whole
    "sessions": NONE,  # start unstated
    "facilities": NONE,  # start in 1963
    "deaths": NONE,  # likewise
    "continents": NONE,  # likewise
    "oceans": NONE,  # start in 2008
}


def rows(facts: Facts, wanted: Filter) -> dict[str, dict[str, Any]]:
    lines = measure_lines(select(facts, wanted), wanted, facts)
    return {line.measure.id: line_row(line, facts) for line in lines}


@pytest.mark.parametrize(("since", "expected"), [(1963, SINCE_1963), (2013, SINCE_2013)])
def test_every_total_is_as_worked_out_by_hand(facts: Facts, since: int, expected: dict[str, Any]) -> None:
    found = rows(facts, Filter(since=since))
    assert {name: (row["low"], row["high"], row["standing"]) for name, row in found.items()} == expected


def test_what_has_no_total_since_2013_says_why(facts: Facts) -> None:
    found = rows(facts, Filter(since=2013))
    reasons = {name: {one["reason"] for one in row["left_out"]} for name, row in found.items() if row["low"] is None}
    assert reasons["deaths"] == reasons["facilities"] == {"starts in 1963, before 2013"}
    assert reasons["batches"] == {"starts in 1971, before 2013", "start not stated"}
    assert reasons["operations"] == {"starts in 1978, before 2013", "planned"}


def test_the_basis_of_personnel_is_one_step_from_its_phrase(facts: Facts) -> None:
    row = rows(facts, Filter(since=1963))["personnel"]
    assert (row["basis"], row["sources"], row["origins"]) == (["cgtn-2023:p10:1"], 3, 3)
    whole = row["rows"][0]
    assert (whole["words"], whole["low"], whole["high"]) == ("medical teams, since 1963", 30_001, None)
    assert [(part["words"], part["low"]) for part in whole["of_which"]] == [
        ("by Shaanxi, medical teams, since 1971", 1_201),
        ("Benin, medical teams, since 1978", 616),
    ]
    assert all(check["ok"] for check in row["checks"])


def test_treatments_of_medical_teams_are_told_by_three_sources_that_agree(facts: Facts) -> None:
    whole = rows(facts, Filter(since=1963))["treatments"]["rows"][0]
    assert (whole["words"], whole["low"], whole["high"]) == ("medical teams, since 1963", 285_000_000, 299_999_999)
    assert (whole["standing"], whole["sources"]) == ("agree", 3)


def test_the_countries_told_of_plans_are_loose(facts: Facts) -> None:
    plans = rows(facts, Filter(programme=("covid-19/guidance",)))["countries"]["rows"]
    assert [(row["standing"], row["low"]) for row in plans] == [("loose", 180)]


def test_windows_open_and_close(facts: Facts) -> None:
    ship = rows(facts, Filter(since=2008))["treatments"]["rows"]
    assert any("Peace Ark" in row["words"] for row in ship)
    everything = rows(facts, Filter(since=1900))
    assert {name: (row["low"], row["high"]) for name, row in everything.items()} == {
        name: (low, high) for name, (low, high, _) in SINCE_1963.items()
    }
    empty = stats(facts, Filter(since=2030), why=False)
    assert (empty.rows, empty.notes[0]) == ([], "no figure passes the filter")
    assert empty.notes[1].startswith("67 figures left out")
    reasons = stats(facts, Filter(since=2030), why=True)
    assert sum(len(row["left_out"]) for row in reasons.rows) == 67
    assert all(row["low"] is None for row in reasons.rows)
    assert rows(facts, Filter(until=1970)) and all(
        row["low"] is None for row in rows(facts, Filter(until=1970)).values()
    )


def test_benin_has_its_people_patients_and_operations(facts: Facts) -> None:
    row = country(facts, Filter(country=("BJ",)), "BJ").extra["country"]
    assert row["first_team"]["printed"] == "1978"
    # the six of the eye mission may be more than the 616 of the medical teams: no high
    assert row["personnel"] == {"low": 616, "high": None, "standing": "single"}
    assert row["treatments"] == {"low": 3_000_001, "high": None, "standing": "single"}
    assert row["operations"] == {"low": 74_000, "high": 76_000, "standing": "single"}


def test_the_pilot_hospitals_add_up_where_they_are_asked_for(facts: Facts) -> None:
    row = rows(facts, Filter(programme=("inbound",)))["pilots"]
    assert (row["low"], row["high"]) == (33, None)  # other provinces may have some too
    shanghai = rows(facts, Filter(programme=("inbound",), provider=("CN-SH",)))["pilots"]
    assert (shanghai["low"], shanghai["high"]) == (33, 33)
