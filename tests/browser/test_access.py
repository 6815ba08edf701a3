"""Whether everybody can use the page: axe-core's rules at three widths, light and dark, with everything open."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from audit.reports.html import render_html
from axe import OPEN, violations
from sample import decided
from whole import findings, full_report, two_articles

pytestmark = pytest.mark.xdist_group("browser")

Opener = Callable[..., Any]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_axe_finds_nothing(open_page: Opener, width: int, scheme: str) -> None:
    first, second, third = findings()
    report = full_report(first, decided(second, reopened="expired"), decided(third))
    page = open_page(render_html(report), width=width, scheme=scheme)
    page.evaluate(OPEN)
    page.locator(".finding").first.get_by_role("button", name="Decide").click()
    assert violations(page) == []


def test_axe_finds_nothing_in_an_index_or_in_the_list_of_keys(open_page: Opener) -> None:
    page = open_page(render_html(two_articles()))
    page.keyboard.press("?")
    assert violations(page) == []


def test_axe_does_find_something_where_there_is_something(open_page: Opener) -> None:
    page = open_page(render_html(full_report()))
    page.evaluate("document.querySelector('select').labels[0].replaceWith(document.querySelector('select'))")
    assert [id for id, _ in violations(page)] == ["select-name"]


def test_headings_go_down_one_step_at_a_time_and_sections_have_names(open_page: Opener) -> None:
    page = open_page(render_html(two_articles()))
    page.evaluate(OPEN)
    levels = page.locator("h1, h2, h3, h4").evaluate_all("els => els.map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.locator("main section:not([aria-labelledby])").count() == 0
