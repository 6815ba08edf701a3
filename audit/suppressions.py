"""Findings that a text itself puts aside: comments in it, or lines in a file beside it.

`<!-- copydesk-ignore RULE: reason -->` stands in Markdown or HTML on the line before a paragraph, or at its end, and
holds for that paragraph. `ARTICLE.copydesk-ignore` is for formats without comments; a line in it is `RULE: reason` for
the whole article, or `RULE "words": reason` for the paragraphs that hold the words.
"""

from __future__ import annotations

import bisect
import itertools
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.errors import CopydeskError
from audit.inputs import is_address
from audit.loading.decode import decode, read_bytes
from audit.records import Diagnostic, Finding, LineIndex
from audit.records.report import BlockInfo, InputInfo, Report
from audit.records.sameness import normalized_words
from audit.rule_ids import rule_hint

ENDING = ".copydesk-ignore"
WORD = "copydesk-ignore"
MAX_BYTES = 1_000_000
_COMMENT = re.compile(rf"<!--\s*{WORD}\b(?P<body>.{{0,2000}}?)-->", re.DOTALL)
_RULES = r"(?P<rules>[^\s,:\"“]+(?:\s*,\s*[^\s,:\"“]+)*)"
_BODY = re.compile(rf"\s*{_RULES}\s*(?::(?P<reason>.*))?", re.DOTALL)
_LINE = re.compile(rf"{_RULES}(?:\s+[\"“](?P<words>.+?)[\"”](?=\s*(?::|$)))?\s*(?::(?P<reason>.*))?")
_FENCE = re.compile(
    r"^ {0,3}(?P<mark>```+|~~~+)[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_MASK = "\x00"
_INDENTED = re.compile(r"(?: {4}|\t)\s*\Z")


@dataclass(frozen=True)
class Suppression:
    """A rule that is silenced over stretches of an article (raw offsets), with the reason that its author gives.

    `spot` is where that is written: a path and a line.
    """

    rule: str
    reason: str
    article: str
    extents: tuple[tuple[int, int], ...]
    spot: tuple[str, int]

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is meant: its rule, and one of its passages in one of the stretches."""
        return finding.rule == self.rule and any(
            one.place.path == self.article and one.place.start < end and start < one.place.end
            for one in finding.evidence
            for start, end in self.extents
        )


@dataclass(frozen=True)
class _Written:
    """A comment or a line before it is understood."""

    rules: tuple[str, ...]
    reason: str
    extents: tuple[tuple[int, int], ...]
    spot: tuple[str, int]


def suppress(report: Report) -> Report:
    """The report with the status of what its texts put aside, and with diagnostics of what in that is wrong.

    No reason and an unknown rule are faults, and such a comment silences nothing; one that meets no finding of a rule
    that ran is told of, since it may stay behind when the text is mended.
    """
    told: list[Diagnostic] = []
    ids = [rule.id for rule in report.run.rules]
    wanted = [one for info in report.inputs if info.role == "article" for one in _of_article(info, ids, told)]
    if not wanted and not told:
        return report
    used: set[int] = set()
    findings = tuple(_judged(finding, wanted, used) for finding in report.findings)
    ran = {check.rule for check in report.checks if check.status == "run"}
    told += [_unused(one) for number, one in enumerate(wanted) if number not in used and one.rule in ran]
    return report.model_copy(update={"findings": findings, "diagnostics": (*report.diagnostics, *told)})


def _judged(finding: Finding, wanted: list[Suppression], used: set[int]) -> Finding:
    hits = [number for number, one in enumerate(wanted) if one.covers(finding)]
    used.update(hits)
    if not hits or finding.status != "open":
        return finding
    return finding.model_copy(update={"status": "suppressed", "status_reason": wanted[hits[0]].reason})


def _of_article(info: InputInfo, ids: Sequence[str], told: list[Diagnostic]) -> Iterator[Suppression]:
    for written in (*_comments(info, told), *_lines_beside(info, told)):
        yield from _understood(info.path, written, ids, told)


def _understood(article: str, written: _Written, ids: Sequence[str], told: list[Diagnostic]) -> Iterator[Suppression]:
    for rule in written.rules:
        if rule not in ids:
            hint = rule_hint(rule, ids)
            told.append(_fault(written.spot, f"{WORD} names {rule!r}, and there is no such rule", hint))
        elif not written.reason:
            told.append(_fault(written.spot, f"{WORD} {rule} gives no reason", f"write `{WORD} {rule}: why`"))
        else:
            yield Suppression(rule, written.reason, article, written.extents, written.spot)


def _fault(spot: tuple[str, int], message: str, action: str) -> Diagnostic:
    return Diagnostic(code="suppression", path=spot[0], line=spot[1], message=message, action=action)


def _unused(one: Suppression) -> Diagnostic:
    words = "its words are not in the article" if not one.extents else "the rule finds nothing there"
    return Diagnostic(
        code="suppression-unused",
        path=one.spot[0],
        line=one.spot[1],
        message=f"{WORD} {one.rule} is not needed: {words}",
        action="take it out, or move it to the paragraph that it is about",
        fatal=False,
    )


def _split(rules: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.strip() for rule in rules.split(",")))


def _reason(text: str | None) -> str:
    return " ".join((text or "").split())


# --- Comments ---------------------------------------------------------------------------------------------------------


def _comments(info: InputInfo, told: list[Diagnostic]) -> Iterator[_Written]:
    if info.format not in ("markdown", "html") or WORD not in info.text:
        return
    layout = _Layout(info)
    for match in layout.comments:
        spot = (info.path, layout.line(match.start()))
        body = _BODY.match(match["body"])
        if body is None:
            told.append(_fault(spot, f"{WORD} names no rule", f"write `{WORD} RULE: why`"))
            continue
        block = layout.target(match.start(), match.end())
        extents = () if block is None else ((block.start, block.end),)
        yield _Written(_split(body["rules"]), _reason(body["reason"]), extents, spot)


class _Layout:
    """A text with its paragraphs and its comments; offsets count from the start of the text."""

    def __init__(self, info: InputInfo) -> None:
        self._info = info
        self._text = info.text
        self._lines = LineIndex(info.text)  # the article of a file begins with the file
        self._blocks = sorted(info.blocks, key=lambda block: (block.start, block.end))
        self._starts = [block.start - info.start for block in self._blocks]
        self.comments = [match for match in _COMMENT.finditer(info.text) if not self._is_shown(match.start())]
        self._masked_lines = self._mask().split("\n")
        lengths = (len(line) + 1 for line in self._masked_lines[:-1])
        self._line_starts = list(itertools.accumulate(lengths, initial=0))
        self._words_above = _words_above(self._masked_lines)
        self._words_below = _words_above(self._masked_lines[::-1])[::-1]

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return self._lines.position(offset)[0]

    @cached_property
    def _fences(self) -> list[tuple[int, int]]:
        return [match.span() for match in _FENCE.finditer(self._text)]

    def _is_shown(self, at: int) -> bool:
        """Whether readers of Markdown see a comment as it is written: in a fence, indented or in backticks."""
        if self._info.format != "markdown":
            return False
        fence = bisect.bisect_right(self._fences, (at, len(self._text))) - 1
        line = self._text[self._text.rfind("\n", 0, at) + 1 : at]
        in_fence = fence >= 0 and at < self._fences[fence][1]
        return in_fence or line.count("`") % 2 == 1 or _INDENTED.match(line) is not None

    def _mask(self) -> str:
        """The text with every comment replaced by as many marks, so that lines of comments can be told apart."""
        pieces, done = [], 0
        for match in self.comments:
            pieces += [self._text[done : match.start()], _MASK * len(match[0])]
            done = match.end()
        return "".join((*pieces, self._text[done:]))

    def target(self, start: int, end: int) -> BlockInfo | None:
        """The paragraph that a comment is about: the one below, or the one that it stands in or ends."""
        if not self._blocks:
            return None
        above = bisect.bisect_left(self._starts, start) - 1
        below = bisect.bisect_left(self._starts, end)
        number = bisect.bisect_right(self._line_starts, start) - 1
        line, first = self._masked_lines[number], self._line_starts[number]
        behind_words = bool(line[: start - first].replace(_MASK, "").strip(" \t>"))
        before_words = bool(line[end - first :].replace(_MASK, "").strip()) or self._words_below[number]
        is_above = behind_words or (not before_words and self._words_above[number])
        return self._blocks[max(above, 0) if is_above or below == len(self._blocks) else below]


def _words_above(lines: Sequence[str]) -> list[bool]:
    """For each line, whether the nearest line above it that holds no comment has words."""
    found, words = [], False
    for line in lines:
        found.append(words)
        if _MASK not in line:
            words = bool(line.strip())
    return found


# --- The file beside an article ---------------------------------------------------------------------------------------


def _lines_beside(info: InputInfo, told: list[Diagnostic]) -> Iterator[_Written]:
    path = f"{info.path}{ENDING}"
    if info.path == "-" or is_address(info.path) or not os.path.lexists(path):
        return
    try:
        text = decode(read_bytes(path, MAX_BYTES), path).text
    except CopydeskError as error:
        told.append(error.diagnostic)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            told.append(_fault((path, number), "this line is not understood", 'write RULE: why, or RULE "words": why'))
            continue
        extents = _holding(info, match["words"])
        yield _Written(_split(match["rules"]), _reason(match["reason"]), extents, (path, number))


def _holding(info: InputInfo, words: str | None) -> tuple[tuple[int, int], ...]:
    """The paragraphs that hold some words, line breaks and punctuation left aside; the whole text for no words."""
    if words is None:
        return ((info.start, info.end),)
    wanted = f" {normalized_words(words)} "
    return tuple(
        (block.start, block.end)
        for block in info.blocks
        if wanted in f" {normalized_words(info.text[block.start - info.start : block.end - info.start])} "
    )
