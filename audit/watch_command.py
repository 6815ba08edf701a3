"""`copydesk check --watch`: an audit, and another one whenever a file changes that the last one depended on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from audit.check_command import audited, deliver, formats_of, outputs_of, said_of_nothing
from audit.cli import EXIT_CLEAN, cache_folder
from audit.console import complain, reason_of, write_stdout
from audit.errors import CopydeskError
from audit.inputs import is_address
from audit.marks import Marks, Seen, changed_between, folders_of, marks_of
from audit.progress import Progress
from audit.project import Project, open_project
from audit.records.report import Report
from audit.repeated import Auditor, files_of, searched_folders
from audit.reports.counting import counted
from audit.reports.terminal import one_line

QUIET_MS = 200  # after the last change, so that files that are saved together make one round
LONGEST_MS = 1_600  # that changes are gathered for
LOOK_MS = 1_000  # how often files are looked at although the system told of no change in them
_SHOWN = 5  # files that a heading names


def watch_articles(options: dict[str, Any]) -> int:
    """Audit until Ctrl-C, which is a clean end whatever was found.

    Raises click.UsageError for what cannot be watched, and what `copydesk check` raises as long as nothing was audited.
    """
    _refuse(options)
    project = open_project(options)
    _refuse_without_files(project)
    nothing = said_of_nothing(project)
    if nothing is not None:
        return nothing
    outputs_of(project)
    watch = _Watch(options, Auditor(cache_folder(options), complain))
    try:
        watch.run()
    except KeyboardInterrupt:
        Progress().done()
    finally:
        watch.auditor.close()
    return EXIT_CLEAN


def _refuse(options: dict[str, Any]) -> None:
    if "-" in (*options["articles"], *options["sources"], *options["complete_sources"]):
        raise click.UsageError("--watch needs files: standard input cannot be read a second time.")
    if options["format_"] != "text":
        raise click.UsageError(
            f"--watch shows text: write the {options['format_']} report with --out {options['format_']}=PATH."
        )
    for name in ("update_baseline", "prune_baseline"):
        if options[name]:
            raise click.UsageError(f"a baseline is written once: leave --{name.replace('_', '-')} or --watch out.")


def _refuse_without_files(project: Project) -> None:
    named = [*project.articles, *project.options["sources"], *project.options["complete_sources"]]
    if named and all(is_address(one) for one in named):
        raise click.UsageError("--watch needs files: an address does not say when its page changes.")


@dataclass
class _Watch:
    """The rounds. `files` are those that the last one depended on, `marks` what they were when it began."""

    options: dict[str, Any]
    auditor: Auditor
    files: frozenset[str] = frozenset()
    folders: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=dict)
    _told: bool = False

    def run(self) -> None:
        """Go on for ever."""
        changed: list[str] = []
        while True:
            self._round(changed)
            changed = self._wait()

    def _round(self, changed: Sequence[str]) -> None:
        """One audit with its reports.

        What a user can mend is raised in the first round; later it is said, and the next change is waited for.
        """
        is_first, project, report = not self.files, None, None
        before = Seen(self.files)
        try:
            project = open_project(self.options)
            before.add(files_of(project))
            outputs = outputs_of(project)
            write_stdout(heading(changed, len(project.articles), time.strftime("%H:%M:%S")))
            if said_of_nothing(project) is None:
                formats = formats_of(project, outputs)
                report = audited(project, lambda settings: self.auditor.audit(settings, before), formats)
                deliver(report, project, outputs)
        except (CopydeskError, click.ClickException, OSError) as error:
            if is_first or (isinstance(error, CopydeskError) and error.diagnostic.code == "output"):
                raise
            complain(_in_words(error))
        self._remember(project, report, before)

    def _remember(self, project: Project | None, report: Report | None, before: Seen) -> None:
        """What to wait for; after a round that came to nothing, all that was waited for before as well."""
        found = files_of(project, report) if project is not None else frozenset()
        self.files = found if report is not None else self.files | found
        before.add(self.files)
        self.marks = {path: mark for path, mark in before.marks.items() if path in self.files}
        if project is not None:
            self.folders = self._folders(project)

    def _folders(self, project: Project) -> set[str]:
        return {os.getcwd(), *folders_of(self.files), *searched_folders(project)}

    def _wait(self) -> list[str]:
        """The files that have changed since the round began, as soon as there are some."""
        progress = Progress()
        progress.step(f"watching {counted(len(self.marks), 'file')}; Ctrl-C ends")
        for whole in self._looks():
            changed = changed_between(self.marks, marks_of(self._candidates() if whole else self.files))
            if changed:
                progress.done()
                return changed
        raise AssertionError("there is always another look")

    def _candidates(self) -> frozenset[str]:
        """The files that matter and those that would now; new folders are watched from here on."""
        try:
            project = open_project(self.options)
        except (CopydeskError, click.ClickException):  # said in the round that a change of the settings begins
            return self.files
        self.folders = self._folders(project)
        return self.files | files_of(project)

    def _looks(self) -> Iterator[bool]:
        """When to look: after changes and at the beginning for new files (True), and every second at the known ones."""
        from watchfiles import watch

        whole = True
        while True:
            watched = {folder for folder in self.folders if os.path.isdir(folder)}
            try:
                for changes in watch(
                    *sorted(watched),
                    watch_filter=None,
                    debounce=LONGEST_MS,
                    step=QUIET_MS,
                    rust_timeout=LOOK_MS,
                    yield_on_timeout=True,
                    recursive=False,
                ):
                    yield whole or bool(changes)
                    whole = self.folders != watched
                    if whole:
                        break
            except (OSError, RuntimeError) as error:  # no watches left, or a folder that went away meanwhile
                self._tell_once(f"the system does not tell of changes ({error}); the files are looked at every second")
                time.sleep(LOOK_MS / 1_000)
                yield True

    def _tell_once(self, message: str) -> None:
        if not self._told:
            complain(message)
        self._told = True


def _in_words(error: Exception) -> str:
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {reason_of(error)}"
    return str(error)


def heading(changed: Sequence[str], articles: int, time_of_day: str) -> str:
    """The line above a round: when it began, and what changed, or how many articles there are in the first one."""
    names = [os.path.relpath(path) for path in changed]
    more = f" and {counted(len(names) - _SHOWN, 'more file')}" if len(names) > _SHOWN else ""
    what = f"changed: {', '.join(names[:_SHOWN])}{more}" if names else counted(articles, "article")
    return one_line(f"=== {time_of_day} {what} ===") + "\n"
