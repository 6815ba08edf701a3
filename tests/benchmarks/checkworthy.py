"""How well the queue of statements to look up agrees with what fact-checkers picked from debates and speeches.

    python tests/benchmarks/checkworthy.py ../shared/bench [--show 10]

Takes the folder of the scoring data: `data/checkthat2019_transcripts/data.jsonl`, one debate or speech a line, as
utterances with a mark on those that fact-checkers picked. Every utterance is scored alone by `worth_of`, the highest of
its sentences. Prints average precision for each text, its mean (MAP), that of chance, and precision at 10 and 20.
Average precision is that of trec_eval: the mean of the precision at each picked utterance; ties keep the text's order.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from scoring import rows_of

from audit.compare.worth import Bound, worth_of
from audit.extract.annotate import Annotator
from audit.extract.pipeline import extract
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records import Statement


def scores_of(utterances: Sequence[dict[str, Any]], annotator: Annotator) -> list[float]:
    """A score for each utterance of a text. All are read as the paragraphs of one text."""
    lines = [" ".join(str(one["text"]).split()) or "-" for one in utterances]
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 2
    document = load_text("\n\n".join(lines), "speech.txt", "article").documents[0]
    records = extract(annotator.annotate(document))
    bound = Bound(records)
    scores = [0.0] * len(lines)
    number = 0
    for statement in records.of(Statement):
        while number + 1 < len(starts) and starts[number + 1] <= statement.start:
            number += 1
        scores[number] = max(scores[number], worth_of(statement, bound).score)
    return scores


def average_precision(ranked: Sequence[bool]) -> float:
    """The mean of the precision at each hit; 0 where there is none."""
    hits, total = 0, 0.0
    for place, hit in enumerate(ranked, start=1):
        if hit:
            hits += 1
            total += hits / place
    return total / hits if hits else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many of the first of each text")
    args = parser.parse_args()
    if not (args.bench / "data").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    found: list[float] = []
    chance: list[float] = []
    tops: dict[int, list[float]] = {10: [], 20: []}
    for text in rows_of(args.bench, "checkthat2019_transcripts"):
        utterances = text["utterances"]
        scores = scores_of(utterances, annotator)
        order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
        ranked = [bool(utterances[at]["checkworthy"]) for at in order]
        for at in order[: args.show]:
            print(f"  {'*' if utterances[at]['checkworthy'] else ' '} {scores[at]:.2f} {utterances[at]['text'][:150]}")
        found.append(average_precision(ranked))
        chance.append(sum(ranked) / len(ranked))
        for size, values in tops.items():
            values.append(sum(ranked[:size]) / size)
        print(f"{text['id']:<24} {len(ranked):5} utterances {sum(ranked):4} picked  AP {found[-1]:.3f}")
    print(f"MAP {mean(found):.3f} over {len(found)} texts (chance {mean(chance):.3f})")
    print("  ".join(f"P@{size} {mean(values):.3f}" for size, values in tops.items()))


if __name__ == "__main__":
    main()
