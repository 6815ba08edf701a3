"""The part of the command line that is about a project: its settings file, and what is known or has changed in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])

_CONFIG = click.option(
    "--config", metavar="FILE", help="The settings file, instead of the nearest copydesk.toml or pyproject.toml."
)
_NO_CONFIG = click.option("--no-config", is_flag=True, help="Read no settings file.")
_BASELINE = click.option("--baseline", metavar="FILE", help="Findings that are known; only new ones fail.")
_UPDATE = click.option("--update-baseline", is_flag=True, help="Write the baseline with what is found now.")
_PRUNE = click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is no longer found.")
_DIFF = click.option(
    "--diff", metavar="REVISION", help="Show, and count, only what touches changes since a revision in git."
)
_ONLY = click.option(
    "--only-articles",
    is_flag=True,
    help="Of what is named, audit the articles of the settings file, and those whose sources are named.",
)


def project_options(command: _F) -> _F:
    """The options of `copydesk check` that go with a project."""
    command = settings_options(command)
    for option in reversed((_BASELINE, _UPDATE, _PRUNE, _DIFF, _ONLY)):
        command = option(command)
    return command


def settings_options(command: _F) -> _F:
    """The options that say which settings file counts."""
    return _CONFIG(_NO_CONFIG(command))


@click.group()
def config() -> None:
    """Look at the settings in force."""


@config.command()
@_CONFIG
def show(config: str | None) -> int:
    """Show every setting with where it comes from, and the articles with their sources."""
    from audit.settings_command import show_settings

    return show_settings(config)


@click.command(short_help="Write a settings file that fits this folder.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False), default=".")
@click.option("--rule", metavar="NAME", help="Write a module with a rule of your own instead, to be filled in.")
def init(folder: str, rule: str | None) -> int:
    """Write a commented copydesk.toml for FOLDER, with the articles and sources found there. Nothing is overwritten."""
    from audit.init_command import write_rule, write_settings

    return write_settings(folder) if rule is None else write_rule(folder, rule)
