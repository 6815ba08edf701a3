"""Which characters of a file are its markup, so that a page shows the words as a reader sees them.

For show only: offsets stay those of the file. Whatever is not surely markup stays visible.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch of a text and what is shown in its place; offsets count from the start of the text."""

    start: int
    end: int
    shown: str = ""


_CELLS = r"</t[dh]>\s*<t[dh]\b[^<>]*>"
_HTML = re.compile(
    rf"(?P<cells>{_CELLS})|(?P<gap><br\b[^<>]*>|</(?:p|div|li|tr)>)|(?P<tag><!--.*?-->|</?[a-z][^<>]*>)"
    r"|(?P<entity>&(?:\#\d+|\#x[\da-f]+|[a-z]\w*);)",
    re.IGNORECASE | re.DOTALL,
)
_CUE = re.compile(
    r"(?P<gap>(?:\r\n|\r|\n)+(?:[^\r\n]*(?:\r\n|\r|\n))?(?:\d+:)?\d\d:\d\d[.,]\d{3} --> [^\r\n]*(?:\r\n|\r|\n))"
    r"|(?P<tag></?[a-z][^<>\r\n]*>)|(?P<entity>&(?:amp|lt|gt|nbsp|lrm|rlm);)",
    re.IGNORECASE,
)
_LINE_START = r"(?:(?<=\n)|(?<=\r))[ \t]*"
_MARKDOWN = re.compile(
    rf"(?P<gap>{_LINE_START}>[ \t]?)"
    r"|(?P<strong>(?<![\w*\\])\*\*(?=\S)(?P<strong_words>[^*\n]+?)(?<=\S)\*\*(?![\w*]))"
    r"|(?P<strong2>(?<![\w_\\])__(?=\S)(?P<strong2_words>[^_\n]+?)(?<=\S)__(?![\w_]))"
    r"|(?P<em>(?<![\w*\\])\*(?=[^\s*])(?P<em_words>[^*\n]+?)(?<=[^\s*])\*(?![\w*]))"
    r"|(?P<em2>(?<![\w_\\])_(?=[^\s_])(?P<em2_words>[^_\n]+?)(?<=[^\s_])_(?![\w_]))"
    r"|(?P<link>(?<![!\\])\[(?P<link_words>[^\[\]\n]+)\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\))"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+\-.!<>~|]))"
    r"|(?P<entity>&(?:\#\d+|\#x[\da-fA-F]+|[a-zA-Z]\w*);)"
)
_PAIRS = ("strong", "strong2", "em", "em2", "link")


def hidden_markup(format_: str, text: str) -> list[Hidden]:
    """The markup in a stretch of a file, in order and without overlaps; nothing for plain text and Word extracts."""
    find = _FINDERS.get(format_)
    return sorted(find(text), key=lambda hidden: hidden.start) if find is not None else []


def _marked_up(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Hidden]]:
    def find(text: str) -> Iterator[Hidden]:
        for match in pattern.finditer(text):
            kind = match.lastgroup
            if kind == "entity":
                yield Hidden(match.start(), match.end(), html.unescape(match[0]))
            else:
                yield Hidden(match.start(), match.end(), {"cells": " | ", "gap": " "}.get(kind or "", ""))

    return find


def _markdown(text: str, base: int = 0) -> Iterator[Hidden]:
    for match in _MARKDOWN.finditer(text):
        pair = next((name for name in _PAIRS if match[name] is not None), None)
        if pair is not None:
            start, end = match.span(f"{pair}_words")
            yield Hidden(base + match.start(), base + start)
            yield from _markdown(text[start:end], base + start)  # emphasis in a link, a link in emphasis
            yield Hidden(base + end, base + match.end())
        elif match["entity"] is not None:
            yield Hidden(base + match.start(), base + match.end(), html.unescape(match[0]))
        else:
            yield Hidden(base + match.start(), base + match.end(), " " if match["gap"] is not None else "")


_FINDERS: dict[str, Callable[[str], Iterator[Hidden]]] = {
    "html": _marked_up(_HTML),
    "vtt": _marked_up(_CUE),
    "srt": _marked_up(_CUE),
    "markdown": _markdown,
}
