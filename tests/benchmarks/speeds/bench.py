"""What the sections share: the options, a folder to work in, and the one way to time a command."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audit.progress import Progress
from speeds.figures import Figure, Goal

STOPWATCH = Path(__file__).with_name("stopwatch.py")
FIXTURES = Path(__file__).parents[3] / "fixtures"


class NotMeasured(Exception):
    """Why there is no figure, in words for the table."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run of a command took: seconds of the wall clock and of the processor, and bytes at the peak."""

    seconds: float
    cpu: float
    peak: int
    output: str


@dataclass
class Bench:
    """Options and tools of one run of the benchmark."""

    folder: Path  # for everything that is written, gone at the end
    program: str  # the copydesk to be timed
    runs: int = 5
    large_runs: int = 1
    quick: bool = False
    content: Path | None = None
    give_up: float = 1800.0  # seconds after which a command is ended
    most_memory: float = 8.0  # GB that a command gets
    kept: Path = Path("build/bench")  # what is worth keeping from one time to the next
    progress: Progress = field(default_factory=Progress)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def fresh(self, name: str) -> Path:
        """A path in the folder that nobody has used."""
        return self.folder / f"{name}-{next(self._numbers)}"

    def time(self, command: Sequence[str | Path], codes: Sequence[int] = (0,)) -> Taken:
        """Run a command once. Raises NotMeasured where it ends with another code, or has to be ended."""
        words = [str(word) for word in command]
        self.progress.step(" ".join([Path(words[0]).name, *words[1:]]))
        output, errors = self.folder / "stdout", self.folder / "stderr"
        limits = [str(self.give_up), str(int(self.most_memory * 1e9))]
        watch = [sys.executable, "-I", "-S", str(STOPWATCH), *limits, str(output), str(errors), *words]
        done = subprocess.run(watch, capture_output=True, text=True, env=_environment(), cwd=self.folder)
        if done.returncode:
            raise NotMeasured(f"{words[0]} cannot be started: {_last_line(done.stderr)}")
        taken = json.loads(done.stdout)
        if taken["gave_up"]:
            used = f"{taken['cpu']:,.0f} s of the processor and up to {taken['peak'] / 1e6:,.0f} MB"
            raise NotMeasured(f"ended after {self.give_up:,.0f} s; it had used {used}")
        if taken["code"] not in codes:
            raise NotMeasured(f"it ended with {taken['code']}: {_last_line(errors.read_text(errors='replace'))}")
        text = output.read_text(encoding="utf-8", errors="replace")
        return Taken(taken["seconds"], taken["cpu"], taken["peak"], text)

    def check(self, *arguments: str | Path, cache: Path | None = None) -> Taken:
        """One `copydesk check`, as users run it: text to standard output, analyses in the cache."""
        own = self.fresh("cache") if cache is None else cache
        taken = self.time([self.program, "check", *arguments, "--no-config", "--exit-zero", "--cache-dir", own])
        if cache is None:
            shutil.rmtree(own, ignore_errors=True)
        return taken

    def python(self, script: str, *arguments: str | Path) -> Taken:
        """One of the scripts beside this module, in the environment of the benchmark."""
        return self.time([sys.executable, Path(__file__).with_name(script), *arguments])


def seconds(section: str, name: str, taken: Sequence[Taken], goal: Goal | None = None, note: str = "") -> Figure:
    """The line of what runs took by the clock, and behind it by the processor, which says more on a busy machine."""
    if taken:
        by_processor = f"processor {statistics.median(one.cpu for one in taken):.2f} s"
        note = f"{by_processor}; {note}" if note else by_processor
    return Figure(section, name, "s", tuple(one.seconds for one in taken), goal, note)


def _environment() -> dict[str, str]:
    """This one, without what changes how a program writes."""
    return {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "GITHUB_STEP_SUMMARY")}


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "nothing was said")[:200]
