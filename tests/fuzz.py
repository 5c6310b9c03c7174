"""What must hold for any bytes: the program answers, with a message at most, and never writes half of anything.

`tests/test_fuzz.py` runs each target with bytes that hypothesis makes up. To go on for longer, led by coverage:

    python -m pip install -e ".[fuzz]" && python tests/fuzz.py rows -max_total_time=600
"""

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from factories import claim, source, store_dict

from medaid_cli import checks, curation, figures, periods, rows, store
from medaid_cli.errors import MedaidError

LANGUAGES = "en zh fr pt es de it id sw ja ko fil vi tr pl sr ru hi ur ar und".split()


def store_bytes(data: bytes) -> None:
    """A store of any bytes loads, or is refused with a message; it stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.json"
        path.write_bytes(data)
        try:
            checks.everything(path)
            curation.add(path, "claims", claim(), wait=0, day="2024-12-31")
        except MedaidError as error:
            assert str(error)
            assert path.read_bytes() == data
        assert list(path.parent.iterdir()) == [path]


def quote(data: bytes) -> None:
    """A phrase in any language is read as whole numbers from nought, or not at all."""
    text = data.decode("utf-8", errors="surrogateescape")
    for language in LANGUAGES:
        for figure in figures.read(text, language):
            bounds = figures.interval(figure.value, figure.hedge)
            assert bounds.low >= 0
            assert bounds.high is None or bounds.low <= bounds.high


def period(data: bytes) -> None:
    """A period is read as days in order, or refused."""
    try:
        found = periods.parse(data.decode("utf-8", errors="surrogateescape"))
    except ValueError as error:
        assert str(error)
        return
    for days in (found.start, found.end):
        assert days is None or "0001-01-01" <= days.earliest <= days.latest


def imported(data: bytes) -> None:
    """Rows of any bytes are entered all or not at all, and the store loads as before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.json"
        path.write_text(json.dumps(store_dict(claim(), sources=[source("a")])), encoding="utf-8")
        before = path.read_bytes()
        text = io.TextIOWrapper(io.BytesIO(data), **rows.AS_TEXT)
        told: list[curation.Refused] = []
        try:
            counts = curation.enter(path, rows.read(text), None, told.append, wait=0, day="2024-12-31")
        except MedaidError as error:
            assert str(error)
            assert path.read_bytes() == before
            return
        assert len(store.load(path).claims) >= 1
        assert bool(told) == any(count.refused for count in counts)
        if told or not any(count.added for count in counts):
            assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]


def document(data: bytes) -> None:
    """A claim of any fields is entered, or refused with a message."""
    imported(b'{"source": "a", "locator": "p1", "measure": "personnel", ' + data.replace(b"\n", b" "))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "store": store_bytes,
    "quotes": quote,
    "periods": period,
    "rows": imported,
    "claims": document,
}


def main() -> None:
    """Let atheris make up the bytes."""
    import atheris

    with atheris.instrument_imports():
        target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
