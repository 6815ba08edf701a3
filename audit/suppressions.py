"""Findings that a text itself puts aside: comments in it, or lines in a file beside it.

`<!-- copydesk-ignore RULE: reason -->` stands in Markdown or HTML on the line before a paragraph, or at its end, and
holds for that paragraph. `ARTICLE.copydesk-ignore` is for formats without comments; a line in it is `RULE: reason` for
the whole article, or `RULE "words": reason` for the paragraphs that hold the words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audit.errors import CopydeskError
from audit.fingerprint import normalized_words
from audit.inputs import is_address
from audit.loading.decode import decode, read_bytes
from audit.records import Diagnostic, Finding, LineIndex
from audit.records.report import BlockInfo, InputInfo, Report
from audit.rules.registry import find_rule, nearest_rule

ENDING = ".copydesk-ignore"
WORD = "copydesk-ignore"
MAX_BYTES = 1_000_000
_COMMENT = re.compile(rf"<!--\s*{WORD}\b(?P<body>.*?)-->", re.DOTALL)
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
    wanted = [one for info in report.inputs if info.role == "article" for one in _of_article(info, told)]
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


def _of_article(info: InputInfo, told: list[Diagnostic]) -> Iterator[Suppression]:
    for written in (*_comments(info, told), *_lines_beside(info, told)):
        yield from _understood(info.path, written, told)


def _understood(article: str, written: _Written, told: list[Diagnostic]) -> Iterator[Suppression]:
    for rule in written.rules:
        if find_rule(rule) is None:
            nearest = nearest_rule(rule)
            hint = f"did you mean {nearest}?" if nearest else "`copydesk rules` lists them"
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
    shown = [match.span() for match in _FENCE.finditer(info.text)] if info.format == "markdown" else []
    lines = LineIndex(info.text)
    matches = [match for match in _COMMENT.finditer(info.text) if not _is_code(info, match.start(), shown)]
    masked = _masked(info.text, matches)
    for match in matches:
        spot = (info.path, lines.position(match.start())[0])  # the article of a file begins with the file
        body = _BODY.match(match["body"])
        if body is None:
            told.append(_fault(spot, f"{WORD} names no rule", f"write `{WORD} RULE: why`"))
            continue
        block = _target(info, masked, match.start(), match.end())
        extents = () if block is None else ((block.start, block.end),)
        yield _Written(_split(body["rules"]), _reason(body["reason"]), extents, spot)


def _is_code(info: InputInfo, at: int, shown: Iterable[tuple[int, int]]) -> bool:
    """Whether a comment is shown to readers of Markdown as it is written, in a fence, indented or in backticks."""
    if info.format != "markdown":
        return False
    line = info.text[info.text.rfind("\n", 0, at) + 1 : at]
    in_backticks = line.count("`") % 2 == 1
    return in_backticks or _INDENTED.match(line) is not None or any(start <= at < end for start, end in shown)


def _masked(text: str, comments: Iterable[re.Match[str]]) -> str:
    """The text with every comment replaced by as many marks, so that lines of comments can be told apart."""
    for match in comments:
        text = text[: match.start()] + _MASK * len(match[0]) + text[match.end() :]
    return text


def _target(info: InputInfo, masked: str, start: int, end: int) -> BlockInfo | None:
    """The paragraph that a comment is about; offsets count from the start of the text."""
    blocks = sorted(info.blocks, key=lambda block: (block.start, block.end))
    before = [block for block in blocks if block.start < info.start + start]
    behind = [block for block in blocks if block.start >= info.start + end]
    follows = _is_before_words(masked, end)
    if _stands_behind_words(masked, start) or (not follows and _ends_paragraph(masked, start)):
        return before[-1] if before else None
    return behind[0] if behind else (before[-1] if before else None)


def _stands_behind_words(masked: str, start: int) -> bool:
    line = masked[masked.rfind("\n", 0, start) + 1 : start]
    return bool(line.replace(_MASK, "").strip(" \t>"))


def _is_before_words(masked: str, end: int) -> bool:
    """Whether words stand behind a comment, on its line or on the next one that is more than a comment."""
    rest = masked[end:].split("\n")
    if rest[0].replace(_MASK, "").strip():
        return True
    following = next((line for line in rest[1:] if _MASK not in line), "")
    return bool(following.strip())


def _ends_paragraph(masked: str, start: int) -> bool:
    """Whether the nearest line above that is more than a comment has words."""
    above = masked[:start].split("\n")[:-1]
    nearest = next((line for line in reversed(above) if _MASK not in line), "")
    return bool(nearest.strip())


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
