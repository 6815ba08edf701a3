"""Files and what tells each from its next version, so that whoever audits again knows what has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from audit.inputs import is_address

Marks = Mapping[str, tuple[int, ...]]  # by path; files that are not there have none


class Seen:
    """Files as they were when each of them was first looked at."""

    def __init__(self, files: frozenset[str] = frozenset()) -> None:
        self.files: frozenset[str] = frozenset()
        self.marks: dict[str, tuple[int, ...]] = {}
        self.add(files)

    def add(self, files: frozenset[str]) -> None:
        """Look at more files; those that were looked at before stay what they were, or were not."""
        self.marks.update(marks_of(files - self.files))
        self.files |= files


def absolute(paths: Iterable[str]) -> frozenset[str]:
    """The absolute paths of what is a file among references."""
    return frozenset(os.path.abspath(path) for path in paths if path and path != "-" and not is_address(path))


def marks_of(files: Iterable[str]) -> Marks:
    """What tells a file from its next version: time, size and number. Nothing is read."""
    marks = {}
    for path in files:
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            continue
        marks[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return marks


def changed_between(before: Marks, after: Marks) -> list[str]:
    """The files that are new, gone or another version, in order."""
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def folders_of(files: Iterable[str]) -> set[str]:
    """The folders in which files lie; for a folder that is not there, the nearest one above it."""
    return {_existing(os.path.dirname(path)) for path in files}


def _existing(folder: str) -> str:
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder
