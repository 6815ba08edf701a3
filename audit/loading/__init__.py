"""Turns files, standard input and addresses into documents."""

from typing import TYPE_CHECKING

from audit.loading.settings import LoadSettings

if TYPE_CHECKING:
    from audit.loading.loader import Loaded, load, load_text

__all__ = ["LoadSettings", "Loaded", "load", "load_text"]


def __getattr__(name: str) -> object:
    """The loader, imported when somebody asks for it: what only looks at bytes never pays for the parsers."""
    if name in __all__:
        from audit.loading import loader

        return getattr(loader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
