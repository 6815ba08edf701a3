"""Decisions made on the page: saved at once, and applied to every report that is shown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audit.console import reason_of
from audit.decisions import apply, decided_passage, load_for_run, render, save
from audit.errors import CopydeskError
from audit.records import Finding
from audit.records.decisions import Decision
from audit.records.report import Report

MAX_WORDS = 5_000  # characters of a field that people write in
_FIELDS = ("verdict", "reason", "text", "by", "expires")


class Refusal(Exception):
    """Why a decision was not saved, as a sentence for the page; `status` is the HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Book:
    """The file of decisions of a session."""

    def __init__(self, path: Path, *, forgotten: bool = False) -> None:
        """`forgotten` says that the file goes with the session. Raises CopydeskError where it cannot be used."""
        self._path, self.forgotten = path, forgotten
        load_for_run(path)
        folder = path.parent
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            problem = "its folder cannot be written to" if folder.is_dir() else "there is no such folder"
            raise CopydeskError.of("decisions", str(path), problem, "name another file with --decisions")

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    def applied(self, report: Report) -> Report:
        """The report with every decision that was saved so far. Raises CopydeskError where the file is broken."""
        file, sha256 = load_for_run(self._path)
        if sha256 is None:
            return report
        return apply(report, file, date.today(), self.name, sha256)

    def text(self) -> str:
        """The file as it stands. Raises CopydeskError."""
        return render(load_for_run(self._path)[0])

    def save(self, report: Report, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """Save one decision about a finding of the report, or take it back. Returns it as the file has it.

        Raises Refusal where it is not whole, or where the file cannot be written.
        """
        finding = _find(report, values.get("fingerprint"))
        decision = _decision(finding, report, values) if values.get("verdict") else None
        try:
            if decision is None:
                save(self._path, (), remove={finding.fingerprint, *_older(finding)})
            else:
                save(self._path, (decision,), remove=_older(finding))
        except OSError as error:
            raise Refusal(f"The decision could not be saved: {reason_of(error)}.", 507) from None
        except CopydeskError as error:
            raise Refusal(f"The decision could not be saved: {error}.", 409) from None
        return decision.model_dump(mode="json") if decision is not None else None


def holds(finding: Finding) -> bool:
    """Whether a finding of an applied report has a decision that still holds."""
    return finding.decision is not None and finding.reopened is None


def _find(report: Report, fingerprint: object) -> Finding:
    found = next((finding for finding in report.findings if finding.fingerprint == fingerprint), None)
    if found is None:
        raise Refusal("There is no such finding in this report.", 404)
    return found


def _older(finding: Finding) -> set[str]:
    """The fingerprint of the decision that a finding reopened with, which the new one takes the place of."""
    return {finding.decision.fingerprint} if finding.decision is not None else set()


def _decision(finding: Finding, report: Report, values: Mapping[str, Any]) -> Decision:
    given = {name: values.get(name) for name in _FIELDS}
    for name, value in given.items():
        if isinstance(value, str) and len(value) > MAX_WORDS:
            raise Refusal(f"“{name}” is longer than {MAX_WORDS} characters.")
    if given["verdict"] == "confirmed":
        given["reason"] = ""  # a form that was switched to confirming still sends one
    sides = [(report.side_of(evidence.place), evidence.place) for evidence in finding.evidence]
    article = next((place.path for side, place in sides if side == "article"), sides[0][1].path)
    try:
        return Decision.model_validate(
            {
                **given,
                "text": given["text"] or "",
                "expires": given["expires"] or None,
                "fingerprint": finding.fingerprint,
                "rule": finding.rule,
                "article": article,
                "date": values.get("date") or date.today(),
                "passages": tuple(decided_passage(side, place.text) for side, place in sides),
            }
        )
    except ValidationError as error:
        raise Refusal(_words(error)) from None


def _words(error: ValidationError) -> str:
    """What is missing, in the words of the form."""
    fault = error.errors(include_url=False)[0]
    name = str(fault["loc"][0]) if fault["loc"] else ""
    return {
        "by": "Say who decides: the name is missing.",
        "verdict": "Say what you decide: to dismiss it or to confirm it.",
        "reason": "Choose one of the reasons.",
        "date": "The day of the decision has to be a day such as 2026-11-28.",
        "expires": "The last day has to be a day such as 2026-11-28.",
        "": "A finding is dismissed for one of the reasons; choose one.",
    }.get(name, f"“{name}”: {fault['msg'].removeprefix('Value error, ')}.")
