"""The process that audits for an editor: open texts as they are, everything else as `copydesk check` would find it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Mapping
from ctypes import c_bool
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import click

from audit.bench import Failed, Told
from audit.errors import CopydeskError
from audit.marks import Marks, Seen
from audit.records import Diagnostic

if TYPE_CHECKING:
    from audit.project import Project
    from audit.records.report import Report
    from audit.repeated import Auditor


@dataclass(frozen=True)
class Job:
    """A text to audit. Paths are absolute; `unsaved` goes by real paths."""

    article: str
    unsaved: Mapping[str, bytes]
    arguments: tuple[str, ...] = ()  # options of `copydesk check`
    is_source: bool = False  # another open text is held against it


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What every audit says: the files that it depends on, and what they were when it read them."""

    files: frozenset[str] = frozenset()
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Audited(Outcome):
    """A report on one article. Its paths count from `folder`; `article` is the article's among them."""

    report: Report
    article: str
    folder: str
    is_listed: bool  # the settings file says that it is an article


@dataclass(frozen=True, kw_only=True)
class NoArticle(Outcome):
    """The settings do not count the file as an article, or it is the source of one."""


@dataclass(frozen=True, kw_only=True)
class Refused(Outcome):
    """Something in the way of every audit: settings, decisions, a baseline."""

    trouble: Diagnostic
    folder: str


@dataclass(frozen=True)
class GivenUp:
    """The job was called off."""


class _CalledOff(BaseException):
    """Ends a job from within; no rule and no file may take it for a fault of its own."""


def work(pipe: Connection, called_off: c_bool) -> None:
    """The whole life of the process. `called_off` is set from outside to end the job that is being done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the server says when to end
    worker = _Worker(called_off)
    import audit.check_command  # noqa: F401  # before the first text is there

    try:
        with contextlib.suppress(EOFError, OSError):
            while True:
                pipe.send(worker.do(pipe.recv()))
    finally:
        worker.close()


class _Worker:
    """Does jobs, and keeps what is expensive to open."""

    def __init__(self, called_off: c_bool) -> None:
        self._called_off = called_off
        self._auditor: Auditor | None = None

    def close(self) -> None:
        if self._auditor is not None:
            self._auditor.close()

    def do(self, job: Job) -> Outcome | GivenUp | Failed:
        """The outcome of a job, whatever befalls it."""
        seen = Seen()
        try:
            return self._audit(job, seen)
        except _CalledOff:
            return GivenUp()
        except CopydeskError as error:
            seen.add(frozenset({os.path.abspath(error.diagnostic.path)}))
            return Refused(trouble=error.diagnostic, folder=os.getcwd(), files=seen.files, marks=seen.marks)
        except click.ClickException as error:
            trouble = Diagnostic(code="settings", path=job.article, message=error.format_message(), action="mend it")
            return Refused(trouble=trouble, folder=os.getcwd(), files=seen.files, marks=seen.marks)
        except Exception as error:
            words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            return Failed(f"a fault of copydesk itself ({words}); please report it")

    def _audit(self, job: Job, seen: Seen) -> Outcome:
        from audit.check_command import audited
        from audit.repeated import files_of

        os.chdir(os.path.dirname(job.article))
        project, is_listed = project_of(job.article, job.arguments)
        if project is None or (job.is_source and not is_listed):
            seen.add(_settings_file())
            return NoArticle(files=seen.files, marks=seen.marks)
        seen.add(files_of(project))
        auditor, unsaved = self._auditor_of(project), {**job.unsaved}
        progress = Told(self._go_on)
        report = audited(project, lambda s: auditor.audit(replace(s, unsaved=unsaved), seen, progress))
        seen.add(files_of(project, report))
        return Audited(
            report=report,
            article=project.articles[0],
            folder=os.getcwd(),
            is_listed=is_listed,
            files=seen.files,
            marks=seen.marks,
        )

    def _auditor_of(self, project: Project) -> Auditor:
        if self._auditor is None:
            from audit.cli import cache_folder
            from audit.console import complain
            from audit.repeated import Auditor

            self._auditor = Auditor(cache_folder(dict(project.options)), complain)
        return self._auditor

    def _go_on(self, words: str) -> None:
        if self._called_off.value:
            raise _CalledOff


def project_of(article: str, arguments: tuple[str, ...]) -> tuple[Project | None, bool]:
    """The project that an article belongs to, with it alone, and whether a settings file lists it as an article.

    None where the settings nearest to the file do not count it as one. The working folder becomes that of the settings.
    Raises CopydeskError for settings that are at fault.
    """
    from audit.cli import check
    from audit.project import leaves_out, open_project, settings_in_force

    file = settings_in_force(None, isolated=False)
    if file is not None:
        os.chdir(file.folder)
    path = os.path.relpath(article)
    is_listed = file is not None and bool(file.table.articles)
    only = ("--only-articles",) if is_listed else ()
    with check.make_context("copydesk check", [*arguments, *only, "--", path]) as context:
        project = open_project(context.params)
    mine = next((one for one in project.articles if os.path.realpath(one) == os.path.realpath(article)), None)
    if mine is None or (file is not None and leaves_out(file, mine)):
        return None, is_listed
    return _with_only(project, mine), is_listed


def _with_only(project: Project, article: str) -> Project:
    def only(of_articles: Mapping[str, Any]) -> dict[str, Any]:
        return {article: of_articles[article]} if article in of_articles else {}

    return replace(project, articles=(article,), sources=only(project.sources), complete=only(project.complete))


def _settings_file() -> frozenset[str]:
    from audit.project import settings_in_force

    file = settings_in_force(None, isolated=False)
    return frozenset({os.path.abspath(file.path)}) if file is not None else frozenset()
