"""What earlier runs found out is used again as long as it holds, and never a moment longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from audit.reports.json import render_json
from audit.rules.base import Rule

from audit import kept as kept_module
from audit.config import Settings
from audit.examine import Examiner
from audit.loading.cache import Store
from audit.records import Dossier, Draft
from audit.records.report import Report
from audit.run import run
from audit.texts import Text

ARTICLE = """---
sources: [{source}]
---

# {place} council raises fees

“We will raise the fee to {fee} pounds in May,” said Ruth Adeyemi, who leads {place} council.
"""
SOURCE = """Interview with Ruth Adeyemi

Q: What happens in May?

Ruth Adeyemi: We may raise the fee to {fee} pounds in May, if the budget allows it.
"""
PLACES = {"Harwell": 40, "Lydney": 55, "Ashby": 70}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three articles, each with a source of its own; tests run in their folder."""
    monkeypatch.chdir(tmp_path)
    for place, fee in PLACES.items():
        Path(f"{place}.md").write_text(ARTICLE.format(place=place, fee=fee, source=f"{place}.txt"), encoding="utf-8")
        Path(f"{place}.txt").write_text(SOURCE.format(fee=fee), encoding="utf-8")
    return tmp_path


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that were examined since the list was last cleared."""
    paths: list[str] = []
    original = Examiner.dossier

    def counted(self: Examiner, article: Text, *others: object) -> object:
        paths.append(article.path)
        return original(self, article, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Examiner, "dossier", counted)
    return paths


def settings(**others: object) -> Settings:
    articles = others.pop("articles", tuple(f"{place}.md" for place in PLACES))
    return Settings(articles=articles, cache_folder=Path("cache"), **others)  # type: ignore[arg-type]


def replace_in(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


def test_an_unchanged_run_examines_nothing_and_gives_the_same_bytes(folder: Path, examined: list[str]) -> None:
    first = run(settings())
    assert examined == ["Harwell.md", "Lydney.md", "Ashby.md"]
    assert any(finding.rule == "quote-altered" for finding in first.findings)
    examined.clear()
    assert render_json(run(settings())) == render_json(first)
    assert examined == []
    assert render_json(run(Settings(articles=settings().articles))) == render_json(first)


def test_an_unchanged_run_loads_neither_model_nor_rules(folder: Path) -> None:
    run(settings())
    code = (
        "import sys; from pathlib import Path; from audit.config import Settings; from audit.run import run;"
        f"run(Settings(articles={settings().articles!r}, cache_folder=Path('cache')));"
        "print(sorted({'spacy', 'audit.examine', 'audit.rules.registry', 'audit.loading.loader'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_only_a_changed_article_is_examined_again(folder: Path, examined: list[str]) -> None:
    run(settings())
    examined.clear()
    replace_in("Lydney.md", "We will raise", "We may raise")
    again = run(settings())
    assert examined == ["Lydney.md"]
    assert render_json(again) == render_json(run(Settings(articles=settings().articles)))


def test_an_article_is_examined_again_when_its_source_changes(folder: Path, examined: list[str]) -> None:
    before = run(settings())
    examined.clear()
    replace_in("Ashby.txt", "We may raise", "We will raise")
    after = run(settings())
    assert examined == ["Ashby.md"]
    assert sum(finding.rule == "quote-altered" for finding in before.findings) == len(PLACES)
    assert sum(finding.rule == "quote-altered" for finding in after.findings) == len(PLACES) - 1
    assert render_json(after) == render_json(run(Settings(articles=settings().articles)))


def test_a_new_article_between_others_leaves_them_alone(folder: Path, examined: list[str]) -> None:
    run(settings(articles=("Harwell.md", "Ashby.md")))
    examined.clear()
    run(settings())
    assert examined == ["Lydney.md"]


def test_what_the_rules_are_asked_for_counts(folder: Path, examined: list[str]) -> None:
    run(settings())
    examined.clear()
    run(settings(profile="strict"))
    run(settings(ignore=("quote-altered",)))
    run(settings(severities={"quote-altered": "note"}))
    assert len(examined) == 3 * len(PLACES)
    examined.clear()
    run(settings(preview=True, confidence="low"))  # only a matter of what is shown
    assert examined == []


def test_another_program_believes_nothing(folder: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run(settings())
    examined.clear()
    monkeypatch.setattr(kept_module, "program_state", lambda: "another")
    run(settings())
    assert len(examined) == len(PLACES)


@pytest.mark.parametrize("garbage", ["", "{}", "[]", '{"texts": 1}', None, 7])
def test_rows_that_are_no_results_are_as_if_they_were_not_there(
    folder: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch, garbage: object
) -> None:
    first = render_json(run(settings()))
    examined.clear()
    monkeypatch.setattr(Store, "get", lambda self, key: garbage)
    assert render_json(run(settings())) == first
    assert len(examined) == len(PLACES)


class Breaks(Rule):
    """Fails at each article."""

    id = "quote-altered"
    family = "quotes"
    severity = "error"

    def check(self, dossier: Dossier) -> list[Draft]:
        raise RuntimeError("on purpose")


def test_a_failure_is_not_kept(folder: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.run.load_rules", lambda paths: (Breaks,))
    for _ in range(2):
        assert [check.status for check in run(settings()).checks] == ["failed"]
    assert len(examined) == 2 * len(PLACES)


def test_rules_given_by_hand_are_not_mixed_up_with_the_usual_ones(folder: Path, examined: list[str]) -> None:
    usual = run(settings())
    assert run(settings(), rules=()).findings == ()
    assert render_json(run(settings())) == render_json(usual)


def test_claims_are_left_out_where_nobody_wants_them(folder: Path) -> None:
    def without_claims(report: Report) -> str:
        return render_json(report.model_copy(update={"claims": ()}))

    whole = run(settings())
    assert whole.claims
    for known in (Settings(articles=settings().articles, claims=False), settings(claims=False)):
        report = run(known)
        assert report.claims == ()
        assert without_claims(report) == without_claims(whole)


def test_the_number_of_processes_changes_no_byte(folder: Path) -> None:
    one = render_json(run(Settings(articles=settings().articles)))
    for processes in (2, 3, 5):
        assert render_json(run(Settings(articles=settings().articles, processes=processes))) == one
    several = Settings(articles=settings().articles, processes=2, cache_folder=Path("other"))
    assert render_json(run(several)) == one
    assert render_json(run(several)) == one


def test_a_process_that_dies_costs_nothing_but_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import os; from audit.config import Settings; from audit.run import run; from audit.work import Work;"
        "from audit.reports.json import render_json; first = os.getpid(); original = Work.article\n"
        "def article(self, at, *tell):\n"
        "    if at == 1 and os.getpid() != first: os._exit(9)\n"
        "    return original(self, at, *tell)\n"
        "Work.article = article\n"
        f"print(render_json(run(Settings(articles={settings().articles!r}, processes=2))), end='')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == render_json(run(Settings(articles=settings().articles)))
