"""How well pairs of sentences about one subject are told apart: those that contradict each other, and those that agree.

    python tests/benchmarks/contradictions.py ../shared/bench [--half a|b] [--limit 200] [--show missed|false|found]

Takes the folder of the scoring data: `data/chatprotect_self_contradiction/data.jsonl` has two sentences, their topic
and the text before them. From each row a small article is made, the topic as its headline and the sentences as its
narration; all rules run over it, and the row counts as a contradiction where a warning or an error about statements,
quantities, dates or names points at both sentences. Printed are the figures of the folder's own `score_pairs.py`: with
all findings, since both sentences are known to be about one subject, and with those alone that a report shows (a
confidence of medium or high). `--half` takes one of two fixed halves of the rows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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

FAMILIES = ("positions", "quantities", "dates", "names")
Row = dict[str, Any]


def read_rows(bench: Path, half: str, limit: int | None) -> list[Row]:
    """The rows of a half, in order of the file."""
    rows = rows_of(bench, "chatprotect_self_contradiction")
    return [row for row in rows if half in ("", half_of(row))][:limit]


def half_of(row: Row) -> str:
    """The half that a row belongs to, by its id."""
    return "ab"[hashlib.sha256(row["id"].encode()).digest()[0] % 2]


def findings_on(row: Row, annotator: Annotator) -> Iterator[Finding]:
    """The findings of the families in question that point at both sentences."""
    one, other = (" ".join(str(row[name]).split()) for name in ("a", "b"))
    context = " ".join(str(row.get("context") or "").split())
    text = f"# {row['topic']}\n\n{context}\n\n{one}\n\n{other}\n"
    loaded = load_text(text, "pair.md", "article", key="a1")
    inputs = Inputs(articles=loaded.documents)
    first = text.index(one, len(text) - len(one) - len(other) - 4)
    second = len(text) - len(other) - 1
    for finding in audit(inputs, Settings(articles=("pair.md",)), annotator).findings:
        starts = [evidence.place.start for evidence in finding.evidence]
        loud = finding.severity != "note" and finding.family in FAMILIES
        if loud and any(first <= at < second for at in starts) and any(at >= second for at in starts):
            yield finding


def figures(bench: Path, rows: list[Row], flagged: set[str]) -> str:
    """What the folder's own scorer says of the rows that were flagged."""
    with tempfile.TemporaryDirectory() as folder:
        data, predicted = Path(folder) / "data.jsonl", Path(folder) / "predicted.jsonl"
        data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        lines = (json.dumps({"id": row["id"], "contradiction": row["id"] in flagged}) + "\n" for row in rows)
        predicted.write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, str(bench / "scorers" / "score_pairs.py"), str(data), str(predicted)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--half", choices=("", "a", "b"), default="")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--show", choices=("missed", "false", "found"))
    args = parser.parse_args()
    rows = read_rows(args.bench, args.half, args.limit)
    annotator = Annotator(Store(default_folder() / "annotations"))
    every, shown = set(), set()
    for row in rows:
        found = list(findings_on(row, annotator))
        every.update(row["id"] for finding in found)
        shown.update(row["id"] for finding in found if finding.confidence != "low")
        right = row["label"] == "contradiction"
        kind = "found" if found and right else "false" if found else "missed" if right else ""
        if args.show and kind == args.show:
            print(f"{row['id']}\n  A {row['a']}\n  B {row['b']}")
            for finding in found:
                print(f"    {finding.rule} {finding.confidence}: {'; '.join(finding.why)}")
    print("all findings:\n" + figures(args.bench, rows, every))
    print("findings of medium and high confidence:\n" + figures(args.bench, rows, shown))


if __name__ == "__main__":
    main()
