"""Periods as printed: what is accepted, the days that are meant, and what is certainly earlier."""

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaid_cli.model import Days, Period
from medaid_cli.periods import UNSTATED, certainly_before, meet, parse, parse_date

DATES = {
    "1963": ("1963-01-01", "1963-12-31"),
    "197X": ("1970-01-01", "1979-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "1963-04": ("1963-04-01", "1963-04-30"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2023-12": ("2023-12-01", "2023-12-31"),
    "1963-04-06": ("1963-04-06", "1963-04-06"),
    "2024-02-29": ("2024-02-29", "2024-02-29"),
    "2008~": ("2006-12-31", "2010-01-01"),
    "2008?": ("2006-12-31", "2010-01-01"),
    "2008%": ("2006-12-31", "2010-01-01"),
    "197X~": ("1968-12-31", "1980-12-31"),
    "2008-03~": ("2008-01-30", "2008-05-01"),
    "2008-03-01~": ("2008-02-29", "2008-03-02"),
    "0001": ("0001-01-01", "0001-12-31"),
    "0001~": ("0001-01-01", "0003-01-01"),
    "9999~": ("9997-12-31", "9999-12-31"),
    "99XX": ("9900-01-01", "9999-12-31"),
}

# text: the days of the start, the days of the end; None where not stated or open.
PERIODS: dict[str, tuple[str | None, str | None]] = {
    "1963": ("1963", "1963"),
    "1963-04-06": ("1963-04-06", "1963-04-06"),
    "1963/..": ("1963", None),
    "2008~/..": ("2008~", None),
    "2018/2022": ("2018", "2022"),
    "2018/2018": ("2018", "2018"),
    "2018-05/2018": ("2018-05", "2018"),
    "2020~/2019": ("2020~", "2019"),
    "197X/1975": ("197X", "1975"),
    "/..": (None, None),
    "/2020": (None, "2020"),
}

NOT_DATES = [
    "",
    " ",
    "63",
    "963",
    "19630",
    "1963 ",
    " 1963",
    "1963\n",
    "1963-4",
    "1963-04-6",
    "1963-04-06-01",
    "1963/04",
    "1963-XX",
    "197X-04",
    "1XXX",
    "19X3",
    "~2008",
    "2008~?",
    "April 1963",
    "1963-04-06T12:00",
    "-1963",
    "y1963",
    "٢٠٢٠",
    "..",
]

NOT_IN_THE_CALENDAR = ["1963-13", "1963-00", "1963-04-31", "1963-02-29", "1963-04-00", "0000", "00XX", "000X"]

NOT_PERIODS = [
    "1963/",
    "/",
    "../1963",
    "../..",
    "1963//..",
    "1963/../..",
    "1963/1964/1965",
    "1963/x",
    "x/1963",
    "1963-1964",
]

whole_years = st.integers(1000, 2999).map(str)
months = st.dates().map(lambda day: day.isoformat()[:7])
days = st.dates().map(lambda day: day.isoformat())
decades = st.integers(100, 299).map("{}X".format)
centuries = st.integers(10, 29).map("{}XX".format)
plain_dates = st.one_of(whole_years, months, days, decades, centuries)
fuzzy_dates = st.builds("".join, st.tuples(plain_dates, st.sampled_from("~?%")))
meant = st.one_of(plain_dates, fuzzy_dates).map(parse_date)


@pytest.mark.parametrize("text", DATES)
def test_a_date_may_mean_these_days(text: str) -> None:
    found = parse_date(text)
    assert (found.text, found.earliest, found.latest) == (text, *DATES[text])
    assert found.year == int(text[:4].replace("X", "0"))


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_has_this_start_and_end(text: str) -> None:
    start, end = PERIODS[text]
    assert parse(text) == Period(text, parse_date(start) if start else None, parse_date(end) if end else None)


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date like 1963, 197X, 1963-04, 1963-04-06 or 2008~") as raised:
        parse_date(text)
    assert repr(text) in str(raised.value)


@pytest.mark.parametrize("text", NOT_IN_THE_CALENDAR)
def test_a_day_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^'{text}' is not a day of the calendar$"):
        parse_date(text)


@pytest.mark.parametrize("text", NOT_PERIODS)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse(text)


@pytest.mark.parametrize("text", ["1964/1963", "1963-05/1963-04", "198X/1979", "1963-04-07/1963-04-06"])
def test_a_period_that_ends_before_it_starts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^period '{text}' ends before it starts$"):
        parse(text)


def test_what_is_unstated_has_neither_start_nor_end() -> None:
    assert parse(UNSTATED) == Period(UNSTATED, None, None)


@pytest.mark.parametrize(
    ("text", "printed", "first"), [("1963-04", "1963", 1963), ("197X", "197X", 1970), ("19XX~", "19XX", 1900)]
)
def test_a_date_tells_its_year_as_printed_and_as_a_number(text: str, printed: str, first: int) -> None:
    assert (parse_date(text).printed_year, parse_date(text).year) == (printed, first)


@given(plain_dates)
def test_a_date_means_the_same_days_to_the_edtf_library(text: str) -> None:
    theirs = edtf.parse_edtf(text)
    ours = parse_date(text)
    assert iso(theirs.lower_strict()) == ours.earliest
    assert iso(theirs.upper_strict()) == ours.latest


@given(plain_dates, plain_dates)
def test_a_closed_period_means_the_same_days_to_the_edtf_library(start: str, end: str) -> None:
    a, b = sorted((parse_date(start), parse_date(end)), key=lambda found: (found.earliest, found.latest))
    ours = parse(f"{a.text}/{b.text}")
    theirs = edtf.parse_edtf(f"{a.text}/{b.text}")
    assert ours.start
    assert ours.end
    assert iso(theirs.lower_strict()) == ours.start.earliest
    assert iso(theirs.upper_strict()) == ours.end.latest


def iso(day: tuple[int, ...]) -> str:
    year, month, number = day[:3]
    return f"{year:04}-{month:02}-{number:02}"


@given(plain_dates, st.sampled_from("~?%"))
def test_a_mark_of_doubt_only_widens(text: str, mark: str) -> None:
    sure, unsure = parse_date(text), parse_date(text + mark)
    assert unsure.earliest < sure.earliest or sure.earliest <= "0001-12-31"
    assert sure.latest < unsure.latest or sure.latest >= "9998-12-31"


@given(meant)
def test_the_first_day_is_never_after_the_last(found: Days) -> None:
    assert found.earliest <= found.latest


@given(meant, meant)
def test_two_dates_are_in_order_or_reversed_or_may_be_the_same_day(a: Days, b: Days) -> None:
    assert [certainly_before(a, b), certainly_before(b, a), meet(a, b)].count(True) == 1
    assert meet(a, b) is meet(b, a)


@given(meant, meant, meant)
def test_before_is_passed_on(a: Days, b: Days, c: Days) -> None:
    first, second, third = sorted((a, b, c), key=lambda found: found.earliest)
    if certainly_before(first, second) and certainly_before(second, third):
        assert certainly_before(first, third)


@given(meant)
def test_nothing_is_before_itself_or_beside_an_unknown_day(found: Days) -> None:
    assert not certainly_before(found, found)
    assert not certainly_before(None, found)
    assert not certainly_before(found, None)
    assert meet(found, found)


@pytest.mark.parametrize(
    ("a", "b", "before"), [("1963", "1964", True), ("1963", "1963-05", False), ("2008~", "2009", False)]
)
def test_before_holds_only_whatever_days_were_meant(a: str, b: str, before: bool) -> None:
    assert certainly_before(parse_date(a), parse_date(b)) is before
