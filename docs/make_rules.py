"""Writes docs/rules.md from the rules' own docstrings, which also feed `copydesk explain` and the HTML report.

python docs/make_rules.py            write the page
python docs/make_rules.py --check    exit with 1 where the page is not what the rules say
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from audit.rules.base import Rule
from audit.rules.docs import Example, read_doc
from audit.rules.registry import ALL_RULES

PAGE = Path(__file__).with_name("rules.md")
HEAD = """\
# The rules

Made by `make docs` from the docstrings of the rules; edit those. `copydesk explain RULE` shows the same text. The
examples run as tests.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_contents(), "", *itertools.chain.from_iterable(_section(rule) for rule in ALL_RULES)])


def _contents() -> Iterator[str]:
    yield "| rule | family | usual severity | finds |"
    yield "|---|---|---|---|"
    for rule in ALL_RULES:
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.family} | {rule.severity} | {_cell(rule.summary())} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _section(rule: type[Rule]) -> Iterator[str]:
    doc = read_doc(rule.__doc__ or "")
    source = "needs a source" if rule.needs_source else "needs no source"
    yield f"## {rule.id}\n"
    yield f"{doc.summary}\n"
    preview = ", in preview" if rule.preview else ""
    yield f"*{rule.severity}, {rule.confidence} confidence, family {rule.family}, {source}{preview}*\n"
    yield from (f"{paragraph}\n" for paragraph in doc.prose)
    yield from _examples("Reported:", doc.fails)
    yield from _examples("Left alone:", doc.passes)


def _examples(title: str, examples: tuple[Example, ...]) -> Iterator[str]:
    yield f"{title}\n"
    for example in examples:
        yield "```text"
        yield _labelled("article", example.article)
        yield from (_labelled("source", source) for source in example.sources)
        yield "```\n"


def _labelled(label: str, text: str) -> str:
    """The text in a column beside its label."""
    first, *others = [line for line in text.splitlines() if line]
    return "\n".join([f"{label + ':':<9}{first}", *(f"{'':<9}{line}" for line in others)])


def main() -> None:
    text = page()
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/rules.md is not what the rules say: run `make docs`")


if __name__ == "__main__":
    main()
