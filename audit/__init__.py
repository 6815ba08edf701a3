"""Copydesk audits an article against itself and against its sources."""

from pathlib import Path

_CHECKOUT = Path(__file__).parents[1]
if (_CHECKOUT / "rules" / "registry.py").is_file() and (_CHECKOUT / "pyproject.toml").is_file():
    # In a checkout `rules/` and `reports/` stand beside this folder; an install puts them inside it.
    __path__.append(str(_CHECKOUT))

__version__ = "0.1.0"  # of the distribution too, which reads it here
