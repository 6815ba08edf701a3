from __future__ import annotations

import pytest

from audit.loading import load_text
from audit.records import Document


def read(raw: str) -> Document:
    return load_text(raw, "a.md").documents[0]


@pytest.mark.parametrize(
    ("raw", "view"),
    [
        ("The *old* quay and the **new** one", "The old quay and the new one"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ('a [link](http://x.y/a_(b) "title") here', "a link here"),
        ("a [link][ref] and [ref]\n\n[ref]: http://x.y", "a link and ref"),
        ("well [laughter] yes", "well [laughter] yes"),
        ("an ![image](x.png) gone", "an  gone"),
        ("a footnote[^1] here", "a footnote here"),
        ("`code *stays*` here", "code *stays* here"),
        ("Tom &amp; Ann &#8212; here", "Tom & Ann — here"),
        (r"5 \* 3 and \_x\_", "5 * 3 and _x_"),
        ("see <b>bold</b> and <!-- not --> this", "see bold and  this"),
        ("see {{ page.title }} and {% tag %} this", "see  and  this"),
        ("a <https://x.y/z> link", "a https://x.y/z link"),
        ("***both*** and **bold *inner* bold**", "both and bold inner bold"),
        ("~~gone~~ not", "gone not"),
        ("open * star and ** two", "open * star and ** two"),
    ],
)
def test_inline_markup_is_stripped_and_nothing_else(raw: str, view: str) -> None:
    assert read(raw).view == view


def test_places_are_those_of_the_file() -> None:
    raw = "# The *Quay*\n\n> “We **wait**,” [Ana](http://x.y) said &mdash; 🚢 today.\n\n- one\n- two *items*\n"
    document = read(raw)
    for word in ("Quay", "wait", "Ana", "said", "🚢", "today.", "one", "items"):
        at = document.view.index(word)
        assert document.place(at, at + len(word)).text == word
    dash = document.view.index("—")
    assert document.place(dash, dash + 1).text == "&mdash;"
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("headline", 1),
        ("blockquote", 1),
        ("list_item", 1),
        ("list_item", 1),
    ]


def test_tables_are_rows_of_cells() -> None:
    raw = "Lead text for the table.\n\n| City | Rain |\n|---|---|\n| **Oslo** | 12\\|13 mm |\n"
    document = read(raw)
    rows = [document.block_text(block) for block in document.blocks if block.kind == "table_row"]
    assert rows == ["City | Rain", "Oslo | 12|13 mm"]
    at = document.view.index("mm")
    assert document.place(at, at + 2).start == raw.index("mm")


def test_code_with_a_language_is_no_prose_and_html_is_read() -> None:
    raw = "Some text here.\n\n```python\nprint('x')\n```\n\n"
    raw += "<figure>\n<figcaption>The quay &amp; sea</figcaption>\n</figure>\n"
    document = read(raw)
    assert [document.block_text(block) for block in document.blocks] == ["Some text here.", "The quay & sea"]
    assert document.blocks[1].kind == "caption"


def test_markdown_that_is_shown_as_code_is_no_prose() -> None:
    document = read('Some text here.\n\n    ```json\n    {"name": "Ana Reyes}\n    ```\n\nMore text.\n')
    assert [document.block_text(block) for block in document.blocks] == ["Some text here.", "More text."]


def test_code_in_a_list_is_no_prose() -> None:
    raw = 'Some text here.\n\n- Run it:\n\n  ```\n  say "now\n  ```\n\n- Stop.\n'
    document = read(raw)
    assert [document.block_text(block) for block in document.blocks] == ["Some text here.", "Run it:", "Stop."]


def test_head_of_an_article() -> None:
    raw = (
        "# Quay shut\n\n*A storm took the last pile*\n\n**By Ana Reyes, harbour editor**\n\n"
        "HAVEN, 3 March 2026 — The quay is shut.\n\n## What now?\n\nNobody knows.\n"
    )
    document = read(raw)
    assert [block.kind for block in document.blocks] == [
        "headline",
        "dek",
        "byline",
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert document.meta.place == "HAVEN"
    assert str(document.meta.date) == "2026-03-03"
    assert document.meta.dek == "A storm took the last pile"
    assert document.meta.byline == "By Ana Reyes, harbour editor"


@pytest.mark.parametrize("unit", ["*a ", "**a ", "_a ", "[", "[a](", "![", "`a ``", "<a ", "<!--", "&a", "{{", "*_"])
def test_hostile_markup_is_read_in_time(unit: str) -> None:
    raw = unit * 20_000
    document = read(raw)
    assert len(document.starts) == len(document.view)


def test_a_section_heading_is_no_headline_where_the_front_matter_has_one() -> None:
    raw = "---\ntitle: The quay\n---\n\nIt rained.\n\n## What it costs\n\nNobody knows.\n"
    assert [block.kind for block in read(raw).blocks] == ["paragraph", "heading", "paragraph"]
    raw = raw.replace("## What it costs", "## The Quay")
    assert [block.kind for block in read(raw).blocks] == ["paragraph", "headline", "paragraph"]
