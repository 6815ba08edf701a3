"""The session's audits: their files, their order, and the one worker that does them one after the other."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from audit.bench import Bench, Failed
from audit.console import reason_of, write_file
from audit.errors import CopydeskError
from audit.loading.content import format_of
from audit.loading.decode import decode
from audit.records.report import Report
from audit.reports.html import render_html
from audit.reports.json import render_json
from audit.serve.uploads import Brief, Choices, Text
from audit.serve.worker import Job, work

State = Literal["waiting", "running", "done", "failed"]
BROKE_OFF = "The audit broke off: the program that audits ended by itself. Nothing else was harmed; try again."
STOPPED = "You stopped this audit."


@dataclass
class Audit:
    """An audit of the session. Only the desk changes it."""

    number: int
    folder: Path  # holds `texts`, and the reports where they are kept
    article: str  # names of files in `texts`
    sources: tuple[str, ...]
    choices: Choices
    previous: int | None  # the audit whose article was edited
    begun: datetime
    state: State = "waiting"
    words: str = "waiting"
    why: str = ""  # why it failed
    report: Report | None = None

    @property
    def texts(self) -> Path:
        return self.folder / "texts"

    @property
    def title(self) -> str:
        """The article's title where it is known, otherwise the name of its file."""
        inputs = self.report.inputs if self.report is not None else ()
        return next((info.title for info in inputs if info.role == "article" and info.title), None) or self.article

    @property
    def is_word(self) -> bool:
        """Whether the article is a Word file, which cannot be edited on a page."""
        with open(self.texts / self.article, "rb") as file:
            return format_of(self.article) == "docx" or file.read(4) == b"PK\x03\x04"

    def article_text(self) -> str:
        """The article as text. Raises CopydeskError where it is none."""
        return decode(self._bytes(self.article), self.article).text

    def article_bytes(self) -> bytes:
        return self._bytes(self.article)

    def texts_of_sources(self) -> tuple[Text, ...]:
        return tuple(Text(name, self._bytes(name)) for name in self.sources)

    def _bytes(self, name: str) -> bytes:
        return (self.texts / name).read_bytes()


class Desk:
    """All audits of a session, and the thread that hands them to the worker."""

    def __init__(self, folder: Path, *, keep: bool = False, finish: Callable[[Report], Report] | None = None) -> None:
        """`folder` exists; with `keep` the reports are written into it, as `finish` leaves them."""
        self._folder = folder
        self._keep = keep
        self._written_as = finish or (lambda report: report)
        self._audits: dict[int, Audit] = {}
        self._lock = threading.RLock()
        self._waiting: queue.SimpleQueue[Audit | None] = queue.SimpleQueue()
        self._bench = Bench(work, "copydesk-worker")
        self._thread = threading.Thread(target=self._work, name="copydesk-desk", daemon=True)

    def open(self) -> None:
        """Begin to work; the model is loaded in the background."""
        self._thread.start()

    def close(self) -> None:
        """End all work. What runs is broken off."""
        self._waiting.put(None)
        self._bench.close()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def add(self, brief: Brief, previous: int | None = None) -> Audit:
        """Write the files of an audit down and put it behind those that wait. Raises OSError."""
        with self._lock:
            number = len(self._audits) + 1
            begun = datetime.now()
            folder = self._new_folder(number, begun, brief.article.name)
            names = tuple(source.name for source in brief.sources)
            audit = Audit(number, folder, brief.article.name, names, brief.choices, previous, begun)
            audit.texts.mkdir()
            for text in (brief.article, *brief.sources):
                (audit.texts / text.name).write_bytes(text.data)
            self._audits[number] = audit
        self._waiting.put(audit)
        return audit

    def find(self, number: int) -> Audit | None:
        """The audit with a number; None where there is none."""
        return self._audits.get(number)

    def all(self) -> list[Audit]:
        """Every audit, the youngest first."""
        with self._lock:
            return sorted(self._audits.values(), key=lambda audit: -audit.number)

    def ahead_of(self, audit: Audit) -> int:
        """How many audits come before one that waits."""
        with self._lock:
            others = (other for other in self._audits.values() if other.number < audit.number)
            return sum(other.state in ("waiting", "running") for other in others)

    def stop(self, audit: Audit) -> None:
        """Give an audit up that waits or runs."""
        with self._lock:
            running = audit.state == "running"
            if audit.state in ("waiting", "running"):
                audit.state, audit.why = "failed", STOPPED
            if running:  # inside the lock, so that the next audit cannot have begun
                self._bench.clear()

    def write(self, audit: Audit, report: Report) -> None:
        """Write the reports of an audit where they are kept. Raises OSError and CopydeskError."""
        if self._keep:
            write_file(audit.folder / "report.json", render_json(report))
            write_file(audit.folder / "report.html", render_html(report))

    def _new_folder(self, number: int, begun: datetime, article: str) -> Path:
        """A folder that did not exist; a kept one says when and what."""
        stem = f"{begun:%Y-%m-%d %H%M} {Path(article).stem}" if self._keep else str(number)
        for attempt in range(1, 1000):
            folder = self._folder / (stem if attempt == 1 else f"{stem} {attempt}")
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
                return folder
        raise FileExistsError(17, "there are too many folders of that name", str(self._folder / stem))

    # --- In the thread ------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        with contextlib.suppress(OSError):
            self._bench.prepare()
        while (audit := self._waiting.get()) is not None:
            with self._lock:
                if audit.state != "waiting":  # stopped while it waited
                    continue
                audit.state, audit.words = "running", "reading"
            self._finish(audit, self._outcome(audit))

    def _outcome(self, audit: Audit) -> Report | Failed:
        def tell(words: str) -> None:
            audit.words = words

        try:
            outcome = self._bench.run(Job(audit.texts, audit.article, audit.sources, audit.choices), tell)
        except (EOFError, OSError):
            return Failed(BROKE_OFF)
        assert isinstance(outcome, Report | Failed)
        return outcome

    def _finish(self, audit: Audit, outcome: Report | Failed) -> None:
        problem = self._kept(audit, outcome) if isinstance(outcome, Report) else ""
        with self._lock:
            if audit.state != "running":  # stopped
                return
            if isinstance(outcome, Failed) or problem:
                audit.state, audit.why = "failed", problem or getattr(outcome, "why", "")
            else:
                audit.report, audit.state = outcome, "done"

    def _kept(self, audit: Audit, report: Report) -> str:
        """Write the reports of an audit that is kept. Returns what went wrong, or nothing."""
        try:
            self.write(audit, self._written_as(report))
        except OSError as error:
            return f"The report could not be written to {audit.folder}: {reason_of(error)}."
        except CopydeskError as error:
            return str(error)
        return ""
