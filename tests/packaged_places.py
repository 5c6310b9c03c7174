"""The places table, derived from maintained packages: codes from pycountry, names from babel, M49 from HDX.

Containment is never typed by hand: a country under the wrong region makes totals too large. The only words written
here are names that people use and no package carries; they can misname a place, never misplace it.
"""

import csv
import gettext
import os
from importlib.metadata import files
from itertools import pairwise
from typing import Any

import pycountry
from babel import Locale

from medaid_cli.records import document_of

WORLD = "001"

# Read in print and carried by none of the packages. "Congo" stands at both, so that it is asked about, not guessed.
SPOKEN = {
    "CD": ("Congo", "DRC", "Congo-Kinshasa", "Democratic Republic of Congo"),
    "CG": ("Congo-Brazzaville", "Congo Republic"),
    "CI": ("Ivory Coast",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "GB": ("United Kingdom", "Britain", "Great Britain"),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "US": ("United States", "U.S."),
    "CN-NM": ("Inner Mongolia",),
    "CN-NX": ("宁夏", "宁夏回族自治区"),
    "CN-XZ": ("Tibet", "Xizang"),
}
PROVINCE_NAMES = {"CN-NM": "Inner Mongolia", "CN-XZ": "Tibet"}

# ISO 3166-2:CN ends each name with its kind of unit, and names the people of an autonomous region.
PROVINCE_ENDINGS = (" Sheng", " Shi", " Zizhiqu", " SAR", " Zhuangzu", " Huizu", " Uygur")
PROVINCE_ENDINGS_ZH = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")

HDX_NAMES = ("Preferred Term", "HPC Tools Alt Term", "RW Short Name", "English Short", "M49 English", "M49 Chinese")
HDX_LEVELS = (("Region Code", WORLD), ("Sub-region Code", ""), ("Intermediate Region Code", ""))


def place(id: str, name: str, within: Any, aliases: list[str]) -> dict[str, Any]:
    """One document of the table, as it is stored; aliases without repeats, the name and the code."""
    seen = {name.casefold(), id.casefold(), ""}
    kept = [a for a in aliases if a and a.casefold() not in seen and not seen.add(a.casefold())]  # type: ignore[func-returns-value]
    return document_of("places", {"id": id, "name": name, "within": within, "aliases": kept})


def hdx_rows() -> list[dict[str, str]]:
    """UN OCHA's taxonomy: the M49 codes of every country's region, sub-region and intermediate region."""
    table = next(f for f in files("hdx-python-country") or () if f.suffix == ".csv" and "Taxonomy" in f.name)
    with open(table.locate(), encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["Deprecated"] != "Y"]


def m49_path(row: dict[str, str]) -> list[str]:
    """From the world down to the smallest region that holds the country."""
    codes = [row["Region Code"], row["Sub-region Code"], row["Intermediate Region Code"]]
    return [WORLD, *(code.zfill(3) for code in codes if code.isdigit())]


def regions(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    parents: dict[str, str | None] = {WORLD: None}
    printed: dict[str, str] = {WORLD: "World"}
    for row in rows:
        if len(row["ISO 3166-1 Alpha 2-Codes"]) != 2:
            continue  # parts of countries
        path = m49_path(row)
        for parent, code in pairwise(path):
            assert parents.setdefault(code, parent) == parent, (code, parent)
        for key in ("Region", "Sub-region", "Intermediate Region"):
            if row[f"{key} Code"].isdigit():
                printed[row[f"{key} Code"].zfill(3)] = row[f"{key} Name"]
    english, chinese = Locale("en").territories, Locale("zh").territories
    names = {code: english.get(code, printed[code]) for code in parents} | {WORLD: "World"}
    return [place(code, names[code], parents[code], [printed[code], chinese.get(code, "")]) for code in sorted(parents)]


def former_names() -> dict[str, list[str]]:
    """ISO 3166-3: its four-letter code ends with the code of today's country, if there is just one."""
    names: dict[str, list[str]] = {}
    for old in pycountry.historic_countries:
        today = old.alpha_4[2:]
        if pycountry.countries.get(alpha_2=today):
            names.setdefault(today, []).extend((old.name.split(",")[0], old.name))
    return names


def countries(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    by_code = {row["ISO 3166-1 Alpha 2-Codes"]: row for row in rows}
    english, chinese = Locale("en").territories, Locale("zh").territories
    hant, former = Locale("zh", script="Hant").territories, former_names()
    found = []
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_2):
        code, row = country.alpha_2, by_code[country.alpha_2]
        names = [country.alpha_3, country.name, getattr(country, "common_name", "")]
        names += [getattr(country, "official_name", ""), *SPOKEN.get(code, ())]
        names += [row[key] for key in HDX_NAMES] + former.get(code, [])
        found.append(place(code, english[code], m49_path(row)[-1], [*names, chinese[code], hant[code]]))
    return found


def cut(name: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        name = name.removesuffix(ending)
    return name


def provinces() -> list[dict[str, Any]]:
    """Within China; Hong Kong, Macao and Taiwan, which have ISO 3166-1 codes too, also within those.

    So a figure for CN-HK is inside one for HK, and can't be added to it.
    """
    locales = os.path.join(os.path.dirname(pycountry.__file__), "locales")
    chinese = gettext.translation("iso3166-2", locales, languages=["zh_CN"]).gettext
    found = []
    for unit in sorted(pycountry.subdivisions.get(country_code="CN"), key=lambda s: s.code):
        own = unit.code.removeprefix("CN-")
        within = ["CN", own] if own in ("HK", "MO", "TW") else "CN"
        name = PROVINCE_NAMES.get(unit.code, cut(unit.name, PROVINCE_ENDINGS))
        local = chinese(unit.name)
        names = [unit.name, *SPOKEN.get(unit.code, ())]
        if local != unit.name:
            names += [local, cut(local, PROVINCE_ENDINGS_ZH)]
        found.append(place(unit.code, name, within, [] if isinstance(within, list) else names))
    return found


def packaged_places() -> list[dict[str, Any]]:
    """Every document of the places table, in the order in which the store keeps them."""
    rows = hdx_rows()
    return regions(rows) + countries(rows) + provinces()
