"""Holds findings against what people marked in a case.

A case is a folder with `expected.json`: the article's file name, those of its sources, `findings` (a category and
evidence: file and exact words) and `traps`, which look like defects and are none. Only warnings and errors count.

- A finding hits a mark when its rule belongs to the group of the mark's category and one of its places overlaps the
  mark's words in the article.
- A finding springs a trap when it hits nothing and its places overlap every item of the trap that lies in the article
  and every item in the other files that it names.
"""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Span = tuple[str, int, int]  # file name, first code point, code point behind the last
Mark = Sequence[Sequence[Span]]  # for each item of evidence, all places in which its words stand

LONGEST = 800  # a place of more characters points at nothing
SHORTEST = 8  # characters that two places must share, where both are that long
LOUD = ("error", "warning")
GROUPS = {
    "quotes": "quote-altered quote-not-found quote-meaning-cut quote-stitched wrong-speaker",
    "positions": "position-conflict false-contrast modality-drift negation-flip self-contradiction",
    "quantities": "number-mismatch arithmetic unit-mismatch",
    "dates": "date-mismatch weekday-date age-birth stale-or-undated",
    "names": "name-spelling title-affiliation",
    "headline": "headline-body",
    "attribution": "attribution-missing",
    "production": "production-defect",
}
GROUP_OF = {category: group for group, categories in GROUPS.items() for category in categories.split()}


def rows_of(bench: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one set of the scoring data, in the order of its file."""
    with (bench / "data" / name / "data.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@dataclass
class Expected:
    """A marked finding."""

    category: str
    why: str
    items: Mark

    @property
    def group(self) -> str:
        """The family of rules that is to find it."""
        return GROUP_OF.get(self.category, self.category)


@dataclass
class Case:
    """What was marked in a folder."""

    name: str
    article: str
    expected: list[Expected]
    traps: list[Mark]


@dataclass
class Found:
    """A warning or an error of a report."""

    rule: str
    group: str
    message: str
    places: list[Span]


@dataclass
class Score:
    """What came of one case or of several."""

    counts: collections.Counter[str] = field(default_factory=collections.Counter)
    categories: dict[str, collections.Counter[str]] = field(
        default_factory=lambda: collections.defaultdict(collections.Counter)
    )
    groups: dict[str, collections.Counter[str]] = field(
        default_factory=lambda: collections.defaultdict(collections.Counter)
    )
    rules: dict[str, collections.Counter[str]] = field(
        default_factory=lambda: collections.defaultdict(collections.Counter)
    )
    remarks: list[str] = field(default_factory=list)


def read_case(folder: Path) -> Case:
    """What is marked in a folder. Raises ValueError where marked words are not in their file."""
    values = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    expected = [Expected(f["category"], f["why"], _mark(folder, f["evidence"])) for f in values["findings"]]
    traps = [_mark(folder, trap["evidence"]) for trap in values.get("traps", ())]
    return Case(folder.name, values["article"], expected, traps)


def _mark(folder: Path, evidence: Iterable[dict[str, str]]) -> Mark:
    return [_places(folder, item["file"], item["text"]) for item in evidence]


def _places(folder: Path, file: str, words: str) -> list[Span]:
    text = (folder / file).read_bytes().decode("utf-8")
    places = []
    start = text.find(words)
    while start >= 0:
        places.append((file, start, start + len(words)))
        start = text.find(words, start + 1)
    if not places:
        raise ValueError(f"{folder.name}: not in {file}: {words!r}")
    return places


def loud(report: dict[str, Any]) -> list[Found]:
    """The open warnings and errors of a report."""
    return [
        Found(
            finding["rule"],
            finding["family"],
            finding["message"],
            [(Path(e["path"]).name, e["start"], e["end"]) for e in finding["evidence"]],
        )
        for finding in report["findings"]
        if finding["status"] == "open" and finding["severity"] in LOUD
    ]


def overlaps(place: Span, marked: Span) -> bool:
    """Whether a finding's place points at marked words."""
    shared = min(place[2], marked[2]) - max(place[1], marked[1])
    lengths = place[2] - place[1], marked[2] - marked[1]
    return place[0] == marked[0] and lengths[0] <= LONGEST and shared >= min(SHORTEST, *lengths)


def points_at(found: Found, item: Sequence[Span]) -> bool:
    """Whether one place of a finding overlaps one of those of an item."""
    return any(overlaps(place, marked) for place in found.places for marked in item)


def score(case: Case, findings: Sequence[Found], into: Score, *, whole: bool = True) -> None:
    """Add one case to a score; `whole` says whether the audit went through, for a failed one is not a silent one."""
    right: set[int] = set()
    for mark in case.expected:
        hits = {number for number, found in enumerate(findings) if _hits(found, mark, case.article)}
        right |= hits
        for row in (into.counts, into.categories[mark.category], into.groups[mark.group]):
            row["marks"] += 1
            row["hits"] += bool(hits)
        if not hits:
            into.remarks.append(f"MISS  {case.name} {mark.category}: {mark.why}")
    for number, found in enumerate(findings):
        for row in (into.counts, into.groups[found.group], into.rules[found.rule]):
            row["findings"] += 1
            row["right"] += number in right
        if number not in right:
            into.remarks.append(f"EXTRA {case.name} {found.rule}: {found.message}")
    _count_quiet(case, [found for number, found in enumerate(findings) if number not in right], into, whole)


def _hits(found: Found, mark: Expected, article: str) -> bool:
    inside = [item for item in mark.items if item[0][0] == article] or mark.items
    return found.group == mark.group and any(points_at(found, item) for item in inside)


def _count_quiet(case: Case, extra: Sequence[Found], into: Score, whole: bool) -> None:
    """Traps, and cases with nothing to find."""
    if not case.expected:
        into.counts["clean cases"] += 1
        into.counts["silent"] += whole and not extra
    for trap in case.traps:
        sprung = [found for found in extra if _springs(found, trap, case.article)]
        into.counts["traps"] += 1
        into.counts["sprung"] += bool(sprung)
        into.remarks.extend(f"TRAP  {case.name} {found.rule}: {found.message}" for found in sprung)


def _springs(found: Found, trap: Mark, article: str) -> bool:
    named = {place[0] for place in found.places} | {article}
    items = [item for item in trap if item[0][0] in named]
    return bool(items) and all(points_at(found, item) for item in items)
