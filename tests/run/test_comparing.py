"""Two reports beside each other: every finding in one group, and nothing called fixed that was not looked for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from audit.reports.comparison import render_comparison_html, render_comparison_json, render_comparison_text, summary
from audit.reports.json import render_json, render_schema
from handmade import Item, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.comparing import compare_reports
from audit.decisions import apply, decided_passage
from audit.records import Check, Diagnostic
from audit.records.comparison import GROUPS, Comparison
from audit.records.decisions import Decision, DecisionsFile
from audit.records.findings import Status
from audit.records.report import Report
from audit.records.saved import SavedReport

TODAY = date(2026, 11, 28)
MILL = Item("We will move the mill.", "We may move the mill.")
WEIR = Item("The weir is shut.", "The weir may be shut.", severity="warning")
QUAY = Item("Nobody sails from the quay.", rule="citation-without-identifier")


def saved(report: Report) -> SavedReport:
    return SavedReport.model_validate_json(render_json(report))


def compared(old: Report, new: Report) -> Comparison:
    return compare_reports(saved(old), saved(new), old_path="old.json", new_path="new.json")


def groups_of(comparison: Comparison) -> dict[str, list[str]]:
    """What stands in each group, by the article's words; groups without anything are left out."""
    told = {name: [finding.passages[0].words for finding in comparison.group(name)] for name in GROUPS}
    return {name: words for name, words in told.items() if words}


def settled(report: Report, *indexes: int, status: Status = "dismissed") -> Report:
    """The report with some of its findings set aside."""
    findings = [
        finding.model_copy(update={"status": status}) if at in indexes else finding
        for at, finding in enumerate(report.findings)
    ]
    return report.model_copy(update={"findings": tuple(findings)})


def dismissed_before(report: Report, at: int) -> DecisionsFile:
    finding = report.findings[at]
    passages = tuple(decided_passage(report.side_of(e.place), e.place.text) for e in finding.evidence)
    decision = Decision(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        article="a.md",
        verdict="dismissed",
        reason="house-style",
        text="As agreed.",
        by="Mira Holt",
        date=TODAY,
        passages=passages,
    )
    return DecisionsFile(decisions=(decision,))


def test_new_fixed_and_still_open() -> None:
    comparison = compared(report_of((MILL, WEIR)), report_of((QUAY, WEIR), before=("Rain fell.",), path="b.md"))
    assert groups_of(comparison) == {"new": [QUAY.article], "still_open": [WEIR.article], "fixed": [MILL.article]}
    assert summary(comparison) == "1 new, 1 still open, 1 fixed."


@pytest.mark.parametrize("side", ["article", "source"])
def test_an_edited_passage_is_a_change_and_shows_what_it_was(side: str) -> None:
    edited = replace(MILL, **{side: "We shall move the mill."})
    comparison = compared(report_of((MILL, WEIR)), report_of((edited, WEIR)))
    assert list(groups_of(comparison)) == ["changed", "still_open"]
    [changed] = comparison.changed
    assert [(p.side, p.words) for p in changed.before] == [(side, getattr(MILL, side))]
    assert [p.words for p in changed.passages] == [edited.article, edited.source]
    assert changed.old_fingerprint == report_of((MILL,)).findings[0].fingerprint


def test_both_passages_edited_is_fixed_and_new() -> None:
    comparison = compared(report_of((MILL,)), report_of((Item("It moves.", "It could move."),)))
    assert list(groups_of(comparison)) == ["new", "fixed"]


def test_set_aside_since_and_open_again() -> None:
    report = report_of((MILL, WEIR, QUAY))
    comparison = compared(settled(report, 1, 2), settled(report, 0, 2))
    assert groups_of(comparison) == {"reopened": [WEIR.article], "dismissed": [MILL.article]}
    assert comparison.aside == 1


@pytest.mark.parametrize("status", ["dismissed", "suppressed", "baseline"])
def test_a_new_finding_that_is_set_aside_at_once_is_not_new(status: Status) -> None:
    comparison = compared(report_of((WEIR,)), settled(report_of((MILL, WEIR)), 0, status=status))
    assert groups_of(comparison) == {"still_open": [WEIR.article], "dismissed": [MILL.article]}


def test_what_was_dismissed_and_comes_back_in_other_words_is_reopened() -> None:
    old = report_of((MILL,))
    file = dismissed_before(old, 0)
    edited = apply(report_of((replace(MILL, article="We shall move the mill."),)), file, TODAY)
    for before in (apply(old, file, TODAY), report_of(())):  # it was dismissed; it was gone for a while
        [again] = compared(before, edited).reopened
        assert (again.reopened, again.decision) == ("text-changed", file.decisions[0])


def test_a_rule_that_did_not_run_fixed_nothing() -> None:
    old = report_of((MILL,))
    for status, words in (("skipped", "the rule did not run (not selected)"), ("failed", "the rule failed (boom)")):
        check = Check.model_validate({"rule": MILL.rule, "status": status, "reason": words.split("(")[1][:-1]})
        comparison = compared(old, report_of(()).model_copy(update={"checks": (check,)}))
        assert list(groups_of(comparison)) == ["unchecked"]
        assert comparison.unchecked[0].reason == words
    other = Check(rule="another", status="run")
    assert compared(old, report_of(()).model_copy(update={"checks": (other,)})).unchecked
    ran = Check(rule=MILL.rule, status="run")
    assert compared(old, report_of(()).model_copy(update={"checks": (ran,)})).fixed


def test_an_article_that_could_not_be_read_has_nothing_fixed() -> None:
    trouble = Diagnostic(code="encoding", path="a.md", message="it is not UTF-8", action="save it as UTF-8")
    comparison = compared(report_of((MILL,)), report_of(()).model_copy(update={"diagnostics": (trouble,)}))
    assert [finding.reason for finding in comparison.unchecked] == ["a.md could not be read"]


def test_what_a_report_does_not_show_is_nobodys_question() -> None:
    report = report_of((MILL, WEIR))
    hidden = report.findings[0].model_copy(update={"shown": False})
    quiet = report.model_copy(update={"findings": (hidden, report.findings[1])})
    assert groups_of(compared(report_of((WEIR,)), quiet)) == {"still_open": [WEIR.article]}
    assert groups_of(compared(quiet, report_of((WEIR,)))) == {"still_open": [WEIR.article]}
    assert groups_of(compared(quiet, report)) == {"still_open": [MILL.article, WEIR.article]}  # other settings, not new


def test_other_settings_are_told() -> None:
    old, new = report_of(()), report_of(())
    strict = new.model_copy(
        update={
            "run": new.run.model_copy(update={"profile": "strict"}),
            "tool": new.tool.model_copy(update={"version": "9"}),
            "inputs": new.inputs[:1],
            "checks": (Check(rule="x", status="failed"),),
        }
    )
    assert compared(old, new).notes == ()
    assert compared(old, strict).notes == (
        "The version of copydesk is another one: 0.0.test before, 9 now.",
        "The profile is another one: standard before, strict now.",
        "Sources no longer read: s.md.",
        "Rules that failed in the newer run: x.",
    )


def test_a_report_with_only_the_fields_of_the_contract_will_do() -> None:
    finding = {
        "id": "f1",
        "rule": "r",
        "severity": "note",
        "confidence": "low",
        "message": "?",
        "fingerprint": "a",
        "status": "open",
        "evidence": [
            {"path": "a", "start": 0, "end": 1, "line": 1, "column": 1, "end_line": 1, "end_column": 2, "quote": "x"}
        ],
        "more": 1,
    }
    values = {
        "schema": "copydesk-report/1",
        "tool": {"name": "copydesk", "version": "0.0.1"},
        "inputs": [{"path": "a", "role": "article", "format": "text", "sha256": "0"}],
        "findings": [finding],
    }
    report = SavedReport.model_validate(values)
    comparison = compare_reports(report, report, old_path="o", new_path="n")
    assert [finding.passages[0].side for finding in comparison.still_open] == ["article"]


ITEMS = st.lists(
    st.builds(
        Item,
        article=st.sampled_from(["The mill moved.", "The weir is shut.", "Nobody came."]),
        source=st.sampled_from(["", "The mill may move.", "The weir may be shut."]),
        rule=st.sampled_from(["quote-altered", "certainty-raised"]),
        severity=st.sampled_from(["error", "warning", "note"]),
    ),
    max_size=6,
)
STATUSES = st.lists(st.sampled_from(["open", "open", "dismissed", "baseline"]), min_size=6, max_size=6)


def with_statuses(report: Report, statuses: list[Status]) -> Report:
    findings = zip(report.findings, statuses, strict=False)
    return report.model_copy(
        update={"findings": tuple(finding.model_copy(update={"status": status}) for finding, status in findings)}
    )


@settings(max_examples=120, deadline=None)
@given(ITEMS, ITEMS, STATUSES, STATUSES)
def test_every_finding_is_in_one_group(old: list[Item], new: list[Item], was: list[Status], now: list[Status]) -> None:
    before, after = with_statuses(report_of(old), was), with_statuses(report_of(new), now)
    comparison = compared(before, after)
    assert comparison == compared(before, after)
    found = [finding for name in GROUPS for finding in comparison.group(name)]
    assert len({(f.fingerprint, f in comparison.fixed) for f in found}) == len(found)
    opened = {f.fingerprint for f in after.findings if f.status == "open"}
    listed = {f.fingerprint for name in ("new", "reopened", "changed", "still_open") for f in comparison.group(name)}  # type: ignore[arg-type]
    assert listed == opened
    assert all(f.status == "open" for f in comparison.fixed)
    assert not compared(after, after).new
    assert len(compared(after, after).still_open) == len(opened)
    mirrored = compared(after, before)
    assert len(mirrored.changed) == len(comparison.changed)
    render_comparison_text(comparison)
    render_comparison_html(comparison)


def test_the_text_has_both_wordings_and_one_last_line() -> None:
    edited = replace(MILL, article="We shall move\x1b[2J the mill.")
    text = render_comparison_text(compared(report_of((MILL, QUAY)), report_of((edited, WEIR))))
    assert "before, words  a.md:1:1\n      │ We will move the mill." in text
    assert r"│ We shall move\x1b[2J the mill." in text
    assert text.index("New (1)") < text.index("Changed (1)") < text.index("Fixed (1)")
    assert text.endswith("\n\n1 new, 1 changed, 1 fixed.\n")
    assert render_comparison_text(compared(report_of(()), report_of(()))) == "No finding is open in either report.\n"


def test_the_json_has_its_schema_and_all_groups() -> None:
    text = render_comparison_json(compared(report_of((MILL,)), report_of((WEIR,))))
    assert text.startswith('{\n "schema": "copydesk-comparison/1"')
    assert Comparison.model_validate_json(text) == compared(report_of((MILL,)), report_of((WEIR,)))
    jsonschema.validate(json.loads(text), json.loads(render_schema("comparison.schema.json")))


def test_the_page_escapes_and_asks_for_nothing() -> None:
    evil = Item("<script>alert(1)</script>\u202e", "<img src=x onerror=alert(1)>")
    page = render_comparison_html(compared(report_of((MILL,)), report_of((evil, QUAY))))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in page
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in page
    assert 'class="body one"' in page  # the finding without a source
    assert 'class="body"' in page
    assert "http" not in page.replace("http-equiv", "")
