"""What the page is given so that decisions can be made on it, and how those of the report are shown."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
import sample
from audit.reports.decide import finding_data, state_of
from audit.reports.html import render_html
from audit.reports.inputs import Inputs

from audit.records import Finding
from audit.records.sameness import normalized_words, words_digest


def data_of(html: str) -> list[dict[str, Any]]:
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert match is not None
    findings: list[dict[str, Any]] = json.loads(match[1])["findings"]
    return findings


def test_every_finding_comes_with_what_a_decision_has_to_hold() -> None:
    (data,) = data_of(render_html(sample.report(sample.finding())))
    assert data["fingerprint"] == f"{1:032x}"
    assert (data["rule"], data["article"], data["key"]) == ("quote-altered", "drafts/quay.md", "a1")
    assert data["who"] == ["Mira Holt"]
    assert [(p["side"], p["words"]) for p in data["passages"]] == [
        ("article", "“We will rebuild it,”"), ("source", "We may rebuild it one day.")
    ]  # fmt: skip
    assert data["passages"][0]["sha256"] == hashlib.sha256(b"we will rebuild it").hexdigest()


def test_a_digest_is_over_normalised_words() -> None:
    assert words_digest("“We will\r\nREBUILD it,”") == words_digest("we will rebuild it")
    assert words_digest("we will rebuild") != words_digest("we will rebuild it")
    assert (
        words_digest("a\ud800")
        == hashlib.sha256(normalized_words("a\ud800").encode("utf-8", "surrogatepass")).hexdigest()
    )


def test_long_passages_are_cut_and_line_ends_are_blanks() -> None:
    words = "It was\nso. " * 40
    article = f"# The quay\n\n{words}\n"
    finding = sample.finding(words=words, article=article)
    inputs = Inputs(sample.report(finding, article=article))
    assert finding_data(finding, inputs)["passages"][0]["words"] == ("It was so. " * 40)[:120]


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        (sample.finding(), "open"),
        (sample.finding().model_copy(update={"status": "baseline"}), "baseline"),
        (sample.decided(sample.finding()), "dismissed"),
        (sample.decided(sample.finding(), verdict="confirmed", reason=""), "confirmed"),
        (sample.decided(sample.finding(), reopened="text-changed"), "reopened"),
        (sample.decided(sample.finding(), reopened="expired", verdict="confirmed", reason=""), "reopened"),
    ],
)
def test_states(finding: Finding, state: str) -> None:
    assert state_of(finding) == state
    assert f'data-state="{state}"' in render_html(sample.report(finding))


def test_a_decision_of_the_report_is_told_in_full() -> None:
    html = render_html(sample.report(sample.decided(sample.finding(), expires="2027-02-28")))
    told = " ".join(re.sub("<.*?>", "", html[html.index('class="decision"') :]).split())
    assert "Dismissed by Ada Lund on 2026-02-03 (house style), until 2027-02-28 We spell it so." in told
    assert data_of(html)[0]["decision"]["by"] == "Ada Lund"


def test_findings_about_the_same_words_name_each_other() -> None:
    other = sample.finding(2, severity="warning", words="rebuild it")
    third = sample.finding(3, severity="warning", words="The quay dates")
    html = render_html(sample.report(sample.finding(1), other, third))
    related = re.findall(r'<p class="related">(.*?)</p>', html)
    assert [re.findall(r"finding \d", line) for line in related] == [["finding 2"], ["finding 1"]]


def test_an_index_counts_for_each_article() -> None:
    report = sample.report(sample.finding())
    assert 'id="articles"' not in render_html(report)
    article, source = report.inputs
    text = "# The pier\n\nIt is long.\n"
    pier = {"path": "pier.md", "key": "a2", "title": "The pier", "text": text, "end": len(text)}
    html = render_html(report.model_copy(update={"inputs": (article, article.model_copy(update=pier), source)}))
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", html[html.index('id="articles"') :], re.DOTALL)[:2]
    assert [re.findall(r'data-label="\w+">(\d+)', row) for row in rows] == [["1", "0", "0"], ["0", "0", "0"]]
