"""HTML to paragraphs with exact positions, the furniture of the site left out."""

from __future__ import annotations

import html
import re
from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from audit.loading.dates import find_date
from audit.loading.mapped import Builder
from audit.loading.paragraphs import Line, Paragraph, Parsed
from audit.records import BlockKind, Metadata

_SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "canvas",
        "select",
        "option",
        "textarea",
        "button",
        "nav",
        "footer",
        "aside",
        "form",
        "head",
        "datalist",
        "audio",
        "video",
        "map",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BLOCKS: dict[str, BlockKind] = {
    "h1": "headline", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "figcaption": "caption", "caption": "caption", "blockquote": "blockquote", "li": "list_item",
    "dt": "list_item", "dd": "list_item", "tr": "table_row",
}  # fmt: skip
_BREAKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "figure",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "ul",
        "ol",
        "dl",
        "pre",
        "address",
        "details",
        "summary",
        "hgroup",
        "fieldset",
        "body",
        "html",
    ]
) | set(_BLOCKS)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:related|newsletter|sign-?up|subscribe|share|sharing|social|comments?|promo|advert(?:isement)?|"
    r"breadcrumbs?|cookie|sidebar|site-(?:head|foot|nav)\w*|most-read|recommended|kicker)(?=$|[\s_-])",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Open:
    tag: str
    kind: BlockKind | None
    silent: bool
    byline: bool = False


@dataclass(slots=True)
class _Head:
    title: str = ""
    byline: str = ""
    dek: str = ""
    date: date | None = None
    language: str = ""


class _Reader(HTMLParser):
    """Walks the file; every stretch of text is copied with its raw offsets."""

    def __init__(self, raw: str, start: int, end: int) -> None:
        super().__init__(convert_charrefs=False)
        self._raw = raw
        self._base = start
        self._text = raw[start:end]
        # HTMLParser counts lines by line feeds alone.
        self._line_starts = array("i", [0])
        self._line_starts.extend(match.end() for match in re.finditer("\n", self._text))
        self.stack: list[_Open] = []
        self._tags: Counter[str] = Counter()  # of the elements that are open
        self._named: list[_Open] = []  # those of them that say what stands in them
        self._bylines = 0
        self.paragraphs: list[Paragraph] = []
        self.regions: list[str] = []  # main or article around each paragraph
        self.head = _Head()
        self._lines: list[Line] = []
        self._builder = Builder()
        self._marks: list[tuple[str, int]] = []
        self._in_title: Builder | None = None
        self._byline_words: list[str] = []
        self._silent = 0

    def run(self) -> None:
        self.feed(self._text)
        self.close()
        self._flush()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._base + self._line_starts[line - 1] + column

    # tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._meta(tag, values)
        if tag == "br":
            self._break_line()
            return
        if tag in _VOID:
            if tag == "hr":
                self._flush()
            return
        if tag in ("td", "th"):
            self._cell()
        if tag in ("p", "li", "tr", "dt", "dd", "td", "th"):
            self._close_implied(tag)
        silent = self._is_silent(tag, values)
        if tag in _BREAKS:
            self._flush()
        if tag in ("b", "strong", "i", "em"):
            self._marks.append((tag, self._builder.length))
        if tag == "title":
            self._in_title = Builder()
        byline = "byline" in values.get("class", "").lower() or values.get("rel", "") == "author"
        self._push(_Open(tag, _BLOCKS.get(tag), silent, byline))

    def _push(self, item: _Open) -> None:
        self.stack.append(item)
        self._tags[item.tag] += 1
        self._silent += item.silent
        self._bylines += item.byline
        if item.kind is not None or item.byline:
            self._named.append(item)

    def _pop(self) -> _Open:
        item = self.stack.pop()
        self._tags[item.tag] -= 1
        self._silent -= item.silent
        self._bylines -= item.byline
        if self._named and self._named[-1] is item:
            self._named.pop()
        return item

    def _is_silent(self, tag: str, values: dict[str, str]) -> bool:
        if tag in _SILENT or "hidden" in values:
            return True
        if tag == "header":  # an article's header holds its headline, the site's its menu
            return not (self._tags["article"] or self._tags["main"])
        if tag in ("div", "section", "ul", "p", "span", "figure"):
            return _FURNITURE.search(f"{values.get('class', '')} {values.get('id', '')}") is not None
        return values.get("role", "") in ("navigation", "banner", "contentinfo", "complementary")

    def _close_implied(self, tag: str) -> None:
        """<p> and <li> need no end tag: a new one closes the last."""
        ends = {
            "td": ("td", "th"),
            "th": ("td", "th"),
            "tr": ("tr", "td", "th"),
            "dt": ("dt", "dd"),
            "dd": ("dt", "dd"),
        }
        closing = ends.get(tag, (tag,))
        if self.stack and self.stack[-1].tag in closing:
            self.handle_endtag(self.stack[-1].tag)
            if tag == "tr" and self.stack and self.stack[-1].tag == "tr":
                self.handle_endtag("tr")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._in_title is not None:
            self.head.title = " ".join("".join(self._in_title.chunks).split())
            self._in_title = None
        if not any(item.tag == tag for item in self.stack[-200:]):
            return
        if tag in ("b", "strong", "i", "em"):
            self._end_mark(tag)
        if tag in _BREAKS:
            self._flush()
        while self.stack and self._pop().tag != tag:
            pass

    def _end_mark(self, tag: str) -> None:
        for at in range(len(self._marks) - 1, -1, -1):
            if self._marks[at][0] == tag:
                _, start = self._marks.pop(at)
                self._builder.mark(start, "bold" if tag in ("b", "strong") else "italic")
                return

    def _meta(self, tag: str, values: dict[str, str]) -> None:
        if tag == "html" and not self.head.language:
            self.head.language = values.get("lang", "")
        if tag == "time" and self.head.date is None and not self._silent:
            self.head.date = find_date(values.get("datetime", "")[:10])
        if tag == "meta":
            name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
            content = values.get("content", "")
            if name in ("article:published_time", "date", "datepublished", "dc.date", "pubdate"):
                self.head.date = self.head.date or find_date(content[:10]) or find_date(content)
            elif name == "author" and not self.head.byline:
                self.head.byline = " ".join(content.split())

    # text

    @property
    def _quiet(self) -> bool:
        return self._silent > 0

    def handle_data(self, data: str) -> None:
        if self._in_title is not None:
            self._in_title.chunks.append(data)
            return
        if self._quiet:
            return
        start = self._offset()
        at = 0
        for match in _BLANKS.finditer(data):
            self._copy(start + at, start + match.start())
            self._blank(start + match.start(), start + match.end())
            at = match.end()
        self._copy(start + at, start + len(data))

    def _copy(self, start: int, end: int) -> None:
        if start < end:
            self._builder.copy(self._raw, start, end)

    def _blank(self, start: int, end: int) -> None:
        """A run of blanks is one blank; none at the start of a line."""
        chunks = self._builder.chunks
        if self._builder.length and chunks[-1] and chunks[-1][-1] not in " \n":
            self._builder.add(" ", start, end)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._offset()
        end = start + len(written)
        if self._raw[end : end + 1] == ";":
            end += 1
        value = html.unescape(self._raw[start:end])
        if self._in_title is not None:
            self._in_title.chunks.append(value)
        elif not self._quiet and value:
            self._builder.add(value, start, end)

    # lines, cells, paragraphs

    def _cell(self) -> None:
        if self._builder.length and not self._quiet:
            last = self._builder.ends[-1]
            self._builder.add(" | ", last, max(self._offset(), last))

    def _break_line(self) -> None:
        if self._builder.length and not self._quiet:
            line = self._builder.done().strip()
            if line.text:
                self._lines.append(Line(line))
            self._builder = Builder()
            self._marks = [(tag, 0) for tag, _ in self._marks]

    def _flush(self) -> None:
        open_marks = list(self._marks)
        for tag, _ in open_marks:
            self._end_mark(tag)
        line = self._builder.done().strip()
        self._builder = Builder()
        self._marks = [(tag, 0) for tag, _ in open_marks]
        if line.text.strip(" |"):
            self._lines.append(Line(line))
        if not self._lines:
            return
        kind, level = self._kind()
        paragraph = Paragraph(self._lines, kind, level, fixed=kind != "paragraph")
        self._lines = []
        self.paragraphs.append(paragraph)
        self.regions.append("article" if self._tags["article"] else "main" if self._tags["main"] else "")

    def _kind(self) -> tuple[BlockKind, int]:
        if self._bylines and not self._tags["h1"]:
            return "byline", 0
        for item in reversed(self._named):
            if item.kind in ("headline", "heading"):
                return item.kind, int(item.tag[1])
            if item.kind is not None:
                return item.kind, self._tags["blockquote"] if item.kind == "blockquote" else 1
        return "paragraph", 0


def read_html(raw: str, start: int = 0) -> Parsed:
    """The paragraphs of a page, of its <article> or <main> where it has one."""
    reader = _read(raw, start, len(raw))
    paragraphs = _chosen(reader)
    headline = next((p.text for p in paragraphs if p.kind == "headline"), "")
    byline = next((p.text for p in paragraphs if p.kind == "byline"), "")
    meta = Metadata(
        title=headline or reader.head.title,
        byline=byline or reader.head.byline,
        date=reader.head.date,
        language=reader.head.language,
    )
    return Parsed(paragraphs, meta)


def read_fragment(raw: str, start: int, end: int) -> list[Paragraph]:
    """The paragraphs of a piece of HTML inside another text; its headings are no headlines."""
    paragraphs = _read(raw, start, end).paragraphs
    for paragraph in paragraphs:
        if paragraph.kind == "headline":
            paragraph.kind = "heading"
    return paragraphs


def _read(raw: str, start: int, end: int) -> _Reader:
    reader = _Reader(raw, start, end)
    reader.run()
    return reader


def _chosen(reader: _Reader) -> list[Paragraph]:
    """The longest of: what stands in articles, in <main>, anywhere. A page whose article is a teaser keeps its main."""
    everything = reader.paragraphs
    for region in ("article", "main"):
        chosen = [p for p, r in zip(everything, reader.regions, strict=True) if r in (region, "article")]
        if sum(len(p.text) for p in chosen) * 2 > sum(len(p.text) for p in everything):
            return chosen
    return everything
