"""Headlines against their stories, and short texts against the article that they sum up.

    python tests/benchmarks/headlines.py ../shared/bench [--limit 100] [--only fnc1] [--verbose]

Takes the folder of the scoring data. `data/fnc1_headline_body`: headline and body make one article; a row counts as
flagged `disagree` when headline-unsupported says that headline and body cannot both stand (not that a hedge or an
attribution is missing), and precision is that of the flag against agree and discuss. `data/aggrefact_typed`: the short
text is declared a summary of the article, and any warning or error of any rule counts as a flag; balanced accuracy is
the mean of the shares of inconsistent rows that are flagged and of consistent rows that are not. Findings of low
confidence do not count.
"""

from __future__ import annotations

import argparse
import collections
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from scoring import rows_of

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records import Finding
from audit.run import audit

Row = dict[str, Any]

RULE = "headline-unsupported"
SOFTER = (
    "every sentence",
    "nowhere",
    "no figure",
    "has neither",
    "tells it as done",
)  # reasons that are no disagreement


def spread(bench: Path, name: str, limit: int | None) -> Iterator[Row]:
    """The rows of one set, evenly spread where there is a limit."""
    found = list(rows_of(bench, name))
    step = max(1, len(found) // limit) if limit else 1
    yield from islice(found, 0, None, step)


def findings_of(article: str, source: str | None, annotator: Annotator) -> list[Finding]:
    """What the audit of a text says, warnings and errors of at least medium confidence."""
    inputs = Inputs()
    inputs.articles = [load_text(article, "article.md", "article", key="a1").documents[0]]
    if source is not None:
        inputs.sources = list(load_text(source, "source.txt", "source", key="s1").documents)
    report = audit(inputs, Settings(articles=("article.md",)), annotator)
    failed = [check for check in report.checks if check.status == "failed"]
    if failed or any(diagnostic.fatal for diagnostic in report.diagnostics):
        sys.exit(f"the audit failed: {failed} {report.diagnostics}")
    return [f for f in report.findings if f.severity != "note" and f.confidence != "low"]


def disagrees(finding: Finding) -> bool:
    """Whether a finding says that headline and body cannot both stand."""
    return finding.rule == RULE and not any(softer in reason for reason in finding.why for softer in SOFTER)


def fnc1(bench: Path, limit: int | None, verbose: bool, annotator: Annotator) -> None:
    """Precision and recall of `disagree`."""
    flagged: collections.Counter[str] = collections.Counter()
    every: collections.Counter[str] = collections.Counter()
    softer: collections.Counter[str] = collections.Counter()
    for row in spread(bench, "fnc1_headline_body", limit):
        found = findings_of(f"# {' '.join(row['headline'].split())}\n\n{row['body']}", None, annotator)
        clashes = [finding for finding in found if disagrees(finding)]
        every[row["label"]] += 1
        flagged[row["label"]] += bool(clashes)
        softer[row["label"]] += any(f.rule == RULE and not disagrees(f) for f in found)
        if verbose:
            for finding in found:
                if finding.rule == RULE:
                    print(f"{row['id']} {row['label']} {finding.severity} {finding.message}")
                    for evidence in finding.evidence:
                        print(f"    {evidence.place.text[:200]!r} {[mark.text for mark in evidence.marks]}")
    print(f"fnc1: {every.total()} rows, flagged {dict(flagged)}, with a softer finding {dict(softer)}")
    print(f"  disagree: precision {_share(flagged['disagree'], flagged.total())}", end="  ")
    print(f"recall {_share(flagged['disagree'], every['disagree'])}")


def cliff(bench: Path, limit: int | None, verbose: bool, annotator: Annotator) -> None:
    """Balanced accuracy and precision of a flag."""
    counts: collections.Counter[tuple[str, bool, bool]] = collections.Counter()
    for row in spread(bench, "aggrefact_typed", limit):
        found = findings_of(f"---\nsummary: true\n---\n\n{row['summary']}", row["source"], annotator)
        bad = row["label"] == "inconsistent"
        for name in ("all", row["origin"]):
            counts[name, bad, bool(found)] += 1
        if verbose:
            print(f"{row['id']} {row['label']} {row['error_span_text']} {row['summary'][:200]!r}")
            for finding in found:
                print(f"    {finding.rule} {finding.message} {finding.why[-1]}")
    for name in ("all", "cnndm", "xsum"):
        hit, missed = counts[name, True, True], counts[name, True, False]
        alarm, silent = counts[name, False, True], counts[name, False, False]
        balanced = (hit / max(hit + missed, 1) + silent / max(alarm + silent, 1)) / 2
        print(f"cliff {name}: balanced accuracy {balanced:.3f}", end="  ")
        print(f"precision {_share(hit, hit + alarm)}  recall {_share(hit, hit + missed)}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else f"-     ({part}/{whole})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="so many rows of each set, about")
    parser.add_argument("--only", choices=("fnc1", "cliff"))
    parser.add_argument("--verbose", action="store_true", help="print what was found")
    args = parser.parse_args()
    if not (args.bench / "data" / "fnc1_headline_body").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    start = time.perf_counter()
    for name, measure in (("fnc1", fnc1), ("cliff", cliff)):
        if args.only in (None, name):
            measure(args.bench, args.limit, args.verbose, annotator)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
