"""Whether quotes stand where claims say: each looked for on its line of the text that the user has.

A text is a file `<source>.txt`; its lines are counted without blank ones, from 1, as locators count them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from medaid_cli import figures
from medaid_cli.errors import UsageError
from medaid_cli.figures import Figure
from medaid_cli.model import Claim, Facts, Record, Source
from medaid_cli.scopes import standing

Result = Literal["found", "differs", "moved", "missing", "not checkable"]

RESULTS: tuple[Result, ...] = ("found", "not checkable", "moved", "differs", "missing")
AROUND = 40  # characters before and behind a quote in which words may stand that belong to its number


class Text(Record, frozen=True):
    """A text that the user has: its lines, folded, by locator; whether it is the one that was read, if known.

    `trouble`: why its lines can't be read, if they can't.
    """

    lines: dict[str, str]
    same: bool | None
    trouble: str = ""


Texts = Mapping[str, Text | str]  # by source; for those without a text, why there is none


class Verified(Record, frozen=True):
    """What became of one claim. `lines`: where its quote stands."""

    claim: Claim
    result: Result
    lines: tuple[str, ...]
    message: str


def texts_in(folder: Path, facts: Facts) -> Texts:
    """The text of each source.

    Raises:
        UsageError: if the folder is none.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder of texts")
    return {source.id: text_of(source, folder) for source in facts.sources.values()}


def text_of(source: Source, folder: Path) -> Text | str:
    """The source's text, or why there is none."""
    if "/" in source.id or "\\" in source.id:
        return "no file can be called like this source"
    try:
        content = (folder / f"{source.id}.txt").read_bytes()
    except OSError as error:
        return f"{source.id}.txt: {error.strerror}"
    except ValueError:  # a name that the system can't write down
        return "no file can be called like this source"
    wanted = source.text_sha256 and source.text_sha256.lower()
    same = hashlib.sha256(content).hexdigest() == wanted if wanted else None
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return Text({}, same, f"{source.id}.txt: is not UTF-8")
    folded = [figures.fold(line) for line in lines if line.strip()]
    return Text({f"p{number}": line for number, line in enumerate(folded, 1)}, same)


def changed(texts: Texts) -> list[str]:
    """The sources whose text is known to be another than the one that was read."""
    return [source for source, text in texts.items() if isinstance(text, Text) and text.same is False]


def verify(facts: Facts, texts: Texts) -> Iterator[Verified]:
    """Each claim that stands, in the order of the store."""
    for claim in standing(facts.claims, facts):
        text = texts[claim.source]
        if not isinstance(text, Text):
            yield Verified(claim, "not checkable", (), text)
        elif text.trouble:
            yield Verified(claim, "not checkable", (), text.trouble)
        else:
            yield look(claim, text.lines, facts.sources[claim.source].language)


def look(claim: Claim, lines: Mapping[str, str], language: str) -> Verified:
    """The quote, looked for on its line, or of an opening on all lines; then elsewhere."""
    quote = figures.fold(claim.quote)
    own = lines if claim.locator == "opening" else {claim.locator: lines.get(claim.locator, "")}
    said = {at: misread(claim, line, quote, language) for at, line in own.items() if quote in line}
    if said:
        good = tuple(at for at, message in said.items() if not message)
        return Verified(claim, "found" if good else "differs", good or tuple(said), "" if good else min(said.values()))
    others = tuple(at for at, line in lines.items() if quote in line and not misread(claim, line, quote, language))
    if others:
        return Verified(claim, "moved", others, f"on {', '.join(others)}, not on {claim.locator}")
    return Verified(claim, "missing", (), "in no line of the text")


def misread(claim: Claim, line: str, quote: str, language: str) -> str:
    """How the claim's number differs from the one in the line, wherever the quote stands; nothing if it doesn't."""
    inside = figures.read(quote, language)
    if claim.value is None or not inside:
        return ""
    seen: list[Figure] = []
    at = line.find(quote)
    while at >= 0:
        seen += around(line, at, at + len(quote), inside, language)
        at = line.find(quote, at + 1)
    if any((one.value, one.hedge) == (claim.value, claim.hedge) for one in seen):
        return ""
    said = " or ".join(f"{one.value:,} ({one.hedge})" for one in dict.fromkeys(seen))
    return f"entered as {claim.value:,} ({claim.hedge}), reads {said or 'no number'}"


def around(line: str, start: int, end: int, inside: list[Figure], language: str) -> Iterator[Figure]:
    """The quote's figures as the line has them: with the words or digits before it and behind it that belong to them.

    "50 people" is another number behind "over" or "1,2", and "50" before "million". `inside`: the figures of the quote
    alone.
    """
    left = figures.read(line[max(0, start - AROUND) : end], language)[-len(inside) :]
    right = figures.read(line[start : end + AROUND], language)[: len(inside)]
    for before, own, behind in zip(left, inside, right, strict=False):
        value = before.value if before.value != own.value else behind.value
        yield Figure(value, before.hedge if before.hedge != own.hedge else behind.hedge)
