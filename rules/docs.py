"""Reads a rule's docstring: what it finds, the prose behind it, and its examples, which run as tests.

    One line that says what the rule finds.

    Prose: when it fires, what it leaves alone, where the rule comes from.

    Fails:
        article: “We will sell the mill,” Ana Reyes said.
        source: REYES: We may sell the mill.
            OKORO: When will you know? A line of its own is a paragraph
                and a line that stands deeper goes on with the one above.

    Passes:
        article: “We may sell the mill,” Ana Reyes said.
        source: REYES: We may sell the mill.

A section may hold several examples (each begins with `article:`) and an example several sources.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SECTIONS = ("Fails:", "Passes:")
_FIELDS = ("article:", "source:")
_STEP = 4  # columns by which sections, fields and paragraphs are indented


@dataclass(frozen=True)
class Example:
    """A small article, with its sources if it has any, and whether the rule has something to say about it."""

    fails: bool
    article: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleDoc:
    """The parts of a rule's docstring; `prose` is its paragraphs, each on one line."""

    summary: str
    prose: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def fails(self) -> tuple[Example, ...]:
        """The examples in which the rule finds something."""
        return tuple(example for example in self.examples if example.fails)

    @property
    def passes(self) -> tuple[Example, ...]:
        """The examples in which it finds nothing."""
        return tuple(example for example in self.examples if not example.fails)


def read_doc(docstring: str) -> RuleDoc:
    """The parts of a docstring.

    Raises ValueError, with the line at fault, where it lacks its summary, holds a field or a section that is not known,
    or has no example of each kind.
    """
    lines = inspect.cleandoc(docstring).splitlines()
    begin = next((i for i, line in enumerate(lines) if line in SECTIONS), len(lines))
    head = "\n".join(lines[:begin]).strip().split("\n\n")
    if not head[0] or "\n" in head[0]:
        raise ValueError("a rule's docstring begins with one line that says what the rule finds")
    doc = RuleDoc(head[0], tuple(" ".join(part.split()) for part in head[1:]), tuple(_examples(lines[begin:])))
    if not doc.fails or not doc.passes:
        raise ValueError("a rule's docstring has an example under `Fails:` and one under `Passes:`")
    return doc


def _examples(lines: Sequence[str]) -> Iterator[Example]:
    fails = True
    fields: list[list[str]] = []  # of one example: the name of each field, then its lines
    for line in lines:
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip())
        field = next((name for name in _FIELDS if line.lstrip().startswith(name)), None) if depth == _STEP else None
        if field == _FIELDS[0] or depth == 0:
            yield from _example(fails, fields)
            fields = []
        if depth == 0:
            fails = _is_failing(line)
        elif field is not None:
            fields.append([field, line.strip().removeprefix(field).strip()])
        elif depth > _STEP and fields:
            fields[-1].append(line)
        else:
            raise ValueError(f"neither `article:` nor `source:`: {line.strip()!r}")
    yield from _example(fails, fields)


def _is_failing(section: str) -> bool:
    if section not in SECTIONS:
        raise ValueError(f"not a section of a rule's docstring: {section!r}")
    return section == SECTIONS[0]


def _example(fails: bool, fields: Sequence[Sequence[str]]) -> Iterator[Example]:
    if not fields:
        return
    if fields[0][0] != _FIELDS[0]:
        raise ValueError("an example begins with `article:`")
    texts = [_paragraphs(lines) for _, *lines in fields]
    yield Example(fails, texts[0], tuple(texts[1:]))


def _paragraphs(lines: Sequence[str]) -> str:
    """The first line and those one step below the field are paragraphs; deeper ones go on with the one above."""
    paragraphs = [lines[0]] if lines[0] else []
    for line in lines[1:]:
        deeper = len(line) - len(line.lstrip()) > 2 * _STEP
        if deeper and paragraphs:
            paragraphs[-1] += f" {line.strip()}"
        else:
            paragraphs.append(line.strip())
    return "\n\n".join(paragraphs) + "\n"


def wrapped(docstring: str, width: int) -> str:
    """A docstring for a terminal: prose filled to so many columns, examples as they stand but no wider than that."""
    lines = inspect.cleandoc(docstring).splitlines()
    begin = next((i for i, line in enumerate(lines) if line in SECTIONS), len(lines))
    prose = "\n".join(lines[:begin]).strip().split("\n\n")
    return "\n\n".join([*(textwrap.fill(" ".join(p.split()), width) for p in prose), *_filled(lines[begin:], width)])


def _filled(lines: Sequence[str], width: int) -> Iterator[str]:
    sections = "\n".join(lines).strip()
    if sections:
        yield "\n".join(_fill(line, width) for line in sections.splitlines())


def _fill(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(line.strip(), width, initial_indent=indent, subsequent_indent=f"{indent}    ")
