"""What a run is told to leave aside: a baseline, comments in the text and lines beside it, what has not changed."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from command import Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.records.report import BlockInfo, Coverage, InputInfo, Report, Run, Tool
from audit.suppressions import suppress

RULE = "quote-altered"
FIRST = "“We will close the old ferry stage in April,” Marta Lindqvist said on Monday, after a long meeting."
SECOND = "“The council must pay for a new stage before the summer,” Lindqvist said to the board, and sat down."
PLAIN = "The stage was built in 1911 and repaired after the storm of 1953, when the river rose to its upper steps."
ARTICLE = f"# The ferry stage is in doubt\n\n{FIRST}\n\n{PLAIN}\n\n{SECOND}\n"
INTERVIEW = (
    "LINDQVIST: We may close the old ferry stage in April. "
    "The council should pay for a new stage before the summer.\n\n"
    "Q: And then?\n\nLINDQVIST: Then we shall see what is left of the money.\n"
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article that has two altered quotations, and its interview; the working folder of the test."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "i.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "copydesk.toml").write_text(f'sources = ["i.txt"]\nselect = ["{RULE}"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Check = Callable[..., dict[str, Any]]


@pytest.fixture
def check(copydesk: Command, desk: Path) -> Check:
    """Audit a.md, or what is named; the report, with the exit code and standard error beside it."""

    def run(*arguments: str, code: int | None = None) -> dict[str, Any]:
        articles = [] if any(argument.endswith((".md", ".html", ".txt")) for argument in arguments) else ["a.md"]
        done = copydesk("check", *articles, *arguments, "--format", "json")
        assert code is None or done.code == code, done.err
        report = json.loads(done.out) if done.out else {}
        return {**report, "code": done.code, "err": done.err}

    return run


def statuses(report: dict[str, Any]) -> list[str]:
    return [finding["status"] for finding in report["findings"]]


def notes(report: dict[str, Any]) -> str:
    return "\n".join(report["coverage"]["notes"])


def reflowed(text: str, seed: int) -> str:
    """The text with the lines of its paragraphs broken elsewhere."""
    chance = random.Random(seed)
    return re.sub(r"(?<=[\w,.”]) (?=[\w“])", lambda match: chance.choice((" ", " ", "\n", "  ")), text)


def reflowed_paragraphs(text: str, seed: int) -> str:
    head, *paragraphs = text.split("\n\n")
    return "\n\n".join([head, *(reflowed(paragraph, seed + n) for n, paragraph in enumerate(paragraphs))])


# --- Baseline ---------------------------------------------------------------------------------------------------------


def test_only_what_is_new_fails(check: Check, desk: Path) -> None:
    assert statuses(check(code=1)) == ["open", "open"]
    assert check("--baseline", "known.json", "--update-baseline", code=0)["code"] == 0
    report = check("--baseline", "known.json", code=0)
    assert statuses(report) == ["baseline", "baseline"]
    assert {finding["status_reason"] for finding in report["findings"]} == {"in the baseline"}
    assert "2 findings known: in the baseline." in notes(report)
    (desk / "a.md").write_text(ARTICLE + "\n“Then we must see what is left of the money,” Lindqvist said.\n", "utf-8")
    assert sorted(statuses(check("--baseline", "known.json", code=1))) == ["baseline", "baseline", "open"]


def test_the_file_is_sorted_and_says_what_it_knows(check: Check, desk: Path) -> None:
    check("--baseline", "known.json", "--update-baseline")
    text = (desk / "known.json").read_text(encoding="utf-8")
    values = json.loads(text)
    assert values["schema"] == "copydesk-baseline/1"
    assert list(values["findings"]) == sorted(values["findings"])
    assert [(one["rule"], one["articles"]) for one in values["findings"].values()] == [(RULE, {"a.md": 1})] * 2
    assert str(desk) not in text
    check("--baseline", "known.json", "--update-baseline")
    assert (desk / "known.json").read_text(encoding="utf-8") == text


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), name=st.sampled_from(["a.md", "moved to/b.md", "ü [1].md"]))
def test_a_baseline_survives_new_line_breaks_and_a_new_name(check: Check, desk: Path, seed: int, name: str) -> None:
    (desk / "a.md").write_text(ARTICLE, encoding="utf-8")
    check("--baseline", "known.json", "--update-baseline", code=0)
    (desk / "a.md").unlink()
    (desk / name).parent.mkdir(exist_ok=True)
    (desk / name).write_text(reflowed_paragraphs(ARTICLE, seed), encoding="utf-8")
    report = check(name, "--baseline", "known.json", code=0)
    assert statuses(report) == ["baseline", "baseline"]
    assert report["err"] == ""
    (desk / name).unlink()


def test_the_same_words_once_more_are_new(check: Check, desk: Path) -> None:
    check("--baseline", "known.json", "--update-baseline")
    (desk / "a.md").write_text(f"{ARTICLE}\n{FIRST}\n", encoding="utf-8")
    report = check("--baseline", "known.json", code=1)
    assert sorted(statuses(report)) == ["baseline", "baseline", "open"]
    check("--baseline", "known.json", "--update-baseline", code=0)
    counts = [one["articles"] for one in json.loads((desk / "known.json").read_text("utf-8"))["findings"].values()]
    assert sorted(counts, key=str) == [{"a.md": 1}, {"a.md": 2}]


def test_what_is_gone_is_told_and_pruned_and_nothing_new_is_taken_in(check: Check, desk: Path) -> None:
    check("--baseline", "known.json", "--update-baseline")
    mended = ARTICLE.replace("We will close", "We may close")
    (desk / "a.md").write_text(f"{mended}\n“Then we must see what is left of the money,” Lindqvist said.\n", "utf-8")
    report = check("--baseline", "known.json", code=1)
    assert (
        "1 of its findings is no longer found (quote-altered in a.md); `copydesk check --prune-baseline`"
        in report["err"]
    )
    assert sorted(statuses(check("--baseline", "known.json", "--prune-baseline", code=1))) == ["baseline", "open"]
    report = check("--baseline", "known.json", code=1)
    assert "no longer found" not in report["err"]
    assert sorted(statuses(report)) == ["baseline", "open"]


def test_what_a_run_did_not_look_at_is_neither_stale_nor_pruned(check: Check, desk: Path) -> None:
    shutil.copy(desk / "a.md", desk / "b.md")
    (desk / "b.md").write_text(ARTICLE.replace("must pay", "has to pay"), encoding="utf-8")
    check("a.md", "b.md", "--baseline", "known.json", "--update-baseline", code=0)
    before = (desk / "known.json").read_text(encoding="utf-8")
    for arguments in (("b.md",), ("a.md", "--select", "quote-tidied")):
        report = check(*arguments, "--baseline", "known.json", code=0)
        assert report["err"] == ""
        check(*arguments, "--baseline", "known.json", "--update-baseline", code=0)
        assert (desk / "known.json").read_text(encoding="utf-8") == before


def test_a_baseline_of_the_settings_file_counts_from_its_folder(
    check: Check, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (desk / "copydesk.toml").open("a", encoding="utf-8") as file:
        file.write('baseline = "ci/known.json"\n')
    (desk / "ci").mkdir()
    monkeypatch.chdir(desk / "ci")
    assert check("../a.md", "--update-baseline")["code"] == 0
    assert json.loads((desk / "ci" / "known.json").read_text("utf-8"))["findings"]
    assert statuses(check("../a.md", code=0)) == ["baseline", "baseline"]


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (None, [], "known.json: there is no such file; `copydesk check --update-baseline` writes it"),
        ("{", [], "this is no baseline (invalid json"),
        ('{"schema": "other"}', [], "this is no baseline (schema: "),
        ('{"schema": "copydesk-baseline/1", "findings": {"x": {"rule": "r", "words": ""}}}', [], "(findings.x.art"),
        ("", ["--diff", "HEAD", "--update-baseline"], "leave --diff out"),
    ],
)  # fmt: skip
def test_what_is_no_baseline(check: Check, desk: Path, content: str | None, arguments: list[str], words: str) -> None:
    if content is not None:
        (desk / "known.json").write_text(content, encoding="utf-8")
    report = check("--baseline", "known.json", *arguments, code=2)
    assert words in report["err"]
    assert "findings" not in report


def test_no_baseline_is_written_of_half_a_run(check: Check, desk: Path) -> None:
    report = check("a.md", "none.md", "--baseline", "known.json", "--update-baseline", code=2)
    assert "none.md: there is no such file" in report["err"]
    assert "known.json: it was left as it is, since not everything could be audited" in report["err"]
    assert not (desk / "known.json").exists()
    assert "needs a file" in check("--update-baseline", code=2)["err"]


def test_a_report_never_replaces_the_baseline(check: Check, desk: Path) -> None:
    check("--baseline", "known.json", "--update-baseline")
    assert "would be overwritten" in check("--baseline", "known.json", "--out", "json=known.json", code=2)["err"]


# --- Comments ---------------------------------------------------------------------------------------------------------

COMMENT = "<!-- copydesk-ignore quote-altered: she wrote so on Tuesday -->"
LONG_COMMENT = "<!-- copydesk-ignore\nquote-altered, quote-tidied:\nshe wrote so\n on Tuesday -->"


@pytest.mark.parametrize(
    "article",
    [
        ARTICLE.replace(FIRST, f"{COMMENT}\n{FIRST}"),
        ARTICLE.replace(FIRST, f"{COMMENT}\n\n{FIRST}"),
        ARTICLE.replace(FIRST, f"{FIRST} {COMMENT}"),
        ARTICLE.replace(FIRST, f"{FIRST}\n{COMMENT}"),
        ARTICLE.replace(FIRST, f"{LONG_COMMENT}\n{FIRST}"),
        ARTICLE.replace(FIRST, f"<!-- copydesk-ignore quote-tidied: no -->\n{COMMENT}\n{FIRST}"),
        ARTICLE.replace(FIRST, f"- {FIRST} {COMMENT}\n- Another point"),
        ARTICLE.replace(FIRST, f"{FIRST.replace(' Marta', f' {COMMENT} Marta')}"),
        ARTICLE.replace(FIRST, f"{COMMENT}\n{FIRST}").replace("\n", "\r\n"),
    ],
)  # fmt: skip
def test_a_comment_puts_the_findings_of_its_paragraph_aside(check: Check, desk: Path, article: str) -> None:
    (desk / "a.md").write_bytes(article.encode("utf-8"))
    report = check(code=1)
    [first] = [one for one in report["findings"] if "ferry stage in April" in one["evidence"][0]["quote"]]
    [second] = [one for one in report["findings"] if "new stage" in one["evidence"][0]["quote"]]
    assert (first["status"], first["status_reason"]) == ("suppressed", "she wrote so on Tuesday")
    assert second["status"] == "open"
    assert report["err"].count("quote-altered") == 0
    assert "1 finding put aside by a comment in the text" in notes(report)


def test_a_comment_in_html(check: Check, desk: Path) -> None:
    page = "<html><body><h1>The stage</h1>\n{}<p>{}</p>\n<p>{}</p>\n</body></html>\n"
    for before, first in ((f"{COMMENT}\n", FIRST), ("", f"{FIRST} {COMMENT}"), (COMMENT, FIRST)):
        (desk / "a.html").write_text(page.format(before, first, SECOND), encoding="utf-8")
        assert statuses(check("a.html", code=1)) == ["suppressed", "open"]


def test_a_comment_is_no_text_of_the_article(check: Check, desk: Path) -> None:
    plain = check("a.md", "--select", "production-residue", "--no-config", "--source", "i.txt")
    (desk / "a.md").write_text(ARTICLE.replace(FIRST, f"{COMMENT}\n{FIRST} {COMMENT}"), encoding="utf-8")
    report = check("a.md", "--select", "production-residue", "--no-config", "--source", "i.txt")
    for one in (plain, report):
        one["texts"] = [claim["text"] for claim in one["claims"]]
    assert report["texts"] == plain["texts"]
    assert report["findings"] == []
    assert [info["words"] for info in report["inputs"]] == [info["words"] for info in plain["inputs"]]


@pytest.mark.parametrize(
    "article",
    [
        ARTICLE.replace(FIRST, f"```\n{COMMENT}\n```\n{FIRST}"),
        ARTICLE.replace(FIRST, f"    {COMMENT}\n\n{FIRST}"),
        ARTICLE.replace(FIRST, f"The sign is `{COMMENT}` here.\n\n{FIRST}"),
        ARTICLE.replace(PLAIN, f"{PLAIN} {COMMENT}"),
        ARTICLE.replace(FIRST, f"{FIRST}\n\n{COMMENT}\n\n{PLAIN}\n"),
    ],
)
def test_a_comment_elsewhere_or_in_shown_code_puts_nothing_aside(check: Check, desk: Path, article: str) -> None:
    (desk / "a.md").write_text(article, encoding="utf-8")
    assert statuses(check(code=1)) == ["open", "open"]


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("<!-- copydesk-ignore quote-altered -->", "a.md:3: copydesk-ignore quote-altered gives no reason"),
        ("<!-- copydesk-ignore quote-altered:  -->", "gives no reason"),
        ("<!-- copydesk-ignore quote-alterd: so -->", "no such rule; did you mean quote-altered?"),
        ("<!-- copydesk-ignore : so -->", "copydesk-ignore names no rule"),
        ("<!-- copydesk-ignore -->", "copydesk-ignore names no rule"),
    ],
)
def test_a_comment_without_reason_or_with_an_unknown_rule_is_refused(
    check: Check, desk: Path, comment: str, words: str
) -> None:
    (desk / "a.md").write_text(ARTICLE.replace(FIRST, f"{comment}\n{FIRST}"), encoding="utf-8")
    report = check(code=2)
    assert statuses(report) == ["open", "open"]
    assert words in report["err"]
    assert report["err"].count("\n") == 1


def test_a_comment_that_is_not_needed_is_told_and_fails_nothing(check: Check, desk: Path) -> None:
    mended = ARTICLE.replace("We will close", "We may close").replace("must pay", "should pay")
    (desk / "a.md").write_text(mended.replace(FIRST[12:], f"{FIRST[12:]} {COMMENT}"), encoding="utf-8")
    report = check(code=0)
    assert "a.md:3: copydesk-ignore quote-altered is not needed: the rule finds nothing there" in report["err"]
    assert check("--select", "quote-tidied", code=0)["err"] == ""  # the rule did not run: nobody knows


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), name=st.sampled_from(["a.md", "b.md"]), before=st.booleans())
def test_a_comment_survives_new_line_breaks_and_a_new_name(
    check: Check, desk: Path, seed: int, name: str, before: bool
) -> None:
    text = reflowed_paragraphs(ARTICLE, seed)
    _, first, *_ = text.split("\n\n")
    (desk / name).write_text(text.replace(first, f"{COMMENT}\n{first}" if before else f"{first}\n{COMMENT}"), "utf-8")
    assert sorted(statuses(check(name, code=1))) == ["open", "suppressed"]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_file_beside_an_article_finds_its_words_in_new_lines(check: Check, desk: Path, seed: int) -> None:
    (desk / "a.txt").write_text(reflowed_paragraphs(ARTICLE.removeprefix("# "), seed), encoding="utf-8")
    line = f'# remarks\n\n{RULE} "the old  ferry STAGE in April": she wrote so: twice\n'
    (desk / "a.txt.copydesk-ignore").write_text(line, encoding="utf-8")
    report = check("a.txt", code=1)
    assert sorted(statuses(report)) == ["open", "suppressed"]
    assert "she wrote so: twice" in {finding["status_reason"] for finding in report["findings"]}


def test_the_file_beside_an_article_may_mean_all_of_it_and_its_faults_are_told(check: Check, desk: Path) -> None:
    beside = desk / "a.md.copydesk-ignore"
    beside.write_text(f"{RULE}: the whole text was read out to her\n", encoding="utf-8")
    assert statuses(check(code=0)) == ["suppressed", "suppressed"]
    beside.write_text(f'{RULE} "no such words": so\n', encoding="utf-8")
    assert "its words are not in the article" in check(code=1)["err"]
    beside.write_text(f"{RULE}\n?: what\n\n{RULE} “ferry stage”\n", encoding="utf-8")
    report = check(code=2)
    assert "a.md.copydesk-ignore:1: copydesk-ignore quote-altered gives no reason" in report["err"]
    assert "a.md.copydesk-ignore:2: copydesk-ignore names '?'" in report["err"]
    assert "a.md.copydesk-ignore:4: copydesk-ignore quote-altered gives no reason" in report["err"]
    beside.write_bytes(b"\xff\xfe\xff")
    assert check(code=2)["err"].startswith("copydesk: a.md.copydesk-ignore")


def test_the_file_beside_a_word_file(check: Check, desk: Path, copydesk: Command) -> None:
    word = docx.Document()
    for paragraph in ARTICLE.removeprefix("# ").strip().split("\n\n"):
        word.add_paragraph(paragraph)
    word.save(str(desk / "a.docx"))
    (desk / "a.docx.copydesk-ignore").write_text(f'{RULE} "close the old ferry stage": by phone\n', encoding="utf-8")
    report = json.loads(copydesk("check", "a.docx", "--format", "json").out)
    assert sorted(statuses(report)) == ["open", "suppressed"]


@pytest.mark.parametrize("unit", ["<!-- copydesk-ignore ", "<!-- copydesk-ignore quote-altered: x -->\n", "```\n<!--"])
def test_many_comments_cost_little(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    block = BlockInfo(kind="paragraph", start=0, end=len(text))
    info = InputInfo(
        path="a.md", role="article", format="markdown", sha256="0", key="a1", start=0, end=len(text), text=text,
        blocks=(block,),
    )  # fmt: skip
    report = Report(
        tool=Tool(version="0"), run=Run(profile="standard", rules=(), model=""), inputs=(info,), claims=(), matches=(),
        findings=(), coverage=Coverage(quotations=0, checked=0, unchecked=0), checks=(),
    )  # fmt: skip
    began = time.process_time()
    assert suppress(report).findings == ()
    assert time.process_time() - began < 20


# --- What has changed -------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(desk: Path) -> Callable[..., str]:
    """The folder as a repository with everything in its first commit; runs git in it."""
    program = shutil.which("git")
    if program is None:
        pytest.skip("git is not here")
    (desk / ".git").rmdir()
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"]

    def git(*arguments: str) -> str:
        done = subprocess.run([program, *who, *arguments], cwd=desk, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return git


def shown(report: dict[str, Any]) -> list[str]:
    return [one["evidence"][0]["quote"][1:12] for one in report["findings"] if one["shown"]]


def test_findings_on_changed_lines_count(check: Check, desk: Path, repository: Callable[..., str]) -> None:
    report = check("--diff", "HEAD", code=0)
    assert shown(report) == []
    assert len(report["findings"]) == 2
    assert "2 findings touch nothing that has changed since HEAD: only in the JSON report." in notes(report)
    (desk / "a.md").write_text(ARTICLE.replace("and sat down", "and stood up"), encoding="utf-8")
    report = check("--diff", "HEAD", code=1)
    assert shown(report) == ["The council"]
    assert "1 finding touches nothing that has changed since HEAD" in notes(report)
    repository("commit", "-q", "-a", "-m", "second")
    assert shown(check("--diff", "HEAD", code=0)) == []
    assert shown(check("--diff", "HEAD~1", code=1)) == ["The council"]


def test_a_line_that_was_taken_out_counts_for_its_neighbours(
    check: Check, desk: Path, repository: Callable[..., str]
) -> None:
    broken = ARTICLE.replace(" said on Monday", "\nsaid, if there is no money, on\nMonday")
    (desk / "a.md").write_text(broken, encoding="utf-8")
    repository("commit", "-q", "-a", "-m", "broken")
    (desk / "a.md").write_text(broken.replace("said, if there is no money, on\n", ""), encoding="utf-8")
    assert shown(check("--diff", "HEAD", code=1)) == ["We will clo"]


def test_a_changed_source_keeps_what_rests_on_it(check: Check, desk: Path, repository: Callable[..., str]) -> None:
    (desk / "i.txt").write_text(INTERVIEW.replace("what is left", "how much is left"), encoding="utf-8")
    assert len(shown(check("--diff", "HEAD", code=1))) == 2
    # A quotation that is in no source has a passage in the article alone.
    rest = "\n\nLINDQVIST: It rains.\n" * 3
    (desk / "i.txt").write_text(f"LINDQVIST: We have nothing to say about ferries at all.{rest}", encoding="utf-8")
    report = check("--diff", "HEAD", "--select", "quote-not-in-source")
    assert report["findings"]
    assert all(len(finding["evidence"]) == 1 for finding in report["findings"])
    assert all(finding["shown"] for finding in report["findings"])


def test_a_new_file_and_standard_input_have_changed_throughout(
    check: Check, desk: Path, repository: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "b.md").write_text(ARTICLE, encoding="utf-8")
    assert len(shown(check("b.md", "--diff", "HEAD", code=1))) == 2
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(ARTICLE.encode("utf-8"))))
    report = check("-", "--stdin-filename", "a.md", "--source", "i.txt", "--diff", "HEAD", code=1)
    assert len(shown(report)) == 2


def test_a_branch_is_compared_with_where_it_left(check: Check, desk: Path, repository: Callable[..., str]) -> None:
    repository("checkout", "-q", "-b", "story")
    (desk / "a.md").write_text(ARTICLE.replace("and sat down", "and stood up"), encoding="utf-8")
    repository("commit", "-q", "-a", "-m", "mine")
    repository("checkout", "-q", "main")
    (desk / "a.md").write_text(ARTICLE.replace("a long meeting", "a short one"), encoding="utf-8")
    repository("commit", "-q", "-a", "-m", "theirs")
    repository("checkout", "-q", "story")
    assert shown(check("--diff", "main", code=1)) == ["The council"]


def test_signs_of_patterns_in_a_name_are_no_pattern(check: Check, desk: Path, repository: Callable[..., str]) -> None:
    (desk / "a[1]*.md").write_text(ARTICLE, encoding="utf-8")
    repository("add", ".")
    repository("commit", "-q", "-m", "second")
    (desk / "a[1]*.md").write_text(ARTICLE.replace("and sat down", "and stood up"), encoding="utf-8")
    assert shown(check("a[1]*.md", "--diff", "HEAD", code=1)) == ["The council"]


def test_a_repository_that_git_refuses_is_told(check: Check, desk: Path, repository: Callable[..., str]) -> None:
    (desk / ".git" / "config").write_text("[core\n", encoding="utf-8")
    report = check("--diff", "HEAD", code=2)
    assert "git refuses its folder (bad config line 1" in report["err"]


def test_revisions_that_are_none(check: Check, desk: Path, repository: Callable[..., str]) -> None:
    for name in ("nowhere", "--output=x", "HEAD:a.md"):
        report = check("a.md", f"--diff={name}", code=2)
        assert f"git knows no revision {name!r}" in report["err"]
        assert report["err"].count("\n") == 1
    assert sorted(path.name for path in desk.iterdir()) == [".git", "a.md", "copydesk.toml", "i.txt"]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where an audit begins."""

    def read(*arguments: object, **more: object) -> None:
        raise AssertionError("an audit began")

    monkeypatch.setattr("audit.check_command.run", read)


@pytest.mark.usefixtures("unread")
def test_what_cannot_be_compared_with_is_refused_before_the_audit(
    check: Check, desk: Path, repository: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "a.md: git knows no revision 'nowhere'; fetch it" in check("--diff", "nowhere", code=2)["err"]
    monkeypatch.setenv("PATH", str(desk))
    assert "--diff: git is not installed; install it, or leave --diff out" in check("--diff", "HEAD", code=2)["err"]


@pytest.mark.usefixtures("unread")
def test_without_a_repository_there_is_nothing_to_compare_with(check: Check, desk: Path) -> None:
    (desk / ".git").rmdir()
    assert (
        "nothing that is audited lies in a git repository; leave --diff out" in check("--diff", "HEAD", code=2)["err"]
    )


def test_a_file_outside_the_repository_has_changed_throughout(
    check: Check, desk: Path, repository: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere") / "b.md"
    other.write_text(ARTICLE, encoding="utf-8")
    report = check("a.md", str(other), "--source", "i.txt", "--diff", "HEAD", code=1)
    assert {one["evidence"][0]["path"] for one in report["findings"] if one["shown"]} == {str(other)}
    assert len(shown(report)) == 2
