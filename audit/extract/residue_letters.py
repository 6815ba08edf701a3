"""Letters that hold a place: TK ("to come") and XX, told from the names and numerals that look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator

TK_HINT = "TK, “to come”"
XX_HINT = "XX for a figure to come"

_BRACKETED_TK = re.compile(r"[\[({<]{1,2}\s?(?:[^\[\](){}<>\n]{0,80}\b)?(?:TK|tk)+\b[^\[\](){}<>\n]{0,80}[\])}>]{1,2}")
_DOUBLED_TK = re.compile(r"(?<![\w&@#/.])(?:TK[ -]?){1,6}TK(?![\w&])|(?<![\w&@#/.])(?:tktk(?:tk)?)(?![\w&])")
_SINGLE_TK = re.compile(r"(?<![\w&@#/.’'])[$£€]?TK(?![\w&/]|\.\w)")
_NAME_BEHIND = re.compile(r"[ -](?:[A-Z]\w|\d)|['’]s\b|\.[A-Z]")
_NAME_BEFORE = re.compile(r"(?:\b(?:DJ|MC|Tcl|Tcl/|Turkish|Flight)[ /]|\()\Z")
_SPEAKS = re.compile(r",? (?:said|says|told|added|adds|laughs|laughed|joked|explained|recalled|recalls|tells)\b")

_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_FIGURE_BEHIND = re.compile(
    r"\s?%|[ -](?:per ?cent|percent|percentage|million|billion|trillion|thousand|hundred|bn|year[- ]old|"
    r"years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|miles?\b|km\b|feet\b|pounds?\b|dollars?\b|euros?\b|people\b|"
    r"p\.?m\.?\b|a\.?m\.?\b|votes?\b|points?\b|times\b|of the \d)"
)
_FIGURE_BEFORE = re.compile(rf"(?:[$£€]|\b{_MONTH}\s|\b(?:nearly|roughly|approximately|about|aged|some)\s)\Z")
_MONTH_BEHIND = re.compile(rf"\s{_MONTH}(?:\s|,|\Z)")
_XX = re.compile(r"(?<![\w/.,:-])X{2,6}(?:[.,]X{1,3})?(?![\w/:])")
_BRACKETED_XX = re.compile(r"\[\s?X{2,6}(?:[ ][^\[\]\n]{0,60})?\s?\]")
_OTHER_XX = re.compile(r"\b(?:chromosom|XY\b|genotype|karyotype|Roman numeral|Super Bowl|Dos Equis)", re.IGNORECASE)


def letters_in(text: str, names: bool, other: bool) -> Iterator[tuple[int, int, str]]:
    """Start, end and hint of each placeholder made of letters in a block.

    `names` says that TK is a name in this document, `other` that XX is something else in it.
    """
    if "TK" in text or "tk" in text:
        yield from _tk(text, names)
    if not other and "XX" in text:
        yield from _xx(text)


def names_tk(view: str) -> bool:
    """Whether a document knows TK as a name or a code: TK Maxx, TK's, flight TK 1980, "(TK)" behind a full name."""
    if "TK" not in view:
        return False
    found = list(_SINGLE_TK.finditer(view))
    if any(_is_name(view, match.start(), match.end()) for match in found):
        return True
    return sum(_SPEAKS.match(view, match.end()) is not None for match in found) > 1


def means_other_xx(view: str) -> bool:
    """Whether a document writes of chromosomes, Roman numerals and the like."""
    return "XX" in view and _OTHER_XX.search(view) is not None


def _is_name(text: str, start: int, end: int) -> bool:
    if _NAME_BEFORE.search(text, max(0, start - 12), start):
        return text[start - 1] != "(" or not text.startswith(")", end) or text[:start].rstrip("( ")[-1:].isalnum()
    return _NAME_BEHIND.match(text, end) is not None and not text.startswith(" TK", end)


def _tk(text: str, names: bool) -> Iterator[tuple[int, int, str]]:
    for match in _DOUBLED_TK.finditer(text):
        yield match.start(), match.end(), TK_HINT
    if names:
        return
    for match in _BRACKETED_TK.finditer(text):
        yield match.start(), match.end(), TK_HINT
    for match in _SINGLE_TK.finditer(text):
        yield match.start(), match.end(), TK_HINT


def _xx(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _BRACKETED_XX.finditer(text):
        yield match.start(), match.end(), XX_HINT
    for match in _XX.finditer(text):
        start, end = match.span()
        before = _FIGURE_BEFORE.search(text, max(0, start - 16), start)
        if before or _FIGURE_BEHIND.match(text, end) or _MONTH_BEHIND.match(text, end):
            yield start, end, XX_HINT
