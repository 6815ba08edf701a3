"""The examples in every rule's docstring: the failing ones give a finding of that rule, the passing ones give none."""

from __future__ import annotations

import pytest
from audit.rules.base import Rule
from audit.rules.docs import Example, read_doc
from audit.rules.registry import ALL_RULES
from helpers import audit_texts, findings_of

from audit.records.findings import FAMILIES, SEVERITIES

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{'fails' if example.fails else 'passes'}-{number}")
    for rule in ALL_RULES
    for number, example in enumerate(read_doc(rule.__doc__ or "").examples, start=1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: type[Rule], example: Example) -> None:
    report = audit_texts(example.article, *example.sources)
    assert [check for check in report.checks if check.status == "failed"] == []
    found = [(finding.severity, finding.message, finding.why) for finding in findings_of(report, rule.id)]
    assert bool(found) == example.fails, found or "no finding"


def test_ids_are_unique_and_kebab_case() -> None:
    ids = [rule.id for rule in ALL_RULES]
    assert len(set(ids)) == len(ids)
    assert all(id.replace("-", "").isalpha() and id == id.lower() for id in ids)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_rule_says_what_it_is(rule: type[Rule]) -> None:
    doc = read_doc(rule.__doc__ or "")
    assert rule.severity in SEVERITIES
    assert rule.family in FAMILIES
    assert doc.summary.endswith(".")
    assert len(doc.summary) <= 120
    assert doc.prose, "a rule says when it fires and what it leaves alone"
    assert not any(word in rule.id for word in SEVERITIES), "an id names the defect"
