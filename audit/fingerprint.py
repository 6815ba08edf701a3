"""The identity of a finding: it survives edits elsewhere and changes when the quoted words do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from audit.records import Draft
from audit.records.sameness import normalized_words

_LENGTH = 32  # hexadecimal digits: enough for every finding that will ever be made


def fingerprints(drafts: Sequence[Draft]) -> list[str]:
    """A fingerprint for each draft, in their order.

    It is a SHA-256 over the rule, the normalised words of every passage and an ordinal among drafts that share both;
    no path, line or message goes into it.
    """
    seen: Counter[str] = Counter()
    found = []
    for draft in drafts:
        stem = "\x1f".join((draft.rule, *_passages(draft)))
        seen[stem] += 1
        found.append(hashlib.sha256(f"{stem}\x1f{seen[stem]}".encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH])
    return found


def _passages(draft: Draft) -> Iterable[str]:
    return (normalized_words(evidence.place.text) for evidence in draft.evidence)
