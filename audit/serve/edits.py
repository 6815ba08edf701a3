"""Which words of an article were edited."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE_END = re.compile(r"\r\n|\r|\n")
MAX_COMPARED = 20_000  # characters of a changed stretch that are compared word by word
MAX_SHOWN = 500_000  # characters of an article beyond which its two versions are not compared


@dataclass(frozen=True)
class Piece:
    """Words of a changed paragraph: the same in both versions, taken out, or put in."""

    kind: Literal["same", "out", "in"]
    words: str


def edited_paragraphs(before: str, after: str) -> list[list[Piece]]:
    """The paragraphs of an article that were edited, with what was taken out and what was put in.

    Nothing for texts as long as a book, which would take too long to compare.
    """
    if len(before) + len(after) > MAX_SHOWN:
        return []
    old, new = _LINE_END.split(before), _LINE_END.split(after)
    found: list[list[Piece]] = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        found.extend(_pieces(one, other) for one, other in _pairs(old[i1:i2], new[j1:j2]) if (one + other).strip())
    return found


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Lines beside each other where there are as many on both sides, otherwise all of them as one stretch."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    return [("\n".join(old).strip("\n"), "\n".join(new).strip("\n"))]


def _pieces(before: str, after: str) -> list[Piece]:
    if len(before) + len(after) > MAX_COMPARED:
        return [piece for piece in (Piece("out", before), Piece("in", after)) if piece.words]
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
        else:
            pieces += [Piece("out", "".join(old[i1:i2])), Piece("in", "".join(new[j1:j2]))]
    return [piece for piece in pieces if piece.words]
