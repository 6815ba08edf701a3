"""Which files are read, under which name, and which are refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.config import Settings
from audit.errors import CopydeskError
from audit.inputs import expand, inside_folder, read_inputs

PLAIN = "# A title\n\nPlain words and nothing else.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article in drafts/, a source beside it and one outside; the tests run in the folder above."""
    drafts = tmp_path / "drafts"
    (drafts / "talks").mkdir(parents=True)
    (drafts / "talks" / "one.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "outside.txt").write_text(PLAIN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def article(*sources: str) -> str:
    named = "".join(f"  - {source}\n" for source in sources)
    Path("drafts/a.md").write_text(f"---\nsources:\n{named}---\n\n{PLAIN}", encoding="utf-8")
    return "drafts/a.md"


def test_named_sources_are_relative_to_the_article(folder: Path) -> None:
    inputs = read_inputs(Settings(articles=(article("talks/one.txt"),)))
    assert [d.path for d in (*inputs.articles, *inputs.sources)] == ["drafts/a.md", "drafts/talks/one.txt"]
    assert inputs.diagnostics == []


@pytest.mark.parametrize("source", ["../outside.txt", "talks/../../outside.txt", "/etc/hostname", "talks/link.txt"])
def test_named_sources_stay_in_the_article_s_folder(folder: Path, source: str) -> None:
    os.symlink(folder / "outside.txt", folder / "drafts" / "talks" / "link.txt")
    inputs = read_inputs(Settings(articles=(article(source),)))
    [diagnostic] = inputs.diagnostics
    assert diagnostic.code == "source-outside"
    assert diagnostic.fatal
    assert source in diagnostic.message
    assert inputs.sources == []
    assert len(inputs.articles) == 1


def test_dots_that_stay_inside_are_fine(folder: Path) -> None:
    assert inside_folder("drafts/a.md", "talks/../talks/one.txt") == "drafts/talks/one.txt"
    assert inside_folder("a.md", "talks/one.txt") == "talks/one.txt"


def test_a_page_on_the_web_names_no_files() -> None:
    with pytest.raises(CopydeskError, match="outside"):
        inside_folder("https://paper.example/a.html", "passwd")


def test_a_pipe_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "drafts" / "pipe.txt")
    inputs = read_inputs(Settings(articles=(article("pipe.txt"),)))
    assert [diagnostic.code for diagnostic in inputs.diagnostics] == ["not-a-file"]


def test_a_source_named_twice_is_read_once_and_shared(folder: Path) -> None:
    inputs = read_inputs(Settings(articles=(article("talks/one.txt"),), sources=("./drafts/talks/one.txt",)))
    assert [d.path for d in inputs.sources] == ["./drafts/talks/one.txt"]
    assert list(inputs.own.values()) == [[]]
    assert inputs.sources_of(inputs.articles[0]) == inputs.sources


def test_an_article_s_own_sources_are_not_held_against_another(folder: Path) -> None:
    first = article("talks/one.txt")
    Path("b.md").write_text(PLAIN, encoding="utf-8")
    inputs = read_inputs(Settings(articles=(first, "b.md"), sources=("outside.txt",)))
    assert [d.path for d in inputs.sources_of(inputs.articles[0])] == ["outside.txt", "drafts/talks/one.txt"]
    assert [d.path for d in inputs.sources_of(inputs.articles[1])] == ["outside.txt"]


def test_a_source_of_two_articles_belongs_to_both(folder: Path) -> None:
    first = article("talks/one.txt")
    Path("drafts/b.md").write_text(Path(first).read_text(encoding="utf-8"), encoding="utf-8")
    inputs = read_inputs(Settings(articles=(first, "drafts/b.md")))
    assert len(inputs.sources) == 1
    for found in inputs.articles:
        assert inputs.sources_of(found) == inputs.sources


def test_folders_and_patterns(folder: Path) -> None:
    article()
    assert expand(["drafts"]) == ["drafts/a.md", "drafts/talks/one.txt"]
    assert expand(["drafts/*.md", "outside.txt", "none.md"]) == ["drafts/a.md", "outside.txt", "none.md"]
    assert expand(["none/*.md"]) == []
    assert expand(["-", "https://paper.example/*?a=[b]"]) == ["-", "https://paper.example/*?a=[b]"]


def test_the_same_article_twice_is_one(folder: Path) -> None:
    assert len(read_inputs(Settings(articles=(article(), "./drafts/a.md"))).articles) == 1


def test_the_key_of_a_text_depends_on_nothing_else_in_the_run(folder: Path) -> None:
    first = article("talks/one.txt")
    Path("b.md").write_text(PLAIN, encoding="utf-8")
    alone = read_inputs(Settings(articles=(first,)))
    among_others = read_inputs(Settings(articles=("b.md", "missing.md", first), sources=("outside.txt",)))
    keys = {text.path: text.key for text in among_others.texts}
    assert len(set(keys.values())) == 4
    assert {text.path: text.key for text in alone.texts}.items() <= keys.items()


def test_a_file_may_be_article_and_source_at_once(folder: Path) -> None:
    inputs = read_inputs(Settings(articles=("outside.txt",), sources=("outside.txt",)))
    assert len({text.key for text in inputs.texts}) == 2


def test_what_an_editor_holds_stands_in_for_files(folder: Path) -> None:
    """An article and its source, one of them not on the disk yet; they keep the names that were given."""
    unsaved = {
        str(folder / "drafts" / "a.md"): f"---\nsources: [new.srt]\n---\n\n{PLAIN}Café.\n".encode(),
        str(folder / "drafts" / "new.srt"): b"1\n00:00:01,000 --> 00:00:02,000\nANA: Hello.\n",
    }
    article("talks/one.txt")
    inputs = read_inputs(Settings(articles=("drafts/../drafts/a.md",), unsaved=unsaved))
    assert [(d.path, d.format) for d in inputs.articles] == [("drafts/../drafts/a.md", "markdown")]
    assert inputs.articles[0].raw.endswith("Café.\n")
    assert [(d.path, d.format) for d in inputs.sources] == [("drafts/new.srt", "srt")]
    assert inputs.diagnostics == []
