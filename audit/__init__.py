"""Copydesk audits an article against itself and against its sources."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("copydesk")
except PackageNotFoundError:  # imported from a folder that was never installed
    __version__ = "0+unknown"
