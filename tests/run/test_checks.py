"""Rules that raise, never end or leave by the back door: a failed check, and the others go on."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

import pytest
from audit.rules.base import Rule, Skip
from helpers import annotator, inputs_of

from audit import checks
from audit.check_command import exit_code
from audit.config import Settings
from audit.records import Dossier, Draft, Evidence, Paragraph
from audit.records.report import Report
from audit.run import audit


class Loud(Rule):
    """Reports every paragraph."""

    id = "loud"
    family = "production"
    severity = "warning"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for paragraph in dossier.article.of(Paragraph):
            evidence = (Evidence(place=paragraph_place(paragraph), label="here"),)
            yield Draft(
                rule=self.id,
                severity="warning",
                confidence="high",
                message="?",
                evidence=evidence,
                why=("it is there",),
                clear="x",
            )


def paragraph_place(paragraph: Paragraph) -> object:
    from audit.records import Place

    return Place.model_validate({name: getattr(paragraph, name) for name in Place.model_fields})


class Raises(Loud):
    """Fails behind its first finding."""

    id = "raises"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        yield from super().check(dossier)
        raise KeyError("lost\nfound")


class Leaves(Loud):
    """Tries to end the program."""

    id = "leaves"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        sys.exit(0)


class Hangs(Loud):
    """Never ends and swallows every exception."""

    id = "hangs"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue


class Pretends(Loud):
    """Reports in another rule's name."""

    id = "pretends"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        return [draft.model_copy(update={"rule": "loud"}) for draft in super().check(dossier)]


class Waits(Loud):
    """Skips itself."""

    id = "waits"

    def skip(self, dossier: Dossier) -> Skip | None:
        return Skip("nothing to do")


ARTICLE = "# A title\n\nPlain words stand here.\n\nMore of them stand there.\n"


def run(*rules: type[Rule], **settings: tuple[str, ...]) -> Report:
    return audit(inputs_of(ARTICLE), Settings(articles=("article.md",), **settings), annotator(), rules=rules)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [(Raises, "KeyError: 'lost\\nfound'"), (Leaves, "SystemExit: 0"), (Pretends, "ValueError: it reported as loud")],
)
def test_a_failing_rule_is_named_and_the_others_go_on(rule: type[Rule], reason: str) -> None:
    report = run(rule, Loud)
    [failed, fine] = report.checks
    assert (failed.status, failed.reason) == ("failed", f"article.md: {reason}")
    assert fine.status == "run"
    assert {finding.rule for finding in report.findings} == {"loud"}
    assert exit_code(report, "never") == 2
    assert any(rule.id in note for note in report.coverage.notes)


def test_a_rule_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    # long enough that a busy machine does not end the rule that is fine, too
    monkeypatch.setattr(checks, "RULE_SECONDS", 5.0)
    report = run(Hangs, Loud)
    assert report.checks[0].reason == "article.md: it did not end within 5 seconds"
    assert report.checks[1].status == "run"


def test_skips_say_why() -> None:
    report = run(Waits, Loud, ignore=("loud",))
    assert [(check.status, check.reason) for check in report.checks] == [
        ("skipped", "nothing to do"),
        ("skipped", "ignored by the settings of this run"),
    ]
    assert report.findings == ()
    assert exit_code(report, "warning") == 0


def test_exit_codes() -> None:
    report = run(Loud)
    assert report.findings
    assert exit_code(report, "warning") == 1
    assert exit_code(report, "error") == 0
    assert exit_code(report, "warning", exit_zero=True) == 0


def test_a_text_that_cannot_be_analysed_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from audit import examine as module

    extract = module.extract

    def brittle(annotated: object, *more: object) -> object:
        if "boom" in annotated.document.view:  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return extract(annotated, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "extract", brittle)
    settings = Settings(articles=("article.md",))
    report = audit(inputs_of(ARTICLE, "boom"), settings, annotator(), rules=(Loud,))
    [diagnostic] = report.diagnostics
    assert (diagnostic.code, diagnostic.path) == ("internal", "source-1.md")
    assert report.findings
    assert exit_code(report, "never") == 2
    nothing = audit(inputs_of("boom"), settings, annotator(), rules=(Loud,))
    assert nothing.checks[0].status == "skipped"
    assert exit_code(nothing, "never") == 2
