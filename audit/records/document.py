"""A loaded document: the user's file, the text to analyse, and the way back from one to the other.

`raw` is the decoded file as the user has it. `view` is what is left when markup is stripped, cut into blocks; every
character of the view knows the stretch of the raw text that it stands for. Extraction works in view offsets and asks
`Document.place` for the stretch in the file.
"""

from __future__ import annotations

import bisect
import re
from array import array
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from audit.records.base import Place, PlaceFields, place_at

Role = Literal["article", "source"]

BlockKind = Literal[
    "headline",
    "dek",
    "byline",
    "dateline",
    "heading",
    "paragraph",
    "blockquote",
    "caption",
    "list_item",
    "table_row",
    "turn",  # a paragraph that somebody speaks in a transcript
    "preamble",  # the head of a transcript: who, where, when
    "stage",  # stage directions, time stamps and other words that nobody says
    "boilerplate",  # words of the site around the text
]

TurnRole = Literal["interviewer", "guest", "other"]

# The only line ends that an editor counts; VT, FF, NEL and U+2028 stay inside a line.
_LINE_END = re.compile(r"\r\n|\r|\n")


class LineIndex:
    """Code-point offsets to 1-based lines and columns."""

    def __init__(self, raw: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(raw))]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a code-point offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def ends(self, start: int, end: int) -> tuple[int, int, int, int]:
        """The 1-based lines and columns of both ends of a stretch, which mostly lies in one line."""
        line, column = self.position(start)
        if line == len(self._starts) or end < self._starts[line]:
            return line, column, line, column + end - start
        return line, column, *self.position(end)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like unit; `start` and `end` are view offsets."""

    index: int
    kind: BlockKind
    start: int
    end: int
    level: int = 0  # depth of a heading, list item or quotation
    turn: int | None = None  # index into Document.turns


@dataclass(frozen=True, slots=True)
class TurnSpan:
    """What one person says before somebody else does; blocks hold the words."""

    index: int
    label: str  # the speaker as the transcript writes it, without markup: "Dr. Filippenko", "Q"
    name: str  # the person's name as far as the document gives it; the label where it does not
    role: TurnRole
    title: str  # "(Title)" or ", Chief Executive" behind the name; "" where there is none
    blocks: tuple[int, ...]
    label_start: int  # raw offsets of the label
    label_end: int
    timestamp: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What front matter and the head of the document say of it."""

    title: str = ""
    dek: str = ""
    byline: str = ""
    date: date | None = None
    place: str = ""  # the dateline's place
    sources: tuple[str, ...] = ()
    complete: bool = False  # declared the complete record of what was said
    summary: bool = False  # declared a summary of its sources: it says nothing that they do not
    language: str = ""
    publication: str = ""  # the newspaper, station or site that prints the text
    partners: tuple[str, ...] = ()  # outlets whose material it may use
    kind: str = ""  # what the text calls itself: opinion, review, column


@dataclass(frozen=True)
class Document:
    """A file, or one of the parts of a file that holds several texts."""

    key: str  # prefix of claim ids; made from role and path, so that it does not depend on the rest of a run
    path: str  # as given by the user
    role: Role
    format: str  # "markdown", "text", "html", "docx", "vtt", "srt"
    raw: str
    sha256: str  # of the file's bytes
    view: str
    starts: array[int]  # raw offset of each view character
    ends: array[int]  # raw offset behind each view character
    blocks: tuple[Block, ...]
    turns: tuple[TurnSpan, ...] = ()
    meta: Metadata = field(default_factory=Metadata)
    part: int = 1
    parts: int = 1

    @cached_property
    def lines(self) -> LineIndex:
        return LineIndex(self.raw)

    @property
    def is_transcript(self) -> bool:
        return bool(self.turns)

    @property
    def is_empty(self) -> bool:
        return not self.view.strip()

    @property
    def named_sources(self) -> tuple[str, ...]:
        """What its front matter names as its sources."""
        return self.meta.sources

    def block_text(self, block: Block) -> str:
        return self.view[block.start : block.end]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw stretch of a non-empty view stretch.

        Raises ValueError when the stretch is empty or outside the view.
        """
        if not 0 <= start < end <= len(self.view):
            raise ValueError(f"no such stretch of the view: {start}..{end} of {len(self.view)}")
        return self.starts[start], self.ends[end - 1]

    def view_span(self, place: Place) -> tuple[int, int]:
        """The view stretch that a place in the file stands for."""
        return bisect.bisect_left(self.starts, place.start), bisect.bisect_left(self.starts, place.end)

    def raw_place(self, start: int, end: int) -> Place:
        """The place of a stretch given in raw code-point offsets."""
        return place_at(self._raw_fields(start, end))

    def _raw_fields(self, start: int, end: int) -> PlaceFields:
        line, column, end_line, end_column = self.lines.ends(start, end)
        return {
            "path": self.path,
            "start": start,
            "end": end,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "text": self.raw[start:end],
        }

    def place(self, start: int, end: int) -> Place:
        """The place in the file of a view stretch, blanks at its edges left out."""
        return place_at(self.place_fields(start, end))

    def place_fields(self, start: int, end: int) -> PlaceFields:
        """The fields of `place`, for a record that stands there itself."""
        while start < end - 1 and self.view[start].isspace():
            start += 1
        while end > start + 1 and self.view[end - 1].isspace():
            end -= 1
        return self._raw_fields(*self.raw_span(start, end))

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, offset: int) -> Block:
        """The block that holds a view offset (the last one that starts at or before it)."""
        at = bisect.bisect_right(self._block_starts, offset) - 1
        return self.blocks[max(at, 0)]
