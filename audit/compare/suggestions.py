"""What the article tells as fact and the sources only hold as a suggestion: a question, an accusation, hearsay.

A sentence of narration counts when the passage of the sources that it is closest to is such a suggestion, when the one
it was put to says no (or, where it was put as a suggestion outright, does not say yes), and when nobody else in any
source says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.compare.statements import match_statements
from audit.extract.topics import concepts
from audit.records import DocumentRecords, Statement, StatementMatch, SuggestionMatch

_LEAST_CLOSENESS = 0.55
_LEAST_CLOSENESS_OF_MANY = 0.42  # where so much is shared, and so rare, that no other matter has it
_MANY_SHARED, _MUCH = 5, 2.5
_LEAST_MASS = 1.9
_LEAST_SHARED = 3
_LEAST_OF_SUGGESTION = 0.65  # of its topic that the article has to hold: its core and not what it takes for granted
_SUPPORT = 0.6  # share of what article and suggestion have in common that makes another passage a support
_UNAFFIRMED = ("no", "evasive")
_ANSWER = 2  # sentences of the next turn that can say yes or no
_BEHIND = 2  # sentences behind hearsay that can deny it


@dataclass(frozen=True)
class _Suggestion:
    """A suggestion in a source, and who denies it where."""

    form: Literal["asked", "put", "hearsay"]
    answer: Statement | None


def match_suggestions(
    article: DocumentRecords, sources: Sequence[DocumentRecords], identities: Mapping[str, str]
) -> list[SuggestionMatch]:
    """The sentences of the article's narration that only a suggestion stands behind, in order."""
    suggested = {id: s for records in sources for id, s in _suggestions(records)}
    if not suggested:
        return []
    statements = {s.id: s for records in (article, *sources) for s in records.of(Statement)}
    denials = {s.answer.id for s in suggested.values() if s.answer is not None}
    near: dict[str, list[StatementMatch]] = {}
    for match in match_statements(article, sources, identities, interviewers=True):
        if not match.inside:
            near.setdefault(match.statement, []).append(match)
    found = (
        _only_suggested(matches, suggested, denials, statements)
        for id, matches in near.items()
        if _is_told_as_fact(statements[id])
    )
    return [match for match in found if match is not None]


def _is_told_as_fact(statement: Statement) -> bool:
    return statement.voice == "narration" and not statement.asked and not statement.hearsay


def _only_suggested(
    matches: Sequence[StatementMatch],
    suggested: Mapping[str, _Suggestion],
    denials: set[str],
    statements: Mapping[str, Statement],
) -> SuggestionMatch | None:
    """The closest suggestion, unless another passage holds most of what it shares with the article."""
    best = next((m for m in matches if m.other in suggested), None)
    if best is None or best.mass < _LEAST_MASS or len(best.shared) < _LEAST_SHARED:
        return None
    least = _LEAST_CLOSENESS_OF_MANY if len(best.shared) >= _MANY_SHARED and best.mass >= _MUCH else _LEAST_CLOSENESS
    if best.closeness < least:
        return None
    wanted = set(best.shared)
    core = concepts(statements[best.other].topic)
    if len(wanted & core) < _LEAST_OF_SUGGESTION * len(core):
        return None
    for match in matches:
        other = statements[match.other]
        if match.other in suggested or match.other in denials or other.asked or other.answers in _UNAFFIRMED:
            continue
        if len(wanted & set(match.shared)) >= _SUPPORT * len(wanted):
            return None
    suggestion = suggested[best.other]
    return SuggestionMatch(
        statement=best.statement,
        other=best.other,
        answer=suggestion.answer.id if suggestion.answer is not None else None,
        form=suggestion.form,
        shared=best.shared,
        closeness=best.closeness,
    )


# --- Suggestions in a source ------------------------------------------------------------------------------------------


def _suggestions(records: DocumentRecords) -> Iterator[tuple[str, _Suggestion]]:
    """Statement id and suggestion, for each one that a source holds."""
    turns = list(_turns(records))
    for at, turn in enumerate(turns):
        yield from _hearsay(turn)
        following = turns[at + 1][:_ANSWER] if at + 1 < len(turns) else []
        answers = [s.answers for s in following if s.answers]
        denial = next((s for s in following if s.answers in _UNAFFIRMED), None)
        if answers[:1] == ["yes"]:
            continue
        if any(s.put for s in turn) and (denial is not None or turn[-1].interviewer):
            yield from ((s.id, _Suggestion("put", denial)) for s in turn if not s.hearsay)
        elif answers[:1] and (answers[0] == "no" or (answers[0] == "evasive" and _asks(turn[-1]))):
            # what the next speaker denies at once is one side's word, whoever asks the questions
            yield turn[-1].id, _Suggestion("asked" if turn[-1].asked else "put", denial)


def _asks(statement: Statement) -> bool:
    return statement.asked or statement.interviewer


def _turns(records: DocumentRecords) -> Iterator[list[Statement]]:
    """The sentences of each turn of a transcript, in order."""
    blocks = records.document.blocks
    current: int | None = None
    turn: list[Statement] = []
    for statement in records.of(Statement):
        index = blocks[statement.block].turn
        if index is None:
            continue
        if index != current and turn:
            yield turn
            turn = []
        current = index
        turn.append(statement)
    if turn:
        yield turn


def _hearsay(turn: Sequence[Statement]) -> Iterator[tuple[str, _Suggestion]]:
    """What others say, where the same speaker denies it or leaves it open: "They say I slept. That is not true." """
    for at, statement in enumerate(turn):
        if statement.hearsay:
            denial = next((s for s in turn[at + 1 : at + 1 + _BEHIND] if s.answers in _UNAFFIRMED), None)
            if denial is not None:
                yield statement.id, _Suggestion("hearsay", denial)
