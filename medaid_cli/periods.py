"""Periods as printed: the EDTF subset (ISO 8601-2), the days that a date may mean, and what is certainly earlier.

    period = date | start "/" end      start = date | ""  (not stated)      end = date | ".."  (up to the source's day)
    date   = YYYY | YYYX | YYXX | YYYY-MM | YYYY-MM-DD, each with an optional "~", "?" or "%"

A date that is marked as approximate or uncertain reaches one unit of its precision further on both sides.
"""

import re
from datetime import date, timedelta
from functools import cache, lru_cache

from medaid_cli.model import Days, Period

LONGEST_MONTH = 31
UNSTATED = "/.."


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Days:
    """The days that one date may mean.

    Raises:
        ValueError: as `parse`.
    """
    if is_day(text):
        return Days(text, text, text)
    match = date_pattern().fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date like 1963, 197X, 1963-04, 1963-04-06 or 2008~")
    year, month, day, fuzzy = match.groups()
    first = f"{year.replace('X', '0')}-{month or '01'}-{day or '01'}"
    last = year.replace("X", "9")
    try:
        earliest = date.fromisoformat(first)
        latest = first if day else last_day(int(last), int(month)).isoformat() if month else f"{last}-12-31"
    except ValueError as error:
        raise ValueError(f"{text!r} is not a day of the calendar") from error
    if not fuzzy:
        return Days(text, first, latest)
    reach = timedelta(days=1 if day else LONGEST_MONTH if month else 366)
    lower, upper = max(earliest, date.min + reach), min(date.fromisoformat(latest), date.max - reach)
    return Days(text, (lower - reach).isoformat(), (upper + reach).isoformat())


def is_day(text: str) -> bool:
    """Whether it is one day of the calendar, as most dates are, written like 1963-04-06."""
    try:
        return len(text) == len("1963-04-06") and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


@cache
def date_pattern() -> re.Pattern[str]:
    """Year, month, day, mark. Years may end in unspecified digits; only whole years may."""
    return re.compile(r"(\d{4}|\d{3}X(?!-)|\d\dXX(?!-))(?:-(\d\d))?(?:-(\d\d))?([~?%])?", re.ASCII)


def certainly_before(a: Days | None, b: Days | None) -> bool:
    """Whether a is earlier whatever days were meant; never, if one is unknown."""
    return a is not None and b is not None and a.latest < b.earliest


def meet(a: Days, b: Days) -> bool:
    """Whether both may mean one day."""
    return a.earliest <= b.latest and b.earliest <= a.latest
