"""The cache on disk: JSON only, whatever somebody put into it."""

from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import diskcache
import pytest

from audit.loading.cache import Store


def test_values_come_back_and_folder_is_private(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    value = {"a": [1, 2.5, None, "é\u2028"], "b": {"c": True}}
    store.set("key", value)
    assert store.get("key") == value
    assert store.get("other") is None
    store.close()
    assert Store(tmp_path / "cache").get("key") == value
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_rows_die(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.set("old", 1, seconds=-1)
    store.set("new", 1, seconds=60)
    assert store.get("old") is None
    assert store.get("new") == 1


@pytest.mark.parametrize("value", [{1, 2}, float("nan"), b"x", object()])
def test_only_json_is_kept(tmp_path: Path, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        Store(tmp_path / "cache").set("key", value)


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.mkdir, (self.path,)


def poison(folder: Path, mode: int, value: object, filename: str | None = None) -> None:
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute(
            "UPDATE Cache SET mode = ?, value = ?, filename = ? WHERE key = 'key'",
            (mode, value, filename),
        )


@pytest.mark.parametrize("mode", [0, 1, 2, 3, 4, 99])
def test_a_poisoned_row_is_a_miss_and_nothing_runs(tmp_path: Path, mode: int) -> None:
    folder, mark, outside = tmp_path / "cache", tmp_path / "ran", tmp_path / "outside.txt"
    outside.write_text("keep me")
    store = Store(folder)
    store.set("key", "value")
    for value, filename in (
        (pickle.dumps(Bomb(str(mark))), None),
        (b"\x80", None),
        (None, "../outside.txt"),
        ("{", None),
    ):
        poison(folder, mode, value, filename)
        assert store.get("key") is None
    store.set("key", "new")
    assert store.get("key") == "new"
    assert not mark.exists()
    assert outside.read_text() == "keep me"


def test_the_poison_would_have_worked_on_a_plain_cache(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    with diskcache.Cache(str(tmp_path / "plain")) as plain:
        plain["key"] = "value"
        poison(tmp_path / "plain", 4, pickle.dumps(Bomb(str(mark))))
        plain.get("key")
    assert mark.exists()


@pytest.mark.parametrize("garbage", [b"", b"not a database at all" * 500])
def test_a_corrupt_database_is_set_aside(tmp_path: Path, garbage: bytes) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "cache.db").write_bytes(garbage)
    warnings: list[str] = []
    store = Store(folder, warnings.append)
    store.set("key", 1)
    assert store.get("key") == 1
    assert bool(warnings) == bool(garbage)
    assert len(list(folder.glob("cache.db.broken-*"))) == (1 if garbage else 0)


def test_a_folder_that_cannot_be_made_remembers_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    warnings: list[str] = []
    store = Store(tmp_path / "file" / "cache", warnings.append)
    store.set("key", 1)
    assert store.get("key") is None
    assert len(warnings) == 1


def test_four_processes_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from audit.loading.cache import Store\n"
        "s = Store(Path(sys.argv[1]))\n"
        "for n in range(25): s.set(f'{sys.argv[2]}-{n}', [n] * 50)\n"
    )
    folder = str(tmp_path / "cache")
    running = [subprocess.Popen([sys.executable, "-c", code, folder, str(at)]) for at in range(4)]
    assert [process.wait(60) for process in running] == [0] * 4
    store = Store(tmp_path / "cache")
    assert all(store.get(f"{at}-{n}") == [n] * 50 for at in range(4) for n in range(25))


def test_several_values_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.set_many({"one": [1], "two": {"a": "é"}})
    store.set_many({})
    assert (store.get("one"), store.get("two")) == ([1], {"a": "é"})
    with pytest.raises(TypeError):
        store.set_many({"three": 3, "four": object()})
    assert store.get("three") is None
