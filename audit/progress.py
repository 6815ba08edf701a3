"""Progress on standard error, and only where somebody is looking at it."""

from __future__ import annotations

import sys
from typing import TextIO


class Progress:
    """One line that is written over; silent unless the stream is a terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._on = self._stream.isatty()

    def step(self, words: str) -> None:
        """Show what is being done now."""
        if self._on:
            shown = "".join(char if char.isprintable() else "?" for char in words)[:100]
            self._stream.write(f"\r\x1b[2K{shown}")
            self._stream.flush()

    def done(self) -> None:
        """Clear the line."""
        if self._on:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
