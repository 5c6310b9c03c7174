"""What people read off a screen: it shows the rows that were asked for, and says what it leaves out, adds or marks."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from factories import claim, write_store
from factories import facts as small
from program import in_terminal, invoke

from medaid_cli.model import Facts
from medaid_cli.query import Filter
from medaid_cli.render.output import Looks, shape
from medaid_cli.reports.compare import compare
from medaid_cli.reports.countries import countries
from medaid_cli.reports.country import country
from medaid_cli.reports.report import Block, Report
from medaid_cli.reports.stats import stats
from medaid_cli.reports.timeline import timeline

Document = dict[str, Any]

DAYS = {"a": "2020-05-01", "b": "2021-05-01", "c": "2022-05-01", "d": "2023-05-01"}


def titles(report: Report, **looks: Any) -> list[str]:
    """The titles of the tables that people see."""
    return [block.title for block in blocks(report, **looks)]


def blocks(report: Report, **looks: Any) -> tuple[Block, ...]:
    """The tables that people see beside the main one."""
    shaped = shape(report, Looks(**looks))
    return (*shaped.lead, *shaped.tail)


def told(number: int, place: str, source: str, **fields: Any) -> Document:
    """So many people sent to a place."""
    return claim(f"{number} people", source=source, recipient=[place], period="2018/2019", **fields)


def apart(*places: str) -> list[Document]:
    """Two sources that contradict each other, for each place."""
    return [
        told(number * 10**size, place, source)
        for size, place in enumerate(places)
        for number, source in ((10, "a"), (40, "b"))
    ]


class TestRowsBecomeTables:
    """Tables that are made of rows are made of those that are left after sorting and limiting."""

    def test_a_comparison_shows_no_more_quantities_than_its_limit(self) -> None:
        report = compare(small(*apart("BJ", "ML", "DZ"), **DAYS), Filter())
        assert len(titles(report)) == 3
        assert len(titles(report, limit=2)) == 2
        assert titles(report, limit=2) == titles(report)[:2]
        assert titles(report, limit=0) == []

    def test_a_comparison_is_in_the_order_that_was_asked_for(self) -> None:
        report = compare(small(*apart("ML", "DZ", "BJ"), **DAYS), Filter())
        names = [title.split(", ")[1] for title in titles(report, sort="low")]
        assert names == ["Mali", "Algeria", "Benin"]
        names = [title.split(", ")[1] for title in titles(report, sort="-low", limit=2)]
        assert names == ["Benin", "Algeria"]

    def test_a_comparison_cut_to_fields_has_no_other_tables(self) -> None:
        assert titles(compare(small(*apart("ML"), **DAYS), Filter()), fields=("low",)) == []

    @pytest.mark.parametrize("format", ["table", "markdown"])
    def test_every_format_for_people_obeys(self, format: str) -> None:
        whole = invoke("compare", "--format", format).out
        shown = invoke("compare", "--limit", "2", "--format", format).out
        rows = json.loads(invoke("compare", "--limit", "2", "--json").out)["rows"]
        claims = {one["id"] for row in rows for one in row["claims"]}
        assert claims <= set(re.findall(r"[a-z0-9-]+:p[0-9]+:[0-9]+", shown))
        assert len(shown) < len(whole)
        if format == "table":
            assert {line.split("\t")[-1] for line in shown.splitlines()} - {"", "claim"} == claims

    def test_a_terminal_obeys(self) -> None:
        shown, _ = in_terminal("compare", "--limit", "1", columns=100, env={"NO_COLOR": "1"})
        assert sum(line.startswith("as of") for line in shown.splitlines()) == 1

    def test_a_timeline_shows_the_rows_that_are_left(self) -> None:
        facts = small(
            claim("in 2018", measure="event", period="2018", recipient=["BJ"], value=None, source="a"),
            claim("in 2019", measure="event", period="2019", recipient=["ML"], value=None, source="a"),
            told(100, "BJ", "a"),
            told(200, "BJ", "b"),
            **DAYS,
        )
        report = timeline(facts, Filter(measure=("event", "personnel")))
        assert [len(block.rows) for block in blocks(report)] == [2, 2]
        [events] = blocks(report, limit=1)
        assert [row["when"] for row in events.rows] == ["2018"]
        [figures] = blocks(report, sort="-low", limit=1)
        assert [row["low"] for row in figures.rows] == [200]

    def test_a_timeline_keeps_the_series_of_each_quantity_apart(self) -> None:
        facts = small(*apart("BJ", "ML"), **DAYS)
        report = timeline(facts, Filter(measure=("personnel",)))
        assert [[row["where"] for row in block.rows] for block in blocks(report)] == [[["ML"]] * 2, [["BJ"]] * 2]
        assert [row["low"] for row in shape(report, Looks()).rows] == [10, 100, 40, 400]


class TestHeadings:
    """The heading of a comparison says why in a line or two."""

    def test_many_pairs_of_authorities_are_counted(self) -> None:
        facts = small(*(told(10**size, "BJ", source) for size, source in enumerate("abcd", 1)), **DAYS)
        report = compare(facts, Filter())
        [title] = titles(report)
        assert title == "people sent, Benin, 2018–2019: conflict (4 authorities; told of the same day)"
        [row] = report.rows
        assert sum(cause.startswith("other authority: ") for cause in row["causes"]) == 6

    def test_one_or_two_pairs_are_named(self) -> None:
        pair = [told(10, "BJ", "a"), told(500, "BJ", "b")]
        [title] = titles(compare(small(*pair, **DAYS), Filter()))
        assert title.endswith("conflict (other authority: a against b; told of the same day)")
        [title] = titles(compare(small(*pair, told(502, "BJ", "c"), **DAYS), Filter()))
        assert "authorities" in title
        pair.append(told(500, "BJ", "c"))
        [title] = titles(compare(small(*pair, **DAYS), Filter()))
        assert "other authority: a against b; told of the same day; other authority: a against c" in title

    def test_those_who_agree_with_all_others_are_not_counted(self) -> None:
        three = [told(10**size, "BJ", source) for size, source in enumerate("abc", 1)]
        wide = told(1, "BJ", "d", hedge="at-least", value=1)
        [title] = titles(compare(small(*three, wide, **DAYS), Filter()))
        assert "(3 authorities; " in title


class TestMeasuresToCompare:
    """MEASURE and --measure are two ways to ask for the same thing."""

    def test_two_measures_asked_for_in_two_ways_are_an_error_that_tells_how(self) -> None:
        ended = invoke("compare", "treatments", "-m", "batches")
        assert (ended.code, ended.out) == (2, "")
        message = "MEASURE is treatments, but --measure is batches; to compare them, use -m treatments -m batches"
        assert ended.err == f"medaid: {message}\n"

    def test_what_the_error_says_works(self) -> None:
        ended = invoke("compare", "-m", "treatments", "-m", "batches", "--json")
        assert ended.code == 0
        assert json.loads(ended.out)["query"]["measure"] == ["treatments", "batches"]

    @pytest.mark.parametrize("again", ["treatments", "Treatments", "patients"])
    def test_the_same_measure_twice_is_that_measure(self, again: str) -> None:
        ended = invoke("compare", "treatments", "-m", again, "--json")
        assert ended.code == 0
        assert json.loads(ended.out)["query"]["measure"] == ["treatments"]
        assert ended.out == invoke("compare", "treatments", "--json").out

    def test_one_of_several_is_an_error_too(self) -> None:
        ended = invoke("compare", "treatments", "-m", "batches", "-m", "treatments")
        assert ended.code == 2
        assert "use -m treatments -m batches" in ended.err


class TestDisputedBeside:
    """What is shown for a disputed claim only is said to be."""

    SLIP = told(9000, "BJ", "c", status="disputed")

    def test_a_comparison_of_all_says_how_many_there_are(self) -> None:
        facts = small(told(10, "BJ", "a"), told(10, "BJ", "b"), self.SLIP, *apart("ML"), **DAYS)
        report = compare(facts, Filter())
        assert report.notes[:2] == ("2 quantities: 1 conflict, 1 agree", "1 of them is here only for a disputed claim")
        alone = [told(20, "DZ", "a"), told(7000, "DZ", "b", status="disputed")]
        facts = small(told(10, "BJ", "a"), told(10, "BJ", "b"), self.SLIP, *alone, **DAYS)
        assert "2 of them are here only for a disputed claim" in compare(facts, Filter()).notes

    def test_where_all_are_at_odds_or_a_measure_is_named_nothing_is_said(self) -> None:
        at_odds = small(*apart("ML"), told(9000, "ML", "c", status="disputed"), **DAYS)
        assert not any("only for" in note for note in compare(at_odds, Filter()).notes)
        named = small(told(10, "BJ", "a"), told(10, "BJ", "b"), self.SLIP, **DAYS)
        assert not any("only for" in note for note in compare(named, Filter(measure=("personnel",))).notes)

    def test_the_help_says_so(self) -> None:
        words = " ".join(invoke("compare", "--help").out.split())
        assert "Without MEASURE, all that is not in agreement, and what has a disputed claim." in words


class TestInbound:
    """Care given inside the provider's own country is no aid in the country of those who came."""

    CLAIMS = (
        told(10, "BJ", "a"),
        claim("20 people", source="b", recipient=["BJ"], programme="inbound/pilot", provider="CN-SN"),
        claim("30 people", source="b", recipient=["BJ"], programme="inbound", status="planned"),
    )

    def test_the_heading_counts_what_countries_counts(self) -> None:
        facts = small(*self.CLAIMS, **DAYS)
        report = country(facts, Filter(country=("BJ",)), "BJ")
        [row] = countries(facts, Filter(country=("BJ",))).rows
        assert report.extra["country"] == row
        assert (row["claims"], row["sources"], row["sent_by"], row["planned"]) == (1, 1, [], 0)
        assert len(report.rows) == 3

    def test_lines_are_marked_and_the_mark_is_told_of(self) -> None:
        report = country(small(*self.CLAIMS, **DAYS), Filter(country=("BJ",)), "BJ")
        [column] = [one for one in report.columns if one.heading == "as printed"]
        shown = {column.show(row) for row in report.rows}
        assert shown == {"“10 people”", "“20 people” [inbound]", "“30 people” [planned] [inbound]"}
        assert "2 claims on people treated inside China are marked [inbound]" in report.notes

    def test_one_line_is_told_of_as_one(self) -> None:
        report = country(small(*self.CLAIMS[:2], **DAYS), Filter(country=("BJ",)), "BJ")
        assert "1 claim on people treated inside China is marked [inbound]" in report.notes

    def test_who_asks_for_them_gets_them_counted(self) -> None:
        facts, wanted = small(*self.CLAIMS, **DAYS), Filter(country=("BJ",), programme=("inbound",))
        report = country(facts, wanted, "BJ")
        assert report.extra["country"] == countries(facts, wanted).rows[0]
        assert report.extra["country"]["claims"] == 2
        assert not any("marked" in note for note in report.notes)

    def test_where_there_is_nothing_else_that_is_said(self) -> None:
        report = country(small(*self.CLAIMS[1:], **DAYS), Filter(country=("BJ",)), "BJ")
        assert "all claims are about people from Benin treated inside China" in report.notes
        assert not any("marked" in note for note in report.notes)

    def test_both_commands_say_the_same_of_every_country_of_the_shipped_store(self, shipped: Facts) -> None:
        for row in countries(shipped, Filter()).rows:
            wanted = Filter(country=(row["code"],))
            found = country(shipped, wanted, row["code"]).extra["country"]
            [alone] = countries(shipped, wanted).rows
            assert (found["claims"], found["sources"]) == (alone["claims"], alone["sources"]), row["name"]


class TestLeftOutOfATimeline:
    """A timeline says how many claims do not count, and why."""

    def test_figures_by_reason(self) -> None:
        facts = small(
            told(10, "BJ", "a"),
            told(20, "BJ", "a", status="planned"),
            told(30, "BJ", "a", status="disputed"),
            told(31, "BJ", "b", status="disputed"),
            told(40, "BJ", "a", retracted={"day": "2024-01-01", "reason": "misread"}),
            claim("50 people", source="c", id="c:p1:9"),
            claim("51 people", source="c", replaces="c:p1:9"),
            claim("60 people", source="d", programme="inbound"),
            **DAYS,
        )
        notes = timeline(facts, Filter(measure=("personnel",))).notes
        why = "2 disputed, 1 retracted, 1 replaced, 1 inbound"
        assert notes[:2] == (
            "0 events, 2 figures",
            f"left out: 6 claims (1 planned, {why}); medaid claims lists them",
        )

    def test_events_and_activities_that_have_a_date(self) -> None:
        plan: Document = {"value": None, "source": "a", "recipient": ["BJ"], "status": "planned"}
        facts = small(
            claim("in 2018", measure="event", period="2018", **plan),
            claim("in May 2019", measure="activity", period="2019-05", **plan),
            claim("for years", measure="activity", period="2019/2021", **plan),
            claim("some day", measure="activity", **plan),
            told(20, "BJ", "a", status="planned"),
            **DAYS,
        )
        notes = timeline(facts, Filter()).notes
        assert "left out: 2 claims (2 planned); medaid claims lists them" in notes

    def test_where_all_counts_nothing_is_said(self) -> None:
        notes = timeline(small(told(10, "BJ", "a"), **DAYS), Filter(measure=("personnel",))).notes
        assert not any("left out" in note for note in notes)

    def test_who_asks_for_inbound_gets_it(self) -> None:
        facts = small(claim("60 people", source="d", programme="inbound"), **DAYS)
        asked = Filter(measure=("personnel",), programme=("inbound",))
        assert timeline(facts, asked).notes == ("0 events, 1 figure",)

    def test_it_is_on_the_screen(self, tmp_path: Path) -> None:
        store = write_store(tmp_path, told(10, "BJ", "a"), told(20, "BJ", "a", status="planned"))
        shown, code = in_terminal("timeline", "-m", "personnel", "--store", str(store), env={"NO_COLOR": "1"})
        assert code == 0
        assert "left out: 1 claim (1 planned); medaid claims lists them" in shown


@pytest.mark.parametrize("command", [("country", "Shanxi"), ("claims", "--country", "Beijing")])
def test_a_province_of_the_provider_is_refused_on_the_command_line(command: tuple[str, ...]) -> None:
    ended = invoke(*command)
    assert (ended.code, ended.out) == (2, "")
    assert "is a part of China; for what it gave, use --provider" in ended.err


def test_what_is_behind_the_totals_is_of_the_lines_that_are_shown() -> None:
    treated = [told(7, "BJ", "a", measure="treatments")]
    report = stats(small(*apart("BJ", "ML"), *treated, **DAYS), Filter(), why=True)
    assert {title.partition(":")[0] for title in titles(report)} == {"people sent", "patients treated"}
    assert {title.partition(":")[0] for title in titles(report, limit=1)} == {"people sent"}
    assert {title.partition(":")[0] for title in titles(report, limit=1, sort="-measure")} == {"patients treated"}
