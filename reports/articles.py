"""The index of a run over several articles: a row for each, with what was found in it and how much was compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.reports.inputs import Inputs, InputText

from audit.records import Finding, Quotation
from audit.records.findings import SEVERITIES
from audit.records.report import Report


@dataclass(frozen=True)
class ArticleRow:
    """An article in the index."""

    text: InputText
    counts: tuple[int, ...]  # errors, warnings, notes
    checked: int
    quotations: int
    first: str  # fingerprint of the first finding; empty where there is none


def article_rows(findings: Sequence[Finding], report: Report, inputs: Inputs) -> Iterator[ArticleRow]:
    """A row for each article, in the order in which they were given. Findings are those that are open, as shown."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[article_key(finding, inputs)].append(finding)
    looked_up, checked = _quotations(report, inputs)
    for text in inputs.articles:
        of_article = found[text.info.key]
        counts = Counter(finding.severity for finding in of_article)
        yield ArticleRow(
            text=text,
            counts=tuple(counts[severity] for severity in SEVERITIES),
            checked=checked[text.info.key],
            quotations=looked_up[text.info.key],
            first=of_article[0].fingerprint if of_article else "",
        )


def article_key(finding: Finding, inputs: Inputs) -> str:
    """The key of the article that a finding is about: that of its first passage in one; empty where there is none."""
    held = (inputs.holding(evidence.place) for evidence in finding.evidence)
    return next((text.info.key for text in held if text is not None and text.is_article), "")


def _quotations(report: Report, inputs: Inputs) -> tuple[Counter[str], Counter[str]]:
    """How many quotations of each article were looked up, and how many of them could be compared."""
    quotations = {claim.id: claim for claim in report.claims if isinstance(claim, Quotation)}
    looked_up, checked = Counter[str](), Counter[str]()
    for match in report.matches:
        text = inputs.holding(quotations[match.quotation]) if match.quotation in quotations else None
        if text is not None:
            looked_up[text.info.key] += 1
            checked[text.info.key] += match.verdict != "unchecked"
    return looked_up, checked
