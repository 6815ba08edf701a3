"""A rule's own text, cut into the parts that a page sets apart: summary, prose, examples."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from audit.records.report import RuleInfo

_EXAMPLE = re.compile(r"(?P<kind>Fails|Passes):[^\n]*\n(?P<body>(?:(?:[ \t]+[^\n]*)?(?:\n|\Z))+)", re.MULTILINE)


@dataclass(frozen=True)
class RuleExample:
    """An example of a rule: `kind` is "Fails" or "Passes"."""

    kind: str
    body: str


@dataclass(frozen=True)
class RuleText:
    """What a rule says about itself."""

    id: str
    family: str
    summary: str
    prose: tuple[str, ...]
    examples: tuple[RuleExample, ...]


def rule_text(info: RuleInfo) -> RuleText:
    """The parts of a rule's explanation. The first paragraph is left out of the prose where it is the summary."""
    prose = [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", _EXAMPLE.sub("\n", info.explanation))]
    prose = [part for part in prose if part]
    if prose and prose[0] == " ".join(info.summary.split()):
        prose = prose[1:]
    examples = [
        RuleExample(match["kind"], textwrap.dedent(match["body"]).strip())
        for match in _EXAMPLE.finditer(info.explanation)
    ]
    return RuleText(info.id, info.family, info.summary, tuple(prose), tuple(examples))
