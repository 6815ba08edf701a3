"""Which quotation mark closes which inside one block: double marks first, single ones inside and around them after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audit.extract.mark_signs import CLOSE, EITHER, OPEN, Family, Mark
from audit.records import Block

_FEET = re.compile(r"\d['’′]\s?\d{1,2}(?:\.\d)?\Z")
_WEAK_ENDING = re.compile(r"(?:[sxz]|\bin|[a-z]in|o)\Z", re.I)


@dataclass(frozen=True, slots=True)
class Loose:
    """A mark without a partner; view offsets."""

    start: int
    end: int
    block: int
    form: Literal["unclosed", "unopened", "nested-unclosed"]


@dataclass(slots=True)
class Span:
    """A pair while its block is read."""

    open: Mark | None
    close: Mark | None
    family: Family
    continued: bool = False
    continues: bool = False


class BlockReader:
    """Pairs the marks of one block: double marks first, single ones inside and around them after."""

    def __init__(self, view: str, block: Block, marks: Sequence[Mark], carried: Family | None) -> None:
        self.view = view
        self.block = block
        self.double = [mark for mark in marks if mark.family not in ("single", "tick")]
        self.single = [mark for mark in marks if mark.family in ("single", "tick")]
        self.carried = carried
        self.spans: list[Span] = []
        self.loose: list[Loose] = []
        self._drop_inches()

    def read(self, following: Sequence[Mark], next_start: int) -> Family | None:
        """Fill `spans` and `loose`; the family of marks that stays open for the next block, if one does."""
        left = self._read_double(following, next_start)
        if left is None or left in ("single",):
            left = self._read_single(following, next_start) or left
        else:
            self._read_single([], 0)
        return left

    def _drop_inches(self) -> None:
        """A straight mark measures inches behind feet, and behind a digit where that leaves the others in pairs."""
        self.double = [mark for mark in self.double if not self._measures_inches(mark)]
        straight = [mark for mark in self.double if mark.family == "straight"]
        if len(straight) % 2:
            for mark in straight:
                if mark.role != OPEN and self.view[mark.start - 1 : mark.start].isdigit():
                    self.double.remove(mark)
                    return

    def _measures_inches(self, mark: Mark) -> bool:
        at = mark.start
        if not self.view[max(0, at - 1) : at].isdigit() or mark.family not in ("straight", "curly"):
            return False
        behind = self.view[mark.end : mark.end + 1]
        tall = mark.family == "straight" or behind.isspace() or behind in ",.;"
        return tall and _FEET.search(self.view[max(0, at - 8) : at]) is not None

    def _read_double(self, following: Sequence[Mark], next_start: int) -> Family | None:
        roles = Counter((mark.family, mark.role) for mark in self.double)
        stack: list[Span] = []
        depth: Counter[Family] = Counter()
        self._carry(stack, depth)
        for at, mark in enumerate(self.double):
            family, role = mark.family, mark.role
            if role not in (OPEN, CLOSE):
                role = CLOSE if depth[family] else OPEN
            if role == OPEN:
                balanced = roles[family, OPEN] <= roles[family, CLOSE] and not roles[family, EITHER]
                if depth[family] and not balanced:
                    self._abandon(stack, depth, family, at)
                stack.append(Span(mark, None, family))
                depth[family] += 1
            else:
                self._close(stack, depth, at, roles)
        return self._finish(stack, following, next_start)

    def _carry(self, stack: list[Span], depth: Counter[Family]) -> None:
        """Put the quotation that the block before left open on the stack."""
        if self.carried is None or self.carried in ("single", "tick"):
            return
        first = self.double[0] if self.double else None
        if first is not None and first.start == _first_sign(self.view, self.block) and first.role != CLOSE:
            self.double = self.double[1:]
            stack.append(Span(first, None, first.family, continued=True))
            depth[first.family] += 1
        elif first is not None:
            stack.append(Span(None, None, first.family, continued=True))
            depth[first.family] += 1

    def _abandon(self, stack: list[Span], depth: Counter[Family], family: Family, at: int) -> None:
        """A second opening mark where the first cannot have a partner any more: the first one is damage."""
        while stack:
            span = stack.pop()
            depth[span.family] -= 1
            if span.open is not None and span.open.end != self.double[at].start:
                self._lose(span.open, "unclosed")
            if span.family == family:
                return

    def _close(self, stack: list[Span], depth: Counter[Family], at: int, roles: Counter[tuple[Family, int]]) -> None:
        mark = self.double[at]
        if not depth[mark.family]:
            self._close_other(stack, depth, at, roles)
            return
        while stack:
            span = stack.pop()
            depth[span.family] -= 1
            if span.family == mark.family:
                self.spans.append(Span(span.open, mark, span.family, span.continued))
                return
            if span.open is not None:
                self._lose(span.open, "nested-unclosed")

    def _close_other(
        self, stack: list[Span], depth: Counter[Family], at: int, roles: Counter[tuple[Family, int]]
    ) -> None:
        """A closing mark whose own family has nothing open: it closes another family's quotation, or is loose."""
        mark = self.double[at]
        partner = stack[-1] if stack else None
        following = self.double[at + 1] if at + 1 < len(self.double) else None
        if partner is not None:
            family = partner.family
            closes_itself = roles[family, OPEN] <= roles[family, CLOSE] + roles[family, EITHER]
            taken = following is not None and following.family == family and following.role == CLOSE
            if not closes_itself or not taken:
                stack.pop()
                depth[family] -= 1
                self.spans.append(Span(partner.open, mark, family, partner.continued))
                return
        if at and self.double[at - 1].end == mark.start and self.double[at - 1].role != OPEN:
            return  # a closing mark typed twice
        if not (mark.family == "straight" and self.view[mark.start - 1 : mark.start].isdigit()):
            self._lose(mark, "unopened")

    def _finish(self, stack: list[Span], following: Sequence[Mark], next_start: int) -> Family | None:
        """What is still open at the end of the block: it goes on in the next one, or its mark is damage."""
        if not stack:
            return None
        outer, inner = stack[0], stack[1:]
        for span in inner:
            if span.open is not None:
                self._lose(span.open, "nested-unclosed")
        if self._goes_on(outer, following, next_start):
            self.spans.append(replace(outer, continues=True))
            return outer.family
        if outer.open is not None:
            self._lose(outer.open, "unclosed")
            if not self.spans and (outer.continued or outer.open.start == _first_sign(self.view, self.block)):
                self.spans.append(Span(outer.open, None, outer.family, outer.continued))
        elif outer.continued:
            self.spans.append(outer)
        return None

    def _goes_on(self, outer: Span, following: Sequence[Mark], next_start: int) -> bool:
        doubles = [mark for mark in following if mark.family not in ("single", "tick")]
        if not doubles:
            return False
        first = doubles[0]
        if first.family != outer.family:
            return False
        if first.role != CLOSE and not self.view[next_start : first.start].strip(" \t*_"):
            return True
        # The next block repeats no opening mark and yet closes: the quotation runs on into it.
        return first.role == CLOSE

    def _lose(self, mark: Mark, form: Literal["unclosed", "unopened", "nested-unclosed"]) -> None:
        self.loose.append(Loose(mark.start, mark.end, self.block.index, form))

    # --- Single marks --------------------------------------------------------------------------------------------

    def _read_single(self, following: Sequence[Mark], next_start: int) -> Family | None:
        if not self.single:
            return None
        regions = self._regions()
        carry: Family | None = None
        for around, marks in regions.items():
            carry = self._pair_single(marks, around, following, next_start) or carry
        return carry

    def _regions(self) -> dict[int, list[Mark]]:
        """The single marks by the innermost double pair around them (-1 outside all)."""
        edges: list[tuple[int, int, int]] = []
        for index, span in enumerate(self.spans):
            edges.append((span.open.end if span.open else self.block.start, 1, index))
            edges.append((span.close.start if span.close else self.block.end, 0, index))
        for number, mark in enumerate(self.single):
            edges.append((mark.start, 2, number))
        regions: dict[int, list[Mark]] = {}
        stack: list[int] = []
        for _, kind, index in sorted(edges):
            if kind == 1:
                stack.append(index)
            elif kind == 0:
                if stack and stack[-1] == index:
                    stack.pop()
            else:
                regions.setdefault(stack[-1] if stack else -1, []).append(self.single[index])
        return regions

    def _pair_single(
        self, marks: Sequence[Mark], around: int, following: Sequence[Mark], next_start: int
    ) -> Family | None:
        carry: Family | None = None
        at = 0
        if around < 0 and self.carried == "single":
            at = self._carried_single(marks)
        while at < len(marks):
            if marks[at].role != OPEN:
                at += 1
                continue
            opening = marks[at]
            partner = self._partner(marks, at)
            if partner is None:
                carry = self._unpartnered(opening, around, following, next_start, at) or carry
                at += 1
                continue
            self.spans.append(Span(opening, marks[partner], opening.family))
            at = partner + 1
        return carry

    def _carried_single(self, marks: Sequence[Mark]) -> int:
        first = marks[0] if marks else None
        if first is None or first.role != OPEN or first.start != _first_sign(self.view, self.block):
            return 0
        partner = self._partner(marks, 0)
        if partner is None:
            return 0
        self.spans.append(Span(first, marks[partner], "single", continued=True))
        return partner + 1

    def _partner(self, marks: Sequence[Mark], at: int) -> int | None:
        """The closing mark of an opening one: the first that cannot be an apostrophe, else the first that could."""
        weak: int | None = None
        for index in range(at + 1, len(marks)):
            mark = marks[index]
            if mark.role == OPEN:
                if mark.family == marks[at].family:
                    break
                continue
            if mark.family == marks[at].family and not self._is_weak(mark):
                return index
            weak = index if weak is None else weak
        return weak

    def _is_weak(self, mark: Mark) -> bool:
        """Whether a closing mark may as well be the apostrophe of a plural or of a dropped letter."""
        behind = self.view[mark.end : mark.end + 1]
        return behind.isspace() and _WEAK_ENDING.search(self.view[max(0, mark.start - 4) : mark.start]) is not None

    def _unpartnered(
        self, opening: Mark, around: int, following: Sequence[Mark], next_start: int, at: int
    ) -> Family | None:
        if opening.family != "single":
            return None
        if around >= 0:
            if not self.spans[around].continues:
                self._lose(opening, "nested-unclosed")
            return None
        starts = opening.start == _first_sign(self.view, self.block)
        first = following[0] if following else None
        if (
            starts
            and first is not None
            and first.family == "single"
            and first.role == OPEN
            and not self.view[next_start : first.start].strip(" \t*_")
        ):
            self.spans.append(Span(opening, None, "single", continues=True))
            return "single"
        return None


def _first_sign(view: str, block: Block) -> int:
    """Offset of the first character of a block that is not a blank or a sign of emphasis."""
    at = block.start
    while at < block.end and view[at] in " \t\u00a0*_>":
        at += 1
    return at
