"""A cache on disk that several processes share and that nobody can use to run code.

diskcache unpickles rows that say they are pickles (CVE-2025-69872), and its own JSONDisk does so still. Here a row is
JSON text inside the database, and whatever is anything else is a miss.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import diskcache

SCHEMA = "copydesk-cache/1"
SIZE_LIMIT = 500_000_000  # bytes
_MISSING = object()
_NEVER_A_FILE = 1 << 40  # rows this long would go to files of their own
_MAX_ROW = 100_000_000


class _Miss(Exception):
    """A row that this cache did not write."""


class _Json(str):
    """A value that is JSON text already."""


def _json(value: object) -> _Json:
    return _Json(json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":")))


class JsonDisk(diskcache.Disk):  # type: ignore[misc]
    """Stores text keys and JSON values in the database; refuses to read pickles and files."""

    def __init__(self, directory: str, min_file_size: int = 0, pickle_protocol: int = 0) -> None:
        super().__init__(directory, min_file_size=_NEVER_A_FILE, pickle_protocol=0)

    def put(self, key: object) -> tuple[str, bool]:
        return str(key), True

    def get(self, key: object, raw: bool) -> object:
        if not raw or not isinstance(key, str):
            raise _Miss
        return key

    def store(self, value: object, read: bool, key: object = None) -> tuple[int, int, None, str]:
        text = str(value) if isinstance(value, _Json) else _json(value)
        return len(text), diskcache.core.MODE_RAW, None, text

    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> object:
        if mode != diskcache.core.MODE_RAW or filename is not None or not isinstance(value, str):
            raise _Miss
        if len(value) > _MAX_ROW:
            raise _Miss
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise _Miss from None

    def remove(self, file_path: str) -> None:
        """Rows of this cache own no files; one that names a file is not obeyed."""


class Store:
    """JSON values under text keys, each with its time to live.

    Nothing that goes wrong with the folder stops a run: a database that cannot be used is set aside once, and a cache
    that cannot be opened at all remembers nothing.
    """

    def __init__(self, folder: Path, warn: Callable[[str], None] | None = None) -> None:
        self._folder = folder
        self._warn = warn or (lambda message: None)
        self._cache: Any = None
        self._tries = 2
        self._process = os.getpid()
        self._inherited: list[Any] = []
        self._open()

    def get(self, key: str) -> object | None:
        """The value of a key; None where there is none, it is too old, or it is not this cache's."""
        self._follow_fork()
        if self._cache is None:
            return None
        try:
            value = self._cache.get(key, default=_MISSING)
        except (_Miss, diskcache.Timeout):
            return None
        except (sqlite3.Error, OSError, ValueError, TypeError, AssertionError, OverflowError):
            self._set_aside()
            return None
        return None if value is _MISSING else value

    def set(self, key: str, value: object, seconds: float | None = None) -> None:
        """Keep a JSON value, for so many seconds or for good.

        A value that is no JSON raises TypeError or ValueError, as json.dumps does.
        """
        self._write({key: _json(value)}, seconds)

    def set_many(self, values: Mapping[str, object]) -> None:
        """Keep several JSON values for good, in one go: the database is written to its disk once. Raises as `set`."""
        if values:
            self._write({key: _json(value) for key, value in values.items()}, None)

    def _write(self, rows: Mapping[str, _Json], seconds: float | None) -> None:
        self._follow_fork()
        if self._cache is None:
            return
        try:
            with self._cache.transact():
                for key, text in rows.items():
                    self._cache.set(key, text, expire=seconds)
        except (_Miss, diskcache.Timeout):
            return
        except (sqlite3.Error, OSError, AssertionError):
            self._set_aside()

    def close(self) -> None:
        """Let go of the database."""
        if self._cache is not None and self._process == os.getpid():
            with contextlib.suppress(Exception):
                self._cache.close()

    def _follow_fork(self) -> None:
        """Open the database anew in a forked process: SQLite's connections must be neither used nor closed there."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._inherited.append(self._cache)
            self._tries = 2
            self._open()

    def _open(self) -> None:
        if self._tries == 0:
            self._cache = None
            return
        self._tries -= 1
        try:
            self._make_folder()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._cache = diskcache.Cache(
                    str(self._folder),
                    disk=JsonDisk,
                    disk_min_file_size=_NEVER_A_FILE,
                    size_limit=SIZE_LIMIT,
                    timeout=5,
                    eviction_policy="least-recently-stored",
                )
        except (sqlite3.DatabaseError, _Miss, ValueError, TypeError, KeyError, AssertionError):
            self._set_aside()
        except (OSError, diskcache.Timeout) as error:
            self._warn(f"the cache in {self._folder} cannot be used ({error}); the run goes on without it")
            self._cache = None

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._folder.is_symlink() or not self._folder.is_dir():
            raise NotADirectoryError(str(self._folder))
        if os.name == "posix":
            if self._folder.stat().st_uid != os.getuid():
                raise PermissionError("it belongs to somebody else")
            self._folder.chmod(0o700)

    def _set_aside(self) -> None:
        """Move a broken database out of the way and start a new one."""
        self.close()
        self._cache = None
        mark = f"broken-{time.time_ns()}"
        for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
            path = self._folder / name
            with contextlib.suppress(OSError):
                path.rename(path.with_name(f"{name}.{mark}"))
        self._warn(f"the cache in {self._folder} was damaged and was set aside; the run goes on with a new one")
        self._open()


def default_folder() -> Path:
    """Where the cache lies unless the user says otherwise: $XDG_CACHE_HOME/copydesk or ~/.cache/copydesk."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "copydesk"
