"""The HTML report in a real browser: on a desk and on a phone, with scripts off, in the dark, and under attack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sample
from audit.reports.html import render_html
from test_html_report import hostile
from whole import ARTICLE, LONG_WORD, full_report, two_articles

pytestmark = pytest.mark.xdist_group("browser")

Opener = Callable[..., Any]

_BEYOND = """(elements, width) => elements
  .filter(element => element.getClientRects().length && element.getBoundingClientRect().right > width + 1)
  .map(element => element.textContent.slice(0, 80))"""


@pytest.fixture(scope="module")
def html() -> str:
    return render_html(full_report())


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_wider_than_the_window(open_page: Opener, html: str, width: int, scripts: bool) -> None:
    page = open_page(html, width=width, scripts=scripts)
    if scripts:
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = page.locator("main *").evaluate_all(_BEYOND, width)  # one call, where a loop here would make hundreds
    assert beyond == []


def test_passages_stand_side_by_side_on_a_desk_and_one_below_the_other_on_a_phone(open_page: Opener, html: str) -> None:
    for width, beside in ((1280, True), (390, False)):
        figures = open_page(html, width=width).locator(".finding").first.locator("figure")
        left, right = (figures.nth(number).bounding_box() for number in range(2))
        assert (abs(left["y"] - right["y"]) < 2) == beside
        assert (right["x"] > left["x"] + left["width"] - 1) == beside


def test_all_is_readable_with_scripts_off(open_page: Opener, html: str) -> None:
    page = open_page(html, scripts=False)
    text = page.locator("main").inner_text()
    for words in ("Did she say this?", "We may rebuild it one day.", "Coverage", "Jon Abar", "copydesk 0.0.test"):
        assert words in text
    page.locator("#notes > summary").click()
    assert f"Is it {LONG_WORD}?" in page.locator("#notes").inner_text()


def test_a_link_to_a_folded_note_unfolds_it(open_page: Opener, html: str) -> None:
    page = open_page(html, scripts=False)
    page.locator("a.tally.note").click()
    assert page.locator(f"#f-{3:032x}").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_links_scroll_to_the_place_in_the_text_and_keep_the_other_text_in_view(
    open_page: Opener, html: str, scripts: bool
) -> None:
    page = open_page(html, scripts=scripts)
    page.locator(f"#f-{1:032x} a.spot").first.click()
    assert in_view(page, f"#e-{1:032x}-1", 900)
    quotation = page.locator("a.chip.quote")
    quotation.scroll_into_view_if_needed()
    quotation.click()
    assert in_view(page, "[id='p-a1.quotation.1']", 900)
    panes = [pane.bounding_box() for pane in page.locator(".pane").all()]
    assert all(box["y"] >= 47 and box["y"] + box["height"] <= 901 for box in panes)


def test_links_land_in_a_report_so_long_that_only_what_is_in_view_is_laid_out(open_page: Opener) -> None:
    report = full_report(*(sample.finding(number, severity="warning", article=ARTICLE) for number in range(1, 150)))
    page = open_page(render_html(report))
    assert page.locator("main.long").count() == 1
    page.evaluate(f"location.hash = '#f-{140:032x}'")
    page.wait_for_timeout(300)
    assert in_view(page, f"#f-{140:032x}", 900)
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.id") == f"f-{141:032x}"
    assert in_view(page, f"#f-{141:032x}", 900)
    page.locator(f"#f-{141:032x} a.spot").last.click()
    page.wait_for_timeout(300)
    assert in_view(page, f"#e-{141:032x}-2", 900)


def in_view(page: Any, selector: str, height: int) -> bool:
    box = page.locator(selector).first.bounding_box()
    return 48 <= box["y"] <= height - 20


def test_a_click_on_quoted_words_leads_to_the_passage(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.locator("[id='q-a1.quotation.1']").click()
    assert in_view(page, "[id='p-a1.quotation.1']", 900)


def test_keys_go_from_finding_to_finding(open_page: Opener, html: str) -> None:
    page = open_page(html)
    for key, number in (("j", 1), ("j", 2), ("j", 2), ("k", 1)):  # the note is folded
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == f"f-{number:032x}"
        assert in_view(page, f"#f-{number:032x}", 900)


def test_texts_cannot_act(open_page: Opener) -> None:
    attack = (
        "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u202e\u2028"
    )
    article = f"# {attack}\n\n“We will rebuild it, {attack}” said.\n"
    finding = sample.finding(words=f"“We will rebuild it, {attack}”", article=article, message=attack)
    evidence = tuple(e.model_copy(update={"label": attack, "speaker": attack}) for e in finding.evidence)
    report = sample.report(finding.model_copy(update={"evidence": evidence}), article=article)
    page = open_page(render_html(report))
    assert page.title() == "Copydesk report: The quay"
    assert page.locator("script").count() == 2  # its data and its own
    assert page.locator("img").count() == 0
    assert "[U+202E]" in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_no_text_of_any_record_can_act(open_page: Opener, scripts: bool) -> None:
    page = open_page(render_html(hostile()), scripts=scripts)
    assert page.title().startswith("Copydesk report: </script>")
    if scripts:
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        page.locator("input[name=words]").fill("<script>")
        assert page.locator("#shown").inner_text() == "1 of 1 finding"
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.title().startswith("Copydesk report: </script>")
    assert page.locator("img").count() == 0
    assert "document.title='x'" in page.locator("#people").text_content()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_an_index_and_an_open_form_are_no_wider_than_the_window(open_page: Opener, width: int) -> None:
    page = open_page(render_html(two_articles()), width=width)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.get_by_role("button", name="Decide").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("main *:not(.aloud, .aloud *)").evaluate_all(_BEYOND, width) == []


def test_the_policy_stops_a_script_that_somebody_puts_in(open_page: Opener, html: str, browser: Any) -> None:
    page = browser.new_page()
    page.set_content(html.replace("</main>", "<script>document.title='taken'</script></main>"))
    assert page.title() == "Copydesk report: The quay"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_background(open_page: Opener, html: str, scheme: str) -> None:
    page = open_page(html, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    poor = [(words, round(ratio, 2)) for words, ratio in page.evaluate(CONTRASTS) if ratio < 4.5]
    assert poor == []


def test_a_printed_report_is_whole_and_light(open_page: Opener, html: str) -> None:
    page = open_page(html, scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav.bar").is_visible()
    panes = page.locator(".pane").all()
    assert all(pane.evaluate("pane => pane.scrollHeight <= pane.clientHeight + 1") for pane in panes)


# The contrast of each text with the colour behind it (WCAG 2.2, relative luminance), layers over each other blended.
CONTRASTS = """
() => {
  const parse = color => { const v = color.match(/[\\d.]+/g).map(Number); return v.length > 3 ? v : [...v, 1]; };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const light = color => color.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.getClientRects().length) continue;
    const back = behind(parent), front = over(parse(getComputedStyle(parent).color), back);
    const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
    found.push([walker.currentNode.data.trim().slice(0, 40), (high + 0.05) / (low + 0.05)]);
  }
  return found;
}
"""
