"""Runs of capitals that may be names of persons, and what speaks for it.

A run is cut where its parts show: titles in front ("Deputy Prime Minister Ana Reyes"), words for peoples, parties and
jobs ("Expert Reyes"), days behind ("Reyes Thursday"). Token indices are those of Annotated.tokens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from audit.extract.annotate import Annotated, Token
from audit.extract.person_words import fold, is_any_given_name, is_given_name, is_person_noun, is_title, words_of
from audit.extract.role_words import role_words
from audit.extract.signoffs import breaks_before, names_somebody
from audit.extract.spellings import is_near
from audit.loading.dates import MONTHS
from audit.loading.names import is_honorific
from audit.records import Block

PARTICLES = words_of("particles")
HEADING_KINDS = frozenset({"headline", "heading"})
_LONGEST_LINE = 30  # tokens of a line that may be like a heading
SILENT_KINDS = frozenset({"boilerplate"})
THINGS = frozenset(["ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"])


class Word(NamedTuple):
    """One word of a run: a token, or several that a hyphen joins ("Jean-Luc")."""

    first: int
    last: int
    text: str


class Piece(NamedTuple):
    """A word that a name may hold, and its first token."""

    word: Word
    token: Token
    apart: bool  # other words or signs stand between it and the piece before
    opened: bool  # behind the end of a sentence, where everything has a capital


@dataclass(frozen=True, slots=True)
class Run:
    """A possible name: its words without titles, the words in front that belong to it, and where it stands."""

    words: tuple[Word, ...]
    front: tuple[Word, ...]  # titles and jobs in front, capitals like the name itself
    block: int
    shouted: bool = False  # in a heading, where capitals say nothing

    @property
    def first(self) -> int:
        return self.words[0].first

    @property
    def last(self) -> int:
        return self.words[-1].last

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def key(self) -> tuple[str, ...]:
        """The folded words without suffixes such as "Jr."."""
        return tuple(fold(word.text) for word in self.words if not is_suffix(word.text))

    @property
    def titled(self) -> bool:
        """Whether a title or job in front says that a person follows; "Conservative" and "Major" may be adjectives.

        Two of them are an office where they are one together: "Chief Executive".
        """
        if " ".join(word.text.casefold() for word in self.front) in role_words("phrases"):
            return True
        return any(
            (is_title(word.text) or is_person_noun(word.text)) and word.text.casefold() not in words_of("adjectival")
            for word in self.front
        )


@lru_cache(maxsize=50_000)
def is_suffix(word: str) -> bool:
    """Whether a word stands behind a name without being part of the surname: "Jr.", "MP"."""
    return word.replace(".", "").casefold() in words_of("suffixes")


@dataclass(frozen=True, slots=True)
class Line:
    """A block as `find_runs` reads it; made once, since names are looked for twice."""

    block: Block
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    shouted: bool


def lines_of(annotated: Annotated) -> list[Line]:
    """The blocks of a document that may hold names."""
    return [_line(annotated, block, tokens) for block, tokens in annotated.by_block if block.kind not in SILENT_KINDS]


def _line(annotated: Annotated, block: Block, tokens: Sequence[Token]) -> Line:
    shouted = _capitals_say_nothing(block, tokens)
    if shouted and block.kind not in HEADING_KINDS and names_somebody(annotated, block):
        shouted = False
    return Line(block, tokens, list(_pieces(tokens)), shouted)


def find_runs(annotated: Annotated, lines: Sequence[Line]) -> list[list[Run]]:
    """The runs of capitals of each line of a document, in order."""
    return [_runs(annotated, line, ()) for line in lines]


def find_known_runs(
    annotated: Annotated, lines: Sequence[Line], runs: Sequence[list[Run]], known: Collection[str]
) -> list[Run]:
    """The runs of a document once some names are sure; `runs` are those that were found without them.

    `known` holds folded words of those names: such a word counts in a heading, in capitals, and where the tagger took
    it for something else.
    """
    found: list[Run] = []
    for line, before in zip(lines, runs, strict=True):
        found.extend(_runs(annotated, line, known) if known and _may_change(line, known) else before)
    return found


def _may_change(line: Line, known: Collection[str]) -> bool:
    """Whether known names can make a difference in a line: by a word of theirs, or by a noun that may be near one."""
    return any(fold(word.text) in known or (opened and token.tag == "NN") for word, token, _, opened in line.pieces)


def _runs(annotated: Annotated, line: Line, known: Collection[str]) -> list[Run]:
    runs: list[Run] = []
    for words in _sequences(annotated, line, known):
        if line.shouted:
            runs.extend(_known_parts(words, line.block.index, known))
        else:
            runs.extend(_cut(annotated, words, line.block.index, known))
    return runs


def _capitals_say_nothing(block: Block, tokens: Sequence[Token]) -> bool:
    """Whether a heading, or a line like one, capitalises its words, so that a capital is no sign of a name."""
    if len(tokens) > _LONGEST_LINE and block.kind not in HEADING_KINDS:
        return False
    words = [token for token in tokens if token.text[:1].isalpha() and len(token.text) > 3]
    heading = block.kind in HEADING_KINDS
    if not heading and len(words) < 4:
        return False
    return bool(words) and sum(token.text[:1].isupper() for token in words) >= (0.7 if heading else 0.9) * len(words)


# --- Reading runs -----------------------------------------------------------------------------------------------------


def _sequences(annotated: Annotated, line: Line, known: Collection[str]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word, token, apart, opened in line.pieces:
        if run and (apart or _apart(line.tokens, run[-1], token) or breaks_before(annotated, token)):
            yield _without_loose_particles(run)
            run = []
        named = _is_name_word(word, token, known, opened and not run, line.shouted) or _is_particle(word, run)
        if named or (opened and not run and _opens_saying(annotated, word, token, known)):
            run.append(word)
        elif run:
            yield _without_loose_particles(run)
            run = []
    if run:
        yield _without_loose_particles(run)


_OPENING = ".!?:“”\"‘'(["


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """The words of a line that a name may hold."""
    texts = [token.text for token in tokens]
    hyphenated = not _HYPHENS.isdisjoint(texts)
    at, behind, opened = 0, 0, True  # `behind`: where the next piece stands if nothing parts it from the one before
    while at < len(texts):
        text, token = texts[at], tokens[at]
        kind = _kind(text) if token.tag != "POS" else _OTHER
        end = at
        while hyphenated and kind != _OTHER and _hyphen_follows(tokens, end):
            end += 2
        if kind == _OTHER:
            opened = text in _OPENING or (opened and not text.isalnum())
        elif kind == _SMALL and end == at:
            opened = False  # nothing opens behind words in small letters
        else:
            word = Word(token.i, tokens[end].i, text if end == at else "".join(texts[at : end + 1]))
            yield Piece(word, token, at > behind, opened)
            behind, opened = end + 1, False
        at = end + 1


_HYPHENS = frozenset({"-", "‑", "‐"})
_OTHER, _SMALL, _NAMELIKE = range(3)


@lru_cache(maxsize=50_000)
def _kind(text: str) -> int:
    """No word; a word that can be no part of a name: no capital, no "van", no "al-Amin" left whole; or any other."""
    if not text[:1].isalpha():
        return _OTHER
    return _NAMELIKE if text[0].isupper() or text in PARTICLES or "-" in text else _SMALL


def _hyphen_follows(tokens: Sequence[Token], at: int) -> bool:
    if at + 2 >= len(tokens) or tokens[at + 1].text not in _HYPHENS:
        return False
    return tokens[at].end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start and (
        tokens[at + 2].text[:1].isalpha()
    )  # fmt: skip


def _apart(tokens: Sequence[Token], previous: Word, token: Token) -> bool:
    """Whether a sentence ends between two words: the parser split there and the first is no initial or title."""
    first = tokens[0].i
    before = tokens[previous.last - first]
    return before.sent != token.sent and not (len(previous.text.strip(".")) <= 2 or is_title(previous.text))


def _is_name_word(word: Word, token: Token, known: Collection[str], opened: bool, shouted: bool) -> bool:
    text = word.text
    piece = text.rsplit("-", 1)[-1]
    if not (text[:1].isupper() or (text.split("-")[0] in PARTICLES and piece[:1].isupper())):
        return False
    if "-" in text and is_person_noun(text):
        return True
    if opened and text.casefold() in words_of("openers"):
        return False
    if not piece[:1].isupper() and piece.endswith(_COMPOUND_ENDINGS):
        return False  # "Reyes-backed"; but "Kwok-hung" is a name
    if fold(text) in known:
        return not (opened and token.pos in ("AUX", "ADV", "PRON", "DET", "ADP", "SCONJ", "CCONJ"))
    if shouted:
        return token.ent == "PERSON" or is_title(text)
    if token.tag in ("NNP", "NNPS") or token.ent == "PERSON":
        return token.pos not in ("PRON", "DET") and text not in _NO_NAMES
    return not opened and token.tag in ("NN", "NNS", "JJ", "FW", "VBG", "VBN", "VB", "UH") and text not in _NO_NAMES


def _opens_saying(annotated: Annotated, word: Word, token: Token, known: Collection[str]) -> bool:
    """Whether a word that the tagger takes for no name is one, since only people say: "May said", "Web said".

    It opens a sentence right before the verb, and is a known name, or a bare noun that is nearly one.
    """
    behind = annotated.tokens[word.last + 1 : word.last + 2]
    if word.first != word.last or not word.text[:1].isupper() or not behind or behind[0].block != token.block:
        return False
    if behind[0].tag != "VBD" or behind[0].lemma not in _HUMAN:
        return False
    if token.pos == "AUX":
        return fold(word.text) in known
    return token.tag == "NN" and token.head == behind[0].i and any(is_near(word.text, name) for name in known)


_HUMAN = frozenset(["say", "tell", "ask", "reply", "joke", "recall", "insist", "laugh", "argue", "explain"])
_COMPOUND_ENDINGS = (
    "ed",
    "ing",
    "era",
    "style",
    "like",
    "led",
    "born",
    "run",
    "based",
    "wide",
    "elect",
    "made",
    "old",
    "free",
)
_NO_NAMES = frozenset(
    [
        "I",
        "A",
        "The",
        "But",
        "And",
        "He",
        "She",
        "They",
        "We",
        "It",
        "You",
        "Yes",
        "No",
        "Oh",
        "OK",
        "Okay",
        "One",
        "Two",
        "Three",
        "Q",
    ]
)


def _is_particle(word: Word, run: Sequence[Word]) -> bool:
    """ "van" inside a name, or in front of one; `_without_loose_particles` takes back what leads nowhere."""
    return word.text in PARTICLES and (bool(run) or word.text not in ("do", "y", "la", "le", "den", "ten", "st"))


def _without_loose_particles(run: list[Word]) -> list[Word]:
    words = list(run)
    while words and words[-1].text in PARTICLES:
        words.pop()
    return words


# --- Cutting a run down to the name -----------------------------------------------------------------------------------


def _cut(annotated: Annotated, words: Sequence[Word], block: int, known: Collection[str]) -> Iterator[Run]:
    """The names of a run of capitals; titles and jobs in front are kept apart."""
    words = _without_days(annotated, words)
    at = _front(annotated, words)
    name, front = list(words[at:]), list(words[:at])
    while name and name[0].text in PARTICLES and name[0].text not in _LEADING:
        name.pop(0)
    if name and not _nameless(name, front, known):
        yield Run(tuple(name), tuple(front), block)


_ADDRESSES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"])
_LEADING = frozenset(["van", "von", "de", "al", "el", "der", "di", "da", "bin", "abu"])  # "van der Berg said"


def _nameless(name: Sequence[Word], front: Sequence[Word], known: Collection[str]) -> bool:
    """Whether what is left is no name: particles, initials, a title ("Mr. President", "Vice President", "Senators")."""
    if all(word.text in PARTICLES or len(word.text.replace(".", "")) < 2 for word in name):
        return True
    last = name[-1].text
    if is_given_name(name[0].text) or (fold(last) in known and not front):
        return False
    if front and fold(front[-1].text) in _ADDRESSES:
        return fold(last) in words_of("offices")  # "Mr. King" is a name
    return is_title(last) or is_person_noun(last) or is_person_noun(last.removesuffix("s"))


def _without_days(annotated: Annotated, words: Sequence[Word]) -> list[Word]:
    kept = list(words)
    while len(kept) > 1 and fold(kept[0].text) in words_of("days"):
        kept.pop(0)
    while len(kept) > 1 and _is_day_behind(annotated, kept):
        kept.pop()
    return kept


def _is_day_behind(annotated: Annotated, words: Sequence[Word]) -> bool:
    """Whether a run ends in a day or month that is no surname: "Reyes Thursday", "Lisa May 12"; not "Lisa May"."""
    last = fold(words[-1].text)
    if last in MONTHS and len(words) == 2:
        behind = annotated.tokens[words[-1].last + 1 : words[-1].last + 2]
        if behind and behind[0].text[:1].isdigit():
            return True
        return not (last == "may" or fold(words[0].text) in _ADDRESSES or is_any_given_name(words[0].text))
    return last in words_of("days") and (len(words) > 2 or not is_given_name(words[0].text))


def _front(annotated: Annotated, words: Sequence[Word]) -> int:
    """How many words at the beginning are no part of the name."""
    front = 0
    named = bool(words) and is_given_name(words[0].text) and words[0].text.casefold() not in words_of("places")
    for at in range(len(words) - 1):
        # "Sarah Potter Jones" has no potter in front of her name; "Chelsea Manager John Potter" has a manager.
        if _belongs_in_front(annotated, words, at) and (at == 0 or not named or is_given_name(words[at + 1].text)):
            front = at + 1
    if front == 0 and len(words) > 2:
        front = _other_name_in_front(annotated, words)
    return front


def _belongs_in_front(annotated: Annotated, words: Sequence[Word], at: int) -> bool:
    text = words[at].text
    if is_honorific(text) and not is_given_name(text):
        return True
    if annotated.tokens[words[at].first].ent == "NORP" and at == 0:
        return True
    if not (is_title(text) or is_person_noun(text) or text.casefold() in words_of("qualities")):
        return False
    # "Dean Smith", "Don Reyes": a given name, unless a whole name follows.
    return not (is_given_name(text) and at == len(words) - 2)


def _other_name_in_front(annotated: Annotated, words: Sequence[Word]) -> int:
    """Words in front that the model takes for something else, with a whole person behind them."""
    labels = [annotated.tokens[word.first].ent for word in words]
    for at in range(1, len(words) - 1):
        if labels[at - 1] in THINGS and labels[at] == "PERSON" and annotated.tokens[words[at].first].ent_begins:
            return at
    return 0


def _known_parts(words: Sequence[Word], block: int, known: Collection[str]) -> Iterator[Run]:
    """In a heading: the stretches that consist of known words only, with a title in front."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and (fold(words[end].text) in known or (end > at and words[end].text in PARTICLES)):
            end += 1
        if end > at:
            before = words[at - 1 : at] if at and is_title(words[at - 1].text) else ()
            yield Run(tuple(words[at:end]), tuple(before), block, shouted=True)
        at = max(end, at + 1)
