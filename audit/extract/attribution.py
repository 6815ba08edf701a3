"""Attribution: which cue and which speaker a pair of quotation marks belongs to.

In the order of trust: the cue beside the quotation ("...," said Ruth Lane), the cue that governs it in the parse (Lane
called it "a gamble"), a cue elsewhere in the same stretch, a colon behind a name, the owner of a noun ("his message:").
A quotation that stands by itself goes on from the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.cues import SAY, SPEECH_NOUNS, Cue, find_cues, verb_lemma
from audit.extract.marks import Pair
from audit.extract.people import People
from audit.extract.person_words import is_document_noun, is_group_noun, is_person_noun
from audit.extract.stretches import Stretch, ending
from audit.records import Speaker

How = Literal["beside", "governing", "near", "label", "noun", "carried"]

_CLOSING = (",", "?", "!", "—", "–", "-", "…", "...")
_MUTE_NAMES = frozenset({"DATE", "TIME", "EVENT", "FAC", "LAW", "LOC", "LANGUAGE", "MONEY", "PERCENT", "QUANTITY"})
_FINITE = ("VBD", "VBZ", "VBN", "VBP")
_NOBODY = frozenset({"nobody", "none", "no-one", "nothing", "there"})
_OPENERS = frozenset({"ADP", "SCONJ", "VERB", "AUX"})  # what ends a noun phrase
_DASHES = frozenset({"—", "–", "-", "--", "―"})
_COMMAS = frozenset({",", "—", "–", "-", "--"})
_NOUN_REACH, _COLON_REACH = 1, 8  # tokens from a noun for words to the words; more where they end in a colon
_MANY = 60  # nobody attributes more quotations than these in one sentence
_REACH = 40  # narration tokens between a cue that does not govern a quotation and the quotation


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of a quotation and, where it has one of its own, the cue."""

    speaker: Speaker
    cue: Cue | None
    how: How


@dataclass(frozen=True)
class Attributor:
    """Attributes the pairs of one stretch."""

    annotated: Annotated
    people: People
    narrated: Callable[[Token], bool]

    def attribute(self, stretch: Stretch) -> dict[Pair, Attribution]:
        """The pairs of a stretch with their attributions; those without one are left out."""
        pairs = stretch.pairs
        if not 0 < len(pairs) <= _MANY:
            return {}
        cues = find_cues(self.annotated, stretch.tokens, self.narrated)
        found: dict[Pair, Attribution] = {}
        for pair in pairs:
            for cue, how in self._candidates(stretch, pair, cues):
                speaker = self.speaker(cue, trusted=how == "beside")
                if speaker is not None:
                    found[pair] = Attribution(speaker, cue, how)
                    break
        return found

    def speaker(self, cue: Cue, trusted: bool = False) -> Speaker | None:
        """The speaker whom a cue names; None where that is nobody who could speak.

        Beside a quotation (`trusted`) the place in the sentence is proof enough that a noun speaks.
        """
        return self.named(cue.speaker, trusted) if cue.speaker is not None else None

    def named(self, head: Token, trusted: bool = False) -> Speaker | None:
        """The speaker whom a noun names; None where that is nobody who could speak."""
        if head.lower in _NOBODY:
            return None
        if self.people.person_at(head) is None:
            head = self._name_behind(head) or head
        if not (trusted or self.people.person_at(head) or (_can_speak(head) and not self._is_place(head))):
            return None
        return self.people.speaker_of(head)

    def _name_behind(self, head: Token) -> Token | None:
        """The name at the end of a role: "the vice president for news and talk Dana Ito"."""
        phrase = self.annotated.subtree(head)
        last = phrase[-1]
        if (
            head.pos == "PRON"
            or last.i == head.i
            or self.people.person_at(last) is None
            or not is_person_noun(head.lemma)
        ):
            return None
        return last if all(token.text not in (",", "(") for token in phrase) else None

    def _is_place(self, head: Token) -> bool:
        """Whether a name only says where: a dateline, or the state in "in Salem, New Hampshire, Lane said"."""
        if head.ent != "GPE":
            return False
        tokens = self.annotated.tokens
        first = self._first(head)
        behind = tokens[head.i + 1].text if head.i + 1 < len(tokens) else ""
        before = tokens[first - 1] if first and tokens[first - 1].block == head.block else None
        return behind in ("--", "—", "–") or (before is not None and before.text == "," and behind == ",")

    def _candidates(self, stretch: Stretch, pair: Pair, cues: Sequence[Cue]) -> Iterator[tuple[Cue, How]]:
        yield from ((cue, "near") for cue in self._announcing(stretch, pair, cues))
        beside = self._beside(stretch, pair, cues)
        if beside is not None:
            yield beside, "beside"
        yield from ((cue, "governing") for cue in self._governing(pair, cues))
        yield from ((cue, "near") for cue in self._near(stretch, pair, cues))
        for label in (self._label(stretch, pair), self._spoken_label(pair), self._signature(stretch, pair)):
            if label is not None:
                yield label, "label"
        noun = self._noun(stretch, pair)
        if noun is not None:
            yield noun, "noun"

    def _announcing(self, stretch: Stretch, pair: Pair, cues: Sequence[Cue]) -> list[Cue]:
        """The reporting verb of the clause in front of a colon: it has the first word on who speaks."""
        front = stretch.before(pair)
        if not front or front[-1].text != ":":
            return []
        said = [cue for cue in cues if front[0].i <= cue.token.i < front[-1].i and cue.kind == "say"]
        return said[-1:]

    # --- Beside --------------------------------------------------------------------------------------------------

    def _beside(self, stretch: Stretch, pair: Pair, cues: Sequence[Cue]) -> Cue | None:
        """The cue whose clause begins right behind the closing mark."""
        window = stretch.behind(pair)
        closed = ending(self.annotated, pair).endswith(_CLOSING) or bool(window and window[0].text == ",")
        while window and (window[0].text in _COMMAS or window[0].pos == "ADV"):
            window = window[1:]
        if not window or not (closed or stretch.items[0] is pair):
            return None
        inverted = self._inverted(window)
        if inverted is not None:
            return inverted
        last = window[-1].i
        for cue in cues:
            if cue.kind == "phrase" and cue.token.i == window[0].i:
                return cue
            if cue.speaker is None or not window[0].i <= cue.token.i <= last or cue.speaker.i > cue.token.i:
                continue
            own = cue.speaker.head == cue.token.i
            if own and closed and self._first(cue.speaker) <= window[0].i <= cue.speaker.i:
                return cue
        return self._subject_first(window) if closed else None

    def _first(self, head: Token) -> int:
        return min(token.i for token in self.annotated.subtree(head))

    def _inverted(self, window: Sequence[Token]) -> Cue | None:
        """ "said Ruth Lane": the parse may take the name for an object."""
        verb = window[0]
        lemma = verb_lemma(verb)
        if lemma not in SAY or verb.tag not in _FINITE or len(window) < 2:
            return None
        subject = self._person_in(window[1:]) or self.annotated.child(verb, "nsubj", "nsubjpass")
        if subject is None or subject.i < verb.i:
            subject = _head_of_phrase(window[1:])
        return Cue(verb, verb, verb, lemma, "say", subject) if subject is not None else None

    def _person_in(self, tokens: Sequence[Token]) -> Token | None:
        """The first name in the noun phrase that begins here, roles in front of it left out."""
        for token in tokens:
            if token.text in (",", ".", "(") or (token.pos in _OPENERS and token.tag != "VBN"):
                return None
            if self.people.person_at(token) is not None:
                return token
        return None

    def _subject_first(self, window: Sequence[Token]) -> Cue | None:
        """ "Lane (Dem.), who chairs the board, said" where the parse has lost the subject."""
        head = _head_of_phrase(window)
        if head is None:
            return None
        at = next((n for n, token in enumerate(window) if token.i == head.i), 0) + 1
        at = _behind_insertion(window, at, "(", ")")
        at = _behind_insertion(window, at, ",", ",")
        while at < len(window) and window[at].pos in ("ADV", "AUX"):
            at += 1
        if at < len(window) and verb_lemma(window[at]) in SAY and window[at].tag in _FINITE:
            verb = window[at]
            return Cue(verb, verb, verb, verb_lemma(verb), "say", self._person_in(window) or head)
        return None

    # --- By the parse --------------------------------------------------------------------------------------------

    def _governing(self, pair: Pair, cues: Sequence[Cue]) -> list[Cue]:
        """The cues above the quotation in the parse, those that report words before those that only think or act."""
        by_token = {cue.token.i: cue for cue in cues}
        inside = self.annotated.between(pair.start, pair.end)
        found: dict[int, Cue] = {}
        for token in inside:
            if pair.start <= self.annotated.tokens[token.head].start < pair.end or token.pos == "PUNCT":
                continue
            for above in self.annotated.ancestors(token):
                if above.i in by_token:
                    found.setdefault(above.i, by_token[above.i])
            break
        chain = list(found.values())
        chain = [cue for n, cue in enumerate(chain) if n == len(chain) - 1 or not self._is_doubtful(cue)]
        return [c for c in chain if c.kind in ("say", "call")] + [c for c in chain if c.kind in ("mind", "act")]

    def _is_doubtful(self, cue: Cue) -> bool:
        """Whether a thing is the subject only through another verb: "Lane said the plan was bad and called it"."""
        head = cue.speaker
        if head is None or head.head == cue.token.i or self.people.person_at(head) is not None:
            return False
        return head.lower in ("it", "this", "that", "there") or is_document_noun(head.lemma) or not _can_speak(head)

    # --- Nearby --------------------------------------------------------------------------------------------------

    def _near(self, stretch: Stretch, pair: Pair, cues: Sequence[Cue]) -> Iterator[Cue]:
        """The nearest cue in front, then a clause of attribution at the end, then "according to" anywhere."""
        front = [cue for cue in cues if cue.token.end <= pair.start and cue.kind in ("say", "call")]
        free = [cue for cue in front if cue.kind == "call" or self.annotated.child(cue.token, "dobj") is None]
        for cue in (free or front)[-1:]:
            if len(self.annotated.between(cue.token.end, pair.start)) <= _REACH:
                yield cue
        for cue in cues:
            if cue.token.start >= pair.end and cue.kind == "say" and self._closes(stretch, cue):
                yield cue
        yield from (cue for cue in cues if cue.kind == "phrase")

    def _closes(self, stretch: Stretch, cue: Cue) -> bool:
        """Whether ", Lane said." ends the stretch."""
        if cue.speaker is None:
            return False
        first = min(self._first(cue.speaker), cue.token.i)
        before = self.annotated.tokens[first - 1] if first else None
        return before is not None and before.text == "," and self.annotated.child(cue.token, "dobj") is None

    # --- Labels and nouns ----------------------------------------------------------------------------------------

    def _label(self, stretch: Stretch, pair: Pair) -> Cue | None:
        """ "Lane: "..." """
        tokens = [item for item in stretch.items[: stretch.items.index(pair)] if isinstance(item, Token)]
        colons = [n for n, token in enumerate(tokens) if token.text == ":"]
        if not colons or not 0 < colons[0] <= 6:
            return None
        head = _head_of_phrase(tokens[: colons[0]])
        if head is None or tokens[colons[0] - 1].i != head.i:
            return None
        colon = tokens[colons[0]]
        return Cue(colon, colon, colon, ":", "phrase", head)

    def _spoken_label(self, pair: Pair) -> Cue | None:
        """ "LANE: ..." inside the marks, where an article quotes a transcript."""
        opening = [
            token for token in self.annotated.between(pair.inner_start, pair.inner_end)[:6] if not token.is_space
        ]
        colon = next((n for n, token in enumerate(opening) if token.text == ":"), 0)
        if not colon or not all(token.text.isupper() or token.text == "." for token in opening[:colon]):
            return None
        name = opening[colon - 1]
        return Cue(opening[colon], opening[colon], opening[colon], ":", "phrase", name) if len(name.text) > 2 else None

    def _signature(self, stretch: Stretch, pair: Pair) -> Cue | None:
        """A name behind a dash at the end: "..." — Ruth Lane, mayor."""
        behind = stretch.behind(pair)
        if len(behind) < 2 or behind[0].text not in _DASHES or any(token.pos in ("VERB", "AUX") for token in behind):
            return None
        head = _head_of_phrase(behind[1:])
        if head is None or self.people.person_at(head) is None:
            return None
        return Cue(behind[0], behind[0], behind[0], "—", "phrase", head)

    def _noun(self, stretch: Stretch, pair: Pair) -> Cue | None:
        """ "his message: "...", "a statement from the ministry"."""
        for token in reversed(stretch.tokens):
            between = self.annotated.between(token.end, pair.start)
            reach = _COLON_REACH if between and between[-1].text == ":" else _NOUN_REACH
            if pair.start < token.end or len(between) > reach:
                continue
            if token.pos != "NOUN" or token.lemma_lower not in SPEECH_NOUNS:
                continue
            owner = self.annotated.child(token, "poss") or self._maker(token)
            if owner is not None and self.narrated(owner):
                return Cue(token, token, token, token.lemma_lower, "noun", owner)
        return None

    def _maker(self, noun: Token) -> Token | None:
        for child in self.annotated.children(noun):
            if child.dep == "prep" and child.lower in ("from", "by"):
                return self.annotated.child(child, "pobj")
        return None


def _head_of_phrase(tokens: Sequence[Token]) -> Token | None:
    """The last noun of the noun phrase that begins here, or of "the accused", "the two"; None where none does."""
    head: Token | None = None
    for at, token in enumerate(tokens):
        if token.pos in ("NOUN", "PROPN", "PRON"):
            head = token
        elif head is not None and token.pos != "PART":
            break
        elif not (token.pos in ("DET", "ADJ", "NUM", "PART") or token.tag in ("VBN", "VBG") or token.text == "-"):
            return tokens[at - 1] if at and tokens[0].pos == "DET" and tokens[at - 1].pos in ("ADJ", "NUM") else None
    return head


def _behind_insertion(tokens: Sequence[Token], at: int, opening: str, closing: str) -> int:
    """The index behind an insertion that begins here, or the same index where none does."""
    if at >= len(tokens) or tokens[at].text != opening:
        return at
    return next((n + 1 for n in range(at + 1, min(at + 25, len(tokens))) if tokens[n].text == closing), at)


def _can_speak(head: Token) -> bool:
    """Whether a noun names somebody, a body or a document that may say something: no "election", no "bridge"."""
    if head.pos in ("PRON", "ADJ", "NUM") or head.tag in ("NNS", "NNPS", "WP", "PRP$"):
        return True
    if is_person_noun(head.lemma) or is_group_noun(head.lemma) or is_document_noun(head.lemma):
        return True
    return (head.pos == "PROPN" or bool(head.ent)) and head.ent not in _MUTE_NAMES
