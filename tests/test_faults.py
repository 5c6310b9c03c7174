"""Faults: writers killed at any moment, many at once, disks that are full or may not be written.

What was acknowledged is in the store, the store always loads, and nothing else is left. By default in small numbers;
`python -m pytest tests/test_faults.py --full-faults` kills 500 times and lets 8 writers add 50 claims each.
"""

import json
import os
import random
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from factories import INFO, claim, write_store
from program import MEDAID, ROOT, SECONDS, Ended, environment, invoke, run, shell

from medaid_cli import curation, store
from medaid_cli.storage import AtomicStorage, temporary

DAY = "2025-02-03"
PATIENCE = 50.0  # seconds to wait for a lock: less than a run may take
MOMENT = 0.06  # seconds; several claims are added in that time

SEVEN = claim("7 people", value=7, hedge="exact")

WRITER = """
import sys
from itertools import count
from pathlib import Path
from medaid_cli import curation

print("ready", flush=True)
for number in count(int(sys.argv[2])):
    document = {"source": "a", "locator": "p3", "quote": f"{number} people", "measure": "personnel"}
    document |= {"value": number, "hedge": "exact"}
    added = curation.add(Path(sys.argv[1]), "claims", document, wait=50, day="2025-02-03")
    print(added.id, number, flush=True)
"""


class Size(NamedTuple):
    """How much is tried."""

    kills: int
    real_kills: int
    writers: int
    adds: int


@pytest.fixture(scope="module")
def size(request: pytest.FixtureRequest) -> Size:
    """Little by default, and all that is promised with `--full-faults`."""
    return Size(500, 50, 8, 50) if request.config.getoption("--full-faults") else Size(25, 4, 4, 8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one claim, in a folder of its own."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return write_store(folder, SEVEN)


@pytest.fixture(scope="module")
def namespaces() -> None:
    """Skip where file systems can't be mounted."""
    if shell("unshare -rm mount -t tmpfs tmpfs /mnt").code:
        pytest.skip("this system lets no one mount file systems of their own: unshare -rm")


def add_words(path: Path, number: int) -> tuple[str, ...]:
    """The command that adds a claim with this value."""
    figure = ("--quote", f"{number} people", "--value", f"{number}", "--hedge", "exact")
    return ("add", "--store", str(path), "-s", "a", "--locator", "p9", "-m", "personnel", *figure)


def add(path: Path, number: int, *more: str) -> Ended:
    """Add a claim with this value."""
    return run(*add_words(path, number), *more)


def values(path: Path) -> dict[str, int | None]:
    """The values of the store's claims by id; the store loads."""
    return {one.id: one.value for one in store.load(path).claims}


def beside(path: Path) -> set[str]:
    """What else is in the store's folder."""
    return {one.name for one in path.parent.iterdir() if one != path}


@contextmanager
def started(*args: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is killed in the end if it still runs."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *args], stdin=pipe, stdout=pipe, stderr=pipe, env=environment(), cwd=ROOT, **more
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def program(*args: str) -> Any:
    """The program itself, started."""
    return started(MEDAID, *args)


def until(what: Callable[[], Any]) -> None:
    """Wait for something that will be true.

    Raises:
        TimeoutError: if it does not come.
    """
    deadline = time.monotonic() + SECONDS
    while not what():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.0001)


def any_moment() -> float:
    """When to kill: so many seconds from now."""
    return random.uniform(0, MOMENT)  # noqa: S311 no secret hangs on it


def line_of(process: subprocess.Popen[bytes]) -> str:
    """The next line that it says."""
    assert process.stdout
    return process.stdout.readline().decode()


def content(path: Path) -> bytes | None:
    """What is in a file, if it is there."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def until_holding(process: subprocess.Popen[bytes], path: Path) -> None:
    """Wait until it has the lock of the store, or has ended."""
    lock, signed = Path(f"{path}.lock"), b"%d\n" % process.pid
    until(lambda: process.poll() is not None or content(lock) == signed)


def until_writing(process: subprocess.Popen[bytes], path: Path) -> None:
    """Wait until it writes a new file, or has ended."""
    until(lambda: process.poll() is not None or temporary(path).exists())


@contextmanager
def importing(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program in the middle of an import: it holds the lock, and waits for more rows than one that is there."""
    with program("import", "-", "--store", str(path)) as process:
        assert process.stdin
        process.stdin.write(json.dumps(SEVEN).encode() + b"\n")
        process.stdin.flush()
        until_holding(process, path)
        yield process


# Kills


def killed_while_adding(path: Path, first: int, *, writing: bool) -> dict[str, int]:
    """Kill a busy writer at any moment, or as it writes a new file; the claims it acknowledged, with their values."""
    with started("-c", WRITER, str(path), str(first)) as writer:
        assert line_of(writer) == "ready\n"
        said = line_of(writer) if writing else ""
        time.sleep(any_moment())
        if writing:
            until_writing(writer, path)
        writer.kill()
        assert writer.stdout
        assert writer.stderr
        said += writer.stdout.read().decode()
        assert writer.stderr.read() == b""
    assert said == "" or said.endswith("\n")
    return {id: int(value) for id, value in map(str.split, said.splitlines())}


@pytest.mark.parametrize("writing", [False, True], ids=["at any moment", "as it writes the new file"])
def test_what_a_killed_writer_acknowledged_is_there_and_the_store_loads(path: Path, size: Size, writing: bool) -> None:
    acknowledged: dict[str, int] = {}
    left: list[set[str]] = []
    for number in range(size.kills // 5 if writing else size.kills):
        kills = number % 50
        if kills == 0:  # a new store, or loading would come to take all the time
            path, acknowledged = write_store(path.parent, SEVEN), {}
        acknowledged |= killed_while_adding(path, 1000 * (number + 1), writing=writing)
        left.append(beside(path))
        assert left[-1] <= {"store.json.lock", "store.json.tmp"}
        found = values(path)
        assert acknowledged.items() <= found.items()
        assert len(found) - len(acknowledged) <= kills + 2  # each kill may be between an entry and its acknowledgement
    assert any(left)  # they were killed at work
    curation.add(path, "claims", claim("1 person", value=1, hedge="exact"), wait=0, day=DAY)
    assert beside(path) == set()


def test_a_killed_import_has_entered_all_rows_or_none(path: Path, tmp_path: Path, size: Size) -> None:
    rows = tmp_path / "rows.jsonl"
    ended = []
    for number in range(1, size.real_kills + 1):
        before = values(path)
        new = [claim(f"{n} people", value=n, hedge="exact") for n in range(number * 1000, number * 1000 + 200)]
        rows.write_text("\n".join(map(json.dumps, new)), encoding="utf-8")
        with program("import", str(rows), "--store", str(path)) as process:
            until_holding(process, path)
            if number % 2:
                until_writing(process, path)
            time.sleep(any_moment())
            process.kill()
            process.wait(SECONDS)
            ended.append(process.returncode)
        assert beside(path) <= {"store.json.lock", "store.json.tmp"}
        found = values(path)
        assert len(found) - len(before) == 200 or found == before
    assert -signal.SIGKILL in ended
    assert add(path, 1).code == 0
    assert beside(path) == set()


def test_when_the_holder_of_the_lock_is_killed_the_next_writer_proceeds(path: Path) -> None:
    with importing(path) as holder:
        ended = add(path, 1, "--wait", "0")
        says = f"is being written by process {holder.pid}; waited 0 s, --wait waits longer"
        assert ended == (4, "", f"medaid: {path}: {says}\n")
        holder.kill()
        holder.wait(SECONDS)
        assert beside(path) == {"store.json.lock"}
        assert add(path, 1, "--wait", "0").code == 0
    assert beside(path) == set()
    assert list(values(path).values()) == [7, 1]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_who_waits_for_the_lock_gets_it_when_its_holder_ends(path: Path, end: signal.Signals) -> None:
    with importing(path) as holder, program(*add_words(path, 1), "--wait", str(PATIENCE)) as waiting:
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
        holder.send_signal(end)
        assert waiting.wait(SECONDS) == 0
        assert holder.wait(SECONDS) == (130 if end == signal.SIGINT else -end)
    assert beside(path) == set()
    assert list(values(path).values()) == [7, 1]


def test_who_breaks_off_waiting_ends_with_130_and_leaves_the_lock_to_its_holder(path: Path) -> None:
    before = path.read_bytes()
    with importing(path) as holder:
        with program(*add_words(path, 1), "--wait", str(PATIENCE)) as waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(1)
            waiting.send_signal(signal.SIGINT)
            out, err = waiting.communicate(timeout=SECONDS)
            assert (waiting.returncode, out, err) == (130, b"", b"")
        assert Path(f"{path}.lock").read_bytes() == b"%d\n" % holder.pid
        holder.communicate(timeout=SECONDS)
        assert holder.returncode == 0
    assert (path.read_bytes(), beside(path)) == (before, set())


# Many at once


def test_claims_that_many_writers_add_at_once_are_all_there(path: Path, size: Size) -> None:
    def add_some(writer: int) -> list[Ended]:
        numbers = range(writer * 1000, writer * 1000 + size.adds)
        return [add(path, number, "--wait", str(PATIENCE), "--json") for number in numbers]

    with ThreadPoolExecutor(size.writers) as pool:
        ended = [one for some in pool.map(add_some, range(1, size.writers + 1)) for one in some]
    assert [one for one in ended if one.code or one.err] == []
    found = values(path)
    assert len(found) == len(set(found.values())) == size.writers * size.adds + 1
    assert {json.loads(one.out)["rows"][0]["id"] for one in ended} == set(found) - {"a:p1:1"}
    assert beside(path) == set()


def test_of_many_who_make_one_store_at_once_just_one_does(tmp_path: Path, size: Size) -> None:
    path = tmp_path / "new.json"
    with ThreadPoolExecutor(size.writers) as pool:
        ended = list(pool.map(lambda n: run("init", str(path), "--title", f"Made by {n}"), range(size.writers)))
    [winner] = [number for number, one in enumerate(ended) if one.code == 0]
    assert [one.code for one in ended if one.code] == [2] * (size.writers - 1)
    assert all("is there already" in one.err for one in ended if one.code)
    assert store.load(path).info.title == f"Made by {winner}"
    assert beside(path) == set()


def test_readers_read_a_whole_store_at_any_moment_while_it_is_written(path: Path) -> None:
    with started("-c", WRITER, str(path), "1000") as writer:
        assert line_of(writer) == "ready\n"
        counts = [len(values(path)) for _ in range(100)]
    assert counts == sorted(counts)
    assert counts[-1] > 1


def test_readers_do_not_wait_for_a_writer(path: Path) -> None:
    with importing(path):
        ended = run("claims", "--store", str(path), "--json")
        assert (ended.code, json.loads(ended.out)["total"]) == (0, 1)
        assert beside(path) == {"store.json.lock"}


# Waiting


@pytest.mark.parametrize(
    "words",
    [
        ("add", "-s", "a", "--locator", "p3", "--quote", "5 people", "-m", "personnel"),
        ("add-source", "--id", "b", "--title", "B"),
        ("import", os.devnull),
        ("retract", "a:p1:1", "--reason", "misread"),
        ("replace", "a:p1:1", "--quote", "8 people"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_that_writes_waits_for_the_lock_and_then_gives_up(path: Path, words: tuple[str, ...]) -> None:
    before = path.read_bytes()
    Path(f"{path}.lock").write_bytes(b"rubbish")
    held = AtomicStorage(path, 0)
    ended = run(*words, "--store", str(path), "--wait", "0.05")
    held.close()
    says = f"is being written by process {os.getpid()}; waited 0.05 s, --wait waits longer"
    assert ended == (4, "", f"medaid: {path}: {says}\n")
    assert (path.read_bytes(), beside(path)) == (before, set())
    assert run(*words, "--store", str(path), "--wait", "0").code == 0
    assert beside(path) == set()


def test_init_waits_for_the_lock_too(path: Path) -> None:
    held = AtomicStorage(path, 0)
    ended = invoke("init", str(path), "--force", "--wait", "0")
    held.close()
    assert ended.code == 4
    assert f"is being written by process {os.getpid()}" in ended.err
    assert list(values(path).values()) == [7]


@pytest.mark.parametrize("typed", ["abc", "-1", "nan", "inf", ""])
def test_a_time_to_wait_that_is_none_ends_with_2(path: Path, typed: str) -> None:
    before = path.read_bytes()
    ended = invoke(*add_words(path, 1), "--wait", typed)
    assert (ended.code, ended.out) == (2, "")
    assert f"{typed!r} is not a number of seconds" in ended.err
    assert path.read_bytes() == before


# No room, no right


def in_namespace(script: str, *words: str | Path) -> Ended:
    """Run a script that may mount, and calls the program `medaid`; `$1` and so on are the words."""
    args = " ".join(shlex.quote(str(word)) for word in ("bash", *words))
    return shell(f"cd {shlex.quote(str(ROOT))}; export -f medaid; unshare -rm bash -uc {shlex.quote(script)} {args}")


def larger(path: Path) -> bytes:
    """The store with so many claims that it takes a few blocks."""
    many = [claim(f"{n} people", value=n, hedge="exact", statement="x" * 300) for n in range(100, 200)]
    return write_store(path.parent, *many).read_bytes()


FULL_DISK = """
mount -t tmpfs -o size=1m tmpfs "$1"
cp "$2" "$1/store.json"
cd "$1"
for room in 0 4 8 16 32; do
  head -c 2M /dev/zero >ballast 2>/dev/null
  truncate -s "-${room}K" ballast
  medaid add --store store.json -s a --locator p9 --quote '5 people' -m personnel --value 5 --hedge exact
  echo "$room KiB: $? $(cmp store.json "$2" && echo as it was), $(ls -A | tr '\\n' ' ')"
done
rm ballast
medaid add --store store.json -s a --locator p9 --quote '5 people' -m personnel --value 5 --hedge exact >/dev/null
echo "$? $(ls -A)"
"""


@pytest.mark.usefixtures("namespaces")
def test_a_full_disk_ends_with_4_and_the_store_is_as_it_was(path: Path, tmp_path: Path) -> None:
    assert len(larger(path)) > 40_000
    (tmp_path / "disk").mkdir()
    ended = in_namespace(FULL_DISK, tmp_path / "disk", path)
    *full, after = ended.out.splitlines()
    assert full == [f"{room} KiB: 4 as it was, ballast store.json " for room in (0, 4, 8, 16, 32)]
    assert after == "0 store.json"
    assert ended.err.count("No space left on device") == len(full)


READ_ONLY = """
mount -t tmpfs tmpfs "$1"
cp "$2" "$1/store.json"
mount -o remount,ro "$1"
cd "$1"
export MEDAID_STORE=store.json
medaid add -s a --locator p9 --quote '5 people' -m personnel
echo "add: $?"
medaid retract a:p1:1 --reason misread
echo "retract: $?"
medaid init store.json --force
echo "init: $?"
medaid claims >/dev/null 2>&1
echo "claims: $?; $(cmp store.json "$2" && echo as it was), $(ls -A)"
"""


@pytest.mark.usefixtures("namespaces")
def test_a_disk_that_may_only_be_read_is_told_and_can_be_read(path: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    ended = in_namespace(READ_ONLY, tmp_path / "disk", path)
    assert ended.out == "add: 4\nretract: 4\ninit: 4\nclaims: 0; as it was, store.json\n"
    assert ended.err == "medaid: store.json: can't be locked for writing: Read-only file system (store.json.lock)\n" * 3


MOUNTED_FILE = """
cp "$1" "$1.real"
mount --bind "$1.real" "$1"
medaid add --store "$1" -s a --locator p9 --quote '5 people' -m personnel --value 5 --hedge exact
echo "$? $(cmp "$1" "$1.real" && echo as it was)"
"""


@pytest.mark.usefixtures("namespaces")
def test_a_store_that_is_mounted_as_a_single_file_cannot_be_replaced_and_that_is_told(path: Path) -> None:
    ended = in_namespace(MOUNTED_FILE, path)
    assert ended.out == "4 as it was\n"
    assert ended.err.startswith(f"medaid: {path}: can't be written: Device or resource busy")
    assert list(values(path).values()) == [7]
    assert beside(path) == {"store.json.real"}


def as_anyone() -> str:
    """What starts the program without the rights that root has."""
    obeying = "" if os.geteuid() else "setpriv --bounding-set=-all --inh-caps=-all "
    if shell(f"{obeying}true").code:
        pytest.skip("root can't give up its rights here: setpriv --bounding-set")
    return f"{obeying}{shlex.quote(MEDAID)}"


def test_a_store_that_may_only_be_read_is_not_replaced_by_another(path: Path) -> None:
    program, before = as_anyone(), path.read_bytes()
    path.chmod(0o444)
    denied = (4, "", f"medaid: {path}: can't be written: Permission denied\n")
    assert shell(f"{program} {shlex.join(add_words(path, 1))}") == denied
    assert shell(f"{program} init {shlex.quote(str(path))} --force") == denied
    assert shell(f"{program} claims --store {shlex.quote(str(path))} --json").code == 0
    assert (path.read_bytes(), beside(path)) == (before, set())


def test_a_store_that_may_not_be_read_ends_with_4(path: Path) -> None:
    program = as_anyone()
    path.chmod(0o000)
    denied = (4, "", f"medaid: {path}: can't be read: Permission denied\n")
    assert shell(f"{program} claims --store {shlex.quote(str(path))}") == denied
    assert shell(f"{program} {shlex.join(add_words(path, 1))}") == denied


def test_a_folder_that_may_only_be_read_is_told_and_can_be_read(path: Path) -> None:
    program, before = as_anyone(), path.read_bytes()
    path.parent.chmod(0o555)
    try:
        written = shell(f"{program} {shlex.join(add_words(path, 1))}")
        read = shell(f"{program} claims --store {shlex.quote(str(path))} --json")
    finally:
        path.parent.chmod(0o755)
    says = "can't be locked for writing: Permission denied (store.json.lock)"
    assert written == (4, "", f"medaid: {path}: {says}\n")
    assert (read.code, json.loads(read.out)["total"]) == (0, 1)
    assert (path.read_bytes(), beside(path)) == (before, set())


@pytest.mark.parametrize("blocks", [0, 8, 32])
def test_a_limit_to_the_size_of_files_ends_with_4_and_the_store_is_as_it_was(path: Path, blocks: int) -> None:
    before = larger(path)
    ended = shell(f"ulimit -f {blocks}; medaid {shlex.join(add_words(path, 1))}")
    says = "can't be written: File too large; it is as it was"
    assert ended == (4, "", f"medaid: {path}: {says}\n")
    assert (path.read_bytes(), beside(path)) == (before, set())
    assert add(path, 1).code == 0


# The same through the program as through its parts


def test_rows_that_are_all_there_already_do_not_touch_the_store(path: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(run("claims", "--store", str(path), "--format", "jsonl").out, encoding="utf-8")
    before = path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino
    assert run("import", str(rows), "--store", str(path)).code == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert beside(path) == set()


def test_a_store_of_a_newer_format_is_never_written(tmp_path: Path) -> None:
    path = write_store(tmp_path, store={"1": INFO | {"format": 2}})
    before = path.read_bytes()
    for words in (add_words(path, 1), ("init", str(path), "--force"), ("import", os.devnull, "--store", str(path))):
        ended = invoke(*words)
        assert ended.code == 4
        assert "format 2 is newer than the 1 that this medaid reads; use a newer medaid" in ended.err
    assert (path.read_bytes(), beside(path)) == (before, set())


def test_a_new_store_needs_a_title_that_is_not_blank(tmp_path: Path) -> None:
    ended = invoke("init", str(tmp_path / "new.json"), "--title", " ")
    assert (ended.code, ended.out) == (2, "")
    assert list(tmp_path.iterdir()) == []
