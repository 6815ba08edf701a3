"""The settings file: where it is found, what it decides, what it refuses; `config show` and `init`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import Command

from audit.settings_file import SettingsTable

Make = Callable[..., Path]
FIXTURES = Path(__file__).parents[2] / "fixtures" / "run"
ARTICLE = (FIXTURES / "dossier" / "article.md").read_text(encoding="utf-8").replace("sources:", "unused:")
INTERVIEW = (FIXTURES / "dossier" / "interviews" / "lindqvist.md").read_text(encoding="utf-8")


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles, the interview of each in a folder beside it; the working folder of the test."""
    for name in ("crane", "harbour"):
        (tmp_path / "stories" / "sources").mkdir(parents=True, exist_ok=True)
        (tmp_path / "stories" / f"{name}.md").write_text(ARTICLE, encoding="utf-8")
        (tmp_path / "stories" / "sources" / f"{name}-lindqvist.md").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / ".git").mkdir()  # nothing above this folder counts
    monkeypatch.chdir(tmp_path)
    return tmp_path


SETTINGS = 'articles = ["stories"]\nsources = ["{dir}/sources/{stem}*.md"]\n'


def write(folder: Path, text: str, name: str = "copydesk.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def report_of(copydesk: Command, *arguments: str | Path) -> dict[str, Any]:
    done = copydesk("check", *arguments, "--format", "json")
    assert done.code in (0, 1), done.err
    report = json.loads(done.out)
    assert isinstance(report, dict)
    return report


def paths(report: dict[str, Any], role: str) -> list[str]:
    return [info["path"] for info in report["inputs"] if info["role"] == role]


def test_the_articles_of_the_file_meet_their_own_sources(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, SETTINGS)
    report = report_of(copydesk)
    assert paths(report, "article") == ["stories/crane.md", "stories/harbour.md"]
    assert paths(report, "source") == ["stories/sources/crane-lindqvist.md", "stories/sources/harbour-lindqvist.md"]
    found = [[one["path"] for one in finding["evidence"]] for finding in report["findings"] if finding["shown"]]
    assert ["stories/crane.md", "stories/sources/crane-lindqvist.md"] in found
    assert ["stories/harbour.md", "stories/sources/harbour-lindqvist.md"] in found
    assert len(found) == 2


def test_the_nearest_file_counts_and_its_paths_are_its_own(
    copydesk: Command, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(newsroom, SETTINGS)
    monkeypatch.chdir(newsroom / "stories" / "sources")
    assert paths(report_of(copydesk), "article") == ["../crane.md", "../harbour.md"]
    write(newsroom / "stories", 'articles = ["crane.md"]\nsources = ["sources/crane*"]\n')
    report = report_of(copydesk)
    assert paths(report, "article") == ["../crane.md"]
    assert paths(report, "source") == ["crane-lindqvist.md"]


def test_the_table_of_pyproject_counts_where_there_is_one(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, "[tool.other]\nx = 1\n", "pyproject.toml")
    assert copydesk("check").code == 2
    write(newsroom, '[tool.copydesk]\narticles = ["stories/c*.md"]\n', "pyproject.toml")
    assert paths(report_of(copydesk), "article") == ["stories/crane.md"]
    write(newsroom, 'articles = ["stories/h*.md"]\n')
    assert paths(report_of(copydesk), "article") == ["stories/harbour.md"]


def test_nothing_above_the_repository_counts(
    copydesk: Command, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(newsroom, SETTINGS)
    (newsroom / "stories" / ".git").mkdir()
    monkeypatch.chdir(newsroom / "stories")
    done = copydesk("check")
    assert done.code == 2
    assert "list them in copydesk.toml" in done.err


def test_the_command_line_outweighs_the_file(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, f'{SETTINGS}profile = "relaxed"\nfail-on = "never"\nignore = ["quote-altered"]\n')
    done = copydesk("check", "--format", "json")
    assert done.code == 0
    assert json.loads(done.out)["run"]["profile"] == "relaxed"
    assert "quote-altered" not in {finding["rule"] for finding in json.loads(done.out)["findings"]}
    done = copydesk(
        "check", "--profile", "strict", "--fail-on", "warning", "--ignore", "quote-tidied", "--format", "json"
    )
    assert done.code == 1
    assert json.loads(done.out)["run"]["profile"] == "strict"
    # An option that is given counts even where it says what it would have been without the file.
    assert copydesk("check", "--fail-on", "warning", "--ignore", "production-residue").code == 1


def test_an_article_that_is_named_gets_the_sources_of_the_file(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, SETTINGS)
    report = report_of(copydesk, "stories/crane.md")
    assert paths(report, "source") == ["stories/sources/crane-lindqvist.md"]
    assert paths(report_of(copydesk, "stories/crane.md", "--no-config"), "source") == []
    elsewhere = write(newsroom / "stories", 'sources = ["sources/h*"]\n', "other.toml")
    report = report_of(copydesk, "stories/crane.md", "--config", elsewhere)
    assert paths(report, "source") == ["stories/sources/harbour-lindqvist.md"]


def test_a_source_is_no_article_however_the_folder_is_named(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, SETTINGS)
    assert paths(report_of(copydesk, "."), "article") == ["./stories/crane.md", "./stories/harbour.md"]
    assert len(paths(report_of(copydesk, newsroom / "stories"), "article")) == 2
    named = report_of(copydesk, "stories/crane.md", "stories/sources/crane-lindqvist.md")
    assert paths(named, "article") == ["stories/crane.md", "stories/sources/crane-lindqvist.md"]


def test_complete_sources_and_a_manifest(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, 'articles = ["stories/c*.md"]\ncomplete-sources = ["{dir}/sources/{stem}*"]\n')
    report = report_of(copydesk)
    assert [info["complete"] for info in report["inputs"]] == [False, True]
    write(newsroom, 'articles = ["stories"]\nexclude = ["sources/"]\nmanifest = "stories/sources.json"\n')
    write(newsroom / "stories", '{"crane.md": "sources/crane-lindqvist.md"}', "sources.json")
    report = report_of(copydesk)
    assert paths(report, "article") == ["stories/crane.md", "stories/harbour.md"]
    assert paths(report, "source") == ["stories/sources/crane-lindqvist.md"]
    write(newsroom / "stories", '{"crane.md": 7}', "sources.json")
    done = copydesk("check")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "stories/sources.json: `crane.md` is no list of paths" in done.err


def test_overrides_judge_some_articles_otherwise(copydesk: Command, newsroom: Path) -> None:
    override = '[[overrides]]\npaths = ["stories/h*.md"]\n'
    write(newsroom, f'{SETTINGS}{override}ignore = ["quote-altered"]\n')
    rules = {(f["evidence"][0]["path"], f["rule"]) for f in report_of(copydesk)["findings"] if f["shown"]}
    assert ("stories/crane.md", "quote-altered") in rules
    assert ("stories/harbour.md", "quote-altered") not in rules
    write(
        newsroom,
        f'{SETTINGS}{override}severity = {{ quote-altered = "note" }}\n[severity]\nquote-altered = "warning"\n',
    )
    with_note = f'{SETTINGS}[severity]\nquote-altered = "warning"\n{override}severity = {{ quote-altered = "note" }}\n'
    write(newsroom, with_note)
    found = [f for f in report_of(copydesk)["findings"] if f["rule"] == "quote-altered"]
    assert [(f["evidence"][0]["path"], f["severity"]) for f in found] == [
        ("stories/crane.md", "warning"),
        ("stories/harbour.md", "note"),
    ]


def test_overrides_decide_on_profile_and_on_what_is_shown(copydesk: Command, newsroom: Path) -> None:
    text = f'{SETTINGS}select = ["quote-altered"]\n[[overrides]]\npaths = ["h*.md"]\n'
    write(newsroom, f'{text}select = ["quote-tidied"]\nprofile = "strict"\npreview = true\nconfidence = "low"\n')
    report = report_of(copydesk)
    assert [f["evidence"][0]["path"] for f in report["findings"] if f["rule"] == "quote-altered"] == [
        "stories/crane.md"
    ]
    checks = {check["rule"]: check["status"] for check in report["checks"]}
    assert (checks["quote-altered"], checks["quote-tidied"], checks["production-residue"]) == ("run", "run", "skipped")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('confidance = "low"', "there is no key `confidance`; did you mean `confidence`?"),
        ('fail_on = "never"', "there is no key `fail_on`; did you mean `fail-on`?"),
        ("xyzzy = 1", "there is no key `xyzzy`; the keys are profile, select,"),
        ('profile = "lax"', "`profile` is 'lax'; it can be one of strict, standard, relaxed, translated"),
        ('preview = "yes"', "`preview` is 'yes'; it has to be a valid boolean"),
        ("articles = [3]", "`articles[1]` is 3; it has to be a valid string"),
        (SETTINGS + 'ignore = ["quote-alterd"]', "`ignore` names 'quote-alterd', and there is no such rule; did you"),
        ('[severity]\nquote-altered = "fatal"', "`severity.quote-altered` is 'fatal'; it can be one of error"),
        (SETTINGS + "[severity]\nxyzzy = 'note'", "`severity` names 'xyzzy', and there is no such rule; `copydesk"),
        ('[[overrides]]\npath = ["x"]', "there is no key `overrides[1].path`; did you mean `paths`?"),
        (SETTINGS + '[[overrides]]\npaths = ["x"]\nignore = ["xyzzy"]', "`overrides[1].ignore` names 'xyzzy'"),
        ('[[overrides]]\nignore = ["production-residue"]', "`overrides[1].paths` is missing"),
        ('sources = ["{folder}/x"]\narticles = ["stories"]', "`sources` has {folder} in '{folder}/x'"),
        ('exclude = ["!"]', "`exclude` has '!', which is no pattern of .gitignore"),
        ('[[overrides]]\npaths = ["a", "b\\\\"]', "`overrides[1].paths` has 'b"),
        ('articles = ["a\\u0000b"]', "it holds a zero character"),
        ("articles = [", "this is no valid TOML"),
        ("articles = []", "copydesk.toml has no `articles` either"),
    ],
)  # fmt: skip
def test_what_the_file_may_not_say(copydesk: Command, newsroom: Path, text: str, words: str) -> None:
    write(newsroom, text)
    done = copydesk("check")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    if "Usage" not in done.err:
        assert done.err.startswith("copydesk: copydesk.toml: ")
        assert done.err.count("\n") == 1


def test_a_file_that_is_not_there_or_is_no_text(copydesk: Command, newsroom: Path) -> None:
    assert "it cannot be read" in copydesk("check", "--config", "none.toml").err
    (newsroom / "copydesk.toml").write_bytes(b"\xff")
    assert "byte 0 is not valid UTF-8" in copydesk("check").err


def test_articles_that_are_not_there_give_three(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, 'articles = ["drafts/*.md"]\n')
    assert copydesk("check").code == 3


def test_gitignore_counts_in_folders_and_patterns_and_not_where_a_file_is_named(
    copydesk: Command, newsroom: Path
) -> None:
    (newsroom / "stories" / "old").mkdir()
    for name in ("stories/old/a.md", "stories/draft-b.md", "stories/draft-kept.md"):
        shutil.copy(newsroom / "stories" / "crane.md", newsroom / name)
    write(newsroom, "draft-*\nold/\n/stories/sources\n", ".gitignore")
    write(newsroom / "stories", "!draft-kept.md\n", ".gitignore")
    expected = ["stories/crane.md", "stories/draft-kept.md", "stories/harbour.md"]
    assert paths(report_of(copydesk, "stories"), "article") == expected
    assert paths(report_of(copydesk, "stories/**/*.md"), "article") == expected
    assert paths(report_of(copydesk, "stories/old/a.md"), "article") == ["stories/old/a.md"]


def test_gitignore_is_read_as_git_reads_it(copydesk: Command, newsroom: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not here")
    (newsroom / ".git").rmdir()
    subprocess.run([git, "init", "-q"], check=True)
    names = ["a.md", "b/a.md", "b/c/a.md", "b/c/keep.md", "d/x y.md", "d/!z.md", "e/f/g.md", "e/f/h.txt"]
    for name in names:
        (newsroom / "t" / name).parent.mkdir(parents=True, exist_ok=True)
        (newsroom / "t" / name).write_text("# T\n\nWords.\n", encoding="utf-8")
    write(newsroom, "# remark\n\n!\nx\\\n*.md\n!keep.md\n!x\\ y.md\nt/e/*\n!t/e/f\n\\!z.md\n", ".gitignore")
    write(newsroom / "t" / "b", "/c/a.md\n!a.md\n", ".gitignore")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--others", "--exclude-standard", "t"], capture_output=True, text=True, check=True
    )
    expected = [name for name in sorted(listed.stdout.split("\0")) if name.endswith((".md", ".txt"))]
    assert expected
    assert paths(report_of(copydesk, "t"), "article") == expected


def test_config_show_says_what_holds_and_why(copydesk: Command, newsroom: Path) -> None:
    assert copydesk("config", "show").out.startswith("# no settings file")
    write(
        newsroom,
        f'{SETTINGS}profile = "strict"\n[severity]\nproduction-residue = "note"\n[[overrides]]\npaths = ["x"]\n',
    )
    lines = copydesk("config", "show").out.splitlines()
    rows = {line.split(" = ")[0]: line.split("  # ")[-1] for line in lines if " = " in line}
    tables = {"house", "overrides"}
    assert set(rows) == {field.alias for field in SettingsTable.model_fields.values()} - tables | {"paths"}
    assert (rows["profile"], rows["severity"], rows["fail-on"]) == ("copydesk.toml", "copydesk.toml", "default")
    assert "# stories/crane.md: stories/sources/crane-lindqvist.md" in lines
    assert "[[overrides]]  # copydesk.toml" in lines


def test_init_fits_the_folder_and_overwrites_nothing(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, "# Read me\n", "README.md")
    done = copydesk("init")
    assert done.code == 0, done.err
    report = report_of(copydesk)
    assert paths(report, "article") == ["stories/crane.md", "stories/harbour.md"]
    assert len(paths(report, "source")) == 2
    before = (newsroom / "copydesk.toml").read_bytes()
    again = copydesk("init")
    assert (again.code, again.err.count("\n")) == (2, 1)
    assert (newsroom / "copydesk.toml").read_bytes() == before


def test_init_leaves_a_table_in_pyproject_alone(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, '[tool.copydesk]\nprofile = "strict"\n', "pyproject.toml")
    assert copydesk("init").code == 2
    assert not (newsroom / "copydesk.toml").exists()


def test_every_remark_of_init_is_a_setting_that_can_be_taken_up(copydesk: Command, newsroom: Path) -> None:
    copydesk("init")
    text = (newsroom / "copydesk.toml").read_text(encoding="utf-8")
    taken = re.sub(r"^# (?=[a-z-]+ = |\[)", "", text, flags=re.MULTILINE)
    write(newsroom, taken)
    copydesk("init", "--rule", "house-rules")  # `rules` names its file
    done = copydesk("config", "show")
    assert done.code == 2
    assert "manifest" in done.err  # the file that it names is not there; all else is understood
    write(newsroom, taken.replace("manifest =", "# manifest ="))
    done = copydesk("config", "show")
    assert done.code == 0, done.err
    assert [line.split(" = ")[0] for line in done.out.splitlines() if line.endswith("# default")] == ["manifest"]


def test_init_of_a_folder_without_articles_writes_a_file_that_can_be_read(
    copydesk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.vtt").write_text("WEBVTT\n", encoding="utf-8")
    assert copydesk("init").code == 0
    assert copydesk("check").code == 3
    (tmp_path / "copydesk.toml").unlink()
    (tmp_path / "talk.md").write_text("---\nsources: [talk.txt]\n---\n# Talk\n\nWords.\n", encoding="utf-8")
    assert copydesk("init").code == 0
    text = (tmp_path / "copydesk.toml").read_text(encoding="utf-8")
    assert 'sources = ["{dir}/{stem}.vtt"]' in text
    assert "1 of the articles name sources" in text


def test_of_what_a_hook_names_the_articles_and_those_whose_sources_changed(copydesk: Command, newsroom: Path) -> None:
    write(newsroom, SETTINGS)
    write(newsroom, "# Read me\n\nWords.\n", "README.md")
    report = report_of(copydesk, "--only-articles", "README.md", "stories/sources/harbour-lindqvist.md")
    assert paths(report, "article") == ["stories/harbour.md"]
    report = report_of(copydesk, "--only-articles", str(newsroom / "stories" / "crane.md"))
    assert paths(report, "article") == ["stories/crane.md"]
    done = copydesk("check", "--only-articles", "README.md")
    assert (done.code, done.out) == (0, "")
    assert "nothing to audit" in done.err
