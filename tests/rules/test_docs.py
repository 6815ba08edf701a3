"""How docstrings of rules are read."""

from __future__ import annotations

import pytest
from audit.rules.docs import read_doc, wrapped

DOC = """A pot without a lid.

    Fires where a pot is named and no lid is, in
    the same paragraph.

    Source: kitchens.

    Fails:
        article: The pot stood open.
            A second paragraph that is long
                and goes on here.
        source: COOK: It did.
            Q: Did it?
        source: MAID: No.

        article: Another pot.

    Passes:
        article:
            # Lid found

            The pot had a lid.
    """


def test_parts() -> None:
    doc = read_doc(DOC)
    assert doc.summary == "A pot without a lid."
    assert doc.prose == ("Fires where a pot is named and no lid is, in the same paragraph.", "Source: kitchens.")
    first, second = doc.fails
    assert first.article == "The pot stood open.\n\nA second paragraph that is long and goes on here.\n"
    assert first.sources == ("COOK: It did.\n\nQ: Did it?\n", "MAID: No.\n")
    assert (second.article, second.sources) == ("Another pot.\n", ())
    assert [example.article for example in doc.passes] == ["# Lid found\n\nThe pot had a lid.\n"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("Passes:", "Succeeds:", "Succeeds"),
        ("        source: MAID", "        witness: MAID", "witness: MAID: No."),
        ("Passes:\n        article:\n", "Passes:\n        source:\n", "begins with `article:`"),
        ("A pot without a lid.\n", "A pot without a lid\n    or with one.\n", "one line"),
    ],
)
def test_mistakes_are_named(old: str, new: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_doc(DOC.replace(old, new))


def test_both_kinds_of_example_are_needed() -> None:
    with pytest.raises(ValueError, match="under `Passes:`"):
        read_doc(DOC[: DOC.index("    Passes:")])


def test_terminal_text_keeps_to_its_width() -> None:
    text = wrapped(DOC, 40)
    assert max(len(line) for line in text.splitlines()) <= 40
    assert "Fires where a pot is named and no lid\nis, in the same paragraph." in text
    assert "    article: The pot stood open.\n        A second paragraph that is long\n" in text
