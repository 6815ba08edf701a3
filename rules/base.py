"""What a rule is. A rule is a pure function from a dossier to drafts of findings: no I/O, no state, no raw text."""

from __future__ import annotations

import abc
import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from audit.records import Dossier, Draft
from audit.records.findings import Confidence, Family, Severity


@dataclass(frozen=True)
class Skip:
    """A rule's word that it cannot run over this dossier, and why."""

    reason: str


class Rule(abc.ABC):
    """One kind of defect.

    The class docstring is the rule's documentation: a first line that says what it finds, prose, then the sections
    `Fails:` and `Passes:` with an example each (see `audit.rules.docs`); the examples run as tests.
    """

    id: ClassVar[str]
    family: ClassVar[Family]
    severity: ClassVar[Severity]  # the usual one; a finding may differ where the docstring says so
    confidence: ClassVar[Confidence] = "high"
    needs_source: ClassVar[bool] = False
    preview: ClassVar[bool] = False  # its precision over published texts is not known yet

    @abc.abstractmethod
    def check(self, dossier: Dossier) -> Iterable[Draft]:
        """The findings in one dossier, in any order."""

    def skip(self, dossier: Dossier) -> Skip | None:
        """Why this rule has nothing to work on here, or None."""
        if self.needs_source and not dossier.sources:
            return Skip("no source was supplied")
        return None

    @classmethod
    def text(cls) -> str:
        """The rule's documentation, left-aligned."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first line of the documentation."""
        return cls.text().splitlines()[0]
