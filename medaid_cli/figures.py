"""Numbers as printed: reading them with their hedge out of a quote, and the interval that the hedge allows.

The rules and their literature stand in DECISIONS.md, "How a hedge becomes an interval". All numbers are whole.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from medaid_cli.model import Hedge, Interval

# An approximation reaches at most this far on either side: "about 30,000" is not 20,000, though its grain is 10,000.
HALO = 0.10

# Longer texts are no quotes, and nothing in them is read: twice the text may take patterns four times as long.
LONGEST = 1_000

HEDGE_WORDS: dict[str, Hedge] = {
    "a total of": "exact",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "roughly": "about",
    "some": "about",
    "estimated": "about",
    "an estimated": "about",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "over": "over",
    "more than": "over",
    "above": "over",
    "upwards of": "over",
    "at least": "at-least",
    "no fewer than": "at-least",
    "not fewer than": "at-least",
    "no less than": "at-least",
    "not less than": "at-least",
    "not under": "at-least",
    "not below": "at-least",
    "minimum": "at-least",
    "a minimum of": "at-least",
    "minimum of": "at-least",
    "fewer than": "under",
    "less than": "under",
    "under": "under",
    "below": "under",
    "up to": "at-most",
    "at most": "at-most",
    "no more than": "at-most",
    "not more than": "at-most",
    "not over": "at-most",
    "not above": "at-most",
    "not exceeding": "at-most",
    "maximum": "at-most",
    "a maximum of": "at-most",
    "maximum of": "at-most",
}
# Behind the number, at most a noun apart: "50 or more", "50 doctors or so", "50-odd".
LATER_HEDGES: dict[str, Hedge] = {
    "or more": "at-least",
    "or above": "at-least",
    "and more": "at-least",
    "and above": "at-least",
    "plus": "at-least",
    "or so": "about",
    "odd": "about",
    "or less": "at-most",
    "or fewer": "at-most",
}
# What turns a hedge round, or takes the number away: "never above 50" and "minus 50" are not read at all.
NEGATIONS = "no not never nor hardly barely scarcely minus without".split()
# "Several hundred", "tens of thousands", "a few dozen" carry no value that could be defended.
VAGUE_WORDS = "several few dozens tens hundreds thousands millions billions half couple".split()
MAGNITUDES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
MAGNITUDES |= {"dozen": 12, "mln": 10**6, "bn": 10**9}
SHORT_MAGNITUDES = {"k": 10**3, "m": 10**6, "b": 10**9}  # only right behind the digits: 300m
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
).split()
UNITS += ["seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
# "Two thirds" and "90 percent" count nothing.
FRACTIONS = r"thirds?\b|quarters?\b|fifths?\b|tenths?\b"
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


class Figure(NamedTuple):
    """A number as printed: its value and how it is fenced."""

    value: int
    hedge: Hedge


# Hedges that suggest no less than they allow.
TWO_SIDED = ("exact", "about", "nearly")


def grain(value: int) -> int:
    """The place value of the last digit that is not zero: 10,000 for 30,000; 1 for 616 and for 0."""
    digits = str(value)
    return 10 ** (len(digits) - len(digits.rstrip("0"))) if value else 1


def halo(value: int) -> int:
    """How far an approximate number reaches: its grain, but at most a tenth of it, and at least 1."""
    return max(1, min(grain(value), int(value * HALO)))


def interval(value: int, hedge: Hedge) -> Interval:
    """Every whole number that the printed words allow."""
    if hedge == "exact":
        half = halo(value) // 2 if value >= 1000 and value % 10 == 0 else 0
        return Interval(value - half, value + half)
    if hedge == "over":
        return Interval(value + 1, None)
    if hedge == "at-least":
        return Interval(value, None)
    if hedge == "about":
        around = halo(value)
        return Interval(max(0, value - around), value + around)
    if hedge == "nearly":
        return Interval(max(0, value - halo(value)), max(0, value - 1))
    return Interval(0, max(0, value - 1) if hedge == "under" else value)


def likely(value: int, hedge: Hedge) -> Interval:
    """What the words suggest, at the grain of the number. Tells agreement; never enters a sum."""
    if hedge in TWO_SIDED:
        return interval(value, hedge)
    size = grain(value)
    if hedge == "over":
        return Interval(value + 1, value + size - 1 if size > 1 else value // 10 * 10 + 10)
    if hedge == "at-least":
        return Interval(value, value + size - 1)
    if hedge == "under":
        return Interval(max(0, value - size), max(0, value - 1))
    return Interval(max(0, value - size + 1), value)


def meet(a: Interval, b: Interval) -> bool:
    """Whether some number lies in both."""
    return (a.high is None or b.low <= a.high) and (b.high is None or a.low <= b.high)


def read(quote: str, language: str = "en") -> list[Figure]:
    """Every number in the quote, in order, each with the hedge printed beside it.

    Returns rather too few than a wrong one: none for vague numerals, for shares, and where there is a doubt. An English
    phrase is read in any language; a language without a table is read as English where that is safe.

    Args:
        quote: The phrase as printed.
        language: A BCP-47 tag; only its first part counts.
    """
    if len(quote) > LONGEST:
        return []
    tongue = re.split("[-_]", language.casefold())[0]
    if tongue == "en":
        return read_english(fold(quote))
    # Only who reads other languages pays for their tables.
    from medaid_cli import numerals

    text, reader = plain(quote), numerals.reader_of(tongue)
    if reader is None or english_phrase().search(text) or not numerals.has_script(text, reader):
        return [] if foreign_number().search(text) else read_english(text)
    return [Figure(value, hedge) for value, hedge in numerals.numbers(text, reader)]


def read_english(text: str) -> list[Figure]:
    """Every number in an English text, as `fold` or `plain` leaves it."""
    return [figure for match in number_pattern().finditer(text) if (figure := figure_of(match)) is not None]


def figure_of(match: re.Match[str]) -> Figure | None:
    """The figure that a match of `number_pattern` stands for; None for vague ones, fractions, and where in doubt."""
    if match["vague"] or no_count().search(match.string[: match.start()]):
        return None
    value, hedge = amount(match), hedge_of(match)
    return None if value is None or hedge is None else Figure(value, hedge)


def hedge_of(match: re.Match[str]) -> Hedge | None:
    """How the number is fenced, before it or behind; None if it is on both sides, and these may not go together."""
    before = HEDGE_WORDS[" ".join(match["hedge"].split())] if match["hedge"] else None
    later = later_hedge().match(match.string, match.end())
    behind = match["plus"] or match["late"] or match["ordinal"] or match["nth"]
    if later:
        fenced = LATER_HEDGES[" ".join(later["words"].split())]
        if before is None and not behind:
            return fenced
        return before if before in ("over", "at-least") and fenced == "at-least" else None
    if behind and not before:
        return "over" if behind == "-plus" else "at-least"  # "50+" is 50 or more; a 30th team has 29 before it
    return before or "exact"


@cache
def no_count() -> re.Pattern[str]:
    """What makes no count of the number right behind it: a share, "half of 60" or "90% of 60", or a negation."""
    shares = rf"(?:{either(['half', 'percent', 'per cent'])}|%|{FRACTIONS})"
    return re.compile(
        rf"(?:(?:\b|(?<=%)){shares}\s+of(?:\s+(?:the|all|some|its|their|these|those))*|\b(?:{either(NEGATIONS)}))\s+$"
    )


@cache
def later_hedge() -> re.Pattern[str]:
    """A hedge behind a number."""
    return re.compile(rf"(?:\s+(?!or\b|and\b)[a-z]+)?[\s-]+(?P<words>{either(LATER_HEDGES)})\b")


def amount(match: re.Match[str]) -> int | None:
    """The whole number meant by the digits or words and the magnitudes behind them; None if there isn't one."""
    if match["ordinal"]:
        tens, _, last = match["ordinal"].replace(" ", "-").rpartition("-")
        return (word_value(tens) if tens else 0) + ORDINALS.index(last) + 1
    times = (MAGNITUDES | SHORT_MAGNITUDES).get(match["magnitude"] or match["short"], 1)
    more = MAGNITUDES.get(match["more"], 1)
    if 1 < more <= times:
        return None  # "two thousand and five hundred" has more parts than are read here
    rest = word_value(match["rest"]) if match["rest"] else 0
    if not match["digits"]:
        return (word_value(match["word"]) * times + rest) * more
    whole, _, part = re.sub("[, ]", "", match["digits"]).partition(".")
    value, fraction = divmod(int(whole + part) * times * more, 10 ** len(part))
    return None if fraction else value + rest * more


def word_value(word: str) -> int:
    """`forty-eight` is 48."""
    first, _, second = word.replace(" ", "-").partition("-")
    if first in UNITS:
        return UNITS.index(first)
    return (TENS.index(first) + 2) * 10 + (UNITS.index(second) if second else 0)


def fold(text: str) -> str:
    """Lower case, with no-break spaces and curly quotes made plain, so that texts compare."""
    return text.translate(plain_characters()).casefold()


@cache
def plain_characters() -> dict[int, str]:
    """The characters that typesetters change."""
    return str.maketrans({"\u00a0": " ", "\u202f": " ", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "‑": "-"})


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, with any white space between their parts."""
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def number_pattern() -> re.Pattern[str]:
    """Hedge, number in digits or words, ordinal ending, magnitude; or a vague numeral, to step over.

    Years and the like are read as numbers too: the caller knows which number of a quote is meant.
    """
    small = rf"(?:{either(TENS)})(?:[ -](?:{either(UNITS[1:10])}))?|{either(UNITS)}"
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: 000)+|\d+(?:\.\d+)?"
    rest = rf"(?:\s+and\s+(?P<rest>{small}))?(?:[ -](?P<more>{either(MAGNITUDES)}))?"
    # Ranges, "12 345,6", "50 plus 10", "two and a half", shares.
    doubtful = rf"-\d| \d[\d.]*,\d\d?(?!\d)|\s+plus\s+\d|\s+and\s+an?\s+(?:half\b|{FRACTIONS})"
    doubtful += rf"|[ -]?(?:%|percent|per\s+cent|{FRACTIONS})"
    magnitude = rf"[ -]?(?P<magnitude>{either(MAGNITUDES)}){rest}|(?P<short>{either(SHORT_MAGNITUDES)})"
    return re.compile(
        rf"\b(?P<vague>{either(VAGUE_WORDS)}|(?:\d+|{either(UNITS)})[ -](?:{FRACTIONS}))"
        rf"(?:\s+of)?(?:\s+(?:{either(MAGNITUDES)})s?)*\b"
        rf"|(?:\b(?P<hedge>{either(HEDGE_WORDS)})\s+(?:[a-z]{{0,3}}[$€£¥] ?)?)?(?<![\w.,-])"
        rf"(?:(?P<ordinal>(?:(?:{either(TENS)})[ -])?(?:{either(ORDINALS)}))"
        rf"|(?:(?P<digits>{digits})(?P<nth>st|nd|rd|th)?(?P<plus>-plus|\+)?|(?P<word>{small}))(?:{magnitude})?)"
        rf"(?P<late>-plus|\+)?(?!\w|[.,]\d|{doubtful})"
    )


def plain(quote: str) -> str:
    """Folded, composed, with single blanks and nothing that doesn't show: as the tables of languages are written."""
    from unicodedata import normalize

    shown = re.sub("[\u00ad\u061c\u200b-\u200f\u2060\ufeff]", "", normalize("NFC", quote))
    return " ".join(fold(shown).replace("．", ".").split())


@cache
def english_phrase() -> re.Pattern[str]:
    """A hedge before a number, or a common noun behind it: so much English in a text of another language."""
    number, magnitudes = rf"(?:[\d.,]*\d|{either([*UNITS, *TENS])})", either(MAGNITUDES)
    nouns = either("people doctors nurses members workers countries medical".split())
    return re.compile(rf"\b(?:{either(HEDGE_WORDS)}) {number}\b|\b{number}(?: (?:{magnitudes}))? (?:{nouns})\b")


@cache
def foreign_number() -> re.Pattern[str]:
    """What is no English number, though it has digits: 12.000, 12 000, 12 miljoen."""
    from medaid_cli.numerals import END, other_magnitudes

    return re.compile(
        rf"(?<!\d)\d{{1,3}} \d{{3}}(?!\d)|\d\.\d{{3}}(?!\d)|\d[-，]\d|\d ?[^\W\d_\u0000-\u024f]"
        rf"|\d[ -]?(?!(?:{either(MAGNITUDES)})\b){other_magnitudes()}{END}"
    )


def words(bounds: Interval) -> str:
    """The interval as people print it: `616`, `74,000–76,000`, `over 30,000`, `at least 10`, `under 50`.

    Loses nothing: "over 30,000" is said for 30,001 and more, "at least" where that gives the rounder number.
    """
    low, high = bounds.low, bounds.high
    if high is None:
        return f"over {low - 1:,}" if low and grain(low - 1) > grain(low) else f"at least {low:,}"
    if low == high:
        return f"{low:,}"
    if low == 0:
        return f"under {high + 1:,}" if grain(high + 1) > grain(high) else f"up to {high:,}"
    return f"{low:,}–{high:,}"
