"""Parts of speech and lemmas, worked out once for each word with its tag instead of once for each token.

spaCy's attribute ruler and lemmatizer look at every token anew, although nearly all of their rules see one token alone:
its letters, its tag, its relation. Their answer for such a token is the same each time, so it is asked for once and
remembered. Texts in which a rule about several tokens may hold are given to spaCy's own components, and so is every
text where the ruler has a kind of rule that is not known here. The labels are the same to the letter in every case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("attribute_ruler", "lemmatizer")
_SEEN_BY_RULES = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})  # what a rule may look at
_MOST = 300_000  # labels that are remembered; beyond that all are forgotten

Condition = Mapping[str, Any]  # what a rule wants of one token
Word = tuple[int, int, int]  # letters, tag and relation, as numbers of spaCy's strings
Label = tuple[int, int, int, int]  # lemma, part of speech, tag and relation


class WordLabels:
    """Completes texts that spaCy has tagged and parsed."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        rules = _rules_of(nlp)
        self.left_out = COMPONENTS if rules is not None else ()  # the components whose work is done here
        self._of_several = [rule for rule in rules or () if len(rule) > 1]
        self._related = _Related(rule[0] for rule in rules or () if len(rule) == 1)
        self._known: dict[Word, Label] = {}
        self._lower: dict[int, str] = {}

    def complete(self, docs: Sequence[Doc]) -> None:
        """Give every token of these texts its part of speech and its lemma."""
        if not self.left_out:
            return
        quick = [
            (doc, words) for doc in docs if (words := self._words(doc)) and not self._by_rules_of_several(doc, words)
        ]
        keys = [(doc, words, list(map(self._key, words))) for doc, words in quick]
        if sum(len(words) for _, words in quick) + len(self._known) > _MOST:
            self._known.clear()
            self._lower.clear()
        self._learn({key: word for _, words, of_doc in keys for key, word in zip(of_doc, words, strict=True)})
        for doc, words, of_doc in keys:
            labels = [self._known[key] for key in of_doc]
            _set_labels(doc, [(*label[:3], label[3] or word[2]) for label, word in zip(labels, words, strict=True)])

    def _words(self, doc: Doc) -> list[Word]:
        from spacy.attrs import DEP, ORTH, TAG

        return list(map(tuple, doc.to_array([ORTH, TAG, DEP]).tolist()))

    def _key(self, word: Word) -> Word:
        """What the label of a word depends on: of most words their relation is nothing to the rules."""
        letters, tag, relation = word
        strings = self._nlp.vocab.strings
        matters = self._related.matters(self._lower[letters], strings[tag], strings[relation])
        return word if matters else (letters, tag, 0)

    def _by_rules_of_several(self, doc: Doc, words: Sequence[Word]) -> bool:
        """Whether a rule about several tokens may hold somewhere in a text, which the components then complete."""
        if not self._may_hold(words):
            return False
        self._by_components(doc)
        return True

    def _may_hold(self, words: Sequence[Word]) -> bool:
        lower, relations = self._read(words)
        present = (frozenset(lower), frozenset(relations))
        return any(
            _is_possible(rule, *present)
            and any(
                all(_may_match(token, lower[at + n], relations[at + n]) for n, token in enumerate(rule))
                for at in range(len(lower) - len(rule) + 1)
            )
            for rule in self._of_several
        )

    def _read(self, words: Sequence[Word]) -> tuple[list[str], list[str]]:
        """Words in small letters, and relations by name."""
        strings, lower = self._nlp.vocab.strings, self._lower
        for key in {letters for letters, _, _ in words if letters not in lower}:
            lower[key] = strings[key].lower()
        return [lower[letters] for letters, _, _ in words], [strings[relation] for _, _, relation in words]

    def _learn(self, words: Mapping[Word, Word]) -> None:
        """Ask the components about words by their keys: in one text, unless a rule holds by chance between them."""
        new = {key: word for key, word in words.items() if key not in self._known}
        together = [list(new.items())] if not self._may_hold(list(new.values())) else [[item] for item in new.items()]
        for items in together:
            if items:
                labels = _labels(self._by_components(self._text_of([word for _, word in items])))
                for (key, word), label in zip(items, labels, strict=True):
                    self._known[key] = label if label[3] != word[2] else (*label[:3], 0)

    def _text_of(self, words: Sequence[Word]) -> Doc:
        from spacy.tokens import Doc

        strings = self._nlp.vocab.strings
        letters, tags, relations = ([strings[key] for key in column] for column in zip(*words, strict=True))
        return Doc(self._nlp.vocab, words=letters, tags=tags, deps=relations, heads=list(range(len(words))))

    def _by_components(self, doc: Doc) -> Doc:
        for name in COMPONENTS:
            doc = self._nlp.get_pipe(name)(doc)
        return doc


class _Related:
    """For which words a rule about one token asks for the relation."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._words: set[str] = set()
        self._tags: set[str] = set()
        self._relations: set[str] = set()
        self._all = False
        for condition in conditions:
            if "DEP" in condition and not condition.get("IS_SPACE"):  # blanks are no words
                self._add(condition)

    def _add(self, condition: Condition) -> None:
        """Note the narrowest thing that the condition names."""
        for known, name in ((self._words, "LOWER"), (self._tags, "TAG"), (self._relations, "DEP")):
            named = _named(condition.get(name))
            if named is not None:
                known |= named
                return
        self._all = True

    def matters(self, lower: str, tag: str, relation: str) -> bool:
        return self._all or lower in self._words or tag in self._tags or relation in self._relations


def _rules_of(nlp: Language) -> list[list[Condition]] | None:
    """The conditions of every rule; None where they look at what is not known here."""
    pipes: dict[str, Any] = dict(nlp.pipeline)
    if not all(name in pipes for name in COMPONENTS):
        return None
    rules: list[list[Condition]] = [one for rule in pipes["attribute_ruler"].patterns for one in rule["patterns"]]
    if any(set(token) - _SEEN_BY_RULES for token in chain.from_iterable(rules)):
        return None
    return rules


def _labels(doc: Doc) -> list[Label]:
    from spacy.attrs import DEP, LEMMA, POS, TAG

    return list(map(tuple, doc.to_array([LEMMA, POS, TAG, DEP]).tolist()))


def _set_labels(doc: Doc, labels: Sequence[Label]) -> None:
    from spacy.attrs import DEP, LEMMA, POS, TAG

    attributes = [LEMMA, POS, TAG, DEP]
    table: Any = doc.to_array(attributes)
    table[:] = labels
    doc.from_array(attributes, table)


def _named(wanted: object) -> frozenset[str] | None:
    """The words that a condition names; None where it does not name them."""
    if isinstance(wanted, str):
        return frozenset({wanted})
    if isinstance(wanted, Mapping) and set(wanted) == {"IN"}:
        return frozenset(wanted["IN"])
    return None


def _is_possible(rule: Sequence[Condition], words: frozenset[str], relations: frozenset[str]) -> bool:
    """Whether a text has the words and relations that a rule names; a quick look before the places are tried."""
    for token in rule:
        wanted, relation = token.get("LOWER"), token.get("DEP")
        if isinstance(wanted, str) and wanted not in words:
            return False
        if isinstance(relation, str) and relation not in relations:
            return False
    return True


def _may_match(token: Condition, lower: str, relation: str) -> bool:
    """Whether a rule's condition may hold of a token; what is not understood may."""
    wanted, relations = token.get("LOWER"), token.get("DEP")
    if isinstance(relations, str) and relation != relations:
        return False
    if isinstance(wanted, Mapping) and set(wanted) == {"REGEX"}:
        return re.search(wanted["REGEX"], lower) is not None
    named = _named(wanted)
    return named is None or lower in named
