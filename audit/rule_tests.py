"""Tries rules on small texts: the examples in their docstrings, and whatever a test of somebody's own rule gives it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.config import Profile, Settings
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.records import Document, Finding
from audit.records.report import Report
from audit.reports.terminal import clipped
from audit.rules.base import Rule
from audit.rules.docs import Example, read_doc
from audit.rules.registry import ALL_RULES
from audit.run import audit

_SHOWN = 60  # characters of an example by which it is known again


def findings_in(rule: type[Rule], article: str, *sources: str, profile: Profile = "standard") -> tuple[Finding, ...]:
    """What a rule finds in an article that is held against sources, all given as the text of Markdown files.

    As in any run the other rules run, too. Raises RuntimeError where the rule raises, or where it shows a passage that
    is not, word for word, in one of the texts.
    """
    return _findings(rule, _with(rule), article, sources, profile)


def check_examples(*rules: type[Rule]) -> list[str]:
    """A line for each example in the docstrings of rules that does not hold; nothing where all do.

    Under `Fails:` the rule has to find something, under `Passes:` nothing. So in a test with pytest:
    `assert check_examples(MyRule) == []`.
    """
    return [fault for rule in rules for fault in example_faults(rule, _with(rule))]


def example_faults(rule: type[Rule], rules: Sequence[type[Rule]]) -> Iterator[str]:
    """The same for one rule that runs among others."""
    try:
        doc = read_doc(rule.text())
    except ValueError as error:
        yield f"{rule.id}: {error}"
        return
    for section, examples in (("Fails", doc.fails), ("Passes", doc.passes)):
        for number, example in enumerate(examples, start=1):
            fault = _fault(rule, rules, example)
            if fault:
                yield f"{rule.id}: {section}, example {number} (“{clipped(example.article, _SHOWN)}”): {fault}"


def _fault(rule: type[Rule], rules: Sequence[type[Rule]], example: Example) -> str:
    try:
        found = _findings(rule, rules, example.article, example.sources, "standard")
    except RuntimeError as error:
        return str(error)
    if example.fails:
        return "" if found else "the rule finds nothing"
    return f"the rule finds something: {found[0].message}" if found else ""


def _with(rule: type[Rule]) -> tuple[type[Rule], ...]:
    return ALL_RULES if rule in ALL_RULES else (*ALL_RULES, rule)


def _findings(
    rule: type[Rule], rules: Sequence[type[Rule]], article: str, sources: Sequence[str], profile: Profile
) -> tuple[Finding, ...]:
    settings = Settings(articles=("article.md",), profile=profile)
    report = audit(inputs_of(article, *sources), settings, _annotator(), rules=rules)
    failed = next((check.reason for check in report.checks if check.rule == rule.id and check.status == "failed"), None)
    if failed is not None:
        raise RuntimeError(f"the rule failed: {failed}")
    found = tuple(finding for finding in report.findings if finding.rule == rule.id)
    for finding in found:
        _check_words(finding, report)
    return found


def _check_words(finding: Finding, report: Report) -> None:
    """Hold a finding to the first promise of all findings: its passages stand in the texts, character for character."""
    for place in (place for one in finding.evidence for place in (one.place, *one.marks)):
        texts = [(info.text, info.start) for info in report.inputs if info.path == place.path]
        if not any(text[place.start - start : place.end - start] == place.text != "" for text, start in texts):
            raise RuntimeError(f"it shows “{clipped(place.text, _SHOWN)}”, which does not stand there in {place.path}")


@functools.cache
def _annotator() -> Annotator:
    """One for all texts of a process, since loading the language model takes longer than reading them."""
    return Annotator(None)


def inputs_of(article: str, *sources: str, complete: bool = False) -> Inputs[Document]:
    """An article and its sources in memory: article.md, source-1.md, source-2.md, ..."""
    inputs: Inputs[Document] = Inputs()
    loaded = load_text(article, "article.md", "article", key="a1")
    inputs.diagnostics.extend(loaded.notices)
    inputs.articles.extend(document for document in loaded.documents if document.role == "article")
    inputs.sources.extend(document for document in loaded.documents if document.role == "source")
    for number, source in enumerate(sources, start=1):
        for document in load_text(source, f"source-{number}.md", "source", key=f"s{number}").documents:
            inputs.sources.append(
                replace(document, meta=replace(document.meta, complete=complete or document.meta.complete))
            )
    return inputs
