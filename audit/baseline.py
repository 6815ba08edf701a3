"""The baseline: findings that are known, so that only new ones fail. A file in JSON that people can read and compare.

An entry goes by the fingerprint that its finding has where it stands alone (rule and words, without an ordinal), and
counts how often each article has it. So it survives edits elsewhere, new line breaks and a new name of the file.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from audit.errors import CopydeskError
from audit.fingerprint import fingerprints
from audit.inputs import is_address
from audit.loading.decode import read_bytes
from audit.records import Diagnostic, Finding
from audit.records.base import Record
from audit.records.report import Report
from audit.reports.counting import counted
from audit.reports.sides import Sides
from audit.reports.terminal import one_line

SCHEMA: Literal["copydesk-baseline/1"] = "copydesk-baseline/1"
REASON = "in the baseline"
MAX_BYTES = 50_000_000
_WORDS = 100  # characters of a passage that are kept for people; nothing is compared with them


class Entry(Record):
    """A finding that is known: how often each article has it. Paths count from the folder of the file."""

    rule: str
    words: str
    articles: dict[str, int] = Field(min_length=1)


class Baseline(Record):
    """The whole file; `findings` go by fingerprint."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    schema_: Literal["copydesk-baseline/1"] = Field(default=SCHEMA, alias="schema")
    findings: dict[str, Entry] = Field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """A report with its baseline: what is in it is marked, `stale` are the fingerprints that are no longer found."""

    report: Report
    stale: tuple[str, ...]


def read_baseline(path: str, *, may_be_missing: bool = False) -> Baseline:
    """Read a baseline; an empty one where the file may be missing and is.

    Raises CopydeskError, in one line, for a file that is not there or is no baseline.
    """
    if may_be_missing and not os.path.lexists(path):
        return Baseline()
    try:
        return Baseline.model_validate_json(read_bytes(path, MAX_BYTES))
    except CopydeskError as error:
        hint = (
            "`copydesk check --update-baseline` writes it" if error.diagnostic.code == "missing" else "check the path"
        )
        raise CopydeskError.of("baseline", path, error.diagnostic.message, hint) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = f"this is no baseline ({f'{where}: ' if where else ''}{first['msg'].lower()})"
        raise CopydeskError.of("baseline", path, what, "make it anew with --update-baseline") from None


def baseline_text(baseline: Baseline) -> str:
    """The file's text: sorted, so that two versions can be compared line by line."""
    entries = {
        key: {"rule": entry.rule, "words": entry.words, "articles": dict(sorted(entry.articles.items()))}
        for key, entry in sorted(baseline.findings.items())
    }
    return json.dumps({"schema": baseline.schema_, "findings": entries}, indent=1, ensure_ascii=False) + "\n"


def mark_known(report: Report, baseline: Baseline, path: str) -> Known:
    """Give the findings that a baseline knows their status, as often as it knows each of them."""
    left = Counter({key: sum(entry.articles.values()) for key, entry in baseline.findings.items()})
    findings = []
    for finding in report.findings:
        key = key_of(finding)
        if finding.status == "open" and left[key] > 0:
            left[key] -= 1
            finding = finding.model_copy(update={"status": "baseline", "status_reason": REASON})
        findings.append(finding)
    covers = _Covered(report, path)
    stale = [key for key, entry in baseline.findings.items() if left[key] > 0 and covers.entry(entry)]
    return Known(report.model_copy(update={"findings": tuple(findings)}), tuple(sorted(stale)))


def stale_notice(path: str, baseline: Baseline, stale: Sequence[str]) -> Diagnostic:
    """What is said of entries that are no longer found, with the first of them by name."""
    what = "1 of its findings is" if len(stale) == 1 else f"{len(stale)} of its findings are"
    first = baseline.findings[stale[0]]
    named = f"{first.rule} in {min(first.articles)}" + (", ..." if len(stale) > 1 else "")
    return Diagnostic(
        code="baseline-stale",
        path=path,
        message=f"{what} no longer found ({named})",
        action="`copydesk check --prune-baseline` takes out what is gone",
        fatal=False,
    )


def written_notice(path: str, baseline: Baseline) -> Diagnostic:
    """What is said when the file was written."""
    known = sum(sum(entry.articles.values()) for entry in baseline.findings.values())
    return Diagnostic(
        code="baseline-written",
        path=path,
        message=f"it was written with {counted(known, 'finding')}",
        action="keep it with the texts, in version control",
        fatal=False,
    )


def updated(report: Report, old: Baseline, path: str, *, only_prune: bool) -> Baseline:
    """The baseline after a run: what counts in it is known from now on, and what is gone is taken out.

    With `only_prune` nothing new is taken in. What the run could not see stays: other articles that still exist, and
    rules that did not run.
    """
    covers = _Covered(report, path)
    sides = Sides(report)
    now = _counted(report, covers, sides)
    entries: dict[str, Entry] = {}
    for key in sorted({*old.findings, *now}):
        before = old.findings.get(key)
        kept = (
            {} if before is None else {at: n for at, n in before.articles.items() if not covers.part(before.rule, at)}
        )
        here = now.get(key)
        counts = Counter(kept)
        if here is not None:
            known = 0 if before is None else sum(before.articles.values()) - sum(kept.values())
            counts.update(_first(here.articles, known) if only_prune else here.articles)
        if counts:
            source = here or before
            assert source is not None
            entries[key] = Entry(rule=source.rule, words=source.words, articles=dict(counts))
    return Baseline(findings=entries)


def key_of(finding: Finding) -> str:
    """What a finding goes by: its fingerprint as if it were the only one of its kind."""
    return fingerprints([finding])[0]


def _counted(report: Report, covers: _Covered, sides: Sides) -> dict[str, Entry]:
    """The findings that count in a run, or that are known already, as entries."""
    entries: dict[str, Entry] = {}
    for finding in report.findings:
        if not (finding.status == "baseline" or (finding.status == "open" and finding.shown)):
            continue
        place = sides.main(finding).place
        key, at = key_of(finding), covers.name(place.path)
        known = entries[key].articles if key in entries else {}
        words = one_line(place.text)[:_WORDS]
        entries[key] = Entry(rule=finding.rule, words=words, articles={**known, at: known.get(at, 0) + 1})
    return entries


def _first(counts: Mapping[str, int], limit: int) -> Iterator[str]:
    """The paths, each as often as it counts, up to a limit."""
    paths = [path for path in sorted(counts) for _ in range(counts[path])]
    yield from paths[:limit]


class _Covered:
    """What a run has seen: its articles, and the rules that ran. `path` is that of the baseline."""

    def __init__(self, report: Report, path: str) -> None:
        self._folder = os.path.dirname(os.path.realpath(path))
        self._articles = {self.name(info.path) for info in report.inputs if info.role == "article"}
        self._rules = {check.rule for check in report.checks if check.status == "run"}

    def name(self, path: str) -> str:
        """An article's path as the baseline has it."""
        if path == "-" or is_address(path):
            return path
        return Path(os.path.relpath(os.path.realpath(path), self._folder)).as_posix()

    def part(self, rule: str, name: str) -> bool:
        """Whether the run says how often an article has findings of a rule: it was read, or it is gone."""
        gone = name != "-" and not is_address(name) and not os.path.lexists(os.path.join(self._folder, name))
        return rule in self._rules and (name in self._articles or gone)

    def entry(self, entry: Entry) -> bool:
        """Whether the run has seen all articles that an entry counts."""
        return all(self.part(entry.rule, name) for name in entry.articles)
