"""Audits one after the other: what stays open between them, which files each depends on, and what changed in these."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.gitignore import walk
from audit.inputs import is_address, read_inputs
from audit.loading.cache import Store
from audit.progress import Progress
from audit.project import Project, from_folder
from audit.records.report import Report
from audit.run import audit
from audit.suppressions import ENDING

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


class Auditor:
    """Audits as `audit.run.run` does, and keeps the language model and the cache of analyses between audits."""

    def __init__(self, cache_folder: Path | None, warn: Callable[[str], None]) -> None:
        self._store = Store(cache_folder / "annotations", warn) if cache_folder is not None else None
        self._annotator = Annotator(self._store)

    def audit(self, settings: Settings, seen: Seen, progress: Progress | None = None) -> Report:
        """Read and audit every article of the settings with its sources. What is read is noted in `seen`."""
        progress = progress or Progress()
        try:
            progress.step("reading")
            inputs = read_inputs(settings)
            paths = [document.path for document in (*inputs.articles, *inputs.sources)]
            seen.add(_absolute([*paths, *(diagnostic.path for diagnostic in inputs.diagnostics)]))
            return audit(inputs, settings, self._annotator, progress=progress)
        finally:
            progress.done()

    def close(self) -> None:
        """Let go of the cache."""
        if self._store is not None:
            self._store.close()


def files_of(project: Project, report: Report | None = None) -> frozenset[str]:
    """The absolute paths of all files that a project's report depends on, whether they are there or not.

    With the report of a run these are also the sources that articles name, and those that could not be read.
    """
    named = [*project.inputs, *(f"{path}{ENDING}" for path in project.articles)]
    if project.file is not None:
        named.append(project.file.path)
        if project.file.table.manifest is not None:
            named.append(from_folder(project.file, project.file.table.manifest))
    if report is not None:
        named += [info.path for info in report.inputs]
        named += [diagnostic.path for diagnostic in report.diagnostics]
    return _absolute(named)


def _absolute(paths: Iterable[str]) -> frozenset[str]:
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


def searched_folders(project: Project) -> set[str]:
    """The folders that the project's references and patterns are looked up in, with all below them.

    A settings file has patterns, so its own folder is one.
    """
    tops = [top for reference in project.options["articles"] if (top := _top(reference)) is not None]
    if project.file is not None:
        tops.append(project.file.folder)
    return {os.path.abspath(folder) for top in tops for folder, _ in walk(top)}


def _top(reference: str) -> str | None:
    """The folder that a reference is looked up in with what is below it; None for a file."""
    if os.path.isdir(reference):
        return reference
    if reference == "-" or is_address(reference) or os.path.exists(reference) or not glob.has_magic(reference):
        return None
    fixed = Path(reference)
    while glob.has_magic(str(fixed)):
        fixed = fixed.parent
    return str(fixed)


def _existing(folder: str) -> str:
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder
