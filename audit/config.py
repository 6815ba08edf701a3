"""What a run is told to do: plain values, so that the command line can be read without loading anything heavy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Profile = Literal["strict", "standard", "relaxed", "translated"]
FailOn = Literal["error", "warning", "never"]
Confidence = Literal["high", "medium", "low"]

Reason = Literal["source-elsewhere", "house-style", "other-topic", "accepted-risk", "rule-wrong"]

PROFILES: tuple[Profile, ...] = ("strict", "standard", "relaxed", "translated")
REASONS: tuple[Reason, ...] = ("source-elsewhere", "house-style", "other-topic", "accepted-risk", "rule-wrong")
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run depends on besides the files themselves.

    `articles` and `sources` are references as given: paths, "-" for the bytes in `stdin`, http(s) addresses.
    `complete_sources` are sources that hold all that was said. An empty `select` means every rule. Findings below
    `confidence`, and those of rules in preview without `preview`, stay in the JSON report and out of the others.
    `cache_folder` None means that nothing is remembered.
    """

    articles: tuple[str, ...]
    sources: tuple[str, ...] = ()
    complete_sources: tuple[str, ...] = ()
    profile: Profile = "standard"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    confidence: Confidence = "medium"
    preview: bool = False
    offline: bool = False
    refresh: bool = False
    cache_folder: Path | None = None
    stdin: bytes | None = None
    stdin_filename: str = ""
    max_bytes: int = MAX_BYTES
