"""Quotation marks one by one: which signs are marks, and whether each opens or closes by what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Family = Literal["curly", "straight", "apostrophes", "angle", "single", "tick"]

OPEN, EITHER, CLOSE = 1, 0, -1
_TURNED = 2  # “ where a closing mark stands; -_TURNED: ” where an opening one does
# Every alternative begins with a plain sign, which lets the search pass over all other characters at once.
_MARK = re.compile(r"“|”|„|‟|«|»|\"|``|''*|‘‘?|’’?")
_BEFORE_OPEN = frozenset("([{—–-/:;=>*_“‘„«\"'`")
_BEHIND_CLOSE = frozenset(".,;:!?)]}—–-/…”’»\"'*_<")
_ELISION = re.compile(
    r"(?:em|til|till|cause|tis|twas|bout|round|n|nother|cuz|coz|er|im|ere|neath)\b|\d0s?\b|\d\ds?\b", re.I
)
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,1000}>")


@dataclass(slots=True)
class Mark:
    """A mark with its view offsets; `role` says whether it opens, closes, or may do either."""

    start: int
    end: int
    family: Family
    role: int


def scan(text: str, base: int) -> list[Mark]:
    """All marks of a block with what their surroundings say of their direction."""
    marks: list[Mark] = []
    tags = [found.span() for found in _TAG.finditer(text)] if "<" in text else []
    tag = 0
    for found in _MARK.finditer(text):
        while tag < len(tags) and tags[tag][1] <= found.start():
            tag += 1
        if tag < len(tags) and tags[tag][0] <= found.start():
            continue  # the value of an attribute in markup that was left in the text
        start, end, sign = found.start(), found.end(), found.group()
        before = text[start - 1] if start else " "
        behind = text[end] if end < len(text) else " "
        if sign[0] == "'":
            marks.extend(_apostrophes(text, start, end, before, behind, base))
            continue
        mark = _mark(text, sign, start, end, before, behind)
        if mark is not None:
            marks.append(Mark(start + base, end + base, *mark))
    return marks


def _mark(text: str, sign: str, start: int, end: int, before: str, behind: str) -> tuple[Family, int] | None:
    if sign in "“„‟":
        return "curly", _TURNED if _direction(before, behind) == CLOSE else OPEN
    if sign == "”":
        return "curly", -_TURNED if start == 0 or _direction(before, behind) == OPEN else CLOSE
    if sign == "«":
        return "angle", OPEN
    if sign == "»":
        return "angle", CLOSE
    if sign == "``":
        return "apostrophes", OPEN
    if sign == '"':
        return "straight", _direction(before, behind)
    if sign == "‘‘":
        return "apostrophes", OPEN
    if sign == "’’":
        return "apostrophes", CLOSE
    if sign == "‘":
        return None if behind.isspace() or _ELISION.match(text, end) else ("single", OPEN)
    return ("single", CLOSE) if _may_close(before, behind) else None


def _direction(before: str, behind: str) -> int:
    may_open = (before.isspace() or before in _BEFORE_OPEN) and not behind.isspace()
    may_close = not before.isspace() and (behind.isspace() or behind in _BEHIND_CLOSE)
    if may_open and not may_close:
        return OPEN
    return CLOSE if may_close and not may_open else EITHER


def _may_close(before: str, behind: str) -> bool:
    return not before.isspace() and not behind.isalnum()


def _apostrophes(text: str, start: int, end: int, before: str, behind: str, base: int) -> list[Mark]:
    """A run of straight apostrophes: single marks, double ones made of two, or both."""
    length = end - start
    if length == 1:
        if (before.isspace() or before in _BEFORE_OPEN) and not behind.isspace():
            opens = behind.isalnum() or behind in '[($£€“"…'
            return [Mark(start + base, end + base, "tick", OPEN)] if opens and not _ELISION.match(text, end) else []
        return [Mark(start + base, end + base, "tick", CLOSE)] if _may_close(before, behind) else []
    role = _direction(before, behind)
    marks: list[Mark] = []
    at = start
    if length % 2 and role == CLOSE:
        marks.append(Mark(at + base, at + 1 + base, "tick", CLOSE))
        at += 1
    while end - at >= 2:
        marks.append(Mark(at + base, at + 2 + base, "apostrophes", role))
        at += 2
    if at < end:
        marks.append(Mark(at + base, end + base, "tick", OPEN if role != CLOSE else CLOSE))
    return marks
