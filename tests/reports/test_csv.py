"""The table for a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
import sample
from audit.reports.csv import BYTE_ORDER_MARK, COLUMNS, render_csv, safe
from audit.reports.html import render_html
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.records.decisions import Decision
from audit.records.report import Report


def rows(report: Report) -> list[dict[str, str]]:
    text = render_csv(report)
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True))


def test_a_row_has_both_sides() -> None:
    [row] = rows(sample.report(sample.finding()))
    assert tuple(row) == COLUMNS
    assert row["number"] == "1"
    assert (row["severity"], row["confidence"], row["rule"], row["status"]) == (
        "error",
        "high",
        "quote-altered",
        "open",
    )
    assert (row["article file"], row["article line"]) == ("drafts/quay.md", "3")
    assert row["article words"] == "“We will rebuild it,”"
    assert (row["source file"], row["source line"]) == ("holt.txt", "1")
    assert row["source words"] == "We may rebuild it one day."
    assert row["clear"] == "the words as spoken"
    assert row["fingerprint"] == f"{1:032x}"
    assert row["decision"] == row["expires"] == row["reopened"] == ""


def test_several_passages_of_a_side_stand_below_each_other() -> None:
    one, two = sample.finding(), sample.finding(words="The quay dates")
    both = one.model_copy(update={"evidence": (one.evidence[0], two.evidence[0])})
    [row] = rows(sample.report(both))
    assert (row["article file"], row["article line"]) == ("drafts/quay.md", "3\n5")
    assert row["article words"] == "“We will rebuild it,”\nThe quay dates"
    assert row["source words"] == ""


def test_a_word_file_has_paragraphs() -> None:
    report = sample.report(sample.finding())
    word = report.inputs[0].model_copy(update={"format": "docx"})
    [row] = rows(report.model_copy(update={"inputs": (word, report.inputs[1])}))
    assert (row["article line"], row["source line"]) == ("paragraph 2", "1")


def test_decisions_have_their_columns() -> None:
    values = {
        "fingerprint": f"{1:032x}",
        "rule": "quote-altered",
        "article": "a",
        "verdict": "dismissed",
        "reason": "house-style",
        "text": "=our style",
        "by": "Mira Holt",
        "date": "2026-11-28",
        "expires": "2027-02-28",
    }
    decided = sample.finding().model_copy(update={"decision": Decision.model_validate(values), "reopened": "expired"})
    [row] = rows(sample.report(decided))
    assert [row[name] for name in COLUMNS[-7:]] == [
        "dismissed",
        "house-style",
        "'=our style",
        "Mira Holt",
        "2026-11-28",
        "2027-02-28",
        "expired",
    ]


def test_numbers_are_those_of_the_page_and_hidden_findings_are_left_out() -> None:
    note = sample.finding(1, severity="note", rule="quote-tidied", message="Tidied?")
    settled = sample.finding(2).model_copy(update={"status": "dismissed", "message": "Settled?"})
    hidden = sample.finding(3).model_copy(update={"shown": False})
    error = sample.finding(4, message="Wrong?")
    report = sample.report(note, settled, hidden, error)
    told = [(row["number"], row["message"]) for row in rows(report)]
    assert told == [("1", "Wrong?"), ("2", "Tidied?"), ("3", "Settled?")]
    page = render_html(report)
    assert page.index('<span class="number">1</span>') < page.index("Wrong?</h3>")
    assert page.index("Tidied?</h3>") < page.index('<span class="number">3</span>') < page.index("Settled?</h3>")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("“-1”", "“-1”"),
        ("", ""),
        ("a\r\nb", "a\nb"),
        ("\x00\u202e\ud800", "[U+0000][U+202E][U+D800]"),
    ],
)
def test_cells(text: str, cell: str) -> None:
    assert safe(text) == cell


def test_no_cell_is_longer_than_a_spreadsheet_takes() -> None:
    assert 32_000 < len(safe("x" * 50_000)) < 32_767


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text())
def test_any_words_come_back_as_one_cell_that_is_no_formula(message: str, clear: str) -> None:
    finding = sample.finding(message=message).model_copy(update={"clear": clear})
    text = render_csv(sample.report(finding))
    text.encode("utf-8")
    [row] = rows(sample.report(finding))
    assert None not in row
    for cell in (row["message"], row["clear"]):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not cell.startswith(("\t", "\r", "\n"))
    assert row["message"] == safe(message)
