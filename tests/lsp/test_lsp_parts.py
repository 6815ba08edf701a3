"""Parts of the server without a process: escaping, places of texts that are no files, comments."""

from __future__ import annotations

import pytest
from audit.reports.inputs import Inputs
from helpers import audit_texts
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from markdown_it import MarkdownIt
from markdown_it.token import Token

from audit.loading import load_text
from audit.lsp.actions import comment
from audit.lsp.hover import escaped, hover_at
from audit.lsp.positions import line_range, position_at, range_of
from audit.lsp.view import Screen, View
from audit.lsp.worker import Audited
from audit.records.report import Report
from audit.suppressions import suppress

ARTICLE = """# Harbour board splits over the old crane

“We will take the crane down before the winter,” said [Marta Lindqvist](command:evil), who chairs the board.
"""
SOURCE = "MARTA LINDQVIST: We may take the crane down before the winter. <img src=x> ![a](http://b.example/c) `d`\n"


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def view_of(report: Report, article: str = "article.md") -> View:
    audited = Audited(report=report, article=article, folder="/desk", is_listed=True)
    return View(audited, Screen("file:///desk/article.md", ARTICLE, utf16, lambda path: f"file://{path}"))


def with_path(report: Report, old: str, new: str) -> Report:
    """A report in which a file goes by another name."""
    return Report.model_validate_json(report.model_dump_json(by_alias=True).replace(f'"{old}"', f'"{new}"'))


def inline(text: str) -> list[Token]:
    return [token for block in MarkdownIt("commonmark").parse(text) for token in block.children or ()]


@given(st.text(alphabet="ab *_`[]()<>!&;#\\~:/.@wh", max_size=40))
def test_words_stay_words_in_markdown(text: str) -> None:
    shown = inline(f"x: {escaped(text)}y")
    assert {token.type for token in shown} <= {"text", "text_special"}
    assert "".join(token.content for token in shown) == f"x: {text}y"


@pytest.mark.parametrize("text", ["http://evil.example", "https://a", "www.evil.example", "a@b.example", "ftp://x"])
def test_bare_addresses_are_broken_up(text: str) -> None:
    """Editors make links of them although nothing marks them; a backslash ends the word for that."""
    assert text not in escaped(text)
    assert text.replace("://", r"\://").replace("www.", r"www\.").replace("@", r"\@") == escaped(text)


def test_a_hover_shows_the_words_of_the_texts_and_no_more() -> None:
    view = view_of(audit_texts(ARTICLE, SOURCE))
    [marked] = [one for one in view.marked if one.finding.rule == "quote-altered"]
    hover = hover_at(view, marked.range.start, markdown=True)
    assert hover is not None
    kinds = {token.type for token in inline(hover.contents.value)}  # type: ignore[union-attr]
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}
    plain = hover_at(view, marked.range.start, markdown=False)
    assert plain is not None
    assert "\\" not in plain.contents.value  # type: ignore[union-attr]
    assert plain.contents.kind == types.MarkupKind.PlainText  # type: ignore[union-attr]


def test_a_passage_of_a_page_stays_at_the_finding_and_names_the_address() -> None:
    report = with_path(audit_texts(ARTICLE, SOURCE), "source-1.md", "https://example.org/talk")
    [found] = [one for one in view_of(report).diagnostics(related=True) if one.code == "quote-altered"]
    [related] = found.related_information or ()
    assert related.location == types.Location("file:///desk/article.md", found.range)
    assert related.message.endswith("(https://example.org/talk)")
    [bare] = [one for one in view_of(report).diagnostics(related=False) if one.code == "quote-altered"]
    assert bare.related_information is None


def test_what_is_settled_or_elsewhere_is_not_shown() -> None:
    report = audit_texts(ARTICLE, SOURCE)
    assert [one.finding.rule for one in view_of(report, "other.md").marked] == []
    settled = [finding.model_copy(update={"status": "dismissed"}) for finding in report.findings]
    assert view_of(report.model_copy(update={"findings": tuple(settled)})).marked == []


@pytest.mark.parametrize(
    "article",
    [
        ARTICLE,
        ARTICLE.replace("“We", "- “We").replace("board.\n", "board.\n- He left.\n- She stayed.\n"),
        ARTICLE.replace("said [", "said\n[").replace("board.\n", "board.  \n"),
    ],
)
def test_a_comment_holds_for_its_paragraph(article: str) -> None:
    report = audit_texts(article, SOURCE)
    [finding] = [one for one in report.findings if one.rule == "quote-altered"]
    [info] = [text.info for text in Inputs(report).articles]
    edit = comment(info, finding.evidence[0].place, finding.rule, utf16)
    assert edit is not None
    lines = article.split("\n")
    at = edit.range.start
    lines[at.line] = lines[at.line][: at.character] + edit.new_text + lines[at.line][at.character :]
    again = suppress(audit_texts("\n".join(lines), SOURCE))
    assert [one.status for one in again.findings if one.rule == "quote-altered"] == ["suppressed"]
    assert [one.evidence[0].place.text for one in again.findings] == [
        one.evidence[0].place.text for one in report.findings
    ]


@given(st.text(alphabet="ab\n\r\u2028😋é", max_size=30), st.data())
def test_positions_are_those_of_an_editor(text: str, data: st.DataObject) -> None:
    """The same place by two ways: from the record's line and column, and counted in the text."""
    [document] = load_text(text or " ", "a.txt").documents
    raw = document.raw
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    found = range_of(document.raw_place(start, end), raw, utf16)
    if not raw[:start].endswith("\r") or not raw[start:].startswith("\n"):  # no editor stands between the two
        assert found.start == position_at(raw, start, utf16)
    assert 0 <= found.start.character <= utf16(raw)


def test_a_line_that_is_not_there_is_the_last_one() -> None:
    assert line_range("a\nbc", 9, utf16) == types.Range(types.Position(1, 0), types.Position(1, 2))
