"""Writing a store's file: one writer at a time, the new file in the old one's place whole, or the old one as it was."""

import errno
import fcntl
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program import FIVE
from tinydb import TinyDB

from medaid_cli import content, lock, storage
from medaid_cli.content import Tables
from medaid_cli.errors import ExitCode, StoreError
from medaid_cli.storage import AtomicStorage

OLD: Tables = {"claims": {"1": {"id": "a:p1:1", "statement": "Sixty years. 六十年"}}}
NEW: Tables = {"claims": OLD["claims"] | {"2": {"id": "a:p1:2", "value": 616}}}

ANY_CHARACTER = st.characters(categories=None)  # also halves of surrogate pairs
PLAIN = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)


def any_tables(text: st.SearchStrategy[str]) -> st.SearchStrategy[Tables]:
    """Whatever shape a store may have, with texts of this kind."""
    value = st.recursive(PLAIN | text, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
    document = st.dictionaries(st.text(), value, max_size=3)
    ids = st.integers(0, 10**6).map(str)
    return st.dictionaries(st.text(), st.dictionaries(ids, document, max_size=2), max_size=2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store's file in a folder of its own."""
    found = tmp_path / "folder" / "store.json"
    found.parent.mkdir()
    found.write_bytes(as_bytes(OLD))
    return found


@contextmanager
def opened(path: Path, wait: float = 0) -> Iterator[AtomicStorage]:
    """A storage that is closed in the end."""
    found = AtomicStorage(path, wait)
    try:
        yield found
    finally:
        found.close()


def put(path: Path, tables: Tables = NEW) -> None:
    """Write these tables."""
    with opened(path) as found:
        found.write(tables)
        found.commit()


def as_bytes(tables: Tables) -> bytes:
    """The tables as TinyDB writes them with indent 2 and UTF-8."""
    return json.dumps(tables, indent=2, ensure_ascii=False).encode()


def beside(path: Path) -> list[str]:
    """What else is in the file's folder."""
    return sorted(one.name for one in path.parent.iterdir() if one != path)


@contextmanager
def held(path: Path, content: bytes = b"") -> Iterator[int]:
    """The lock of a store in the hands of someone else, who wrote this into its file."""
    with Path(f"{path}.lock").open("wb") as file:
        file.write(content)
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def refused(path: Path, wait: float = 0) -> str:
    """The message with which a lock is refused."""
    with pytest.raises(StoreError) as raised:
        AtomicStorage(path, wait)
    assert raised.value.exit_code is ExitCode.STORE
    return str(raised.value)


def failing(error: BaseException) -> Callable[..., Any]:
    """A function that always fails so."""

    def fail(*args: Any, **more: Any) -> Any:
        raise error

    return fail


# What is written


@given(any_tables(st.text()))
def test_the_bytes_are_those_that_tinydb_writes_with_indent_2_and_utf_8(tables: Tables) -> None:
    assert b"".join(content.encode(tables)) == as_bytes(tables)


def test_the_file_is_the_one_that_tinydb_writes_with_indent_2_and_utf_8(path: Path, tmp_path: Path) -> None:
    tables, theirs = content.read_file(FIVE), tmp_path / "theirs.json"
    put(path, tables)
    with TinyDB(theirs, encoding="utf-8", indent=2, ensure_ascii=False) as database:
        database.storage.write(tables)
    assert path.read_bytes() == theirs.read_bytes()


def test_tinydb_itself_reads_and_changes_what_is_written(path: Path) -> None:
    put(path)
    with TinyDB(path, encoding="utf-8", indent=2, ensure_ascii=False) as database:
        table = database.table("claims")
        assert [(one.doc_id, dict(one)) for one in table] == [(int(n), one) for n, one in NEW["claims"].items()]
        assert table.insert({"id": "a:p1:3"}) == 3
    assert list(content.read_file(path)["claims"]) == ["1", "2", "3"]


@given(any_tables(st.text(ANY_CHARACTER)))
def test_what_is_written_is_read_back_the_same_also_halves_of_surrogate_pairs(tables: Tables) -> None:
    assert content.decode(b"".join(content.encode(tables))) == json.loads(json.dumps(tables))


def test_half_of_a_surrogate_pair_is_an_escape_in_the_file_and_the_same_again_when_read(path: Path) -> None:
    tables: Tables = {"claims": {"1": {"id": "caf\udce9 \\ud800 \ud800 😀"}}}
    put(path, tables)
    assert b"caf\\udce9 \\\\ud800 \\ud800 \xf0\x9f\x98\x80" in path.read_bytes()
    assert content.read_file(path) == tables
    with TinyDB(path, access_mode="r", encoding="utf-8") as database:
        assert database.table("claims").all() == [tables["claims"]["1"]]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_in_json_is_never_written(path: Path, number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        put(path, NEW | {"sources": {"1": {"value": number}}})
    assert path.read_bytes() == as_bytes(OLD)
    assert beside(path) == []


# When it is written


def test_changes_are_seen_by_who_makes_them_and_written_when_committed(path: Path) -> None:
    with opened(path) as found:
        assert found.read() == OLD
        found.write(NEW)
        assert found.read() == NEW
        assert content.read_file(path) == OLD
        found.commit()
        assert content.read_file(path) == NEW
    assert beside(path) == []


def test_changes_that_are_not_committed_are_not_written(path: Path) -> None:
    with opened(path) as found:
        found.write(NEW)
    assert path.read_bytes() == as_bytes(OLD)
    assert beside(path) == []


def test_a_commit_without_changes_does_not_touch_the_file(path: Path) -> None:
    before = path.stat()
    with opened(path) as found:
        found.read()
        found.commit()
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_tinydb_works_through_this_storage(path: Path) -> None:
    with TinyDB(path, 0, storage=AtomicStorage) as database:
        database.table("claims").insert({"id": "a:p1:2", "value": 616})
        found = database.storage
        assert isinstance(found, AtomicStorage)
        found.commit()
    assert path.read_bytes() == as_bytes(NEW)
    assert beside(path) == []


def test_a_file_that_is_not_there_yet_is_made_with_the_mode_that_new_files_have(path: Path) -> None:
    path.unlink()
    before = os.umask(0o027)
    try:
        put(path)
    finally:
        os.umask(before)
    assert content.read_file(path) == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_whoever_has_the_old_file_open_reads_it_to_its_end(path: Path) -> None:
    with path.open("rb") as old:
        first = old.read(10)
        put(path)
        assert first + old.read() == as_bytes(OLD)


def test_the_new_file_is_on_the_disk_before_it_takes_the_place_and_its_name_after(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(file: int) -> None:
        status = os.fstat(file)
        done.append("folder" if stat.S_ISDIR(status.st_mode) else f"file of {status.st_size}")
        fsync(file)

    def replaced(old: Path, new: Path) -> None:
        done.append(f"{old.name} to {new.name}")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    put(path)
    assert done == [f"file of {len(as_bytes(NEW))}", "store.json.tmp to store.json", "folder"]


# What is kept


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o444])
def test_the_mode_is_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    put(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_the_new_file_is_of_the_old_ones_owner_and_group(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fchown", lambda _, owner, group: asked.append((owner, group)))
    put(path)
    assert asked == [(path.stat().st_uid, path.stat().st_gid)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_leaves_the_file_to_its_owner(path: Path) -> None:
    os.chown(path, 1234, 5678)
    path.chmod(0o640)
    put(path)
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 5678, 0o640)


def test_who_may_not_give_the_file_away_keeps_its_group(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def fchown(file: int, owner: int, group: int) -> None:
        if owner != -1:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        asked.append((owner, group))

    monkeypatch.setattr(os, "fchown", fchown)
    put(path)
    assert asked == [(-1, path.stat().st_gid)]
    assert content.read_file(path) == NEW


@pytest.mark.parametrize("number", [errno.EPERM, errno.EINVAL])
def test_where_no_owner_can_be_given_the_file_is_written_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "fchown", failing(OSError(number, os.strerror(number))))
    path.chmod(0o640)
    put(path)
    assert content.read_file(path) == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_symlink_is_kept_and_what_it_leads_to_is_written(path: Path, tmp_path: Path) -> None:
    (tmp_path / "second.json").symlink_to(Path("folder", "store.json"))
    first = tmp_path / "links" / "first.json"
    first.parent.mkdir()
    first.symlink_to(Path("..", "second.json"))
    with opened(first) as found:
        assert beside(path) == ["store.json.lock"]
        assert beside(first) == []
        found.write(NEW)
        found.commit()
    assert content.read_file(path) == NEW
    assert (os.readlink(first), os.readlink(tmp_path / "second.json")) == ("../second.json", "folder/store.json")
    assert beside(path) == beside(first) == []
    assert not path.is_symlink()


def test_a_symlink_that_leads_nowhere_is_kept_and_the_file_made_where_it_leads(path: Path, tmp_path: Path) -> None:
    path.unlink()
    link = tmp_path / "link.json"
    link.symlink_to(path)
    put(link)
    assert link.is_symlink()
    assert content.read_file(path) == NEW


def test_the_folder_may_change_while_a_store_is_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with opened(Path("store.json")) as found:
        monkeypatch.chdir("/")
        found.write(NEW)
        found.commit()
    assert content.read_file(path) == NEW
    assert beside(path) == []


def test_a_path_without_a_name_has_names_for_its_lock_and_its_new_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(lock, "acquire", lambda path, *_: asked.append(path))
    AtomicStorage(Path("/"), 0)
    assert [*asked, storage.temporary(Path("/"))] == [Path("/.lock"), Path("/.tmp")]


# When it fails


def out_of_space(tables: Tables) -> Iterator[bytes]:
    """The first bytes, then no room for more."""
    yield b"{"
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS])
def test_a_step_that_fails_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    message = os.strerror(number)
    with opened(path) as found:
        found.write(NEW)
        monkeypatch.setattr(os, step, failing(OSError(number, message)))
        with pytest.raises(StoreError) as raised:
            found.commit()
    assert raised.value.exit_code is ExitCode.STORE
    assert str(raised.value) == f"{path}: can't be written: {message}; it is as it was"
    assert path.read_bytes() == as_bytes(OLD)
    assert beside(path) == []


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "encode", out_of_space)
    with pytest.raises(StoreError, match="can't be written: No space left on device; it is as it was"):
        put(path)
    assert path.read_bytes() == as_bytes(OLD)
    assert beside(path) == []


@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod", "fchown"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError()], ids=repr)
def test_who_breaks_off_a_commit_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    monkeypatch.setattr(os, step, failing(error))
    with pytest.raises(type(error)):
        put(path)
    assert path.read_bytes() == as_bytes(OLD)
    assert beside(path) == []


def test_who_breaks_off_when_the_new_file_is_in_place_leaves_it_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def replaced(old: Path, new: Path) -> None:
        replace(old, new)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replaced)
    with pytest.raises(KeyboardInterrupt):
        put(path)
    assert content.read_file(path) == NEW
    assert beside(path) == []


@pytest.mark.parametrize("step", ["open", "fsync"])
def test_a_folder_that_cannot_be_synced_is_no_error(path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    call: Callable[..., Any] = getattr(os, step)

    def call_but_not_on_folders(what: Any, *args: Any) -> Any:
        if stat.S_ISDIR(os.stat(what).st_mode):
            raise PermissionError(errno.EACCES, "Permission denied")
        return call(what, *args)

    with opened(path) as found:
        found.write(NEW)
        monkeypatch.setattr(os, step, call_but_not_on_folders)
        found.commit()
        monkeypatch.undo()
    assert content.read_file(path) == NEW


# What a killed writer, or someone else, has left where the new file is written


def planted_file(where: Path, precious: Path) -> None:
    where.write_bytes(b'{"claims": {"1')


def planted_link(where: Path, precious: Path) -> None:
    where.symlink_to(precious)


def planted_link_to_nowhere(where: Path, precious: Path) -> None:
    where.symlink_to(precious.with_name("nowhere"))


def planted_link_to_a_folder(where: Path, precious: Path) -> None:
    where.symlink_to(precious.parent)


PLANTED = pytest.mark.parametrize(
    "plant",
    [planted_file, planted_link, planted_link_to_nowhere, planted_link_to_a_folder],
    ids=lambda plant: plant.__name__,
)


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """A file that no one meant to write, in a folder where nothing else is."""
    found = tmp_path / "precious" / "file"
    found.parent.mkdir()
    found.write_bytes(b"precious")
    return found


@PLANTED
def test_what_a_killed_writer_left_is_removed_by_the_next_even_if_it_writes_nothing(
    path: Path, precious: Path, plant: Callable[[Path, Path], None]
) -> None:
    plant(storage.temporary(path), precious)
    with opened(path):
        pass
    assert beside(path) == []
    assert path.read_bytes() == as_bytes(OLD)
    assert (precious.read_bytes(), beside(precious)) == (b"precious", [])


@PLANTED
def test_what_is_planted_where_the_new_file_is_written_is_removed_and_not_followed(
    path: Path, precious: Path, plant: Callable[[Path, Path], None]
) -> None:
    with opened(path) as found:
        found.write(NEW)
        plant(storage.temporary(path), precious)
        found.commit()
    assert not path.is_symlink()
    assert content.read_file(path) == NEW
    assert (beside(path), precious.read_bytes(), beside(precious)) == ([], b"precious", [])


def test_what_is_planted_at_the_last_moment_is_not_followed_either(
    path: Path, precious: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, new = Path.unlink, storage.temporary(path)
    planted: list[Path] = []

    def unlink_and_plant(one: Path) -> None:
        if one == new and not planted:
            planted.append(one)
            one.symlink_to(precious)
        else:
            unlink(one)

    with opened(path) as found:
        found.write(NEW)
        monkeypatch.setattr(Path, "unlink", unlink_and_plant)
        with pytest.raises(StoreError, match="can't be written: File exists"):
            found.commit()
    assert (path.read_bytes(), beside(path)) == (as_bytes(OLD), [])
    assert (planted, precious.read_bytes(), beside(precious)) == ([new], b"precious", [])


def test_a_folder_where_the_new_file_is_written_is_told_and_left_alone(path: Path) -> None:
    storage.temporary(path).mkdir()
    with pytest.raises(StoreError) as raised:
        put(path)
    assert str(raised.value) == f"{path}: can't be written: Is a directory (store.json.tmp); it is as it was"
    assert path.read_bytes() == as_bytes(OLD)
    assert beside(path) == ["store.json.tmp"]


# The lock


def test_the_lock_says_who_holds_it_and_is_gone_when_the_store_is_closed(path: Path) -> None:
    with opened(path) as found:
        assert found.lock_path.read_text() == f"{os.getpid()}\n"
        assert not os.get_inheritable(found.lock)
    assert beside(path) == []


def test_a_store_that_is_open_for_writing_is_refused_to_others(path: Path) -> None:
    with opened(path):
        message = refused(path)
    assert message == f"{path}: is being written by process {os.getpid()}; waited 0 s, --wait waits longer"
    with opened(path):
        pass


@pytest.mark.parametrize(
    ("content", "who"),
    [
        (b"4711\n", "process 4711"),
        (b"4711", "process 4711"),
        (b"", "another process"),
        (b"rubbish\xff\x00", "another process"),
        (b"12 34", "another process"),
        (b"-1", "another process"),
        ("４７".encode(), "another process"),
    ],
)
def test_the_message_names_the_holder_if_the_lock_does(path: Path, content: bytes, who: str) -> None:
    with held(path, content):
        assert refused(path, wait=0.05) == f"{path}: is being written by {who}; waited 0.05 s, --wait waits longer"
    assert Path(f"{path}.lock").read_bytes() == content


def test_a_lock_that_goes_before_it_is_read_was_held_by_another_process(path: Path) -> None:
    assert lock.holder(Path(f"{path}.lock")) == "another process"


@pytest.mark.parametrize("content", [b"", b"4711\n", b"rubbish\xff\x00" * 100])
def test_a_lock_that_a_killed_writer_left_holds_no_one_up(path: Path, content: bytes) -> None:
    Path(f"{path}.lock").write_bytes(content)
    with opened(path) as found:
        assert found.lock_path.read_text() == f"{os.getpid()}\n"
    assert beside(path) == []


def test_who_waits_gets_the_lock_when_it_is_free(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, pauses = AtomicStorage(path, 0), []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            first.close()

    monkeypatch.setattr(time, "sleep", sleep)
    with opened(path, wait=1000):
        assert pauses == [lock.PAUSE] * 3
    assert beside(path) == []


@pytest.mark.parametrize("made_anew", [False, True])
def test_a_lock_whose_file_its_holder_has_removed_is_not_taken_for_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch, made_anew: bool
) -> None:
    flock, gone = fcntl.flock, Path(f"{path}.lock")
    tried: list[int] = []

    def flock_of_who_came_late(file: int, how: int) -> None:
        if not tried:
            gone.unlink()
            if made_anew:
                gone.touch()
        tried.append(file)
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", flock_of_who_came_late)
    with opened(path, wait=1000) as found:
        assert len(tried) == 2
        assert os.path.samestat(os.fstat(found.lock), gone.stat())
    assert beside(path) == []


def test_a_lock_is_held_until_its_file_is_gone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, close = AtomicStorage(path, 0), os.close

    def closed(file: int) -> None:
        assert not held.lock_path.exists()
        close(file)

    monkeypatch.setattr(os, "close", closed)
    held.close()
    assert beside(path) == []


def test_a_lock_that_is_a_symlink_is_not_followed(path: Path, precious: Path) -> None:
    Path(f"{path}.lock").symlink_to(precious)
    assert refused(path).startswith(f"{path}: can't be locked for writing: ")
    assert refused(path).endswith(" (store.json.lock)")
    assert precious.read_bytes() == b"precious"


def test_a_lock_that_is_a_folder_is_told(path: Path) -> None:
    Path(f"{path}.lock").mkdir()
    assert refused(path) == f"{path}: can't be locked for writing: Is a directory (store.json.lock)"
    assert beside(path) == ["store.json.lock"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none" / "store.json"
    assert refused(path) == f"{path}: can't be written: there is no such folder"


def test_a_system_that_gives_no_locks_is_told_and_no_file_left_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_files: list[int] = []

    def flock(file: int, how: int) -> None:
        opened_files.append(file)
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    assert refused(path) == f"{path}: can't be locked for writing: No locks available (store.json.lock)"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(opened_files[0])


def test_a_system_without_such_locks_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert refused(path) == f"{path}: can't be locked for writing: this system has no POSIX locks"
    assert beside(path) == []


def test_a_disk_too_full_to_say_who_holds_the_lock_is_no_reason_to_stop(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "pwrite", failing(OSError(errno.ENOSPC, "No space left on device")))
    with opened(path):
        assert "is being written by another process" in refused(path)
    assert beside(path) == []


def test_a_lock_that_someone_removed_can_be_given_back(path: Path) -> None:
    with opened(path) as found:
        found.lock_path.unlink()
    assert beside(path) == []


def test_who_breaks_off_waiting_leaves_the_lock_to_its_holder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", failing(KeyboardInterrupt()))
    with held(path, b"4711\n"), pytest.raises(KeyboardInterrupt):
        AtomicStorage(path, 1000)
    assert Path(f"{path}.lock").read_bytes() == b"4711\n"


def test_a_file_that_may_only_be_read_is_not_replaced_by_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write whatever the mode
    with pytest.raises(StoreError, match="can't be written: Permission denied"):
        AtomicStorage(path, 0)
    assert path.read_bytes() == before
    assert not Path(f"{path}.lock").exists()


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        (b'{"store": {"1": {"format": 1}}}', True),
        (b'{\n  "store": {\n    "1": {', True),
        (b'{"schema": "medaid.countries/1", "store": {}}', False),
        (b'{"store": "a shop"}', False),
        (b"", False),
    ],
)
def test_a_store_is_known_by_its_beginning(tmp_path: Path, written: bytes, is_one: bool) -> None:
    path = tmp_path / "file"
    assert not content.begins_as_store(path)
    path.write_bytes(written)
    assert content.begins_as_store(path) is is_one


def test_what_is_no_file_or_cannot_be_read_is_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not content.begins_as_store(tmp_path)
    path = tmp_path / "file"
    path.write_bytes(b'{"store": {}}')

    def denied(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    assert not content.begins_as_store(path)
