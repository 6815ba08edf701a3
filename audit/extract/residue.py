"""What production left in the copy: placeholders, boilerplate, notes to the desk, traces of machines."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from audit.extract.annotate import Annotated
from audit.extract.residue_letters import letters_in, means_other_xx, names_tk
from audit.extract.residue_signs import SOFT_HYPHEN, TURNING, Form, Sign, needs_in, signs_in
from audit.extract.site_phrases import is_firm, opens_notice
from audit.loading.boilerplate import is_boilerplate
from audit.records import Block, Document, Residue

_UNSCANNED = frozenset({"preamble", "stage", "boilerplate"})
_SPOKEN = frozenset({"turn", "blockquote"})  # words that somebody else wrote or said
_EDGE = 0.05  # of the text, at each end
_LONGEST = 200  # characters of a notice that are shown
_PHRASE = "a phrase that sites put around texts"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_LEAST_AROUND = 5  # words of a quotation around a note that slipped into it


@dataclass(frozen=True, slots=True)
class _Hit:
    """A stretch of the view with what is wrong with it."""

    start: int
    end: int
    block: int
    form: Form
    hint: str


def find_residue(annotated: Annotated) -> list[Residue]:
    """The residue of a document, in order of the text; of several signs at one place the longest.

    Left alone: code, words between quotation marks, and templates of Markdown, which its publishing tool fills in.
    """
    document = annotated.document
    reader = _Reader(document, [(one.inner_start, one.inner_end) for one in annotated.marks.pairs if one.depth == 0])
    hits = _without_overlaps(reader.hits())
    return [
        Residue(
            **document.place_fields(hit.start, hit.end),
            id=f"{document.key}.residue.{number}",
            block=hit.block,
            form=hit.form,
            hint=hit.hint,
        )
        for number, hit in enumerate(hits, start=1)
    ]


def _without_overlaps(hits: Iterator[_Hit]) -> list[_Hit]:
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


class _Reader:
    """Reads a document block by block."""

    def __init__(self, document: Document, quoted: list[tuple[int, int]]) -> None:
        self.document = document
        self.quoted = quoted
        self._quoted_starts = [start for start, _ in quoted]
        self.needs = needs_in(document.view)
        self.names_tk = names_tk(document.view)
        self.other_xx = means_other_xx(document.view)
        bodies = [block for block in document.blocks if block.kind not in ("preamble", "stage")]
        self.first, self.last = (bodies[0].index, bodies[-1].index) if bodies else (0, 0)

    def hits(self) -> Iterator[_Hit]:
        for block in self.document.blocks:
            text = self.document.block_text(block)
            if block.kind == "boilerplate":
                hint = _PHRASE if is_boilerplate(text) else "a line between or behind such phrases"
                yield self._hit(block, 0, len(text), "boilerplate", hint)
            elif block.kind not in _UNSCANNED:
                yield from self._read(block, text)

    def _read(self, block: Block, text: str) -> Iterator[_Hit]:
        yield from self._site(block, text)
        for start, end, hint in letters_in(text, self.names_tk, self.other_xx):
            if self._is_copy(block, start, end, quoted=True):
                yield self._hit(block, start, end, "placeholder", hint)
        for sign in signs_in(text, self.needs):
            if self._applies(sign, block):
                for match in sign.pattern.finditer(text):
                    if self._counts(sign, block, match):
                        yield self._hit(block, match.start(), match.end(), sign.form, sign.hint)

    def _hit(self, block: Block, start: int, end: int, form: Form, hint: str) -> _Hit:
        return _Hit(block.start + start, block.start + end, block.index, form, hint)

    # --- Words of the site ---

    def _site(self, block: Block, text: str) -> Iterator[_Hit]:
        if block.kind in _SPOKEN or block.kind in ("headline", "table_row"):
            return
        at_edge = self._at_edge(block)
        if is_firm(text) or (at_edge and is_boilerplate(text)):
            yield self._hit(block, 0, len(text), "boilerplate", _PHRASE)
        elif at_edge and opens_notice(text):
            yield self._hit(block, 0, min(len(text), _LONGEST), "boilerplate", "a notice or a call of the site")

    def _at_edge(self, block: Block) -> bool:
        """Whether a block lies in the first or last part of the text, or is its first or last one."""
        length = len(self.document.view)
        near = block.start < _EDGE * length or block.end > (1 - _EDGE) * length
        return near or block.index - self.first < 2 or self.last - block.index < 2

    # --- Guards ---

    def _applies(self, sign: Sign, block: Block) -> bool:
        if sign.hint == SOFT_HYPHEN and self.document.format == "html":
            return False  # where a browser may break the word, and set on purpose
        if sign.form == "markup" and self.document.format == "markdown":
            return sign.hint.startswith("an invisible")
        if sign.form == "machine" and block.kind in _SPOKEN:
            return False
        return sign.where == "anywhere" or self._at_edge(block)

    def _counts(self, sign: Sign, block: Block, match: re.Match[str]) -> bool:
        if sign.where == "opening" and match.string[: match.start()].strip(" *_#>—–-"):
            return False
        if sign.hint == TURNING and _RIGHT_TO_LEFT.search(match.string):
            return False  # Hebrew or Arabic beside Latin letters needs such signs
        return self._is_copy(block, match.start(), match.end(), quoted=sign.quoted)

    def _is_copy(self, block: Block, start: int, end: int, *, quoted: bool) -> bool:
        """Whether a stretch is the article's own text and not a quotation of such words, nor code."""
        start, end = start + block.start, end + block.start
        at = bisect.bisect_right(self._quoted_starts, start) - 1
        around = self.quoted[at] if at >= 0 else None
        if around is not None and start < around[1]:
            rest = self.document.view[around[0] : start] + " " + self.document.view[end : around[1]]
            if not quoted or len(rest.split()) < _LEAST_AROUND:
                return False
        return not self._is_code(block, start)

    def _is_code(self, block: Block, start: int) -> bool:
        """Whether the raw text around an offset is code: between backticks, in a fence, in a code element."""
        raw = self.document.raw
        first = self.document.starts[block.start]
        at = self.document.starts[start]
        if self.document.format == "html":
            return raw.rfind("<code", max(0, at - 2000), at) > raw.rfind("</code", max(0, at - 2000), at)
        if self.document.format != "markdown":
            return False
        line = raw.rfind("\n", 0, first) + 1
        indented = raw.startswith(("    ", "\t"), line) and block.kind == "paragraph"
        return indented or raw.count("`", line, at) % 2 == 1 or bisect.bisect_left(self._fences, line) % 2 == 1

    @cached_property
    def _fences(self) -> list[int]:
        """Where the lines begin that open or close a block of code."""
        return [match.start() for match in _FENCE.finditer(self.document.raw)]
