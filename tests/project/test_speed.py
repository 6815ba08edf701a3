"""The benchmark of speed: its texts, its figures and its table. How fast anything is, no test asks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEED = ROOT / "tests" / "benchmarks" / "speed.py"
sys.path.insert(0, str(SPEED.parent))

from speeds.bench import Bench, NotMeasured  # noqa: E402
from speeds.dossier import edited, write_dossier  # noqa: E402
from speeds.figures import Figure, Goal, document, exponents, ratios, table  # noqa: E402
from speeds.growth import texts_of  # noqa: E402
from speeds.memory import write_transcript  # noqa: E402
from speeds.texts import Writer, words_of  # noqa: E402


def bench(folder: Path, **options: float) -> Bench:
    return Bench(folder, sys.executable, **options)  # type: ignore[arg-type]


# --- Invented texts ---------------------------------------------------------------------------------------------------


def test_a_seed_gives_one_text() -> None:
    assert Writer(3).article(900) == Writer(3).article(900) != Writer(4).article(900)
    assert Writer(3).transcript(900) == Writer(3).transcript(900)


@pytest.mark.parametrize("words", [300, 1_400, 10_000])
def test_texts_are_as_long_as_asked_for(words: int) -> None:
    for text in (Writer(1).article(words), Writer(1).transcript(words)[0]):
        assert words <= len(text.split()) <= words + 150


def test_every_slot_is_filled() -> None:
    text = Writer(1).article(20_000) + Writer(2).transcript(20_000)[0]
    assert not re.search(r"[{}/|]", text)
    assert re.search(r"\ba [aeiou]", text) is None


def test_sentences_are_not_alike() -> None:
    sentences = re.split(r"[.?]\s+", Writer(5).transcript(20_000)[0])
    assert len(set(sentences)) > 0.95 * len(sentences)


def test_words_come_in_pairs_where_they_have_two_forms() -> None:
    for name in ("nouns", "verbs"):
        assert all(word.count("/") == 1 for word in words_of(name))
        assert len(set(words_of(name))) == len(words_of(name))


def test_an_article_quotes_what_it_heard() -> None:
    text, heard = Writer(1).transcript(5_000)
    quoted = re.findall(r"“(.+?),”", Writer(2).article(1_000, heard))
    assert len(quoted) > 5
    assert all(f"{words}." in text for words in quoted)


def test_large_texts_are_written_piece_by_piece_and_begin_like_shorter_ones(tmp_path: Path) -> None:
    write_transcript(tmp_path / "large.md", 200_000, 9)
    assert 200_000 <= (tmp_path / "large.md").stat().st_size < 203_000
    said = Writer(9).transcript(1_000)[1][0]
    assert f"{said.speaker.name}: {said.words}." in (tmp_path / "large.md").read_text(encoding="utf-8")


def test_texts_that_grow_are_named_as_on_the_command_line(tmp_path: Path) -> None:
    article, option, source = texts_of(tmp_path, "article and source", 500)
    assert option == "--source"
    assert len(Path(article).read_text(encoding="utf-8").split()) == pytest.approx(500, abs=150)
    assert Path(source).is_file()
    assert len(texts_of(tmp_path, "article", 500)) == 1


def test_the_dossier_is_an_article_with_its_sources(tmp_path: Path) -> None:
    article, sources = write_dossier(tmp_path / "dossier")
    text = article.read_text(encoding="utf-8")
    assert 1_300 <= len(text.split()) <= 1_600
    assert len(re.findall(r"^# ", text, re.M)) == 1
    assert len(sources) >= 4
    assert all(source.stat().st_size for source in sources)


def test_each_edit_changes_one_paragraph_and_no_other_edit_is_like_it() -> None:
    text = "One.\n\nTwo.\n\nThree.\n"
    parts = [edited(text, number).split("\n\n") for number in (1, 2)]
    assert [part[0] for part in parts] == ["One.", "One."]
    assert parts[0][2] == parts[1][2] == "Three.\n"
    assert "Two." != parts[0][1] != parts[1][1]


# --- Figures ----------------------------------------------------------------------------------------------------------


def test_ratios_are_taken_run_by_run() -> None:
    assert ratios([1.0, 4.0], [2.0, 2.0]) == (0.5, 2.0)
    with pytest.raises(ValueError, match="longer"):
        ratios([1.0], [1.0, 2.0])


def test_exponents_leave_out_what_every_run_takes() -> None:
    assert exponents([2.0, 3.0], [3.0, 9.0], [1.0, 1.0]) == (1.0, 2.0)
    assert exponents([1.0], [3.0], [1.0]) == ()


def test_a_goal_is_held_against_the_median() -> None:
    quick = Figure("s", "a", "s", (0.1, 0.2, 9.0), Goal("<=", 0.2))
    assert (quick.median, quick.met) == (0.2, True)
    assert Figure("s", "a", "MB", (600.0,), Goal("<", 600)).met is False
    assert Figure("s", "a", "x", (0.79,), Goal(">=", 0.8)).met is False
    assert Figure("s", "a", "x", (), Goal(">=", 0.8)).met is None


def test_the_table_has_a_line_for_each_figure() -> None:
    figures = [
        Figure("one", "help", "s", (0.1, 0.2, 0.3), Goal("<=", 0.25)),
        Figure("one", "words", "words/s", (12345.6,)),
        Figure("two", "peer", "s", note="no network"),
    ]
    lines = table(figures, {"one": "one: a section"}).splitlines()
    assert "one: a section" in lines
    assert "two" in lines
    assert re.search(r"help +0\.20 s +0\.10 - 0\.30 +3 +<= 0\.25 s +met$", lines[3])
    assert re.search(r"words +12,346 words/s +12,346 - 12,346 +1$", lines[4])
    assert re.search(r"peer +not available +no network$", lines[-1])


def test_json_has_every_value() -> None:
    told = json.loads(document([Figure("one", "help", "s", (0.3, 0.1), Goal("<=", 0.25))], {"cores": 2}, {"runs": 2}))
    assert told["schema"] == "copydesk-speed/1"
    assert told["figures"][0]["values"] == [0.3, 0.1]
    assert told["figures"][0]["median"] == pytest.approx(0.2)
    assert told["figures"][0]["goal"] == {"sign": "<=", "bound": 0.25, "met": True}
    assert json.loads(document([Figure("one", "x", "s", note="no")], {}, {}))["figures"][0]["values"] == []


# --- Commands ---------------------------------------------------------------------------------------------------------


def test_a_command_is_timed_with_its_own_memory(tmp_path: Path) -> None:
    little = bench(tmp_path).time([sys.executable, "-c", "print('done')"])
    large = bench(tmp_path).time([sys.executable, "-c", "x = b'x' * 200_000_000"])
    assert little.output == "done\n"
    assert 0 < little.peak < 50_000_000 < 200_000_000 < large.peak


def test_commands_that_fail_say_why(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured, match="ended with 3: out of ink"):
        bench(tmp_path).time([sys.executable, "-c", "import sys; print('out of ink', file=sys.stderr); sys.exit(3)"])
    with pytest.raises(NotMeasured, match="cannot be started"):
        bench(tmp_path).time([str(tmp_path / "nothing")])


def test_commands_are_ended_when_they_take_too_long_or_too_much(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured, match=r"after 1 s; it had used 0 s of the processor and up to \d+ MB"):
        bench(tmp_path, give_up=1).time([sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(NotMeasured, match="MemoryError"):
        bench(tmp_path, most_memory=0.5).time([sys.executable, "-c", "x = b'x' * 900_000_000"])


def test_the_whole_command(tmp_path: Path) -> None:
    posts = tmp_path / "posts"
    posts.mkdir()
    for number in (1, 2):
        (posts / f"{number}.md").write_text(Writer(number).article(80), encoding="utf-8")
    command = [sys.executable, str(SPEED), "--quick", "--runs", "1", "--only", "folder", "--content", str(posts)]
    done = subprocess.run(
        [*command, "--json", str(tmp_path / "speed.json")], capture_output=True, text=True, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "folder: many articles" in done.stdout
    told = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    figures = {figure["name"]: figure for figure in told["figures"] if figure["unit"] != "words/s"}
    assert figures["share of spaCy's rate"]["values"][0] > 0
    assert re.fullmatch(r"processor \d+\.\d\d s; 2 files, \d+ words", figures["first time, one process"]["note"])
    assert {figure["section"] for figure in told["figures"]} == {"folder"}
    assert told["options"] == {"runs": 1, "large_runs": 1, "quick": True}
    for name in figures:
        assert f"  {name} " in done.stdout


def test_options_that_cannot_be_meant(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SPEED), "--content", str(tmp_path / "none")], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "there is no such folder" in done.stderr
