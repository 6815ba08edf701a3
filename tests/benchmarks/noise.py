"""How loud the rules are over published texts: every alarm there is a suspect.

    python tests/benchmarks/noise.py ../shared/bench                    all sets, and what changed against the table
    python tests/benchmarks/noise.py ../shared/bench --write            the same, and write the table anew
    python tests/benchmarks/noise.py ../shared/bench --only news --limit 50 --show quote-without-speaker

Takes the folder of the scoring data. The sets: `news` (the articles of PolNeAR), `posts` (the blog of a public agency,
content-18f), `gum` (interviews, news and speeches of GUM), which come without sources; and `summaries` (people's
summaries of GUM's texts and of the meetings of QMSum, each held against its text).

The table, `noise.tsv` beside this file, has a line for each rule and set: findings that a report shows, by severity,
and per 1,000 words; and how many it keeps back (little confidence, preview). A run over whole sets is compared with
it, so that a change that adds noise is seen at once. `--judge FILE` writes a sample of findings to read by hand, spread
over the rules; `judged.tsv` keeps what was said of them (see `judged.py`). Of the findings of this run it is
printed how many were read, and how many of these were worth an editor's look.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from judged import read
from scoring import rows_of

from audit.config import Settings
from audit.errors import CopydeskError
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records import Finding
from audit.records.findings import SEVERITIES
from audit.records.report import Report
from audit.run import audit

TABLE = Path(__file__).with_name("noise.tsv")
HEAD = ("set", "rule", *(f"{severity}s" for severity in SEVERITIES), "held back", "per 1,000 words")


@dataclass(frozen=True)
class Text:
    """Texts to audit, mostly one, with a text to hold them against where there is one."""

    name: str
    articles: tuple[str, ...]
    source: str = ""


def news(bench: Path) -> Iterator[Text]:
    """The articles of PolNeAR."""
    for row in rows_of(bench, "polnear"):
        yield Text(f"{row['id']}.txt", (row["text"],))


def posts(bench: Path) -> Iterator[Text]:
    """The posts of the agency's blog, in the order of their names."""
    for path in sorted((bench / "content-18f").glob("*.md")):
        yield Text(path.name, (path.read_text(encoding="utf-8"),))


def gum(bench: Path) -> Iterator[Text]:
    """The texts of GUM, which begin with title and date."""
    for row in rows_of(bench, "gum_interviews_news"):
        yield Text(f"{row['id']}.txt", (_paragraphs(row["text"]),))


def summaries(bench: Path) -> Iterator[Text]:
    """People's summaries, each with the text that it sums up."""
    for row in rows_of(bench, "gum_interviews_news"):
        if row["summary_human"]:
            yield Text(
                f"{row['id']}-summary.txt", (row["summary_human"].removeprefix("(human1) "),), _paragraphs(row["text"])
            )
    for row in rows_of(bench, "qmsum_committee"):
        meeting = "\n\n".join(f"{one['speaker']}: {one['text']}" for one in row["utterances"])
        yield Text(f"{row['id']}.txt", tuple(summary["text"] for summary in row["summaries"]), meeting)


SETS = {"news": news, "posts": posts, "gum": gum, "summaries": summaries}


def _paragraphs(text: str) -> str:
    """With a blank line between lines, each of which is a paragraph."""
    return "\n\n".join(text.splitlines())


def audit_text(text: Text, annotator: Annotator) -> Report:
    """The report on the texts of one name. Raises CopydeskError where one cannot be read."""
    inputs = Inputs()
    for number, article in enumerate(text.articles, start=1):
        name = text.name if len(text.articles) == 1 else f"{number}-{text.name}"
        loaded = load_text(article, name, "article", key=f"a{number}")
        inputs.diagnostics += loaded.notices
        inputs.articles += [document for document in loaded.documents if document.role == "article"]
        inputs.sources += [document for document in loaded.documents if document.role == "source"]
    if text.source:
        inputs.sources += load_text(text.source, f"source-of-{text.name}", "source", key="s1").documents
    return audit(inputs, Settings(articles=tuple(document.path for document in inputs.articles)), annotator)


@dataclass
class Tally:
    """What the rules said over one set."""

    words: int = 0
    texts: int = 0
    counts: dict[str, collections.Counter[str]] = field(default_factory=dict)  # rule -> severity or "held back"
    found: list[tuple[str, Finding]] = field(default_factory=list)

    def add(self, name: str, finding: Finding) -> None:
        row = self.counts.setdefault(finding.rule, collections.Counter())
        row[finding.severity if finding.shown else "held back"] += 1
        self.found.append((name, finding))

    def rate(self, rule: str) -> float:
        """Warnings and errors that are shown, per 1,000 words."""
        row = self.counts.get(rule, {})
        return 1000 * sum(row.get(severity, 0) for severity in ("error", "warning")) / max(self.words, 1)

    @property
    def loudness(self) -> float:
        """Those of all rules together."""
        return sum(self.rate(rule) for rule in self.counts)


def measure(label: str, texts: Iterable[Text], annotator: Annotator, show: str) -> Tally:
    """Audit the texts and print the rates."""
    tally = Tally()
    start = time.perf_counter()
    for text in texts:
        tally.texts += 1
        try:
            report = audit_text(text, annotator)
        except CopydeskError as error:
            print(f"not read: {error}")
            continue
        tally.words += sum(len(article.split()) for article in text.articles)
        for line in _trouble(text.name, report):
            print(line)
        for finding in report.findings:
            tally.add(text.name, finding)
            if finding.rule in show.split(","):
                print("\n".join(_described(text.name, finding)))
    print(f"{label}: {tally.texts} texts, {tally.words:,} words, {time.perf_counter() - start:.0f} s")
    print(f"  warnings and errors per 1,000 words: {tally.loudness:.3f}")
    for line in rows(label, tally):
        print("  " + "  ".join(f"{cell:>9}" if cell != line[1] else f"{cell:<28}" for cell in line[1:]))
    return tally


def rows(label: str, tally: Tally) -> list[list[str]]:
    """The lines of the table for one set, the loudest rule first."""
    ordered = sorted(tally.counts, key=lambda rule: (-tally.rate(rule), rule))
    return [
        [label, rule, *(str(tally.counts[rule][s]) for s in (*SEVERITIES, "held back")), f"{tally.rate(rule):.3f}"]
        for rule in ordered
    ]


def _trouble(name: str, report: Report) -> list[str]:
    failed = [f"{name}: {check.rule}: {check.reason}" for check in report.checks if check.status == "failed"]
    return failed + [f"{name}: {diagnostic}" for diagnostic in report.diagnostics if diagnostic.fatal]


def _described(name: str, finding: Finding) -> Iterator[str]:
    place = finding.evidence[0].place
    shown = "" if finding.shown else ", held back"
    yield f"  {name}:{place.line}:{place.column} {finding.severity}, {finding.confidence}{shown} {finding.fingerprint}"
    yield f"      {finding.message}"
    for evidence in finding.evidence:
        yield f"      | {' '.join(evidence.place.text.split())[:300]}"
    for reason in finding.why:
        yield f"      why: {reason}"


# --- The table --------------------------------------------------------------------------------------------------------


def read_table(path: Path) -> dict[tuple[str, str], list[str]]:
    """The lines of a table by set and rule; empty where there is none yet."""
    if not path.is_file():
        return {}
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {(line[0], line[1]): line for line in lines}


def changes(before: dict[tuple[str, str], list[str]], after: list[list[str]], sets: Iterable[str]) -> Iterator[str]:
    """A line for each rule and set whose counts differ."""
    new = {(line[0], line[1]): line for line in after}
    for key in sorted({*(key for key in before if key[0] in set(sets)), *new}):
        old, now = before.get(key), new.get(key)
        if old != now:
            counts = [" ".join(line[2:6]) if line else "0 0 0 0" for line in (old, now)]
            yield f"  {key[0]:<10} {key[1]:<30} {counts[0]} -> {counts[1]}"


def write_table(path: Path, before: dict[tuple[str, str], list[str]], after: list[list[str]]) -> None:
    """The table with the measured sets replaced."""
    measured = {line[0] for line in after}
    kept = [line for key, line in before.items() if key[0] not in measured]
    lines = sorted([*kept, *after], key=lambda line: (line[0], -float(line[-1]), line[1]))
    path.write_text("\n".join("\t".join(line) for line in [list(HEAD), *lines]) + "\n", encoding="utf-8")


def sample(tallies: Iterable[Tally], number: int, seed: int) -> list[str]:
    """Findings spread over the rules, in words for a reader; of rules in preview, too."""
    by_rule: dict[str, list[tuple[str, Finding]]] = collections.defaultdict(list)
    for tally in tallies:
        for name, finding in tally.found:
            if finding.confidence != "low":
                by_rule[finding.rule].append((name, finding))
    dice = random.Random(seed)
    for found in by_rule.values():
        dice.shuffle(found)
    chosen: list[tuple[str, Finding]] = []
    while len(chosen) < number and any(by_rule.values()):
        for rule in sorted(by_rule):
            if by_rule[rule] and len(chosen) < number:
                chosen.append(by_rule[rule].pop())
    lines = []
    for name, finding in sorted(chosen, key=lambda one: (one[1].rule, one[0])):
        lines += [f"{finding.rule}", *_described(name, finding), ""]
    return lines


def worth(tallies: Iterable[Tally]) -> Iterator[str]:
    """Of the findings of at least medium confidence, by rule: how many were read, and were worth a look."""
    verdicts = read()
    found: dict[str, list[str]] = collections.defaultdict(list)
    totals: dict[str, list[str]] = {"warnings and errors": [], "notes": []}
    for tally in tallies:
        for _, finding in tally.found:
            if finding.confidence != "low":
                said = verdicts[finding.fingerprint][1] if finding.fingerprint in verdicts else ""
                found[finding.rule].append(said)
                totals["notes" if finding.severity == "note" else "warnings and errors"].append(said)
    for rule, said_of in [*sorted(found.items()), *totals.items()]:
        yes, no = said_of.count("yes"), said_of.count("no")
        yield f"  {rule:<30} {len(said_of):>4} found, {yes + no:>4} read, {yes:>4} worth a look"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="so many texts of each set")
    parser.add_argument("--only", choices=tuple(SETS), action="append", help="this set; repeatable")
    parser.add_argument("--show", default="", help="print the findings of this rule, or of several, with commas")
    parser.add_argument("--write", action="store_true", help="write the table anew")
    parser.add_argument("--judge", type=Path, help="write a sample of findings to read by hand")
    parser.add_argument("--number", type=int, default=120, help="size of that sample")
    args = parser.parse_args()
    if not (args.bench / "data").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    chosen = args.only or list(SETS)
    tallies = {
        label: measure(label, islice(SETS[label](args.bench), args.limit), annotator, args.show) for label in chosen
    }
    if args.judge:
        args.judge.write_text("\n".join(sample(tallies.values(), args.number, seed=1)), encoding="utf-8")
    print("\n".join(worth(tallies.values())))
    if args.limit is None:
        _compare(tallies, write=args.write)


def _compare(tallies: dict[str, Tally], *, write: bool) -> None:
    before, after = read_table(TABLE), [line for label, tally in tallies.items() for line in rows(label, tally)]
    different = list(changes(before, after, tallies))
    print(f"against {TABLE.name}, errors, warnings, notes and held back: " + ("" if different else "no change"))
    print("\n".join(different))
    if write:
        write_table(TABLE, before, after)


if __name__ == "__main__":
    main()
