"""The open texts of an editor and their audits: when each is due, which has been overtaken, what is shown in the end.

Everything here happens in the event loop; only the waiting for the worker does not.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from ctypes import c_bool
from dataclasses import dataclass, field

from lsprotocol import types

from audit.bench import Bench, Failed
from audit.console import complain
from audit.inputs import ARTICLE_ENDINGS
from audit.loading.content import format_of
from audit.lsp.view import Screen, View, fault, refusal
from audit.lsp.worker import Audited, GivenUp, Job, Outcome, Refused, work
from audit.marks import Marks, changed_between, folders_of, marks_of
from audit.records.report import Report

QUIET_SECONDS = 0.4  # after the last keystroke
LOOK_MS = 2_000  # how often files are looked at although the system told of no change in them
BROKE_OFF = "the process that audits ended by itself; the next change of the text starts it again"
_TELLING = (".toml", ".json", ".copydesk-ignore")  # besides texts, the endings of files that may begin to matter

Publish = Callable[[str, int | None, list[types.Diagnostic]], None]


@dataclass
class Opened:
    """A text that is open in the editor. `path` is absolute, its folder without links; `real` is without any."""

    uri: str
    path: str
    text: str
    version: int | None
    real: str = ""
    serial: int = 0  # goes up with everything that makes a result old
    timer: asyncio.TimerHandle | None = None
    files: frozenset[str] = frozenset()  # that the last audit depended on
    marks: Marks = field(default_factory=dict)
    sources: frozenset[str] = frozenset()  # real paths of those that it was held against
    is_listed: bool = False
    report: Report | None = None  # of the last audit, which may be older than the text
    view: View | None = None  # of the text as it is
    diagnostics: list[types.Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.real = os.path.realpath(self.path)


class Desk:
    """Audits every open text that may be an article, one at a time."""

    def __init__(self, arguments: tuple[str, ...], publish: Publish) -> None:
        """`arguments` are options of `copydesk check`; `publish` gets address, version and diagnostics."""
        self._arguments, self._publish = arguments, publish
        self.units: Callable[[str], int] = len
        self.related = False
        self._texts: dict[str, Opened] = {}  # by real path
        self._waiting: dict[str, None] = {}
        self._running: str | None = None
        self._called_off: c_bool = multiprocessing.get_context("spawn").RawValue(c_bool, False)
        self._bench = Bench(work, "copydesk-lsp-worker", self._called_off)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="copydesk-lsp")
        self._tasks: set[asyncio.Task[None]] = set()
        self._lookout: asyncio.Task[None] | None = None

    def close(self) -> None:
        """End all work. What runs is broken off."""
        for opened in self._texts.values():
            if opened.timer is not None:
                opened.timer.cancel()
        for task in (*self._tasks, *([self._lookout] if self._lookout is not None else [])):
            with contextlib.suppress(RuntimeError):  # the loop is closed already
                task.cancel()
        self._texts.clear()
        self._waiting.clear()
        self._bench.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def prepare(self) -> None:
        """Begin to work: the worker starts while the editor still opens its texts."""
        self._pool.submit(self._prepare)

    def _prepare(self) -> None:
        with contextlib.suppress(OSError):
            self._bench.prepare()

    def find(self, path: str) -> Opened | None:
        """The open text of a file; None where it is not open."""
        return self._texts.get(os.path.realpath(path))

    # --- What the editor tells ----------------------------------------------------------------------------------------

    def open(self, uri: str, path: str, text: str, version: int | None) -> None:
        """A text was opened."""
        folder = os.path.realpath(os.path.dirname(path))
        opened = Opened(uri, os.path.join(folder, os.path.basename(path)), text, version)
        self._texts[opened.real] = opened
        self._touch(opened, 0)
        self._touch_all(self._held_against(opened.real), QUIET_SECONDS)

    def change(self, path: str, text: str, version: int | None) -> None:
        """A text was edited. It is audited when nothing has been typed for a moment, and so are those that cite it."""
        opened = self.find(path)
        if opened is None:
            return
        opened.text, opened.version = text, version
        self._touch(opened, QUIET_SECONDS)
        self._touch_all(self._held_against(opened.real), QUIET_SECONDS)

    def save(self, path: str) -> None:
        """A text was saved: a new file may be an article from here on, and what was one is known already."""
        opened = self.find(path)
        if opened is not None and opened.report is None:
            self._touch(opened, 0)

    def shut(self, path: str) -> None:
        """A text was closed; from here on the file counts."""
        opened = self._texts.pop(os.path.realpath(path), None)
        if opened is None:
            return
        self._overtake(opened)
        self._waiting.pop(opened.real, None)
        self._publish(opened.uri, None, [])
        sources = [other for other in self._texts.values() if other.real in opened.sources]
        self._touch_all([*self._held_against(opened.real), *sources], 0)

    # --- When what is due ---------------------------------------------------------------------------------------------

    def _held_against(self, real: str) -> list[Opened]:
        """The other open texts that a file is a source of."""
        return [one for one in self._texts.values() if real in one.sources and one.real != real]

    def _touch_all(self, texts: Iterable[Opened], seconds: float) -> None:
        for opened in texts:
            self._touch(opened, seconds)

    def _touch(self, opened: Opened, seconds: float) -> None:
        """Make what is known of a text old, and audit it after so many seconds in which nothing else does so."""
        self._overtake(opened)
        if _may_be_article(opened.path):
            opened.timer = asyncio.get_running_loop().call_later(seconds, self._due, opened)

    def _overtake(self, opened: Opened) -> None:
        opened.serial += 1
        opened.view = None
        if opened.timer is not None:
            opened.timer.cancel()
        if self._running == opened.real:
            self._called_off.value = True

    def _due(self, opened: Opened) -> None:
        opened.timer = None
        self._waiting[opened.real] = None
        self._next()

    def _next(self) -> None:
        if self._running is not None or not self._waiting:
            return
        self._running = next(iter(self._waiting))
        del self._waiting[self._running]
        task = asyncio.get_running_loop().create_task(self._audit(self._texts[self._running]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _audit(self, opened: Opened) -> None:
        serial = opened.serial
        self._called_off.value = False
        job = Job(opened.path, self._unsaved(), self._arguments, bool(self._held_against(opened.real)))
        try:
            outcome = await asyncio.get_running_loop().run_in_executor(self._pool, self._outcome, job)
        finally:
            self._running = None
        if opened.serial == serial:  # otherwise newer words are waiting already
            self._take(opened, outcome)
        self._next()

    def _unsaved(self) -> dict[str, bytes]:
        return {real: one.text.encode("utf-8", "surrogatepass") for real, one in self._texts.items() if _is_text(real)}

    def _outcome(self, job: Job) -> object:
        try:
            return self._bench.run(job, lambda words: None)
        except (EOFError, OSError):
            return Failed(BROKE_OFF)

    # --- What came of it ----------------------------------------------------------------------------------------------

    def _take(self, opened: Opened, outcome: object) -> None:
        if isinstance(outcome, GivenUp):  # called off for a text that was closed and opened again
            self._touch(opened, 0)
            return
        if isinstance(outcome, Failed):
            complain(outcome.why)
            self._show(opened, [fault(outcome.why, self._screen(opened))])
            return
        assert isinstance(outcome, Outcome)
        opened.files, opened.marks = outcome.files, outcome.marks
        before = opened.sources
        if isinstance(outcome, Audited):
            self._take_report(opened, outcome)
        elif isinstance(outcome, Refused):  # what it is held against stays as it was
            self._show(opened, [refusal(outcome, self._screen(opened))])
        else:
            opened.sources, opened.is_listed, opened.report = frozenset(), False, None
            self._show(opened, [])
        changed = before ^ opened.sources
        self._touch_all([o for o in self._texts.values() if o.real in changed and not o.is_listed], 0)
        self._look_out()

    def _take_report(self, opened: Opened, audited: Audited) -> None:
        opened.report, opened.is_listed = audited.report, audited.is_listed
        paths = [os.path.join(audited.folder, one.path) for one in audited.report.inputs if one.role == "source"]
        opened.sources = frozenset(os.path.realpath(path) for path in paths) - {opened.real}
        view = View(audited, self._screen(opened))
        self._show(opened, view.diagnostics(related=self.related))
        opened.view = view

    def _show(self, opened: Opened, diagnostics: list[types.Diagnostic]) -> None:
        opened.diagnostics = diagnostics
        self._publish(opened.uri, opened.version, diagnostics)

    def _screen(self, opened: Opened) -> Screen:
        return Screen(opened.uri, opened.text, self.units, self._uri_of)

    def _uri_of(self, path: str) -> str:
        """The address of a file, as the editor writes it where the file is open."""
        from pygls.uris import from_fs_path

        opened = self.find(path)
        return opened.uri if opened is not None else str(from_fs_path(os.path.abspath(path)))

    # --- Files on the disk --------------------------------------------------------------------------------------------

    def _look_out(self) -> None:
        if self._lookout is None:
            self._lookout = asyncio.get_running_loop().create_task(self._watch())

    def _folders(self) -> set[str]:
        return {folder for opened in self._texts.values() for folder in folders_of(opened.files)}

    async def _watch(self) -> None:
        """Look at the files that open texts depend on, when the system tells of a change and every other second."""
        from watchfiles import awatch

        while True:
            folders = self._folders()
            if not folders:
                await asyncio.sleep(LOOK_MS / 1_000)
                continue
            looks = awatch(
                *sorted(folders),
                watch_filter=None,
                step=100,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
                recursive=False,
            )
            try:
                async with contextlib.aclosing(looks):
                    async for changes in looks:
                        self._look({path for _, path in changes})
                        if self._folders() != folders:
                            break
            except (OSError, RuntimeError):  # no watches left, or a folder that went away meanwhile
                await asyncio.sleep(LOOK_MS / 1_000)
                self._look(set())

    def _look(self, told: set[str]) -> None:
        """Audit again what depends on a file that has changed on the disk; of an open text, what is open counts."""
        news = {path for path in told if _is_text(path) or path.endswith(_TELLING)}
        for opened in list(self._texts.values()):
            now = marks_of(opened.files)
            changed = [path for path in changed_between(opened.marks, now) if not self._is_unsaved(path)]
            opened.marks = now
            folders = folders_of(opened.files)
            new = [p for p in news - opened.files if os.path.dirname(p) in folders and not self._is_unsaved(p)]
            if changed or new:
                self._touch(opened, 0)

    def _is_unsaved(self, path: str) -> bool:
        return _is_text(path) and self.find(path) is not None


def _may_be_article(path: str) -> bool:
    ending = os.path.splitext(path)[1].lower()
    return ending in ARTICLE_ENDINGS and _is_text(path)


def _is_text(path: str) -> bool:
    """Whether copydesk reads a file of this name as it stands in an editor."""
    return format_of(path) not in (None, "docx")
