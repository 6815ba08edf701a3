"""Audits every case of a folder in one process and scores the reports.

    python tests/benchmarks/cases.py fixtures/dossiers [--only NAME] [--verbose]
    python tests/benchmarks/cases.py ../shared/cases/dev --bench ../shared/bench --write dev

Prints recall over the marked findings and precision over warnings and errors: all of them, by family of rules, and
recall by category; look-alikes that were reported; clean cases that stayed silent. `scoring.py` says how they are
counted. With --bench, the folder's own `score_cases.py` prints its figures too. With --write NAME the figures of rules
and categories go into `cases.tsv` beside this file under that name, for the page of rules.
"""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audit.reports.json import render_json
from scoring import Score, loud, read_case, score

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.inputs import read_inputs
from audit.loading.cache import Store, default_folder
from audit.records.report import Report
from audit.run import audit

TABLE = Path(__file__).with_name("cases.tsv")
Row = collections.Counter[str]


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


def trouble_in(name: str, report: Report) -> list[str]:
    """What went wrong with files and rules of a case."""
    lines = [f"{name}: {diagnostic}" for diagnostic in report.diagnostics if diagnostic.fatal]
    return lines + [f"{name}: {c.rule}: {c.reason}" for c in report.checks if c.status == "failed"]


def show(result: Score) -> None:
    """Print the figures."""
    for name in sorted(result.groups):
        print(_line(name, result.groups[name]))
    print(_line("all", result.counts))
    counts = result.counts
    print(f"look-alikes reported {counts['sprung']}/{counts['traps']}", end="  ")
    print(f"clean cases silent {counts['silent']}/{counts['clean cases']}")
    for category, row in sorted(result.categories.items()):
        print(f"  {category:<20} {row['hits']}/{row['marks']}")


def _line(name: str, row: Row) -> str:
    recall = _share(row["hits"], row["marks"])
    precision = _share(row["right"], row["findings"])
    return f"{name:<12} recall {recall:<16} precision {precision}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else f"-     ({part}/{whole})"


def write_table(path: Path, name: str, result: Score) -> None:
    """The table with the lines of this name replaced: for a rule how many of its findings were right, for a category
    how many of its marks were hit."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
    kept = [line for line in lines if line.split("\t")[0] != name]
    rules = [(name, "rule", rule, row["right"], row["findings"]) for rule, row in result.rules.items()]
    marks = [(name, "category", kind, row["hits"], row["marks"]) for kind, row in result.categories.items()]
    new = ["\t".join(map(str, row)) for row in (*rules, *marks)]
    path.write_text("\n".join(["set\tkind\tname\tright\tof", *sorted([*kept, *new])]) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--bench", type=Path, help="folder with a score_cases.py to run over the reports as well")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--reports", type=Path, help="keep the reports here")
    parser.add_argument("--write", metavar="NAME", help="put the figures into cases.tsv under this name")
    parser.add_argument("--verbose", action="store_true", help="list misses, false alarms and sprung traps")
    args = parser.parse_args()
    folders = cases_in(args.cases, args.only)
    if not folders:
        sys.exit(f"no cases in {args.cases}")
    with tempfile.TemporaryDirectory() as temporary:
        reports = args.reports or Path(temporary)
        reports.mkdir(parents=True, exist_ok=True)
        result, trouble = _run(folders, reports)
        print("\n".join([*trouble, *(sorted(result.remarks) if args.verbose else [])]))
        show(result)
        if args.write:
            write_table(TABLE, args.write, result)
        if args.bench and not args.only and folders != [args.cases]:
            _run_other(args.bench, args.cases, reports)


def _run(folders: list[Path], reports: Path) -> tuple[Score, list[str]]:
    annotator = Annotator(Store(default_folder() / "annotations"))
    result, trouble = Score(), []
    start = time.perf_counter()
    for folder in folders:
        report = audit_case(folder, annotator)
        text = render_json(report)
        (reports / f"{folder.name}.json").write_text(text, encoding="utf-8")
        failed = trouble_in(folder.name, report)
        score(read_case(folder), loud(json.loads(text)), result, whole=not failed)
        trouble += failed
    print(f"{len(folders)} cases in {time.perf_counter() - start:.1f} s")
    return result, trouble


def _run_other(bench: Path, cases: Path, reports: Path) -> None:
    print("\nby score_cases.py:", flush=True)
    command = [sys.executable, str(bench / "score_cases.py"), str(cases), "--reports", str(reports)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
