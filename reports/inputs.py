"""The texts of a report, to look places up in: which input holds one, in which block, on which line."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.reports.contract import paragraph_number

from audit.records import LineIndex, Place, Turn
from audit.records.report import BlockInfo, InputInfo, Report

_WORD_START = re.compile(r"(?<=\s)\S")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*")


@dataclass(frozen=True)
class Link:
    """A place as a reader is sent to it: its words for people, and the id of what holds it on the page."""

    spot: str
    anchor: str


@dataclass(frozen=True)
class InputText:
    """One input with its blocks. Offsets everywhere are those of the file."""

    info: InputInfo
    whole: str  # the file as far as the report has it, from its first character
    turns: tuple[Turn, ...]  # in order

    @cached_property
    def blocks(self) -> tuple[BlockInfo, ...]:
        """The blocks in order; paragraphs between blank lines where the report has none."""
        if self.info.blocks:
            return tuple(sorted(self.info.blocks, key=lambda block: (block.start, block.end)))
        return tuple(_paragraphs(self.info.text, self.info.start))

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _turn_starts(self) -> list[int]:
        return [turn.start for turn in self.turns]

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.whole)

    @property
    def is_article(self) -> bool:
        return self.info.role == "article"

    @property
    def anchor(self) -> str:
        return f"text-{self.info.key}"

    def holds(self, place: Place) -> bool:
        """Whether a place begins in this input."""
        return place.path == self.info.path and self.info.start <= place.start < max(self.info.end, self.info.start + 1)

    def words(self, start: int, end: int) -> str:
        """The file's text between two offsets."""
        return self.info.text[max(start - self.info.start, 0) : max(end - self.info.start, 0)]

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return self._lines.position(offset)[0]

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line that hold words of this input."""
        if not self.blocks:
            return self.line(self.info.start), self.line(self.info.start)
        return self.line(self.blocks[0].start), self.line(max(block.end for block in self.blocks) - 1)

    def blocks_at(self, start: int, end: int) -> list[int]:
        """The indexes of the blocks that share a character with a stretch."""
        first = max(bisect.bisect_right(self._block_starts, start) - 1, 0)
        found = []
        for index in range(first, len(self.blocks)):
            block = self.blocks[index]
            if block.start >= end:
                break
            if block.end > start:
                found.append(index)
        return found

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds an offset."""
        at = bisect.bisect_right(self._turn_starts, offset) - 1
        return self.turns[at] if at >= 0 and offset < self.turns[at].end else None

    def spot(self, place: Place) -> str:
        """Path and line, or the paragraph of a Word file, which has no lines."""
        if self.info.format == "docx":
            return f"{place.path}, paragraph {paragraph_number(place, self.whole)}"
        return f"{place.path}:{place.line}"

    def anchor_at(self, place: Place) -> str:
        """The id of the first block that shares a character with a place; empty where it lies between blocks."""
        blocks = self.blocks_at(place.start, place.end)
        return self.block_anchor(self.blocks[blocks[0]].start) if blocks else ""

    def block_anchor(self, start: int) -> str:
        """The id of the block that starts at an offset."""
        return f"{self.info.key}-{start}"

    def link(self, place: Place) -> Link:
        """A place with its spot and its block."""
        return Link(self.spot(place), self.anchor_at(place))

    def word_start(self, start: int, end: int) -> int:
        """The first offset of a stretch at which a word begins; its end where none does."""
        match = _WORD_START.search(self.words(start, end))
        return start + match.start() if match is not None else end

    def word_end(self, start: int, end: int) -> int:
        """The last offset of a stretch at which a blank follows a word; its start where none does."""
        words = self.words(start, end)
        cut = max(words.rfind(blank) for blank in " \t\n")
        return start + cut if cut > 0 else start


class Inputs:
    """All texts of a report."""

    def __init__(self, report: Report) -> None:
        self.side_of = report.side_of
        wholes = _whole_files(report.inputs)
        turns = [claim for claim in report.claims if isinstance(claim, Turn)]
        self.all = tuple(InputText(info, wholes[info.path], tuple(_within(turns, info))) for info in report.inputs)

    @property
    def articles(self) -> list[InputText]:
        return [text for text in self.all if text.is_article]

    @property
    def sources(self) -> list[InputText]:
        return [text for text in self.all if not text.is_article]

    def holding(self, place: Place) -> InputText | None:
        """The input that a place lies in; None where the report has no such text."""
        return next((text for text in self.all if text.holds(place)), None)


def _paragraphs(text: str, base: int) -> Iterator[BlockInfo]:
    breaks = [(0, 0), *(match.span() for match in _BLANK_LINE.finditer(text)), (len(text), len(text))]
    for (_, start), (end, _) in itertools.pairwise(breaks):
        words = text[start:end]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            yield BlockInfo(kind="paragraph", start=base + first, end=base + first + len(words.strip()))


def _whole_files(infos: Sequence[InputInfo]) -> dict[str, str]:
    """The parts of each file put together again: lines count from the file's beginning."""
    parts: dict[str, dict[int, str]] = defaultdict(dict)
    for info in infos:
        parts[info.path].setdefault(info.start, info.text)
    return {path: "".join(text for _, text in sorted(of_path.items())) for path, of_path in parts.items()}


def _within(turns: Iterable[Turn], info: InputInfo) -> list[Turn]:
    inside = [turn for turn in turns if turn.path == info.path and info.start <= turn.start < info.end]
    return sorted(inside, key=lambda turn: turn.start)
