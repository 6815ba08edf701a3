"""A process of its own that works for a program which has to stay responsive.

It is started when it is needed and replaced when it dies, and what it has loaded stays loaded. It does one job at a
time, says meanwhile what it is doing, and ends with its pipe, so it outlives nobody who started it.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from audit.progress import Progress


@dataclass(frozen=True)
class Step:
    """What is being done now, in words for people."""

    words: str


@dataclass(frozen=True)
class Failed:
    """A job that came to nothing, and why, in a sentence."""

    why: str


class Told(Progress):
    """Progress that is sent on."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def step(self, words: str) -> None:
        self._tell(words)

    def done(self) -> None:
        """Nothing to clear."""


class Bench:
    """The near end of the process."""

    def __init__(self, work: Callable[..., None], name: str, *shared: object) -> None:
        """`work` is the whole life of the process: a function of a module.

        It gets the other end of the pipe, and `shared`: what can be handed to a process that is started.
        """
        self._work, self._name, self._shared = work, name, shared
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._closed = False

    def prepare(self) -> Connection:
        """The pipe to a process that lives. Raises OSError when none may be started any more."""
        with self._lock:
            if self._closed:
                raise OSError(f"{self._name} is closed")
            if self._process is None or self._pipe is None or not self._process.is_alive():
                context = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks
                self._pipe, theirs = context.Pipe()
                arguments = (theirs, *self._shared)
                self._process = context.Process(target=self._work, args=arguments, name=self._name, daemon=True)
                self._process.start()
                theirs.close()
            return self._pipe

    def run(self, job: object, tell: Callable[[str], None]) -> object:
        """Do a job and return its outcome. Raises EOFError or OSError when the process dies meanwhile."""
        pipe = self.prepare()
        try:
            pipe.send(job)
            while isinstance(message := pipe.recv(), Step):
                tell(message.words)
        except (EOFError, OSError):
            self.clear()
            raise
        return message

    def clear(self) -> None:
        """End the process, whatever it does; the next job gets a new one."""
        with self._lock:
            process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.join(timeout=5)

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
        self.clear()
