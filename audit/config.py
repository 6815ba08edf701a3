"""What a run is told to do: plain values, so that the command line can be read without loading anything heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

Profile = Literal["strict", "standard", "relaxed", "translated"]
FailOn = Literal["error", "warning", "never"]
Confidence = Literal["high", "medium", "low"]
Severity = Literal["error", "warning", "note"]

Reason = Literal["source-elsewhere", "house-style", "other-topic", "accepted-risk", "rule-wrong"]

PROFILES: tuple[Profile, ...] = ("strict", "standard", "relaxed", "translated")
REASONS: tuple[Reason, ...] = ("source-elsewhere", "house-style", "other-topic", "accepted-risk", "rule-wrong")
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class HouseName:
    """A spelling that the house uses, and where that is written: a path and a line."""

    spelling: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class House:
    """What a newsroom has settled for all its articles.

    `names` are spellings that are right, `titles` words that stand in front of names, `exempt` people who need no
    introduction.
    """

    names: tuple[HouseName, ...] = ()
    titles: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """How an article is judged. An empty `select` means every rule; `severities` go by the rule's id.

    Findings below `confidence`, and those of rules in preview without `preview`, stay in the JSON report and out of the
    others.
    """

    profile: Profile = "standard"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    confidence: Confidence = "medium"
    preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Policy):
    """Everything that a run depends on besides the files themselves.

    `articles` and `sources` are references as given: paths, "-" for the bytes in `stdin`, http(s) addresses.
    `complete_sources` are sources that hold all that was said; `own_sources` and `own_complete` are those of one
    article alone, by its reference. `unsaved` has texts that an editor holds: their bytes, by the real path of the file
    that they stand in for. Its own policy holds for every article without another in `policies`.
    `house` is what holds for the articles of the whole house. `rule_paths` are modules and packages with rules besides
    those of copydesk and of installed packages. `cache_folder` None means that nothing is remembered. `processes` may
    examine articles at a time, 0 means as many as suit the machine. Without `claims` the report leaves out what the
    texts claim, which most formats do not show.
    """

    articles: tuple[str, ...]
    sources: tuple[str, ...] = ()
    complete_sources: tuple[str, ...] = ()
    own_sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_complete: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    house: House = House()
    rule_paths: tuple[Path, ...] = ()
    offline: bool = False
    refresh: bool = False
    cache_folder: Path | None = None
    stdin: bytes | None = None
    stdin_filename: str = ""
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    max_bytes: int = MAX_BYTES
    processes: int = 1
    claims: bool = True

    def policy(self, path: str) -> Policy:
        """How the article with this path is judged."""
        shared = {one.name: getattr(self, one.name) for one in fields(Policy)}
        return self.policies.get(path) or Policy(**shared)
