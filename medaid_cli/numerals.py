"""Numbers in languages other than English; and the tables of those that print no blanks between words.

二百三十万 and "deux cent trente mille" are put together in the same way. Numerals in characters are also parts of words
(Sichuan is "four rivers"): they count only before a counter, as in 三名, or where several stand together.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import prod
from typing import TypeVar

from medaid_cli import languages
from medaid_cli.languages import Language
from medaid_cli.model import Hedge, Record

# Digits with what may stand among them; what that means depends on the language.
DIGITS = r"(?>\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'٫٬]\d+)*)"

CHINESE = Language(
    decimal=".",
    groups=", ",
    before={
        "about": "约, 約, 大约, 大約, 大概",
        "nearly": "近, 将近, 將近, 接近, 几乎, 幾乎",
        "over": "超, 超过, 超過, 逾, 多于, 多於, 高于, 高於, 突破, 不止",
        "at-least": "至少, 最少, 不少于, 不少於, 不低于, 不低於, 不下, 不下于, 不下於",
        "under": "不到, 不足, 少于, 少於, 低于, 低於, 未满, 未滿, 不满, 不滿",
        "at-most": "至多, 最多, 多达, 多達, 高达, 高達, 不高于, 不多于, 不多於, "
        "不超过, 不超過, 未超过, 未超過, 没有超过, 沒有超過",
    },
    after={
        "about": "左右, 上下, 前后, 前後",
        "over": "多, 余, 餘, 有余, 有餘, [个個]多, 年多(?![次个個种種国國])",
        "at-least": "以上, 或更多",
        "at-most": "以下, 以内, 以內",
    },
    magnitudes={10: "十", 100: "百", 10**3: "千", 10**4: "万|萬", 10**8: "亿|億"},
    bare="十",
    units="零|〇, 一, 二|两|兩, 三, 四, 五, 六, 七, 八, 九",
    never_alone="零|〇, 一, 二",
    # "Near here", "lately" and "treaty" end in a hedge, and "the last 3 years" begins with one.
    vague="[数數几幾上成][十百千万萬亿億]+, [附最邻鄰靠]近, [条條合公纽紐预預节節签簽违違][约約], "
    r"近 ?[\d一二三四五六七八九十两兩]+[多余餘]?(?:年|天|日|周|[个個]月)",
    uncounted="[几幾数數来來兆], [个個年天]?半, 成(?![员員功立为為]), 分之",
    shares="百分之",
    prefixes="第",
    counters="(?!人民|位一体|期间|期間|台[河山县縣])(?:[人名位个個例所支批次台臺家张張项項座架艘条條种種件份剂劑床辆輛间間处處届屆期轮輪组組队隊]|"
    "[天年周岁歲吨噸元场場套箱株层層]|公里|公斤|美元|海里|海裡|小时|小時|月)",
)

JAPANESE = Language(
    decimal=".",
    groups=", ",
    before={
        "about": "約, およそ, おおよそ, 概ね",
        "nearly": "ほぼ",
        "at-least": "少なくとも",
        "at-most": "最大, 最多",
    },
    after={
        "about": "ほど, 程度, 前後, くらい, ぐらい, 内外",
        "nearly": "近く, 近い, 弱, 人弱, 名弱",
        "over": "余, 余り, あまり, 超, 人超, 名超, 強, 人強, 名強, を超える, を超え, を超す, を上回る",
        "at-least": "以上",
        "under": "未満, を下回る",
        "at-most": "以下, 以内",
    },
    magnitudes={10: "十", 100: "百", 10**3: "千", 10**4: "万|萬", 10**8: "億", 10**12: "兆"},
    bare="十, 百, 千",
    units="零|〇, 一, 二, 三, 四, 五, 六, 七, 八, 九",
    never_alone="零|〇, 一",
    vague="[数何][十百千万億]+, [条契予公節][約]",
    uncounted="[数割], [カか箇ヶヵケ]?[年月]?半, 分の, パーセント",
    prefixes="第",
    endings="[番回人例期年]目",
    counters="(?!人民)(?:[人名位個例所件回隊校台期次陣年月床頭]|[カか箇ヶヵケ][国所月])",
)

KOREAN = Language(
    decimal=".",
    groups=",",
    before={
        "about": "약, 대략",
        "nearly": "거의",
        "at-least": "최소, 적어도",
        "at-most": "최대",
    },
    after={
        "about": "가량, 정도, 안팎, 내외",
        "nearly": "가까이, 가까운",
        "over": "여, 넘는, 넘게, 넘어, 남짓",
        "at-least": "이상",
        "under": "미만",
        "at-most": "이하",
    },
    magnitudes={10: "십", 100: "백", 10**3: "천", 10**4: "만", 10**8: "억"},
    uncounted="조, 퍼센트, 프로(?![가-힣]), 분의",
    prefixes="제",
    endings="번째, 차(?![가-힣])",
    counters="[진차기회단대번]",
)


LANGUAGES: dict[str, Language] = {"zh": CHINESE, "ja": JAPANESE, "ko": KOREAN}

# Letters of these languages: without any, a text is in another one.
SCRIPTS = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
# "More than" in the middle: 2700余万 is over 27 million.
MIDDLE = "多余餘여"
# The end of a word, also of one that ends in a vowel sign.
END = r"(?![\w\u064b-\u0655\u0900-\u0963])"

T = TypeVar("T")


class Part(Record, frozen=True):
    """A word or the digits of a number: they `count`, `multiply` what stands before them, or `order`."""

    value: int
    role: str
    # Of 2,4: 10. Its value is then 24.
    scale: int = 1


class Reader(Record, frozen=True):
    """What it takes to read one language."""

    words: Language
    pattern: re.Pattern[str]
    # Digits are its first group, and each of `parts` one of the following.
    token: re.Pattern[str]
    parts: list[Part]


@cache
def reader_of(tongue: str) -> Reader | None:
    """The reader of a language, by its two or three letters; None if it has no table."""
    words = (languages.LANGUAGES | LANGUAGES).get(languages.ALIASES.get(tongue, tongue))
    if words is None:
        return None
    known = sorted(number_words(words), key=lambda known: length(known[0]), reverse=True)
    token = "|".join([f"({DIGITS})", *(f"({word})" for word, _ in known)])
    ended = "" if words.joined or words.counters else END
    pattern = unspaced_pattern(words) if words.counters else spaced_pattern(words)
    return Reader(words, pattern, re.compile(f"(?:{token}){ended}"), [part for _, part in known])


def has_script(text: str, reader: Reader) -> bool:
    """Whether a text may be in the reader's language, by its letters."""
    return not reader.words.counters or bool(re.search(SCRIPTS, text))


def numbers(text: str, reader: Reader) -> Iterator[tuple[int, Hedge]]:
    """Every number in the text with its hedge, but for vague ones, shares, and what leaves a doubt."""
    for match in reader.pattern.finditer(text):
        words, run = reader.words, match["number"] or ""
        hedges = {meaning(words.before, match["before"]), meaning(words.after, match["after"])}
        if words.counters and re.search(f"[{MIDDLE}]", run):
            hedges.add("over")
        told = [hedge for hedge in hedges if hedge]
        lone = re.fullmatch(listed(words.never_alone), run) and not match["prefix"]
        if match["vague"] is not None or match["bad"] is not None or lone or len(told) > 1:
            continue
        unhedged: Hedge = "about"
        value = meaning(words.rounds, match["round"])
        if value is None:
            parts = parts_of(run, reader, bool(told))
            orders = match["prefix"] or match["nth"] or any(part.role == "order" for part in parts)
            value, unhedged = combine(parts), "at-least" if orders else "exact"
        if value is not None:
            yield value, told[0] if told else unhedged


def meaning(table: Mapping[T, str], said: str | None) -> T | None:
    """What a table of words holds for what was printed."""
    return next((key for key, listing in table.items() if said and re.fullmatch(listed(listing), said)), None)


def parts_of(run: str, reader: Reader, hedged: bool) -> list[Part]:
    """The words and digits of a number, in the order in which they count; none if they leave a doubt."""
    tokens = list(reader.token.finditer(run))
    parts: list[Part] = []
    for token in tokens:
        known = None if token[1] else reader.parts[(token.lastindex or 0) - 2]
        part = known or digits_part(token[1], reader.words, scaled=len(tokens) > 1)
        if part is None:
            return []
        parts.append(part)
    if reader.words.magnitude_first and parts[0].role == "multiply":
        return parts[::-1]
    # 近千名 is nearly a thousand, while 千 alone may be a part of anything.
    bare = re.fullmatch(listed(reader.words.bare), tokens[0][0]) or (reader.words.counters and hedged)
    # 3万5 is 35,000 to some.
    cut = len(tokens) > 1 and tokens[-1][1] and parts[-1].value < 100
    return [] if cut or (parts[0].role == "multiply" and not bare) else parts


def length(word: str) -> int:
    """How much a small pattern fits at most, roughly: for the longest to be tried first."""
    return max(len(re.sub(r"[^\w ]", "", choice)) for choice in word.split("|"))


def listed(words: str) -> str:
    """A pattern for any word of a list, the longest first; for an empty list one that fits nothing."""
    by_length = sorted(words.split(", "), key=length, reverse=True)
    return f"(?:{'|'.join(by_length)})" if words else "(?!)"


def spaced_pattern(words: Language) -> re.Pattern[str]:
    """A number with what stands around it, where words are spaced."""
    known = [(word, part.role == "multiply") for word, part in number_words(words)]
    ended, link = ("", "?") if words.joined else (END, "")
    word = listed(", ".join(word for word, times in known if not times)) + ended
    times = listed(", ".join(word for word, times in known if times)) + ended
    join = rf"(?:[ -]?{listed(words.joiner)}[ -]|[ -]{link})"
    small = f"(?:{DIGITS}|{word}(?:{join}{word})*+)"
    full = f"(?>{small}(?:[ -]?{times})++|{times}(?:[ -]?{times})*+)"
    run = (
        f"(?:{times} )*{small}" if words.magnitude_first else f"(?:{full}(?:{join}{full})*+(?:{join}{small})?+|{small})"
    )
    vague, endings, noun = listed(words.vague), listed(words.endings), r"(?:[^\W\d_]+ )?"
    hyphen = r"(?:(?<=\d)|(?!-))" if words.joined else "(?!-)"
    noun_first = f"(?:(?!{times}|{word}){noun})?" if words.magnitude_first else ""
    unread = f"[ -](?:d[ei] |d')?(?:{vague}|{times}|{other_magnitudes()}){END}"
    # Of "20 to 30 thousand" the first is no 20.
    range_to = rf"(?<=\d) (?:à|a|ou?|bis|oder|hasta|até|hingga|sampai|al) {small}[ -]?{times}"
    bad = rf" ?[%‰٪]|[-~—/:]\d[\d.,]*|[ -]?{listed(words.uncounted)}{END}|{unread}|{range_to}"
    return re.compile(
        rf"(?<!\w)(?P<vague>{vague}(?: (?:de|di|d'|von))?(?: {times})*|(?:{listed(words.shares)}|%) ?{DIGITS}){END}"
        rf"|(?:(?<!\w)(?P<before>{listed(', '.join(words.before.values()))})(?: |(?<='))"
        rf"{noun_first}(?:[a-z]{{0,3}}[$€£¥] ?)?)?(?<![\w/:%°#+-])(?<!\d[.,])"
        rf"(?:(?P<round>{listed(', '.join(words.rounds.values()))}){END}|(?P<prefix>{listed(words.prefixes)})?"
        rf"(?P<number>(?>{run}{END}|{DIGITS}(?={endings}{END})))(?:(?<=\d)(?P<nth>{endings}){END})?)"
        # Of "vingt-cinquième" not the twenty, were the rest not known; but a "20-köpfige" team has 20 heads.
        rf"{hyphen}(?P<bad>{bad})?"
        rf"(?: ?{noun}(?P<after>{listed(', '.join(words.after.values()))}){END}(?! \d))?"
    )


@cache
def other_magnitudes() -> str:
    """A pattern for the magnitudes of all languages that space their words."""
    tables = [words.magnitudes.values() for words in languages.LANGUAGES.values() if not words.magnitude_first]
    return listed(", ".join([languages.OTHER_MAGNITUDES, *(word for table in tables for word in table)]))


def unspaced_pattern(words: Language) -> re.Pattern[str]:
    """A number with its hedges, in the groups of `spaced_pattern`, where words are not spaced."""
    units, magnitudes = listed(words.units), listed(", ".join(words.magnitudes.values()))
    ones, high = re.sub("[, |]", "", words.units), re.sub("[, |]|十|십", "", ", ".join(words.magnitudes.values()))
    letters = f"{ones}{high}十"
    behind = ", ".join(words.after.values()).split(", ")
    short = "".join(word for word in behind if len(word) == 1)
    long = listed(", ".join(word for word in behind if len(word) > 1))
    small = rf"(?:{DIGITS}|{units}++)"
    times = rf"(?: ?[{MIDDLE}]?{magnitudes})++"
    full = rf"(?>{small}{times}|{magnitudes}(?:{times})?+)"
    run = rf"(?>{full}(?: ?{full})*+(?: ?{small})?+|{small})"
    counted = rf"(?:(?=[{short}]|{words.counters})|(?<=[{letters}][{letters}])(?=\W|$))"
    noun = rf" ?[^\W\d_a-z{letters}]{{0,3}} ?"
    # Of 20至30万 the first is no 20.
    range_to = rf"[-~～〜∼—/:]\d[\d.,]*|(?<=\d)(?:至|到|から|、) ?{full}"
    bad = rf"(?: ?[%％‰]|{range_to}|，\d{{3}}(?!\d)|{listed(words.uncounted)})"
    return re.compile(
        rf"(?P<vague>{listed(words.vague)}|{listed(words.shares)} ?{run}|(?<![\d{letters}]){run}分之{run})"
        rf"|(?:(?<![가-힣])(?P<before>{listed(', '.join(words.before.values()))})[了有为為达達到で]{{0,2}} ?)?"
        rf"(?<![\da-z/:%°#+.{words.prefixes}{letters}-])(?<!\d,|分之)(?<![{words.prefixes}{high}] )"
        rf"(?P<round>(?!))?(?P<prefix>{words.prefixes} ?)?"
        rf"(?P<number>(?=\d){run}|(?<![点點])(?![\d가-힣]){run}{counted})(?![a-z²³¹¼½¾])"
        # 三万五 is 35,000 in China, and 30,005 in Japan.
        rf"(?<![{high}][{ones}-])"
        rf"(?P<nth>{listed(words.endings)})?(?(prefix)(?= ?{words.counters}))"
        rf"(?P<bad>{bad})?+(?:(?:{noun}(?={long}))?(?P<after>{long}|[{short}]))?+(?!{bad})"
    )


def number_words(words: Language) -> Iterator[tuple[str, Part]]:
    """Each word of a number, with what it does."""
    for value, word in words.magnitudes.items():
        yield word, Part(value, "multiply")
    for value, word in words.others.items():
        yield word, Part(value, "count")
    for series, first, step, role in (
        (words.units, 0, 1, "count"),
        (words.tens, 20, 10, "count"),
        (words.hundreds, 100, 100, "count"),
        (words.ordinals, 1, 1, "order"),
        (words.ordinal_tens, 20, 10, "order"),
    ):
        yield from ((word, Part(first + step * at, role)) for at, word in enumerate(series.split(", ")) if word)
    if words.linked:
        for unit, one in enumerate(words.units.split(", ")[1:10], 1):
            for ten, many in enumerate(words.tens.split(", "), 2):
                yield f"(?:{one}){words.linked}(?:{many})", Part(ten * 10 + unit, "count")


def digits_part(digits: str, words: Language, *, scaled: bool) -> Part | None:
    """The digits as printed; None if the language leaves in doubt what their marks mean.

    The same everywhere: a mark that comes twice groups, so does the first of two kinds, and groups have three digits.
    """
    marks, pieces = re.sub(r"\d", "", digits), re.split(r"\D", digits)
    number, last = int("".join(pieces)), marks[-1:]
    if in_threes(pieces) and len(set(marks)) <= 1 and (len(marks) != 1 or marks in words.groups + "'"):
        return Part(number, "count")
    if in_threes(pieces) and len(marks) == 1 and not words.decimal and int(pieces[1]) == 0:
        return Part(number, "count")  # three zeros are no decimals in either use
    if len(marks) > 1:
        sure = in_threes(pieces[:-1]) and len(set(marks[:-1])) == 1 and last not in marks[:-1]
    elif last == words.decimal:
        sure = scaled or not in_threes(pieces)
    else:
        sure = scaled and len(pieces[1]) != 3
    return Part(number, "count", 10 ** len(pieces[-1])) if sure and last in ".,٫" else None


def in_threes(pieces: list[str]) -> bool:
    """Whether the marks between these digits may group thousands."""
    head, *groups = pieces
    return not groups or (len(head) <= 3 and head[0] != "0" and all(len(group) == 3 for group in groups))


def combine(parts: list[Part]) -> int | None:
    """One number of its parts: 2, 100, thousand, 30 is 200,030; None if they make none."""
    if any(part.scale > 1 for part in parts):
        # Of decimals only 2,4 million is read, not 2,4 million 300.
        value, left = divmod(prod(part.value for part in parts), prod(part.scale for part in parts))
        return None if left or any(part.role != "multiply" for part in parts[1:]) else value
    terms: list[int] = []
    for part in parts:
        small: list[int] = []
        while part.role == "multiply" and terms and terms[-1] < part.value:
            small.insert(0, terms.pop())
        # "Mille cent" is 1100 and "un million mille" 1,001,000, while "dix mille mille" is nothing.
        bare, room = part.role == "multiply" and not small, part.value * (10 if part.value < 1000 else 1000)
        if not descending(small) or (bare and terms and terms[-1] % room):
            return None
        terms.append(part.value * (sum(small) if small else 1))
    return sum(terms) if terms and descending(terms) else None


def descending(terms: list[int]) -> bool:
    """Whether each term fits into the zeros of the one before it: 200, 30, but not 12, 5."""
    return all(large % 10 ** len(str(small)) == 0 for large, small in pairwise(terms))
