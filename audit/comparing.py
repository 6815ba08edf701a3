"""What became of the findings between two reports. A pure function of the two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from audit.pairing import Pair, digest, pair
from audit.records.comparison import GROUPS, Compared, ComparedPassage, Comparison, Group, ReportRef
from audit.records.findings import SEVERITIES
from audit.records.saved import SavedFinding, SavedPassage, SavedReport
from audit.saved import keyed_saved


def compare_reports(old: SavedReport, new: SavedReport, *, old_path: str, new_path: str) -> Comparison:
    """Put every finding of both reports into one group.

    A finding counts as open where nobody settled it and the report shows it. One that a rule could not look for any
    more is not called fixed.
    """
    groups: dict[Group, list[tuple[SavedFinding, Compared]]] = defaultdict(list)
    aside = 0
    pairs = pair([keyed_saved(f, old) for f in old.findings], [keyed_saved(f, new) for f in new.findings])
    was = {found.new: found for found in pairs}
    for at, finding in enumerate(new.findings):
        before = old.findings[was[at].old] if at in was else None
        group = _group(before, finding, was.get(at))
        if group is None:
            aside += 1
        else:
            groups[group].append((finding, _compared(finding, new, group, before, old)))
    gone = set(range(len(old.findings))) - {found.old for found in pairs}
    for finding in (old.findings[at] for at in sorted(gone)):
        if not _is_open(finding):
            aside += 1
            continue
        reason = _unchecked(finding, old, new)
        compared = _compared(finding, old, "unchecked" if reason else "fixed")
        groups["unchecked" if reason else "fixed"].append((finding, compared.model_copy(update={"reason": reason})))
    return Comparison(
        old_report=_reference(old, old_path),
        new_report=_reference(new, new_path),
        notes=tuple(_notes(old, new)),
        aside=aside,
        **{name: tuple(_sorted(groups[name])) for name in GROUPS},
    )


def _is_open(finding: SavedFinding) -> bool:
    return finding.status == "open" and finding.shown


def _group(before: SavedFinding | None, finding: SavedFinding, found: Pair | None) -> Group | None:
    """The group of a finding of the newer report; None where it is open and shown in neither."""
    if finding.status != "open":
        since = before is None or _is_open(before)
        return "dismissed" if since and finding.shown else None
    if not finding.shown:
        return None
    if before is None:
        # A decision that no longer holds tells that it was known before, although the older report did not have it.
        return "reopened" if finding.reopened is not None else "new"
    if before.status != "open":
        return "reopened"
    return "still_open" if found is None or found.kinship == "same" else "changed"


def _unchecked(finding: SavedFinding, old: SavedReport, new: SavedReport) -> str:
    """Why the newer report could not find something again; "" where it could."""
    checks = {check.rule: check for check in new.checks}
    check = checks.get(finding.rule)
    if checks and check is None:
        return "the newer report says nothing of this rule"
    if check is not None and check.status != "run":
        return f"the rule {'failed' if check.status == 'failed' else 'did not run'}" + (
            f" ({check.reason})" if check.reason else ""
        )
    articles = {passage.path for passage in finding.evidence if old.side_of(passage) == "article"}
    unread = sorted(articles & {diagnostic.path for diagnostic in new.diagnostics if diagnostic.fatal})
    return f"{unread[0]} could not be read" if unread else ""


def _sorted(found: Sequence[tuple[SavedFinding, Compared]]) -> list[Compared]:
    """By severity; findings of one severity keep the order of their report."""
    return [compared for _, compared in sorted(found, key=lambda item: SEVERITIES.index(item[0].severity))]


def _compared(
    finding: SavedFinding,
    report: SavedReport,
    group: Group,
    before: SavedFinding | None = None,
    old: SavedReport | None = None,
) -> Compared:
    other = before is not None and before.fingerprint != finding.fingerprint
    lost = _lost(before, old, finding, report) if before is not None and old is not None else ()
    return Compared(
        rule=finding.rule,
        severity=finding.severity,
        confidence=finding.confidence,
        message=finding.message,
        fingerprint=finding.fingerprint,
        status=finding.status,
        passages=tuple(_passage(passage, report) for passage in finding.evidence),
        before=lost if group in ("changed", "reopened") else (),
        old_fingerprint=before.fingerprint if before is not None and other else None,
        decision=finding.decision or (before.decision if before is not None and group == "reopened" else None),
        reopened=finding.reopened,
    )


def _lost(
    before: SavedFinding, old: SavedReport, finding: SavedFinding, new: SavedReport
) -> tuple[ComparedPassage, ...]:
    """The passages that the finding had and has no more."""
    left = Counter((new.side_of(passage), digest(passage.quote)) for passage in finding.evidence)
    lost = []
    for passage in before.evidence:
        key = old.side_of(passage), digest(passage.quote)
        if left[key]:
            left[key] -= 1
        else:
            lost.append(_passage(passage, old))
    return tuple(lost)


def _passage(passage: SavedPassage, report: SavedReport) -> ComparedPassage:
    return ComparedPassage(
        side=report.side_of(passage),
        path=passage.path,
        line=passage.line,
        column=passage.column,
        label=passage.label,
        speaker=passage.speaker,
        words=passage.quote,
    )


def _reference(report: SavedReport, path: str) -> ReportRef:
    articles = [info for info in report.inputs if info.role == "article"]
    return ReportRef(
        path=path,
        version=report.tool.version,
        profile=report.run.profile,
        articles=tuple(dict.fromkeys(info.path for info in articles)),
        title=articles[0].title if len(articles) == 1 else None,
    )


def _notes(old: SavedReport, new: SavedReport) -> list[str]:
    """What differs besides the texts, so that a finding may come or go without an edit."""
    notes = []
    for what, one, other in (
        ("version of copydesk", old.tool.version, new.tool.version),
        ("profile", old.run.profile, new.run.profile),
    ):
        if one != other:
            notes.append(f"The {what} is another one: {one or 'unknown'} before, {other or 'unknown'} now.")
    names = [{PurePath(info.path).name for info in report.inputs if info.role == "source"} for report in (old, new)]
    for words, missing in (("no longer read", names[0] - names[1]), ("read for the first time", names[1] - names[0])):
        if missing:
            notes.append(f"Sources {words}: {', '.join(sorted(missing))}.")
    failed = [check.rule for check in new.checks if check.status == "failed"]
    if failed:
        notes.append(f"Rules that failed in the newer run: {', '.join(dict.fromkeys(failed))}.")
    return notes
