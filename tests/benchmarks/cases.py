"""Audits every case of a folder in one process and scores the reports with the scorer that belongs to the data.

    python tests/benchmarks/cases.py ../shared/cases/dev [--bench ../shared/bench] [--only d03] [--verbose]

Prints what `score_cases.py` prints, and recall and precision apart for quotes, positions and attribution, which are the
groups of rules that this edition has: recall over the marks of the group, precision over its warnings and errors (a
finding is right when a mark of its own group is where it points; production findings are in neither).
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from audit.reports.json import render_json

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.inputs import read_inputs
from audit.loading.cache import Store, default_folder
from audit.records.report import Report
from audit.run import audit

GROUPS = ("quotes", "positions", "attribution")


def cases_in(folder: Path, only: str) -> list[Path]:
    """The folders that hold a case; the folder itself where it is one."""
    folders = [folder] if (folder / "expected.json").is_file() else sorted(folder.iterdir())
    return [case for case in folders if (case / "expected.json").is_file() and only in case.name]


def audit_case(folder: Path, annotator: Annotator) -> Report:
    """The report on one case."""
    case = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    settings = Settings(
        articles=(str(folder / case["article"]),), sources=tuple(str(folder / name) for name in case["sources"])
    )
    return audit(read_inputs(settings), settings, annotator)


def load_scorer(bench: Path) -> ModuleType:
    """The scorer beside the data, for the way in which it decides what points where."""
    spec = importlib.util.spec_from_file_location("score_cases", bench / "score_cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_group(folders: list[Path], reports: Path, bench: Path) -> dict[str, collections.Counter[str]]:
    """Marks, hits, findings and right findings of each group of rules."""
    scorer = load_scorer(bench)
    groups = json.loads((bench / "rule_groups.json").read_text(encoding="utf-8"))
    totals: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for folder in folders:
        case = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        report = json.loads((reports / f"{folder.name}.json").read_text(encoding="utf-8"))
        _count(scorer, groups, folder, case, _loud(report), totals)
    return totals


def _loud(report: dict[str, Any]) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Rule and places of each open warning and error."""
    return [
        (finding["rule"], [(Path(e["path"]).name, e["start"], e["end"]) for e in finding["evidence"]])
        for finding in report["findings"]
        if finding["status"] == "open" and finding["severity"] in ("error", "warning")
    ]


def _count(
    scorer: ModuleType,
    groups: dict[str, dict[str, str]],
    folder: Path,
    case: dict[str, Any],
    findings: list[tuple[str, list[tuple[str, int, int]]]],
    totals: dict[str, collections.Counter[str]],
) -> None:
    right: set[int] = set()
    for mark in case["findings"]:
        group = groups["categories"][mark["category"]]
        places = scorer.spans(folder, mark["evidence"])
        places = [place for place in places if place[0] == case["article"]] or places
        hits = {
            number
            for number, (rule, where) in enumerate(findings)
            if groups["rules"].get(rule) == group and any(scorer.overlaps(w, p) for w in where for p in places)
        }
        totals[group]["marks"] += 1
        totals[group]["hits"] += bool(hits)
        right |= hits
    for number, (rule, _) in enumerate(findings):
        group = groups["rules"].get(rule, "other")
        totals[group]["findings"] += 1
        totals[group]["right"] += number in right


def show_groups(totals: dict[str, collections.Counter[str]]) -> None:
    """Print recall and precision of each group and of all three together."""
    total: collections.Counter[str] = collections.Counter()
    for group in GROUPS:
        total.update(totals[group])
        print(_line(group, totals[group]))
    print(_line("together", total))


def _line(name: str, row: collections.Counter[str]) -> str:
    recall = f"{row['hits'] / row['marks']:.3f}" if row["marks"] else "-"
    precision = f"{row['right'] / row['findings']:.3f}" if row["findings"] else "-"
    return (
        f"{name:<12} recall {recall} ({row['hits']}/{row['marks']})  "
        f"precision {precision} ({row['right']}/{row['findings']})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--bench", type=Path, help="folder of score_cases.py; by default found beside the cases")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--reports", type=Path, help="keep the reports here")
    parser.add_argument("--verbose", action="store_true", help="list misses and false alarms")
    args = parser.parse_args()
    bench = args.bench or next(p / "bench" for p in args.cases.resolve().parents if (p / "bench").is_dir())
    folders = cases_in(args.cases, args.only)
    if not folders:
        sys.exit(f"no cases in {args.cases}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    with tempfile.TemporaryDirectory() as temporary:
        reports = args.reports or Path(temporary)
        reports.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        failed = [line for folder in folders for line in _write(folder, reports, annotator)]
        print(f"{len(folders)} cases in {time.perf_counter() - start:.1f} s")
        print("\n".join(failed))
        if not args.only and folders != [args.cases]:
            command = [sys.executable, str(bench / "score_cases.py"), str(args.cases), "--reports", str(reports)]
            subprocess.run([*command, *(["--verbose"] if args.verbose else [])], check=True)
        show_groups(by_group(folders, reports, bench))


def _write(folder: Path, reports: Path, annotator: Annotator) -> list[str]:
    """Audit a case, write its report, and return what went wrong."""
    report = audit_case(folder, annotator)
    (reports / f"{folder.name}.json").write_text(render_json(report), encoding="utf-8")
    trouble = [f"{folder.name}: {d}" for d in report.diagnostics if d.fatal]
    return trouble + [f"{folder.name}: {c.rule}: {c.reason}" for c in report.checks if c.status == "failed"]


if __name__ == "__main__":
    main()
