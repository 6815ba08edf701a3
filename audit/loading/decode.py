"""Bytes to text: which files are opened, how much of them is read, and what is no text at all."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from audit.errors import CopydeskError

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte order mark (offsets count from the character behind it)."""

    text: str
    sha256: str  # of all bytes, the mark among them


def read_bytes(path: str, limit: int) -> bytes:
    """The bytes of a regular file, at most `limit` of them.

    Raises CopydeskError for a missing or unreadable file, a folder, a device or a pipe (which is never opened), and a
    file over the limit (of which nothing beyond the limit is read).
    """
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise CopydeskError.of("missing", path, "there is no such file", "check the path") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise CopydeskError.of("folder", path, "this is a folder", "name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise CopydeskError.of("not-a-file", path, "this is a pipe or a device, not a file", "name a regular file")
    if status.st_size > limit:
        raise too_large(path, limit)
    return _read(path, limit)


def _read(path: str, limit: int) -> bytes:
    try:
        # Not blocking, in case the file has become a pipe since it was looked at.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CopydeskError.of("not-a-file", path, "this is not a regular file", "name a regular file")
            data = file.read(limit + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > limit:
        raise too_large(path, limit)
    return data


def too_large(path: str, limit: int) -> CopydeskError:
    """The error for more than `limit` bytes."""
    return CopydeskError.of(
        "too-large", path, f"this is larger than the limit of {limit / 1_000_000:g} MB", "split it into smaller files"
    )


def _unreadable(path: str, error: OSError | ValueError) -> CopydeskError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CopydeskError.of("unreadable", path, f"this cannot be read ({reason.lower()})", "check its permissions")


def decode(data: bytes, path: str, binary_hint: str = "save it as UTF-8 text") -> Decoded:
    """UTF-8, or UTF-16 with a byte order mark.

    Raises CopydeskError with the byte offset of what is neither; bytes that are no text (a picture, an archive) are
    told apart by a zero byte near other control bytes, a lone NUL in a text is kept for a rule to find.
    """
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_UTF32):
        raise CopydeskError.of("encoding", path, "this is UTF-32 text", "save it as UTF-8", offset=0)
    codec, skip = next(((name, 2) for mark, name in _UTF16.items() if data.startswith(mark)), ("utf-8", 0))
    if codec == "utf-8" and data.startswith(codecs.BOM_UTF8):
        skip = 3
    if codec == "utf-8" and looks_binary(data):
        raise CopydeskError.of("binary", path, "this is a binary file, not text", binary_hint, offset=_first_nul(data))
    try:
        return Decoded(data[skip:].decode(codec), digest)
    except UnicodeDecodeError as error:
        offset = error.start + skip
        name = "UTF-8" if codec == "utf-8" else "UTF-16"
        raise CopydeskError.of(
            "encoding",
            path,
            f"byte {offset} is not valid {name}",
            "save the file as UTF-8",
            line=data[:offset].count(b"\n") + 1 if codec == "utf-8" else None,
            offset=offset,
        ) from None


def looks_binary(data: bytes) -> bool:
    """Whether the first stretch holds so many zero and control bytes that it is no UTF-8 text."""
    head = data[:8192]
    if not head:
        return False
    if head.startswith(
        (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
    ):
        return True
    zeros = head.count(0)
    odd = sum(head.count(byte) for byte in range(1, 9)) + sum(head.count(byte) for byte in range(14, 27))
    return zeros > 1 and (zeros + odd) * 20 > len(head)


def _first_nul(data: bytes) -> int | None:
    at = data.find(0)
    return at if at >= 0 else None


def suffix(path: str) -> str:
    """The lower-case ending of a path or an address, with its dot."""
    return Path(path.split("?", 1)[0].split("#", 1)[0]).suffix.lower() if "://" in path else Path(path).suffix.lower()
