"""How quotations in real news articles compare with the transcripts of what was said.

Takes the folder of the scoring data: `debate_quotes/data.jsonl` holds quotations with the utterances that they come
from, `checkthat2019_transcripts/data.jsonl` transcripts. A quotation whose transcript is not among these
is looked up in one made of all the known utterances of its debate, behind all transcripts that are there. Prints

- hit@1: share of quotations whose best passage lies in the right utterance;
- false alarms: verbatim quotations with a verdict that would be a finding;
- found changes: share of the altered rows' differing words that a recorded change covers.

    python tests/benchmarks/debate_quotes.py ../shared/bench
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import re
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from scoring import rows_of

from audit.compare.quotes import match_quotations
from audit.extract.annotate import Annotated
from audit.extract.pipeline import Prepared
from audit.records import Block, Document, DocumentRecords, Quotation, QuoteMatch, Speaker, Turn, TurnSpan

FINDINGS = ("altered", "stitched", "qualifier-cut", "reworded", "not-found", "other-speaker")


def document_of(text: str, key: str, blocks: Sequence[Block], turns: Sequence[TurnSpan] = ()) -> Document:
    """A document without markup: view and file are the same."""
    return Document(
        key=key,
        path=f"{key}.txt",
        role="article" if key.startswith("a") else "source",
        format="text",
        raw=text,
        sha256="",
        view=text,
        starts=array("q", range(len(text))),
        ends=array("q", range(1, len(text) + 1)),
        blocks=tuple(blocks),
        turns=tuple(turns),
    )


def transcript_of(utterances: Iterable[tuple[str, str]]) -> tuple[Prepared, list[tuple[int, int]]]:
    """A transcript whose turns are runs of utterances of one speaker, and the stretch of each utterance."""
    text, blocks, turns, claims = "", [], [], []
    spans: list[tuple[int, int]] = []
    runs: list[tuple[str, int, int]] = []
    for speaker, words in utterances:
        start = len(text)
        text += (words.strip() or "-") + "\n"
        spans.append((start, len(text) - 1))
        runs.append((speaker, runs.pop()[1] if runs and runs[-1][0] == speaker else start, len(text) - 1))
    for number, (speaker, start, end) in enumerate(runs):
        blocks.append(Block(number, "turn", start, end, turn=number))
        turns.append(TurnSpan(number, speaker, speaker, "guest", "", (number,), start, start))
    document = document_of(text, "s1", blocks, turns)
    for number, (speaker, start, end) in enumerate(runs):
        claims.append(
            Turn(
                **document.raw_place(start, end).model_dump(),
                id=f"s1.turn.{number + 1}",
                block=number,
                ordinal=number,
                speaker=Speaker(kind="named", name=speaker),
                role="guest",
                words=text[start:end],
            )
        )
    return Prepared(DocumentRecords(document, tuple(claims)), Annotated(document)), spans


def article_of(quote: str, speaker: str) -> Prepared:
    """An article that is one quotation."""
    inner = quote.strip("“”\"' ")
    text = f"“{inner}”"
    document = document_of(text, "a1", [Block(0, "paragraph", 0, len(text))])
    quotation = Quotation(
        **document.raw_place(0, len(text)).model_dump(),
        id="a1.quotation.1",
        block=0,
        form="partial" if inner[:1].islower() else "direct",
        segments=(document.place(1, len(text) - 1),),
        content=inner,
        words=len(inner.split()),
        speaker=Speaker(kind="named", name=speaker),
    )
    return Prepared(DocumentRecords(document, (quotation,)), Annotated(document))


def main() -> None:
    """Reads the rows, looks each quotation up and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=pathlib.Path)
    parser.add_argument("--verbose", action="store_true", help="print every row that is off")
    args = parser.parse_args()
    rows = list(rows_of(args.bench, "debate_quotes"))
    transcripts = {row["id"]: row for row in rows_of(args.bench, "checkthat2019_transcripts")}
    others = [utterance for row in transcripts.values() for utterance in utterances(row)]
    prepared = {key: transcript_of(utterances(row)) for key, row in transcripts.items()}
    count: collections.Counter[str] = collections.Counter()
    for debate in dict.fromkeys(row["transcript_id"] for row in rows):
        here = [row for row in rows if row["transcript_id"] == debate]
        if debate in prepared:
            (source, spans), places = prepared[debate], transcripts[debate]
            right = [[spans[number_of(places, line)] for line in row["utterances"]] for row in here]
        else:
            count["rows without transcript"] += len(here)
            said = [(row["transcript_speaker"], row["transcript_text"]) for row in here]
            known = list(dict.fromkeys(said))
            source, spans = transcript_of([*others, *known])
            right = [[spans[len(others) + known.index(utterance)]] for utterance in said]
        for row, places_of_row in zip(here, right, strict=True):
            article = article_of(row["quote"], row["transcript_speaker"])
            (match,), _ = match_quotations(article, [source], {}, "standard")
            score(row, match, places_of_row, count, args.verbose)
    report(count)


def utterances(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Speaker and words of each utterance of a transcript row."""
    return [(item["speaker"], item["text"]) for item in row["utterances"]]


def number_of(row: dict[str, Any], line: int) -> int:
    """The index of the utterance with a line number."""
    return next(at for at, item in enumerate(row["utterances"]) if item["n"] == line)


def score(
    row: dict[str, Any],
    match: QuoteMatch,
    right: Sequence[tuple[int, int]],
    count: collections.Counter[str],
    verbose: bool,
) -> None:
    """Adds one row to the figures."""
    label = row["derived_label"]
    count["rows"] += 1
    hit = any(match.passages[0].start < end and start < match.passages[0].end for start, end in right if match.passages)
    count["hit"] += hit
    count[f"{label} rows"] += 1
    count[f"{label} {match.verdict}"] += 1
    alarm = label == "verbatim" and match.verdict in FINDINGS
    count["false alarms"] += alarm
    missed = []
    if label == "altered":
        covered = set(_words(" ".join(f"{change.quoted} {change.said}" for change in match.changes)))
        for _, ours, theirs in row["edits"]:
            differing = set(_words(ours)) ^ set(_words(theirs))
            count["differing words"] += len(differing)
            count["differing words found"] += len(differing & covered)
            missed.extend(differing - covered)
    if verbose and (not hit or alarm or missed or label == "altered"):
        print(f"{'MISS' if not hit else 'ok'} {label} -> {match.verdict} {match.score} {match.reason}: {row['quote']}")
        print(f"    said: {row['transcript_text']}\n    {[(c.op, c.quoted, c.said, c.kind) for c in match.changes]}")
        print(f"    lost: {match.lost and match.lost.text} missed: {missed}")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'"))


def report(count: collections.Counter[str]) -> None:
    """Prints the figures."""
    print(f"rows                    {count['rows']} (without whole transcript: {count['rows without transcript']})")
    print(f"right utterance first   {count['hit'] / max(count['rows'], 1):.3f}")
    print(f"verbatim called altered {count['verbatim altered']} of {count['verbatim rows']}")
    print(f"verbatim with a finding {count['false alarms']} of {count['verbatim rows']}")
    found, whole = count["differing words found"], count["differing words"]
    print(f"differing words found   {found} of {whole} ({found / max(whole, 1):.3f})")
    for name in sorted(count):
        if name.startswith("altered "):
            print(f"  {name:22}{count[name]}")


if __name__ == "__main__":
    main()
