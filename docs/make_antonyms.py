"""Derives audit/compare/data/antonyms.txt from WordNet 3.0: pairs of adjectives that are each other's direct antonyms.

    python docs/make_antonyms.py /usr/share/wordnet

The folder is the one of Debian's package wordnet-base. Only senses that occur in WordNet's tagged texts are taken, and
of a word only its two commonest: a rare sense would make opposites of words that nobody sets against each other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "audit" / "compare" / "data" / "antonyms.txt"
_SENSES = 2


def synsets(folder: Path) -> dict[str, tuple[list[str], list[tuple[str, int, int]]]]:
    """Offset to the words of an adjective synset and its antonym pointers (offset, own word, other word; from 1)."""
    found = {}
    for line in (folder / "data.adj").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split("|")[0].split()
        count = int(parts[3], 16)
        words = [parts[4 + 2 * at].split("(")[0].lower() for at in range(count)]
        pointers = parts[5 + 2 * count :]
        steps = range(0, len(pointers) - 3, 4)
        antonyms = [
            (pointers[at + 1], int(pointers[at + 3][:2], 16), int(pointers[at + 3][2:], 16))
            for at in steps
            if pointers[at] == "!"
        ]
        found[parts[0]] = (words, antonyms)
    return found


def common(folder: Path) -> set[tuple[str, str]]:
    """Word and offset of the senses that a word usually has."""
    kept = set()
    for line in (folder / "index.adj").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split()
        tagged = int(parts[5 + int(parts[3])])
        kept.update((parts[0], offset) for offset in parts[-int(parts[2]) :][: min(_SENSES, tagged)])
    return kept


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Each pair once, in alphabetical order."""
    every, kept = synsets(folder), common(folder)
    found = set()
    for offset, (words, antonyms) in every.items():
        for target, own, other in antonyms:
            one, two = words[own - 1], every[target][0][other - 1]
            if {(one, offset), (two, target)} & kept and "_" not in one + two:
                found.add((min(one, two), max(one, two)))
    yield from sorted(found)


def main() -> None:
    folder = Path(sys.argv[1])
    notice = (folder / "data.adj").read_text(encoding="utf-8").splitlines()[:29]
    lines = [
        "# Pairs of adjectives that are each other's direct antonyms, from WordNet 3.0 by docs/make_antonyms.py.",
        "#",
    ]
    lines += [f"# {line.strip()[2:].strip()}".rstrip() for line in notice]
    lines += ["", *(" ".join(pair) for pair in pairs(folder)), ""]
    TARGET.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
