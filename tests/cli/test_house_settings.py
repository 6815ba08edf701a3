"""The table `[house]` of the settings file, and the files that its lists may lie in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Command

ARTICLE = "# The bridge\n\nDana Tarant, a bell founder, sold the yard in May.\n\nSiobhan O'Brian bought it.\n"
SETTINGS = """articles = ["*.md"]

[house]
titles = ["Taoiseach"]
names = [
  "Siobhán Ó Briain",
]
names-file = "style/names.txt"
"""


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "style").mkdir()
    (tmp_path / "style" / "names.txt").write_text("# founders\n\nDana Tarrant  # of Orrin\n", encoding="utf-8")
    (tmp_path / "bridge.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "copydesk.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_finding_says_where_the_spelling_stands(copydesk: Command, newsroom: Path) -> None:
    done = copydesk("check", "--format", "json")
    assert done.code == 1, done.err
    found = {one["why"][0]: one["message"] for one in json.loads(done.out)["findings"] if one["shown"]}
    places = ("copydesk.toml:6", "style/names.txt:3")
    assert set(found) == {f"the spelling of the house stands in {place}" for place in places}


def test_the_settings_in_force_have_the_house(copydesk: Command, newsroom: Path) -> None:
    out = copydesk("config", "show").out
    assert '\n[house]  # copydesk.toml\nnames = ["Siobhán Ó Briain"]\nnames-file = "style/names.txt"\n' in out
    assert 'titles = ["Taoiseach"]\n# in all names: 2, titles: 1, exempt: 0\n' in out


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('nmes = ["A B"]', "there is no key `house.nmes`; did you mean `names`?"),
        ('names = ["A B", 3]', "`house.names[2]` is 3; it has to be a valid string"),
        ('names = ["  "]', "`house.names` has an entry that is no name ('')"),
        ('exempt-file = "none.txt"', "none.txt: there is no such file; check `house`"),
        ('names-file = "style/bad.txt"', "style/bad.txt:2: the line has an entry that is no name ('---')"),
    ],
)
def test_what_is_wrong_with_the_house_is_one_line(copydesk: Command, newsroom: Path, table: str, words: str) -> None:
    (newsroom / "style" / "bad.txt").write_text("Dana Tarrant\n---\n", encoding="utf-8")
    (newsroom / "copydesk.toml").write_text(f'articles = ["*.md"]\n[house]\n{table}\n', encoding="utf-8")
    done = copydesk("check")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert done.err.count("\n") == 1


def test_the_settings_that_are_written_tell_of_the_house(copydesk: Command, newsroom: Path) -> None:
    (newsroom / "copydesk.toml").unlink()
    assert copydesk("init").code == 0
    text = (newsroom / "copydesk.toml").read_text(encoding="utf-8")
    assert "# [house]\n# names = [" in text
