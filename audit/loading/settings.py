"""What a user may set about reading files and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """Limits and permissions of loading.

    `max_bytes` bounds a file or a fetched page; `offline` refuses every address; `refresh` fetches anew what the
    cache holds; `cache_folder` None means that fetched pages are not kept; `page_days` is how long they are kept.
    """

    max_bytes: int = 20 * MEGABYTE
    offline: bool = False
    refresh: bool = False
    cache_folder: Path | None = None
    page_days: float = 7.0
    fetch_seconds: float = 30.0
