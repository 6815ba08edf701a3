"""`copydesk serve` in a real browser: from two files to a report, an edit and a decision, with and without scripts."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import OPEN, violations

sys.path.insert(0, str(Path(__file__).parents[1] / "serve"))

from running import Running
from test_report import CONTRASTS

pytestmark = pytest.mark.xdist_group("browser")

DOSSIER = Path(__file__).parents[2] / "fixtures" / "run" / "dossier"
ARTICLE, SOURCE = DOSSIER / "article.md", DOSSIER / "interviews" / "lindqvist.md"
PASTED = "# The weir\n\n“We will rebuild the weir in spring,” Nora Feld said.\n"
SPOKEN = "NORA FELD: We may rebuild the weir in spring.\n\nQ: When?\n\nNORA FELD: In April.\n"
PATIENCE = 120_000  # milliseconds; the first audit loads the language model

Visit = Callable[..., Any]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A server for one test, since its address lets one browser in."""
    with Running(tmp_path / "tmp", "--decisions", tmp_path / "decisions.json") as running:
        yield running


@pytest.fixture
def visit(browser: Any, server: Running) -> Iterator[Visit]:
    """Opens the printed address. Afterwards nothing foreign must have been asked for, and nothing complained about."""
    contexts = []
    trouble: list[str] = []

    def note(words: str, is_trouble: bool) -> None:
        if is_trouble:
            trouble.append(words)

    def open_(*, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: note(request.url, not request.url.startswith(f"{server.origin}/")))
        page.on("console", lambda message: note(message.text, message.type == "error"))
        page.on("response", lambda answer: note(f"{answer.status} {answer.url}", answer.status >= 400))
        page.on("pageerror", lambda error: note(str(error), True))
        page.goto(server.address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


def hand_in(page: Any, article: Any = ARTICLE, *sources: Any) -> None:
    page.set_input_files("#article", article)
    page.set_input_files("#sources", list(sources) or [SOURCE])
    page.get_by_role("button", name="Audit", exact=True).click()
    page.wait_for_url("**/report")


def paste(page: Any) -> None:
    page.get_by_text("Or paste the text").click()
    page.get_by_label("Text of the article").fill(PASTED)
    page.get_by_text("Or paste one").click()
    page.get_by_label("Text of a source").fill(SPOKEN)
    page.get_by_role("button", name="Audit", exact=True).click()
    page.wait_for_url("**/report")


@pytest.mark.parametrize("scripts", [True, False])
def test_two_files_become_a_report(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    hand_in(page)
    text = page.locator("main").inner_text()
    assert "We may take the crane down before the winter" in text
    assert "lindqvist.md" in text
    assert str(DOSSIER) not in text
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    assert json.loads(download.value.path().read_text(encoding="utf-8"))["findings"]
    page.get_by_role("link", name="All audits").click()
    assert page.locator(".list li").count() == 1


def test_pasted_text_is_edited_and_audited_again(visit: Visit) -> None:
    page = visit()
    paste(page)
    page.get_by_role("link", name="Edit the text").click()
    box = page.get_by_label("Text of the article")
    assert box.input_value() == PASTED
    page.get_by_role("button", name="Show in the text").click()
    selected = page.evaluate("(b => b.value.slice(b.selectionStart, b.selectionEnd))(document.getElementById('text'))")
    assert selected == "“We will rebuild the weir in spring,”"
    box.fill(PASTED.replace("We will", "We may"))
    page.get_by_role("button", name="Audit again").click()
    page.wait_for_url("**/changes")
    assert page.locator(".tallies").inner_text().split() == ["1", "fixed", "0", "new", "0", "still", "open"]
    assert page.locator("del").all_inner_texts() == ["will"]
    assert page.locator("ins").all_inner_texts() == ["may"]
    page.get_by_role("link", name="Read the report").click()
    assert "No findings" in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_decision_is_found_saved(visit: Visit, tmp_path: Path, scripts: bool) -> None:
    page = visit(scripts=scripts)
    paste(page)
    page.get_by_role("link", name="Decisions").click()
    page.get_by_text("Decide", exact=True).click()
    page.get_by_label("Reason", exact=True).select_option("house-style")
    page.get_by_label("In your words").fill("Agreed with her office.")
    page.get_by_label("Your name").fill("Ada Quill")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("dismissed by Ada Quill").wait_for()
    [saved] = json.loads((tmp_path / "decisions.json").read_text(encoding="utf-8"))["decisions"]
    assert (saved["reason"], saved["text"]) == ("house-style", "Agreed with her office.")
    page.get_by_role("link", name="Report", exact=True).click()
    assert page.locator(".finding").first.locator(".status").text_content().strip().lower() == "dismissed"
    page.go_back()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Decide", exact=True).wait_for()
    assert json.loads((tmp_path / "decisions.json").read_text(encoding="utf-8"))["decisions"] == []


def test_the_report_may_send_decisions_from_its_script(visit: Visit, tmp_path: Path) -> None:
    """What the page's policy allows: the request that the report's script makes."""
    page = visit()
    paste(page)
    answer = page.evaluate("""async () => {
        const meta = name => document.querySelector(`meta[name=${name}]`).content;
        const fingerprint = document.querySelector(".finding").id.slice(2);
        const answer = await fetch(meta("copydesk-save"), {
            method: "POST", credentials: "same-origin",
            headers: {"Content-Type": "application/json", "X-CSRF-Token": meta("copydesk-csrf")},
            body: JSON.stringify({fingerprint, verdict: "confirmed", reason: "", text: "", by: "Ada", expires: null}),
        });
        return answer.json();
    }""")
    assert answer["saved"] is True
    assert [answer["decision"]] == json.loads((tmp_path / "decisions.json").read_text(encoding="utf-8"))["decisions"]


def test_a_decision_on_the_report_is_saved_at_once(visit: Visit, tmp_path: Path) -> None:
    def saved() -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = json.loads((tmp_path / "decisions.json").read_text("utf-8"))["decisions"]
        return entries

    page = visit()
    paste(page)
    card = page.locator(".finding").first
    card.get_by_role("button", name="Decide").click()
    card.get_by_label("Dismiss").check()
    card.locator("[name=reason]").select_option("house-style")
    card.locator("[name=text]").fill("Agreed with her office.")
    card.locator("[name=by]").fill("Ada Quill")
    with page.expect_response("**/decisions"):
        card.get_by_role("button", name="Save").click()
    page.wait_for_function("!document.querySelector('.pending')")
    assert page.locator("#undelivered").text_content() == ""
    assert [entry["reason"] for entry in saved()] == ["house-style"]
    assert page.evaluate("localStorage.length") == 0
    with page.expect_response("**/decisions"):
        page.locator("#undo").click()
    assert saved() == []
    page.reload()
    assert page.locator(".finding").first.get_attribute("data-state") == "open"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (768, "dark"), (390, "light")])
def test_axe_finds_nothing_on_any_page(visit: Visit, width: int, scheme: str) -> None:
    page = visit(width=width, scheme=scheme)
    page.evaluate(OPEN)
    assert violations(page) == []
    page.reload()
    paste(page)
    report = page.url
    for name in ("report", "edit", "decisions"):
        page.goto(report.replace("/report", f"/{name}"))
        page.evaluate(OPEN)
        assert violations(page) == [], name


def test_files_are_listed_added_and_taken_back(visit: Visit) -> None:
    page = visit()
    hostile = {"name": "<img src=x onerror=document.title='taken'>.md", "mimeType": "text/plain", "buffer": b"# A"}
    page.set_input_files("#sources", [SOURCE])
    page.set_input_files("#sources", [hostile])
    names = page.locator("#sources + .chosen bdi")
    assert names.all_inner_texts() == ["lindqvist.md", hostile["name"]]
    page.get_by_role("button", name="Remove lindqvist.md").click()
    assert names.all_inner_texts() == [hostile["name"]]
    hand_in(page, ARTICLE, hostile)
    assert "taken" not in page.title()
    assert page.locator("img").count() == 0


def test_a_dropped_file_is_taken_and_one_that_misses_does_no_harm(visit: Visit) -> None:
    page = visit()
    drop = """(target) => {
        const data = new DataTransfer();
        data.items.add(new File(["# A headline"], "dropped.md", {type: "text/markdown"}));
        const fire = name => target.dispatchEvent(
            new DragEvent(name, {dataTransfer: data, bubbles: true, cancelable: true}));
        return [fire("dragover"), fire("drop")];
    }"""
    assert page.locator("h1").evaluate(drop) == [False, False]  # both prevented: the browser does not open the file
    assert page.locator(".chosen bdi").count() == 0
    page.locator(".field").first.evaluate(drop)
    assert page.locator(".chosen bdi").all_inner_texts() == ["dropped.md"]
    assert page.locator("#article").evaluate("input => input.files[0].name") == "dropped.md"


def test_too_large_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit()
    page.locator("form.new").evaluate("form => { form.dataset.file = 10; }")
    page.set_input_files("#article", ARTICLE)
    page.get_by_role("button", name="Audit", exact=True).click()
    assert "article.md is larger than" in page.locator(".problem").inner_text()
    assert page.get_by_role("button", name="Audit", exact=True).is_enabled()


PAGES = ("/", "/audits/1/report", "/audits/2/changes", "/audits/2/edit", "/audits/2/decisions")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone_and_can_be_read(visit: Visit, server: Running, scheme: str) -> None:
    page = visit(width=390, scheme=scheme)
    hand_in(page)
    page.get_by_role("link", name="Edit the text").click()
    text = page.get_by_label("Text of the article")
    text.fill(re.sub("crane", "cranes", text.input_value()) + "x" * 200)
    page.get_by_role("button", name="Audit again").click()
    page.wait_for_url("**/changes")
    for path in PAGES:
        page.goto(server.origin + path)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        if "report" not in path:  # which has its own tests
            poor = [(words, round(ratio, 2)) for words, ratio in page.evaluate(CONTRASTS) if ratio < 4.5]
            assert poor == [], path
            unnamed = page.evaluate(UNNAMED)
            assert unnamed == [], path


# Fields that no label names.
UNNAMED = """() => Array.from(document.querySelectorAll("input:not([type=hidden]), textarea, select"))
  .filter(field => !field.labels.length && !field.getAttribute("aria-label")).map(field => field.outerHTML)"""
