"""From a reference to bytes, before anything is made of them. It costs little to import: parsers stand elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from audit.loading import decode
from audit.loading.settings import LoadSettings

Format = Literal["markdown", "text", "html", "docx", "vtt", "srt"]

_FORMATS: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown", ".mkd": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".docx": "docx", ".vtt": "vtt", ".srt": "srt", ".txt": "text", ".text": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes behind a reference; `format` is None where nothing names it."""

    data: bytes
    path: str
    format: Format | None


def read_content(reference: str, settings: LoadSettings, stdin: bytes | None = None, stdin_name: str = "") -> Content:
    """The bytes of a path, of standard input ("-", shown as `stdin_name` where that is given) or of an address.

    Raises CopydeskError for what cannot be read, is larger than the limit, or is an address that is refused or fails.
    """
    if reference == "-":
        return content_of(stdin or b"", stdin_name or reference, settings)
    if urlsplit(reference).scheme.lower() in ("http", "https"):
        from audit.loading.fetch import fetch

        page = fetch(reference, settings)
        return Content(page.body, reference, page.format)
    return Content(decode.read_bytes(reference, settings.max_bytes), reference, format_of(reference))


def content_of(data: bytes, path: str, settings: LoadSettings) -> Content:
    """Bytes in memory as the file with this path. Raises CopydeskError where they are more than the limit."""
    if len(data) > settings.max_bytes:
        raise decode.too_large(path, settings.max_bytes)
    return Content(data, path, format_of(path))


def format_of(path: str) -> Format | None:
    """The format that a file's ending names; None where it names none."""
    return _FORMATS.get(decode.suffix(path))
