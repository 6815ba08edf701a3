"""WebVTT and SubRip: cues and voices with their exact places, consecutive cues of one voice as one turn.

A reader of the project's own, after the WebVTT specification's parsing rules: webvtt-py keeps no positions.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from audit.loading.labels import read_label
from audit.loading.mapped import Builder, Mapped, join
from audit.loading.names import is_stop
from audit.loading.paragraphs import Paragraph, Piece
from audit.loading.plain import read_lines, spans
from audit.loading.speakers import Cast, Spoken, roles
from audit.records import TurnSpan

_TIMING = re.compile(r"\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]*)>")
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_CHEVRONS = re.compile(r"(?:>>|&gt;&gt;)\s*")
_SKIPPED = ("STYLE", "REGION")
_PARAGRAPH = 400  # characters after which captions without speakers begin a new paragraph


@dataclass(slots=True)
class _Said:
    """Words of one cue by one voice."""

    speaker: str
    label: tuple[int, int]
    title: str
    stamp: str
    text: Mapped


@dataclass(slots=True)
class Cues:
    """What a caption file holds."""

    pieces: list[Piece]
    turns: list[TurnSpan]
    head: str = ""


def read_cues(raw: str, start: int = 0) -> Cues:
    """Turns of a caption file; one without any speaker becomes plain paragraphs."""
    notes: list[Paragraph] = []
    said: list[_Said] = []
    for group in _groups(raw, start):
        _read_group(raw, group, notes, said)
    cast = Cast()
    for note in notes:
        cast.preamble(note.text, False)
    head = "\n".join(note.text for note in notes)
    if not any(item.speaker for item in said):
        return Cues([Piece("preamble", n.whole) for n in notes] + _unspoken(said), [], head)
    pieces = [Piece("preamble", note.whole) for note in notes]
    return _turns(_continued(said), pieces, cast, head)


def _groups(raw: str, start: int) -> list[list[tuple[int, int]]]:
    groups: list[list[tuple[int, int]]] = [[]]
    for first, last in spans(raw, start):
        if raw[first:last].strip():
            groups[-1].append((first, last))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _read_group(raw: str, group: list[tuple[int, int]], notes: list[Paragraph], said: list[_Said]) -> None:
    first = raw[slice(*group[0])]
    timing = next((at for at, span in enumerate(group[:3]) if _TIMING.match(raw[slice(*span)])), None)
    if timing is None:
        if first.startswith("WEBVTT"):
            _note(raw, group[0][0] + 6, group[-1][1], notes)
        elif first.startswith("NOTE"):
            _note(raw, group[0][0] + 4, group[-1][1], notes)
        elif not first.startswith(_SKIPPED):
            _note(raw, group[0][0], group[-1][1], notes)
        return
    match = _TIMING.match(raw[slice(*group[timing])])
    assert match is not None
    stamp = match.group(1)
    speaker: tuple[str, tuple[int, int], str] = ("", (0, 0), "")
    for start, end in group[timing + 1 :]:
        if _TIMING.match(raw[start:end]):
            continue
        speaker = _payload(raw, start, end, stamp, speaker, said)


def _note(raw: str, start: int, end: int, notes: list[Paragraph]) -> None:
    notes.extend(read_lines(raw, start, end))


def _payload(
    raw: str, start: int, end: int, stamp: str, speaker: tuple[str, tuple[int, int], str], said: list[_Said]
) -> tuple[str, tuple[int, int], str]:
    """One line of a cue, cut at its voices."""
    at = start
    for match in _VOICE.finditer(raw, start, end):
        _add(raw, at, match.start(), stamp, speaker, said)
        speaker = (html.unescape(match.group(1)).strip(), match.span(1), "")
        at = match.end()
    if at == start and not speaker[0]:
        return _labelled(raw, start, end, stamp, said)
    _add(raw, at, end, stamp, speaker, said)
    return speaker


def _labelled(raw: str, start: int, end: int, stamp: str, said: list[_Said]) -> tuple[str, tuple[int, int], str]:
    """A line that may begin with "NAME:", as captions without voices write speakers."""
    chevrons = _CHEVRONS.match(raw, start, end)
    text = _strip(raw, chevrons.end() if chevrons else start, end)
    label = read_label(text)
    if label is None or is_stop(label.name) or not (label.strong or chevrons or len(label.name.split()) > 1):
        if text.text:
            said.append(_Said("", (0, 0), "", stamp, text))
        return "", (0, 0), ""
    place = (text.starts[label.start], text.ends[label.end - 1])
    speaker = (label.name, place, label.title)
    words = text.cut(label.words, len(text.text)).strip()
    said.append(_Said(*speaker, stamp, words))
    return speaker


def _add(
    raw: str, start: int, end: int, stamp: str, speaker: tuple[str, tuple[int, int], str], said: list[_Said]
) -> None:
    text = _strip(raw, start, end)
    if text.text:
        said.append(_Said(*speaker, stamp, text))


def _strip(raw: str, start: int, end: int) -> Mapped:
    """Without tags; a character reference is the character that it stands for."""
    builder, at = Builder(), start
    for match in _MARKUP.finditer(raw, start, end):
        builder.copy(raw, at, match.start())
        if match.group().startswith("&"):
            builder.add(html.unescape(match.group()), *match.span())
        at = match.end()
    builder.copy(raw, at, end)
    return builder.done().strip()


def _continued(said: list[_Said]) -> list[_Said]:
    """A cue without a speaker goes on with what the last one said."""
    found: list[_Said] = []
    for item in said:
        if not item.speaker and found:
            last = found[-1]
            item = _Said(last.speaker, last.label, last.title, item.stamp, item.text)
        found.append(item)
    return found


def _turns(said: list[_Said], pieces: list[Piece], cast: Cast, head: str) -> Cues:
    groups: list[list[_Said]] = []
    for item in said:
        if not item.speaker:
            pieces.append(Piece("stage", item.text))
        elif groups and groups[-1][0].speaker == item.speaker:
            groups[-1].append(item)
        else:
            groups.append([item])
    texts = [join([item.text for item in group if item.text.text], " ") for group in groups]
    spoken = [
        Spoken(group[0].speaker, "inline", group[0].title, text.text, "", "")
        for group, text in zip(groups, texts, strict=True)
    ]
    names = cast.resolve(spoken)
    turns = [
        TurnSpan(at, group[0].speaker, name, role, group[0].title, (), *group[0].label, group[0].stamp)  # type: ignore[arg-type]
        for at, (group, name, role) in enumerate(zip(groups, names, roles(spoken, names), strict=True))
    ]
    pieces.extend(Piece("turn", text, turn=at) for at, text in enumerate(texts))
    return Cues(pieces, turns, head)


def _unspoken(said: list[_Said]) -> list[Piece]:
    pieces: list[Piece] = []
    waiting: list[Mapped] = []
    size = 0
    for item in said:
        waiting.append(item.text)
        size += len(item.text.text)
        if size >= _PARAGRAPH and item.text.text.endswith((".", "?", "!")):
            pieces.append(Piece("paragraph", join(waiting, " ")))
            waiting, size = [], 0
    if waiting:
        pieces.append(Piece("paragraph", join(waiting, " ")))
    return pieces
