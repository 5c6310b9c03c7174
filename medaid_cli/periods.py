"""Periods as printed: the EDTF subset (ISO 8601-2), the days that a date may mean, and what is certainly earlier.

    period = date | start "/" end      start = date | ""  (not stated)      end = date | ".."  (up to the source's day)
    date   = YYYY | YYYX | YYXX | YYYY-MM | YYYY-MM-DD, each with an optional "~", "?" or "%"

A date that is marked as approximate or uncertain reaches one unit of its precision further on both sides.
"""

from datetime import date, timedelta
from functools import cache

from medaid_cli.model import Days, Period

LONGEST_MONTH = 31
UNSTATED = "/.."
FUZZY = ("~", "?", "%")  # approximate, uncertain, both


@cache
def parse(text: str) -> Period:
    """Read a period.

    Raises:
        ValueError: one sentence that names what was given and what is expected.
    """
    start, slash, end = text.partition("/")
    if not slash:
        day = parse_date(text)
        return Period(text, day, day)
    first = parse_date(start) if start else None
    last = None if end == ".." else parse_date(end)
    if first and last and last.latest < first.earliest:
        raise ValueError(f"period {text!r} ends before it starts")
    return Period(text, first, last)


@cache
def parse_date(text: str) -> Days:
    """The days that one date may mean.

    Raises:
        ValueError: as `parse`.
    """
    if one_day := day_of(text):
        return Days(text, text, text, one_day.year)
    if is_year(text):
        return Days(text, f"{text}-01-01", f"{text}-12-31", int(text))
    if is_month(text):
        return Days(text, f"{text}-01", f"{text}-{last_day(int(text[:4]), int(text[5:]))}", int(text[:4]))
    fuzzy = text.endswith(FUZZY)
    parts = (text[:-1] if fuzzy else text).split("-")
    if not (is_year_of_digits(parts[0], whole=len(parts) == 1) and len(parts) <= 3 and all(map(is_pair, parts[1:]))):
        raise ValueError(f"{text!r} is not a date like 1963, 197X, 1963-04, 1963-04-06 or 2008~")
    year, month, day = (*parts, "", "")[:3]
    first = f"{year.replace('X', '0')}-{month or '01'}-{day or '01'}"
    last = year.replace("X", "9")
    try:
        earliest = date.fromisoformat(first)
        latest = first if day else f"{year}-{month}-{last_day(int(year), int(month))}" if month else f"{last}-12-31"
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of the calendar") from error
    if not fuzzy:
        return days(text, first, latest)
    reach = timedelta(days=1 if day else LONGEST_MONTH if month else 366)
    lower, upper = max(earliest, date.min + reach), min(date.fromisoformat(latest), date.max - reach)
    return days(text, (lower - reach).isoformat(), (upper + reach).isoformat())


def days(text: str, earliest: str, latest: str) -> Days:
    """The days between two, as the text tells them."""
    return Days(text, earliest, latest, int(text[:4].replace("X", "0")))


def date_of(text: str | None) -> Days | None:
    """The days of a date that may be absent."""
    return None if text is None else parse_date(text)


def day_of(text: str) -> date | None:
    """The one day of the calendar that most dates are, written like 1963-04-06; None for all others."""
    if len(text) != len("1963-04-06") or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_year(text: str) -> bool:
    """Whether it is one year of the calendar, written like 1963."""
    return len(text) == len("1963") and text.isascii() and text.isdigit() and text != "0000"


def is_year_of_digits(text: str, *, whole: bool) -> bool:
    """Whether it is a year of four digits, of which a whole year's last one or two may not be specified."""
    digits = text.rstrip("X") if whole else text
    return len(text) == len("197X") and len(digits) >= len("19") and digits.isascii() and digits.isdigit()


def is_pair(text: str) -> bool:
    """Whether it is two digits, as of a month or a day."""
    return len(text) == 2 and text.isascii() and text.isdigit()


def is_month(text: str) -> bool:
    """Whether it is one month of the calendar, written like 1963-04."""
    return (
        len(text) == len("1963-04")
        and text[4] == "-"
        and is_year(text[:4])
        and "01" <= text[5:] <= "12"
        and is_pair(text[5:])
    )


def last_day(year: int, month: int) -> int:
    """The last day of a month: 28 to 31."""
    return LONGEST_MONTH if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def certainly_before(a: Days | None, b: Days | None) -> bool:
    """Whether a is earlier whatever days were meant; never, if one is unknown."""
    return a is not None and b is not None and a.latest < b.earliest


def meet(a: Days, b: Days) -> bool:
    """Whether both may mean one day."""
    return a.earliest <= b.latest and b.earliest <= a.latest
