"""Audits one after the other: what stays open between them, and which files each of them depends on."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable
from pathlib import Path

from audit.config import Settings
from audit.gitignore import walk
from audit.inputs import is_address
from audit.marks import Seen, absolute
from audit.progress import Progress
from audit.project import Project, from_folder
from audit.records.report import Report
from audit.run import Session, carry_out
from audit.suppressions import ENDING


class Auditor:
    """Audits one after the other, with the language model and the cache open, and notes what each of them read."""

    def __init__(self, cache_folder: Path | None, warn: Callable[[str], None]) -> None:
        self._session = Session(cache_folder, warn)

    def audit(self, settings: Settings, seen: Seen, progress: Progress | None = None) -> Report:
        """Read and audit every article of the settings with its sources. What is read is noted in `seen`."""
        progress = progress or Progress()
        try:
            progress.step("reading")
            work = self._session.plan(settings)
            paths = [text.path for text in work.inputs.texts]
            seen.add(absolute([*paths, *(diagnostic.path for diagnostic in work.inputs.diagnostics)]))
            return carry_out(work, progress)
        finally:
            progress.done()

    def close(self) -> None:
        """Let go of the cache."""
        self._session.close()


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
    return absolute(named)


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
