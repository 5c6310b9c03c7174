"""Numbers as printed: every hedge word, every form of a number, and the intervals that they allow."""

import subprocess
import sys
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medaid_cli import figures, languages, numerals
from medaid_cli.figures import (
    HEDGE_WORDS,
    LONGEST,
    Figure,
    fold,
    grain,
    halo,
    interval,
    likely,
    meet,
    plain,
    read,
    words,
)
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
    "never above 50",
    "hardly 50",
    "minus 5",
    "20-30 people",
    "about 20–30 people",
    "50-60,000 people",
    "50,000-60,000 people",
    "12 345,6 people",
    "two thirds of 60 people",
    "over half of the 50 people",
    "90 percent of 60 people",
    "90% of about 60 people",
    "two and a half",
    "about 50 or more",
    "up to the 30th or so",
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


@pytest.mark.parametrize(
    ("quote", "value", "hedge"),
    [
        ("nearly $600,000", 600_000, "nearly"),
        ("over US$750 million in aid", 750_000_000, "over"),
        ("300-plus operations", 300, "over"),
        ("300 million-plus", 300_000_000, "over"),
        ("50+ people", 50, "at-least"),
        ("2+ million people", 2_000_000, "at-least"),
        ("50 or more people", 50, "at-least"),
        ("50 people or more", 50, "at-least"),
        ("50 plus people", 50, "at-least"),
        ("over 600 plus people", 600, "over"),
        ("50-odd people", 50, "about"),
        ("50 doctors or so", 50, "about"),
        ("10 doctors or fewer", 10, "at-most"),
        ("over 14 000 patients", 14_000, "over"),
        ("12 000 000 masks", 12_000_000, "exact"),
    ],
)
def test_money_later_hedges_and_groups_of_noughts_are_read(quote: str, value: int, hedge: Hedge) -> None:
    assert read(quote) == [Figure(value, hedge)]


def test_two_numbers_with_a_blank_between_them_stay_two() -> None:
    assert [figure.value for figure in read("in 2015 300 people")] == [2015, 300]


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


# What is printed in other languages, by tag: value and hedge of each figure, in order.
PRINTED = {
    "fr": {
        "plus d'un million de patients": "1000000 over",
        "près de 300 millions de patients": "300000000 nearly",
        "environ 5,76 millions consultations": "5760000 about",
        "plus de 2,2 milliards de doses": "2200000000 over",
        "2,345 millions": "2345000 exact",
        "2.4 millions": "2400000 exact",
        "1 446 interventions": "1446 exact",
        "30\u202f588 malades": "30588 exact",
        "459\u00a0400 patients": "459400 exact",
        "plus de 45.000 patients": "45000 over",
        "plus de 260 000 000": "260000000 over",
        "1.234.567,0": "1234567 exact",
        "290,000,000": "290000000 exact",
        "1'234'567": "1234567 exact",
        "quelque 290 millions": "290000000 about",
        "pas moins de 60 patients": "60 at-least",
        "au moins 30 médecins": "30 at-least",
        "jusqu'à 30 médecins": "30 at-most",
        "pas plus de 30": "30 at-most",
        "moins de 30": "30 under",
        "plus de US$ 30 millions": "30000000 over",
        "300 ou plus": "300 at-least",
        "30 médecins environ": "30 about",
        "la 31e mission": "31 at-least",
        "15ème": "15 at-least",
        "32éme": "32 at-least",
        "35ᵉ": "35 at-least",
        "29e et 30e missions": "29 at-least, 30 at-least",
        "la vingtième mission": "20 at-least",
        "vingt-deuxième": "22 at-least",
        "vingt et unième": "21 at-least",
        "cinquante-neuvième": "59 at-least",
        "douze médecins": "12 exact",
        "Composée de trente-trois personnes": "33 exact",
        "vingt et un": "21 exact",
        "soixante-dix-sept": "77 exact",
        "quatre-vingt-douze": "92 exact",
        "près de cinq millions": "5000000 nearly",
        "deux cent trente mille": "230000 exact",
        "mille cent": "1100 exact",
        "un million mille": "1001000 exact",
        "2 millions 300 mille": "2300000 exact",
        "0 million": "0 exact",
        "zéro": "0 exact",
        "une trentaine de médecins": "30 about",
        "plus d'une centaine de médecins": "100 over",
        "dix (10) experts": "10 exact, 10 exact",
        "30 et 11": "30 exact, 11 exact",
        "2018 300": "2018 exact, 300 exact",
        "entre 30 et 40": "30 exact, 40 exact",
        "de 20 mille à 30 mille": "20000 exact, 30000 exact",
        "plus de\u200b\n30": "30 over",
        "over 30,000 medical workers": "30000 over",
        "30,000 people": "30000 exact",
        "forty-eight doctors": "48 exact",
        "la Bank of Africa, 1.000 opérations": "1000 exact",
    },
    "pt-BR": {
        "mais de 24 mil médicos": "24000 over",
        "quase 6,76 milhões": "6760000 nearly",
        "mil milhões": "1000000000 exact",
        "2,2 bilhões": "2200000000 exact",
        "2 milhoes": "2000000 exact",
        "superior a 12.000 milhas náuticas": "12000 over",
        "aproximadamente 12 000": "12000 about",
        "cerca de 200 mil": "200000 about",
        "cento e vinte e dois mil": "122000 exact",
        "20 mil e 300": "20300 exact",
        "a 11ª edição": "11 at-least",
        "11º": "11 at-least",
        "23.ª missão": "23 at-least",
        "vigésima primeira equipa": "21 at-least",
        "uma centena de médicos": "100 about",
        "até 30": "30 at-most",
    },
    "es": {
        "más de mil millones de dosis": "1000000000 over",
        "15.841": "15841 exact",
        "unos 170 millones": "170000000 about",
        "30,000 personas": "30000 exact",
        "2,4 millones": "2400000 exact",
        "2.4 millones": "2400000 exact",
        "cien de sus trabajadores": "100 exact",
        "treinta y dos": "32 exact",
        "dos mil quinientos millones": "2500000000 exact",
        "casi 30": "30 nearly",
        "cerca de 30": "30 about",
        "alrededor de 30": "30 about",
        "no menos de 30": "30 at-least",
        "30 o más": "30 at-least",
        "11.º": "11 at-least",
        "30 mil médicos y 20 mil enfermeros": "30000 exact, 20000 exact",
    },
    "de": {
        "mehr als 3.500 Menschen": "3500 over",
        "über 40 Länder": "40 over",
        "rund 250 Millionen Patienten": "250000000 about",
        "2,4 Millionen": "2400000 exact",
        "3,5 Mio. Menschen": "3500000 exact",
        "2 Mrd.": "2000000000 exact",
        "30tausend": "30000 exact",
        "etwa 12 000": "12000 about",
        "fast 30": "30 nearly",
        "knapp 30": "30 nearly",
        "mindestens 30": "30 at-least",
        "bis zu 30": "30 at-most",
        "hundert Ärzte": "100 exact",
        "dreihundertfünfzig": "350 exact",
        "einundzwanzig": "21 exact",
        "dreißig": "30 exact",
        "eine Million": "1000000 exact",
        "ein Dutzend Ärzte": "12 about",
        "das 20. Ärzteteam": "20 at-least",
        "die dritte Gruppe": "3 at-least",
        "das 20-köpfige Team": "20 exact",
    },
    "it": {
        "23.000 membri": "23000 exact",
        "23mila": "23000 exact",
        "oltre 130 strutture": "130 over",
        "più di 15.000": "15000 over",
        "quasi 300 milioni": "300000000 nearly",
        "circa 2,4 miliardi": "2400000000 about",
        "300 circa": "300 about",
        "cento ospedali": "100 exact",
        "ventuno": "21 exact",
        "undicimila": "11000 exact",
        "1 milione e 200 mila": "1200000 exact",
        "una ventina di medici": "20 about",
    },
    "id": {
        "lebih dari 290 juta pasien": "290000000 over",
        "2,07 juta": "2070000 exact",
        "2,2 miliar dosis": "2200000000 exact",
        "hampir 30.000": "30000 nearly",
        "sekitar 30 ribu": "30000 about",
        "290 juta lebih": "290000000 over",
        "empat": "4 exact",
        "dua puluh lima": "25 exact",
        "seratus ribu": "100000 exact",
        "tim ke-11": "11 at-least",
        "30 laki-laki": "30 exact",
    },
    "sw": {
        "zaidi ya wagonjwa milioni 290": "290000000 over",
        "Takriban Watanzania milioni 20": "20000000 about",
        "zaidi ya milioni 2.07": "2070000 over",
        "elfu 30": "30000 exact",
        "elfu thelathini": "30000 exact",
        "milioni mia tatu": "300000000 exact",
        "ishirini na tano": "25 exact",
        "madaktari karibu 30,000": "30000 nearly",
        "Kundi la 25": "25 at-least",
    },
    "fil": {
        "mahigit limang libong nasugatan": "5000 over",
        "higit sa 600": "600 over",
        "humigit-kumulang 2,208": "2208 about",
        "30 milyong Yuan": "30000000 exact",
        "30 million": "30000000 exact",
        "dalawampu't limang libo": "25000 exact",
        "apat na libo": "4000 exact",
        "ika-25": "25 at-least",
    },
    "tl": {"halos 30": "30 nearly"},
    "vi": {"18,86 tỷ USD": "18860000000 exact", "hơn 290 triệu": "290000000 over", "lần thứ 3": "3 at-least"},
    "tr": {
        "130'dan fazla hastane": "130 over",
        "30 binden fazla": "30000 over",
        "300 milyona yakın": "300000000 nearly",
        "yaklaşık 30.000": "30000 about",
        "30 bina": "30 exact",
        "20. ekip": "20 at-least",
    },
    "pl": {"ponad 2,4 mln": "2400000 over", "około 30 000": "30000 about", "94 miejscach w Afryce": "94 exact"},
    "sr": {"više od 30 hiljada": "30000 over", "око 2,4 милиона": "2400000 about"},
    "ru": {"более 28 тыс. человек": "28000 over", "почти 300 миллионов": "300000000 nearly", "20-я": "20 at-least"},
    "hi": {"20,000 से अधिक": "20000 over", "लगभग 29 करोड़": "290000000 about", "कम से कम 30": "30 at-least"},
    "ur": {"تقریباً 30 ہزار": "30000 about", "30 سے زائد": "30 over"},
    "ar": {"30 ألف عضو": "30000 exact", "لأكثر من 290 مليون": "290000000 over", "٣٠٬٠٠٠": "30000 exact"},
    "zh": {
        "2.9亿人次": "290000000 exact",
        "各类手术4.7万余例": "47000 over",
        "近3600名队员": "3600 nearly",
        "超过2.9亿": "290000000 over",
        "逾200万人次": "2000000 over",
        "10多万人次": "100000 over",
        "3萬餘人": "30000 over",
        "约237人次": "237 about",
        "大約30名": "30 about",
        "1000名左右": "1000 about",
        "至少30名": "30 at-least",
        "30人以上": "30 at-least",
        "不超过30": "30 at-most",
        "不到30人": "30 under",
        "接近了30人": "30 nearly",
        "共3 365张床位": "3365 exact",
        "1,000多名": "1000 over",
        "３５２２名": "3522 exact",
        "2．9亿": "290000000 exact",
        "834.47万人次": "8344700 exact",
        "两名": "2 exact",
        "二十一": "21 exact",
        "十名": "10 exact",
        "三百六十八人次": "368 exact",
        "三百零六人": "306 exact",
        "四百七十一万多人次": "4710000 over",
        "近十一万人": "110000 nearly",
        "近万人": "10000 nearly",
        "百余名": "100 over",
        "第十三批": "13 at-least",
        "第37批": "37 at-least",
        "第 30 批": "30 at-least",
        "第一批": "1 at-least",
        "27批次、3522人次": "27 exact, 3522 exact",
        "一行25人": "25 exact",
        "附近3家医院": "3 exact",
        "纽约30名": "30 exact",
        "39年多": "39 over",
        "1971年10月26日": "1971 exact, 10 exact, 26 exact",
        "over 30,000 people": "30000 over",
        "in 1968": "1968 exact",
    },
    "zh-Hant": {"超過4300人次": "4300 over", "931萬多人次": "9310000 over", "2.9億": "290000000 exact"},
    "ja": {
        "1万人以上の患者": "10000 at-least",
        "約2億6000万人": "260000000 about",
        "1万7千人": "17000 exact",
        "延べ2億3000万人": "230000000 exact",
        "拠点94カ所": "94 exact",
        "200人余り": "200 over",
        "百人": "100 exact",
        "1兆円": "1000000000000 exact",
        "第3期": "3 at-least",
        "3人目": "3 at-least",
    },
    "ko": {
        "207만여명": "2070000 over",
        "연 2700여만명": "27000000 over",
        "2억 9000여만명": "290000000 over",
        "약 3만 명": "30000 about",
        "1000명 이상": "1000 at-least",
        "제13진": "13 at-least",
        "30차 의료팀": "30 at-least",
        "의약 30종": "30 exact",
    },
    "tlh": {
        "616 doctors": "616 exact",
        "over 30,000": "30000 over",
        "the 10th": "10 at-least",
        "30 million": "30000000 exact",
    },
}

# Vague words, shares and fractions, other uses of the words, and whatever has more than one meaning.
UNREAD = {
    "fr": "plusieurs centaines;des dizaines de milliers;une centaine de milliers de dollars;un demi-million;"
    "deux millions et demi;le tiers;un quart des patients;trois quarts;90 %;vingt-deux pour cent;en quarantaine;"
    "un médecin;un hôpital neuf;10-15;30/06/2020;12:30;12,5;1,234;1.5;1.2345;30km;30 M€;COVID-19;un deux-pièces;"
    "dix mille mille;2,4 millions 300;2 millions 3;30 milliers;douze et quinze;2 billions;20 à 30 mille;1 234,567,8",
    "pt": "centenas de médicos;vários milhões;um milhão e meio;segunda-feira;um quarto;a quarta parte;2 biliões",
    "es": "decenas de miles;millón y medio;1,234;1,234 millones;el noventa por ciento;2 billones;20 a 30 mil",
    "de": "Hunderte;Tausende;eine halbe Million;zweieinhalb Millionen;zwei Drittel;Einheit;ein Arzt;1,234;"
    "30 bis 40 Tausend",
    "it": "centinaia;due milioni e mezzo;un terzo;il 30 per cento;treni;sei medici",
    "id": "ratusan ribu;setengah juta;dua setengah juta;30 persen;salah satu;30 000;30-an",
    "sw": "asilimia 30;maelfu;elfu ishirini na tano;milioni 2 na laki 3;30 elfu",
    "fil": "isang;30 porsiyento",
    "vi": "30%;30 phần trăm;2 triệu rưỡi",
    "tr": "%30;yüzde 30;2 buçuk milyon;binlerce",
    "ru": "30 процентов;двадцать тысяч;2-х миллионов",
    "ar": "30 في المئة;25,500",
    "zh": "上万;数百;几十;十几名;成千上万;三四百人;七八个;二三十个;三万五人;3万5人;千万别;百分之五十;三分之一;50%;"
    "三成;30多%;四川省;九江;两国;星期三;一名医生;第二人民医院;第302医院;二次感染;近3年来;约30多人;20至30万人;2~3万;3年半;2兆;12，000人;"
    "１２，０００;2020-2023;5G;二点九亿人;36.000",
    "ja": "数百人;十数人;三割;3割;四国;千葉;2か月半",
    "ko": "수백 명;대만여행;2조;30퍼센트",
    "nl": "2 miljoen;2,5 miljoen;12.000;12 000",
    "th": "30 ล้าน;2 мільйони",
}

TONGUES = sorted(languages.LANGUAGES | numerals.LANGUAGES)
TABLES = languages.LANGUAGES | numerals.LANGUAGES
tags = st.sampled_from(["en", *TONGUES, *languages.ALIASES, "tlh", "", "zh-Hant-TW", "pt_BR"])


def printed(quote: str, tag: str) -> str:
    return ", ".join(f"{value} {hedge}" for value, hedge in read(quote, tag))


@pytest.mark.parametrize(
    ("tag", "quote", "found"), [(tag, quote, found) for tag in PRINTED for quote, found in PRINTED[tag].items()]
)
def test_other_languages_are_read(tag: str, quote: str, found: str) -> None:
    assert printed(quote, tag) == found
    assert printed(quote.upper() if quote.upper().casefold() == quote.casefold() else quote, tag) == found
    assert printed(unicodedata.normalize("NFD", quote), tag) == found


@pytest.mark.parametrize(("tag", "quote"), [(tag, quote) for tag in UNREAD for quote in UNREAD[tag].split(";")])
def test_in_doubt_nothing_is_read(tag: str, quote: str) -> None:
    assert read(quote, tag) == []


@pytest.mark.parametrize("quote", [*NUMBERS, *ORDINALS, *WITHOUT_A_NUMBER, *(f"{word} 30,000" for word in BY_WORD)])
def test_english_is_the_default_whatever_its_country(quote: str) -> None:
    assert read(quote) == read(quote, "en") == read(quote, "en-GB") == read(quote, "EN_us")


@given(st.integers(0, 10**13), st.sampled_from(TONGUES), st.data())
def test_digits_are_read_back_as_their_language_groups_them(value: int, tongue: str, data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(TABLES[tongue].groups.replace(" ", " \u00a0\u202f")))
    noun = {"zh": "人", "ja": "人", "ko": "명"}.get(tongue, " x")
    assert read(f"({value:,}{noun})".replace(",", mark), tongue) == [Figure(value, "exact")]
    assert read(f"({value}{noun})", tongue) == [Figure(value, "exact")]


@given(st.integers(0, 999), st.integers(0, 99), st.sampled_from([one for one in TONGUES if TABLES[one].decimal]))
def test_decimals_of_a_magnitude_are_read_back(whole: int, part: int, tongue: str) -> None:
    names = {
        "id": "juta",
        "ja": "万",
        "ko": "만",
        "zh": "亿",
        "sw": "milioni",
        "tr": "milyon",
        "vi": "triệu",
        "ru": "млн",
    }
    names |= {
        "pl": "mln",
        "sr": "miliona",
        "ur": "ملین",
        "hi": "मिलियन",
        "fil": "milyon",
        "de": "Mio.",
        "it": "milioni",
    }
    name, size = names.get(tongue, "milhões" if tongue == "pt" else "millions"), {"zh": 10**8, "ja": 10**4, "ko": 10**4}
    digits = f"{whole}{TABLES[tongue].decimal}{part:02}"
    quote = f"{name} {digits}" if tongue == "sw" else f"{digits} {name}"
    assert read(quote, tongue) == [Figure((whole * 100 + part) * size.get(tongue, 10**6) // 100, "exact")]


def in_chinese(value: int) -> str:
    """As one writes it in full: 10500 is 一万零五百."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            many, rest = divmod(value, size)
            gap = "零" if rest and rest < size // 10 else ""
            return in_chinese(many) + name + gap + (in_chinese(rest) if rest else "")
    text, digits = "", f"{value:04}"
    for digit, name in zip(digits, ("千", "百", "十", ""), strict=True):
        text += "〇一二三四五六七八九"[int(digit)] + (name if digit != "0" else "")
    return "零".join(part for part in text.split("〇") if part)


@given(st.integers(3, 10**12))
def test_chinese_numerals_are_read_back(value: int) -> None:
    assert read(f"共{in_chinese(value)}人", "zh") == [Figure(value, "exact")]
    assert read(f"超过{in_chinese(value)}人", "zh") == [Figure(value, "over")]
    assert read(f"第{in_chinese(value)}批", "zh") == [Figure(value, "at-least")]


def in_french(value: int) -> str:
    units = (
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept".split()
    )
    units += ["dix-huit", "dix-neuf"]
    tens = "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()
    for size, name in ((10**9, "milliards"), (10**6, "millions"), (1000, "mille"), (100, "cent")):
        if value >= size:
            many, rest = divmod(value, size)
            head = "" if many == 1 and size <= 1000 else in_french(many) + " "
            return head + name + (" " + in_french(rest) if rest else "")
    if value < 20:
        return units[value]
    ten, unit = divmod(value, 10)
    unit += 10 if ten in (7, 9) else 0
    link = " et " if unit in (1, 11) and ten < 8 else "-"
    return tens[ten - 2] + (link + units[unit] if unit else "")


@given(st.integers(2, 10**12).filter(lambda value: value != 9))
def test_french_words_are_read_back(value: int) -> None:
    assert read(f"près de {in_french(value)} médecins", "fr") == [Figure(value, "nearly")]


def in_german(value: int) -> str:
    units = (
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn".split()
    )
    units += "siebzehn achtzehn neunzehn".split()
    tens = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
    for size, name in ((1000, "tausend"), (100, "hundert")):
        if value >= size:
            many, rest = divmod(value, size)
            return in_german(many) + name + (in_german(rest) if rest else "")
    ten, unit = divmod(value, 10)
    return units[value] if value < 20 else (units[unit] + "und" if unit else "") + tens[ten - 2]


@given(st.integers(2, 999_999))
def test_german_words_are_read_back(value: int) -> None:
    assert read(f"rund {in_german(value)} Ärzte", "de-AT") == [Figure(value, "about")]


fragments = {
    tongue: [
        *(piece for field in table.as_dict().values() if isinstance(field, str) for piece in field.split(", ")),
        *(
            piece
            for field in table.as_dict().values()
            if isinstance(field, dict)
            for listing in field.values()
            for piece in listing.split(", ")
        ),
        *(
            "1",
            "23",
            "3 522",
            "1.234",
            "2,4",
            "000",
            "%",
            "-",
            "'",
            "x",
            "．",
            "，",
            "、",
            "½",
            "٣",
            "over 2,000",
            "people",
        ),
    ]
    for tongue, table in TABLES.items()
}


@given(tags, st.text() | st.text("0123456789.,' -%零一二十百万亿第多near", max_size=60))
def test_any_text_in_any_language_is_read_without_complaint(tag: str, text: str) -> None:
    for value, hedge in read(text, tag):
        assert type(value) is int
        assert value >= 0
        assert hedge in HEDGES


@given(st.sampled_from(TONGUES), st.data())
def test_any_heap_of_words_of_a_language_is_read_without_complaint(tongue: str, data: st.DataObject) -> None:
    heap = data.draw(st.lists(st.sampled_from(fragments[tongue]), max_size=30))
    text = data.draw(st.sampled_from(["", " ", "-"])).join(heap)
    assert all(figure.value >= 0 and figure.hedge in HEDGES for figure in read(text, tongue))


@pytest.mark.parametrize("tag", ["en", "fr", "zh", "tlh"])
@pytest.mark.parametrize("character", ["1", " ", "万", "é"])
def test_of_a_text_too_long_for_a_quote_nothing_is_even_looked_at(
    tag: str, character: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("fold", "plain", "read_english", "number_pattern"):
        monkeypatch.delattr(figures, name)
    assert read(character * 10_000_000, tag) == []
    assert read(character * (LONGEST + 1), tag) == []


@pytest.mark.parametrize("tag", ["en", *TONGUES])
def test_the_longest_quote_is_read(tag: str) -> None:
    assert read("1" * LONGEST, tag) == [Figure(int("1" * LONGEST), "exact")]
    assert read(" " * LONGEST, tag) == []


@pytest.mark.parametrize("tongue", TONGUES)
def test_tables_are_written_as_texts_are_folded(tongue: str) -> None:
    listings = [one for one in fragments[tongue][:-17] if "\\S" not in one]
    assert [plain(one) for one in listings] == [one.strip() for one in listings]


@pytest.mark.parametrize("tongue", TONGUES)
def test_no_word_is_two_hedges_and_no_table_has_what_is_no_hedge(tongue: str) -> None:
    for table in (TABLES[tongue].before, TABLES[tongue].after):
        assert set(table) <= set(HEDGES)
        for one, other in combinations([set(listing.split(", ")) for listing in table.values()], 2):
            assert one.isdisjoint(other)


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_plain_hedge_of_a_table_is_read(tongue: str) -> None:
    gap = "" if tongue in ("zh", "ja", "ko") else " "
    for hedge, listing in TABLES[tongue].before.items():
        for word in listing.split(", "):
            if word.replace(" ", "").replace("'", "").replace("-", "").isalpha():
                assert read(f"{word}{gap}30", tongue) == [Figure(30, hedge)]


def test_english_costs_no_tables() -> None:
    program = "import sys; from medaid_cli.figures import read; read('over 30,000'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"medaid_cli.languages", "medaid_cli.numerals"} & set(done.stdout.split())
