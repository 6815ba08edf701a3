"""What differs between a quotation and the words that it is aligned with, and what kind of words these are.

A similarity score cannot tell a dropped "not" from a dropped "um"; the class of the words that differ can.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.compare.align import Alignment, equal
from audit.compare.normalize import Word, is_content, stem
from audit.compare.wordlists import opposites, phrases_of, words_of
from audit.records import Place, WordChange
from audit.records.matches import ChangeClass

MATERIAL: tuple[ChangeClass, ...] = (
    "negation",
    "modal",
    "number",
    "name",
    "quantifier",
    "degree",
    "time",
    "condition",
    "concession",
    "content",
    "pronoun",
)
GRAVE: frozenset[ChangeClass] = frozenset({"negation", "modal", "number", "name"})

# Verb forms that only agree with another subject, and articles that only fit another sound.
_AGREEING = (
    frozenset({"is", "are", "am", "'s"}),
    frozenset({"was", "were"}),
    frozenset({"has", "have", "'s"}),
    frozenset({"do", "does"}),
    frozenset({"a", "an"}),
    frozenset({"this", "these"}),
    frozenset({"that", "those"}),
    frozenset({"who", "whom", "that", "which"}),
    frozenset({"done", "did"}),
    frozenset({"come", "came"}),
)
_AUXILIARY = frozenset(
    ["is", "are", "was", "were", "am", "be", "been", "being", "has", "have", "had", "'s", "'d", "do", "does", "did"]
)
_PERSONS = (
    frozenset(["i", "me", "my", "mine", "myself"]),
    frozenset(["we", "us", "our", "ours", "ourselves"]),
    frozenset(["you", "your", "yours", "yourself"]),
    frozenset(["he", "him", "his", "himself"]),
    frozenset(["she", "her", "hers", "herself"]),
    frozenset(["they", "them", "their", "theirs", "themselves"]),
)
_DENYING = frozenset({"not", "no", "never"})
_DOUBTING = frozenset({"hardly", "barely", "scarcely"})
_LIMITING: tuple[ChangeClass, ...] = ("negation", "modal", "number", "quantifier", "condition", "concession")
_LISTED: tuple[ChangeClass, ...] = ("negation", "modal", "quantifier", "degree", "time", "condition", "concession")


@dataclass(frozen=True)
class Hunk:
    """Neighbouring words that differ: indices into the quoted words and into the unit's words."""

    quoted: tuple[int, ...]
    said: tuple[int, ...]
    before: int | None  # the unit's word aligned just before
    after: int | None  # and just after


def hunks_of(alignment: Alignment, words: Sequence[Word]) -> list[Hunk]:
    """The stretches in which quotation and source differ, in order."""
    found: list[Hunk] = []
    quoted: list[int] = []
    said: list[int] = []
    before: int | None = None
    for q, s in alignment.pairs:
        if q is not None and s is not None and equal(words[q], alignment.unit.words[s]):
            if quoted or said:
                found.append(Hunk(tuple(quoted), tuple(said), before, s))
                quoted, said = [], []
            before = s
            continue
        if q is not None:
            quoted.append(q)
        if s is not None:
            said.append(s)
    if quoted or said:
        found.append(Hunk(tuple(quoted), tuple(said), before, None))
    return found


def classify(hunk: Hunk, words: Sequence[Word], source: Sequence[Word]) -> ChangeClass:
    """The class of one difference: the gravest kind of word that stands on one side only."""
    ours = [words[at] for at in hunk.quoted]
    theirs = [source[at] for at in hunk.said]
    if any(word.bracket for word in ours):
        return _bracket([word for word in ours if word.bracket], theirs)
    if "".join(word.norm for word in ours) == "".join(word.norm for word in theirs):
        return "spelling"
    if not ours and (_is_repeat(hunk, source) or _is_aside(hunk, source)):
        return "repeat"
    ours, theirs = _without_fillers(ours, added=not theirs), _without_fillers(theirs)
    if not ours and _is_restart(theirs, hunk, source):
        return "repeat"
    ours, theirs = _without_shared(ours, theirs)
    if not ours and not theirs:
        return "filler"
    if len(ours) == len(theirs) and all(_agree(a, b) for a, b in zip(ours, theirs, strict=True)):
        return "agreement"
    if not ours and _harmless_clause(hunk, theirs, source):
        return "ellipsis"
    return _gravest(ours, theirs)


def _bracket(ours: list[Word], theirs: list[Word]) -> ChangeClass:
    """A bracket may name what a pronoun meant; it may not deny, weaken or count."""
    for word in ours:
        kind = _listed(word)
        if kind in ("negation", "modal", "quantifier") and not any(_listed(other) == kind for other in theirs):
            return kind
    kept = [word for word in _without_fillers(theirs) if _listed(word) in ("negation", "modal", "condition")]
    if kept:
        return _listed(kept[0]) or "bracket"
    return "bracket"


def _is_repeat(hunk: Hunk, source: Sequence[Word]) -> bool:
    """Words that the speaker says twice ("some, um, some went") or breaks off and begins anew."""
    norms = [source[at].norm for at in hunk.said if source[at].norm not in words_of("filler")]
    if not norms:
        return False
    size = len(norms)
    ahead = [word.norm for word in source[hunk.after :][: size + 2]] if hunk.after is not None else []
    behind = [word.norm for word in source[: hunk.before + 1][-size - 2 :]] if hunk.before is not None else []
    return _contains(ahead, norms) or _contains(behind, norms)


def _is_restart(theirs: list[Word], hunk: Hunk, source: Sequence[Word]) -> bool:
    """A false start: "we, we was told", "It is, you know, it's a present"."""
    if not theirs or len(theirs) > 6:
        return False
    limits = [word for word in theirs if _listed(word) in _LIMITING]
    for where in (hunk.after, hunk.before):
        if where is None:
            continue
        near = source[where : where + 8] if where == hunk.after else source[max(0, where - 7) : where + 1]
        norms = [word.norm for word in near]
        if all(any(equal(word, other) or _agree(word, other) for other in near) for word in theirs):
            return True
        if not limits and theirs[0].norm in norms[:2] and len(theirs) <= 4:
            return True
    return False


def _is_aside(hunk: Hunk, source: Sequence[Word]) -> bool:
    """A correction of oneself between commas: ", in May I mean,"."""
    norms = [source[at].norm for at in hunk.said]
    return len(norms) <= 8 and _contains(norms, ["i", "mean"]) and _bounded(hunk, source)


def _harmless_clause(hunk: Hunk, theirs: list[Word], source: Sequence[Word]) -> bool:
    """An unmarked cut between commas, dashes or sentence ends that takes no limit, number or name with it."""
    if not _bounded(hunk, source):
        return False
    return not any(_listed(word) in _LIMITING or word.norm.startswith("#") for word in theirs)


def _bounded(hunk: Hunk, source: Sequence[Word]) -> bool:
    first = hunk.said[0]
    return source[first].after_break and hunk.after is not None and source[hunk.after].after_break


def _contains(words: list[str], run: list[str]) -> bool:
    return any(words[at : at + len(run)] == run for at in range(len(words) - len(run) + 1))


def _without_fillers(words: list[Word], *, added: bool = False) -> list[Word]:
    """The words that say something. A speaker's "just" may go; a quotation may not put one in (`added`)."""
    fillers = words_of("filler") - words_of("weakening filler") if added else words_of("filler")
    kept: list[Word] = []
    at = 0
    norms = [word.norm for word in words]
    while at < len(words):
        size = next((len(p) for p in phrases_of("filler phrase") if tuple(norms[at : at + len(p)]) == p), 0)
        if size:
            at += size
            continue
        if norms[at] not in fillers or _just_a_number(words, at):
            kept.append(words[at])
        at += 1
    return kept


def _just_a_number(words: list[Word], at: int) -> bool:
    """ "just three" limits; "it just works" does not."""
    return words[at].norm == "just" and at + 1 < len(words) and words[at + 1].norm.startswith("#")


def _without_shared(ours: list[Word], theirs: list[Word]) -> tuple[list[Word], list[Word]]:
    """Both sides without the words that they share, in whatever order."""
    left, right = list(ours), list(theirs)
    for word in ours:
        twin = next((other for other in right if equal(word, other)), None)
        if twin is not None and word.norm not in words_of("negation"):
            left.remove(word)
            right.remove(twin)
    for strength in (_DENYING, _DOUBTING):
        if any(word.norm in strength for word in left) and any(word.norm in strength for word in right):
            left, right = _drop_one(left, strength), _drop_one(right, strength)
    return left, right


def _drop_one(words: list[Word], strength: frozenset[str]) -> list[Word]:
    at = next(i for i, word in enumerate(words) if word.norm in strength)
    return words[:at] + words[at + 1 :]


def _agree(one: Word, other: Word) -> bool:
    a, b = one.norm, other.norm
    if a == b or any({a, b} <= forms for forms in _AGREEING):
        return True
    short, long = sorted((a, b), key=len)
    return is_content(short) and (long == short + "s" or long == short + "es" or long == short[:-1] + "ies")


def _gravest(ours: list[Word], theirs: list[Word]) -> ChangeClass:
    kinds = [kind for word in (*ours, *theirs) if (kind := _kind(word, bool(ours) and bool(theirs)))]
    if {word.norm for word in ours} and {word.norm for word in theirs}:
        if any({a.norm, b.norm} in opposites() for a in ours for b in theirs):
            kinds.append("content")
        kinds.append(_pronouns(ours, theirs))
        if _comparison(ours, theirs):
            kinds.append("degree")
    return next((kind for kind in MATERIAL if kind in kinds), "function")


def _comparison(ours: list[Word], theirs: list[Word]) -> bool:
    """ "poor" for "poorer": the same adjective at another height."""
    for a in ours:
        for b in theirs:
            short, long = sorted((a.norm, b.norm), key=len)
            if long in (short + "er", short + "est", short + "r", short + "st") and is_content(short):
                return True
    return False


def _pronouns(ours: list[Word], theirs: list[Word]) -> ChangeClass:
    """A pronoun that means somebody else; "it" for "this" means the same thing."""
    left = {n for n, forms in enumerate(_PERSONS) for word in ours if word.norm in forms}
    right = {n for n, forms in enumerate(_PERSONS) for word in theirs if word.norm in forms}
    return "pronoun" if left and right and not left & right else "function"


def _kind(word: Word, replaced: bool) -> ChangeClass | None:
    if word.norm.startswith("#"):
        return "number"
    listed = _listed(word)
    if listed is not None:
        return listed
    if word.norm in words_of("weakening filler"):
        return "degree"
    if word.norm in _AUXILIARY:
        return "time" if replaced else None
    if not is_content(word.norm):
        return None
    return "name" if word.capital else "content"


def _listed(word: Word) -> ChangeClass | None:
    return next((kind for kind in _LISTED if word.norm in words_of(kind)), None)


def changes_of(
    alignment: Alignment,
    words: Sequence[Word],
    quoted_place: Callable[[int, int], Place],
) -> list[WordChange]:
    """All differences of one alignment, with their places on both sides; `quoted_place` gives those of quoted words."""
    source = alignment.unit.words
    found = [
        _change(hunk, classify(hunk, words, source), alignment, quoted_place)
        for hunk in hunks_of(alignment, words)
        if hunk.quoted or hunk.said
    ]
    for q, s in alignment.pairs:
        if q is not None and s is not None and words[q].contracted != source[s].contracted and not words[q].bracket:
            hunk = Hunk((q,), (s,), s - 1 if s else None, s + 1)
            if equal(words[q], source[s]) and (words[q].norm == "not" or words[q].norm in _AUXILIARY | {"will"}):
                found.append(_change(hunk, "contraction", alignment, quoted_place))
    return found


def _change(
    hunk: Hunk, kind: ChangeClass, alignment: Alignment, quoted_place: Callable[[int, int], Place]
) -> WordChange:
    ours = quoted_place(hunk.quoted[0], hunk.quoted[-1]) if hunk.quoted else None
    theirs = alignment.unit.place(hunk.said[0], hunk.said[-1]) if hunk.said else None
    return WordChange(
        op="replace" if ours and theirs else "insert" if ours else "delete",
        quoted=ours.text if ours else "",
        said=theirs.text if theirs else "",
        quoted_place=ours,
        said_place=theirs,
        kind=kind,
    )


def same_stem(one: Word, other: Word) -> bool:
    """Whether two words look like forms of one word."""
    return stem(one.norm) == stem(other.norm)
