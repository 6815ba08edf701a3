"""A page of Markdown about rules, from their own docstrings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from audit.rules.base import Rule
from audit.rules.docs import Example, read_doc


def rules_page(head: str, rules: Sequence[type[Rule]], remark: Callable[[type[Rule]], str] | None = None) -> str:
    """The whole page: its head, a table of the rules, and a section for each with its prose and its examples.

    `remark` gives a paragraph of Markdown that stands between these two. Raises ValueError, with the rule's id, for a
    docstring that cannot be read.
    """
    sections = [line for rule in rules for line in _section(rule, remark)]
    return "\n".join([head, *_contents(rules), "", *sections])


def _contents(rules: Sequence[type[Rule]]) -> Iterator[str]:
    yield "| rule | family | usual severity | finds |"
    yield "|---|---|---|---|"
    for rule in rules:
        yield f"| [`{rule.id}`](#{rule.id}) | {rule.family} | {rule.severity} | {_cell(rule.summary())} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _section(rule: type[Rule], remark: Callable[[type[Rule]], str] | None) -> Iterator[str]:
    try:
        doc = read_doc(rule.text())
    except ValueError as error:
        raise ValueError(f"{rule.id}: {error}") from None
    source = "needs a source" if rule.needs_source else "needs no source"
    yield f"## {rule.id}\n"
    yield f"{doc.summary}\n"
    preview = ", in preview" if rule.preview else ""
    yield f"*{rule.severity}, {rule.confidence} confidence, family {rule.family}, {source}{preview}*\n"
    yield from (f"{paragraph}\n" for paragraph in doc.prose)
    if remark is not None:
        yield f"{remark(rule)}\n"
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
