"""`copydesk compare`: what it reads, writes and answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Command


@pytest.fixture
def reports(copydesk: Command, dossier: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The report on the dossier's article, and the one on the article with its altered quotation mended."""
    source = dossier.parent / "interviews" / "lindqvist.md"
    words = dossier.read_text(encoding="utf-8").split("---\n", 2)[2]
    (tmp_path / "article.md").write_text(words, encoding="utf-8")
    copydesk("check", tmp_path / "article.md", "--source", source, "--out", f"json={tmp_path / 'old.json'}")
    edited = words.replace("We will take", "We may take")
    assert edited != words
    (tmp_path / "article.md").write_text(edited, encoding="utf-8")
    copydesk("check", tmp_path / "article.md", "--source", source, "--out", f"json={tmp_path / 'new.json'}")
    return tmp_path / "old.json", tmp_path / "new.json"


def test_a_mended_quotation_is_fixed(copydesk: Command, reports: tuple[Path, Path]) -> None:
    done = copydesk("compare", *reports)
    assert (done.code, done.err) == (0, "")
    assert "Fixed (1)" in done.out
    assert done.out.endswith("\n1 fixed.\n")


def test_an_altered_quotation_is_new(copydesk: Command, reports: tuple[Path, Path]) -> None:
    done = copydesk("compare", *reversed(reports))
    assert done.code == 1
    assert done.out.startswith("New (1)\n")
    assert "✖ error quote-altered" in done.out


def test_the_same_report_twice_is_nothing_new(copydesk: Command, reports: tuple[Path, Path]) -> None:
    done = copydesk("compare", reports[0], reports[0], "--format", "json")
    values = json.loads(done.out)
    assert (done.code, values["schema"], len(values["still_open"])) == (0, "copydesk-comparison/1", 1)
    assert copydesk("compare", reports[0], reports[0], "--format", "json") == done


def test_a_page(copydesk: Command, reports: tuple[Path, Path]) -> None:
    done = copydesk("compare", *reversed(reports), "--format", "html")
    assert done.code == 1
    assert done.out.startswith("<!DOCTYPE html>")
    assert done.out.endswith("</html>")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not JSON", "it is not JSON"),
        ("[]", "it is no report of copydesk"),
        ('{"schema": "copydesk-decisions/1"}', "it is no report of copydesk"),
        ('{"schema": "copydesk-report/2"}', "it is a copydesk-report/2, and this version reads copydesk-report/1"),
        ('{"schema": "copydesk-report/1", "tool": {}, "inputs": []}', "it is no whole report (findings: "),
        ("[" * 100_000, "it is not JSON"),
    ],
)
def test_what_is_no_report_is_trouble(
    copydesk: Command, reports: tuple[Path, Path], tmp_path: Path, content: str, words: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content, encoding="utf-8")
    for pair in ((reports[0], bad), (bad, reports[1])):
        done = copydesk("compare", *pair)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"copydesk: {bad}: {words}")
        assert done.err.count("\n") == 1


def test_a_report_that_is_not_there(copydesk: Command, reports: tuple[Path, Path]) -> None:
    done = copydesk("compare", reports[0], "nowhere.json")
    assert (done.code, done.err) == (2, "copydesk: nowhere.json: there is no such file; check the path\n")
