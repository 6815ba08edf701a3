"""`copydesk decide` and `copydesk decisions`: one decision from a terminal, and what became of all of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from audit.cli import EXIT_CLEAN, EXIT_TROUBLE, day_of
from audit.console import complain, reason_of, write_stdout
from audit.decisions import Fate, decided_passage, fates, load, save
from audit.errors import CopydeskError
from audit.records.decisions import Decision
from audit.records.saved import SavedFinding, SavedPassage, SavedReport
from audit.reports.decided import told
from audit.reports.terminal import one_line
from audit.saved import keyed_saved, load_report

_STATES = {
    "holds": "holds",
    "expired": "expired",
    "text-changed": "reopened, the article’s words changed",
    "source-changed": "reopened, the source’s words changed",
    "stale": "stale, the report has no such finding",
}


def decide_finding(options: dict[str, Any]) -> int:
    """Keep one decision. Returns the exit code; raises click.UsageError and CopydeskError."""
    if options["confirm"] == (options["reason"] is not None):
        raise click.UsageError("give one of --dismiss REASON and --confirm.")
    path: Path = options["decisions"]
    if os.path.realpath(path) == os.path.realpath(options["report"]):
        raise click.UsageError("the report itself cannot keep the decisions; name another file.")
    report = load_report(options["report"])
    decision = _decision(_find(report, options["fingerprint"], options["report"]), report, options)
    try:
        save(path, [decision])
    except OSError as error:
        complain(f"{path}: {reason_of(error)}; the decision was not kept")
        return EXIT_TROUBLE
    write_stdout(f"{one_line(f'{decision.rule} ({decision.fingerprint}) {told(decision)}')}\n")
    return EXIT_CLEAN


def _find(report: SavedReport, start: str, path: str) -> SavedFinding:
    """The finding whose fingerprint, or whose link on the page (#f-...), begins so.

    Raises CopydeskError where there is none, or more than one.
    """
    start = start.rpartition("#")[2].removeprefix("f-")
    found = [finding for finding in report.findings if start and finding.fingerprint.startswith(start.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        what = f"{len(found)} findings have a fingerprint that begins with {start}"
        raise CopydeskError.of("fingerprint", path, what, "give more of it")
    what = f"no finding has the fingerprint {start or '(empty)'}"
    raise CopydeskError.of("fingerprint", path, what, 'copy it from "fingerprint" in the report')


def _decision(finding: SavedFinding, report: SavedReport, options: dict[str, Any]) -> Decision:
    try:
        return Decision(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            article=_article(finding, report),
            verdict="confirmed" if options["confirm"] else "dismissed",
            reason=options["reason"] or "",
            text=options["text"],
            by=options["by"],
            date=day_of(options["date"]),
            expires=options["expires"].date() if options["expires"] is not None else None,
            passages=tuple(decided_passage(report.side_of(p), p.quote) for p in finding.evidence),
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = f"--{fault['loc'][0]}" if fault["loc"] else "the decision"
        raise click.UsageError(f"{name}: {fault['msg'].removeprefix('Value error, ')}.") from None


def _article(finding: SavedFinding, report: SavedReport) -> str:
    """The article that a finding is about: the file of its first passage that lies in one."""
    in_article = [passage for passage in finding.evidence if report.side_of(passage) == "article"]
    return (in_article or finding.evidence)[0].path


def list_decisions(options: dict[str, Any]) -> int:
    """Write all decisions, a paragraph each, and what became of them. Raises CopydeskError."""
    file = load(options["file"])
    report = load_report(options["report"]) if options["report"] is not None else None
    today = day_of(options["today"])
    findings = [keyed_saved(finding, report) for finding in report.findings] if report is not None else []
    told = fates(file.decisions, findings, today)
    lines = [line for fate in told for line in _lines(fate, report, expired=fate.decision.is_expired(today))]
    write_stdout("".join(f"{line}\n" for line in (*lines, _count(told, report, options["report"]))))
    return EXIT_CLEAN


def _lines(fate: Fate, report: SavedReport | None, *, expired: bool) -> list[str]:
    decision = fate.decision
    state = "expired" if report is None and expired else "" if report is None else _STATES[fate.state]
    where = decision.article
    if report is not None and fate.finding is not None:
        where = _spot(report.findings[fate.finding], report)
    head = f"{where}: {decision.rule} {decision.fingerprint}" + (f" [{state}]" if state else "")
    return [one_line(head), f"  {one_line(told(decision))}"]


def _spot(finding: SavedFinding, report: SavedReport) -> str:
    def key(passage: SavedPassage) -> bool:
        return report.side_of(passage) != "article"

    first = min(finding.evidence, key=key)
    return f"{first.path}:{first.line}:{first.column}"


def _count(told: list[Fate], report: SavedReport | None, name: str | None) -> str:
    count = f"{len(told)} decision{'' if len(told) == 1 else 's'}"
    if report is None:
        return f"{count}."
    parts = [
        f"{number} {words}"
        for words, states in (
            ("held", ("holds",)),
            ("reopened", ("text-changed", "source-changed")),
            ("expired", ("expired",)),
            ("stale", ("stale",)),
        )
        if (number := sum(fate.state in states for fate in told))
    ]
    return one_line(f"{count} in the light of {name}: {', '.join(parts) or 'nothing to say'}.")
