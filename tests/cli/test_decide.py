"""`copydesk decide`, `copydesk decisions` and `copydesk check --decisions`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Command


@pytest.fixture
def report(copydesk: Command, dossier: Path, tmp_path: Path) -> Path:
    """A JSON report on the dossier with one finding."""
    path = tmp_path / "report.json"
    copydesk("check", dossier, "--out", f"json={path}")
    return path


def mark_of(report: Path) -> str:
    [finding] = [f for f in json.loads(report.read_text(encoding="utf-8"))["findings"] if f["shown"]]
    return str(finding["fingerprint"])


def decide(copydesk: Command, report: Path, *more: str) -> Path:
    """Dismiss the finding of a report; the file of decisions."""
    path = report.with_name("decisions.json")
    how = more or ("--dismiss", "source-elsewhere")
    said = ("--text", "She said it again on the phone.", "--by", "Mira Holt", "--date", "2026-11-28")
    done = copydesk("decide", report, mark_of(report)[:8], *how, *said, "--decisions", path)
    assert (done.code, done.err) == (0, "")
    assert done.out.count("\n") == 1
    return path


def test_a_dismissed_finding_is_told_on_one_line_and_does_not_count(
    copydesk: Command, dossier: Path, report: Path
) -> None:
    path = decide(copydesk, report)
    done = copydesk("check", dossier, "--decisions", path)
    assert (done.code, done.err) == (0, "")
    text = " ".join(done.out.split())
    assert f"Set aside {dossier}:10:1: quote-altered, dismissed by Mira Holt on 2026-11-28" in text
    assert "(the source is elsewhere): She said it again on the phone." in text
    assert "✖" not in text
    assert "No findings; 1 set aside. 2 of 3 quotations" in text


def test_the_json_report_has_the_decision_and_the_schema_knows_it(
    copydesk: Command, dossier: Path, report: Path
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from importlib.resources import files

    path = decide(copydesk, report)
    values = json.loads(copydesk("check", dossier, "--decisions", path, "--format", "json").out)
    jsonschema.validate(values, json.loads(files("audit.reports").joinpath("report.schema.json").read_text("utf-8")))
    [finding] = [f for f in values["findings"] if f["shown"]]
    assert finding["status"] == "dismissed"
    assert [finding["decision"]] == json.loads(path.read_text(encoding="utf-8"))["decisions"]
    assert "reopened" not in finding
    assert values["run"]["decisions"]["stale"] == []


def test_without_decisions_nothing_of_them_is_in_a_report(copydesk: Command, report: Path) -> None:
    values = json.loads(report.read_text(encoding="utf-8"))
    assert "decisions" not in values["run"]
    assert all("decision" not in finding and "reopened" not in finding for finding in values["findings"])


def test_a_confirmed_finding_counts_and_says_by_whom(copydesk: Command, dossier: Path, report: Path) -> None:
    path = decide(copydesk, report, "--confirm")
    done = copydesk("check", dossier, "--decisions", path)
    assert done.code == 1
    assert "decision: confirmed by Mira Holt on 2026-11-28: She said it again" in " ".join(done.out.split())


def test_an_expired_decision_reopens(copydesk: Command, dossier: Path, report: Path) -> None:
    path = decide(copydesk, report, "--dismiss", "accepted-risk", "--expires", "2027-02-28")
    assert copydesk("check", dossier, "--decisions", path, "--today", "2027-02-28").code == 0
    done = copydesk("check", dossier, "--decisions", path, "--today", "2027-03-01")
    assert done.code == 1
    assert "decision: reopened, the decision has expired: dismissed by Mira Holt" in " ".join(done.out.split())
    same = copydesk("check", dossier, "--decisions", path, "--today", "2027-03-01")
    assert same == done


def test_changed_words_reopen_and_the_list_says_so(
    copydesk: Command, dossier: Path, report: Path, tmp_path: Path
) -> None:
    path = decide(copydesk, report)
    words = dossier.read_text(encoding="utf-8")
    edited = tmp_path / "article.md"
    edited.write_text(words.replace("We will take", "We shall take").split("---\n", 2)[2], encoding="utf-8")
    source = dossier.parent / "interviews" / "lindqvist.md"
    again = tmp_path / "again.json"
    done = copydesk("check", edited, "--source", source, "--decisions", path, "--out", f"json={again}")
    assert done.code == 1
    assert "reopened, the article’s words have changed since" in " ".join(done.out.split())
    listed = copydesk("decisions", path, "--report", again)
    assert (listed.code, listed.err) == (0, "")
    assert "[reopened, the article’s words changed]" in listed.out
    assert listed.out.endswith(": 1 reopened.\n")


def test_the_list_says_what_holds_and_what_is_stale(copydesk: Command, report: Path, tmp_path: Path) -> None:
    path = decide(copydesk, report)
    assert "[" not in copydesk("decisions", path).out
    assert "[holds]" in copydesk("decisions", path, "--report", report).out
    values = json.loads(report.read_text(encoding="utf-8"))
    values["findings"] = []
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps(values), encoding="utf-8")
    listed = copydesk("decisions", path, "--report", empty)
    assert "[stale, the report has no such finding]" in listed.out
    assert listed.out.endswith(": 1 stale.\n")


def test_a_file_that_is_not_there_yet_is_one_warning(copydesk: Command, dossier: Path, tmp_path: Path) -> None:
    plain = copydesk("check", dossier)
    done = copydesk("check", dossier, "--decisions", tmp_path / "d.json")
    assert (done.code, done.out) == (plain.code, plain.out)
    assert done.err == f"copydesk: {tmp_path / 'd.json'}: there is no such file yet; the run honours no decisions\n"
    assert copydesk("decisions", tmp_path / "d.json").code == 2


def test_a_broken_file_stops_the_run(copydesk: Command, dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"schema": "copydesk-decisions/1", "decisions": [{}]}', encoding="utf-8")
    for command in (("check", dossier, "--decisions", tmp_path / "d.json"), ("decisions", tmp_path / "d.json")):
        done = copydesk(*command)
        assert (done.code, done.out) == (2, "")
        assert done.err == f'copydesk: {tmp_path / "d.json"}: entry 1: the key "fingerprint" is missing; add it\n'


def test_a_report_does_not_replace_the_decisions(copydesk: Command, dossier: Path, report: Path) -> None:
    path = decide(copydesk, report)
    before = path.read_bytes()
    done = copydesk("check", dossier, "--decisions", path, "--out", f"json={path}")
    assert (done.code, path.read_bytes()) == (2, before)
    said = ("--confirm", "--text", "x", "--by", "y")
    assert copydesk("decide", report, mark_of(report), *said, "--decisions", report).code == 2
    assert json.loads(report.read_text(encoding="utf-8"))["schema"] == "copydesk-report/1"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--text", "x", "--by", "y"], "--dismiss REASON and --confirm"),
        (["--confirm", "--dismiss", "house-style", "--text", "x", "--by", "y"], "--dismiss REASON and --confirm"),
        (["--dismiss", "boredom", "--text", "x", "--by", "y"], "boredom"),
        (["--confirm", "--text", "x", "--by", "  "], "--by: it must not be empty."),
        (["--confirm", "--text", "\udcff", "--by", "y"], "--text: it holds half a surrogate pair"),
        (["--confirm", "--text", "x", "--by", "y", "--date", "28.11.2026"], "28.11.2026"),
        (["--confirm", "--by", "y"], "--text"),
    ],
)
def test_decisions_that_are_not_whole(copydesk: Command, report: Path, arguments: list[str], words: str) -> None:
    path = report.with_name("decisions.json")
    done = copydesk("decide", report, mark_of(report), *arguments, "--decisions", path)
    assert done.code == 2
    assert words in done.err
    assert not path.exists()


def test_findings_that_cannot_be_told(copydesk: Command, dossier: Path, report: Path) -> None:
    said = ("--confirm", "--text", "x", "--by", "y", "--decisions", report.with_name("decisions.json"))
    assert "no finding has the fingerprint xyz" in copydesk("decide", report, "xyz", *said).err
    assert "no finding has the fingerprint (empty)" in copydesk("decide", report, "", *said).err
    values = json.loads(report.read_text(encoding="utf-8"))
    values["findings"] = [{**values["findings"][0], "fingerprint": mark} for mark in ("ab1", "ab2")]
    report.write_text(json.dumps(values), encoding="utf-8")
    assert "2 findings have a fingerprint that begins with ab" in copydesk("decide", report, "ab", *said).err
    assert copydesk("decide", report, "report.html#f-ab1", *said).code == 0
    assert "it is not JSON" in copydesk("decide", dossier, "ab", *said).err


def test_a_folder_that_is_not_there(copydesk: Command, report: Path) -> None:
    path = report.parent / "no" / "decisions.json"
    said = ("--confirm", "--text", "x", "--by", "y", "--decisions", path)
    done = copydesk("decide", report, mark_of(report), *said)
    assert done.code == 2
    assert done.err == f"copydesk: {path}: no such file or directory; the decision was not kept\n"
