"""The shipped store, held against the rules of entry; and its five texts, held against what they print.

The texts are not kept here. `MEDAID_TEXTS=DIR` names a folder with a file `<source>.txt` for each source.
"""

import hashlib
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from program import in_terminal
from rich.cells import cell_len
from tinydb import TinyDB

from medaid_cli import checks, figures, store
from medaid_cli.model import Claim, Facts
from medaid_cli.records import TABLES
from medaid_cli.scopes import in_programme

needs_texts = pytest.mark.skipif(
    "MEDAID_TEXTS" not in os.environ, reason="the texts are not kept here; MEDAID_TEXTS names their folder"
)

# Every figure that the five texts print, read line by line: line, value, hedge.
PRINTED: dict[str, list[tuple[int, int, str]]] = {
    "bjreview-2023": [
        (3, 30_000, "about"),
        (3, 290_000_000, "exact"),
        (3, 76, "exact"),
        (3, 5, "exact"),
        (7, 3, "exact"),
        (7, 43, "exact"),
        (7, 250_000, "exact"),
        (7, 10_000, "exact"),
        (7, 1_000, "about"),
        (8, 37, "exact"),
        (8, 34, "exact"),
        (8, 2_200_000_000, "over"),
        (8, 120, "over"),
        (8, 153, "exact"),
        (8, 15, "exact"),
    ],
    "cgtn-2023": [
        (4, 300_000_000, "exact"),
        (10, 30_000, "over"),
        (10, 76, "exact"),
        (10, 300_000_000, "nearly"),
        (10, 130, "over"),
        (11, 100_000, "over"),
        (11, 48, "exact"),
        (11, 43, "exact"),
        (12, 50, "over"),
        (12, 56, "exact"),
        (18, 6, "exact"),
        (18, 200, "exact"),
        (21, 616, "exact"),
        (21, 75_000, "about"),
        (21, 3_000_000, "over"),
        (30, 10, "at-least"),
        (30, 47, "exact"),
        (30, 1_200, "over"),
        (30, 8_400_000, "over"),
    ],
    "chinaservices-2023": [
        (1, 100_000, "nearly"),
        (1, 46, "exact"),
        (1, 41, "exact"),
        (2, 25, "exact"),
        (5, 20_000_000, "over"),
        (7, 5, "exact"),
        (8, 160, "over"),
        (8, 10, "over"),
        (9, 38, "exact"),
        (9, 34, "exact"),
        (9, 2_200_000_000, "exact"),
        (9, 120, "over"),
    ],
    "merotribune-2023": [
        (5, 30_000, "about"),
        (5, 76, "exact"),
        (5, 5, "exact"),
        (5, 290_000_000, "exact"),
        (6, 115, "exact"),
        (6, 56, "exact"),
        (11, 10, "over"),
        (15, 1_200, "over"),
        (15, 800, "over"),
        (15, 12_000, "over"),
        (16, 180, "exact"),
        (16, 10, "over"),
        (16, 160, "over"),
        (16, 38, "exact"),
        (16, 34, "exact"),
        (16, 150, "over"),
        (16, 15, "exact"),
    ],
    "shine-2024": [(3, 13, "exact"), (3, 20, "exact"), (6, 13, "exact"), (6, 20, "exact")],
}

# Every country that the five texts name as served, taught or visited, or whose people were treated: line, country.
NAMED: dict[str, set[tuple[int, str]]] = {
    "bjreview-2023": {(3, "DZ")},
    "cgtn-2023": {
        *((6, "NA"), (9, "DZ"), (13, "TN"), (17, "BJ"), (18, "BJ"), (19, "BJ"), (21, "BJ"), (22, "SD")),
        *((27, "MW"), (28, "MW"), (29, "MW"), (30, "MW"), (30, "SD")),
    },
    "chinaservices-2023": {
        *((3, "PK"), (3, "KH"), (3, "SD"), (3, "JM"), (4, "FJ"), (4, "TO"), (4, "MN"), (7, "PH"), (7, "NP")),
    },
    "merotribune-2023": {
        *((2, "DZ"), (9, "DZ"), (10, "VU"), (11, "MT"), (11, "DE"), (11, "IT"), (11, "CH"), (11, "RS"), (13, "ET")),
    },
    "shine-2024": {(10, "CA"), (13, "CA"), (16, "GB"), (20, "GB")},
}

documents: dict[str, dict[str, dict[str, Any]]] = json.loads(store.shipped().read_text(encoding="utf-8"))

LANGUAGES, CLAIMS, SOURCES = 8, 1400, 450  # at the least
PROMISED = {"countries": 35, "personnel": 35, "treatments": 35}  # claims on the world, by its own provider
WITH_A_TEAM, WITH_A_FIRST_TEAM, WITH_A_PROVINCE = 66, 64, 60  # places


def lines_of(source: str) -> list[str]:
    """The lines of a text that are not blank."""
    text = (Path(os.environ["MEDAID_TEXTS"]) / f"{source}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def line_of(claim: Claim) -> str:
    """The line that a claim's locator names."""
    return lines_of(claim.source)[int(claim.locator.removeprefix("p")) - 1]


def runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """All runs of so many words."""
    words = re.findall(r"\d[\d,.]*\d|[\w']+", figures.fold(text))
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def test_the_five_texts_have_105_claims_of_which_67_have_a_number(facts: Facts) -> None:
    assert len(facts.claims) == 105
    assert sum(claim.value is not None for claim in facts.claims) == 67


def test_the_claims_of_the_five_texts_are_in_the_shipped_store_as_they_are_here(facts: Facts, shipped: Facts) -> None:
    assert [claim for claim in shipped.claims if claim.source in facts.sources] == list(facts.claims)
    assert {id: source for id, source in shipped.sources.items() if id in facts.sources} == facts.sources


def test_there_are_as_many_claims_sources_and_languages_as_promised(shipped: Facts) -> None:
    assert len(shipped.claims) >= CLAIMS
    assert len(shipped.sources) >= SOURCES
    assert len({source.language.split("-")[0] for source in shipped.sources.values()}) >= LANGUAGES


@pytest.mark.parametrize("measure", PROMISED)
def test_the_world_series_are_as_long_as_promised(measure: str, shipped: Facts) -> None:
    world = (shipped.info.provider, (shipped.info.world,))
    found = [one for one in shipped.claims if (one.provider, one.recipient) == world and one.measure == measure]
    assert len([one for one in found if in_programme(one.programme, "medical-teams")]) >= PROMISED[measure]


def test_as_many_places_have_a_team_a_first_one_and_a_province_as_promised(shipped: Facts) -> None:
    teams = [one for one in shipped.claims if in_programme(one.programme, "medical-teams") and one.status == "done"]
    named = [(place, one) for one in teams for place in one.recipient if not shipped.places[place].is_region]
    assert len({place for place, _ in named}) >= WITH_A_TEAM
    assert len({place for place, one in named if one.measure == "first-team"}) >= WITH_A_FIRST_TEAM
    assert len({place for place, one in named if shipped.places[one.provider].is_part}) >= WITH_A_PROVINCE


def test_a_quarter_of_the_sources_is_neither_state_media_nor_a_reprint(shipped: Facts) -> None:
    free = [one for one in shipped.sources.values() if one.outlet != "state-media" and not one.derived_from]
    assert len(free) * 4 >= len(shipped.sources)


def test_check_finds_no_error_in_the_shipped_store() -> None:
    _, problems = checks.everything(store.shipped())
    assert [one for one in problems if one.severity == "error"] == []


def test_nothing_is_left_out_without_a_reason() -> None:
    page = (store.shipped().parent / "LEFT_OUT.md").read_text(encoding="utf-8")
    told = int(page.split("\n")[2].split()[0])
    sections = re.findall(r"^## .* \((\d+)\)$", page, re.MULTILINE)
    lines = [line for line in page.splitlines() if line.startswith("| ") and line.count(" | ") == 3]
    assert sum(map(int, sections)) == told == len(lines) - 2 * len(sections)


@pytest.mark.parametrize("source", PRINTED)
def test_every_printed_figure_is_in_the_store_and_no_other(source: str, facts: Facts) -> None:
    stored = [
        (int(claim.locator.removeprefix("p")), claim.value, claim.hedge)
        for claim in facts.claims
        if claim.source == source and claim.value is not None
    ]
    assert Counter(stored) == Counter(PRINTED[source])


@pytest.mark.parametrize("source", NAMED)
def test_every_country_that_is_named_is_in_the_store_and_no_other(source: str, facts: Facts) -> None:
    stored = {
        (int(claim.locator.removeprefix("p")), place)
        for claim in facts.claims
        if claim.source == source
        for place in claim.recipient
        if not facts.places[place].is_region
    }
    assert stored == NAMED[source]


def test_the_tables_of_figures_and_countries_know_every_source(facts: Facts) -> None:
    assert set(PRINTED) == set(NAMED) == set(facts.sources)


def test_every_source_prints_a_claim(shipped: Facts) -> None:
    assert {claim.source for claim in shipped.claims} == set(shipped.sources)


def test_an_id_is_the_source_the_locator_and_a_number_counted_from_one(shipped: Facts) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for claim in shipped.claims:
        counted[claim.source, claim.locator] += 1
        assert claim.id == f"{claim.source}:{claim.locator}:{counted[claim.source, claim.locator]}"


def test_a_stored_number_is_the_one_that_its_quote_prints(facts: Facts) -> None:
    for claim in facts.claims:
        if claim.value is not None:
            assert figures.read(claim.quote) == [(claim.value, claim.hedge)], claim.id


def test_a_claim_says_something_in_a_sentence_of_its_own(shipped: Facts) -> None:
    for claim in shipped.claims:
        assert claim.statement.endswith("."), claim.id
        assert len(claim.statement.split()) > 3, claim.id


@pytest.mark.parametrize("table", TABLES)
def test_keys_stand_in_the_order_of_the_fields(table: str) -> None:
    order = [field.name for field in TABLES[table][2]]
    for document in documents[table].values():
        assert list(document) == [name for name in order if name in document]


def test_documents_are_numbered_in_order_from_one() -> None:
    for table in documents.values():
        assert list(table) == [str(n) for n in range(1, len(table) + 1)]


def test_claims_write_out_what_could_be_left_to_a_default() -> None:
    for claim in documents["claims"].values():
        assert {"value", "hedge", "recipient", "provider", "programme", "period", "status", "statement"} <= set(claim)


def test_tinydb_writes_the_file_back_byte_for_byte(tmp_path: Path) -> None:
    copy = tmp_path / "facts.json"
    shutil.copy(store.shipped(), copy)
    with TinyDB(copy, indent=2, ensure_ascii=False, encoding="utf-8") as database:
        [info] = database.table("store").all()
        database.table("store").update({"format": info["format"]})
    assert copy.read_bytes() == store.shipped().read_bytes()


@needs_texts
def test_every_quote_stands_on_the_line_that_its_locator_names(facts: Facts) -> None:
    for claim in facts.claims:
        assert figures.fold(claim.quote) in figures.fold(line_of(claim)), claim.id


@needs_texts
def test_no_statement_copies_six_words_in_a_row_from_its_line(facts: Facts) -> None:
    for claim in facts.claims:
        assert not set(runs(claim.statement, 6)) & set(runs(line_of(claim), 6)), claim.id


@needs_texts
def test_the_texts_are_those_that_were_read(facts: Facts) -> None:
    for source in facts.sources.values():
        content = (Path(os.environ["MEDAID_TEXTS"]) / f"{source.id}.txt").read_bytes()
        assert hashlib.sha256(content).hexdigest() == source.text_sha256, source.id


@needs_texts
def test_every_line_with_a_hedged_number_or_a_magnitude_has_a_claim(facts: Facts) -> None:
    claimed = {(claim.source, claim.locator) for claim in facts.claims}
    for source in facts.sources:
        for number, line in enumerate(lines_of(source), 1):
            if re.search(r"\d,\d{3}|\d (million|billion)|(over|than|nearly|around|some) \d", line):
                assert (source, f"p{number}") in claimed, (source, number)


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_the_totals_fit_a_screen(columns: int) -> None:
    shown, code = in_terminal("stats", "--store", str(store.shipped()), columns=columns, env={"NO_COLOR": "1"})
    lines = shown.splitlines()
    assert code == 0
    assert len(lines) <= 40
    assert max(map(cell_len, lines)) <= columns


def test_the_countries_fit_the_width_of_a_screen() -> None:
    shown, code = in_terminal("countries", "--store", str(store.shipped()), columns=120, env={"NO_COLOR": "1"})
    assert code == 0
    assert max(map(cell_len, shown.splitlines())) <= 120
