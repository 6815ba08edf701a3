"""Articles in folders, with blanks and letters of other alphabets in their names; hooks, and texts from an editor."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from command import Command

ARTICLE = "# The old stage\n\n“We will close the old stage in April,” Marta Lindqvist, the harbour master, said.\n"
INTERVIEW = "**Marta Lindqvist:** We may close the old stage in April. The board votes in March.\n"
FERRY, BAC = "stories/2026 spring/ferry [1].md", "stories/été/Zürich – bac.md"
SETTINGS = """articles = ["stories/**/*.md"]
exclude = ["**/interviews/"]
sources = ["{dir}/interviews/{stem}*"]
select = ["quote-altered"]
"""


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles in folders of their own, each with its interview; drafts that .gitignore leaves out."""
    (tmp_path / ".git").mkdir()
    for name in (FERRY, BAC):
        path = tmp_path / name
        (path.parent / "interviews").mkdir(parents=True)
        path.write_text(ARTICLE, encoding="utf-8")
        (path.parent / "interviews" / path.name).write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "x.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    (tmp_path / "copydesk.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def annotated(copydesk: Command, *arguments: str) -> list[str]:
    done = copydesk("check", *arguments, "--format", "github")
    assert done.err == ""
    assert done.code == (1 if done.out else 0)
    return re.findall(r"^::error file=([^,]+),line=3,", done.out, re.MULTILINE)


@pytest.mark.parametrize("arguments", [(), ("stories",), (".",), ("./stories/",), ("stories/**/*.md",)])
def test_articles_in_folders_are_named_from_where_the_run_is(
    copydesk: Command, newsroom: Path, arguments: tuple[str, ...]
) -> None:
    assert annotated(copydesk, *arguments) == [FERRY, BAC]


def test_in_a_folder_of_the_project_its_own_articles_have_short_names(
    copydesk: Command, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom / "stories" / "2026 spring")
    assert sorted(annotated(copydesk)) == ["../été/Zürich – bac.md", "ferry [1].md"]
    assert annotated(copydesk, "ferry [1].md") == ["ferry [1].md"]


@pytest.mark.parametrize(
    ("named", "audited"),
    [
        ([FERRY], [FERRY]),
        (["stories/2026 spring/interviews/ferry [1].md"], [FERRY]),
        ([BAC, "copydesk.toml", "drafts/x.md"], [BAC]),
        ([FERRY, "stories/été/interviews/Zürich – bac.md"], [FERRY, BAC]),
    ],
)
def test_a_hook_audits_the_articles_among_the_files_of_a_commit(
    copydesk: Command, newsroom: Path, named: list[str], audited: list[str]
) -> None:
    assert annotated(copydesk, "--only-articles", *named) == audited
    assert annotated(copydesk, "--only-articles", *(str(newsroom / name) for name in named)) == audited


@pytest.mark.parametrize("named", [["drafts/x.md"], ["copydesk.toml"], ["stories/gone.md"], []])
def test_a_hook_with_nothing_to_audit_lets_the_commit_through(
    copydesk: Command, newsroom: Path, named: list[str]
) -> None:
    done = copydesk("check", "--only-articles", *named)
    assert (done.code, done.out) == (0, "")
    assert "there was nothing to audit" in done.err


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode("utf-8"))))


def test_a_text_from_an_editor_has_the_sources_and_the_settings_of_its_file(
    copydesk: Command, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = ("-", "--stdin-filename", BAC)
    typed(monkeypatch, ARTICLE.replace("# The old stage\n", "# The old stage\n\nIt rains.\n"))
    done = copydesk("check", *called, "--format", "json")
    assert done.code == 1, done.err
    report = json.loads(done.out)
    assert [info["path"] for info in report["inputs"]] == [BAC, "stories/été/interviews/Zürich – bac.md"]
    [finding] = report["findings"]
    assert (finding["severity"], finding["evidence"][0]["line"]) == ("error", 5)
    override = '[[overrides]]\npaths = ["stories/été/"]\nseverity = { quote-altered = "note" }\n'
    (newsroom / "copydesk.toml").write_text(SETTINGS + override, encoding="utf-8")
    typed(monkeypatch, ARTICLE)
    done = copydesk("check", *called, "--format", "json")
    assert [finding["severity"] for finding in json.loads(done.out)["findings"]] == ["note"]
    assert done.code == 0


def test_a_manifest_knows_a_text_from_an_editor(
    copydesk: Command, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (newsroom / "sources.toml").write_text(f'"{BAC}" = "stories/2026 spring/interviews/ferry [1].md"\n', "utf-8")
    (newsroom / "copydesk.toml").write_text('articles = ["stories"]\nmanifest = "sources.toml"\n', encoding="utf-8")
    typed(monkeypatch, ARTICLE)
    done = copydesk("check", "-", "--stdin-filename", BAC, "--format", "json")
    assert [f["rule"] for f in json.loads(done.out)["findings"] if f["shown"]] == ["quote-altered"]
