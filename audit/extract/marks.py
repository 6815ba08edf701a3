"""Quotation marks: which closes which, and which have lost their partner.

Marks are paired by code point inside one block. Curly, straight and angled marks, two apostrophes ('' as some
newspapers print them), two grave accents, and single marks (curly or straight) inside others or as the primary form.
An apostrophe is no mark: U+2019 and ' between letters, before an elided beginning ('em, '90s), or behind a plural s
when a better partner follows. A quotation without a closing mark goes on in the next block if that begins with an
opening mark, or holds the closing mark first. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.records import Block, Document, MarkDamage

PROSE = frozenset({"headline", "dek", "paragraph", "blockquote", "caption", "list_item"})
_PAIRED = PROSE | {"turn"}

Family = Literal["curly", "straight", "apostrophes", "angle", "single", "tick"]

_OPEN, _EITHER, _CLOSE = 1, 0, -1
_TURNED = 2  # “ where a closing mark stands; -_TURNED: ” where an opening one does
_MARK = re.compile(r"[“”„‟«»\"]|``|'+|‘{1,2}|’{1,2}")
_BEFORE_OPEN = frozenset("([{—–-/:;=>*_“‘„«\"'`")
_BEHIND_CLOSE = frozenset(".,;:!?)]}—–-/…”’»\"'*_<")
_ELISION = re.compile(
    r"(?:em|til|till|cause|tis|twas|bout|round|n|nother|cuz|coz|er|im|ere|neath)\b|\d0s?\b|\d\ds?\b", re.I
)
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,1000}>")
_FEET = re.compile(r"\d['’′]\s?\d{1,2}(?:\.\d)?\Z")
_WEAK_ENDING = re.compile(r"(?:[sxz]|\bin|[a-z]in|o)\Z", re.I)


@dataclass(frozen=True, slots=True)
class Pair:
    """Words between two marks; view offsets. `start` is the opening mark, `inner_start` the first character behind it.

    Without an opening or closing mark of its own (a quotation over several blocks) the edges are those of the block.
    `parent` is the index of the pair around it in the list that it comes from.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    block: int
    family: Family
    depth: int = 0
    parent: int | None = None
    continued: bool = False  # goes on from the pair in the block before
    continues: bool = False  # goes on in the next block


@dataclass(frozen=True, slots=True)
class Loose:
    """A mark without a partner; view offsets."""

    start: int
    end: int
    block: int
    form: Literal["unclosed", "unopened", "nested-unclosed"]


@dataclass(frozen=True, slots=True)
class Marks:
    """Every pair in order of the text, and the marks that are left over."""

    pairs: list[Pair]
    loose: list[Loose]


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    family: Family
    role: int


@dataclass(slots=True)
class _Span:
    """A pair while its block is read."""

    open: _Mark | None
    close: _Mark | None
    family: Family
    continued: bool = False
    continues: bool = False


def pair_marks(document: Document) -> list[Pair]:
    """The pairs of quotation marks of a document, in order of their opening marks; parents before their children."""
    return read_marks(document).pairs


def read_marks(document: Document) -> Marks:
    """Pairs and loose marks of all blocks of prose and of turns."""
    pairs: list[Pair] = []
    loose: list[Loose] = []
    blocks = [block for block in document.blocks if block.kind in _PAIRED]
    scanned = [_scan(document.block_text(block), block.start) for block in blocks]
    carried: Family | None = None
    for at, block in enumerate(blocks):
        following = scanned[at + 1] if at + 1 < len(blocks) and _joined(block, blocks[at + 1]) else []
        next_start = blocks[at + 1].start if following else 0
        reader = _BlockReader(document.view, block, scanned[at], carried)
        carried = reader.read(following, next_start)
        loose.extend(reader.loose)
        pairs.extend(_nested(reader.spans, block, len(pairs)))
    return Marks(pairs, sorted(loose, key=lambda one: one.start))


def _joined(block: Block, following: Block) -> bool:
    """Whether a quotation may run from one block to the next."""
    return (block.kind == "turn") == (following.kind == "turn") and block.turn == following.turn


# --- Reading the marks of one block --------------------------------------------------------------------------------


def _scan(text: str, base: int) -> list[_Mark]:
    """All marks of a block with what their surroundings say of their direction."""
    marks: list[_Mark] = []
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
            marks.append(_Mark(start + base, end + base, *mark))
    return marks


def _mark(text: str, sign: str, start: int, end: int, before: str, behind: str) -> tuple[Family, int] | None:
    if sign in "“„‟":
        return "curly", _TURNED if _direction(before, behind) == _CLOSE else _OPEN
    if sign == "”":
        return "curly", -_TURNED if start == 0 or _direction(before, behind) == _OPEN else _CLOSE
    if sign == "«":
        return "angle", _OPEN
    if sign == "»":
        return "angle", _CLOSE
    if sign == "``":
        return "apostrophes", _OPEN
    if sign == '"':
        return "straight", _direction(before, behind)
    if sign == "‘‘":
        return "apostrophes", _OPEN
    if sign == "’’":
        return "apostrophes", _CLOSE
    if sign == "‘":
        return None if behind.isspace() or _ELISION.match(text, end) else ("single", _OPEN)
    return ("single", _CLOSE) if _may_close(before, behind) else None


def _direction(before: str, behind: str) -> int:
    may_open = (before.isspace() or before in _BEFORE_OPEN) and not behind.isspace()
    may_close = not before.isspace() and (behind.isspace() or behind in _BEHIND_CLOSE)
    if may_open and not may_close:
        return _OPEN
    return _CLOSE if may_close and not may_open else _EITHER


def _may_close(before: str, behind: str) -> bool:
    return not before.isspace() and not behind.isalnum()


def _apostrophes(text: str, start: int, end: int, before: str, behind: str, base: int) -> list[_Mark]:
    """A run of straight apostrophes: single marks, double ones made of two, or both."""
    length = end - start
    if length == 1:
        if (before.isspace() or before in _BEFORE_OPEN) and not behind.isspace():
            opens = behind.isalnum() or behind in '[($£€“"…'
            return [_Mark(start + base, end + base, "tick", _OPEN)] if opens and not _ELISION.match(text, end) else []
        return [_Mark(start + base, end + base, "tick", _CLOSE)] if _may_close(before, behind) else []
    role = _direction(before, behind)
    marks: list[_Mark] = []
    at = start
    if length % 2 and role == _CLOSE:
        marks.append(_Mark(at + base, at + 1 + base, "tick", _CLOSE))
        at += 1
    while end - at >= 2:
        marks.append(_Mark(at + base, at + 2 + base, "apostrophes", role))
        at += 2
    if at < end:
        marks.append(_Mark(at + base, end + base, "tick", _OPEN if role != _CLOSE else _CLOSE))
    return marks


class _BlockReader:
    """Pairs the marks of one block: double marks first, single ones inside and around them after."""

    def __init__(self, view: str, block: Block, marks: Sequence[_Mark], carried: Family | None) -> None:
        self.view = view
        self.block = block
        self.double = [mark for mark in marks if mark.family not in ("single", "tick")]
        self.single = [mark for mark in marks if mark.family in ("single", "tick")]
        self.carried = carried
        self.spans: list[_Span] = []
        self.loose: list[Loose] = []
        self._drop_inches()

    def read(self, following: Sequence[_Mark], next_start: int) -> Family | None:
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
                if mark.role != _OPEN and self.view[mark.start - 1 : mark.start].isdigit():
                    self.double.remove(mark)
                    return

    def _measures_inches(self, mark: _Mark) -> bool:
        at = mark.start
        if not self.view[max(0, at - 1) : at].isdigit() or mark.family not in ("straight", "curly"):
            return False
        behind = self.view[mark.end : mark.end + 1]
        tall = mark.family == "straight" or behind.isspace() or behind in ",.;"
        return tall and _FEET.search(self.view[max(0, at - 8) : at]) is not None

    def _read_double(self, following: Sequence[_Mark], next_start: int) -> Family | None:
        roles = Counter((mark.family, mark.role) for mark in self.double)
        stack: list[_Span] = []
        depth: Counter[Family] = Counter()
        self._carry(stack, depth)
        for at, mark in enumerate(self.double):
            family, role = mark.family, mark.role
            if role not in (_OPEN, _CLOSE):
                role = _CLOSE if depth[family] else _OPEN
            if role == _OPEN:
                balanced = roles[family, _OPEN] <= roles[family, _CLOSE] and not roles[family, _EITHER]
                if depth[family] and not balanced:
                    self._abandon(stack, depth, family, at)
                stack.append(_Span(mark, None, family))
                depth[family] += 1
            else:
                self._close(stack, depth, at, roles)
        return self._finish(stack, following, next_start)

    def _carry(self, stack: list[_Span], depth: Counter[Family]) -> None:
        """Put the quotation that the block before left open on the stack."""
        if self.carried is None or self.carried in ("single", "tick"):
            return
        first = self.double[0] if self.double else None
        if first is not None and first.start == _first_sign(self.view, self.block) and first.role != _CLOSE:
            self.double = self.double[1:]
            stack.append(_Span(first, None, first.family, continued=True))
            depth[first.family] += 1
        elif first is not None:
            stack.append(_Span(None, None, first.family, continued=True))
            depth[first.family] += 1

    def _abandon(self, stack: list[_Span], depth: Counter[Family], family: Family, at: int) -> None:
        """A second opening mark where the first cannot have a partner any more: the first one is damage."""
        while stack:
            span = stack.pop()
            depth[span.family] -= 1
            if span.open is not None and span.open.end != self.double[at].start:
                self._lose(span.open, "unclosed")
            if span.family == family:
                return

    def _close(self, stack: list[_Span], depth: Counter[Family], at: int, roles: Counter[tuple[Family, int]]) -> None:
        mark = self.double[at]
        if not depth[mark.family]:
            self._close_other(stack, depth, at, roles)
            return
        while stack:
            span = stack.pop()
            depth[span.family] -= 1
            if span.family == mark.family:
                self.spans.append(_Span(span.open, mark, span.family, span.continued))
                return
            if span.open is not None:
                self._lose(span.open, "nested-unclosed")

    def _close_other(
        self, stack: list[_Span], depth: Counter[Family], at: int, roles: Counter[tuple[Family, int]]
    ) -> None:
        """A closing mark whose own family has nothing open: it closes another family's quotation, or is loose."""
        mark = self.double[at]
        partner = stack[-1] if stack else None
        following = self.double[at + 1] if at + 1 < len(self.double) else None
        if partner is not None:
            family = partner.family
            closes_itself = roles[family, _OPEN] <= roles[family, _CLOSE] + roles[family, _EITHER]
            taken = following is not None and following.family == family and following.role == _CLOSE
            if not closes_itself or not taken:
                stack.pop()
                depth[family] -= 1
                self.spans.append(_Span(partner.open, mark, family, partner.continued))
                return
        if at and self.double[at - 1].end == mark.start and self.double[at - 1].role != _OPEN:
            return  # a closing mark typed twice
        if not (mark.family == "straight" and self.view[mark.start - 1 : mark.start].isdigit()):
            self._lose(mark, "unopened")

    def _finish(self, stack: list[_Span], following: Sequence[_Mark], next_start: int) -> Family | None:
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
                self.spans.append(_Span(outer.open, None, outer.family, outer.continued))
        elif outer.continued:
            self.spans.append(outer)
        return None

    def _goes_on(self, outer: _Span, following: Sequence[_Mark], next_start: int) -> bool:
        doubles = [mark for mark in following if mark.family not in ("single", "tick")]
        if not doubles:
            return False
        first = doubles[0]
        if first.family != outer.family:
            return False
        if first.role != _CLOSE and not self.view[next_start : first.start].strip(" \t*_"):
            return True
        # The next block repeats no opening mark and yet closes: the quotation runs on into it.
        return first.role == _CLOSE

    def _lose(self, mark: _Mark, form: Literal["unclosed", "unopened", "nested-unclosed"]) -> None:
        self.loose.append(Loose(mark.start, mark.end, self.block.index, form))

    # --- Single marks --------------------------------------------------------------------------------------------

    def _read_single(self, following: Sequence[_Mark], next_start: int) -> Family | None:
        if not self.single:
            return None
        regions = self._regions()
        carry: Family | None = None
        for around, marks in regions.items():
            carry = self._pair_single(marks, around, following, next_start) or carry
        return carry

    def _regions(self) -> dict[int, list[_Mark]]:
        """The single marks by the innermost double pair around them (-1 outside all)."""
        edges: list[tuple[int, int, int]] = []
        for index, span in enumerate(self.spans):
            edges.append((span.open.end if span.open else self.block.start, 1, index))
            edges.append((span.close.start if span.close else self.block.end, 0, index))
        for number, mark in enumerate(self.single):
            edges.append((mark.start, 2, number))
        regions: dict[int, list[_Mark]] = {}
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
        self, marks: Sequence[_Mark], around: int, following: Sequence[_Mark], next_start: int
    ) -> Family | None:
        carry: Family | None = None
        at = 0
        if around < 0 and self.carried == "single":
            at = self._carried_single(marks)
        while at < len(marks):
            if marks[at].role != _OPEN:
                at += 1
                continue
            opening = marks[at]
            partner = self._partner(marks, at)
            if partner is None:
                carry = self._unpartnered(opening, around, following, next_start, at) or carry
                at += 1
                continue
            self.spans.append(_Span(opening, marks[partner], opening.family))
            at = partner + 1
        return carry

    def _carried_single(self, marks: Sequence[_Mark]) -> int:
        first = marks[0] if marks else None
        if first is None or first.role != _OPEN or first.start != _first_sign(self.view, self.block):
            return 0
        partner = self._partner(marks, 0)
        if partner is None:
            return 0
        self.spans.append(_Span(first, marks[partner], "single", continued=True))
        return partner + 1

    def _partner(self, marks: Sequence[_Mark], at: int) -> int | None:
        """The closing mark of an opening one: the first that cannot be an apostrophe, else the first that could."""
        weak: int | None = None
        for index in range(at + 1, len(marks)):
            mark = marks[index]
            if mark.role == _OPEN:
                if mark.family == marks[at].family:
                    break
                continue
            if mark.family == marks[at].family and not self._is_weak(mark):
                return index
            weak = index if weak is None else weak
        return weak

    def _is_weak(self, mark: _Mark) -> bool:
        """Whether a closing mark may as well be the apostrophe of a plural or of a dropped letter."""
        behind = self.view[mark.end : mark.end + 1]
        return behind.isspace() and _WEAK_ENDING.search(self.view[max(0, mark.start - 4) : mark.start]) is not None

    def _unpartnered(
        self, opening: _Mark, around: int, following: Sequence[_Mark], next_start: int, at: int
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
            and first.role == _OPEN
            and not self.view[next_start : first.start].strip(" \t*_")
        ):
            self.spans.append(_Span(opening, None, "single", continues=True))
            return "single"
        return None


def _first_sign(view: str, block: Block) -> int:
    """Offset of the first character of a block that is not a blank or a sign of emphasis."""
    at = block.start
    while at < block.end and view[at] in " \t\u00a0*_>":
        at += 1
    return at


def _nested(spans: Sequence[_Span], block: Block, base: int) -> list[Pair]:
    """Spans of a block as pairs in order of the text, each with its depth and parent."""
    rows = [
        (
            span.open.start if span.open else block.start,
            span.open.end if span.open else block.start,
            span.close.start if span.close else block.end,
            span.close.end if span.close else block.end,
            span,
        )
        for span in spans
    ]
    rows.sort(key=lambda row: (row[0], -row[3]))
    pairs: list[Pair] = []
    stack: list[int] = []
    for start, inner_start, inner_end, end, span in rows:
        while stack and pairs[stack[-1]].end <= start:
            stack.pop()
        parent = stack[-1] if stack else None
        if inner_end <= inner_start:
            continue
        stack.append(len(pairs))
        pairs.append(
            Pair(
                start=start,
                inner_start=inner_start,
                inner_end=inner_end,
                end=end,
                block=block.index,
                family=span.family,
                depth=len(stack) - 1,
                parent=None if parent is None else base + parent,
                continued=span.continued,
                continues=span.continues,
            )
        )
    return pairs


# --- Damage ----------------------------------------------------------------------------------------------------------

_HINTS = {
    "unclosed": "an opening quotation mark without a closing one",
    "unopened": "a closing quotation mark without an opening one",
    "nested-unclosed": "a quotation inside the quotation that is opened and not closed",
}
_LIKELIHOOD = frozenset({"likely", "unlikely", "probable", "improbable", "doubtful"})


def find_mark_damage(annotated: Annotated, marks: Marks | None = None) -> list[MarkDamage]:
    """Loose quotation marks, and quoted clauses that are not grammatical, in order of the text.

    A loose mark's record runs to the end of its sentence at most, so that the words show what it belongs to.
    """
    document = annotated.document
    marks = marks if marks is not None else read_marks(document)
    found: list[tuple[int, int, int, str, str]] = []
    for one in marks.loose:
        if document.blocks[one.block].kind in PROSE:
            start, end = _around(annotated, one)
            found.append((start, end, one.block, one.form, _HINTS[one.form]))
    for pair in marks.pairs:
        if pair.depth == 0 and document.blocks[pair.block].kind in PROSE:
            broken = _ungrammatical(annotated, pair)
            if broken is not None:
                found.append((*broken, pair.block, "ungrammatical", "“whether” opens a clause that nothing answers"))
    found.sort()
    return [
        MarkDamage(
            **document.place(start, end).model_dump(),
            id=f"{document.key}.mark_damage.{number}",
            block=block,
            form=form,
            hint=hint,
        )
        for number, (start, end, block, form, hint) in enumerate(found, start=1)
    ]


def _around(annotated: Annotated, one: Loose) -> tuple[int, int]:
    """A stretch of words beside a loose mark: what follows an opening one, what leads to a closing one."""
    block = annotated.document.blocks[one.block]
    if one.form == "unopened":
        sentence = annotated.sentence_at(max(one.start - 1, block.start))
        start = annotated.tokens[sentence.first].start if sentence is not None else block.start
        return min(max(start, block.start), one.start), one.end
    tokens = annotated.between(one.end, block.end)
    if not tokens:
        return one.start, one.end
    last = annotated.sentences[tokens[0].sent].last - 1
    return one.start, min(max(annotated.tokens[last].end, one.end), block.end)


def _ungrammatical(annotated: Annotated, pair: Pair) -> tuple[int, int] | None:
    """A clause "whether A would B is unlikely": a question cannot be likely or unlikely."""
    tokens = annotated.between(pair.inner_start, pair.inner_end)
    for at, token in enumerate(tokens):
        if token.lower != "whether" or not _opens_clause(tokens, at):
            continue
        for end in range(at + 3, min(at + 25, len(tokens))):
            if tokens[end].text in ",;:.?!—–" or tokens[end].lower in ("or", "depends", "remains", "and", "but"):
                break
            if tokens[end].lower in _LIKELIHOOD and tokens[end - 1].lower in ("is", "was", "seems", "remains", "very"):
                return token.start, tokens[end].end
    return None


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "whether" stands where a clause begins, not behind a verb or noun that asks."""
    if at == 0:
        return True
    before = tokens[at - 1]
    return before.text in ",;:.—–" or before.lower in ("but", "and", "so", "yet")
