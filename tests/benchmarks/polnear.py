"""Quotations and their speakers in published news, against the labels of PolNeAR.

    python tests/benchmarks/polnear.py ../shared/bench [--limit 60] [--keep predictions.jsonl]

Takes the folder of the scoring data: `data/polnear/data.jsonl` and `scorers/score_quotes.py`, whose help says how a
quotation and a speaker are matched. Each segment of a quotation is one prediction.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from scoring import rows_of

from audit.extract.annotate import Annotator
from audit.extract.marks import read_marks
from audit.extract.people import find_people
from audit.extract.quotations import find_quotations
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records import Document, Quotation

Row = dict[str, Any]


def predict(row: Row, annotator: Annotator, spoken_only: bool) -> Row:
    """The quotations of one article in the form that the scorer reads; offsets are code points of the text."""
    loaded = load_text(row["text"], f"{row['id']}.txt", "article", key="a1")
    quotes: list[Row] = []
    for document in loaded.documents:
        for quotation in quotations_of(document, annotator):
            if quotation.form == "nested" or (spoken_only and quotation.dialogue and quotation.speaker is None):
                continue
            quotes.extend(_segments(quotation))
    return {"id": row["id"], "quotes": quotes}


def quotations_of(document: Document, annotator: Annotator) -> list[Quotation]:
    """The quotations alone: the other claims are not needed here."""
    annotated = annotator.annotate(document)
    return find_quotations(annotated, find_people(annotated), read_marks(document))


def _segments(quotation: Quotation) -> Iterator[Row]:
    for segment in quotation.segments:
        found: Row = {"start": segment.start, "end": segment.end}
        speaker = quotation.speaker
        if speaker is not None:
            found["speaker_text"] = speaker.name
            if speaker.mention is not None:
                found["speaker_start"], found["speaker_end"] = speaker.mention.start, speaker.mention.end
        yield found


def score(bench: Path, gold: list[Row], predictions: list[Row], keep: Path | None) -> Row:
    """What the scorer says of the predictions."""
    with tempfile.TemporaryDirectory() as folder:
        data, found = Path(folder, "data.jsonl"), keep or Path(folder, "predictions.jsonl")
        for path, rows in ((data, gold), (found, predictions)):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        scorer = bench / "scorers" / "score_quotes.py"
        command = [sys.executable, str(scorer), str(data), str(found), "--json"]
        report: Row = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        return report


def show(report: Row) -> None:
    """The figures, one line each."""
    for group in ("quotations", "speakers"):
        print(group)
        for name, figures in report[group].items():
            shown = (
                figures if isinstance(figures, str) else "  ".join(f"{key} {value}" for key, value in figures.items())
            )
            print(f"  {name:32} {shown}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="so many articles")
    parser.add_argument("--keep", type=Path, default=None, help="write the predictions to this file")
    parser.add_argument("--spoken", action="store_true", help="leave out titles and scare quotes that nobody says")
    args = parser.parse_args()
    if not (args.bench / "data" / "polnear").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    start = time.perf_counter()
    gold = list(islice(rows_of(args.bench, "polnear"), args.limit))
    predictions = [predict(row, annotator, args.spoken) for row in gold]
    words = sum(len(row["text"].split()) for row in gold)
    print(f"{len(gold)} articles, {words:,} words, {time.perf_counter() - start:.0f} s")
    show(score(args.bench, gold, predictions, args.keep))


if __name__ == "__main__":
    main()
