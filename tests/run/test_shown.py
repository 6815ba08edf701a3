"""What little confidence and rules in preview do: kept in the JSON report, left out elsewhere, and said to be so."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from audit.reports.html import render_html
from audit.reports.json import render_json
from audit.reports.text import render_text
from audit.rules.base import Rule
from helpers import annotator, inputs_of

from audit.check_command import exit_code
from audit.config import Settings
from audit.records import Dossier, Draft, Evidence, Paragraph, Place
from audit.records.findings import Confidence
from audit.records.report import Report
from audit.run import audit

TEXT = "The mill on the quay was sold to a baker on Friday."


class Doubts(Rule):
    """Reports the first paragraph with little confidence."""

    id = "doubts"
    family = "production"
    severity = "warning"
    confidence = "low"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        paragraph = next(dossier.article.of(Paragraph))
        place = Place.model_validate({name: getattr(paragraph, name) for name in Place.model_fields})
        yield Draft(
            rule=self.id,
            severity="warning",
            confidence=self.confidence,
            message="Is the mill the mill?",
            evidence=(Evidence(place=place, label="here"),),
            why=("a mill",),
            clear="a second look",
        )


class InPreview(Doubts):
    """As sure as can be, and new."""

    id = "in-preview"
    confidence = "high"
    preview = True


RULES = (Doubts, InPreview)


def report_with(confidence: Confidence = "medium", *, preview: bool = False) -> Report:
    settings = Settings(articles=("article.md",), confidence=confidence, preview=preview)
    return audit(inputs_of(TEXT), settings, annotator(), rules=RULES)


@pytest.mark.parametrize(
    ("confidence", "preview", "shown"),
    [
        ("medium", False, []),
        ("low", False, ["doubts"]),
        ("medium", True, ["in-preview"]),
        ("low", True, ["doubts", "in-preview"]),
    ],
)
def test_what_is_shown_counts(confidence: Confidence, preview: bool, shown: list[str]) -> None:
    report = report_with(confidence, preview=preview)
    assert [finding.rule for finding in report.findings if finding.shown] == shown
    assert len(report.findings) == 2
    assert exit_code(report, "warning") == (1 if shown else 0)
    assert render_text(report).count("Is the mill the mill?") == len(shown)
    assert ("Is the mill the mill?" in render_html(report)) == bool(shown)


def test_what_is_held_back_is_in_the_json_report_and_is_said_elsewhere() -> None:
    report = report_with()
    found = json.loads(render_json(report))["findings"]
    assert [(one["rule"], one["shown"], one["preview"]) for one in found] == [
        ("doubts", False, False),
        ("in-preview", False, True),
    ]
    said = "2 findings of little confidence or of rules in preview: only in the JSON report"
    assert said in " ".join(render_text(report).split())
    html = render_html(report)
    assert said in " ".join(html.split())
    assert "Is the mill the mill?" not in html


def test_a_report_that_shows_all_says_nothing_of_it() -> None:
    assert "in preview" not in render_text(report_with("low", preview=True))


def test_one_is_one() -> None:
    only = audit(inputs_of(TEXT), Settings(articles=("article.md",)), annotator(), rules=(Doubts,))
    assert any(
        note.startswith("1 finding of little confidence or of a rule in preview") for note in only.coverage.notes
    )
