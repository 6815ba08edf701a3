"""Looks each quotation of an article up in what its speaker says in the sources, then in what everybody else says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from audit.compare.align import Index, Unit
from audit.compare.normalize import is_content
from audit.compare.occasion import elsewhere
from audit.compare.pieces import FOUND, Found, Piece, locate, pieces_of, total_score
from audit.compare.units import identity_of, surname, tags_of, units_of
from audit.compare.verdict import Judgement, judge, nearest
from audit.extract.pipeline import Prepared
from audit.records import Person, Profile, Quotation, QuoteMatch, SpeakerCoverage

REWORDED = 0.35  # below this nothing of the quotation is in the source
_OTHERS = 0.85  # how well words must fit another person's turn before they are called another person's
_FRAGMENT = 4  # fewer words than this must be found exactly
_ENOUGH_WORDS, _ENOUGH_CONTENT = 5, 3


@dataclass
class _Lookup:
    """What a run over one article needs at hand."""

    article: Prepared
    sources: Sequence[Prepared]
    identities: Mapping[str, str]
    profile: Profile
    index: Index
    tags: dict[str, dict[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.voices: dict[str, list[Unit]] = defaultdict(list)  # what each person says in the sources
        for unit in self.index.units:
            if unit.identity is not None:
                self.voices[unit.identity].append(unit)
        self.pronouns: dict[str, set[str]] = defaultdict(set)  # what the article calls each person
        for quotation in self.article.records.of(Quotation):
            identity = identity_of(quotation.speaker, self.identities)
            if identity is not None and (word := _pronoun_of(quotation)):
                self.pronouns[identity].add(word)
        self.tags = {source.records.document.key: tags_of(source) for source in self.sources}


def match_quotations(
    article: Prepared, sources: Sequence[Prepared], identities: Mapping[str, str], profile: Profile
) -> tuple[tuple[QuoteMatch, ...], tuple[SpeakerCoverage, ...]]:
    """What became of each quotation of the article, in its order, and how far each speaker could be checked.

    `identities` maps Person ids of all documents to one key for each human being. Nested quotations, titles and scare
    quotes are left out.
    """
    lookup = _Lookup(article, sources, identities, profile, Index.over(units_of(sources, identities)))
    matches: list[tuple[Quotation, QuoteMatch]] = []
    for quotation in article.records.of(Quotation):
        if quotation.form == "nested" or (quotation.dialogue and quotation.speaker is None):
            continue
        matches.append((quotation, _match(quotation, lookup)))
    return tuple(match for _, match in matches), _coverage(matches, lookup)


def _match(quotation: Quotation, lookup: _Lookup) -> QuoteMatch:
    pieces = pieces_of(lookup.article.records.document, quotation)
    if not lookup.sources:
        return _unchecked(quotation, "no source was supplied")
    if not pieces:
        return _unchecked(quotation, "there are no words in it")
    identity = identity_of(quotation.speaker, lookup.identities)
    if identity is None:
        return _match_anybody(quotation, pieces, lookup)
    fragment = quotation.form == "partial" and _size(pieces) < _FRAGMENT
    own = _judged(quotation, pieces, lookup, lambda unit: unit.identity == identity)
    if own.score >= FOUND and (not fragment or own.exact):
        return own.match(quotation, _complete(own, lookup))
    if _is_inferred(quotation):
        anybody = _judged(quotation, pieces, lookup, lambda unit: _may_be_meant(quotation, unit, lookup))
        if _is_enough(pieces) and anybody.score >= FOUND:
            return anybody.match(quotation, complete=False)
    others = _others(quotation, pieces, identity, lookup)
    if others is not None:
        return others
    loose = _judged(quotation, pieces, lookup, lambda unit: unit.form == "text")
    if _is_enough(pieces) and loose.score >= (0.8 if identity in lookup.voices else 0.75):
        return loose.match(quotation, complete=False)
    return _missing(quotation, pieces, identity, own, lookup)


def _is_inferred(quotation: Quotation) -> bool:
    """Whether the speaker follows from a pronoun or from the quotation before, so that it may be somebody else.

    Words that such a quotation shares with another person's turn show whom the pronoun means; they are no error.
    """
    speaker = quotation.speaker
    if speaker is None or speaker.mention is None:
        return False
    carried = quotation.sentence is not None and not quotation.sentence.covers(speaker.mention)
    return speaker.kind == "pronoun" or (carried and not quotation.cue)


def _pronoun_of(quotation: Quotation) -> str:
    speaker = quotation.speaker
    if speaker is None or speaker.kind != "pronoun" or speaker.mention is None:
        return ""
    return speaker.mention.text.lower()


def _may_be_meant(quotation: Quotation, unit: Unit, lookup: _Lookup) -> bool:
    """Whether the speaker of a unit may be the one meant: "she" is nobody whom the article calls "he" elsewhere."""
    if unit.interviewer or unit.form == "text":
        return False
    word, known = _pronoun_of(quotation), lookup.pronouns.get(unit.identity or "", set())
    return not word or not known or word in known


def _missing(
    quotation: Quotation, pieces: Sequence[Piece], identity: str, own: Judgement, lookup: _Lookup
) -> QuoteMatch:
    """The words are nobody's in the sources: what that means depends on what the sources could hold."""
    name = quotation.speaker.name if quotation.speaker is not None else ""
    if identity not in lookup.voices:
        return _unchecked(quotation, f"no supplied source holds words of {name}")
    place = elsewhere(quotation, lookup.article, lookup.sources)
    if place:
        return _unchecked(quotation, f"said elsewhere: {place}")
    if quotation.dialogue or _size(pieces) < _FRAGMENT or _content(pieces) < 2:
        return _unchecked(quotation, "too short to look up with any certainty")
    return QuoteMatch(
        quotation=quotation.id,
        verdict="reworded" if own.score >= REWORDED else "not-found",
        score=round(own.score, 3),
        turns=own.turns,
        passages=nearest(own.found),
        sentences=own.sentences,
        changes=own.changes if own.score >= REWORDED else (),
        complete_record=_speaks_in_complete_record(identity, lookup),
    )


def _match_anybody(quotation: Quotation, pieces: Sequence[Piece], lookup: _Lookup) -> QuoteMatch:
    """A quotation whose speaker the article leaves open: only words that are clearly in a source can be judged."""
    found = _judged(quotation, pieces, lookup, lambda unit: not unit.interviewer)
    if _is_enough(pieces) and found.score >= 0.8:
        return found.match(quotation, complete=False)
    return _unchecked(quotation, "the article does not make clear who says it")


def _judged(
    quotation: Quotation, pieces: Sequence[Piece], lookup: _Lookup, wanted: Callable[[Unit], bool]
) -> Judgement:
    found = locate(lookup.index, pieces, wanted)
    return judge(quotation, found, lookup.article, lookup.tags)


def _others(quotation: Quotation, pieces: Sequence[Piece], identity: str, lookup: _Lookup) -> QuoteMatch | None:
    """The match with somebody else's words, where the quotation clearly is somebody else's."""
    if not _is_enough(pieces):
        return None
    found = locate(
        lookup.index,
        pieces,
        lambda unit: unit.form != "text" and unit.identity != identity and unit.speaker is not None,
    )
    first = next((part.alignment for part in found if part.alignment is not None), None)
    if first is None or total_score(found) < _OTHERS or len({_voice(part) for part in found} - {""}) != 1:
        return None
    judgement = judge(quotation, found, lookup.article, lookup.tags)
    if _is_read_out(found) or (identity not in lookup.voices and _shares_surname(quotation, first.unit)):
        return judgement.match(quotation, complete=False)
    speaker = first.unit.speaker
    return QuoteMatch(
        quotation=quotation.id,
        verdict="other-speaker",
        score=round(total_score(found), 3),
        turns=judgement.turns,
        passages=judgement.passages,
        sentences=judgement.sentences,
        said_by=speaker.name if speaker is not None else "",
        said_by_interviewer=first.unit.interviewer,
    )


def _shares_surname(quotation: Quotation, unit: Unit) -> bool:
    """Whether a speaker found in no source has the surname of one who is: an initial or a title hid the identity."""
    if quotation.speaker is None or unit.speaker is None:
        return False
    return surname(quotation.speaker.name) == surname(unit.speaker.name) != ""


def _voice(part: Found) -> str:
    if part.alignment is None:
        return ""
    unit = part.alignment.unit
    return unit.identity or (unit.speaker.name if unit.speaker is not None else "")


def _is_read_out(found: Sequence[Found]) -> bool:
    """Whether somebody else says these words between quotation marks, as the words of another."""
    for part in found:
        if part.alignment is None:
            continue
        words, view = part.alignment.unit.words, part.alignment.unit.document.view
        start, end = words[part.alignment.first].start, words[part.alignment.last].end
        block = part.alignment.unit.document.block_at(start)
        before, behind = view[block.start : start], view[end : block.end]
        opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1 or before.rstrip().endswith("‘")
        if not (opened and ("”" in behind or '"' in behind or "’" in behind)):
            return False
    return True


def _size(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.words) for piece in pieces)


def _content(pieces: Sequence[Piece]) -> int:
    return sum(1 for piece in pieces for word in piece.words if is_content(word.norm))


def _is_enough(pieces: Sequence[Piece]) -> bool:
    content = _content(pieces)
    return (_size(pieces) >= _ENOUGH_WORDS and content >= 2) or content >= _ENOUGH_CONTENT


def _complete(own: Judgement, lookup: _Lookup) -> bool:
    return any(part.alignment.unit.document.meta.complete for part in own.found if part.alignment is not None)


def _speaks_in_complete_record(identity: str, lookup: _Lookup) -> bool:
    return any(unit.document.meta.complete for unit in lookup.voices.get(identity, ()))


def _unchecked(quotation: Quotation, reason: str) -> QuoteMatch:
    return QuoteMatch(quotation=quotation.id, verdict="unchecked", reason=reason)


def _coverage(matches: Sequence[tuple[Quotation, QuoteMatch]], lookup: _Lookup) -> tuple[SpeakerCoverage, ...]:
    rows: dict[str, list[tuple[Quotation, QuoteMatch]]] = defaultdict(list)
    for quotation, match in matches:
        rows[_speaker_key(quotation, lookup)].append((quotation, match))
    return tuple(_coverage_row(key, row, lookup) for key, row in rows.items())


def _speaker_key(quotation: Quotation, lookup: _Lookup) -> str:
    return identity_of(quotation.speaker, lookup.identities) or ""


def _coverage_row(key: str, row: Sequence[tuple[Quotation, QuoteMatch]], lookup: _Lookup) -> SpeakerCoverage:
    checked = [match for _, match in row if match.verdict != "unchecked"]
    reasons = dict.fromkeys(match.reason for _, match in row if match.verdict == "unchecked")
    paths = dict.fromkeys(unit.document.path for unit in lookup.voices.get(key, ()))
    return SpeakerCoverage(
        speaker=_display_name(key, row, lookup),
        quotations=len(row),
        checked=len(checked),
        sources=tuple(paths),
        reason="; ".join(reasons),
    )


def _display_name(key: str, row: Sequence[tuple[Quotation, QuoteMatch]], lookup: _Lookup) -> str:
    if not key:
        return "speaker not clear"
    people = {person.id: person.name for person in lookup.article.records.of(Person)}
    speakers = [quotation.speaker for quotation, _ in row if quotation.speaker is not None]
    names = [people.get(speaker.person or "", speaker.name) for speaker in speakers]
    return max(names, key=len, default=key)
