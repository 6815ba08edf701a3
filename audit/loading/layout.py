"""The parts of an article: headline, dek, byline, dateline, headings, captions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from audit.loading.boilerplate import tail_start
from audit.loading.dates import find_date
from audit.loading.paragraphs import Paragraph, Piece
from audit.records import BlockKind, Metadata

_BYLINE = re.compile(
    r"(?:By|Words by|Text by|Reported by|Written by|Story by)\s+(?P<who>(?:our\s+|[^\W\d_a-z])[^.!?\n]{1,110})\.?"
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][^\W\d_a-z][A-Z .'’\-]{1,40}?(?:,\s*[A-Z][\w.]{1,20}(?:\s[A-Z]\w+)?)?)"
    r"(?:,\s*(?P<date>\d{1,2}\s+[A-Z][a-z]+(?:\s+\d{4})?|[A-Z][a-z]+\.?\s+\d{1,2}(?:,\s*\d{4})?))?"
    r"(?:\s*\([^()]{2,30}\))?\s*(?:—|–|--?)\s+(?=\S)"
)
_CAPTION = re.compile(
    r"(?:Photo(?:graph)?s?|Image|Picture|Caption|Illustration|Credit|Figure \d+|Fig\. \d+)\b[^.:]{0,40}:\s",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\S(?:[ \u00a0]{3,}|\t+)\S")
_END = (".", "!", "…", ":", ";", ",", ".”", ".’", "!”", '."', '!"')
_LONGEST_HEADLINE = 160
_LONGEST_HEADING = 90


@dataclass(slots=True)
class Laid:
    """Blocks to be of an article, and what its head says."""

    pieces: list[Piece]
    meta: Metadata


def lay_out(paragraphs: list[Paragraph], meta: Metadata, plain: bool) -> Laid:
    """Name the parts of an article. `plain` says that headings carry no markup and must be told by their look."""
    paragraphs = _split_lines(paragraphs, plain)
    kinds: list[tuple[BlockKind, int]] = [(p.kind, p.level) for p in paragraphs]
    body = _head(paragraphs, kinds, meta, plain)
    for at in range(body, len(paragraphs)):
        kinds[at] = _body_kind(paragraphs, at, kinds[at], plain)
    for at in range(tail_start(paragraphs), len(paragraphs)):
        kinds[at] = ("boilerplate", 0)
    pieces = [Piece(kind, p.whole, level) for p, (kind, level) in zip(paragraphs, kinds, strict=True)]
    return Laid(pieces, _metadata(paragraphs, kinds, meta))


def _split_lines(paragraphs: list[Paragraph], plain: bool) -> list[Paragraph]:
    """Lines that are units of their own: headline and byline one below the other, table rows, a title above prose."""
    found: list[Paragraph] = []
    for at, paragraph in enumerate(paragraphs):
        texts = [line.text.text for line in paragraph.lines]
        if at < 4 and 1 < len(texts) <= 6 and paragraph.kind == "paragraph" and _is_stack(texts, at == 0):
            found.extend(Paragraph([line], "paragraph") for line in paragraph.lines)
        elif plain and len(texts) > 1 and paragraph.kind == "paragraph" and _is_table(texts):
            found.extend(Paragraph([line], "table_row", fixed=True) for line in paragraph.lines)
        elif plain and len(texts) > 1 and paragraph.kind == "paragraph" and _has_title(texts):
            found.append(Paragraph(paragraph.lines[:1], "heading", 2, fixed=True))
            found.append(Paragraph(paragraph.lines[1:], "paragraph"))
        else:
            found.append(paragraph)
    return found


def _is_table(texts: list[str]) -> bool:
    """Most lines have columns set apart by runs of blanks."""
    return sum(_COLUMNS.search(text) is not None for text in texts) * 2 > len(texts)


def _has_title(texts: list[str]) -> bool:
    """A short first line without an end, then prose that runs on far wider than it."""
    title = texts[0]
    return len(title) <= 45 and len(texts[1]) > 80 and title[:1].isupper() and not title.endswith((*_END, "?", "-"))


def _is_stack(texts: list[str], first: bool) -> bool:
    if not all(text[:1].isupper() or not text[:1].isalpha() for text in texts):
        return False  # prose broken at a width
    if _BYLINE.fullmatch(texts[0]):
        return all(len(text) <= 80 and not text.endswith(_END) for text in texts[1:])
    return first and all(len(text) <= _LONGEST_HEADLINE and not text.endswith((".", ",")) for text in texts)


def _head(paragraphs: list[Paragraph], kinds: list[tuple[BlockKind, int]], meta: Metadata, plain: bool) -> int:
    """Name headline, dek and byline; returns the index of the first paragraph behind them."""
    at = 0
    headline = next((i for i, p in enumerate(paragraphs) if p.kind == "headline"), None)
    if headline is None:
        headline = _find_headline(paragraphs, meta)
        if headline is not None:
            kinds[headline] = ("headline", 1)
    if headline is not None:
        at = headline + 1
        title = _normal(paragraphs[headline].text)
        while at < len(paragraphs) and _normal(paragraphs[at].text) == title:
            kinds[at] = ("headline", 1)
            at += 1
    has_headline = headline is not None or bool(meta.title)
    dek = False
    for _ in range(5):
        if at >= len(paragraphs) or not has_headline:
            break
        kind = _head_kind(paragraphs, at, dek, plain)
        if kind is None:
            break
        dek = dek or kind[0] == "dek"
        kinds[at] = kind
        at += 1
    return at


def _find_headline(paragraphs: list[Paragraph], meta: Metadata) -> int | None:
    for at, paragraph in enumerate(paragraphs[:4]):
        if paragraph.kind == "heading" and (paragraph.level <= 2 or at == 0) and _may_be_title(paragraph, meta):
            return at
    if not paragraphs or meta.title:
        return None
    first = paragraphs[0]
    text = first.text
    short = len(text) <= _LONGEST_HEADLINE and not text.rstrip("”’\"'").endswith((".", ",", ";", ":", "!"))
    alone = len(paragraphs) > 1 and len(first.lines) <= 2
    if first.kind == "paragraph" and short and alone and not _BYLINE.fullmatch(text) and not _DATELINE.match(text):
        return 0
    return None


def _may_be_title(heading: Paragraph, meta: Metadata) -> bool:
    """Whether a heading is the text's own title; where the metadata have another one it heads a section."""
    return not meta.title or heading.level == 1 or _normal(heading.text) == _normal(meta.title)


def _head_kind(paragraphs: list[Paragraph], at: int, dek: bool, plain: bool) -> tuple[BlockKind, int] | None:
    """The kind of a paragraph right under the headline; None when the body begins here."""
    paragraph = paragraphs[at]
    text = paragraph.text
    if _BYLINE.fullmatch(text) or paragraph.kind == "byline":
        return "byline", 0
    if len(text) <= 60 and find_date(text) and len(text.split()) <= 8:
        return "dateline", 0
    if paragraph.kind == "heading" and paragraph.level >= 2 and at + 1 < len(paragraphs):
        following = paragraphs[at + 1].kind != "heading"
        return ("dek", 0) if not dek and following and paragraph.level >= 3 else None
    if paragraph.kind != "paragraph" or len(text) > 400:
        return None
    if any(paragraph.whole.wholly(kind) for kind in ("italic", "bold")):
        return "dek", 0
    if _is_job_line(text):
        return "byline", 0
    if plain and len(text) <= 120 and not text.endswith((".", "”", '"', "?", "!")) and not _DATELINE.match(text):
        return ("dek", 0) if at + 1 < len(paragraphs) else None
    return None


def _is_job_line(text: str) -> bool:
    return (
        len(text) <= 60 and re.search(r"\b(?:reporter|correspondent|editor|columnist|staff writer)\b", text) is not None
    )


def _body_kind(paragraphs: list[Paragraph], at: int, kind: tuple[BlockKind, int], plain: bool) -> tuple[BlockKind, int]:
    paragraph = paragraphs[at]
    if kind[0] != "paragraph":
        return kind
    text = paragraph.text
    if _CAPTION.match(text) and len(text) <= 300:
        return "caption", 0
    if plain and re.match(r"(?:[-*•–]|\d{1,2}[.)])\s+\S", text):
        return "list_item", 1
    if _is_heading(paragraphs, at, plain):
        return "heading", 2
    return kind


def _is_heading(paragraphs: list[Paragraph], at: int, plain: bool) -> bool:
    """A short line between paragraphs, without a full stop, not wholly a quotation."""
    paragraph = paragraphs[at]
    text = paragraph.text
    if len(paragraph.lines) != 1 or len(text) > _LONGEST_HEADING or at + 1 >= len(paragraphs):
        return False
    if not plain and not paragraph.whole.wholly("bold"):
        return False
    if text.rstrip("”’\"')").endswith(_END) or text.startswith(("“", '"', "‘", "[", "(", "-", "*", "—", "–", "•")):
        return False
    if not text[:1].isupper() and not text[:1].isdigit():
        return False
    following = paragraphs[at + 1]
    return following.kind != "heading" and (len(following.text) > len(text) or at + 2 < len(paragraphs))


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


def dateline(text: str) -> tuple[str, str]:
    """Place and date words of a dateline in front of a paragraph; two empty texts where there is none."""
    match = _DATELINE.match(text)
    if match is None:
        return "", ""
    return " ".join(match["place"].split()).strip(" ,."), match["date"] or ""


def _metadata(paragraphs: list[Paragraph], kinds: list[tuple[BlockKind, int]], meta: Metadata) -> Metadata:
    def first(name: BlockKind) -> str:
        return next((p.text for p, (kind, _) in zip(paragraphs, kinds, strict=True) if kind == name), "")

    body = [p.text for p, (kind, _) in zip(paragraphs, kinds, strict=True) if kind == "paragraph"][:3]
    place, day = next((found for found in map(dateline, body) if found[0]), ("", ""))
    head = [p.text for p, (kind, _) in zip(paragraphs, kinds, strict=True) if kind in ("dateline", "byline")]
    dates = [find_date(text) for text in [*head, day]]
    return replace(
        meta,
        title=meta.title or first("headline"),
        dek=meta.dek or first("dek"),
        byline=meta.byline or first("byline"),
        place=meta.place or place,
        date=meta.date or next((value for value in dates if value is not None), None),
    )
