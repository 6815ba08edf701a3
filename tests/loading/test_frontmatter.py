from __future__ import annotations

from datetime import date

import pytest

from audit.errors import CopydeskError
from audit.loading import load_text


def test_keys_are_read_and_offsets_stay_those_of_the_file() -> None:
    raw = (
        "---\r\ntitle: 'Quay: shut'\r\ndate: 2026-03-09\r\nsources: [talks/a.md, b.vtt]\r\ncomplete: true\r\n"
        "lang: en\r\nauthors:\r\n- Ana Reyes\r\n- Bo Lund\r\nlayout: post\r\n---\r\n\r\nThe quay is shut.\r\n"
    )
    document = load_text(raw, "a.md").documents[0]
    assert document.meta.title == "Quay: shut"
    assert document.meta.date == date(2026, 3, 9)
    assert document.meta.sources == ("talks/a.md", "b.vtt")
    assert document.meta.complete
    assert document.meta.language == "en"
    assert document.meta.byline == "Ana Reyes, Bo Lund"
    assert document.view == "The quay is shut."
    assert document.place(4, 8).start == raw.index("quay is")


def test_aliases_are_refused_with_their_line() -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\nText."
    with pytest.raises(CopydeskError, match="alias") as caught:
        load_text(bomb, "a.md")
    assert caught.value.diagnostic.line == 3


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(CopydeskError, match="nested"):
        load_text(f"---\na: {'[' * 60}{']' * 60}\n---\nText.", "a.md")


def test_a_head_that_is_no_yaml_is_passed_over_with_a_notice() -> None:
    loaded = load_text("---\ntitle: Quay: shut\n---\n\nThe quay is shut.", "a.md")
    assert [notice.code for notice in loaded.notices] == ["front-matter"]
    assert not loaded.notices[0].fatal
    assert loaded.notices[0].line == 2
    assert loaded.documents[0].view == "The quay is shut."


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    document = load_text("---\n\nThe quay is shut.\n\n---\n\nIt stays shut.", "a.md").documents[0]
    assert [document.block_text(block) for block in document.blocks] == ["The quay is shut.", "It stays shut."]


@pytest.mark.parametrize("value", ["yes please", "'true'", "1"])
def test_only_true_declares_a_source_complete(value: str) -> None:
    assert not load_text(f"---\ncomplete: {value}\n---\nText here.", "a.md", "source").documents[0].meta.complete
