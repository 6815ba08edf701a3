"""How loud all rules are over faithful human summaries held against their texts: nearly every finding is a false alarm.

    python tests/benchmarks/summaries.py ../shared/bench [--only gum|qmsum] [--limit 10] [--show]

Takes the folder of the scoring data. GUM: the human summaries of an interview, a speech or a news text are the article,
the text is the source. QMSum: the general and the specific summaries of a committee's meeting are the article, its
minutes the source. Prints findings that the report shows (warnings and errors, notes apart) per 1,000 words of article.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records.report import Report
from audit.run import audit

Pair = tuple[str, str, str]  # name, article, source

_MARK = re.compile(r"\(human\d*\)\s*")


def _rows(bench: Path, name: str) -> Iterator[dict[str, Any]]:
    with (bench / "data" / name / "data.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gum(bench: Path) -> Iterator[Pair]:
    """Each text with its summary by a human."""
    for row in _rows(bench, "gum_interviews_news"):
        summary = _MARK.sub("", row.get("summary_human") or "").strip()
        if summary:
            yield row["id"], f"{summary}\n", f"{row['text']}\n"


def qmsum(bench: Path) -> Iterator[Pair]:
    """Each meeting with all of its summaries, a paragraph each."""
    for row in _rows(bench, "qmsum_committee"):
        turns = [f"{turn['speaker']}: {' '.join(turn['text'].split())}" for turn in row["utterances"]]
        summaries = [" ".join(summary["text"].split()) for summary in row["summaries"]]
        yield row["id"], "\n\n".join(summaries) + "\n", "\n\n".join(turns) + "\n"


def audit_pair(pair: Pair, annotator: Annotator) -> Report:
    """The report on a summary with its text as the source."""
    name, article, source = pair
    inputs = Inputs()
    inputs.articles = list(load_text(article, f"{name}.md", "article", key="a1").documents)
    inputs.sources = list(load_text(source, f"{name}.source.md", "source", key="s1").documents)
    return audit(inputs, Settings(articles=(f"{name}.md",)), annotator)


def measure(label: str, pairs: Iterator[Pair], annotator: Annotator, show: bool) -> None:
    """Audit the pairs and print the rates."""
    loud: collections.Counter[str] = collections.Counter()
    quiet: collections.Counter[str] = collections.Counter()
    words = count = 0
    for pair in pairs:
        report = audit_pair(pair, annotator)
        count, words = count + 1, words + len(pair[1].split())
        for check in report.checks:
            if check.status == "failed":
                print(f"{pair[0]}: {check.rule}: {check.reason}")
        for finding in report.findings:
            (quiet if finding.severity == "note" else loud)[finding.rule] += 1
            if show and finding.severity != "note":
                print(f"  {pair[0]} {finding.rule} {finding.severity} {finding.confidence}: {finding.message}")
                for evidence in finding.evidence:
                    print(f"      {evidence.label}: {' '.join(evidence.place.text.split())[:300]!r}")
    print(f"{label}: {count} summaries, {words:,} words")
    print(f"  warnings and errors per 1,000 words: {1000 * loud.total() / max(words, 1):.3f} ({loud.total()})")
    for rule, number in loud.most_common():
        print(f"  {1000 * number / words:8.3f}  {number:5}  {rule}")
    print(f"  notes: {quiet.total()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--only", choices=("gum", "qmsum"))
    parser.add_argument("--limit", type=int, default=None, help="so many texts of each set")
    parser.add_argument("--show", action="store_true", help="print the findings")
    args = parser.parse_args()
    if not (args.bench / "data").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    for label, pairs in (("gum", gum(args.bench)), ("qmsum", qmsum(args.bench))):
        if args.only in (None, label):
            measure(label, islice(pairs, args.limit), annotator, args.show)


if __name__ == "__main__":
    main()
