"""The process that audits: the language model stays loaded in it, and whatever befalls it leaves the page standing."""

from __future__ import annotations

import contextlib
import os
import signal
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from audit.bench import Failed, Step, Told
from audit.config import Settings

if TYPE_CHECKING:
    from audit.extract.annotate import Annotator
    from audit.records import Diagnostic
    from audit.records.report import Report
    from audit.serve.uploads import Choices

REMEMBERED = 20_000  # paragraphs whose analysis stays in memory, so that a second audit of a text is quick


@dataclass(frozen=True)
class Job:
    """An audit to do: names of files in a folder."""

    folder: Path
    article: str
    sources: tuple[str, ...]
    choices: Choices


class Memory:
    """A cache in memory only: nothing of a text stays behind when the process ends."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._values: OrderedDict[str, object] = OrderedDict()

    def get(self, key: str) -> object | None:
        """The value of a key, which becomes the youngest; None where there is none."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def set_many(self, values: Mapping[str, object]) -> None:
        """Keep values, and drop the oldest where there are too many."""
        self._values.update(values)
        while len(self._values) > self._limit:
            self._values.popitem(last=False)


def work(pipe: Connection) -> None:
    """The whole life of the process. It ends with the pipe, so it outlives nobody who started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the server says when to end
    from audit.extract.annotate import Annotator

    annotator = Annotator(Memory())
    _warm_up(annotator)
    serve_jobs(pipe, annotator)


def serve_jobs(pipe: Connection, annotator: Annotator) -> None:
    """Answer every job with steps and then a report or a failure, until the pipe closes."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            job = pipe.recv()
            pipe.send(_done(job, annotator, lambda words: pipe.send(Step(words))))


def _warm_up(annotator: Annotator) -> None:
    """Load the model while the editor is still choosing files."""
    from audit.loading import load_text

    for document in load_text("One sentence is enough.").documents:
        annotator.annotate(document)


def _done(job: Job, annotator: Annotator, tell: Callable[[str], None]) -> Report | Failed:
    from audit.errors import CopydeskError

    try:
        return perform(job, annotator, tell)
    except CopydeskError as error:
        return Failed(str(error))
    except Exception as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Failed(f"This is a fault of copydesk itself ({words}); please report it.")


def perform(job: Job, annotator: Annotator, tell: Callable[[str], None]) -> Report:
    """Audit the files of a job. Paths in the report are their names, since the folder is nobody's business.

    The working folder of the process becomes the job's.
    """
    from audit.inputs import read_inputs
    from audit.run import audit

    os.chdir(job.folder)
    choices = job.choices
    settings = Settings(
        articles=(job.article,),
        sources=() if choices.complete else job.sources,
        complete_sources=job.sources if choices.complete else (),
        profile=choices.profile,
        preview=choices.preview,
        offline=True,
    )
    tell("reading")
    inputs = read_inputs(settings)
    inputs.diagnostics[:] = _for_the_page(inputs.diagnostics, (job.article, *job.sources))
    return audit(inputs, settings, annotator, progress=Told(tell))


def _for_the_page(diagnostics: Sequence[Diagnostic], handed_in: Sequence[str]) -> list[Diagnostic]:
    """Diagnostics in the words of somebody who hands files in and knows no paths.

    A source that the article names in its front matter is there when a file of its name was handed in.
    """
    names = {name.casefold() for name in handed_in}
    kept = []
    for diagnostic in diagnostics:
        if diagnostic.code not in ("missing", "offline"):
            kept.append(diagnostic)
        elif PurePosixPath(diagnostic.path).name.casefold() not in names:
            message, action = "the article names this source, and it was not handed in", "add it to the sources"
            kept.append(diagnostic.model_copy(update={"message": message, "action": action}))
    return kept
