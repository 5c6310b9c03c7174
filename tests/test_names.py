"""From what people type to ids, never by a guess."""

import re
from collections.abc import Callable

import pytest
from factories import claim
from factories import facts as small

from medaid_cli import names
from medaid_cli.errors import AmbiguousNameError, UnknownNameError, UsageError
from medaid_cli.model import Facts

Resolver = Callable[[str, Facts], str]


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("BJ", "BJ"),
        ("bj", "BJ"),
        ("Benin", "BJ"),
        ("  beNIN ", "BJ"),
        ("BEN", "BJ"),
        ("Dahomey", "BJ"),
        ("贝宁", "BJ"),
        ("NA", "NA"),
        ("Namibia", "NA"),
        ("Cote d'Ivoire", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("Côte d\u2019Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Sao Tome & Principe", "ST"),
        ("Turkey", "TR"),
        ("DRC", "CD"),
        ("Hong Kong", "HK"),
        ("Macao", "MO"),
        ("Taiwan", "TW"),
        ("TWN", "TW"),
    ],
)
def test_a_country_goes_by_code_name_and_alias(typed: str, id: str, facts: Facts) -> None:
    assert names.country(typed, facts) == id


@pytest.mark.parametrize(
    ("typed", "id"), [("Zanzibar", "TZ-ZANZIBAR"), ("tz-zanzibar", "TZ-ZANZIBAR"), ("South Yemen", "YE-SOUTH")]
)
def test_a_part_of_another_country_goes_by_its_names_too(typed: str, id: str, shipped: Facts) -> None:
    assert names.country(typed, shipped) == id


@pytest.mark.parametrize(
    ("typed", "id"),
    [("Shaanxi", "CN-SN"), ("陕西", "CN-SN"), ("Shanxi", "CN-SX"), ("cn-sx", "CN-SX"), ("Hong Kong", "HK")],
)
def test_a_province_goes_by_code_name_and_alias(typed: str, id: str, facts: Facts) -> None:
    assert names.provider(typed, facts) == id


@pytest.mark.parametrize(
    ("typed", "id"), [("Africa", "002"), ("011", "011"), ("western africa", "011"), ("非洲", "002")]
)
def test_a_region_goes_by_code_name_and_alias(typed: str, id: str, facts: Facts) -> None:
    assert names.region(typed, facts) == id


@pytest.mark.parametrize(
    ("resolve", "typed", "message"),
    [
        (names.country, "Benim", "unknown country 'Benim'; did you mean Benin"),
        (names.country, "xyzzy", "unknown country 'xyzzy'"),
        (names.country, "", "unknown country ''"),
        (names.region, "Afrika", "unknown region 'Afrika'; did you mean Africa"),
        (names.provider, "Chinaa", "unknown provider 'Chinaa'; did you mean China"),
        (names.measure, "personel", "unknown measure 'personel'; did you mean personnel"),
        (names.programme, "ebolla", "unknown programme 'ebolla'; did you mean ebola"),
        (names.source, "cgtn-2022", "unknown source 'cgtn-2022'; did you mean cgtn-2023"),
        (names.sources, "CGTV", "unknown source 'CGTV'; did you mean CGTN"),
        (names.claim, "cgtn-2023:p10:9", "unknown claim 'cgtn-2023:p10:9'; did you mean cgtn-2023:p10:"),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest_names(
    resolve: Resolver, typed: str, message: str, facts: Facts
) -> None:
    with pytest.raises(UnknownNameError) as raised:
        resolve(typed, facts)
    assert str(raised.value).startswith(message)


def test_a_name_far_from_all_others_gets_no_suggestion(facts: Facts) -> None:
    with pytest.raises(UnknownNameError, match=r"^unknown measure 'xyzzy'$"):
        names.measure("xyzzy", facts)


def test_a_name_of_two_countries_is_asked_about(facts: Facts) -> None:
    with pytest.raises(AmbiguousNameError) as raised:
        names.country("Congo", facts)
    message = "country 'Congo' could be CD (Congo - Kinshasa) or CG (Congo - Brazzaville); give the code"
    assert str(raised.value) == message


@pytest.mark.parametrize("resolve", [names.country, names.provider])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("korea", "could be KP (North Korea) or KR (South Korea); give the code"),
        ("United", "could be AE (United Arab Emirates) or GB (United Kingdom) or US (United States); give the code"),
    ],
)
def test_a_word_of_the_names_of_a_few_places_is_asked_about(
    resolve: Resolver, typed: str, message: str, facts: Facts
) -> None:
    with pytest.raises(AmbiguousNameError, match=re.escape(f" '{typed}' {message}") + "$"):
        resolve(typed, facts)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Tiawan", "Taiwan or Iran"),
        ("Xanadu", "Canada"),
        ("Bosnya", ""),
        ("virgin", "British Virgin Islands or U.S. Virgin Islands or Iran"),
        ("Bosnia", "Bosnia & Herzegovina or Romania or Estonia or Bolivia"),
        ("Dahomy", "Dahomey"),
        ("Ningxiaa", "Nigeria or India"),
        ("&", ""),
    ],
)
def test_names_are_suggested_for_names_each_place_once(typed: str, hint: str, facts: Facts) -> None:
    assert hint_for(typed, facts) == hint


@pytest.mark.parametrize(("typed", "hint"), [("TWM", "TW or TM or WSM"), ("BQJ", "BQ or BJ")])
def test_codes_are_suggested_for_what_looks_like_one(typed: str, hint: str, facts: Facts) -> None:
    assert hint_for(typed, facts) == hint
    assert hint_for(typed.lower(), facts) == ""


def hint_for(typed: str, facts: Facts) -> str:
    """What is suggested for the name of a country that there is not."""
    with pytest.raises(UnknownNameError) as raised:
        names.country(typed, facts)
    _, asked, hint = str(raised.value).partition("; did you mean ")
    return hint.removesuffix("?") if asked else ""


def test_of_two_places_with_one_name_the_one_that_holds_the_other_is_meant() -> None:
    assert names.country("Hong Kong", small()) == "HK"
    assert names.provider("hong kong", small()) == "HK"


def test_a_region_is_no_country_and_a_country_is_no_region(facts: Facts) -> None:
    with pytest.raises(UsageError, match=r"^'africa' is no country: it is a region; use --region$"):
        names.country("africa", facts)
    with pytest.raises(UsageError, match=r"^'bj' is no region: it is a country; use --country$"):
        names.region("bj", facts)


@pytest.mark.parametrize("typed", ["Shanxi", "cn-sx", "山西", "Beijing"])
def test_a_province_of_the_provider_is_no_country(typed: str, facts: Facts) -> None:
    message = f"^'{typed}' is no country: it is a part of China; for what it gave, use --provider$"
    with pytest.raises(UsageError, match=message):
        names.country(typed, facts)


def test_any_place_can_provide(facts: Facts) -> None:
    assert [names.provider(typed, facts) for typed in ("China", "Ningxia", "Africa")] == ["CN", "CN-NX", "002"]


@pytest.mark.parametrize(
    ("resolve", "typed", "id"),
    [
        (names.measure, "Treatments", "treatments"),
        (names.measure, "patients", "treatments"),
        (names.measure, "people sent", "personnel"),
        (names.programme, "Medical Teams", "medical-teams"),
        (names.programme, "COVID-19/Vaccines", "covid-19/vaccines"),
        (names.programme, "Paired Hospitals", "paired-hospitals"),
        (names.source, "CGTN-2023", "cgtn-2023"),
        (names.source, "china nurses medical field in 41 countries", "chinaservices-2023"),
        (names.claim, "CGTN-2023:P10:1", "cgtn-2023:p10:1"),
    ],
)
def test_other_records_go_by_id_and_label_whatever_the_case(
    resolve: Resolver, typed: str, id: str, facts: Facts
) -> None:
    assert resolve(typed, facts) == id


def test_a_code_goes_before_a_name() -> None:
    facts = small(claim(source="a"), claim(source="b"), a={"title": "b"}, b={"title": "other"})
    assert names.source("b", facts) == "b"
    assert names.source("OTHER", facts) == "b"


def test_a_publisher_stands_for_all_its_sources() -> None:
    facts = small(a={"publisher": "Xinhua"}, b={"publisher": "xinhua"}, c={"publisher": "CGTN"})
    assert names.sources("XINHUA", facts) == ["a", "b"]
    assert names.sources("c", facts) == ["c"]


def test_a_publisher_is_no_source_but_its_only_one_is_named(facts: Facts) -> None:
    with pytest.raises(UnknownNameError, match=r"^unknown source 'beijing review'; did you mean bjreview-2023\?$"):
        names.source("beijing review", facts)


def test_of_a_publisher_with_several_sources_it_is_told_how_they_are_listed() -> None:
    told = small(
        claim(source="a"), claim(source="b"), a={"publisher": "People's Daily"}, b={"publisher": "People's Daily"}
    )
    with pytest.raises(UsageError) as raised:
        names.source("people's daily", told)
    assert str(raised.value) == (
        "\"people's daily\" is the publisher of 2 sources; medaid sources --source 'people'\"'\"'s daily' lists them"
    )
    assert names.sources("people's daily", told) == ["a", "b"]


def test_no_publisher_is_no_name() -> None:
    with pytest.raises(UnknownNameError):
        names.source("", small(claim(source="a"), a={"publisher": ""}))


def test_one_source_is_asked_about_where_two_have_the_title() -> None:
    facts = small(a={"title": "Sixty years"}, b={"title": "Sixty years"})
    with pytest.raises(AmbiguousNameError, match=r"^source 'sixty years' could be a or b; give the code$"):
        names.source("sixty years", facts)


def test_an_id_as_it_is_written_means_no_other() -> None:
    facts = small(claim(source="who"), claim(source="WHO"), claim(source="Who"))
    assert [names.source(id, facts) for id in ("who", "WHO", "Who")] == ["who", "WHO", "Who"]
    assert names.sources("WHO", facts) == ["WHO"]
    assert [names.claim(one.id, facts) for one in facts.claims] == ["who:p1:1", "WHO:p1:2", "Who:p1:3"]
    with pytest.raises(AmbiguousNameError, match=r"^source 'wHO' could be who or WHO or Who; give the code$"):
        names.source("wHO", facts)


def test_a_choice_that_may_be_several_is_asked_about() -> None:
    assert names.choice("claim", "são:p1:1", ("sao:p1:1", "são:p1:1")) == "são:p1:1"
    assert names.choice("claim", "SAO:p1:1", ("sao:p1:1", "b:p1:1")) == "sao:p1:1"
    with pytest.raises(AmbiguousNameError, match=r"^claim 'Sao:p1:1' could be sao:p1:1 or são:p1:1; give the code$"):
        names.choice("claim", "Sao:p1:1", ("sao:p1:1", "são:p1:1"))


def test_a_choice_is_one_word_of_a_list() -> None:
    assert names.choice("outlet", "Embassy", ("embassy", "other")) == "embassy"
    with pytest.raises(UnknownNameError, match=r"^unknown outlet 'embasy'; did you mean embassy"):
        names.choice("outlet", "embasy", ("embassy", "other"))


@pytest.mark.parametrize("kind", ["places", "measures", "programmes", "sources"])
def test_every_id_of_the_shipped_store_stands_for_itself(kind: str, facts: Facts) -> None:
    table = getattr(facts, kind)
    known: dict[str, tuple[str, ...]] = dict.fromkeys(table, ())
    assert [names.resolve(kind, id.lower(), known) for id in table] == [[id] for id in table]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("São  Tomé\u00a0", "sao tome"),
        ("Ｂｅｎｉｎ", "benin"),
        ("Straße", "strasse"),
    ],
)
def test_folding_forgets_case_accents_and_typography(text: str, folded: str) -> None:
    assert names.fold(text) == folded
