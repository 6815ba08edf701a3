"""`copydesk lsp`: the streams, the signals, the folder for reports, and the end."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from audit.cli import EXIT_CLEAN, EXIT_FINDINGS
from audit.console import complain
from audit.lsp.server import Server, build_server


def serve_editor(options: dict[str, Any]) -> int:
    """Answer an editor until it says `exit` or goes away.

    Returns 0 where it asked for the shutdown first, as the protocol has it, and 1 where it did not.
    """
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="copydesk: %(message)s")
    if sys.stdin.isatty():
        complain("this waits for an editor that speaks the Language Server Protocol; Ctrl-C ends it")
    with _streams() as (stdin, stdout), _folder() as folder:
        server = build_server(_arguments(options), folder)
        with _signals(server):
            try:
                server.start_io(stdin, stdout)
            finally:
                server.desk.close()
    return EXIT_CLEAN if server.was_shut_down else EXIT_FINDINGS


def _arguments(options: dict[str, Any]) -> tuple[str, ...]:
    """The options for `copydesk check` that were given to the server."""
    given = ["--offline"] if options["offline"] else []
    given += ["--no-cache"] if options["no_cache"] else []
    if options["cache_dir"] is not None:
        given += ["--cache-dir", os.path.abspath(options["cache_dir"])]
    return tuple(given)


@contextlib.contextmanager
def _streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Standard input and output for the protocol alone: whatever else is printed, here or below, goes to the log."""
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        yield sys.stdin.buffer, stdout
    finally:
        with contextlib.suppress(OSError, ValueError):
            stdout.close()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for this session that only this user may read, and that is removed."""
    folder = Path(tempfile.mkdtemp(prefix="copydesk-"))  # mkdtemp gives 0700
    try:
        yield folder.resolve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _signals(server: Server) -> Iterator[None]:
    """Leave nothing behind on Ctrl-C and SIGTERM, although a thread waits for standard input and cannot be woken."""

    def end(number: int, frame: FrameType | None) -> None:
        # The signal may have come in the middle of anything, so nothing here waits for a lock.
        with contextlib.suppress(Exception):
            for child in multiprocessing.active_children():
                child.kill()
        shutil.rmtree(server.folder, ignore_errors=True)
        os._exit(128 + number)

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
