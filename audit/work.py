"""Who does the work of a run: this process, or several that share it. The results are the same to the byte."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.kept import Kept
from audit.results import DossierResult, TextResult
from audit.rules.base import Rule
from audit.texts import Text

if TYPE_CHECKING:
    from audit.examine import Examiner

ARTICLES_EACH = 8  # with fewer articles for each process, loading the model takes longer than it saves
MOST_PROCESSES = 8  # each takes some 300 MB
_TOGETHER = 8  # articles that the language model reads ahead
_CHARACTERS = 200_000  # of them all

Tell = Callable[[int, str], None]  # hears the number of an article and what is being done


def _tell_nobody(at: int, words: str) -> None:
    """For work that nobody watches."""


@dataclass(frozen=True)
class Finished:
    """An article's result, and those of the texts that had to be analysed for it, by their keys."""

    dossier: DossierResult
    texts: dict[str, TextResult]


@dataclass
class Work:
    """The texts of a run with all that it takes to examine them."""

    settings: Settings
    inputs: Inputs[Text]
    annotator: Annotator
    load_rules: Callable[[], Sequence[type[Rule]]]
    kept: Kept | None = None
    _told: set[str] = field(default_factory=set)  # texts whose results were given out

    @cached_property
    def _examiner(self) -> Examiner:
        from audit.examine import Examiner

        return Examiner(self.annotator, self.load_rules(), self.settings.house, self.kept)

    def article(self, at: int, tell: Callable[[str], None]) -> Finished:
        """Examine one article, by its number among the articles of the run; `tell` hears what is being done."""
        article = self.inputs.articles[at]
        sources = self.inputs.sources_of(article)
        dossier = self._examiner.dossier(article, sources, self.settings.policy(article.path), tell)
        new = [text for text in (article, *sources) if text.key not in self._told]
        self._told.update(text.key for text in new)
        finished = Finished(dossier, {text.key: self.text(text) for text in new})
        self._examiner.forget(article)
        return finished

    def examine(self, articles: Sequence[int], tell: Tell = _tell_nobody) -> Iterator[Finished]:
        """Examine articles in their order; `tell` hears which of them, and what is being done."""
        for group in self.groups(articles, 1):
            yield from self.group(group, tell)

    def group(self, articles: Sequence[int], tell: Tell = _tell_nobody) -> Iterator[Finished]:
        """Examine articles that the language model is shown together."""
        if len(articles) > 1:
            self._read_ahead(articles)
        for at in articles:
            yield self.article(at, partial(tell, at))

    def _read_ahead(self, articles: Sequence[int]) -> None:
        """Show the model several articles at once. What is wrong with one of them is for its own turn to say."""
        documents = []
        for at in articles:
            with contextlib.suppress(Exception):
                documents.append(self.inputs.articles[at].document)
        with contextlib.suppress(Exception):
            self.annotator.read_ahead(documents)

    def groups(self, articles: Sequence[int], processes: int) -> list[list[int]]:
        """Articles in groups of neighbours that are examined together: not too long, and enough for every process."""
        most = max(1, min(_TOGETHER, len(articles) // (processes * 4)))
        found: list[list[int]] = []
        room = 0
        for at in articles:
            size = len(self.inputs.articles[at].info.text)
            if not found or len(found[-1]) == most or size > room:
                found.append([])
                room = _CHARACTERS
            found[-1].append(at)
            room -= size
        return found

    def text(self, text: Text) -> TextResult:
        """Examine one text; without its claims where nobody wants them."""
        result = self._examiner.text(text)
        return result if self.settings.claims else result.model_copy(update={"claims": ()})

    def prepare(self) -> None:
        """Load what every article needs."""
        _ = self._examiner
        self.annotator.load()


def process_count(asked: int, articles: int) -> int:
    """How many processes to use: as many as asked for, or what the machine and the number of articles suggest (0)."""
    wanted = asked or min(_cores(), MOST_PROCESSES, articles // ARTICLES_EACH)
    return max(1, min(wanted, articles))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- Several processes ------------------------------------------------------------------------------------------------

_WORK: Work | None = None  # of this process: inherited where processes fork, made anew where they do not


def share(work: Work, articles: Sequence[int], processes: int, again: Callable[[], Work]) -> Iterator[Finished]:
    """Examine articles in several processes; the results come in the order of `articles`.

    `again` plans the same work in a process that inherits nothing. Where a process dies, this one does the rest.
    """
    global _WORK
    forks = sys.platform == "linux"  # elsewhere a fork is not safe in every case
    if forks:
        work.prepare()
    _WORK = work if forks else None
    done = 0
    try:
        context = multiprocessing.get_context("fork" if forks else "spawn")
        with ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(again,)) as pool:
            for group in pool.map(_group, work.groups(articles, processes)):
                done += len(group)
                yield from group
    except BrokenProcessPool:
        yield from work.examine(articles[done:])
    finally:
        _WORK = None


def _begin(again: Callable[[], Work]) -> None:
    global _WORK
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process ends the others
    sys.stdout = sys.stderr  # a rule of somebody else may print, and standard output is the report's
    if _WORK is None:
        _WORK = again()


def _group(articles: Sequence[int]) -> list[Finished]:
    assert _WORK is not None  # _begin ran before
    return list(_WORK.group(articles))
