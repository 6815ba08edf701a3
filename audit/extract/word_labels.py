"""Parts of speech and lemmas, worked out once for each word with its tag and relation instead of once for each token.

spaCy's attribute ruler and lemmatizer look at every token anew, although nearly all of their rules see one token alone:
its letters, its tag, its relation. Their answer for such a token is the same each time, so it is asked for once and
remembered. Texts in which a rule about several tokens may hold are given to spaCy's own components, and so is every
text where the ruler has a kind of rule that is not known here. The labels are the same to the letter in every case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("attribute_ruler", "lemmatizer")
_SEEN_BY_RULES = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})  # what a rule may look at
_MOST = 300_000  # labels that are remembered; beyond that all are forgotten

Word = tuple[int, int, int]  # letters, tag and relation, as numbers of spaCy's strings
Label = tuple[int, int, int, int]  # lemma, part of speech, tag and relation


class WordLabels:
    """Completes texts that spaCy has tagged and parsed."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._known: dict[Word, Label] = {}
        self._lower: dict[int, str] = {}
        self._rules = self._rules_of_several(nlp)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The components whose work is done here."""
        return COMPONENTS if self._rules is not None else ()

    def complete(self, doc: Doc) -> Doc:
        """Give every token its part of speech and its lemma."""
        if self._rules is None or not len(doc):
            return doc
        words = self._words(doc)
        if self._may_hold(self._rules, words):
            return self._by_components(doc)
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            self._learn(self._rules, new)
        _set_labels(doc, [self._known[word] for word in words])
        return doc

    def _words(self, doc: Doc) -> list[Word]:
        from spacy.attrs import DEP, ORTH, TAG

        return list(map(tuple, doc.to_array([ORTH, TAG, DEP]).tolist()))

    def _rules_of_several(self, nlp: Language) -> list[list[Mapping[str, Any]]] | None:
        """The patterns about several tokens; None where rules look at what is not known here."""
        pipes: dict[str, Any] = dict(nlp.pipeline)
        if not all(name in pipes for name in COMPONENTS):
            return None
        patterns = [pattern for rule in pipes["attribute_ruler"].patterns for pattern in rule["patterns"]]
        if any(set(token) - _SEEN_BY_RULES for token in chain.from_iterable(patterns)):
            return None
        return [pattern for pattern in patterns if len(pattern) > 1]

    def _may_hold(self, rules: Sequence[Sequence[Mapping[str, Any]]], words: Sequence[Word]) -> bool:
        """Whether a rule about several tokens may hold somewhere in a text."""
        lower, relations = self._read(words)
        present = (frozenset(lower), frozenset(relations))
        return any(
            _is_possible(rule, *present)
            and any(
                all(_may_match(token, lower[at + n], relations[at + n]) for n, token in enumerate(rule))
                for at in range(len(lower) - len(rule) + 1)
            )
            for rule in rules
        )

    def _read(self, words: Sequence[Word]) -> tuple[list[str], list[str]]:
        """Words in small letters, and relations by name."""
        strings, lower = self._nlp.vocab.strings, self._lower
        for key in {letters for letters, _, _ in words if letters not in lower}:
            lower[key] = strings[key].lower()
        return [lower[letters] for letters, _, _ in words], [strings[relation] for _, _, relation in words]

    def _learn(self, rules: Sequence[Sequence[Mapping[str, Any]]], new: Sequence[Word]) -> None:
        """Ask the components about words, all in one text where no rule holds by chance between them."""
        if len(self._known) + len(new) > _MOST:
            self._known.clear()
            self._lower.clear()
        doc = self._text_of(new)
        texts = [(doc, new)]
        if self._may_hold(rules, new):
            texts = [(self._text_of([word]), [word]) for word in new]
        for text, words in texts:
            self._known.update(zip(words, _labels(self._by_components(text)), strict=True))

    def _text_of(self, words: Sequence[Word]) -> Doc:
        from spacy.tokens import Doc

        strings = self._nlp.vocab.strings
        letters, tags, relations = ([strings[key] for key in column] for column in zip(*words, strict=True))
        return Doc(self._nlp.vocab, words=letters, tags=tags, deps=relations, heads=list(range(len(words))))

    def _by_components(self, doc: Doc) -> Doc:
        for name in COMPONENTS:
            doc = self._nlp.get_pipe(name)(doc)
        return doc


def _labels(doc: Doc) -> list[Label]:
    from spacy.attrs import DEP, LEMMA, POS, TAG

    return list(map(tuple, doc.to_array([LEMMA, POS, TAG, DEP]).tolist()))


def _set_labels(doc: Doc, labels: Sequence[Label]) -> None:
    from spacy.attrs import DEP, LEMMA, POS, TAG

    attributes = [LEMMA, POS, TAG, DEP]
    table: Any = doc.to_array(attributes)
    table[:] = labels
    doc.from_array(attributes, table)


def _is_possible(rule: Sequence[Mapping[str, Any]], words: frozenset[str], relations: frozenset[str]) -> bool:
    """Whether a text has the words and relations that a rule names; a quick look before the places are tried."""
    for token in rule:
        wanted, relation = token.get("LOWER"), token.get("DEP")
        if isinstance(wanted, str) and wanted not in words:
            return False
        if isinstance(relation, str) and relation not in relations:
            return False
    return True


def _may_match(token: Mapping[str, Any], lower: str, relation: str) -> bool:
    """Whether a rule's condition may hold of a token; what is not understood may."""
    wanted, relations = token.get("LOWER"), token.get("DEP")
    if isinstance(relations, str) and relation != relations:
        return False
    if isinstance(wanted, str):
        return lower == wanted
    if isinstance(wanted, Mapping) and set(wanted) == {"IN"}:
        return lower in wanted["IN"]
    if isinstance(wanted, Mapping) and set(wanted) == {"REGEX"}:
        return re.search(wanted["REGEX"], lower) is not None
    return True
