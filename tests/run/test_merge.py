"""Findings that say the same thing become one; those that say different things stay apart."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from audit.rules.base import Rule
from audit.rules.registry import rule_ids
from helpers import annotator, inputs_of
from hypothesis import given
from hypothesis import strategies as st

from audit.config import Settings
from audit.merge import PRECEDENCE, merge
from audit.records import Dossier, Draft, Evidence, Place, Statement
from audit.records.findings import Severity
from audit.run import audit


def place(start: int, end: int, path: str = "a.md") -> Place:
    return Place(
        path=path,
        start=start,
        end=end,
        line=1,
        column=start + 1,
        end_line=1,
        end_column=end + 1,
        text="x" * (end - start),
    )


def draft(rule: str, *places: Place, severity: Severity = "warning", why: str = "so") -> Draft:
    evidence = tuple(Evidence(place=p, label="words") for p in places)
    return Draft(rule=rule, severity=severity, confidence="high", message="?", evidence=evidence, why=(why,), clear="x")


def in_article(p: Place) -> bool:
    return p.path == "a.md"


SOURCE = place(0, 40, "s.md")


def test_two_rules_on_the_same_two_passages_become_one_that_keeps_both_reasons() -> None:
    altered = draft("quote-altered", place(10, 50), SOURCE, why="will for may")
    raised = draft("certainty-raised", place(12, 45), place(5, 30, "s.md"), severity="error", why="a higher rung")
    [only] = merge([raised, altered], in_article)
    assert only.rule == "quote-altered"
    assert only.severity == "error"
    assert only.why == ("will for may", "a higher rung")
    assert only.evidence == altered.evidence


def test_a_severity_of_the_settings_holds_for_what_is_joined() -> None:
    altered = draft("quote-altered", place(10, 50), SOURCE, severity="note")
    raised = draft("certainty-raised", place(12, 45), place(5, 30, "s.md"), severity="error")
    for first, joined in ((altered, "error"), (altered.model_copy(update={"severity_is_set": True}), "note")):
        assert [d.severity for d in merge([raised, first], in_article)] == [joined]
    # What is said of the other rule is said of its own findings, and this one is reported as the first rule's.
    lowered = raised.model_copy(update={"severity": "note", "severity_is_set": True})
    warned = altered.model_copy(update={"severity": "warning"})
    assert [d.severity for d in merge([lowered, warned], in_article)] == ["warning"]


class Altered(Rule):
    """Reports the first sentence of the article."""

    id, family, severity = "quote-altered", "quotes", "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        first = next(dossier.article.of(Statement))
        yield draft(self.id, first, severity=self.severity)


class Raised(Altered):
    """Reports the same sentence."""

    id, severity = "certainty-raised", "error"


@pytest.mark.parametrize(
    ("severities", "joined"),
    [
        ({}, "error"),
        ({"quote-altered": "note"}, "note"),
        ({"quote-altered": "error", "certainty-raised": "note"}, "error"),
        ({"certainty-raised": "note"}, "warning"),
    ],
)
def test_a_severity_of_the_settings_holds_in_a_run(severities: dict[str, Severity], joined: str) -> None:
    settings = Settings(articles=("article.md",), severities=severities)
    report = audit(inputs_of("The stage will close in April."), settings, annotator(), rules=(Altered, Raised))
    assert [(f.rule, f.severity) for f in report.findings] == [("quote-altered", joined)]


def test_the_same_words_beside_different_passages_of_the_source_stay_two() -> None:
    altered = draft("quote-altered", place(10, 50), SOURCE)
    misreported = draft("position-misreported", place(10, 50), place(400, 460, "s.md"))
    assert len(merge([altered, misreported], in_article)) == 2


def test_a_contrast_takes_nothing_and_gives_nothing_away() -> None:
    contrast = draft("false-contrast", place(10, 50), SOURCE, severity="error")
    cut = draft("quote-qualifier-cut", place(10, 50), SOURCE)
    assert [d.rule for d in merge([cut, contrast], in_article)] == ["false-contrast", "quote-qualifier-cut"]


def test_one_rule_on_one_passage_beside_two_sources_is_one_finding() -> None:
    one = draft("position-misreported", place(10, 50), SOURCE)
    two = draft("position-misreported", place(10, 50), place(90, 120, "s.md"))
    [only] = merge([one, two], in_article)
    assert [e.place.start for e in only.evidence] == [10, 0, 90]


def test_one_rule_on_two_passages_stays_two() -> None:
    drafts = [
        draft("position-misreported", place(10, 50), SOURCE),
        draft("position-misreported", place(60, 90), SOURCE),
    ]
    assert len(merge(drafts, in_article)) == 2


def test_repetitions_go() -> None:
    assert len(merge([draft("duplicate-text", place(1, 5))] * 3, in_article)) == 1


def test_sides_of_one_file_are_told_apart_by_place() -> None:
    def first_half(p: Place) -> bool:
        return p.start < 100

    altered = draft("quote-altered", place(10, 50), place(200, 240))
    other = draft("position-misreported", place(10, 50), place(300, 340))
    assert len(merge([altered, other], first_half)) == 2


def test_sorted_by_severity_then_place() -> None:
    drafts = [
        draft("vague-source", place(5, 9), severity="note"),
        draft("quote-altered", place(70, 90), severity="error"),
        draft("duplicate-text", place(30, 40)),
        draft("quote-stitched", place(20, 25), severity="error"),
    ]
    found = merge(drafts, in_article)
    assert [(d.severity, d.evidence[0].place.start) for d in found] == [
        ("error", 20),
        ("error", 70),
        ("warning", 30),
        ("note", 5),
    ]


_DRAFTS = st.builds(
    lambda rule, severity, start, source: draft(
        rule, place(start, start + 20), place(source, source + 20, "s.md"), severity=severity
    ),
    st.sampled_from((*PRECEDENCE, "false-contrast", "duplicate-text")),
    st.sampled_from(("error", "warning", "note")),
    st.sampled_from((0, 30, 60)),
    st.sampled_from((0, 30)),
)


@given(st.lists(_DRAFTS, max_size=8), st.randoms())
def test_order_of_arrival_does_not_matter_and_merging_again_changes_nothing(
    drafts: list[Draft], random: Random
) -> None:
    shuffled = sorted(drafts, key=lambda _: random.random())
    once = merge(drafts, in_article)
    assert merge(shuffled, in_article) == once
    assert merge(once, in_article) == once


def test_precedence_names_rules_that_exist() -> None:
    assert set(PRECEDENCE) <= set(rule_ids())
