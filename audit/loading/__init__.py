"""Turns files, standard input and addresses into documents."""

from audit.loading.loader import Loaded, load, load_text
from audit.loading.settings import LoadSettings

__all__ = ["LoadSettings", "Loaded", "load", "load_text"]
