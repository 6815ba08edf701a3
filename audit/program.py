"""Which program this is, byte by byte: what it found out earlier holds only as long as it has not changed."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pydantic

import audit
import audit.rules

_CODE = (".py", ".txt", ".json", ".tsv")


@functools.cache
def program_state() -> str:
    """A digest of everything that a result depends on besides texts and settings.

    That is the code and the word lists of this package, the versions of all packages installed beside its
    dependencies, the language model's among them, and Python's own.
    """
    digest = hashlib.sha256(sys.version.encode())
    for folder in (Path(audit.__file__).parent, Path(audit.rules.__file__).parent):
        for path in _files(folder):
            digest.update(f"\0{path.name}\0".encode())
            digest.update(path.read_bytes())
    for name in sorted(os.listdir(Path(pydantic.__file__).parents[1])):
        if name.endswith(".dist-info"):  # the name of such a folder holds the version
            digest.update(name.encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names) if name.endswith(_CODE))
