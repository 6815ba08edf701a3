"""The report for a terminal."""

from __future__ import annotations

import re

import sample
from audit.reports.terminal import one_line
from audit.reports.text import render_text
from hypothesis import given
from hypothesis import strategies as st

from audit.records import Check, Diagnostic, SpeakerCoverage

ESCAPES = "\x1b[31mred\x1b]8;;http://x.example\x07link\x1b]52;c;aGk=\x07\u202egnp\x9b2J"


def test_a_finding_shows_severity_place_rule_both_passages_reason_and_remedy() -> None:
    text = render_text(sample.report(sample.finding()))
    assert text.startswith("drafts/quay.md:3:1: ✖ error quote-altered")
    for part in (
        "Did she say this?",
        "“We will rebuild it,”",
        "We may rebuild it one day.",
        "holt.txt:1:7",
        "why: “will” for “may”",
        "clears it: the words as spoken",
    ):
        assert part in text


def test_reading_order_puts_quotes_before_production_inside_one_severity() -> None:
    production = sample.finding(1, rule="duplicate-text", family="production", severity="warning", words="The quay")
    quote = sample.finding(2, severity="warning")
    error = sample.finding(3, rule="false-contrast", family="positions", words="The quay dates")
    text = render_text(sample.report(error, production, quote))
    places = [text.index(rule) for rule in ("false-contrast", "quote-altered", "duplicate-text")]
    assert places == sorted(places)


def test_notes_are_short_and_last() -> None:
    text = render_text(sample.report(sample.finding(1, severity="note", message="Tidied?"), sample.finding(2)))
    assert text.index("✖ error") < text.index("● note")
    assert "why:" not in text[text.index("● note") :]


def test_silence_never_reads_as_approval() -> None:
    text = render_text(sample.report())
    assert text.splitlines()[-1] == "No findings. 1 of 3 quotations was compared with a source; 2 could not be."
    assert "Jon Abar" in text
    assert "no source holds this speaker's words" in text
    assert "Not run (no source was supplied): quote-stitched." in text
    for word in ("verified", "correct", "passed", "all good", "OK"):
        assert word not in text


def test_nothing_compared_is_said() -> None:
    row = SpeakerCoverage(speaker="Mira Holt", quotations=2, checked=0, reason="no source was supplied")
    assert "None of 2 quotations was compared with a source." in render_text(sample.report(speakers=(row,)))
    assert "There were no quotations to compare" in render_text(sample.report(speakers=()))


def test_a_run_without_an_article_says_that_nothing_was_audited() -> None:
    report = sample.report(diagnostics=(Diagnostic(code="missing", path="x.md", message="gone", action="look"),))
    text = render_text(report.model_copy(update={"inputs": ()}))
    assert "! x.md: gone; look" in text
    assert text.endswith("No article could be read: nothing was audited.\n")


def test_failed_rules_are_counted() -> None:
    text = render_text(sample.report(checks=(Check(rule="quote-altered", status="failed", reason="a.md: boom"),)))
    assert "1 rule failed." in text


def test_escape_sequences_are_shown_and_not_sent() -> None:
    article = f"# {ESCAPES}\n\n“We will rebuild it, {ESCAPES}” said.\n"
    shown = sample.finding(words=f"“We will rebuild it, {ESCAPES}”", article=article, message=ESCAPES)
    row = SpeakerCoverage(speaker=ESCAPES, quotations=1, checked=0, reason=ESCAPES)
    text = render_text(sample.report(shown, article=article, speakers=(row,)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert r"\x1b]52;c;aGk=\x07" in text.replace("\n", "")


def test_color_changes_nothing_but_escapes() -> None:
    report = sample.report(sample.finding(), sample.finding(2, severity="note"))
    colored = render_text(report, color=True)
    assert "\x1b[1;31m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == render_text(report)


def test_lines_fit_the_width() -> None:
    report = sample.report(sample.finding(message="A long question about a passage? " * 12))
    assert max(len(line) for line in render_text(report, width=60).splitlines()) <= 60 + len("    │ ")


@given(st.text())
def test_one_line_is_printable_and_keeps_plain_words(text: str) -> None:
    shown = one_line(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert one_line(shown) == shown
