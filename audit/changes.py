"""What has changed since a revision in git, so that a run can be about that alone.

The whole article is audited, since a contradiction has two ends; findings are kept where one of their lines in the
article was changed, or where a source that they rest on was.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from audit.errors import CopydeskError
from audit.inputs import is_address
from audit.records import Evidence, Finding
from audit.records.report import InputInfo, Report
from audit.reports.sides import Sides

_SECONDS = 60
_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(?P<first>\d+)(?:,(?P<count>\d+))? @@", re.MULTILINE)
_LONE_RETURN = re.compile(r"\r(?!\n)")  # ends a line for an editor, and none for git


@dataclass(frozen=True)
class Changed:
    """The lines of a file that were changed, first and last of each stretch; None for all of them."""

    stretches: tuple[tuple[int, int], ...] | None = None

    def __bool__(self) -> bool:
        return self.stretches is None or bool(self.stretches)

    def touches(self, first: int, last: int) -> bool:
        """Whether one of these lines was changed."""
        return self.stretches is None or any(start <= last and first <= end for start, end in self.stretches)


def keep_changed(
    report: Report, base: str, unsaved: str | None, needs_source: Callable[[str], bool]
) -> tuple[Report, int]:
    """The report in which findings about what has not changed since a revision are no longer shown, and their number.

    `needs_source` says by its id whether a rule holds the article against its sources. A file that the revision does
    not have, and one that is not in a repository, counts as changed throughout; so does `unsaved`, the path of a text
    that came from standard input. Raises CopydeskError for a revision that git does not know, and where there is none.
    """
    changes = {info.path: _changes(info, base, unsaved) for info in report.inputs}
    source_changed = any(changes[info.path] for info in report.inputs if info.role == "source")
    sides = Sides(report)
    is_kept = _Kept(changes, lambda one: sides.in_article(one.place), source_changed, needs_source)
    findings = tuple(
        finding if not finding.shown or is_kept(finding) else finding.model_copy(update={"shown": False})
        for finding in report.findings
    )
    left_out = sum(one.shown for one in report.findings) - sum(one.shown for one in findings)
    return report.model_copy(update={"findings": findings}), left_out


def check_revision(base: str, paths: Iterable[str]) -> None:
    """Refuse a revision, before anything is audited, with which nothing could be compared.

    `paths` are the articles of the run; for standard input and addresses it is the working folder that counts. Raises
    CopydeskError where git does not know the revision, where none of the paths lies in a repository, and where there is
    no git.
    """
    folders: dict[str, str] = {}
    for path in paths:
        named = path != "-" and not is_address(path)
        folder = os.path.dirname(os.path.realpath(path)) if named else os.path.realpath(".")
        if os.path.isdir(folder):  # what is not there is told when it is read
            folders.setdefault(folder, path)
    revisions = [_revision(folder, base, path) for folder, path in folders.items()]
    if revisions and not any(revisions):
        raise _error("--diff", "nothing that is audited lies in a git repository", "leave --diff out")


@dataclass(frozen=True)
class _Kept:
    """Whether a finding is about something that has changed."""

    changes: Mapping[str, Changed]
    in_article: Callable[[Evidence], bool]
    source_changed: bool
    needs_source: Callable[[str], bool]

    def __call__(self, finding: Finding) -> bool:
        if any(self._has_changed(one) for one in finding.evidence):
            return True
        # "Not in the source" has no passage there: any source may be the one that no longer has the words.
        return (
            self.source_changed
            and all(self.in_article(one) for one in finding.evidence)
            and self.needs_source(finding.rule)
        )

    def _has_changed(self, evidence: Evidence) -> bool:
        place = evidence.place
        changed = self.changes.get(place.path, Changed())
        return changed.touches(place.line, place.end_line) if self.in_article(evidence) else bool(changed)


def _changes(info: InputInfo, base: str, unsaved: str | None) -> Changed:
    if info.path == "-" or info.path == unsaved or is_address(info.path):
        return Changed()
    folder, name = os.path.split(os.path.realpath(info.path))
    revision = _revision(folder, base, info.path)
    if revision is None or _git(folder, "cat-file", "-e", f"{revision}:./{name}").returncode != 0:
        return Changed()
    done = _git(folder, "diff", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", revision, "--", f"./{name}")
    if done.returncode != 0:
        raise _error(info.path, "git could not compare it with that revision", "see `git diff` for why")
    if not done.stdout:
        return Changed(())
    stretches = tuple(_stretch(match) for match in _HUNK.finditer(done.stdout))
    by_line = stretches and info.format != "docx" and not _LONE_RETURN.search(info.text)
    return Changed(stretches if by_line else None)


def _stretch(hunk: re.Match[str]) -> tuple[int, int]:
    """The lines of a hunk; where lines were only taken out, the two between which they stood."""
    first, count = int(hunk["first"]), int(hunk["count"] or 1)
    return (first, first + count - 1) if count else (first, first + 1)


def _revision(folder: str, base: str, path: str) -> str | None:
    """Where this branch left the revision: its merge base with what is checked out. None outside a repository."""
    inside = _git(folder, "rev-parse", "--is-inside-work-tree")
    if inside.returncode != 0:
        if "not a git repository" in inside.stderr:
            return None
        raise _error(
            path, f"git refuses its folder ({_first_line(inside.stderr)})", "see what it says, or leave --diff out"
        )
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if found.returncode != 0:
        raise _error(path, f"git knows no revision {base!r}", "fetch it, or name another one with --diff")
    commit = found.stdout.strip()
    fork = _git(folder, "merge-base", commit, "HEAD")
    return fork.stdout.strip() if fork.returncode == 0 else commit


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].removeprefix("fatal: ")


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "--literal-pathspecs", "-C", folder, "-c", "core.fsmonitor=false", *arguments]
    plain = {**os.environ, "LC_ALL": "C"}  # so that what it says can be told apart
    try:
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS, env=plain
        )
    except FileNotFoundError:
        raise _error("--diff", "git is not installed", "install it, or leave --diff out") from None
    except subprocess.TimeoutExpired:
        raise _error("--diff", f"git did not answer within {_SECONDS} seconds", "try again") from None


def _error(path: str, message: str, action: str) -> CopydeskError:
    return CopydeskError.of("diff", path, message, action)
