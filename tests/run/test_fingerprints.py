"""Identity of findings: it survives edits elsewhere and changes with the quoted words."""

from __future__ import annotations

import pytest

from audit.fingerprint import fingerprints
from audit.records import Draft, Evidence, LineIndex, Place
from audit.records.sameness import normalized_words


def draft(*passages: str, rule: str = "quote-altered", path: str = "a.md", start: int = 0, message: str = "?") -> Draft:
    places = []
    for words in passages:
        line, column = LineIndex(words).position(0)
        places.append(
            Place(
                path=path,
                start=start,
                end=start + len(words),
                line=line,
                column=column,
                end_line=line,
                end_column=column + len(words),
                text=words,
            )
        )
    evidence = tuple(Evidence(place=place, label="words") for place in places)
    return Draft(
        rule=rule, severity="error", confidence="high", message=message, evidence=evidence, why=("so",), clear="x"
    )


def test_path_place_message_spacing_and_line_ends_do_not_count() -> None:
    one = fingerprints([draft("We will\nrebuild it,", "We may.")])
    assert one == fingerprints([draft("we  will\r\nrebuild it", "We may", path="b.md", start=90, message="other")])


@pytest.mark.parametrize(
    "other",
    [draft("We will rebuild it", "We might"), draft("We shall rebuild it", "We may"), draft("We will rebuild it")],
)
def test_words_of_either_side_count(other: Draft) -> None:
    assert fingerprints([draft("We will rebuild it", "We may")]) != fingerprints([other])


def test_rule_counts() -> None:
    assert fingerprints([draft("We will")]) != fingerprints([draft("We will", rule="certainty-raised")])


def test_the_same_words_twice_get_two_fingerprints_and_the_first_keeps_its_own() -> None:
    twice = fingerprints([draft("We will"), draft("We will", start=40)])
    assert len(set(twice)) == 2
    assert fingerprints([draft("We will")]) == twice[:1]


def test_composed_and_decomposed_letters_are_one() -> None:
    assert normalized_words("Ren\u00e9’s") == normalized_words("Rene\u0301's")


def test_marks_without_words_still_tell_apart() -> None:
    assert normalized_words("”") != normalized_words("…")
