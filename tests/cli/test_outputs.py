"""Reports for other programs: the table and the copy of a Word file."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from command import Command
from helpers import annotator

from audit.check_command import SHOWING_CLAIMS, render
from audit.cli import OUT_FORMATS
from audit.config import MAX_BYTES, Settings
from audit.inputs import read_inputs
from audit.run import audit
from audit.word_copy import commented_file


@pytest.fixture
def word(dossier: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The article of the dossier as a Word file, and its source."""
    paragraphs = dossier.read_text(encoding="utf-8").split("---\n", 2)[2].strip().split("\n\n")
    document = docx.Document()
    document.add_heading(paragraphs[0].lstrip("# "), level=1)
    for words in paragraphs[1:]:
        document.add_paragraph(words)
    path = tmp_path / "article.docx"
    document.save(str(path))
    return path, dossier.parent / "interviews" / "lindqvist.md"


def test_a_table_in_a_file_and_on_standard_output(copydesk: Command, dossier: Path, tmp_path: Path) -> None:
    done = copydesk("check", dossier, "--format", "csv", "--out", f"csv={tmp_path / 'findings.csv'}")
    assert done.code == 1
    data = (tmp_path / "findings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfnumber,severity,")
    assert b"\r\n" in data
    assert done.out.splitlines() == data.decode("utf-8").splitlines()
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["rule"], row["article file"], row["article line"]) == ("quote-altered", str(dossier), "10")


def test_a_word_file_comes_back_with_comments(copydesk: Command, word: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "commented.docx"
    before = word[0].read_bytes()
    done = copydesk("check", word[0], "--source", word[1], "--out", f"docx={target}", "--format", "json")
    assert (done.code, done.err) == (1, "")
    shown = [finding for finding in json.loads(done.out)["findings"] if finding["shown"]]
    comments = list(docx.Document(str(target)).comments)
    assert [comment.text.splitlines()[0] for comment in comments] == [finding["message"] for finding in shown]
    assert word[0].read_bytes() == before
    assert copydesk("check", word[0], "--out", f"docx={word[0]}").code == 2


def test_a_dismissed_finding_says_so_in_its_comment(copydesk: Command, word: tuple[Path, Path], tmp_path: Path) -> None:
    report, path, target = tmp_path / "r.json", tmp_path / "d.json", tmp_path / "c.docx"
    copydesk("check", word[0], "--source", word[1], "--out", f"json={report}")
    [mark] = [f["fingerprint"] for f in json.loads(report.read_text(encoding="utf-8"))["findings"] if f["shown"]]
    said = ("--dismiss", "house-style", "--text", "ours", "--by", "Mira", "--date", "2026-11-28")
    copydesk("decide", report, mark, *said, "--decisions", path)
    done = copydesk("check", word[0], "--source", word[1], "--decisions", path, "--out", f"docx={target}")
    assert done.code == 0
    [comment] = docx.Document(str(target)).comments
    assert comment.text.startswith("Dismissed by Mira on 2026-11-28 (house style): ours\n")


def test_other_articles_have_no_word_copy(
    copydesk: Command, dossier: Path, word: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "c.docx"
    done = copydesk("check", dossier, "--out", f"docx={target}")
    assert done.code == 2
    assert "✖ error quote-altered" in done.out
    assert done.err == (
        f"copydesk: {dossier}: comments go into a copy of a .docx, and this article is none; "
        "take another --out format, such as html; the docx report was not written\n"
    )
    both = copydesk("check", dossier, word[0], "--out", f"docx={target}")
    assert both.code == 2
    assert "comments go into a copy of one article, and this run has 2 articles; name one file" in both.err
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(word[0].read_bytes())))
    piped = copydesk("check", "-", "--source", word[1], "--out", f"docx={target}")
    assert piped.code == 2
    assert "comments go into a copy of a file, and this article is none" in piped.err
    assert not target.exists()


def test_word_is_nothing_for_standard_output(copydesk: Command, word: tuple[Path, Path]) -> None:
    assert copydesk("check", word[0], "--format", "docx").code == 2


@pytest.mark.parametrize("format_", [format_ for format_ in OUT_FORMATS if format_ not in SHOWING_CLAIMS])
def test_formats_for_which_claims_are_left_out_do_not_miss_them(
    word: tuple[Path, Path], format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(word[0].parent)
    settings = Settings(articles=(word[0].name,), sources=(str(word[1]),))
    report = audit(read_inputs(settings), settings, annotator())
    assert report.claims
    assert any(finding.shown for finding in report.findings)
    bare = report.model_copy(update={"claims": ()})
    if format_ == "docx":
        assert commented_file(bare, MAX_BYTES) == commented_file(report, MAX_BYTES)
    else:
        assert render(bare, format_, "never", False) == render(report, format_, "never", False)
