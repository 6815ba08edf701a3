"""The edges of the program: standard streams, report files, colour."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from audit.errors import CopydeskError

ColorWhen = Literal["auto", "always", "never"]


def wants_color(when: ColorWhen, is_terminal: bool, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour the output: NO_COLOR outweighs --color, which outweighs FORCE_COLOR."""
    if environment.get("NO_COLOR"):
        return False
    if when != "auto":
        return when == "always"
    return bool(environment.get("FORCE_COLOR")) or is_terminal


def write_stdout(text: str) -> None:
    """Write to standard output as UTF-8 whatever the locale says.

    Raises CopydeskError when nobody reads or there is no room; nothing is left behind for the interpreter to stumble
    over at its end.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    except OSError as error:
        silence_stdout()
        reason = "nobody reads it any more" if isinstance(error, BrokenPipeError) else reason_of(error)
        raise CopydeskError.of(
            "output", "standard output", reason, "what was written is not whole; write to a file with --out"
        ) from None


def reason_of(error: OSError) -> str:
    """What the system says of an error, without its number."""
    return (error.strerror or str(error)).lower()


def silence_stdout() -> None:
    """Point standard output at nothing, so that the flush at exit cannot fail."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def complain(message: str) -> None:
    """One line on standard error; control characters are written out."""
    from audit.reports.terminal import one_line

    with contextlib.suppress(OSError, ValueError):
        sys.stderr.buffer.write(f"copydesk: {one_line(message)}\n".encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8, so that whoever reads it sees the old content or the new one, never a part.

    Raises OSError.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        target.write_bytes(data)
        return
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(target))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file gets here."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
