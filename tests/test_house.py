"""The rules of the house, read from the code: sizes, who imports what, and who may speak."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import medaid_cli

PACKAGE = Path(medaid_cli.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# From the bottom to the top: each imports only from those before it. A folder counts as one.
LAYERS = [
    *("__init__", "errors", "model", "languages", "numerals", "figures", "periods", "scopes"),
    *("content", "records", "reading", "references", "store", "lock", "storage", "transaction", "names", "query"),
    *("quantities", "containment", "packing", "nesting", "totals"),
    *(
        "tallies",
        "checks",
        "verify",
        "plain",
        "rows",
        "judging",
        "curation",
        "reports",
        "render",
        "commands",
        "cli",
        "__main__",
    ),
]

THIRD_PARTY = {
    "msgspec": {"model.py", "reading.py", "render/envelope.py"},
    "tinydb": {"storage.py", "transaction.py"},
    "rich": {"render/terminal.py"},
    "typer": {"cli.py", *(f"commands/{path.name}" for path in PACKAGE.glob("commands/*.py"))},
}

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
PARAMETERS = 8


def place(path: Path) -> str:
    """Where a file stands in the package."""
    return path.relative_to(PACKAGE).as_posix()


def layer(path: Path) -> str:
    """The layer that a file belongs to."""
    return place(path).split("/")[0].removesuffix(".py")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a file, also those inside others."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> Iterator[str]:
    """The dotted names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)} has a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layers_above(path: Path) -> set[str]:
    """The layers that a file imports from, though they stand above its own."""
    parts = [name.split(".") for name in imported(path)]
    ours = {part[1] for part in parts if part[0] == "medaid_cli" and len(part) > 1 and part[1] in LAYERS}
    allowed = LAYERS[: LAYERS.index(layer(path))] + ([layer(path)] if "/" in place(path) else [])
    return ours - set(allowed)


def strangers(path: Path) -> set[str]:
    """The third-party packages that a file imports."""
    tops = {name.split(".")[0] for name in imported(path)}
    return tops - set(sys.stdlib_module_names) - {"medaid_cli"}


def calls(path: Path) -> Iterator[str]:
    """All that a file calls, as written."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_function_is_short(path: Path) -> None:
    lengths = {one.name: (one.end_lineno or 0) - one.lineno + 1 for one in functions(path)}
    assert {name: length for name, length in lengths.items() if length > LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("path", [path for path in FILES if layer(path) != "commands"], ids=place)
def test_a_function_takes_few_parameters(path: Path) -> None:
    counts = {one.name: len([*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs]) for one in functions(path)}
    assert {name: count for name, count in counts.items() if count > PARAMETERS} == {}


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_file_imports_only_from_files_above_it_on_the_map(path: Path) -> None:
    assert layer(path) in LAYERS, f"{place(path)} has no place in the order of layers"
    assert layers_above(path) == set()


def test_the_map_of_the_package_is_in_the_order_of_the_layers() -> None:
    drawn = [
        line.split()[0].removesuffix(".py").rstrip("/")
        for line in (medaid_cli.__doc__ or "").splitlines()
        if line.startswith("    ")
    ]
    assert all(LAYERS.index(low) < LAYERS.index(high) for low, high in pairwise(drawn))
    assert set(drawn) == {layer(path) for path in FILES} - {"__init__"}


@pytest.mark.parametrize("path", FILES, ids=place)
def test_a_third_party_package_is_imported_only_where_it_belongs(path: Path) -> None:
    assert {name for name in strangers(path) if place(path) not in THIRD_PARTY.get(name, set())} == set()


def test_every_third_party_package_is_used() -> None:
    used = {name: {place(path) for path in FILES if name in strangers(path)} for name in THIRD_PARTY}
    assert all(used.values())


@pytest.mark.parametrize("path", FILES, ids=place)
def test_nothing_prints_but_through_the_renderers_and_nothing_exits_but_the_program(path: Path) -> None:
    said = set(calls(path))
    assert not said & {"print", "exit", "quit"}
    assert not said & {"sys.exit", "os._exit"} or place(path) == "__main__.py"


def test_importing_touches_nothing() -> None:
    names = [
        f"medaid_cli.{place(path).removesuffix('.py').removesuffix('/__init__').replace('/', '.')}" for path in FILES
    ]
    program = f"""
import sys, importlib
touched = []
def watch(event, args):
    if event == "open" and (str(args[0]).endswith(".json") or set(str(args[1] or "")) & set("wax+")):
        touched.append(args)
sys.addaudithook(watch)
for name in {names!r}:
    importlib.import_module(name)
sys.exit(str(touched) if touched else 0)
"""
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
