"""Numbers as printed: every hedge word, every form of a number, and the intervals that they allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaid_cli.figures import HEDGE_WORDS, Figure, fold, grain, halo, interval, likely, meet, read, words
from medaid_cli.model import HEDGES, Hedge, Interval

values = st.one_of(
    st.integers(0, 2000),
    st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(0, 9999), st.integers(0, 11)),
)
hedges = st.sampled_from(HEDGES)
intervals = st.builds(lambda low, more: Interval(low, None if more is None else low + more), values, st.none() | values)

# The words of the design, written out again: a word lost from the code is lost from a total.
BY_WORD = {
    "a total of": "exact",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "roughly": "about",
    "some": "about",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "over": "over",
    "more than": "over",
    "above": "over",
    "at least": "at-least",
    "no fewer than": "at-least",
    "fewer than": "under",
    "less than": "under",
    "under": "under",
    "below": "under",
    "up to": "at-most",
    "at most": "at-most",
    "no more than": "at-most",
}

NUMBERS = {
    "616 doctors": 616,
    "0 cases": 0,
    "30,000 people": 30_000,
    "1,234,567": 1_234_567,
    "30000 people": 30_000,
    "8.4 million": 8_400_000,
    "12.50 million": 12_500_000,
    "3.0": 3,
    "2.2 billion doses": 2_200_000_000,
    "1 trillion": 10**12,
    "300m patients": 300_000_000,
    "300M patients": 300_000_000,
    "5k": 5_000,
    "2b": 2_000_000_000,
    "100 mln": 100_000_000,
    "2 bn": 2_000_000_000,
    "five continents": 5,
    "zero": 0,
    "nineteen": 19,
    "forty-eight": 48,
    "forty eight": 48,
    "ninety": 90,
    "Two Hundred": 200,
    "one hundred and five": 105,
    "two hundred thousand": 200_000,
    "one hundred and five thousand": 105_000,
    "3 hundred million": 300_000_000,
    "1.2 hundred thousand": 120_000,
    "twenty-five million": 25_000_000,
    "two dozen": 24,
    "10-million": 10_000_000,
    "six-member team": 6,
    "10,000-ton-level ship": 10_000,
    "2\u00a0million": 2_000_000,
    "“616” doctors": 616,
    "(616)": 616,
    "in 616.": 616,
    "616, of whom": 616,
}

ORDINALS = {
    "the 10th batch": 10,
    "21st": 21,
    "2nd": 2,
    "3rd": 3,
    "the first team": 1,
    "twelfth": 12,
    "twenty-first": 21,
    "forty third": 43,
}

WITHOUT_A_NUMBER = [
    "",
    "teams",
    "several",
    "several hundred",
    "tens of thousands",
    "hundreds of thousands of people",
    "a few dozen",
    "dozens of teams",
    "half a million",
    "half a dozen",
    "nearly half",
    "a couple of teams",
    "millions",
    "two thirds",
    "one-third of them",
    "more than one third",
    "three quarters",
    "1 fifth",
    "over 90 percent",
    "90 per cent",
    "50%",
    "12.5 %",
    "1,500%",
    "1.5",
    "2.2222 thousand",
    "COVID-19",
    "p12",
    "1,2345",
    "1.2.3",
    "two thousand and five hundred",
    "ten thousand thousand",
    "a hundred",
]

# value, hedge, low, high, likely low, likely high: section 3 of the design, worked out by hand.
BOUNDS: list[tuple[int, Hedge, int, int | None, int, int]] = [
    (616, "exact", 616, 616, 616, 616),
    (250, "exact", 250, 250, 250, 250),
    (999, "exact", 999, 999, 999, 999),
    (1000, "exact", 950, 1050, 950, 1050),
    (1001, "exact", 1001, 1001, 1001, 1001),
    (30_000, "exact", 28_500, 31_500, 28_500, 31_500),
    (250_000, "exact", 245_000, 255_000, 245_000, 255_000),
    (290_000_000, "exact", 285_000_000, 295_000_000, 285_000_000, 295_000_000),
    (30_000, "about", 27_000, 33_000, 27_000, 33_000),
    (75_000, "about", 74_000, 76_000, 74_000, 76_000),
    (616, "about", 615, 617, 615, 617),
    (5, "about", 4, 6, 4, 6),
    (0, "about", 0, 1, 0, 1),
    (300_000_000, "nearly", 270_000_000, 299_999_999, 270_000_000, 299_999_999),
    (100_000, "nearly", 90_000, 99_999, 90_000, 99_999),
    (1, "nearly", 0, 0, 0, 0),
    (0, "nearly", 0, 0, 0, 0),
    (30_000, "over", 30_001, None, 30_001, 39_999),
    (8_400_000, "over", 8_400_001, None, 8_400_001, 8_499_999),
    (616, "over", 617, None, 617, 620),
    (0, "over", 1, None, 1, 10),
    (10, "at-least", 10, None, 10, 19),
    (47, "at-least", 47, None, 47, 47),
    (50, "under", 0, 49, 40, 49),
    (0, "under", 0, 0, 0, 0),
    (50, "at-most", 0, 50, 41, 50),
    (0, "at-most", 0, 0, 0, 0),
]


@pytest.mark.parametrize(("word", "hedge"), BY_WORD.items())
def test_every_hedge_word_is_read(word: str, hedge: Hedge) -> None:
    assert read(f"{word} 30,000 people") == [Figure(30_000, hedge)]
    assert read(f"In all, {word.upper()}  30,000 people") == [Figure(30_000, hedge)]


def test_no_hedge_word_is_read_that_the_table_lacks() -> None:
    assert BY_WORD == HEDGE_WORDS
    assert set(BY_WORD.values()) == set(HEDGES)


@pytest.mark.parametrize(("quote", "value"), NUMBERS.items())
def test_every_form_of_a_number_is_read(quote: str, value: int) -> None:
    assert read(quote) == [Figure(value, "exact")]


@pytest.mark.parametrize(("quote", "value"), ORDINALS.items())
def test_an_ordinal_is_at_least_its_number(quote: str, value: int) -> None:
    assert read(quote) == [Figure(value, "at-least")]


def test_a_hedge_before_an_ordinal_wins() -> None:
    assert read("about the 10th") == [Figure(10, "at-least")]
    assert read("about 10th") == [Figure(10, "about")]


@pytest.mark.parametrize("quote", WITHOUT_A_NUMBER)
def test_vague_words_fractions_and_parts_of_words_give_nothing(quote: str) -> None:
    assert read(quote) == []


def test_several_numbers_are_read_in_order_each_with_its_own_hedge() -> None:
    assert read("over 30,000 people to 76 countries, nearly 300 million patients") == [
        Figure(30_000, "over"),
        Figure(76, "exact"),
        Figure(300_000_000, "nearly"),
    ]


def test_a_vague_word_does_not_hide_the_number_behind_it() -> None:
    assert read("several of the 616 doctors") == [Figure(616, "exact")]


@pytest.mark.parametrize(("value", "hedge", "low", "high", "likely_low", "likely_high"), BOUNDS)
def test_the_bounds_are_those_of_the_design(
    value: int, hedge: Hedge, low: int, high: int | None, likely_low: int, likely_high: int
) -> None:
    assert interval(value, hedge) == (low, high)
    assert likely(value, hedge) == (likely_low, likely_high)


@given(values)
def test_the_grain_is_the_place_of_the_last_digit_that_is_not_zero(value: int) -> None:
    assert grain(value) == 10 ** (len(str(value)) - len(str(value).rstrip("0")) if value else 0)


@given(values)
def test_an_approximation_reaches_at_most_a_tenth_and_at_least_one(value: int) -> None:
    assert 1 <= halo(value) <= max(1, value // 10)
    assert halo(value) <= grain(value)


@given(values, hedges)
def test_bounds_are_whole_in_order_and_never_below_nothing(value: int, hedge: Hedge) -> None:
    for bounds in (interval(value, hedge), likely(value, hedge)):
        assert all(type(bound) is int for bound in bounds if bound is not None)
        assert bounds.low >= 0
        assert bounds.high is None or bounds.low <= bounds.high


@given(values, hedges)
def test_what_is_likely_is_bounded_and_allowed(value: int, hedge: Hedge) -> None:
    wide, narrow = interval(value, hedge), likely(value, hedge)
    assert narrow.high is not None
    assert wide.low <= narrow.low
    assert wide.high is None or narrow.high <= wide.high


@given(values.filter(bool), hedges)
def test_the_printed_number_is_in_the_interval_unless_the_words_say_more_or_less(value: int, hedge: Hedge) -> None:
    low, high = interval(value, hedge)
    holds = low <= value and (high is None or value <= high)
    assert holds is (hedge not in ("nearly", "over", "under"))


@given(values, hedges)
def test_only_over_and_at_least_have_no_upper_bound(value: int, hedge: Hedge) -> None:
    assert (interval(value, hedge).high is None) is (hedge in ("over", "at-least"))


@given(intervals, intervals)
def test_meeting_is_mutual_and_means_a_common_number(a: Interval, b: Interval) -> None:
    low, highs = max(a.low, b.low), [high for high in (a.high, b.high) if high is not None]
    assert meet(a, b) is meet(b, a) is (not highs or low <= min(highs))


@given(intervals)
def test_every_interval_meets_itself(bounds: Interval) -> None:
    assert meet(bounds, bounds)


@given(values, st.sampled_from(sorted(BY_WORD)))
def test_what_is_printed_with_its_hedge_is_read_back(value: int, word: str) -> None:
    assert read(f"{word} {value:,} patients") == [Figure(value, HEDGE_WORDS[word])]


@given(intervals)
def test_an_interval_in_words_gives_the_same_interval_when_read(bounds: Interval) -> None:
    figures = read(words(bounds).replace("–", " to "))
    if len(figures) == 2:
        assert bounds == (figures[0].value, figures[1].value)
    else:
        [(value, hedge)] = figures
        assert bounds == ((value, value) if hedge == "exact" else interval(value, hedge))


@given(intervals, intervals)
def test_two_intervals_never_share_their_words(a: Interval, b: Interval) -> None:
    assert (words(a) == words(b)) is (a == b)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (30_001, None, "over 30,000"),
        (10, None, "at least 10"),
        (11, None, "over 10"),
        (12, None, "at least 12"),
        (0, None, "at least 0"),
        (1, None, "at least 1"),
        (616, 616, "616"),
        (0, 0, "0"),
        (74_000, 76_000, "74,000–76,000"),
        (0, 49, "under 50"),
        (0, 50, "up to 50"),
        (0, 47, "up to 47"),
    ],
)
def test_an_interval_is_said_as_people_print_it(low: int, high: int | None, said: str) -> None:
    assert words(Interval(low, high)) == said


def test_folding_makes_typographic_differences_vanish() -> None:
    assert fold("China’s\u00a0“Angels”\u202fin White – now") == 'china\'s "angels" in white - now'
