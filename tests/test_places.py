"""The table of places is derived from maintained packages: a place under the wrong region makes totals too large.

`pytest --update-places tests/test_places.py` rewrites that table, and nothing else, from the packages.
"""

import json
from typing import Any

import pytest
from packaged_places import packaged_places

from medaid_cli import store
from medaid_cli.model import Facts


def updated(text: str, places: list[dict[str, Any]]) -> str:
    """The text of a store with these places, as TinyDB would write it."""
    tables = json.loads(text)
    tables["places"] = {str(number): document for number, document in enumerate(places, 1)}
    return json.dumps(tables, ensure_ascii=False, indent=2)


def own(text: str) -> list[dict[str, Any]]:
    """The places that ISO has no code for: each has a note that says so."""
    return [place for place in json.loads(text)["places"].values() if "note" in place]


def test_the_places_are_those_of_the_packages_and_a_few_of_the_stores_own(request: pytest.FixtureRequest) -> None:
    path = store.shipped()
    text = path.read_text(encoding="utf-8")
    packaged = packaged_places()
    if request.config.getoption("--update-places"):
        text = updated(text, packaged + own(text))
        path.write_text(text, encoding="utf-8", newline="\n")
    assert list(json.loads(text)["places"].values()) == packaged + own(text)


def test_a_place_of_the_stores_own_is_a_part_of_one_country_and_has_no_code_of_iso(shipped: Facts) -> None:
    codes = {place["id"] for place in packaged_places()}
    added = [place for place in shipped.places.values() if place.note]
    assert {place.id for place in added} == {"TZ-ZANZIBAR", "YE-NORTH", "YE-SOUTH"}
    for place in added:
        assert place.id not in codes
        assert [place.id[:2]] == list(place.parents)


def test_updating_the_places_touches_nothing_else() -> None:
    text = store.shipped().read_text(encoding="utf-8")
    tables = json.loads(text)
    assert updated(text, list(tables["places"].values())) == text
    without = json.loads(updated(text, []))
    assert without == tables | {"places": {}}
    assert list(without) == list(tables)


@pytest.mark.parametrize(
    ("place", "upper"),
    [
        ("SD", "015"),
        ("SS", "014"),
        ("BJ", "011"),
        ("NA", "018"),
        ("DZ", "015"),
        ("MT", "039"),
        ("MN", "030"),
        ("VU", "054"),
        ("CN-SN", "CN"),
        ("CN-SX", "CN"),
        ("CN-HK", "HK"),
        ("CN-HK", "CN"),
        ("CN-TW", "TW"),
        ("011", "002"),
        ("202", "002"),
    ],
)
def test_a_place_lies_in_its_region(place: str, upper: str, facts: Facts) -> None:
    assert upper in facts.above[place]


@pytest.mark.parametrize(
    ("place", "other"), [("SS", "015"), ("SD", "014"), ("SD", "202"), ("CN-SN", "CN-SX"), ("HK", "CN"), ("CN", "002")]
)
def test_a_place_does_not_lie_in_a_neighbouring_region(place: str, other: str, facts: Facts) -> None:
    assert other not in facts.above[place]


@pytest.mark.parametrize(
    ("code", "name"),
    [("NA", "Namibia"), ("CN-SN", "Shaanxi"), ("CN-SX", "Shanxi"), ("SD", "Sudan"), ("SS", "South Sudan")],
)
def test_a_code_that_is_easily_mistaken_has_its_name(code: str, name: str, facts: Facts) -> None:
    assert facts.places[code].name == name


def test_every_place_lies_in_the_world(facts: Facts) -> None:
    assert all(facts.info.world in upper for upper in facts.above.values())
