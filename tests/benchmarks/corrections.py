"""How many published errors that the text or its source shows are caught by any rule.

    python tests/benchmarks/corrections.py ../shared/bench [--all]

Takes the folder of the scoring data; `data/published_corrections/data.jsonl` has what newspapers printed and what they
put right. From each row that is marked visible a small dossier is built in memory: the published passage and the
corrected one in one article, or the published one in an article and the corrected one in its source, each as a plain
sentence; a quotation gets a speaker, and its source is a transcript. A headline stands above the body, and a text's own
date in its front matter. A row is caught when a finding
of any severity and at least medium confidence points into the published passage. Prints the share by type and the rows
that were missed; with --all, those that need an outside reference, too, as if their correction were a source.
"""

from __future__ import annotations

import argparse
import collections
import sys
from pathlib import Path

from scoring import rows_of

from audit.config import Settings
from audit.extract.annotate import Annotator
from audit.inputs import Inputs
from audit.loading import load_text
from audit.loading.cache import Store, default_folder
from audit.records import Finding
from audit.run import audit

Row = dict[str, str]
_SHORT = 8  # words


def framed(passage: str) -> str:
    """A passage as a sentence of its own; a short one is hardly a sentence and gets one around it."""
    text = passage.strip()
    if len(text.split()) < _SHORT:
        text = f"the story is about {text}"
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ".”", '."')) else f"{text}."


def texts_of(row: Row) -> tuple[str, str]:
    """The article and its source ("" where the article alone shows the error)."""
    published, corrected = row["b_as_published"], row["a_corrected"]
    front = f"---\ndate: {row['date']}\n---\n\n" if row["date"].count("-") == 2 else ""
    if row["type"] == "headline_vs_body":
        return f"{front}# {published}\n\n{framed(corrected)}\n", ""
    if row["type"] == "date" and row["detectable"] == "within_article":
        return f"{front}{framed(published)}\n", ""  # seen by the text's own date
    if row["type"] == "quote_altered":
        said = corrected.strip('"“” ')
        return f"{front}In the interview Jo Reed said: {published}\n", f"Host: What came next?\n\nJo Reed: {said}\n"
    if row["detectable"] == "within_article":
        return f"{front}{framed(corrected)}\n\n{framed(published)}\n", ""
    return f"{front}{framed(published)}\n", f"{framed(corrected)}\n"


def findings(row: Row, annotator: Annotator) -> list[Finding]:
    """What the rules say of the row's dossier."""
    article, source = texts_of(row)
    inputs = Inputs()
    inputs.articles = list(load_text(article, "article.md", "article", key="a1").documents)
    if source:
        inputs.sources = list(load_text(source, "source.md", "source", key="s1").documents)
    return list(audit(inputs, Settings(articles=("article.md",)), annotator).findings)


def catches(finding: Finding, row: Row) -> bool:
    """Whether a finding points into the published passage and is not kept back."""
    passage = " ".join(framed(row["b_as_published"]).split()).rstrip(".").casefold()
    texts = [" ".join(evidence.place.text.split()).rstrip(".").casefold() for evidence in finding.evidence]
    return finding.confidence != "low" and any(text in passage or passage in text for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--all", action="store_true", help="also those that need an outside reference")
    args = parser.parse_args()
    if not (args.bench / "data" / "published_corrections").is_dir():
        sys.exit(f"no published corrections in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    caught: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for row in rows_of(args.bench, "published_corrections"):
        if row["detectable"] == "needs_reference" and not args.all:
            continue
        total[row["type"]] += 1
        hits = sorted({finding.rule for finding in findings(row, annotator) if catches(finding, row)})
        caught[row["type"]] += bool(hits)
        print(f"{row['id']} {'caught by ' + ', '.join(hits) if hits else 'MISSED: ' + row['b_as_published']}")
    print(f"caught {caught.total()}/{total.total()}")
    for kind in sorted(total):
        print(f"  {kind:<20} {caught[kind]}/{total[kind]}")


if __name__ == "__main__":
    main()
