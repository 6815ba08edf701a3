"""Transcripts: who speaks, and which words of the file nobody says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from audit.loading.labels import STAMP_ONLY, Label, read_label, read_name_line
from audit.loading.mapped import Mapped, join
from audit.loading.names import fits, full_names, is_role
from audit.loading.paragraphs import Line, Paragraph, Piece
from audit.loading.speakers import Cast, Spoken, roles
from audit.records import BlockKind, TurnSpan

MIN_SHARE = 0.4  # of a source's characters from the first turn on that turns must hold
_BRACKETED = re.compile(r"\[[^\[\]]*\]\.?|\([^()]*\)\.?|[*_\-–—·•#=\s]+|<[^<>]*>")
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|\([a-z0-9ivx]{1,4}\)|[a-z]\))\s")
_RESOLUTION = re.compile(
    r"(?:RESOLVED|AGREED|CARRIED|NOTED|ORDERED|DECISION|VOTE|For|Ayes|Yeas|In favou?r|ACTION)\b[:;,. ]|"
    r"(?:It was )?(?:RESOLVED|AGREED)\b|For[,:] ?\d"
)
_ENDING = re.compile(
    r"(?:end(?:s|ed)?|the end|end of (?:the )?(?:interview|transcript|recording|call|extract)|"
    r"(?:interview|recording|transcript|call) ends?)\W*",
    re.IGNORECASE,
)
_NARRATION = re.compile(
    r"The (?:\w+ ){0,3}(?:put|called|declared|adjourned|advised|thanked|closed|opened|asked|invited|announced|ruled|"
    r"left|entered|rose|divided|was|were|is|moved|noted|resolved|agreed|concluded|began|resumed|voted|reported|"
    r"accepted|approved|considered|received|carried|lost|confirmed|welcomed|explained)\b"
)
_MINUTES = re.compile(r"\b(?:MINUTES|Minutes of|RESOLVED|Apologies|Hansard|[Oo]fficial report|Official Report)\b")
_SWORN = re.compile(r",\s*(?:sworn|affirmed|recalled)\b")
_EXAMINED = re.compile(r"(?:cross-|re-)?exami(?:ned|nation)(?:-in-chief)? by\b", re.IGNORECASE)


@dataclass(slots=True)
class Transcript:
    """The outcome of cutting: blocks to be, turns, and the place of the first turn."""

    pieces: list[Piece]
    turns: list[TurnSpan]
    first: int  # index of the paragraph in which the first turn begins
    share: float  # of the characters from the first turn on that turns hold
    labels: Counter[str]
    preamble: str = ""


@dataclass(slots=True)
class _Row:
    """A line, what label it bears, and where its paragraph stands."""

    paragraph: int
    number: int  # of the line in the paragraph
    line: Line
    label: Label | None = None


@dataclass(slots=True)
class _Open:
    """A turn that is being filled."""

    label: Label | None
    text: Mapped  # the line with the label
    indent: int
    style: str
    blocks: list[int] = field(default_factory=list)  # indices of pieces
    asked_by: str = ""
    section: str = ""


def find_transcript(paragraphs: list[Paragraph], start: int = 0, *, short: bool = False) -> Transcript | None:
    """The turns of a text, from one paragraph on; None where it is no transcript.

    `short` also takes one or two turns for a transcript, where nothing but a short head stands beside them.
    """
    rows = _rows(paragraphs, start)
    _accept(rows, paragraphs)
    if short and not any(row.label for row in rows):
        _accept_short(rows, paragraphs)
    if not any(row.label for row in rows):
        _italic_questions(rows, paragraphs)
    if not any(row.label for row in rows):
        return None
    return _Cutter(paragraphs, rows, start).run()


def _rows(paragraphs: list[Paragraph], start: int) -> list[_Row]:
    return [
        _Row(at, number, line)
        for at in range(start, len(paragraphs))
        for number, line in enumerate(paragraphs[at].lines)
    ]


# Which labels are believed


def _accept(rows: list[_Row], paragraphs: list[Paragraph]) -> None:
    """Put labels on the rows that begin a turn."""
    candidates = _candidates(rows, paragraphs)
    counts = Counter(label.key for label in candidates.values())
    strong = {label.key for label in candidates.values() if label.strong}
    names = [k for k in counts if counts[k] >= 2 or k in strong]
    turns = sum(counts[k] for k in names)
    if turns < 3 or (len(names) < 2 and not _one_speaker_suffices(names, counts)):
        return
    if not any(counts[k] >= 2 for k in names) and len(names) < 3:
        return
    dense = sum(counts.values()) * 2 >= sum(1 for p in paragraphs if p.kind not in ("table_row", "heading"))
    for at, label in candidates.items():
        alone = len(label.name) > 1 and not label.weak and rows[at].paragraph > 0  # no headline "Mayor: quay is shut"
        if label.key in names or (dense and alone):
            rows[at].label = label
    _unlabel_legend(rows)
    _answers_of_questions(rows, paragraphs)
    _questions_between(rows, paragraphs)


def _accept_short(rows: list[_Row], paragraphs: list[Paragraph]) -> None:
    """Believe the labels of a text that is labelled from its first turn to its end, however short it is."""
    candidates = {at: label for at, label in _candidates(rows, paragraphs).items() if not label.weak}
    labelled = {rows[at].paragraph for at in candidates if rows[at].number == 0}
    spoken = [at for at, paragraph in enumerate(paragraphs) if paragraph.kind == "paragraph"]
    head = [at for at in spoken if labelled and at < min(labelled)]
    if not labelled or len(head) > 2 or not all(_title_like(paragraphs[at].text) for at in head):
        return
    if set(spoken) - set(head) <= labelled:
        for at, label in candidates.items():
            rows[at].label = label


def _questions_between(rows: list[_Row], paragraphs: list[Paragraph]) -> None:
    """Paragraphs in italics right in front of labelled answers are the questions."""
    labelled = {row.paragraph for row in rows if row.label and row.number == 0}
    found = [
        row
        for row in rows
        if row.number == 0
        and row.label is None
        and row.paragraph + 1 in labelled
        and _may_ask(paragraphs[row.paragraph])
        and not paragraphs[row.paragraph].text.startswith(("[", "("))
    ]
    if len(found) >= 3 and len(found) * 4 >= len(labelled):
        for row in found:
            row.label = Label("Q", 0, 0, 0, "qa")


def _unlabel_legend(rows: list[_Row]) -> None:
    """ "AR: Ana Reyes, harbour master" in the head says who AR is; nobody says it."""
    for row in rows:
        if row.label is None:
            continue
        words = row.line.text.text[row.label.words :]
        names = full_names(words[:80])
        if len(words) > 120 or not names or not words.startswith(names[0]) or not fits(names[0], row.label.name):
            return
        row.label = None


def _answers_of_questions(rows: list[_Row], paragraphs: list[Paragraph]) -> None:
    """Where only the questions bear a label, and are set in bold or italics, what stands below is the answer."""
    labels = [row.label for row in rows if row.label]
    if not labels or any(label.style != "qa" or not label.name.startswith("Q") for label in labels):
        return
    asked = {row.paragraph for row in rows if row.label}
    if not all(_set_apart(paragraphs[at]) for at in asked):
        return
    for row in rows:
        if row.number == 0 and row.paragraph - 1 in asked and row.paragraph not in asked:
            row.label = Label("A", 0, 0, 0, "qa")


def _set_apart(paragraph: Paragraph) -> bool:
    return paragraph.whole.wholly("bold") or paragraph.whole.wholly("italic")


def _may_ask(paragraph: Paragraph) -> bool:
    """Wholly in italics, or in bold with a question mark."""
    if paragraph.kind != "paragraph":
        return False
    asks = paragraph.text.rstrip("”\"’' ").endswith("?")
    return paragraph.whole.wholly("italic") or (asks and paragraph.whole.wholly("bold"))


def _one_speaker_suffices(names: list[str], counts: Counter[str]) -> bool:
    return len(names) == 1 and counts[names[0]] >= 3


def _candidates(rows: list[_Row], paragraphs: list[Paragraph]) -> dict[int, Label]:
    found: dict[int, Label] = {}
    for at, row in enumerate(rows):
        paragraph = paragraphs[row.paragraph]
        if paragraph.kind in ("heading", "table_row", "headline"):
            continue
        label = read_label(row.line.text)
        below = rows[at + 1] if at + 1 < len(rows) else None
        if label is None and below is not None and below.paragraph == row.paragraph:
            label = _above(row, below)
        elif label is not None and label.words >= len(row.line.text.text):
            label = label if below is not None else None
        elif label is None and len(paragraph.lines) == 1 and row.line.text.wholly("bold"):
            label = read_name_line(row.line.text)
            label = replace(label, weak=True) if label is not None and not label.title else None
        if label is not None:
            found[at] = label
    return found


def _above(row: _Row, below: _Row) -> Label | None:
    """A name on a line of its own: the words below are indented deeper, or a time stamp stands behind the name."""
    label = read_name_line(row.line.text)
    if label is None:
        return None
    return label if label.stamp or below.line.indent > row.line.indent else replace(label, weak=True)


def _italic_questions(rows: list[_Row], paragraphs: list[Paragraph]) -> None:
    """Questions in italics or bold, each with an answer in roman below: two turns without labels."""
    whole = {
        at: kind
        for at, paragraph in enumerate(paragraphs)
        for kind in ("bold", "italic")
        if paragraph.kind == "paragraph"
        and paragraph.text.rstrip("”\"’'* ").endswith("?")
        and all(line.text.wholly(kind) for line in paragraph.lines)
    }
    kinds = Counter(whole.values())
    if not kinds or kinds.most_common(1)[0][1] < 3:
        return
    kind = kinds.most_common(1)[0][0]
    for row in rows:
        if row.number == 0 and whole.get(row.paragraph) == kind:
            row.label = Label("Q", 0, 0, 0, "qa")
        elif row.number == 0 and row.paragraph - 1 in whole and row.paragraph not in whole:
            row.label = Label("A", 0, 0, 0, "qa")


# Cutting


class _Cutter:
    """Goes through the rows once and sorts every line into a turn, the preamble or the stage."""

    def __init__(self, paragraphs: list[Paragraph], rows: list[_Row], start: int) -> None:
        self._paragraphs = paragraphs
        self._rows = rows
        self._start = start
        self._pieces: list[Piece] = []
        self._open: list[_Open] = []
        self._turn: _Open | None = None
        self._cast = Cast()
        self._labels = Counter(row.label.key for row in rows if row.label)
        head = "\n".join(p.text for p in paragraphs[start : self._first()][:40])
        self._minutes = _MINUTES.search(head) is not None
        self._answers = any(row.label and row.label.style == "qa" for row in rows)

    def _first(self) -> int:
        return next(row.paragraph for row in self._rows if row.label)

    def run(self) -> Transcript:
        first = self._first()
        preamble = "\n".join(p.text for p in self._paragraphs[self._start : first])
        for paragraph in self._paragraphs[self._start : first]:
            self._cast.preamble(_written(paragraph), paragraph.kind in ("heading", "headline"))
        at = 0
        while at < len(self._rows):
            end = at
            while end < len(self._rows) and self._rows[end].paragraph == self._rows[at].paragraph:
                end += 1
            self._paragraph(self._rows[at:end])
            at = end
        turns = self._turns()
        begun = next((at for at, piece in enumerate(self._pieces) if piece.kind == "turn"), 0)
        total = sum(len(piece.text.text) for piece in self._pieces[begun:])
        spoken = sum(len(piece.text.text) for piece in self._pieces if piece.kind == "turn")
        return Transcript(self._pieces, turns, first, spoken / max(total, 1), self._labels, preamble)

    def _paragraph(self, rows: list[_Row]) -> None:
        """Cut a paragraph at its labels."""
        paragraph = self._paragraphs[rows[0].paragraph]
        cuts = [at for at, row in enumerate(rows) if row.label]
        if not cuts or cuts[0] > 0:
            self._unlabelled(rows[: cuts[0]] if cuts else rows, paragraph)
        for number, cut in enumerate(cuts):
            stop = cuts[number + 1] if number + 1 < len(cuts) else len(rows)
            self._begin(rows[cut])
            self._words(rows[cut:stop], paragraph)

    def _begin(self, row: _Row) -> None:
        assert row.label is not None
        style = "below" if row.label.words >= len(row.line.text.text) else row.label.style
        self._turn = _Open(
            row.label, row.line.text, row.line.indent, style, asked_by=self._cast.asks, section=self._cast.section
        )
        self._open.append(self._turn)

    def _words(self, rows: list[_Row], paragraph: Paragraph) -> None:
        """The words of labelled rows; lines that fall back to the label's indent are not said by this speaker."""
        assert self._turn is not None
        assert rows[0].label is not None
        said = [rows[0].line.text.cut(rows[0].label.words, len(rows[0].line.text.text))]
        later: list[_Row] = []
        for at, row in enumerate(rows[1:], 1):
            if _is_stage(row.line.text.text):
                later = rows[at:]
                break
            said.append(row.line.text)
        if len(rows) > 1 and rows[1].line.indent <= rows[0].line.indent:
            self._turn.style = "inline"  # what follows need not be indented either
        self._speak([text for text in said if text.text])
        if later:
            self._lines_of_nobody(later)

    def _speak(self, texts: list[Mapped]) -> None:
        assert self._turn is not None
        if not texts:
            return
        text = texts[0] if len(texts) == 1 else join(texts, " ")
        self._turn.blocks.append(len(self._pieces))
        self._pieces.append(Piece("turn", text, turn=len(self._open) - 1))

    def _unlabelled(self, rows: list[_Row], paragraph: Paragraph) -> None:
        if not self._open:
            self._emit(_own_kind(paragraph, "preamble"), rows, paragraph)
            self._cast_lines(rows, paragraph)
            return
        text = join([row.line.text for row in rows], " ")
        if _is_stage(text.text):
            self._emit("stage", rows, paragraph)
            if not text.text.startswith(("[", "(")) and not STAMP_ONLY.fullmatch(text.text):
                self._turn = None
            return
        if self._turn is not None and self._continues(text, rows, paragraph):
            self._speak([row.line.text for row in rows])
            return
        self._turn = None
        self._lines_of_nobody(rows)

    def _lines_of_nobody(self, rows: list[_Row]) -> None:
        paragraph = self._paragraphs[rows[0].paragraph]
        self._emit(_own_kind(paragraph, "stage"), rows, paragraph)
        self._cast_lines(rows, paragraph)

    def _emit(self, kind: BlockKind, rows: list[_Row], paragraph: Paragraph) -> None:
        texts = [row.line.text for row in rows]
        if not _is_list_of_lines(texts):
            texts = [join(texts, " ")]
        self._pieces.extend(Piece(kind, text, paragraph.level) for text in texts)

    def _cast_lines(self, rows: list[_Row], paragraph: Paragraph) -> None:
        """Let a line that nobody says tell who is speaking from here on."""
        heading = paragraph.kind in ("heading", "headline")
        for row in rows:
            short = len(row.line.text.text) <= 120
            witness = _EXAMINED.match(row.line.text.text) or _SWORN.search(row.line.text.text)
            if heading or witness or (short and self._open) or row.line.text.wholly("bold"):
                self._cast.heading(row.line.text.text)

    def _continues(self, text: Mapped, rows: list[_Row], paragraph: Paragraph) -> bool:
        """Whether an unlabelled paragraph is more of what the last speaker says."""
        assert self._turn is not None
        words = text.text
        if paragraph.kind in ("heading", "headline", "table_row"):
            return False
        if (
            self._turn.style in ("below", "above")
            and not self._turn.blocks
            and rows[0].line.indent <= self._turn.indent
        ):
            self._turn.style = "inline"
            return True
        if self._turn.style in ("below", "above") and self._turn.label is not None:
            return rows[0].line.indent > self._turn.indent or (bool(self._turn.label.stamp) and not _title_like(words))
        if text.wholly("bold") or _EXAMINED.match(words) or _ENDING.fullmatch(words):
            return False
        if rows[0].line.text.marks and _leading_bold(rows[0].line.text) and _NUMBERED.match(words):
            return False
        if self._minutes and (_NUMBERED.match(words) or _NARRATION.match(words)):
            return False
        if _RESOLUTION.match(words):
            return False
        return not _title_like(words)

    def _turns(self) -> list[TurnSpan]:
        spoken = [
            Spoken(
                label=turn.label.name if turn.label else "Q",
                style=turn.label.style if turn.label else "qa",
                title=turn.label.title if turn.label else "",
                text=" ".join(self._pieces[at].text.text for at in turn.blocks),
                section=turn.section,
                asked_by=turn.asked_by,
            )
            for turn in self._open
        ]
        names = self._cast.resolve(spoken)
        parts = roles(spoken, names, self._minutes)
        return [
            self._span(at, turn, names[at], parts[at]) for at, turn in enumerate(self._open) if turn.label is not None
        ]

    def _span(self, at: int, turn: _Open, name: str, role: str) -> TurnSpan:
        label = turn.label
        assert label is not None
        written = label.end > label.start
        start = turn.text.starts[label.start] if turn.text.text else 0
        return TurnSpan(
            index=at,
            label=label.name if written else "",
            name=name,
            role=role,  # type: ignore[arg-type]
            title=label.title,
            blocks=(),
            label_start=start,
            label_end=turn.text.ends[label.end - 1] if written else start,
            timestamp=label.stamp,
        )


def _own_kind(paragraph: Paragraph, otherwise: BlockKind) -> BlockKind:
    return paragraph.kind if paragraph.kind in ("heading", "headline") else otherwise


def _written(paragraph: Paragraph) -> str:
    """Its text, line ends kept where the lines are units."""
    texts = [line.text for line in paragraph.lines]
    return "\n".join(text.text for text in texts) if _is_list_of_lines(texts) else paragraph.text


def _is_list_of_lines(texts: list[Mapped]) -> bool:
    """Whether lines are units one below the other, not prose broken at a width."""
    return all(text.text[:1].isupper() or not text.text[:1].isalpha() for text in texts) and (
        max(len(text.text) for text in texts[:-1] or texts) < 60
        or all(text.text.endswith((".", ")")) for text in texts)
        or len({len(text.text) // 12 for text in texts}) > 1
    )


def _is_stage(text: str) -> bool:
    return _BRACKETED.fullmatch(text) is not None or STAMP_ONLY.fullmatch(text) is not None


def _leading_bold(text: Mapped) -> bool:
    return any(start == 0 and kind == "bold" for start, _, kind in text.marks)


def _title_like(text: str) -> bool:
    """Short, begins with a capital, and no sentence: a heading or a note between turns."""
    if len(text.split()) > 14 or (not text[:1].isupper() and not text[:1].isdigit()):
        return False
    return not text.rstrip("”’\"')]* ").endswith((".", "?", "!", "…", ",", ";", ":", "—", "–", "-"))


def single_speaker(head: str) -> str:
    """The speaker whom the head of a speech names; "" where it names none.

    Forms: "Speech by NAME", "Remarks by NAME", "Address by NAME", "NAME, speech to ...".
    """
    match = _SPEECH_BY.search(head)
    if match is not None:
        from audit.loading.names import full_names

        names = full_names(match["who"])
        return names[0] if names else ""
    match = _SPEECH_TO.search(head)
    if match is not None:
        from audit.loading.names import full_names

        names = full_names(match["who"])
        return names[0] if names else ""
    return ""


_SPEECH = r"(?:(?:keynote|opening|closing|acceptance|inaugural|farewell|prepared|full)\s+)?"
_SPEECH_BY = re.compile(
    rf"(?:^|\n)\W*(?:text of (?:a |the )?)?{_SPEECH}(?:speech|remarks|address|statement|lecture)(?: delivered| given)?"
    r" (?:by|of|from) (?P<who>[^\n]{3,120})",
    re.IGNORECASE,
)
_SPEECH_TO = re.compile(
    rf"(?:^|\n)(?P<who>[^\n,:]{{3,60}})(?:, [^\n,:]{{2,60}})?[,:] {_SPEECH}"
    r"(?:speech|remarks|address|lecture) (?:to|at|before|on|in)\b",
    re.IGNORECASE,
)


def looks_spoken(transcript: Transcript | None) -> bool:
    """Whether the turns hold enough of a source to call it a transcript."""
    return transcript is not None and transcript.share >= MIN_SHARE and not _only_notes(transcript)


def _only_notes(transcript: Transcript) -> bool:
    """Labels that occur once each and are no parts: a list of facts, not a conversation."""
    return (
        all(count == 1 for count in transcript.labels.values())
        and not any(is_role(label) for label in transcript.labels)
        and len(transcript.labels) > 12
    )
