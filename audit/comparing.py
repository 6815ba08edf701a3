"""What became of the findings between two reports. A pure function of the two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from audit.pairing import Pair, pair
from audit.records.comparison import GROUPS, Compared, ComparedPassage, Comparison, Group, ReportRef
from audit.records.findings import SEVERITIES
from audit.records.sameness import words_digest
from audit.records.saved import SavedFinding, SavedPassage, SavedReport
from audit.saved import keyed_saved

_Groups = defaultdict[Group, list[Compared]]


def compare_reports(old: SavedReport, new: SavedReport, *, old_path: str, new_path: str) -> Comparison:
    """Put every finding of both reports into one group.

    A finding counts as open where nobody settled it and the report shows it. One that a rule could not look for any
    more is not called fixed.
    """
    groups: _Groups = defaultdict(list)
    pairs = pair([keyed_saved(f, old) for f in old.findings], [keyed_saved(f, new) for f in new.findings])
    aside = _sort_current(old, new, {found.new: found for found in pairs}, groups)
    known = {found.old for found in pairs}
    aside += _sort_gone([f for at, f in enumerate(old.findings) if at not in known], old, new, groups)
    return Comparison(
        old_report=_reference(old, old_path),
        new_report=_reference(new, new_path),
        notes=tuple(_notes(old, new)),
        aside=aside,
        **{name: tuple(_by_severity(groups[name])) for name in GROUPS},
    )


def _sort_current(old: SavedReport, new: SavedReport, was: dict[int, Pair], groups: _Groups) -> int:
    """Put the findings of the newer report into their groups; how many belong to none."""
    aside = 0
    for at, finding in enumerate(new.findings):
        before = old.findings[was[at].old] if at in was else None
        group = _group(before, finding, was.get(at))
        if group is None:
            aside += 1
        elif before is None:
            groups[group].append(_compared(finding, new))
        else:
            groups[group].append(_with_history(_compared(finding, new), group, finding, new, before, old))
    return aside


def _sort_gone(gone: Iterable[SavedFinding], old: SavedReport, new: SavedReport, groups: _Groups) -> int:
    """Put the findings that only the older report has into their groups; how many belong to none."""
    aside = 0
    for finding in gone:
        reason = _unchecked(finding, old, new)
        if _is_open(finding):
            compared = _compared(finding, old).model_copy(update={"reason": reason})
            groups["unchecked" if reason else "fixed"].append(compared)
        else:
            aside += 1
    return aside


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


def _by_severity(found: Sequence[Compared]) -> list[Compared]:
    """Findings of one severity keep the order of their report."""
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def _compared(finding: SavedFinding, report: SavedReport) -> Compared:
    """A finding as its report has it."""
    same = {name: getattr(finding, name) for name in SavedFinding.model_fields if name in Compared.model_fields}
    return Compared(**same, passages=tuple(_passage(passage, report) for passage in finding.evidence))


def _with_history(
    compared: Compared, group: Group, finding: SavedFinding, new: SavedReport, before: SavedFinding, old: SavedReport
) -> Compared:
    """A finding with what the older report had in its place."""
    changes: dict[str, object] = {}
    if before.fingerprint != finding.fingerprint:
        changes["old_fingerprint"] = before.fingerprint
    if group in ("changed", "reopened"):
        changes["before"] = _lost(before, old, finding, new)
    if group == "reopened" and finding.decision is None:
        changes["decision"] = before.decision
    return compared.model_copy(update=changes)


def _lost(
    before: SavedFinding, old: SavedReport, finding: SavedFinding, new: SavedReport
) -> tuple[ComparedPassage, ...]:
    """The passages that the finding had and has no more."""
    left = Counter((new.side_of(passage), words_digest(passage.quote)) for passage in finding.evidence)
    lost = []
    for passage in before.evidence:
        key = old.side_of(passage), words_digest(passage.quote)
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
