"""What was settled about a finding outlives every edit of its text but one of its words.

A baseline, a comment and a decision are tried against the same article laid out anew: other line breaks, blank lines
and indents, straight quotation marks, another name and another folder; in Markdown, HTML and plain text.
"""

from __future__ import annotations

import html
import random
import textwrap
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from helpers import annotator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.baseline import Baseline, mark_known, updated
from audit.config import Settings
from audit.decisions import apply, decided_passage, fates, keyed
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.loader import format_of
from audit.records import Finding
from audit.records.decisions import Decision, DecisionsFile
from audit.records.report import Report
from audit.records.sameness import normalized_words, words_digest
from audit.run import audit
from audit.suppressions import suppress

TODAY = date(2026, 11, 28)
HEADLINE = "The old ferry stage in Kelby"
# Findings of several rules: an altered quotation, a figure, and a name in two spellings.
PARAGRAPHS = (
    "“We don’t know it yet, but the board will close the old ferry stage in April,” Marta Lindqvist, the harbour "
    "master, said in her office.",
    "The repair would cost 340,000 kroner, she said, and nobody has that money.",
    "Henrik Osterby runs the sailing school beside the stage. His pupils land there every afternoon.",
    "Mr. Osterbi went back to his boats, and to the ice on the river.",
)
INTERVIEW = (
    "**Marta Lindqvist:** We don’t know it yet, but the board may close the old ferry stage in April. "
    "The repair would cost 240,000 kroner.\n"
)
# What makes each of the findings another one: the words, and other words in their place.
EDITS = {
    "quote-altered": ("will close the old", "will surely close the old"),
    "quantity-differs-from-source": ("340,000 kroner", "345,000 kroner"),
    "name-two-spellings": ("went back to his boats", "went down to his boats"),
}
PATHS = ("stories/{}", "stories/renamed {}", "archive/2026/{}", "ö [1]/{}")


class Layout:
    """A way of setting paragraphs, drawn from a seed."""

    def __init__(self, ending: str, seed: int, *, straight: bool = False) -> None:
        self._ending, self._chance, self._straight = ending, random.Random(seed), straight
        self._newline = self._chance.choice(("\n", "\r\n"))

    def text(self, paragraphs: tuple[str, ...], comment: tuple[int, str] | None = None) -> str:
        """An article; `comment` stands in front of the paragraph with that number."""
        lines = self._head()
        for number, paragraph in enumerate(paragraphs):
            if comment is not None and comment[0] == number:
                lines += [comment[1]]
            lines += self._set(self._straightened(paragraph)) + [""] * self._chance.randint(1, 3)
        return self._newline.join([*lines, *(["</body></html>"] if self._ending == "html" else [])]) + self._newline

    def _head(self) -> list[str]:
        heads = {"md": f"# {HEADLINE}", "html": f"<html><body><h1>{HEADLINE}</h1>", "txt": HEADLINE}
        return [heads[self._ending], ""]

    def _straightened(self, text: str) -> str:
        return text.translate(str.maketrans("“”’", '""\'')) if self._straight else text

    def _set(self, text: str) -> list[str]:
        """A paragraph in lines. Plain text keeps its lines flush: an indent begins a paragraph there."""
        most = 0 if self._ending == "txt" else 3
        if self._ending == "html":
            text = f"<p>{html.escape(text, quote=False)}</p>"
        lines = textwrap.wrap(text, self._chance.randint(30, 130), break_on_hyphens=False, break_long_words=False)
        return [" " * self._chance.randint(0, most) + line for line in lines]


def report_on(article: str, path: str, interview: str = INTERVIEW, source: str = "interview.md") -> Report:
    inputs = Inputs(articles=list(load_text(article, path, "article", format_of(path), key="a1").documents))
    inputs.sources.extend(load_text(interview, source, "source", format_of(source), key="s1").documents)
    return audit(inputs, Settings(articles=(path,)), annotator())


def shown(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.shown]


def decided(report: Report) -> DecisionsFile:
    return DecisionsFile(
        decisions=tuple(
            Decision(
                fingerprint=finding.fingerprint, rule=finding.rule, article="article", verdict="dismissed",
                reason="accepted-risk", text="so", by="Mira Holt", date=TODAY,
                passages=tuple(decided_passage(report.side_of(e.place), e.place.text) for e in finding.evidence),
            )
            for finding in shown(report)
        )
    )  # fmt: skip


ENDINGS = st.sampled_from(("md", "html", "txt"))
SEEDS = st.integers(0, 10_000)
survival = settings(
    max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def first_report(ending: str) -> Report:
    report = report_on(Layout(ending, 0).text(PARAGRAPHS), f"stories/a.{ending}")
    assert sorted(finding.rule for finding in shown(report)) == sorted(EDITS)
    return report


@pytest.mark.parametrize("ending", ["md", "html", "txt"])
def test_each_rule_of_the_article_finds_its_fault(ending: str) -> None:
    first_report(ending)


@survival
@given(ENDINGS, SEEDS, st.sampled_from(PATHS), st.booleans(), st.sampled_from(("interview.md", "talks/x.md")))
def test_another_layout_and_another_name_settle_the_same(
    folder: Path, ending: str, seed: int, path: str, straight: bool, source: str
) -> None:
    before = first_report(ending)
    after = report_on(
        Layout(ending, seed, straight=straight).text(PARAGRAPHS), path.format(f"a.{ending}"), source=source
    )
    assert [f.fingerprint for f in after.findings] == [f.fingerprint for f in before.findings]
    baseline = updated(before, Baseline(), "known.json", only_prune=False)
    known = mark_known(after, baseline, "known.json")
    assert {f.status for f in shown(known.report)} == {"baseline"}
    assert known.stale == ()
    file = decided(before)
    assert {f.status for f in shown(apply(after, file, TODAY))} == {"dismissed"}
    assert {fate.state for fate in fates(file.decisions, [keyed(f, after) for f in after.findings], TODAY)} == {"holds"}


@survival
@given(st.sampled_from(("md", "html")), SEEDS, st.sampled_from(PATHS), st.booleans())
def test_a_comment_means_its_paragraph_in_any_layout(ending: str, seed: int, path: str, straight: bool) -> None:
    comment = "<!-- copydesk-ignore quote-altered: she wrote so -->"
    text = Layout(ending, seed, straight=straight).text(PARAGRAPHS, (0, comment))
    report = suppress(report_on(text, path.format(f"a.{ending}")))
    assert Counter((f.rule, f.status) for f in shown(report)) == Counter(
        (rule, "suppressed" if rule == "quote-altered" else "open") for rule in EDITS
    )
    assert report.diagnostics == ()


@survival
@given(ENDINGS, SEEDS, st.booleans())
def test_the_file_beside_an_article_means_its_words_in_any_layout(
    folder: Path, ending: str, seed: int, straight: bool
) -> None:
    line = 'quantity-differs-from-source "cost 340,000 kroner, she": a later estimate\n'
    Path(f"a.{ending}.copydesk-ignore").write_text(line, encoding="utf-8")
    report = suppress(report_on(Layout(ending, seed, straight=straight).text(PARAGRAPHS), f"a.{ending}"))
    assert [f.rule for f in shown(report) if f.status == "suppressed"] == ["quantity-differs-from-source"]
    assert report.diagnostics == ()


@survival
@given(ENDINGS, SEEDS, st.sampled_from(sorted(EDITS)), st.sampled_from(PATHS))
def test_an_edit_of_the_words_settles_nothing_any_more_and_nothing_else(
    folder: Path, ending: str, seed: int, rule: str, path: str
) -> None:
    before = first_report(ending)
    old, new = EDITS[rule]
    edited = tuple(paragraph.replace(old, new) for paragraph in PARAGRAPHS)
    assert edited != PARAGRAPHS
    after = report_on(Layout(ending, seed).text(edited), path.format(f"a.{ending}"))
    known = mark_known(after, updated(before, Baseline(), "known.json", only_prune=False), "known.json")
    assert {f.rule: f.status for f in shown(known.report)} == {
        name: "open" if name == rule else "baseline" for name in EDITS
    }
    assert len(known.stale) == 1
    dismissed = shown(apply(after, decided(before), TODAY))
    assert {f.rule: f.status for f in dismissed} == {name: "open" if name == rule else "dismissed" for name in EDITS}
    assert [f.reopened for f in dismissed if f.rule == rule] in (["text-changed"], [None])


@survival
@given(SEEDS, st.sampled_from([("may close", "might close"), ("240,000 kroner", "245,000 kroner")]))
def test_an_edit_of_the_source_reopens(seed: int, change: tuple[str, str]) -> None:
    before = first_report("md")
    after = report_on(Layout("md", seed).text(PARAGRAPHS), "stories/a.md", INTERVIEW.replace(*change))
    states = Counter(f.reopened for f in shown(apply(after, decided(before), TODAY)))
    assert states == {"source-changed": 1, None: len(EDITS) - 1}


# --- Markup -----------------------------------------------------------------------------------------------------------

SENTENCE = ("We", "won’t", "close", "the", "R&D", "stage", "before", "2,400", "days")
MARKED = st.sampled_from(
    ("{}", "*{}*", "_{}_", "**{}**", "<em>{}</em>", '<a href="x.html">{}</a>', "[{}](https://a.example/b)", "{}<br/>",
     "<!-- copydesk-ignore quote-altered: so -->{}")
)  # fmt: skip
BETWEEN = st.sampled_from((" ", "\n", "\r\n   ", " \t", "&nbsp;", "\u00a0", "\n> "))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(MARKED, BETWEEN), min_size=len(SENTENCE), max_size=len(SENTENCE)), st.booleans(), st.booleans()
)
def test_markup_between_words_is_none_of_them(marks: list[tuple[str, str]], entities: bool, straight: bool) -> None:
    words = [html.escape(word).replace("’", "&rsquo;") if entities else word for word in SENTENCE]
    words = [word.replace("’", "'") if straight else word for word in words]
    text = "".join(mark.format(word) + blank for word, (mark, blank) in zip(words, marks, strict=True))
    assert normalized_words(text) == "we won't close the r d stage before 2,400 days"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SENTENCE), min_size=1), st.lists(st.sampled_from(SENTENCE), min_size=1))
def test_other_words_are_another_passage(one: list[str], other: list[str]) -> None:
    same = " ".join(one).split() == " ".join(other).split()
    assert (words_digest(" ".join(one)) == words_digest("\n".join(other))) == same
