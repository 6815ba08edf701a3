"""The page that compares two reports, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import sample
from audit.reports.comparison import render_comparison_html
from audit.reports.json import render_json

from audit.comparing import compare_reports
from audit.records import Check
from audit.records.report import Report
from audit.records.saved import SavedReport

pytestmark = pytest.mark.xdist_group("browser")

LONG_WORD = "https://quay.example/" + "minutes-of-the-harbour-board-" * 12


def saved(report: Report) -> SavedReport:
    return SavedReport.model_validate(json.loads(render_json(report)))


@pytest.fixture(scope="module")
def html() -> str:
    """New, changed, still open and fixed findings, one of them with a word that is wider than a phone."""
    gone, kept = sample.finding(1, message="Gone?", rule="condition-dropped"), sample.finding(2, message="Kept?")
    article = sample.ARTICLE.replace("will rebuild", "shall rebuild")
    words = sample.finding(3, message=f"Is it {LONG_WORD}?", rule="certainty-raised")
    edited = sample.finding(4, rule="certainty-raised", words="“We shall rebuild it,”", article=article)
    new = sample.finding(5, severity="note", rule="quote-tidied", words="The quay dates from 1911.", message="New?")
    one = new.model_copy(update={"evidence": new.evidence[:1]})
    comparison = compare_reports(
        saved(sample.report(gone, kept, words)),
        saved(sample.report(kept, edited, one, checks=(Check(rule="condition-dropped", status="run"),))),
        old_path=f"{LONG_WORD}.json",
        new_path="new.json",
    )
    return render_comparison_html(comparison)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(open_page: Callable[..., Any], html: str, width: int) -> None:
    page = open_page(html, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.finding')).borderTopStyle") == "dotted"


def test_all_is_readable_without_scripts(open_page: Callable[..., Any], html: str) -> None:
    page = open_page(html, scripts=False)
    titles = page.locator("main > section > h2").all_inner_texts()
    assert titles == ["New: 1", "Changed: 1", "Still open: 1", "Fixed: 1"]
    changed = page.locator("#changed .side").all_inner_texts()
    assert [words.casefold() for words in changed] == ["article, before", "article, now", "source"]
    assert page.locator("#changed blockquote").all_inner_texts()[:2] == [
        "“We will rebuild it,”",
        "“We shall rebuild it,”",
    ]
    page.locator("#fixed summary").click()
    assert page.get_by_text("Gone?").is_visible()
