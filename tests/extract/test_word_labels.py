"""Labels that are remembered are the ones that spaCy's own components would give, to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.extract.annotate import _column, _load_model
from audit.extract.word_labels import COMPONENTS, WordLabels
from audit.loading import load_text

DEMO = Path(__file__).parents[2] / "fixtures"
OF_SEVERAL = [
    "There are two mills, and there's a third. It ain't much.",
    "Let's go. I'm gonna say you gotta see it. C'mon, y'all know that. Y' all do.",
    "Let us go; all of you got a mill there, and there it is.",
]
OF_ONE = ["She sang nothin', doin' well.", "I saw the saw. The meeting was meeting them.", "x", "—", "better best well"]


@pytest.fixture(scope="module")
def nlp() -> Any:
    return _load_model()


def texts() -> Iterator[str]:
    for path in sorted(DEMO.rglob("*.md"))[:60]:
        for document in load_text(path.read_text(encoding="utf-8"), path.name).documents:
            yield from (document.block_text(block) for block in document.blocks)


def test_the_model_has_rules_that_are_understood(nlp: Any) -> None:
    assert WordLabels(nlp).left_out == COMPONENTS


def test_labels_are_those_of_the_components(nlp: Any) -> None:
    labels = WordLabels(nlp)
    wanted = list(dict.fromkeys([*OF_SEVERAL, *OF_ONE, *filter(str.strip, texts()), *OF_SEVERAL]))
    assert len(wanted) > 200
    for some in (wanted[:50], wanted, wanted[::-1]):  # the second time everything is known
        docs = [nlp(text, disable=list(COMPONENTS)) for text in some]
        labels.complete(docs)
        for doc, text in zip(docs, some, strict=True):
            assert _column(doc) == _column(nlp(text)), text


def test_most_words_are_asked_for_once(nlp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = WordLabels(nlp)
    asked: list[int] = []
    original = WordLabels._by_components
    monkeypatch.setattr(WordLabels, "_by_components", lambda self, doc: asked.append(len(doc)) or original(self, doc))
    for _ in range(5):
        labels.complete([nlp("The council sold the old mill to the county.", disable=list(COMPONENTS))])
    assert sum(asked) <= 10


def test_a_rule_of_another_kind_leaves_the_work_to_spacy(nlp: Any) -> None:
    ruler = nlp.get_pipe("attribute_ruler")
    before = ruler.to_bytes()
    try:
        ruler.add([[{"SHAPE": "XX"}]], {"POS": "PROPN"})
        labels = WordLabels(nlp)
        assert labels.left_out == ()
        doc = nlp("He is in UK now.")
        labels.complete([doc])
        assert _column(doc) == _column(nlp("He is in UK now."))
    finally:
        ruler.from_bytes(before)
