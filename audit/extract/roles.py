"""What a text says that a person is: the jobs in front of a name, behind it, and after "is"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Token
from audit.extract.names import Run
from audit.extract.person_words import is_person_noun, is_title, words_of
from audit.extract.signoffs import breaks_before

_BINDING = frozenset({"of", "at", "with", "for", "from"})
_EMPTY = frozenset({"the", "also", "now", "then", "both"})  # at the beginning of a role
_LONGEST = 20  # tokens of a role phrase


@dataclass(frozen=True, slots=True)
class Role:
    """A phrase for what somebody is; token indices, both included. `noun` is the head noun's lemma."""

    first: int
    last: int
    noun: str
    text: str


def roles_at(annotated: Annotated, run: Run) -> Iterator[Role]:
    """The roles that stand with one mention of a name."""
    for role in (
        _in_front(annotated, run),
        _behind(annotated, run),
        _before_comma(annotated, run),
        _copula(annotated, run),
        _as(annotated, run),
    ):
        if role is not None:
            yield role


def _role(annotated: Annotated, first: int, last: int, noun: Token) -> Role:
    tokens = annotated.tokens
    while first < last and (not tokens[first].text[0].isalnum() or tokens[first].lower in _EMPTY):
        first += 1
    text = annotated.document.view[tokens[first].start : tokens[last].end]
    return Role(first, last, noun.lemma.casefold(), " ".join(text.split()))


def _in_front(annotated: Annotated, run: Run) -> Role | None:
    """ "climate scientist Ana Reyes", "FBI Director Ana Reyes"."""
    tokens = annotated.tokens
    if run.front:
        first, last = run.front[0].first, run.front[-1].last
        if first == last and is_title(tokens[first].text):
            return None  # a mere title
        return _role(annotated, first, last, tokens[last]) if _is_job(tokens[last]) else None
    at = run.first - 1
    if (
        at < 0
        or tokens[at].block != run.block
        or not is_person_noun(tokens[at].lemma)
        or tokens[at].tag not in ("NN", "NNP")
    ):
        return None
    first = at
    while first > 0 and _modifies(tokens[first - 1], run.block) and at - first < 8:
        first -= 1
    return _role(annotated, first, at, tokens[at])


def _is_job(token: Token) -> bool:
    return is_person_noun(token.text) or is_title(token.text)


def _modifies(token: Token, block: int) -> bool:
    return token.block == block and (
        token.pos in ("NOUN", "ADJ", "PROPN", "NUM")
        or token.tag in ("HYPH", "VBN", "VBG", "POS")
        or token.lower in ("vice",)
    )


def _behind(annotated: Annotated, run: Run) -> Role | None:
    """ "Ana Reyes, a senior lecturer at Salm University, ..."; also behind an age."""
    tokens = annotated.tokens
    at = run.last + 1
    if at < len(tokens) and breaks_before(annotated, tokens[at]):
        return phrase_at(annotated, at, run.block)
    if at >= len(tokens) or tokens[at].text not in (",", "(", "–", "—", "-", "|"):
        return None
    if tokens[at].text == "-" and tokens[at].start == tokens[at - 1].end:
        return None
    at += 1
    if at + 1 < len(tokens) and tokens[at].text.isdigit() and tokens[at + 1].text == ",":
        at += 2
    return phrase_at(annotated, at, run.block)


def phrase_at(annotated: Annotated, at: int, block: int) -> Role | None:
    """A noun phrase for a human being that begins here, with what hangs on it by "of", "at" and the like."""
    tokens = annotated.tokens
    noun = _head(annotated, at, block)
    if noun is None:
        return None
    end = noun.i
    while end + 1 < len(tokens) and end + 1 - at < _LONGEST and _goes_on(annotated, end + 1, block):
        end += 1
    while end > noun.i and not tokens[end].text[-1].isalnum():
        end -= 1
    while end > noun.i and tokens[end].pos in ("ADP", "DET", "CCONJ", "SCONJ"):
        end -= 1
    return _role(annotated, at, end, noun)


def _head(annotated: Annotated, at: int, block: int) -> Token | None:
    """The noun for a human being that a phrase beginning here has as its head."""
    tokens = annotated.tokens
    found = None
    for token in tokens[at : at + 8]:
        if token.block != block or (
            token.pos in ("VERB", "AUX", "ADP", "PUNCT", "PRON", "SCONJ", "CCONJ")
            and token.tag not in ("VBN", "VBG", "HYPH", "PRP$", "POS")
        ):
            break
        if token.pos in ("NOUN", "PROPN") and token.tag in ("NN", "NNP") and is_person_noun(token.lemma):
            found = token
        elif found is not None and token.pos in ("NOUN", "PROPN"):
            found = None  # "a student union"
    return found


def _goes_on(annotated: Annotated, at: int, block: int) -> bool:
    token = annotated.tokens[at]
    if token.block != block or token.text in (",", ".", ";", ":", "(", ")", "–", "—", "“", "”", '"'):
        return False
    if breaks_before(annotated, token):
        return False
    return token.pos not in ("VERB", "AUX", "PRON", "SCONJ") or token.tag in ("VBG", "VBN", "PRP$")


def _before_comma(annotated: Annotated, run: Run) -> Role | None:
    """ "The mayor of Salm, Ana Reyes, ..."."""
    tokens = annotated.tokens
    front = run.front[0].first if run.front else run.first
    if front < 2 or tokens[front - 1].text != "," or tokens[front - 1].block != run.block:
        return None
    behind = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
    if behind is None or behind.text not in (",", ".", ";", "”"):
        return None
    start = front - 2
    while start > 0 and front - start < _LONGEST and _goes_on(annotated, start - 1, run.block):
        start -= 1
    for at in range(start, front - 2):
        if tokens[at].tag in ("DT", "PRP$") or at == start:
            role = phrase_at(annotated, at, run.block)
            if role is not None and role.last == front - 2:
                return role
    return None


def _copula(annotated: Annotated, run: Run) -> Role | None:
    """ "Ana Reyes is a senior lecturer at Salm University."."""
    tokens = annotated.tokens
    at = run.last + 1
    if at + 1 >= len(tokens) or tokens[at].lower not in ("is", "was", "became", "serves", "worked", "works"):
        return None
    at += 1
    if tokens[at].lower == "as":
        at += 1
    return phrase_at(annotated, at, run.block) if at < len(tokens) and tokens[at].lower in ("a", "an", "the") else None


def _as(annotated: Annotated, run: Run) -> Role | None:
    """ "Ana Reyes took over as head teacher of Salm School"."""
    tokens = annotated.tokens
    verb = tokens[tokens[run.last].head]
    if tokens[run.last].dep not in ("nsubj", "nsubjpass") or verb.lemma not in _TAKING_OFFICE or verb.i < run.last:
        return None
    for token in tokens[verb.i + 1 : verb.i + 6]:
        if token.block != run.block or token.text in (",", "."):
            return None
        if token.lower == "as":
            return phrase_at(annotated, token.i + 1, run.block)
    return None


_TAKING_OFFICE = words_of("office_verbs")


def affiliations_of(annotated: Annotated, role: Role) -> list[str]:
    """The bodies that a role names: behind "of", "at" and the like, and in capitals in front of the noun."""
    found: list[str] = []
    tokens = annotated.tokens[role.first : role.last + 1]
    for at, token in enumerate(tokens):
        if token.lower in _BINDING and token.pos == "ADP" and (name := _capitals(annotated, tokens[at + 1 :])):
            found.append(name)
    front = []
    for token in tokens:
        if token.lemma.casefold() == role.noun or not token.text[:1].isupper():
            break
        if (
            token.ent in ("ORG", "GPE")
            and not is_title(token.text)
            and token.text.casefold() not in words_of("qualities")
        ):
            front.append(token)
    if front:
        view = annotated.document.view
        found.append(" ".join(view[front[0].start : front[-1].end].split()))
    return found


def _capitals(annotated: Annotated, tokens: list[Token]) -> str:
    """The name in capitals at the beginning of a stretch, its small words included."""
    at = 1 if tokens and tokens[0].lower == "the" else 0
    end = at
    for index in range(at, len(tokens)):
        token = tokens[index]
        if token.text[:1].isupper():
            end = index + 1
        elif token.lower not in ("of", "for", "the", "and", "&", "-") and token.tag not in ("HYPH", "POS"):
            break
    if end == at:
        return ""
    return " ".join(annotated.document.view[tokens[at].start : tokens[end - 1].end].split())


def human_nouns(annotated: Annotated) -> list[Token]:
    """The nouns for one human being, in order of the text."""
    return [token for token in annotated.tokens if token.tag == "NN" and is_person_noun(token.lemma)]


def role_heads(annotated: Annotated, nouns: Sequence[Token]) -> frozenset[str]:
    """Those nouns for human beings that the text introduces with "a": they have a bearer of their own."""
    introduced = set()
    for token in nouns:
        det = annotated.child(token, "det")
        if det is not None and det.lower in ("a", "an", "another", "one"):
            introduced.add(token.lemma.casefold())
    return frozenset(introduced)
