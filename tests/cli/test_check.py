"""`copydesk check`: what it reads, writes and answers."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from audit.rules.registry import rule_ids
from command import Command


def test_findings_give_one_and_a_readable_report(copydesk: Command, dossier: Path) -> None:
    done = copydesk("check", dossier)
    assert done.code == 1
    assert "✖ error quote-altered" in done.out
    assert "We may take the crane down before the winter" in done.out
    assert "Henrik Osei" in done.out
    assert "2 of 3 quotations were compared with a source; 1 could not be." in " ".join(done.out.split())
    assert "\x1b" not in done.out
    assert done.err == ""


def test_a_clean_dossier_gives_zero_and_does_not_claim_more(copydesk: Command, clean: tuple[Path, Path]) -> None:
    done = copydesk("check", clean[0], "--source", clean[1])
    assert done.code == 0, done.out
    assert done.out.splitlines()[-1] == "No findings. 1 of 1 quotation was compared with a source."


def test_json_is_the_only_thing_on_standard_output(copydesk: Command, dossier: Path) -> None:
    done = copydesk("check", dossier, "--format", "json")
    report = json.loads(done.out)
    assert done.code == 1
    assert report["schema"] == "copydesk-report/1"
    text = dossier.read_text(encoding="utf-8")
    for evidence in report["findings"][0]["evidence"]:
        if evidence["path"] == str(dossier):
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert [info["role"] for info in report["inputs"]] == ["article", "source"]


def test_several_reports_in_one_run(copydesk: Command, dossier: Path, tmp_path: Path) -> None:
    done = copydesk(
        "check",
        dossier,
        "--out",
        f"json={tmp_path / 'r.json'}",
        "--out",
        f"text={tmp_path / 'r.txt'}",
        "--color",
        "always",
    )
    assert done.code == 1
    assert "\x1b[1;31m" in done.out
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["findings"]
    assert "\x1b" not in (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.txt"]


def test_what_counts_as_failing(copydesk: Command, dossier: Path) -> None:
    assert copydesk("check", dossier, "--fail-on", "error").code == 1
    assert copydesk("check", dossier, "--fail-on", "never").code == 0
    assert copydesk("check", dossier, "--exit-zero").code == 0
    others = ",".join(id for id in rule_ids() if id != "quote-tidied")
    assert copydesk("check", dossier, "--ignore", others, "--fail-on", "error").code == 0


def test_selected_and_ignored_rules(copydesk: Command, dossier: Path) -> None:
    report = json.loads(copydesk("check", dossier, "--select", "quote-stitched", "--format", "json").out)
    assert report["findings"] == []
    checks = {check["rule"]: check for check in report["checks"]}
    assert checks["quote-stitched"]["status"] == "run"
    assert checks["quote-altered"] == {
        "rule": "quote-altered",
        "status": "skipped",
        "reason": "not selected in this run",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "quote-alterd"], "did you mean quote-altered?"),
        (["--ignore", "xyzzy"], "`copydesk rules` lists them"),
        (["--format", "pdf"], "pdf"),
        (["--out", "report.json"], "FORMAT=PATH"),
        (["--out", "pdf=report.pdf"], "FORMAT=PATH"),
        (["--profile", "lax"], "lax"),
        (["--sauce", "x"], "--source"),
    ],
)
def test_usage_errors_give_two_and_a_hint(copydesk: Command, dossier: Path, arguments: list[str], words: str) -> None:
    done = copydesk("check", dossier, *arguments)
    assert done.code == 2
    assert words in done.err
    assert done.out == ""


def test_a_report_never_replaces_an_input(copydesk: Command, tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text("# Kept\n\nAs it was.\n", encoding="utf-8")
    done = copydesk("check", article, "--out", f"json={tmp_path / '.' / 'a.md'}")
    assert done.code == 2
    assert "would be overwritten" in done.err
    assert article.read_text(encoding="utf-8") == "# Kept\n\nAs it was.\n"


def test_bad_input_is_one_line_and_the_others_go_on(copydesk: Command, dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"# Caf\xe9\n")
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = copydesk(
        "check", tmp_path / "none.md", dossier, tmp_path / "latin.md", tmp_path / "picture.md", "--format", "json"
    )
    assert done.code == 2
    report = json.loads(done.out)
    assert [diagnostic["code"] for diagnostic in report["diagnostics"]] == ["missing", "encoding", "binary"]
    assert report["diagnostics"][1]["offset"] == 5
    assert report["findings"]
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert lines[0] == f"copydesk: {tmp_path / 'none.md'}: there is no such file; check the path"


def test_a_missing_source_does_not_stop_the_audit(copydesk: Command, dossier: Path) -> None:
    done = copydesk("check", dossier, "--source", "nowhere.txt")
    assert done.code == 2
    assert "quote-altered" in done.out


def test_no_article_at_all_still_makes_a_report(copydesk: Command, tmp_path: Path) -> None:
    done = copydesk("check", tmp_path / "none.md")
    assert done.code == 2
    assert done.out.splitlines()[-1] == "No article could be read: nothing was audited."


def test_empty_texts_are_told_and_are_no_failure(copydesk: Command, tmp_path: Path) -> None:
    for name, content in (("empty.md", b""), ("blank.txt", b" \n\n"), ("mark.md", b"\xef\xbb\xbf")):
        (tmp_path / name).write_bytes(content)
        done = copydesk("check", tmp_path / name)
        assert done.code == 0, done.err
        assert "the file holds no text" in done.err
        assert done.out.splitlines()[-1].startswith("No findings.")


def test_nothing_matched_gives_three(copydesk: Command, tmp_path: Path) -> None:
    assert copydesk("check", tmp_path / "*.md").code == 3
    assert copydesk("check", tmp_path).code == 3
    assert copydesk("check").code == 2


def test_a_folder_means_the_articles_in_it(copydesk: Command, tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.py", ".hidden.md"):
        (tmp_path / name).write_text("# A title\n\nPlain words only.\n", encoding="utf-8")
    report = json.loads(copydesk("check", tmp_path, "--format", "json").out)
    assert [Path(info["path"]).name for info in report["inputs"]] == ["a.txt", "b.md"]


def test_standard_input_is_an_article(copydesk: Command, dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = dossier.read_bytes()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    name = dossier.with_name("from-stdin.md")
    report = json.loads(copydesk("check", "-", "--stdin-filename", name, "--format", "json").out)
    assert [info["path"] for info in report["inputs"]] == [str(name), str(dossier.parent / "interviews/lindqvist.md")]
    assert report["findings"][0]["rule"] == "quote-altered"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"# T\n\nPlain words.\n")))
    plain = json.loads(copydesk("check", "-", "--format", "json").out)
    assert [info["path"] for info in plain["inputs"]] == ["-"]
    assert copydesk("check", "-", "--source", "-").code == 2


def test_every_article_meets_the_shared_sources_and_its_own(
    copydesk: Command, dossier: Path, clean: tuple[Path, Path]
) -> None:
    done = copydesk("check", dossier, clean[0], "--source", clean[1], "--format", "json")
    report = json.loads(done.out)
    assert len(report["inputs"]) == 4
    rows = {row["speaker"]: row for row in report["coverage"]["speakers"]}
    assert rows["Ines Varga"]["checked"] == 1
    assert rows["Marta Lindqvist"]["checked"] == 2
    shown = [finding for finding in report["findings"] if finding["shown"]]
    assert {evidence["path"] for finding in shown for evidence in finding["evidence"]} <= {
        str(dossier),
        str(dossier.parent / "interviews/lindqvist.md"),
    }


def test_the_second_run_does_not_load_the_model(
    copydesk: Command, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = copydesk("check", dossier, "--format", "json")
    monkeypatch.setattr("audit.extract.annotate._load_model", lambda: pytest.fail("the model was loaded again"))
    assert copydesk("check", dossier, "--format", "json") == first


def test_the_profile_decides(copydesk: Command, clean: tuple[Path, Path]) -> None:
    for profile in ("strict", "relaxed", "translated"):
        done = copydesk("check", clean[0], "--source", clean[1], "--profile", profile, "--format", "json")
        assert json.loads(done.out)["run"]["profile"] == profile


def test_a_complete_source_is_a_source_and_is_marked(copydesk: Command, clean: tuple[Path, Path]) -> None:
    report = json.loads(copydesk("check", clean[0], "--complete-source", clean[1], "--format", "json").out)
    assert [(info["role"], info["complete"]) for info in report["inputs"]] == [("article", False), ("source", True)]


def test_offline_refuses_addresses(copydesk: Command, clean: tuple[Path, Path]) -> None:
    done = copydesk("check", clean[0], "--source", "https://interview.example/x.html", "--offline")
    assert done.code == 2
    assert "https://interview.example/x.html" in done.err


def test_machine_formats_and_the_summary_of_a_job(
    copydesk: Command, dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("Before.\n", encoding="utf-8")
    outs = [f"--out={format_}={tmp_path / format_}" for format_ in ("sarif", "gitlab", "junit")]
    done = copydesk("check", dossier, "--format", "github", *outs)
    assert done.code == 1
    assert done.out.startswith(f"::error file={str(dossier).replace(':', '%3A')},line=10,")
    assert json.loads((tmp_path / "sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads((tmp_path / "gitlab").read_text(encoding="utf-8"))[0]["check_name"] == "quote-altered"
    assert (tmp_path / "junit").read_text(encoding="utf-8").startswith("<?xml")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("Before.\n## Copydesk: 1 error")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "summary.md"))
    assert copydesk("check", dossier, "--format", "github").code == 2
