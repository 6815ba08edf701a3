"""The word lists beside this package."""

from __future__ import annotations

from functools import cache

from audit.loading.wordfiles import lines_of, sections_of

__all__ = ["folded", "lines_of", "sections_of", "stance"]


def folded(text: str) -> str:
    """A text in small letters as a pattern that ignores case sees it: "İ", "ı" and "ſ" are letters like others there.

    It is for looking up whether a word can be in the text at all; offsets may differ from those of the text.
    """
    plain = text.casefold()
    return plain if plain.isascii() else plain.replace("ı", "i").replace("\u0307", "")


@cache
def stance(section: str) -> frozenset[str]:
    """The words of one section of the stance list. Raises KeyError."""
    return sections_of("audit.extract", "stance.txt")[section]
