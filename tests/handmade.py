"""Reports made of words: an article and a source that hold the passages of given findings, and nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.fingerprint import fingerprints
from audit.records import Draft, Evidence, Finding, LineIndex, Place
from audit.records.findings import Severity
from audit.records.report import Coverage, InputInfo, Report, Run, Tool


@dataclass(frozen=True)
class Item:
    """A finding to be: its rule, its words in the article and in the source; "" where it is about the article alone."""

    article: str
    source: str = ""
    rule: str = "quote-altered"
    severity: Severity = "error"


def report_of(items: Sequence[Item], *, before: Sequence[str] = (), path: str = "a.md") -> Report:
    """The report on an article and a source whose paragraphs are those of the items, behind the paragraphs `before`."""
    article = "\n\n".join((*before, *(item.article for item in items)))
    source = "\n\n".join((*before, *(item.source for item in items if item.source)))
    drafts = []
    at, there = _length(before), _length(before)
    for item in items:
        places = [_place(article, at, item.article, path)]
        at += len(item.article) + 2
        if item.source:
            places.append(_place(source, there, item.source, "s.md"))
            there += len(item.source) + 2
        drafts.append(_draft(item, places))
    findings = tuple(
        Finding(
            **{name: getattr(draft, name) for name in Draft.model_fields}, id=f"f{n}", fingerprint=mark, family="quotes"
        )
        for n, (draft, mark) in enumerate(zip(drafts, fingerprints(drafts), strict=True), start=1)
    )
    return Report(
        tool=Tool(version="0.0.test"),
        run=Run(profile="standard", rules=(), model="none"),
        inputs=(_input(path, "article", article), _input("s.md", "source", source)),
        claims=(),
        matches=(),
        findings=findings,
        coverage=Coverage(quotations=0, checked=0, unchecked=0),
        checks=(),
    )


def _length(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph) + 2 for paragraph in paragraphs)


def _draft(item: Item, places: Sequence[Place]) -> Draft:
    return Draft(
        rule=item.rule,
        severity=item.severity,
        confidence="high",
        message="Did she say this?",
        evidence=tuple(Evidence(place=place, label="words") for place in places),
        why=("other words",),
        clear="the recording",
    )


def _place(text: str, start: int, words: str, path: str) -> Place:
    index = LineIndex(text)
    end = start + len(words)
    (line, column), (end_line, end_column) = index.position(start), index.position(end)
    assert text[start:end] == words
    return Place(
        path=path, start=start, end=end, line=line, column=column, end_line=end_line, end_column=end_column, text=words
    )


def _input(path: str, role: str, text: str) -> InputInfo:
    values = {"path": path, "role": role, "format": "markdown", "sha256": "0" * 64, "key": role[0] + "1"}
    return InputInfo.model_validate({**values, "start": 0, "end": len(text), "text": text})
