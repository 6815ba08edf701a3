"""Ids of rules: how they are written, and what somebody may have meant by one that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

RULE_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
RULE_ID_HINT = "write it in small letters, figures and hyphens: banned-phrase"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that comes nearest; "" where none comes near."""
    import difflib  # only where something is wrong already

    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)), "")


def rule_hint(id: str, ids: Iterable[str]) -> str:
    """What to do about an id that is no rule's."""
    near = nearest(id, ids)
    return f"did you mean {near}?" if near else "`copydesk rules` lists them"
