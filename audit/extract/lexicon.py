"""Word lists in text files: sections of words parted by commas. One file a subject, `#` begins a comment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def folded(text: str) -> str:
    """A text in small letters as a pattern that ignores case sees it: "İ", "ı" and "ſ" are letters like others there.

    It is for looking up whether a word can be in the text at all; offsets may differ from those of the text.
    """
    plain = text.casefold()
    return plain if plain.isascii() else plain.replace("ı", "i").replace("\u0307", "")


def lines_of(package: str, name: str) -> Iterator[str]:
    """The lines of a data file of a package that hold anything but a comment, stripped."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def sections_of(package: str, name: str) -> dict[str, frozenset[str]]:
    """Section name to the words and phrases that it lists. Raises ValueError for words before the first section."""
    found: dict[str, set[str]] = {}
    section: set[str] | None = None
    for line in lines_of(package, name):
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), set())
        elif section is None:
            raise ValueError(f"{name} has words before its first section: {line}")
        else:
            section.update(item.strip() for item in line.split(",") if item.strip())
    return {title: frozenset(items) for title, items in found.items()}


@cache
def stance(section: str) -> frozenset[str]:
    """The words of one section of the stance list. Raises KeyError."""
    return sections_of("audit.extract", "stance.txt")[section]
