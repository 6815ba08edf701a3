"""One process at a time on a file that several of them write."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from audit.errors import CopydeskError

LOCK_SECONDS = 30.0  # saving takes milliseconds; who waits longer waits for a process that hangs


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of a file: an empty hidden file beside it, which is taken away again.

    The system frees the lock of a process that dies. Raises CopydeskError when another process does not let go of it,
    and OSError where there can be no file beside it.
    """
    lock = target.with_name(f".{target.name}.lock")
    until = time.monotonic() + LOCK_SECONDS
    while (handle := _try_lock(lock)) is None:
        if time.monotonic() > until:
            raise CopydeskError.of(
                "locked", str(target), "another process has been saving it for too long", "end that one, or try again"
            )
        time.sleep(0.01)
    try:
        yield
    finally:
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.unlink(lock)  # still locked: whoever waits finds that the name is gone, and makes it anew
        os.close(handle)


def _try_lock(lock: Path) -> int | None:
    """An open handle of the locked file; None while another process has it."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(handle), os.stat(lock)):
                raise BlockingIOError
    except (BlockingIOError, PermissionError, FileNotFoundError):
        os.close(handle)
        return None
    except BaseException:
        os.close(handle)
        raise
    return handle
