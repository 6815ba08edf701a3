"""Plain text: paragraphs between blank lines, each line with its indent."""

from __future__ import annotations

import re

from audit.loading.mapped import identity
from audit.loading.paragraphs import Line, Paragraph

_RULE = re.compile(r"([-=_~])\1{2,}")
LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")


def spans(raw: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The raw stretches of the lines, line ends left out; only LF, CR and CRLF end a line."""
    end = len(raw) if end is None else end
    found = [match.span(1) for match in LINE.finditer(raw, start, end)]
    if found and found[-1] == (end, end):
        found.pop()
    return found


def read_lines(raw: str, start: int = 0, end: int | None = None) -> list[Paragraph]:
    """Paragraphs of a plain stretch."""
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    for first, last in spans(raw, start, end):
        line = read_line(raw, first, last)
        if line is not None:
            lines.append(line)
        elif lines:
            paragraphs.append(Paragraph(lines))
            lines = []
    if lines:
        paragraphs.append(Paragraph(lines))
    return paragraphs


def read_line(raw: str, first: int, last: int) -> Line | None:
    """A line without its edges; None when it is blank or a rule."""
    text = raw[first:last]
    body = text.strip()
    if not body or _RULE.fullmatch(body):
        return None
    lead = len(text) - len(text.lstrip())
    indent = len(text[:lead].expandtabs(4))
    return Line(identity(raw, first + lead, first + lead + len(body)), indent)
