"""The page docs/data.md, made from what the program prints: `python -m cogapp -r -P -I tests docs/data.md`."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from program import run

Row = dict[str, Any]

# What the coverage of a country is asked for, and how it is called where it is missing.
WANTED = {
    "first_team": "first team",
    "sent_by": "province",
    "batches": "batches",
    "personnel": "people",
    "treatments": "patients",
}
FROM, DECADE = 1963, 10


def rows(*command: str) -> list[Row]:
    """The rows that a command prints."""
    ended = run(*command, "--json", env={"MEDAID_STORE": ""})
    assert ended.code == 0, ended.err
    found: list[Row] = json.loads(ended.out)["rows"]
    return found


def table(heads: Sequence[str], lines: Iterable[Sequence[Any]], right: int = 1) -> None:
    """A Markdown table; all columns but the first few are aligned to the right."""
    rule = ["---" if at < right else "---:" for at in range(len(heads))]
    for line in (heads, rule, *lines):
        print(f"| {' | '.join(str(cell) for cell in line)} |")


def summary() -> None:
    """How much there is."""
    claims, sources = rows("claims"), rows("sources")
    counted = Counter(claim["status"] for claim in claims)
    numbers = sum(claim["value"] is not None for claim in claims)
    said = ", ".join(f"{count:,} {status}" for status, count in counted.most_common())
    print(f"{len(claims):,} claims ({said}), {numbers:,} of them with a number, from {len(sources):,} sources.")


def countries() -> None:
    """What is known of each country, and what is missing."""
    heads = ("country", "first team", "sent by", "batches", "people", "patients", "claims", "sources", "missing")
    table(heads, (country_line(row) for row in rows("countries")), right=3)


def country_line(row: Row) -> list[Any]:
    """One country."""
    first = row["first_team"]
    missing = ", ".join(words for key, words in WANTED.items() if not row[key])
    figures = [figure(row[key]) for key in ("batches", "personnel", "treatments")]
    teams = mark(first["printed"], first) if first else ""
    has_teams = first or row["batches"] or row["personnel"]
    return [
        row["name"],
        teams,
        ", ".join(row["sent_by"]),
        *figures,
        row["claims"],
        row["sources"],
        missing * bool(has_teams),
    ]


def figure(found: Row | None) -> str:
    """A figure as its bounds."""
    if not found:
        return ""
    low, high = found["low"], found["high"]
    if low is None:
        return mark("none", found)
    return mark(f"{low:,}" if low == high else f"{low:,}–{high:,}" if high is not None else f"{low:,}+", found)


def mark(text: str, found: Row) -> str:
    """The text, marked where sources contradict each other."""
    return f"{text} !" if found["standing"] == "conflict" else text


def measures() -> None:
    """How many claims on each measure, by the decade of printing."""
    issued = {source["id"]: source["issued"] for source in rows("sources")}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in rows("claims"):
        counted[claim["measure"]][decade(issued[claim["source"]])] += 1
    decades = sorted({when for found in counted.values() for when in found}, key=lambda when: (when == "undated", when))
    labels = {row["id"]: row["label"] for row in rows("measures")}
    lines = (
        [f"{labels[id]} (`{id}`)", sum(found.values()), *(found[when] or "" for when in decades)]
        for id, found in sorted(counted.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    )
    table(("measure", "claims", *decades), lines)


def decade(issued: str | None) -> str:
    """The years that a text is counted under: each of the last ones alone."""
    if not issued:
        return "undated"
    year = int(issued[:4].replace("X", "0"))
    return str(year) if year >= 2020 else f"{year // DECADE * DECADE}s"


def series(measure: str, programme: str = "medical-teams") -> None:
    """What was printed of the world since the start, by the day up to which it is known."""
    found = [
        claim
        for claim in rows("claims", "-m", measure, "-p", programme, "--provider", "China")
        if claim["recipient"] == ["001"] and claim["provider"] == "CN" and claim["period"].split("/")[0] in ("", "1963")
    ]
    by_figure: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for claim in sorted(found, key=lambda claim: claim["as_of"] or "9999"):
        by_figure[(claim["as_of"] or "undated")[:4], claim["value"], claim["hedge"], claim["status"]].append(claim)
    lines = (
        [
            year,
            f"{hedge} {value:,}".removeprefix("exact "),
            len(same),
            "disputed" if status == "disputed" else "",
            same[0]["id"],
        ]
        for (year, value, hedge, status), same in by_figure.items()
    )
    table(("year", "figure", "claims", "", "for instance"), lines, right=2)
    print(f"\n{len(found)} claims.")


def counts(field: str) -> None:
    """How many sources and claims there are by a field of the sources."""
    sources: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    for source in rows("sources"):
        sources[source[field]] += 1
        claims[source[field]] += source["claims"]
    table((field, "sources", "claims"), ([name, count, claims[name]] for name, count in sources.most_common()))


def origins() -> None:
    """How many sources are Chinese state media, or go back to them."""
    known = {source["id"]: source for source in rows("sources")}
    reprints = sum(1 for source in known.values() if source["derived_from"])
    state = sum(1 for source in known.values() if source["outlet"] == "state-media")
    both = sum(1 for source in known.values() if source["outlet"] == "state-media" or source["derived_from"])
    print(
        f"{state:,} of {len(known):,} sources are Chinese state media, {reprints:,} name a text or agency that they go "
        f"back to; {len(known) - both:,} are neither."
    )


def missing() -> None:
    """What is not known, of countries with a team."""
    with_team = [row for row in rows("countries") if row["first_team"] or row["batches"] or row["personnel"]]
    for key, words in WANTED.items():
        names = [row["name"] for row in with_team if not row[key]]
        print(f"- **No {words}** ({len(names)} of {len(with_team)} countries): {', '.join(names) or 'none'}.")
    gone = [row["name"] for row in rows("countries") if row["claims"] == row["planned"]]
    print(f"- **Only plans:** {', '.join(gone) or 'none'}.")


def warnings() -> None:
    """What `medaid check` warns of, with the note of the claim that explains it."""
    notes = {claim["id"]: claim["note"] or "" for claim in rows("claims")}
    found = rows("check")
    lines = ([one["rule"], one["claim"] or one["where"], one["message"], notes.get(one["claim"], "")] for one in found)
    table(
        ("rule", "claim", "what it says", "note"),
        ([cell.replace("|", "/") for cell in line] for line in lines),
        right=4,
    )
    print(f"\n{len(found)} warnings. `falling-total`: sources contradict each other, or an old figure is printed anew.")
    print("`quote-unread`: the number was compared with its phrase by eye, not by the machine.")
