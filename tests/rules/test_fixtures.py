"""The texts in fixtures/rules/RULE, for rules that are registered.

fails-NAME.article.md       the rule finds something here
near-miss-NAME.article.md   it looks like that, and the rule stays silent; so it does for passes-NAME
NAME.source*.EXT            what the article is held against (md, txt, vtt, srt, html, ...)
fails-NAME.evidence.txt     passages that one finding has to hold, a line each
NAME.note.txt               why the text is what it is, for people
"""

from __future__ import annotations

from pathlib import Path

import pytest
from audit.rules.registry import rule_ids
from helpers import annotator, findings_of

from audit.config import Settings
from audit.inputs import read_inputs
from audit.records import Finding
from audit.records.report import Report
from audit.run import audit

FOLDER = Path(__file__).parents[2] / "fixtures" / "rules"
ARTICLES = [path for path in sorted(FOLDER.glob("*/*.article.*")) if path.parent.name in rule_ids()]
KINDS = ("fails-", "passes-", "near-miss-")


def stem(path: Path) -> str:
    """The name that a fixture's files share."""
    return path.name.split(".")[0]


def report_on(article: Path) -> Report:
    sources = sorted(article.parent.glob(f"{stem(article)}.source*"))
    settings = Settings(articles=(str(article),), sources=tuple(map(str, sources)))
    report = audit(read_inputs(settings), settings, annotator())
    assert report.diagnostics == ()
    assert [check for check in report.checks if check.status == "failed"] == []
    return report


def holds(finding: Finding, passage: str) -> bool:
    """Whether one place of the finding has the passage in it, or lies inside the passage."""
    texts = [" ".join(evidence.place.text.split()) for evidence in finding.evidence]
    return any(passage in text or text in passage for text in texts)


def described(findings: list[Finding]) -> str:
    lines = [f"{f.message} {[e.place.text for e in f.evidence]} {list(f.why)}" for f in findings]
    return "\n".join(lines) or "no finding"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: f"{path.parent.name}/{stem(path)}")
def test_fixture(article: Path) -> None:
    found = findings_of(report_on(article), article.parent.name)
    fails = stem(article).startswith("fails-")
    assert bool(found) == fails, described(found)
    passages = article.with_name(f"{stem(article)}.evidence.txt")
    if fails and passages.is_file():
        lines = passages.read_text(encoding="utf-8").splitlines()
        assert any(all(holds(finding, line) for line in lines) for finding in found), described(found)


def test_every_file_belongs_to_a_fixture() -> None:
    articles = {(path.parent.name, stem(path)) for path in FOLDER.glob("*/*.article.*")}
    others = {(path.parent.name, stem(path)) for path in FOLDER.glob("*/*.*")}
    assert others == articles
    assert all(name.startswith(KINDS) for _, name in articles)


@pytest.mark.parametrize("rule", rule_ids())
def test_rule_has_a_failing_text_and_two_near_misses(rule: str) -> None:
    names = [stem(path) for path in ARTICLES if path.parent.name == rule]
    assert sum(name.startswith("fails-") for name in names) >= 1
    assert sum(name.startswith(("near-miss-", "passes-")) for name in names) >= 2
