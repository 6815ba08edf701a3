"""What an editor does on the page: filter, go about by keys, decide, and take the decisions along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from audit.reports.html import render_html
from sample import decided, decision
from whole import findings, fingerprint, full_report, two_articles

from audit.records.sameness import normalized_words

pytestmark = pytest.mark.xdist_group("browser")

Opener = Callable[..., Any]
CARDS = """cards => cards.filter(card => !card.hidden && !card.closest("details:not([open])"))
  .map(card => card.id.slice(-1)).sort().join("")"""
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture(scope="module")
def html() -> str:
    return render_html(full_report())


def shown(page: Any) -> str:
    """The numbers of the findings that are in view or could be scrolled into it."""
    return str(page.locator(".finding").evaluate_all(CARDS))


def at(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def open_again(page: Any, address: str) -> None:
    """The same file under another address, as a link from elsewhere would open it."""
    page.goto("about:blank")
    page.goto(address)


# --- Filters ----------------------------------------------------------------------------------------------------------


@WIDTHS
def test_a_filter_shows_what_it_names_and_is_kept_in_the_address(open_page: Opener, html: str, width: int) -> None:
    page = open_page(html, width=width)
    assert shown(page) == "12"
    page.locator(".pill.note").click()
    assert shown(page) == "3"
    assert page.url.endswith("#findings?severity=note")
    assert page.locator("#shown").inner_text() == "1 of 3 findings"
    page.locator(".pill.error").click()
    assert shown(page) == "13"
    open_again(page, page.url)
    assert shown(page) == "13"
    page.locator("#reset").click()
    assert shown(page) == "12"
    assert page.url.endswith("#findings")
    assert page.locator("#shown").inner_text() == "3 findings"


def test_counts_follow_the_other_filters(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.locator("select[name=who]").select_option("Mira Holt")
    counts = {name: page.locator(f".pill.{name} .many").inner_text() for name in ("error", "warning", "note")}
    assert counts == {"error": "1", "warning": "0", "note": "1"}
    rules = page.locator("select[name=rule] option").all_inner_texts()
    assert rules == ["All rules", "date-differs (0)", "quote-altered (1)", "quote-tidied (1)"]


def test_words_are_found_in_passages_and_nothing_says_so(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.locator("input[name=words]").fill("WHICH year")
    assert shown(page) == "2"
    page.locator("input[name=words]").fill("which year harbourmaster")
    assert shown(page) == ""
    assert page.locator("#nothing").inner_text().startswith("Nothing matches.")
    page.locator("#nothing button").click()
    assert shown(page) == "12"
    assert not page.locator("#nothing").is_visible()


def test_a_link_to_a_finding_that_a_filter_hides_shows_it(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.goto(page.url.split("#")[0] + f"#f-{fingerprint(3)}?severity=error")
    page.reload()
    assert page.locator(f"#f-{fingerprint(3)}").is_visible()
    assert at(page) == f"f-{fingerprint(3)}"


def test_going_to_a_passage_keeps_the_filter(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.locator("select[name=rule]").select_option("date-differs")
    page.locator(f"#f-{fingerprint(2)} a.spot").first.click()
    page.wait_for_function("location.hash.includes('?rule=date-differs')")
    assert page.url.endswith(f"#e-{fingerprint(2)}-1?rule=date-differs")


def test_a_malformed_address_does_no_harm(open_page: Opener, html: str) -> None:
    page = open_page(html)
    for tail in ("#%E0%A4%A", "#findings?severity=none&who=%00", "#f-'\"<b>?x"):
        open_again(page, page.url.split("#")[0] + tail)
        if "severity" in tail:
            page.locator("#nothing button").click()
        assert shown(page) == "12"


def test_articles_have_an_index_that_sorts_and_filters(open_page: Opener) -> None:
    page = open_page(render_html(two_articles()))
    names = page.locator("#articles tbody th bdi:first-child")
    assert [name.split("\n")[0] for name in names.all_inner_texts() if "/" not in name] == ["The quay", "The pier"]
    page.get_by_role("button", name="Errors").click()
    assert page.locator("#articles tbody tr").first.inner_text().startswith("The quay")
    page.get_by_role("button", name="Warnings").click()
    assert page.locator("#articles tbody tr").first.inner_text().startswith("The pier")
    assert page.locator("#articles th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.get_by_role("link", name="Findings of The pier").click()
    assert shown(page) == "2"
    assert page.url.endswith("?article=a2")


def test_articles_have_a_plain_table_with_scripts_off(open_page: Opener) -> None:
    page = open_page(render_html(two_articles()), scripts=False)
    page.get_by_role("link", name="Findings of The pier").click()
    assert page.url.endswith(f"#f-{fingerprint(2)}")
    assert page.locator("#articles button").count() == 0


# --- Keys -------------------------------------------------------------------------------------------------------------


@WIDTHS
def test_enter_goes_to_the_passage_and_escape_comes_back(open_page: Opener, html: str, width: int) -> None:
    page = open_page(html, width=width)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_function(f"location.hash === '#e-{fingerprint(1)}-1'")
    box = page.locator(f"#e-{fingerprint(1)}-1").bounding_box()
    assert 0 <= box["y"] <= 880
    page.keyboard.press("Escape")
    assert at(page) == f"f-{fingerprint(1)}"


def test_question_mark_shows_the_keys_and_they_can_be_turned_off(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("j")
    assert at(page) == ""
    page.locator("#ask").click()
    page.locator("#keys-on").check()
    page.locator("#help button").click()
    page.keyboard.press("j")
    assert at(page) == f"f-{fingerprint(1)}"


def test_keys_typed_into_a_field_are_letters(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.keyboard.press("/")
    page.keyboard.type("jdk?")
    assert page.locator("input[name=words]").input_value() == "jdk?"
    page.keyboard.press("Escape")
    assert page.locator("input[name=words]").input_value() == ""


def test_everything_can_be_reached_and_seen_with_tab(open_page: Opener, html: str) -> None:
    page = open_page(html)
    seen, unseen = [], []
    for _ in range(400):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e.closest('.button') || e);
            return [e === document.body ? '' : e.id || e.name || e.className || e.textContent.trim(),
                    s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; }"""
        )
        if not name:
            break
        seen.append(name)
        if not ring:
            unseen.append(name)
    for name in ("ask", "severity", "rule", "who", "words", "import", "export", "Decide", "permalink", "pane"):
        assert name in seen
    assert unseen == []


# --- The texts side by side -------------------------------------------------------------------------------------------


def test_selecting_a_mark_scrolls_the_source_to_the_turn_and_leaves_the_article_where_it_is(
    open_page: Opener, html: str
) -> None:
    page = open_page(html)
    article, source = page.locator(".pane").all()
    mark, passage = (page.locator(f"[id='e-{fingerprint(2)}-{number}']") for number in (1, 2))
    page.locator("#texts").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#texts').scrollIntoView()")
    before = article.evaluate("pane => pane.scrollTop"), page.evaluate("scrollY")
    assert source.evaluate("pane => pane.scrollTop") == 0
    mark.click()
    assert (article.evaluate("pane => pane.scrollTop"), page.evaluate("scrollY")) == before
    assert source.evaluate("pane => pane.scrollTop") > 500
    assert abs(mark.bounding_box()["y"] - passage.bounding_box()["y"]) < 30
    assert page.locator(".lit").count() == 2


def test_a_mark_that_is_reached_by_tab_shows_its_passage_too(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.evaluate("document.querySelector('#texts').scrollIntoView()")
    page.locator(".pane").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("chip")
    assert page.locator(".lit").count() == 2


def test_one_column_on_a_phone(open_page: Opener, html: str) -> None:
    page = open_page(html, width=390)
    article, source = (pane.bounding_box() for pane in page.locator(".pane").all())
    assert source["y"] >= article["y"] + article["height"]
    page.locator(f"[id='e-{fingerprint(1)}-1']").click()
    assert 0 <= page.locator(f"[id='e-{fingerprint(1)}-2']").bounding_box()["y"] <= 880


def test_people_dates_and_figures_unfold_and_lead_into_the_text(open_page: Opener, html: str) -> None:
    page = open_page(html, scripts=False)
    for fold, words in (("people", "harbour master"), ("timeline", "The quay dates from 1911."), ("figures", "1,911")):
        assert not page.locator(f"#{fold} table").is_visible()
        page.locator(f"#{fold} > summary").click()
        assert words in page.locator(f"#{fold}").inner_text()
    page.locator("#timeline a").first.click()
    assert "The quay dates from 1911." in page.locator(":target").inner_text()


# --- Decisions --------------------------------------------------------------------------------------------------------


def decide(
    page: Any, number: int, verdict: str, *, reason: str = "house-style", text: str = "", expires: str = ""
) -> None:
    card = page.locator(f"#f-{fingerprint(number)}")
    card.get_by_role("button", name="Decide").or_(card.get_by_role("button", name="Change decision")).click()
    form = card.locator("form.decide")
    form.locator(f"input[value={verdict}]").check()
    if verdict == "dismissed":
        form.locator("select").select_option(reason)
    form.locator("textarea").fill(text)
    form.locator("input[name=by]").fill("Ada Lund")
    form.locator("input[name=date]").fill("2026-02-03")
    form.locator("input[name=expires]").fill(expires)
    form.get_by_role("button", name="Save decision").click()


def exported(page: Any) -> str:
    with page.expect_download() as download:
        page.locator("#export").click()
    assert download.value.suggested_filename == "decisions.json"
    return Path(download.value.path()).read_text(encoding="utf-8")


def entry(number: int, **values: Any) -> dict[str, Any]:
    """The entry of the file for a finding of the report."""
    finding = findings()[number - 1]
    passages = [
        {
            "side": side,
            "words": evidence.place.text[:120],
            "sha256": hashlib.sha256(normalized_words(evidence.place.text).encode()).hexdigest(),
        }
        for side, evidence in zip(("article", "source"), finding.evidence, strict=True)
    ]
    return decision(finding, passages=passages, **values).model_dump(mode="json")


def file_of(*entries: dict[str, Any]) -> str:
    return json.dumps({"schema": "copydesk-decisions/1", "decisions": entries}, indent=2, ensure_ascii=False) + "\n"


@WIDTHS
def test_a_dismissed_finding_goes_to_the_decided_ones_at_once(open_page: Opener, html: str, width: int) -> None:
    page = open_page(html, width=width)
    decide(page, 1, "dismissed", text="We spell it so.")
    assert shown(page) == "2"
    assert at(page) == f"f-{fingerprint(2)}"
    assert page.locator("#toast").inner_text().startswith("Finding 1 dismissed.")
    assert page.locator("[data-tally=error]").inner_text() == "0"
    assert page.locator("#verdict").inner_text() == "2 questions to settle before publication."
    page.locator("#settled > summary").click()
    card = page.locator(f"#settled #f-{fingerprint(1)}")
    assert "Dismissed by Ada Lund on 2026-02-03 (house style)" in card.inner_text()
    page.locator("#undo").click()
    assert shown(page) == "12"
    assert not page.locator("#settled").is_visible()
    assert page.locator("[data-tally=error]").inner_text() == "1"


def test_a_confirmed_finding_stays_and_says_so(open_page: Opener, html: str) -> None:
    page = open_page(html)
    decide(page, 2, "confirmed")
    assert shown(page) == "12"
    assert "Confirmed by Ada Lund on 2026-02-03" in page.locator(f"#main #f-{fingerprint(2)}").inner_text()
    page.locator("select[name=state]").select_option("confirmed")
    assert shown(page) == "2"


def test_the_exported_file_is_in_the_agreed_format(open_page: Opener, html: str) -> None:
    page = open_page(html)
    decide(page, 2, "confirmed", text="It is 1912: “see” \\ the\nminutes \u00e9 \U0001f6a2")
    decide(page, 1, "dismissed", reason="rule-wrong", text="No.", expires="2031-05-06")
    second = entry(2, verdict="confirmed", reason="", text="It is 1912: “see” \\ the\nminutes \u00e9 \U0001f6a2")
    first = entry(1, reason="rule-wrong", text="No.", expires="2031-05-06")
    assert exported(page) == file_of(second, first)  # by rule: date-differs, quote-altered


def test_decisions_outlive_the_page_and_can_be_taken_back(open_page: Opener, html: str) -> None:
    page = open_page(html)
    decide(page, 1, "dismissed", text="We spell it so.")
    page.reload()
    assert shown(page) == "2"
    assert page.locator("#undelivered").inner_text() == "1 decision not exported"
    exported(page)
    assert page.locator("#undelivered").inner_text() == ""
    page.reload()
    assert page.locator("#undelivered").inner_text() == ""
    page.locator("#settled > summary").click()
    page.locator("#settled").get_by_role("button", name="Take back").click()
    page.reload()
    assert shown(page) == "12"
    assert json.loads(exported(page))["decisions"] == []


def test_an_imported_file_decides_and_what_it_has_of_other_reports_goes_along(
    open_page: Opener, html: str, tmp_path: Path
) -> None:
    other = {**entry(1), "fingerprint": "f" * 32, "article": "another.md"}
    file = tmp_path / "decisions.json"
    file.write_text(file_of(other, entry(1)), encoding="utf-8")
    page = open_page(html)
    page.locator("#import").set_input_files(file)
    page.wait_for_selector("#toast p:has-text('imported')")
    assert (
        page.locator("#toast p").inner_text()
        == "1 decision imported; 1 about other findings will be exported with them."
    )
    assert shown(page) == "2"
    assert exported(page) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schema": "copydesk-decisions/2", "decisions": []}', file_of({"fingerprint": "1"}), "null",
     file_of({**entry(1), "verdict": "maybe"}), file_of({**entry(1), "reason": "__proto__"}),
     file_of({**entry(1), "passages": [None]}), file_of({**entry(1), "date": "yesterday"})],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_and_changes_nothing(
    open_page: Opener, html: str, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "decisions.json"
    file.write_text(text, encoding="utf-8")
    page = open_page(html)
    page.locator("#import").set_input_files(file)
    page.wait_for_selector("#toast p:has-text('nothing was imported')")
    assert shown(page) == "12"


def test_words_of_an_imported_file_stay_words(open_page: Opener, html: str, tmp_path: Path) -> None:
    attack = "</p><img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    file = tmp_path / "decisions.json"
    file.write_text(file_of({**entry(2), "text": attack, "by": attack}), encoding="utf-8")
    page = open_page(html)
    page.locator("#import").set_input_files(file)
    page.wait_for_selector("#toast p:has-text('imported')")
    page.locator("#settled > summary").click()
    assert attack in page.locator("#settled").inner_text()
    assert page.locator("img").count() == 0
    assert page.title() == "Copydesk report: The quay"


def test_decisions_of_the_report_are_shown_and_exported_until_they_change(open_page: Opener) -> None:
    first, second, third = findings()
    report = full_report(
        decided(first, passages=tuple(entry(1)["passages"])),
        decided(second, reopened="source-changed", fingerprint="e" * 32, passages=tuple(entry(2)["passages"])),
        decided(third, verdict="confirmed", reason="", passages=tuple(entry(3)["passages"])),
    )
    page = open_page(render_html(report))
    assert shown(page) == "2"
    card = page.locator(f"#f-{fingerprint(2)}")
    assert "Open again, the source’s words have changed since: dismissed by Ada Lund" in card.inner_text()
    assert page.locator("#undelivered").inner_text() == ""
    told = json.loads(exported(page))["decisions"]
    assert [(d["fingerprint"], d["verdict"]) for d in told] == [
        ("e" * 32, "dismissed"), (fingerprint(1), "dismissed"), (fingerprint(3), "confirmed")
    ]  # fmt: skip
    decide(page, 2, "dismissed", text="Still so.")
    told = json.loads(exported(page))["decisions"]
    assert [d["fingerprint"] for d in told] == [fingerprint(2), fingerprint(1), fingerprint(3)]
    page.locator("#settled > summary").click()
    page.locator(f"#f-{fingerprint(1)}").get_by_role("button", name="Take back").click()
    page.reload()
    assert shown(page) == "1"
    assert [d["fingerprint"] for d in json.loads(exported(page))["decisions"]] == [fingerprint(2), fingerprint(3)]


def test_a_decision_that_has_expired_is_open_again(open_page: Opener, html: str) -> None:
    page = open_page(html)
    decide(page, 1, "dismissed", text="For now.", expires="2026-02-04")
    assert shown(page) == "12"
    assert "Open again, the decision has expired: Dismissed by" in page.locator(f"#f-{fingerprint(1)}").inner_text()


def test_a_form_asks_for_what_is_missing_and_remembers_the_name(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.keyboard.press("j")
    page.keyboard.press("d")
    form = page.locator("form.decide")
    assert page.evaluate("document.activeElement.name") == "verdict"
    form.locator("input[value=dismissed]").check()
    form.get_by_role("button", name="Save decision").click()
    assert form.is_visible()
    page.keyboard.press("Escape")
    assert form.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Decide"
    decide(page, 1, "dismissed", text="So it is.")
    page.keyboard.press("d")
    assert page.locator("form.decide input[name=by]").input_value() == "Ada Lund"


def test_paper_has_every_finding_whatever_is_filtered_and_no_controls(open_page: Opener, html: str) -> None:
    page = open_page(html)
    page.locator(".pill.warning").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert shown(page) == "123"
    for controls in (".desk", ".bar", ".permalink", ".finding .actions", "#people"):
        assert not page.locator(controls).first.is_visible()
    assert page.locator(".inputs .hash").first.inner_text() == "0" * 64
    assert "copydesk 0.0.test" in page.locator(".summary").text_content()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown(page) == "2"
    assert page.pdf().startswith(b"%PDF")
