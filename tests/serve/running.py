"""`copydesk serve` as a user starts it: a process of its own, with a folder for what it forgets at its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class Running:
    """A server that says where it is. Used as a context, it is ended with SIGTERM."""

    def __init__(self, temporary: Path, *options: str | Path) -> None:
        """`temporary` is where the server finds the system's folder for temporary files."""
        self.temporary = temporary
        temporary.mkdir(exist_ok=True)
        command: Sequence[str] = [sys.executable, "-m", "audit", "serve", "--no-browser", *map(str, options)]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)

    @property
    def origin(self) -> str:
        return self.address.partition("/enter")[0]

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        """Send a signal. Returns exit code, what else was on standard output, and standard error."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err
