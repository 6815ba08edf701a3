"""Whole commands in a folder with a team's own rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from audit.rules.docs import read_doc
from audit.rules.registry import ALL_RULES
from command import Command

EXAMPLE = Path(__file__).parents[2] / "docs" / "own-rules" / "house_rules.py"
ARTICLE = "# A clinic\n\nInes Varga opened the clinic on Monday.\n\nAna Reyes slammed the budget for it.\n"
OWN = ["house-phrase", "title-missing"]


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, the house rules of the documentation and the settings that name them."""
    (tmp_path / ".git").mkdir()  # nothing above this folder counts
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "house.py").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    settings(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: Path, more: str = "") -> None:
    (folder / "copydesk.toml").write_text(f'articles = ["*.md"]\nrules = ["rules/house.py"]\n{more}', encoding="utf-8")


def edit(newsroom: Path, old: str, new: str) -> None:
    path = newsroom / "rules" / "house.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(out: str) -> list[str]:
    return sorted(f["rule"] for f in json.loads(out)["findings"] if f["status"] == "open" and f["shown"])


# --- Auditing ---------------------------------------------------------------------------------------------------------


def test_they_run_from_any_folder_and_no_config_leaves_them_out(
    copydesk: Command, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = copydesk("check", "--format", "json")
    assert (done.code, done.err) == (1, "")
    assert found(done.out) == OWN
    assert [rule["id"] for rule in json.loads(done.out)["run"]["rules"]][-2:] == OWN
    assert found(copydesk("check", "a.md", "--no-config", "--format", "json").out) == []
    monkeypatch.chdir(newsroom / "rules")
    assert found(copydesk("check", "--format", "json").out) == OWN


def test_select_ignore_severity_and_overrides_know_their_ids(copydesk: Command, newsroom: Path) -> None:
    assert found(copydesk("check", "--select", "title-missing", "--format", "json").out) == ["title-missing"]
    assert found(copydesk("check", "--ignore", "title-missing", "--format", "json").out) == ["house-phrase"]
    settings(newsroom, 'select = ["house-phrase"]\n[severity]\nhouse-phrase = "note"\n')
    done = copydesk("check", "--format", "json")
    assert (done.code, found(done.out)) == (0, ["house-phrase"])
    settings(newsroom, '[[overrides]]\npaths = ["a.md"]\nignore = ["house-phrase"]\n')
    assert found(copydesk("check", "--format", "json").out) == ["title-missing"]
    done = copydesk("check", "--select", "house-frase")
    assert done.code == 2
    assert "there is no rule 'house-frase'; did you mean house-phrase?" in done.err
    settings(newsroom, 'ignore = ["title-mising"]\n')
    for command in (["check"], ["config", "show"]):
        done = copydesk(*command)
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            "copydesk: copydesk.toml: `ignore` names 'title-mising', and there is no such rule; "
            "did you mean title-missing?\n"
        )


def test_comments_baselines_and_decisions_go_by_their_ids(copydesk: Command, newsroom: Path) -> None:
    comment = "<!-- copydesk-ignore house-phrase: so she said -->\n"
    (newsroom / "a.md").write_text(ARTICLE.replace("Ana", f"{comment}Ana"), encoding="utf-8")
    done = copydesk("check", "--format", "json", "--update-baseline", "--baseline", "known.json")
    told = "copydesk: known.json: it was written with 1 finding; keep it with the texts, in version control\n"
    assert (done.code, done.err, found(done.out)) == (0, told, [])
    statuses = {f["rule"]: f["status"] for f in json.loads(done.out)["findings"] if f["rule"] in OWN}
    assert statuses == {"house-phrase": "suppressed", "title-missing": "baseline"}
    (newsroom / "a.md").write_text(ARTICLE.replace("Ana", f"{comment.replace('-p', '-f')}Ana"))
    done = copydesk("check", "--baseline", "known.json", "--format", "json")
    assert (done.code, found(done.out)) == (2, ["house-phrase"])
    assert "names 'house-fhrase', and there is no such rule; did you mean house-phrase?" in done.err
    (newsroom / "a.md").write_text(ARTICLE, encoding="utf-8")
    copydesk("check", "--out", "json=report.json")
    finding = next(f for f in json.loads(Path("report.json").read_text())["findings"] if f["rule"] == "house-phrase")
    options = ["--dismiss", "house-style", "--text", "x", "--by", "Mira Holt", "--decisions", "decisions.json"]
    assert copydesk("decide", "report.json", finding["fingerprint"], *options).code == 0
    assert found(copydesk("check", "--decisions", "decisions.json", "--format", "json").out) == ["title-missing"]


def test_other_reports_explain_them(copydesk: Command, newsroom: Path) -> None:
    copydesk("check", "--out", "sarif=report.sarif", "--out", "html=report.html", "--out", "csv=report.csv")
    rules = json.loads(Path("report.sarif").read_text(encoding="utf-8"))["runs"][0]["tool"]["driver"]["rules"]
    told = {rule["id"]: rule["shortDescription"]["text"] for rule in rules}
    assert told["house-phrase"] == "A phrase that the style book rules out."
    html = Path("report.html").read_text(encoding="utf-8")
    assert "Looked for in the article&#39;s own words, headlines among them." in html
    assert "house-phrase" in Path("report.csv").read_text(encoding="utf-8")


def test_one_that_raises_fails_and_the_others_go_on(copydesk: Command, newsroom: Path) -> None:
    edit(newsroom, 'title = TITLES.get(person.name, "")', "title = TITLES[3]")
    done = copydesk("check", "--format", "json")
    assert done.code == 2
    assert found(done.out) == ["house-phrase"]
    where = f"rules{os.sep}house.py"
    reason = "rule title-missing failed: a.md: KeyError: 3"
    assert done.err == f"copydesk: {reason}; the other rules went on; mend it in {where}\n"


def test_what_they_print_stays_out_of_the_report(copydesk: Command, newsroom: Path) -> None:
    edit(newsroom, "        article = dossier.article\n", "        article = dossier.article\n        print('here')\n")
    edit(newsroom, "PHRASES = {", "print('loading')\nPHRASES = {")
    done = copydesk("check", "--format", "json")
    assert found(done.out) == OWN
    assert done.err.split() == ["loading", "here", "here"]


def test_only_what_changed_counts_for_one_that_rests_on_sources(copydesk: Command, newsroom: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words], check=True)

    (newsroom / ".git").rmdir()
    edit(newsroom, '    severity = "warning"\n', '    severity = "warning"\n    needs_source = True\n')
    settings(newsroom, 'sources = ["talk.txt"]\n')
    (newsroom / "talk.txt").write_text("VARGA: We may.\n", encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "x")
    assert found(copydesk("check", "--diff", "HEAD", "--format", "json").out) == []
    (newsroom / "talk.txt").write_text("VARGA: We will.\n", encoding="utf-8")
    assert found(copydesk("check", "--diff", "HEAD", "--format", "json").out) == ["house-phrase"]


def test_the_local_page_has_those_of_packages(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpers import annotator

    from audit.serve.uploads import Choices
    from audit.serve.worker import Job, perform

    info = newsroom / "rules" / "newsroom_rules-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[copydesk.rules]\nhouse = house\n", encoding="utf-8")
    monkeypatch.syspath_prepend(newsroom / "rules")
    try:
        report = perform(Job(newsroom, "a.md", (), Choices()), annotator(), print)
    finally:
        sys.modules.pop("house", None)
    assert {finding.rule for finding in report.findings if finding.shown} == set(OWN)


@pytest.mark.parametrize("command", [["check"], ["rules"], ["explain", "house-phrase"], ["config", "show"]])
def test_one_that_cannot_be_loaded_is_one_line(copydesk: Command, newsroom: Path, command: list[str]) -> None:
    edit(newsroom, "PHRASES = {", "PHRASES = oops\n_X = {")
    line = EXAMPLE.read_text(encoding="utf-8").splitlines().index("PHRASES = {") + 1
    done = copydesk(*command)
    assert (done.code, done.out) == (2, "")
    what = "it cannot be imported (NameError: name 'oops' is not defined); mend it"
    assert done.err == f"copydesk: rules{os.sep}house.py:{line}: {what}\n"


# --- Looking at them --------------------------------------------------------------------------------------------------


def test_lists_say_where_they_come_from(copydesk: Command, newsroom: Path) -> None:
    where = f"rules{os.sep}house.py"
    lines = copydesk("rules").out.splitlines()
    assert [line.split()[0] for line in lines] == [*(rule.id for rule in ALL_RULES), *OWN]
    assert [line.endswith(f"  [{where}]") for line in lines] == [False] * len(ALL_RULES) + [True, True]
    listed = json.loads(copydesk("rules", "--format", "json").out)
    assert [rule["origin"] for rule in listed] == ["copydesk"] * len(ALL_RULES) + [where, where]
    shown = copydesk("config", "show").out
    assert 'rules = ["rules/house.py"]' in shown
    assert f"# 2 rules besides those of copydesk\n# house-phrase: {where}\n# title-missing: {where}\n" in shown
    assert len(copydesk("rules", "--no-config").out.splitlines()) == len(ALL_RULES)


def test_explain_knows_them(copydesk: Command, newsroom: Path) -> None:
    done = copydesk("explain", "house-phrase")
    head = f"house-phrase  (warning, high confidence, family production, needs no source, from rules{os.sep}house.py)\n"
    assert done.code == 0
    assert done.out.startswith(f"{head}\nA phrase that the style book rules out.\n")
    assert "did you mean house-phrase?" in copydesk("explain", "house-phrases").err
    assert copydesk("explain", "house-phrase", "--no-config").code == 2


def completions(line: str) -> tuple[list[str], str]:
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1), "_COPYDESK_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "audit"], env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    return [answer.partition(",")[2] for answer in done.stdout.splitlines()], done.stderr


def test_shells_complete_their_ids(newsroom: Path) -> None:
    edit(newsroom, "PHRASES = {", "print('loading')\nPHRASES = {")
    assert completions("copydesk explain house-") == (["house-phrase"], "")
    assert completions("copydesk check --select title-") == (["title-missing"], "")
    assert completions("copydesk check --no-config --select title-")[0] == [""]
    edit(newsroom, "PHRASES = {", "PHRASES = oops\n_X = {")
    assert completions("copydesk explain house-")[0] == [""]
    assert completions("copydesk explain quote-al") == (["quote-altered"], "")


# --- Testing and documenting them -------------------------------------------------------------------------------------


def test_the_examples_are_run(copydesk: Command, newsroom: Path) -> None:
    done = copydesk("rules", "--test")
    assert (done.code, done.err) == (0, "")
    assert done.out == "7 examples of 2 rules: all hold.\n"


def test_examples_that_do_not_hold_are_a_line_each(copydesk: Command, newsroom: Path) -> None:
    where = f"rules{os.sep}house.py"
    edit(newsroom, "article: Critics slammed the budget.", "article: Critics liked the budget.")
    edit(newsroom, "article: Ana Reyes opened the clinic", "article: Ines Varga opened the clinic")
    done = copydesk("rules", "--test")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        f"{where}: house-phrase: Fails, example 2 (“Critics liked the budget.”): the rule finds nothing",
        f"{where}: title-missing: Passes, example 2 (“Ines Varga opened the clinic on Monday.”): "
        "the rule finds something: Is this the Dr. Ines Varga of our list?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("    Passes:\n        article: Dr.", "    Fails:\n        article: Dr.", "an example under `Fails:`"),
        ("title = TITLES.get(person.name, \"\")", "title = TITLES[3]", "the rule failed: article.md: KeyError: 3"),
        ("place=place_of(sentence or first)", "place=place_of(first).model_copy(update={'start': 2})", "it shows “"),
    ],
)  # fmt: skip
def test_rules_that_are_at_fault_fail_their_test(
    copydesk: Command, newsroom: Path, old: str, new: str, line: str
) -> None:
    edit(newsroom, old, new)
    done = copydesk("rules", "--test")
    assert (done.code, done.err) == (1, "")
    assert line in done.out
    assert all(one.startswith(f"rules{os.sep}house.py: title-missing: ") for one in done.out.splitlines())


def test_a_page_is_written_about_them(copydesk: Command, newsroom: Path) -> None:
    done = copydesk("rules", "--docs")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# Our rules\n\n")
    assert (
        "| [`house-phrase`](#house-phrase) | production | warning | A phrase that the style book rules out. |"
        in done.out
    )
    assert "\nReported:\n\n```text\narticle: Ines Varga opened the clinic on Monday.\n```\n" in done.out
    assert not any(f"## {rule.id}\n" in done.out for rule in ALL_RULES)
    edit(newsroom, "    Passes:\n        article: Dr.", "    Fails:\n        article: Dr.")
    done = copydesk("rules", "--docs")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("copydesk: title-missing: a rule's docstring has an example under `Fails:`")


@pytest.mark.parametrize("option", ["--test", "--docs"])
def test_without_own_rules_there_is_nothing_to_do(copydesk: Command, newsroom: Path, option: str) -> None:
    done = copydesk("rules", option, "--no-config")
    assert (done.code, done.out) == (3, "")
    assert "name yours under `rules` in copydesk.toml" in done.err
    assert copydesk("rules", option, "--format", "json").code == 2
    assert copydesk("rules", "--test", "--docs").code == 2


def test_init_begins_a_rule_that_works(copydesk: Command, newsroom: Path) -> None:
    done = copydesk("init", "--rule", "no-very", "rules")
    assert done.code == 0
    assert done.out.startswith(f'rules{os.sep}no_very.py was written. Put rules = ["rules/no_very.py"] into copydesk.t')
    again = copydesk("init", "--rule", "no-very", "rules")
    assert (again.code, again.err.count("\n")) == (2, 1)
    refused = copydesk("init", "--rule", "No Very")
    assert refused.code == 2
    assert refused.err.startswith(
        "copydesk: --rule No Very: this is no id of a rule; write it in small letters, figures"
    )
    (newsroom / "copydesk.toml").write_text('articles = ["*.md"]\nrules = ["rules/no_very.py"]\n', encoding="utf-8")
    assert copydesk("rules", "--test").out == "2 examples of 1 rule: all hold.\n"
    (newsroom / "a.md").write_text("The very old bridge is very, “very” old.\n", encoding="utf-8")
    [finding] = json.loads(copydesk("check", "--select", "no-very", "--format", "json").out)["findings"]
    assert [mark["start"] for mark in finding["evidence"][0]["marks"]] == [4, 23]


def test_the_example_reads_like_ours(newsroom: Path) -> None:
    """The documentation's rules keep to what CONTRIBUTING asks of ours."""
    from audit.own_rules import load_own_rules

    for own in load_own_rules([newsroom / "rules" / "house.py"]):
        doc = read_doc(own.rule.text())
        assert doc.summary.endswith(".")
        assert doc.prose
