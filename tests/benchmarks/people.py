"""How well persons are found and pronouns resolved.

    python tests/benchmarks/people.py ../shared/bench [--limit 60] [--show]

Takes the folder of the scoring data. `data/gum_interviews_news`: mentions of a person's name, the pairs of them that
belong together, and the person behind "he" and "she". `data/polnear`: how many of the named sources of attributions
hold a mention of a person (organisations are among them, so that 1 is out of reach).
"""

from __future__ import annotations

import argparse
import collections
import re
import sys
from itertools import combinations, islice
from pathlib import Path
from typing import Any

from scoring import rows_of

from audit.extract.annotate import Annotated, Annotator
from audit.extract.people import People, find_people
from audit.extract.person_words import is_person_noun, is_title, words_of
from audit.loading import load_text
from audit.loading.cache import Store, default_folder

Row = dict[str, Any]
Span = tuple[int, int]
PRONOUNS = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})


def read(row: Row, annotator: Annotator) -> list[tuple[Annotated, People]]:
    """The persons of each part of a text."""
    documents = load_text(row["text"], f"{row['id']}.txt", "article", key="a1").documents
    annotated = [annotator.annotate(document) for document in documents]
    return [(one, find_people(one)) for one in annotated]


def name_in(text: str) -> str:
    """The name at the head of an annotated mention: "the farmer Ana Reyes of Salm" gives "Ana Reyes", else ""."""
    stem = re.split(r",|;|\(|\[| of | from | at | with | who | whose ", text)[0]
    words = re.sub(r"['’]s$", "", stem.strip()).split()
    at = len(words)
    while at > 0 and (words[at - 1][:1].isupper() or (at < len(words) and words[at - 1] in words_of("particles"))):
        at -= 1
    plain = [word for word in words[at:] if not _is_common(word)]
    if any(word in ("and", "&", "in", "to", "that", "for") for word in words):
        return ""  # several people, or no name at the end
    return " ".join(words[at:]) if plain and not _is_common(words[-1]) else ""


def _is_common(word: str) -> bool:
    """A title, a job, a pronoun, a people: no name of one person."""
    plain = re.split(r"['’]", word)[0].casefold()
    singular = plain.removesuffix("s")
    return (
        is_title(plain)
        or is_person_noun(plain)
        or is_person_noun(singular)
        or plain in _COMMON
        or (plain.endswith(("ans", "ians", "ists", "ers")))
    )


_COMMON = frozenset(
    [
        "i",
        "he",
        "she",
        "we",
        "they",
        "you",
        "it",
        "who",
        "those",
        "some",
        "people",
        "anyone",
        "your",
        "his",
        "her",
        "my",
        "our",
        "their",
        "one",
    ]
)


class Tally:
    """Right, found and wanted."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0

    def line(self, label: str) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"  {label}: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({self.right} of {self.wanted})"


def gum(bench: Path, annotator: Annotator, limit: int | None, show: bool) -> None:
    """Mentions, pairs and pronouns. A line of this set is a paragraph."""
    mentions, pairs, pronouns = Tally(), Tally(), Tally()
    for row in islice(rows_of(bench, "gum_interviews_news"), limit):
        row = _paragraphs(row)
        gold = {
            (start, end): entity["eid"]
            for entity in row["entities"]
            if entity["type"] == "person"
            for start, end in entity["mentions"]
            if name_in(row["text"][start:end])
        }
        parts = read(row, annotator)
        own = {
            (place.start, place.end): person.id
            for _, people in parts
            for person in people.persons
            for place in person.mentions
        }
        matched = _match(own, gold)
        mentions.right += len(matched)
        mentions.found += len(own)
        mentions.wanted += len(gold)
        if show:
            for span in sorted(gold.keys() - set(matched.values())):
                print(f"  {row['id']} missed {row['text'][slice(*span)]!r}")
            for span in sorted(own.keys() - matched.keys()):
                context = row["text"][span[0] - 40 : span[1] + 40]
                print(f"  {row['id']} extra {row['text'][slice(*span)]!r}: ...{context!r}")
        _count_pairs(own, gold, matched, pairs)
        _count_pronouns(row, parts, own, gold, matched, pronouns, show)
    print(f"gum\n{mentions.line('mentions')}\n{pairs.line('pairs')}\n{pronouns.line('he, she')}")


def _paragraphs(row: Row) -> Row:
    """The row with an empty line between its lines, offsets moved along."""
    text = row["text"]
    entities = [
        {**entity, "mentions": [[at + text.count("\n", 0, at) for at in span] for span in entity["mentions"]]}
        for entity in row["entities"]
    ]
    return {**row, "text": text.replace("\n", "\n\n"), "entities": entities}


def _match(own: dict[Span, str], gold: dict[Span, str]) -> dict[Span, Span]:
    """Each of the tool's mentions to the shortest annotated one that holds or overlaps it, one to one."""
    matched: dict[Span, Span] = {}
    free = set(gold)
    for span in sorted(own):
        over = [one for one in free if one[0] < span[1] and span[0] < one[1]]
        if over:
            matched[span] = min(over, key=lambda one: (one[1] - one[0], one))
            free.discard(matched[span])
    return matched


def _count_pairs(own: dict[Span, str], gold: dict[Span, str], matched: dict[Span, Span], tally: Tally) -> None:
    wanted = {frozenset(pair) for pair in combinations(gold, 2) if gold[pair[0]] == gold[pair[1]]}
    found = {
        frozenset((matched.get(one, one), matched.get(two, two)))
        for one, two in combinations(own, 2)
        if own[one] == own[two]
    }
    tally.right += len(wanted & found)
    tally.found += len(found)
    tally.wanted += len(wanted)


def _count_pronouns(
    row: Row,
    parts: list[tuple[Annotated, People]],
    own: dict[Span, str],
    gold: dict[Span, str],
    matched: dict[Span, Span],
    tally: Tally,
    show: bool,
) -> None:
    votes: dict[str, collections.Counter[str]] = {}
    for span, other in matched.items():
        votes.setdefault(own[span], collections.Counter())[gold[other]] += 1
    entity_of = {person: counter.most_common(1)[0][0] for person, counter in votes.items()}
    named = set(gold.values())
    wanted = {
        (start, end): entity["eid"]
        for entity in row["entities"]
        if entity["type"] == "person" and entity["eid"] in named
        for start, end in entity["mentions"]
        if row["text"][start:end].casefold() in PRONOUNS
    }
    tally.wanted += len(wanted)
    for annotated, people in parts:
        for token in annotated.tokens:
            if token.lower not in PRONOUNS:
                continue
            place = annotated.place(token, token)
            speaker = people.speaker_of(token)
            if speaker is None or speaker.person is None:
                continue
            tally.found += 1
            if wanted.get((place.start, place.end)) == entity_of.get(speaker.person, "-"):
                tally.right += 1
            elif show:
                context = row["text"][max(0, place.start - 200) : place.end + 40]
                print(f"  {row['id']} {token.text} -> {speaker.name}: ...{context!r}")


def polnear(bench: Path, annotator: Annotator, limit: int | None, show: bool) -> None:
    """Named sources that hold a person."""
    tally = Tally()
    for row in islice(rows_of(bench, "polnear"), limit):
        own = [place for _, people in read(row, annotator) for person in people.persons for place in person.mentions]
        for attribution in row["attributions"]:
            if attribution["source_kind"] != "named":
                continue
            start, end = attribution["source"][0][0], attribution["source"][-1][1]
            held = any(place.start < end and start < place.end for place in own)
            tally.wanted += 1
            tally.right += held
            if show and not held:
                print(f"  {row['id']} {row['text'][start:end]!r}")
    print(f"polnear\n  named sources that hold a person: {tally.right / max(tally.wanted, 1):.3f} of {tally.wanted}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="so many texts of each set")
    parser.add_argument("--only", choices=("gum", "polnear"))
    parser.add_argument("--show", action="store_true", help="print what was missed or wrong")
    args = parser.parse_args()
    if not (args.bench / "data").is_dir():
        sys.exit(f"no scoring data in {args.bench}")
    annotator = Annotator(Store(default_folder() / "annotations"))
    for name, measure in (("gum", gum), ("polnear", polnear)):
        if args.only in (None, name):
            measure(args.bench, annotator, args.limit, args.show)


if __name__ == "__main__":
    main()
