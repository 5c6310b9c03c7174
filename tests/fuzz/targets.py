"""What is fuzzed: functions of bytes that end well whatever they are given, and never leave half a store.

Each is called with what Hypothesis makes up (`test_fuzz.py`, in every run) and with what atheris finds (`run.py`).
"""

import atexit
import io
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from factories import claim, source, store_dict
from program import invoke

from medaid_cli import checks, curation, figures, periods, rows, store
from medaid_cli.errors import StoreError, UsageError
from medaid_cli.model import HEDGES
from medaid_cli.rows import Row

LANGUAGES = ("en", "zh", "fr", "de", "es", "pt", "ru", "ar", "ja", "und", "", "x-y", "EN_us")
COMMANDS = ("add", "add-source", "import", "retract", "replace", "init", "claims", "check", "verify")
READERS = (("countries",), ("stats", "--why"), ("claims", "--csv"), ("sources", "-f", "tsv"), ("check", "--json"))
TABLES = (None, "claims", "sources", "measures", "programmes", "places")
DAY = "2026-01-31"


@cache
def folder() -> Path:
    """Where stores are made; it goes when the process ends."""
    found = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, found, ignore_errors=True)
    return Path(found)


@cache
def small() -> bytes:
    """A store with few claims, one of them retracted and one replaced."""
    claims = (
        claim("over 1,000 people", recipient=["BJ"], statement="So many."),
        claim("5 people", retracted={"day": "2024-01-01", "reason": "misread"}),
        claim("6 people", source="b", locator="opening"),
        claim("7 people", source="b", locator="opening", replaces="b:opening:3"),
        claim("first team", measure="first-team", period="1963-04-06", recipient=["DZ"], programme="medical-teams"),
    )
    tables = store_dict(*claims, sources=[source(read="full"), source("b", derived_from="a")])
    return json.dumps(tables, ensure_ascii=False).encode()


def store_bytes(data: bytes) -> None:
    """Bytes as a store: read whole or refused; what does not load is never written, what does still loads after."""
    path = folder() / "store.json"
    path.write_bytes(data)
    loads = True
    try:
        store.load(path)
    except StoreError:
        loads = False
    with suppress(StoreError):
        checks.everything(path)
    assert path.read_bytes() == data
    if loads:
        assert {invoke(*words, "--store", str(path)).code for words in READERS} <= {0, 3}
    row = Row(1, source("fuzz"), table="sources")
    try:
        curation.enter(path, [row], None, lambda _: None, wait=0, day=DAY)
    except StoreError:
        assert not loads
        assert path.read_bytes() == data
    else:
        assert loads
        store.load(path)


def import_rows(data: bytes) -> None:
    """Bytes as rows: entered all or none, and once entered they are all there already."""
    path = folder() / "rows.json"
    table = TABLES[data[0] % len(TABLES)] if data else None
    path.write_bytes(small())
    first = entered(path, data[1:], table)
    if first is None or first["refused"] or not first["added"]:
        assert path.read_bytes() == small()
        return
    before = path.read_bytes()
    assert size(json.loads(before)) == first["added"] + size(json.loads(small()))
    store.load(path)
    again = entered(path, data[1:], table)
    assert again == {"added": 0, "skipped": first["added"] + first["skipped"], "refused": 0}
    assert path.read_bytes() == before


def size(tables: dict[str, Any]) -> int:
    """How many documents there are."""
    return sum(map(len, tables.values()))


def entered(path: Path, content: bytes, table: str | None) -> dict[str, int] | None:
    """What became of the rows; None if they are no rows. Each that is refused is told, with a line and in short."""
    told: list[curation.Refused] = []
    text = io.TextIOWrapper(io.BytesIO(content), **rows.AS_TEXT)
    try:
        counts = curation.enter(path, rows.read(text), table, told.append, wait=0, day=DAY)
    except UsageError as error:
        assert len(str(error)) < 500
        return None
    refused = sum(count.refused for count in counts)
    assert bool(told) == bool(refused)
    assert all(one.line >= 1 and len("".join(map(str, one.problem.as_dict().values()))) < 1500 for one in told)
    return {
        "added": sum(one.added for one in counts),
        "skipped": sum(one.skipped for one in counts),
        "refused": refused,
    }


def claim_fields(data: bytes) -> None:
    """A claim's fields as JSON: entered, there already, or refused in words."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(given, dict):
        return
    path = folder() / "claim.json"
    path.write_bytes(small())
    try:
        record = curation.add(path, "claims", {**claim("8 people"), **given}, wait=0, day=DAY)
    except UsageError as error:
        assert str(error)
        assert path.read_bytes() == small()
    else:
        assert record == store.load(path).claims[-1]
        for replaced in (record.id, "a:p1:1"):
            with suppress(UsageError):
                curation.replace(path, replaced, given, wait=0, day=DAY)
            store.load(path)


def quote(data: bytes) -> None:
    """A phrase in a language: numbers with hedges, whose intervals are in order."""
    language = LANGUAGES[data[0] % len(LANGUAGES)] if data else "en"
    for one in figures.read(data[1:].decode("utf-8", errors="surrogateescape"), language):
        assert one.value >= 0
        assert one.hedge in HEDGES
        for bounds in (figures.interval(one.value, one.hedge), figures.likely(one.value, one.hedge)):
            assert bounds.high is None or 0 <= bounds.low <= bounds.high
            assert figures.words(bounds)


def period(data: bytes) -> None:
    """A text as a period: days of the calendar in order, or one sentence."""
    text = data.decode("utf-8", errors="surrogateescape")
    try:
        found = periods.parse(text)
    except ValueError as error:
        assert str(error)
        return
    for days in (found.start, found.end):
        assert days is None or "0001-01-01" <= days.earliest <= days.latest <= "9999-12-31"


def command_line(data: bytes) -> None:
    """Words of a command, a line each: an exit code that is meant, and a store that is changed only if it is 0."""
    home = folder() / "home"
    home.mkdir(exist_ok=True)
    for path in home.iterdir():
        path.unlink()
    mine = home / "my.json"
    mine.write_bytes(small())
    words = data[2:].replace(b"\0", b"").decode("utf-8", errors="surrogateescape").split("\n")
    name = COMMANDS[data[0] % len(COMMANDS)] if data else "add"
    given = {"-o", "--output", "--text", "--store", "--texts"} & {word.partition("=")[0] for word in words}
    if given or any(word.startswith(("-o", "--o", "--te", "--st")) for word in words) or name == "init":
        return  # what names files would reach beyond the folder
    ended = invoke(name, "--store", "my.json", *words, cwd=home)
    assert ended.code in (0, 2, 3, 4)
    assert "Traceback" not in ended.err
    if ended.code != 0:
        assert mine.read_bytes() == small()
    store.load(mine)
    assert [path.name for path in home.iterdir()] == ["my.json"]


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (store_bytes, import_rows, claim_fields, quote, period, command_line)
}
# What each may begin with; nothing else makes deep parts be reached soon.
SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "store_bytes": lambda: [small()],
    "import_rows": lambda: [
        b"\x00" + json.dumps(claim("8 people", locator="p2", recipient=["BJ"])).encode(),
        b"\x00" + json.dumps(source("c", author=[{"literal": "D"}], issued="2020")).encode(),
        b"\x00source,locator,quote,measure,value,recipient,period,status,note,retracted\n"
        b'a,p2,8 people,personnel,8,BJ; ML,1963/..,disputed,"\'=1","{""day"": ""2024-01-01"", ""reason"": ""x""}"\n',
        b"\x03id\tlabel\tunit\tkind\tadds\nbeds\tbeds\tbed\tstock\tsum\n",
        b"\x04id,label,place,exclusive_children\ntraining/eyes,eyes,BJ,\n",
        b'\x05{"id": "XA", "name": "A", "within": ["002"]}\n{"id": "XB", "name": "B", "within": "XA"}\n',
    ],
    "claim_fields": lambda: [
        b'{"quote": "9 to 10 people", "value": 9, "hedge": "about", "period": "197X", "id": "a:p1:7"}'
    ],
    "quote": lambda: [bytes([0]) + b"more than 1.2 million people", bytes([1]) + "超过3万人".encode()],
    "period": lambda: [b"1963~/..", b"/2020-02-29", b"197X", b"19XX/2001-12?"],
    "command_line": lambda: [
        b"\x00\n-s\na\n--locator\np2\n--quote\n8 people\n-m\npersonnel\n--recipient\nBenin",
        b"\x01\n--id\nc\n--title\nC\n--issued\n2020",
        b"\x02\nmy.json\n--dry-run",
        b"\x03\na:p1:1\n--reason\nmisread",
        b"\x04\na:p1:1\n--note\nx\n--json",
        b"\x06\n--status\nplanned\n-f\ntsv",
        b"\x07\n--rule\nquote-length",
    ],
}


def seeds(name: str) -> list[bytes]:
    """The bytes to begin with."""
    return SEEDS[name]()
