"""The word lists beside this package."""

from __future__ import annotations

from audit.loading.wordfiles import lines_of, sections_of

__all__ = ["lines_of", "sections_of", "stance"]


def stance(section: str) -> frozenset[str]:
    """The words of one section of the stance list. Raises KeyError."""
    return sections_of("audit.extract", "stance.txt")[section]
