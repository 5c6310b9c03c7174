"""Which claims are asked about: every field of the filter, and the window."""

from typing import Any

import pytest
from factories import Document, claim, found
from factories import facts as small
from hypothesis import given
from hypothesis import strategies as st

from medaid_cli.errors import UnknownNameError, UsageError
from medaid_cli.model import Facts
from medaid_cli.query import Filter, Selection, as_query, inside, outbound, resolve, select, undated

SITES: Document = {"measure": "sites"}
EVENT: Document = {"measure": "event", "value": None, "hedge": None}

# Named by what is peculiar to each.
STORE: dict[str, Document] = {
    "world": claim("30,000 people", period="1963/..", statement="Thirty thousand went abroad."),
    "benin": claim("616 doctors", recipient=["BJ"], period="1978/..", programme="medical-teams"),
    "africa": claim("over 500 people", recipient=["002"], source="b", status="planned"),
    "shaanxi": claim("47 people", provider="CN-SN", source="b", note="counted by the province"),
    "both": claim("9 people", recipient=["ML", "DZ"], source="c", attributed_to="Health Commission"),
    "vaccines": claim("5 people", programme="covid-19/vaccines", measure="treatments", status="disputed"),
    "pilot": claim("13 sites", programme="inbound/pilot/public", source="c", **SITES),
    "ivory": claim("many", measure="activity", recipient=["CI"], replaces="a:p1:2", source="c"),
    "gone": claim("7 people", retracted={"day": "2024-01-01", "reason": "misread"}, source="d"),
}
SOURCES: dict[str, Any] = {
    "a": {"issued": "2023-04", "outlet": "embassy", "publisher": "Embassy in Benin"},
    "b": {"issued": "2023-06-09", "outlet": "state-media", "publisher": "Xinhua"},
    "c": {"issued": "2024", "outlet": "state-media", "publisher": "Xinhua"},
    "d": {"issued": None},
}
facts_of_all = small(*STORE.values(), **SOURCES)
NAMES = dict(zip((one.id for one in facts_of_all.claims), STORE, strict=True))


def named(selection: Selection) -> set[str]:
    """What is selected, by the names above."""
    return {NAMES[told.claim.id] for told in inside(selection, facts_of_all)}


def asked(**fields: Any) -> set[str]:
    """What a filter as typed selects."""
    return named(select(facts_of_all, resolve(Filter(**fields), facts_of_all)))


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"country": ("benin",)}, {"benin"}),
        ({"country": ("Mali", "Côte d'Ivoire")}, {"both", "ivory"}),
        ({"country": ("dz", "ML")}, {"both"}),
        ({"country": ("China",)}, set()),
        ({"region": ("Africa",)}, {"benin", "africa", "both", "ivory"}),
        ({"region": ("Western Africa",)}, {"benin", "both", "ivory"}),
        ({"region": ("world",)}, set(STORE)),
        ({"region": ("Africa",), "country": ("Benin",)}, {"benin"}),
        ({"region": ("Asia",)}, set()),
        ({"provider": ("China",)}, set(STORE)),
        ({"provider": ("Shaanxi",)}, {"shaanxi"}),
        ({"provider": ("Shanxi",)}, set()),
        ({"measure": ("patients treated",)}, {"vaccines"}),
        ({"measure": ("sites", "activity")}, {"pilot", "ivory"}),
        ({"programme": ("medical-teams",)}, {"benin"}),
        ({"programme": ("covid-19",)}, {"vaccines"}),
        ({"programme": ("inbound", "covid 19")}, {"vaccines", "pilot"}),
        ({"programme": ("any",)}, set(STORE) - {"pilot"}),
        ({"source": ("b",)}, {"africa", "shaanxi"}),
        ({"source": ("Xinhua",)}, {"africa", "shaanxi", "both", "pilot", "ivory"}),
        ({"source": ("b", "xinhua", "d")}, {"africa", "shaanxi", "both", "pilot", "ivory", "gone"}),
        ({"outlet": ("embassy",)}, {"world", "benin", "vaccines"}),
        ({"outlet": ("Embassy", "other")}, {"world", "benin", "vaccines", "gone"}),
        ({"status": ("planned",)}, {"africa"}),
        ({"status": ("disputed", "retracted", "replaced")}, {"vaccines", "gone", "benin"}),
        ({"status": ("done",)}, {"world", "shaanxi", "both", "pilot", "ivory"}),
        ({"as_of": "2023"}, {"world", "benin", "vaccines", "africa", "shaanxi"}),
        ({"as_of": "2023-04"}, {"world", "benin", "vaccines"}),
        ({"as_of": "2023-04-29"}, set()),
        ({"as_of": "2024-12-30"}, {"world", "benin", "vaccines", "africa", "shaanxi"}),
        ({"text": "thirty THOUSAND"}, {"world"}),
        ({"text": "doctors"}, {"benin"}),
        ({"text": "616 dahomey"}, {"benin"}),
        ({"text": "cote ivory"}, {"ivory"}),
        ({"text": "province counted"}, {"shaanxi"}),
        ({"text": "陕西"}, {"shaanxi"}),
        ({"text": "health commission"}, {"both"}),
        ({"text": "patients covid"}, {"vaccines"}),
        ({"text": "616 thousand"}, set()),
        ({"text": ""}, set(STORE)),
        ({"region": ("Africa",), "status": ("done",), "source": ("c",)}, {"both", "ivory"}),
        ({}, set(STORE)),
    ],
)
def test_within_a_field_any_value_will_do_and_between_fields_all_must(fields: dict[str, Any], names: set[str]) -> None:
    assert asked(**fields) == names


def test_the_selection_keeps_the_order_of_the_store() -> None:
    selection = select(facts_of_all, Filter())
    assert [told.claim for told in inside(selection, facts_of_all)] == list(facts_of_all.claims)
    assert list(selection.claims) == list(facts_of_all.claims)
    assert selection.outside == ()


WINDOW: dict[str, Document] = {
    "1963": claim("1 person", period="1963/.."),
    "1978": claim("2 people", period="1978/.."),
    "closed": claim("3 people", period="2014/2016"),
    "unstated": claim("4 people"),
    "teams": claim("5 people", programme="medical-teams"),
    "stock": claim("6 sites", period="2015", **SITES),
    "today": claim("7 sites", **SITES),
    "event": claim("in 1971", period="1971", **EVENT),
    "begun": claim("since 1971", period="1971/..", **EVENT),
    "undated": claim("8 sites", source="n", **SITES),
    "unknown": claim("9 people", source="n", period="1990/.."),
    "nineties": claim("10 people", period="1990/199X"),
}
facts_of_window = small(*WINDOW.values(), a="2023-06-30", n=None)
WINDOW_NAMES = dict(zip((one.id for one in facts_of_window.claims), WINDOW, strict=True))


def left_out(**fields: Any) -> dict[str, str]:
    """What a window leaves out, with the reasons."""
    selection = select(facts_of_window, resolve(Filter(**fields), facts_of_window))
    reasons = {WINDOW_NAMES[told.claim.id]: reason for told, reason in selection.outside}
    within = [WINDOW_NAMES[told.claim.id] for told in inside(selection, facts_of_window)]
    assert {*within, *reasons} == set(WINDOW)
    assert not set(within) & set(reasons)
    assert within == [WINDOW_NAMES[claim.id] for claim in selection.claims]
    return reasons


def test_a_window_from_the_epoch_holds_all_that_has_a_day() -> None:
    assert left_out(since=1963) == {"undated": "day not known"}
    assert left_out(since=1950) == {"undated": "day not known"}


def test_a_later_window_leaves_out_what_started_earlier_or_at_an_unstated_time() -> None:
    assert left_out(since=1964) == {
        "1963": "starts in 1963, before 1964",
        "teams": "starts in 1963, before 1964",
        "unstated": "start not stated",
        "undated": "day not known",
    }


def test_the_first_year_of_a_window_is_in_it() -> None:
    assert "1978" not in left_out(since=1978)
    assert left_out(since=1979)["1978"] == "starts in 1978, before 1979"


def test_a_stock_lies_in_the_window_of_its_day() -> None:
    assert "stock" not in left_out(since=2015)
    assert left_out(since=2016)["stock"] == "of 2015, before 2016"
    assert "today" not in left_out(since=2023)
    assert left_out(since=2024)["today"] == "of 2023, before 2024"


def test_the_last_year_of_a_window_is_in_it() -> None:
    reasons = left_out(until=2016)
    assert {"closed", "stock", "event", "nineties"} == set(WINDOW) - set(reasons)
    assert reasons["1963"] == "goes to 2023, after 2016"
    assert left_out(until=1995)["nineties"] == "goes to 1999, after 1995"
    assert left_out(until=2015)["closed"] == "goes to 2016, after 2015"


def test_what_has_no_day_has_no_end() -> None:
    reasons = left_out(until=2023)
    assert reasons == {"undated": "day not known", "unknown": "day not known", "begun": "day not known"}


def test_a_window_has_two_sides() -> None:
    reasons = left_out(since=1971, until=2022)
    assert set(WINDOW) - set(reasons) == {"closed", "stock", "event", "nineties"}
    assert set(WINDOW) - set(left_out(since=1972, until=2022)) == {"closed", "stock", "nineties"}


@given(st.integers(1950, 2030), st.integers(1950, 2030))
def test_a_narrower_window_never_lets_more_in(year: int, other: int) -> None:
    early, late = sorted((year, other))
    assert set(left_out(since=early)) <= set(left_out(since=late))
    assert set(left_out(until=late)) <= set(left_out(until=early))
    assert set(left_out(since=early, until=late)) == set(left_out(since=early)) | set(left_out(until=late))


FIRST = claim("in 1978", recipient=["BJ"], measure="first-team", programme="medical-teams", period="1978", source="b")
BENIN = claim("616 doctors", recipient=["BJ"], programme="medical-teams")


def test_a_first_team_is_evidence_also_where_it_is_not_asked_for() -> None:
    facts = small(FIRST, BENIN)
    [told] = inside(select(facts, Filter(measure=("personnel",), since=1970, text="doctors")), facts)
    assert told.start_basis == "first-team"


def test_a_first_team_that_the_filter_drops_is_no_evidence() -> None:
    facts = small(FIRST, BENIN)
    [told] = inside(select(facts, Filter(source=("a",))), facts)
    assert told.start is None


def test_care_inside_the_providers_own_country_is_left_aside_unless_asked_for() -> None:
    every = inside(select(facts_of_all, Filter()), facts_of_all)
    assert {NAMES[told.claim.id] for told in outbound(every, Filter(), facts_of_all)} == set(STORE) - {"pilot"}
    assert outbound(every, Filter(programme=("inbound/pilot",)), facts_of_all) == list(every)
    assert len(outbound(every, Filter(programme=("covid-19",)), facts_of_all)) == len(every) - 1


def test_claims_of_sources_without_a_day_are_counted_where_a_day_is_asked_for() -> None:
    assert undated(facts_of_all, Filter()) == 0
    assert undated(facts_of_all, Filter(as_of="2024-12-31")) == 1


def test_names_become_ids_once_each() -> None:
    typed = Filter(
        country=("Benin", "bj", "Dahomey"),
        region=("africa",),
        provider=("china",),
        measure=("people sent",),
        programme=("Medical Teams",),
        source=("xinhua",),
        outlet=("EMBASSY",),
        status=("Done",),
        since=1963,
        until=1963,
        as_of="2023",
        text="Eyes",
    )
    assert resolve(typed, facts_of_all) == Filter(
        country=("BJ",),
        region=("002",),
        provider=("CN",),
        measure=("personnel",),
        programme=("medical-teams",),
        source=("b", "c"),
        outlet=("embassy",),
        status=("done",),
        since=1963,
        until=1963,
        as_of="2023-12-31",
        text="Eyes",
    )


@pytest.mark.parametrize(
    "field", ["country", "region", "provider", "measure", "programme", "source", "outlet", "status"]
)
def test_an_unknown_name_in_any_field_is_an_error(field: str) -> None:
    with pytest.raises(UnknownNameError, match=f"^unknown {field} 'xyzzy'(: it is one of .*)?$"):
        resolve(Filter(**{field: ("xyzzy",)}), facts_of_all)  # type: ignore[arg-type]


def test_a_window_that_ends_before_it_starts_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"^--until 1999 is before --since 2000$"):
        resolve(Filter(since=2000, until=1999), facts_of_all)


@pytest.mark.parametrize("day", ["yesterday", "2023-02-30", "2023/..", ""])
def test_a_day_that_is_none_is_an_error(day: str) -> None:
    with pytest.raises(UsageError, match=r"^--as-of: '"):
        resolve(Filter(as_of=day), facts_of_all)


def test_the_filter_is_told_whole() -> None:
    told = as_query(Filter(country=("BJ",), since=1963))
    assert list(told) == list(Filter.__struct_fields__)
    assert (told["country"], told["region"], told["since"], told["text"]) == (["BJ"], [], 1963, None)


def test_the_five_texts_agree_on_the_people_sent_and_not_on_the_expert_teams(facts: Facts) -> None:
    from medaid_cli.quantities import quantities

    def quantity(measure: str, programme: str) -> tuple[object, str]:
        wanted = resolve(Filter(measure=(measure,), programme=(programme,), since=1963), facts)
        all_told = inside(select(facts, wanted), facts)
        scopes = [(each.scope, each) for each in quantities(all_told, facts)]
        [one] = [each for scope, each in scopes if (scope.provider, scope.recipients) == ("CN", frozenset({"001"}))]
        return one.interval, one.standing

    assert quantity("personnel", "medical-teams") == ((30_001, None), "agree")
    assert quantity("teams", "covid-19") == ((38, 38), "conflict")
    assert quantity("hospitals", "paired-hospitals") == ((48, 48), "updated")


def test_planned_claims_are_selected_for_whoever_asks() -> None:
    assert len(found(claim(status="planned"))) == 1
