"""Indirect speech: what somebody is reported to say, think or side with, outside quotation marks.

Four shapes: a clause that a cue governs ("Lane said the bridge was safe", "the bridge is safe, Lane said"), what goes
with a phrase ("according to Lane"), the object of a cue ("called for a boycott", "denied the charge"), and a side that
is taken ("backs the plan"). In the last the statement stands on the verb as well, since the verb is the position.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audit.extract.annotate import Annotated, Token
from audit.extract.attribution import Attributor
from audit.extract.cues import Cue, find_cues, kind_of, verb_lemma
from audit.extract.lexicon import sections_of
from audit.extract.marks import PROSE, Pair
from audit.extract.people import People
from audit.extract.person_words import is_person_noun
from audit.extract.quotations import outside
from audit.extract.stretches import Stretch, cut
from audit.records import Block, Quotation, ReportedStatement, Speaker

_OWN_VOICE = frozenset({"i", "we", "you", "one"})
_SAID = frozenset({"PUNCT", "SPACE"})
_OBJECTS = ("dobj", "dative", "prep", "oprd", "attr")
_ABOUT = frozenset({"for", "against", "about"})  # "called for", "warned against"
_CLAIMING = sections_of("audit.extract", "attribution.txt")["claiming"]
_WANTING = sections_of("audit.extract", "attribution.txt")["wanting"]
_AGAINST = frozenset({"while", "whereas", "although", "though"})
_SUPPOSING = frozenset({"if", "unless", "whether"})
_NOT_SAID = frozenset({"begin", "continue", "start"})  # what follows them is done, not said
_Span = tuple[Token, Token]


def find_statements(annotated: Annotated, people: People, quotations: Sequence[Quotation]) -> list[ReportedStatement]:
    """The reported statements of a document, in order of their places."""
    pairs: dict[int, list[Pair]] = {}
    for pair in annotated.marks.pairs:
        if pair.depth == 0:
            pairs.setdefault(pair.block, []).append(pair)
    reader = _Reader(annotated, people)
    for block in annotated.document.blocks:
        if block.kind in PROSE:
            reader.read(block, pairs.get(block.index, []))
    return reader.statements()


class _Reader:
    """Gathers the statements of one document."""

    def __init__(self, annotated: Annotated, people: People) -> None:
        self.annotated = annotated
        self.people = people
        self.found: dict[tuple[int, int], tuple[Cue, Speaker, Stretch]] = {}

    def read(self, block: Block, pairs: Sequence[Pair]) -> None:
        """Add the statements of one block."""
        narrated = outside(pairs)

        def quoted(token: Token) -> bool:
            return not narrated(token)

        attributor = Attributor(self.annotated, self.people, narrated)
        for stretch in cut(self.annotated, block.start, block.end, pairs):
            for cue in find_cues(self.annotated, stretch.tokens, narrated):
                span = self._reported(cue, stretch, quoted)
                if span is None or cue.speaker is None or cue.speaker.lower in _OWN_VOICE:
                    continue
                speaker = attributor.speaker(cue)
                if speaker is not None:
                    place = _with_marks(span[0].start, span[1].end, pairs)
                    self.found.setdefault(place, (cue, speaker, stretch))

    def statements(self) -> list[ReportedStatement]:
        """All of them as records, in order of their places."""
        document = self.annotated.document
        return [
            ReportedStatement(
                **document.place_fields(start, end),
                id=f"{document.key}.statement.{number}",
                block=stretch.block,
                speaker=speaker,
                cue=cue.lemma,
                cue_place=self.annotated.place(cue.first, cue.last),
                sentence=document.place(*stretch.extent()),
            )
            for number, ((start, end), (cue, speaker, stretch)) in enumerate(sorted(self.found.items()), start=1)
        ]

    # --- The reported words --------------------------------------------------------------------------------------

    def _reported(self, cue: Cue, stretch: Stretch, quoted: Callable[[Token], bool]) -> _Span | None:
        if cue.kind == "phrase":
            return self._beside_phrase(cue, stretch, quoted)
        if any(kid.dep == "mark" and kid.lower in _SUPPOSING for kid in self.annotated.children(cue.token)):
            return None
        negated = self.annotated.child(cue.token, "neg")
        span = self._clause(cue, quoted)
        if cue.kind == "act" or negated is not None:
            return self._from_verb(cue, stretch, quoted)
        if span is None and cue.kind == "mind":
            return self._from_verb(cue, stretch, quoted)
        return span or self._object(cue, quoted)

    def _clause(self, cue: Cue, quoted: Callable[[Token], bool]) -> _Span | None:
        """The clause that the cue governs, in front of it or behind."""
        if cue.lemma in _NOT_SAID:
            return None
        for child in self.annotated.children(cue.token):
            if child.dep in ("ccomp", "xcomp") and child.i != cue.token.i:
                span = self._trimmed(self._own_words(child), quoted)
                if span is not None:
                    return span
        return None

    def _own_words(self, clause: Token) -> list[Token]:
        """A clause without what a second speaker is set against it with: ", while Berg warned that ..."."""
        words = self.annotated.subtree(clause)
        for kid in self.annotated.children(clause):
            mark = self.annotated.child(kid, "mark")
            subject = self.annotated.child(kid, "nsubj")
            if (
                kid.i > clause.i
                and mark is not None
                and mark.lower in _AGAINST
                and subject
                and kind_of(verb_lemma(kid))
            ):
                return [token for token in words if token.i < mark.i]
        return words

    def _object(self, cue: Cue, quoted: Callable[[Token], bool]) -> _Span | None:
        for child in self.annotated.children(cue.token):
            claimed = child.dep == "dobj" and cue.lemma in _CLAIMING and not self._is_somebody(child)
            if claimed or (child.dep == "prep" and child.lower in _ABOUT and cue.lemma in _WANTING):
                return self._trimmed(self.annotated.subtree(child), quoted)
        return None

    def _is_somebody(self, noun: Token) -> bool:
        return noun.pos == "PRON" or self.people.person_at(noun) is not None or is_person_noun(noun.lemma)

    def _from_verb(self, cue: Cue, stretch: Stretch, quoted: Callable[[Token], bool]) -> _Span | None:
        """From the verb with its auxiliaries and negation to the end of its clause."""
        kids = self.annotated.children(cue.token)
        objects = [kid for kid in kids if kid.i > cue.token.i and kid.dep in (*_OBJECTS, "ccomp", "xcomp")]
        if not objects:
            return None
        first = min([kid.i for kid in kids if kid.dep in ("aux", "neg") and kid.i < cue.token.i] + [cue.token.i])
        behind = [token for kid in objects for token in self.annotated.subtree(kid)]
        return self._trimmed([*self.annotated.tokens[first : cue.token.i + 1], *behind], quoted)

    def _beside_phrase(self, cue: Cue, stretch: Stretch, quoted: Callable[[Token], bool]) -> _Span | None:
        """What stands in the stretch beside "according to Lane"."""
        assert cue.speaker is not None
        inside = {token.i for token in self.annotated.subtree(cue.speaker)} | {cue.first.i, cue.last.i}
        start, end = stretch.extent()
        tokens = self.annotated.between(start, end)
        front = [token for token in tokens if token.i < cue.first.i]
        behind = [token for token in tokens if token.i > max(inside)]
        return self._trimmed(max(front, behind, key=len), quoted)

    def _trimmed(self, tokens: Sequence[Token], quoted: Callable[[Token], bool]) -> _Span | None:
        """The first and last word; None where all the words are quoted ones."""
        words = [token for token in tokens if token.pos not in _SAID]
        if not words or all(quoted(token) for token in words):
            return None
        return words[0], words[-1]


def _with_marks(start: int, end: int, pairs: Sequence[Pair]) -> tuple[int, int]:
    """The same stretch with the marks of quotations that it begins or ends inside of."""
    for pair in pairs:
        if pair.inner_start <= end <= pair.end:
            end = pair.end
        if pair.start <= start <= pair.inner_start:
            start = pair.start
    return start, end
