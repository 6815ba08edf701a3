"""`copydesk check --watch` as a user starts it: a process, files that somebody edits, and Ctrl-C."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command

from audit.watch_command import heading

DOSSIER = Path(__file__).parents[2] / "fixtures" / "run" / "dossier"
HEAD = re.compile(r"=== \d\d:\d\d:\d\d (.+) ===")
DEADLINE = 90.0  # seconds

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends by a signal")


class Watching:
    """The process, and the lines that it writes, in the order in which they come."""

    def __init__(self, folder: Path, cache: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "audit", "check", *arguments, "--watch", "--cache-dir", str(cache)]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._lines: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        for name, stream in (("out", self.process.stdout), ("err", self.process.stderr)):
            threading.Thread(target=self._read, args=(name, stream), daemon=True).start()

    def _read(self, name: str, stream: object) -> None:
        for line in stream:  # type: ignore[attr-defined]
            self._lines.put((name, line.rstrip("\n")))

    def until(self, pattern: str, stream: str = "out") -> list[str]:
        """The lines of a stream up to the first one that fits."""
        seen, end = [], time.monotonic() + DEADLINE
        while (left := end - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                name, line = self._lines.get(timeout=left)
                if name == stream:
                    seen.append(line)
                    if re.search(pattern, line):
                        return seen
        raise AssertionError(f"{pattern!r} did not come; {seen}")

    def round(self) -> tuple[str, list[str]]:
        """What a round's heading says, and the lines below it as far as the summary."""
        lines = self.until(r"^(No findings|\d+ (error|warning|note))")
        [first] = [HEAD.fullmatch(line) for line in lines if HEAD.fullmatch(line)]
        assert first is not None
        return first[1], lines

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DOSSIER, tmp_path / "desk")
    return tmp_path / "desk"


@contextlib.contextmanager
def watching(folder: Path, cache: Path, *arguments: str) -> Iterator[Watching]:
    one = Watching(folder, cache, *arguments)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait(timeout=60)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_round_for_each_change_of_article_and_source(folder: Path, cache: Path) -> None:
    with watching(folder, cache, "article.md", "--out", "json=report.json") as one:
        said, lines = one.round()
        assert said == "1 article"
        assert any("quote-altered" in line for line in lines)
        replace(folder / "article.md", "We will take", "We may take")
        said, lines = one.round()
        assert said == "changed: article.md"
        assert lines[-1].startswith("No findings")
        assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["findings"] == []
        replace(folder / "interviews" / "lindqvist.md", "We may take", "We will take")
        said, lines = one.round()
        assert said == f"changed: {Path('interviews/lindqvist.md')}"
        assert any("quote-altered" in line for line in lines)
        assert one.interrupt() == 0
        assert one.process.poll() == 0


def test_new_articles_settings_and_decisions(folder: Path, cache: Path) -> None:
    settings = folder / "copydesk.toml"
    settings.write_text('articles = ["*.md", "more/*.md"]\n', encoding="utf-8")
    with watching(folder, cache) as one:
        assert one.round()[0] == "1 article"
        (folder / "more").mkdir()
        (folder / "more" / "b.md").write_text("# A quiet day\n\nNothing was said on Monday.\n", encoding="utf-8")
        said, lines = one.round()
        assert said == f"changed: {Path('more/b.md')}"
        assert any("article.md (" in line and "b.md (" in line for line in lines)
        settings.write_text('articles = ["*.md"]\nignore = ["quote-altered"]\n', encoding="utf-8")
        said, lines = one.round()
        assert said == "changed: copydesk.toml"
        assert lines[-1].startswith("No findings")
        settings.write_text("articels = []\n", encoding="utf-8")
        [*_, line] = one.until("no key", "err")
        assert "did you mean `articles`?" in line
        settings.write_text('articles = ["*.md"]\ndecisions = "decided.json"\n', encoding="utf-8")
        assert any("quote-altered" in line for line in one.round()[1])
        report = folder / "report.json"
        run(folder, cache, "check", "--out", f"json={report}")
        [finding] = json.loads(report.read_text(encoding="utf-8"))["findings"]
        decided = ("--dismiss", "house-style", "--text", "Ours.", "--by", "M.", "--decisions", "decided.json")
        run(folder, cache, "decide", str(report), finding["fingerprint"], *decided)
        said, lines = one.round()
        assert said == "changed: decided.json"
        assert lines[-1].startswith("No findings")
        assert one.interrupt() == 0


def run(folder: Path, cache: Path, *arguments: str) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache.parent)}
    subprocess.run([sys.executable, "-m", "audit", *arguments], cwd=folder, env=environment, capture_output=True)


def test_a_source_that_was_missing_is_waited_for(folder: Path, cache: Path) -> None:
    source = folder / "interviews" / "lindqvist.md"
    text = source.read_text(encoding="utf-8")
    shutil.rmtree(source.parent)
    with watching(folder, cache, "article.md") as one:
        one.round()
        source.parent.mkdir()
        source.write_text(text, encoding="utf-8")
        said, lines = one.round()
        assert said == f"changed: {Path('interviews/lindqvist.md')}"
        assert any("quote-altered" in line for line in lines)
        assert one.interrupt() == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-"], "standard input cannot be read a second time"),
        (["https://example.org/a.html"], "an address does not say when its page changes"),
        (["a.md", "--format", "json"], "--out json=PATH"),
        (["a.md", "--baseline", "b.json", "--update-baseline"], "leave --update-baseline or --watch out"),
    ],
)
def test_what_cannot_be_watched(copydesk: Command, arguments: list[str], words: str) -> None:
    done = copydesk("check", "--watch", "--no-config", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_trouble_at_the_start_ends_it(copydesk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# A day\n", encoding="utf-8")
    assert copydesk("check", "--watch", "none/*.md").code == 3
    done = copydesk("check", "--watch", "a.md", "--select", "quote-alterd")
    assert done.code == 2
    assert "did you mean quote-altered?" in done.err


def test_a_heading_names_five_files_and_no_control_character() -> None:
    said = heading([os.path.abspath(f"{number}\x1b.md") for number in range(7)], 1, "12:00:00")
    assert said == "=== 12:00:00 changed: 0\\x1b.md, 1\\x1b.md, 2\\x1b.md, 3\\x1b.md, 4\\x1b.md and 2 more files ===\n"
