"""What a claim is about: the days that are printed, inferred, or left unknown."""

from typing import Any

import pytest
from factories import claim, days, facts, found, told

from medaid_cli.model import Claim
from medaid_cli.scopes import first_days, in_programme, lineage, narrower, status_of


def start_and_basis(*given: dict[str, Any]) -> tuple[str | None, str | None]:
    """Start and basis of the last of the claims."""
    last = told(*given)[-1]
    return (last.start.text if last.start else None), last.start_basis


def test_a_printed_start_is_taken_as_printed() -> None:
    assert start_and_basis(claim(programme="medical-teams", period="1971/..")) == ("1971", "printed")


def test_a_programme_gives_its_start_to_a_claim_on_its_whole_scope() -> None:
    assert start_and_basis(claim(programme="medical-teams")) == ("1963", "medical-teams")
    assert start_and_basis(claim(programme="ebola", recipient=["011"])) == ("2014", "ebola")


def test_a_part_of_a_programme_takes_the_start_of_the_nearest_one_above_that_has_one() -> None:
    assert start_and_basis(claim(programme="covid-19/vaccines")) == ("2020", "covid-19")


@pytest.mark.parametrize(
    "fields",
    [
        {"programme": "medical-teams", "recipient": ["002"]},
        {"programme": "medical-teams", "recipient": ["001", "002"]},
        {"programme": "medical-teams", "provider": "CN-SN"},
        {"programme": "ebola", "recipient": ["001"]},
        {"programme": "ebola", "recipient": ["BJ"]},
        {"programme": "any"},
        {"programme": "training"},
    ],
)
def test_a_programme_gives_no_start_to_a_claim_on_less_or_more_than_its_scope(fields: dict[str, Any]) -> None:
    assert start_and_basis(claim(**fields)) == (None, None)


FIRST = claim("to Benin in 1978", measure="first-team", recipient=["BJ"], programme="medical-teams", period="1978")
BENIN = claim("616 doctors", recipient=["BJ"], programme="medical-teams")


def test_a_country_gives_its_first_team_as_start() -> None:
    assert start_and_basis(FIRST, BENIN) == ("1978", "first-team")
    assert start_and_basis(FIRST, BENIN | {"programme": "medical-teams/eyes"}) == ("1978", "first-team")


def test_first_teams_that_may_be_of_one_day_are_evidence_together() -> None:
    assert start_and_basis(FIRST, FIRST | {"period": "1978-05"}, BENIN) == ("1978", "first-team")
    assert start_and_basis(FIRST | {"period": "197X"}, FIRST, BENIN) == ("1978", "first-team")


@pytest.mark.parametrize(
    "others",
    [
        [],
        [FIRST, FIRST | {"period": "1979"}],
        [FIRST, FIRST | {"period": "1979"}, FIRST],
        [FIRST | {"recipient": ["ML"]}],
        [FIRST | {"recipient": ["BJ", "ML"]}],
        [FIRST | {"period": "/.."}],
        [FIRST | {"status": "planned"}],
        [FIRST | {"status": "disputed"}],
        [FIRST | {"retracted": {"day": "2024-01-01", "reason": "misread"}}],
        [FIRST | {"measure": "event"}],
    ],
)
def test_a_first_team_gives_no_start_unless_the_claims_agree_on_it(others: list[dict[str, Any]]) -> None:
    assert start_and_basis(*others, BENIN) == (None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"programme": "any"},
        {"programme": "covid-19"},
        {"provider": "CN-SN"},
        {"recipient": ["BJ", "ML"]},
        {"recipient": ["011"]},
    ],
)
def test_a_first_team_gives_no_start_to_other_programmes_providers_or_places(fields: dict[str, Any]) -> None:
    assert start_and_basis(FIRST, BENIN | fields) == (None, None)


def test_a_first_team_that_was_replaced_gives_no_start() -> None:
    assert start_and_basis(FIRST, FIRST | {"period": "1980", "replaces": "a:p1:1"}, BENIN) == ("1980", "first-team")


def test_the_start_from_two_first_teams_does_not_depend_on_their_order() -> None:
    one, other = FIRST | {"period": "197X"}, FIRST | {"period": "1975~"}
    assert start_and_basis(one, other, BENIN) == start_and_basis(other, one, BENIN) == ("1975~", "first-team")


def test_once_two_days_clash_no_third_one_settles_it() -> None:
    assert narrower(None, days("1978") or pytest.fail()) is None


def test_stocks_and_events_are_given_no_start() -> None:
    assert start_and_basis(claim("115 sites", measure="sites", programme="medical-teams")) == (None, None)
    assert start_and_basis(FIRST | {"period": "/.."}) == (None, None)
    assert start_and_basis(FIRST) == ("1978", "printed")


def as_of(**fields: object) -> str | None:
    """The day up to which a claim of 30 June 2023 is known."""
    [only] = told(claim(**fields))  # type: ignore[arg-type]
    return only.as_of.text if only.as_of else None


def test_a_figure_is_known_up_to_the_day_of_its_source() -> None:
    assert as_of(period="1963/..") == "2023-06-30"
    assert as_of() == "2023-06-30"


def test_a_closed_period_is_known_up_to_its_end() -> None:
    assert as_of(period="1963/2020") == "2020"
    assert as_of(period="2019") == "2019"


def test_a_figure_is_known_no_longer_than_its_source() -> None:
    assert as_of(period="1963/2030") == "2023-06-30"


def test_what_a_programme_did_is_known_no_longer_than_it_lasted() -> None:
    assert as_of(programme="ebola") == "2016"


def test_a_stock_is_of_its_own_day_or_else_of_its_sources() -> None:
    assert as_of(quote="115 sites", measure="sites", period="2022-12-31") == "2022-12-31"
    assert as_of(quote="115 sites", measure="sites") == "2023-06-30"


def test_an_event_is_told_on_the_day_of_its_source() -> None:
    assert as_of(quote="in 1978", measure="event", period="1978") == "2023-06-30"


def test_a_day_may_be_unknown() -> None:
    [only] = told(claim(), a=None)
    assert only.as_of is None


def test_only_a_closed_period_has_an_end_and_a_stock_has_none() -> None:
    totals_and_stock = told(
        claim(period="1963/2020"), claim(period="1963/.."), claim("9 sites", measure="sites", period="2020")
    )
    assert [one.end.text if one.end else None for one in totals_and_stock] == ["2020", None, None]


def test_a_claim_without_a_number_has_no_interval() -> None:
    number, note = told(claim("over 30,000 people"), claim("many", measure="activity"))
    assert (number.interval, number.likely) == ((30_001, None), (30_001, 39_999))
    assert (note.interval, note.likely) == (None, None)


def test_the_standing_in_the_store_goes_before_the_status() -> None:
    loaded = facts(
        claim(),
        claim(status="planned"),
        claim(replaces="a:p1:1"),
        claim(status="disputed", retracted={"day": "2024-01-01", "reason": "misread"}, replaces="a:p1:2"),
        claim(replaces="a:p1:4"),
    )
    assert [status_of(one, loaded) for one in loaded.claims] == ["replaced", "replaced", "done", "retracted", "done"]


@pytest.mark.parametrize(
    ("programme", "upper", "holds"),
    [
        ("covid-19", "covid-19", True),
        ("covid-19/vaccines", "covid-19", True),
        ("covid-19", "covid-19/vaccines", False),
        ("covid-192", "covid-19", False),
        ("covid-19", "any", True),
        ("any", "any", True),
        ("any", "covid-19", False),
        ("inbound", "any", False),
        ("inbound/pilot/public", "any", False),
        ("inbound/pilot/public", "inbound", True),
    ],
)
def test_a_programme_lies_in_those_on_its_path_and_all_but_inbound_in_any(
    programme: str, upper: str, holds: bool
) -> None:
    assert in_programme(programme, upper) is holds


def test_a_lineage_skips_what_the_store_does_not_describe() -> None:
    assert [one.id for one in lineage("covid-19/unheard/of", facts())] == ["covid-19"]


def test_first_days_are_those_of_the_claims_given() -> None:
    loaded = facts(FIRST, FIRST | {"recipient": ["ML"], "period": "1968"})
    benin: list[Claim] = [one for one in loaded.claims if one.recipient == ("BJ",)]
    assert first_days(benin, loaded) == {"BJ": days("1978")}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"period": "1963/.."}, {"period": "1963-04-06/.."}, True),
        ({"period": "1963/.."}, {"period": "1964/.."}, False),
        ({"period": "1963/2020"}, {"period": "1963/2020-12-31"}, True),
        ({"period": "1963/2020"}, {"period": "1963/.."}, False),
        ({"programme": "medical-teams"}, {"programme": "medical-teams", "period": "1963/.."}, True),
        ({"period": "/.."}, {"period": "1963/.."}, False),
        ({"recipient": ["BJ", "ML"]}, {"recipient": ["ML", "BJ"]}, True),
        ({"recipient": ["BJ"]}, {"recipient": ["ML"]}, False),
        ({"recipient": ["BJ"]}, {"recipient": ["BJ"], "and_others": True}, False),
        ({"provider": "CN"}, {"provider": "CN-SN"}, False),
        ({"programme": "any"}, {"programme": "training"}, False),
        ({"measure": "personnel"}, {"measure": "treatments"}, False),
        ({"measure": "sites", "period": "2020"}, {"measure": "sites", "period": "2021"}, True),
        ({"measure": "first-team", "period": "1978"}, {"measure": "first-team", "period": "1979"}, True),
        ({"measure": "event", "period": "1978"}, {"measure": "event", "period": "1979"}, False),
    ],
)
def test_claims_on_one_scope_are_of_one_quantity(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert (len(found(claim("9 of them", **one), claim("9 of them", **other))) == 1) is same


def test_notes_are_of_no_quantity() -> None:
    assert found(claim("many", measure="activity")) == []
