"""What an editor hands in: names that are safe on any disk, limits, and the texts themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from audit.config import MAX_BYTES, PROFILES, Profile

MAX_FILES = 30
MAX_TOTAL = 5 * MAX_BYTES  # bytes of everything that is handed in at once
MAX_NAME = 100  # characters
PASTED_ARTICLE, PASTED_SOURCE = "Pasted article", "Pasted source"

# What some disk refuses, and the colon, since a name must never read as an address.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)


class UploadError(Exception):
    """What is wrong with what was handed in, as a sentence for the page; `status` is the HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Text:
    """A file as it was handed in, under a safe name."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Choices:
    """What an editor may choose for an audit."""

    profile: Profile = "standard"
    complete: bool = False  # the sources hold all that was said
    preview: bool = False


@dataclass(frozen=True)
class Brief:
    """Everything that one audit is made of."""

    article: Text
    sources: tuple[Text, ...] = ()
    choices: Choices = field(default_factory=Choices)


def brief_of(
    article: Text | None,
    sources: Sequence[Text],
    pasted_article: str,
    pasted_sources: Iterable[str],
    choices: Choices,
) -> Brief:
    """The brief of a filled-in form. Raises UploadError where it makes no audit."""
    pasted = pasted_article.strip()
    if article is not None and pasted:
        raise UploadError("There is both an article file and a pasted article. Keep one of them.")
    if article is None:
        if not pasted:
            raise UploadError("There is no article yet. Choose a file, or paste the text.")
        article = Text(PASTED_ARTICLE, encoded(pasted_article))
    more = [Text(PASTED_SOURCE, encoded(text)) for text in pasted_sources if text.strip()]
    texts = [article, *sources, *more]
    check_sizes(texts)
    distinct = _distinct([text.name for text in texts])
    named = [Text(name, text.data) for name, text in zip(distinct, texts, strict=True)]
    return Brief(named[0], tuple(named[1:]), choices)


def check_sizes(texts: Sequence[Text]) -> None:
    """Raises UploadError when there are too many texts, or one or all of them are too large."""
    if len(texts) > MAX_FILES:
        raise UploadError(f"These are {len(texts)} texts; up to {MAX_FILES} can be audited together.", 413)
    for text in texts:
        if len(text.data) > MAX_BYTES:
            raise UploadError(f"{text.name} is larger than {MAX_BYTES // 1_000_000} MB. Split it.", 413)
    if sum(len(text.data) for text in texts) > MAX_TOTAL:
        raise UploadError(f"All files together are larger than {MAX_TOTAL // 1_000_000} MB.", 413)


def encoded(text: str) -> bytes:
    """Words from a form as bytes: browsers send CR LF, files here have LF.

    Raises UploadError for half a surrogate pair, which UTF-8 cannot carry.
    """
    try:
        return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")
    except UnicodeEncodeError:
        raise UploadError("The text holds half a character (a lone surrogate) and cannot be saved.") from None


def safe_name(name: str, fallback: str) -> str:
    """The last part of a file's name, with nothing in it that a disk, a path or an address would take as its own."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    clean = _FORBIDDEN.sub("_", " ".join(shown.split())).strip(". ")
    if not clean or _RESERVED.match(clean):
        clean = f"{fallback} {clean}".strip()
    path = PurePosixPath(clean)
    ending = path.suffix if len(path.suffix) <= 12 else ""
    stem = clean.removesuffix(ending)[: MAX_NAME - len(ending)].rstrip(". ")
    return (stem.lstrip("-") or fallback) + ending


def choices_of(profile: str, *, complete: bool, preview: bool) -> Choices:
    """Choices out of form fields. Raises UploadError for a profile that does not exist."""
    known = next((name for name in PROFILES if name == profile), None)
    if known is None:
        raise UploadError("There is no such way to judge quotations.")
    return Choices(known, complete, preview)


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, with a number where two differ in case only or not at all."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, number, candidate = PurePosixPath(name), 1, name
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{path.stem} {number}{path.suffix}"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found
