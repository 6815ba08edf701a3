"""The case that the project is for: two experts set in contrast, one of them quoted by half, and the interview.

The demo's article says that one expert is hopeful and that the other, in contrast, thinks the thing unlikely. In the
interview the first one thinks it as unlikely, of the same service, by the same year, for the same reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import audit_texts, findings_of

from audit.records import Finding
from audit.records.report import Report

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
ARTICLE = (DEMO / "article.md").read_text(encoding="utf-8")
INTERVIEW = (DEMO / "interview.md").read_text(encoding="utf-8")
HOPE = "The demand is there, more of it than in the best years of the old train"
DOUBT = "a nightly service to Morvane seems unlikely before 2030"
OTHER = "considers a nightly service to Morvane unlikely before 2030"


def report_on(article: str = ARTICLE, interview: str = INTERVIEW) -> Report:
    return audit_texts(article, interview)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def touches(finding: Finding, passage: str, path: str) -> bool:
    return any(e.place.path == path and (passage in e.place.text or e.place.text in passage) for e in finding.evidence)


@pytest.fixture(scope="module")
def report() -> Report:
    return report_on()


def test_the_false_contrast_comes_first(report: Report) -> None:
    first = report.findings[0]
    assert (first.rule, first.severity) == ("false-contrast", "error")


@pytest.mark.parametrize(
    ("passage", "path"),
    [("In contrast", "article.md"), (OTHER, "article.md"), (HOPE, "article.md"), (DOUBT, "source-1.md")],
)
def test_it_shows_the_marker_both_sides_and_the_interview(report: Report, passage: str, path: str) -> None:
    [finding] = findings_of(report, "false-contrast")
    assert touches(finding, passage, path), [evidence.place.text for evidence in finding.evidence]


def test_hope_without_the_reservation_is_reported_too(report: Report) -> None:
    found = findings_of(report, "position-misreported")
    assert any(touches(f, HOPE, "article.md") and touches(f, DOUBT, "source-1.md") for f in found)


@pytest.mark.parametrize(
    ("rule", "quoted", "said"),
    [
        ("quote-altered", "A Friday train will pay for itself", "A Friday train could pay for itself"),
        ("condition-dropped", "The ministry will waive the track charges", "If the company commits itself"),
        ("quote-tidied", "You go to bed in one town", "You, you go to bed in one town"),
    ],
)
def test_the_other_slips(report: Report, rule: str, quoted: str, said: str) -> None:
    found = findings_of(report, rule)
    assert any(touches(f, quoted, "article.md") and touches(f, said, "source-1.md") for f in found)


def test_nothing_else_is_loud(report: Report) -> None:
    loud = {finding.rule for finding in report.findings if finding.severity != "note"}
    assert loud <= {"false-contrast", "position-misreported", "quote-altered", "condition-dropped"}


@pytest.mark.parametrize(
    "opinion",
    [
        "a nightly service to Morvane seems likely before 2030",
        "a nightly service to Morvane is quite likely before 2030",
        "I do expect a nightly service to Morvane before 2030",
    ],
)
def test_a_real_contrast_is_none(opinion: str) -> None:
    interview = changed(INTERVIEW, f"But {DOUBT}. There are not enough sleeping cars. You can't buy", f"And {opinion}.")
    interview = changed(
        interview,
        " them second-hand, and if you order new ones today you wait until the end of the decade.",
        " The carriages can be hired.",
    )
    report = report_on(interview=interview)
    assert findings_of(report, "false-contrast") == []
    assert findings_of(report, "position-misreported") == []


def test_an_article_that_tells_both_halves_is_left_alone() -> None:
    article = changed(
        ARTICLE,
        "In contrast, Tomasz Wierzba, an engineer at the Institute for Passenger Transport, considers",
        "But she considers a nightly service to Morvane unlikely before 2030, because there are not enough sleeping "
        "cars.\n\nTomasz Wierzba, an engineer at the Institute for Passenger Transport, agrees. He considers",
    )
    report = report_on(article)
    assert {f.rule for f in report.findings} & {"false-contrast", "false-agreement", "position-misreported"} == set()
