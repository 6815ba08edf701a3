"""The desk with a worker that answers when the test says so."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from editor import finish
from lsprotocol import types

from audit.bench import Failed
from audit.lsp.desk import BROKE_OFF, Desk
from audit.lsp.worker import Job, NoArticle, Refused
from audit.records import Diagnostic

DEADLINE = 30.0


class Bench:
    """Holds every job until an outcome for it is handed in."""

    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self.outcomes: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run(self, job: Job, tell: Callable[[str], None]) -> Any:
        self.jobs.put(job)
        outcome = self.outcomes.get(timeout=DEADLINE)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        """Nothing to end."""

    async def job(self) -> Job:
        return await asyncio.to_thread(self.jobs.get, timeout=DEADLINE)


class Office:
    """A desk, its worker, and what was published."""

    def __init__(self) -> None:
        self.published: asyncio.Queue[tuple[int | None, list[types.Diagnostic]]] = asyncio.Queue()
        self.desk = Desk((), lambda uri, version, found: self.published.put_nowait((version, found)))
        self.bench = Bench()
        self.desk._bench = self.bench  # type: ignore[assignment]

    async def told(self) -> tuple[int | None, list[types.Diagnostic]]:
        return await asyncio.wait_for(self.published.get(), DEADLINE)


def refused(why: str, path: Path) -> Refused:
    trouble = Diagnostic(code="settings", path=str(path), message=why, action="mend it")
    return Refused(trouble=trouble, folder=str(path.parent))


def test_an_outcome_that_was_overtaken_is_dropped(tmp_path: Path) -> None:
    article = tmp_path / "a.md"

    async def run() -> None:
        office = Office()
        office.desk.open("file:///a.md", str(article), "one", 1)
        job = await office.bench.job()
        assert job.unsaved == {str(article): b"one"}
        assert office.desk._called_off.value is False
        office.desk.change(str(article), "two", 2)
        assert office.desk._called_off.value is True
        office.bench.outcomes.put(refused("old", article))  # it had come too far to be called off
        job = await office.bench.job()
        assert job.unsaved == {str(article): b"two"}
        assert office.published.empty()
        office.bench.outcomes.put(refused("new", article))
        version, [found] = await office.told()
        assert (version, found.message) == (2, "new; mend it")
        office.desk.close()

    finish(run())


def test_a_text_that_is_closed_meanwhile_gets_nothing(tmp_path: Path) -> None:
    article = tmp_path / "a.md"

    async def run() -> None:
        office = Office()
        office.desk.open("file:///a.md", str(article), "one", 1)
        await office.bench.job()
        office.desk.shut(str(article))
        assert await office.told() == (None, [])
        office.bench.outcomes.put(refused("old", article))
        office.desk.open("file:///b.md", str(tmp_path / "b.md"), "other", 1)
        await office.bench.job()
        assert office.published.empty()
        office.bench.outcomes.put(NoArticle())
        assert await office.told() == (1, [])
        office.desk.close()

    finish(run())


@pytest.mark.parametrize(("outcome", "words"), [(EOFError(), BROKE_OFF), (Failed("a fault"), "a fault")])
def test_a_worker_that_fails_is_told_of_and_the_next_change_tries_again(
    tmp_path: Path, outcome: object, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "a.md"

    async def run() -> None:
        office = Office()
        office.desk.open("file:///a.md", str(article), "one", 1)
        await office.bench.job()
        office.bench.outcomes.put(outcome)
        version, [found] = await office.told()
        assert (version, found.message, found.code) == (1, words, "internal")
        office.desk.change(str(article), "two", 2)
        await office.bench.job()
        office.bench.outcomes.put(NoArticle())
        assert await office.told() == (2, [])
        office.desk.close()

    finish(run())
    assert words in capsys.readouterr().err


def test_what_cannot_be_an_article_is_not_audited(tmp_path: Path) -> None:
    async def run() -> None:
        office = Office()
        for name in ("a.vtt", "a.docx", "copydesk.toml", "a.py"):
            office.desk.open(f"file:///{name}", str(tmp_path / name), "words", 1)
        office.desk.open("file:///b.md", str(tmp_path / "b.md"), "words", 1)
        job = await office.bench.job()
        assert Path(job.article).name == "b.md"
        assert sorted(Path(path).name for path in job.unsaved) == ["a.vtt", "b.md"]
        office.bench.outcomes.put(NoArticle())
        await office.told()
        assert office.bench.jobs.empty()
        office.desk.close()

    finish(run())
