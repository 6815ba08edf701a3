"""Inline Markdown to text, character by character, so that every character keeps its place in the file.

A scanner of the project's own: CommonMark parsers give no positions inside a paragraph. What is dropped is markup and
nothing else; markup that is not closed is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from audit.loading.mapped import Builder, Mapped, MarkKind

_PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_SPECIAL = re.compile(r"[\\`*_~\[\]!<&{\r\n]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,64}@[^\s<>@]{1,255})>")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,40})(?:\s[^<>]{0,4000}|/)?>|<[?!][A-Za-z][^<>]{0,2000}>")
_COMMENT = "<!--"
_DESTINATION = re.compile(
    r"\((?:[^()\\\n{\"']|\n(?!\s*\n)|\\.|\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|\{|\([^()\n]{0,500}\)"
    r"|\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}')*+\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,500})\]")
_TEMPLATES = (("{{", "}}"), ("{%", "%}"))
_ATTRIBUTES = re.compile(r"\{:[^{}\n]{0,500}\}")
_SPACES = re.compile(r"[ \t]*")


@dataclass(slots=True)
class _Run:
    """A run of emphasis characters that may open, close or both."""

    char: str
    start: int  # raw offset
    count: int
    opens: bool
    closes: bool
    used_left: int = 0  # delimiters used as a closer, from the left
    used_right: int = 0  # used as an opener, from the right


@dataclass(slots=True)
class _Scan:
    drops: list[tuple[int, int]] = field(default_factory=list)
    swaps: dict[int, tuple[int, str]] = field(default_factory=dict)  # raw start -> (raw end, text)
    runs: list[_Run] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    brackets: list[tuple[int, bool]] = field(default_factory=list)  # open brackets: raw offset, an image's


def strip_inline(raw: str, parts: Sequence[tuple[int, int]], references: Set[str] = frozenset()) -> list[Mapped]:
    """The lines of a block without markup.

    `parts` are the raw stretches of its lines without block markers and line ends; `references` are the labels, in
    lower case, that the file defines links for. Returns one text a line, a line that <br> cuts as several.
    """
    # The lines are scanned as one text, so that emphasis and links may cross a line end.
    joined, offsets = _join(raw, parts)
    scan = _tokenise(joined, references)
    spans = _match_emphasis(scan)
    return _build(joined, offsets, scan, spans)


def _join(raw: str, parts: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The lines with line feeds between them, and (offset in the joined text, raw offset) of each."""
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    at = 0
    for start, end in parts:
        offsets.append((at, start))
        pieces.append(raw[start:end])
        at += end - start + 1
    return "\n".join(pieces), offsets


def _tokenise(text: str, references: Set[str]) -> _Scan:
    scan = _Scan()
    ticks = _tick_runs(text)
    at = 0
    while True:
        match = _SPECIAL.search(text, at)
        if match is None:
            return scan
        at = _token(text, match.start(), scan, references, ticks)


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks start, by their length, last first."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer(r"`+", text):
        runs.setdefault(len(match.group()), []).append(match.start())
    for starts in runs.values():
        starts.reverse()
    return runs


def _token(text: str, at: int, scan: _Scan, references: Set[str], ticks: dict[int, list[int]]) -> int:
    """Deal with the special character at an offset; returns where to go on."""
    char = text[at]
    if char == "\\":
        return _escape(text, at, scan)
    if char == "`":
        return _code(text, at, scan, ticks)
    if char in "*_~":
        return _delimiters(text, at, scan)
    if char == "!":
        if text.startswith("![", at):
            scan.brackets.append((at, True))
            return at + 2
        return at + 1
    if char == "[":
        return _open_bracket(text, at, scan)
    if char == "]":
        return _close_bracket(text, at, scan, references)
    if char == "<":
        return _angle(text, at, scan)
    if char == "&":
        return _entity(text, at, scan)
    if char == "{":
        return _template(text, at, scan)
    return at + 1


def _escape(text: str, at: int, scan: _Scan) -> int:
    follower = text[at + 1 : at + 2]
    if follower and (follower in _PUNCTUATION or follower == "\n"):
        scan.drops.append((at, at + 1))
        return at + 2
    return at + 1


def _code(text: str, at: int, scan: _Scan, ticks: dict[int, list[int]]) -> int:
    match = re.compile(r"`+").match(text, at)
    assert match is not None
    count = len(match.group())
    starts = ticks.get(count, [])
    while starts and starts[-1] <= at:
        starts.pop()
    if not starts:
        return match.end()
    end = starts.pop()
    scan.drops.append((at, match.end()))
    scan.drops.append((end, end + count))
    scan.code.append((match.end(), end))
    return end + count


def _delimiters(text: str, at: int, scan: _Scan) -> int:
    char, end = text[at], at
    while end < len(text) and text[end] == char:
        end += 1
    if char == "~" and end - at != 2:
        return end
    before = text[at - 1] if at else " "
    after = text[end] if end < len(text) else " "
    left = not after.isspace() and (not _punct(after) or before.isspace() or _punct(before))
    right = not before.isspace() and (not _punct(before) or after.isspace() or _punct(after))
    opens, closes = left, right
    if char == "_":
        opens = left and (not right or _punct(before))
        closes = right and (not left or _punct(after))
    if opens or closes:
        scan.runs.append(_Run(char, at, end - at, opens, closes))
    return end


def _punct(char: str) -> bool:
    return char in _PUNCTUATION or (ord(char) > 127 and not char.isalnum() and not char.isspace())


def _open_bracket(text: str, at: int, scan: _Scan) -> int:
    if text.startswith("[^", at):  # a footnote's mark
        match = _REFERENCE.match(text, at)
        if match is not None and " " not in match.group(1):
            scan.drops.append(match.span())
            return match.end()
    scan.brackets.append((at, False))
    return at + 1


def _close_bracket(text: str, at: int, scan: _Scan, references: Set[str]) -> int:
    if not scan.brackets:
        return at + 1
    start, image = scan.brackets.pop()
    end = _target(text, at, text[start + 1 + image : at], references)
    if end is None:
        return at + 1
    if image:
        scan.drops.append((start, end))
        scan.runs = [run for run in scan.runs if run.start < start] if scan.runs else []
    else:
        scan.drops.append((start, start + 1))
        scan.drops.append((at, end))
    return end


def _target(text: str, at: int, words: str, references: Set[str]) -> int | None:
    """Where the target behind a closing bracket ends; None when the brackets are just brackets."""
    if text.startswith("(", at + 1):
        match = _DESTINATION.match(text, at + 1)
        if match is not None:
            return match.end()
    match = _REFERENCE.match(text, at + 1)
    if match is not None and normal_label(match.group(1) or words) in references:
        return match.end()
    return at + 1 if len(words) < 500 and normal_label(words) in references else None


def normal_label(label: str) -> str:
    """A link's label as CommonMark compares them."""
    return " ".join(label.split()).casefold()


def _angle(text: str, at: int, scan: _Scan) -> int:
    if text.startswith(_COMMENT, at):
        end = text.find("-->", at + 4)
        if end >= 0:
            scan.drops.append((at, end + 3))
            return end + 3
        return at + 4
    match = _AUTOLINK.match(text, at)
    if match is not None:
        scan.drops.append((at, at + 1))
        scan.drops.append((match.end() - 1, match.end()))
        return match.end()
    match = _TAG.match(text, at)
    if match is None:
        return at + 1
    if (match.group(1) or "").lower() == "br":
        scan.swaps[at] = (match.end(), "\n")
    else:
        scan.drops.append(match.span())
    return match.end()


def _entity(text: str, at: int, scan: _Scan) -> int:
    match = _ENTITY.match(text, at)
    if match is None:
        return at + 1
    value = html.unescape(match.group())
    if value == match.group():
        return at + 1
    scan.swaps[at] = (match.end(), value)
    return match.end()


def _template(text: str, at: int, scan: _Scan) -> int:
    for opening, closing in _TEMPLATES:
        if text.startswith(opening, at):
            end = text.find(closing, at + 2, at + 1000)
            if end >= 0 and "\n\n" not in text[at:end]:
                scan.drops.append((at, end + 2))
                return end + 2
    match = _ATTRIBUTES.match(text, at)
    if match is not None:
        scan.drops.append(match.span())
        return match.end()
    return at + 1


def _match_emphasis(scan: _Scan) -> list[tuple[int, int, MarkKind]]:
    """Pair openers and closers of each character; paired delimiters are dropped, the rest is text."""
    spans: list[tuple[int, int, MarkKind]] = []
    waiting: dict[str, list[_Run]] = {"*": [], "_": [], "~": []}
    for run in scan.runs:
        stack = waiting[run.char]
        while run.closes and stack and run.used_left < run.count:
            opener = stack[-1]
            free = opener.count - opener.used_left - opener.used_right
            left = run.count - run.used_left
            size = 2 if free >= 2 and left >= 2 else 1
            if run.char == "~" and size != 2:
                break
            inner = opener.start + opener.count - opener.used_right
            opener.used_right += size
            scan.drops.append((inner - size, inner))
            outer = run.start + run.used_left
            run.used_left += size
            scan.drops.append((outer, outer + size))
            if run.char != "~":
                spans.append((inner, outer, "bold" if size == 2 else "italic"))
            if opener.used_left + opener.used_right >= opener.count:
                stack.pop()
        if run.opens and run.used_left < run.count:
            stack.append(run)
    return spans


def _build(
    text: str, offsets: list[tuple[int, int]], scan: _Scan, spans: list[tuple[int, int, MarkKind]]
) -> list[Mapped]:
    edges = sorted([(start, end, "") for start, end in scan.drops] + [(s, e, t) for s, (e, t) in scan.swaps.items()])
    marks = [*spans, *((start, end, "code") for start, end in scan.code)]
    builder, place = Builder(), _Places(offsets)
    seen: list[tuple[int, int]] = []  # (offset in the joined text, offset in the result)
    at = 0
    for start, end, words in edges:
        if start < at:
            at = max(at, end)
            continue
        _copy(builder, text, at, start, place, seen)
        if words:
            seen.append((start, builder.length))
            builder.add(words, place(start), place(end - 1) + 1)
        at = end
    _copy(builder, text, at, len(text), place, seen)
    seen.append((len(text), builder.length))
    for first, last, kind in marks:
        mark = (_result(seen, first), _result(seen, last), kind)
        if mark[0] < mark[1]:
            builder.marks.append(mark)
    return _lines(builder.done())


class _Places:
    """Offsets of the joined text to raw offsets."""

    def __init__(self, offsets: list[tuple[int, int]]) -> None:
        self._joined = [joined for joined, _ in offsets]
        self._raw = [raw for _, raw in offsets]

    def line(self, at: int) -> int:
        import bisect

        return bisect.bisect_right(self._joined, at) - 1

    def next_line(self, line: int) -> int | None:
        return self._joined[line + 1] if line + 1 < len(self._joined) else None

    def raw_start(self, line: int) -> int:
        return self._raw[line]

    def __call__(self, at: int) -> int:
        line = self.line(at)
        return self._raw[line] + at - self._joined[line]


def _copy(builder: Builder, text: str, start: int, end: int, place: _Places, seen: list[tuple[int, int]]) -> None:
    """Copy a stretch of the joined text; a line feed stands for the raw gap between two lines."""
    while start < end:
        seen.append((start, builder.length))
        line = place.line(start)
        edge = place.next_line(line)
        stop = end if edge is None else min(end, edge - 1)
        if stop > start:
            raw = place(start)
            builder.chunks.append(text[start:stop])
            builder.starts.extend(range(raw, raw + stop - start))
            builder.ends.extend(range(raw + 1, raw + stop - start + 1))
        if edge is not None and stop == edge - 1 and stop < end:
            seen.append((stop, builder.length))
            builder.add("\n", place(stop), max(place.raw_start(line + 1), place(stop)))
            stop += 1
        start = stop


def _result(seen: list[tuple[int, int]], at: int) -> int:
    import bisect

    found = bisect.bisect_right(seen, (at, 1 << 60)) - 1
    if found < 0:
        return 0
    start, length = seen[found]
    limit = seen[found + 1][1] if found + 1 < len(seen) else length
    return min(length + at - start, limit)


def _lines(text: Mapped) -> list[Mapped]:
    lines: list[Mapped] = []
    start = 0
    for match in re.finditer(r"\n|\Z", text.text):
        line = text.cut(start, match.start()).strip()
        if line.text:
            lines.append(line)
        start = match.end()
    return lines
