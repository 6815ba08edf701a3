"""Text whose every character knows the raw stretch that it stands for."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

MarkKind = Literal["bold", "italic", "code"]
Mark = tuple[int, int, MarkKind]  # offsets in Mapped.text


@dataclass(slots=True)
class Mapped:
    """Stripped text; `starts[i]` and `ends[i]` are the raw offsets of `text[i]`; `marks` are stretches of emphasis."""

    text: str
    starts: array[int]
    ends: array[int]
    marks: tuple[Mark, ...] = ()

    def cut(self, start: int, end: int) -> Mapped:
        """The part from one offset to another, marks clipped to it."""
        marks = tuple(
            (max(s, start) - start, min(e, end) - start, kind) for s, e, kind in self.marks if s < end and start < e
        )
        return Mapped(self.text[start:end], self.starts[start:end], self.ends[start:end], marks)

    def strip(self) -> Mapped:
        """Without the blanks at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self if left == 0 and right == len(self.text) else self.cut(min(left, right), right)

    def wholly(self, kind: MarkKind) -> bool:
        """Whether all of the text, punctuation and blanks at its edges aside, carries a mark."""
        bare = self.text.strip(" \n.:;,")
        if not bare:
            return False
        first = self.text.index(bare)
        return any(s <= first and e >= first + len(bare) for s, e, k in self.marks if k == kind)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def identity(raw: str, start: int, end: int) -> Mapped:
    """The stretch of the raw text as it stands."""
    return compose(Mapped(raw[start:end], array("i", range(start, end)), array("i", range(start + 1, end + 1))))


def from_chars(chars: Iterable[tuple[str, int, int]], marks: tuple[Mark, ...] = ()) -> Mapped:
    """Text from (character, raw start, raw end)."""
    text: list[str] = []
    starts, ends = array("i"), array("i")
    for char, start, end in chars:
        text.append(char)
        starts.append(start)
        ends.append(end)
    return Mapped("".join(text), starts, ends, marks)


def join(parts: Iterable[Mapped], glue: str) -> Mapped:
    """Parts one behind the other; the glue stands for the raw gap between them."""
    builder = Builder()
    for part in parts:
        if builder.length:
            last = builder.ends[-1]
            first = part.starts[0] if part.text else last
            for char in glue:
                builder.add(char, last, max(first, last))
        builder.extend(part)
    return builder.done()


@dataclass(slots=True)
class Builder:
    """Collects characters with their raw stretches."""

    chunks: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    marks: list[Mark] = field(default_factory=list)

    @property
    def length(self) -> int:
        return len(self.starts)

    def add(self, text: str, start: int, end: int) -> None:
        """Characters that all stand for the same raw stretch."""
        self.chunks.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))

    def copy(self, raw: str, start: int, end: int) -> None:
        """A raw stretch, one character for one."""
        self.chunks.append(raw[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def extend(self, part: Mapped) -> None:
        base = self.length
        self.chunks.append(part.text)
        self.starts.extend(part.starts)
        self.ends.extend(part.ends)
        self.marks.extend((s + base, e + base, kind) for s, e, kind in part.marks)

    def mark(self, start: int, kind: MarkKind) -> None:
        """Mark everything from an offset to here."""
        if start < self.length:
            self.marks.append((start, self.length, kind))

    def done(self) -> Mapped:
        return compose(Mapped("".join(self.chunks), self.starts, self.ends, tuple(sorted(self.marks))))


# A base character with its combining marks.
_CLUSTER = re.compile(
    r"[^\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    r"\u20d0-\u20ff\ufe20-\ufe2f][\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def compose(text: Mapped) -> Mapped:
    """Join letters and combining accents to one character where Unicode has it, so that é is é in every file."""
    if unicodedata.is_normalized("NFC", text.text):
        return text
    chunks: list[str] = []
    starts, ends = array("i"), array("i")
    moved: list[tuple[int, int]] = []  # (old offset, characters lost up to there)
    at = 0
    for match in _CLUSTER.finditer(text.text):
        composed = unicodedata.normalize("NFC", match.group())
        first, last = match.span()
        if len(composed) >= last - first:
            continue
        chunks.append(text.text[at:first] + composed)
        starts.extend(text.starts[at:first])
        ends.extend(text.ends[at:first])
        starts.extend([text.starts[first]] * len(composed))
        ends.extend([text.ends[last - 1]] * len(composed))
        moved.append((last, (moved[-1][1] if moved else 0) + last - first - len(composed)))
        at = last
    chunks.append(text.text[at:])
    starts.extend(text.starts[at:])
    ends.extend(text.ends[at:])
    return Mapped("".join(chunks), starts, ends, _shift(text.marks, moved))


def _shift(marks: tuple[Mark, ...], moved: list[tuple[int, int]]) -> tuple[Mark, ...]:
    if not marks or not moved:
        return marks
    import bisect

    edges = [edge for edge, _ in moved]

    def new(offset: int) -> int:
        at = bisect.bisect_right(edges, offset) - 1
        return offset - (moved[at][1] if at >= 0 else 0)

    return tuple((new(s), new(e), kind) for s, e, kind in marks)
