"""Markdown to paragraphs: markdown-it-py finds the blocks, `inline` strips what is inside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from audit.loading.inline import normal_label, strip_inline
from audit.loading.mapped import Builder, Mapped, join
from audit.loading.paragraphs import Line, Paragraph
from audit.loading.plain import read_lines, spans
from audit.records import BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LIQUID = re.compile(r"\s*\{%[^{}]*%\}\s*$")
_TEMPLATE = re.compile(r"\{%[^{}]{0,1000}%\}|\{\{[^{}]{0,1000}\}\}")
_DEFINITION = re.compile(r"[ ]{0,3}\[([^\[\]]{1,500})\]:[ \t]*\S")


@dataclass(slots=True)
class _Place:
    """Where in lists and quotations the reader is."""

    quotes: int = 0
    items: int = 0


def read_markdown(raw: str, start: int) -> list[Paragraph]:
    """The paragraphs of Markdown from a raw offset on."""
    lines = spans(raw, start)
    # markdown-it counts lines as this module does, once line ends are plain line feeds.
    source = "\n".join(raw[first:last] for first, last in lines)
    tokens = _parser().parse(source)
    references = _references(raw, lines)
    paragraphs: list[Paragraph] = []
    place = _Place()
    row: list[Mapped] = []
    kind: tuple[BlockKind, int, bool] = ("paragraph", 0, False)
    cells = _Cells(raw, lines)
    for token in tokens:
        if token.type == "inline":
            if cells.row is not None:
                row.extend(cells.read(token, references))
            else:
                paragraphs.extend(_inline(raw, lines, token, references, kind, place))
        elif token.type == "tr_open":
            row = []
            cells.open(token)
        elif token.type == "tr_close":
            if row:
                paragraphs.append(Paragraph([Line(join(row, " | "))], "table_row", fixed=True))
            cells.row = None
        elif token.type in ("fence", "code_block", "html_block"):
            if token.type == "html_block" or not place.items:  # code in a list is no prose
                paragraphs.extend(_literal(raw, lines, token))
        else:
            kind = _enter(token, place, kind)
    return paragraphs


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _references(raw: str, lines: list[tuple[int, int]]) -> set[str]:
    found = set()
    for first, last in lines:
        match = _DEFINITION.match(raw, first, last)
        if match is not None:
            found.add(normal_label(match.group(1)))
    return found


def _enter(token: Token, place: _Place, kind: tuple[BlockKind, int, bool]) -> tuple[BlockKind, int, bool]:
    """Follow an opening or closing token; returns kind, level and fixedness of the text to come."""
    if token.type == "blockquote_open":
        place.quotes += 1
    elif token.type == "blockquote_close":
        place.quotes -= 1
    elif token.type == "list_item_open":
        place.items += 1
    elif token.type == "list_item_close":
        place.items -= 1
    if token.type == "heading_open":
        return "heading", int(token.tag[1:]), True
    if token.type == "paragraph_open":
        if place.quotes:
            return "blockquote", place.quotes, True
        if place.items:
            return "list_item", place.items, True
        return "paragraph", 0, False
    return kind


def _inline(
    raw: str,
    lines: list[tuple[int, int]],
    token: Token,
    references: set[str],
    kind: tuple[BlockKind, int, bool],
    place: _Place,
) -> list[Paragraph]:
    assert token.map is not None
    parts = _parts(raw, lines, token)
    parts = [(s, e) for s, e in parts if not _LIQUID.match(raw[s:e])]
    if kind[0] == "heading" and token.markup in ("=", "-"):
        kind = ("heading", 1 if token.markup == "=" else 2, True)
    texts = strip_inline(raw, parts, references)
    found = [Line(text) for text in texts]
    return [Paragraph(found, kind[0], kind[1], kind[2])] if found else []


def _parts(raw: str, lines: list[tuple[int, int]], token: Token) -> list[tuple[int, int]]:
    """The raw stretches of the lines of an inline token, block markers left out."""
    assert token.map is not None
    parts: list[tuple[int, int]] = []
    number = token.map[0]
    for content in token.content.split("\n"):
        if number >= len(lines):
            break
        first, last = lines[number]
        parts.append(_locate(raw, first, last, content))
        number += 1
    return parts


def _locate(raw: str, first: int, last: int, content: str) -> tuple[int, int]:
    body = content.strip()
    length = len(body)
    end = first + len(raw[first:last].rstrip())
    if end - length >= first and _same(raw[end - length : end], body):
        return end - length, end
    at = raw.find(body, first, last)
    if at >= 0:
        return at, at + length
    return first, end


def _same(text: str, content: str) -> bool:
    return text == content or text.replace("\0", "\ufffd") == content


class _Cells:
    """Finds the cells of a table row one after the other in their raw line."""

    def __init__(self, raw: str, lines: list[tuple[int, int]]) -> None:
        self._raw = raw
        self._lines = lines
        self._at = 0
        self.row: int | None = None

    def open(self, token: Token) -> None:
        self.row = token.map[0] if token.map else None
        if self.row is not None and self.row < len(self._lines):
            self._at = self._lines[self.row][0]

    def read(self, token: Token, references: set[str]) -> list[Mapped]:
        assert self.row is not None
        content = token.content.strip()
        if not content or self.row >= len(self._lines):
            return []
        last = self._lines[self.row][1]
        for words in (content, content.replace("|", "\\|")):
            at = self._raw.find(words, self._at, last)
            if at >= 0:
                self._at = at + len(words)
                return strip_inline(self._raw, [(at, self._at)], references)
        return []


def _literal(raw: str, lines: list[tuple[int, int]], token: Token) -> list[Paragraph]:
    """HTML inside Markdown, and code: a fence that names a language is not prose and is left out."""
    if token.map is None or (token.type == "fence" and token.info.strip()) or _shows_a_fence(token):
        return []
    first, last = token.map
    if token.type == "fence":
        first += 1
        if last - 1 < len(lines) and raw[slice(*lines[last - 1])].strip().startswith(token.markup):
            last -= 1
    if first >= min(last, len(lines)):
        return []
    start, end = lines[first][0], lines[min(last, len(lines)) - 1][1]
    if token.type == "html_block":
        from audit.loading.hypertext import read_fragment

        paragraphs = read_fragment(raw, start, end)
    else:
        paragraphs = read_lines(raw, start, end)
    for paragraph in paragraphs:
        paragraph.lines = [Line(text, line.indent) for line in paragraph.lines if (text := _plain(line.text)).text]
    return [paragraph for paragraph in paragraphs if paragraph.lines]


def _shows_a_fence(token: Token) -> bool:
    """Whether an indented block is a piece of Markdown shown to readers: it begins with a fence that has a language."""
    first = token.content.strip().partition("\n")[0]
    return token.type == "code_block" and re.match(r"(?:```+|~~~+)\s*\w", first) is not None


def _plain(text: Mapped) -> Mapped:
    """Without the tags of a template."""
    if "{" not in text.text:
        return text
    builder, at = Builder(), 0
    for match in _TEMPLATE.finditer(text.text):
        builder.extend(text.cut(at, match.start()))
        at = match.end()
    builder.extend(text.cut(at, len(text.text)))
    return builder.done().strip()
