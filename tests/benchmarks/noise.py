"""How loud the rules are over published articles for which there is no source: every alarm there is a suspect.

    python tests/benchmarks/noise.py ../shared/bench [--limit 50] [--show quote-without-speaker]

Takes the folder of the scoring data: `data/polnear/data.jsonl` (news articles) and `content-18f/*.md` (blog posts of a
public agency). Prints warnings and errors per 1,000 words by rule for each set.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from audit.config import Settings
from audit.errors import CopydeskError
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records.report import Report
from audit.run import audit

Text = tuple[str, str]  # name, content


def news(bench: Path) -> Iterator[Text]:
    """The articles of PolNeAR."""
    with (bench / "data" / "polnear" / "data.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"{row['id']}.txt", row["text"]


def posts(bench: Path) -> Iterator[Text]:
    """The posts of the agency's blog, in the order of their names."""
    for path in sorted((bench / "content-18f").glob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")


def audit_text(name: str, text: str, annotator: Annotator) -> Report:
    """The report on one article without sources. Raises CopydeskError where it cannot be read."""
    loaded = load_text(text, name, "article", key="a1")
    inputs = Inputs(diagnostics=list(loaded.notices))
    inputs.articles = [document for document in loaded.documents if document.role == "article"]
    inputs.sources = [document for document in loaded.documents if document.role == "source"]
    return audit(inputs, Settings(articles=(name,)), annotator)


def measure(label: str, texts: Iterable[Text], annotator: Annotator, show: str) -> None:
    """Audit the texts and print the rates."""
    loud: collections.Counter[str] = collections.Counter()
    words = count = 0
    start = time.perf_counter()
    for name, text in texts:
        count += 1
        try:
            report = audit_text(name, text, annotator)
        except CopydeskError as error:
            print(f"not read: {error}")
            continue
        words += len(text.split())
        for line in _trouble(name, report):
            print(line)
        for finding in report.findings:
            if finding.severity != "note":
                loud[finding.rule] += 1
            if finding.rule == show:
                place = finding.evidence[0].place
                print(f"  {name}:{place.line}:{place.column} {finding.severity} {place.text[:120]!r}")
    seconds = time.perf_counter() - start
    print(f"{label}: {count} texts, {words:,} words, {seconds:.0f} s")
    print(f"  warnings and errors per 1,000 words: {1000 * loud.total() / max(words, 1):.3f} ({loud.total()})")
    for rule, number in loud.most_common():
        print(f"  {1000 * number / words:8.3f}  {number:5}  {rule}")


def _trouble(name: str, report: Report) -> list[str]:
    failed = [f"{name}: {check.rule}: {check.reason}" for check in report.checks if check.status == "failed"]
    return failed + [f"{name}: {diagnostic}" for diagnostic in report.diagnostics if diagnostic.fatal]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="so many texts of each set")
    parser.add_argument("--only", choices=("news", "posts"))
    parser.add_argument("--show", default="", help="print the findings of this rule")
    args = parser.parse_args()
    if not (args.bench / "data").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    for label, texts in (("news", news(args.bench)), ("posts", posts(args.bench))):
        if args.only in (None, label):
            measure(label, islice(texts, args.limit), annotator, args.show)


if __name__ == "__main__":
    main()
