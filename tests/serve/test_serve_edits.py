"""Which words of an article are shown as edited."""

from __future__ import annotations

import time

import pytest

from audit.serve.edits import MAX_SHOWN, edited_paragraphs


def told(before: str, after: str) -> list[str]:
    signs = {"same": "{}", "out": "[-{}-]", "in": "[+{}+]"}
    return [
        "".join(signs[piece.kind].format(piece.words) for piece in line) for line in edited_paragraphs(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The weir holds.", "The weir holds.", []),
        ("The weir will hold.", "The weir may hold.", ["The weir [-will-][+may+] hold."]),
        ("One.\n\nTwo.\n", "One.\n\nTwo.\n\nThree.\n", ["[+Three.+]"]),
        ("One.\n\nTwo.\n\nThree.\n", "One.\n\nThree.\n", ["[-Two.-]"]),
        ("One.\r\nTwo.\r\n", "One.\nTwo.\n", []),
        ("One\u2028line.", "One\u2028word.", ["One\u2028[-line-][+word+]."]),
        ("One.\nTwo.", "Uno.\nDue.", ["[-One-][+Uno+].", "[-Two-][+Due+]."]),
        ("", "New.", ["[+New.+]"]),
    ],
)
def test_only_edited_paragraphs_are_shown(before: str, after: str, shown: list[str]) -> None:
    assert told(before, after) == shown


def test_both_versions_can_be_read_off() -> None:
    before, after = "The dam, built in 1911, leaks; it must go.", "The old dam leaks, and it should go soon."
    [pieces] = edited_paragraphs(before, after)
    assert "".join(piece.words for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.words for piece in pieces if piece.kind != "out") == after


def test_long_texts_do_not_keep_anybody_waiting() -> None:
    begun = time.monotonic()
    assert edited_paragraphs("x" * MAX_SHOWN, "y") == []
    edited_paragraphs("word " * 49_000, "other " * 40_000)
    assert time.monotonic() - begun < 5
