"""Decisions: they hold through edits elsewhere, end with the words that they are about, and are never lost on disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import jsonschema
import pytest
from audit.reports.json import render_schema
from handmade import Item, report_of
from helpers import audit_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.decisions import apply, decided_passage, fates, keyed, load, parse, render, save
from audit.errors import CopydeskError
from audit.records import Finding
from audit.records.decisions import REASONS, Decision, DecisionsFile, Ruling
from audit.records.report import Report

TODAY = date(2026, 11, 28)


def decision_on(
    finding: Finding, report: Report, *, verdict: Ruling = "dismissed", expires: date | None = None
) -> Decision:
    return Decision(
        fingerprint=finding.fingerprint,
        rule=finding.rule,
        article="a.md",
        verdict=verdict,
        reason="house-style" if verdict == "dismissed" else "",
        text="We talked it through.",
        by="Mira Holt",
        date=TODAY,
        expires=expires,
        passages=tuple(decided_passage(report.side_of(e.place), e.place.text) for e in finding.evidence),
    )


def file_on(report: Report, *indexes: int, **more: object) -> DecisionsFile:
    return DecisionsFile(decisions=tuple(decision_on(report.findings[at], report, **more) for at in indexes))  # type: ignore[arg-type]


PAIR = (Item("We will move the mill.", "We may move the mill."), Item("The weir is shut.", "The weir may be shut."))


# --- What holds -------------------------------------------------------------------------------------------------------


def test_a_dismissed_finding_is_settled_and_the_others_are_open() -> None:
    report = report_of(PAIR)
    decided = apply(report, file_on(report, 0), TODAY, "d.json", "0" * 64)
    assert [f.status for f in decided.findings] == ["dismissed", "open"]
    assert decided.findings[0].decision == decision_on(report.findings[0], report)
    assert (decided.findings[0].reopened, decided.findings[1].decision) == (None, None)
    used = decided.run.decisions
    assert used is not None
    assert (used.path, used.today, used.stale) == ("d.json", TODAY, ())


def test_a_confirmed_finding_stays_open() -> None:
    report = report_of(PAIR)
    confirmed = apply(report, file_on(report, 1, verdict="confirmed"), TODAY).findings[1]
    assert (confirmed.status, confirmed.reopened) == ("open", None)
    assert confirmed.decision is not None


def test_a_decision_holds_through_its_last_day() -> None:
    report = report_of(PAIR)
    file = file_on(report, 0, expires=date(2026, 12, 1))
    last = apply(report, file, date(2026, 12, 1)).findings[0]
    after = apply(report, file, date(2026, 12, 2)).findings[0]
    assert (last.status, last.reopened) == ("dismissed", None)
    assert (after.status, after.reopened) == ("open", "expired")
    assert after.decision == file.decisions[0]


@pytest.mark.parametrize(
    ("edited", "reason"),
    [
        (Item("We shall move the mill.", "We may move the mill."), "text-changed"),
        (Item("We will move the mill.", "We might move the mill."), "source-changed"),
    ],
)
def test_changed_words_reopen_and_say_which(edited: Item, reason: str) -> None:
    file = file_on(report_of(PAIR), 0)
    [changed, other] = apply(report_of((edited, PAIR[1])), file, TODAY).findings
    assert (changed.status, changed.reopened, changed.decision) == ("open", reason, file.decisions[0])
    assert (other.reopened, other.decision) == (None, None)


def test_one_of_two_passages_of_the_article_is_enough_to_know_a_finding_again() -> None:
    report = report_of(PAIR)
    one, two = report.findings[0].evidence[0], report.findings[1].evidence[0]
    inside = report.findings[0].model_copy(update={"evidence": (one, two), "rule": "contradiction", "fingerprint": "a"})
    before = report.model_copy(update={"findings": (inside,)})
    words = two.model_copy(update={"place": two.place.model_copy(update={"text": "The weir was shut."})})
    after = inside.model_copy(update={"evidence": (one, words), "fingerprint": "b"})
    [found] = apply(report.model_copy(update={"findings": (after,)}), file_on(before, 0), TODAY).findings
    assert (found.status, found.reopened) == ("open", "text-changed")


def test_punctuation_case_and_line_ends_do_not_reopen() -> None:
    edited = Item("we will\nmove the mill", "“We may move the mill!”")
    [same, _] = apply(report_of((edited, PAIR[1])), file_on(report_of(PAIR), 0), TODAY).findings
    assert same.status == "dismissed"


def test_another_rule_about_the_same_words_is_another_finding() -> None:
    report = report_of((replace(PAIR[0], rule="certainty-raised"),))
    decided = apply(report, file_on(report_of(PAIR), 0), TODAY)
    assert (decided.findings[0].status, decided.findings[0].decision) == ("open", None)
    assert decided.run.decisions is not None
    assert len(decided.run.decisions.stale) == 1


def test_of_two_findings_with_the_same_words_the_one_that_is_left_keeps_the_decision() -> None:
    twice = report_of((PAIR[0], PAIR[0]))
    file = file_on(twice, 1)
    assert [f.status for f in apply(twice, file, TODAY).findings] == ["open", "dismissed"]
    assert [f.status for f in apply(report_of(PAIR[:1]), file, TODAY).findings] == ["dismissed"]


WORDS = st.lists(
    st.sampled_from(["mill", "weir", "shut", "moved", "may", "will", "not", "12", "ferry", "quay"]),
    min_size=1,
    max_size=5,
)
ITEMS = st.builds(
    Item,
    article=WORDS.map(" ".join),
    source=st.one_of(st.just(""), WORDS.map(" ".join)),
    rule=st.sampled_from(["quote-altered", "certainty-raised"]),
)


def kind_of(item: Item) -> tuple[str, str, str]:
    return item.rule, item.article, item.source


@settings(max_examples=150, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=6), st.lists(ITEMS, max_size=4), st.lists(WORDS.map(" ".join)), st.data())
def test_edits_elsewhere_never_lose_a_decision(
    items: list[Item], others: list[Item], before: list[str], data: st.DataObject
) -> None:
    report = report_of(items)
    chosen = sorted(data.draw(st.sets(st.integers(0, len(items) - 1), min_size=1)))
    file = file_on(report, *chosen)
    kept = [item for at, item in enumerate(items) if at in chosen or data.draw(st.booleans())]
    edited = data.draw(st.permutations([*kept, *others]))
    after = apply(report_of(edited, before=before, path="renamed.md"), file, TODAY)
    assert [fate.state for fate in fates(file.decisions, [keyed(f, after) for f in after.findings], TODAY)] == [
        "holds"
    ] * len(chosen)
    decided = Counter(kind_of(items[at]) for at in chosen)
    dismissed = [f.status == "dismissed" for f in after.findings]
    assert Counter(kind_of(item) for item, gone in zip(edited, dismissed, strict=True) if gone) == decided
    assert all(f.reopened is None for f in after.findings)


@settings(max_examples=150, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=6, unique_by=kind_of), st.data())
def test_an_edit_of_the_passage_always_reopens(items: list[Item], data: st.DataObject) -> None:
    file = file_on(report_of(items), *range(len(items)))
    at = data.draw(st.integers(0, len(items) - 1))
    sides = ["article", "source"] if items[at].source else ["article"]
    side = data.draw(st.sampled_from(sides))
    words = getattr(items[at], side).split()
    words.insert(data.draw(st.integers(0, len(words))), "altogether")
    edited = replace(items[at], **{side: " ".join(words)})
    after = apply(report_of([*items[:at], edited, *items[at + 1 :]]), file, TODAY).findings
    assert after[at].status == "open"
    assert [f.status for n, f in enumerate(after) if n != at] == ["dismissed"] * (len(items) - 1)
    if items[at].source:
        assert after[at].reopened == ("text-changed" if side == "article" else "source-changed")
        assert after[at].decision == file.decisions[at]


# --- In a real audit --------------------------------------------------------------------------------------------------

FIXTURES = Path(__file__).parents[2] / "fixtures" / "run" / "dossier"
ARTICLE = (FIXTURES / "article.md").read_text(encoding="utf-8").split("---\n", 2)[2]
SOURCE = (FIXTURES / "interviews" / "lindqvist.md").read_text(encoding="utf-8")
EXTRA = (
    "The market hall opens at nine on Saturdays.",
    "A bakery has moved in beside the chapel, and its bread is praised.",
    "## Elsewhere",
    "Rain is likely tomorrow.",
)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(EXTRA), st.floats(0, 1)), max_size=3),
    st.lists(st.sampled_from(EXTRA[:2]), max_size=2),
)
def test_paragraphs_elsewhere_keep_a_decision_in_a_real_audit(
    extra: list[tuple[str, float]], behind: list[str]
) -> None:
    before = audit_texts(ARTICLE, SOURCE)
    [at] = [at for at, finding in enumerate(before.findings) if finding.rule == "quote-altered"]
    paragraphs = ARTICLE.strip().split("\n\n")
    for words, where in extra:
        paragraphs.insert(1 + int(where * (len(paragraphs) - 1)), words)
    after = audit_texts("\n\n".join(paragraphs), "\n\n".join((SOURCE.strip(), *behind)))
    decided = apply(after, file_on(before, at), TODAY)
    assert [f.status for f in decided.findings if f.rule == "quote-altered"] == ["dismissed"]


@pytest.mark.parametrize(
    ("article", "source", "reason"),
    [
        (ARTICLE.replace("We will take", "We shall take"), SOURCE, "text-changed"),
        (ARTICLE, SOURCE.replace("We may take", "We might take"), "source-changed"),
    ],
)
def test_changed_words_reopen_in_a_real_audit(article: str, source: str, reason: str) -> None:
    assert (article, source) != (ARTICLE, SOURCE)
    before = audit_texts(ARTICLE, SOURCE)
    [at] = [at for at, finding in enumerate(before.findings) if finding.rule == "quote-altered"]
    after = apply(audit_texts(article, source), file_on(before, at), TODAY)
    assert [(f.status, f.reopened) for f in after.findings if f.rule == "quote-altered"] == [("open", reason)]


# --- The file ---------------------------------------------------------------------------------------------------------


def test_a_file_is_sorted_and_comes_back_as_it_was(tmp_path: Path) -> None:
    report = report_of(PAIR)
    path = tmp_path / "decisions.json"
    save(path, file_on(report, 1).decisions)
    file = save(path, file_on(report, 0).decisions)
    assert load(path) == file
    text = path.read_text(encoding="utf-8")
    assert text == render(file) == render(DecisionsFile(decisions=file.decisions[::-1]))
    assert text.endswith("}\n")
    values = json.loads(text)
    assert list(values) == ["schema", "decisions"]
    names = ["fingerprint", "rule", "article", "verdict", "reason", "text", "by", "date", "expires", "passages"]
    assert [list(entry) for entry in values["decisions"]] == [names, names]
    jsonschema.validate(values, json.loads(render_schema("decisions.schema.json")))
    marks = [entry["fingerprint"] for entry in values["decisions"]]
    assert marks == sorted(marks)
    assert [p.name for p in tmp_path.iterdir()] == ["decisions.json"]


def test_a_newer_decision_replaces_the_older_one(tmp_path: Path) -> None:
    report = report_of(PAIR)
    path = tmp_path / "decisions.json"
    save(path, file_on(report, 0, 1).decisions)
    save(path, file_on(report, 0, verdict="confirmed").decisions)
    verdicts = {decision.fingerprint: decision.verdict for decision in load(path).decisions}
    assert [verdicts[f.fingerprint] for f in report.findings] == ["confirmed", "dismissed"]


def test_a_decision_is_taken_back_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    first, second = file_on(report_of(PAIR), 0, 1).decisions
    save(path, [first, second])
    assert save(path, [], remove={first.fingerprint, "of nothing"}).decisions == (second,)
    assert load(path).decisions == (second,)


def test_long_passages_are_cut_for_show_and_whole_for_the_digest() -> None:
    long = "The mill " * 40
    passage, other = decided_passage("article", long + "stands."), decided_passage("article", long + "falls.")
    assert passage.words == other.words == (long * 2)[:120]
    assert passage.sha256 != other.sha256


ENTRY = json.loads(render(file_on(report_of(PAIR), 0)))["decisions"][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verdikt": "dismissed"}, 'entry 1 (quote-altered, {mark}): there is no key "verdikt"; take it out'),
        ({"verdict": "ignored"}, "\"verdict\" is \"ignored\"; it may be 'dismissed' or 'confirmed'"),
        ({"reason": "because"}, '"reason" is "because"; it may be '),
        ({"reason": ""}, f"a dismissed finding needs one of {', '.join(REASONS)}"),
        ({"verdict": "confirmed"}, 'a confirmed one has ""'),
        ({"by": " "}, '"by": it must not be empty'),
        ({"date": "28.11.2026"}, '"date": it has to be a day such as 2026-11-28'),
        ({"date": 0}, '"date": it has to be a day such as 2026-11-28'),
        ({"expires": "2026-02-30"}, '"expires": there is no such day'),
        ({"text": None}, '"text" is null, not text'),
        ({"passages": "all"}, '"passages" is "all", not a list'),
    ],
)
def test_bad_entries_are_one_clear_line(change: dict[str, object], words: str) -> None:
    data = json.dumps({"schema": "copydesk-decisions/1", "decisions": [{**ENTRY, **change}]}).encode()
    with pytest.raises(CopydeskError) as caught:
        parse(data, "d.json")
    message = str(caught.value)
    assert message.startswith("d.json: entry 1 (quote-altered, ")
    assert words.format(mark=ENTRY["fingerprint"]) in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "d.json:1: it is not JSON"),
        (b"{\n<<<<<<< HEAD\n", "d.json:2: it is not JSON"),
        (b"[]", "d.json: it is [], not an object"),
        (b"{}", 'the key "schema" is missing'),
        (b'{"schema": "copydesk-decisions/2"}', "this version of copydesk reads copydesk-decisions/1"),
        (b'{"schema": "copydesk-decisions/1", "decisions": [1]}', "entry 1: it is 1, not an object"),
        (b'{"schema": "copydesk-decisions/1", "schema": ""}', 'the key "schema" stands twice'),
        (b'\xff{"schema": 1}', "it is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_files_that_hold_no_decisions_are_one_clear_line(data: bytes, words: str) -> None:
    with pytest.raises(CopydeskError) as caught:
        parse(data, "d.json")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_entries_about_one_finding_are_refused() -> None:
    data = json.dumps({"schema": "copydesk-decisions/1", "decisions": [ENTRY, {**ENTRY, "by": "Jon"}]}).encode()
    with pytest.raises(CopydeskError, match="entries 1 and 2 are about one finding"):
        parse(data, "d.json")


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CopydeskError, match="not JSON"):
        save(path, file_on(report_of(PAIR), 0).decisions)
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ["{"]


SAVER = """
    import sys
    from datetime import date
    from pathlib import Path
    from audit.decisions import save
    from audit.records.decisions import Decision
    path, name, first, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(first, first + count):
        save(path, [Decision(fingerprint=f"{name}{number}", rule="quote-altered", article="a.md", verdict="confirmed",
                             reason="", text="x" * 2000, by=name, date=date(2026, 11, 28))])
        print(number, flush=True)
"""


def saver(path: Path, name: str, first: int, count: int) -> subprocess.Popen[str]:
    """A process that is about to save so many decisions, one after the other; it waits for a line."""
    command = [sys.executable, "-c", textwrap.dedent(SAVER), str(path), name, str(first), str(count)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_processes_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    names, count = ("one", "two", "three"), 25
    processes = [saver(path, name, 0, count) for name in names]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    expected = {f"{name}{number}" for name in names for number in range(count)}
    assert {decision.fingerprint for decision in load(path).decisions} == expected
    assert [p.name for p in tmp_path.iterdir()] == ["decisions.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_writer_that_is_killed_leaves_a_whole_file_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    random, first = Random(7), 0
    for _ in range(6):
        process = saver(path, "killed", first, 100_000)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        process.stdout.readline()  # at least one is saved
        time.sleep(random.uniform(0, 0.05))
        process.kill()
        rest, _ = process.communicate()
        assert process.returncode == -signal.SIGKILL
        saved = first + 1 + len(rest.splitlines())
        whole = {decision.fingerprint for decision in load(path).decisions}
        # The last one may be on disk although the process could not say so any more.
        assert whole in [{f"killed{number}" for number in range(n)} for n in (saved, saved + 1)]
        first = len(whole)
    after = save(path, file_on(report_of(PAIR), 0).decisions)
    assert len(after.decisions) == first + 1
    assert not (tmp_path / ".decisions.json.lock").exists()


def test_a_lock_that_is_not_let_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr("audit.locking.LOCK_SECONDS", 0.05)
    handle = os.open(tmp_path / ".decisions.json.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(CopydeskError, match="another process"):
        save(tmp_path / "decisions.json", ())
    os.close(handle)
    assert save(tmp_path / "decisions.json", ()) == DecisionsFile()


def test_a_lock_whose_file_was_taken_away_meanwhile_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    flock, lock, calls = fcntl.flock, tmp_path / ".decisions.json.lock", []

    def late(handle: int, how: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            lock.unlink()  # who had the lock let go of it between our opening the file and our locking it
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)
    save(tmp_path / "decisions.json", ())
    assert len(calls) == 2
    assert not lock.exists()
