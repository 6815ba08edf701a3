"""Words in Latin letters with Cyrillic or Greek letters in them that look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from audit.extract.annotate import Annotated
from audit.records import MixedScript

# Letters that a reader cannot tell from Latin ones (Unicode Technical Standard 39 calls them confusables).
_CYRILLIC = str.maketrans("аеорсхуіјѕһԁԛԝАВЕКМНОРСТХУІЈЅԌ", "aeopcxyijshdqwABEKMHOPCTXYIJSG")
_GREEK = str.maketrans("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX")
_OTHER = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def find_mixed_scripts(annotated: Annotated) -> Iterator[MixedScript]:
    """The words of a document that hold look-alike letters beside at least two Latin ones, in order."""
    document = annotated.document
    if _OTHER.search(document.view) is None:
        return
    number = 0
    for block in document.blocks:
        for match in _WORD.finditer(document.view, block.start, block.end):
            found = _mixed(match.group())
            if found is None:
                continue
            number += 1
            script, letters, latin = found
            yield MixedScript(
                **document.place_fields(match.start(), match.end()),
                id=f"{document.key}.mixed.{number}",
                block=block.index,
                script=script,
                letters=letters,
                latin=latin,
            )


def _mixed(word: str) -> tuple[Literal["Cyrillic", "Greek"], tuple[str, ...], str] | None:
    """The script, the odd letters and the word in Latin letters; None where all is of a piece.

    A word with a letter that looks like no Latin one ("α-helix", "μg", "Ωm") is science, not a slip.
    """
    odd = _OTHER.findall(word)
    latin = [char for char in word if char.isascii() and char.isalpha()]
    if not odd or len(latin) < 2 or len(odd) > len(latin):
        return None
    cyrillic = all(ord(char) in _CYRILLIC for char in odd)
    if not cyrillic and not all(ord(char) in _GREEK for char in odd):
        return None
    table = _CYRILLIC if cyrillic else _GREEK
    return "Cyrillic" if cyrillic else "Greek", tuple(dict.fromkeys(odd)), word.translate(table)
