"""One-line records for tests, with a vocabulary small enough to know by heart.

Everything goes through the reader of real stores: what a factory makes is what a file with these words would hold.

    facts(claim("over 30,000 people", source="a"), claim("38 people", source="b"), a="2023-04-15", b="2023-06-09")
"""

import json
from pathlib import Path
from typing import Any, cast

from medaid_cli import store
from medaid_cli.model import Days, Facts
from medaid_cli.periods import parse_date
from medaid_cli.quantities import Quantity, quantities
from medaid_cli.scopes import Told, first_days, tell

Document = dict[str, Any]

INFO: Document = {
    "format": 1,
    "title": "Aid in small",
    "updated": "2024-12-31",
    "epoch": 1963,
    "provider": "CN",
    "world": "001",
}

MEASURES = {
    "personnel": ("people sent", "total", "sum"),
    "treatments": ("patients treated", "total", "sum"),
    "countries": ("countries reached", "total", "distinct"),
    "sites": ("sites where teams work", "stock", "sum"),
    "first-team": ("first team", "event", "none"),
    "event": ("dated event", "event", "none"),
    "activity": ("something done", "note", "none"),
}

PROGRAMMES: dict[str, Document] = {
    "any": {},
    "medical-teams": {"start": "1963", "start_event": "first-team"},
    "medical-teams/eyes": {},
    "ebola": {"start": "2014", "end": "2016", "place": "011"},
    "covid-19": {"start": "2020"},
    "covid-19/vaccines": {},
    "training": {},
    "inbound": {},
    "inbound/pilot": {"exclusive_children": ["inbound/pilot/public", "inbound/pilot/private"]},
    "inbound/pilot/public": {},
    "inbound/pilot/private": {},
}

PLACES = {
    "001": ("World", None, []),
    "002": ("Africa", "001", ["非洲"]),
    "011": ("Western Africa", "002", []),
    "017": ("Middle Africa", "002", []),
    "142": ("Asia", "001", []),
    "BJ": ("Benin", "011", ["Dahomey", "贝宁"]),
    "CD": ("Congo - Kinshasa", "017", ["Congo", "DRC"]),
    "CG": ("Congo - Brazzaville", "017", ["Congo"]),
    "CI": ("Côte d’Ivoire", "011", ["Ivory Coast"]),
    "CN": ("China", "142", []),
    "CN-HK": ("Hong Kong SAR", ["CN", "HK"], ["Hong Kong"]),
    "CN-SN": ("Shaanxi", "CN", ["陕西"]),
    "CN-SX": ("Shanxi", "CN", ["山西"]),
    "DZ": ("Algeria", "002", []),
    "HK": ("Hong Kong SAR China", "142", ["Hong Kong"]),
    "ML": ("Mali", "011", []),
}


def claim(quote: str = "100 people", *, source: str = "a", **fields: Any) -> Document:
    """A claim; value and hedge are read from the quote unless given, the id is made by `facts` unless given."""
    return {"source": source, "locator": "p1", "quote": quote, "measure": "personnel", **fields}


def source(id: str = "a", **fields: Any) -> Document:
    """A source."""
    return {"id": id, "title": f"The words of {id}", "issued": "2023-06-30", **fields}


def store_dict(*claims: Document, sources: list[Document] | None = None, **tables: Any) -> Document:
    """A whole store as its file holds it. Claims are numbered; sources that they name are added; tables replace."""
    given = {one["id"]: one for one in sources or []}
    named = {one["source"]: source(one["source"]) for one in claims}
    documents = {
        "store": [INFO],
        "claims": [numbered(one, n) for n, one in enumerate(claims, 1)],
        "sources": list((named | given).values()),
        "measures": [
            {"id": id, "label": label, "unit": "", "kind": kind, "adds": adds}
            for id, (label, kind, adds) in MEASURES.items()
        ],
        "programmes": [{"id": id, "label": id.replace("-", " "), **more} for id, more in PROGRAMMES.items()],
        "places": [
            {"id": id, "name": name, "within": within, "aliases": aliases}
            for id, (name, within, aliases) in PLACES.items()
        ],
    }
    return {name: dict(enumerated(table)) for name, table in documents.items()} | tables


def numbered(one: Document, number: int) -> Document:
    """The claim with an id, first of all its keys."""
    return {"id": f"{one['source']}:{one['locator']}:{number}", **one}


def enumerated(table: list[Document]) -> list[tuple[str, Document]]:
    """The documents under TinyDB's ids."""
    return [(str(n), document) for n, document in enumerate(table, 1)]


def write_store(folder: Path, *claims: Document, **tables: Any) -> Path:
    """A store as a file."""
    path = folder / "store.json"
    path.write_text(json.dumps(store_dict(*claims, **tables), ensure_ascii=False, indent=2), encoding="utf-8")
    return path


class InMemory:
    """What stands where a path is expected: bytes without a file."""

    def __init__(self, content: Document | bytes) -> None:
        self.content = content if isinstance(content, bytes) else json.dumps(content).encode()

    def read_bytes(self) -> bytes:
        return self.content

    def __str__(self) -> str:
        return "memory"


def facts(*claims: Document, **sources: str | Document | None) -> Facts:
    """A store, loaded. A keyword gives a source: its day, None if unknown, or the whole document."""
    given = [
        source(**({"id": id} | (day if isinstance(day, dict) else {"issued": day}))) for id, day in sources.items()
    ]
    return store.load(cast(Path, InMemory(store_dict(*claims, sources=given))))


def told(*claims: Document, **sources: str | Document | None) -> list[Told]:
    """The claims with their scopes, in the order given."""
    loaded = facts(*claims, **sources)
    first = first_days(loaded.claims, loaded)
    return [tell(one, loaded, first) for one in loaded.claims]


def found(*claims: Document, **sources: str | Document | None) -> list[Quantity]:
    """The quantities that the claims tell of."""
    loaded = facts(*claims, **sources)
    first = first_days(loaded.claims, loaded)
    return quantities((tell(one, loaded, first) for one in loaded.claims), loaded)


def only(*claims: Document, **sources: str | Document | None) -> Quantity:
    """The one quantity that the claims tell of."""
    [quantity] = found(*claims, **sources)
    return quantity


def days(text: str | None) -> Days | None:
    """A date."""
    return parse_date(text) if text else None
